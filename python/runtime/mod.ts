/**
 * The object model of the Python host. Who adds native modules needs this file alone.
 *
 * Values (object.ts): None `null`, bool `boolean`, int `number | bigint` (core's `Int`), float `Float`, complex
 * `Complex`, str a JS string; list `PyList{items}`, tuple `PyTuple{items}`, bytes `PyBytes{data}` (sequences.ts),
 * dict `PyDict` and set `PySet` (dict.ts: get, set, remove, has, entries; add, values), everything else a `PyObject`.
 * Subclass instances of int, float, str written in Python are `PyIntObject`, `PyFloatObject`, `PyStrObject{value}`:
 * use `intOf`, `numericOf`, `stringOf` where an argument may be one. `undefined` is never a Python value.
 *
 * Functions, types and methods are defined as native.ts's header shows (`fn`, `nativeType`, `methods`, `getset`,
 * `classMethods`, `staticMethods`); modules with `registerModule("math", () => moduleOf("math", {...}))`, modules
 * written in Python with `registerSource("collections", () => text)`. A JS class whose instances are Python objects
 * (Tensor) is told to `registerForeignType(TensorClass, type)`; its attributes live outside the object.
 *
 * Raise with `throw typeError("...")`, `valueError`, `indexError`, `runtimeError` or
 * `throw raise(KeyErrorType, key)` (exceptions.ts); new exception classes come from `newException`.
 * Call back into Python with `call(f, [args], kwargs)`, `callMethod(o, "name", [args])`, `callSpecial(o, "__len__")`;
 * read attributes with `getattr`, `findattr` (undefined if absent), `setattr`; iterate with `iterate(v)` (for..of),
 * `collect(v)` (array) or `iter(v).step()`; write iterators by extending `PyIterator`. `truth`, `length`, `repr`,
 * `str`, `format`, `isEqual`, `hashValue`, `richCompare("__lt__", a, b)`, `binary("add", a, b)`, `index` do what
 * Python's functions of those names do.
 */
export * from "./object.ts";
export * from "./sequences.ts";
export * from "./dict.ts";
export * from "./function.ts";
export * from "./call.ts";
export * from "./attributes.ts";
export * from "./exceptions.ts";
export * from "./errors.ts";
export * from "./traceback.ts";
export * from "./frame.ts";
export * from "./native.ts";
export * from "./types.ts";
export * from "./compare.ts";
export * from "./truth.ts";
export * from "./hash.ts";
export * from "./iteration.ts";
export * from "./generator.ts";
export * from "./async_generator.ts";
export * from "./exception_group.ts";
export * from "./matching.ts";
export * from "./operators.ts";
export { complexOf, floatOf, intOf, intToNumber, numberOp } from "./arithmetic.ts";
export * from "./repr.ts";
export * from "./subscript.ts";
export * from "./module.ts";
export type { ArithmeticOp as ArithmeticName } from "./arithmetic.ts";
