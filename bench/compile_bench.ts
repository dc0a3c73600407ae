/** Compiling TorchScript source: 1,000 and 4,000 lines, and 200 elifs, which nest. */
import { compileSource } from "../compiler/mod.ts";
import { elifSource, largeSource } from "../tests/language/large_sources.ts";

for (const lines of [1000, 4000]) {
  const text = largeSource(lines);
  Deno.bench(`compile ${lines} lines`, { group: "compile" }, () => {
    compileSource(text, { entry: `f${lines / 20 - 1}` });
  });
}

const deep = elifSource(200);
Deno.bench("compile 200 elifs", { group: "compile" }, () => {
  compileSource(deep, { entry: "nested" });
});
