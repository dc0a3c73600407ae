/** Statements in order, up to the one after which nothing runs; return, raise, assert, del. */
import type { ClassType } from "../../core/class_type.ts";
import type { SourceRange } from "../../core/source.ts";
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import { AnyTensorType, AnyType, NoneType, StringType } from "../../core/types.ts";
import { unifyTypes } from "../../core/unify.ts";
import type { Value } from "../ir/graph.ts";
import { ExceptionMessageValue, ExceptionValue, MethodValue } from "./callable_values.ts";
import { emitAssignment } from "./emit_assignment.ts";
import { emitAugAssignment } from "./emit_augmented.ts";
import { emitCondExpr } from "./emit_conditions.ts";
import { emitFor, emitIf, emitIfElse, emitWhile, emitWith } from "./emit_control_flow.ts";
import { emitClosureDef } from "./emit_definition.ts";
import { emitExpr, emitSugaredExpr } from "./emit_expressions.ts";
import type { Emitter } from "./emitter.ts";
import { errorReport, updatePendingRange } from "./error_report.ts";
import { insertUncheckedCast } from "./ir_nodes.ts";
import { tryConvertToType } from "./schema_matching.ts";
import { independently, recovering } from "./recovery.ts";
import { NamedValue } from "./sugared_value.ts";
import { type Assert, type Delete, type Expr, type Raise, type Return, type Stmt, tree } from "./tree.ts";

export function emitStatements(e: Emitter, stmts: readonly Stmt[]): void {
  for (const s of stmts) {
    updatePendingRange(s.range);
    if (recovering()) emitRecovering(e, s);
    else emitStatement(e, s);
    if (e.exitBlocks.has(e.env.block)) return;
  }
}

/** Emits a statement that may fail by itself: the names it assigns are not known then. */
function emitRecovering(e: Emitter, s: Stmt): void {
  const { env, loopStatus } = e, { insertPoint } = e.graph, defs = e.defs.length;
  independently(() => emitStatement(e, s), () => {
    e.env = env;
    e.loopStatus = loopStatus;
    e.graph.insertPoint = insertPoint;
    e.defs.length = defs;
    for (const name of assignedNames(s)) e.env.poison(name);
    if (s.kind === "Return" || s.kind === "Raise") e.exitBlocks.add(e.env.block);
  });
}

/** Names that a statement or one inside it binds. */
function* assignedNames(s: Stmt): Generator<string> {
  switch (s.kind) {
    case "Assign":
      for (const t of s.lhs) yield* targetNames(t);
      return;
    case "AugAssign":
      return yield* targetNames(s.lhs);
    case "For":
      for (const t of s.targets.items) yield* targetNames(t);
      for (const x of s.body.items) yield* assignedNames(x);
      return;
    case "While":
      for (const x of s.body.items) yield* assignedNames(x);
      return;
    case "If":
      for (const x of [...s.ifTrue.items, ...s.ifFalse.items]) yield* assignedNames(x);
      return;
    case "With":
      for (const i of s.items) if (i.variable) yield* targetNames(i.variable);
      for (const x of s.body.items) yield* assignedNames(x);
      return;
    case "Def":
      yield s.def.name.name;
  }
}

function* targetNames(t: Expr): Generator<string> {
  if (t.kind === "Var") yield t.name;
  else if (t.kind === "TupleLiteral" || t.kind === "ListLiteral") {
    for (const x of t.inputs.items) yield* targetNames(x);
  } else if (t.kind === "Starred") yield* targetNames(t.expr);
}

function emitStatement(e: Emitter, s: Stmt): void {
  switch (s.kind) {
    case "If":
      return emitIf(e, s);
    case "While":
      return emitWhile(e, s);
    case "For":
      return emitFor(e, s);
    case "Assign":
      return emitAssignment(e, s);
    case "AugAssign":
      return emitAugAssignment(e, s);
    case "ExprStmt":
      emitSugaredExpr(e, s.expr, 0);
      return;
    case "Raise":
      return emitRaise(e, s);
    case "Assert":
      return emitAssert(e, s);
    case "Return":
      return emitReturn(e, s);
    case "Break":
    case "Continue":
      return emitJump(e, s.range, s.kind);
    case "Pass":
      return;
    case "Def":
      return emitClosureDef(e, s.def);
    case "Delete":
      return emitDelete(e, s);
    case "With":
      return emitWith(e, s);
  }
}

