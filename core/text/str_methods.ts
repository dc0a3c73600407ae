/**
 * The methods of str on JS strings, counted in code points as Python counts them. Strings without
 * surrogates take the fast path, where code points and UTF-16 units are the same.
 * Bounds (`start`, `end`) are Python's: negative counts from the end, absent is the whole string.
 */
import { RuntimeFault } from "../errors.ts";
import { hasSurrogates, isSpaceCode, pyStrip, stripBounds } from "./characters.ts";

/** len(s). */
export function strLength(s: string): number {
  if (!hasSurrogates(s)) return s.length;
  let n = 0;
  for (const _ of s) n++;
  return n;
}

/** UTF-16 offset of the code point at `index`, which must be within 0..len(s). */
function offsetOf(s: string, index: number): number {
  let at = 0;
  for (; index > 0; index--) at += s.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}

/** Number of code points before a UTF-16 offset. */
function indexOfOffset(s: string, offset: number): number {
  return strLength(s.slice(0, offset));
}

/** s[index], already checked to be an int; undefined when out of range. */
export function strAt(s: string, index: number): string | undefined {
  if (!hasSurrogates(s)) return s[index < 0 ? index + s.length : index];
  const chars = Array.from(s);
  return chars[index < 0 ? index + chars.length : index];
}

/** Start, stop and step as slice.indices gives them. */
export function sliceIndices(
  length: number,
  start: number | undefined,
  stop: number | undefined,
  step: number,
): [number, number, number] {
  const low = step < 0 ? -1 : 0, high = step < 0 ? length - 1 : length;
  const clamp = (v: number) => v < 0 ? Math.max(v + length, low) : Math.min(v, high);
  const from = start === undefined ? (step < 0 ? high : low) : clamp(start);
  const to = stop === undefined ? (step < 0 ? low : high) : clamp(stop);
  return [from, to, step];
}

/** s[start:stop:step]; step is not 0. */
export function strSlice(s: string, start: number | undefined, stop: number | undefined, step = 1): string {
  const plain = !hasSurrogates(s);
  if (plain && step === 1) {
    const [a, b] = sliceIndices(s.length, start, stop, 1);
    return a < b ? s.slice(a, b) : "";
  }
  const chars: ArrayLike<string> = plain ? s : Array.from(s);
  const [a, b] = sliceIndices(chars.length, start, stop, step);
  const out: string[] = [];
  if (step > 0) { for (let i = a; i < b; i += step) out.push(chars[i]); }
  else for (let i = a; i > b; i += step) out.push(chars[i]);
  return out.join("");
}

/** UTF-16 window of Python bounds; undefined when start lies behind the end. */
function window(s: string, start: number | undefined, end: number | undefined): [number, number] | undefined {
  if (start === undefined && end === undefined) return [0, s.length];
  const wide = hasSurrogates(s), n = wide ? strLength(s) : s.length;
  let a = start ?? 0, b = end ?? n;
  if (b > n) b = n;
  else if (b < 0) b = Math.max(0, b + n);
  if (a < 0) a = Math.max(0, a + n);
  if (a > b) return undefined;
  return wide ? [offsetOf(s, a), offsetOf(s, b)] : [a, b];
}

function found(s: string, offset: number): number {
  return hasSurrogates(s) ? indexOfOffset(s, offset) : offset;
}

/** str.find: -1 when absent. */
export function strFind(s: string, sub: string, start?: number, end?: number): number {
  const w = window(s, start, end);
  if (!w) return -1;
  const at = s.indexOf(sub, w[0]);
  return at === -1 || at + sub.length > w[1] ? -1 : found(s, at);
}

/** str.rfind: -1 when absent. */
export function strRfind(s: string, sub: string, start?: number, end?: number): number {
  const w = window(s, start, end);
  if (!w || w[1] - sub.length < w[0]) return -1;
  const at = s.lastIndexOf(sub, w[1] - sub.length);
  return at < w[0] ? -1 : found(s, at);
}

/** str.index: ValueError when absent. */
export function strIndex(s: string, sub: string, start?: number, end?: number): number {
  const at = strFind(s, sub, start, end);
  if (at === -1) throw new RuntimeFault("ValueError", "substring not found");
  return at;
}

