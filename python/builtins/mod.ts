/**
 * The `builtins` module: each type's methods stand in the file of its name (object.ts,
 * callables.ts, exceptions.ts, numbers.ts, str.ts, bytes.ts, sequences.ts, dict.ts, set.ts, iterators.ts), the
 * functions in functions.ts, open() in io.ts, exec and eval in execution.ts.
 */
import "./object.ts";
import "./callables.ts";
import "./exceptions.ts";
import "./exception_groups.ts";
import "./numbers.ts";
import "./str.ts";
import "./bytes.ts";
import "./sequences.ts";
import "./dict.ts";
import "./set.ts";
import * as r from "../runtime/mod.ts";
import type { Attrs, Value } from "../runtime/mod.ts";
import { exceptionTypes } from "../runtime/exceptions.ts";
import { classMethodType, fn, methods, staticMethodType } from "../runtime/native.ts";
import { superType } from "../runtime/super.ts";
import { importByName, importPackage, originalImport, resolveName } from "../runtime/imports.ts";
import { propertyType } from "./callables.ts";
import { builtinFunctions } from "./functions.ts";
import { enumerateType, filterType, mapType, reversedType, zipType } from "./iterators.ts";
import { addressOf } from "./type_support.ts";
import { asyncFunctions } from "./coroutines.ts";
import { executionFunctions } from "./execution.ts";
import { open } from "./io.ts";
import { memoryviewType } from "./memoryview.ts";

methods(r.noneType, {
  __new__: ["", () => null],
  __repr__: ["", () => "None"],
  __bool__: ["", () => false],
  __hash__: ["", () => 0xfca86420],
});
methods(r.ellipsisType, { __repr__: ["", () => "Ellipsis"] });
methods(r.notImplementedType, { __repr__: ["", () => "NotImplemented"], __bool__: ["", () => true] });
methods(r.moduleType, {
  __repr__: ["", (m: r.PyModule) => {
    const file = m.attrs.get("__file__"), name = r.str(m.attrs.get("__name__") ?? m.name);
    return typeof file === "string" ? `<module '${name}' from '${file}'>` : `<module '${name}' (built-in)>`;
  }],
});
r.getset(r.moduleType, "__dict__", (m: r.PyModule) => r.dictOver(m.attrs));
methods(r.tracebackType, { __repr__: ["", (t: Value) => `<traceback object at ${addressOf(t)}>`] });

const TYPES: [string, Value][] = [
  ["object", r.objectType],
  ["type", r.typeType],
  ["int", r.intType],
  ["bool", r.boolType],
  ["float", r.floatType],
  ["complex", r.complexType],
  ["str", r.strType],
  ["bytes", r.bytesType],
  ["bytearray", r.bytearrayType],
  ["memoryview", memoryviewType],
  ["list", r.listType],
  ["tuple", r.tupleType],
  ["dict", r.dictType],
  ["set", r.setType],
  ["frozenset", r.frozensetType],
  ["slice", r.sliceType],
  ["range", r.rangeType],
  ["property", propertyType],
  ["super", superType],
  ["staticmethod", staticMethodType],
  ["classmethod", classMethodType],
  ["enumerate", enumerateType],
  ["zip", zipType],
  ["map", mapType],
  ["filter", filterType],
  ["reversed", reversedType],
];

const importFunction = fn(
  "__import__",
  "name, globals=None, locals=None, fromlist=(), level=0",
  (name: string, globals?: Value, _locals?: Value, from?: Value, level?: Value) => {
    const g = globals instanceof r.PyDict ? globals.map : new Map();
    const n = level === undefined ? 0 : Number(level);
    const names = from === undefined || from === null ? [] : r.collect(from) as string[];
    if (names.length > 0) return importPackage(g, name, n, names);
    const full = resolveName(g, name, n);
    const m = importByName(full);
    return n === 0 && full.includes(".") ? importByName(full.split(".")[0]) : m;
  },
);
originalImport.function = importFunction;

/** The contents of `builtins`, a new table for each interpreter. */
export function makeBuiltins(): Attrs {
  const b: Attrs = new Map<unknown, Value>(Object.entries(builtinFunctions));
  for (const [name, t] of TYPES) b.set(name, t);
  for (const [name, t] of exceptionTypes) b.set(name, t);
  for (const [name, f] of Object.entries({ ...executionFunctions, ...asyncFunctions })) b.set(name, f);
  b.set("open", open).set("__import__", importFunction);
  b.set("NotImplemented", r.NotImplementedValue).set("Ellipsis", r.Ellipsis);
  b.set("__debug__", true).set("__name__", "builtins");
  for (const name of ["exit", "quit"]) {
    b.set(
      name,
      fn(name, "code=None", (code?: Value) => {
        throw r.raise(r.SystemExitType, code ?? null);
      }),
    );
  }
  return b;
}
