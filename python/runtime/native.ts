/**
 * How TypeScript code defines Python functions, types and modules. Parameters are given as a signature in Python's
 * own notation, so that keywords, defaults and messages work; the implementation gets plain JS parameters.
 *
 *     fn("clamp", "x, lo=None, *, hi=None", (x, lo, hi) => ...)      absent parameters arrive as undefined
 *     fn("concat", "sep, *parts, **options", (sep, parts, options) => ...)   parts: Value[], options: Map<string, Value>
 *     rawFn("anything", (args, kwargs) => ...)                        no checking at all
 *
 *     const dequeType = nativeType("deque", { alloc: (cls) => new Deque(cls), module: "collections" });
 *     methods(dequeType, {
 *       __init__: ["iterable=(), maxlen=None", (self, it, n) => ...],  the signature leaves self out
 *       append: ["x, /", (self: Deque, x) => { ...; return null; }],
 *     });
 *     getset(dequeType, "maxlen", (self: Deque) => self.maxlen);
 *
 *     registerModule("deques", () => moduleOf("deques", { deque: dequeType, clamp: fn(...) }));   (modules.ts)
 *
 * A method must return a Value: `null` for None, never undefined. Defaults in a signature are documentation; the
 * implementation supplies them (`n ?? 0` will not do where None is a legal argument: compare with undefined).
 */
import { type Kwargs, nativeType, PyObject, PyType, typeOf, type Value } from "./object.ts";
import { call, methodDescriptorType, type NativeFn, PyBuiltin, PyMethodDescriptor } from "./call.ts";
import { PyGetSet } from "./attributes.ts";
import { typeError } from "./exceptions.ts";

export type NativeImpl = (...params: any[]) => Value;
export type MethodTable = Record<string, [signature: string, impl: NativeImpl, doc?: string]>;

interface Signature {
  /** Positional parameters, the positional-only ones first. */
  positional: string[];
  positionalOnly: number;
  required: number;
  vararg: boolean;
  keywordOnly: string[];
  requiredKeywords: string[];
  varkw: boolean;
}

const parsed = new Map<string, Signature>();

function parseSignature(text: string): Signature {
  const known = parsed.get(text);
  if (known) return known;
  const s: Signature = {
    positional: [],
    positionalOnly: 0,
    required: 0,
    vararg: false,
    keywordOnly: [],
    requiredKeywords: [],
    varkw: false,
  };
  let afterStar = false;
  for (const raw of splitParameters(text)) {
    const [name, fallback] = raw.split("=").map((p) => p.trim());
    if (name === "/") s.positionalOnly = s.positional.length;
    else if (name === "*") afterStar = true;
    else if (name.startsWith("**")) s.varkw = true;
    else if (name.startsWith("*")) afterStar = s.vararg = true;
    else if (afterStar) {
      s.keywordOnly.push(name);
      if (fallback === undefined) s.requiredKeywords.push(name);
    } else {
      s.positional.push(name);
      if (fallback === undefined) s.required = s.positional.length;
    }
  }
  parsed.set(text, s);
  return s;
}

/** Splits at commas outside brackets and quotes. */
function splitParameters(text: string): string[] {
  const out: string[] = [];
  let depth = 0, quote = "", start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quote) quote = c === quote ? "" : quote;
    else if (c === '"' || c === "'") quote = c;
    else if ("([{".includes(c)) depth++;
    else if (")]}".includes(c)) depth--;
    else if (c === "," && depth === 0) {
      out.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = text.slice(start).trim();
  return last ? [...out, last] : out;
}

/** Turns `impl` into a function of (args, kwargs). `self` tells that the first argument is not in the signature. */
function bindNative(
  name: string,
  signature: string,
  impl: NativeImpl,
  self: boolean,
  qualname = name,
): NativeFn {
  let s: Signature | undefined;
  const skip = self ? 1 : 0;
  return (args, kw) => {
    s ??= parseSignature(signature);
    const n = args.length - skip, npos = s.positional.length;
    if (kw === null && !s.vararg && n <= npos && n >= s.required && s.requiredKeywords.length === 0) {
      // Absent parameters arrive as undefined by themselves, except before **kwargs.
      if (!s.varkw) return impl(...args);
    }
    return impl(...bindSlow(name, qualname, s, args, kw, skip));
  };
}

function bindSlow(
  name: string,
  qualname: string,
  s: Signature,
  args: Value[],
  kw: Kwargs,
  skip: number,
): unknown[] {
  const n = args.length - skip, npos = s.positional.length;
  if (n > npos && !s.vararg) throw countError(name, qualname, s, n);
  const out: unknown[] = args.slice(0, skip + Math.min(n, npos));
  while (out.length < skip + npos) out.push(undefined);
  let at = skip + npos;
  if (s.vararg) out[at++] = n > npos ? args.slice(skip + npos) : [];
  const keywords = at;
  for (let i = 0; i < s.keywordOnly.length; i++) out[at++] = undefined;
  const rest: Map<string, Value> | undefined = s.varkw ? new Map() : undefined;
  if (rest) out[at] = rest;
  if (kw !== null) {
    for (const [k, v] of kw) {
      let i = s.positional.indexOf(k, s.positionalOnly);
      if (i >= 0) {
        if (i < n) throw typeError(`argument for ${name}() given by name ('${k}') and position (${i + 1})`);
        out[skip + i] = v;
        continue;
      }
      i = s.keywordOnly.indexOf(k);
      if (i >= 0) out[keywords + i] = v;
      else if (rest) rest.set(k, v);
      else if (s.keywordOnly.length === 0 && s.positionalOnly === npos) {
        throw typeError(`${qualname}() takes no keyword arguments`);
      } else throw typeError(`'${k}' is an invalid keyword argument for ${name}()`);
    }
  }
  for (let i = Math.min(n, npos); i < s.required; i++) {
    if (out[skip + i] === undefined) {
      throw i < s.positionalOnly || s.positionalOnly === npos
        ? countError(name, qualname, s, n)
        : typeError(`${name}() missing required argument '${s.positional[i]}' (pos ${i + 1})`);
    }
  }
  for (const k of s.requiredKeywords) {
    if (out[keywords + s.keywordOnly.indexOf(k)] === undefined) {
      throw typeError(`${name}() missing required keyword-only argument: '${k}'`);
    }
  }
  return out;
}

