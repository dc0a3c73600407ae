/**
 * Calls of operators with Python arguments: overloads are tried in PyTorch's order, as its argument parser reads them
 * (ints where floats are wanted, one int for a list of them, sizes spread over positional arguments, numbers where a
 * tensor is wanted when nothing else fits).
 */
import { Device } from "../../../core/device.ts";
import { NotImplemented } from "../../../core/errors.ts";
import { type IValue, ListValue, type TupleValue } from "../../../core/ivalue.ts";
import { Complex, Float, isInt } from "../../../core/scalar.ts";
import { ScalarType } from "../../../core/scalar_type.ts";
import type { Argument, FunctionSchema } from "../../../core/schema.ts";
import { Tensor } from "../../../core/tensor.ts";
import type { Type } from "../../../core/types.ts";
import { readElement } from "../../../core/element.ts";
import { settled } from "../../../core/pending.ts";
import { onHost } from "../../../ops/backend.ts";
import { type ArgumentSource, stashArguments, tracing } from "../../../compiler/tracing/mod.ts";
import { callOperator } from "../../../ops/dispatch.ts";
import type { Operator } from "../../../ops/registry.ts";
import { Generator } from "../../../ops/random/mod.ts";
import { scalarTensor } from "../../../ops/reference/fill.ts";
import * as r from "../../runtime/mod.ts";
import { parseDevice, PyNumbered } from "./objects.ts";
import { refusal } from "./messages.ts";
import { pythonOperators, takesNumbers } from "./overloads.ts";
import { namedResult } from "./return_types.ts";

/** Python's names for arguments that numpy calls otherwise. */
const ALIASES: Readonly<Record<string, string>> = {
  axis: "dim",
  keepdims: "keepdim",
  x: "input",
  x1: "input",
  x2: "other",
  a: "input",
};

/** Marks a value that does not fit a formal. */
const NO = Symbol("does not fit");
type Fit = IValue | typeof NO;

function scalarOf(v: r.Value): number | bigint | boolean | Float | Complex | undefined {
  if (
    typeof v === "number" || typeof v === "bigint" || typeof v === "boolean" || v instanceof Float ||
    v instanceof Complex
  ) return v;
  if (v instanceof r.PyFloatObject) return new Float(v.value);
  if (v instanceof r.PyIntObject) return v.value;
  // 0-dim tensors that track no gradient stand for their number.
  if (v instanceof Tensor && v.dim === 0 && !v.requiresGrad && v.storage.deviceMemory === null) {
    return readElement(v, v.storageOffset);
  }
  return undefined;
}

function intOf(v: r.Value): number | bigint | typeof NO {
  if (typeof v === "boolean") return NO;
  const i = r.intOf(v);
  if (i !== undefined) return i;
  if (v instanceof Tensor && v.numel === 1) {
    const host = onHost(v), x = readElement(host, host.storageOffset);
    if (isInt(x)) return x;
  }
  return NO;
}

function items(v: r.Value): readonly r.Value[] | undefined {
  return v instanceof r.PyList || v instanceof r.PyTuple ? v.items : undefined;
}

const DTYPE_CLASSES: Readonly<Record<string, ScalarType>> = {
  float: ScalarType.Double,
  int: ScalarType.Long,
  bool: ScalarType.Bool,
  complex: ScalarType.ComplexDouble,
};

/** What an int formal is written as: `ScalarType`, `Layout`, `MemoryFormat`, `SymInt`. */
function writtenKind(a: Argument): string | undefined {
  const t = a.realType;
  return t?.kind === "Optional" ? t.elem.kind : t?.kind;
}

function dtypeIn(v: r.Value): Fit {
  if (v instanceof PyNumbered && v.what === "dtype") return v.value;
  return v instanceof r.PyType && Object.hasOwn(DTYPE_CLASSES, v.fullName) ? DTYPE_CLASSES[v.fullName] : NO;
}

