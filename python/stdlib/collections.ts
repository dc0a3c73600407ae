/** `_collections`: OrderedDict, defaultdict and namedtuple. collections/__init__.py has the rest of collections. */
import { Source } from "../../core/source.ts";
import { strIsidentifier, strSplit } from "../../core/text/mod.ts";
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { classMethods, fn, getset, method, methods, PyClassMethod } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";
import { subscriptable } from "../builtins/type_support.ts";
import { updateDict } from "../builtins/dict.ts";
import { isCallable } from "./functools.ts";
import { dequeType } from "./deque.ts";

const { dictType, nativeType, PyDict, PyTuple, typeError, valueError } = r;
type D = r.PyDict;

const orderedDictType = nativeType("OrderedDict", {
  base: dictType,
  alloc: (cls) => new PyDict(undefined, cls),
  module: "collections",
  hasDict: true,
});

function emptyLike(d: D): D {
  return d.cls.alloc(d.cls) as D;
}

function merged(a: D, b: Value, into: D): Value {
  if (!(b instanceof PyDict)) return r.NotImplementedValue;
  updateDict(into, a);
  updateDict(into, b);
  return into;
}

methods(orderedDictType, {
  move_to_end: ["key, last=True", (d: D, k: Value, last?: Value) => {
    const v = d.remove(k);
    if (v === undefined) throw r.raise(r.KeyErrorType, k);
    if (last === undefined || r.truth(last)) d.set(k, v);
    else {
      const rest = [...d.entries()];
      d.clear();
      d.set(k, v);
      for (const [key, value] of rest) d.set(key, value);
    }
    return null;
  }],
  popitem: ["last=True", (d: D, last?: Value) => {
    const item = d.popItem(last === undefined || r.truth(last));
    if (item === undefined) throw r.raise(r.KeyErrorType, "dictionary is empty");
    return new PyTuple(item);
  }],
  copy: ["", (d: D) => {
    const made = emptyLike(d);
    made.update(d);
    return made;
  }],
  __eq__: ["other, /", (d: D, other: Value) => {
    if (!(other instanceof PyDict)) return r.NotImplementedValue;
    if (!r.equalDicts(d, other)) return false;
    return !other.cls.isSubtypeOf(orderedDictType) || r.equalItems(d.keyList(), other.keyList());
  }],
  __or__: ["other, /", (d: D, other: Value) => merged(d, other, emptyLike(d))],
  __repr__: ["", (d: D) =>
    r.guardedRepr(d, "...", () => {
      const items = [...d.entries()].map(([k, v]) => `(${r.repr(k)}, ${r.repr(v)})`);
      return items.length ? `${d.cls.name}([${items.join(", ")}])` : `${d.cls.name}()`;
    })],
  __reduce__: ["", (d: D) =>
    new PyTuple([
      d.cls,
      new PyTuple([]),
      d.attrs ? new PyDict(d.attrs) : null,
      null,
      r.iter(new r.PyList([...d.entries()].map((e) => new PyTuple(e)))),
    ])],
});
orderedDictType.setOwn("__hash__", null);
classMethods(orderedDictType, {
  fromkeys: ["iterable, value=None", (cls: PyType, keys: Value, value?: Value) => {
    const made = r.call(cls, []) as Value;
    for (const k of r.iterate(keys)) r.setitem(made, k, value ?? null);
    return made;
  }],
});

class DefaultDict extends PyDict {
  factory: Value = null;
}

const defaultDictType = nativeType("defaultdict", {
  base: dictType,
  alloc: (cls) => new DefaultDict(undefined, cls),
  module: "collections",
});
// Look-ups of a key that is missing must go the general way.
defaultDictType.heap = true;

function copyDefault(d: DefaultDict): Value {
  const made = emptyLike(d) as DefaultDict;
  made.factory = d.factory;
  made.update(d);
  return made;
}

