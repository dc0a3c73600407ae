/**
 * Iteration. Every native iterator is a `PyIterator` whose `step()` gives the next value or undefined at the end,
 * so that loops need no StopIteration; iterators written in Python are wrapped into one.
 */
import type { Int } from "../../core/scalar.ts";
import { nativeType, PyObject, type PyType, typeOf, type Value } from "./object.ts";
import { type PyByteArray, type PyBytes, PyList, PyRange, PyTuple } from "./sequences.ts";
import { PyDict, type PySet } from "./dict.ts";
import { bindSpecial, call, callSpecial } from "./call.ts";
import { PyFunction } from "./function.ts";
import {
  IndexErrorType,
  isException,
  type PyBaseException,
  raise,
  RuntimeErrorType,
  StopIterationType,
  typeError,
  valueError,
} from "./exceptions.ts";

export abstract class PyIterator extends PyObject {
  abstract step(): Value | undefined;
}

export const listIteratorType = nativeType("list_iterator", { final: true });
export const tupleIteratorType = nativeType("tuple_iterator", { final: true });
export const rangeIteratorType = nativeType("range_iterator", { final: true });
export const stringIteratorType = nativeType("str_iterator", { final: true });
export const setIteratorType = nativeType("set_iterator", { final: true });
export const dictKeyIteratorType = nativeType("dict_keyiterator", { final: true });
export const bytesIteratorType = nativeType("bytes_iterator", { final: true });
export const sequenceIteratorType = nativeType("iterator", { final: true });
export const callableIteratorType = nativeType("callable_iterator", { final: true });

export class ListIterator extends PyIterator {
  private i = 0;
  constructor(private list: PyList | null) {
    super(listIteratorType);
  }
  step(): Value | undefined {
    if (this.list === null) return undefined;
    if (this.i < this.list.items.length) return this.list.items[this.i++];
    this.list = null;
    return undefined;
  }
}

/** Iterates over an array that does not change. */
export class ArrayIterator extends PyIterator {
  private i = 0;
  constructor(private items: readonly Value[], cls: PyType = tupleIteratorType) {
    super(cls);
  }
  step(): Value | undefined {
    return this.i < this.items.length ? this.items[this.i++] : undefined;
  }
}

export class RangeIterator extends PyIterator {
  private i: number;
  private n: number;
  constructor(private r: PyRange) {
    super(rangeIteratorType);
    this.i = 0;
    this.n = Number(r.length);
    this.plain = typeof r.start === "number" && typeof r.step === "number" && typeof r.stop === "number";
  }
  private plain: boolean;
  step(): Value | undefined {
    if (this.i >= this.n) return undefined;
    const k = this.i++;
    if (this.plain) return (this.r.start as number) + k * (this.r.step as number);
    return rangeItem(this.r, k);
  }
}

export function rangeItem(r: PyRange, k: Int): Int {
  const v = BigInt(r.start) + BigInt(k) * BigInt(r.step);
  return v >= BigInt(Number.MIN_SAFE_INTEGER) && v <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(v) : v;
}

/** Makes a native iterator of a JS one. */
export class JsIterator extends PyIterator {
  constructor(private it: Iterator<Value>, cls: PyType) {
    super(cls);
  }
  step(): Value | undefined {
    const r = this.it.next();
    return r.done ? undefined : r.value;
  }
}

/** Over the keys of a dict or the elements of a set, noticing changes of size. */
export class TableIterator extends PyIterator {
  private size: number;
  constructor(private it: Iterator<Value>, private table: PyDict | PySet, private what: string, cls: PyType) {
    super(cls);
    this.size = table.size;
  }
  step(): Value | undefined {
    if (this.table.size !== this.size) {
      this.size = -1;
      throw raise(RuntimeErrorType, `${this.what} changed size during iteration`);
    }
    const r = this.it.next();
    return r.done ? undefined : r.value;
  }
}

/** An object with `__next__` written in Python (or any iterator that is not native). */
class ForeignIterator extends PyIterator {
  private next: Value;
  private self: Value | undefined;
  constructor(object: Value, m: Value) {
    super(sequenceIteratorType);
    if (m instanceof PyFunction && m.arity === 1) {
      this.next = m;
      this.self = object;
    } else this.next = bindSpecial(m, object, typeOf(object));
  }
  step(): Value | undefined {
    try {
      return this.self !== undefined ? (this.next as PyFunction).impl(this.self) : call(this.next, []);
    } catch (e) {
      if (isException(e, StopIterationType)) return undefined;
      throw e;
    }
  }
}

/** An object with `__getitem__` and no `__iter__`. */
class SequenceIterator extends PyIterator {
  private i = 0;
  constructor(private object: Value) {
    super(sequenceIteratorType);
  }
  step(): Value | undefined {
    if (this.i < 0) return undefined;
    try {
      return callSpecial(this.object, "__getitem__", this.i++);
    } catch (e) {
      if (!isException(e, IndexErrorType) && !isException(e, StopIterationType)) throw e;
      this.i = -1;
      return undefined;
    }
  }
}

