/** Figures of a compiled model for the closing tables. */
import type { Code } from "../bytecode/mod.ts";
import type { Graph } from "../compiler/ir/graph.ts";
import { inline } from "../compiler/passes/inliner.ts";
import { codeOf, type ScriptFunction } from "../core/function.ts";
import { ScriptObject } from "../core/ivalue.ts";
import { Operator } from "../ops/registry.ts";
import { Tensor } from "../core/tensor.ts";

export interface Summary {
  readonly parameters: number;
  /** 0 where the file holds bytecode only. */
  readonly graphNodes: number;
  readonly instructions: number;
  readonly codeBytes: number;
  readonly operators: number;
}

/** Elements of all parameters below a script object. */
function parametersOf(o: ScriptObject, seen: Set<unknown> = new Set()): number {
  let n = 0;
  o.type.attributes.forEach((a, i) => {
    const v = o.slots[i];
    if (seen.has(v)) return;
    if (v instanceof ScriptObject) {
      seen.add(v);
      n += parametersOf(v, seen);
    } else if (v instanceof Tensor && a.kind === "parameter") {
      seen.add(v);
      n += v.numel;
    }
  });
  return n;
}

export function summarize(fn: ScriptFunction, object: ScriptObject | undefined): Summary {
  const code = codeOf(fn) as Code;
  let graphNodes = 0;
  const operators = new Set<string>();
  if (fn.graph) {
    const graph = (fn.graph as Graph).copy();
    inline(graph);
    for (const n of graph.allNodes()) {
      graphNodes++;
      if (n.schemaKey) operators.add(n.schemaKey);
    }
  } else for (const o of code.objects) if (o instanceof Operator) operators.add(o.key);
  return {
    parameters: object ? parametersOf(object) : 0,
    graphNodes,
    instructions: code.instructionCount,
    codeBytes: code.words.length * 4,
    operators: operators.size,
  };
}
