/**
 * Numbers as Python tells them apart. An int is a JS number while safe and a bigint beyond, always
 * normalised (`normInt`); a float is the tagged `Float`, so that 2 and 2.0 stay different values.
 */

/** A Python int: a safe integer as number, anything larger as bigint. Never a bigint that would fit. */
export type Int = number | bigint;

const MIN_SAFE = BigInt(Number.MIN_SAFE_INTEGER);
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** A Python float wherever its static type is not known to be float. Immutable. */
export class Float {
  constructor(readonly value: number) {}
}

/** A Python complex. Immutable. */
export class Complex {
  constructor(readonly re: number, readonly im: number) {}
}

/** PyTorch's Scalar: what `Scalar` formals accept. */
export type Scalar = number | bigint | boolean | Float | Complex;

/** The one spelling of an int held as bigint. */
export function normInt(v: bigint): Int {
  return v >= MIN_SAFE && v <= MAX_SAFE ? Number(v) : v;
}

/** Wraps to 64-bit two's complement, as TorchScript ints do. */
export function wrapInt64(v: bigint): Int {
  return normInt(BigInt.asIntN(64, v));
}

export function isInt(v: unknown): v is Int {
  return typeof v === "number" || typeof v === "bigint";
}

export function isScalar(v: unknown): v is Scalar {
  return typeof v === "number" || typeof v === "bigint" || typeof v === "boolean" ||
    v instanceof Float || v instanceof Complex;
}

/** The real value of a Scalar as a double; throws TypeError on a complex with an imaginary part. */
export function scalarToNumber(v: Scalar): number {
  if (typeof v === "number") return v;
  if (v instanceof Float) return v.value;
  if (typeof v === "boolean") return v ? 1 : 0;
  if (typeof v === "bigint") return Number(v);
  if (v.im !== 0) throw new TypeError("value cannot be converted to a real number without loss");
  return v.re;
}