/** `iter(v)` as a native iterator. */
export function iter(v: Value): PyIterator {
  if (v instanceof PyIterator) return v;
  if (v instanceof PyObject && !v.cls.heap) {
    if (v instanceof PyList) return new ListIterator(v);
    if (v instanceof PyTuple) return new ArrayIterator(v.items);
    if (v instanceof PyRange) return new RangeIterator(v);
    if (v instanceof PyDict) return dictIterator(v);
  }
  return asIterator(iterObject(v));
}

export function dictIterator(d: PyDict): PyIterator {
  return new TableIterator(d.keys(), d, "dictionary", dictKeyIteratorType);
}

/** `iter(v)`: what `__iter__` gives, unchanged. */
export function iterObject(v: Value): Value {
  if (typeof v === "string") return new JsIterator(v[Symbol.iterator](), stringIteratorType);
  const t = typeOf(v);
  const m = t.lookup("__iter__");
  if (m === undefined) {
    if (t.lookup("__getitem__") !== undefined) return new SequenceIterator(v);
    throw typeError(`'${t.name}' object is not iterable`);
  }
  if (m === null) throw typeError(`'${t.name}' object is not iterable`);
  const it = callSpecial(v, "__iter__")!;
  if (!(it instanceof PyIterator) && typeOf(it).lookup("__next__") === undefined) {
    throw typeError(`iter() returned non-iterator of type '${typeOf(it).name}'`);
  }
  return it;
}

function asIterator(it: Value): PyIterator {
  if (it instanceof PyIterator) return it;
  return new ForeignIterator(it, typeOf(it).lookup("__next__")!);
}

/** `next(it)`; undefined at the end. */
export function next(it: Value): Value | undefined {
  if (it instanceof PyIterator) return it.step();
  const m = typeOf(it).lookup("__next__");
  if (m === undefined) throw typeError(`'${typeOf(it).name}' object is not an iterator`);
  return new ForeignIterator(it, m).step();
}

/** For TypeScript loops over a Python iterable. */
export function iterate(v: Value): Iterable<Value> {
  if (!(v instanceof PyObject && v.cls.heap)) {
    if (v instanceof PyTuple) return v.items;
  }
  const it = iter(v);
  return {
    [Symbol.iterator]: () => ({
      next() {
        const value = it.step();
        return value === undefined ? { done: true, value: undefined } : { done: false, value };
      },
    }),
  };
}

/** All values of an iterable, in a new array. */
export function collect(v: Value): Value[] {
  if (v instanceof PyObject && !v.cls.heap) {
    if (v instanceof PyList) return v.items.slice();
    if (v instanceof PyTuple) return v.items.slice();
    if (v instanceof PyDict) return v.keyList();
  }
  const out: Value[] = [];
  const it = iter(v);
  for (let x = it.step(); x !== undefined; x = it.step()) out.push(x);
  return out;
}

/** `a, b = v`: exactly `n` values. */
export function unpack(v: Value, n: number): readonly Value[] {
  if (v instanceof PyTuple && v.items.length === n && !v.cls.heap) return v.items;
  if (v instanceof PyList && v.items.length === n && !v.cls.heap) return v.items.slice();
  const it = unpackIterator(v);
  const out: Value[] = [];
  for (let i = 0; i < n; i++) {
    const x = it.step();
    if (x === undefined) throw valueError(`not enough values to unpack (expected ${n}, got ${i})`);
    out.push(x);
  }
  if (it.step() !== undefined) throw valueError(`too many values to unpack (expected ${n})`);
  return out;
}

/** `a, *b, c = v`: `before` values, a list, `after` values. */
export function unpackStar(v: Value, before: number, after: number): Value[] {
  const it = unpackIterator(v);
  const all: Value[] = [];
  for (let x = it.step(); x !== undefined; x = it.step()) all.push(x);
  if (all.length < before + after) {
    throw valueError(`not enough values to unpack (expected at least ${before + after}, got ${all.length})`);
  }
  const end = all.length - after;
  return [...all.slice(0, before), new PyList(all.slice(before, end)), ...all.slice(end)];
}

function unpackIterator(v: Value): PyIterator {
  const t = typeOf(v);
  if (typeof v !== "string" && t.lookup("__iter__") === undefined && t.lookup("__getitem__") === undefined) {
    throw typeError(`cannot unpack non-iterable ${t.name} object`);
  }
  return iter(v);
}

/** A new StopIteration carrying a generator's return value. */
export function stopIteration(value: Value = null): PyBaseException {
  const e = value === null ? raise(StopIterationType) : raise(StopIterationType, value);
  return e;
}

export function bytesIterator(b: PyBytes | PyByteArray): PyIterator {
  return new ArrayIterator(Array.from(b.data), bytesIteratorType);
}
