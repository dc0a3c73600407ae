/** Calling things: functions, methods, types, and anything with `__call__`. Emitted code uses the fixed-arity forms. */
import { type Kwargs, nativeType, PyObject, PyType, typeOf, type Value } from "./object.ts";
import { callFunction, PyBoundMethod, PyFunction } from "./function.ts";
import { getattr } from "./attributes.ts";
import { typeError } from "./exceptions.ts";

export type NativeFn = (args: Value[], kwargs: Kwargs) => Value;

export const builtinType: PyType = nativeType("builtin_function_or_method", { final: true });
export const methodDescriptorType: PyType = nativeType("method_descriptor", { final: true });

/** A function written in TypeScript. */
export class PyBuiltin extends PyObject {
  doc: string | null = null;
  /** The object a bound native method belongs to; undefined for plain functions. */
  self: Value | undefined;
  module: Value = "builtins";
  constructor(readonly name: string, public fn: NativeFn, readonly qualname = name) {
    super(builtinType);
  }
}

/** A method of a native type: binds to an instance when read through it. */
export class PyMethodDescriptor extends PyObject {
  doc: string | null = null;
  constructor(readonly name: string, readonly owner: PyType, readonly fn: NativeFn) {
    super(methodDescriptorType);
  }
  override descriptorKind(): 1 {
    return 1;
  }
  override descriptorGet(self: Value | undefined): Value {
    if (self === undefined) return this;
    const b = new PyBuiltin(
      this.name,
      (args, kw) => this.fn([self, ...args], kw),
      `${this.owner.name}.${this.name}`,
    );
    b.self = self;
    b.doc = this.doc;
    return b;
  }
  invoke(args: Value[], kw: Kwargs): Value {
    if (args.length === 0) {
      throw typeError(`unbound method ${this.owner.name}.${this.name}() needs an argument`);
    }
    const t = typeOf(args[0]);
    if (t !== this.owner && !t.mro.includes(this.owner)) {
      throw typeError(
        `descriptor '${this.name}' for '${this.owner.name}' objects doesn't apply to a '${t.name}' object`,
      );
    }
    return this.fn(args, kw);
  }
}

/** How a type is called; types.ts fills it in. */
export const typeCall: { call: (cls: PyType, args: Value[], kw: Kwargs) => Value } = {
  call: () => null,
};

export function call(f: Value, args: Value[], kw: Kwargs = null): Value {
  if (f instanceof PyFunction) return callFunction(f, args, kw);
  if (f instanceof PyBuiltin) return f.fn(args, kw);
  if (f instanceof PyBoundMethod) return call(f.func, [f.self, ...args], kw);
  if (f instanceof PyType) return typeCall.call(f, args, kw);
  if (f instanceof PyMethodDescriptor) return f.invoke(args, kw);
  const t = typeOf(f);
  const m = t.lookup("__call__");
  if (m === undefined) throw typeError(`'${t.name}' object is not callable`);
  if (m instanceof PyFunction) return callFunction(m, [f, ...args], kw);
  return call(bindSpecial(m, f, t), args, kw);
}

/** A special method found on the type, bound to the object. */
export function bindSpecial(m: Value, self: Value, t: PyType): Value {
  return m instanceof PyObject && m.descriptorKind() !== 0 ? m.descriptorGet(self, t) : m;
}

/** Calls the special method `name` of `v`'s type; undefined if the type has none. */
export function callSpecial(v: Value, name: string, ...args: Value[]): Value | undefined {
  const t = typeOf(v);
  const m = t.lookup(name);
  if (m === undefined) return undefined;
  if (m instanceof PyFunction) return callFunction(m, [v, ...args], null);
  if (m instanceof PyMethodDescriptor) return m.fn([v, ...args], null);
  if (m === null) return undefined;
  return call(bindSpecial(m, v, t), args);
}

export function call0(f: Value): Value {
  if (f instanceof PyFunction && f.arity === 0) return f.impl();
  return call(f, [], null);
}
export function call1(f: Value, a: Value): Value {
  if (f instanceof PyFunction && f.arity === 1) return f.impl(a);
  return call(f, [a], null);
}
export function call2(f: Value, a: Value, b: Value): Value {
  if (f instanceof PyFunction && f.arity === 2) return f.impl(a, b);
  return call(f, [a, b], null);
}
export function call3(f: Value, a: Value, b: Value, c: Value): Value {
  if (f instanceof PyFunction && f.arity === 3) return f.impl(a, b, c);
  return call(f, [a, b, c], null);
}

/**
 * `o.name(...args)` without making a bound method where the class's attribute is a function and the object has
 * nothing in its way.
 */
export function callMethod(o: Value, name: string, args: Value[], kw: Kwargs = null): Value {
  const f = methodOf(o, name);
  if (f !== undefined) {
    if (f instanceof PyFunction) return callFunction(f, [o, ...args], kw);
    return (f as PyMethodDescriptor).fn([o, ...args], kw);
  }
  return call(getattr(o, name), args, kw);
}

/** The unbound function that `o.name(...)` would call, if calling it with `o` first is all there is to it. */
function methodOf(o: Value, name: string): PyFunction | PyMethodDescriptor | undefined {
  const t = typeOf(o);
  if (!t.access.plainGet) return undefined;
  const d = t.lookup(name);
  if (d instanceof PyFunction) {
    if (o instanceof PyObject) {
      if (o.attrs !== null && (o instanceof PyType || o.attrs.has(name))) return undefined;
      return d;
    }
    return undefined;
  }
  if (d instanceof PyMethodDescriptor) {
    if (o instanceof PyObject && o.attrs !== null && (o instanceof PyType || o.attrs.has(name))) {
      return undefined;
    }
    return d;
  }
  return undefined;
}

export function callMethod0(o: Value, name: string): Value {
  const f = methodOf(o, name);
  if (f instanceof PyFunction) return f.arity === 1 ? f.impl(o) : callFunction(f, [o], null);
  if (f !== undefined) return f.fn([o], null);
  return call(getattr(o, name), [], null);
}
export function callMethod1(o: Value, name: string, a: Value): Value {
  const f = methodOf(o, name);
  if (f instanceof PyFunction) return f.arity === 2 ? f.impl(o, a) : callFunction(f, [o, a], null);
  if (f !== undefined) return f.fn([o, a], null);
  return call(getattr(o, name), [a], null);
}
export function callMethod2(o: Value, name: string, a: Value, b: Value): Value {
  const f = methodOf(o, name);
  if (f instanceof PyFunction) return f.arity === 3 ? f.impl(o, a, b) : callFunction(f, [o, a, b], null);
  if (f !== undefined) return f.fn([o, a, b], null);
  return call(getattr(o, name), [a, b], null);
}

export function isCallable(v: Value): boolean {
  return v instanceof PyFunction || v instanceof PyBuiltin || v instanceof PyType ||
    v instanceof PyBoundMethod ||
    typeOf(v).lookup("__call__") !== undefined;
}
