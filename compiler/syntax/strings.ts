/** String atoms: decoding of literals, implicit concatenation, f-strings. */
import { NotImplemented } from "../../core/errors.ts";
import { SourceRange } from "../../core/source.ts";
import type { Constant, Expr, FormattedValue, JoinedStr } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { closeBracket } from "./atoms.ts";
import { parseFieldExpression, startsExpression } from "./expressions.ts";
import { namedCharacter } from "./named_characters.ts";
import { SyntaxDiagnostic } from "./syntax_error.ts";
import { T } from "./tokens.ts";

const BACKSLASH = 92;

/** One or more adjacent string and f-string tokens. */
export function parseStrings(p: Cursor): Constant | JoinedStr {
  const start = p.start;
  if (p.kind === T.STRING && p.peek() !== T.STRING && p.peek() !== T.FSTART) {
    const value = stringToken(p);
    return { kind: "Constant", start, end: p.prevEnd, value };
  }
  const parts: Expr[] = [];
  let bytes: Uint8Array[] | undefined, strings = false, formatted = false;
  while (p.kind === T.STRING || p.kind === T.FSTART) {
    const at = p.start;
    if (p.kind === T.FSTART) {
      formatted = strings = true;
      parseFString(p, parts);
      continue;
    }
    const value = stringToken(p);
    if (value.type === "bytes") (bytes ??= []).push(value.value);
    else {
      strings = true;
      parts.push({ kind: "Constant", start: at, end: p.prevEnd, value });
    }
  }
  const end = p.prevEnd;
  if (bytes) {
    if (strings) p.fail("cannot mix bytes and nonbytes literals", start, end);
    const value = new Uint8Array(bytes.reduce((n, b) => n + b.length, 0));
    let offset = 0;
    for (const b of bytes) {
      value.set(b, offset);
      offset += b.length;
    }
    return { kind: "Constant", start, end, value: { type: "bytes", value } };
  }
  if (!formatted) {
    const value = parts.map((c) => textOf(c)).join("");
    return { kind: "Constant", start, end, value: { type: "str", value } };
  }
  return { kind: "JoinedStr", start, end, values: mergeConstants(parts) };
}

function textOf(node: Expr): string {
  return node.kind === "Constant" && node.value.type === "str" ? node.value.value : "";
}

/** Joins neighbouring text parts and drops empty ones. */
function mergeConstants(parts: Expr[]): Expr[] {
  const out: Expr[] = [];
  for (const part of parts) {
    const last = out[out.length - 1];
    if (part.kind === "Constant" && last?.kind === "Constant") {
      const value = textOf(last) + textOf(part);
      out[out.length - 1] = {
        kind: "Constant",
        start: last.start,
        end: part.end,
        value: { type: "str", value },
      };
    } else if (part.kind !== "Constant" || textOf(part) !== "") {
      out.push(part);
    } else {
      continue;
    }
  }
  return out;
}

/** Reads FSTART ... FEND and appends its parts. */
function parseFString(p: Cursor, parts: Expr[]): void {
  const raw = /r/i.test(p.text.slice(p.start, p.start + 2));
  p.next();
  for (;;) {
    if (p.kind === T.FMIDDLE) {
      parts.push(literalPart(p, raw, false));
    } else if (p.kind === T.LBRACE) {
      parseField(p, raw, parts);
    } else if (p.kind === T.FEND) {
      p.next();
      return;
    } else {
      p.fail();
    }
  }
}

function literalPart(p: Cursor, raw: boolean, inSpec: boolean): Constant {
  const { start, end } = p;
  let text = p.text.slice(start, end);
  if (!inSpec) text = unbrace(text, raw);
  if (text.includes("\r")) text = text.replace(/\r\n?/g, "\n");
  if (!raw && text.includes("\\")) text = decodeEscapes(p, text, start, end);
  p.next();
  return { kind: "Constant", start, end, value: { type: "str", value: text } };
}

/** `{{` and `}}` to single braces, leaving the braces of `\N{...}` alone. */
function unbrace(text: string, raw: boolean): string {
  if (!text.includes("{") && !text.includes("}")) return text;
  let out = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "\\" && !raw && text[i + 1] === "N" && text[i + 2] === "{") {
      const close = text.indexOf("}", i);
      const end = close === -1 ? text.length : close + 1;
      out += text.slice(i, end);
      i = end - 1;
    } else if (c === "\\" && !raw && text[i + 1] !== "{" && text[i + 1] !== "}") {
      out += c + (text[++i] ?? "");
    } else {
      out += c;
      if ((c === "{" || c === "}") && text[i + 1] === c) i++;
    }
  }
  return out;
}