export function strRindex(s: string, sub: string, start?: number, end?: number): number {
  const at = strRfind(s, sub, start, end);
  if (at === -1) throw new RuntimeFault("ValueError", "substring not found");
  return at;
}

/** Occurrences that do not overlap. */
export function strCount(s: string, sub: string, start?: number, end?: number): number {
  const w = window(s, start, end);
  if (!w) return 0;
  const part = s.slice(w[0], w[1]);
  if (sub === "") return strLength(part) + 1;
  let n = 0;
  for (let at = part.indexOf(sub); at !== -1; at = part.indexOf(sub, at + sub.length)) n++;
  return n;
}

export function strStartswith(s: string, prefix: string, start?: number, end?: number): boolean {
  const w = window(s, start, end);
  return !!w && w[0] + prefix.length <= w[1] && s.startsWith(prefix, w[0]);
}

export function strEndswith(s: string, suffix: string, start?: number, end?: number): boolean {
  const w = window(s, start, end);
  return !!w && w[1] - suffix.length >= w[0] && s.endsWith(suffix, w[1]);
}

/** str.replace; a negative count means all. */
export function strReplace(s: string, from: string, to: string, count = -1): string {
  if (count < 0 && from !== "") return s.replaceAll(from, () => to);
  if (count === 0) return s;
  let out = "", at = 0, left = count < 0 ? Infinity : count;
  if (from === "") {
    for (const ch of s) {
      if (left-- <= 0) return out + s.slice(at);
      out += to + ch;
      at += ch.length;
    }
    return left > 0 ? out + to : out;
  }
  for (; left > 0; left--) {
    const next = s.indexOf(from, at);
    if (next === -1) break;
    out += s.slice(at, next) + to;
    at = next + from.length;
  }
  return out + s.slice(at);
}

/** str.split; without a separator runs of white space divide and empty pieces go. */
export function strSplit(s: string, sep?: string | null, maxsplit = -1): string[] {
  const limit = maxsplit < 0 ? Infinity : maxsplit;
  const out: string[] = [];
  let at = 0;
  if (sep === undefined || sep === null) {
    for (;;) {
      while (at < s.length && isSpaceCode(s.charCodeAt(at))) at++;
      if (at === s.length) return out;
      if (out.length >= limit) {
        out.push(s.slice(at));
        return out;
      }
      const from = at;
      while (at < s.length && !isSpaceCode(s.charCodeAt(at))) at++;
      out.push(s.slice(from, at));
    }
  }
  if (sep === "") throw new RuntimeFault("ValueError", "empty separator");
  while (out.length < limit) {
    const next = s.indexOf(sep, at);
    if (next === -1) break;
    out.push(s.slice(at, next));
    at = next + sep.length;
  }
  out.push(s.slice(at));
  return out;
}

/** str.rsplit: as split, counting from the right. */
export function strRsplit(s: string, sep?: string | null, maxsplit = -1): string[] {
  if (maxsplit < 0) return strSplit(s, sep);
  const out: string[] = [];
  let end = s.length;
  if (sep === undefined || sep === null) {
    for (;;) {
      while (end > 0 && isSpaceCode(s.charCodeAt(end - 1))) end--;
      if (end === 0) return out.reverse();
      if (out.length >= maxsplit) {
        out.push(s.slice(0, end));
        return out.reverse();
      }
      const to = end;
      while (end > 0 && !isSpaceCode(s.charCodeAt(end - 1))) end--;
      out.push(s.slice(end, to));
    }
  }
  if (sep === "") throw new RuntimeFault("ValueError", "empty separator");
  while (out.length < maxsplit) {
    const next = end - sep.length < 0 ? -1 : s.lastIndexOf(sep, end - sep.length);
    if (next === -1) break;
    out.push(s.slice(next + sep.length, end));
    end = next;
  }
  out.push(s.slice(0, end));
  return out.reverse();
}

/** str.splitlines. */
export function strSplitlines(s: string, keepends = false): string[] {
  const out: string[] = [];
  const lineEnd = /\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]/g;
  let at = 0;
  for (let m = lineEnd.exec(s); m; m = lineEnd.exec(s)) {
    out.push(s.slice(at, keepends ? lineEnd.lastIndex : m.index));
    at = lineEnd.lastIndex;
  }
  if (at < s.length) out.push(s.slice(at));
  return out;
}

