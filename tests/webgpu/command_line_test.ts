/** `--device webgpu` on the command line, and Python programs on the device. */
import assert from "node:assert/strict";
import { HAS_ADAPTER } from "./adapter.ts";

const root = new URL("../../", import.meta.url).pathname;

async function wick(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", root + "cli.ts", ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const text = (b: Uint8Array) => new TextDecoder().decode(b);
  return { code, out: text(stdout), err: text(stderr) };
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name: "run --device webgpu",
  ignore: !HAS_ADAPTER,
  fn: () =>
    inFolder(async (folder) => {
      const model = `${folder}/m.pt`;
      assert.equal((await wick("script", root + "examples/control_flow.py", "-o", model)).code, 0);
      const args = ["run", model, "--input", "random:3", "--input", "4", "--seed", "5"];
      const cpu = await wick(...args), gpu = await wick(...args, "--device", "webgpu");
      assert.equal(gpu.code, 0, gpu.err);
      assert.equal(gpu.out, cpu.out.replace(")", ", device='webgpu')"));
      assert.equal((await wick(...args, "--device", "gpu")).code, 2);
    }),
});

const PROGRAM = `
import torch
from torch import nn

device = torch.device("webgpu")
print(torch.webgpu.is_available(), device)
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.LayerNorm(8), nn.Linear(8, 2)).to(device)
x = torch.randn(3, 4, device=device)
with torch.no_grad():
    y = model(x)
    print(y.shape, y.device, y.argmax(1).tolist() == model.cpu()(x.cpu()).argmax(1).tolist())
a = torch.arange(6, device=device).view(2, 3)
print(a, a[a > 2], (a * 2)[:, 1].tolist(), a.sum().item(), bool((a == a.clone()).all()))
a[0] = 9
a += 1
print(a.cpu(), a.float().mean())
`;

Deno.test({
  name: "a Python program on webgpu",
  ignore: !HAS_ADAPTER,
  fn: () =>
    inFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/p.py`, PROGRAM);
      const { code, out, err } = await wick("python", `${folder}/p.py`);
      assert.equal(code, 0, err);
      assert.equal(
        out,
        `True webgpu
torch.Size([3, 2]) webgpu True
tensor([[0, 1, 2],
        [3, 4, 5]], device='webgpu') tensor([3, 4, 5], device='webgpu') [2, 8] 15 True
tensor([[10, 10, 10],
        [ 4,  5,  6]]) tensor(7.5000, device='webgpu')
`,
      );
    }),
});

Deno.test({
  name: "without an adapter the error says so",
  ignore: HAS_ADAPTER,
  fn: () =>
    inFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/p.py`, 'import torch\ntorch.ones(2, device="webgpu")\n');
      const { code, err } = await wick("python", `${folder}/p.py`);
      assert.equal(code, 1);
      assert.match(err, /webgpu: .*(adapter|WebGPU)/);
    }),
});
