/** The format mini-language: format(value, spec) for str, int, bool, float and complex. */
import { RuntimeFault } from "../errors.ts";
import type { Complex, Int } from "../scalar.ts";
import { intToFloat } from "../number/float.ts";
import { intToString } from "../number/parse.ts";
import { hasSurrogates } from "./characters.ts";
import { formatE, formatF, generalText, shortestText } from "./float_repr.ts";
import { significantDigits } from "./float_digits.ts";

interface FormatSpec {
  fill: string;
  align: string;
  sign: string;
  noNegativeZero: boolean;
  alternate: boolean;
  width: number;
  grouping: string;
  /** -1 when absent. */
  precision: number;
  type: string;
}

const PATTERN = /^(?:(.)?([<>=^]))?([ +-])?(z)?(#)?(0)?(\d+)?(,)?(_)?(?:(\.)(\d+)?)?(.*)$/su;

function fail(message: string): never {
  throw new RuntimeFault("ValueError", message);
}

/** Widths beyond this make no JS string. */
const MAX_COUNT = 500_000_000;

function digitsToCount(s: string | undefined): number {
  if (s === undefined) return -1;
  const n = Number(s);
  return n <= MAX_COUNT ? n : fail("Too many decimal digits in format string");
}

function parseSpec(spec: string, defaultAlign: string, typeName: string): FormatSpec {
  const m = PATTERN.exec(spec)!;
  const [, fill, align, sign, z, alt, zero, width, comma, underscore, dot, precision, rest] = m;
  const out: FormatSpec = {
    fill: fill ?? " ",
    align: align ?? defaultAlign,
    sign: sign ?? "",
    noNegativeZero: z !== undefined,
    alternate: alt !== undefined,
    width: digitsToCount(width),
    grouping: comma ?? underscore ?? "",
    precision: digitsToCount(precision),
    type: rest,
  };
  if (zero !== undefined && fill === undefined) {
    out.fill = "0";
    if (align === undefined && defaultAlign === ">") out.align = "=";
  }
  if ((comma && underscore) || (underscore && rest[0] === ",")) fail("Cannot specify both ',' and '_'.");
  if (dot && precision === undefined) fail("Format specifier missing precision");
  if (rest !== "" && [...rest].length > 1) {
    fail(`Invalid format specifier '${spec}' for object of type '${typeName}'`);
  }
  if (out.grouping !== "" && !"defgEGF%".includes(rest)) {
    if (!(out.grouping === "_" && "boxX".includes(rest))) {
      const code = rest.codePointAt(0)!;
      const shown = code > 32 && code < 128 ? `'${rest}'` : `'\\x${code.toString(16)}'`;
      fail(`Cannot specify '${out.grouping}' with ${shown}.`);
    }
  }
  return out;
}

function unknownCode(type: string, typeName: string): never {
  const code = type.codePointAt(0)!;
  const shown = code > 32 && code < 128 ? type : `\\x${code.toString(16)}`;
  return fail(`Unknown format code '${shown}' for object of type '${typeName}'`);
}

function lengthOf(s: string): number {
  return hasSurrogates(s) ? [...s].length : s.length;
}

function pad(text: string, spec: FormatSpec): string {
  const missing = spec.width - lengthOf(text);
  if (missing <= 0) return text;
  if (spec.align === "<") return text + spec.fill.repeat(missing);
  if (spec.align === "^") {
    const left = missing >> 1;
    return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
  }
  return spec.fill.repeat(missing) + text;
}

/** format(str, spec). */
export function formatStr(s: string, spec: string, typeName = "str"): string {
  if (spec === "") return s;
  const f = parseSpec(spec, "<", typeName);
  if (f.type !== "" && f.type !== "s") unknownCode(f.type, typeName);
  if (f.grouping !== "") fail(`Cannot specify '${f.grouping}' with 's'.`);
  if (f.sign !== "") {
    fail(
      f.sign === " "
        ? "Space not allowed in string format specifier"
        : "Sign not allowed in string format specifier",
    );
  }
  if (f.noNegativeZero) fail("Negative zero coercion (z) not allowed in string format specifier");
  if (f.alternate) fail("Alternate form (#) not allowed in string format specifier");
  if (f.align === "=") fail("'=' alignment not allowed in string format specifier");
  if (f.precision >= 0 && s.length > f.precision) {
    s = hasSurrogates(s) ? [...s].slice(0, f.precision).join("") : s.slice(0, f.precision);
  }
  return pad(s, f);
}

/** Digits with a separator every `size`, widened with zeros to `width` characters. */
function group(digits: string, separator: string, size: number, width: number): string {
  if (separator === "") return digits.padStart(width, "0");
  // Where the width would begin with a separator, one more digit goes before it.
  if (width > 0) {
    const digitsNeeded = width - Math.floor((width - 1) / (size + 1));
    digits = digits.padStart(digitsNeeded, "0");
  }
  let out = digits.slice(Math.max(0, digits.length - size));
  for (let end = digits.length - size; end > 0; end -= size) {
    out = digits.slice(Math.max(0, end - size), end) + separator + out;
  }
  return out;
}

/** Sign, prefix, grouped digits, tail and padding of a number. */
function layout(
  negative: boolean,
  prefix: string,
  digits: string,
  tail: string,
  f: FormatSpec,
  groupSize: number,
): string {
  const sign = negative ? "-" : f.sign === "+" ? "+" : f.sign === " " ? " " : "";
  const head = sign + prefix;
  const zeros = f.fill === "0" && f.align === "=";
  const inner = f.width - head.length - tail.length;
  const grouped = group(digits, f.grouping, groupSize, zeros && /^\d|^[a-f]/i.test(digits) ? inner : 0);
  if (f.align === "=") {
    return head + f.fill.repeat(Math.max(0, inner - grouped.length)) + grouped + tail;
  }
  return pad(head + grouped + tail, f);
}

const RADIX: Record<string, number> = { b: 2, o: 8, x: 16, X: 16 };

/** format(int, spec). */
export function formatInt(v: Int, spec: string, typeName = "int"): string {
  if (spec === "") return intToString(v);
  const f = parseSpec(spec, ">", typeName);
  if (f.type !== "" && "eEfFgG%".includes(f.type)) return formatParsedFloat(intToFloat(v), f, typeName);
  if (f.type !== "" && !"dbBoxXnc".includes(f.type) || f.type === "B") unknownCode(f.type, typeName);
  if (f.precision >= 0) fail("Precision not allowed in integer format specifier");
  if (f.noNegativeZero) fail("Negative zero coercion (z) not allowed in integer format specifier");
  if (f.type === "c") {
    if (f.sign !== "") fail("Sign not allowed with integer format specifier 'c'");
    if (f.alternate) fail("Alternate form (#) not allowed with integer format specifier 'c'");
    if (v < -(2n ** 63n) || v >= 2n ** 63n) {
      throw new RuntimeFault("OverflowError", "Python int too large to convert to C long");
    }
    if (v < 0 || v > 0x10ffff) {
      throw new RuntimeFault("OverflowError", "%c arg not in range(0x110000)");
    }
    return pad(String.fromCodePoint(Number(v)), f);
  }
  const radix = RADIX[f.type] ?? 10;
  const negative = v < 0;
  let digits = radix === 10 ? intToString(v) : v.toString(radix);
  if (negative) digits = digits.slice(1);
  let prefix = f.alternate && radix !== 10 ? "0" + f.type.toLowerCase() : "";
  if (f.type === "X") {
    digits = digits.toUpperCase();
    prefix = prefix.toUpperCase();
  }
  return layout(negative, prefix, digits, "", f, radix === 10 ? 3 : 4);
}

/** format(bool, spec): `True` without a spec, an int with one. */
export function formatBool(v: boolean, spec: string): string {
  if (spec === "") return v ? "True" : "False";
  return formatInt(v ? 1 : 0, spec, "bool");
}

/** The digits of |x| under a float type, and whether what is shown is a negative number. */
function floatText(x: number, f: FormatSpec, defaultDot: boolean): string {
  let type = f.type === "n" ? "g" : f.type;
  const a = Math.abs(x);
  if (!Number.isFinite(a)) {
    const s = a !== a ? "nan" : "inf";
    return (type === "E" || type === "F" || type === "G" ? s.toUpperCase() : s) + (type === "%" ? "%" : "");
  }
  const upper = type === "E" || type === "F" || type === "G";
  type = type.toLowerCase();
  let s: string;
  if (type === "f" || type === "%") {
    s = formatF(type === "%" ? a * 100 : a, f.precision < 0 ? 6 : f.precision, f.alternate);
    if (type === "%") s += "%";
  } else if (type === "e") s = formatE(a, f.precision < 0 ? 6 : f.precision, f.alternate);
  else if (type === "" && f.precision < 0) {
    s = shortestText(a);
    if (f.alternate && !s.includes(".")) s = s.includes("e") ? s.replace("e", ".e") : s + ".";
    if (defaultDot && !/[.e]/.test(s)) s += ".0";
    else if (defaultDot && s.endsWith(".")) s += "0";
  } else {
    const p = f.precision < 0 ? 6 : f.precision === 0 ? 1 : f.precision;
    const { digits, exponent } = significantDigits(a, p - 1);
    const dot = type === "" && defaultDot;
    const scientific = exponent < -4 || exponent >= p - (dot ? 1 : 0);
    s = generalText(digits, exponent, scientific, f.alternate);
    if (dot && !scientific) {
      if (!s.includes(".")) s += ".0";
      else if (s.endsWith(".")) s += "0";
    }
  }
  return upper ? s.toUpperCase() : s;
}

function formatParsedFloat(x: number, f: FormatSpec, typeName: string): string {
  if (f.type !== "" && !"eEfFgGn%".includes(f.type)) unknownCode(f.type, typeName);
  const text = floatText(x, f, true);
  let negative = x < 0 || Object.is(x, -0);
  if (negative && f.noNegativeZero && !/[1-9in]/i.test(text.replace(/e.*$/i, ""))) negative = false;
  const at = text.search(/[^0-9]/);
  const split = at === -1 ? text.length : at;
  // inf and nan have no digits: the whole text is the tail.
  return layout(negative, "", text.slice(0, split), text.slice(split), f, 3);
}

/** format(float, spec). */
export function formatFloat(x: number, spec: string, typeName = "float"): string {
  return formatParsedFloat(x, parseSpec(spec, ">", typeName), typeName);
}

/** format(complex, spec). */
export function formatComplex(z: Complex, spec: string): string {
  const f = parseSpec(spec, ">", "complex");
  if (f.type !== "" && !"eEfFgGn".includes(f.type)) unknownCode(f.type, "complex");
  if (f.fill === "0") fail("Zero padding is not allowed in complex format specifier");
  if (f.align === "=") fail("'=' alignment flag is not allowed in complex format specifier");
  const one = (x: number, sign: string): string => {
    const text = floatText(x, f, false);
    let negative = x < 0 || Object.is(x, -0);
    if (negative && f.noNegativeZero && !/[1-9in]/i.test(text.replace(/e.*$/i, ""))) negative = false;
    const at = text.search(/[^0-9]/);
    const split = at === -1 ? text.length : at;
    return layout(negative, "", text.slice(0, split), text.slice(split), {
      ...f,
      sign,
      width: -1,
      align: ">",
    }, 3);
  };
  // Without a type a real part of +0 is left out, as repr does, and a present one brings parentheses.
  const skipReal = f.type === "" && z.re === 0 && !Object.is(z.re, -0);
  const im = one(z.im, skipReal ? f.sign : "+") + "j";
  if (skipReal) return pad(im, f);
  const both = one(z.re, f.sign) + im;
  return pad(f.type === "" ? `(${both})` : both, f);
}
