/** `prim::EmptyListLiteral` that nobody gave a type becomes a list of tensors. */
import type { Block, Graph } from "../ir/graph.ts";
import { AnyTensorType } from "../../core/types.ts";
import { insertList } from "./ir_nodes.ts";

export function eraseListLiterals(graph: Graph): void {
  const visit = (b: Block): void => {
    for (const n of [...b.nodes()]) {
      for (const inner of n.blocks) visit(inner);
      if (n.kind !== "prim::EmptyListLiteral") continue;
      if (n.output.uses.length) {
        const list = graph.withInsertPoint(n, () => insertList(graph, AnyTensorType, []));
        n.output.replaceAllUsesWith(list);
      }
      n.destroy();
    }
  };
  visit(graph.block);
}
