/**
 * The root of the object model: values, objects, types, and how an attribute is found along an MRO.
 * Leaf values (None, bool, int, float, complex, str) are those of core/scalar.ts; everything else is a PyObject,
 * or a foreign JS object whose Python type was given by `registerForeignType`.
 */
import type { ClassDef } from "../../compiler/syntax/ast.ts";
import type { Source } from "../../core/source.ts";
import { Complex, Float } from "../../core/scalar.ts";

/** Any Python value. `undefined` is never one: it means absent. */
export type Value = null | boolean | number | bigint | string | object;

/** Keyword arguments of one call; null when there are none. */
export type Kwargs = Map<string, Value> | null;

/** Attribute tables. Keys are strings except where Python code puts something else into a `__dict__`. */
export type Attrs = Map<unknown, Value>;

/** What the MRO look-up caches for a name no class has. */
const ABSENT = Symbol("absent");

/** Where foreign objects keep their Python type (on the prototype, or own for subclasses) and attributes. */
export const PYTYPE = Symbol("python type");
export const FOREIGN_ATTRS = Symbol("python attributes");

/** 0 not a descriptor, 1 has `__get__` only, 2 has `__set__` or `__delete__` (wins over the instance's dict). */
export type DescriptorKind = 0 | 1 | 2;

export class PyObject {
  /** The instance `__dict__`'s storage; null for objects without one. */
  attrs: Attrs | null = null;
  constructor(public cls: PyType) {}

  /** Native descriptors override these three; instances of user classes go by their class's hooks. */
  descriptorKind(): DescriptorKind {
    return this.cls.instanceDescriptorKind();
  }
  /** `self` is undefined when the attribute is taken from the class itself. */
  descriptorGet(self: Value | undefined, owner: PyType): Value {
    return userDescriptor.get(this, self, owner);
  }
  descriptorSet(self: Value, value: Value): void {
    userDescriptor.set(this, self, value);
  }
  descriptorDelete(self: Value): void {
    userDescriptor.delete(this, self);
  }
}

/** How `__get__`, `__set__`, `__delete__` written in Python are called; attributes.ts fills it in. */
export const userDescriptor: {
  get(d: PyObject, self: Value | undefined, owner: PyType): Value;
  set(d: PyObject, self: Value, value: Value): void;
  delete(d: PyObject, self: Value): void;
} = {
  get: (d) => d,
  set: () => {},
  delete: () => {},
};

/** An instance of a user class (or of `object`). */
export class PyInstance extends PyObject {
  /** Values of `__slots__` members, made when the first is set. */
  slots: Map<string, Value> | null = null;
}

/** How dict and set treat keys of a type. */
export const enum HashKind {
  Unknown,
  Identity,
  Custom,
  Unhashable,
}

export class PyType extends PyObject {
  mro: PyType[];
  override attrs: Map<unknown, Value>;
  subclasses: PyType[] = [];
  /** True for types made by a class statement or by type(): their attributes may be set. */
  heap = false;
  /** Whether instances have a `__dict__`. */
  hasDict = false;
  /** Native types that may not be subclassed (bool, NoneType, function...). */
  final = false;
  /** Makes an empty instance; inherited from the nearest native base. */
  alloc: (cls: PyType) => Value;
  /** The native type whose layout instances have. */
  layout: PyType;
  /** The class statement, for types made by one. */
  node: ClassDef | undefined;
  source: Source | undefined;

  private cache = new Map<string, Value | typeof ABSENT>();
  private hooks: TypeHooks | undefined;

  constructor(public name: string, public bases: PyType[], attrs?: Map<unknown, Value>, meta?: PyType) {
    super(meta as PyType);
    this.attrs = attrs ?? new Map();
    this.mro = bases.length === 0 ? [this] : bases.length === 1 ? [this, ...bases[0].mro] : [];
    this.alloc = bases.length ? bases[0].alloc : (cls) => new PyInstance(cls);
    this.layout = bases.length ? bases[0].layout : this;
    for (const b of bases) b.subclasses.push(this);
  }

  get base(): PyType | null {
    return this.bases.length ? this.bases[0] : null;
  }

  /** The attribute as stored in the first class of the MRO that has it; no descriptor is called. */
  lookup(name: string): Value | undefined {
    const hit = this.cache.get(name);
    if (hit !== undefined) return hit === ABSENT ? undefined : hit as Value;
    const mro = this.mro;
    for (let i = 0; i < mro.length; i++) {
      const v = mro[i].attrs.get(name);
      if (v !== undefined) {
        this.cache.set(name, v);
        return v;
      }
    }
    this.cache.set(name, ABSENT);
    return undefined;
  }

