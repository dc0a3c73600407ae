/** Takes from tensor types what a trace knows of one run: dtype, shape, strides, device. */
import { unshapedType } from "../../core/unify.ts";
import type { Block, Graph, Value } from "../ir/graph.ts";

export function eraseShapeInformation(graph: Graph): void {
  eraseBlock(graph.block);
}

function erase(values: readonly Value[]): void {
  for (const v of values) v.setType(unshapedType(v.type));
}

function eraseBlock(b: Block): void {
  erase(b.inputs);
  for (const n of b.nodes()) {
    erase(n.outputs);
    for (const inner of n.blocks) eraseBlock(inner);
    if (n.has("Subgraph")) eraseShapeInformation(n.g("Subgraph"));
  }
}
