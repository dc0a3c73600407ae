/** Recorded calls of PyTorch's operators: read from JSON, run here, compared. `record.py` writes them. */
import { CPU, Device } from "../../../core/device.ts";
import { RuntimeFault } from "../../../core/errors.ts";
import { DictValue, EnumValue, type IValue, ListValue, TupleValue } from "../../../core/ivalue.ts";
import { Complex, Float } from "../../../core/scalar.ts";
import { isComplexType, ScalarType } from "../../../core/scalar_type.ts";
import type { Argument } from "../../../core/schema.ts";
import { Storage } from "../../../core/storage.ts";
import { Tensor } from "../../../core/tensor.ts";
import {
  AnyTensorType,
  BoolType,
  ComplexType,
  EnumType,
  FloatType,
  IntType,
  ListType,
  StringType,
  TupleType,
  type Type,
} from "../../../core/types.ts";
import { callOperator } from "../../../ops/dispatch.ts";
import { defaultGenerator, Generator } from "../../../ops/random/mod.ts";
import { writeDense } from "../../../ops/reference/copy.ts";
import {
  complexes,
  encodeComplex,
  encodeNumbers,
  fromComplexes,
  fromNumbers,
  numbers,
} from "../../../ops/reference/dense.ts";
import { operator } from "../../../ops/registry.ts";

type NumberText = number | string | boolean;
interface TensorJson {
  /** ScalarType. */
  t: number;
  /** Sizes. */
  s: number[];
  /** Elements in row-major order; complex ones as pairs. */
  v: NumberText[];
  /** Strides, when not contiguous. */
  st?: number[];
}
export type Json =
  | null
  | NumberText
  | TensorJson
  | { f: number | string }
  | { c: (number | string)[] }
  | { i: string }
  | { l: Json[] }
  /** A tuple. */
  | { u: Json[] }
  | { d: [Json, Json][] }
  | { dev: string }
  /** A member of the enum `Color`. */
  | { e: string }
  /** A generator, by its seed. */
  | { gen: number };

export interface RecordedCase {
  key: string;
  args: Json[];
  out?: Json;
  /** The argument whose storage the result shares. */
  alias?: number;
  /** What written arguments became. */
  after?: Record<string, Json>;
  error?: string;
  /** Python's exception class. */
  class?: string;
  tol?: number;
  /** Only dtype and sizes are compared (vectors of decompositions, which are not unique). */
  shape_only?: boolean;
}

function num(v: NumberText): number {
  if (typeof v !== "string") return Number(v);
  return v === "nan" ? NaN : v === "inf" ? Infinity : v === "-inf" ? -Infinity : -0;
}

function decodeTensor(j: TensorJson): Tensor {
  const t = j.t as ScalarType, complex = isComplexType(t), v = Float64Array.from(j.v, num);
  if (!j.st) return complex ? fromComplexes(v, j.s, t) : fromNumbers(v, j.s, t);
  const strides = j.st;
  const out = new Tensor(Storage.heap(0), t, j.s, strides);
  const span = j.s.reduce((n, s, d) => n + (s - 1) * strides[d], 1);
  out.storage.resize(span * out.itemSize);
  writeDense(out, complex ? encodeComplex(v, t) : encodeNumbers(v, t));
  return out;
}

function elementType(items: readonly IValue[], declared: Type | null): Type {
  const first = items[0];
  if (declared && declared.kind !== "Var") return declared;
  if (first instanceof Tensor) return AnyTensorType;
  if (first instanceof Float) return FloatType;
  if (first instanceof Complex) return ComplexType;
  if (first instanceof TupleValue) return new TupleType(first.items.map((x) => elementType([x], null)));
  if (first instanceof ListValue) return new ListType(first.elemType);
  return typeof first === "string" ? StringType : typeof first === "boolean" ? BoolType : IntType;
}

function inner(type: Type | null): Type | null {
  if (type?.kind === "Optional") return inner(type.elem);
  return type?.kind === "List" ? type.elem : null;
}

const COLOR = new EnumType("Color", IntType, [{ name: "RED", value: 1 }, { name: "BLUE", value: 2 }]);
const COLORS: Record<string, EnumValue> = {
  RED: new EnumValue(COLOR, "RED", 1),
  BLUE: new EnumValue(COLOR, "BLUE", 2),
};

