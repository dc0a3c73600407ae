/** Positions of nodes in execution order, numbered once so that comparing is cheap. */
import type { Block, Graph, Node, Use, Value } from "../ir/graph.ts";

/** Number of every node (returns of blocks included), outer before inner. Stale after the graph changes. */
export function executionOrder(graph: Graph): Map<Node, number> {
  const order = new Map<Node, number>();
  const visit = (b: Block): void => {
    for (const n of b.nodes()) {
      order.set(n, order.size);
      for (const inner of n.blocks) visit(inner);
    }
    order.set(b.ret, order.size);
  };
  visit(graph.block);
  return order;
}

/** The earliest use of a value, undefined when it has none. */
export function firstUse(v: Value, order: Map<Node, number>): Use | undefined {
  let best: Use | undefined;
  for (const u of v.uses) if (!best || useBefore(u, best, order)) best = u;
  return best;
}

export function useBefore(a: Use, b: Use, order: Map<Node, number>): boolean {
  return a.user === b.user ? a.offset < b.offset : order.get(a.user)! < order.get(b.user)!;
}
