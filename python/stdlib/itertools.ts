/** The `itertools` module. */
import * as n from "../../core/number/mod.ts";
import { isInt } from "../../core/scalar.ts";
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { classMethods, fn, methods } from "../runtime/native.ts";

import { moduleOf, registerModule } from "../runtime/module.ts";

const { nativeType, PyTuple, typeError, valueError } = r;

/** An itertools object: steps through what its JS generator yields. */
class Stepper extends r.PyIterator {
  source: Iterator<Value> = [][Symbol.iterator]();
  step(): Value | undefined {
    const next = this.source.next();
    return next.done ? undefined : next.value;
  }
}

const types: Record<string, PyType> = {};

/** One itertools class: `make` gives the generator from the arguments. */
function define(name: string, signature: string, make: (...args: any[]) => Iterator<Value>): void {
  const t = nativeType(name, { alloc: (cls) => new Stepper(cls), module: "itertools" });
  methods(t, {
    __new__: [signature, (cls: PyType, ...args: unknown[]) => {
      const it = t.alloc(cls) as Stepper;
      it.source = make(...args);
      return it;
    }],
    __init__: ["*args, **kwargs", () => null],
    __iter__: ["", (self: Value) => self],
    __next__: ["", (self: Stepper) => {
      const v = self.step();
      if (v === undefined) throw r.stopIteration();
      return v;
    }],
  });
  types[name] = t;
}

function whole(v: Value, what: string): number {
  if (!r.hasIndex(v)) throw typeError(`'${r.typeOf(v).name}' object cannot be interpreted as an integer`);
  const k = r.index(v);
  if (k < 0) throw valueError(`${what} ${what === "r" ? "must be non-negative" : "cannot be negative"}`);
  return Number(k);
}

function steps(it: r.PyIterator): Iterable<Value> {
  return {
    [Symbol.iterator]: () => ({
      next: () => {
        const value = it.step();
        return value === undefined ? { done: true, value: undefined } : { done: false, value };
      },
    }),
  };
}

function* chain(iterables: Iterable<Value>): Generator<Value> {
  for (const one of iterables) yield* steps(r.iter(one));
}

define("chain", "*iterables", (iterables: Value[]) => chain(iterables));
classMethods(types.chain, {
  from_iterable: ["iterable, /", (cls: PyType, iterable: Value) => {
    const it = cls.alloc(cls) as Stepper;
    it.source = chain(steps(r.iter(iterable)));
    return it;
  }],
});

define("count", "start=0, step=1", (start?: Value, step?: Value) => {
  let at: Value = start ?? 0;
  const by: Value = step ?? 1;
  return (function* () {
    for (;;) {
      yield at;
      at = isInt(at) && isInt(by) ? n.intAdd(at, by) : r.add(at, by);
    }
  })();
});

define("cycle", "iterable, /", (iterable: Value) => {
  const it = r.iter(iterable);
  return (function* () {
    const saved: Value[] = [];
    for (const v of steps(it)) {
      saved.push(v);
      yield v;
    }
    while (saved.length > 0) yield* saved;
  })();
});

define("repeat", "object, times=None", (object: Value, times?: Value) => {
  const limit = times === undefined ? Infinity : Number(r.index(times));
  return (function* () {
    for (let i = 0; i < limit; i++) yield object;
  })();
});

define(
  "accumulate",
  "iterable, func=None, *, initial=None",
  (iterable: Value, func?: Value, initial?: Value) => {
    const it = r.iter(iterable);
    return (function* () {
      let total: Value | undefined = initial === undefined || initial === null ? it.step() : initial;
      if (total === undefined) return;
      yield total;
      for (const v of steps(it)) {
        total = func === undefined || func === null ? r.add(total!, v) : r.call(func, [total!, v]);
        yield total;
      }
    })();
  },
);

