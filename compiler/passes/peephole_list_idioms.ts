/** Lists that are built in sight and never changed: their length, elements, sums and slices are known. */
import { AliasDb } from "../ir/alias_analysis.ts";
import { insertConstant, toIValue } from "../ir/constants.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";

export function peepholeListIdioms(graph: Graph): boolean {
  let aliases: AliasDb | undefined;
  const isChanged = (v: Value) => (aliases ??= new AliasDb(graph)).hasWriters(v);
  return block(graph.block, isChanged);
}

function block(b: Block, isChanged: (v: Value) => boolean): boolean {
  let changed = false;
  for (const n of b.nodes()) {
    for (const inner of n.blocks) changed = block(inner, isChanged) || changed;
    const list = n.inputs[0];
    if (list?.type.kind !== "List" || list.node.kind !== "prim::ListConstruct" || isChanged(list)) continue;
    changed = rewrite(n, list.node.inputs, isChanged) || changed;
  }
  return changed;
}

function rewrite(n: Node, items: readonly Value[], isChanged: (v: Value) => boolean): boolean {
  const g = n.graph;
  switch (n.kind) {
    case "aten::len":
      n.output.replaceAllUsesWith(g.withInsertPoint(n, () => insertConstant(g, items.length)));
      return true;
    case "aten::__getitem__": {
      const at = toIValue(n.inputs[1]);
      if (typeof at !== "number") return false;
      const v = items[at < 0 ? at + items.length : at];
      if (v) n.output.replaceAllUsesWith(v);
      return v !== undefined;
    }
    case "prim::ListUnpack":
      if (items.length !== n.outputs.length) return false;
      n.outputs.forEach((o, i) => o.replaceAllUsesWith(items[i]));
      return items.length > 0;
    case "aten::add": {
      const other = n.inputs[1];
      if (n.inputs.length !== 2 || other.node.kind !== "prim::ListConstruct" || isChanged(other)) {
        return false;
      }
      return construct(n, [...items, ...other.node.inputs]);
    }
    case "aten::slice":
      return slice(n, items);
  }
  return false;
}

function construct(n: Node, items: readonly Value[]): boolean {
  const made = n.graph.create("prim::ListConstruct", items).insertBefore(n);
  made.output.setType(n.output.type);
  n.output.replaceAllUsesWith(made.output);
  return true;
}

function slice(n: Node, items: readonly Value[]): boolean {
  const [start, end, step] = n.inputs.slice(1, 4).map(toIValue);
  if (start === undefined || end === undefined || typeof step !== "number" || step === 0) return false;
  const length = items.length;
  const clamp = (v: number, low: number, high: number) =>
    Math.min(Math.max(v < 0 ? v + length : v, low), high);
  const low = step > 0 ? 0 : -1, high = step > 0 ? length : length - 1;
  const from = typeof start === "number" ? clamp(start, low, high) : step > 0 ? 0 : length - 1;
  const to = typeof end === "number" ? clamp(end, low, high) : step > 0 ? length : -1;
  const picked: Value[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) picked.push(items[i]);
  return construct(n, picked);
}
