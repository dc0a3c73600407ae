/** list, tuple, range and slice. */
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { ArrayIterator, JsIterator, ListIterator, rangeItem, RangeIterator } from "../runtime/iteration.ts";
import { getset, methods } from "../runtime/native.ts";
import { iteratorMethods } from "./iterators.ts";
import { sortValues } from "./sorting.ts";
import { subscriptable } from "./type_support.ts";
import { intAdd, intFloorDiv, intMod, intMul, intNeg, intSub } from "../../core/number/mod.ts";

const {
  listType,
  PyList,
  PyRange,
  PySlice,
  PyTuple,
  rangeType,
  sliceType,
  tupleType,
  typeError,
  valueError,
} = r;

type L = r.PyList;
type T = r.PyTuple;

const ordering = (
  op: r.CompareOp,
  cls: typeof PyList | typeof PyTuple,
): [string, (a: any, b: Value) => Value] => [
  "other, /",
  (a, b) => b instanceof cls ? r.orderItems(op, a.items, b.items) : r.NotImplementedValue,
];

function repeated(items: readonly Value[], n: Value): Value[] | undefined {
  if (!r.hasIndex(n)) return undefined;
  const k = r.repetitions(n);
  if (items.length * k > 200_000_000) throw r.raise(r.exceptionTypes.get("MemoryError")!);
  const out: Value[] = [];
  for (let i = 0; i < k; i++) for (let j = 0; j < items.length; j++) out.push(items[j]);
  return out;
}

function itemAt(items: readonly Value[], k: Value, what: string): Value {
  if (!r.hasIndex(k)) throw typeError(`${what} indices must be integers or slices, not ${r.typeOf(k).name}`);
  let i = r.smallIndex(k);
  if (i < 0) i += items.length;
  if (i < 0 || i >= items.length) throw r.indexError(`${what} index out of range`);
  return items[i];
}

function position(items: readonly Value[], v: Value, a: Value | undefined, b: Value | undefined): number {
  const clamp = (x: Value | undefined, d: number) => {
    if (x === undefined) return d;
    const i = r.smallIndex(x);
    return i < 0 ? Math.max(0, i + items.length) : i;
  };
  const end = Math.min(clamp(b, items.length), items.length);
  for (let i = clamp(a, 0); i < end; i++) if (r.isEqual(items[i], v)) return i;
  return -1;
}

const countOf = (items: readonly Value[], v: Value) =>
  items.reduce<number>((n, x) => n + (r.isEqual(x, v) ? 1 : 0), 0);
const reprItems = (items: readonly Value[]) => items.map(r.repr).join(", ");

