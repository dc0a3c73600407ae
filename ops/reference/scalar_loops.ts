/**
 * Scalar functions over broadcast operands in plain loops: what elementwise operators mean, for every dtype, and what
 * computes them where no kernel does.
 */
import { NotImplemented } from "../../core/errors.ts";
import { Complex, Float, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { isComplexType, isIntegralType, ScalarType } from "../../core/scalar_type.ts";
import { numelOf, Tensor, type TypedArray } from "../../core/tensor.ts";
import type { Expr } from "../expr/mod.ts";
import { asType } from "./copy.ts";
import { allSafe, bigints, complexes, encodeComplex, encodeNumbers, makeArray, numbers } from "./dense.ts";
import { type Operand, typeName } from "./promotion.ts";

/** A complex value: real and imaginary part. */
export type C = readonly [re: number, im: number];

/** One scalar function in the number domains it is defined for. */
export interface ScalarFunction {
  /** The operator's name without `aten::`, for messages. */
  readonly name: string;
  /** On doubles: float dtypes, and integers while results stay exact. */
  readonly real: (...x: number[]) => number;
  /** On int64 where doubles do not suffice. */
  readonly long?: (...x: bigint[]) => bigint;
  readonly complex?: (...x: C[]) => C;
  /** Instead of `complex` when the result is a real number. */
  readonly complexToReal?: (...x: C[]) => number;
  /**
   * The same function as a row of the scalar-operator table, or as an expression of its operands, for kernels. An
   * expression may decline (null) types it has no form for; it is made once for each combination of types.
   */
  readonly row?: string | ((...x: Expr[]) => Expr | null);
}

/** What a scalar is in a computation of type `dtype`. */
export function scalarIn(v: Scalar, dtype: ScalarType): number {
  const x = v instanceof Complex ? v.re : scalarToNumber(v);
  switch (dtype) {
    case ScalarType.Float:
    case ScalarType.Half:
    case ScalarType.BFloat16:
      return Math.fround(x);
    case ScalarType.Double:
    case ScalarType.Long:
      return isIntegralType(dtype, false) ? Math.trunc(x) : x;
    default:
      return Number((encodeNumbers([x], dtype))[0]);
  }
}

/** The function over the operands broadcast to `sizes`, computed in `compute`, as a dense array of `result`. */
export function scalarLoop(
  f: ScalarFunction,
  operands: readonly Operand[],
  sizes: readonly number[],
  compute: ScalarType,
  result: ScalarType,
): TypedArray {
  const n = numelOf(sizes);
  return isComplexType(compute)
    ? complexLoop(f, operands, sizes, n, compute, result)
    : realLoop(f, operands, sizes, n, compute, result);
}

function realLoop(
  f: ScalarFunction,
  operands: readonly Operand[],
  sizes: readonly number[],
  n: number,
  compute: ScalarType,
  result: ScalarType,
): TypedArray {
  const inputs = operands.map((o) =>
    o instanceof Tensor
      ? numbers(asType(o, compute), o.dim === 0 ? [] : sizes)
      : Float64Array.of(scalarIn(o, compute))
  );
  const isLong = compute === ScalarType.Long;
  const direct = result === ScalarType.Float || result === ScalarType.Double || result === ScalarType.Int ||
    isSmall(result);
  const out = (direct ? makeArray(result, n) : new Float64Array(n)) as Float64Array;
  applyLoop(f.real, inputs, out, n);
  if (isLong && f.long && !(allSafe(out) && inputs.every(allSafe))) {
    return longLoop(f, operands, sizes, n, result);
  }
  return direct ? out : encodeNumbers(out, result);
}

function isSmall(t: ScalarType): boolean {
  return t === ScalarType.Byte || t === ScalarType.Char || t === ScalarType.Short;
}

function applyLoop(
  f: (...x: number[]) => number,
  inputs: readonly ArrayLike<number>[],
  out: { [i: number]: number },
  n: number,
): void {
  const [a, b, c] = inputs;
  const sa = a?.length === n ? 1 : 0, sb = b?.length === n ? 1 : 0, sc = c?.length === n ? 1 : 0;
  switch (inputs.length) {
    case 1:
      for (let i = 0; i < n; i++) out[i] = f(a[i * sa]);
      break;
    case 2:
      for (let i = 0; i < n; i++) out[i] = f(a[i * sa], b[i * sb]);
      break;
    case 3:
      for (let i = 0; i < n; i++) out[i] = f(a[i * sa], b[i * sb], c[i * sc]);
      break;
    case 4: {
      const d = inputs[3], sd = d.length === n ? 1 : 0;
      for (let i = 0; i < n; i++) out[i] = f(a[i * sa], b[i * sb], c[i * sc], d[i * sd]);
      break;
    }
    default:
      for (let i = 0; i < n; i++) out[i] = f(...inputs.map((x) => x.length === n ? x[i] : x[0]));
  }
}

function longLoop(
  f: ScalarFunction,
  operands: readonly Operand[],
  sizes: readonly number[],
  n: number,
  result: ScalarType,
): TypedArray {
  const inputs = operands.map((o) =>
    o instanceof Tensor ? bigints(o, o.dim === 0 ? [] : sizes) : BigInt64Array.of(toBig(o))
  );
  const out = new BigInt64Array(n);
  for (let i = 0; i < n; i++) out[i] = f.long!(...inputs.map((x) => x.length === n ? x[i] : x[0]));
  return result === ScalarType.Long
    ? out
    : encodeNumbers(Float64Array.from(out as unknown as ArrayLike<number>, Number), result);
}

export function toBig(v: Scalar): bigint {
  if (typeof v === "bigint") return v;
  const x = scalarToNumber(v as Exclude<Scalar, Complex>);
  return Number.isFinite(x) ? BigInt(Math.trunc(x)) : 0n;
}

export function toPair(v: Scalar): C {
  return v instanceof Complex ? [v.re, v.im] : [v instanceof Float ? v.value : scalarToNumber(v), 0];
}

function complexLoop(
  f: ScalarFunction,
  operands: readonly Operand[],
  sizes: readonly number[],
  n: number,
  compute: ScalarType,
  result: ScalarType,
): TypedArray {
  if (!f.complex && !f.complexToReal) {
    throw new NotImplemented(`${f.name} for ${typeName(compute)}`);
  }
  const inputs = operands.map((o) =>
    o instanceof Tensor ? complexes(o, o.dim === 0 ? [] : sizes) : Float64Array.from(toPair(o))
  );
  const at = (x: ArrayLike<number>, i: number): C =>
    x.length === 2 * n ? [x[2 * i], x[2 * i + 1]] : [x[0], x[1]];
  const [a, b, c] = inputs;
  const arity = inputs.length;
  const call = <R>(g: (...x: C[]) => R, i: number): R =>
    arity === 1 ? g(at(a, i)) : arity === 2 ? g(at(a, i), at(b, i)) : g(at(a, i), at(b, i), at(c, i));
  if (f.complexToReal) {
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) out[i] = call(f.complexToReal, i);
    return encodeNumbers(out, result);
  }
  const out = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    const r = call(f.complex!, i);
    out[2 * i] = r[0];
    out[2 * i + 1] = r[1];
  }
  return encodeComplex(out, result);
}
