/** Methods of object, type, function, method, property, and the other types classes are made of. */
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { metaCall, objectNew } from "../runtime/types.ts";
import { getset, methods, PyClassMethod, PyStaticMethod, rawFn } from "../runtime/native.ts";
import { addressOf, attrsDict, unionOf } from "./type_support.ts";

const { objectType, typeType, PyDict, PyList, PyTuple, typeError } = r;

function makeInstance(cls: PyType): Value {
  const abstract = cls.attrs.get("__abstractmethods__") ?? cls.lookup("__abstractmethods__");
  if (abstract !== undefined && r.truth(abstract)) {
    const names = (r.collect(abstract) as string[]).sort();
    throw typeError(
      `Can't instantiate abstract class ${cls.name} with abstract method${names.length === 1 ? "" : "s"} ${
        names.join(", ")
      }`,
    );
  }
  return cls.alloc(cls);
}
objectNew.make = makeInstance;

const defaultNew = new PyStaticMethod(rawFn("__new__", (args, kw) => {
  const cls = args[0];
  if (!(cls instanceof r.PyType)) throw typeError("object.__new__(X): X is not a type object");
  if (args.length > 1 || (kw && kw.size)) {
    if (cls.lookup("__new__") !== objectNew.method) {
      throw typeError("object.__new__() takes exactly one argument (the type to instantiate)");
    }
    if (cls.lookup("__init__") === objectNew.init) throw typeError(`${cls.name}() takes no arguments`);
  }
  return makeInstance(cls);
}));
objectType.attrs.set("__new__", defaultNew);
objectNew.method = defaultNew;

methods(objectType, {
  __init__: ["*args, **kwargs", (self: Value, args: Value[], kw: Map<string, Value>) => {
    if (args.length || kw.size) {
      const t = r.typeOf(self);
      if (t.lookup("__init__") !== objectNew.init) {
        throw typeError("object.__init__() takes exactly one argument (the instance to initialize)");
      }
      if (t.lookup("__new__") === objectNew.method) {
        throw typeError(`${t.name}.__init__() takes exactly one argument (the instance to initialize)`);
      }
    }
    return null;
  }],
  __repr__: ["", (self: Value) => `<${qualified(r.typeOf(self))} object at ${addressOf(self)}>`],
  __str__: ["", (self: Value) => r.repr(self)],
  __format__: ["spec, /", (self: Value, spec: string) => {
    if (spec !== "") throw typeError(`unsupported format string passed to ${r.typeOf(self).name}.__format__`);
    return r.str(self);
  }],
  __eq__: ["other, /", (self: Value, other: Value) => self === other ? true : r.NotImplementedValue],
  __ne__: ["other, /", (self: Value, other: Value) => {
    const e = r.callSpecial(self, "__eq__", other);
    return e === undefined || e === r.NotImplementedValue ? r.NotImplementedValue : !r.truth(e);
  }],
  __lt__: ["other, /", () => r.NotImplementedValue],
  __le__: ["other, /", () => r.NotImplementedValue],
  __gt__: ["other, /", () => r.NotImplementedValue],
  __ge__: ["other, /", () => r.NotImplementedValue],
  __hash__: ["", (self: Value) => Math.floor(r.identity(self) / 16)],
  __getattribute__: ["name, /", (self: Value, name: Value) => r.genericGetattr(self, r.stringOf(name)!)],
  __setattr__: ["name, value, /", (self: Value, name: Value, value: Value) => {
    r.genericSetattr(self, r.stringOf(name)!, value);
    return null;
  }],
  __delattr__: ["name, /", (self: Value, name: Value) => {
    r.genericDelattr(self, r.stringOf(name)!);
    return null;
  }],
  __dir__: ["", (self: Value) => {
    const names = new Set<string>();
    for (const k of r.attrsOf(self)?.keys() ?? []) if (typeof k === "string") names.add(k);
    for (const t of r.typeOf(self).mro) for (const k of t.attrs.keys()) names.add(k as string);
    return new PyList([...names].sort());
  }],
  __reduce_ex__: ["protocol, /", (self: Value) => {
    const t = r.typeOf(self);
    const state = r.attrsOf(self);
    const copyreg = r.fn("_reconstruct", "cls", (cls: PyType) => cls.alloc(cls));
    return new PyTuple([copyreg, new PyTuple([t]), state ? new PyDict(new Map(state)) : null]);
  }],
  __sizeof__: ["", () => 16],
});
objectNew.init = objectType.attrs.get("__init__");
objectType.attrs.set(
  "__init_subclass__",
  new PyClassMethod(rawFn("__init_subclass__", (args, kw) => {
    if (kw && kw.size) {
      throw typeError(`${(args[0] as PyType).name}.__init_subclass__() takes no keyword arguments`);
    }
    return null;
  })),
);
objectType.attrs.set(
  "__subclasshook__",
  new PyClassMethod(rawFn("__subclasshook__", () => r.NotImplementedValue)),
);
objectType.attrs.set("__doc__", null);
getset(objectType, "__class__", (self: Value) => r.typeOf(self), (self: Value, v: Value) => {
  if (!(v instanceof r.PyType)) {
    throw typeError(`__class__ must be set to a class, not '${r.typeOf(v).name}' object`);
  }
  const t = r.typeOf(self);
  if (v.layout !== t.layout) {
    throw typeError(`__class__ assignment: '${v.name}' object layout differs from '${t.name}'`);
  }
  if (self instanceof r.PyObject) self.cls = v;
  else r.setForeignType(self as object, v);
});
getset(objectType, "__dict__", (self: Value) => {
  const a = r.attrsForWrite(self);
  if (a === null) throw r.missingAttribute(self, "__dict__");
  return attrsDict(self, a);
}, (self: Value, v: Value) => {
  if (!(v instanceof PyDict)) {
    throw typeError(`__dict__ must be set to a dictionary, not a '${r.typeOf(v).name}'`);
  }
  if (self instanceof r.PyObject) {
    self.attrs = v.map;
    return;
  }
  const a = r.attrsForWrite(self)!;
  a.clear();
  for (const [k, x] of v.map) a.set(k, x);
});
objectType.invalidate();

