/** What several built-in types share: addresses in reprs, `__dict__` objects, unions and generic aliases of types. */
import * as r from "../runtime/mod.ts";
import type { Attrs, PyType, Value } from "../runtime/mod.ts";
import { getset, methods } from "../runtime/native.ts";

const { nativeType, PyDict, PyObject, PyTuple, typeError } = r;

/** `0x7f...`, as reprs show it. */
export function addressOf(v: Value): string {
  return "0x" + r.identity(v).toString(16).padStart(12, "0");
}

/** The dict object that shares an object's attribute table. For types a read-only view. */
export function attrsDict(owner: Value, attrs: Attrs): Value {
  if (owner instanceof r.PyType) return new PyMappingProxy(new PyDict(attrs));
  return r.dictOver(attrs);
}

export const mappingProxyType = nativeType("mappingproxy", {
  alloc: (cls) => new PyMappingProxy(new PyDict(), cls),
});

/** A read-only view of a mapping. */
export class PyMappingProxy extends PyObject {
  constructor(public mapping: Value, cls: PyType = mappingProxyType) {
    super(cls);
  }
}
const viaMapping = (name: string) => (self: PyMappingProxy, args: Value[], kw: Map<string, Value>): Value =>
  r.callMethod(self.mapping, name, args, kw.size ? kw : null);
const table: r.MethodTable = {
  __init__: ["mapping", (self: PyMappingProxy, m: Value) => {
    self.mapping = m;
    return null;
  }],
  __str__: ["", (self: PyMappingProxy) => r.str(self.mapping)],
  __repr__: ["", (self: PyMappingProxy) => `mappingproxy(${r.repr(self.mapping)})`],
};
for (
  const name of [
    "__getitem__",
    "__contains__",
    "__iter__",
    "__len__",
    "__reversed__",
    "__or__",
    "__ror__",
    "get",
    "keys",
    "values",
    "items",
    "copy",
  ]
) table[name] = ["*args, **kwargs", viaMapping(name)];
table.__eq__ = [
  "other, /",
  (self: PyMappingProxy, other: Value) =>
    r.richCompare("__eq__", self.mapping, other instanceof PyMappingProxy ? other.mapping : other),
];
methods(mappingProxyType, table);

// --- X | Y ---

export const unionType = nativeType("UnionType", { module: "types", final: true });

export class PyUnion extends PyObject {
  constructor(readonly args: readonly Value[]) {
    super(unionType);
  }
}

function isUnionMember(v: Value): boolean {
  return v === null || v instanceof r.PyType || v instanceof PyUnion || v instanceof PyGenericAlias;
}

/** `a | b` of types; NotImplemented if either is something else. */
export function unionOf(a: Value, b: Value): Value {
  if (!isUnionMember(a) || !isUnionMember(b)) return r.NotImplementedValue;
  const out: Value[] = [];
  for (const x of [a, b]) {
    for (const y of x instanceof PyUnion ? x.args : [x === null ? r.noneType : x]) {
      if (!out.some((z) => r.isEqual(z, y))) out.push(y);
    }
  }
  return out.length === 1 ? out[0] : new PyUnion(out);
}

function argumentName(v: Value): string {
  if (v === r.noneType) return "None";
  if (v === r.Ellipsis) return "...";
  if (v instanceof r.PyType) return v.fullName;
  if (v instanceof r.PyList) return `[${v.items.map(argumentName).join(", ")}]`;
  return r.repr(v);
}

methods(unionType, {
  __repr__: ["", (u: PyUnion) => u.args.map(argumentName).join(" | ")],
  __or__: ["other, /", (a: Value, b: Value) => unionOf(a, b)],
  __ror__: ["other, /", (a: Value, b: Value) => unionOf(b, a)],
  __eq__: [
    "other, /",
    (a: PyUnion, b: Value) =>
      b instanceof PyUnion
        ? a.args.length === b.args.length && a.args.every((x) => b.args.some((y) => r.isEqual(x, y)))
        : r.NotImplementedValue,
  ],
  __hash__: ["", (u: PyUnion) => r.hashSet(u.args)],
  __instancecheck__: [
    "instance, /",
    (u: PyUnion, v: Value) => u.args.some((t) => r.isInstance(v, t as PyType)),
  ],
  __subclasscheck__: [
    "cls, /",
    (u: PyUnion, v: Value) => u.args.some((t) => (v as PyType).isSubtypeOf(t as PyType)),
  ],
});
getset(unionType, "__args__", (u: PyUnion) => new PyTuple(u.args));
getset(unionType, "__parameters__", () => r.EMPTY_TUPLE);

