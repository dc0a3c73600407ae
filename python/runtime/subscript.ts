/** `o[k]`, `o[k] = v`, `del o[k]`, and what index arithmetic native sequences need. */
import type { Int } from "../../core/scalar.ts";
import { PyIntObject, PyType, typeOf, typeType, type Value } from "./object.ts";
import { PyList, type PySlice, PyTuple } from "./sequences.ts";
import { PyDict } from "./dict.ts";
import { call, callSpecial } from "./call.ts";
import { findattr } from "./attributes.ts";
import { indexError, KeyErrorType, OverflowErrorType, raise, typeError, valueError } from "./exceptions.ts";

export function getitem(o: Value, k: Value): Value {
  if (typeof k === "number" && o instanceof PyList && !o.cls.heap) {
    const items = o.items, i = k < 0 ? k + items.length : k;
    if (i >= 0 && i < items.length) return items[i];
    throw indexError("list index out of range");
  }
  if (o instanceof PyDict && !o.cls.heap) {
    const v = o.get(k);
    if (v === undefined) throw raise(KeyErrorType, k);
    return v;
  }
  if (typeof k === "number" && o instanceof PyTuple && !o.cls.heap) {
    const items = o.items, i = k < 0 ? k + items.length : k;
    if (i >= 0 && i < items.length) return items[i];
    throw indexError("tuple index out of range");
  }
  const r = callSpecial(o, "__getitem__", k);
  if (r !== undefined) return r;
  if (o instanceof PyType) {
    if (o === typeType) return typeAlias.make(o, k);
    const f = findattr(o, "__class_getitem__");
    if (f !== undefined) return call(f, [k]);
    throw typeError(`type '${o.name}' is not subscriptable`);
  }
  throw typeError(`'${typeOf(o).name}' object is not subscriptable`);
}

/** `type[int]`: not a `__class_getitem__`, which every class would inherit through its metaclass. */
export const typeAlias: { make: (cls: PyType, item: Value) => Value } = { make: (cls) => cls };

export function setitem(o: Value, k: Value, v: Value): void {
  if (o instanceof PyDict && !o.cls.heap) return o.set(k, v);
  if (typeof k === "number" && o instanceof PyList && !o.cls.heap) {
    const items = o.items, i = k < 0 ? k + items.length : k;
    if (i < 0 || i >= items.length) throw indexError("list assignment index out of range");
    items[i] = v;
    return;
  }
  if (callSpecial(o, "__setitem__", k, v) === undefined) {
    throw typeError(`'${typeOf(o).name}' object does not support item assignment`);
  }
}

export function delitem(o: Value, k: Value): void {
  if (callSpecial(o, "__delitem__", k) === undefined) {
    throw typeError(`'${typeOf(o).name}' object doesn't support item deletion`);
  }
}

/** An int, bool, int subclass, or what `__index__` gives; TypeError otherwise. */
export function index(v: Value): Int {
  if (typeof v === "number" || typeof v === "bigint") return v;
  if (typeof v === "boolean") return v ? 1 : 0;
  if (v instanceof PyIntObject) return v.value;
  const r = callSpecial(v, "__index__");
  if (r === undefined) throw typeError(`'${typeOf(v).name}' object cannot be interpreted as an integer`);
  if (typeof r === "number" || typeof r === "bigint") return r;
  if (typeof r === "boolean") return r ? 1 : 0;
  if (r instanceof PyIntObject) return r.value;
  throw typeError(`__index__ returned non-int (type ${typeOf(r).name})`);
}

/** As `index`, for places that need a JS number; huge ints are clamped. */
export function smallIndex(v: Value): number {
  const i = index(v);
  return typeof i === "number" ? i : i > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
}

const LARGEST_INDEX = 2n ** 63n;

/** How often a sequence is repeated; OverflowError where CPython's index does not hold the number. */
export function repetitions(v: Value): number {
  const i = index(v);
  if (typeof i === "bigint" && (i >= LARGEST_INDEX || i < -LARGEST_INDEX)) {
    throw raise(OverflowErrorType, "cannot fit 'int' into an index-sized integer");
  }
  return Math.max(0, Number(i));
}

/** True if `index(v)` would succeed. */
export function hasIndex(v: Value): boolean {
  return typeof v === "number" || typeof v === "bigint" || typeof v === "boolean" ||
    typeOf(v).lookup("__index__") !== undefined;
}

/** slice.indices(length). */
export function sliceIndices(
  s: PySlice,
  length: number,
): { start: number; stop: number; step: number; count: number } {
  const step = s.step === null ? 1 : sliceIndex(s.step);
  if (step === 0) throw valueError("slice step cannot be zero");
  const low = step < 0 ? -1 : 0, high = step < 0 ? length - 1 : length;
  const clamp = (v: Value, missing: number): number => {
    if (v === null) return missing;
    let i = sliceIndex(v);
    if (i < 0) i += length;
    return i < low ? low : i > high ? high : i;
  };
  const start = clamp(s.start, step < 0 ? high : low);
  const stop = clamp(s.stop, step < 0 ? low : high);
  const span = step > 0 ? stop - start : start - stop;
  return { start, stop, step, count: span <= 0 ? 0 : Math.ceil(span / Math.abs(step)) };
}

function sliceIndex(v: Value): number {
  if (!hasIndex(v)) throw typeError("slice indices must be integers or None or have an __index__ method");
  return smallIndex(v);
}

/** The items a slice picks. */
export function sliceItems<T>(items: readonly T[], s: PySlice): T[] {
  const { start, step, count } = sliceIndices(s, items.length);
  if (step === 1) return items.slice(start, start + count);
  const out: T[] = new Array(count);
  for (let i = 0, j = start; i < count; i++, j += step) out[i] = items[j];
  return out;
}