methods(listType, {
  __init__: ["iterable=(), /", (self: L, it?: Value) => {
    self.items = it === undefined ? [] : r.collect(it);
    return null;
  }],
  __repr__: ["", (self: L) => r.guardedRepr(self, "[...]", () => `[${reprItems(self.items)}]`)],
  __len__: ["", (self: L) => self.items.length],
  __iter__: ["", (self: L) => new ListIterator(self)],
  __reversed__: ["", (self: L) => {
    let i = self.items.length - 1;
    return new JsIterator({
      next: () =>
        i >= 0 && i < self.items.length
          ? { done: false, value: self.items[i--] }
          : { done: true, value: null },
    }, reverseType);
  }],
  __contains__: ["value, /", (self: L, v: Value) => self.items.some((x) => r.isEqual(x, v))],
  __getitem__: [
    "key, /",
    (self: L, k: Value) =>
      k instanceof PySlice ? new PyList(r.sliceItems(self.items, k)) : itemAt(self.items, k, "list"),
  ],
  __setitem__: ["key, value, /", (self: L, k: Value, v: Value) => {
    if (k instanceof PySlice) assignSlice(self, k, v);
    else {
      if (!r.hasIndex(k)) throw typeError(`list indices must be integers or slices, not ${r.typeOf(k).name}`);
      let i = r.smallIndex(k);
      if (i < 0) i += self.items.length;
      if (i < 0 || i >= self.items.length) throw r.indexError("list assignment index out of range");
      self.items[i] = v;
    }
    return null;
  }],
  __delitem__: ["key, /", (self: L, k: Value) => {
    if (k instanceof PySlice) {
      const { start, step, count } = r.sliceIndices(k, self.items.length);
      if (step === 1) self.items.splice(start, count);
      else {
        const gone = new Set<number>();
        for (let i = 0, j = start; i < count; i++, j += step) gone.add(j);
        self.items = self.items.filter((_, i) => !gone.has(i));
      }
      return null;
    }
    if (!r.hasIndex(k)) throw typeError(`list indices must be integers or slices, not ${r.typeOf(k).name}`);
    let i = r.smallIndex(k);
    if (i < 0) i += self.items.length;
    if (i < 0 || i >= self.items.length) throw r.indexError("list assignment index out of range");
    self.items.splice(i, 1);
    return null;
  }],
  __add__: [
    "other, /",
    (a: L, b: Value) => b instanceof PyList ? new PyList([...a.items, ...b.items]) : r.NotImplementedValue,
  ],
  __iadd__: ["other, /", (a: L, b: Value) => {
    for (const x of r.collect(b)) a.items.push(x);
    return a;
  }],
  __mul__: ["n, /", (a: L, n: Value) => {
    const x = repeated(a.items, n);
    return x ? new PyList(x) : r.NotImplementedValue;
  }],
  __rmul__: ["n, /", (a: L, n: Value) => {
    const x = repeated(a.items, n);
    return x ? new PyList(x) : r.NotImplementedValue;
  }],
  __imul__: ["n, /", (a: L, n: Value) => {
    const x = repeated(a.items, n);
    if (!x) return r.NotImplementedValue;
    a.items = x;
    return a;
  }],
  __eq__: [
    "other, /",
    (a: L, b: Value) => b instanceof PyList ? r.equalItems(a.items, b.items) : r.NotImplementedValue,
  ],
  __lt__: ordering("__lt__", PyList),
  __le__: ordering("__le__", PyList),
  __gt__: ordering("__gt__", PyList),
  __ge__: ordering("__ge__", PyList),
  append: ["object, /", (self: L, v: Value) => {
    self.items.push(v);
    return null;
  }],
  extend: ["iterable, /", (self: L, it: Value) => {
    for (const x of r.collect(it)) self.items.push(x);
    return null;
  }],
  insert: ["index, object, /", (self: L, k: Value, v: Value) => {
    const n = self.items.length;
    let i = r.smallIndex(k);
    if (i < 0) i = Math.max(0, i + n);
    self.items.splice(Math.min(i, n), 0, v);
    return null;
  }],
  pop: ["index=-1, /", (self: L, k?: Value) => {
    const n = self.items.length;
    if (n === 0) throw r.indexError("pop from empty list");
    let i = k === undefined ? -1 : r.smallIndex(k);
    if (i < 0) i += n;
    if (i < 0 || i >= n) throw r.indexError("pop index out of range");
    return i === n - 1 ? self.items.pop()! : self.items.splice(i, 1)[0];
  }],
  remove: ["value, /", (self: L, v: Value) => {
    const i = position(self.items, v, undefined, undefined);
    if (i < 0) throw valueError("list.remove(x): x not in list");
    self.items.splice(i, 1);
    return null;
  }],
  clear: ["", (self: L) => {
    self.items.length = 0;
    return null;
  }],
  copy: ["", (self: L) => new PyList(self.items.slice())],
  count: ["value, /", (self: L, v: Value) => countOf(self.items, v)],
  index: ["value, start=0, stop=None, /", (self: L, v: Value, a?: Value, b?: Value) => {
    const i = position(self.items, v, a, b);
    if (i < 0) throw valueError(`${r.repr(v)} is not in list`);
    return i;
  }],
  reverse: ["", (self: L) => {
    self.items.reverse();
    return null;
  }],
  sort: ["*, key=None, reverse=False", (self: L, key?: Value, reverse?: Value) => {
    const items = self.items;
    self.items = [];
    try {
      sortValues(items, key ?? null, reverse !== undefined && r.truth(reverse));
    } finally {
      self.items = items;
    }
    return null;
  }],
});
listType.attrs.set("__hash__", null);
listType.invalidate();
const reverseType = r.nativeType("list_reverseiterator", { final: true });
iteratorMethods(reverseType);

