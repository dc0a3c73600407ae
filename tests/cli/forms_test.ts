/** `script` writes every form a model can have; `run` and `inspect` read them. */
import assert from "node:assert/strict";

const cli = new URL("../../cli.ts", import.meta.url).pathname;

async function wick(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", cli, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const text = (b: Uint8Array) => new TextDecoder().decode(b);
  return { code, out: text(stdout), err: text(stderr) };
}

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const MODEL = `import torch
@torch.jit.script
def double(x: torch.Tensor, n: int) -> torch.Tensor:
    for i in range(n):
        x = x * 2
    return x
`;
const FORKS = `import torch
@torch.jit.script
def forks(x: torch.Tensor) -> torch.Tensor:
    f = torch.jit.fork(torch.neg, x)
    return torch.jit.wait(f)
`;

Deno.test("script writes .pt, .ptl and .wick; run gives the same from each", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/model.py`, MODEL);
    const { code, out } = await wick("script", `${folder}/model.py`);
    assert.equal(code, 0);
    const files = [...Deno.readDirSync(folder)].map((e) => e.name).sort();
    assert.deepEqual(files, ["model.pt", "model.ptl", "model.py", "model.wick"]);
    for (const form of ["pt", "ptl", "wick"]) {
      assert.match(out, new RegExp(`written +.*model\\.${form} `));
      const ran = await wick("run", `${folder}/model.${form}`, "--input", "[1.0, -2.0]", "--input", "3");
      assert.equal(ran.out, "tensor([  8., -16.])\n", ran.err);
      const shown = await wick("inspect", `${folder}/model.${form}`, "--bytecode");
      assert.match(shown.out, /FORLOOP/);
    }
    const graph = await wick("inspect", `${folder}/model.wick`, "--graph");
    assert.equal(graph.code, 1);
    assert.match(graph.err, /holds register bytecode only.*--bytecode/);
  });
});

Deno.test("a form that cannot be is named with its reason and line; the others are written", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/forks.py`, FORKS);
    const { code, out, err } = await wick("script", `${folder}/forks.py`, "-o", `${folder}/out.pt`);
    assert.equal(code, 0);
    assert.match(out, /not written +.*out\.ptl: FORK is not supported in mobile module\./);
    assert.match(err, /forks\.py", line 4/);
    assert.match(err, /torch\.jit\.fork\(torch\.neg, x\)\n.*~~~ <--- HERE/);
    const files = [...Deno.readDirSync(folder)].map((e) => e.name).sort();
    assert.deepEqual(files, ["forks.py", "out.pt", "out.wick"]);
  });
});

Deno.test("a failed write leaves what was there", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/forks.py`, FORKS);
    await Deno.writeTextFile(`${folder}/forks.ptl`, "as it was");
    await wick("script", `${folder}/forks.py`);
    assert.equal(await Deno.readTextFile(`${folder}/forks.ptl`), "as it was");
    assert.ok(![...Deno.readDirSync(folder)].some((e) => e.name.endsWith(".tmp")));
  });
});
