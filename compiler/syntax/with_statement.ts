/** `with`, its items bare or in parentheses. */
import type { Expr, Stmt, WithItem } from "./ast.ts";
import { type Cursor, ParseFailure } from "./cursor.ts";
import { parseExpr } from "./expressions.ts";
import { expectColon, parseBlock } from "./statements.ts";
import { describeTarget, invalidTarget, parseStarTarget } from "./targets.ts";
import { T } from "./tokens.ts";

export function parseWith(p: Cursor, start: number, isAsync: boolean): Stmt {
  const at = p.start;
  p.next();
  const items = (p.kind === T.LPAR ? parseParenthesizedItems(p) : null) ?? parseItems(p);
  expectColon(p);
  const body = parseBlock(p, "'with' statement", at);
  return { kind: isAsync ? "AsyncWith" : "With", start, end: p.prevEnd, items, body };
}

function parseItems(p: Cursor): WithItem[] {
  const items = [parseItem(p)];
  while (p.accept(T.COMMA)) items.push(parseItem(p));
  return items;
}

/** `(a as b, c):`, or null when the parentheses turn out to belong to an expression. */
function parseParenthesizedItems(p: Cursor): WithItem[] | null {
  const mark = p.mark();
  const { depth } = p;
  try {
    p.next();
    const items = [parseItem(p)];
    while (p.accept(T.COMMA)) {
      if (p.kind === T.RPAR) break;
      items.push(parseItem(p));
    }
    if (p.accept(T.RPAR) && p.kind === T.COLON) return items;
  } catch (e) {
    if (!(e instanceof ParseFailure)) throw e;
  }
  p.reset(mark);
  p.depth = depth;
  return null;
}

function parseItem(p: Cursor): WithItem {
  const start = p.start;
  const context_expr = parseExpr(p);
  let optional_vars: Expr | null = null;
  if (p.accept(T.AS)) {
    const at = p.start;
    optional_vars = parseStarTarget(p);
    const bad = invalidTarget(optional_vars, "assign");
    if (bad) {
      p.fail(`cannot assign to ${describeTarget(bad)}`, bad === optional_vars ? at : bad.start, bad.end);
    }
  }
  return { kind: "withitem", start, end: p.prevEnd, context_expr, optional_vars };
}