/** A value as the register convention has it: a number where the formal's type is exactly float. */
export function decode(j: Json, type: Type | null): IValue {
  if (j === null || typeof j !== "object") return j as IValue;
  if ("t" in j) return decodeTensor(j);
  if ("f" in j) return type?.kind === "float" ? num(j.f) : new Float(num(j.f));
  if ("c" in j) return new Complex(num(j.c[0]), num(j.c[1]));
  if ("i" in j) return BigInt(j.i);
  if ("dev" in j) return Device.of(...splitDevice(j.dev));
  if ("d" in j) {
    const entries = j.d.map(([k, v]) => [decode(k, null), decode(v, null)]);
    const out = new DictValue(
      elementType(entries.map((e) => e[0]), null),
      elementType(entries.map((e) => e[1]), null),
    );
    for (const [k, v] of entries) out.set(k, v);
    return out;
  }
  if ("e" in j) return COLORS[j.e];
  if ("gen" in j) return new Generator(j.gen);
  if ("u" in j && inner(type) === null) return new TupleValue(j.u.map((x) => decode(x, null)));
  const items = ("u" in j ? j.u : j.l).map((x) => decode(x, null));
  return new ListValue(elementType(items, inner(type)), items);
}
function splitDevice(text: string): [string, number | null] {
  const [type, index] = text.split(":");
  return [type, index === undefined ? null : Number(index)];
}

/** Relative tolerance by dtype, where the case names none. */
function tolerance(t: ScalarType): number {
  if (t === ScalarType.Half || t === ScalarType.ComplexHalf) return 2e-3;
  if (t === ScalarType.BFloat16) return 1.6e-2;
  return t === ScalarType.Double || t === ScalarType.ComplexDouble ? 1e-7 : 2e-5;
}

function compareTensor(actual: unknown, want: TensorJson, c: RecordedCase): string | null {
  if (!(actual instanceof Tensor)) return `not a tensor: ${actual}`;
  if (actual.scalarType !== want.t) return `dtype ${actual.scalarType}, want ${want.t}`;
  if (actual.device !== CPU || actual.sizes.join() !== want.s.join()) {
    return `sizes [${actual.sizes}], want [${want.s}]`;
  }
  if (want.st ? actual.strides.join() !== want.st.join() : !actual.isContiguous) {
    const loose = actual.numel === 0 || sameLayout(actual, want);
    if (!loose) return `strides [${actual.strides}], want [${want.st ?? "contiguous"}]`;
  }
  if (c.shape_only) return null;
  const v = isComplexType(actual.scalarType) ? complexes(actual) : numbers(actual);
  const tol = c.tol ?? tolerance(actual.scalarType);
  // A sum's rounding goes with its largest terms.
  let largest = 0;
  for (const w of want.v) {
    const x = Math.abs(num(w));
    if (x > largest && x < Infinity) largest = x;
  }
  for (let i = 0; i < v.length; i++) {
    const w = num(want.v[i]);
    const same = v[i] === w || Math.abs(v[i] - w) <= tol * (Math.min(1, largest) + Math.abs(w)) ||
      (v[i] !== v[i] && w !== w);
    if (!same) return `element ${i} is ${v[i]}, want ${w}`;
  }
  return null;
}
/** Strides of dimensions of one element do not matter. */
function sameLayout(t: Tensor, want: TensorJson): boolean {
  return want.st !== undefined && t.sizes.every((s, d) => s === 1 || t.strides[d] === want.st![d]);
}

function compareItems(actual: readonly unknown[] | null, want: readonly Json[], c: RecordedCase) {
  if (!actual || actual.length !== want.length) return `${actual?.length} items, want ${want.length}`;
  for (let i = 0; i < want.length; i++) {
    const e = compare(actual[i], want[i], c);
    if (e) return `[${i}] ${e}`;
  }
  return null;
}

/** What differs, in words; null when nothing does. */
export function compare(actual: unknown, want: Json, c: RecordedCase): string | null {
  if (want !== null && typeof want === "object") {
    if ("t" in want) return compareTensor(actual, want, c);
    if ("l" in want || "u" in want) {
      const items = actual instanceof TupleValue || actual instanceof ListValue ? actual.items : null;
      return compareItems(items, "l" in want ? want.l : want.u, c);
    }
    if ("d" in want) {
      if (!(actual instanceof DictValue)) return `not a dict: ${actual}`;
      return compareItems([...actual.entries()].flat(), want.d.flat(), c);
    }
    if ("f" in want) {
      const v = actual instanceof Float ? actual.value : actual, w = num(want.f);
      if (typeof v !== "number") return `${v}, want float ${w}`;
      const close = Object.is(v, w) || Math.abs(v - w) <= (c.tol ?? 1e-12) * Math.max(1e-3, Math.abs(w));
      return close ? null : `${v}, want ${w}`;
    }
    if ("c" in want) {
      if (!(actual instanceof Complex)) return `${actual}, want complex`;
      const w = want.c.map(num), tol = c.tol ?? 1e-12;
      const near = (a: number, b: number) =>
        Object.is(a, b) || Math.abs(a - b) <= tol * Math.max(1, Math.abs(b)) || (a !== a && b !== b);
      return near(actual.re, w[0]) && near(actual.im, w[1])
        ? null
        : `${actual.re},${actual.im}, want ${want.c}`;
    }
    if ("i" in want) return actual === BigInt(want.i) ? null : `${actual}, want ${want.i}`;
    if ("gen" in want) {
      return actual instanceof Generator && actual.initialSeed() === want.gen ? null : "other seed";
    }
    if ("dev" in want) return String(actual) === want.dev ? null : `${actual}, want ${want.dev}`;
  }
  if (actual instanceof Float) return `float ${actual.value}, want ${want}`;
  return actual === want ? null : `${actual}, want ${want}`;
}

