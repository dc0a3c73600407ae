/**
 * The frontend against PyTorch: every function of cases/*.py, compiled from its source, gives the schema and the
 * graph (or the error) that record.py wrote down. Value numbers are renumbered on both sides.
 */
import { assertEquals } from "./assert_text.ts";
import { Diagnostic } from "../../core/errors.ts";
import { Source } from "../../core/source.ts";
import { diagnosticText, graphToString, StandaloneModuleSource } from "../../compiler/mod.ts";
import type { Graph } from "../../compiler/ir/graph.ts";
import { verifyAfterPasses } from "../../compiler/passes/mod.ts";

const CASES = new URL("./cases/", import.meta.url);

/** Renumbers `%7` and `%x.12` in order of appearance. */
function canonical(text: string): string {
  const seen = new Map<string, string>(), counts = new Map<string, number>();
  return text.replace(/%([A-Za-z_][\w.]*?\.)?(\d+)(?![\w.])/g, (whole, base = "") => {
    let name = seen.get(whole);
    if (name === undefined) {
      const n = (counts.get(base) ?? 0) + 1;
      counts.set(base, n);
      seen.set(whole, name = `%${base}${n}`);
    }
    return name;
  }).split("\n").map((l) => l.trimEnd()).join("\n").trimEnd();
}

function compile(module: StandaloneModuleSource, name: string): string {
  try {
    const fn = module.compile(name);
    return `${fn.schema}\n${graphToString(fn.graph as Graph)}`;
  } catch (e) {
    if (!(e instanceof Diagnostic)) throw e;
    const text = diagnosticText(e).replace(/ \(of Python compilation unit at: \w+\)/g, "");
    return `error ${e.pythonType}\n${text}`;
  }
}

for (const entry of [...Deno.readDirSync(CASES)].sort((a, b) => a.name < b.name ? -1 : 1)) {
  if (!entry.name.endsWith(".graph")) continue;
  const file = entry.name.replace(".graph", ".py");
  const text = Deno.readTextFileSync(new URL(file, CASES));
  const sections = Deno.readTextFileSync(new URL(entry.name, CASES)).split(/^=== /m).slice(1);
  for (const section of sections) {
    const name = section.slice(0, section.indexOf("\n"));
    const expected = section.slice(name.length + 1);
    Deno.test(`${file} ${name}`, () => {
      verifyAfterPasses(true);
      const module = new StandaloneModuleSource(new Source(text, file));
      assertEquals(canonical(compile(module, name)), canonical(expected));
    });
  }
}
