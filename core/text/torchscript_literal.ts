/** Numbers as TorchScript's printers write them, in graphs, schemas and serialized code. */
import type { Complex } from "../scalar.ts";

/** C's `%.17g`: 17 significant digits, trailing zeros dropped, exponent of at least two digits. */
export function g17(v: number): string {
  if (v === 0) return Object.is(v, -0) ? "-0" : "0";
  const [mantissa, e] = v.toExponential(16).split("e");
  const exponent = Number(e);
  if (exponent < -4 || exponent >= 17) {
    const digits = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const fixed = v.toFixed(Math.max(0, 16 - exponent));
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
}

/** A float literal: integral values below 1e10 end in a bare point (`2.`), others have 17 digits. */
export function floatText(v: number): string {
  if (Number.isNaN(v)) return "nan";
  if (!Number.isFinite(v)) return v < 0 ? "-inf" : "inf";
  if (Number.isInteger(v) && Math.abs(v) < 1e10) return `${Object.is(v, -0) ? "-0" : v}.`;
  return g17(v);
}

/** A complex literal: `3.+4.j`. */
export function complexText(c: Complex): string {
  const im = floatText(c.im);
  return `${floatText(c.re)}${im.startsWith("-") ? "" : "+"}${im}j`;
}
