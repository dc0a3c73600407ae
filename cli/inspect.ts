/** `inspect MODEL|FILE.py`: its code, graph, bytecode or a summary. */
import { type Code, disassemble } from "../bytecode/mod.ts";
import type { Graph } from "../compiler/ir/graph.ts";
import { graphToString } from "../compiler/mod.ts";
import { inline } from "../compiler/passes/inliner.ts";
import { functionCode, methodCode } from "../compiler/printing/mod.ts";
import { codeOf } from "../core/function.ts";
import { ScriptObject } from "../core/ivalue.ts";
import { InputError, OK, UsageError } from "./exit_codes.ts";
import { entryFunction, openModel } from "./model.ts";
import { parseOptions } from "./options.ts";
import { summarize } from "./summary.ts";
import { table } from "./table.ts";

export async function inspect(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    entry: { type: "string" },
    code: { type: "boolean" },
    graph: { type: "boolean" },
    "inlined-graph": { type: "boolean" },
    bytecode: { type: "boolean" },
    summary: { type: "boolean" },
    json: { type: "boolean" },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length) throw new UsageError("inspect takes one MODEL or FILE.py");
  const model = await openModel(file, values.entry);
  const fn = entryFunction(model);
  const object = model.value instanceof ScriptObject ? model.value : undefined;
  const { code, graph, "inlined-graph": inlined } = values;
  if (fn.graph === undefined && (code || graph || inlined)) {
    throw new InputError(
      `${file} holds register bytecode only, no graph and no code: look at it with --bytecode`,
    );
  }
  if (values.code) console.log(object ? methodCode(fn) : functionCode(fn));
  if (values.graph) console.log(graphToString(fn.graph as Graph));
  if (values["inlined-graph"]) {
    const g = (fn.graph as Graph).copy();
    inline(g);
    console.log(graphToString(g));
  }
  if (values.bytecode) console.log(disassemble(codeOf(fn) as Code));
  const wanted = values.code || values.graph || values["inlined-graph"] || values.bytecode;
  if (values.summary || !wanted) {
    const s = summarize(fn, object);
    if (values.json) console.log(JSON.stringify({ schema: String(fn.schema), ...s }));
    else {
      console.log(String(fn.schema));
      console.log(table(["parameters", "graph nodes", "instructions", "code bytes", "operators"], [
        [s.parameters, s.graphNodes, s.instructions, s.codeBytes, s.operators],
      ]));
    }
  }
  return OK;
}
