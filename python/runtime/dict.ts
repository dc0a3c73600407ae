/**
 * dict, set and frozenset. Keys live in a JS Map under a normalised key: a str, int, None or identity-hashed object
 * is its own; a bool or integral float is the int it equals (`1 == 1.0 == True`); any other key is represented by the
 * first equal object that was stored, found through its hash. An instance `__dict__` shares the object's Map.
 */
import { Complex, Float, normInt } from "../../core/scalar.ts";
import {
  HashKind,
  nativeType,
  PyFloatObject,
  PyInstance,
  PyIntObject,
  PyObject,
  PyStrObject,
  type PyType,
  typeOf,
  type Value,
} from "./object.ts";
import { PyTuple } from "./sequences.ts";
import { hashValue } from "./hash.ts";
import { isEqual } from "./compare.ts";

export const dictType: PyType = nativeType("dict", { alloc: (cls) => new PyDict(undefined, cls) });
export const setType: PyType = nativeType("set", { alloc: (cls) => new PySet(cls) });
export const frozensetType: PyType = nativeType("frozenset", { alloc: (cls) => new PySet(cls) });

/** Marks a key that must be looked up by hash and equality. */
const STRUCTURAL = Symbol("structural key");

function simpleKey(k: Value): unknown {
  switch (typeof k) {
    case "string":
    case "number":
    case "bigint":
      return k;
    case "boolean":
      return k ? 1 : 0;
  }
  if (k === null) return null;
  if (k instanceof Float) return floatKey(k);
  if (k instanceof PyTuple) return STRUCTURAL;
  if (k instanceof Complex) return k.im === 0 ? floatKey(new Float(k.re)) : STRUCTURAL;
  if (k instanceof PyObject) {
    switch (k.cls.access.hashKind) {
      case HashKind.Identity:
        return k;
      case HashKind.Unhashable:
        hashValue(k); // raises TypeError
        return k;
    }
    if (k instanceof PyStrObject && nativeHash(k.cls, "str")) return k.value;
    if (k instanceof PyIntObject && nativeHash(k.cls, "int")) return k.value;
    if (k instanceof PyFloatObject && nativeHash(k.cls, "float")) return floatKey(new Float(k.value));
    return STRUCTURAL;
  }
  return typeOf(k).access.hashKind === HashKind.Identity ? k : STRUCTURAL;
}

/** True if the class's `__hash__` and `__eq__` are those of the native base. */
function nativeHash(cls: PyType, base: string): boolean {
  return cls.definer("__hash__")?.name === base && cls.definer("__eq__")?.name === base;
}

function floatKey(k: Float): unknown {
  const v = k.value;
  if (Number.isSafeInteger(v)) return v + 0;
  if (Number.isInteger(v)) return normInt(BigInt(v));
  return Number.isNaN(v) ? k : v;
}

/** Keys by normalised key, with what dict and set share. */
export abstract class KeyTable extends PyInstance {
  /** Normalised key to value (dict) or to the key as given (set). */
  map: Map<unknown, Value>;
  /** Canonical structural keys by hash. */
  protected buckets: Map<unknown, Value[]> | null = null;

  constructor(cls: PyType, map?: Map<unknown, Value>) {
    super(cls);
    this.map = map ?? new Map();
  }
  get size(): number {
    return this.map.size;
  }
  /** The key under which `k` is stored, or undefined if it is not. */
  protected find(k: Value): unknown {
    const s = simpleKey(k);
    if (s !== STRUCTURAL && (this.buckets === null || this.map.has(s))) {
      return this.map.has(s) ? s : undefined;
    }
    return this.findStructural(k, hashValue(k));
  }
  private findStructural(k: Value, h: unknown): Value | undefined {
    const bucket = this.buckets?.get(h);
    if (bucket) {
      for (let i = 0; i < bucket.length; i++) if (bucket[i] === k || isEqual(bucket[i], k)) return bucket[i];
    } else if (this.map.size > 0 && !(k instanceof PyTuple)) {
      // A user object may equal a plain key; ask the few keys whose hash agrees.
      if (this.map.has(h) && isEqual(h as Value, k)) return h as Value;
    }
    return undefined;
  }
  /** The key to store `k` under: an equal stored key's, or a new one. */
  protected place(k: Value): unknown {
    const s = simpleKey(k);
    if (s !== STRUCTURAL && (this.buckets === null || this.map.has(s))) return s;
    const h = hashValue(k);
    const found = this.findStructural(k, h);
    if (found !== undefined) return found;
    if (s !== STRUCTURAL) return s;
    const buckets = this.buckets ??= new Map();
    const bucket = buckets.get(h);
    if (bucket) bucket.push(k);
    else buckets.set(h, [k]);
    return k;
  }
  protected forget(s: unknown): void {
    if (this.buckets === null || !(s instanceof PyObject || typeof s === "object")) return;
    const h = simpleKey(s as Value) === STRUCTURAL ? hashValue(s as Value) : undefined;
    const bucket = h === undefined ? undefined : this.buckets.get(h);
    const i = bucket ? bucket.indexOf(s as Value) : -1;
    if (i >= 0) bucket!.splice(i, 1);
  }
  has(k: Value): boolean {
    return this.find(k) !== undefined;
  }
  clear(): void {
    this.map.clear();
    this.buckets = null;
  }
}

export class PyDict extends KeyTable {
  /** Keys as given, where they differ from their normalised form. */
  private originals: Map<unknown, Value> | null = null;
  /** Normalised keys in order, kept while popitem takes from the end. */
  private tail: unknown[] | null = null;

