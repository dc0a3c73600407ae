/** dict and its views. */
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { dictKeyIteratorType, JsIterator, TableIterator } from "../runtime/iteration.ts";
import { dictContains } from "../runtime/compare.ts";
import { classMethods, getset, methods } from "../runtime/native.ts";
import { iteratorMethods } from "./iterators.ts";
import { PyMappingProxy, subscriptable } from "./type_support.ts";

const { dictType, nativeType, PyDict, PyObject, PySet, PyTuple, typeError, valueError } = r;

type D = r.PyDict;

/** dict.update(other). */
export function updateDict(d: D, other: Value): void {
  if (
    other instanceof PyDict && (!other.cls.heap || other.cls.lookup("keys") === dictType.attrs.get("keys"))
  ) return d.update(other);
  const keys = r.findattr(other, "keys");
  if (keys !== undefined) {
    for (const k of r.iterate(r.call(keys, []))) d.set(k, r.getitem(other, k));
    return;
  }
  let i = 0;
  for (const pair of r.iterate(other)) {
    let items: Value[];
    try {
      items = r.collect(pair);
    } catch (e) {
      if (!r.isException(e, r.TypeErrorType)) throw e;
      throw typeError(`cannot convert dictionary update sequence element #${i} to a sequence`);
    }
    if (items.length !== 2) {
      throw valueError(`dictionary update sequence element #${i} has length ${items.length}; 2 is required`);
    }
    d.set(items[0], items[1]);
    i++;
  }
}

function missing(d: D, k: Value): Value {
  if (d.cls.heap) {
    const m = d.cls.lookup("__missing__");
    if (m !== undefined) return r.callSpecial(d, "__missing__", k)!;
  }
  throw r.raise(r.KeyErrorType, k);
}

methods(dictType, {
  __init__: ["iterable=(), /, **kwargs", (d: D, other: Value | undefined, kw: Map<string, Value>) => {
    if (other !== undefined) updateDict(d, other);
    for (const [k, v] of kw) d.set(k, v);
    return null;
  }],
  __repr__: [
    "",
    (d: D) =>
      r.guardedRepr(
        d,
        "{...}",
        () => `{${[...d.entries()].map(([k, v]) => `${r.repr(k)}: ${r.repr(v)}`).join(", ")}}`,
      ),
  ],
  __len__: ["", (d: D) => d.size],
  __iter__: ["", (d: D) => r.dictIterator(d)],
  __reversed__: [
    "",
    (d: D) =>
      new TableIterator(d.keyList().reverse()[Symbol.iterator](), d, "dictionary", dictKeyIteratorType),
  ],
  __contains__: ["key, /", (d: D, k: Value) => d.has(k)],
  __getitem__: ["key, /", (d: D, k: Value) => {
    const v = d.get(k);
    return v !== undefined ? v : missing(d, k);
  }],
  __setitem__: ["key, value, /", (d: D, k: Value, v: Value) => {
    d.set(k, v);
    return null;
  }],
  __delitem__: ["key, /", (d: D, k: Value) => {
    if (d.remove(k) === undefined) throw r.raise(r.KeyErrorType, k);
    return null;
  }],
  __eq__: ["other, /", (a: D, b: Value) => b instanceof PyDict ? r.equalDicts(a, b) : r.NotImplementedValue],
  __or__: ["other, /", (a: D, b: Value) => {
    if (!(b instanceof PyDict)) return r.NotImplementedValue;
    const d = a.copy();
    d.update(b);
    return d;
  }],
  __ror__: ["other, /", (a: D, b: Value) => {
    if (!(b instanceof PyDict)) return r.NotImplementedValue;
    const d = b.copy();
    d.update(a);
    return d;
  }],
  __ior__: ["other, /", (a: D, b: Value) => {
    updateDict(a, b);
    return a;
  }],
  get: ["key, default=None, /", (d: D, k: Value, fallback?: Value) => {
    const v = d.get(k);
    return v !== undefined ? v : fallback ?? null;
  }],
  setdefault: ["key, default=None, /", (d: D, k: Value, fallback?: Value) => {
    const v = d.get(k);
    if (v !== undefined) return v;
    d.set(k, fallback ?? null);
    return fallback ?? null;
  }],
  pop: ["key, default=None, /", (d: D, k: Value, fallback?: Value) => {
    const v = d.remove(k);
    if (v !== undefined) return v;
    if (fallback === undefined) throw r.raise(r.KeyErrorType, k);
    return fallback;
  }],
  popitem: ["", (d: D) => {
    const item = d.popItem();
    if (!item) throw r.raise(r.KeyErrorType, "popitem(): dictionary is empty");
    return new PyTuple(item);
  }],
  update: ["iterable=(), /, **kwargs", (d: D, other: Value | undefined, kw: Map<string, Value>) => {
    if (other !== undefined) updateDict(d, other);
    for (const [k, v] of kw) d.set(k, v);
    return null;
  }],
  clear: ["", (d: D) => {
    d.clear();
    return null;
  }],
  copy: ["", (d: D) => d.copy()],
  keys: ["", (d: D) => new DictView(d, keysType)],
  values: ["", (d: D) => new DictView(d, valuesType)],
  items: ["", (d: D) => new DictView(d, itemsType)],
});
dictType.attrs.set("__hash__", null);
classMethods(dictType, {
  fromkeys: ["iterable, value=None, /", (cls: PyType, it: Value, v?: Value) => {
    const d = r.call(cls, []);
    for (const k of r.iterate(it)) r.setitem(d, k, v ?? null);
    return d;
  }],
});
dictContains.method = dictType.attrs.get("__contains__");
subscriptable(dictType);

