/** Rows: comparison, logic, bits, selection and the predicates of floats. */
import * as b from "./build.ts";
import type { Expr, ValueType } from "./expr.ts";
import { isFloat } from "./expr.ts";
import type { LaneCode, Row } from "./row.ts";

type Lanes = NonNullable<Row["wasm"]>;

function comparison(
  name: string,
  sign: string,
  ref: (x: number, y: number) => boolean,
  big: (x: bigint, y: bigint) => boolean,
  wasm: Lanes,
): Row {
  return {
    name,
    doc: `a ${sign} b`,
    arity: 2,
    on: "number",
    result: "bool",
    ref: (x, y) => Number(ref(x, y)),
    big: (x, y) => Number(big(x, y)),
    bools: name === "ne",
    wasm,
    // compilers that assume no NaN turn != into "less or greater"
    wgsl: ([x, y], t) =>
      t === "bool"
        ? `(u32(${x}) ${sign} u32(${y}))`
        : sign === "!=" && t === "f32"
        ? `wick_ne(${x}, ${y})`
        : `(${x} ${sign} ${y})`,
  };
}

const isTrue = (x: Expr): Expr => b.cast("bool", x);

function logical(
  name: string,
  doc: string,
  bitwise: string,
  ref: (x: number, y: number) => boolean,
  sign: string,
): Row {
  return {
    name,
    doc,
    arity: 2,
    on: "any",
    result: "bool",
    ref: (x, y) => Number(ref(x, y)),
    big: (x, y) => Number(ref(Number(x !== 0n), Number(y !== 0n))),
    expand: (_t, [x, y]) => b.apply(bitwise, isTrue(x), isTrue(y)),
    wgsl: ([x, y]) => `(bool(${x}) ${sign} bool(${y}))`,
  };
}

function bitwise(
  name: string,
  sign: string,
  ref: (x: number, y: number) => number,
  big: (x: bigint, y: bigint) => bigint,
  op: number,
): Row {
  return {
    name,
    doc: `a ${sign} b, bit by bit`,
    arity: 2,
    on: "integral",
    result: "same",
    ref,
    big,
    bools: true,
    wasm: { i32: op, i64: op, bool: op },
    wgsl: ([x, y], t) => t === "bool" && sign === "^" ? `(${x} != ${y})` : `(${x} ${sign} ${y})`,
  };
}

/** The shift amount of one lane, and whether it lies within the width (negative amounts do not). */
function laneShift(c: LaneCode, a: number, by: number, left: boolean): void {
  const inRange = () => (c.get(by), c.value(c.bits), c.int("lt_u"));
  if (left) {
    c.get(a), c.get(by), c.int("shl"), c.value(0), inRange(), c.select();
    return;
  }
  const last = c.unsigned ? c.bits : c.bits - 1;
  if (c.unsigned) {
    c.get(a), c.get(by), c.int("shr_u"), c.value(0), inRange(), c.select();
  } else {
    c.get(a), c.get(by), c.value(last), inRange(), c.select(), c.int("shr_s");
  }
}

function expandNanToNum(t: ValueType, [x, nan, inf, ninf]: readonly Expr[]): Expr | null {
  if (!isFloat(t)) return x;
  const big = b.where(b.eq(x, b.like(x, Infinity)), inf, b.where(b.eq(x, b.like(x, -Infinity)), ninf, x));
  return b.where(b.ne(x, x), nan, big);
}

function floatPredicate(
  name: string,
  doc: string,
  ref: (x: number) => boolean,
  test: (x: Expr) => Expr,
  wgsl: string,
  other: number,
): Row {
  return {
    name,
    doc,
    arity: 1,
    on: "number",
    result: "bool",
    ref: (x) => Number(ref(x)),
    big: () => other,
    expand: (t, [x]) => isFloat(t) ? test(x) : b.k(other, "bool"),
    wgsl: ([x], t) => t === "f32" ? `${wgsl}(${x})` : other ? "true" : "false",
  };
}

