/** Assignments to variables, tuples, attributes and subscripts. */
import type { SourceRange } from "../../core/source.ts";
import { AnyTensorType, AnyTupleType, OptionalType } from "../../core/types.ts";
import { isNumberKind, isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import type { Value } from "../ir/graph.ts";
import { BuiltinFunction, MagicMethod } from "./callable_values.ts";
import { emitExpr, emitSugaredExpr } from "./emit_expressions.ts";
import { emitIntAndSliceIndexing } from "./emit_subscript.ts";
import type { Emitter } from "./emitter.ts";
import { errorReport } from "./error_report.ts";
import { insertList, insertTuple } from "./ir_nodes.ts";
import { NamedValue, type SugaredValue } from "./sugared_value.ts";
import { type Assign, type Expr, type Select, type Subscript, tree, type TupleLiteral } from "./tree.ts";

export const OPTIONAL_TENSOR = new OptionalType(AnyTensorType);

/** Checks the targets of an unpacking; true when one of them is starred. */
export function validateTargets(targets: readonly Expr[], range: SourceRange): boolean {
  let normal = 0, starred = 0;
  for (const t of targets) {
    if (t.kind === "Var" || t.kind === "Subscript" || t.kind === "TupleLiteral" || t.kind === "Select") {
      normal++;
    } else if (t.kind === "Starred") starred++;
    else throw errorReport(t.range, "lhs of assignment must be a variable, subscript, or starred expression");
  }
  if (starred > 1) throw errorReport(range, "Only one starred expression is allowed on the lhs");
  if (starred > 0 && normal === 0) {
    throw errorReport(
      range,
      "A Starred expression may only appear on the lhs within the presence of another non-starred expression",
    );
  }
  return starred > 0;
}

export function emitAssignment(e: Emitter, s: Assign): void {
  if (s.lhs.length === 1) return emitSingle(e, s, s.lhs[0]);
  // `a = b = f()`: f is emitted once, into a temporary.
  const name = e.tempName("$tmp_assign_");
  e.env.setSugaredVar(s.rhs.range, name, emitSugaredExpr(e, s.rhs, 1), undefined);
  for (const t of s.lhs) emitSingle(e, tree.assign([t], tree.var(s.rhs.range, name), undefined, s.range), t);
}

function emitSingle(e: Emitter, s: Assign, target: Expr): void {
  switch (target.kind) {
    case "Var": {
      const type = s.type && e.typeParser.parseType(s.type);
      const value = emitSugaredExpr(e, s.rhs, 1, type);
      e.env.setSugaredVar(target.range, target.name, value, type);
      return;
    }
    case "TupleLiteral": {
      const starred = validateTargets(target.inputs.items, target.range);
      const binders = target.inputs.items.length - (starred ? 1 : 0);
      unpack(e, target, emitSugaredExpr(e, s.rhs, binders), s.rhs.range, binders, starred);
      return;
    }
    case "Select": {
      const hint = s.type && e.typeParser.parseType(s.type);
      const object = emitSugaredExpr(e, target.value, 1);
      const value = emitSugaredExpr(e, s.rhs, 1, hint).asValue(s.rhs.range, e);
      object.setAttr(s.range, e, target.selector.name, value);
      return;
    }
    case "Subscript":
      emitSubscriptAssign(e, s.range, target, new NamedValue(emitExpr(e, s.rhs), "", s.rhs.range));
      return;
    default:
      throw errorReport(target.range, "unexpected expression on left-hand side of assignment");
  }
}

function unpack(
  e: Emitter,
  target: TupleLiteral,
  value: SugaredValue,
  range: SourceRange,
  binders: number,
  starred: boolean,
): void {
  const items = value.asTuple(range, e, starred ? undefined : binders);
  if (items.length < binders) {
    throw errorReport(
      target.range,
      `need ${starred ? "at least " : ""}${binders} values to unpack but found only ${items.length}`,
    );
  }
  if (items.length > binders && !starred) {
    throw errorReport(
      target.range,
      `too many values to unpack: need ${binders} but found ${items.length}`,
    );
  }
  emitExprsAssign(e, target.inputs.items, items, range, binders);
}

/** Assigns values to targets in order; a starred target takes what the `binders` others leave. */
export function emitExprsAssign(
  e: Emitter,
  targets: readonly Expr[],
  values: readonly SugaredValue[],
  range: SourceRange,
  binders: number,
): void {
  let i = 0;
  for (const t of targets) {
    switch (t.kind) {
      case "Subscript":
        emitSubscriptAssign(e, range, t, new NamedValue(values[i++].asValue(range, e), "", range));
        break;
      case "Var":
        e.env.setSugaredVar(t.range, t.name, values[i++], undefined);
        break;
      case "Starred": {
        if (t.expr.kind !== "Var") throw errorReport(t.expr.range, "Cannot pack a tuple into a non-variable");
        const count = values.length - binders;
        const packed = values.slice(i, i + count).map((v) => v.asValue(t.range, e));
        e.env.setVar(t.expr.range, t.expr.name, insertTuple(e.graph, packed));
        i += count;
        break;
      }
      case "TupleLiteral": {
        const starred = validateTargets(t.inputs.items, t.range);
        unpack(e, t, values[i++], range, t.inputs.items.length - (starred ? 1 : 0), starred);
        break;
      }
      case "Select":
        selectAssign(e, t, values[i++], range);
        break;
      default:
        throw errorReport(t.range, "unexpected expression on the left-hand side");
    }
  }
}

function selectAssign(e: Emitter, t: Select, value: SugaredValue, range: SourceRange): void {
  const object = emitSugaredExpr(e, t.value, 1);
  object.setAttr(range, e, t.selector.name, value.asValue(range, e));
}

/** A number written into a tensor becomes a tensor of its dtype and device. */
function valueToTensor(e: Emitter, value: NamedValue, like: Value): Value {
  const v = value.value(e.graph);
  if (!isNumberKind(v.type) && v.type.kind !== "bool") return v;
  const dtype = e.opOn(undefined, "prim::dtype", like);
  const device = e.opOn(undefined, "prim::device", like);
  const kwargs = [new NamedValue(dtype, "dtype"), new NamedValue(device, "device")];
  return e.op(undefined, "aten::tensor", [value], kwargs);
}

function emitSubscriptAssign(e: Emitter, range: SourceRange, target: Subscript, rhs: NamedValue): void {
  const base = emitExpr(e, target.value);
  const { subscripts } = target;
  if (isSubtypeOf(base.type, AnyTensorType)) {
    const [sliced, indices] = emitIntAndSliceIndexing(e, target.range, base, subscripts.items);
    const value = valueToTensor(e, rhs, sliced);
    if (!indices.length) {
      e.opOn(range, "aten::copy_", sliced, value);
      return;
    }
    e.opOn(range, "aten::index_put_", sliced, insertList(e.graph, OPTIONAL_TENSOR, indices), value);
    return;
  }
  if (subscripts.items.length !== 1 || subscripts.items[0].kind === "Slice") {
    throw errorReport(
      subscripts.range,
      "Sliced expression not yet supported for subscripted assignment. File a bug if you want this",
    );
  }
  if (isSubtypeOf(base.type, AnyTupleType)) {
    throw errorReport(target.range, `${reprStr(base.type)} does not support subscripted assignment`);
  }
  const index = emitExpr(e, subscripts.items[0]);
  const args = [
    new NamedValue(base, "self", target.value.range),
    new NamedValue(index, "idx", subscripts.range),
    rhs,
  ];
  new MagicMethod("__setitem__", new BuiltinFunction("aten::_set_item")).call(range, e, args, [], 0);
}
