/** Rows: arithmetic, division in its variants, powers, minimum and maximum. */
import { RuntimeFault } from "../../core/errors.ts";
import * as b from "./build.ts";
import type { Expr, ValueType } from "./expr.ts";
import { isFloat } from "./expr.ts";
import type { LaneCode, Row } from "./row.ts";
import { cpow, floorDivide, pythonRemainder } from "./special_functions.ts";

/** What PyTorch raises on integer division by zero. */
export function zeroDivision(): never {
  throw new RuntimeFault("RuntimeError", "ZeroDivisionError");
}

const wrap64 = (x: bigint) => BigInt.asIntN(64, x);

/** a / b truncated, in one lane. The most negative number over -1 wraps where the instruction would trap. */
function laneDivide(c: LaneCode, a: number, by: number): void {
  c.failIfZero(by);
  c.value(0), c.get(a), c.int("sub");
  c.get(a);
  c.value(1), c.get(by), c.get(by), c.value(-1), c.int("eq"), c.select();
  c.int("div_s");
  c.get(by), c.value(-1), c.int("eq"), c.select();
}

/** a - b * trunc(a / b), in one lane; rem_s has no trap but that of zero. */
function laneRemainder(c: LaneCode, a: number, by: number): void {
  c.failIfZero(by);
  c.get(a), c.get(by), c.int("rem_s");
}

/** select is `value if true, value if false, condition`; its first two stand on the stack in that order. */
function laneFloorDivide(c: LaneCode, a: number, by: number): void {
  const q = c.local(), r = c.local();
  laneDivide(c, a, by), c.set(q);
  c.get(a), c.get(by), c.int("rem_s"), c.set(r);
  c.get(q), c.value(-1), c.int("add");
  c.get(q);
  mixedSigns(c, r, by);
  c.select();
}

/** 1 when r is not zero and its sign differs from b's. */
function mixedSigns(c: LaneCode, r: number, by: number): void {
  c.get(r), c.value(0), c.int("ne");
  c.get(r), c.get(by), c.int("xor"), c.value(0), c.int("lt_s");
  c.int("and32");
}

function lanePythonRemainder(c: LaneCode, a: number, by: number): void {
  const r = c.local();
  laneRemainder(c, a, by), c.set(r);
  c.get(r), c.get(by), c.int("add");
  c.get(r);
  mixedSigns(c, r, by);
  c.select();
}

function intPower(base: number, exponent: number): number {
  if (exponent < 0) return base === 1 ? 1 : base === -1 ? (exponent % 2 ? -1 : 1) : 0;
  let r = 1;
  for (; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2) r = Math.imul(r, base);
    base = Math.imul(base, base);
  }
  return r;
}

function bigPower(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) return base === 1n ? 1n : base === -1n ? (exponent % 2n ? -1n : 1n) : 0n;
  let r = 1n;
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) r = wrap64(r * base);
    base = wrap64(base * base);
  }
  return r;
}

/** PyTorch's shortcuts for constant exponents; otherwise 2^(y log2 x) in double, odd cases by the reference. */
function expandPow(t: ValueType, [x, y]: readonly Expr[]): Expr | null {
  if (y.op === "const") {
    const n = Number(y.value);
    if (n === 2) return b.mul(x, x);
    if (n === 3) return b.mul(b.mul(x, x), x);
    if (n === 1) return x;
    if (n === 0.5 && isFloat(t)) return b.sqrt(x);
    if (n === -1 && isFloat(t)) return b.div(b.like(x, 1), x);
    if (n === -2 && isFloat(t)) return b.div(b.like(x, 1), b.mul(x, x));
    if (n === -0.5 && isFloat(t)) return b.div(b.like(x, 1), b.sqrt(x));
  }
  if (t !== "f32") return null;
  const xd = b.cast("f64", x), yd = b.cast("f64", y);
  const r = b.cast("f32", b.apply("exp_d", b.mul(yd, b.apply("log_d", xd))));
  const plain = b.and(
    b.and(b.gt(x, b.like(x, 0)), b.lt(x, b.like(x, Infinity))),
    b.lt(b.abs(y), b.like(y, Infinity)),
  );
  return b.rescue("pow", b.not(plain), r, [x, y]);
}

function expandFloatRemainder(t: ValueType, [x, y]: readonly Expr[]): Expr | null {
  if (!isFloat(t)) return null;
  const m = b.apply("fmod", x, y), zero = b.like(x, 0);
  const differ = b.xor(b.lt(m, zero), b.lt(y, zero));
  return b.where(b.and(b.ne(m, zero), differ), b.add(m, y), m);
}

