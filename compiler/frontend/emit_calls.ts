/** Calls, and the forms that look like calls but evaluate their arguments by rules of their own. */
import type { SourceRange } from "../../core/source.ts";
import { canHoldNone, isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import {
  AnyTensorType,
  AwaitType,
  FutureType,
  IntType,
  ListType,
  NoneType,
  StringType,
  type Type,
  typeEquals,
} from "../../core/types.ts";
import type { Value } from "../ir/graph.ts";
import {
  ClassValue,
  ClosureValue,
  type EmitterForm,
  type LegacyTensorConstructor,
  SpecialFormValue,
} from "./callable_values.ts";
import { emitListComprehension } from "./emit_comprehensions.ts";
import { emitDictCall } from "./emit_dict_call.ts";
import { emitHasAttr, emitIsInstance } from "./emit_conditions.ts";
import { emitClosure } from "./emit_definition.ts";
import { emitExpr, emitSugaredExpr, namedValues, values } from "./emit_expressions.ts";
import { emitIndex } from "./emit_subscript.ts";
import type { Emitter } from "./emitter.ts";
import { errorReport } from "./error_report.ts";
import {
  createNone,
  createUninitialized,
  insertList,
  insertTuple,
  insertTyped,
  insertUncheckedCast,
  tupleElements,
} from "./ir_nodes.ts";
import { IterableTree, MAX_INT64, RangeValue } from "./iterable_values.ts";
import { tryConvertToType } from "./schema_matching.ts";
import { asSimple, SimpleValue } from "./simple_value.ts";
import { type Args, NamedValue, type SugaredValue } from "./sugared_value.ts";
import { type Apply, type Select, tree } from "./tree.ts";

function calleeName(x: Apply): string {
  return x.callee.kind === "Var"
    ? x.callee.name
    : x.callee.kind === "Select"
    ? x.callee.selector.name
    : "call";
}

/** Exactly `n` positional arguments, no keywords. */
export function checkInputs(x: Apply, n: number): void {
  const got = x.inputs.items.length;
  if (got !== n) {
    throw errorReport(x.range, `${calleeName(x)} expected exactly ${n} arguments but found ${got}`);
  }
  if (x.attributes.length) throw errorReport(x.range, `${calleeName(x)} takes no keyword arguments`);
}

function checkInputsRange(x: Apply, min: number, max: number): void {
  const got = x.inputs.items.length;
  if (got < min || got > max) {
    throw errorReport(
      x.range,
      `${calleeName(x)} expected to have number of arguments between ${min} and ${max} but found ${got}`,
    );
  }
  if (x.attributes.length) throw errorReport(x.range, `${calleeName(x)} takes no keyword arguments`);
}

export function keywordValues(e: Emitter, x: Apply): NamedValue[] {
  return x.attributes.map((a) => new NamedValue(emitExpr(e, a.value), a.name, a.range));
}

export function emitApply(e: Emitter, x: Apply, binders: number, hint: Type | undefined): SugaredValue {
  const sv = emitSugaredExpr(e, x.callee, 1);
  if (sv instanceof SpecialFormValue) return emitSpecialForm(e, sv, x, hint);
  const args = namedValues(e, x.inputs.items, true);
  return sv.call(x.callee.range, e, args, keywordValues(e, x), binders);
}

function emitSpecialForm(e: Emitter, sv: SpecialFormValue, x: Apply, hint: Type | undefined): SugaredValue {
  const form: EmitterForm = sv.form;
  const items = x.inputs.items;
  switch (form) {
    case "fork":
    case "awaitable":
      return emitFork(e, x, form);
    case "annotate":
      return new SimpleValue(emitAnnotate(e, x));
    case "unchecked_cast": {
      checkInputs(x, 2);
      const type = e.typeParser.parseType(items[0]);
      const v = emitExpr(e, items[1]);
      const cast = v.node.kind !== "prim::unchecked_cast" || !typeEquals(v.type, type);
      return new SimpleValue(cast ? insertUncheckedCast(e.graph, v, type) : v);
    }
    case "GetAttr":
      return emitGetAttr(e, x);
    case "Uninitialized": {
      checkInputs(x, 1);
      const n = createUninitialized(e.graph, e.typeParser.parseType(items[0]));
      n.range = x.range;
      return new SimpleValue(e.graph.insertNode(n).output);
    }
    case "TupleConstruct": {
      checkInputs(x, 1);
      const elements = emitSugaredExpr(e, items[0], 1).asTuple(x.range, e);
      return new SimpleValue(insertTuple(e.graph, elements.map((v) => v.asValue(x.range, e))));
    }
    case "LegacyTypedConstructor":
      return new SimpleValue(emitLegacyTensor(e, sv as LegacyTensorConstructor, x));
    case "isinstance":
      checkInputs(x, 2);
      return new SimpleValue(emitIsInstance(e, items[0], items[1]).value);
    case "HasAttr":
      checkInputs(x, 2);
      return new SimpleValue(emitHasAttr(e, items[0], items[1]).value);
    case "tolist":
      return new SimpleValue(emitToList(e, x, hint));
    case "CreateObject": {
      if (items.length !== 1) throw errorReport(x.range, "Only one argument to __new__ allowed");
      const arg = emitSugaredExpr(e, items[0], 1);
      if (!(arg instanceof ClassValue)) {
        throw errorReport(x.range, `Expected class value as argument to __new__, got ${arg.kind()} instead`);
      }
      const v = insertTyped(e.graph, "prim::CreateObject", [], arg.type);
      v.node.range = x.range;
      return new SimpleValue(v);
    }
    case "range":
      return new RangeValue(x.range, e, values(e, items, true));
    case "enumerate":
      return emitEnumerate(e, x);
    case "zip": {
      if (!items.length) throw errorReport(x.range, "zip expected at least 1 arguments, got 0");
      const t = new IterableTree();
      for (const i of items) t.addChild(x.range, emitSugaredExpr(e, i, 1).iter(x.range, e));
      return t;
    }
    case "list":
      return emitListCall(e, x, hint);
    case "dict":
      return emitDictCall(e, x, hint);
    case "index": {
      const self = emitSugaredExpr(e, (x.callee as Select).value, 1).asValue(x.range, e);
      if (items.length !== 1) {
        throw errorReport(x.range, `__getitem__ expected exactly 1 arguments, got ${items.length}`);
      }
      const index = emitSugaredExpr(e, items[0], 1).asValue(x.range, e);
      const indices = index.type.kind === "Tuple" ? tupleElements(e.graph, index) : [index];
      return new SimpleValue(emitIndex(e, x.range, self, indices));
    }
  }
}

function emitAnnotate(e: Emitter, x: Apply): Value {
  checkInputs(x, 2);
  const type = e.typeParser.parseType(x.inputs.items[0]);
  const v = tryConvertToType(x.range, e.graph, type, emitExpr(e, x.inputs.items[1], type), true);
  const why: string[] = [];
  if (!isSubtypeOf(v.type, type, why)) {
    throw errorReport(
      x.inputs.range,
      `expected an expression of type ${reprStr(type)} but found ${reprStr(v.type)}\n${why.join("")}`,
    );
  }
  // None keeps the T of Optional[T] by being a constant of that type.
  if (
    (type.kind === "Optional" || (type.kind === "Union" && canHoldNone(type))) &&
    isSubtypeOf(v.type, NoneType)
  ) {
    const none = createNone(e.graph);
    none.output.setType(type);
    return e.graph.insertNode(none).output;
  }
  return v;
}

function emitGetAttr(e: Emitter, x: Apply): SugaredValue {
  checkInputsRange(x, 2, 3);
  const [object, selector, fallback] = x.inputs.items;
  const o = emitSugaredExpr(e, object, 1);
  if (selector.kind !== "StringLiteral") {
    throw errorReport(x.range, "getattr's second argument must be a string literal");
  }
  if (fallback && !o.hasAttr(x.range, e, selector.text)) return emitSugaredExpr(e, fallback, 1);
  return o.attr(x.range, e, selector.text);
}

function emitLegacyTensor(e: Emitter, sv: LegacyTensorConstructor, x: Apply): Value {
  const args = values(e, x.inputs.items, true), kwargs = keywordValues(e, x);
  const base = "Legacy Tensor Constructor only supports two schemas in TorchScript: \n" +
    "'new(IntArrayRef size, *, Device? device=None)',\n'new(PyObject* data, *, Device? device=None)\n'";
  if (kwargs.length === 1 && kwargs[0].name !== "device") {
    throw errorReport(x.range, `${base}Got kwarg ${kwargs[0].name}`);
  }
  if (kwargs.length > 1) throw errorReport(x.range, `${base}Got multiple kwargs\n`);
  const dtype = [new NamedValue(e.constant(sv.dtype), "dtype", x.range)];
  const make = (op: string, v: Value) => e.op(undefined, op, [new NamedValue(v)], dtype);
  if (!args.length) return make("aten::tensor", insertList(e.graph, IntType, []));
  if (args.every((a) => a.type.kind === "int")) {
    return make("aten::empty", insertList(e.graph, IntType, args));
  }
  if (args.length === 1) return make("aten::tensor", args[0]);
  throw errorReport(x.range, `${base}Got multiple positional arguments that were not all integers`);
}

/** `t.tolist()`: element type and depth come from the annotation. */
function emitToList(e: Emitter, x: Apply, hint: Type | undefined): Value {
  const { value } = x.callee as Select;
  const operand = emitSugaredExpr(e, value, 1);
  if (!hint) throw errorReport(x.range, "Expected type hint for result of tolist()");
  const v = operand.asValue(value.range, e);
  let dim = 0;
  let elem: Type = hint;
  while (elem.kind === "List") {
    elem = elem.elem;
    dim++;
  }
  const code = { int: 0, float: 1, complex: 3, bool: 2 }[elem.kind as "int" | "float" | "complex" | "bool"];
  if (code === undefined) {
    throw errorReport(
      x.range,
      `${reprStr(elem)} is not one of the supported element types for tolist: int, float, complex, bool`,
    );
  }
  const inputs = [v, e.constant(dim), e.constant(code)];
  return insertTyped(e.graph, "prim::tolist", inputs, hint);
}

function emitEnumerate(e: Emitter, x: Apply): SugaredValue {
  const range = x.range, items = x.inputs.items;
  if (!items.length) throw errorReport(range, "enumerate expected at least 1 arguments, got 0");
  let start: Value | undefined;
  if (items.length === 2) start = emitSugaredExpr(e, items[1], 1).asValue(range, e);
  const count = items.length + x.attributes.length;
  if (count > 2) throw errorReport(range, `enumerate expected at most 2 arguments, got ${count}`);
  if (x.attributes.length === 1) {
    const [a] = x.attributes;
    if (a.name !== "start") {
      throw errorReport(range, `enumerate expected kwarg name 'start', got '${a.name}'`);
    }
    start = emitSugaredExpr(e, a.value, 1).asValue(range, e);
  }
  const end = e.sharedConstant(MAX_INT64, range);
  const iterable = emitSugaredExpr(e, items[0], 1).iter(range, e);
  const counter = new RangeValue(range, e, start ? [start, end] : [end], iterable.staticLength);
  const t = new IterableTree();
  t.addChild(range, counter);
  t.addChild(range, iterable);
  return t;
}

function emitListCall(e: Emitter, x: Apply, hint: Type | undefined): SugaredValue {
  if (!x.inputs.items.length) {
    const t = hint ?? new ListType(AnyTensorType);
    if (t.kind !== "List") {
      throw errorReport(x.range, `Expected list type annotation for list(), found ${reprStr(t)}`);
    }
    return new SimpleValue(insertList(e.graph, t.elem, []));
  }
  checkInputs(x, 1);
  const input = emitSugaredExpr(e, x.inputs.items[0], 1);
  const simple = asSimple(input);
  if (simple && (simple.type.kind === "List" || simple.type === StringType)) {
    return new SimpleValue(e.opOn(x.range, "aten::list", simple));
  }
  const iter = e.tempName("$_iter"), elem = e.tempName("$_elem");
  e.env.setSugaredVar(x.range, iter, input, undefined);
  const v = tree.var(x.range, elem);
  return new SimpleValue(
    emitListComprehension(e, tree.listComp(x.range, v, v, tree.var(x.range, iter)), hint),
  );
}

/** `torch.jit.fork(f, *args)`: the call as a closure that becomes a subgraph. */
function emitFork(e: Emitter, x: Apply, form: "fork" | "awaitable"): SugaredValue {
  const [callee, ...rest] = x.inputs.items;
  if (!callee) {
    throw errorReport(
      x.range,
      `Expected at least one argument to ${form === "fork" ? "fork" : "awaitable"}()`,
    );
  }
  const forked = emitSugaredExpr(e, callee, 1);
  const args = namedValues(e, rest, true), kwargs = keywordValues(e, x);
  const g = e.graph;
  const n = g.create(form === "fork" ? "prim::forkClosure" : "prim::awaitableClosure", []);
  n.range = x.range;
  g.insertNode(n);
  let out!: Type;
  g.withInsertPoint(n, () => {
    if (forked instanceof ClosureValue) {
      out = forked.value.node.blocks[0].outputs[0].type;
      n.addInput(forked.value);
      return;
    }
    const closure = emitClosure(e, (block) => {
      const v = callForked(e, forked, x.range, args, kwargs);
      block.registerOutput(v);
      out = v.type;
    });
    n.addInput(closure.value);
  });
  n.output.setType(form === "fork" ? new FutureType(out) : new AwaitType(out));
  return new SimpleValue(n.output);
}

function callForked(e: Emitter, forked: SugaredValue, range: SourceRange, args: Args, kwargs: Args): Value {
  return forked.call(range, e, args, kwargs, 1).asValue(range, e);
}
