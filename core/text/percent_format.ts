/** Python's `%` formatting of strings. */
import { RuntimeFault } from "../errors.ts";
import type { Int } from "../scalar.ts";
import { intToString } from "../number/parse.ts";
import { hasSurrogates } from "./characters.ts";
import { formatC } from "./float_repr.ts";

/** What formatting asks of the values, which it does not look into. */
export interface PercentValues<V> {
  str(v: V): string;
  repr(v: V): string;
  ascii(v: V): string;
  /** For %d %i %u: int(v); undefined when v is not a real number. */
  toInt(v: V): Int | undefined;
  /** For %x %o %X: v as an index; undefined when v is not an integer. */
  toIndex(v: V): Int | undefined;
  /** For %e %f %g: float(v); undefined when v is not a real number. */
  toFloat(v: V): number | undefined;
  /** For %c: the text when v is a str. */
  asText(v: V): string | undefined;
  typeName(v: V): string;
  /** `mapping[key]`; absent when the right operand is not a mapping. */
  getItem?: (key: string) => V;
}

function fail(type: "TypeError" | "ValueError" | "OverflowError", message: string): never {
  throw new RuntimeFault(type, message);
}

/** Widths beyond this make no JS string. */
const MAX_COUNT = 500_000_000;

/** Width in code points. */
function lengthOf(s: string): number {
  return hasSurrogates(s) ? [...s].length : s.length;
}

/**
 * `format % args`. `args` is the tuple on the right, or its only value.
 * Throws TypeError or ValueError with CPython's words.
 */
export function percentFormat<V>(format: string, args: readonly V[], values: PercentValues<V>): string {
  let out = "", at = 0, next = 0;
  const take = (): V => {
    if (next >= args.length) fail("TypeError", "not enough arguments for format string");
    return args[next++];
  };
  const count = (): number => {
    const v = take(), n = values.toIndex(v);
    if (n === undefined) fail("TypeError", "* wants int");
    return Number(n);
  };
  for (;;) {
    const percent = format.indexOf("%", at);
    if (percent === -1) {
      out += format.slice(at);
      break;
    }
    out += format.slice(at, percent);
    at = percent + 1;
    if (format[at] === "%") {
      out += "%";
      at++;
      continue;
    }
    if (format[at] === "(") {
      if (!values.getItem) fail("TypeError", "format requires a mapping");
      let depth = 1, end = at + 1;
      for (; end < format.length && depth > 0; end++) {
        if (format[end] === "(") depth++;
        else if (format[end] === ")") depth--;
      }
      if (depth > 0) fail("ValueError", "incomplete format key");
      // From here on the value stands for the arguments, as in CPython.
      args = [values.getItem(format.slice(at + 1, end - 1))];
      next = 0;
      at = end;
    }
    let left = false, plus = false, space = false, alternate = false, zero = false;
    for (;; at++) {
      const ch = format[at];
      if (ch === "-") left = true;
      else if (ch === "+") plus = true;
      else if (ch === " ") space = true;
      else if (ch === "#") alternate = true;
      else if (ch === "0") zero = true;
      else break;
    }
    let width = 0, precision = -1;
    const readCount = (what: string): number => {
      const from = at;
      while (format[at] >= "0" && format[at] <= "9") at++;
      const n = Number(format.slice(from, at));
      return n <= MAX_COUNT ? n : fail("ValueError", `${what} too big`);
    };
    if (format[at] === "*") {
      at++;
      width = count();
      if (width < 0) {
        left = true;
        width = -width;
      }
    } else width = readCount("width");
    if (format[at] === ".") {
      at++;
      if (format[at] === "*") {
        at++;
        precision = Math.max(0, count());
      } else precision = readCount("precision");
    }
    if (format[at] === "h" || format[at] === "l" || format[at] === "L") at++;
    if (at >= format.length) fail("ValueError", "incomplete format");
    const conversion = String.fromCodePoint(format.codePointAt(at)!);
    at += conversion.length;
    const pad = (sign: string, body: string, zeros: boolean): string => {
      const missing = width - lengthOf(sign) - lengthOf(body);
      if (missing <= 0) return sign + body;
      if (left) return sign + body + " ".repeat(missing);
      return zeros ? sign + "0".repeat(missing) + body : " ".repeat(missing) + sign + body;
    };
    const signOf = (negative: boolean) => negative ? "-" : plus ? "+" : space ? " " : "";
    const value = take();
    switch (conversion) {
      case "s":
      case "r":
      case "a": {
        let s = conversion === "s"
          ? values.str(value)
          : conversion === "r"
          ? values.repr(value)
          : values.ascii(value);
        if (precision >= 0 && s.length > precision) {
          s = hasSurrogates(s) ? [...s].slice(0, precision).join("") : s.slice(0, precision);
        }
        out += pad("", s, false);
        break;
      }
      case "c": {
        let s = values.asText(value);
        if (s === undefined) {
          const n = values.toIndex(value);
          if (n === undefined) fail("TypeError", "%c requires int or char");
          if (n < 0 || n > 0x10ffff) fail("OverflowError", "%c arg not in range(0x110000)");
          s = String.fromCodePoint(Number(n));
        } else if (lengthOf(s) !== 1) fail("TypeError", "%c requires int or char");
        out += pad("", s, false);
        break;
      }
      case "d":
      case "i":
      case "u":
      case "o":
      case "x":
      case "X": {
        const decimal = conversion === "d" || conversion === "i" || conversion === "u";
        const n = decimal ? values.toInt(value) : values.toIndex(value);
        if (n === undefined) {
          const wanted = decimal ? "a real number" : "an integer";
          fail("TypeError", `%${conversion} format: ${wanted} is required, not ${values.typeName(value)}`);
        }
        let digits = decimal ? intToString(n) : n.toString(conversion === "o" ? 8 : 16);
        if (n < 0) digits = digits.slice(1);
        if (conversion === "X") digits = digits.toUpperCase();
        if (precision >= 0) digits = digits.padStart(precision, "0");
        const prefix = alternate && !decimal ? "0" + conversion : "";
        out += pad(signOf(n < 0) + prefix, digits, zero);
        break;
      }
      case "e":
      case "E":
      case "f":
      case "F":
      case "g":
      case "G": {
        const x = values.toFloat(value);
        if (x === undefined) fail("TypeError", `must be real number, not ${values.typeName(value)}`);
        const negative = x < 0 || Object.is(x, -0);
        const body = formatC(Math.abs(x), conversion, precision < 0 ? 6 : precision, alternate);
        out += pad(signOf(negative), body, zero);
        break;
      }
      default: {
        const code = conversion.codePointAt(0)!;
        const shown = code > 31 && code < 128 ? conversion : "?";
        const index = lengthOf(format.slice(0, at - conversion.length));
        fail(
          "ValueError",
          `unsupported format character '${shown}' (0x${code.toString(16)}) at index ${index}`,
        );
      }
    }
  }
  if (next < args.length && !values.getItem) {
    fail("TypeError", "not all arguments converted during string formatting");
  }
  return out;
}