define("compress", "data, selectors", (data: Value, selectors: Value) => {
  const a = r.iter(data), b = r.iter(selectors);
  return (function* () {
    for (;;) {
      const v = a.step(), keep = v === undefined ? undefined : b.step();
      if (v === undefined || keep === undefined) return;
      if (r.truth(keep)) yield v;
    }
  })();
});

const test = (predicate: Value, v: Value) => r.truth(predicate === null ? v : r.call1(predicate, v));

define("dropwhile", "predicate, iterable, /", (predicate: Value, iterable: Value) => {
  const it = r.iter(iterable);
  return (function* () {
    let dropping = true;
    for (const v of steps(it)) {
      if (dropping && r.truth(r.call1(predicate, v))) continue;
      dropping = false;
      yield v;
    }
  })();
});

define("takewhile", "predicate, iterable, /", (predicate: Value, iterable: Value) => {
  const it = r.iter(iterable);
  return (function* () {
    for (const v of steps(it)) {
      if (!r.truth(r.call1(predicate, v))) return;
      yield v;
    }
  })();
});

define("filterfalse", "function, iterable, /", (predicate: Value, iterable: Value) => {
  const it = r.iter(iterable);
  return (function* () {
    for (const v of steps(it)) if (!test(predicate, v)) yield v;
  })();
});

define("starmap", "function, iterable, /", (f: Value, iterable: Value) => {
  const it = r.iter(iterable);
  return (function* () {
    for (const v of steps(it)) yield r.call(f, r.collect(v));
  })();
});

define("pairwise", "iterable, /", (iterable: Value) => {
  const it = r.iter(iterable);
  return (function* () {
    let before = it.step();
    if (before === undefined) return;
    for (const v of steps(it)) {
      yield new PyTuple([before!, v]);
      before = v;
    }
  })();
});

define(
  "islice",
  "iterable, start, stop=None, step=None, /",
  (iterable: Value, a: Value, b?: Value, c?: Value) => {
    const bound = (v: Value | undefined, what: string): number | undefined => {
      if (v === undefined || v === null) return undefined;
      if (!r.hasIndex(v) || r.index(v) < 0) {
        throw valueError(
          what === "Step"
            ? "Step for islice() must be a positive integer or None."
            : `${what} for islice() must be None or an integer: 0 <= x <= sys.maxsize.`,
        );
      }
      return Number(r.index(v));
    };
    const start = b === undefined ? 0 : bound(a, "Indices") ?? 0;
    const stop = (b === undefined ? bound(a, "Stop argument") : bound(b, "Stop argument")) ?? Infinity;
    const by = bound(c, "Step") ?? 1;
    if (by === 0) throw valueError("Step for islice() must be a positive integer or None.");
    const it = r.iter(iterable);
    return (function* () {
      let wanted = start;
      for (let i = 0; i < stop; i++) {
        const v = it.step();
        if (v === undefined) return;
        if (i !== wanted) continue;
        yield v;
        wanted += by;
      }
    })();
  },
);

define("zip_longest", "*iterables, fillvalue=None", (iterables: Value[], fill?: Value) => {
  const its: (r.PyIterator | null)[] = iterables.map((v) => r.iter(v));
  return (function* () {
    for (;;) {
      let live = 0;
      const row = its.map((it, i) => {
        const v = it?.step();
        if (v === undefined) {
          its[i] = null;
          return fill ?? null;
        }
        live++;
        return v;
      });
      if (live === 0) return;
      yield new PyTuple(row);
    }
  })();
});

define("product", "*iterables, repeat=1", (iterables: Value[], repeat?: Value) => {
  const times = repeat === undefined ? 1 : whole(repeat, "repeat argument");
  const once = iterables.map((v) => r.collect(v));
  const pools: Value[][] = [];
  for (let i = 0; i < times; i++) pools.push(...once);
  return (function* () {
    if (pools.some((p) => p.length === 0)) return;
    const at = pools.map(() => 0);
    for (;;) {
      yield new PyTuple(at.map((i, k) => pools[k][i]));
      let k = pools.length - 1;
      while (k >= 0 && ++at[k] === pools[k].length) at[k--] = 0;
      if (k < 0) return;
    }
  })();
});

