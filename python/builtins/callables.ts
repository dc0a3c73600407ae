/** Attributes and methods of functions, methods, code objects, properties, static and class methods, generators. */
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import type { PyCode, PyFrame } from "../runtime/traceback.ts";
import type { PyGetSet, PyMember } from "../runtime/attributes.ts";
import {
  classMethodType,
  getset,
  getsetType,
  memberType,
  methods,
  type PyClassMethod,
  type PyStaticMethod,
  staticMethodType,
} from "../runtime/native.ts";
import { addressOf, attrsDict } from "./type_support.ts";

const {
  builtinType,
  functionType,
  methodType,
  methodDescriptorType,
  nativeType,
  PyDict,
  PyTuple,
  typeError,
} = r;

// --- Functions ---

type F = r.PyFunction;
const text = (what: string, v: Value): string => {
  const s = r.stringOf(v);
  if (s === undefined) throw typeError(`${what} must be set to a string object`);
  return s;
};
getset(functionType, "__name__", (f: F) => f.name, (f: F, v) => void (f.name = text("__name__", v)));
getset(
  functionType,
  "__qualname__",
  (f: F) => f.qualname,
  (f: F, v) => void (f.qualname = text("__qualname__", v)),
);
getset(functionType, "__module__", (f: F) => f.module, (f: F, v) => void (f.module = v));
getset(
  functionType,
  "__doc__",
  (f: F) => f.doc,
  (f: F, v) => void (f.doc = v),
  (f: F) => void (f.doc = null),
);
getset(functionType, "__defaults__", (f: F) => f.defaults ? new PyTuple(f.defaults) : null, (f: F, v) => {
  f.defaults = v === null ? null : [...(v as r.PyTuple).items];
});
getset(
  functionType,
  "__kwdefaults__",
  (f: F) => f.kwdefaults ? new PyDict(f.kwdefaults as Map<unknown, Value>) : null,
  (f: F, v) => {
    f.kwdefaults = v === null ? null : (v as r.PyDict).map as Map<string, Value>;
  },
);
getset(functionType, "__annotations__", (f: F) => f.annotations ??= new PyDict(), (f: F, v) => {
  if (v !== null && !(v instanceof PyDict)) throw typeError("__annotations__ must be set to a dict object");
  f.annotations = v;
});
getset(functionType, "__code__", (f: F) => r.codeOf(f.code));
getset(functionType, "__globals__", (f: F) => attrsDict(f, f.globals));
getset(
  functionType,
  "__closure__",
  (f: F) => f.cells.length ? new PyTuple(f.cells.map((c) => new r.PyCell(c))) : null,
);
getset(
  functionType,
  "__dict__",
  (f: F) => attrsDict(f, r.attrsForWrite(f)!),
  (f: F, v) => void (f.attrs = (v as r.PyDict).map),
);
methods(functionType, {
  __call__: [
    "*args, **kwargs",
    (f: F, args: Value[], kw: Map<string, Value>) => r.call(f, args, kw.size ? kw : null),
  ],
  __get__: ["obj, type=None, /", (f: F, self: Value) => self === null ? f : new r.PyBoundMethod(f, self)],
  __repr__: ["", (f: F) => `<function ${f.qualname} at ${addressOf(f)}>`],
});

getset(r.cellType, "cell_contents", (c: r.PyCell) => {
  if (c.cell.v === undefined) throw r.valueError("Cell is empty");
  return c.cell.v;
}, (c: r.PyCell, v) => void (c.cell.v = v));

// --- Bound methods ---

type M = r.PyBoundMethod;
getset(methodType, "__func__", (m: M) => m.func);
getset(methodType, "__self__", (m: M) => m.self);
methods(methodType, {
  __new__: ["function, instance, /", (_cls: PyType, f: Value, self: Value) => new r.PyBoundMethod(f, self)],
  __init__: ["*args", () => null],
  __call__: [
    "*args, **kwargs",
    (m: M, args: Value[], kw: Map<string, Value>) => r.call(m.func, [m.self, ...args], kw.size ? kw : null),
  ],
  __getattr__: ["name, /", (m: M, name: string) => r.getattr(m.func, name)],
  __eq__: [
    "other, /",
    (a: M, b: Value) =>
      b instanceof r.PyBoundMethod ? a.func === b.func && a.self === b.self : r.NotImplementedValue,
  ],
  __hash__: ["", (m: M) => r.combineHashes([r.identity(m.self), r.identity(m.func)])],
  __repr__: ["", (m: M) => {
    const name = r.stringOf(r.findattr(m.func, "__qualname__")) ?? "?";
    return `<bound method ${name} of ${r.repr(m.self)}>`;
  }],
});
getset(methodType, "__doc__", (m: M) => r.findattr(m.func, "__doc__") ?? null);

// --- Native functions ---

