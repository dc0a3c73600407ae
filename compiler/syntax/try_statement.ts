/** `try`, with `except` or `except*`, `else`, `finally`. */
import type { ExceptHandler, Expr, Stmt } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpr } from "./expressions.ts";
import { expectColon, parseBlock, parseElse } from "./statements.ts";
import { T } from "./tokens.ts";

export function parseTry(p: Cursor): Stmt {
  const start = p.start;
  p.next();
  expectColon(p, true);
  const body = parseBlock(p, "'try' statement", start);
  const handlers: ExceptHandler[] = [];
  let star = false, catchAllAt = -1;
  while (p.kind === T.EXCEPT) {
    if (catchAllAt >= 0) p.fail("default 'except:' must be last", catchAllAt, catchAllAt + 7);
    const at = p.start;
    const starred = p.peek() === T.STAR;
    if (handlers.length > 0 && starred !== star) {
      p.fail(
        "cannot have both 'except' and 'except*' on the same 'try'",
        at,
        starred ? p.endAt(p.index + 1) : p.end,
      );
    }
    star = starred;
    const handler = parseHandler(p);
    if (!handler.type) catchAllAt = at;
    handlers.push(handler);
  }
  const orelse = handlers.length > 0 ? parseElse(p) : [];
  let finalbody: Stmt[] = [];
  if (p.kind === T.FINALLY) {
    const at = p.start;
    p.next();
    expectColon(p, true);
    finalbody = parseBlock(p, "'finally' statement", at);
  } else if (handlers.length === 0) {
    p.fail("expected 'except' or 'finally' block");
  }
  return { kind: star ? "TryStar" : "Try", start, end: p.prevEnd, body, handlers, orelse, finalbody };
}

function parseHandler(p: Cursor): ExceptHandler {
  const start = p.start;
  p.next();
  const star = p.accept(T.STAR);
  let type: Expr | null = null, name: string | null = null;
  if (p.kind !== T.COLON && p.kind !== T.NEWLINE) {
    const at = p.start;
    type = parseExpr(p);
    if (p.kind === T.COMMA) {
      while (p.accept(T.COMMA) && p.kind !== T.COLON && p.kind !== T.AS) parseExpr(p);
      p.fail("multiple exception types must be parenthesized", at, p.prevEnd);
    }
    if (p.accept(T.AS)) name = p.name();
  } else if (star) {
    p.fail("expected one or more exception types");
  }
  expectColon(p);
  const body = parseBlock(p, `'except${star ? "*" : ""}' statement`, start);
  return { kind: "ExceptHandler", start, end: p.prevEnd, type, name, body };
}
