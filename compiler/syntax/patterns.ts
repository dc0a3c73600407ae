/** Patterns of `case`. */
import type { Expr, Pattern } from "./ast.ts";
import { parseAtom } from "./atoms.ts";
import { type Cursor, normalizeName } from "./cursor.ts";
import { T } from "./tokens.ts";

/** The pattern of a `case` up to its guard or colon: a sequence may go without brackets there. */
export function parsePatterns(p: Cursor): Pattern {
  const start = p.start;
  const first = parseMaybeStar(p);
  if (p.kind !== T.COMMA) {
    if (first.kind === "MatchStar") p.fail();
    return first;
  }
  const patterns = [first];
  while (p.accept(T.COMMA)) {
    if (p.kind === T.COLON || p.kind === T.IF) break;
    patterns.push(parseMaybeStar(p));
  }
  return { kind: "MatchSequence", start, end: p.prevEnd, patterns };
}

function parseMaybeStar(p: Cursor): Pattern {
  if (p.kind !== T.STAR) return parsePattern(p);
  const start = p.start;
  p.next();
  const word = p.name();
  return { kind: "MatchStar", start, end: p.prevEnd, name: word === "_" ? null : word };
}

/** `a | b as name`. */
export function parsePattern(p: Cursor): Pattern {
  p.enter();
  const start = p.start;
  let pattern = parseClosed(p);
  if (p.kind === T.VBAR) {
    const patterns = [pattern];
    while (p.accept(T.VBAR)) patterns.push(parseClosed(p));
    pattern = { kind: "MatchOr", start, end: p.prevEnd, patterns };
  }
  if (p.accept(T.AS)) {
    if (p.kind !== T.NAME) p.fail("invalid pattern target");
    const word = p.name();
    if (word === "_") p.fail("cannot use '_' as a target", p.prevEnd - 1, p.prevEnd);
    pattern = { kind: "MatchAs", start, end: p.prevEnd, pattern, name: word };
  }
  p.depth--;
  return pattern;
}

function parseClosed(p: Cursor): Pattern {
  const start = p.start;
  switch (p.kind) {
    case T.NONE:
    case T.TRUE:
    case T.FALSE: {
      const value = p.kind === T.NONE
        ? { type: "none" as const }
        : { type: "bool" as const, value: p.kind === T.TRUE };
      p.next();
      return { kind: "MatchSingleton", start, end: p.prevEnd, value };
    }
    case T.MINUS:
    case T.NUMBER: {
      const value = parseSignedNumber(p, true);
      return { kind: "MatchValue", start, end: p.prevEnd, value };
    }
    case T.STRING:
    case T.FSTART: {
      const value = parseAtom(p);
      if (value.kind === "JoinedStr") {
        p.fail("patterns may only match literals and attribute lookups", start, value.end);
      }
      return { kind: "MatchValue", start, end: p.prevEnd, value };
    }
    case T.NAME:
      return parseNamePattern(p);
    case T.LPAR:
      return parseBracketed(p, T.RPAR);
    case T.LSQB:
      return parseBracketed(p, T.RSQB);
    case T.LBRACE:
      return parseMapping(p);
    default:
      return p.fail();
  }
}

/** `-1`, `2.5`, `1 + 2j`. */
function parseSignedNumber(p: Cursor, complex: boolean): Expr {
  const start = p.start;
  let value: Expr;
  if (p.accept(T.MINUS)) {
    if (p.kind !== T.NUMBER) p.fail();
    const operand = parseAtom(p);
    value = { kind: "UnaryOp", start, end: p.prevEnd, op: "USub", operand };
  } else {
    value = parseAtom(p);
  }
  if (!complex || (p.kind !== T.PLUS && p.kind !== T.MINUS)) return value;
  const op = p.kind === T.PLUS ? "Add" : "Sub", opStart = p.start;
  if (isImaginary(value)) p.fail("real number required in complex literal", start, value.end);
  p.next();
  if (p.kind !== T.NUMBER) p.fail();
  const right = parseAtom(p);
  if (!isImaginary(right)) p.fail("imaginary number required in complex literal", right.start, right.end);
  return { kind: "BinOp", start, end: p.prevEnd, left: value, op, right, opStart };
}

