/** Expressions: names, attributes, operators, literals. Calls, subscripts and containers have their own files. */
import { Complex, Float } from "../../core/scalar.ts";
import { AnyType, StringType, type Type } from "../../core/types.ts";
import { wrapInt64 } from "../../core/scalar.ts";
import type { Value } from "../ir/graph.ts";
import { foldConstantNode } from "./constant_folding.ts";
import { BuiltinFunction, MagicMethod } from "./callable_values.ts";
import { emitApply } from "./emit_calls.ts";
import { emitDictComprehension, emitListComprehension } from "./emit_comprehensions.ts";
import { emitCondExpr, emitTernaryIf } from "./emit_conditions.ts";
import { emitDictLiteral, emitListLiteral } from "./emit_containers.ts";
import { emitSubscript } from "./emit_subscript.ts";
import type { Emitter } from "./emitter.ts";
import { errorReport, updatePendingRange } from "./error_report.ts";
import { insertTuple, insertUncheckedCast, tupleElements } from "./ir_nodes.ts";
import { asSimple, SimpleValue } from "./simple_value.ts";
import { NamedValue, type SugaredValue } from "./sugared_value.ts";
import type { BinaryOp, BinOp, Const, Expr, UnaryOp } from "./tree.ts";

/** Operator and the method that objects overload it by. */
const BINARY: Partial<Record<BinaryOp, [op: string, method: string]>> = {
  "+": ["aten::add", "__add__"],
  "-": ["aten::sub", "__sub__"],
  "*": ["aten::mul", "__mul__"],
  "**": ["aten::pow", "__pow__"],
  "/": ["aten::div", "__truediv__"],
  "%": ["aten::remainder", "__mod__"],
  "!=": ["aten::ne", "__ne__"],
  "==": ["aten::eq", "__eq__"],
  "<": ["aten::lt", "__lt__"],
  ">": ["aten::gt", "__gt__"],
  "<=": ["aten::le", "__le__"],
  ">=": ["aten::ge", "__ge__"],
  "&": ["aten::__and__", "__and__"],
  "|": ["aten::__or__", "__or__"],
  "^": ["aten::__xor__", "__xor__"],
  "in": ["aten::__contains__", "__contains__"],
  "<<": ["aten::__lshift__", "__lshift__"],
  ">>": ["aten::__rshift__", "__rshift__"],
};

/** The graph value of an expression. `hint` is the type wanted; the caller checks whether it got it. */
export function emitExpr(e: Emitter, x: Expr, hint?: Type): Value {
  updatePendingRange(x.range);
  const v = emitSugaredExpr(e, x, 1, hint).asValue(x.range, e);
  return hint === AnyType && v.type !== AnyType ? insertUncheckedCast(e.graph, v, hint) : v;
}

export function emitSugaredExpr(e: Emitter, x: Expr, binders: number, hint?: Type): SugaredValue {
  switch (x.kind) {
    case "Var":
      return e.env.getSugaredVar(x.name, x.range);
    case "Select":
      return emitSugaredExpr(e, x.value, 1).attr(x.range, e, x.selector.name);
    case "Apply":
      return emitApply(e, x, binders, hint);
    case "Subscript":
      return emitSubscript(e, x, hint);
    default:
      return new SimpleValue(emitSimple(e, x, hint));
  }
}

/** Arguments of a call or elements of a literal; `*xs` gives its elements. */
export function namedValues(e: Emitter, list: readonly Expr[], unpackStarred: boolean): NamedValue[] {
  const out: NamedValue[] = [];
  for (const x of list) {
    if (unpackStarred && x.kind === "Starred") {
      for (const item of emitSugaredExpr(e, x.expr, 1).asTuple(x.range, e)) {
        out.push(new NamedValue(item.asValue(x.range, e), "", x.range));
      }
    } else out.push(new NamedValue(emitExpr(e, x), "", x.range));
  }
  return out;
}
export function values(e: Emitter, list: readonly Expr[], unpackStarred: boolean): Value[] {
  return namedValues(e, list, unpackStarred).map((n) => n.value(e.graph));
}

