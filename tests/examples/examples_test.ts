/** The examples, against PyTorch's recorded outputs; and files both ways with every PyTorch on this machine. */
import assert from "node:assert/strict";
import { loadMobileArchive, loadModule } from "../../archive/mod.ts";
import { Module, type Tensor, torch } from "../../mod.ts";
import { type PyTorch, runPython, withPyTorch } from "./pytorch.ts";

const here = new URL(".", import.meta.url).pathname;
const root = new URL("../../", import.meta.url).pathname;
const golden = JSON.parse(Deno.readTextFileSync(here + "golden.json"));
const folder = Deno.makeTempDirSync();
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

interface Results {
  readonly control_flow: number[];
  readonly resnet18: number[];
  readonly char_lstm: number[];
  readonly prompt: number[];
  readonly tokens: number[][];
  readonly transformer: number[];
  readonly gpt: number[];
  readonly source: number[][];
  readonly beam_search: number[];
  readonly beam_score: number;
}

/** Writes every form of an example; the folder-less stem of its files. */
async function script(name: string): Promise<void> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      root + "cli.ts",
      "script",
      `${root}examples/${name}.py`,
      "-o",
      `${folder}/${name}`,
    ],
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
}

/** |a - b| <= 1e-5 max|b| + 1e-4 |b|, element by element. */
function agree(actual: Tensor, expected: readonly number[]): void {
  const max = Math.max(...expected.map(Math.abs)), data = actual.data();
  assert.equal(actual.numel, expected.length);
  expected.forEach((b, i) => {
    const a = Number(data[actual.storageOffset + i]);
    assert.ok(Math.abs(a - b) <= 1e-5 * max + 1e-4 * Math.abs(b), `element ${i}: ${a}, PyTorch has ${b}`);
  });
}

const CHECKS: Record<string, (m: Module, expected: Results) => void> = {
  control_flow: (m, expected) =>
    agree(m.forward(torch.tensor([1, 2, 3], { dtype: "float32" }), 5) as Tensor, expected.control_flow),
  resnet18: (m, expected) => {
    torch.manualSeed(1);
    agree(m.forward(torch.rand([1, 3, 224, 224])) as Tensor, expected.resnet18);
  },
  char_lstm: (m, expected) =>
    assert.deepEqual(m.forward(torch.tensor(expected.prompt), 24), expected.char_lstm),
  transformer: (m, expected) =>
    agree(m.forward(torch.tensor(expected.tokens)) as Tensor, expected.transformer),
  gpt: (m, expected) => {
    torch.manualSeed(7);
    assert.deepEqual(m.forward(torch.tensor([5, 17, 42]), 20), expected.gpt);
  },
  beam_search: (m, expected) => {
    const [tokens, score] = m.forward(torch.tensor(expected.source), 12) as [number[], number];
    assert.deepEqual(tokens, expected.beam_search);
    assert.ok(Math.abs(score - expected.beam_score) <= 1e-4 * Math.abs(expected.beam_score));
  },
};
/** Those that PyTorch 1.13 can run; the others need operators of PyTorch 2. */
const FIRST_THREE = ["control_flow", "resnet18", "char_lstm"];
const namesFor = (p: PyTorch) => p.version.startsWith("1.") ? FIRST_THREE : Object.keys(CHECKS);

for (const [name, check] of Object.entries(CHECKS)) {
  Deno.test(`${name}: script, load, run, as .pt and as .ptl`, async () => {
    await script(name);
    check(new Module(loadModule(Deno.readFileSync(`${folder}/${name}.pt`))), golden);
    check(new Module(loadMobileArchive(Deno.readFileSync(`${folder}/${name}.ptl`)).object), golden);
  });
}

Deno.test("PyTorch loads our files, .pt and .ptl, and agrees", async () => {
  await withPyTorch(async (p) => {
    for (const form of ["pt", "ptl"]) {
      const said = await runPython(p, here + "load_in_pytorch.py", folder, here + "golden.json", form);
      const expected = namesFor(p).map((n) => `${n} agrees\n`).join("");
      assert.equal(said, expected, `PyTorch ${p.version}, .${form}`);
    }
  });
});

Deno.test("we load what PyTorch writes, .pt and .ptl, and agree", async () => {
  await withPyTorch(async (p) => {
    const theirs = await Deno.makeTempDir();
    try {
      await runPython(p, here + "write_in_pytorch.py", `${root}examples`, theirs);
      const results = { ...golden, ...JSON.parse(await Deno.readTextFile(`${theirs}/results.json`)) };
      for (const name of namesFor(p)) {
        const check = CHECKS[name];
        check(new Module(loadModule(await Deno.readFile(`${theirs}/${name}.pt`))), results);
        check(new Module(loadMobileArchive(await Deno.readFile(`${theirs}/${name}.ptl`)).object), results);
      }
    } finally {
      await Deno.remove(theirs, { recursive: true });
    }
  });
});