  constructor(map?: Map<unknown, Value>, cls: PyType = dictType) {
    super(cls, map);
  }
  get(k: Value): Value | undefined {
    if ((typeof k === "string" || typeof k === "number") && this.buckets === null) return this.map.get(k);
    const s = this.find(k);
    return s === undefined ? undefined : this.map.get(s);
  }
  set(k: Value, v: Value): void {
    if (this.tail !== null) this.tail = null;
    if ((typeof k === "string" || typeof k === "number") && this.buckets === null) {
      this.map.set(k, v);
      return;
    }
    const s = this.place(k);
    if (s !== k && !this.map.has(s)) (this.originals ??= new Map()).set(s, k);
    this.map.set(s, v);
  }
  /** Removes a key; its value, or undefined if it was not there. */
  remove(k: Value): Value | undefined {
    const s = this.find(k);
    if (s === undefined) return undefined;
    const v = this.map.get(s);
    this.map.delete(s);
    this.originals?.delete(s);
    this.forget(s);
    this.tail = null;
    return v;
  }
  private key(s: unknown): Value {
    if (this.originals !== null) {
      const o = this.originals.get(s);
      if (o !== undefined) return o;
    }
    return s as Value;
  }
  /** Keys in insertion order. */
  *keys(): IterableIterator<Value> {
    for (const s of this.map.keys()) yield this.key(s);
  }
  *entries(): IterableIterator<[Value, Value]> {
    for (const [s, v] of this.map) yield [this.key(s), v];
  }
  keyList(): Value[] {
    return this.originals === null ? [...this.map.keys()] as Value[] : [...this.keys()];
  }
  override clear(): void {
    super.clear();
    this.originals = null;
    this.tail = null;
  }
  /** Removes and gives the last (or first) item. */
  popItem(last = true): [Value, Value] | undefined {
    if (this.map.size === 0) return undefined;
    let s: unknown;
    let tail: unknown[] | null = null;
    if (last) {
      tail = this.tail ?? [...this.map.keys()];
      s = tail.pop();
    } else s = this.map.keys().next().value;
    const k = this.key(s), v = this.map.get(s)!;
    this.map.delete(s);
    this.originals?.delete(s);
    this.forget(s);
    this.tail = tail;
    return [k, v];
  }
  update(other: PyDict): void {
    if (other === this) return;
    if (other.originals === null && other.buckets === null && this.buckets === null) {
      this.tail = null;
      for (const [s, v] of other.map) this.map.set(s, v);
    } else for (const [k, v] of other.entries()) this.set(k, v);
  }
  copy(): PyDict {
    const d = new PyDict();
    d.update(this);
    return d;
  }
  static of(entries: Iterable<readonly [Value, Value]>): PyDict {
    const d = new PyDict();
    for (const [k, v] of entries) d.set(k, v);
    return d;
  }
}

/** set and frozenset. */
export class PySet extends KeyTable {
  constructor(cls: PyType = setType) {
    super(cls);
  }
  add(k: Value): void {
    const s = this.place(k);
    if (!this.map.has(s)) this.map.set(s, k);
  }
  remove(k: Value): boolean {
    const s = this.find(k);
    if (s === undefined) return false;
    this.map.delete(s);
    this.forget(s);
    return true;
  }
  /** In the order CPython's table gives numbers; other elements, whose order is arbitrary there, as they came. */
  values(): IterableIterator<Value> {
    if (this.map.size < 2) return this.map.values();
    for (const k of this.map.keys()) {
      if (typeof k !== "number" || !Number.isInteger(k)) return this.map.values();
    }
    return tableOrder([...this.map.keys()] as number[]).map((k) => this.map.get(k)!)[Symbol.iterator]();
  }
  static of(items: Iterable<Value>, cls: PyType = setType): PySet {
    const s = new PySet(cls);
    for (const v of items) s.add(v);
    return s;
  }
}

const LINEAR_PROBES = 9;

/** The order in which CPython's set visits int keys that were added in the given order. */
function tableOrder(keys: number[]): number[] {
  let table: (number | undefined)[] = new Array(8).fill(undefined);
  let used = 0;
  const insert = (k: number) => {
    const mask = table.length - 1;
    let perturb = BigInt.asUintN(64, BigInt(k === -1 ? -2 : k));
    let i = Number(perturb & BigInt(mask));
    for (;;) {
      const end = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
      for (let j = i; j <= end; j++) {
        if (table[j] === undefined) {
          table[j] = k;
          return;
        }
      }
      perturb >>= 5n;
      i = Number((BigInt(i) * 5n + 1n + perturb) & BigInt(mask));
    }
  };
  for (const k of keys) {
    insert(k);
    used++;
    if (used * 5 < (table.length - 1) * 3) continue;
    const old = table;
    let size = 8;
    while (size <= (used > 50000 ? used * 2 : used * 4)) size *= 2;
    table = new Array(size).fill(undefined);
    for (const x of old) if (x !== undefined) insert(x);
  }
  return table.filter((k) => k !== undefined);
}

const shared = new WeakMap<Map<unknown, Value>, PyDict>();

/** The one dict object that shares an attribute table: a `__dict__`, a module's globals. */
export function dictOver(attrs: Map<unknown, Value>): PyDict {
  let d = shared.get(attrs);
  if (!d) shared.set(attrs, d = new PyDict(attrs));
  return d;
}
