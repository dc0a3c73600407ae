/**
 * Programs on eager torch print what PyTorch 2.13 prints. Each `programs/NAME.py` has its output beside it, recorded
 * with `python3 NAME.py > NAME.out` where PyTorch is installed, with `grad_fn=<...>` taken out.
 */
import { strictEqual } from "node:assert";
import { Source } from "../../core/source.ts";
import { Host } from "../../python/host.ts";
import { registerTorch } from "../../python/torch/mod.ts";
import { setDefaultDtype } from "../../ops/reference/allocation.ts";
import "../../python/stdlib/mod.ts";

const folder = new URL("./programs/", import.meta.url);

for (
  const entry of [...Deno.readDirSync(folder)].map((e) => e.name).filter((n) => n.endsWith(".py")).sort()
) {
  Deno.test(`torch program ${entry}`, () => {
    registerTorch();
    setDefaultDtype(6);
    let printed = "", errors = "";
    const host = new Host({
      path: [],
      stdout: (text) => void (printed += text),
      stderr: (text) => void (errors += text),
    });
    const code = host.runMain(new Source(Deno.readTextFileSync(new URL(entry, folder)), entry));
    strictEqual(errors, "");
    strictEqual(code, 0);
    const expected = Deno.readTextFileSync(new URL(entry.replace(/\.py$/, ".out"), folder));
    strictEqual(printed.replace(/, grad_fn=<\w+>/g, ""), expected);
  });
}
