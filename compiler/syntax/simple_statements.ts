/** Statements on one line: expressions and assignments, imports, del, return, raise, global ... */
import type { Alias, Expr, Stmt } from "./ast.ts";
import { AUGMENTED_OFFSET, T } from "./tokens.ts";
import type { Cursor } from "./cursor.ts";
import {
  operatorOf,
  parseBinary,
  parseExpr,
  parseStarExpressions,
  parseYieldOrStarExpressions,
  startsExpression,
} from "./expressions.ts";
import { parseTypeParams } from "./type_params.ts";
import { describeTarget, invalidTarget } from "./targets.ts";

export function parseSimpleStatement(p: Cursor): Stmt {
  const start = p.start;
  switch (p.kind) {
    case T.PASS:
      p.next();
      return { kind: "Pass", start, end: p.prevEnd };
    case T.BREAK:
      p.next();
      return { kind: "Break", start, end: p.prevEnd };
    case T.CONTINUE:
      p.next();
      return { kind: "Continue", start, end: p.prevEnd };
    case T.RETURN: {
      p.next();
      const value = startsExpression(p.kind) || p.kind === T.STAR ? parseStarExpressions(p) : null;
      return { kind: "Return", start, end: p.prevEnd, value };
    }
    case T.RAISE: {
      p.next();
      const exc = startsExpression(p.kind) ? parseExpr(p) : null;
      const cause = exc && p.accept(T.FROM) ? parseExpr(p) : null;
      return { kind: "Raise", start, end: p.prevEnd, exc, cause };
    }
    case T.ASSERT: {
      p.next();
      const test = parseExpr(p);
      const msg = p.accept(T.COMMA) ? parseExpr(p) : null;
      return { kind: "Assert", start, end: p.prevEnd, test, msg };
    }
    case T.DEL:
      return parseDelete(p);
    case T.GLOBAL:
    case T.NONLOCAL: {
      const kind = p.kind === T.GLOBAL ? "Global" : "Nonlocal";
      p.next();
      const names = [p.name()];
      while (p.accept(T.COMMA)) names.push(p.name());
      return { kind, start, end: p.prevEnd, names };
    }
    case T.IMPORT:
      return parseImport(p);
    case T.FROM:
      return parseImportFrom(p);
    case T.NAME:
      if (p.peek() === T.NAME && p.isWord("type")) {
        const after = p.peek(2);
        if (after === T.EQUAL || after === T.LSQB) return parseTypeAlias(p);
      }
  }
  return parseExpressionStatement(p);
}

function parseTypeAlias(p: Cursor): Stmt {
  const start = p.start;
  p.next();
  const at = p.start, end = p.end;
  const name = { kind: "Name" as const, start: at, end, id: p.name() };
  const type_params = p.kind === T.LSQB ? parseTypeParams(p) : [];
  p.expect(T.EQUAL);
  const value = parseExpr(p);
  return { kind: "TypeAlias", start, end: p.prevEnd, name, type_params, value };
}

/** `del a, b[c]`: the targets of one unparenthesised list are the statement's own. */
function parseDelete(p: Cursor): Stmt {
  const start = p.start;
  p.next();
  const targets: Expr[] = [];
  do {
    if (!startsExpression(p.kind) && p.kind !== T.STAR) break;
    const at = p.start;
    const target = p.kind === T.STAR ? parseStarExpressions(p) : parseExpr(p);
    const bad = invalidTarget(target, "delete");
    if (bad) p.fail(`cannot delete ${describeTarget(bad)}`, bad === target ? at : bad.start, bad.end);
    targets.push(target);
  } while (p.accept(T.COMMA));
  if (targets.length === 0) p.fail();
  return { kind: "Delete", start, end: p.prevEnd, targets };
}

function parseDotted(p: Cursor): string {
  let name = p.name();
  while (p.accept(T.DOT)) name += "." + p.name();
  return name;
}

function parseAlias(p: Cursor, dotted: boolean): Alias {
  const start = p.start;
  const name = dotted ? parseDotted(p) : p.name();
  const asname = p.accept(T.AS) ? p.name() : null;
  return { kind: "alias", start, end: p.prevEnd, name, asname };
}

function parseImport(p: Cursor): Stmt {
  const start = p.start;
  p.next();
  const names = [parseAlias(p, true)];
  while (p.accept(T.COMMA)) names.push(parseAlias(p, true));
  return { kind: "Import", start, end: p.prevEnd, names };
}

function parseImportFrom(p: Cursor): Stmt {
  const start = p.start;
  p.next();
  let level = 0;
  for (;; p.next()) {
    if (p.kind === T.DOT) level++;
    else if (p.kind === T.ELLIPSIS) level += 3;
    else break;
  }
  const module = p.kind === T.IMPORT && level > 0 ? null : parseDotted(p);
  p.expect(T.IMPORT);
  const names: Alias[] = [];
  const at = p.start;
  if (p.accept(T.STAR)) {
    names.push({ kind: "alias", start: at, end: p.prevEnd, name: "*", asname: null });
  } else {
    const open = p.accept(T.LPAR);
    names.push(parseAlias(p, false));
    while (p.accept(T.COMMA)) {
      if (open && p.kind === T.RPAR) break;
      if (!open && p.kind === T.NEWLINE) {
        p.fail("trailing comma not allowed without surrounding parentheses", p.prevEnd - 1, p.prevEnd);
      }
      names.push(parseAlias(p, false));
    }
    if (open) p.expect(T.RPAR);
  }
  return { kind: "ImportFrom", start, end: p.prevEnd, module, names, level };
}

