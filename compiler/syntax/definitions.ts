/** Functions, classes and their decorators. */
import type { Arguments, Expr, Keyword, Stmt } from "./ast.ts";
import { parseArguments } from "./calls.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpr, parseNamedExpr } from "./expressions.ts";
import { parseParameters } from "./parameters.ts";
import { expectColon, parseBlock } from "./statements.ts";
import { T } from "./tokens.ts";
import { parseTypeParams } from "./type_params.ts";

export function parseDecorated(p: Cursor): Stmt {
  const decorators: Expr[] = [];
  while (p.accept(T.AT)) {
    decorators.push(parseNamedExpr(p));
    p.expect(T.NEWLINE);
  }
  const start = p.start;
  if (p.kind === T.CLASS) return parseClass(p, decorators);
  const isAsync = p.accept(T.ASYNC);
  if (p.kind !== T.DEF) p.fail();
  return parseFunction(p, start, isAsync, decorators);
}

/** The cursor is at `def`; `start` is there too, or at `async`. */
export function parseFunction(p: Cursor, start: number, isAsync: boolean, decorator_list: Expr[]): Stmt {
  const def = p.start;
  p.next();
  const nameStart = p.start;
  const name = p.name();
  const type_params = p.kind === T.LSQB ? parseTypeParams(p) : [];
  if (p.kind !== T.LPAR) p.fail("expected '('");
  p.next();
  const args: Arguments = parseParameters(p, T.RPAR, true);
  p.expect(T.RPAR);
  const returns = p.accept(T.ARROW) ? parseExpr(p) : null;
  expectColon(p, true);
  const headerEnd = p.prevEnd;
  const body = parseBlock(p, "function definition", def);
  return {
    kind: isAsync ? "AsyncFunctionDef" : "FunctionDef",
    start,
    end: p.prevEnd,
    name,
    nameStart,
    args,
    body,
    decorator_list,
    returns,
    type_params,
    defStart: start,
    headerEnd,
  };
}

export function parseClass(p: Cursor, decorator_list: Expr[]): Stmt {
  const start = p.start;
  p.next();
  const nameStart = p.start;
  const name = p.name();
  const type_params = p.kind === T.LSQB ? parseTypeParams(p) : [];
  let bases: Expr[] = [], keywords: Keyword[] = [];
  if (p.kind === T.LPAR) {
    const open = p.start;
    ({ args: bases, keywords } = parseArguments(p));
    // A generator may take a call's parentheses, not a class's.
    if (bases[0]?.kind === "GeneratorExp" && bases[0].start === open) {
      const at = bases[0].generators[0].start;
      p.fail("invalid syntax", at, at + 3);
    }
  }
  expectColon(p);
  const headerEnd = p.prevEnd;
  const body = parseBlock(p, "class definition", start);
  return {
    kind: "ClassDef",
    start,
    end: p.prevEnd,
    name,
    nameStart,
    bases,
    keywords,
    body,
    decorator_list,
    type_params,
    headerEnd,
  };
}