type B = r.PyBuiltin;
getset(builtinType, "__name__", (b: B) => b.name);
getset(builtinType, "__qualname__", (b: B) => b.qualname);
getset(
  builtinType,
  "__module__",
  (b: B) => b.self === undefined ? b.module : null,
  (b: B, v) => void (b.module = v),
);
getset(builtinType, "__self__", (b: B) => b.self ?? null);
getset(builtinType, "__doc__", (b: B) => b.doc, (b: B, v) => void (b.doc = v as string));
getset(builtinType, "__text_signature__", () => null);
methods(builtinType, {
  __call__: [
    "*args, **kwargs",
    (b: B, args: Value[], kw: Map<string, Value>) => b.fn(args, kw.size ? kw : null),
  ],
  __repr__: [
    "",
    (b: B) =>
      b.self === undefined
        ? `<built-in function ${b.name}>`
        : `<built-in method ${b.name} of ${r.typeOf(b.self).name} object at ${addressOf(b.self)}>`,
  ],
  __eq__: [
    "other, /",
    (a: B, b: Value) =>
      a === b || (b instanceof r.PyBuiltin && a.self !== undefined && a.self === b.self && a.name === b.name),
  ],
  __hash__: [
    "",
    (b: B) =>
      b.self === undefined ? r.identity(b) / 16 : r.combineHashes([r.identity(b.self), r.hashValue(b.name)]),
  ],
});
type D = r.PyMethodDescriptor;
getset(methodDescriptorType, "__name__", (d: D) => d.name);
getset(methodDescriptorType, "__qualname__", (d: D) => `${d.owner.name}.${d.name}`);
getset(methodDescriptorType, "__objclass__", (d: D) => d.owner);
getset(methodDescriptorType, "__doc__", (d: D) => d.doc);
methods(methodDescriptorType, {
  __call__: [
    "*args, **kwargs",
    (d: D, args: Value[], kw: Map<string, Value>) => d.invoke(args, kw.size ? kw : null),
  ],
  __get__: ["obj, type=None, /", (d: D, self: Value) => d.descriptorGet(self === null ? undefined : self)],
  __repr__: ["", (d: D) => `<method '${d.name}' of '${d.owner.name}' objects>`],
});
for (const t of [getsetType, memberType]) {
  getset(t, "__name__", (g: PyGetSet | PyMember) => g.name);
  getset(t, "__objclass__", (g: PyGetSet | PyMember) => g.owner);
  methods(t, {
    __get__: ["obj, type=None, /", (g: PyGetSet, self: Value) => self === null ? g : g.descriptorGet(self)],
    __set__: ["obj, value, /", (g: PyGetSet, self: Value, v: Value) => (g.descriptorSet(self, v), null)],
    __delete__: ["obj, /", (g: PyGetSet, self: Value) => (g.descriptorDelete(self), null)],
    __repr__: [
      "",
      (g: PyGetSet) =>
        `<${g.cls === memberType ? "member" : "attribute"} '${g.name}' of '${g.owner.name}' objects>`,
    ],
  });
}

// --- property ---

export const propertyType: PyType = nativeType("property", { alloc: (cls) => new PyProperty(cls) });

export class PyProperty extends r.PyObject {
  fget: Value = null;
  fset: Value = null;
  fdel: Value = null;
  doc: Value = null;
  name: string | null = null;
  constructor(cls: PyType = propertyType) {
    super(cls);
  }
  override descriptorKind(): 2 {
    return 2;
  }
  override descriptorGet(self: Value | undefined): Value {
    if (self === undefined) return this;
    if (this.fget === null) throw this.missing("getter", self);
    return r.call1(this.fget, self);
  }
  override descriptorSet(self: Value, v: Value): void {
    if (this.fset === null) throw this.missing("setter", self);
    r.call(this.fset, [self, v]);
  }
  override descriptorDelete(self: Value): void {
    if (this.fdel === null) throw this.missing("deleter", self);
    r.call(this.fdel, [self]);
  }
  private missing(what: string, self: Value) {
    const of = this.name ?? (this.fget === null ? null : r.stringOf(r.findattr(this.fget, "__name__")));
    const name = of ? `property '${of}' of '${r.typeOf(self).qualname}' object` : "property";
    return r.attributeError(`${name} has no ${what}`, self, of ?? "");
  }
  with(change: Partial<PyProperty>): PyProperty {
    const p = new PyProperty(this.cls);
    Object.assign(
      p,
      { fget: this.fget, fset: this.fset, fdel: this.fdel, doc: this.doc, name: this.name },
      change,
    );
    return p;
  }
}
methods(propertyType, {
  __init__: [
    "fget=None, fset=None, fdel=None, doc=None",
    (p: PyProperty, g?: Value, s?: Value, d?: Value, doc?: Value) => {
      p.fget = g ?? null;
      p.fset = s ?? null;
      p.fdel = d ?? null;
      p.doc = doc ?? (g ? r.findattr(g, "__doc__") ?? null : null);
      return null;
    },
  ],
  getter: ["f, /", (p: PyProperty, f: Value) => p.with({ fget: f })],
  setter: ["f, /", (p: PyProperty, f: Value) => p.with({ fset: f })],
  deleter: ["f, /", (p: PyProperty, f: Value) => p.with({ fdel: f })],
  __set_name__: ["owner, name, /", (p: PyProperty, _o: Value, name: string) => {
    p.name = name;
    return null;
  }],
  __get__: [
    "obj, type=None, /",
    (p: PyProperty, self: Value) => p.descriptorGet(self === null ? undefined : self),
  ],
  __set__: ["obj, value, /", (p: PyProperty, self: Value, v: Value) => (p.descriptorSet(self, v), null)],
  __delete__: ["obj, /", (p: PyProperty, self: Value) => (p.descriptorDelete(self), null)],
});
for (const n of ["fget", "fset", "fdel"] as const) getset(propertyType, n, (p: PyProperty) => p[n]);
getset(propertyType, "__doc__", (p: PyProperty) => p.doc, (p: PyProperty, v) => void (p.doc = v));
getset(
  propertyType,
  "__isabstractmethod__",
  (p: PyProperty) =>
    [p.fget, p.fset, p.fdel].some((f) =>
      f !== null && r.truth(r.findattr(f, "__isabstractmethod__") ?? false)
    ),
);

