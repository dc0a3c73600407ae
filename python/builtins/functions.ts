/** The built-in functions. */
import { Complex, Float } from "../../core/scalar.ts";
import { roundToInt } from "../../core/number/mod.ts";
import * as r from "../runtime/mod.ts";
import type { Kwargs, Value } from "../runtime/mod.ts";
import { fn } from "../runtime/native.ts";
import { importByName } from "../runtime/imports.ts";
import { interpreter } from "../runtime/interpreter.ts";
import { divmod, powMod } from "./numbers.ts";
import { PyStream } from "./io.ts";
import { makeIterator } from "./iterators.ts";
import { sortValues } from "./sorting.ts";
import { PyGenericAlias, PyUnion } from "./type_support.ts";

const { PyDict, PyList, PyTuple, typeError, valueError } = r;

function attributeName(v: Value, what: string): string {
  const s = r.stringOf(v);
  if (s === undefined) throw typeError(`${what} must be string, not '${r.typeOf(v).name}'`);
  return s;
}

/** isinstance(v, cls). */
export function isInstanceOf(v: Value, cls: Value): boolean {
  if (cls instanceof r.PyType) {
    if (r.isInstance(v, cls)) return true;
    if (cls.cls === r.typeType && !cls.heap) return false;
    return r.truth(r.callSpecial(cls, "__instancecheck__", v) ?? false);
  }
  if (cls instanceof PyTuple) return cls.items.some((c) => isInstanceOf(v, c));
  if (cls instanceof PyUnion) return cls.args.some((c) => isInstanceOf(v, c));
  if (cls instanceof PyGenericAlias) {
    throw typeError("isinstance() argument 2 cannot be a parameterized generic");
  }
  const check = r.callSpecial(cls, "__instancecheck__", v);
  if (check === undefined) throw typeError("isinstance() arg 2 must be a type, a tuple of types, or a union");
  return r.truth(check);
}

export function isSubclassOf(t: Value, cls: Value): boolean {
  if (cls instanceof PyTuple) return cls.items.some((c) => isSubclassOf(t, c));
  if (cls instanceof PyUnion) return cls.args.some((c) => isSubclassOf(t, c));
  if (!(t instanceof r.PyType)) throw typeError("issubclass() arg 1 must be a class");
  const check = r.callSpecial(cls, "__subclasscheck__", t);
  if (check === undefined) {
    throw typeError("issubclass() arg 2 must be a class, a tuple of classes, or a union");
  }
  return r.truth(check);
}

/** min and max. */
function extreme(
  name: "min" | "max",
  args: Value[],
  key: Value | undefined,
  fallback: Value | undefined,
): Value {
  let items: Iterable<Value>;
  if (args.length === 1) items = r.iterate(args[0]);
  else if (args.length === 0) throw typeError(`${name} expected at least 1 argument, got 0`);
  else {
    if (fallback !== undefined) {
      throw typeError(`Cannot specify a default for ${name}() with multiple positional arguments`);
    }
    items = args;
  }
  let best: Value | undefined, bestKey: Value = null;
  for (const v of items) {
    const k = key === undefined || key === null ? v : r.call1(key, v);
    if (best === undefined || r.truth(name === "min" ? r.lt(k, bestKey) : r.gt(k, bestKey))) {
      best = v;
      bestKey = k;
    }
  }
  if (best !== undefined) return best;
  if (fallback === undefined) throw valueError(`${name}() arg is an empty sequence`);
  return fallback;
}

/** sum(): floats are added with a running compensation only where CPython 3.12 does; 3.11 adds plainly. */
function sum(items: Value, start: Value): Value {
  if (r.stringOf(start) !== undefined) throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
  let total = start;
  for (const v of r.iterate(items)) total = r.add(total, v);
  return total;
}

function radix(v: Value, base: number, prefix: string): string {
  const i = r.index(v);
  return i < 0 ? `-${prefix}${(-i).toString(base)}` : `${prefix}${i.toString(base)}`;
}

/** Where print and warnings write: `sys.stdout` unless nobody replaced it. */
export function writeTo(file: Value, text: string): void {
  if (file === null) return;
  r.callMethod(file, "write", [text]);
}

/** As CPython does, a piece at a time: a replaced stdout may count the calls. */
function printTo(file: Value, args: Value[], sep: string, end: string): void {
  args.forEach((a, i) => {
    if (i > 0 && sep !== "") writeTo(file, sep);
    writeTo(file, r.str(a));
  });
  if (end !== "") writeTo(file, end);
}

