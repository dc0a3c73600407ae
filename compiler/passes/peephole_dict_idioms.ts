/** Dicts of constant keys that are built in sight and never changed: their length and the values of keys are known. */
import { Float } from "../../core/scalar.ts";
import { AliasDb } from "../ir/alias_analysis.ts";
import { insertConstant, toIValue } from "../ir/constants.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";

export function peepholeDictIdioms(graph: Graph): boolean {
  let aliases: AliasDb | undefined;
  const isChanged = (v: Value) => (aliases ??= new AliasDb(graph)).hasWriters(v);
  return block(graph.block, isChanged);
}

function block(b: Block, isChanged: (v: Value) => boolean): boolean {
  let changed = false;
  for (const n of b.nodes()) {
    for (const inner of n.blocks) changed = block(inner, isChanged) || changed;
    if (n.kind !== "aten::len" && n.kind !== "aten::__getitem__") continue;
    const dict = n.inputs[0];
    if (dict.type.kind !== "Dict" || dict.node.kind !== "prim::DictConstruct" || isChanged(dict)) continue;
    changed = rewrite(n, dict.node) || changed;
  }
  return changed;
}

/** Text of a key that is a constant; ints and floats that are equal share it, as they share an entry. */
function keyOf(v: Value): string | undefined {
  const c = toIValue(v);
  if (typeof c === "string") return JSON.stringify(c);
  if (c instanceof Float) return String(c.value);
  return typeof c === "number" || typeof c === "boolean" ? String(c) : undefined;
}

function rewrite(n: Node, dict: Node): boolean {
  const entries = new Map<string, Value>();
  for (let i = 0; i + 1 < dict.inputs.length; i += 2) {
    const key = keyOf(dict.inputs[i]);
    if (key === undefined) return false;
    entries.set(key, dict.inputs[i + 1]);
  }
  if (n.kind === "aten::len") {
    n.output.replaceAllUsesWith(n.graph.withInsertPoint(n, () => insertConstant(n.graph, entries.size)));
    return true;
  }
  const key = keyOf(n.inputs[1]);
  const v = key === undefined ? undefined : entries.get(key);
  if (!v) return false;
  n.output.replaceAllUsesWith(v);
  return true;
}