function isImaginary(node: Expr): boolean {
  return node.kind === "UnaryOp"
    ? isImaginary(node.operand)
    : node.kind === "Constant" && node.value.type === "complex";
}

/** A capture, a wildcard, a dotted value or a class pattern. */
function parseNamePattern(p: Cursor): Pattern {
  const start = p.start;
  const value = parseDottedName(p);
  if (p.kind === T.LPAR) return parseClassPattern(p, start, value);
  if (value.kind !== "Name") return { kind: "MatchValue", start, end: p.prevEnd, value };
  return { kind: "MatchAs", start, end: p.prevEnd, pattern: null, name: value.id === "_" ? null : value.id };
}

function parseDottedName(p: Cursor): Expr {
  const start = p.start;
  let value: Expr = { kind: "Name", start, end: p.end, id: p.name() };
  while (p.accept(T.DOT)) {
    const attrStart = p.start;
    const attr = p.name();
    value = { kind: "Attribute", start, end: p.prevEnd, value, attr, attrStart };
  }
  return value;
}

function parseClassPattern(p: Cursor, start: number, cls: Expr): Pattern {
  const patterns: Pattern[] = [], kwd_attrs: string[] = [], kwd_patterns: Pattern[] = [];
  p.next();
  while (p.kind !== T.RPAR) {
    if (p.kind === T.NAME && p.peek() === T.EQUAL) {
      kwd_attrs.push(normalizeName(p.word));
      p.next();
      p.next();
      kwd_patterns.push(parsePattern(p));
    } else {
      const at = p.start;
      const pattern = parsePattern(p);
      if (kwd_attrs.length > 0) p.fail("positional patterns follow keyword patterns", at, p.prevEnd);
      patterns.push(pattern);
    }
    if (!p.accept(T.COMMA)) break;
  }
  p.expect(T.RPAR);
  return { kind: "MatchClass", start, end: p.prevEnd, cls, patterns, kwd_attrs, kwd_patterns };
}

/** `[...]`, `(...)`; one pattern in parentheses without a comma is that pattern. */
function parseBracketed(p: Cursor, closing: number): Pattern {
  const start = p.start;
  p.next();
  const patterns: Pattern[] = [];
  let comma = false;
  while (p.kind !== closing) {
    patterns.push(parseMaybeStar(p));
    if (!p.accept(T.COMMA)) break;
    comma = true;
  }
  p.expect(closing);
  if (closing === T.RPAR && patterns.length === 1 && !comma) {
    if (patterns[0].kind !== "MatchStar") return patterns[0];
    p.fail();
  }
  return { kind: "MatchSequence", start, end: p.prevEnd, patterns };
}

function parseMapping(p: Cursor): Pattern {
  const start = p.start;
  p.next();
  const keys: Expr[] = [], patterns: Pattern[] = [];
  let rest: string | null = null;
  while (p.kind !== T.RBRACE) {
    if (rest !== null) p.fail();
    if (p.accept(T.DOUBLESTAR)) {
      rest = p.name();
      if (rest === "_") p.fail("invalid syntax", p.prevEnd - 1, p.prevEnd);
    } else {
      keys.push(parseMappingKey(p));
      p.expect(T.COLON);
      patterns.push(parsePattern(p));
    }
    if (!p.accept(T.COMMA)) break;
  }
  p.expect(T.RBRACE);
  return { kind: "MatchMapping", start, end: p.prevEnd, keys, patterns, rest };
}

function parseMappingKey(p: Cursor): Expr {
  switch (p.kind) {
    case T.MINUS:
    case T.NUMBER:
      return parseSignedNumber(p, true);
    case T.STRING:
    case T.NONE:
    case T.TRUE:
    case T.FALSE:
      return parseAtom(p);
    case T.NAME: {
      const key = parseDottedName(p);
      if (key.kind === "Name") p.fail();
      return key;
    }
    default:
      return p.fail();
  }
}
