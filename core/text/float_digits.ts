/** Exact decimal digits of doubles, rounded half to even on the binary value, at any precision. */
import { decompose } from "../number/float.ts";

/** Whether `x * 10**decimals` lies exactly half way between two integers. */
function isTie(x: number, decimals: number): boolean {
  if (decimals >= 0) {
    // Half an odd multiple of 10**-d is a dyadic number only when it is odd / 2**(d+1).
    const y = x * 2 ** Math.min(1000, decimals + 1);
    return Number.isInteger(y) && y % 2 !== 0 && y < 2 ** 53;
  }
  const { mantissa, exponent } = decompose(x);
  if (exponent < 0) return false;
  const twice = (mantissa << BigInt(exponent)) * 2n, unit = 10n ** BigInt(-decimals);
  return twice % unit === 0n && (twice / unit) % 2n === 1n;
}

/** The same digits with the last one lowered to even; JS rounds ties away from zero. */
function lowerToEven(digits: string): string {
  const last = digits.charCodeAt(digits.length - 1);
  return last % 2 === 1 ? digits.slice(0, -1) + String.fromCharCode(last - 1) : digits;
}

/** |x| times 10**decimals, rounded to an integer. */
function scaled(x: number, decimals: number): bigint {
  const { mantissa, exponent } = decompose(x);
  let num = mantissa, den = 1n;
  if (exponent >= 0) num <<= BigInt(exponent);
  else den <<= BigInt(-exponent);
  if (decimals >= 0) num *= 10n ** BigInt(decimals);
  else den *= 10n ** BigInt(-decimals);
  const q = num / den, twice = (num - q * den) * 2n;
  return twice > den || (twice === den && (q & 1n) === 1n) ? q + 1n : q;
}

/**
 * A finite double in plain decimal notation with `decimals` digits after the point; a negative count
 * rounds to tens, hundreds and so on. Keeps the sign of zero.
 */
export function fixedDigits(x: number, decimals: number): string {
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  const a = Math.abs(x);
  if (decimals >= 0 && decimals <= 100 && a < 1e21) {
    const s = a.toFixed(decimals);
    if (!isTie(a, decimals)) return sign + s;
    return sign + (s.endsWith(".") ? s : lowerToEven(s));
  }
  let s = scaled(a, decimals).toString();
  if (decimals <= 0) return sign + (s === "0" ? s : s + "0".repeat(-decimals));
  s = s.padStart(decimals + 1, "0");
  return sign + s.slice(0, -decimals) + "." + s.slice(-decimals);
}

/** `precision + 1` significant digits of |x| and the exponent of the first. Zero has exponent 0. */
export function significantDigits(x: number, precision: number): { digits: string; exponent: number } {
  const a = Math.abs(x);
  if (a === 0) return { digits: "0".repeat(precision + 1), exponent: 0 };
  if (precision <= 100) {
    const s = a.toExponential(precision);
    const e = s.indexOf("e");
    const exponent = Number(s.slice(e + 1));
    const digits = precision === 0 ? s.slice(0, e) : s[0] + s.slice(2, e);
    return { digits: isTie(a, precision - exponent) ? lowerToEven(digits) : digits, exponent };
  }
  // A double has at most 767 significant digits: what is asked beyond them is zeros.
  const p = Math.min(precision, 800);
  let exponent = Number(a.toExponential(20).split("e")[1]);
  let digits = scaled(a, p - exponent).toString();
  if (digits.length > p + 1) {
    exponent += 1;
    digits = digits.slice(0, p + 1);
  }
  return { digits: digits.padEnd(precision + 1, "0"), exponent };
}
