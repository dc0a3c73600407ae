/** Which nodes leave their result on the stack, where their only user takes it. */
import type { Block, Node, Value } from "../../compiler/ir/graph.ts";

function before(n: Node): Node {
  let p = n.prev!;
  while (p.kind === "prim::Constant") p = p.prev!;
  return p;
}

/**
 * Nodes whose single result is used once, by what comes next in stack order: they are emitted where the user's
 * operand is pushed and need no register. Walks each block backwards; nested blocks are walked on their own.
 */
export function stackNodes(block: Block, found: Set<Node> = new Set()): Set<Node> {
  const scanNode = (n: Node): Node => {
    let point = n;
    for (let i = n.inputs.length - 1; i >= 0; i--) point = scanValue(point, n.inputs[i]);
    return point;
  };
  const scanValue = (point: Node, v: Value): Node => {
    const n = v.node;
    const fits = n.outputs.length === 1 && v.uses.length === 1 && n.blocks.length === 0 &&
      n.kind !== "prim::Constant" && n.kind !== "prim::Param" && before(point) === n;
    if (!fits) return point;
    found.add(n);
    return scanNode(n);
  };
  scanNode(block.ret);
  for (let n = before(block.ret); n !== block.param; n = before(n)) {
    if (!found.has(n)) scanNode(n);
    for (const b of n.blocks) stackNodes(b, found);
  }
  return found;
}
