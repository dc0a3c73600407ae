/** `==`, `<` and their kin, `is`, `in`. */
import { Complex, Float, type Int } from "../../core/scalar.ts";
import {
  NotImplementedValue,
  PyFloatObject,
  PyIntObject,
  PyObject,
  PyStrObject,
  typeOf,
  type Value,
} from "./object.ts";
import { PyBytes } from "./sequences.ts";
import { PyDict, type PySet } from "./dict.ts";
import { callSpecial } from "./call.ts";
import { typeError } from "./exceptions.ts";
import { iterate } from "./iteration.ts";
import { truth } from "./truth.ts";

export type CompareOp = "__eq__" | "__ne__" | "__lt__" | "__le__" | "__gt__" | "__ge__";
const REFLECTED: Record<CompareOp, CompareOp> = {
  __eq__: "__eq__",
  __ne__: "__ne__",
  __lt__: "__gt__",
  __le__: "__ge__",
  __gt__: "__lt__",
  __ge__: "__le__",
};
const SYMBOLS: Record<CompareOp, string> = {
  __eq__: "==",
  __ne__: "!=",
  __lt__: "<",
  __le__: "<=",
  __gt__: ">",
  __ge__: ">=",
};

/** The plain number (or bigint) behind an int, bool or float; undefined for anything else. */
function numeric(v: Value): number | bigint | undefined {
  switch (typeof v) {
    case "number":
    case "bigint":
      return v;
    case "boolean":
      return v ? 1 : 0;
  }
  if (v instanceof Float) return v.value;
  return undefined;
}

/** As `numeric`, also for instances of subclasses of int and float. */
export function numericOf(v: Value): number | bigint | undefined {
  const n = numeric(v);
  if (n !== undefined) return n;
  if (v instanceof PyIntObject || v instanceof PyFloatObject) return v.value;
  return undefined;
}

/** Order of two code-point sequences; JS compares UTF-16 units, which differ once surrogates are involved. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  let i = 0;
  while (i < n && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === n) return a.length - b.length;
  let x = a.charCodeAt(i), y = b.charCodeAt(i);
  if (x >= 0xd800 && x < 0xe000) x += 0x2000;
  else if (x >= 0xe000) x -= 0x800;
  if (y >= 0xd800 && y < 0xe000) y += 0x2000;
  else if (y >= 0xe000) y -= 0x800;
  return x - y;
}

/** `a op b` for pairs of leaf values; undefined if the pair is not one. */
function compareLeaves(op: CompareOp, a: Value, b: Value): boolean | undefined {
  const x = numeric(a);
  if (x !== undefined) {
    const y = numeric(b);
    if (y === undefined) return undefined;
    switch (op) {
      // deno-lint-ignore eqeqeq
      case "__eq__":
        return x == y;
      // deno-lint-ignore eqeqeq
      case "__ne__":
        return x != y;
      case "__lt__":
        return x < y;
      case "__le__":
        return x <= y;
      case "__gt__":
        return x > y;
      default:
        return x >= y;
    }
  }
  if (typeof a === "string" && typeof b === "string") {
    if (op === "__eq__") return a === b;
    if (op === "__ne__") return a !== b;
    const c = compareStrings(a, b);
    return op === "__lt__" ? c < 0 : op === "__le__" ? c <= 0 : op === "__gt__" ? c > 0 : c >= 0;
  }
  return undefined;
}

/** `a op b`, any Python value. */
export function richCompare(op: CompareOp, a: Value, b: Value): Value {
  const leaf = compareLeaves(op, a, b);
  if (leaf !== undefined) return leaf;
  const ta = typeOf(a), tb = typeOf(b);
  const back = REFLECTED[op];
  let triedReflected = false;
  if (ta !== tb && tb.mro.includes(ta) && tb.lookup(back) !== ta.lookup(back)) {
    triedReflected = true;
    const r = callSpecial(b, back, a);
    if (r !== undefined && r !== NotImplementedValue) return r;
  }
  const r = callSpecial(a, op, b);
  if (r !== undefined && r !== NotImplementedValue) return r;
  if (!triedReflected) {
    const q = callSpecial(b, back, a);
    if (q !== undefined && q !== NotImplementedValue) return q;
  }
  if (op === "__eq__") return a === b;
  if (op === "__ne__") return a !== b;
  throw typeError(`'${SYMBOLS[op]}' not supported between instances of '${ta.name}' and '${tb.name}'`);
}

