/**
 * The frontend against PyTorch: every function of cases/*.py, compiled from its source, gives the schema and the
 * graph (or the error) that record.py wrote down. Value numbers are renumbered on both sides.
 */
import { assertEquals } from "./assert_text.ts";
import { canonical, sections } from "./canonical.ts";
import { Diagnostic } from "../../core/errors.ts";
import { Source } from "../../core/source.ts";
import { diagnosticText, graphToString, StandaloneModuleSource } from "../../compiler/mod.ts";
import type { Graph } from "../../compiler/ir/graph.ts";
import { verifyAfterPasses } from "../../compiler/passes/mod.ts";

const CASES = new URL("./cases/", import.meta.url);

function compile(module: StandaloneModuleSource, name: string): string {
  try {
    const fn = module.compile(name);
    return `${fn.schema}\n${graphToString(fn.graph as Graph)}`;
  } catch (e) {
    if (!(e instanceof Diagnostic)) throw e;
    return `error ${e.pythonType}\n${diagnosticText(e)}`;
  }
}

for (const entry of [...Deno.readDirSync(CASES)].sort((a, b) => a.name < b.name ? -1 : 1)) {
  if (!entry.name.endsWith(".graph")) continue;
  const file = entry.name.replace(".graph", ".py");
  const text = Deno.readTextFileSync(new URL(file, CASES));
  for (const { name, expected } of sections(Deno.readTextFileSync(new URL(entry.name, CASES)))) {
    Deno.test(`${file} ${name}`, () => {
      verifyAfterPasses(true);
      const module = new StandaloneModuleSource(new Source(text, file));
      assertEquals(canonical(compile(module, name)), canonical(expected));
    });
  }
}