export const LOGIC: readonly Row[] = [
  comparison("eq", "==", (x, y) => x === y, (x, y) => x === y, {
    f32: 0x41,
    f64: 0x47,
    i32: 0x37,
    i64: 0xd6,
  }),
  comparison("ne", "!=", (x, y) => x !== y, (x, y) => x !== y, {
    f32: 0x42,
    f64: 0x48,
    i32: 0x38,
    i64: 0xd7,
    bool: 0x51,
  }),
  comparison("lt", "<", (x, y) => x < y, (x, y) => x < y, { f32: 0x43, f64: 0x49, i32: 0x39, i64: 0xd8 }),
  comparison("gt", ">", (x, y) => x > y, (x, y) => x > y, { f32: 0x44, f64: 0x4a, i32: 0x3b, i64: 0xd9 }),
  comparison("le", "<=", (x, y) => x <= y, (x, y) => x <= y, { f32: 0x45, f64: 0x4b, i32: 0x3d, i64: 0xda }),
  comparison("ge", ">=", (x, y) => x >= y, (x, y) => x >= y, { f32: 0x46, f64: 0x4c, i32: 0x3f, i64: 0xdb }),
  logical("logical_and", "both are true (not zero)", "bitwise_and", (x, y) => x !== 0 && y !== 0, "&&"),
  logical("logical_or", "either is true (not zero)", "bitwise_or", (x, y) => x !== 0 || y !== 0, "||"),
  logical(
    "logical_xor",
    "exactly one is true (not zero)",
    "bitwise_xor",
    (x, y) => (x !== 0) !== (y !== 0),
    "!=",
  ),
  {
    name: "logical_not",
    doc: "a is zero",
    arity: 1,
    on: "any",
    result: "bool",
    ref: (x) => Number(x === 0),
    big: (x) => Number(x === 0n),
    expand: (_t, [x]) => b.not(isTrue(x)),
    wgsl: ([x]) => `(!bool(${x}))`,
  },
  bitwise("bitwise_and", "&", (x, y) => x & y, (x, y) => x & y, 0x4e),
  bitwise("bitwise_or", "|", (x, y) => x | y, (x, y) => x | y, 0x50),
  bitwise("bitwise_xor", "^", (x, y) => x ^ y, (x, y) => x ^ y, 0x51),
  {
    name: "bitwise_not",
    doc: "all bits flipped; of a bool, its negation",
    arity: 1,
    on: "integral",
    result: "same",
    ref: (x) => ~x,
    big: (x) => ~x,
    bools: true,
    wasm: { i32: 0x4d, i64: 0x4d, bool: 0x4d },
    wgsl: ([x], t) => t === "bool" ? `(!${x})` : `(~${x})`,
  },
  {
    name: "lshift",
    doc: "a << b; 0 when b is negative or at least the width",
    arity: 2,
    on: "integral",
    result: "same",
    ref: (x, y) => y < 0 || y >= 32 ? 0 : x << y,
    big: (x, y) => y < 0n || y >= 64n ? 0n : BigInt.asIntN(64, x << y),
    lanes: (c, [x, y]) => laneShift(c, x, y, true),
    wgsl: ([x, y]) => `wick_lshift(${x}, ${y})`,
  },
  {
    name: "rshift",
    doc: "a >> b, sign kept; b out of range counts as the width less one",
    arity: 2,
    on: "integral",
    result: "same",
    ref: (x, y) => x >> (y < 0 || y > 31 ? 31 : y),
    big: (x, y) => x >> (y < 0n || y > 63n ? 63n : y),
    lanes: (c, [x, y]) => laneShift(c, x, y, false),
    wgsl: ([x, y]) => `wick_rshift(${x}, ${y})`,
  },
  {
    name: "where",
    doc: "a ? b : c, with a bool",
    arity: 3,
    on: "any",
    result: "same",
    ref: (c, x, y) => c ? x : y,
    // the code generator emits bitselect with the mask last
    wgsl: ([c, x, y]) => `select(${y}, ${x}, ${c})`,
  },
  {
    name: "heaviside",
    doc: "0 below zero, 1 above, b at zero; 0 for NaN",
    arity: 2,
    on: "number",
    result: "same",
    ref: (x, y) => x === 0 ? y : Number(x > 0),
    big: (x, y) => x === 0n ? y : x > 0n ? 1n : 0n,
    expand: (t, [x, y]) => b.where(b.eq(x, b.k(0, t)), y, b.where(b.gt(x, b.k(0, t)), b.k(1, t), b.k(0, t))),
    wgsl: ([x, y], t) => `select(${t}(${x} > ${t}(0)), ${y}, ${x} == ${t}(0))`,
  },
  {
    name: "copysign",
    doc: "|a| with the sign bit of b",
    arity: 2,
    on: "float",
    result: "same",
    ref: (x, y) => {
      const negative = y < 0 || Object.is(y, -0);
      return negative ? -Math.abs(x) : Math.abs(x);
    },
    expand: (_t, [x, y]) => b.withSign(x, y),
    wgsl: ([x, y]) => `wick_copysign(${x}, ${y})`,
  },
  {
    name: "signbit",
    doc: "the sign bit is set, also of -0",
    arity: 1,
    on: "number",
    result: "bool",
    ref: (x) => Number(x < 0 || Object.is(x, -0)),
    big: (x) => Number(x < 0n),
    expand: (t, [x]) =>
      t === "f32"
        ? b.lt(b.bitcast("i32", x), b.k(0, "i32"))
        : t === "f64"
        ? b.lt(b.bitcast("i64", x), b.k(0n, "i64"))
        : b.lt(x, b.k(0, t)),
    wgsl: ([x], t) => t === "f32" ? `(bitcast<u32>(${x}) >= 0x80000000u)` : `(${x} < 0)`,
  },
  floatPredicate("isnan", "a is NaN", Number.isNaN, (x) => b.ne(x, x), "wick_isnan", 0),
  floatPredicate(
    "isinf",
    "a is infinite",
    (x) => Math.abs(x) === Infinity,
    (x) => b.eq(b.abs(x), b.like(x, Infinity)),
    "wick_isinf",
    0,
  ),
  floatPredicate(
    "isfinite",
    "a is neither infinite nor NaN",
    Number.isFinite,
    (x) => b.lt(b.abs(x), b.like(x, Infinity)),
    "wick_isfinite",
    1,
  ),
  floatPredicate(
    "isposinf",
    "a is +inf",
    (x) => x === Infinity,
    (x) => b.eq(x, b.like(x, Infinity)),
    "wick_isposinf",
    0,
  ),
  floatPredicate(
    "isneginf",
    "a is -inf",
    (x) => x === -Infinity,
    (x) => b.eq(x, b.like(x, -Infinity)),
    "wick_isneginf",
    0,
  ),
  {
    name: "nan_to_num",
    doc: "b for NaN, c for +inf, d for -inf, else a",
    arity: 4,
    on: "number",
    result: "same",
    ref: (x, nan, inf, ninf) => Number.isNaN(x) ? nan : x === Infinity ? inf : x === -Infinity ? ninf : x,
    big: (x) => x,
    expand: expandNanToNum,
    wgsl: ([x, nan, inf, ninf], t) => t === "f32" ? `wick_nan_to_num(${x}, ${nan}, ${inf}, ${ninf})` : x,
  },
];
