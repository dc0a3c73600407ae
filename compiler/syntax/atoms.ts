/** Atoms: names, literals, groups and displays, comprehensions. */
import type { Comprehension, Expr } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import {
  parseBinary,
  parseDisjunction,
  parseExpr,
  parseStarNamed,
  parseYield,
  startsExpression,
} from "./expressions.ts";
import { numberValue } from "./lex_number.ts";
import { parseStrings } from "./strings.ts";
import { parseTargetList } from "./targets.ts";
import { T } from "./tokens.ts";

/** CPython refuses to convert longer decimal literals. */
const MAX_DECIMAL_DIGITS = 4300;

export function parseAtom(p: Cursor): Expr {
  const { start, end } = p;
  switch (p.kind) {
    case T.NAME:
      return { kind: "Name", start, end, id: p.name() };
    case T.NUMBER:
      return parseNumber(p);
    case T.STRING:
    case T.FSTART:
      return parseStrings(p);
    case T.TRUE:
      p.next();
      return { kind: "Constant", start, end, value: { type: "bool", value: true } };
    case T.FALSE:
      p.next();
      return { kind: "Constant", start, end, value: { type: "bool", value: false } };
    case T.NONE:
      p.next();
      return { kind: "Constant", start, end, value: { type: "none" } };
    case T.ELLIPSIS:
      p.next();
      return { kind: "Constant", start, end, value: { type: "ellipsis" } };
    case T.LPAR:
      return parseGroup(p);
    case T.LSQB:
      return parseList(p);
    case T.LBRACE:
      return parseBraces(p);
    default:
      return p.fail();
  }
}

function parseNumber(p: Cursor): Expr {
  const { start, end } = p;
  const literal = p.word;
  if (literal.length > MAX_DECIMAL_DIGITS && /^[0-9_]+$/.test(literal)) {
    const digits = literal.replaceAll("_", "").length;
    if (digits > MAX_DECIMAL_DIGITS) {
      p.fail(
        `Exceeds the limit (${MAX_DECIMAL_DIGITS} digits) for integer string conversion: value has ${digits} digits; ` +
          "use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals " +
          "to avoid decimal conversion limits.",
      );
    }
  }
  p.next();
  return { kind: "Constant", start, end, value: numberValue(literal) };
}

/** Takes the closing bracket; anything else there is an error that often means a comma was forgotten. */
export function closeBracket(p: Cursor, kind: number): void {
  if (p.kind === kind) return p.next();
  if (startsExpression(p.kind) && p.kind !== T.NOT) {
    const start = p.lastStart;
    const softWord = p.text.slice(start, p.prevEnd);
    if (softWord === "match" || softWord === "case" || softWord === "_" || softWord === "type") p.fail();
    const here = p.mark();
    const before = p.errors.length;
    try {
      parseExpr(p);
    } catch (e) {
      if (p.errors.length > before) throw e;
    }
    const end = p.prevEnd;
    p.reset(here);
    p.fail("invalid syntax. Perhaps you forgot a comma?", start, end);
  }
  p.fail();
}

/** `()`, a tuple, a generator, or one expression in parentheses (whose range leaves them out). */
function parseGroup(p: Cursor): Expr {
  const start = p.start;
  p.next();
  if (p.accept(T.RPAR)) return { kind: "Tuple", start, end: p.prevEnd, elts: [], parenthesized: true };
  if (p.kind === T.YIELD) {
    const value = parseYield(p);
    closeBracket(p, T.RPAR);
    return value;
  }
  const firstStart = p.start;
  const first = parseStarNamed(p);
  if (p.kind === T.FOR || p.kind === T.ASYNC) {
    const generators = comprehensions(p, first);
    closeBracket(p, T.RPAR);
    return { kind: "GeneratorExp", start, end: p.prevEnd, elt: first, generators };
  }
  if (p.kind === T.COMMA) {
    const elts = elements(p, first, T.RPAR);
    closeBracket(p, T.RPAR);
    return { kind: "Tuple", start, end: p.prevEnd, elts, parenthesized: true };
  }
  if (p.kind === T.RPAR && first.kind === "Starred") {
    p.fail("cannot use starred expression here", firstStart, first.end);
  }
  closeBracket(p, T.RPAR);
  return first;
}

/** The elements after `first`, up to the closing bracket. */
function elements(p: Cursor, first: Expr, closing: number): Expr[] {
  const elts = [first];
  while (p.accept(T.COMMA)) {
    if (p.kind === closing) break;
    const start = p.start;
    elts.push(parseStarNamed(p));
    if (p.kind === T.FOR && elts.length > 1) {
      if (closing !== T.RPAR) {
        p.fail("did you forget parentheses around the comprehension target?", first.start, p.prevEnd);
      }
      p.fail("invalid syntax", start < 0 ? start : p.start, p.end);
    }
  }
  return elts;
}