function emitJump(e: Emitter, range: SourceRange, kind: "Break" | "Continue"): void {
  if (e.loopStatus === "outside") {
    throw errorReport(range, `SyntaxError: '${kind.toLowerCase()}' outside loop`);
  }
  if (e.loopStatus === "in_unrolled_loop") {
    throw errorReport(
      range,
      "Because we emit iteration over modulelists or tuples as unrolled loops, " +
        "we do not support break or continue inside the body of these loops",
    );
  }
  e.insert(`prim::${kind}Stmt`, range);
}

export function emitReturn(e: Emitter, s: Return): void {
  const declared = e.def.declaredReturn;
  let actual = emitExpr(e, s.expr, declared);
  let result = declared;
  if (result) {
    // A forgotten return must not turn None into a tensor.
    if (!(isSubtypeOf(actual.type, AnyTensorType) && isSubtypeOf(actual.type, NoneType))) {
      actual = tryConvertToType(s.range, e.graph, result, actual, true);
    }
    if (!isSubtypeOf(actual.type, result)) {
      throw errorReport(
        s.range,
        `Return value was annotated as having type ${reprStr(result)} but is actually of type ${
          reprStr(actual.type)
        }`,
      );
    }
  } else {
    const previous = e.def.mergedReturn ?? actual.type;
    result = unifyTypes(previous, actual.type);
    if (!result) {
      throw errorReport(
        s.range,
        `Previous return statement returned a value of type ${reprStr(previous)} ` +
          `but this return statement returns a value of type ${reprStr(actual.type)}`,
      );
    }
  }
  e.def.mergedReturn = result;
  if (result === AnyType && actual.type !== AnyType) actual = insertUncheckedCast(e.graph, actual, result);
  e.graph.insert("prim::ReturnStmt", [actual], 0);
  e.exitBlocks.add(e.env.block);
}

function emitRaise(e: Emitter, s: Raise): void {
  const sv = emitSugaredExpr(e, s.expr, 1);
  let message: Value, className: Value | undefined;
  if (sv instanceof ExceptionMessageValue) {
    message = sv.value;
    className = sv.className;
  } else if (sv instanceof ExceptionValue) message = e.constant("", s.range);
  else throw errorReport(s.range, "exceptions must derive from BaseException");
  if (!isSubtypeOf(message.type, StringType)) message = e.opOn(undefined, "aten::str", message);
  const cls = className ? new NamedValue(className) : NamedValue.constant(null);
  e.op(s.range, "prim::RaiseException", [new NamedValue(message), cls]);
  e.exitBlocks.add(e.env.block);
}

/** `assert c, m` is `if not c: raise AssertionError(m)`. */
function emitAssert(e: Emitter, s: Assert): void {
  const cond = emitCondExpr(e, s.test);
  const message = s.msg ?? tree.string(s.range, "");
  const call = tree.apply(tree.var(s.range, "AssertionError"), [message], [], s.range);
  const raise = tree.raise(s.range, call);
  emitIfElse(e, s.range, cond, tree.stmts(s.range, []), tree.stmts(s.range, [raise]));
}

function emitDelete(e: Emitter, s: Delete): void {
  for (const t of s.targets) {
    if (t.kind === "Subscript") {
      const [index] = t.subscripts.items;
      if (index.kind === "Slice") {
        throw errorReport(
          t.range,
          "del statements only support deletion at a single index, slicing is not supported" +
            " (see https://github.com/pytorch/pytorch/issues/31430)",
        );
      }
      const sv = emitSugaredExpr(e, t.value, 1);
      const at = emitExpr(e, index);
      const v = sv.asValue(t.value.range, e);
      if (v.type.kind === "Class") {
        if (!(v.type as ClassType).methods.has("__delitem__")) {
          throw errorReport(t.range, "Class does not define __delitem__");
        }
        new MethodValue(v, ["__delitem__"]).call(s.range, e, [new NamedValue(at)], []);
      } else {
        const n = e.insert("aten::Delete", t.range, [v, at]);
        n.schemaKey = v.type.kind === "Dict" ? `aten::Delete.Dict_${v.type.key}` : "aten::Delete.t";
      }
    } else if (t.kind === "Var") e.env.removeVar(t.name, t.range);
    else {
      throw errorReport(
        t.range,
        "del statements are only supported for deleting list and dict items and variables",
      );
    }
  }
}
