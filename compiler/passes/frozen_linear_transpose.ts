/** Linear layers of constant weights become a product with the transposed weight and a sum. */
import { insertConstant } from "../ir/constants.ts";
import type { Graph } from "../ir/graph.ts";
import { hasConstantParameters, run, tensorOf } from "./frozen_conv_folding.ts";

/** Whether anything changed. */
export function frozenLinearTranspose(graph: Graph): boolean {
  let changed = false;
  for (const n of [...graph.allNodes()]) {
    const weight = n.kind === "aten::linear" && hasConstantParameters(n) ? tensorOf(n.inputs[1]) : undefined;
    if (!weight || weight.dim !== 2) continue;
    graph.withInsertPoint(n, () => {
      const turned = run("aten::contiguous", run("aten::transpose.int", weight, 1, 0), 0);
      const matmul = graph.create("aten::matmul", [n.inputs[0], insertConstant(graph, turned)]);
      matmul.schemaKey = "aten::matmul";
      let result = matmul;
      if (n.inputs[2].type.kind !== "None") {
        const one = insertConstant(graph, 1);
        graph.insertNode(matmul);
        // PyTorch's constant stands between, where the product is.
        one.node.moveBefore(matmul);
        result = graph.insert("aten::add", [matmul.output, n.inputs[2], one]);
        result.schemaKey = "aten::add.Tensor";
      } else graph.insertNode(matmul);
      n.output.replaceAllUsesWith(result.output);
    });
    n.destroy();
    changed = true;
  }
  return changed;
}
