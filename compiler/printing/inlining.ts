/**
 * Which nodes are printed inside their user's expression: those with one unnamed output used once, met in the
 * order in which the expression would run them, left to right. Constants always are.
 */
import type { Block, Node, Value } from "../ir/graph.ts";

export function isConstantLike(n: Node): boolean {
  return n.kind === "prim::Constant";
}

/** The nodes of `body`, nested blocks included, that need no statement of their own. */
export function inlinedNodes(body: Block): Set<Node> {
  const inlined = new Set<Node>();
  scanBlock(body, inlined);
  return inlined;
}

function scanBlock(b: Block, inlined: Set<Node>): void {
  scanNode(b.ret, inlined);
  for (let n = b.ret.prev!; n !== b.param; n = n.prev!) scanNode(n, inlined);
}

/** Scans a node's inputs from the last to the first; the result is the node that must run just before them all. */
function scanNode(n: Node, inlined: Set<Node>): Node {
  if (inlined.has(n)) return n;
  for (const b of n.blocks) scanBlock(b, inlined);
  let before = previousNonConstant(n);
  for (let i = n.inputs.length - 1; i >= 0; i--) before = scanValue(before, n.inputs[i], inlined);
  return before;
}

function scanValue(before: Node, v: Value, inlined: Set<Node>): Node {
  const n = v.node;
  if (n === before && canInline(v)) {
    const next = scanNode(n, inlined);
    inlined.add(n);
    return next;
  }
  if (isConstantLike(n)) inlined.add(n);
  return before;
}

function previousNonConstant(n: Node): Node {
  let p = n.prev ?? n;
  while (isConstantLike(p)) p = p.prev!;
  return p;
}

const STATEMENTS = new Set(
  "prim::Param prim::Closure prim::isinstance prim::Enter prim::fork prim::awaitable prim::TupleUnpack prim::ListUnpack"
    .split(" "),
);

function canInline(v: Value): boolean {
  const n = v.node;
  if (n.outputs.length !== 1 || v.uses.length !== 1 || n.blocks.length || STATEMENTS.has(n.kind)) {
    return false;
  }
  const { user, offset } = v.uses[0];
  // A loop's carried values are variables, and a fork's body names what it takes in.
  if (user.kind === "prim::Loop" && offset >= 2) return false;
  if (user.kind === "prim::fork" || user.kind === "prim::Closure") return false;
  return !v.hasDebugName || user.kind === "prim::Return";
}

/** Constants in the order in which the body uses them first. */
export function constantsByUse(body: Block): Node[] {
  const found = new Set<Node>();
  const visitNode = (n: Node) => {
    for (const v of n.inputs) if (isConstantLike(v.node)) found.add(v.node);
    for (const b of n.blocks) visitBlock(b);
  };
  const visitBlock = (b: Block) => {
    for (const n of b.nodes()) visitNode(n);
    visitNode(b.ret);
  };
  visitBlock(body);
  return [...found];
}