  /** The class of the MRO whose own dict has the name. */
  definer(name: string): PyType | undefined {
    return this.mro.find((c) => c.attrs.has(name));
  }

  isSubtypeOf(other: PyType): boolean {
    return this === other || this.mro.includes(other);
  }

  /** To be called after `attrs` or `mro` of the type changed. */
  invalidate(): void {
    this.cache.clear();
    this.hooks = undefined;
    for (const s of this.subclasses) s.invalidate();
  }

  setOwn(name: string, value: Value): void {
    this.attrs.set(name, value);
    this.invalidate();
  }

  /** Special methods that steer every attribute access, resolved once. */
  get access(): TypeHooks {
    return this.hooks ??= new TypeHooks(this);
  }

  instanceDescriptorKind(): DescriptorKind {
    return this.access.descriptorKind;
  }

  get module(): string {
    const m = this.attrs.get("__module__");
    return typeof m === "string" ? m : "builtins";
  }
  get qualname(): string {
    const q = this.attrs.get("__qualname__");
    return typeof q === "string" ? q : this.name;
  }
  /** `module.qualname`, without the module for builtins. */
  get fullName(): string {
    return this.module === "builtins" ? this.qualname : `${this.module}.${this.qualname}`;
  }
}

/** A type's special methods that differ from object's own, for quick tests at each access. */
export class TypeHooks {
  readonly getattribute: Value | undefined;
  readonly getattr: Value | undefined;
  readonly setattr: Value | undefined;
  readonly delattr: Value | undefined;
  readonly descriptorKind: DescriptorKind;
  readonly hashKind: HashKind;
  /** True when an attribute can be read without calling any hook. */
  readonly plainGet: boolean;
  constructor(t: PyType) {
    const differs = (name: string) => {
      const v = t.lookup(name);
      return v === objectType.attrs.get(name) ? undefined : v;
    };
    this.getattribute = differs("__getattribute__");
    this.getattr = t.lookup("__getattr__");
    this.setattr = differs("__setattr__");
    this.delattr = differs("__delattr__");
    this.plainGet = this.getattribute === undefined;
    this.descriptorKind = t.lookup("__set__") !== undefined || t.lookup("__delete__") !== undefined
      ? 2
      : t.lookup("__get__") !== undefined
      ? 1
      : 0;
    const h = t.lookup("__hash__");
    this.hashKind = h === null
      ? HashKind.Unhashable
      : h === objectType.attrs.get("__hash__") && t.lookup("__eq__") === objectType.attrs.get("__eq__")
      ? HashKind.Identity
      : HashKind.Custom;
  }
}

export const objectType: PyType = new PyType("object", []);
export const typeType: PyType = new PyType("type", [objectType]);
objectType.cls = typeType;
typeType.cls = typeType;
typeType.alloc = (cls) => new PyType("", [objectType], undefined, cls);
typeType.layout = typeType;

/** A native type. Its instances are allocated as `alloc` says, so user subclasses of it are too. */
export function nativeType(
  name: string,
  options: {
    base?: PyType;
    alloc?: (cls: PyType) => Value;
    final?: boolean;
    module?: string;
    hasDict?: boolean;
  } = {},
): PyType {
  const t = new PyType(name, [options.base ?? objectType], undefined, typeType);
  if (options.alloc) {
    t.alloc = options.alloc;
    t.layout = t;
  }
  t.final = options.final ?? false;
  t.hasDict = options.hasDict ?? options.base?.hasDict ?? false;
  t.attrs.set("__module__", options.module ?? "builtins");
  return t;
}

export const noneType = nativeType("NoneType", { final: true });
export const intType = nativeType("int", { alloc: (cls) => new PyIntObject(cls, 0) });
export const boolType = nativeType("bool", { base: intType, final: true });
export const floatType = nativeType("float", { alloc: (cls) => new PyFloatObject(cls, 0) });
export const complexType = nativeType("complex", {
  alloc: (cls) => new PyComplexObject(cls, new Complex(0, 0)),
});
export const strType = nativeType("str", { alloc: (cls) => new PyStrObject(cls, "") });

