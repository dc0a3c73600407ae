/** Texts to numbers: what int(), float() and complex() accept, and CPython's words when they do not. */
import { RuntimeFault } from "../errors.ts";
import { Complex, type Int, normInt } from "../scalar.ts";
import { decimalDigitsToAscii, pyStrip } from "../text/characters.ts";
import { strRepr } from "../text/str_repr.ts";

/** CPython's guard against quadratic conversions, in digits; 0 is none. `sys.set_int_max_str_digits` changes it. */
export const strDigits: { limit: number } = { limit: 4300 };

const tooLong = (digits: number) => strDigits.limit > 0 && digits > strDigits.limit;

/** `int(text, base)`; base 0 reads the prefix. */
export function intFromText(text: string, base: Int = 10): Int {
  if (base !== 0 && (base < 2 || base > 36)) {
    throw new RuntimeFault("ValueError", "int() base must be >= 2 and <= 36, or 0");
  }
  const bad = () =>
    new RuntimeFault(
      "ValueError",
      `invalid literal for int() with base ${base}: ${strRepr(text).slice(0, 200)}`,
    );
  let s = pyStrip(text);
  if (base === 10 && s.length < 16 && /^[+-]?[0-9]+$/.test(s)) return Number(s) + 0;
  if (/[^\x00-\x7f]/.test(s)) s = decimalDigitsToAscii(s);
  const m = /^([+-]?)(?:0([xXoObB])(?=_?[0-9a-zA-Z]))?(.*)$/s.exec(s)!;
  let radix = Number(base), digits = m[3];
  const prefixRadix = m[2] ? ({ x: 16, o: 8, b: 2 } as Record<string, number>)[m[2].toLowerCase()] : 0;
  if (prefixRadix && (radix === 0 || radix === prefixRadix)) {
    radix = prefixRadix;
    if (digits[0] === "_") digits = digits.slice(1);
  } else {
    if (m[2]) digits = "0" + m[2] + digits;
    if (radix === 0) {
      if (/^0[0_]*[1-9]/.test(digits)) throw bad();
      radix = 10;
    }
  }
  if (!/^[0-9a-z]+(?:_[0-9a-z]+)*$/i.test(digits)) throw bad();
  digits = digits.replaceAll("_", "").toLowerCase();
  for (let i = 0; i < digits.length; i++) {
    const c = digits.charCodeAt(i);
    if ((c < 58 ? c - 48 : c - 87) >= radix) throw bad();
  }
  const power2 = (radix & (radix - 1)) === 0;
  if (!power2 && tooLong(digits.length)) {
    throw new RuntimeFault(
      "ValueError",
      `Exceeds the limit (${strDigits.limit} digits) for integer string conversion: value has ${digits.length} ` +
        "digits; use sys.set_int_max_str_digits() to increase the limit",
    );
  }
  const v = digitsToBigInt(digits, radix);
  return normInt(m[1] === "-" ? -v : v);
}

function digitsToBigInt(digits: string, radix: number): bigint {
  if (radix === 10) return BigInt(digits);
  if (radix === 16) return BigInt("0x" + digits);
  if (radix === 8) return BigInt("0o" + digits);
  if (radix === 2) return BigInt("0b" + digits);
  let v = 0n;
  const r = BigInt(radix);
  for (let i = 0; i < digits.length; i++) v = v * r + BigInt(parseInt(digits[i], radix));
  return v;
}

/** `str(int)`, with CPython's limit on its length. */
export function intToString(a: Int): string {
  const s = a.toString();
  if (tooLong(s.length) && tooLong(s.length - (s[0] === "-" ? 1 : 0))) {
    throw new RuntimeFault(
      "ValueError",
      `Exceeds the limit (${strDigits.limit} digits) for integer string conversion; ` +
        "use sys.set_int_max_str_digits() to increase the limit",
    );
  }
  return s;
}

const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const SPECIAL = /^([+-]?)(inf(?:inity)?|nan)$/i;

function floatOrUndefined(s: string): number | undefined {
  if (FLOAT.test(s)) return Number(s.includes("_") ? s.replaceAll("_", "") : s);
  const m = SPECIAL.exec(s);
  if (!m) return undefined;
  const v = m[2][0] === "n" || m[2][0] === "N" ? NaN : Infinity;
  return m[1] === "-" ? -v : v;
}

/** `float(text)`. */
export function floatFromText(text: string): number {
  let s = pyStrip(text);
  if (/[^\x00-\x7f]/.test(s)) s = decimalDigitsToAscii(s);
  const v = floatOrUndefined(s);
  if (v === undefined) {
    throw new RuntimeFault("ValueError", `could not convert string to float: ${strRepr(text)}`);
  }
  return v;
}

const NUMBER = "(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:[eE][+-]?\\d[\\d_]*)?|inf(?:inity)?|nan";
let complexPattern: RegExp | undefined;

/** `complex(text)`: `a`, `bj`, `a+bj`, in parentheses or not, without spaces inside. */
export function complexFromText(text: string): Complex {
  let s = pyStrip(text);
  if (s[0] === "(" && s.endsWith(")")) s = pyStrip(s.slice(1, -1));
  if (/[^\x00-\x7f]/.test(s)) s = decimalDigitsToAscii(s);
  complexPattern ??= new RegExp(`^(?:([+-]?(?:${NUMBER}))(?![\\djJ.]))?(?:([+-]?(?:${NUMBER})?)[jJ])?$`, "i");
  const bad = () => new RuntimeFault("ValueError", "complex() arg is a malformed string");
  const m = complexPattern.exec(s);
  if (!m || s === "" || (m[1] !== undefined && m[2] !== undefined && !/^[+-]/.test(m[2]))) throw bad();
  const re = m[1] === undefined ? 0 : floatOrUndefined(m[1]);
  const im = m[2] === undefined
    ? 0
    : m[2] === "" || m[2] === "+"
    ? 1
    : m[2] === "-"
    ? -1
    : floatOrUndefined(m[2]);
  if (re === undefined || im === undefined) throw bad();
  return new Complex(re, im);
}
