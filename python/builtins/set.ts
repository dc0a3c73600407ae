/** set and frozenset. */
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { setIteratorType, TableIterator } from "../runtime/iteration.ts";
import { methods } from "../runtime/native.ts";
import { subscriptable } from "./type_support.ts";
import { DictView, valuesType } from "./dict.ts";

const { frozensetType, PySet, setType } = r;
type S = r.PySet;

/** The operand as a set, where an operator takes sets only. */
function operand(v: Value): S | undefined {
  if (v instanceof PySet) return v;
  if (v instanceof DictView && v.cls !== valuesType) return PySet.of(v);
  return undefined;
}
function anySet(v: Value): S {
  return operand(v) ?? PySet.of(r.iterate(v));
}
/** The result has the left operand's kind. */
function kind(a: S): PyType {
  return a.cls.mro.includes(frozensetType) ? frozensetType : setType;
}
/** The smaller operand is gone through, as in CPython: it decides the order. */
function intersection(a: S, b: S): S {
  const [few, many] = b.size > a.size ? [a, b] : [b, a];
  return PySet.of([...few.values()].filter((v) => many.has(v)), kind(a));
}
const difference = (a: S, b: S) => PySet.of([...a.values()].filter((v) => !b.has(v)), kind(a));
const union = (a: S, b: S) => PySet.of([...a.values(), ...b.values()], kind(a));
const symmetric = (a: S, b: S) =>
  PySet.of(
    [...[...b.values()].filter((v) => !a.has(v)), ...[...a.values()].filter((v) => !b.has(v))],
    kind(a),
  );
const OPERATORS: [string, (a: S, b: S) => S][] = [["and", intersection], ["or", union], ["sub", difference], [
  "xor",
  symmetric,
]];

function replaceItems(a: S, b: S): S {
  const items = [...b.values()];
  a.clear();
  for (const v of items) a.add(v);
  return a;
}

for (const t of [setType, frozensetType]) {
  const table: r.MethodTable = {
    __repr__: ["", (s: S) =>
      r.guardedRepr(s, `${s.cls.name}(...)`, () => {
        const inner = [...s.values()].map(r.repr).join(", ");
        if (s.size === 0) return `${s.cls.name}()`;
        return s.cls === setType ? `{${inner}}` : `${s.cls.name}({${inner}})`;
      })],
    __len__: ["", (s: S) => s.size],
    __iter__: ["", (s: S) => new TableIterator(s.values(), s, "Set", setIteratorType)],
    __contains__: [
      "value, /",
      (s: S, v: Value) =>
        v instanceof PySet && v.cls === setType ? s.has(PySet.of(v.values(), frozensetType)) : s.has(v),
    ],
    __eq__: [
      "other, /",
      (a: S, b: Value) => b instanceof PySet ? a.size === b.size && r.isSubset(a, b) : r.NotImplementedValue,
    ],
    __le__: ["other, /", (a: S, b: Value) => b instanceof PySet ? r.isSubset(a, b) : r.NotImplementedValue],
    __lt__: [
      "other, /",
      (a: S, b: Value) => b instanceof PySet ? a.size < b.size && r.isSubset(a, b) : r.NotImplementedValue,
    ],
    __ge__: ["other, /", (a: S, b: Value) => b instanceof PySet ? r.isSubset(b, a) : r.NotImplementedValue],
    __gt__: [
      "other, /",
      (a: S, b: Value) => b instanceof PySet ? b.size < a.size && r.isSubset(b, a) : r.NotImplementedValue,
    ],
    copy: ["", (s: S) => s.cls === frozensetType ? s : PySet.of(s.values(), kind(s))],
    union: [
      "*others",
      (s: S, others: Value[]) => PySet.of([...s.values(), ...others.flatMap((o) => r.collect(o))], kind(s)),
    ],
    intersection: [
      "*others",
      (s: S, others: Value[]) =>
        others.reduce<S>((a, o) => intersection(a, anySet(o)), PySet.of(s.values(), kind(s))),
    ],
    difference: [
      "*others",
      (s: S, others: Value[]) =>
        others.reduce<S>((a, o) => difference(a, anySet(o)), PySet.of(s.values(), kind(s))),
    ],
    symmetric_difference: ["other, /", (s: S, o: Value) => symmetric(s, anySet(o))],
    issubset: ["other, /", (s: S, o: Value) => r.isSubset(s, anySet(o))],
    issuperset: ["other, /", (s: S, o: Value) => r.isSubset(anySet(o), s)],
    isdisjoint: ["other, /", (s: S, o: Value) => {
      const b = anySet(o);
      return ![...s.values()].some((v) => b.has(v));
    }],
    __reduce__: ["", (s: S) => new r.PyTuple([s.cls, new r.PyTuple([new r.PyList([...s.values()])])])],
  };
  for (const [name, f] of OPERATORS) {
    table[`__${name}__`] = ["other, /", (a: S, b: Value) => {
      const y = operand(b);
      return y ? f(a, y) : r.NotImplementedValue;
    }];
    table[`__r${name}__`] = ["other, /", (a: S, b: Value) => {
      const y = operand(b);
      return y ? f(y, a) : r.NotImplementedValue;
    }];
  }
  methods(t, table);
}

methods(frozensetType, {
  __new__: ["iterable=(), /", (cls: PyType, it?: Value) => {
    if (cls === frozensetType && it instanceof PySet && it.cls === frozensetType) return it;
    return PySet.of(it === undefined ? [] : r.iterate(it), cls);
  }],
  __init__: ["*args, **kwargs", () => null],
  __hash__: ["", (s: S) => r.hashSet(s.values())],
});

const inplace: r.MethodTable = {};
for (const [name, f] of OPERATORS) {
  inplace[`__i${name}__`] = ["other, /", (a: S, b: Value) => {
    const y = operand(b);
    return y ? replaceItems(a, f(a, y)) : r.NotImplementedValue;
  }];
}
methods(setType, inplace);
methods(setType, {
  __init__: ["iterable=(), /", (s: S, it?: Value) => {
    s.clear();
    if (it !== undefined) { for (const v of r.collect(it)) s.add(v); }
    return null;
  }],
  add: ["value, /", (s: S, v: Value) => {
    s.add(v);
    return null;
  }],
  discard: ["value, /", (s: S, v: Value) => {
    s.remove(v);
    return null;
  }],
  remove: ["value, /", (s: S, v: Value) => {
    if (!s.remove(v)) throw r.raise(r.KeyErrorType, v);
    return null;
  }],
  pop: ["", (s: S) => {
    for (const v of s.values()) {
      s.remove(v);
      return v;
    }
    throw r.raise(r.KeyErrorType, "pop from an empty set");
  }],
  clear: ["", (s: S) => {
    s.clear();
    return null;
  }],
  update: ["*others", (s: S, others: Value[]) => {
    for (const o of others) for (const v of r.collect(o)) s.add(v);
    return null;
  }],
  intersection_update: ["*others", (s: S, others: Value[]) => {
    for (const o of others) replaceItems(s, intersection(s, anySet(o)));
    return null;
  }],
  difference_update: ["*others", (s: S, others: Value[]) => {
    for (const o of others) for (const v of r.collect(o)) s.remove(v);
    return null;
  }],
  symmetric_difference_update: ["other, /", (s: S, o: Value) => {
    replaceItems(s, symmetric(s, anySet(o)));
    return null;
  }],
});
setType.attrs.set("__hash__", null);
subscriptable(setType, frozensetType);
