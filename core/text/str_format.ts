/** str.format: replacement fields, their numbering, attributes and items, conversions and nested specs. */
import { RuntimeFault } from "../errors.ts";

/** What str.format asks of its arguments. */
export interface FormatArguments<V> {
  /** A positional argument. Throws IndexError when absent. */
  positional(index: number): V;
  /** A keyword argument. Throws KeyError when absent. */
  keyword(name: string): V;
  getAttribute(v: V, name: string): V;
  /** `v[key]`, the key a number when it is written in digits. */
  getItem(v: V, key: string | number): V;
  /** `!r`, `!s` or `!a`. */
  convert(v: V, conversion: "r" | "s" | "a"): V;
  format(v: V, spec: string): string;
}

/** One piece of a format string: text, then perhaps a field. */
export interface FormatPiece {
  literal: string;
  /** undefined when no field follows. */
  field: string | undefined;
  spec: string;
  conversion: string | undefined;
}

function fail(message: string): never {
  throw new RuntimeFault("ValueError", message);
}

/** Splits a format string; nested specs are left as they are written. */
export function parseFormat(format: string): FormatPiece[] {
  const pieces: FormatPiece[] = [];
  let at = 0;
  while (at < format.length) {
    let end = at;
    while (end < format.length && format[end] !== "{" && format[end] !== "}") end++;
    if (end === format.length) {
      pieces.push({ literal: format.slice(at), field: undefined, spec: "", conversion: undefined });
      break;
    }
    const brace = format[end];
    if (format[end + 1] === brace) {
      pieces.push({ literal: format.slice(at, end + 1), field: undefined, spec: "", conversion: undefined });
      at = end + 2;
      continue;
    }
    if (brace === "}") fail("Single '}' encountered in format string");
    if (end + 1 === format.length) fail("Single '{' encountered in format string");
    const literal = format.slice(at, end);
    const piece = parseField(format, end + 1, literal);
    pieces.push(piece.piece);
    at = piece.end;
  }
  return pieces;
}

function parseField(format: string, start: number, literal: string): { piece: FormatPiece; end: number } {
  let at = start, inBrackets = false;
  for (; at < format.length; at++) {
    const ch = format[at];
    if (ch === "{") fail("unexpected '{' in field name");
    if (ch === "[") inBrackets = true;
    else if (ch === "]") inBrackets = false;
    else if (!inBrackets && (ch === "}" || ch === ":" || ch === "!")) break;
  }
  const field = format.slice(start, at);
  if (at >= format.length) fail("expected '}' before end of string");
  let conversion: string | undefined;
  if (format[at] === "!") {
    if (at + 1 >= format.length) fail("end of string while looking for conversion specifier");
    conversion = String.fromCodePoint(format.codePointAt(at + 1)!);
    at += 1 + conversion.length;
    if (at >= format.length) fail("unmatched '{' in format spec");
    if (format[at] === "}") return { piece: { literal, field, spec: "", conversion }, end: at + 1 };
    if (format[at] !== ":") fail("expected ':' after conversion specifier");
  }
  if (format[at] === "}") return { piece: { literal, field, spec: "", conversion }, end: at + 1 };
  const specStart = at + 1;
  let depth = 1;
  for (at = specStart; at < format.length; at++) {
    if (format[at] === "{") depth++;
    else if (format[at] === "}" && --depth === 0) {
      return { piece: { literal, field, spec: format.slice(specStart, at), conversion }, end: at + 1 };
    }
  }
  return fail("unmatched '{' in format spec");
}

/** A field name split into its first part and the attribute and item steps after it. */
export function splitFieldName(
  name: string,
): { first: string | number; steps: { attribute: boolean; key: string | number }[] } {
  const head = /^[^.[]*/.exec(name)![0];
  const steps: { attribute: boolean; key: string | number }[] = [];
  let at = head.length;
  while (at < name.length) {
    if (name[at] === ".") {
      const key = /^[^.[]*/.exec(name.slice(at + 1))![0];
      if (key === "") fail("Empty attribute in format string");
      steps.push({ attribute: true, key });
      at += 1 + key.length;
    } else if (name[at] === "[") {
      const close = name.indexOf("]", at);
      if (close === -1) fail("Missing ']' in format string");
      const key = name.slice(at + 1, close);
      if (key === "") fail("Empty attribute in format string");
      steps.push({ attribute: false, key: keyOf(key) });
      at = close + 1;
    } else fail("Only '.' or '[' may follow ']' in format field specifier");
  }
  return { first: keyOf(head), steps };
}

function keyOf(text: string): string | number {
  if (!/^[0-9]+$/.test(text)) return text;
  const n = Number(text);
  return Number.isSafeInteger(n) ? n : fail("Too many decimal digits in format string");
}

/** `format.format(...)`. */
export function strFormat<V>(format: string, args: FormatArguments<V>): string {
  return expand(format, args, { next: 0, manual: undefined }, 2);
}

interface Numbering {
  next: number;
  manual: boolean | undefined;
}

function expand<V>(format: string, args: FormatArguments<V>, numbering: Numbering, depth: number): string {
  if (depth <= 0) fail("Max string recursion exceeded");
  let out = "";
  for (const { literal, field, spec, conversion } of parseFormat(format)) {
    out += literal;
    if (field === undefined) continue;
    const { first, steps } = splitFieldName(field);
    let v: V;
    if (typeof first === "number" || first === "") {
      const manual = first !== "";
      if (numbering.manual !== undefined && numbering.manual !== manual) {
        fail(
          manual
            ? "cannot switch from automatic field numbering to manual field specification"
            : "cannot switch from manual field specification to automatic field numbering",
        );
      }
      numbering.manual = manual;
      v = args.positional(manual ? first as number : numbering.next++);
    } else v = args.keyword(first);
    for (const { attribute, key } of steps) {
      v = attribute ? args.getAttribute(v, key as string) : args.getItem(v, key);
    }
    if (conversion !== undefined) {
      if (conversion !== "r" && conversion !== "s" && conversion !== "a") {
        const code = conversion.codePointAt(0)!;
        fail(
          code > 32 && code < 127
            ? `Unknown conversion specifier ${conversion}`
            : `Unknown conversion specifier \\x${code.toString(16)}`,
        );
      }
      v = args.convert(v, conversion);
    }
    out += args.format(v, spec.includes("{") ? expand(spec, args, numbering, depth - 1) : spec);
  }
  return out;
}
