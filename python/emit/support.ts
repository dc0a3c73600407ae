/** What emitted code calls. Names here are the names in emitted text. */
import type { NodeBase } from "../../compiler/syntax/ast.ts";
import type { Source } from "../../core/source.ts";
import * as r from "../runtime/mod.ts";
import type { Attrs, Cell, Kwargs, PyType, Value } from "../runtime/mod.ts";
import {
  importByName,
  importFrom,
  importModule,
  importName,
  importPackage,
  importStar,
} from "../runtime/imports.ts";
import { isInstanceOf } from "../builtins/functions.ts";
import { interpreter } from "../runtime/interpreter.ts";
import { superType, zeroArgumentSuper } from "../runtime/super.ts";
import { floordiv, mod } from "../runtime/operators.ts";
import type { Namespace } from "./mod.ts";
import { unsupportedSyntax } from "./mod.ts";

const { call, callSpecial, getattr, findattr, typeOf, typeError, PyDict, PySet, PyTuple } = r;

/** Looks a global up: the module, then builtins. */
function globalLoader(globals: Attrs): (name: string) => Value {
  const builtins = interpreter().builtins;
  return (name) => {
    const v = globals.get(name);
    if (v !== undefined) return v;
    const b = builtins.get(name);
    if (b !== undefined) return b;
    throw r.nameError(name);
  };
}

/** A name read in a class body: its namespace, then globals. */
function className(ns: Namespace, name: string, global: (name: string) => Value): Value {
  const v = ns.get(name);
  return v !== undefined ? v : global(name);
}
/** A class body's read of a name that an enclosing function binds. */
function classCell(ns: Namespace, cell: Cell, name: string): Value {
  return ns.get(name) ?? freeCell(cell, name);
}
function freeCell(cell: Cell, name: string): Value {
  const v = cell.v;
  return v !== undefined ? v : r.unboundFree(name);
}
function ownCell(cell: Cell, name: string): Value {
  const v = cell.v;
  return v !== undefined ? v : r.unboundLocal(name);
}
function put(ns: Namespace, name: string, v: Value): Value {
  ns.set(name, v);
  return v;
}
function deleteFrom(ns: Namespace, name: string): void {
  if (ns.get(name) === undefined) throw r.nameError(name);
  ns.delete(name);
}

function makeSet(items: Value[]) {
  return PySet.of(items);
}
/** Keys and values in turn; an absent key is `**mapping`. */
function makeDict(items: (Value | undefined)[]) {
  const d = new PyDict();
  for (let i = 0; i < items.length; i += 2) {
    const k = items[i];
    if (k === undefined) mergeMapping(d, items[i + 1]!);
    else d.set(k, items[i + 1]!);
  }
  return d;
}
function mergeMapping(d: r.PyDict, m: Value): void {
  if (m instanceof PyDict && !m.cls.heap) return d.update(m);
  const keys = findattr(m, "keys");
  if (keys === undefined) throw typeError(`'${typeOf(m).name}' object is not a mapping`);
  for (const k of r.iterate(call(keys, []))) d.set(k, r.getitem(m, k));
}

/** `*args` in a call. */
function spread(v: Value): Value[] {
  if (
    typeof v !== "string" && typeOf(v).lookup("__iter__") === undefined &&
    typeOf(v).lookup("__getitem__") === undefined
  ) {
    throw typeError(`argument after * must be an iterable, not ${typeOf(v).name}`);
  }
  return r.collect(v);
}
function keywords(items: Value[]): Kwargs {
  const m = new Map<string, Value>();
  for (let i = 0; i < items.length; i += 2) m.set(items[i] as string, items[i + 1]);
  return m;
}
/** Keywords, some of them `**mapping` (their name null). */
function mergeKeywords(items: Value[]): Kwargs {
  const m = new Map<string, Value>();
  const put = (k: string, v: Value) => {
    if (m.has(k)) throw typeError(`got multiple values for keyword argument '${k}'`);
    m.set(k, v);
  };
  for (let i = 0; i < items.length; i += 2) {
    const k = items[i] as string | null, v = items[i + 1];
    if (k !== null) {
      put(k, v);
      continue;
    }
    const keys = v instanceof PyDict && !v.cls.heap ? v.keyList() : mappingKeys(v);
    for (const key of keys) {
      const name = r.stringOf(key);
      if (name === undefined) throw typeError("keywords must be strings");
      put(name, r.getitem(v, key));
    }
  }
  return m;
}
function mappingKeys(v: Value): Value[] {
  const keys = findattr(v, "keys");
  if (keys === undefined) throw typeError(`argument after ** must be a mapping, not ${typeOf(v).name}`);
  return r.collect(call(keys, []));
}

