/** if, while, for, with: blocks of nodes, joined variables, loops that are unrolled. */
import type { SourceRange } from "../../core/source.ts";
import { reprStr } from "../../core/subtyping.ts";
import { AnyType, IntType } from "../../core/types.ts";
import { unifyTypes } from "../../core/unify.ts";
import type { Block, Value } from "../ir/graph.ts";
import { emitCondExpr, emitToBool, insertRefinements } from "./emit_conditions.ts";
import { emitExprsAssign, validateTargets } from "./emit_assignment.ts";
import { emitExpr, emitSugaredExpr } from "./emit_expressions.ts";
import { emitStatements } from "./emit_statements.ts";
import type { Emitter } from "./emitter.ts";
import type { Environment } from "./environment.ts";
import { errorReport } from "./error_report.ts";
import { createStore, createUninitialized } from "./ir_nodes.ts";
import { MAX_INT64 } from "./iterable_values.ts";
import type { CondValue, Refinement } from "./refinements.ts";
import { asSimple, SimpleValue } from "./simple_value.ts";
import type { SugaredValue } from "./sugared_value.ts";
import {
  type Expr,
  type ExprList,
  type For,
  type If,
  type StmtList,
  tree,
  type While,
  type With,
} from "./tree.ts";

export function emitIf(e: Emitter, s: If): void {
  emitIfElse(e, s.range, emitCondExpr(e, s.cond), s.ifTrue, s.ifFalse);
}

function emitBranch(e: Emitter, b: Block, body: StmtList, refinements: readonly Refinement[]): Environment {
  e.pushFrame(b);
  e.graph.withInsertPoint(b, () => {
    insertRefinements(e, body.range, refinements);
    emitStatements(e, body.items);
  });
  return e.popFrame();
}

/** An if statement. A condition known while compiling leaves only the live branch, in the same frame. */
export function emitIfElse(
  e: Emitter,
  range: SourceRange,
  cond: CondValue,
  ifTrue: StmtList,
  ifFalse: StmtList,
): void {
  if (cond.staticIf !== undefined) {
    const r = cond.refinements;
    insertRefinements(e, range, cond.staticIf ? r.whenTrue : r.whenFalse);
    emitStatements(e, (cond.staticIf ? ifTrue : ifFalse).items);
    return;
  }
  const n = e.insert("prim::If", range, [cond.value]);
  const trueBlock = n.addBlock(), falseBlock = n.addBlock();
  const trueEnv = emitBranch(e, trueBlock, ifTrue, cond.refinements.whenTrue);
  const falseEnv = emitBranch(e, falseBlock, ifFalse, cond.refinements.whenFalse);
  const trueExits = e.exitBlocks.has(trueBlock), falseExits = e.exitBlocks.has(falseBlock);
  if (trueExits && falseExits) e.exitBlocks.add(n.block!);
  const mutated = new Set<string>();
  const collect = (
    env: Environment,
    other: Environment,
    otherBlock: Block,
    otherExits: boolean,
    which: string,
  ) => {
    for (const v of env.definedVariables()) {
      if (e.graph.withInsertPoint(otherBlock, () => other.findInAnyFrame(v)) || otherExits) mutated.add(v);
      else e.env.setVariableTypeError(v, errorReport(range, `${v} is not defined in the ${which} branch`));
    }
  };
  collect(trueEnv, falseEnv, falseBlock, falseExits, "false");
  collect(falseEnv, trueEnv, trueBlock, trueExits, "true");
  if (trueExits && falseExits) return;
  for (const name of [...mutated].sort()) {
    let tv: Value | undefined, fv: Value | undefined;
    if (!trueExits) tv = e.graph.withInsertPoint(trueBlock, () => trueEnv.getVar(name, range));
    if (!falseExits) fv = e.graph.withInsertPoint(falseBlock, () => falseEnv.getVar(name, range));
    if (!tv) tv = storeUninitialized(e, trueBlock, name, fv!);
    if (!fv) fv = storeUninitialized(e, falseBlock, name, tv);
    joinVariable(e, range, name, tv, fv, trueEnv, falseEnv);
  }
}

/** The branch that leaves gives the variable no value anybody will read. */
function storeUninitialized(e: Emitter, block: Block, name: string, like: Value): Value {
  const v = createUninitialized(e.graph, like.type).insertBefore(block.ret).output;
  createStore(e.graph, name, v).insertBefore(block.ret);
  return v;
}

function joinVariable(
  e: Emitter,
  range: SourceRange,
  name: string,
  tv: Value,
  fv: Value,
  trueEnv: Environment,
  falseEnv: Environment,
): void {
  const before = e.env.findInAnyFrame(name);
  const declared = before && asSimple(before)?.type;
  const toUnion = declared?.kind === "Union" || declared?.kind === "Optional" || declared?.kind === "number";
  const unified = unifyTypes(tv.type, fv.type, toUnion);
  if (unified) {
    e.env.setType(name, unified);
    return;
  }
  const error = errorReport(
    range,
    `Type mismatch: ${name} is set to type ${reprStr(tv.type)} in the true branch and type ${
      reprStr(fv.type)
    } in the false branch`,
  );
  if (trueEnv.findInParentFrame(name) || falseEnv.findInParentFrame(name)) throw error;
  e.env.setVariableTypeError(name, error);
}