define("permutations", "iterable, r=None", (iterable: Value, length?: Value) => {
  const pool = r.collect(iterable);
  const k = length === undefined || length === null ? pool.length : whole(length, "r");
  return (function* () {
    const used = pool.map(() => false), chosen: number[] = [];
    if (k > pool.length) return;
    let from = 0;
    for (;;) {
      if (chosen.length === k) {
        yield new PyTuple(chosen.map((i) => pool[i]));
      } else {
        let i = from;
        while (i < pool.length && used[i]) i++;
        if (i < pool.length) {
          chosen.push(i);
          used[i] = true;
          from = 0;
          continue;
        }
      }
      const last = chosen.pop();
      if (last === undefined) return;
      used[last] = false;
      from = last + 1;
    }
  })();
});

/** Index tuples in order, each index at least the one before it plus `gap`. */
function* ascending(size: number, k: number, gap: 0 | 1): Generator<number[]> {
  const at = Array.from({ length: k }, (_, i) => i * gap);
  if (gap === 1 ? k > size : size === 0 && k > 0) return;
  for (;;) {
    yield at;
    let i = k - 1;
    while (i >= 0 && at[i] === size - 1 - (k - 1 - i) * gap) i--;
    if (i < 0) return;
    const next = at[i] + 1;
    for (let j = i; j < k; j++) at[j] = next + (j - i) * gap;
  }
}

for (const [name, gap] of [["combinations", 1], ["combinations_with_replacement", 0]] as const) {
  define(name, "iterable, r", (iterable: Value, length: Value) => {
    const pool = r.collect(iterable), k = whole(length, "r");
    return (function* () {
      for (const at of ascending(pool.length, k, gap)) yield new PyTuple(at.map((i) => pool[i]));
    })();
  });
}

define("groupby", "iterable, key=None", (iterable: Value, key?: Value) => {
  const it = r.iter(iterable);
  const keyOf = (v: Value) => key === undefined || key === null ? v : r.call1(key, v);
  return (function* () {
    let value = it.step(), id = 0;
    if (value === undefined) return;
    let current = keyOf(value);
    while (value !== undefined) {
      const group: Value = current, mine = ++id;
      const members = new Stepper(types._grouper);
      members.source = (function* () {
        while (mine === id && value !== undefined && r.isEqual(current, group)) {
          const v: Value = value;
          value = it.step();
          if (value !== undefined) current = keyOf(value);
          yield v;
        }
      })();
      yield new PyTuple([group, members]);
      while (value !== undefined && r.isEqual(current, group)) {
        value = it.step();
        if (value !== undefined) current = keyOf(value);
      }
    }
  })();
});
define("_grouper", "", () => [][Symbol.iterator]());

function tee(iterable: Value, count?: Value): Value {
  const k = count === undefined ? 2 : Number(r.index(count));
  if (k < 0) throw valueError("n must be >= 0");
  const it = r.iter(iterable);
  interface Link {
    value: Value | undefined;
    next: Link | undefined;
  }
  const first: Link = { value: undefined, next: undefined };
  return new PyTuple(Array.from({ length: k }, () => {
    const one = new Stepper(types._tee);
    one.source = (function* () {
      let at = first;
      for (;;) {
        if (at.next === undefined) {
          const v = it.step();
          if (v === undefined) return;
          at.next = { value: v, next: undefined };
        }
        at = at.next;
        yield at.value!;
      }
    })();
    return one;
  }));
}
define("_tee", "", () => [][Symbol.iterator]());

registerModule("itertools", () => {
  const { _grouper, _tee, ...shown } = types;
  return moduleOf("itertools", { ...shown, tee: fn("tee", "iterable, n=2, /", tee) });
});