// --- Views ---

export const keysType = nativeType("dict_keys", { final: true });
export const valuesType = nativeType("dict_values", { final: true });
export const itemsType = nativeType("dict_items", { final: true });
const itemIteratorType = nativeType("dict_itemiterator", { final: true });
const valueIteratorType = nativeType("dict_valueiterator", { final: true });

iteratorMethods(itemIteratorType, valueIteratorType);

export class DictView extends PyObject {
  constructor(readonly dict: D, cls: PyType) {
    super(cls);
  }
  *[Symbol.iterator](): IterableIterator<Value> {
    if (this.cls === keysType) yield* this.dict.keys();
    else if (this.cls === valuesType) yield* this.dict.map.values();
    else for (const [k, v] of this.dict.entries()) yield new PyTuple([k, v]);
  }
  has(v: Value): boolean {
    if (this.cls === keysType) return this.dict.has(v);
    if (this.cls === itemsType) {
      if (!(v instanceof PyTuple) || v.items.length !== 2) return false;
      const x = this.dict.get(v.items[0]);
      return x !== undefined && r.isEqual(x, v.items[1]);
    }
    for (const x of this) if (r.isEqual(x, v)) return true;
    return false;
  }
}

for (const t of [keysType, valuesType, itemsType]) {
  const iterator = t === keysType
    ? dictKeyIteratorType
    : t === valuesType
    ? valueIteratorType
    : itemIteratorType;
  methods(t, {
    __repr__: [
      "",
      (v: DictView) => r.guardedRepr(v, "...", () => `${t.name}([${[...v].map(r.repr).join(", ")}])`),
    ],
    __len__: ["", (v: DictView) => v.dict.size],
    __iter__: ["", (v: DictView) => new TableIterator(v[Symbol.iterator](), v.dict, "dictionary", iterator)],
    __reversed__: ["", (v: DictView) => new JsIterator([...v].reverse()[Symbol.iterator](), iterator)],
    __contains__: ["value, /", (v: DictView, x: Value) => v.has(x)],
  });
  getset(t, "mapping", (v: DictView) => new PyMappingProxy(v.dict));
  if (t === valuesType) continue;
  const set = (v: Iterable<Value>) => PySet.of(v);
  const other = (v: Value) => PySet.of(r.iterate(v));
  methods(t, {
    __eq__: ["other, /", (a: DictView, b: Value) => {
      if (!(b instanceof PySet) && !(b instanceof DictView)) return r.NotImplementedValue;
      const x = set(a), y = other(b);
      return x.size === y.size && r.isSubset(x, y);
    }],
    __and__: ["other, /", (a: DictView, b: Value) => {
      const y = other(b);
      return PySet.of([...a].filter((v) => y.has(v)));
    }],
    __or__: ["other, /", (a: DictView, b: Value) => PySet.of([...a, ...r.iterate(b)])],
    __sub__: ["other, /", (a: DictView, b: Value) => {
      const y = other(b);
      return PySet.of([...a].filter((v) => !y.has(v)));
    }],
    __xor__: ["other, /", (a: DictView, b: Value) => {
      const x = set(a), y = other(b);
      return PySet.of([...[...a].filter((v) => !y.has(v)), ...[...y.values()].filter((v) => !x.has(v))]);
    }],
    __le__: ["other, /", (a: DictView, b: Value) => r.isSubset(set(a), other(b))],
    __ge__: ["other, /", (a: DictView, b: Value) => r.isSubset(other(b), set(a))],
    __lt__: [
      "other, /",
      (a: DictView, b: Value) => a.dict.size < r.length(b) && r.isSubset(set(a), other(b)),
    ],
    __gt__: [
      "other, /",
      (a: DictView, b: Value) => a.dict.size > r.length(b) && r.isSubset(other(b), set(a)),
    ],
    isdisjoint: ["other, /", (a: DictView, b: Value) => {
      const y = other(b);
      return ![...a].some((v) => y.has(v));
    }],
  });
  t.attrs.set("__hash__", null);
}
