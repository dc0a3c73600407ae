/**
 * Programs that trace print what PyTorch 2.13 prints: graphs, code, results, warnings and errors. Adding a test is adding
 * `cases/NAME.py` and recording `NAME.out` with `python3 tests/tracing/record.py NAME`.
 */
import { strictEqual } from "node:assert";
import { Source } from "../../core/source.ts";
import { Host } from "../../python/host.ts";
import { registerTorch } from "../../python/torch/mod.ts";
import { setDefaultDtype } from "../../ops/reference/allocation.ts";
import "../../python/stdlib/mod.ts";
import { canonical } from "./canonical.ts";

const folder = new URL("./cases/", import.meta.url);

for (const file of [...Deno.readDirSync(folder)].map((e) => e.name).filter((n) => n.endsWith(".py")).sort()) {
  Deno.test(`tracing ${file}`, () => {
    registerTorch();
    setDefaultDtype(6);
    let printed = "", errors = "";
    const host = new Host({
      path: [],
      stdout: (text) => void (printed += text),
      stderr: (text) => void (errors += text),
    });
    const code = host.runMain(new Source(Deno.readTextFileSync(new URL(file, folder)), file));
    strictEqual(code, 0, errors);
    const expected = Deno.readTextFileSync(new URL(file.replace(/\.py$/, ".out"), folder));
    strictEqual(canonical(printed), canonical(expected));
  });
}