function emitSimple(e: Emitter, x: Expr, hint: Type | undefined): Value {
  switch (x.kind) {
    case "BinOp":
      return emitBinary(e, x);
    case "UnaryOp":
      if (x.op === "not") return emitCondExpr(e, x).value;
      return x.op === "-"
        ? emitUnary(e, x, "__neg__", "aten::neg")
        : emitUnary(e, x, "__invert__", "aten::bitwise_not");
    case "Const":
      return emitConst(e, x);
    case "True":
    case "False":
      return e.constant(x.kind === "True", x.range);
    case "None":
      return e.constant(null, x.range);
    case "StringLiteral":
      return e.constant(x.text, x.range);
    case "TernaryIf":
      return emitTernaryIf(e, x, hint);
    case "ListLiteral":
      return emitListLiteral(e, x, hint);
    case "TupleLiteral":
      return insertTuple(e.graph, values(e, x.inputs.items, true));
    case "DictLiteral":
      return emitDictLiteral(e, x, hint);
    case "ListComp":
      return emitListComprehension(e, x, hint);
    case "DictComp":
      return emitDictComprehension(e, x, hint);
    case "Starred":
      throw errorReport(x.range, "Unexpected starred expansion. File a bug report");
    default:
      throw errorReport(x.range, `Cannot emit expr for: ${x.kind === "Dots" ? "(dots)\n" : x.kind}`);
  }
}

function emitConst(e: Emitter, x: Const): Value {
  if (x.type === "float") return e.sharedConstant(new Float(Number(x.value)), x.range);
  if (x.type === "complex") return e.sharedConstant(new Complex(0, Number(x.value)), x.range);
  const v = x.value;
  if (typeof v === "bigint" && BigInt.asIntN(64, v) !== v) {
    throw errorReport(x.range, "Integral constant out of range (must fit in a signed 64 bit integer)");
  }
  return e.sharedConstant(typeof v === "bigint" ? wrapInt64(v) : v, x.range);
}

function emitBinary(e: Emitter, x: BinOp): Value {
  switch (x.op) {
    case "and":
    case "or":
    case "is":
    case "is not":
      return emitCondExpr(e, x).value;
    case "//":
    case "@":
      return e.op(
        x.range,
        x.op === "@" ? "aten::matmul" : "aten::floordiv",
        namedValues(e, [x.lhs, x.rhs], false),
      );
    case "%": {
      const lhs = emitSugaredExpr(e, x.lhs, 0).asValue(x.lhs.range, e);
      if (lhs.type !== StringType) return emitOverloadable(e, x);
      const n = e.graph.create("aten::percentFormat", values(e, [x.lhs, x.rhs], false));
      n.range = x.range;
      n.schemaKey = "aten::percentFormat";
      n.output.setType(StringType);
      return e.graph.insertNode(n).output;
    }
    default:
      return emitOverloadable(e, x);
  }
}

/** Operators chain to the left: the chain's values are emitted in a loop, so that long sums need no deep stack. */
function emitOverloadable(e: Emitter, x: BinOp): Value {
  const chain: BinOp[] = [x];
  const chains = (b: Expr): b is BinOp =>
    b.kind === "BinOp" && BINARY[b.op] !== undefined && b.op !== "in" && b.op !== "%";
  while (chains(chain[chain.length - 1].lhs)) chain.push(chain[chain.length - 1].lhs as BinOp);
  let lhs: NamedValue | undefined;
  for (const b of chain.reverse()) {
    const left = lhs ?? new NamedValue(emitExpr(e, b.lhs), "", b.lhs.range);
    const right = new NamedValue(emitExpr(e, b.rhs), "", b.rhs.range);
    lhs = new NamedValue(applyBinary(e, b, left, right), "", b.range);
  }
  return lhs!.value(e.graph);
}

function applyBinary(e: Emitter, x: BinOp, left: NamedValue, right: NamedValue): Value {
  const [op, method] = BINARY[x.op]!;
  if (x.op === "+" && left.type.kind === "Tuple" && right.type.kind === "Tuple") {
    const items = [left, right].flatMap((v) => tupleElements(e.graph, v.value(e.graph)));
    return insertTuple(e.graph, items);
  }
  const args = x.op === "in" ? [right, left] : [left, right];
  const result = new MagicMethod(method, new BuiltinFunction(op)).call(x.range, e, args, [], 0);
  return result.asValue(x.range, e);
}

function emitUnary(e: Emitter, x: UnaryOp, method: string, op: string): Value {
  const args = namedValues(e, [x.operand], false);
  const v = asSimple(new MagicMethod(method, new BuiltinFunction(op)).call(x.range, e, args, [], 0))!;
  if (v.node.kind !== op) return v;
  const folded = foldConstantNode(v.node);
  return folded === undefined ? v : e.constant(folded.value, x.range);
}