/** What containers use: identical or equal. */
export function isEqual(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === "string" && typeof b === "string") return false;
  if (typeof a === "number" && typeof b === "number") return false;
  return truth(richCompare("__eq__", a, b));
}

export function eq(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a === b;
  if (typeof a === "string" && typeof b === "string") return a === b;
  return richCompare("__eq__", a, b);
}
export function ne(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a !== b;
  if (typeof a === "string" && typeof b === "string") return a !== b;
  return richCompare("__ne__", a, b);
}
export function lt(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a < b;
  return richCompare("__lt__", a, b);
}
export function le(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a <= b;
  return richCompare("__le__", a, b);
}
export function gt(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a > b;
  return richCompare("__gt__", a, b);
}
export function ge(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a >= b;
  return richCompare("__ge__", a, b);
}

/** `a is b`. */
export function is(a: Value, b: Value): boolean {
  return a === b;
}

/** `item in container`. */
export function contains(container: Value, item: Value): boolean {
  if (container instanceof PyDict && container.cls.lookup("__contains__") === dictContains.method) {
    return container.has(item);
  }
  const r = callSpecial(container, "__contains__", item);
  if (r !== undefined) return truth(r);
  const t = typeOf(container);
  if (
    t.lookup("__contains__") === null ||
    (t.lookup("__iter__") === undefined && t.lookup("__getitem__") === undefined)
  ) {
    throw typeError(`argument of type '${t.name}' is not iterable`);
  }
  for (const v of iterate(container)) if (isEqual(v, item)) return true;
  return false;
}

/** dict's own `__contains__`, so that `contains` may skip the call. */
export const dictContains: { method: Value | undefined } = { method: undefined };

// --- The comparisons that native types' methods are made of ---

export function equalItems(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!isEqual(a[i], b[i])) return false;
  return true;
}

/** Lexicographic `a op b` of two item lists. */
export function orderItems(op: CompareOp, a: readonly Value[], b: readonly Value[]): Value {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    if (!isEqual(a[i], b[i])) return richCompare(op, a[i], b[i]);
  }
  return compareLeaves(op, a.length, b.length)!;
}

export function orderBytes(op: CompareOp, a: Uint8Array, b: Uint8Array): boolean {
  return orderItems(op, a as unknown as Value[], b as unknown as Value[]) as boolean;
}

export function equalDicts(a: PyDict, b: PyDict): boolean {
  if (a.size !== b.size) return false;
  for (const [k, v] of a.entries()) {
    const w = b.get(k);
    if (w === undefined || !isEqual(v, w)) return false;
  }
  return true;
}

export function isSubset(a: PySet, b: PySet): boolean {
  if (a.size > b.size) return false;
  for (const v of a.values()) if (!b.has(v)) return false;
  return true;
}

/** The comparison methods of int, float, bool and str; `NotImplemented` for strangers. */
export function compareMethod(op: CompareOp, a: Value, b: Value): Value {
  const x = plainLeaf(a), y = plainLeaf(b);
  return compareLeaves(op, x, y) ?? NotImplementedValue;
}

function plainLeaf(v: Value): Value {
  if (v instanceof PyStrObject || v instanceof PyIntObject) return v.value;
  if (v instanceof PyFloatObject) return new Float(v.value);
  return v;
}

export function complexEqual(a: Complex, b: Value): Value {
  if (b instanceof Complex) return a.re === b.re && a.im === b.im;
  const y = numericOf(b);
  // deno-lint-ignore eqeqeq
  return y === undefined ? NotImplementedValue : a.im === 0 && a.re == (y as Int);
}

export function bytesOf(v: Value): Uint8Array | undefined {
  return v instanceof PyBytes
    ? v.data
    : v instanceof PyObject && "data" in v && v.data instanceof Uint8Array
    ? v.data
    : undefined;
}
