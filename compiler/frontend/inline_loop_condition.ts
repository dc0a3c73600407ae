/** Moves a loop's condition block before the loop and to the end of its body. */
import type { Block, Graph, Node } from "../ir/graph.ts";

export function inlineBlockBefore(at: Node, b: Block): void {
  for (const n of [...b.nodes()]) n.moveBefore(at);
}

export function inlineLoopConditions(graph: Graph): void {
  const visit = (b: Block): void => {
    for (const n of [...b.nodes()]) {
      for (const inner of n.blocks) visit(inner);
      if (n.kind === "prim::Loop") inlineCondition(n);
    }
  };
  visit(graph.block);
}

function inlineCondition(n: Node): void {
  const [body, condition] = n.blocks;
  const first = n.addBlock();
  first.cloneFrom(condition, (v) => v);
  inlineBlockBefore(n, first);
  n.insertInput(1, first.outputs[0]);
  n.eraseBlock(2);
  inlineBlockBefore(body.ret, condition);
  body.ret.insertInput(0, condition.outputs[0]);
  n.eraseBlock(1);
}