/** The register value of a Python value for a formal of a type, or NO. */
function fit(v: r.Value, t: Type, a: Argument, weak: boolean): Fit {
  switch (t.kind) {
    case "Optional":
      if (v === null) return null;
      if (t.elem.kind === "float") {
        const f = fit(v, t.elem, a, weak);
        return typeof f === "number" ? new Float(f) : f;
      }
      return fit(v, t.elem, a, weak);
    case "Tensor": {
      if (v instanceof Tensor) return v;
      if (!weak) return NO;
      const s = scalarOf(v);
      return s === undefined ? NO : wrapped(s);
    }
    case "int": {
      const meant = writtenKind(a);
      if (meant === "ScalarType") return dtypeIn(v);
      if (meant === "Layout" || meant === "MemoryFormat") {
        return v instanceof PyNumbered && v.what !== "dtype" ? v.value : NO;
      }
      return v instanceof PyNumbered ? v.value : intOf(v);
    }
    case "float": {
      const s = typeof v === "boolean" ? undefined : scalarOf(v);
      if (s instanceof Float) return s.value;
      return typeof s === "number" || typeof s === "bigint" ? Number(s) : NO;
    }
    case "number": {
      const s = scalarOf(v);
      return s === undefined ? NO : s;
    }
    case "bool":
      return typeof v === "boolean" ? v : NO;
    case "str":
      return r.stringOf(v) ?? NO;
    case "complex":
      return v instanceof Complex ? v : NO;
    case "Device":
      if (v instanceof Device) return v;
      if (typeof v === "string") return parseDevice(v);
      return NO;
    case "Generator":
      return v instanceof Generator ? v : NO;
    case "List":
      return list(v, t.elem, a, weak);
    default:
      return NO;
  }
}

function list(v: r.Value, elem: Type, a: Argument, weak: boolean): Fit {
  const many = items(v);
  if (!many) {
    if (a.broadcastSize === undefined) return NO;
    const one = fit(v, elem, a, weak);
    return one === NO ? NO : new ListValue(elem, new Array<IValue>(a.broadcastSize).fill(boxed(one, elem)));
  }
  const out: IValue[] = [];
  for (const x of many) {
    const f = fit(x, elem, a, weak);
    if (f === NO) return NO;
    out.push(boxed(f, elem));
  }
  return new ListValue(elem, out);
}

function boxed(v: IValue, t: Type): IValue {
  return t.kind === "float" && typeof v === "number" ? new Float(v) : v;
}

/** A Python number as a 0-dim tensor that promotes weakly. */
export function wrapped(s: number | bigint | boolean | Float | Complex): Tensor {
  const type = typeof s === "boolean"
    ? ScalarType.Bool
    : s instanceof Float
    ? ScalarType.Double
    : s instanceof Complex
    ? ScalarType.ComplexDouble
    : ScalarType.Long;
  const t = scalarTensor(s, type);
  t.wrappedNumber = true;
  return t;
}

/** The value of a keyword for a formal, under the names Python has for it. */
function keyword(kwargs: r.Kwargs, a: Argument, used: Set<string>): r.Value | undefined {
  if (!kwargs) return undefined;
  for (const name of [a.name, ...(a.name === "self" ? ["input"] : [])]) {
    const v = kwargs.get(name);
    if (v !== undefined) {
      used.add(name);
      return v;
    }
  }
  for (const [alias, real] of Object.entries(ALIASES)) {
    if (real !== a.name && !(real === "input" && a.name === "self")) continue;
    const v = kwargs.get(alias);
    if (v !== undefined) {
      used.add(alias);
      return v;
    }
  }
  return undefined;
}

/** Formals that Python has and schemas do not: accepted where they change nothing. */
const IGNORED = new Set(["requires_grad", "out"]);

