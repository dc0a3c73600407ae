/**
 * Python source to syntax tree. lexer.ts makes tokens, statements.ts and expressions.ts and their neighbours
 * are the recursive-descent parser over a Cursor, scope.ts says what each name refers to, dump.ts prints trees
 * as CPython's `ast.dump` does.
 */
import type { Source } from "../../core/source.ts";
import type { Expr, Module } from "./ast.ts";
import { checkStatements } from "./checks.ts";
import { Cursor, ParseFailure } from "./cursor.ts";
import { parseStarExpressions } from "./expressions.ts";
import { parseFile } from "./statements.ts";
import { scopeErrors } from "./scope.ts";
import { SyntaxDiagnostic } from "./syntax_error.ts";
import { T } from "./tokens.ts";

export { analyzeScopes, mangle, type NameKind, type Scope, type ScopeNode } from "./scope.ts";
export { type SyntaxClass, SyntaxDiagnostic } from "./syntax_error.ts";

export interface ParseOptions {
  /** Keep only the error that CPython would raise. */
  firstErrorOnly?: boolean;
}

export interface ParseResult {
  module: Module;
  /** In source order; empty when the file is well formed. Statements with errors are not in `module`. */
  errors: SyntaxDiagnostic[];
}

/** Parses a whole file. Never throws for what the text says: the errors come back. */
export function parseModule(source: Source, options: ParseOptions = {}): ParseResult {
  const p = new Cursor(source, 0, source.text.length, true);
  const body = parseFile(p);
  const module: Module = { kind: "Module", start: 0, end: source.text.length, body, comments: p.comments };
  const firstOnly = options.firstErrorOnly === true;
  const errors = chooseErrors(p, firstOnly);
  return { module, errors: errors.length > 0 ? errors : checkTree(source, module, firstOnly) };
}

/** Errors that only a whole tree shows. */
function checkTree(source: Source, module: Module, firstOnly: boolean): SyntaxDiagnostic[] {
  const scopes = scopeErrors(module);
  const found = [...scopes.errors, ...scopes.lateErrors, ...checkStatements(module)];
  const errors = found.map(({ text, node }) => SyntaxDiagnostic.at(source, text, node.start, node.end));
  if (firstOnly) return errors.slice(0, 1);
  return errors.sort((a, b) => a.range!.start - b.range!.start);
}

/** CPython raises the lexer's error before the parser's, wherever it stands. */
function chooseErrors(p: Cursor, firstOnly: boolean): SyntaxDiagnostic[] {
  if (p.errors.length + p.lexerErrors.length === 0) return [];
  const first = p.lexerErrors[0] ?? p.errors[0];
  if (firstOnly) return [first];
  return onePerLine(p.source, [...p.lexerErrors, ...p.errors]);
}

/** Errors in source order, the first of each line: what follows on the line is most often an echo. */
function onePerLine(source: Source, errors: SyntaxDiagnostic[]): SyntaxDiagnostic[] {
  errors.sort((a, b) => a.range!.start - b.range!.start);
  const lines = errors.map((error) => source.lineIndex(error.range!.start));
  return errors.filter((_, i) => i === 0 || lines[i] !== lines[i - 1]);
}

/**
 * Parses one expression out of a source: an annotation in a string or in a comment. Offsets in the tree are
 * those of the source. Throws the first SyntaxDiagnostic.
 */
export function parseExpression(source: Source, start = 0, end = source.text.length): Expr {
  const p = new Cursor(source, start, end, false);
  let value: Expr | undefined;
  try {
    value = parseStarExpressions(p);
    while (p.kind === T.NEWLINE) p.next();
    if (p.kind !== T.EOF) p.fail();
  } catch (e) {
    if (!(e instanceof ParseFailure)) throw e;
  }
  const [error] = chooseErrors(p, true);
  if (error) throw error;
  return value!;
}
