/** collections.deque: a growing array whose front can be taken off cheaply. */
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { getset, methods } from "../runtime/native.ts";
import { subscriptable } from "../builtins/type_support.ts";

const { nativeType, PyTuple, typeError } = r;

export class Deque extends r.PyInstance {
  private store: Value[] = [];
  private head = 0;
  limit = Infinity;
  /** Counts changes, so that iterators notice them. */
  version = 0;

  get length(): number {
    return this.store.length - this.head;
  }
  at(i: number): Value {
    return this.store[this.head + i];
  }
  put(i: number, v: Value): void {
    this.store[this.head + i] = v;
  }
  items(): Value[] {
    return this.head === 0 ? this.store.slice() : this.store.slice(this.head);
  }
  replace(items: Value[]): void {
    this.store = items;
    this.head = 0;
    this.version++;
  }
  push(v: Value): void {
    this.version++;
    this.store.push(v);
    if (this.length > this.limit) this.shift();
  }
  pop(): Value | undefined {
    this.version++;
    return this.length === 0 ? undefined : this.store.pop();
  }
  shift(): Value | undefined {
    this.version++;
    if (this.length === 0) return undefined;
    const v = this.store[this.head];
    this.store[this.head++] = null;
    // The dead front is dropped when it outweighs what is left: constant time on average.
    if (this.head > 32 && this.head * 2 > this.store.length) {
      this.store = this.store.slice(this.head);
      this.head = 0;
    }
    return v;
  }
  unshift(v: Value): void {
    this.version++;
    if (this.head === 0) {
      const room = Math.max(16, this.store.length);
      this.store = [...new Array<Value>(room).fill(null), ...this.store];
      this.head = room;
    }
    this.store[--this.head] = v;
    if (this.length > this.limit) this.store.pop();
  }
}

export const dequeType = nativeType("deque", { alloc: (cls) => new Deque(cls), module: "collections" });

class DequeIterator extends r.PyIterator {
  private i = 0;
  private version: number;
  constructor(private deque: Deque, private backwards: boolean) {
    super(r.sequenceIteratorType);
    this.version = deque.version;
  }
  step(): Value | undefined {
    if (this.version !== this.deque.version) throw r.runtimeError("deque mutated during iteration");
    if (this.i >= this.deque.length) return undefined;
    const i = this.i++;
    return this.deque.at(this.backwards ? this.deque.length - 1 - i : i);
  }
}

function position(d: Deque, v: Value): number {
  if (!r.hasIndex(v)) throw typeError(`sequence index must be integer, not '${r.typeOf(v).name}'`);
  const i = Number(r.index(v)), k = i < 0 ? i + d.length : i;
  if (k < 0 || k >= d.length) throw r.indexError("deque index out of range");
  return k;
}

function extend(d: Deque, iterable: Value, put: (v: Value) => void): Value {
  for (const v of iterable === d ? d.items() : r.iterate(iterable)) put(v);
  return null;
}

function copyOf(d: Deque): Deque {
  const made = d.cls.alloc(d.cls) as Deque;
  made.limit = d.limit;
  made.replace(d.items());
  return made;
}

/** Index of the first equal item from `start` to `stop`, or -1. */
function indexIn(d: Deque, v: Value, start: number, stop: number): number {
  const version = d.version;
  for (let i = start; i < stop && i < d.length; i++) {
    if (r.isEqual(d.at(i), v)) return i;
    if (d.version !== version) throw r.runtimeError("deque mutated during iteration");
  }
  return -1;
}

function rotate(d: Deque, steps: number): void {
  const items = d.items(), size = items.length;
  if (size < 2) return;
  const k = ((steps % size) + size) % size;
  d.replace([...items.slice(size - k), ...items.slice(0, size - k)]);
}

const limitOf = (d: Deque): Value => d.limit === Infinity ? null : d.limit;

