/** Every operator in place becomes the one that gives a new value, as exporters want it: aliases are not looked at. */
import { findOperator } from "../../ops/registry.ts";
import { insertConstant } from "../ir/constants.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";

const OUT_OF_PLACE = new Map([
  ["aten::__iadd__", "aten::add"],
  ["aten::__isub__", "aten::sub"],
  ["aten::__imul__", "aten::mul"],
  ["aten::__idiv__", "aten::div"],
  ["aten::zero_", "aten::zeros_like"],
  ["aten::fill_", "aten::full_like"],
]);
const EXTRA_NONES = new Map([["aten::zero_", 5], ["aten::fill_", 5]]);

export function removeInplaceOps(graph: Graph): void {
  visit(graph.block);
}

function outOfPlace(n: Node): string | undefined {
  const known = OUT_OF_PLACE.get(n.kind);
  if (known) return known;
  if (!n.kind.startsWith("aten::") || !/[^_]_$/.test(n.kind) || n.outputs.length !== 1) return undefined;
  return n.kind.slice(0, -1);
}

function visit(block: Block): void {
  for (const n of [...block.nodes()]) {
    for (const b of n.blocks) visit(b);
    const kind = outOfPlace(n);
    if (!kind) continue;
    const g = n.graph, nones: Value[] = [];
    const made = g.create(kind, n.inputs).insertBefore(n);
    for (let i = 0; i < (EXTRA_NONES.get(n.kind) ?? 0); i++) {
      nones.push(g.withInsertPoint(made, () => insertConstant(g, null)));
    }
    for (const v of nones) made.addInput(v);
    const overload = n.schemaKey?.split(".")[1];
    const key = overload && !nones.length ? `${kind}.${overload}` : kind;
    made.schemaKey = findOperator(key) ? key : undefined;
    made.range = n.range;
    made.callStack = n.callStack;
    made.output.setType(n.output.type);
    const self = n.inputs[0];
    n.output.replaceAllUsesWith(made.output);
    for (const u of self.uses.slice()) {
      if (u.user !== n && u.user !== made && made.isBefore(u.user)) {
        u.user.replaceInput(u.offset, made.output);
      }
    }
    n.destroy();
  }
}
