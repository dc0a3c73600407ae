/** Texts of floats and complex numbers: Python's repr, and C's %e, %f and %g. */
import type { Complex } from "../scalar.ts";
import { fixedDigits, significantDigits } from "./float_digits.ts";

/** `d.ddde+XX` from what JS prints. */
function shortestExponential(x: number): string {
  const s = x.toExponential();
  const e = s.indexOf("e");
  return s.slice(0, e) + exponentText(Number(s.slice(e + 1)), "e");
}

function exponentText(exponent: number, letter: string): string {
  const a = Math.abs(exponent);
  return letter + (exponent < 0 ? "-" : "+") + (a < 10 ? "0" + a : a);
}

function nonFinite(x: number): string {
  return x !== x ? "nan" : x > 0 ? "inf" : "-inf";
}

/** Shortest digits that read back as the same double, without the `.0` that repr adds to whole numbers. */
export function shortestText(x: number): string {
  const a = Math.abs(x);
  if ((a >= 1e-4 && a < 1e16) || a === 0) return Object.is(x, -0) ? "-0" : String(x);
  if (!Number.isFinite(x)) return nonFinite(x);
  return shortestExponential(x);
}

/** repr(float): `1.0`, `1e+16`, `1e-05`, `inf`, `nan`. */
export function floatRepr(x: number): string {
  const a = Math.abs(x);
  if ((a >= 1e-4 && a < 1e16) || a === 0) {
    const s = Object.is(x, -0) ? "-0" : String(x);
    return Number.isInteger(x) ? s + ".0" : s;
  }
  if (!Number.isFinite(x)) return nonFinite(x);
  return shortestExponential(x);
}

/** repr(complex): `(1+2j)`, `2j`. */
export function complexRepr(z: Complex): string {
  const im = shortestText(z.im);
  if (z.re === 0 && !Object.is(z.re, -0)) return im + "j";
  return `(${shortestText(z.re)}${im[0] === "-" ? "" : "+"}${im}j)`;
}

/** C's `%.{precision}f`. */
export function formatF(x: number, precision: number, alternate = false): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  const s = fixedDigits(x, precision);
  return alternate && precision === 0 ? s + "." : s;
}

/** C's `%.{precision}e`. */
export function formatE(x: number, precision: number, alternate = false): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  const { digits, exponent } = significantDigits(x, precision);
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  const point = precision > 0 || alternate ? "." : "";
  return sign + digits[0] + point + digits.slice(1) + exponentText(exponent, "e");
}

/** C's `%.{precision}g`; `alternate` keeps trailing zeros, as `#` does. */
export function formatG(x: number, precision: number, alternate = false): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  const p = precision === 0 ? 1 : precision;
  const { digits, exponent } = significantDigits(x, p - 1);
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  return sign + generalText(digits, exponent, exponent < -4 || exponent >= p, alternate);
}

/** Significant digits laid out plainly or with an exponent; trailing zeros go unless `keepZeros`. */
export function generalText(
  digits: string,
  exponent: number,
  scientific: boolean,
  keepZeros: boolean,
): string {
  let whole: string, fraction: string;
  if (scientific) {
    whole = digits[0];
    fraction = digits.slice(1);
  } else if (exponent < 0) {
    whole = "0";
    fraction = "0".repeat(-exponent - 1) + digits;
  } else {
    whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
    fraction = digits.slice(exponent + 1);
  }
  if (!keepZeros) fraction = fraction.replace(/0+$/, "");
  const point = fraction !== "" || keepZeros ? "." : "";
  return whole + point + fraction + (scientific ? exponentText(exponent, "e") : "");
}

/** C's printf of a double with conversion `e`, `f`, `g` or their capitals. */
export function formatC(x: number, conversion: string, precision = 6, alternate = false): string {
  const lower = conversion.toLowerCase();
  const s = lower === "f"
    ? formatF(x, precision, alternate)
    : lower === "e"
    ? formatE(x, precision, alternate)
    : formatG(x, precision, alternate);
  return lower === conversion ? s : s.toUpperCase();
}