/** One value stands for a list where the schema gives the list's size. */
function decodeArgument(j: Json, formal: Argument | undefined): IValue {
  if (typeof j === "string" && /Device/.test(formal?.type.toString() ?? "")) {
    return Device.of(...splitDevice(j));
  }
  const v = decode(j, formal?.type ?? null), elem = inner(formal?.type ?? null);
  // A tensor stands for its number where PyTorch's binding takes one.
  if (v instanceof Tensor && formal && (formal.type.kind === "int" || formal.type.kind === "float")) {
    return numbers(v)[0];
  }
  if (v instanceof Tensor && elem?.kind === "int") return new ListValue(elem, [...numbers(v)]);
  const single = elem && v !== null && !(v instanceof ListValue);
  return single ? new ListValue(elem, new Array(formal!.broadcastSize ?? 1).fill(v)) : v;
}

/** Where a case runs: how its arguments get there, and results back to the CPU. */
export interface Placement {
  to(v: IValue): IValue;
  back(v: IValue): IValue;
}
const CPU_ONLY: Placement = { to: (v) => v, back: (v) => v };

/** Runs a case; what differs from the recording, or null. Failures that `rethrow` accepts are thrown on. */
export function runCase(
  c: RecordedCase,
  place: Placement = CPU_ONLY,
  rethrow: (e: unknown) => boolean = () => false,
): string | null {
  defaultGenerator.manualSeed(7);
  let args: IValue[] = [];
  try {
    const op = operator(c.key);
    args = c.args.map((a, k) => place.to(decodeArgument(a, op.schema.args[k])));
    const out = callOperator(op, args);
    if (c.error !== undefined) return `no error, want ${c.class ?? ""} ${c.error}`;
    return compare(place.back(out), c.out!, c) ?? aliasing(c, args, out) ?? written(c, args.map(place.back));
  } catch (e) {
    if (rethrow(e)) throw e;
    const first = (e as Error).message.split("\n")[0].trimEnd();
    if (c.error === undefined || !(e instanceof RuntimeFault)) {
      return `${(e as Error).name}: ${first}${c.error ? ", want " + c.error : ""}`;
    }
    if (first !== c.error) return `error ${first}\n    want ${c.error}`;
    return c.class === undefined || c.class === e.pythonType
      ? null
      : `class ${e.pythonType}, want ${c.class}`;
  }
}

function aliasing(c: RecordedCase, args: readonly IValue[], out: IValue): string | null {
  if (!(out instanceof Tensor) || out.numel === 0) return null;
  const at = args.findIndex((a) => a instanceof Tensor && a.numel > 0 && a.storage === out.storage);
  return at === (c.alias ?? -1) ? null : `shares storage of argument ${at}, want ${c.alias ?? "none"}`;
}

function written(c: RecordedCase, args: readonly IValue[]): string | null {
  for (let i = 0; i < args.length; i++) {
    const given = c.args[i],
      want = c.after?.[i] ?? (given !== null && typeof given === "object" ? given : null);
    if (want === null || c.error !== undefined) continue;
    if (!(args[i] instanceof Tensor || args[i] instanceof ListValue || args[i] instanceof DictValue)) {
      continue;
    }
    const e = compare(args[i], want, c.after?.[i] ? c : { key: c.key, args: [], tol: 1e-8 });
    if (e) return `argument ${i} after the call: ${e}`;
  }
  return null;
}

const FOLDER = new URL("./", import.meta.url);

/** Names of the files of cases. */
export function recordings(): string[] {
  return [...Deno.readDirSync(FOLDER)].map((e) => e.name).filter((n) => n.endsWith(".json"))
    .map((n) => n.replace(".json", "")).sort();
}

export function loadCases(name: string): RecordedCase[] {
  return JSON.parse(Deno.readTextFileSync(new URL(`${name}.json`, FOLDER)));
}

/** The cases of a file that gaps.txt lists, as `index key`. */
export function gapsIn(name: string): Set<string> {
  const lines = Deno.readTextFileSync(new URL("gaps.txt", FOLDER)).split("\n");
  return new Set(lines.filter((l) => l.startsWith(name + " ")).map((l) => l.slice(name.length + 1)));
}
