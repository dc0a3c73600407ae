/** `_functools`: partial, reduce, cmp_to_key and the cache behind lru_cache. functools.py has the rest. */
import * as r from "../runtime/mod.ts";
import type { Kwargs, PyType, Value } from "../runtime/mod.ts";
import { fn, getset, methods } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";

const { nativeType, PyDict, PyTuple, typeError } = r;

class Partial extends r.PyInstance {
  func: Value = null;
  args: Value[] = [];
  keywords = new PyDict();
}

const partialType = nativeType("partial", {
  alloc: (cls) => new Partial(cls),
  module: "functools",
  hasDict: true,
});

function mapOf(d: r.PyDict): Map<string, Value> | null {
  return d.size === 0 ? null : new Map(d.entries() as Iterable<[string, Value]>);
}

methods(partialType, {
  __new__: [
    "func, /, *args, **keywords",
    (cls: PyType, func: Value, args: Value[], kw: Map<string, Value>) => {
      if (typeof func !== "object" || func === null || !isCallable(func)) {
        throw typeError("the first argument must be callable");
      }
      const p = cls.alloc(cls) as Partial;
      if (func instanceof Partial && func.cls === partialType && func.attrs === null) {
        p.func = func.func;
        p.args = [...func.args, ...args];
        p.keywords = func.keywords.copy();
      } else {
        p.func = func;
        p.args = args;
      }
      for (const [k, v] of kw) p.keywords.set(k, v);
      return p;
    },
  ],
  __init__: ["*args, **kwargs", () => null],
  __call__: ["*args, **kwargs", (self: Partial, args: Value[], kw: Map<string, Value>) => {
    let keywords: Kwargs = kw.size ? kw : null;
    if (self.keywords.size > 0) keywords = new Map([...mapOf(self.keywords)!, ...kw]);
    return r.call(self.func, self.args.length ? [...self.args, ...args] : args, keywords);
  }],
  __repr__: ["", (self: Partial) =>
    r.guardedRepr(self, "...", () => {
      const parts = [r.repr(self.func), ...self.args.map(r.repr)];
      for (const [k, v] of self.keywords.entries()) parts.push(`${r.str(k)}=${r.repr(v)}`);
      return `${self.cls === partialType ? "functools.partial" : self.cls.qualname}(${parts.join(", ")})`;
    })],
  __reduce__: [
    "",
    (self: Partial) => {
      const state = new PyTuple([self.func, new PyTuple(self.args), self.keywords, null]);
      return new PyTuple([self.cls, new PyTuple([self.func]), state]);
    },
  ],
  __setstate__: ["state, /", (self: Partial, state: Value) => {
    const [func, args, keywords] = r.collect(state);
    self.func = func;
    self.args = r.collect(args);
    self.keywords = new PyDict();
    if (keywords instanceof PyDict) self.keywords.update(keywords);
    return null;
  }],
});
getset(partialType, "func", (p: Partial) => p.func);
getset(partialType, "args", (p: Partial) => new PyTuple(p.args));
getset(partialType, "keywords", (p: Partial) => p.keywords);

export function isCallable(v: Value): boolean {
  return v instanceof r.PyType || r.typeOf(v).lookup("__call__") !== undefined || v instanceof r.PyFunction ||
    v instanceof r.PyBuiltin || v instanceof r.PyBoundMethod || v instanceof r.PyMethodDescriptor;
}

function reduce(f: Value, iterable: Value, initial?: Value): Value {
  const it = r.iter(iterable);
  let total = initial === undefined ? it.step() : initial;
  if (total === undefined) throw typeError("reduce() of empty iterable with no initial value");
  for (let v = it.step(); v !== undefined; v = it.step()) total = r.call2(f, total, v);
  return total;
}