function qualified(t: PyType): string {
  return `${t.module}.${t.qualname}`;
}

// --- type ---

methods(typeType, {
  __new__: ["name, bases=None, dict=None, /, **kwargs", (
    meta: PyType,
    name: Value,
    bases: Value | undefined,
    ns: Value | undefined,
    kw: Map<string, Value>,
  ) => {
    if (bases === undefined) return r.typeOf(name);
    const text = r.stringOf(name);
    if (text === undefined) {
      throw typeError(`type.__new__() argument 1 must be str, not ${r.typeOf(name).name}`);
    }
    if (!(bases instanceof PyTuple)) {
      throw typeError(`type.__new__() argument 2 must be tuple, not ${r.typeOf(bases).name}`);
    }
    if (!(ns instanceof PyDict)) {
      throw typeError(`type.__new__() argument 3 must be dict, not ${r.typeOf(ns!).name}`);
    }
    if (!ns.map.has("__module__")) {
      const module = r.currentFrame()?.globals.get("__name__");
      ns = new PyDict(new Map(ns.map));
      if (module !== undefined) (ns as r.PyDict).map.set("__module__", module);
    }
    return r.newType(meta, text, bases.items.slice(), (ns as r.PyDict).map, kw.size ? kw : null);
  }],
  __init__: ["*args, **kwargs", () => null],
  __call__: [
    "*args, **kwargs",
    (cls: PyType, args: Value[], kw: Map<string, Value>) => r.callTypeDefault(cls, args, kw.size ? kw : null),
  ],
  __repr__: ["", (t: PyType) => `<class '${t.fullName}'>`],
  __instancecheck__: ["instance, /", (t: PyType, v: Value) => r.isInstance(v, t) || classAttribute(v, t)],
  __subclasscheck__: ["cls, /", (t: PyType, v: Value) => v instanceof r.PyType && v.isSubtypeOf(t)],
  __or__: ["other, /", (a: Value, b: Value) => unionOf(a, b)],
  __ror__: ["other, /", (a: Value, b: Value) => unionOf(b, a)],
  mro: ["", (t: PyType) => new PyList(r.computeMro(t))],
  __subclasses__: ["", (t: PyType) => new PyList(t.subclasses.slice())],
  __dir__: ["", (t: PyType) => {
    const names = new Set<string>();
    for (const c of t.mro) for (const k of c.attrs.keys()) names.add(k as string);
    return new PyList([...names].sort());
  }],
});
// type.__call__ is skipped in the usual case.
metaCall.method = typeType.attrs.get("__call__");
typeType.attrs.set("__prepare__", new PyClassMethod(rawFn("__prepare__", () => new PyDict())));

