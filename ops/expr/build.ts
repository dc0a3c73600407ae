/** Short builders for expressions inside rows: types are known there, so nothing is checked. */
import { bitcast, cast, constant, type Expr, node, type ValueType } from "./expr.ts";

export { bitcast, cast };

const binary = (name: string) => (a: Expr, b: Expr): Expr => node(name, a.type, [a, b]);
const unary = (name: string) => (a: Expr): Expr => node(name, a.type, [a]);
const predicate = (name: string) => (a: Expr, b: Expr): Expr => node(name, "bool", [a, b]);

export const add = binary("add"), sub = binary("sub"), mul = binary("mul"), div = binary("div");
/** `pmin(a, b)` is `b < a ? b : a`, one cheap instruction; NaN in `a` survives. */
export const pmin = binary("pmin"), pmax = binary("pmax");
export const and = binary("bitwise_and"), or = binary("bitwise_or"), xor = binary("bitwise_xor");
export const abs = unary("abs"), neg = unary("neg"), sqrt = unary("sqrt");
export const floor = unary("floor"), trunc = unary("trunc");
export const eq = predicate("eq"), ne = predicate("ne"), lt = predicate("lt"), le = predicate("le");
export const gt = predicate("gt"), ge = predicate("ge");
export const not = (a: Expr): Expr => node("bitwise_not", a.type, [a]);
export const where = (c: Expr, a: Expr, b: Expr): Expr => node("where", a.type, [c, a, b]);
/** a * b + c, fused where the machine fuses. */
export const fma = (a: Expr, b: Expr, c: Expr): Expr => node("fma", a.type, [a, b, c]);
/** Shifts of all lanes by a constant. */
export const shl = (a: Expr, bits: number): Expr => node("shl_const", a.type, [a, constant(bits, "i32")]);
export const shr = (a: Expr, bits: number): Expr => node("shr_const", a.type, [a, constant(bits, "i32")]);
export const shru = (a: Expr, bits: number): Expr => node("shru_const", a.type, [a, constant(bits, "i32")]);
/** Any row applied to arguments of one type. */
export const apply = (name: string, ...a: Expr[]): Expr => node(name, a[0].type, a);

export function k(value: number | bigint, type: ValueType): Expr {
  return constant(value, type);
}
/** Constant of the same type as `like`. */
export function like(x: Expr, value: number): Expr {
  return constant(value, x.type);
}

/** Horner's scheme with fused steps: coefficients from the lowest. */
export function poly(x: Expr, coefficients: readonly number[]): Expr {
  let r = like(x, coefficients[coefficients.length - 1]);
  for (let i = coefficients.length - 2; i >= 0; i--) r = fma(r, x, like(x, coefficients[i]));
  return r;
}

/** |x| carrying the sign bit of y. */
export function withSign(x: Expr, y: Expr): Expr {
  const t: ValueType = x.type === "f32" ? "i32" : "i64";
  const sign = x.type === "f32" ? k(-2147483648, "i32") : k(-(1n << 63n), "i64");
  const rest = x.type === "f32" ? k(0x7fffffff, "i32") : k((1n << 63n) - 1n, "i64");
  return bitcast(x.type, or(and(bitcast(t, x), rest), and(bitcast(t, y), sign)));
}

/**
 * `approx`, except in lanes where `mask` holds: there row `name` of `args` by its reference, one call per
 * lane. For arguments so rare that vector code for them would only slow the others.
 */
export function rescue(name: string, mask: Expr, approx: Expr, args: readonly Expr[]): Expr {
  return node(`rescue ${name}`, approx.type, [mask, approx, ...args]);
}