class KeyWrapper extends r.PyObject {
  constructor(cls: PyType, readonly compare: Value, readonly object: Value) {
    super(cls);
  }
}
const keyWrapperType = nativeType("KeyWrapper", { module: "functools", final: true });
for (const op of ["__lt__", "__le__", "__gt__", "__ge__", "__eq__"] as const) {
  methods(keyWrapperType, {
    [op]: ["other, /", (self: KeyWrapper, other: Value) => {
      if (!(other instanceof KeyWrapper)) throw typeError("other argument must be K instance");
      return r.richCompare(op, r.call2(self.compare, self.object, other.object), 0);
    }],
  });
}
getset(keyWrapperType, "obj", (k: KeyWrapper) => k.object);

/** A function whose results are kept by its arguments, the least recently used dropped beyond `limit`. */
class Cache extends r.PyInstance {
  func: Value = null;
  limit: number = Infinity;
  typed = false;
  infoType: Value = null;
  hits = 0;
  misses = 0;
  /** In order of use, the oldest first. */
  table = new PyDict();

  key(args: Value[], kw: Map<string, Value>): Value {
    if (kw.size === 0 && !this.typed && args.length === 1) {
      const only = args[0];
      if (typeof only === "string" || typeof only === "number") return only;
    }
    const parts: Value[] = [...args];
    if (kw.size > 0) {
      parts.push(r.objectType);
      for (const [k, v] of kw) parts.push(k, v);
    }
    if (this.typed) parts.push(...[...args, ...kw.values()].map(r.typeOf));
    return new PyTuple(parts);
  }

  callWith(args: Value[], kw: Map<string, Value>): Value {
    const keywords = kw.size ? kw : null;
    if (this.limit === 0) {
      this.misses++;
      return r.call(this.func, args, keywords);
    }
    const key = this.key(args, kw), known = this.table.get(key);
    if (known !== undefined) {
      this.hits++;
      if (this.limit !== Infinity) {
        this.table.remove(key);
        this.table.set(key, known);
      }
      return known;
    }
    this.misses++;
    const value = r.call(this.func, args, keywords);
    if (this.table.size >= this.limit && !this.table.has(key)) this.table.popItem(false);
    this.table.set(key, value);
    return value;
  }
}

const cacheType = nativeType("_lru_cache_wrapper", {
  alloc: (cls) => new Cache(cls),
  module: "functools",
  hasDict: true,
});
methods(cacheType, {
  __new__: [
    "user_function, maxsize, typed, cache_info_type",
    (cls: PyType, func: Value, limit: Value, typed: Value, info: Value) => {
      const c = cls.alloc(cls) as Cache;
      c.func = func;
      c.limit = limit === null ? Infinity : Math.max(0, Number(r.index(limit)));
      c.typed = r.truth(typed);
      c.infoType = info;
      return c;
    },
  ],
  __init__: ["*args, **kwargs", () => null],
  __call__: [
    "*args, **kwargs",
    (self: Cache, args: Value[], kw: Map<string, Value>) => self.callWith(args, kw),
  ],
  __get__: [
    "instance, owner=None, /",
    (self: Cache, instance: Value) => instance === null ? self : new r.PyBoundMethod(self, instance),
  ],
  cache_info: [
    "",
    (self: Cache) =>
      r.call(self.infoType, [
        self.hits,
        self.misses,
        self.limit === Infinity ? null : self.limit,
        self.table.size,
      ]),
  ],
  cache_clear: ["", (self: Cache) => {
    self.table.clear();
    self.hits = self.misses = 0;
    return null;
  }],
});

registerModule("_functools", () =>
  moduleOf("_functools", {
    partial: partialType,
    reduce: fn("reduce", "function, iterable, initial=None, /", reduce),
    cmp_to_key: fn(
      "cmp_to_key",
      "mycmp",
      (compare: Value) => fn("K", "obj", (object: Value) => new KeyWrapper(keyWrapperType, compare, object)),
    ),
    _lru_cache_wrapper: cacheType,
  }));