methods(defaultDictType, {
  __init__: [
    "default_factory=None, /, *args, **kwargs",
    (d: DefaultDict, factory: Value | undefined, args: Value[], kw: Map<string, Value>) => {
      if (factory !== undefined && factory !== null && !isCallable(factory)) {
        throw typeError("first argument must be callable or None");
      }
      d.factory = factory ?? null;
      if (args.length > 1) {
        throw typeError(`defaultdict expected at most 2 arguments, got ${args.length + 1}`);
      }
      if (args.length) updateDict(d, args[0]);
      for (const [k, v] of kw) d.set(k, v);
      return null;
    },
  ],
  __missing__: ["key, /", (d: DefaultDict, k: Value) => {
    if (d.factory === null) throw r.raise(r.KeyErrorType, k);
    const v = r.call0(d.factory);
    r.setitem(d, k, v);
    return v;
  }],
  copy: ["", copyDefault],
  __copy__: ["", copyDefault],
  __or__: ["other, /", (d: DefaultDict, other: Value) => {
    const made = emptyLike(d) as DefaultDict;
    made.factory = d.factory;
    return merged(d, other, made);
  }],
  __repr__: ["", (d: DefaultDict) => {
    const factory = r.guardedRepr(d, "...", () => r.repr(d.factory));
    const items = [...d.entries()].map(([k, v]) =>
      `${r.repr(k)}: ${r.guardedRepr(d, "{...}", () => r.repr(v))}`
    );
    return `${d.cls.name}(${factory}, {${items.join(", ")}})`;
  }],
  __reduce__: ["", (d: DefaultDict) =>
    new PyTuple([
      d.cls,
      new PyTuple(d.factory === null ? [] : [d.factory]),
      null,
      null,
      r.iter(new r.PyList([...d.entries()].map((e) => new PyTuple(e)))),
    ])],
});
getset(defaultDictType, "default_factory", (d: DefaultDict) => d.factory, (d: DefaultDict, v: Value) => {
  d.factory = v;
});
subscriptable(orderedDictType, defaultDictType);

// --- namedtuple ---

const getterType = nativeType("_tuplegetter", { module: "collections", final: true });

/** The attribute that reads one item of a named tuple. */
class TupleGetter extends r.PyObject {
  doc: Value;
  constructor(readonly index: number) {
    super(getterType);
    this.doc = `Alias for field number ${index}`;
  }
  override descriptorKind(): 2 {
    return 2;
  }
  override descriptorGet(self: Value | undefined): Value {
    if (self === undefined) return this;
    return (self as r.PyTuple).items[this.index];
  }
  override descriptorSet(): void {
    throw r.raise(r.AttributeErrorType, "can't set attribute");
  }
  override descriptorDelete(): void {
    throw r.raise(r.AttributeErrorType, "can't delete attribute");
  }
}
getset(getterType, "__doc__", (g: TupleGetter) => g.doc, (g: TupleGetter, v: Value) => {
  g.doc = v;
});

const KEYWORDS = new Set(
  ("False None True and as assert async await break class continue def del elif else except finally for from global " +
    "if import in is lambda nonlocal not or pass raise return try while with yield").split(" "),
);

/** Field names checked, or replaced by `_1` and the like when `rename` asks for it. */
function fieldNames(given: Value, typename: string, rename: boolean): string[] {
  const text = r.stringOf(given);
  const names = text !== undefined ? strSplit(text.replaceAll(",", " ")) : r.collect(given).map(r.str);
  const seen = new Set<string>();
  if (rename) {
    names.forEach((name, i) => {
      if (!strIsidentifier(name) || KEYWORDS.has(name) || name.startsWith("_") || seen.has(name)) {
        names[i] = `_${i}`;
      }
      seen.add(name);
    });
  }
  for (const name of [typename, ...names]) {
    if (!strIsidentifier(name)) {
      throw valueError(`Type names and field names must be valid identifiers: ${r.repr(name)}`);
    }
    if (KEYWORDS.has(name)) {
      throw valueError(`Type names and field names cannot be a keyword: ${r.repr(name)}`);
    }
  }
  seen.clear();
  for (const name of names) {
    if (name.startsWith("_") && !rename) {
      throw valueError(`Field names cannot start with an underscore: ${r.repr(name)}`);
    }
    if (seen.has(name)) throw valueError(`Encountered duplicate field name: ${r.repr(name)}`);
    seen.add(name);
  }
  return names;
}

const namedTupleSource = new Source("", "<namedtuple>");

