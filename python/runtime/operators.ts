/** Unary, binary and in-place operators: fast paths for numbers and strings, special methods for the rest. */
import { Complex, Float } from "../../core/scalar.ts";
import { NotImplementedValue, type PyType, typeOf, type Value } from "./object.ts";
import { callSpecial } from "./call.ts";
import { typeError } from "./exceptions.ts";
import { type ArithmeticOp, numberOp } from "./arithmetic.ts";
import { PyList } from "./sequences.ts";
import { collect } from "./iteration.ts";

export type BinaryOp = ArithmeticOp | "matmul";
interface OpNames {
  method: string;
  reflected: string;
  inplace: string;
  symbol: string;
}
const names = (name: string, symbol: string): OpNames => ({
  method: `__${name}__`,
  reflected: `__r${name}__`,
  inplace: `__i${name}__`,
  symbol,
});
export const BINARY: Record<BinaryOp, OpNames> = {
  add: names("add", "+"),
  sub: names("sub", "-"),
  mul: names("mul", "*"),
  truediv: names("truediv", "/"),
  floordiv: names("floordiv", "//"),
  mod: names("mod", "%"),
  pow: names("pow", "** or pow()"),
  lshift: names("lshift", "<<"),
  rshift: names("rshift", ">>"),
  and: names("and", "&"),
  or: names("or", "|"),
  xor: names("xor", "^"),
  matmul: names("matmul", "@"),
};

function isNumber(v: Value): boolean {
  return typeof v === "number" || v instanceof Float || typeof v === "boolean" || typeof v === "bigint" ||
    v instanceof Complex;
}

/** `a op b`. */
export function binary(op: BinaryOp, a: Value, b: Value): Value {
  if (op !== "matmul" && isNumber(a) && isNumber(b)) {
    const r = numberOp(op, a, b);
    if (r !== undefined) return r;
  }
  const r = binaryMethods(BINARY[op], a, b);
  if (r !== NotImplementedValue) return r;
  throw unsupported(BINARY[op].symbol, a, b);
}

function unsupported(symbol: string, a: Value, b: Value) {
  return typeError(
    `unsupported operand type(s) for ${symbol}: '${typeOf(a).name}' and '${typeOf(b).name}'`,
  );
}

function binaryMethods(op: OpNames, a: Value, b: Value): Value {
  const ta = typeOf(a), tb = typeOf(b);
  const reflected = ta !== tb ? tb.lookup(op.reflected) : undefined;
  if (reflected !== undefined && tb.mro.includes(ta) && reflected !== ta.lookup(op.reflected)) {
    const r = callSpecial(b, op.reflected, a);
    if (r !== undefined && r !== NotImplementedValue) return r;
    return callSpecial(a, op.method, b) ?? NotImplementedValue;
  }
  const r = callSpecial(a, op.method, b);
  if (r !== undefined && r !== NotImplementedValue) return r;
  if (reflected !== undefined) {
    const q = callSpecial(b, op.reflected, a);
    if (q !== undefined && q !== NotImplementedValue) return q;
  }
  return concatenationMessage(op, ta, tb);
}

/** The sequences' own complaints, which come in place of the general one. */
function concatenationMessage(op: OpNames, ta: PyType, tb: PyType): Value {
  if (op.symbol === "+") {
    const base = ["str", "list", "tuple", "bytes"].find((n) => ta.mro.some((t) => t.name === n && !t.heap));
    if (base === "bytes") throw typeError(`can't concat ${tb.name} to bytes`);
    if (base) throw typeError(`can only concatenate ${base} (not "${tb.name}") to ${base}`);
  } else if (op.symbol === "*") {
    const sequence = (t: PyType) => ["str", "list", "tuple", "bytes"].includes(t.layout.name);
    if (sequence(ta)) throw typeError(`can't multiply sequence by non-int of type '${tb.name}'`);
    if (sequence(tb)) throw typeError(`can't multiply sequence by non-int of type '${ta.name}'`);
  }
  return NotImplementedValue;
}