function formatValue(v: Value, conversion: number, spec: string): string {
  const x = conversion === 115
    ? r.str(v)
    : conversion === 114
    ? r.repr(v)
    : conversion === 97
    ? r.ascii(v)
    : v;
  return r.format(x, spec);
}

function superCall(f: Value, cell: Cell | undefined, self: Value | undefined): Value {
  return f === superType ? zeroArgumentSuper(cell, self) : call(f, []);
}

const NO_CELLS: readonly Cell[] = [];

function makeFunction(
  code: r.FunctionCode,
  impl: r.Impl,
  defaults: Value[] | null,
  kwdefaults: Map<string, Value> | null,
  cells: readonly Cell[],
  annotations?: r.PyDict,
): r.PyFunction {
  const f = new r.PyFunction(code, impl, defaults, kwdefaults, cells);
  if (annotations) f.annotations = annotations;
  return f;
}

/** Keeps names in a mapping that a metaclass's `__prepare__` gave. */
class MappingNamespace implements Namespace {
  constructor(readonly mapping: Value) {}
  get(name: string): Value | undefined {
    if (
      this.mapping instanceof PyDict &&
      this.mapping.cls.lookup("__getitem__") === r.dictType.lookup("__getitem__")
    ) {
      return this.mapping.get(name);
    }
    try {
      return r.getitem(this.mapping, name);
    } catch (e) {
      if (r.isException(e, r.KeyErrorType)) return undefined;
      throw e;
    }
  }
  set(name: string, v: Value): void {
    r.setitem(this.mapping, name, v);
  }
  delete(name: string): void {
    if (this.get(name) !== undefined) r.delitem(this.mapping, name);
  }
}

function makeClass(
  name: string,
  baseValues: Value[],
  kw: Kwargs,
  body: (ns: Namespace) => void,
  node: NodeBase,
  source: Source,
): Value {
  const bases = r.resolveBases(baseValues);
  let meta: Value = r.typeType;
  let rest = kw;
  const wanted = kw?.get("metaclass");
  if (wanted !== undefined) {
    meta = wanted;
    rest = new Map(kw);
    rest.delete("metaclass");
  } else if (bases.length > 0) meta = typeOf(bases[0]);
  if (rest !== null && rest.size === 0) rest = null;
  if (meta instanceof r.PyType) meta = r.metaclassOf(meta, bases);
  const ordinary = meta instanceof r.PyType &&
    meta.lookup("__prepare__") === r.typeType.attrs.get("__prepare__");
  const prepare = ordinary ? undefined : findattr(meta, "__prepare__");
  let mapping: Value;
  let ns: Namespace;
  if (prepare === undefined) {
    const map: Attrs = new Map();
    ns = map;
    mapping = new PyDict(map);
  } else {
    mapping = call(prepare, [name, new PyTuple(bases)], rest);
    ns = mapping instanceof PyDict && !mapping.cls.heap ? mapping.map : new MappingNamespace(mapping);
  }
  body(ns);
  if (bases !== baseValues) ns.set("__orig_bases__", new PyTuple(baseValues));
  const cls = meta === r.typeType
    ? r.newType(r.typeType, name, bases, (mapping as r.PyDict).map, rest)
    : call(meta, [name, new PyTuple(bases), mapping], rest);
  if (cls instanceof r.PyType) {
    (cls as PyType).node ??= node as PyType["node"];
    (cls as PyType).source ??= source;
  }
  return cls;
}

