/** Reading, writing and deleting attributes, with descriptors and the `__getattr__` family. */
import {
  attrsForWrite,
  attrsOf,
  type PyInstance,
  PyObject,
  PyType,
  typeOf,
  typeType,
  userDescriptor,
  type Value,
} from "./object.ts";
import { PyBoundMethod, PyFunction } from "./function.ts";
import { call, callSpecial } from "./call.ts";
import { attributeError, AttributeErrorType, isException, typeError } from "./exceptions.ts";

/** `o.name`; raises AttributeError. */
export function getattr(o: Value, name: string): Value {
  const t = typeOf(o);
  if (t.access.plainGet) {
    const d = t.lookup(name);
    if (d instanceof PyFunction && o instanceof PyObject && !(o instanceof PyType)) {
      const own = o.attrs === null ? undefined : o.attrs.get(name);
      return own !== undefined ? own : new PyBoundMethod(d, o);
    }
    const fallback = t.access.getattr;
    if (fallback === undefined) {
      const v = plainGet(o, t, name, d);
      if (v === undefined) throw missingAttribute(o, name);
      return v;
    }
    // A descriptor's own AttributeError leads to __getattr__ as well.
    const v = d instanceof PyObject && d.descriptorKind() === 2
      ? attempt(() => plainGet(o, t, name, d))
      : plainGet(o, t, name, d);
    return v !== undefined ? v : call(fallback, [o, name]);
  }
  return hookedGet(o, t, name);
}

/** What object.__getattribute__ (or type's, or a module's) finds; undefined instead of AttributeError. */
function plainGet(o: Value, t: PyType, name: string, d: Value | undefined): Value | undefined {
  if (o instanceof PyType) return typeAttribute(o, name, d);
  let kind = 0;
  if (d !== undefined && d instanceof PyObject) {
    kind = d.descriptorKind();
    if (kind === 2) return d.descriptorGet(o, t);
  }
  const own = attrsOf(o)?.get(name);
  if (own !== undefined) return own;
  if (kind === 1) return (d as PyObject).descriptorGet(o, t);
  return d;
}

function typeAttribute(o: PyType, name: string, metaAttr: Value | undefined): Value | undefined {
  let kind = 0;
  if (metaAttr !== undefined && metaAttr instanceof PyObject) {
    kind = metaAttr.descriptorKind();
    if (kind === 2) return metaAttr.descriptorGet(o, o.cls);
  }
  const v = o.lookup(name);
  if (v !== undefined) {
    return v instanceof PyObject && v.descriptorKind() !== 0 ? v.descriptorGet(undefined, o) : v;
  }
  if (kind === 1) return (metaAttr as PyObject).descriptorGet(o, o.cls);
  return metaAttr;
}

/** The result, or undefined if an AttributeError was raised. */
function attempt(f: () => Value | undefined): Value | undefined {
  try {
    return f();
  } catch (e) {
    if (isException(e, AttributeErrorType)) return undefined;
    throw e;
  }
}

function hookedGet(o: Value, t: PyType, name: string): Value {
  const h = t.access;
  if (h.getattr === undefined) return call(h.getattribute!, [o, name]);
  try {
    return call(h.getattribute!, [o, name]);
  } catch (e) {
    if (!isException(e, AttributeErrorType)) throw e;
    return call(h.getattr, [o, name]);
  }
}

/** object.__getattribute__: no `__getattr__`. */
export function genericGetattr(o: Value, name: string): Value {
  const t = typeOf(o);
  const v = plainGet(o, t, name, t.lookup(name));
  if (v === undefined) throw missingAttribute(o, name);
  return v;
}

export function missingAttribute(o: Value, name: string) {
  if (o instanceof PyType) {
    return attributeError(`type object '${o.name}' has no attribute '${name}'`, o, name);
  }
  if (typeOf(o).name === "module") {
    const m = attrsOf(o)?.get("__name__");
    return attributeError(`module '${typeof m === "string" ? m : "?"}' has no attribute '${name}'`, o, name);
  }
  return attributeError(`'${typeOf(o).name}' object has no attribute '${name}'`, o, name);
}

/** `o.name`, or undefined if there is no such attribute. */
export function findattr(o: Value, name: string): Value | undefined {
  const t = typeOf(o);
  if (t.access.plainGet && t.access.getattr === undefined) {
    const d = t.lookup(name);
    if (!(d instanceof PyObject) || d.descriptorKind() !== 2) return plainGet(o, t, name, d);
  }
  return attempt(() => getattr(o, name));
}

