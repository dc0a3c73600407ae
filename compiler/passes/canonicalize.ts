/** Orders the outputs of If and Loop by their first use, so that printed graphs do not depend on hash order. */
import type { Block, Graph, Node, Value } from "../ir/graph.ts";
import { executionOrder, firstUse, useBefore } from "./order.ts";

export function canonicalizeOutputs(graph: Graph): void {
  canonicalizeBlock(graph.block, executionOrder(graph));
}

function canonicalizeBlock(block: Block, order: Map<Node, number>): void {
  // Backwards: the order of a node's outputs follows from the nodes after it, whose inputs may move too.
  for (const n of [...block.nodes()].reverse()) {
    if (n.kind === "prim::If") {
      const by = sortedByFirstUse(n.outputs, order);
      permuteOutputs(n, by);
      for (const b of n.blocks) permuteInputs(b.ret, 0, by);
    } else if (n.kind === "prim::Loop") {
      const by = sortedByFirstUse(n.outputs, order);
      permuteInputs(n, 2, by);
      permuteOutputs(n, by);
      permuteInputs(n.blocks[0].ret, 1, by);
      permuteOutputs(n.blocks[0].param, by, 1);
    }
    for (const b of n.blocks) canonicalizeBlock(b, order);
  }
}

/** Old indices in their new order; values without a use keep their order at the end. */
function sortedByFirstUse(values: readonly Value[], order: Map<Node, number>): number[] {
  const uses = values.map((v) => firstUse(v, order));
  return values.map((_, i) => i).sort((a, b) => {
    const x = uses[a], y = uses[b];
    if (!x || !y) return x ? -1 : y ? 1 : a - b;
    return useBefore(x, y, order) ? -1 : 1;
  });
}

function permuteOutputs(n: Node, by: readonly number[], from = 0): void {
  const old = n.outputs.slice(from);
  by.forEach((o, i) => {
    n.outputs[from + i] = old[o];
    old[o].offset = from + i;
  });
}

function permuteInputs(n: Node, from: number, by: readonly number[]): void {
  const old = n.inputs.slice(from);
  by.forEach((o, i) => {
    if (n.inputs[from + i] !== old[o]) n.replaceInput(from + i, old[o]);
  });
}
