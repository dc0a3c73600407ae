/** Moving a node past others without changing what the program does: data, memory and side effects keep their order. */
import { type AliasDb, writesOf } from "./alias_analysis.ts";
import type { Block, Node, Value } from "./graph.ts";

/** Operators whose order among themselves shows. */
export type HasEffects = (n: Node) => boolean;

interface Footprint {
  readonly node: Node;
  readonly uses: ReadonlySet<Value>;
  readonly reads: ReadonlySet<number>;
  readonly writes: ReadonlySet<number>;
  readonly effects: boolean;
}

/**
 * Moves `n` to just before `to`, which comes after it in the same block, when that changes nothing. What stands between
 * them and needs `n` goes behind `to`. Gives whether it was moved.
 */
export function moveBeforeTopologicallyValid(
  aliases: AliasDb,
  n: Node,
  to: Node,
  hasEffects: HasEffects,
): boolean {
  if (n.block !== to.block) return false;
  const first = footprint(aliases, n, hasEffects);
  const carried: Footprint[] = [];
  for (let at = n.next!; at !== to; at = at.next!) {
    if (at === n.block!.ret) return false;
    const f = footprint(aliases, at, hasEffects);
    if (conflicts(first, f) || carried.some((c) => conflicts(c, f))) carried.push(f);
  }
  const last = footprint(aliases, to, hasEffects);
  if (carried.some((c) => conflicts(c, last))) return false;
  n.moveBefore(to);
  let behind = to;
  for (const c of carried) {
    c.node.moveAfter(behind);
    behind = c.node;
  }
  return true;
}

function footprint(aliases: AliasDb, n: Node, hasEffects: HasEffects): Footprint {
  const uses = new Set<Value>(), reads = new Set<number>(), writes = new Set<number>();
  const visit = (node: Node): void => {
    for (const v of node.inputs) {
      uses.add(v);
      for (const at of aliases.reachable(v)) reads.add(at);
    }
    for (const v of node.outputs) for (const at of aliases.reachable(v)) reads.add(at);
    for (const v of writesOf(node)) {
      const at = aliases.locationOf(v);
      if (at !== undefined) writes.add(at);
    }
    for (const b of node.blocks) visitBlock(b);
  };
  const visitBlock = (b: Block): void => {
    for (const inner of b.nodes()) visit(inner);
    visit(b.ret);
  };
  visit(n);
  return { node: n, uses, reads, writes, effects: hasEffects(n) };
}

/** Whether two nodes must stay in their order, `a` first. */
function conflicts(a: Footprint, b: Footprint): boolean {
  if (a.effects && b.effects) return true;
  if (a.node.outputs.some((o) => b.uses.has(o))) return true;
  for (const at of a.writes) if (b.reads.has(at) || b.writes.has(at)) return true;
  for (const at of b.writes) if (a.reads.has(at)) return true;
  return false;
}