/** An object whose `__class__` is not its type (a mock, a proxy). */
function classAttribute(v: Value, t: PyType): boolean {
  if (!(v instanceof r.PyObject) || !v.cls.heap) return false;
  const c = v.cls.lookup("__class__");
  if (c === objectType.attrs.get("__class__")) return false;
  const claimed = r.findattr(v, "__class__");
  return claimed instanceof r.PyType && claimed.isSubtypeOf(t);
}

function typeOnly(name: string, get: (t: PyType) => Value, set?: (t: PyType, v: Value) => void): void {
  getset(typeType, name, get, set);
}
function requireHeap(t: PyType, name: string): void {
  if (!t.heap) throw typeError(`cannot set '${name}' attribute of immutable type '${t.name}'`);
}
typeOnly("__name__", (t) => t.name, (t, v) => {
  requireHeap(t, "__name__");
  const text = r.stringOf(v);
  if (text === undefined) {
    throw typeError(`can only assign string to ${t.name}.__name__, not '${r.typeOf(v).name}'`);
  }
  t.name = text;
});
typeOnly("__qualname__", (t) => t.qualname, (t, v) => {
  requireHeap(t, "__qualname__");
  t.setOwn("__qualname__", v);
});
typeOnly("__module__", (t) => t.attrs.get("__module__") ?? "builtins", (t, v) => t.setOwn("__module__", v));
typeOnly("__mro__", (t) => new PyTuple(t.mro));
typeOnly("__bases__", (t) => new PyTuple(t.bases), (t, v) => {
  requireHeap(t, "__bases__");
  const bases = (v as r.PyTuple).items as PyType[];
  for (const b of t.bases) b.subclasses = b.subclasses.filter((s) => s !== t);
  t.bases = [...bases];
  for (const b of bases) b.subclasses.push(t);
  t.mro = r.computeMro(t);
  t.invalidate();
});
typeOnly("__base__", (t) => t.base);
typeOnly("__dict__", (t) => attrsDict(t, t.attrs));
typeOnly("__doc__", (t) => t.attrs.get("__doc__") ?? null, (t, v) => t.setOwn("__doc__", v));
typeOnly("__annotations__", (t) => {
  let a = t.attrs.get("__annotations__");
  if (a === undefined) {
    if (!t.heap) throw r.missingAttribute(t, "__annotations__");
    t.attrs.set("__annotations__", a = new PyDict());
  }
  return a;
}, (t, v) => t.setOwn("__annotations__", v));
typeOnly("__abstractmethods__", (t) => {
  const a = t.attrs.get("__abstractmethods__");
  if (a === undefined) throw r.attributeError("__abstractmethods__", t, "__abstractmethods__");
  return a;
}, (t, v) => t.setOwn("__abstractmethods__", v));
typeOnly("__text_signature__", () => null);
typeOnly("__basicsize__", () => 16);
typeOnly("__flags__", () => 0);
