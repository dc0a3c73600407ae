/**
 * Printed code compiles again: every function that the programs of the corpus compile is saved, read back from the
 * printed code alone, and prints the same code then.
 */
import assert from "node:assert/strict";
import { loadModule, saveToBytes } from "../../archive/mod.ts";
import { ZipReader } from "../../archive/zip_reader.ts";
import { graphToString, hostCompiler } from "../../compiler/mod.ts";
import type { Graph } from "../../compiler/ir/graph.ts";
import { parseIr } from "../../compiler/ir/parser.ts";
import { Diagnostic, NotImplemented, RuntimeFault } from "../../core/errors.ts";
import type { ScriptFunction } from "../../core/function.ts";
import { runProgram } from "./run_program.ts";

const CORPUS = ["./programs/", "../conformance/"];

function* corpus(): Generator<[name: string, url: URL]> {
  for (const root of CORPUS) {
    for (const folder of Deno.readDirSync(new URL(root, import.meta.url))) {
      if (!folder.isDirectory) continue;
      for (const f of Deno.readDirSync(new URL(`${root}${folder.name}/`, import.meta.url))) {
        if (!f.name.endsWith(".py")) continue;
        yield [`${folder.name}/${f.name}`, new URL(`${root}${folder.name}/${f.name}`, import.meta.url)];
      }
    }
  }
}

/** The text of each file below `code/`. */
function codeOf(bytes: Uint8Array<ArrayBuffer>): Record<string, string> {
  const zip = new ZipReader(bytes), out: Record<string, string> = {};
  for (const name of zip.names()) {
    if (/\/code\/.*\.py$/.test(name)) out[name] = new TextDecoder().decode(zip.read(name));
  }
  return out;
}

/** Whether a function has no printed form in PyTorch either: it calls the host, or a method of a Union. */
function unprintable(e: unknown): boolean {
  return (e instanceof RuntimeFault || e instanceof Diagnostic) &&
    /Python|method call to unhandled type/.test(e.message);
}
/**
 * Keyword-only parameters print without their star, so that one without a default follows others that have one: PyTorch
 * cannot read that either.
 */
const UNREADABLE = "expressions/calls_keyword_and_default.py";

function roundTrip(fn: ScriptFunction): void {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = saveToBytes(fn);
  } catch (e) {
    if (unprintable(e)) return;
    throw e;
  }
  assert.deepEqual(codeOf(saveToBytes(loadModule(bytes))), codeOf(bytes));
}

/** The printed graph reads back to one that prints the same, unless it names what PyTorch's reader does not know. */
function graphRoundTrip(fn: ScriptFunction): void {
  const printed = graphToString(fn.graph as Graph, { sourceRanges: false });
  // The graphs of forks follow their caller's, and a tensor prints as no more than a mark.
  if (
    /__torch__|: Function\b|Enum<|\nwith prim::|NamedTuple|InterfaceType|\^|<Tensor>|Closure|\\0[^0-7]/.test(
      printed,
    )
  ) return;
  // What a trace knows of its tensors is not read yet, so that their types would come back plainer.
  if (/device=cpu\)|CPU\w+Type/.test(printed)) return;
  assert.equal(renumbered(graphToString(parseIr(printed))), renumbered(printed));
}

/** Values by order of appearance, whatever their names. */
function renumbered(text: string): string {
  const seen = new Map<string, string>();
  return text.replace(/%[A-Za-z0-9_.]*\w/g, (v) => {
    if (!seen.has(v)) seen.set(v, `%${seen.size}`);
    return seen.get(v)!;
  });
}

const bySection = Map.groupBy(corpus(), ([name]) => name.split("/")[0]);
for (const [section, programs] of bySection) {
  Deno.test(`code compiles again: ${section}`, () => {
    let count = 0;
    const failures: string[] = [];
    for (const [name, url] of programs) {
      try {
        runProgram(Deno.readTextFileSync(url), name);
      } catch (e) {
        if (!(e instanceof NotImplemented)) throw e;
      }
      for (const fn of hostCompiler().unit.functions.values()) {
        if (name === UNREADABLE || fn.owner || fn.state !== "defined") continue;
        count++;
        try {
          roundTrip(fn);
          graphRoundTrip(fn);
        } catch (e) {
          failures.push(`${name} ${fn.qualifiedName}: ${e instanceof Error ? e.message : e}`);
        }
      }
    }
    assert.equal(failures.join("\n"), "", `of ${count}`);
  });
}