function namedtuple(
  typenameValue: Value,
  given: Value,
  renameValue?: Value,
  defaultsValue?: Value,
  moduleValue?: Value,
): Value {
  const typename = r.str(typenameValue);
  const names = fieldNames(given, typename, renameValue !== undefined && r.truth(renameValue));
  const size = names.length;
  const defaults = defaultsValue === undefined || defaultsValue === null ? [] : r.collect(defaultsValue);
  if (defaults.length > size) throw typeError("Got more default values than field names");
  const module = moduleValue ?? r.currentFrame()?.code.globals.get("__name__") ?? "__main__";
  const fields = new PyTuple(names);
  const attrs: r.Attrs = new Map<unknown, Value>([
    ["__module__", module],
    ["__qualname__", typename],
    ["__doc__", `${typename}(${names.join(", ")})`],
    ["__slots__", new PyTuple([])],
    ["_fields", fields],
    ["_field_defaults", PyDict.of(defaults.map((v, i) => [names[size - defaults.length + i], v] as const))],
    ["__match_args__", fields],
  ]);
  // A function of the host's own, so that arguments are bound, and missed, as in a `def`.
  const code = new r.FunctionCode(
    "__new__",
    `${typename}.__new__`,
    1,
    namedTupleSource,
    new Map([["__name__", `namedtuple_${typename}`]]),
    null,
    0,
    ["_cls", ...names],
    [],
    null,
    null,
    [],
    [],
    0,
    `Create new instance of ${typename}(${names.join(", ")})`,
  );
  const make = (cls: Value, items: readonly Value[]) => new PyTuple(items, cls as PyType);
  attrs.set(
    "__new__",
    new r.PyFunction(
      code,
      (cls, ...items) => make(cls!, items as Value[]),
      defaults.length ? defaults : null,
      null,
      [],
    ),
  );
  names.forEach((name, i) => attrs.set(name, new TupleGetter(i)));
  const t = r.newType(r.typeType, typename, [r.tupleType], attrs, null);
  const fromArray = (cls: PyType, items: Value[]) => {
    if (items.length !== size) throw typeError(`Expected ${size} arguments, got ${items.length}`);
    return make(cls, items);
  };
  const own = (name: string, signature: string, impl: r.NativeImpl) =>
    t.attrs.set(name, method(t, name, signature, impl));
  t.attrs.set(
    "_make",
    new PyClassMethod(
      method(t, "_make", "iterable, /", (cls: PyType, it: Value) => fromArray(cls, r.collect(it))),
    ),
  );
  own("_replace", "**kwds", (self: r.PyTuple, kw: Map<string, Value>) => {
    const items = names.map((name, i) => {
      const v = kw.get(name);
      kw.delete(name);
      return v === undefined ? self.items[i] : v;
    });
    if (kw.size > 0) {
      throw valueError(`Got unexpected field names: [${[...kw.keys()].map((k) => r.repr(k)).join(", ")}]`);
    }
    return make(self.cls, items);
  });
  own("_asdict", "", (self: r.PyTuple) => PyDict.of(names.map((name, i) => [name, self.items[i]] as const)));
  own("__getnewargs__", "", (self: r.PyTuple) => new PyTuple(self.items));
  own(
    "__repr__",
    "",
    (self: r.PyTuple) =>
      `${self.cls.name}(${names.map((name, i) => `${name}=${r.repr(self.items[i])}`).join(", ")})`,
  );
  t.invalidate();
  return t;
}

/** Counts elements into a dict, for Counter. */
function countElements(mapping: Value, iterable: Value): Value {
  if (mapping instanceof PyDict) {
    const get = mapping.cls.lookup("get");
    const plain = get === dictType.attrs.get("get");
    if (plain) {
      for (const v of r.iterate(iterable)) mapping.set(v, r.add(mapping.get(v) ?? 0, 1));
      return null;
    }
  }
  for (const v of r.iterate(iterable)) {
    r.setitem(mapping, v, r.add(r.callMethod(mapping, "get", [v, 0]), 1));
  }
  return null;
}

registerModule("_collections", () =>
  moduleOf("_collections", {
    OrderedDict: orderedDictType,
    defaultdict: defaultDictType,
    deque: dequeType,
    namedtuple: fn(
      "namedtuple",
      "typename, field_names, *, rename=False, defaults=None, module=None",
      namedtuple,
    ),
    _count_elements: fn("_count_elements", "mapping, iterable, /", countElements),
  }));