export function strPartition(s: string, sep: string): [string, string, string] {
  if (sep === "") throw new RuntimeFault("ValueError", "empty separator");
  const at = s.indexOf(sep);
  return at === -1 ? [s, "", ""] : [s.slice(0, at), sep, s.slice(at + sep.length)];
}

export function strRpartition(s: string, sep: string): [string, string, string] {
  if (sep === "") throw new RuntimeFault("ValueError", "empty separator");
  const at = s.lastIndexOf(sep);
  return at === -1 ? ["", "", s] : [s.slice(0, at), sep, s.slice(at + sep.length)];
}

function stripChars(s: string, chars: string | null | undefined, left: boolean, right: boolean): string {
  if (chars === null || chars === undefined) {
    const [a, b] = stripBounds(s, left, right);
    return s.slice(a, b);
  }
  const set = new Set(chars);
  const units: ArrayLike<string> = hasSurrogates(s) ? Array.from(s) : s;
  let a = 0, b = units.length;
  if (left) { while (a < b && set.has(units[a])) a++; }
  if (right) { while (b > a && set.has(units[b - 1])) b--; }
  return typeof units === "string" ? units.slice(a, b) : (units as string[]).slice(a, b).join("");
}

export function strStrip(s: string, chars?: string | null): string {
  return chars === undefined || chars === null ? pyStrip(s) : stripChars(s, chars, true, true);
}

export function strLstrip(s: string, chars?: string | null): string {
  return stripChars(s, chars, true, false);
}

export function strRstrip(s: string, chars?: string | null): string {
  return stripChars(s, chars, false, true);
}

function fillCharacter(fill: string): void {
  if (strLength(fill) !== 1) {
    throw new RuntimeFault("TypeError", "The fill character must be exactly one character long");
  }
}

export function strLjust(s: string, width: number, fill = " "): string {
  fillCharacter(fill);
  return s + fill.repeat(Math.max(0, width - strLength(s)));
}

export function strRjust(s: string, width: number, fill = " "): string {
  fillCharacter(fill);
  return fill.repeat(Math.max(0, width - strLength(s))) + s;
}

/** str.center: the odd place goes left when the width is odd, as CPython does. */
export function strCenter(s: string, width: number, fill = " "): string {
  fillCharacter(fill);
  const pad = width - strLength(s);
  if (pad <= 0) return s;
  const left = (pad >> 1) + (pad & width & 1);
  return fill.repeat(left) + s + fill.repeat(pad - left);
}

export function strZfill(s: string, width: number): string {
  const pad = width - strLength(s);
  if (pad <= 0) return s;
  const sign = s[0] === "+" || s[0] === "-" ? s[0] : "";
  return sign + "0".repeat(pad) + s.slice(sign.length);
}

export function strExpandtabs(s: string, tabsize = 8): string {
  let out = "", column = 0;
  for (const ch of s) {
    if (ch === "\t") {
      const n = tabsize > 0 ? tabsize - column % tabsize : 0;
      out += " ".repeat(n);
      column += n;
    } else {
      out += ch;
      column = ch === "\n" || ch === "\r" ? 0 : column + 1;
    }
  }
  return out;
}

export function strRemoveprefix(s: string, prefix: string): string {
  return s.startsWith(prefix) ? s.slice(prefix.length) : s;
}

export function strRemovesuffix(s: string, suffix: string): string {
  return suffix !== "" && s.endsWith(suffix) ? s.slice(0, -suffix.length) : s;
}

/** str.translate: the table maps a code point to its text, null to delete, undefined to keep. */
export function strTranslate(s: string, table: (code: number) => string | null | undefined): string {
  let out = "";
  for (const ch of s) {
    const to = table(ch.codePointAt(0)!);
    out += to === undefined ? ch : to ?? "";
  }
  return out;
}

/** Orders by code points, as Python compares: JS compares UTF-16 units. */
export function strCompare(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    let x = a.charCodeAt(i), y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for code points above every other unit.
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}