/** `{expression[=][!conversion][:spec]}`; the `=` form puts its source text before the value. */
function parseField(p: Cursor, raw: boolean, parts: Expr[]): void {
  const start = p.start;
  p.next();
  switch (p.kind) {
    case T.RBRACE:
      p.fail("f-string: valid expression required before '}'");
      break;
    case T.EXCLAMATION:
    case T.COLON:
    case T.EQUAL:
      p.fail(`f-string: valid expression required before '${p.word}'`);
  }
  const value = fieldValue(p);
  if (value.kind === "Starred") p.fail("can't use starred expression here", value.start, value.end);
  let debugEnd = -1;
  if (p.kind === T.EQUAL) {
    p.next();
    debugEnd = p.start;
  }
  let conversion = -1;
  if (p.kind === T.EXCLAMATION) {
    const bang = p.end;
    p.next();
    if (p.kind !== T.NAME) {
      p.fail(
        p.kind === T.COLON || p.kind === T.RBRACE
          ? "f-string: missing conversion character"
          : "f-string: invalid conversion character",
      );
    }
    if (p.start !== bang) p.fail("f-string: conversion type must come right after the exclamation mark");
    const word = p.word;
    if (word !== "s" && word !== "r" && word !== "a") {
      p.fail(`f-string: invalid conversion character '${word}': expected 's', 'r', or 'a'`);
    }
    conversion = word.charCodeAt(0);
    p.next();
    if (p.kind !== T.COLON && p.kind !== T.RBRACE) p.fail("f-string: expecting ':' or '}'");
  } else if (p.kind !== T.COLON && p.kind !== T.RBRACE) {
    p.fail(
      debugEnd >= 0
        ? "f-string: expecting '!', or ':', or '}'"
        : "f-string: expecting '=', or '!', or ':', or '}'",
    );
  }
  let spec: JoinedStr | null = null;
  if (p.kind === T.COLON) {
    p.next();
    spec = parseSpec(p, raw);
  }
  p.expect(T.RBRACE);
  if (debugEnd >= 0) {
    const text = p.text.slice(start + 1, debugEnd).replace(/\r\n?/g, "\n");
    parts.push({ kind: "Constant", start: start + 1, end: debugEnd, value: { type: "str", value: text } });
    if (conversion === -1 && !spec) conversion = 114;
  }
  const field: FormattedValue = {
    kind: "FormattedValue",
    start,
    end: p.prevEnd,
    value,
    conversion,
    format_spec: spec,
  };
  parts.push(field);
}

/** The field's expression; errors in it say that they are inside an f-string. */
function fieldValue(p: Cursor): Expr {
  const from = p.index, before = p.errors.length;
  try {
    const value = parseFieldExpression(p);
    if (startsExpression(p.kind) && p.kind !== T.NOT) closeBracket(p, T.RBRACE);
    return value;
  } catch (e) {
    const error = p.errors[before];
    if (error && !error.text.startsWith("f-string: ")) {
      const generic = error.text === "invalid syntax";
      const opens = p.kindAt(from) === T.LPAR || p.kindAt(from) === T.LSQB || p.kindAt(from) === T.LBRACE;
      const text = !generic
        ? error.text
        : p.index === from || opens
        ? "expecting a valid expression after '{'"
        : "expecting '=', or '!', or ':', or '}'";
      p.errors[before] = new SyntaxDiagnostic(`f-string: ${text}`, error.range!);
    }
    throw e;
  }
}

function parseSpec(p: Cursor, raw: boolean): JoinedStr {
  const start = p.start;
  const parts: Expr[] = [];
  for (;;) {
    if (p.kind === T.FMIDDLE) parts.push(literalPart(p, raw, true));
    else if (p.kind === T.LBRACE) parseField(p, raw, parts);
    else break;
  }
  return {
    kind: "JoinedStr",
    start,
    end: parts.length > 0 ? p.prevEnd : start,
    values: mergeConstants(parts),
  };
}

/** Decodes the STRING token here and moves past it. */
function stringToken(p: Cursor): { type: "str"; value: string } | { type: "bytes"; value: Uint8Array } {
  const { start, end, text } = p;
  let at = start, raw = false, bytes = false;
  for (;; at++) {
    const c = text.charCodeAt(at);
    if (c === 34 || c === 39) break;
    if ((c | 32) === 114) raw = true;
    else if ((c | 32) === 98) bytes = true;
  }
  const quote = text.charCodeAt(at);
  const triple = end - at >= 6 && text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;
  const quotes = triple ? 3 : 1;
  let body = text.slice(at + quotes, end - quotes);
  if (triple || body.includes("\\")) { if (body.includes("\r")) body = body.replace(/\r\n?/g, "\n"); }
  if (bytes) {
    const value = decodeBytes(p, body, raw, start, end);
    p.next();
    return { type: "bytes", value };
  }
  if (!raw && body.includes("\\")) body = decodeEscapes(p, body, start, end);
  p.next();
  return { type: "str", value: body };
}