function parseList(p: Cursor): Expr {
  const start = p.start;
  p.next();
  if (p.accept(T.RSQB)) return { kind: "List", start, end: p.prevEnd, elts: [] };
  const first = parseStarNamed(p);
  if (p.kind === T.FOR || p.kind === T.ASYNC) {
    const generators = comprehensions(p, first);
    closeBracket(p, T.RSQB);
    return { kind: "ListComp", start, end: p.prevEnd, elt: first, generators };
  }
  const elts = elements(p, first, T.RSQB);
  closeBracket(p, T.RSQB);
  return { kind: "List", start, end: p.prevEnd, elts };
}

/** A dict, a set, or a comprehension of either. */
function parseBraces(p: Cursor): Expr {
  const start = p.start;
  p.next();
  if (p.accept(T.RBRACE)) return { kind: "Dict", start, end: p.prevEnd, keys: [], values: [] };
  if (p.kind === T.DOUBLESTAR) return parseDict(p, start, null);
  const first = parseStarNamed(p);
  if (p.kind === T.COLON && first.kind !== "Starred") return parseDict(p, start, first);
  if (p.kind === T.FOR || p.kind === T.ASYNC) {
    const generators = comprehensions(p, first);
    closeBracket(p, T.RBRACE);
    return { kind: "SetComp", start, end: p.prevEnd, elt: first, generators };
  }
  const elts = elements(p, first, T.RBRACE);
  closeBracket(p, T.RBRACE);
  return { kind: "Set", start, end: p.prevEnd, elts };
}

/** The rest of a dict whose first key has been read; null when it begins with `**`. */
function parseDict(p: Cursor, start: number, firstKey: Expr | null): Expr {
  const keys: (Expr | null)[] = [], values: Expr[] = [];
  let key = firstKey;
  for (;;) {
    if (key === null) {
      const stars = p.start;
      p.expect(T.DOUBLESTAR);
      const value = parseBinary(p, 1);
      if (values.length === 0 && p.kind === T.FOR) {
        p.fail("dict unpacking cannot be used in dict comprehension", stars, stars + 2);
      }
      keys.push(null);
      values.push(value);
    } else {
      const colon = p.start;
      p.expect(T.COLON);
      if (p.kind === T.RBRACE || p.kind === T.COMMA) {
        p.fail("expression expected after dictionary key and ':'", colon, colon + 1);
      }
      if (p.kind === T.STAR) {
        p.fail("cannot use a starred expression in a dictionary value", p.start, p.end);
      }
      const value = parseExpr(p);
      if (values.length === 0 && (p.kind === T.FOR || p.kind === T.ASYNC)) {
        const generators = comprehensions(p, null);
        closeBracket(p, T.RBRACE);
        return { kind: "DictComp", start, end: p.prevEnd, key, value, generators };
      }
      keys.push(key);
      values.push(value);
    }
    if (!p.accept(T.COMMA) || p.kind === T.RBRACE) break;
    if (p.kind === T.DOUBLESTAR) {
      key = null;
      continue;
    }
    key = parseExpr(p);
    if (p.kind === T.COMMA || p.kind === T.RBRACE) {
      p.fail("':' expected after dictionary key", p.prevEnd - 1, p.prevEnd);
    }
  }
  closeBracket(p, T.RBRACE);
  return { kind: "Dict", start, end: p.prevEnd, keys, values };
}

/** `for target in iterable if condition ...`, one or more; `elt` only for what cannot stand before them. */
export function comprehensions(p: Cursor, elt: Expr | null): Comprehension[] {
  if (elt?.kind === "Starred") {
    p.fail("iterable unpacking cannot be used in comprehension", elt.start, elt.end);
  }
  const out: Comprehension[] = [];
  while (p.kind === T.FOR || (p.kind === T.ASYNC && p.peek() === T.FOR)) {
    const start = p.start;
    const is_async = p.accept(T.ASYNC);
    p.next();
    const target = parseTargetList(p);
    p.expect(T.IN);
    const iter = parseDisjunction(p);
    const ifs: Expr[] = [];
    while (p.accept(T.IF)) {
      const test = parseDisjunction(p);
      ifs.push(test);
    }
    out.push({ kind: "comprehension", start, end: p.prevEnd, target, iter, ifs, is_async });
  }
  if (out.length === 0) p.fail();
  return out;
}
