/** `match`: `match` and `case` are words like any other until a whole statement says otherwise. */
import type { Expr, MatchCase, Stmt } from "./ast.ts";
import { type Cursor, ParseFailure } from "./cursor.ts";
import { parseNamedExpr, parseStarNamed, startsExpression } from "./expressions.ts";
import { parsePatterns } from "./patterns.ts";
import { expectColon, parseBlock, recover } from "./statements.ts";
import { T } from "./tokens.ts";

/** The cursor is at the name `match`: whether a match statement begins here. */
export function startsMatch(p: Cursor): boolean {
  const next = p.peek();
  if (!startsExpression(next) && next !== T.STAR) return false;
  switch (next) {
    case T.LPAR:
    case T.LSQB:
    case T.MINUS:
    case T.PLUS:
    case T.STAR:
    case T.NOT:
      break;
    default:
      return true;
  }
  // `match (x):` or the call `match(x)`: the line's last token tells.
  let i = p.index + 1;
  while (p.kindAt(i) !== T.NEWLINE && p.kindAt(i) !== T.EOF) i++;
  return p.kindAt(i - 1) === T.COLON;
}

export function parseMatch(p: Cursor): Stmt {
  const start = p.start;
  p.next();
  const subject = parseSubject(p);
  expectColon(p);
  p.expect(T.NEWLINE);
  if (p.kind !== T.INDENT) {
    const line = p.source.position(start).line;
    p.fail(
      `expected an indented block after 'match' statement on line ${line}`,
      p.start,
      p.end,
      "IndentationError",
    );
  }
  p.next();
  const cases: MatchCase[] = [];
  while (p.kind !== T.DEDENT && p.kind !== T.EOF) {
    const index = p.index;
    try {
      cases.push(parseCase(p));
    } catch (e) {
      if (!(e instanceof ParseFailure)) throw e;
      p.depth = 0;
      recover(p, index);
    }
  }
  p.accept(T.DEDENT);
  return { kind: "Match", start, end: p.prevEnd, subject, cases };
}

function parseSubject(p: Cursor): Expr {
  const start = p.start;
  const first = parseStarNamed(p);
  if (p.kind !== T.COMMA) {
    if (first.kind === "Starred") p.fail();
    return first;
  }
  const elts = [first];
  while (p.accept(T.COMMA)) {
    if (p.kind === T.COLON) break;
    elts.push(parseStarNamed(p));
  }
  return { kind: "Tuple", start, end: p.prevEnd, elts, parenthesized: false };
}

function parseCase(p: Cursor): MatchCase {
  const start = p.start;
  if (!p.isWord("case")) p.fail();
  p.next();
  const pattern = parsePatterns(p);
  const guard = p.accept(T.IF) ? parseNamedExpr(p) : null;
  expectColon(p);
  const body = parseBlock(p, "'case' statement", start);
  return { kind: "match_case", start, end: p.prevEnd, pattern, guard, body };
}
