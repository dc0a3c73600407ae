/** Statement lists, blocks and compound statements, with recovery: an error costs one statement, not the file. */
import type { Expr, If, Stmt } from "./ast.ts";
import { type Cursor, ParseFailure } from "./cursor.ts";
import { parseClass, parseDecorated, parseFunction } from "./definitions.ts";
import { parseNamedExpr, parseStarExpressions } from "./expressions.ts";
import { parseMatch, startsMatch } from "./match_statement.ts";
import { parseSimpleStatement } from "./simple_statements.ts";
import { parseTargetList } from "./targets.ts";
import { T } from "./tokens.ts";
import { parseTry } from "./try_statement.ts";
import { parseWith } from "./with_statement.ts";

/** The statements of a file. */
export function parseFile(p: Cursor): Stmt[] {
  const body: Stmt[] = [];
  while (p.kind !== T.EOF) {
    // A block whose header failed may leave its end behind.
    if (p.kind === T.DEDENT) p.next();
    else parseStatementInto(p, body);
  }
  return body;
}

/** One line of simple statements or one compound statement; on an error, skips it. */
function parseStatementInto(p: Cursor, body: Stmt[]): void {
  const index = p.index;
  try {
    const compound = parseCompound(p);
    if (compound) body.push(compound);
    else parseLine(p, body);
  } catch (e) {
    if (!(e instanceof ParseFailure)) throw e;
    p.depth = 0;
    recover(p, index);
  }
}

/** First words of statements that `else`, `except` or `finally` may continue. */
const HAS_BRANCHES = new Set<number>([T.IF, T.ELIF, T.ELSE, T.FOR, T.WHILE, T.TRY, T.EXCEPT, T.ASYNC]);

/** Skips the rest of a broken statement; what is indented under it is still read for errors of its own. */
export function recover(p: Cursor, from: number): void {
  if (p.kind === T.INDENT && p.index === from) {
    readBlock(p);
    return;
  }
  while (p.kind !== T.NEWLINE && p.kind !== T.EOF && p.kind !== T.INDENT && p.kind !== T.DEDENT) p.next();
  p.accept(T.NEWLINE);
  const branches = HAS_BRANCHES.has(p.kindAt(from));
  for (;;) {
    if (p.kind === T.INDENT) readBlock(p);
    else if (!branches) break;
    else if (p.kind === T.ELSE || p.kind === T.ELIF || p.kind === T.EXCEPT || p.kind === T.FINALLY) {
      // A branch of the statement that failed.
      while (p.kind !== T.NEWLINE && p.kind !== T.EOF) p.next();
      p.accept(T.NEWLINE);
    } else break;
  }
  if (p.index === from) p.next();
}

/** The statements of an indented block whose header is broken; they are dropped. */
function readBlock(p: Cursor): void {
  const dropped: Stmt[] = [];
  p.next();
  while (p.kind !== T.DEDENT && p.kind !== T.EOF) parseStatementInto(p, dropped);
  p.accept(T.DEDENT);
}

/** `a; b; c` and the newline. */
function parseLine(p: Cursor, body: Stmt[]): void {
  for (;;) {
    body.push(parseSimpleStatement(p));
    if (p.kind === T.NEWLINE) return p.next();
    if (p.kind !== T.SEMI) p.fail();
    p.next();
    if (p.kind === T.NEWLINE) return p.next();
  }
}

function parseCompound(p: Cursor): Stmt | null {
  switch (p.kind) {
    case T.IF:
      return parseIf(p);
    case T.FOR:
      return parseFor(p, p.start, false);
    case T.WHILE:
      return parseWhile(p);
    case T.DEF:
      return parseFunction(p, p.start, false, []);
    case T.CLASS:
      return parseClass(p, []);
    case T.AT:
      return parseDecorated(p);
    case T.TRY:
      return parseTry(p);
    case T.WITH:
      return parseWith(p, p.start, false);
    case T.ASYNC:
      return parseAsync(p);
    case T.NAME:
      return p.isWord("match") && startsMatch(p) ? parseMatch(p) : null;
    case T.INDENT:
      return p.fail("unexpected indent", p.start, p.end, "IndentationError");
    default:
      return null;
  }
}

function parseAsync(p: Cursor): Stmt {
  const start = p.start;
  p.next();
  switch (p.kind) {
    case T.DEF:
      return parseFunction(p, start, true, []);
    case T.FOR:
      return parseFor(p, start, true);
    case T.WITH:
      return parseWith(p, start, true);
    default:
      return p.fail();
  }
}

/**
 * The `:` that ends a compound statement's header. A newline in its place is told and parsing goes on; another
 * token is an invalid one, or after headers that nothing else can continue (`always`) a missing colon.
 */
export function expectColon(p: Cursor, always = false): void {
  if (p.kind === T.COLON) return p.next();
  if (p.kind === T.NEWLINE) {
    const before = p.index > 0 && p.kindAt(p.index - 1) === T.ERROR;
    if (!before) p.report("expected ':'", p.start, p.end);
    return;
  }
  p.fail(always ? "expected ':'" : "invalid syntax");
}

/** The body after a header's colon. `what` and `line` name the header in "expected an indented block after ...". */
export function parseBlock(p: Cursor, what: string, headerAt: number): Stmt[] {
  const body: Stmt[] = [];
  if (p.kind !== T.NEWLINE) {
    parseLine(p, body);
    return body;
  }
  p.next();
  if (p.kind !== T.INDENT) {
    const line = p.source.position(headerAt).line;
    p.report(`expected an indented block after ${what} on line ${line}`, p.start, p.end, "IndentationError");
    return body;
  }
  p.next();
  while (p.kind !== T.DEDENT && p.kind !== T.EOF) parseStatementInto(p, body);
  p.accept(T.DEDENT);
  return body;
}

function parseIf(p: Cursor): Stmt {
  const chain: { start: number; test: Expr; body: Stmt[] }[] = [];
  let keyword = "if";
  for (;;) {
    const start = p.start;
    p.next();
    const test = parseNamedExpr(p);
    expectColon(p);
    const body = parseBlock(p, `'${keyword}' statement`, start);
    chain.push({ start, test, body });
    if (p.kind !== T.ELIF) break;
    keyword = "elif";
  }
  let orelse = parseElse(p);
  const end = p.prevEnd;
  for (let i = chain.length - 1; i > 0; i--) {
    const { start, test, body } = chain[i];
    const branch: If = { kind: "If", start, end, test, body, orelse };
    orelse = [branch];
  }
  const { start, test, body } = chain[0];
  return { kind: "If", start, end, test, body, orelse };
}

/** An `else` block, or nothing. */
export function parseElse(p: Cursor): Stmt[] {
  if (p.kind !== T.ELSE) return [];
  const start = p.start;
  p.next();
  expectColon(p, true);
  return parseBlock(p, "'else' statement", start);
}

function parseWhile(p: Cursor): Stmt {
  const start = p.start;
  p.next();
  const test = parseNamedExpr(p);
  expectColon(p);
  const body = parseBlock(p, "'while' statement", start);
  const orelse = parseElse(p);
  return { kind: "While", start, end: p.prevEnd, test, body, orelse };
}

function parseFor(p: Cursor, start: number, isAsync: boolean): Stmt {
  const at = p.start;
  p.next();
  const target = parseTargetList(p);
  p.expect(T.IN);
  const iter = parseStarExpressions(p);
  expectColon(p);
  const body = parseBlock(p, "'for' statement", at);
  const orelse = parseElse(p);
  return { kind: isAsync ? "AsyncFor" : "For", start, end: p.prevEnd, target, iter, body, orelse };
}
