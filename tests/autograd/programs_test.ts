/**
 * Programs that ask for gradients print what PyTorch 2.13 prints: values, names of nodes, messages, and how gradients
 * compare with differences. `record.sh` here records the outputs.
 */
import { strictEqual } from "node:assert";
import { Source } from "../../core/source.ts";
import { setGradEnabled } from "../../ops/autograd/mod.ts";
import { setDefaultDtype } from "../../ops/reference/allocation.ts";
import { Host } from "../../python/host.ts";
import { registerTorch } from "../../python/torch/mod.ts";
import "../../python/stdlib/mod.ts";

const folder = new URL("./programs/", import.meta.url);
const programs = [...Deno.readDirSync(folder)].map((e) => e.name).filter((n) => n.endsWith(".py")).sort();

for (const entry of programs) {
  Deno.test(`autograd program ${entry}`, () => {
    registerTorch();
    setDefaultDtype(6);
    setGradEnabled(true);
    let printed = "";
    const host = new Host({ path: [], stdout: (text) => void (printed += text), stderr: () => {} });
    const code = host.runMain(new Source(Deno.readTextFileSync(new URL(entry, folder)), entry));
    strictEqual(code, 0);
    strictEqual(printed, Deno.readTextFileSync(new URL(entry.replace(/\.py$/, ".out"), folder)));
  });
}
