/** Parameter lists of `def` and `lambda`. */
import type { Arg, Arguments, Expr } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpr, parseStarExpression } from "./expressions.ts";
import { T } from "./tokens.ts";

/** Parameters up to (not including) `closing`; annotations only for `def`. */
export function parseParameters(p: Cursor, closing: number, annotated: boolean): Arguments {
  const start = p.start;
  const out: Arguments = {
    kind: "arguments",
    start,
    end: start,
    posonlyargs: [],
    args: [],
    vararg: null,
    kwonlyargs: [],
    kw_defaults: [],
    kwarg: null,
    defaults: [],
  };
  let starred = false, slash = false, bareStar = -1;
  while (p.kind !== closing) {
    if (out.kwarg) p.fail("arguments cannot follow var-keyword argument");
    if (p.kind === T.SLASH) {
      if (slash) p.fail("/ may appear only once");
      if (starred) p.fail("/ must be ahead of *");
      if (out.args.length === 0) p.fail("at least one argument must precede /");
      slash = true;
      out.posonlyargs = out.args;
      out.args = [];
      p.next();
    } else if (p.kind === T.STAR) {
      if (starred) p.fail("* argument may appear only once");
      starred = true;
      const at = p.start;
      p.next();
      if (p.kind === T.COMMA) {
        bareStar = at;
      } else if (p.kind === closing) {
        p.fail("named arguments must follow bare *", at, at + 1);
      } else {
        out.vararg = parseParameter(p, annotated, true);
        if (p.kind === T.EQUAL) p.fail("var-positional argument cannot have default value");
      }
    } else if (p.kind === T.DOUBLESTAR) {
      if (bareStar >= 0 && out.kwonlyargs.length === 0) {
        p.fail("named arguments must follow bare *", bareStar, bareStar + 1);
      }
      p.next();
      out.kwarg = parseParameter(p, annotated, false);
      if (p.kind === T.EQUAL) p.fail("var-keyword argument cannot have default value");
    } else {
      if (p.kind === T.LPAR) parenthesized(p, closing);
      const arg = parseParameter(p, annotated, false);
      const value = parseDefault(p, closing);
      if (starred) {
        out.kwonlyargs.push(arg);
        out.kw_defaults.push(value);
      } else {
        if (value) out.defaults.push(value);
        else if (out.defaults.length > 0) {
          p.fail("parameter without a default follows parameter with a default", arg.start, arg.end);
        }
        out.args.push(arg);
      }
    }
    if (!p.accept(T.COMMA)) break;
  }
  if (bareStar >= 0 && out.kwonlyargs.length === 0) {
    p.fail("named arguments must follow bare *", bareStar, bareStar + 1);
  }
  out.end = Math.max(start, p.prevEnd);
  return out;
}

/** Python 2's `def f((a, b)):` and needless parentheses around a name. */
function parenthesized(p: Cursor, closing: number): never {
  const start = p.start;
  const owner = closing === T.COLON ? "Lambda expression parameters" : "Function parameters";
  let i = p.index + 1;
  while (p.kindAt(i) === T.NAME || p.kindAt(i) === T.COMMA) i++;
  if (p.kindAt(i) === T.RPAR && i > p.index + 1) {
    p.fail(`${owner} cannot be parenthesized`, start, p.endAt(i));
  }
  return p.fail();
}

function parseDefault(p: Cursor, closing: number): Expr | null {
  if (p.kind !== T.EQUAL) return null;
  const at = p.start;
  p.next();
  if (p.kind === T.COMMA || p.kind === closing) p.fail("expected default value expression", at, at + 1);
  return parseExpr(p);
}

function parseParameter(p: Cursor, annotated: boolean, star: boolean): Arg {
  const start = p.start;
  const arg = p.name();
  let annotation: Expr | null = null;
  if (annotated && p.accept(T.COLON)) annotation = star ? parseStarExpression(p) : parseExpr(p);
  return { kind: "arg", start, end: p.prevEnd, arg, annotation };
}