function annotate(ns: Namespace, name: string, v: Value): void {
  let d = ns.get("__annotations__");
  if (d === undefined) ns.set("__annotations__", d = new PyDict());
  r.setitem(d, name, v);
}

function assertionError(global: (name: string) => Value, message?: Value) {
  const t = global("AssertionError");
  return r.raiseValue(call(t, message === undefined ? [] : [message]));
}

/** A context manager's `__exit__`, found before `__enter__` is called. */
function exitOf(m: Value): Value {
  const t = typeOf(m);
  const exit = t.lookup("__exit__");
  if (t.lookup("__enter__") === undefined || exit === undefined) {
    const missed = t.lookup("__enter__") === undefined ? "" : " (missed __exit__ method)";
    throw typeError(`'${t.name}' object does not support the context manager protocol${missed}`);
  }
  return r.bindSpecial(exit, m, t);
}
function enterContext(m: Value): Value {
  return callSpecial(m, "__enter__")!;
}
/** Calls `__exit__`; true if it swallows the exception. */
function exitWith(exit: Value, e: r.PyBaseException | null): boolean {
  const args = e === null ? [null, null, null] : [e.cls, e, r.tracebackOf(e)];
  return r.truth(call(exit, args));
}

/** As `exitOf`, for `async with`. */
function asyncExitOf(m: Value): Value {
  const t = typeOf(m);
  const exit = t.lookup("__aexit__");
  if (t.lookup("__aenter__") === undefined || exit === undefined) {
    const missed = t.lookup("__aenter__") === undefined ? "" : " (missed __aexit__ method)";
    throw typeError(`'${t.name}' object does not support the asynchronous context manager protocol${missed}`);
  }
  return r.bindSpecial(exit, m, t);
}
function enterAsync(m: Value): Value {
  return callSpecial(m, "__aenter__")!;
}
function callExit(exit: Value, e: r.PyBaseException | null): Value {
  return call(exit, e === null ? [null, null, null] : [e.cls, e, r.tracebackOf(e)]);
}

function matchClass(v: Value, cls: Value, count: number, names: readonly string[]): Value[] | null {
  return r.matchClass(v, cls, count, names, isInstanceOf);
}

const typingParams = (name: string) => getattr(importByName("_typing_params"), name);
function makeTypeParam(kind: string, name: string, compute: (() => Value) | null): Value {
  const later = compute === null ? null : r.fn(name, "", compute);
  return call(typingParams("type_param"), [kind, name, later]);
}
function makeTypeAlias(name: string, params: Value[], compute: () => Value): Value {
  return call(typingParams("type_alias"), [name, new PyTuple(params), r.fn(name, "", compute)]);
}
function genericBase(params: Value[]): Value {
  return call(typingParams("generic_base"), [new PyTuple(params)]);
}
/** Gives what a generic definition made its `__type_params__`. */
function withTypeParams(v: Value, params: Value[]): Value {
  if (v instanceof r.PyType) v.setOwn("__type_params__", new PyTuple(params));
  else r.setattr(v, "__type_params__", new PyTuple(params));
  return v;
}

function localsMap(entries: [string, Value | undefined][]): Map<string, Value> {
  const m = new Map<string, Value>();
  for (const [k, v] of entries) if (v !== undefined) m.set(k, v);
  return m;
}

const visibleForms = new WeakMap<r.FunctionCode, (cells: readonly r.Cell[]) => r.Impl>();

/** The function in the form whose frames show their variables; emitted when first wanted. */
function visible(code: r.FunctionCode, cells: readonly r.Cell[]): r.Impl {
  let make = visibleForms.get(code);
  if (!make) visibleForms.set(code, make = code.emitVisible!());
  return make(cells);
}

function notImplemented(what: string, node: NodeBase, source: Source): never {
  throw unsupportedSyntax(what, node, source);
}

