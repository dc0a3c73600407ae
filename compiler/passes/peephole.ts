/**
 * Small rewrites of one node or a few: `x.t().t()`, numbers that went through a tensor, what a tensor's type says of its
 * shape. Files beside this one have those of lists, dicts, numbers and those that need to know who shares memory.
 */
import { ListValue } from "../../core/ivalue.ts";
import { isFloatingType, scalarTypeInfo } from "../../core/scalar_type.ts";
import { IntType } from "../../core/types.ts";
import { insertConstant, toIValue } from "../ir/constants.ts";
import type { IValue } from "../../core/ivalue.ts";
import type { Block, Graph, Node } from "../ir/graph.ts";
import { eliminateDeadCode } from "./dead_code_elimination.ts";
import { peepholeAliasSensitive } from "./peephole_alias_sensitive.ts";
import { peepholeDictIdioms } from "./peephole_dict_idioms.ts";
import { peepholeListIdioms } from "./peephole_list_idioms.ts";
import { peepholeNonTensor } from "./peephole_non_tensor.ts";

const FROM_TENSOR = new Set([
  "aten::Int",
  "aten::Float",
  "aten::IntImplicit",
  "aten::FloatImplicit",
  "aten::ScalarImplicit",
]);

/** Whether anything changed. Without `shapes`, what the types of tensors say of their shape is left alone. */
export function peephole(graph: Graph, shapes = true): boolean {
  let changed = rewriteBlock(graph.block, shapes);
  changed = peepholeListIdioms(graph) || changed;
  changed = peepholeDictIdioms(graph) || changed;
  changed = peepholeAliasSensitive(graph, shapes) || changed;
  changed = peepholeNonTensor(graph) || changed;
  if (changed) eliminateDeadCode(graph);
  return changed;
}

function rewriteBlock(b: Block, shapes: boolean): boolean {
  let changed = false;
  for (const n of b.nodes()) {
    for (const inner of n.blocks) changed = rewriteBlock(inner, shapes) || changed;
    changed = rewrite(n, shapes) || changed;
  }
  return changed;
}

function rewrite(n: Node, shapes: boolean): boolean {
  if (FROM_TENSOR.has(n.kind) && n.inputs.length === 1) {
    const made = n.inputs[0].node;
    if (made.kind !== "prim::NumToTensor") return false;
    n.output.replaceAllUsesWith(made.inputs[0]);
    return true;
  }
  if (n.kind === "aten::t" && n.inputs[0].node.kind === "aten::t") {
    n.output.replaceAllUsesWith(n.inputs[0].node.inputs[0]);
    return true;
  }
  return shapes && rewriteByShape(n);
}

function fold(n: Node, v: IValue): boolean {
  const c = n.graph.withInsertPoint(n, () => insertConstant(n.graph, v));
  n.output.replaceAllUsesWith(c);
  return true;
}

/** What the type of the tensor tells. */
function rewriteByShape(n: Node): boolean {
  const type = n.inputs[0]?.type;
  if (type?.kind !== "Tensor" || n.outputs.length !== 1) return false;
  const { scalarType, sizes, device } = type.facts;
  const known = sizes?.every((s) => s !== null) ? sizes as readonly number[] : undefined;
  switch (n.schemaKey ?? n.kind) {
    case "aten::expand": {
      const to = toIValue(n.inputs[1]);
      if (!known || !(to instanceof ListValue) || to.items.join() !== known.join()) return false;
      n.output.replaceAllUsesWith(n.inputs[0]);
      return true;
    }
    case "aten::type_as": {
      const other = n.inputs[1].type;
      if (other.kind !== "Tensor" || scalarType === undefined || !device) return false;
      if (other.facts.scalarType !== scalarType || String(other.facts.device) !== String(device)) {
        return false;
      }
      n.output.replaceAllUsesWith(n.inputs[0]);
      return true;
    }
    case "aten::size":
      return known ? fold(n, new ListValue(IntType, [...known])) : false;
    case "aten::len.Tensor":
      return sizes?.length && sizes[0] !== null ? fold(n, sizes[0]) : false;
    case "aten::size.int": {
      const at = toIValue(n.inputs[1]);
      if (!sizes || typeof at !== "number") return false;
      const size = sizes[at < 0 ? at + sizes.length : at];
      return typeof size === "number" ? fold(n, size) : false;
    }
    case "aten::is_floating_point":
      return scalarType !== undefined ? fold(n, isFloatingType(scalarType)) : false;
    case "aten::is_complex":
      return scalarType !== undefined
        ? fold(n, scalarTypeInfo(scalarType).name.startsWith("Complex"))
        : false;
    case "prim::dtype":
      return scalarType !== undefined ? fold(n, scalarType) : false;
    case "prim::device":
      return device ? fold(n, device) : false;
    case "prim::is_cuda":
      return device ? fold(n, device.type === "cuda") : false;
    case "aten::dim":
      return sizes ? fold(n, sizes.length) : false;
  }
  return false;
}