// --- staticmethod, classmethod ---

for (const t of [staticMethodType, classMethodType]) {
  methods(t, {
    __init__: ["function, /", (m: PyStaticMethod | PyClassMethod, f: Value) => {
      m.func = f;
      return null;
    }],
    __get__: [
      "obj, type=None, /",
      (m: PyStaticMethod | PyClassMethod, self: Value, owner?: Value) =>
        m.descriptorGet(self === null ? undefined : self, (owner ?? r.typeOf(self)) as PyType),
    ],
    __getattr__: ["name, /", (m: PyStaticMethod, name: string) => {
      if (["__name__", "__qualname__", "__doc__", "__module__", "__annotations__"].includes(name)) {
        return r.getattr(m.func, name);
      }
      throw r.missingAttribute(m, name);
    }],
    __repr__: ["", (m: PyStaticMethod) => `<${t.name}(${r.repr(m.func)})>`],
  });
  for (const n of ["__func__", "__wrapped__"]) getset(t, n, (m: PyStaticMethod) => m.func);
  getset(
    t,
    "__isabstractmethod__",
    (m: PyStaticMethod) => r.truth(r.findattr(m.func, "__isabstractmethod__") ?? false),
  );
}
methods(staticMethodType, {
  __call__: [
    "*args, **kwargs",
    (m: PyStaticMethod, args: Value[], kw: Map<string, Value>) => r.call(m.func, args, kw.size ? kw : null),
  ],
});

// --- Code objects ---

type C = PyCode;
const codeAttributes: Record<string, (c: C) => Value> = {
  co_name: (c) => c.code.name,
  co_qualname: (c) => c.code.qualname,
  co_filename: (c) => c.code.filename,
  co_firstlineno: (c) => c.code.firstLine,
  co_argcount: (c) => c.code.positional.length,
  co_posonlyargcount: (c) => c.code.posonly,
  co_kwonlyargcount: (c) => c.code.kwonly.length,
  co_nlocals: (c) => c.code.params.length + c.code.locals.length,
  co_varnames: (c) => new PyTuple([...c.code.params, ...c.code.locals]),
  co_freevars: (c) => new PyTuple(c.code.freevars),
  co_cellvars: () => r.EMPTY_TUPLE,
  co_names: () => r.EMPTY_TUPLE,
  co_consts: () => r.EMPTY_TUPLE,
  co_code: (c) =>
    new r.PyBytes(
      new TextEncoder().encode(c.code.source.text.slice(c.code.node?.start ?? 0, c.code.node?.end ?? 0)),
    ),
  co_flags: (c) => (c.code.vararg ? 4 : 0) | (c.code.kwarg ? 8 : 0) | c.code.flags | 3,
};
for (const [name, get] of Object.entries(codeAttributes)) getset(r.codeType, name, get);
methods(r.codeType, {
  __repr__: [
    "",
    (c: C) =>
      `<code object ${c.code.name} at ${addressOf(c)}, file "${c.code.filename}", line ${c.code.firstLine}>`,
  ],
});
methods(r.frameType, {
  __repr__: [
    "",
    (f: PyFrame) =>
      `<frame at ${addressOf(f)}, file '${f.code.filename}', line ${f.line}, code ${f.code.name}>`,
  ],
});
