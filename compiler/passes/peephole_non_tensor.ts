/** Small rewrites of numbers, None and bools: `x * 1`, `x + 1 - 1`, `None is x`, `a and True`, unwrapped optionals. */
import { isSubtypeOf } from "../../core/subtyping.ts";
import { NoneType, type Type } from "../../core/types.ts";
import { unifyTypes, unshapedType } from "../../core/unify.ts";
import { insertConstant, isNoneConstant, toIValue } from "../ir/constants.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";

export function peepholeNonTensor(graph: Graph): boolean {
  return block(graph.block);
}

function block(b: Block): boolean {
  let changed = false;
  for (const n of b.nodes()) {
    for (const inner of n.blocks) changed = block(inner) || changed;
    changed = namelessNone(n) || changed;
    changed = rewrite(n) || changed;
  }
  return changed;
}

/** A result whose type is None is the constant None. */
function namelessNone(n: Node): boolean {
  if (n.kind === "prim::Constant") return false;
  let changed = false;
  for (const o of n.outputs) {
    if (o.type.kind !== "None") continue;
    // PyTorch puts one in for every such value, used or not; without a use it would only be dropped again.
    if (o.uses.length) o.replaceAllUsesWith(n.graph.withInsertPoint(n, () => insertConstant(n.graph, null)));
    changed = true;
  }
  return changed;
}

function rewrite(n: Node): boolean {
  switch (n.kind) {
    case "prim::If":
      return rewriteIf(n);
    case "aten::__is__":
    case "aten::__isnot__":
      return rewriteIs(n);
    case "prim::unchecked_unwrap_optional":
    case "aten::_unwrap_optional":
      return mustNotBeNone(n.inputs[0]) && replace(n, n.inputs[0]);
    case "prim::unchecked_cast":
      return isSubtypeOf(unshapedType(n.inputs[0].type), unshapedType(n.output.type)) &&
        replace(n, n.inputs[0]);
    case "aten::Int":
    case "aten::ceil":
      return n.inputs.length === 1 && n.inputs[0].type.kind === "int" && replace(n, n.inputs[0]);
    case "aten::eq":
    case "aten::ne":
      if (n.inputs.length !== 2 || n.inputs[0] !== n.inputs[1] || !comparesSafely(n.inputs[0].type)) {
        return false;
      }
      return fold(n, n.kind === "aten::eq");
    case "aten::mul":
    case "aten::floordiv":
    case "aten::div":
      return constantOperand(n) === 1 && replace(n, n.inputs[0]);
    case "aten::add":
    case "aten::sub":
      return rewriteSum(n);
  }
  return false;
}

function replace(n: Node, by: Value): boolean {
  n.output.replaceAllUsesWith(by);
  return true;
}
function fold(n: Node, v: boolean): boolean {
  return replace(n, n.graph.withInsertPoint(n, () => insertConstant(n.graph, v)));
}

/** `x and True` is its condition; an optional that both branches give a value for is none. */
function rewriteIf(n: Node): boolean {
  let changed = false;
  const [yes, no] = n.blocks;
  n.outputs.forEach((o, i) => {
    if (o.type.kind !== "bool") return;
    if (toIValue(yes.outputs[i]) === true && toIValue(no.outputs[i]) === false) {
      o.replaceAllUsesWith(n.inputs[0]);
      changed = true;
    }
  });
  n.outputs.forEach((o, i) => {
    const a = yes.outputs[i].type, b = no.outputs[i].type;
    if (o.type.kind !== "Optional" || a.kind === "Optional" || b.kind === "Optional") return;
    const both = unifyTypes(a, b);
    if (!both) return;
    o.setType(both);
    changed = true;
  });
  return changed;
}

function rewriteIs(n: Node): boolean {
  const [a, b] = n.inputs;
  if (!((mustBeNone(a) && mustNotBeNone(b)) || (mustBeNone(b) && mustNotBeNone(a)))) return false;
  return fold(n, n.kind === "aten::__isnot__");
}

function mustBeNone(v: Value): boolean {
  return v.type.kind === "None" || isNoneConstant(v);
}
function mustNotBeNone(v: Value): boolean {
  const t = v.type;
  return !mustBeNone(v) && t.kind !== "Any" && t.kind !== "Optional" && t.kind !== "Var" &&
    !(t.kind === "Union" && isSubtypeOf(NoneType, t));
}

const PLAIN = new Set(["bool", "int", "float", "None"]);
/** Whether comparing two of the type cannot fail. */
function comparesSafely(t: Type): boolean {
  if (t.kind === "List") return PLAIN.has(t.elem.kind);
  if (t.kind === "Dict") return PLAIN.has(t.key.kind) && PLAIN.has(t.value.kind);
  return PLAIN.has(t.kind);
}

/** The constant operand of arithmetic on two ints, moved to the second place where the order does not count. */
function constantOperand(n: Node): number | undefined {
  if (n.inputs.length !== 2 || n.inputs.some((v) => v.type.kind !== "int")) return undefined;
  const [a, b] = n.inputs;
  if (n.kind === "aten::mul" || n.kind === "aten::add") {
    const first = toIValue(a);
    if (typeof first === "number") {
      n.replaceInput(0, b);
      n.replaceInput(1, a);
      return first;
    }
  }
  const second = toIValue(b);
  return typeof second === "number" ? second : undefined;
}

/** `x + 0` is x, and constants of a sum of a sum are one. */
function rewriteSum(n: Node): boolean {
  const c = constantOperand(n);
  if (c === undefined) return false;
  if (c === 0) return replace(n, n.inputs[0]);
  const dep = n.inputs[0].node;
  if (dep.kind !== "aten::add" && dep.kind !== "aten::sub") return false;
  const delta = constantOperand(dep);
  if (delta === undefined) return false;
  const merged = dep.kind === n.kind ? c + delta : c - delta;
  if (!Number.isSafeInteger(merged)) return false;
  if (merged === 0) return replace(n, dep.inputs[0]);
  n.replaceInput(0, dep.inputs[0]);
  n.replaceInput(1, n.graph.withInsertPoint(n, () => insertConstant(n.graph, merged)));
  return true;
}
