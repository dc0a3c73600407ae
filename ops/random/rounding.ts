/**
 * Rounding that PyTorch's kernels do and JavaScript has no operator for: half and bfloat16, and fused
 * multiply-add (the official build contracts `a * b + c`). The float32 form of the latter needs no function:
 * `Math.fround(a * b + c)` is one, because the product of two floats is exact in a double.
 */
import { bfloat16ToNumber, halfToNumber, numberToBfloat16, numberToHalf } from "../../core/element.ts";
import { ScalarType } from "../../core/scalar_type.ts";

export function roundHalf(x: number): number {
  return halfToNumber(numberToHalf(x));
}

export function roundBFloat16(x: number): number {
  return bfloat16ToNumber(numberToBfloat16(x));
}

/** The nearest value of floating type `t`. */
export function roundTo(x: number, t: ScalarType): number {
  switch (t) {
    case ScalarType.Half:
      return roundHalf(x);
    case ScalarType.BFloat16:
      return roundBFloat16(x);
    case ScalarType.Float:
      return Math.fround(x);
    default:
      return x;
  }
}

const SPLIT = 134217729;

/** `a * b + c` rounded once, in double precision (the last bit is wrong only when two roundings tie). */
export function fma(a: number, b: number, c: number): number {
  const p = a * b;
  const s = p + c;
  if (!Number.isFinite(s)) return s;
  const ah = SPLIT * a - (SPLIT * a - a), al = a - ah;
  const bh = SPLIT * b - (SPLIT * b - b), bl = b - bh;
  const pe = ((ah * bh - p) + ah * bl + al * bh) + al * bl;
  const back = s - p;
  const se = (p - (s - back)) + (c - back);
  return s + (se + pe);
}
