/** The reference lowering: an expression as a JavaScript function over single elements. */
import { type Expr, isFloat, type ValueType } from "./expr.ts";
import { rowOf } from "./rows.ts";

/** bigint exactly where the type is i64; bools are 0 and 1. */
export type Value = number | bigint;

const INT64_MIN = -(1n << 63n);

/** Wraps or rounds a double to the type. Not for i64. */
function toType(t: ValueType): (x: number) => number {
  switch (t) {
    case "bool":
      return (x) => x ? 1 : 0;
    case "u8":
      return (x) => x & 0xff;
    case "i8":
      return (x) => x << 24 >> 24;
    case "i16":
      return (x) => x << 16 >> 16;
    case "i32":
      return (x) => x | 0;
    case "f32":
      return Math.fround;
    default:
      return (x) => x;
  }
}

/** As x86 converts, which PyTorch shows: out of range and NaN give the most negative value of 32 or 64 bits. */
function floatToInt32(x: number): number {
  const t = Math.trunc(x);
  return t >= -2147483648 && t <= 2147483647 ? t : -2147483648;
}
function floatToInt64(x: number): bigint {
  const t = Math.trunc(x);
  return t >= -9223372036854775808 && t < 9223372036854775808 ? BigInt(t) : INT64_MIN;
}

/** Conversion between value types with PyTorch's rules. */
export function converter(from: ValueType, to: ValueType): (x: Value) => Value {
  if (from === to) return (x) => x;
  if (to === "bool") return from === "i64" ? (x) => x !== 0n ? 1 : 0 : (x) => x !== 0 ? 1 : 0;
  if (from === "i64") {
    if (to === "f32") return (x) => roundInt64(x as bigint);
    if (to === "f64") return (x) => Number(x);
    const wrap = toType(to);
    return (x) => wrap(Number(BigInt.asIntN(32, x as bigint)));
  }
  if (to === "i64") return isFloat(from) ? (x) => floatToInt64(x as number) : (x) => BigInt(x);
  const wrap = toType(to);
  return isFloat(from) && !isFloat(to) ? (x) => wrap(floatToInt32(x as number)) : (x) => wrap(x as number);
}

/** int64 to float32 with one rounding: through a double there would be two. */
function roundInt64(x: bigint): number {
  const a = x < 0n ? -x : x;
  if (a < 1n << 53n) return Math.fround(Number(x));
  // sticky bit: what lies below 2^13 only matters as "not zero"
  const sticky = (a & 0x1fffn) !== 0n ? 1n : 0n;
  const r = Math.fround(Number((a >> 13n) | sticky) * 8192);
  return x < 0n ? -r : r;
}

const scratch = new DataView(new ArrayBuffer(8));

function bitcaster(from: ValueType, to: ValueType): (x: Value) => Value {
  if (from === "f32") return (x) => (scratch.setFloat32(0, x as number), scratch.getInt32(0));
  if (from === "i32") return (x) => (scratch.setInt32(0, x as number), scratch.getFloat32(0));
  if (from === "f64") return (x) => (scratch.setFloat64(0, x as number), scratch.getBigInt64(0));
  if (to === "f64") return (x) => (scratch.setBigInt64(0, x as bigint), scratch.getFloat64(0));
  return (x) => x;
}

/** A row on values of its argument type, rounded or wrapped to its result type. */
export function scalarFunction(
  name: string,
  argType: ValueType,
  resultType: ValueType,
): (...a: Value[]) => Value {
  const row = rowOf(name);
  if (name === "where") return row.ref as unknown as (...a: Value[]) => Value;
  if (argType === "i64") {
    if (row.big) return row.big as (...a: Value[]) => Value;
    const back = converter("f64", resultType);
    return (...a) => back(row.ref(...a.map(Number)));
  }
  if (argType === "bool" && name === "bitwise_not") return (a) => a ? 0 : 1;
  const own = argType === "f32" ? row.single : isFloat(argType) ? undefined : row.int;
  const f = (own ?? row.ref) as (...a: Value[]) => number;
  const wrap = toType(resultType);
  if (resultType === "f64" || row.result === "bool") return f;
  if (row.arity === 1) return (a) => wrap(f(a));
  if (row.arity === 2) return (a, b) => wrap(f(a, b));
  return (...a) => wrap(f(...a));
}

/**
 * The expression as a function of its inputs' elements and the scalars, each already of the leaf's type
 * (use `converter` for tensors of another). Integer division by zero throws the RuntimeFault.
 */
export function compileReference(e: Expr): (inputs: readonly Value[], scalars: readonly Value[]) => Value {
  type Fn = (i: readonly Value[], s: readonly Value[]) => Value;
  const done = new Map<Expr, Fn>();
  const walk = (x: Expr): Fn => {
    const known = done.get(x);
    if (known) return known;
    const fn = build(x);
    done.set(x, fn);
    return fn;
  };
  const build = (x: Expr): Fn => {
    const { index, value } = x;
    if (x.op === "input") return (i) => i[index];
    if (x.op === "scalar") return (_i, s) => s[index];
    if (x.op === "const") {
      const v = x.type === "i64" ? value : toType(x.type)(value as number);
      return () => v;
    }
    const args = x.args.map(walk);
    const [a, b, c] = args;
    if (x.op.startsWith("rescue ")) return b;
    let f: (...a: Value[]) => Value;
    if (x.op === "cast") f = converter(x.args[0].type, x.type);
    else if (x.op === "bitcast") f = bitcaster(x.args[0].type, x.type);
    else f = scalarFunction(x.op, x.args[x.op === "where" ? 1 : 0].type, x.type);
    if (args.length === 1) return (i, s) => f(a(i, s));
    if (args.length === 2) return (i, s) => f(a(i, s), b(i, s));
    if (args.length === 3) return (i, s) => f(a(i, s), b(i, s), c(i, s));
    return (i, s) => f(...args.map((g) => g(i, s)));
  };
  return walk(e);
}
