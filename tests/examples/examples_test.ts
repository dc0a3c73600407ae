import assert from "node:assert/strict";
import { jit, type Tensor, torch } from "../../mod.ts";
import { poisonMemory } from "../../ops/wasm/mod.ts";

// What is used after it was freed shows as NaN.
poisonMemory(true);

const here = new URL(".", import.meta.url).pathname;
const root = new URL("../../", import.meta.url).pathname;
const golden = JSON.parse(Deno.readTextFileSync(here + "golden.json"));
const folder = Deno.makeTempDirSync();

async function script(name: string): Promise<string> {
  const out = `${folder}/${name}.pt`;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", root + "cli.ts", "script", `${root}examples/${name}.py`, "-o", out],
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return out;
}

/** |a - b| <= 1e-5 max|b| + 1e-4 |b|, element by element. */
function agree(actual: Tensor, expected: readonly number[]): void {
  const max = Math.max(...expected.map(Math.abs)), data = actual.data();
  expected.forEach((b, i) => {
    const a = Number(data[actual.storageOffset + i]);
    assert.ok(Math.abs(a - b) <= 1e-5 * max + 1e-4 * Math.abs(b), `element ${i}: ${a}, PyTorch has ${b}`);
  });
}

Deno.test("control_flow: script, save, load, run", async () => {
  const m = await jit.load(await script("control_flow"));
  agree(m.forward(torch.tensor([1.5 - 0.5, 2, 3], { dtype: "float32" }), 5) as Tensor, golden.control_flow);
});

Deno.test("resnet18: logits are PyTorch's", async () => {
  const m = await jit.load(await script("resnet18"));
  torch.manualSeed(1);
  agree(m.forward(torch.rand([1, 3, 224, 224])) as Tensor, golden.resnet18);
});

Deno.test("char_lstm: decoded tokens are PyTorch's", async () => {
  const m = await jit.load(await script("char_lstm"));
  assert.deepEqual(m.forward(torch.tensor(golden.prompt), 24), golden.char_lstm);
});

Deno.test("PyTorch loads the archives and agrees", async () => {
  let probe;
  try {
    probe = await new Deno.Command("python3", { args: ["-c", "import torch"], stderr: "null" }).output();
  } catch {
    probe = { success: false };
  }
  if (!probe.success) {
    console.log("skipped: there is no python3 with PyTorch to check the archives with");
    return;
  }
  const { stdout } = await new Deno.Command("python3", {
    args: [here + "load_in_pytorch.py", folder, here + "golden.json"],
    stderr: "null",
  }).output();
  assert.equal(new TextDecoder().decode(stdout), "control_flow agrees\nresnet18 agrees\nchar_lstm agrees\n");
  await Deno.remove(folder, { recursive: true });
});