function print(args: Value[], kw: Kwargs): Value {
  const option = (name: string): string => {
    const v = kw?.get(name);
    if (v === undefined || v === null) return name === "sep" ? " " : "\n";
    const s = r.stringOf(v);
    if (s === undefined) throw typeError(`${name} must be None or a string, not ${r.typeOf(v).name}`);
    return s;
  };
  let text = "";
  const sep = kw === null ? " " : option("sep");
  for (let i = 0; i < args.length; i++) text += (i ? sep : "") + r.str(args[i]);
  text += kw === null ? "\n" : option("end");
  if (kw) {
    for (const k of kw.keys()) {
      if (!["sep", "end", "file", "flush"].includes(k)) {
        throw typeError(`'${k}' is an invalid keyword argument for print()`);
      }
    }
  }
  let file: Value | undefined = kw?.get("file");
  const i = interpreter();
  if (file === undefined || file === null) file = i.sysAttribute("stdout");
  if (file === undefined) i.stdout.write(text);
  else if (file instanceof PyStream) file.sink.write(text);
  else printTo(file, args, option("sep"), option("end"));
  const flush = kw?.get("flush");
  if (flush !== undefined && r.truth(flush) && file) r.callMethod(file, "flush", []);
  return null;
}

/** The running frame's locals by name: the module's globals, a class namespace, or a function's variables. */
export function currentLocals(): Value {
  const f = r.currentFrame();
  if (!f) return new PyDict();
  if (f.locals) {
    const m = f.locals();
    return m instanceof Map
      ? new PyDict(m as Map<unknown, Value>)
      : (m as { mapping?: Value }).mapping ?? new PyDict();
  }
  return globalsDict(f.globals);
}

export const builtinFunctions: Record<string, Value> = {};
function add(name: string, signature: string, impl: (...a: any[]) => Value): void {
  builtinFunctions[name] = fn(name, signature, impl);
}

