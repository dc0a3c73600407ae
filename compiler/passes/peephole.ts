/** Small rewrites that PyTorch makes in a callee before it inlines it: numbers that went through a tensor, x * 1, x + 0. */
import { toIValue } from "../ir/constants.ts";
import { eliminateDeadCode } from "./dead_code_elimination.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";

const FROM_TENSOR = new Set([
  "aten::Int",
  "aten::Float",
  "aten::IntImplicit",
  "aten::FloatImplicit",
  "aten::ScalarImplicit",
]);

export function peephole(graph: Graph): void {
  if (rewrite(graph.block)) eliminateDeadCode(graph);
}

/** Whether anything changed. */
function rewrite(b: Block): boolean {
  let changed = false;
  for (const n of b.nodes()) {
    for (const inner of n.blocks) changed = rewrite(inner) || changed;
    const to = simpler(n);
    if (!to || !n.output.uses.length) continue;
    n.output.replaceAllUsesWith(to);
    changed = true;
  }
  return changed;
}

/** The value that a node's output equals, when that is in sight. */
function simpler(n: Node): Value | undefined {
  if (FROM_TENSOR.has(n.kind)) {
    const made = n.inputs[0].node;
    if (made.kind === "prim::NumToTensor" && made.inputs[0].type.kind === n.output.type.kind) {
      return made.inputs[0];
    }
  }
  if (n.outputs.length !== 1 || n.output.type.kind !== "int" || n.inputs.length !== 2) return undefined;
  const [a, b] = n.inputs;
  if (a.type.kind !== "int" || b.type.kind !== "int") return undefined;
  if (n.kind === "aten::mul") return toIValue(b) === 1 ? a : toIValue(a) === 1 ? b : undefined;
  if (n.kind === "aten::add") return toIValue(b) === 0 ? a : toIValue(a) === 0 ? b : undefined;
  return n.kind === "aten::sub" && toIValue(b) === 0 ? a : undefined;
}