// --- list[int] ---

export const genericAliasType = nativeType("GenericAlias", {
  module: "types",
  alloc: (cls) => new PyGenericAlias(null, [], cls),
});

export class PyGenericAlias extends PyObject {
  constructor(public origin: Value, public args: readonly Value[], cls: PyType = genericAliasType) {
    super(cls);
  }
}

function parametersOf(a: PyGenericAlias): Value[] {
  const out: Value[] = [];
  for (const x of a.args) {
    if (r.typeOf(x).name === "TypeVar") {
      if (!out.includes(x)) out.push(x);
    } else {
      const inner = x instanceof r.PyType ? undefined : r.findattr(x, "__parameters__");
      if (inner instanceof PyTuple) { for (const p of inner.items) if (!out.includes(p)) out.push(p); }
    }
  }
  return out;
}

methods(genericAliasType, {
  __new__: [
    "origin, args, /",
    (cls: PyType, origin: Value, args: Value) =>
      new PyGenericAlias(origin, args instanceof PyTuple ? args.items : [args], cls),
  ],
  __init__: ["*args", () => null],
  __repr__: ["", (a: PyGenericAlias) => {
    const inner = a.args.length ? a.args.map(argumentName).join(", ") : "()";
    return `${argumentName(a.origin)}[${inner}]`;
  }],
  __call__: ["*args, **kwargs", (a: PyGenericAlias, args: Value[], kw: Map<string, Value>) => {
    const o = r.call(a.origin, args, kw.size ? kw : null);
    try {
      r.setattr(o, "__orig_class__", a);
    } catch (e) {
      if (!r.isException(e, r.AttributeErrorType) && !r.isException(e, r.TypeErrorType)) throw e;
    }
    return o;
  }],
  __getitem__: ["item, /", (a: PyGenericAlias, item: Value) => {
    const params = parametersOf(a);
    if (params.length === 0) throw typeError(`${r.repr(a)} is not a generic class`);
    const items = item instanceof PyTuple ? item.items : [item];
    return new PyGenericAlias(
      a.origin,
      a.args.map((x) => {
        const i = params.indexOf(x);
        return i >= 0 ? items[i] : x;
      }),
    );
  }],
  __mro_entries__: ["bases, /", (a: PyGenericAlias) => new PyTuple([a.origin])],
  __or__: ["other, /", (a: Value, b: Value) => unionOf(a, b)],
  __ror__: ["other, /", (a: Value, b: Value) => unionOf(b, a)],
  __eq__: [
    "other, /",
    (a: PyGenericAlias, b: Value) =>
      b instanceof PyGenericAlias
        ? a.origin === b.origin && r.equalItems(a.args, b.args)
        : r.NotImplementedValue,
  ],
  __hash__: ["", (a: PyGenericAlias) => r.combineHashes([r.hashValue(a.origin), ...a.args.map(r.hashValue)])],
  __getattr__: ["name, /", (a: PyGenericAlias, name: string) => {
    if (name.startsWith("__") && name !== "__name__" && name !== "__qualname__" && name !== "__module__") {
      throw r.attributeError(`type object '${argumentName(a.origin)}' has no attribute '${name}'`, a, name);
    }
    return r.getattr(a.origin, name);
  }],
  __instancecheck__: ["instance, /", () => {
    throw typeError("isinstance() argument 2 cannot be a parameterized generic");
  }],
});
getset(genericAliasType, "__origin__", (a: PyGenericAlias) => a.origin);
getset(genericAliasType, "__args__", (a: PyGenericAlias) => new PyTuple(a.args));
getset(genericAliasType, "__parameters__", (a: PyGenericAlias) => new PyTuple(parametersOf(a)));

/** Gives a native type `__class_getitem__`, so that `list[int]` works. */
export function subscriptable(...types: PyType[]): void {
  for (const t of types) {
    r.classMethods(t, {
      __class_getitem__: [
        "item, /",
        (cls: PyType, item: Value) => new PyGenericAlias(cls, item instanceof PyTuple ? item.items : [item]),
      ],
    });
  }
}

r.typeAlias.make = (cls, item) => new PyGenericAlias(cls, item instanceof PyTuple ? item.items : [item]);
