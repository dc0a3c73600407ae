/** Conditions: short circuits, `is None`, isinstance, hasattr, and what is known of them while compiling. */
import type { SourceRange } from "../../core/source.ts";
import { canHoldNone, isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import { NoneType, type Type, typeEquals } from "../../core/types.ts";
import { standardizeForUnion, subtractTypes, unifyTypeList, unifyTypes } from "../../core/unify.ts";
import { isNoneConstant, toIValue } from "../ir/constants.ts";
import type { Block, Value } from "../ir/graph.ts";
import { checkInputs } from "./emit_calls.ts";
import { emitExpr, emitSugaredExpr } from "./emit_expressions.ts";
import type { Emitter } from "./emitter.ts";
import { Diagnostic } from "../../core/errors.ts";
import { errorReport } from "./error_report.ts";
import { insertIsInstance, insertUncheckedCast } from "./ir_nodes.ts";
import { SpecialFormValue } from "./callable_values.ts";
import { type CondValue, type Refinement, RefinementSet } from "./refinements.ts";
import { asSimple } from "./simple_value.ts";
import { NamedValue } from "./sugared_value.ts";
import type { Apply, BinOp, Expr, TernaryIf } from "./tree.ts";

const NO_REFINEMENTS = new RefinementSet();

function known(e: Emitter, range: SourceRange, value: boolean, refinements = NO_REFINEMENTS): CondValue {
  return { value: e.constant(value, range), refinements, staticIf: value };
}

export function emitCondExpr(e: Emitter, x: Expr): CondValue {
  if (x.kind === "BinOp") {
    if (x.op === "and" || x.op === "or") return emitShortCircuit(e, x.range, x.lhs, x.rhs, x.op === "or");
    if (x.op === "is" || x.op === "is not") return emitIs(e, x);
  }
  if (x.kind === "UnaryOp" && x.op === "not") {
    const c = emitCondExpr(e, x.operand);
    const value = e.opOn(x.range, "aten::__not__", c.value);
    return {
      value,
      refinements: c.refinements.not(),
      staticIf: c.staticIf === undefined ? undefined : !c.staticIf,
    };
  }
  if (x.kind === "Apply") {
    const special = emitConditionCall(e, x);
    if (special) return special;
  }
  const out = emitToBool(e, x.range, emitExpr(e, x));
  let staticIf: boolean | undefined;
  const kind = out.node.kind;
  if (kind === "aten::is_scripting") staticIf = true;
  else if (kind === "aten::has_torch_function") staticIf = false;
  const v = toIValue(out);
  if (typeof v === "boolean") staticIf = v;
  return { value: out, refinements: NO_REFINEMENTS, staticIf };
}

function emitConditionCall(e: Emitter, x: Apply): CondValue | undefined {
  if (x.callee.kind === "Var") {
    if (x.callee.name === "isinstance") {
      checkInputs(x, 2);
      return emitIsInstance(e, x.inputs.items[0], x.inputs.items[1]);
    }
    if (x.callee.name === "hasattr") {
      checkInputs(x, 2);
      return emitHasAttr(e, x.inputs.items[0], x.inputs.items[1]);
    }
  }
  const sv = emitSugaredExpr(e, x.callee, 1);
  if (sv instanceof SpecialFormValue && sv.form === "isinstance") {
    checkInputs(x, 2);
    return emitIsInstance(e, x.inputs.items[0], x.inputs.items[1]);
  }
  return undefined;
}

/** The value as a bool, by the rules of `bool(x)`. */
export function emitToBool(e: Emitter, range: SourceRange, v: Value): Value {
  let out: Value | undefined;
  try {
    out = asSimple(e.env.getSugaredVar("bool", range).call(range, e, [new NamedValue(v)], [], 0));
  } catch (error) {
    if (!(error instanceof Diagnostic)) throw error;
    throw errorReport(range, `Could not cast value of type ${reprStr(v.type)} to bool`);
  }
  if (out?.type.kind !== "bool") {
    throw errorReport(
      range,
      `expected a bool expression for condition but found ${out ? reprStr(out.type) : "None"}`,
    );
  }
  return out;
}

type NoneStatus = "always" | "maybe" | "never";
function canBeNone(v: Value): NoneStatus {
  if (isNoneConstant(v) || (v.type.kind === "None" && v.node.outputs.length === 1)) return "always";
  return (v.type.kind === "Optional" || v.type.kind === "Union") && canHoldNone(v.type) ? "maybe" : "never";
}

function emitIs(e: Emitter, x: BinOp): CondValue {
  const lhs = emitExpr(e, x.lhs), rhs = emitExpr(e, x.rhs);
  const a = canBeNone(lhs), b = canBeNone(rhs), is = x.op === "is";
  if (a === "always" && b === "always") return known(e, x.range, is);
  if ((a === "always" && b === "never") || (a === "never" && b === "always")) return known(e, x.range, !is);
  const value = e.opOn(x.range, is ? "aten::__is__" : "aten::__isnot__", lhs, rhs);
  return { value, refinements: isNoneRefinements(x.lhs, lhs, x.rhs, rhs, is), staticIf: undefined };
}

function isNoneRefinements(lhs: Expr, lv: Value, rhs: Expr, rv: Value, is: boolean): RefinementSet {
  if (rhs.kind !== "None" && lhs.kind === "None") return isNoneRefinements(rhs, rv, lhs, lv, is);
  if (rhs.kind !== "None" || lhs.kind !== "Var") return NO_REFINEMENTS;
  let present: Refinement[] = [];
  if (lv.type.kind === "Optional") present = [{ name: lhs.name, type: lv.type.elem }];
  else if (lv.type.kind === "Union") {
    const rest = subtractTypes(lv.type, [NoneType]);
    if (rest) present = [{ name: lhs.name, type: rest }];
  }
  return is ? new RefinementSet([], present) : new RefinementSet(present, []);
}

export function emitHasAttr(e: Emitter, object: Expr, attr: Expr): CondValue {
  const o = emitSugaredExpr(e, object, 1);
  if (attr.kind !== "StringLiteral") {
    throw errorReport(attr.range, "hasattr's second argument must be a string literal");
  }
  return known(e, object.range, o.hasAttr(object.range, e, attr.text));
}

export function emitIsInstance(e: Emitter, object: Expr, classes: Expr): CondValue {
  const v = emitExpr(e, object);
  const rhs: Type[] = [];
  const gather = (x: Expr): void => {
    if (x.kind === "TupleLiteral") x.inputs.items.forEach(gather);
    else rhs.push(e.typeParser.parseType(x));
  };
  gather(classes);
  const lhsTypes = standardizeForUnion([v.type]), rhsTypes = standardizeForUnion(rhs);
  const isTypes: Type[] = [], notTypes: Type[] = [];
  let always = true;
  for (const l of lhsTypes) {
    if (l.kind === "Any") {
      isTypes.push(...rhsTypes);
      notTypes.push(l);
      if (isTypes.length !== 1 || isTypes[0].kind !== "Any") always = false;
      break;
    }
    let found: Type | undefined;
    for (const r of rhsTypes) {
      const smaller = isSubtypeOf(l, r) ? l : isSubtypeOf(r, l) ? r : undefined;
      if (!smaller) continue;
      if (typeEquals(smaller, l)) found = l;
      else found = found ? unifyTypes(found, r) : r;
    }
    if (found) {
      if (!typeEquals(found, l)) always = false;
      isTypes.push(found);
    } else {
      notTypes.push(l);
      always = false;
    }
  }
  const refine = (types: readonly Type[]): Refinement[] => {
    if (!types.length || object.kind !== "Var") return [];
    const u = unifyTypeList(types, true);
    return "type" in u ? [{ name: object.name, type: u.type }] : [];
  };
  const refinements = new RefinementSet(refine(isTypes), refine(notTypes));
  if (always) return known(e, object.range, true, refinements);
  if (!isTypes.length) return known(e, object.range, false, refinements);
  return { value: insertIsInstance(e.graph, v, rhsTypes), refinements, staticIf: undefined };
}

/** Casts the variables that a condition refined, in the branch being entered. */
export function insertRefinements(e: Emitter, range: SourceRange, refinements: readonly Refinement[]): void {
  for (const r of refinements) {
    const v = e.env.getVar(r.name, range);
    e.env.setVar(range, r.name, insertUncheckedCast(e.graph, v, r.type));
  }
}

function emitShortCircuit(
  e: Emitter,
  range: SourceRange,
  first: Expr,
  second: Expr,
  isOr: boolean,
): CondValue {
  const lhs = emitCondExpr(e, first);
  let rhs!: CondValue;
  const shortcut = () => e.constant(isOr, range);
  const rest = () => (rhs = emitCondExpr(e, second)).value;
  const value = isOr ? emitIfExpr(e, range, lhs, shortcut, rest) : emitIfExpr(e, range, lhs, rest, shortcut);
  const refinements = isOr ? lhs.refinements.or(rhs.refinements) : lhs.refinements.and(rhs.refinements);
  const a = lhs.staticIf, b = rhs.staticIf;
  let staticIf: boolean | undefined;
  if (a === isOr || b === isOr) staticIf = isOr;
  else if (a !== undefined && b !== undefined) staticIf = !isOr;
  return { value, refinements, staticIf };
}

export function emitTernaryIf(e: Emitter, x: TernaryIf, hint: Type | undefined): Value {
  const cond = emitCondExpr(e, x.cond);
  if (cond.staticIf !== undefined) return emitExpr(e, cond.staticIf ? x.ifTrue : x.ifFalse, hint);
  return emitIfExpr(e, x.range, cond, () => emitExpr(e, x.ifTrue, hint), () => emitExpr(e, x.ifFalse, hint));
}

/** A `prim::If` with one output. */
function emitIfExpr(
  e: Emitter,
  range: SourceRange,
  cond: CondValue,
  ifTrue: () => Value,
  ifFalse: () => Value,
): Value {
  const n = e.insert("prim::If", range, [cond.value]);
  const branch = (b: Block, refinements: readonly Refinement[], emit: () => Value): Type => {
    e.pushFrame(b);
    const v = e.graph.withInsertPoint(b, () => {
      insertRefinements(e, range, refinements);
      return emit();
    });
    b.registerOutput(v);
    e.popFrame();
    return v.type;
  };
  const trueBlock = n.addBlock(), falseBlock = n.addBlock();
  const t = branch(trueBlock, cond.refinements.whenTrue, ifTrue);
  const f = branch(falseBlock, cond.refinements.whenFalse, ifFalse);
  const unified = unifyTypes(t, f);
  if (!unified) {
    throw errorReport(
      range,
      `if-expression's true branch has type ${reprStr(t)} but false branch has type ${reprStr(f)}`,
    );
  }
  return n.addOutput(unified);
}