function countError(name: string, qualname: string, s: Signature, n: number) {
  const npos = s.positional.length;
  if (npos === s.required && !s.vararg) {
    if (npos === 0) return typeError(`${qualname}() takes no arguments (${n} given)`);
    if (npos === 1) return typeError(`${qualname}() takes exactly one argument (${n} given)`);
    return typeError(`${name} expected ${npos} arguments, got ${n}`);
  }
  const low = n < s.required, bound = low ? s.required : npos;
  return typeError(
    `${name} expected at ${low ? "least" : "most"} ${bound} argument${bound === 1 ? "" : "s"}, got ${n}`,
  );
}

/** A native function. */
export function fn(name: string, signature: string, impl: NativeImpl, doc?: string): PyBuiltin {
  const f = new PyBuiltin(name, bindNative(name, signature, impl, false));
  if (doc) f.doc = doc;
  return f;
}

/** A native function that takes its arguments as they come. */
export function rawFn(name: string, impl: NativeFn): PyBuiltin {
  return new PyBuiltin(name, impl);
}

/** One native method, not yet in a type. */
export function method(owner: PyType, name: string, signature: string, impl: NativeImpl): PyMethodDescriptor {
  return new PyMethodDescriptor(
    name,
    owner,
    bindNative(name, signature, impl, true, `${owner.name}.${name}`),
  );
}

/** Puts methods into a native type. `__new__` is given the class first and becomes a static method. */
export function methods(owner: PyType, table: MethodTable): void {
  for (const [name, [signature, impl, doc]] of Object.entries(table)) {
    if (name === "__new__") {
      owner.attrs.set(name, new PyStaticMethod(fnWithSelf("__new__", signature, impl)));
    } else {
      const m = method(owner, name, signature, impl);
      if (doc) m.doc = doc;
      owner.attrs.set(name, m);
    }
  }
  owner.invalidate();
}

function fnWithSelf(name: string, signature: string, impl: NativeImpl): PyBuiltin {
  return new PyBuiltin(name, bindNative(name, signature, impl, true));
}

/** Class methods: the implementation gets the class first. */
export function classMethods(owner: PyType, table: MethodTable): void {
  for (const [name, [signature, impl]] of Object.entries(table)) {
    owner.attrs.set(name, new PyClassMethod(method(owner, name, signature, impl)));
  }
  owner.invalidate();
}

export function staticMethods(owner: PyType, table: MethodTable): void {
  for (const [name, [signature, impl]] of Object.entries(table)) {
    owner.attrs.set(name, new PyStaticMethod(fn(name, signature, impl)));
  }
  owner.invalidate();
}

/** A computed attribute; read-only without `set`. */
export function getset(
  owner: PyType,
  name: string,
  get: (self: any) => Value,
  set?: (self: any, value: Value) => void,
  remove?: (self: any) => void,
): void {
  owner.setOwn(name, new PyGetSet(getsetType, name, owner, get, set, remove));
}

export const getsetType = nativeType("getset_descriptor", { final: true });
export const memberType = nativeType("member_descriptor", { final: true });
export const staticMethodType = nativeType("staticmethod", {
  alloc: (cls) => new PyStaticMethod(null, cls),
  hasDict: true,
});
export const classMethodType = nativeType("classmethod", {
  alloc: (cls) => new PyClassMethod(null, cls),
  hasDict: true,
});

export class PyStaticMethod extends PyObject {
  constructor(public func: Value, cls: PyType = staticMethodType) {
    super(cls);
  }
  override descriptorKind(): 1 {
    return 1;
  }
  override descriptorGet(): Value {
    return this.func;
  }
}

export class PyClassMethod extends PyObject {
  constructor(public func: Value, cls: PyType = classMethodType) {
    super(cls);
  }
  override descriptorKind(): 1 {
    return 1;
  }
  override descriptorGet(_self: Value | undefined, owner: PyType): Value {
    return bindToClass(this.func, owner);
  }
}

/** A function with the class as its first argument. */
function bindToClass(func: Value, owner: PyType): Value {
  if (func instanceof PyMethodDescriptor || func instanceof PyBuiltin) {
    const b = new PyBuiltin(
      func.name,
      (args, kw) => func.fn([owner, ...args], kw),
      `${owner.name}.${func.name}`,
    );
    b.self = owner;
    return b;
  }
  if (func instanceof PyObject && func.descriptorKind() !== 0) {
    return func.descriptorGet(owner, typeOf(owner));
  }
  // A class, as in classmethod(GenericAlias), has no __get__ and is given the owner all the same.
  if (func instanceof PyType) return new PyBuiltin(func.name, (args, kw) => call(func, [owner, ...args], kw));
  return func;
}

export { methodDescriptorType };