methods(dequeType, {
  __init__: ["iterable=(), maxlen=None", (self: Deque, iterable?: Value, limit?: Value) => {
    if (limit !== undefined && limit !== null) {
      if (!r.hasIndex(limit)) throw typeError("an integer is required");
      const k = Number(r.index(limit));
      if (k < 0) throw r.valueError("maxlen must be non-negative");
      self.limit = k;
    } else self.limit = Infinity;
    self.replace([]);
    return iterable === undefined ? null : extend(self, iterable, (v) => self.push(v));
  }],
  append: ["x, /", (self: Deque, v: Value) => (self.push(v), null)],
  appendleft: ["x, /", (self: Deque, v: Value) => (self.unshift(v), null)],
  pop: ["", (self: Deque) => {
    const v = self.pop();
    if (v === undefined) throw r.indexError("pop from an empty deque");
    return v;
  }],
  popleft: ["", (self: Deque) => {
    const v = self.shift();
    if (v === undefined) throw r.indexError("pop from an empty deque");
    return v;
  }],
  extend: ["iterable, /", (self: Deque, it: Value) => extend(self, it, (v) => self.push(v))],
  extendleft: ["iterable, /", (self: Deque, it: Value) => extend(self, it, (v) => self.unshift(v))],
  clear: ["", (self: Deque) => (self.replace([]), null)],
  copy: ["", copyOf],
  __copy__: ["", copyOf],
  count: ["x, /", (self: Deque, v: Value) => self.items().filter((x) => r.isEqual(x, v)).length],
  index: ["x, start=0, stop=None, /", (self: Deque, v: Value, start?: Value, stop?: Value) => {
    const bound = (b: Value | undefined, otherwise: number) => {
      if (b === undefined) return otherwise;
      const i = Number(r.index(b));
      return i < 0 ? Math.max(0, i + self.length) : i;
    };
    const i = indexIn(self, v, bound(start, 0), bound(stop, self.length));
    if (i < 0) throw r.valueError(`${r.repr(v)} is not in deque`);
    return i;
  }],
  insert: ["i, x, /", (self: Deque, i: Value, v: Value) => {
    if (self.length >= self.limit) throw r.indexError("deque already at its maximum size");
    const items = self.items(), k = Number(r.index(i));
    items.splice(k < 0 ? Math.max(0, k + items.length) : k, 0, v);
    self.replace(items);
    return null;
  }],
  remove: ["x, /", (self: Deque, v: Value) => {
    const i = indexIn(self, v, 0, self.length);
    if (i < 0) throw r.valueError("deque.remove(x): x not in deque");
    const items = self.items();
    items.splice(i, 1);
    self.replace(items);
    return null;
  }],
  reverse: ["", (self: Deque) => (self.replace(self.items().reverse()), null)],
  rotate: [
    "n=1, /",
    (self: Deque, k?: Value) => (rotate(self, k === undefined ? 1 : Number(r.index(k))), null),
  ],
  __len__: ["", (self: Deque) => self.length],
  __bool__: ["", (self: Deque) => self.length > 0],
  __iter__: ["", (self: Deque) => new DequeIterator(self, false)],
  __reversed__: ["", (self: Deque) => new DequeIterator(self, true)],
  __contains__: ["x, /", (self: Deque, v: Value) => indexIn(self, v, 0, self.length) >= 0],
  __getitem__: ["i, /", (self: Deque, i: Value) => self.at(position(self, i))],
  __setitem__: ["i, x, /", (self: Deque, i: Value, v: Value) => (self.put(position(self, i), v), null)],
  __delitem__: ["i, /", (self: Deque, i: Value) => {
    const items = self.items();
    items.splice(position(self, i), 1);
    self.replace(items);
    return null;
  }],
  __add__: ["other, /", (self: Deque, other: Value) => {
    if (!(other instanceof Deque)) {
      throw typeError(`can only concatenate deque (not "${r.typeOf(other).name}") to deque`);
    }
    const made = copyOf(self);
    extend(made, other, (v) => made.push(v));
    return made;
  }],
  __iadd__: ["other, /", (self: Deque, other: Value) => (extend(self, other, (v) => self.push(v)), self)],
  __mul__: ["n, /", (self: Deque, k: Value) => {
    const made = self.cls.alloc(self.cls) as Deque;
    made.limit = self.limit;
    for (let i = Number(r.index(k)); i > 0; i--) for (const v of self.items()) made.push(v);
    return made;
  }],
  __repr__: ["", (self: Deque) =>
    r.guardedRepr(self, "[...]", () => {
      const items = `[${self.items().map(r.repr).join(", ")}]`;
      return `${self.cls.name}(${items}${self.limit === Infinity ? "" : `, maxlen=${self.limit}`})`;
    })],
  __reduce__: ["", (self: Deque) =>
    new PyTuple([
      self.cls,
      new PyTuple(self.limit === Infinity ? [] : [new PyTuple([]), self.limit]),
      self.attrs ? new r.PyDict(self.attrs) : null,
      new DequeIterator(self, false),
    ])],
});
for (const op of ["__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"] as const) {
  methods(dequeType, {
    [op]: [
      "other, /",
      (self: Deque, other: Value) =>
        other instanceof Deque
          ? r.richCompare(op, new r.PyList(self.items()), new r.PyList(other.items()))
          : r.NotImplementedValue,
    ],
  });
}
dequeType.setOwn("__hash__", null);
getset(dequeType, "maxlen", limitOf);
subscriptable(dequeType);