/** float32: exact in double while the quotient has at most 53 bits; beyond, and in double, by the reference. */
function expandFmod(t: ValueType, [x, y]: readonly Expr[]): Expr | null {
  if (t !== "f32") return null;
  const xd = b.cast("f64", x), yd = b.cast("f64", y);
  const q = b.trunc(b.div(xd, yd));
  // q may be one too large when x/y rounds up to an integer; the product q*y is exact for |q| < 2^29
  const r = b.sub(xd, b.mul(q, yd));
  const over = b.lt(b.mul(r, b.withSign(b.like(xd, 1), xd)), b.like(xd, 0));
  const fixed = b.where(over, b.add(r, b.withSign(yd, xd)), r);
  const plain = b.and(b.lt(b.abs(q), b.like(q, 536870912)), b.lt(b.abs(yd), b.like(q, Infinity)));
  return b.rescue("fmod", b.not(plain), b.cast("f32", b.withSign(fixed, xd)), [x, y]);
}

function expandFloorDivide(t: ValueType, [x, y]: readonly Expr[]): Expr | null {
  if (t !== "f32") return null;
  const zero = b.like(x, 0), one = b.like(x, 1), half = b.like(x, 0.5);
  const mod = b.apply("fmod", x, y);
  const d = b.div(b.sub(x, mod), y);
  const differ = b.and(b.ne(mod, zero), b.xor(b.lt(mod, zero), b.lt(y, zero)));
  const d1 = b.where(differ, b.sub(d, one), d);
  const f = b.floor(d1);
  const f1 = b.where(b.gt(b.sub(d1, f), half), b.add(f, one), f);
  const quotient = b.div(x, y);
  const r = b.where(b.eq(d1, zero), b.withSign(zero, quotient), f1);
  return b.where(b.eq(y, zero), quotient, r);
}