function lineHook(f: r.Frame, line: number, locals: r.Frame["locals"], assign: r.Frame["assign"]): void {
  f.line = line;
  f.locals = locals;
  f.assign = assign;
  if (r.rt.lineHook) r.rt.lineHook(f, "line", null);
}
function callHook(f: r.Frame, locals: r.Frame["locals"], assign: r.Frame["assign"]): void {
  f.locals = locals;
  f.assign = assign;
  if (r.rt.lineHook) r.rt.lineHook(f, "call", null);
}
function returnHook(f: r.Frame, value: Value, locals: r.Frame["locals"], assign: r.Frame["assign"]): Value {
  f.locals = locals;
  f.assign = assign;
  if (r.rt.lineHook) r.rt.lineHook(f, "return", value);
  return value;
}

const inplaceOperators: Record<string, (a: Value, b: Value) => Value> = {};
for (const op of Object.keys(r.BINARY) as r.BinaryOp[]) {
  inplaceOperators[`i${op}`] = (a, b) => r.inplace(op, a, b);
}

export const support = {
  ...inplaceOperators,
  add: r.add,
  sub: r.sub,
  mul: r.mul,
  truediv: r.truediv,
  floordiv,
  mod,
  pow: r.pow,
  lshift: r.lshift,
  rshift: r.rshift,
  and: r.and,
  or: r.or,
  xor: r.xor,
  matmul: r.matmul,
  neg: r.neg,
  pos: r.pos,
  invert: r.invert,
  eq: r.eq,
  ne: r.ne,
  lt: r.lt,
  le: r.le,
  gt: r.gt,
  ge: r.ge,
  is: r.is,
  containedIn: (item: Value, container: Value) => r.contains(container, item),
  truth: r.truth,
  getattr,
  setattr: r.setattr,
  delattr: r.delattr,
  getitem: r.getitem,
  setitem: r.setitem,
  delitem: r.delitem,
  call,
  call0: r.call0,
  call1: r.call1,
  call2: r.call2,
  call3: r.call3,
  callMethod: r.callMethod,
  callMethod0: r.callMethod0,
  callMethod1: r.callMethod1,
  callMethod2: r.callMethod2,
  PyList: r.PyList,
  PyTuple,
  PySet,
  PyDict,
  PySlice: r.PySlice,
  EMPTY_TUPLE: r.EMPTY_TUPLE,
  makeSet,
  makeDict,
  formatValue,
  notImplemented,
  superCall,
  spread,
  collect: r.collect,
  keywords,
  mergeKeywords,
  unboundLocal: r.unboundLocal,
  freeCell,
  ownCell,
  classCell,
  className,
  put,
  deleteFrom,
  unpack: r.unpack,
  unpackStar: r.unpackStar,
  iter: r.iter,
  PyGenerator: r.PyGenerator,
  yieldFrom: r.yieldFrom,
  $resumed: (v: Value) => v,
  makeFunction,
  NO_CELLS,
  enter: r.enter,
  unwind: r.unwind,
  rt: r.rt,
  caught: r.caught,
  rethrow: r.rethrow,
  matches: r.matches,
  reraise: r.reraise,
  raiseValue: r.raiseValue,
  raiseFrom: r.raiseFrom,
  assertionError,
  exitOf,
  enterContext,
  exitWith,
  importModule,
  importFrom,
  importPackage,
  importName,
  importStar,
  annotate,
  PyCell: r.PyCell,
  awaitable: r.awaitable,
  asyncIter: r.asyncIter,
  asyncStep: r.asyncStep,
  AsyncYield: r.AsyncYield,
  asyncExitOf,
  enterAsync,
  callExit,
  matchSequence: r.matchSequence,
  matchMapping: r.matchMapping,
  matchClass,
  StarHandlers: r.StarHandlers,
  makeTypeParam,
  makeTypeAlias,
  genericBase,
  withTypeParams,
  makeClass,
  localsMap,
  visible,
  globalLoader,
  lineHook,
  callHook,
  returnHook,
};

export const SUPPORT_NAMES = Object.keys(support);
