/** `x += y` and its kin: in place for tensors and lists, a new value for numbers, methods for objects. */
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import { AnyTensorType, type Type } from "../../core/types.ts";
import type { Value } from "../ir/graph.ts";
import { MethodValue } from "./callable_values.ts";
import { OPTIONAL_TENSOR } from "./emit_assignment.ts";
import { emitExpr, emitSugaredExpr } from "./emit_expressions.ts";
import { emitIntAndSliceIndexing } from "./emit_subscript.ts";
import type { Emitter } from "./emitter.ts";
import { errorReport } from "./error_report.ts";
import { insertList } from "./ir_nodes.ts";
import { NamedValue } from "./sugared_value.ts";
import type { AugAssign, BinaryOp, Subscript } from "./tree.ts";

/** Operator for a fresh value and operator in place. */
const OPERATORS: Partial<Record<BinaryOp, [fresh: string, inPlace: string]>> = {
  "+": ["aten::add", "aten::add_"],
  "-": ["aten::sub", "aten::sub_"],
  "/": ["aten::div", "aten::div_"],
  "*": ["aten::mul", "aten::mul_"],
  "%": ["aten::fmod", "aten::fmod_"],
  "|": ["aten::__or__", "aten::bitwise_or"],
  "&": ["aten::__and__", "aten::bitwise_and"],
  "^": ["aten::__xor__", "aten::bitwise_xor"],
  "<<": ["aten::__lshift__", "aten::__lshift__"],
  ">>": ["aten::__rshift__", "aten::__irshift__"],
  "**": ["aten::pow", "aten::pow"],
};
const METHODS: Partial<Record<BinaryOp, [inPlace: string, fresh: string]>> = {
  "+": ["__iadd__", "__add__"],
  "-": ["__isub__", "__sub__"],
  "/": ["__itruediv__", "__truediv__"],
  "*": ["__imul__", "__mul__"],
  "%": ["__imod__", "__mod__"],
};

function operatorFor(s: AugAssign, t: Type): string {
  const pair = OPERATORS[s.op];
  if (!pair) throw errorReport(s.range, `Unknown augmented assignment: ${s.op}`);
  return pair[isSubtypeOf(t, AnyTensorType) || t.kind === "List" ? 1 : 0];
}

export function emitAugAssignment(e: Emitter, s: AugAssign): void {
  const { lhs } = s;
  switch (lhs.kind) {
    case "Var":
      e.env.setVar(lhs.range, lhs.name, augmented(e, s, emitExpr(e, lhs)));
      return;
    case "Select": {
      const object = emitSugaredExpr(e, lhs.value, 1);
      const value = object.attr(lhs.range, e, lhs.selector.name).asValue(lhs.range, e);
      object.setAttr(s.range, e, lhs.selector.name, augmented(e, s, value));
      return;
    }
    case "Subscript":
      emitToSubscript(e, s, lhs);
      return;
    default:
      throw errorReport(lhs.range, "unexpected expression on left-hand side of augmented assignment");
  }
}

function augmented(e: Emitter, s: AugAssign, lhs: Value): Value {
  const t = lhs.type;
  if (t.kind !== "Class") {
    const rhs = emitExpr(e, s.rhs);
    return e.op(s.range, operatorFor(s, t), [new NamedValue(lhs), new NamedValue(rhs)]);
  }
  const names = METHODS[s.op];
  if (!names) throw errorReport(s.range, `Unknown augmented assignment: ${s.op}`);
  const rhs = emitExpr(e, s.rhs);
  const method = names.find((n) => t.methods.has(n));
  if (!method) {
    throw errorReport(
      s.range,
      `Cannot emit inplace op on ${reprStr(t)} since it does not define an ${names[0]} or ${names[1]} method`,
    );
  }
  return new MethodValue(lhs, [method]).call(s.range, e, [new NamedValue(rhs)], []).asValue(s.range, e);
}

function emitToSubscript(e: Emitter, s: AugAssign, lhs: Subscript): void {
  const base = emitExpr(e, lhs.value);
  if (!isSubtypeOf(base.type, AnyTensorType)) return emitToItem(e, s, lhs, base);
  const [sliced, indices] = emitIntAndSliceIndexing(e, lhs.range, base, lhs.subscripts.items);
  const self = new NamedValue(sliced, "self", lhs.range);
  const rhs = new NamedValue(emitExpr(e, s.rhs), "", s.rhs.range);
  const op = operatorFor(s, base.type);
  if (!indices.length) {
    e.op(s.range, op, [rhs], [], self);
    return;
  }
  const list = insertList(e.graph, OPTIONAL_TENSOR, indices);
  const indexed = e.opOn(s.range, "aten::index", sliced, list);
  const result = e.op(s.range, op, [rhs], [], new NamedValue(indexed, "self"));
  e.opOn(s.range, "aten::index_put_", sliced, list, result);
}

/** `d[k] += v` of a list or dict. */
function emitToItem(e: Emitter, s: AugAssign, lhs: Subscript, base: Value): void {
  const t = base.type;
  if (lhs.subscripts.items.length !== 1) {
    throw errorReport(
      lhs.subscripts.range,
      `Sliced expression not yet supported for ${
        reprStr(t)
      } augmented assignment. File a bug if you want this`,
    );
  }
  // PyTorch looks at a dict's key type here, and printed graphs follow.
  const elem = t.kind === "List" ? t.elem : t.kind === "Dict" ? t.key : undefined;
  if (!elem) throw errorReport(lhs.range, `${reprStr(t)} does not support augmented assignment.`);
  const index = emitExpr(e, lhs.subscripts.items[0]);
  const value = emitExpr(e, s.rhs);
  const item = e.opOn(s.range, "aten::__getitem__", base, index);
  const result = e.opOn(s.range, operatorFor(s, elem), item, value);
  e.opOn(s.range, "aten::_set_item", base, index, result);
}