export const ARITHMETIC: readonly Row[] = [
  {
    name: "add",
    doc: "a + b",
    arity: 2,
    on: "number",
    result: "same",
    ref: (x, y) => x + y,
    big: (x, y) => wrap64(x + y),
    bools: true,
    wasm: { f32: 0xe4, f64: 0xf0, i32: 0xae, i64: 0xce, bool: 0x50 },
    wgsl: ([x, y], t) => t === "bool" ? `(${x} || ${y})` : `(${x} + ${y})`,
  },
  {
    name: "sub",
    doc: "a - b",
    arity: 2,
    on: "number",
    result: "same",
    ref: (x, y) => x - y,
    big: (x, y) => wrap64(x - y),
    bools: true,
    wasm: { f32: 0xe5, f64: 0xf1, i32: 0xb1, i64: 0xd1, bool: 0x51 },
    wgsl: ([x, y], t) => t === "bool" ? `(${x} != ${y})` : `(${x} - ${y})`,
  },
  {
    name: "mul",
    doc: "a * b",
    arity: 2,
    on: "number",
    result: "same",
    ref: (x, y) => x * y,
    int: Math.imul,
    big: (x, y) => wrap64(x * y),
    bools: true,
    wasm: { f32: 0xe6, f64: 0xf2, i32: 0xb5, i64: 0xd5, bool: 0x4e },
    wgsl: ([x, y], t) => t === "bool" ? `(${x} && ${y})` : `(${x} * ${y})`,
  },
  {
    name: "div",
    doc: "a / b",
    arity: 2,
    on: "float",
    result: "same",
    ref: (x, y) => x / y,
    wasm: { f32: 0xe7, f64: 0xf3 },
    wgsl: ([x, y]) => `(${x} / ${y})`,
  },
  {
    name: "div_trunc",
    doc: "a / b rounded towards zero; integer division by zero raises",
    arity: 2,
    on: "number",
    result: "same",
    ref: (x, y) => Math.trunc(x / y),
    single: (x, y) => Math.trunc(Math.fround(x / y)),
    int: (x, y) => y === 0 ? zeroDivision() : Math.trunc(x / y),
    big: (x, y) => y === 0n ? zeroDivision() : wrap64(x / y),
    expand: (t, [x, y]) => isFloat(t) ? b.trunc(b.div(x, y)) : null,
    lanes: (c, [x, y]) => laneDivide(c, x, y),
    wgsl: ([x, y], t) => t === "f32" ? `trunc(${x} / ${y})` : `(${x} / ${y})`,
  },
  {
    name: "div_floor",
    doc: "Python's //; integer division by zero raises",
    arity: 2,
    on: "number",
    result: "same",
    ref: floorDivide,
    int: (x, y) => y === 0 ? zeroDivision() : Math.floor(x / y),
    big: (x, y) => {
      if (y === 0n) zeroDivision();
      const q = x / y;
      return wrap64(q * y !== x && (x < 0n) !== (y < 0n) ? q - 1n : q);
    },
    expand: expandFloorDivide,
    lanes: (c, [x, y]) => laneFloorDivide(c, x, y),
    wgsl: ([x, y], t) => `wick_div_floor_${t}(${x}, ${y})`,
  },
  {
    name: "remainder",
    doc: "Python's %: the sign of b; integer remainder by zero raises",
    arity: 2,
    on: "number",
    result: "same",
    ref: pythonRemainder,
    int: (x, y) => y === 0 ? zeroDivision() : pythonRemainder(x, y),
    big: (x, y) => {
      if (y === 0n) zeroDivision();
      const m = x % y;
      return m !== 0n && (m < 0n) !== (y < 0n) ? m + y : m;
    },
    expand: expandFloatRemainder,
    lanes: (c, [x, y]) => lanePythonRemainder(c, x, y),
    wgsl: ([x, y], t) => `wick_remainder_${t}(${x}, ${y})`,
  },
  {
    name: "fmod",
    doc: "C's fmod: the sign of a; integer remainder by zero raises",
    arity: 2,
    on: "number",
    result: "same",
    ref: (x, y) => x % y,
    int: (x, y) => y === 0 ? zeroDivision() : x % y,
    big: (x, y) => y === 0n ? zeroDivision() : x % y,
    expand: expandFmod,
    lanes: (c, [x, y]) => laneRemainder(c, x, y),
    wgsl: ([x, y], t) => t === "f32" ? `wick_fmod(${x}, ${y})` : `(${x} % ${y})`,
  },
  {
    name: "pow",
    doc: "a to the power b; negative integer powers give 0 except of 1 and -1",
    arity: 2,
    on: "number",
    result: "same",
    ref: cpow,
    int: intPower,
    big: bigPower,
    expand: expandPow,
    wgsl: ([x, y], t) => `wick_pow_${t}(${x}, ${y})`,
  },
  {
    name: "neg",
    doc: "-a",
    arity: 1,
    on: "number",
    result: "same",
    ref: (x) => -x,
    big: (x) => wrap64(-x),
    wasm: { f32: 0xe1, f64: 0xed, i32: 0xa1, i64: 0xc1 },
    wgsl: ([x]) => `(-${x})`,
  },
  {
    name: "abs",
    doc: "|a|",
    arity: 1,
    on: "number",
    result: "same",
    ref: Math.abs,
    big: (x) => wrap64(x < 0n ? -x : x),
    wasm: { f32: 0xe0, f64: 0xec, i32: 0xa0, i64: 0xc0 },
    wgsl: ([x]) => `abs(${x})`,
  },
  {
    name: "sign",
    doc: "-1, 0 or 1; 0 for NaN",
    arity: 1,
    on: "number",
    result: "same",
    ref: (x) => x > 0 ? 1 : x < 0 ? -1 : 0,
    big: (x) => x > 0n ? 1n : x < 0n ? -1n : 0n,
    expand: (t, [x]) => {
      const zero = b.k(t === "i64" ? 0n : 0, t), one = b.k(1, t), minus = b.k(-1, t);
      return b.where(b.gt(x, zero), one, t === "u8" ? zero : b.where(b.lt(x, zero), minus, zero));
    },
    wgsl: ([x], t) => `wick_sign_${t}(${x})`,
  },
  {
    name: "minimum",
    doc: "the smaller; NaN if either is",
    arity: 2,
    on: "number",
    result: "same",
    ref: Math.min,
    big: (x, y) => x < y ? x : y,
    bools: true,
    wasm: { f32: 0xe8, f64: 0xf4, i32: 0xb6, bool: 0x4e },
    expand: (_t, [x, y]) => b.where(b.lt(x, y), x, y),
    wgsl: ([x, y], t) =>
      t === "bool" ? `(${x} && ${y})` : t === "i32" ? `min(${x}, ${y})` : `wick_minimum(${x}, ${y})`,
  },
  {
    name: "maximum",
    doc: "the larger; NaN if either is",
    arity: 2,
    on: "number",
    result: "same",
    ref: Math.max,
    big: (x, y) => x > y ? x : y,
    bools: true,
    wasm: { f32: 0xe9, f64: 0xf5, i32: 0xb8, bool: 0x50 },
    expand: (_t, [x, y]) => b.where(b.gt(x, y), x, y),
    wgsl: ([x, y], t) =>
      t === "bool" ? `(${x} || ${y})` : t === "i32" ? `max(${x}, ${y})` : `wick_maximum(${x}, ${y})`,
  },
  {
    name: "fmin",
    doc: "the smaller; a number beats NaN",
    arity: 2,
    on: "number",
    result: "same",
    ref: (x, y) => Number.isNaN(x) ? y : y < x ? y : x,
    big: (x, y) => x < y ? x : y,
    expand: (t, [x, y]) => isFloat(t) ? b.where(b.ne(x, x), y, b.pmin(x, y)) : b.apply("minimum", x, y),
    wgsl: ([x, y], t) => t === "i32" ? `min(${x}, ${y})` : `wick_fmin(${x}, ${y})`,
  },
  {
    name: "fmax",
    doc: "the larger; a number beats NaN",
    arity: 2,
    on: "number",
    result: "same",
    ref: (x, y) => Number.isNaN(x) ? y : x < y ? y : x,
    big: (x, y) => x > y ? x : y,
    expand: (t, [x, y]) => isFloat(t) ? b.where(b.ne(x, x), y, b.pmax(x, y)) : b.apply("maximum", x, y),
    wgsl: ([x, y], t) => t === "i32" ? `max(${x}, ${y})` : `wick_fmax(${x}, ${y})`,
  },
  {
    name: "clamp",
    doc: "a between the bounds b and c; NaN anywhere is NaN; the upper bound wins",
    arity: 3,
    on: "number",
    result: "same",
    ref: (x, lo, hi) => Math.min(Math.max(x, lo), hi),
    big: (x, lo, hi) => {
      const y = x > lo ? x : lo;
      return y < hi ? y : hi;
    },
    expand: (_t, [x, lo, hi]) => b.apply("minimum", b.apply("maximum", x, lo), hi),
    wgsl: ([x, lo, hi], t) =>
      t === "i32" ? `min(max(${x}, ${lo}), ${hi})` : `wick_minimum(wick_maximum(${x}, ${lo}), ${hi})`,
  },
  {
    name: "addcmul",
    doc: "a + d * b * c",
    arity: 4,
    on: "number",
    result: "same",
    ref: (x, y, z, v) => x + v * y * z,
    int: (x, y, z, v) => x + Math.imul(v, Math.imul(y, z)),
    big: (x, y, z, v) => wrap64(x + v * y * z),
    expand: (t, [x, y, z, v]) => isFloat(t) ? b.fma(b.mul(v, y), z, x) : b.add(x, b.mul(b.mul(v, y), z)),
    wgsl: ([x, y, z, v]) => `(${x} + ${v} * ${y} * ${z})`,
  },
  {
    name: "addcdiv",
    doc: "a + d * b / c",
    arity: 4,
    on: "float",
    result: "same",
    ref: (x, y, z, v) => x + v * (y / z),
    expand: (_t, [x, y, z, v]) => b.fma(v, b.div(y, z), x),
    wgsl: ([x, y, z, v]) => `(${x} + ${v} * (${y} / ${z}))`,
  },
  {
    name: "lerp",
    doc: "a + c * (b - a), taken from the nearer end",
    arity: 3,
    on: "float",
    result: "same",
    ref: (x, y, w) => Math.abs(w) < 0.5 ? x + w * (y - x) : y - (y - x) * (1 - w),
    expand: (_t, [x, y, w]) => {
      const d = b.sub(y, x);
      const far = b.sub(y, b.mul(d, b.sub(b.like(w, 1), w)));
      return b.where(b.lt(b.abs(w), b.like(w, 0.5)), b.fma(w, d, x), far);
    },
    wgsl: ([x, y, w]) => `wick_lerp(${x}, ${y}, ${w})`,
  },
  {
    name: "reciprocal",
    doc: "1 / a",
    arity: 1,
    on: "float",
    result: "same",
    ref: (x) => 1 / x,
    expand: (_t, [x]) => b.div(b.like(x, 1), x),
    wgsl: ([x]) => `(1.0 / ${x})`,
  },
  {
    name: "square",
    doc: "a * a",
    arity: 1,
    on: "number",
    result: "same",
    ref: (x) => x * x,
    int: (x) => Math.imul(x, x),
    big: (x) => wrap64(x * x),
    expand: (_t, [x]) => b.mul(x, x),
    wgsl: ([x]) => `(${x} * ${x})`,
  },
  {
    name: "gcd",
    doc: "greatest common divisor, never negative",
    arity: 2,
    on: "integral",
    result: "same",
    ref: (x, y) => {
      while (y) [x, y] = [y, x % y];
      return Math.abs(x);
    },
    big: (x, y) => {
      while (y) [x, y] = [y, x % y];
      return wrap64(x < 0n ? -x : x);
    },
    wgsl: ([x, y]) => `wick_gcd(${x}, ${y})`,
  },
];
