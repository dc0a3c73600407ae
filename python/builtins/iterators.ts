/** enumerate, zip, map, filter, reversed, and the iterator protocol of native iterators. */
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import * as it from "../runtime/iteration.ts";
import { intAdd } from "../../core/number/mod.ts";
import { methods } from "../runtime/native.ts";
import { subscriptable } from "./type_support.ts";

const { nativeType, PyIterator, PyTuple, typeError, valueError } = r;

/** Gives a native iterator type `__iter__` and `__next__`. */
export function iteratorMethods(...types: PyType[]): void {
  for (const t of types) {
    methods(t, {
      __iter__: ["", (self: Value) => self],
      __next__: ["", (self: r.PyIterator) => {
        const v = self.step();
        if (v === undefined) throw r.stopIteration();
        return v;
      }],
    });
  }
}

iteratorMethods(
  it.listIteratorType,
  it.tupleIteratorType,
  it.rangeIteratorType,
  it.stringIteratorType,
  it.setIteratorType,
  it.dictKeyIteratorType,
  it.bytesIteratorType,
  it.sequenceIteratorType,
  it.callableIteratorType,
);

/** Lazily finishes iterator types made where this file cannot see them. */
export function ensureIterator(v: r.PyIterator): r.PyIterator {
  if (v.cls.lookup("__next__") === undefined) iteratorMethods(v.cls);
  return v;
}

/** An iterator type whose constructor is `make`. */
function iteratorType(
  name: string,
  signature: string,
  make: (cls: PyType, ...args: any[]) => r.PyIterator,
): PyType {
  const t = nativeType(name, {
    alloc: () => {
      throw typeError(`cannot create '${name}' instances`);
    },
  });
  t.layout = r.objectType;
  methods(t, { __new__: [signature, make], __init__: ["*args, **kwargs", () => null] });
  iteratorMethods(t);
  return t;
}

class Enumerate extends PyIterator {
  constructor(private inner: r.PyIterator, private n: number | bigint, cls: PyType) {
    super(cls);
  }
  step(): Value | undefined {
    const v = this.inner.step();
    if (v === undefined) return undefined;
    const i = this.n;
    this.n = typeof i === "number" && i < 2 ** 50 ? i + 1 : intAdd(i, 1);
    return new PyTuple([i, v]);
  }
}
export const enumerateType = iteratorType(
  "enumerate",
  "iterable, start=0",
  (cls, x: Value, start?: Value) => new Enumerate(r.iter(x), start === undefined ? 0 : r.index(start), cls),
);

class Zip extends PyIterator {
  constructor(private inner: r.PyIterator[], private strict: boolean, cls: PyType) {
    super(cls);
  }
  step(): Value | undefined {
    const { inner } = this;
    if (inner.length === 0) return undefined;
    const out: Value[] = [];
    for (let i = 0; i < inner.length; i++) {
      const v = inner[i].step();
      if (v === undefined) {
        if (this.strict) this.checkEnds(i);
        return undefined;
      }
      out.push(v);
    }
    return new PyTuple(out);
  }
  private checkEnds(i: number): void {
    const before = i === 1 ? " 1" : `s 1-${i}`;
    if (i > 0) throw valueError(`zip() argument ${i + 1} is shorter than argument${before}`);
    for (let j = 1; j < this.inner.length; j++) {
      if (this.inner[j].step() !== undefined) {
        throw valueError(`zip() argument ${j + 1} is longer than argument${j === 1 ? " 1" : `s 1-${j}`}`);
      }
    }
  }
}
export const zipType = iteratorType("zip", "*iterables, strict=False", (cls, xs: Value[], strict?: Value) => {
  const inner = xs.map((x, i) => {
    if (
      typeof x !== "string" && r.typeOf(x).lookup("__iter__") === undefined &&
      r.typeOf(x).lookup("__getitem__") === undefined
    ) {
      throw typeError(
        xs.length === 1
          ? `'${r.typeOf(x).name}' object is not iterable`
          : `zip argument #${i + 1} must support iteration`,
      );
    }
    return r.iter(x);
  });
  return new Zip(inner, strict !== undefined && r.truth(strict), cls);
});

class MapIterator extends PyIterator {
  constructor(private f: Value, private inner: r.PyIterator[], cls: PyType) {
    super(cls);
  }
  step(): Value | undefined {
    const args: Value[] = [];
    for (const i of this.inner) {
      const v = i.step();
      if (v === undefined) return undefined;
      args.push(v);
    }
    return args.length === 1 ? r.call1(this.f, args[0]) : r.call(this.f, args);
  }
}
export const mapType = iteratorType("map", "func, *iterables", (cls, f: Value, xs: Value[]) => {
  if (xs.length === 0) throw typeError("map() must have at least two arguments.");
  return new MapIterator(f, xs.map(r.iter), cls);
});

class Filter extends PyIterator {
  constructor(private f: Value, private inner: r.PyIterator, cls: PyType) {
    super(cls);
  }
  step(): Value | undefined {
    for (let v = this.inner.step(); v !== undefined; v = this.inner.step()) {
      if (r.truth(this.f === null ? v : r.call1(this.f, v))) return v;
    }
    return undefined;
  }
}
export const filterType = iteratorType(
  "filter",
  "function, iterable, /",
  (cls, f: Value, x: Value) => new Filter(f, r.iter(x), cls),
);

class SequenceReversed extends PyIterator {
  constructor(private o: Value, private i: number, cls: PyType) {
    super(cls);
  }
  step(): Value | undefined {
    if (this.i < 0) return undefined;
    return r.getitem(this.o, this.i--);
  }
}
export const reversedType = nativeType("reversed", { final: true });
iteratorMethods(reversedType);
methods(reversedType, {
  __new__: ["sequence, /", (cls: PyType, o: Value) => {
    const t = r.typeOf(o);
    const m = t.lookup("__reversed__");
    if (m === null) throw typeError(`'${t.name}' object is not reversible`);
    if (m !== undefined) {
      const v = r.callSpecial(o, "__reversed__")!;
      return v instanceof PyIterator ? ensureIterator(v) : v;
    }
    if (
      typeof o !== "string" && (t.lookup("__getitem__") === undefined || t.lookup("__len__") === undefined)
    ) {
      throw typeError(`'${t.name}' object is not reversible`);
    }
    return new SequenceReversed(o, r.length(o) - 1, cls);
  }],
  __init__: ["*args", () => null],
});

class CallableIterator extends PyIterator {
  private done = false;
  constructor(private f: Value, private sentinel: Value) {
    super(it.callableIteratorType);
  }
  step(): Value | undefined {
    if (this.done) return undefined;
    const v = r.call0(this.f);
    if (r.isEqual(v, this.sentinel)) {
      this.done = true;
      return undefined;
    }
    return v;
  }
}

/** iter(v) and iter(callable, sentinel). */
export function makeIterator(v: Value, sentinel?: Value): Value {
  if (sentinel !== undefined) {
    if (!r.isCallable(v)) throw typeError("iter(v, w): v must be callable");
    return new CallableIterator(v, sentinel);
  }
  const i = v instanceof r.PyObject && !v.cls.heap ? r.iter(v) : r.iterObject(v);
  return i instanceof PyIterator ? ensureIterator(i) : i;
}
subscriptable(enumerateType, zipType);