function match(
  s: FunctionSchema,
  args: readonly r.Value[],
  kwargs: r.Kwargs,
  weak: boolean,
  /** Gets what Python gave for each formal. */
  sources?: ArgumentSource[],
): IValue[] | undefined {
  const positional = s.args.filter((a) => !a.kwargOnly).length;
  let given = args;
  // x.view(2, 3), torch.zeros(2, 3): the list takes all ints that are left, where it is the last positional formal.
  const at = s.args.findIndex((a) => a.type.kind === "List" && a.type.elem.kind === "int");
  const spread = at >= 0 && at === positional - 1 && at <= args.length && (at === 0 || at === 1) &&
    !s.args[at].kwargOnly &&
    args.length > at &&
    args.slice(at).every((v) => intOf(v) !== NO && !(v instanceof PyNumbered)) &&
    (args.length - at > 1 || s.args[at].broadcastSize === undefined) &&
    s.args.slice(0, at).every((a) => a.type.kind === "Tensor");
  if (spread) given = [...args.slice(0, at), new r.PyTuple(args.slice(at))];
  if (given.length > positional) return undefined;
  const used = new Set<string>();
  const out: IValue[] = [];
  for (let i = 0; i < s.args.length; i++) {
    const a = s.args[i];
    const v = i < given.length && !a.kwargOnly ? given[i] : keyword(kwargs, a, used);
    sources?.push(v === undefined ? v : items(v) ?? v);
    if (v === undefined || (v === null && a.type.kind !== "Optional" && a.defaultValue !== undefined)) {
      if (a.defaultValue === undefined) return undefined;
      out.push(
        a.type.kind === "float" && a.defaultValue instanceof Float ? a.defaultValue.value : a.defaultValue,
      );
      continue;
    }
    const f = fit(v, a.type, a, weak);
    if (f === NO) return undefined;
    out.push(f);
  }
  for (const [k, v] of kwargs ?? []) {
    if (used.has(k)) continue;
    if (!(IGNORED.has(k) && (v === null || k === "requires_grad"))) return undefined;
  }
  return out;
}

/** The operator that takes the arguments and its register values; undefined when none does. */
function resolve(
  candidates: readonly Operator[],
  args: readonly r.Value[],
  kwargs: r.Kwargs,
): [Operator, IValue[]] | undefined {
  const wantsOut = kwargs?.get("out") != null;
  for (const weak of takesNumbers(candidates[0]?.name ?? "") ? [false, true] : [false]) {
    for (const op of candidates) {
      if (op.schema.args.some((a) => a.isOut) !== wantsOut) continue;
      const bound = match(op.schema, args, kwargs, weak);
      if (bound) return [op, bound];
    }
  }
  return undefined;
}

/** A register value that an operator returned, as Python sees it. */
function result(op: Operator, v: IValue): r.Value {
  const { returns } = op.schema;
  if (returns.length === 0) return null;
  if (returns.length > 1) {
    const values = (v as TupleValue).items.map((x, i) => one(x, returns[i].type));
    return namedResult(op.name.slice(op.name.indexOf("::") + 2), returns.map((a) => a.name), values);
  }
  return one(v, returns[0].type);
}

function one(v: IValue, t: Type): r.Value {
  if (t.kind === "float") return typeof v === "number" ? new Float(v) : v as r.Value;
  if (v instanceof ListValue) return new r.PyTuple(v.items.map((x) => one(x, v.elemType)));
  return v as r.Value;
}

/**
 * Calls `aten::name` or a full name with Python arguments. Errors call it `shown`; of a method the first argument is
 * its tensor. Throws TypeError when no overload takes the arguments.
 */
export function callTorch(
  name: string,
  args: readonly r.Value[],
  kwargs: r.Kwargs,
  shown = name,
  isMethod = false,
): r.Value {
  const full = name.includes("::") ? name : `aten::${name}`;
  const found = resolve(pythonOperators(full), args, kwargs);
  if (!found) throw refusal(full, shown, args, kwargs, isMethod, fits);
  const [op, bound] = found;
  if (!op.isImplemented) throw new NotImplemented(`operator ${op.key}`);
  if (tracing.state) {
    const sources: ArgumentSource[] = [];
    match(op.schema, args, kwargs, true, sources);
    stashArguments(tracing.state, op.schema, sources);
  }
  const v = result(op, settled(callOperator(op, bound)));
  if (kwargs?.get("requires_grad") === true && v instanceof Tensor) v.requiresGrad = true;
  return v;
}

function fits(v: r.Value, a: Argument): boolean {
  return fit(v, a.type, a, false) !== NO;
}