/** Instances of user subclasses of int, float, complex and str. The plain values are never boxed. */
export class PyIntObject extends PyInstance {
  constructor(cls: PyType, public value: number | bigint) {
    super(cls);
  }
}
export class PyFloatObject extends PyInstance {
  constructor(cls: PyType, public value: number) {
    super(cls);
  }
}
export class PyComplexObject extends PyInstance {
  constructor(cls: PyType, public value: Complex) {
    super(cls);
  }
}
export class PyStrObject extends PyInstance {
  constructor(cls: PyType, public value: string) {
    super(cls);
  }
}

class NotImplementedClass extends PyObject {}
export const notImplementedType = nativeType("NotImplementedType", { final: true });
/** Python's `NotImplemented`: a binary method's answer that the other operand shall try. */
export const NotImplementedValue: PyObject = new NotImplementedClass(notImplementedType);
export const ellipsisType = nativeType("ellipsis", { final: true });
export const Ellipsis: PyObject = new PyObject(ellipsisType);

(Float.prototype as any)[PYTYPE] = floatType;
(Complex.prototype as any)[PYTYPE] = complexType;

/** Tells that instances of a JS class (Tensor, Device...) are Python objects of the type `t`. */
export function registerForeignType(jsClass: { prototype: object }, t: PyType): void {
  Object.defineProperty(jsClass.prototype, PYTYPE, {
    value: t,
    configurable: true,
    writable: true,
    enumerable: false,
  });
}

/** Gives one foreign object a type of its own: an instance of a Python subclass of the foreign type. */
export function setForeignType(object: object, t: PyType): void {
  Object.defineProperty(object, PYTYPE, { value: t, configurable: true, writable: true, enumerable: false });
}

export function typeOf(v: Value): PyType {
  if (v instanceof PyObject) return v.cls;
  switch (typeof v) {
    case "number":
    case "bigint":
      return intType;
    case "string":
      return strType;
    case "boolean":
      return boolType;
  }
  if (v === null) return noneType;
  const t = (v as any)?.[PYTYPE];
  if (t === undefined) throw new TypeError(`not a Python value: ${describe(v)}`);
  return t;
}

function describe(v: unknown): string {
  return v === undefined ? "undefined" : typeof v === "object" ? v?.constructor?.name ?? "object" : typeof v;
}

/** The instance dict's storage, or null if the object has none. */
export function attrsOf(v: Value): Attrs | null {
  if (v instanceof PyObject) return v.attrs;
  if (typeof v === "object" && v !== null) return (v as any)[FOREIGN_ATTRS] ?? null;
  return null;
}

/** As `attrsOf`, making the table where the type allows attributes and there is none yet. */
export function attrsForWrite(v: Value): Attrs | null {
  if (v instanceof PyObject) return v.attrs ?? (v.cls.hasDict ? v.attrs = new Map() : null);
  if (typeof v === "object" && v !== null && typeOf(v).hasDict) {
    const existing = (v as any)[FOREIGN_ATTRS];
    if (existing) return existing;
    const made: Attrs = new Map();
    Object.defineProperty(v, FOREIGN_ATTRS, {
      value: made,
      configurable: true,
      writable: true,
      enumerable: false,
    });
    return made;
  }
  return null;
}

/** True if `v` is an instance of `t` or of a subclass, by the MRO alone (no `__instancecheck__`). */
export function isInstance(v: Value, t: PyType): boolean {
  const c = typeOf(v);
  return c === t || c.mro.includes(t);
}

let nextId = 0x7f3a_0000_1000;
const ids = new WeakMap<object, number>();
/** `id(v)`: stable for an object's life. Equal leaf values share one. */
export function identity(v: Value): number {
  if (typeof v === "object" && v !== null) {
    let id = ids.get(v);
    if (id === undefined) ids.set(v, id = nextId += 16);
    return id;
  }
  if (v === null) return 0x9f1a40;
  if (typeof v === "boolean") return v ? 0x9f1a60 : 0x9f1a80;
  if (typeof v === "number" && Math.abs(v) < 2 ** 40) return 0xa00000 + v * 32;
  let h = 7;
  for (const c of String(v)) h = (h * 31 + c.charCodeAt(0)) % 0x3fffffffffff;
  return 0x100000 + h * 16;
}

/** The JS string of a str or an instance of a subclass of str; undefined for anything else. */
export function stringOf(v: Value | undefined): string | undefined {
  return typeof v === "string" ? v : v instanceof PyStrObject ? v.value : undefined;
}