function assignSlice(self: L, k: r.PySlice, v: Value): void {
  const values = v === self ? self.items.slice() : collectFor(v);
  const { start, stop, step, count } = r.sliceIndices(k, self.items.length);
  if (step === 1) {
    const end = Math.max(start, stop);
    self.items = [...self.items.slice(0, start), ...values, ...self.items.slice(end)];
    return;
  }
  if (values.length !== count) {
    throw valueError(
      `attempt to assign sequence of size ${values.length} to extended slice of size ${count}`,
    );
  }
  for (let i = 0, j = start; i < count; i++, j += step) self.items[j] = values[i];
}
function collectFor(v: Value): Value[] {
  if (
    typeof v !== "string" && r.typeOf(v).lookup("__iter__") === undefined &&
    r.typeOf(v).lookup("__getitem__") === undefined
  ) {
    throw typeError("can only assign an iterable");
  }
  return r.collect(v);
}

// --- tuple ---

methods(tupleType, {
  __new__: ["iterable=(), /", (cls: PyType, it?: Value) => {
    if (cls === tupleType && it instanceof PyTuple && it.cls === tupleType) return it;
    return new PyTuple(it === undefined ? [] : r.collect(it), cls);
  }],
  __init__: ["*args, **kwargs", () => null],
  __repr__: [
    "",
    (self: T) =>
      r.guardedRepr(
        self,
        "(...)",
        () => self.items.length === 1 ? `(${r.repr(self.items[0])},)` : `(${reprItems(self.items)})`,
      ),
  ],
  __hash__: ["", (self: T) => r.hashTuple(self)],
  __len__: ["", (self: T) => self.items.length],
  __iter__: ["", (self: T) => new ArrayIterator(self.items)],
  __contains__: ["value, /", (self: T, v: Value) => self.items.some((x) => r.isEqual(x, v))],
  __getitem__: [
    "key, /",
    (self: T, k: Value) =>
      k instanceof PySlice ? new PyTuple(r.sliceItems(self.items, k)) : itemAt(self.items, k, "tuple"),
  ],
  __add__: [
    "other, /",
    (a: T, b: Value) => b instanceof PyTuple ? new PyTuple([...a.items, ...b.items]) : r.NotImplementedValue,
  ],
  __mul__: ["n, /", (a: T, n: Value) => {
    const x = repeated(a.items, n);
    return x ? new PyTuple(x) : r.NotImplementedValue;
  }],
  __rmul__: ["n, /", (a: T, n: Value) => {
    const x = repeated(a.items, n);
    return x ? new PyTuple(x) : r.NotImplementedValue;
  }],
  __eq__: [
    "other, /",
    (a: T, b: Value) => b instanceof PyTuple ? r.equalItems(a.items, b.items) : r.NotImplementedValue,
  ],
  __lt__: ordering("__lt__", PyTuple),
  __le__: ordering("__le__", PyTuple),
  __gt__: ordering("__gt__", PyTuple),
  __ge__: ordering("__ge__", PyTuple),
  __getnewargs__: ["", (self: T) => new PyTuple([new PyTuple(self.items)])],
  count: ["value, /", (self: T, v: Value) => countOf(self.items, v)],
  index: ["value, start=0, stop=None, /", (self: T, v: Value, a?: Value, b?: Value) => {
    const i = position(self.items, v, a, b);
    if (i < 0) throw valueError("tuple.index(x): x not in tuple");
    return i;
  }],
});
subscriptable(listType, tupleType);

// --- slice ---

