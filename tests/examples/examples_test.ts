/** The examples, against PyTorch's recorded outputs; and files both ways with every PyTorch on this machine. */
import assert from "node:assert/strict";
import { loadMobileArchive, loadModule } from "../../archive/mod.ts";
import { Module, type Tensor, torch } from "../../mod.ts";
import { runPython, withPyTorch } from "./pytorch.ts";

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
};

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
      assert.equal(
        said,
        "control_flow agrees\nresnet18 agrees\nchar_lstm agrees\n",
        `PyTorch ${p.version}, .${form}`,
      );
    }
  });
});

Deno.test("we load what PyTorch writes, .pt and .ptl, and agree", async () => {
  await withPyTorch(async (p) => {
    const theirs = await Deno.makeTempDir();
    try {
      await runPython(p, here + "write_in_pytorch.py", `${root}examples`, theirs);
      const results = JSON.parse(await Deno.readTextFile(`${theirs}/results.json`));
      for (const [name, check] of Object.entries(CHECKS)) {
        check(new Module(loadModule(await Deno.readFile(`${theirs}/${name}.pt`))), results);
        check(new Module(loadMobileArchive(await Deno.readFile(`${theirs}/${name}.ptl`)).object), results);
      }
    } finally {
      await Deno.remove(theirs, { recursive: true });
    }
  });
});