export function setattr(o: Value, name: string, value: Value): void {
  const t = typeOf(o);
  const hook = t.access.setattr;
  if (hook !== undefined && !(o instanceof PyType && t === typeType)) {
    if (hook instanceof PyFunction) {
      if (hook.arity === 3) hook.impl(o, name, value);
      else call(hook, [o, name, value]);
      return;
    }
    call(hook, [o, name, value]);
    return;
  }
  genericSetattr(o, name, value);
}

/** object.__setattr__ and type.__setattr__. */
export function genericSetattr(o: Value, name: string, value: Value): void {
  const t = typeOf(o);
  const d = t.lookup(name);
  if (d !== undefined && d instanceof PyObject && d.descriptorKind() === 2) return d.descriptorSet(o, value);
  if (o instanceof PyType) {
    if (!o.heap) throw typeError(`cannot set '${name}' attribute of immutable type '${o.name}'`);
    o.setOwn(name, value);
    return;
  }
  const attrs = attrsForWrite(o);
  if (attrs === null) {
    if (d !== undefined) throw attributeError(`'${t.name}' object attribute '${name}' is read-only`, o, name);
    throw missingAttribute(o, name);
  }
  attrs.set(name, value);
}

export function delattr(o: Value, name: string): void {
  const hook = typeOf(o).access.delattr;
  if (hook !== undefined && !(o instanceof PyType && o.cls === typeType)) {
    call(hook, [o, name]);
    return;
  }
  genericDelattr(o, name);
}

export function genericDelattr(o: Value, name: string): void {
  const t = typeOf(o);
  const d = t.lookup(name);
  if (d !== undefined && d instanceof PyObject && d.descriptorKind() === 2) return d.descriptorDelete(o);
  if (o instanceof PyType) {
    if (!o.heap) throw typeError(`cannot delete '${name}' attribute of immutable type '${o.name}'`);
    if (!o.attrs.delete(name)) throw missingAttribute(o, name);
    o.invalidate();
    return;
  }
  if (!attrsOf(o)?.delete(name)) {
    if (d !== undefined && attrsForWrite(o) === null) {
      throw attributeError(`'${t.name}' object attribute '${name}' is read-only`, o, name);
    }
    throw missingAttribute(o, name);
  }
}

userDescriptor.get = (d, self, owner) => {
  const m = d.cls.lookup("__get__");
  if (m === undefined) return d;
  return call(m, [d, self === undefined ? null : self, owner]);
};
userDescriptor.set = (d, self, value) => {
  if (callSpecial(d, "__set__", self, value) === undefined) throw attributeError("__set__", d, "__set__");
};
userDescriptor.delete = (d, self) => {
  if (callSpecial(d, "__delete__", self) === undefined) throw attributeError("__delete__", d, "__delete__");
};

/** An attribute of native objects computed in TypeScript; read-only without `set`. */
export class PyGetSet extends PyObject {
  constructor(
    cls: PyType,
    readonly name: string,
    readonly owner: PyType,
    readonly get: (self: any) => Value,
    readonly set?: (self: any, value: Value) => void,
    readonly remove?: (self: any) => void,
  ) {
    super(cls);
  }
  override descriptorKind(): 2 {
    return 2;
  }
  override descriptorGet(self: Value | undefined): Value {
    return self === undefined ? this : this.get(self);
  }
  override descriptorSet(self: Value, value: Value): void {
    if (!this.set) {
      throw attributeError(
        `attribute '${this.name}' of '${this.owner.name}' objects is not writable`,
        self,
        this.name,
      );
    }
    this.set(self, value);
  }
  override descriptorDelete(self: Value): void {
    if (!this.remove) throw attributeError(`cannot delete attribute '${this.name}'`, self, this.name);
    this.remove(self);
  }
}

/** A `__slots__` entry. */
export class PyMember extends PyObject {
  constructor(cls: PyType, readonly name: string, readonly owner: PyType) {
    super(cls);
  }
  override descriptorKind(): 2 {
    return 2;
  }
  override descriptorGet(self: Value | undefined): Value {
    if (self === undefined) return this;
    const v = (self as PyInstance).slots?.get(this.name);
    if (v === undefined) {
      throw attributeError(`'${typeOf(self).name}' object has no attribute '${this.name}'`, self, this.name);
    }
    return v;
  }
  override descriptorSet(self: Value, value: Value): void {
    ((self as PyInstance).slots ??= new Map()).set(this.name, value);
  }
  override descriptorDelete(self: Value): void {
    if (!(self as PyInstance).slots?.delete(this.name)) {
      throw attributeError(`'${typeOf(self).name}' object has no attribute '${this.name}'`, self, this.name);
    }
  }
}