methods(sliceType, {
  __new__: [
    "start, stop=None, step=None, /",
    (_c: PyType, a: Value, b?: Value, c?: Value) =>
      b === undefined ? new PySlice(null, a, null) : new PySlice(a, b, c ?? null),
  ],
  __init__: ["*args", () => null],
  __repr__: ["", (s: r.PySlice) => `slice(${r.repr(s.start)}, ${r.repr(s.stop)}, ${r.repr(s.step)})`],
  __eq__: [
    "other, /",
    (a: r.PySlice, b: Value) =>
      b instanceof PySlice
        ? r.equalItems([a.start, a.stop, a.step], [b.start, b.stop, b.step])
        : r.NotImplementedValue,
  ],
  indices: ["len, /", (s: r.PySlice, n: Value) => {
    const { start, stop, step } = r.sliceIndices(s, r.smallIndex(n));
    return new PyTuple([start, stop, step]);
  }],
});
sliceType.attrs.set("__hash__", null);
for (const n of ["start", "stop", "step"] as const) {
  getset(sliceType, n, (s: r.PySlice) => s[n]);
  getset(rangeType, n, (x: r.PyRange) => x[n]);
}

// --- range ---

type R = r.PyRange;
function rangeIndex(x: R, v: Value): number {
  const i = r.intOf(v);
  if (i === undefined) {
    let k = 0;
    for (const y of r.iterate(x)) {
      if (r.isEqual(y, v)) return k;
      k++;
    }
    return -1;
  }
  const offset = intSub(i, x.start);
  if (intMod(offset, x.step) !== 0) return -1;
  const k = intFloorDiv(offset, x.step);
  return k >= 0 && k < x.length ? Number(k) : -1;
}
const sameRange = (a: R, b: R) => {
  const n = a.length;
  // deno-lint-ignore eqeqeq
  return n == b.length && (n == 0 || (a.start == b.start && (n == 1 || a.step == b.step)));
};
methods(rangeType, {
  __new__: ["start, stop=None, step=None, /", (_c: PyType, a: Value, b?: Value, c?: Value) => {
    if (b === undefined) return new PyRange(0, r.index(a), 1);
    const step = c === undefined ? 1 : r.index(c);
    if (step === 0) throw valueError("range() arg 3 must not be zero");
    return new PyRange(r.index(a), r.index(b), step);
  }],
  __init__: ["*args", () => null],
  __repr__: [
    "",
    (x: R) => x.step === 1 ? `range(${x.start}, ${x.stop})` : `range(${x.start}, ${x.stop}, ${x.step})`,
  ],
  __len__: ["", (x: R) => x.length],
  __bool__: ["", (x: R) => x.length !== 0],
  __hash__: ["", (x: R) => r.hashRange(x)],
  __eq__: ["other, /", (a: R, b: Value) => b instanceof PyRange ? sameRange(a, b) : r.NotImplementedValue],
  __iter__: ["", (x: R) => new RangeIterator(x)],
  __reversed__: ["", (x: R) => {
    const n = x.length;
    const last = intAdd(x.start, intMul(intSub(n, 1), x.step));
    return new RangeIterator(
      n === 0 ? new PyRange(0, 0, 1) : new PyRange(last, intSub(x.start, x.step), intNeg(x.step)),
    );
  }],
  __contains__: ["value, /", (x: R, v: Value) => rangeIndex(x, v) >= 0],
  __getitem__: ["key, /", (x: R, k: Value) => {
    const n = x.length;
    if (k instanceof PySlice) {
      const { start, stop, step } = r.sliceIndices(k, Number(n));
      return new PyRange(rangeItem(x, start), rangeItem(x, stop), intMul(x.step, step));
    }
    if (!r.hasIndex(k)) throw typeError(`range indices must be integers or slices, not ${r.typeOf(k).name}`);
    let i = r.index(k);
    if (i < 0) i = intAdd(i, n);
    if (i < 0 || i >= n) throw r.indexError("range object index out of range");
    return rangeItem(x, i);
  }],
  count: ["value, /", (x: R, v: Value) => rangeIndex(x, v) >= 0 ? 1 : 0],
  index: ["value, /", (x: R, v: Value) => {
    const i = rangeIndex(x, v);
    if (i < 0) throw valueError(`${r.repr(v)} is not in range`);
    return i;
  }],
});