/** `a op= b`. */
export function inplace(op: BinaryOp, a: Value, b: Value): Value {
  if (typeof a === "number" || typeof a === "string" || a instanceof Float) return fast[op](a, b);
  if (op === "add" && a instanceof PyList && !a.cls.heap) {
    const more = collect(b);
    for (let i = 0; i < more.length; i++) a.items.push(more[i]);
    return a;
  }
  const r = callSpecial(a, BINARY[op].inplace, b);
  if (r !== undefined && r !== NotImplementedValue) return r;
  if (op !== "matmul" && isNumber(a) && isNumber(b)) {
    const q = numberOp(op, a, b);
    if (q !== undefined) return q;
  }
  const q = binaryMethods(BINARY[op], a, b);
  if (q !== NotImplementedValue) return q;
  const symbol = op === "pow" ? "**" : BINARY[op].symbol;
  throw unsupported(`${symbol}=`, a, b);
}

export function add(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const r = a + b;
    if (r <= 9007199254740991 && r >= -9007199254740991) return r;
  } else if (a instanceof Float) {
    if (b instanceof Float) return new Float(a.value + b.value);
  } else if (typeof a === "string" && typeof b === "string") return a + b;
  return binary("add", a, b);
}
export function sub(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const r = a - b;
    if (r <= 9007199254740991 && r >= -9007199254740991) return r;
  } else if (a instanceof Float && b instanceof Float) return new Float(a.value - b.value);
  return binary("sub", a, b);
}
export function mul(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const r = a * b;
    if (r <= 9007199254740991 && r >= -9007199254740991) return r + 0;
  } else if (a instanceof Float && b instanceof Float) return new Float(a.value * b.value);
  return binary("mul", a, b);
}
export function truediv(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && b !== 0) return new Float(a / b);
  if (a instanceof Float && b instanceof Float && b.value !== 0) return new Float(a.value / b.value);
  return binary("truediv", a, b);
}
export function floordiv(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && b > 0 && a >= 0) return (a - a % b) / b;
  return binary("floordiv", a, b);
}
export function mod(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && b > 0 && a >= 0) return a % b;
  return binary("mod", a, b);
}
export const pow = (a: Value, b: Value) => binary("pow", a, b);
export const lshift = (a: Value, b: Value) => binary("lshift", a, b);
export const rshift = (a: Value, b: Value) => binary("rshift", a, b);
export const and = (a: Value, b: Value) => binary("and", a, b);
export const or = (a: Value, b: Value) => binary("or", a, b);
export const xor = (a: Value, b: Value) => binary("xor", a, b);
export const matmul = (a: Value, b: Value) => binary("matmul", a, b);

const fast: Record<BinaryOp, (a: Value, b: Value) => Value> = {
  add,
  sub,
  mul,
  truediv,
  floordiv,
  mod,
  pow,
  lshift,
  rshift,
  and,
  or,
  xor,
  matmul,
};

export function neg(v: Value): Value {
  if (typeof v === "number") return 0 - v;
  if (v instanceof Float) return new Float(-v.value);
  if (typeof v === "bigint") return numberOp("sub", 0, v)!;
  if (typeof v === "boolean") return v ? -1 : 0;
  return unary("__neg__", "-", v);
}
export function pos(v: Value): Value {
  if (typeof v === "number" || typeof v === "bigint" || v instanceof Float) return v;
  if (typeof v === "boolean") return v ? 1 : 0;
  return unary("__pos__", "+", v);
}
export function invert(v: Value): Value {
  if (typeof v === "number" || typeof v === "bigint") return numberOp("sub", -1, v)!;
  if (typeof v === "boolean") return v ? -2 : -1;
  return unary("__invert__", "~", v);
}
function unary(method: string, symbol: string, v: Value): Value {
  const r = callSpecial(v, method);
  if (r === undefined) throw typeError(`bad operand type for unary ${symbol}: '${typeOf(v).name}'`);
  return r;
}