/** An expression, an assignment of any form, or an annotation. */
function parseExpressionStatement(p: Cursor): Stmt {
  const start = p.start;
  const firstKind = p.kind;
  const first = parseYieldOrStarExpressions(p);
  if (p.kind === T.EQUAL) return parseAssignment(p, start, first);
  if (p.kind === T.COLON) return parseAnnotated(p, start, first, firstKind === T.NAME);
  if (p.kind >= T.PLUSEQUAL && p.kind <= T.DOUBLESLASHEQUAL) {
    if (first.kind !== "Name" && first.kind !== "Attribute" && first.kind !== "Subscript") {
      p.fail(
        `'${describeTarget(first)}' is an illegal expression for augmented assignment`,
        start,
        first.end,
      );
    }
    const op = operatorOf(p.kind - AUGMENTED_OFFSET);
    p.next();
    const value = parseYieldOrStarExpressions(p);
    return { kind: "AugAssign", start, end: p.prevEnd, target: first, op, value };
  }
  if (p.kind === T.COLONEQUAL) p.fail();
  if (p.kind !== T.NEWLINE && p.kind !== T.SEMI) legacyStatement(p, first);
  if (first.kind === "Starred") p.fail("can't use starred expression here", first.start, first.end);
  return { kind: "Expr", start, end: p.prevEnd, value: first };
}

/** Python 2's print and exec statements. */
function legacyStatement(p: Cursor, first: Expr): void {
  if (first.kind !== "Name" || (first.id !== "print" && first.id !== "exec") || !startsExpression(p.kind)) {
    return;
  }
  parseStarExpressions(p);
  p.fail(
    `Missing parentheses in call to '${first.id}'. Did you mean ${first.id}(...)?`,
    first.start,
    p.prevEnd,
  );
}

function parseAssignment(p: Cursor, start: number, first: Expr): Stmt {
  const targets: Expr[] = [];
  let value = first, valueStart = start;
  while (p.kind === T.EQUAL) {
    checkTarget(p, value, valueStart, targets.length === 0);
    targets.push(value);
    p.next();
    valueStart = p.start;
    value = parseYieldOrStarExpressions(p);
  }
  if (value.kind === "Starred") p.fail("can't use starred expression here", value.start, value.end);
  return { kind: "Assign", start, end: p.prevEnd, targets, value };
}

/** Fails when `=` follows something that cannot be assigned to. */
function checkTarget(p: Cursor, target: Expr, start: number, first: boolean): void {
  if (target.kind === "Starred") {
    p.fail("starred assignment target must be in a list or tuple", target.start, target.end);
  }
  const bad = invalidTarget(target, "assign");
  if (!bad) return;
  if (bad.kind === "Yield" || bad.kind === "YieldFrom") {
    if (bad.start === start) p.fail("assignment to yield expression not possible", start, bad.end);
  }
  const singleton = bad.kind === "Constant" && (bad.value.type === "none" || bad.value.type === "bool");
  if (first && bad === target && !singleton && bad.kind !== "GeneratorExp" && comparable(bad)) {
    hintAtEquality(p, bad, start);
  }
  p.fail(`cannot assign to ${describeTarget(bad)}`, bad.start, bad.end);
}

/** `f() = 1`, alone: `==` may have been meant. */
function hintAtEquality(p: Cursor, bad: Expr, start: number): void {
  const end = p.prevEnd;
  const here = p.mark();
  p.next();
  parseBinary(p, 1);
  const chained = p.kind === T.EQUAL || p.kind === T.COLONEQUAL;
  p.reset(here);
  if (chained) return;
  p.fail(`cannot assign to ${describeTarget(bad)} here. Maybe you meant '==' instead of '='?`, start, end);
}

/** Whether the expression binds tighter than `==`, so that the hint about it makes sense. */
function comparable(node: Expr): boolean {
  switch (node.kind) {
    case "BoolOp":
    case "Compare":
    case "IfExp":
    case "Lambda":
    case "NamedExpr":
      return false;
    case "UnaryOp":
      return node.op !== "Not";
    default:
      return true;
  }
}

function parseAnnotated(p: Cursor, start: number, target: Expr, bare: boolean): Stmt {
  if (target.kind === "List" || target.kind === "Tuple") {
    p.fail(`only single target (not ${target.kind.toLowerCase()}) can be annotated`, start, target.end);
  }
  if (target.kind !== "Name" && target.kind !== "Attribute" && target.kind !== "Subscript") {
    const colon = p.start;
    p.next();
    if (!startsExpression(p.kind)) p.fail("invalid syntax", colon, colon + 1);
    p.fail("illegal target for annotation", start, target.end);
  }
  p.next();
  const annotation = parseExpr(p);
  const value = p.accept(T.EQUAL) ? parseYieldOrStarExpressions(p) : null;
  const simple = bare && target.kind === "Name";
  return { kind: "AnnAssign", start, end: p.prevEnd, target, annotation, value, simple };
}
