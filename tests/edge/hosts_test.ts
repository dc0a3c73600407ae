/** Exported models in the hosts they are made for. */
import assert from "node:assert/strict";
import { DRIVE } from "./drive.ts";
import { chromium, commandLine, inPage, inWorker, pressed, workerd } from "./hosts.ts";

const root = new URL("../../", import.meta.url).pathname;
const INPUTS: Record<string, string[]> = {
  resnet18: ["random:1x3x64x64"],
  char_lstm: ["[15, 14, 3]", "12"],
  gpt: ["[5, 17, 42]", "12"],
  transformer: ["[[5, 17, 42, 3, 0, 0], [9, 8, 7, 6, 5, 4]]"],
};
const FLOATS = /^tensor of sizes \[[\d, ]+\], first (-?\d\S*, ){9}-?\d\S*\n[\d.]+ ms$/;
const INTEGERS = /^\[\d+(, \d+)*\]\n[\d.]+ ms$/;
/** What the page shows once its button was pressed. */
const SHOWN: Record<string, RegExp> = {
  resnet18: FLOATS,
  char_lstm: INTEGERS,
  gpt: INTEGERS,
  transformer: FLOATS,
};

async function exported(name: string, ...flags: string[]): Promise<{ folder: string; zipped: number }> {
  const folder = await Deno.makeTempDir();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...[
        "run",
        "-A",
        "--no-check",
        `${root}cli.ts`,
        "export",
        `${root}examples/${name}.py`,
        "--target",
        "edge",
      ],
      ...["-o", folder, "--json", ...flags, ...INPUTS[name].flatMap((i) => ["--input", i])],
    ],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  await Deno.writeTextFile(`${folder}/drive.mjs`, DRIVE);
  const { files } = JSON.parse(new TextDecoder().decode(stdout));
  return { folder, zipped: files["model.js"].zipped + files["kernels.wasm"].zipped };
}

function agree(host: string, actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length, host);
  const max = Math.max(...expected.map(Math.abs));
  expected.forEach((b, i) => {
    const difference = Math.abs(actual[i] - b);
    assert.ok(difference <= 1e-5 * max, `${host}, element ${i}: ${actual[i]}, Deno has ${b}`);
  });
}

for (const name of Object.keys(INPUTS)) {
  Deno.test(`${name} runs from .wick in every host`, async (t) => {
    const { folder, zipped } = await exported(name);
    try {
      if (name === "resnet18") {
        await t.step("the bundle and its kernels are under 60 kB gzipped", () => {
          assert.ok(zipped < 60_000, `${zipped} bytes`);
        });
      }
      const expected = (await commandLine("deno", folder, name, true))!;
      assert.ok(expected.length > 3 && expected.every(Number.isFinite));
      const hosts = {
        "Deno without WebAssembly": () => commandLine("deno", folder, name, false),
        "Node": () => commandLine("node", folder, name, true),
        "Node without WebAssembly": () => commandLine("node", folder, name, false),
        "workerd": () => workerd(folder, name),
        "Chromium": () => chromium(folder, inPage(name, "cpu"), "cpu"),
        "a worker in Chromium": () => chromium(folder, inWorker(name, "cpu"), "cpu"),
      };
      for (const [host, run] of Object.entries(hosts)) {
        await t.step(host, async () => {
          const actual = await run();
          if (actual === null) console.log(`skipped: ${host} is not here`);
          else agree(host, actual, expected);
        });
      }
      await t.step("Chromium on webgpu, page and worker", async () => {
        const withGpu = await exported(name, "--webgpu");
        try {
          for (const page of [inPage, inWorker]) {
            const actual = await chromium(withGpu.folder, page(name, "webgpu"), "webgpu");
            if (actual === null) console.log("skipped: Chromium is not here");
            else agree(`Chromium on webgpu, ${page.name}`, actual, expected);
          }
        } finally {
          await Deno.remove(withGpu.folder, { recursive: true });
        }
      });
      await t.step("the page's button runs the model", async () => {
        const page = await Deno.readTextFile(`${folder}/index.html`);
        const shown = await chromium<string>(folder, pressed(page), "cpu");
        if (shown !== null) assert.match(shown, SHOWN[name]);
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