const SIMPLE: Record<string, string> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Escapes of a str literal. The range is the literal's, for messages. */
function decodeEscapes(p: Cursor, body: string, start: number, end: number): string {
  let out = "", from = 0;
  for (let i = body.indexOf("\\"); i !== -1; i = body.indexOf("\\", from)) {
    out += body.slice(from, i);
    const c = body[i + 1];
    if (c === undefined) return out + "\\";
    const simple = SIMPLE[c];
    if (simple !== undefined) {
      out += simple;
      from = i + 2;
    } else if (c >= "0" && c <= "7") {
      let n = i + 1, value = 0;
      while (n < i + 4 && body.charCodeAt(n) >= 48 && body.charCodeAt(n) <= 55) {
        value = value * 8 + body.charCodeAt(n++) - 48;
      }
      out += String.fromCharCode(value);
      from = n;
    } else if (c === "x" || c === "u" || c === "U") {
      const length = c === "x" ? 2 : c === "u" ? 4 : 8;
      const hex = /^[0-9a-fA-F]*/.exec(body.slice(i + 2, i + 2 + length))![0];
      if (hex.length < length) {
        const shape = `\\${c}${"X".repeat(length)}`;
        unicodeError(p, i, i + 1 + hex.length, `truncated ${shape} escape`, start, end);
      }
      const code = parseInt(hex, 16);
      if (code > 0x10ffff) unicodeError(p, i, i + 9, "illegal Unicode character", start, end);
      out += code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code);
      from = i + 2 + length;
    } else if (c === "N") {
      const close = body[i + 2] === "{" ? body.indexOf("}", i + 3) : -1;
      if (close <= i + 3) {
        unicodeError(
          p,
          i,
          body[i + 2] !== "{" ? i + 1 : close === -1 ? body.length - 1 : close,
          "malformed \\N character escape",
          start,
          end,
        );
      }
      const name = body.slice(i + 3, close);
      const char = namedCharacter(name);
      if (char === undefined) {
        throw new NotImplemented(`the character name \\N{${name}}`, new SourceRange(p.source, start, end));
      }
      out += char;
      from = close + 1;
    } else {
      out += "\\" + c;
      from = i + 2;
    }
  }
  return out + body.slice(from);
}

function unicodeError(p: Cursor, from: number, to: number, why: string, start: number, end: number): never {
  p.fail(
    `(unicode error) 'unicodeescape' codec can't decode bytes in position ${from}-${to}: ${why}`,
    start,
    end,
  );
}

function decodeBytes(p: Cursor, body: string, raw: boolean, start: number, end: number): Uint8Array {
  const out = new Uint8Array(body.length);
  let n = 0;
  for (let i = 0; i < body.length; i++) {
    const code = body.charCodeAt(i);
    if (code > 127) p.fail("bytes can only contain ASCII literal characters", start, end);
    if (raw || code !== BACKSLASH || i + 1 === body.length) {
      out[n++] = code;
      continue;
    }
    const c = body[++i];
    const simple = SIMPLE[c];
    if (simple !== undefined) {
      if (simple !== "") out[n++] = simple.charCodeAt(0);
    } else if (c >= "0" && c <= "7") {
      let value = 0, count = 0;
      while (count < 3 && body.charCodeAt(i) >= 48 && body.charCodeAt(i) <= 55) {
        value = value * 8 + body.charCodeAt(i++) - 48;
        count++;
      }
      i--;
      out[n++] = value & 255;
    } else if (c === "x") {
      const hex = /^[0-9a-fA-F]{2}/.exec(body.slice(i + 1, i + 3));
      if (!hex) p.fail(`(value error) invalid \\x escape at position ${i - 1}`, start, end);
      out[n++] = parseInt(hex[0], 16);
      i += 2;
    } else {
      out[n++] = BACKSLASH;
      i--;
      i++;
      const next = body.charCodeAt(i);
      if (next > 127) p.fail("bytes can only contain ASCII literal characters", start, end);
      out[n++] = next;
    }
  }
  return out.slice(0, n);
}
