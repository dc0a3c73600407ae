/** Drops operators that return what they get, where nobody records gradients: `detach`. */
import type { Graph, Node } from "../ir/graph.ts";
import { eliminateDeadCode } from "./dead_code_elimination.ts";

export function eliminateNoOps(graph: Graph): boolean {
  for (const n of graph.block.nodes()) if (comparesTensors(n)) return false;
  let changed = false;
  for (const n of graph.allNodes()) {
    if (n.kind !== "aten::detach") continue;
    n.output.replaceAllUsesWith(n.inputs[0]);
    changed = true;
  }
  if (changed) eliminateDeadCode(graph);
  return changed;
}

/** `x.detach() is x` would change its answer. */
function comparesTensors(n: Node): boolean {
  return (n.kind === "aten::__is__" || n.kind === "aten::__isnot__") &&
    n.inputs.every((v) => v.type.kind === "Tensor");
}
