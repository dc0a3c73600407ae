/** Splits operators into those that fusers know: `addmm` with weights of one into a product and a sum. */
import { Float } from "../../core/scalar.ts";
import { insertConstant, toIValue } from "../ir/constants.ts";
import type { Graph, Value } from "../ir/graph.ts";
import { eliminateDeadCode } from "./dead_code_elimination.ts";

export function decomposeOps(graph: Graph): void {
  let changed = false;
  for (const n of [...graph.allNodes()]) {
    if (n.schemaKey !== "aten::addmm" || !isOne(n.inputs[3]) || !isOne(n.inputs[4])) continue;
    graph.withInsertPoint(n, () => {
      const mm = graph.insert("aten::mm", n.inputs.slice(1, 3));
      mm.schemaKey = "aten::mm";
      const sum = graph.create("aten::add", [n.inputs[0], mm.output, insertConstant(graph, 1)]);
      sum.schemaKey = "aten::add.Tensor";
      graph.insertNode(sum);
      n.output.replaceAllUsesWith(sum.output);
    });
    n.destroy();
    changed = true;
  }
  if (changed) eliminateDeadCode(graph);
}

function isOne(v: Value): boolean {
  const c = toIValue(v);
  return c === 1 || (c instanceof Float && c.value === 1);
}
