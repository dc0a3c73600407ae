/** Scanning and decoding of numeric literals. */
import type { ConstantValue } from "./ast.ts";

export interface ScannedNumber {
  end: number;
  /** Empty when the literal is well formed. */
  error: string;
  errorAt: number;
}

const isDigit = (c: number) => c >= 48 && c <= 57;
const isHex = (c: number) => isDigit(c) || (c >= 97 && c <= 102) || (c >= 65 && c <= 70);
const isOctal = (c: number) => c >= 48 && c <= 55;
const isBinary = (c: number) => c === 48 || c === 49;
const isWord = (c: number) =>
  (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || c >= 128 || isDigit(c);
const UNDERSCORE = 95, DOT = 46;

/** The words that may follow a digit without a space, as in `1if x else 2`. */
const AFTER_NUMBER = /^(?:and|else|for|if|in|is|not|or)\b/;

class NumberError {
  constructor(readonly text: string, readonly at: number) {}
}

/** Digits with single underscores between them. `pos` is at the first digit; returns the offset past the last. */
function digits(text: string, pos: number, accept: (c: number) => boolean, name: string): number {
  for (;;) {
    while (accept(text.charCodeAt(pos))) pos++;
    if (text.charCodeAt(pos) !== UNDERSCORE) return pos;
    if (!accept(text.charCodeAt(pos + 1))) {
      const next = text.charCodeAt(pos + 1);
      if (isDigit(next)) {
        throw new NumberError(`invalid digit '${text[pos + 1]}' in ${name} literal`, pos + 1);
      }
      throw new NumberError(`invalid ${name} literal`, pos);
    }
    pos++;
  }
}

function checkEnd(text: string, pos: number, name: string): number {
  const c = text.charCodeAt(pos);
  if (!isWord(c)) return pos;
  if (isDigit(c) && name !== "imaginary") {
    throw new NumberError(`invalid digit '${text[pos]}' in ${name} literal`, pos);
  }
  if (AFTER_NUMBER.test(text.slice(pos, pos + 5))) return pos;
  throw new NumberError(`invalid ${name} literal`, pos - 1);
}

function scan(text: string, start: number): number {
  let pos = start;
  const first = text.charCodeAt(pos);
  const second = text.charCodeAt(pos + 1) | 32;
  if (first === 48 && (second === 120 || second === 111 || second === 98)) {
    const [name, accept] = second === 120
      ? ["hexadecimal", isHex] as const
      : second === 111
      ? ["octal", isOctal] as const
      : ["binary", isBinary] as const;
    pos += 2;
    if (text.charCodeAt(pos) === UNDERSCORE) pos++;
    const c = text.charCodeAt(pos);
    if (!accept(c)) {
      if (isDigit(c)) throw new NumberError(`invalid digit '${text[pos]}' in ${name} literal`, pos);
      throw new NumberError(`invalid ${name} literal`, pos - 1);
    }
    return checkEnd(text, digits(text, pos, accept, name), name);
  }
  let float = false;
  if (first !== DOT) pos = digits(text, pos, isDigit, "decimal");
  const intEnd = pos;
  if (text.charCodeAt(pos) === DOT) {
    float = true;
    pos++;
    if (isDigit(text.charCodeAt(pos))) pos = digits(text, pos, isDigit, "decimal");
  }
  if ((text.charCodeAt(pos) | 32) === 101) {
    const sign = text.charCodeAt(pos + 1);
    const at = pos + (sign === 43 || sign === 45 ? 2 : 1);
    if (isDigit(text.charCodeAt(at))) {
      float = true;
      pos = digits(text, at, isDigit, "decimal");
    } else if (at === pos + 2) {
      throw new NumberError("invalid decimal literal", pos);
    } else {
      return checkEnd(text, pos, "decimal");
    }
  }
  if ((text.charCodeAt(pos) | 32) === 106) return checkEnd(text, pos + 1, "imaginary");
  if (!float && first === 48 && intEnd - start > 1) {
    const nonzero = /[1-9]/.exec(text.slice(start, intEnd));
    if (nonzero) {
      throw new NumberError(
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
        start,
      );
    }
  }
  return checkEnd(text, pos, "decimal");
}

/** The extent of the numeric literal at `start`, and what is wrong with it. */
export function scanNumber(text: string, start: number): ScannedNumber {
  try {
    return { end: scan(text, start), error: "", errorAt: 0 };
  } catch (e) {
    if (!(e instanceof NumberError)) throw e;
    let end = start;
    while (isWord(text.charCodeAt(end)) || text.charCodeAt(end) === DOT) end++;
    return { end, error: e.text, errorAt: e.at };
  }
}

/** Value of a well-formed literal: int (number while safe, else bigint), float or imaginary part. */
export function numberValue(literal: string): ConstantValue {
  const text = literal.includes("_") ? literal.replaceAll("_", "") : literal;
  const last = text.charCodeAt(text.length - 1) | 32;
  const prefixed = text.length > 1 && text.charCodeAt(0) === 48 && (text.charCodeAt(1) | 32) >= 98 &&
    !isDigit(text.charCodeAt(1)) && /^0[xXoObB]/.test(text);
  if (!prefixed) {
    if (last === 106) return { type: "complex", value: Number(text.slice(0, -1)) };
    if (/[.eE]/.test(text)) return { type: "float", value: Number(text) };
  }
  const value = Number(text);
  return { type: "int", value: Number.isSafeInteger(value) ? value : BigInt(text) };
}
