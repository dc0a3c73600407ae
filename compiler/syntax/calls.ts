/** What follows a primary in brackets: call arguments and subscripts. */
import type { Expr, Keyword } from "./ast.ts";
import { closeBracket, comprehensions } from "./atoms.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpr, parseNamedExpr, parseStarExpression } from "./expressions.ts";
import { T } from "./tokens.ts";

/** `(...)` of a call or a class header; the cursor is at the `(`. */
export function parseArguments(p: Cursor): { args: Expr[]; keywords: Keyword[] } {
  const open = p.start;
  const args: Expr[] = [], keywords: Keyword[] = [];
  p.next();
  let unpacked = false, named = false;
  while (p.kind !== T.RPAR) {
    const start = p.start;
    if (p.kind === T.DOUBLESTAR) {
      p.next();
      const value = parseExpr(p);
      keywords.push({ kind: "keyword", start, end: p.prevEnd, arg: null, value });
      unpacked = true;
    } else if (p.kind === T.STAR) {
      if (unpacked) {
        p.fail("iterable argument unpacking follows keyword argument unpacking", open, p.prevEnd);
      }
      p.next();
      const value = parseExpr(p);
      args.push({ kind: "Starred", start, end: p.prevEnd, value });
    } else if (p.kind === T.NAME && p.peek() === T.EQUAL) {
      keywords.push(parseKeyword(p));
      named = true;
    } else {
      const value = parsePositional(p);
      if (p.kind === T.FOR || (p.kind === T.ASYNC && p.peek() === T.FOR)) {
        args.push(generatorArgument(p, value, open, start, args.length + keywords.length === 0));
      } else {
        if (unpacked || named) {
          const what = unpacked ? "keyword argument unpacking" : "keyword argument";
          p.fail(`positional argument follows ${what}`, p.prevEnd - 1, p.prevEnd);
        }
        args.push(value);
      }
    }
    if (!p.accept(T.COMMA)) break;
  }
  closeBracket(p, T.RPAR);
  return { args, keywords };
}

function parseKeyword(p: Cursor): Keyword {
  const start = p.start;
  const arg = p.name();
  p.next();
  if (p.kind === T.COMMA || p.kind === T.RPAR) p.fail("expected argument value expression", start, p.prevEnd);
  const value = parseExpr(p);
  if (p.kind === T.FOR) {
    p.fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", start, start + arg.length + 1);
  }
  return { kind: "keyword", start, end: p.prevEnd, arg, value };
}

function parsePositional(p: Cursor): Expr {
  const start = p.start;
  if (p.kind === T.NAME && p.peek() === T.COLONEQUAL) return parseNamedExpr(p);
  const value = parseExpr(p);
  if (p.kind === T.EQUAL) {
    if (value.kind === "Constant" && value.start === start) {
      const { type } = value.value;
      if (type === "bool" || type === "none") {
        p.fail(`cannot assign to ${p.text.slice(value.start, value.end)}`, start, p.end);
      }
    }
    p.fail('expression cannot contain assignment, perhaps you meant "=="?', start, p.end);
  }
  if (p.kind === T.COLONEQUAL) parseNamedExprTail(p, value, start);
  return value;
}

function parseNamedExprTail(p: Cursor, value: Expr, start: number): never {
  const what = value.kind === "Attribute"
    ? "attribute"
    : value.kind === "Subscript"
    ? "subscript"
    : "expression";
  return p.fail(`cannot use assignment expressions with ${what}`, start, value.end);
}

/** A generator without parentheses of its own: it takes the call's, and must be the only argument. */
function generatorArgument(p: Cursor, elt: Expr, open: number, start: number, first: boolean): Expr {
  const generators = comprehensions(p, elt);
  const alone = first && p.kind === T.RPAR;
  if (!alone) {
    const trailingComma = first && p.kind === T.COMMA && p.peek() === T.RPAR;
    if (p.kind === T.COMMA || p.kind === T.RPAR || trailingComma) {
      p.fail("Generator expression must be parenthesized", start, p.prevEnd);
    }
    closeBracket(p, T.RPAR);
  }
  return { kind: "GeneratorExp", start: open, end: p.end, elt, generators };
}

/** `[...]` after a primary; several items, or a starred one, make a tuple without parentheses. */
export function parseSlices(p: Cursor): Expr {
  p.next();
  const start = p.start;
  const first = parseSlice(p);
  if (p.kind !== T.COMMA && first.kind !== "Starred") {
    closeBracket(p, T.RSQB);
    return first;
  }
  const elts = [first];
  while (p.accept(T.COMMA)) {
    if (p.kind === T.RSQB) break;
    elts.push(parseSlice(p));
  }
  const end = p.prevEnd;
  closeBracket(p, T.RSQB);
  return { kind: "Tuple", start, end, elts, parenthesized: false };
}

function parseSlice(p: Cursor): Expr {
  const start = p.start;
  if (p.kind === T.STAR) return parseStarExpression(p);
  let lower: Expr | null = null;
  if (p.kind !== T.COLON) {
    lower = parseNamedExpr(p);
    if (p.kind !== T.COLON || lower.kind === "NamedExpr" && lower.start === start) return lower;
  }
  p.next();
  const ends = () => p.kind === T.COLON || p.kind === T.COMMA || p.kind === T.RSQB;
  const upper = ends() ? null : parseExpr(p);
  let step: Expr | null = null;
  if (p.accept(T.COLON) && !ends()) step = parseExpr(p);
  return { kind: "Slice", start, end: p.prevEnd, lower, upper, step };
}
