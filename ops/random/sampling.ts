/** What all samplers share: where numbers go, how they are cast, and which element types a sampler takes. */
import { check } from "../../core/errors.ts";
import { isFloatingType, ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import type { TypedArray } from "../../core/tensor.ts";
import { numberToBfloat16, numberToHalf } from "../../core/element.ts";

/** Draws taken from the engine at a time by the bulk samplers. */
export const CHUNK = 4096;

const TWO_32 = 4294967296;

/** Throws what PyTorch's dispatch macro throws when `t` is not among the types it was given. */
export function requireType(ok: boolean, kernel: string, t: ScalarType): void {
  check(ok, () => `"${kernel}" not implemented for '${scalarTypeInfo(t).name}'`, "NotImplementedError");
}

export function requireFloating(kernel: string, t: ScalarType): void {
  requireType(isFloatingType(t), kernel, t);
}

/** The 64-bit integers of `out` as pairs of words, low first; spares a bigint per element. */
export function words(out: TypedArray): Int32Array {
  return new Int32Array(out.buffer as ArrayBuffer, out.byteOffset, out.length * 2);
}

/** Writes an integral number, |v| < 2**63, as int64 number `i` of `pairs`. */
export function storeLong(pairs: Int32Array, i: number, v: number): void {
  const hi = Math.floor(v / TWO_32);
  pairs[2 * i] = (v - hi * TWO_32) | 0;
  pairs[2 * i + 1] = hi | 0;
}

/** Fills `out`, whose elements are of type `t`, with one call of `next` each, cast as C casts a double. */
export function sample(out: TypedArray, t: ScalarType, next: () => number): void {
  const n = out.length;
  switch (t) {
    case ScalarType.Half:
      for (let i = 0; i < n; i++) out[i] = numberToHalf(next());
      return;
    case ScalarType.BFloat16:
      for (let i = 0; i < n; i++) out[i] = numberToBfloat16(next());
      return;
    case ScalarType.Long: {
      const pairs = words(out);
      for (let i = 0; i < n; i++) storeLong(pairs, i, Math.trunc(next()));
      return;
    }
    default:
      for (let i = 0; i < n; i++) (out as Float64Array)[i] = next();
  }
}

/** A number as C++ streams print it (`%g`), the form in PyTorch's messages. */
export function showDouble(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  if (x === 0) return Object.is(x, -0) ? "-0" : "0";
  const [mantissa, exp] = x.toExponential(5).split("e");
  const e = Number(exp);
  const trim = (s: string) => s.includes(".") ? s.replace(/\.?0+$/, "") : s;
  if (e < -4 || e >= 6) {
    const abs = Math.abs(e);
    return `${trim(mantissa)}e${e < 0 ? "-" : "+"}${abs < 10 ? "0" : ""}${abs}`;
  }
  return trim(x.toFixed(5 - e));
}
