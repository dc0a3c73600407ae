/** Classes of characters as Python's str methods see them. Patterns are built on first use. */

/** Code points str.strip and str.split take for white space, beyond ASCII's. */
const WIDE_SPACE = /[\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

export function isSpaceCode(c: number): boolean {
  if (c < 128) return c === 32 || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
  return WIDE_SPACE.test(String.fromCharCode(c));
}

/** Ends of the part of `s` that is not white space. */
export function stripBounds(s: string, left: boolean, right: boolean): [number, number] {
  let a = 0, b = s.length;
  if (left) { while (a < b && isSpaceCode(s.charCodeAt(a))) a++; }
  if (right) { while (b > a && isSpaceCode(s.charCodeAt(b - 1))) b--; }
  return [a, b];
}

/** str.strip() without arguments. */
export function pyStrip(s: string): string {
  const [a, b] = stripBounds(s, true, true);
  return s.slice(a, b);
}

/** Whether a string holds anything that UTF-16 spells in two units (or a lone half of one). */
export function hasSurrogates(s: string): boolean {
  for (let i = 0; i < s.length; i++) {
    if ((s.charCodeAt(i) & 0xf800) === 0xd800) return true;
  }
  return false;
}

/** Value of a decimal digit of any script (`\p{Nd}`), or -1. */
export function decimalValue(ch: string): number {
  const c = ch.codePointAt(0)!;
  if (c >= 48 && c <= 57) return c - 48;
  if (c < 128 || !/^\p{Nd}$/u.test(ch)) return -1;
  // Unicode keeps each script's ten digits together and in order.
  let start = c;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(start - 1))) start--;
  return (c - start) % 10;
}

/** Every decimal digit of another script rewritten as 0-9. */
export function decimalDigitsToAscii(s: string): string {
  return s.replace(/\p{Nd}/gu, (ch) => String(decimalValue(ch)));
}

/** Characters repr shows as they are: not control, format, unassigned, private, surrogate, separator. */
export function isPrintable(ch: string): boolean {
  return ch === " " || !/[\p{C}\p{Z}]/u.test(ch);
}
