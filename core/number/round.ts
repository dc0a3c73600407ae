/** Python's round(): halves to even, decided on the exact binary value. */
import { RuntimeFault } from "../errors.ts";
import type { Int } from "../scalar.ts";
import { fixedDigits } from "../text/float_digits.ts";
import { intFromFloat } from "./float.ts";
import { intAdd, intDivMod, intMul, intNeg, intPowNonNegative, intSub } from "./int.ts";

/** Nearest whole double, halves to even. */
export function roundHalfEven(x: number): number {
  const f = Math.floor(x), d = x - f;
  if (d < 0.5) return f === 0 && x < 0 ? -0 : f;
  if (d > 0.5) return f === -1 ? -0 : f + 1;
  if (d !== 0.5) return x;
  const r = f % 2 === 0 ? f : f + 1;
  return r === 0 && x < 0 ? -0 : r;
}

/** `round(x)`. */
export function roundToInt(x: number): Int {
  return intFromFloat(roundHalfEven(x));
}

/** `round(x, ndigits)`. */
export function roundFloat(x: number, ndigits: Int): number {
  if (!Number.isFinite(x)) return x;
  if (ndigits > 323) return x;
  if (ndigits < -308) return 0 * x;
  const r = Number(fixedDigits(x, Number(ndigits)));
  if (!Number.isFinite(r)) throw new RuntimeFault("OverflowError", "rounded value too large to represent");
  return r;
}

/** `round(a, ndigits)` of an int: only negative ndigits change it. */
export function roundInt(a: Int, ndigits: Int): Int {
  if (ndigits >= 0) return a;
  // 10**n beyond twice the value rounds to 0, and need not be built.
  if (-Number(ndigits) > a.toString().length + 1) return 0;
  const unit = intPowNonNegative(10, intNeg(ndigits));
  const [, rest] = intDivMod(a, unit);
  const down = intSub(a, rest), twice = intMul(rest, 2);
  if (twice < unit) return down;
  const up = intAdd(down, unit);
  if (twice > unit) return up;
  return intDivMod(intDivMod(down, unit)[0], 2)[1] === 0 ? down : up;
}