builtinFunctions.print = new r.PyBuiltin("print", print);
add("len", "obj, /", (v: Value) => r.length(v));
add("repr", "obj, /", (v: Value) => r.repr(v));
add("ascii", "obj, /", (v: Value) => r.ascii(v));
add(
  "format",
  "value, spec='', /",
  (v: Value, spec?: Value) =>
    r.format(v, spec === undefined ? "" : attributeName(spec, "format() argument 2")),
);
add("hash", "obj, /", (v: Value) => r.hashValue(v));
add("id", "obj, /", (v: Value) => r.identity(v));
add("callable", "obj, /", (v: Value) => r.isCallable(v));
add("isinstance", "obj, class_or_tuple, /", isInstanceOf);
add("issubclass", "cls, class_or_tuple, /", isSubclassOf);
add("getattr", "object, name, default=None, /", (o: Value, name: Value, fallback?: Value) => {
  const n = attributeName(name, "attribute name");
  if (fallback === undefined) return r.getattr(o, n);
  const found = r.findattr(o, n);
  return found === undefined ? fallback : found;
});
add(
  "hasattr",
  "obj, name, /",
  (o: Value, name: Value) => r.findattr(o, attributeName(name, "attribute name")) !== undefined,
);
add("setattr", "obj, name, value, /", (o: Value, name: Value, v: Value) => {
  r.setattr(o, attributeName(name, "attribute name"), v);
  return null;
});
add("delattr", "obj, name, /", (o: Value, name: Value) => {
  r.delattr(o, attributeName(name, "attribute name"));
  return null;
});
add("iter", "object, sentinel=None, /", makeIterator);
add("next", "iterator, default=None, /", (it: Value, fallback?: Value) => {
  if (it instanceof r.PyIterator) {
    const v = it.step();
    if (v !== undefined) return v;
    if (fallback !== undefined) return fallback;
    throw r.stopIteration(it instanceof r.PyGenerator ? it.takeResult() : null);
  }
  if (r.typeOf(it).lookup("__next__") === undefined) {
    throw typeError(`'${r.typeOf(it).name}' object is not an iterator`);
  }
  try {
    return r.callSpecial(it, "__next__")!;
  } catch (e) {
    if (fallback !== undefined && r.isException(e, r.StopIterationType)) return fallback;
    throw e;
  }
});
add("sorted", "iterable, /, *, key=None, reverse=False", (items: Value, key?: Value, reverse?: Value) => {
  const out = r.collect(items);
  sortValues(out, key ?? null, reverse !== undefined && r.truth(reverse));
  return new PyList(out);
});
add(
  "min",
  "*args, key=None, default=None",
  (args: Value[], key?: Value, d?: Value) => extreme("min", args, key, d),
);
add(
  "max",
  "*args, key=None, default=None",
  (args: Value[], key?: Value, d?: Value) => extreme("max", args, key, d),
);
add("sum", "iterable, /, start=0", (items: Value, start?: Value) => sum(items, start ?? 0));
add("any", "iterable, /", (items: Value) => {
  for (const v of r.iterate(items)) if (r.truth(v)) return true;
  return false;
});
add("all", "iterable, /", (items: Value) => {
  for (const v of r.iterate(items)) if (!r.truth(v)) return false;
  return true;
});
add("abs", "x, /", (v: Value) => {
  if (typeof v === "number") return Math.abs(v);
  if (v instanceof Float) return new Float(Math.abs(v.value));
  const a = r.callSpecial(v, "__abs__");
  if (a === undefined) throw typeError(`bad operand type for abs(): '${r.typeOf(v).name}'`);
  return a;
});
add("round", "number, ndigits=None", (v: Value, d?: Value) => {
  if (v instanceof Float && (d === undefined || d === null)) return roundToInt(v.value);
  const a = d === undefined || d === null ? r.callSpecial(v, "__round__") : r.callSpecial(v, "__round__", d);
  if (a === undefined) throw typeError(`type ${r.typeOf(v).name} doesn't define __round__ method`);
  return a;
});
add("divmod", "x, y, /", (a: Value, b: Value) => {
  const number = (v: Value) => r.intOf(v) !== undefined || r.floatOf(v) !== undefined;
  if (number(a) && number(b)) return divmod(a, b);
  for (const [x, m, y] of [[a, "__divmod__", b], [b, "__rdivmod__", a]] as const) {
    const v = r.callSpecial(x, m, y);
    if (v !== undefined && v !== r.NotImplementedValue) return v;
  }
  throw typeError(
    `unsupported operand type(s) for divmod(): '${r.typeOf(a).name}' and '${r.typeOf(b).name}'`,
  );
});
add("pow", "base, exp, mod=None", (a: Value, b: Value, m?: Value) => {
  if (m === undefined || m === null) return r.pow(a, b);
  if (r.intOf(a) !== undefined || a instanceof Float || a instanceof Complex) return powMod(a, b, m);
  const v = r.callSpecial(a, "__pow__", b, m);
  if (v === undefined || v === r.NotImplementedValue) {
    throw typeError(
      `unsupported operand type(s) for ** or pow(): '${r.typeOf(a).name}', '${r.typeOf(b).name}', '${
        r.typeOf(m).name
      }'`,
    );
  }
  return v;
});
add("bin", "number, /", (v: Value) => radix(v, 2, "0b"));
add("oct", "number, /", (v: Value) => radix(v, 8, "0o"));
add("hex", "number, /", (v: Value) => radix(v, 16, "0x"));
add("chr", "i, /", (v: Value) => {
  const i = r.index(v);
  if (i < 0 || i > 0x10ffff) throw valueError("chr() arg not in range(0x110000)");
  return String.fromCodePoint(Number(i));
});
add("ord", "c, /", (v: Value) => {
  const s = r.stringOf(v), b = s === undefined ? r.bytesOf(v) : undefined;
  if (s === undefined && b === undefined) {
    throw typeError(`ord() expected string of length 1, but ${r.typeOf(v).name} found`);
  }
  const n = s === undefined ? b!.length : r.stringLength(s);
  if (n !== 1) throw typeError(`ord() expected a character, but string of length ${n} found`);
  return s === undefined ? b![0] : s.codePointAt(0)!;
});
add("vars", "object=None, /", (o?: Value) => {
  if (o === undefined) return currentLocals();
  const d = r.findattr(o, "__dict__");
  if (d === undefined) throw typeError("vars() argument must have __dict__ attribute");
  return d;
});
add("dir", "object=None, /", (o?: Value) => {
  if (o === undefined) return new PyList((currentLocals() as r.PyDict).keyList().map(String).sort());
  if (o instanceof r.PyModule) {
    const hook = o.attrs.get("__dir__");
    const names = hook ? r.collect(r.call(hook, [])) : [...o.attrs.keys()] as Value[];
    return new PyList(names.sort((a, b) => r.compareStrings(String(a), String(b))));
  }
  const names = r.collect(r.callSpecial(o, "__dir__")!);
  sortValues(names, null, false);
  return new PyList(names);
});
add("globals", "", () => {
  const f = r.currentFrame();
  return f ? globalsDict(f.globals) : new PyDict();
});
add("locals", "", () => currentLocals());
add("breakpoint", "*args, **kwargs", (args: Value[], kw: Kwargs) => {
  return r.call(r.getattr(importByName("sys"), "breakpointhook"), args, kw);
});
add("input", "prompt='', /", (prompt?: Value) => {
  const i = interpreter();
  if (prompt !== undefined) i.stdout.write(r.str(prompt));
  i.stdout.flush();
  const stdin = i.sysAttribute("stdin");
  const line = r.str(stdin === undefined || stdin === null ? "" : r.callMethod(stdin, "readline", []));
  if (line === "") throw r.raise(r.exceptionTypes.get("EOFError")!, "EOF when reading a line");
  return line.replace(/\n$/, "");
});

/** The one dict object over a module's globals. */
export function globalsDict(globals: r.Attrs): r.PyDict {
  return r.dictOver(globals);
}