/**
 * A loop with its condition in a block of its own, which SSA conversion moves into the body:
 * `Loop(tripCount)` with block0 (counter) the body, block1 the condition.
 */
function emitLoop(
  e: Emitter,
  range: SourceRange,
  body: () => void,
  iterable: SugaredValue | undefined,
  targets: ExprList | undefined,
  cond: Expr | undefined,
): void {
  const g = e.graph;
  const trips = iterable ? iterable.len(range, e) : e.sharedConstant(MAX_INT64, range);
  const n = e.insert("prim::Loop", range);
  const bodyBlock = n.addBlock(), condBlock = n.addBlock();
  e.pushFrame(condBlock);
  const out = cond
    ? g.withInsertPoint(condBlock, () => emitToBool(e, cond.range, emitExpr(e, cond)))
    : g.withInsertPoint(n, () => e.constant(true, range));
  condBlock.registerOutput(out);
  e.popFrame();
  n.addInput(trips);
  e.withLoop("in_loop", () => {
    const counter = bodyBlock.addInput("", IntType);
    e.pushFrame(bodyBlock);
    g.withInsertPoint(bodyBlock, () => {
      if (iterable && targets) {
        const element = iterable.getitem(range, e, counter).asValue(range, e);
        validateTargets(targets.items, range);
        const list = targets.items.length > 1 ? [tree.tuple(range, targets.items)] : targets.items;
        emitExprsAssign(e, list, [new SimpleValue(element)], range, 1);
      }
      body();
    });
    e.popFrame();
  });
}

/** Repeats the body for each element; no frame, so that types of variables may change between rounds. */
function emitUnrolled(
  e: Emitter,
  range: SourceRange,
  body: () => void,
  iterable: SugaredValue,
  targets: ExprList,
): void {
  const length = iterable.staticLength!;
  e.withLoop("in_unrolled_loop", () => {
    for (let i = 0; i < length; i++) {
      const item = iterable.getitem(range, e, e.sharedConstant(i, range));
      emitExprsAssign(e, targets.items, [item], targets.range, 1);
      body();
    }
  });
}

export function emitForOver(
  e: Emitter,
  targets: ExprList,
  iters: ExprList,
  range: SourceRange,
  body: () => void,
): void {
  if (iters.items.length !== 1) throw errorReport(range, "List of iterables is not supported currently");
  const iterable = emitSugaredExpr(e, iters.items[0], 1).iter(range, e);
  if (iterable.unrolled) emitUnrolled(e, range, body, iterable, targets);
  else emitLoop(e, range, body, iterable, targets, undefined);
}

export function emitFor(e: Emitter, s: For): void {
  emitForOver(e, s.targets, s.iters, s.range, () => emitStatements(e, s.body.items));
}

export function emitWhile(e: Emitter, s: While): void {
  emitLoop(e, s.range, () => emitStatements(e, s.body.items), undefined, undefined, s.cond);
}

export function emitWith(e: Emitter, s: With): void {
  const entered: Value[] = [];
  for (const item of s.items) {
    const object = emitExpr(e, item.target);
    const range = item.target.range;
    const enter = e.graph.insert("prim::Enter", [object]);
    entered.push(object);
    if (object.type.kind !== "Class") throw errorReport(range, "With item expression must return an object");
    const enterMethod = object.type.methods.get("__enter__"),
      exitMethod = object.type.methods.get("__exit__");
    if (!enterMethod || !exitMethod) {
      throw errorReport(
        range,
        "Object returned by with item expression does not define __enter__ and __exit__ methods",
      );
    }
    enterMethod.ensureDefined?.();
    exitMethod.ensureDefined?.();
    if (enterMethod.schema.args.length !== 1) {
      throw errorReport(range, "__enter__ must have only one argument and one return value");
    }
    if (exitMethod.schema.args.length !== 4) throw errorReport(range, "__exit__ must have four arguments");
    for (let i = 1; i < 4; i++) {
      if (exitMethod.schema.args[i].type !== AnyType) {
        throw errorReport(
          range,
          `argument ${i} of __exit__ must have Any type; TorchScript does not currently support passing ` +
            "exception type, value, or traceback to the __exit__ function.",
        );
      }
    }
    enter.output.setType(enterMethod.schema.returns[0].type);
    if (item.variable?.kind === "Var") e.env.setVar(item.variable.range, item.variable.name, enter.output);
  }
  emitStatements(e, s.body.items);
  while (entered.length) e.graph.insert("prim::Exit", [entered.pop()!]);
}
