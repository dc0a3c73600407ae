/** Expressions: precedence climbing over the operators, then primaries. Atoms are in atoms.ts. */
import type { CmpOp, Expr, Lambda, Operator } from "./ast.ts";
import { parseArguments, parseSlices } from "./calls.ts";
import { parseAtom } from "./atoms.ts";
import type { Cursor } from "./cursor.ts";
import { parseParameters } from "./parameters.ts";
import { describeTarget } from "./targets.ts";
import { T } from "./tokens.ts";

/** Precedence of the binary operators, 0 for every other token. */
const PRECEDENCE = new Uint8Array(128);
const OPERATOR: Operator[] = [];
for (
  const [kind, precedence, op] of [
    [T.VBAR, 1, "BitOr"],
    [T.CIRCUMFLEX, 2, "BitXor"],
    [T.AMPER, 3, "BitAnd"],
    [T.LSHIFT, 4, "LShift"],
    [T.RSHIFT, 4, "RShift"],
    [T.PLUS, 5, "Add"],
    [T.MINUS, 5, "Sub"],
    [T.STAR, 6, "Mult"],
    [T.SLASH, 6, "Div"],
    [T.DOUBLESLASH, 6, "FloorDiv"],
    [T.PERCENT, 6, "Mod"],
    [T.AT, 6, "MatMult"],
    [T.DOUBLESTAR, 0, "Pow"],
  ] as [number, number, Operator][]
) {
  PRECEDENCE[kind] = precedence;
  OPERATOR[kind] = op;
}

/** The operator of a binary operator token. */
export function operatorOf(kind: number): Operator {
  return OPERATOR[kind];
}

const STARTS_EXPRESSION = new Uint8Array(128);
for (
  const kind of [
    T.NAME,
    T.NUMBER,
    T.STRING,
    T.FSTART,
    T.LPAR,
    T.LSQB,
    T.LBRACE,
    T.ELLIPSIS,
    T.TILDE,
    T.PLUS,
    T.MINUS,
    T.FALSE,
    T.NONE,
    T.TRUE,
    T.AWAIT,
    T.LAMBDA,
    T.NOT,
  ]
) STARTS_EXPRESSION[kind] = 1;

export function startsExpression(kind: number): boolean {
  return STARTS_EXPRESSION[kind] === 1;
}

/** `a, *b, c`: a tuple without parentheses, or one expression. */
export function parseStarExpressions(p: Cursor): Expr {
  const start = p.start;
  const first = parseStarExpression(p);
  if (p.kind !== T.COMMA) return first;
  const elts = [first];
  while (p.kind === T.COMMA) {
    p.next();
    if (!startsExpression(p.kind) && p.kind !== T.STAR) break;
    elts.push(parseStarExpression(p));
  }
  return { kind: "Tuple", start, end: p.prevEnd, elts, parenthesized: false };
}

export function parseStarExpression(p: Cursor): Expr {
  if (p.kind !== T.STAR) return parseExpr(p);
  return parseStarred(p);
}

function parseStarred(p: Cursor): Expr {
  const start = p.start;
  p.next();
  const value = parseBinary(p, 1);
  return { kind: "Starred", start, end: p.prevEnd, value };
}

/** An element of a display or a group: `*x` or an expression that may be `name := value`. */
export function parseStarNamed(p: Cursor): Expr {
  return p.kind === T.STAR ? parseStarred(p) : parseNamedExpr(p);
}

/** `yield ...` or star expressions: the right side of an assignment. */
export function parseYieldOrStarExpressions(p: Cursor): Expr {
  return p.kind === T.YIELD ? parseYield(p) : parseStarExpressions(p);
}

export function parseYield(p: Cursor): Expr {
  const start = p.start;
  p.next();
  if (p.accept(T.FROM)) {
    const value = parseExpr(p);
    return { kind: "YieldFrom", start, end: p.prevEnd, value };
  }
  const value = startsExpression(p.kind) || p.kind === T.STAR ? parseStarExpressions(p) : null;
  return { kind: "Yield", start, end: p.prevEnd, value };
}

/** What stands between the braces of an f-string field. */
export function parseFieldExpression(p: Cursor): Expr {
  if (p.kind === T.LAMBDA) {
    const mark = p.mark();
    p.next();
    while (p.kind !== T.COLON && p.kind !== T.RBRACE && p.kind > T.DEDENT && p.kind !== T.FEND) p.next();
    if (p.kind === T.COLON) {
      const end = p.end;
      p.reset(mark);
      p.fail("f-string: lambda expressions are not allowed without parentheses", p.start, end);
    }
    p.reset(mark);
  }
  const value = parseYieldOrStarExpressions(p);
  if (p.kind === T.COLONEQUAL) p.fail();
  return value;
}

export function parseNamedExpr(p: Cursor): Expr {
  const start = p.start;
  if (p.kind === T.NAME && p.peek() === T.COLONEQUAL) {
    const id = p.name();
    const target = { kind: "Name" as const, start, end: p.prevEnd, id };
    p.next();
    const value = parseExpr(p);
    return { kind: "NamedExpr", start, end: p.prevEnd, target, value };
  }
  const value = parseExpr(p);
  if (p.kind === T.COLONEQUAL) {
    p.fail(`cannot use assignment expressions with ${describeTarget(value)}`, start, value.end);
  }
  if (p.kind === T.EQUAL) assignmentInExpression(p, value, start);
  return value;
}

/** `=` where an expression was expected. */
export function assignmentInExpression(p: Cursor, left: Expr, start: number): never {
  const leftEnd = p.prevEnd;
  p.next();
  const right = parseBinary(p, 1);
  if (p.kind === T.EQUAL || p.kind === T.COLONEQUAL) p.fail();
  if (left.kind === "Name" && left.start === start) {
    p.fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", start, right.end);
  }
  const plain = left.kind === "List" || left.kind === "Tuple" || left.kind === "GeneratorExp" ||
    (left.kind === "Constant" && (left.value.type === "bool" || left.value.type === "none"));
  if (plain) p.fail("invalid syntax", leftEnd, leftEnd + 1);
  p.fail(
    `cannot assign to ${describeTarget(left)} here. Maybe you meant '==' instead of '='?`,
    start,
    leftEnd,
  );
}

/** One expression: lambda, conditional, or anything that binds tighter. */
export function parseExpr(p: Cursor): Expr {
  p.enter();
  const start = p.start;
  if (p.kind === T.LAMBDA) {
    const lambda = parseLambda(p);
    p.depth--;
    return lambda;
  }
  const body = parseDisjunction(p);
  if (p.kind !== T.IF) {
    p.lastStart = start;
    p.depth--;
    return body;
  }
  p.next();
  const test = parseDisjunction(p);
  if (p.kind !== T.ELSE) {
    if (p.kind === T.COLON) p.fail();
    p.fail("expected 'else' after 'if' expression", start, p.prevEnd);
  }
  p.next();
  const orelse = parseExpr(p);
  p.lastStart = start;
  p.depth--;
  return { kind: "IfExp", start, end: p.prevEnd, test, body, orelse };
}

function parseLambda(p: Cursor): Lambda {
  const start = p.start;
  p.next();
  const args = parseParameters(p, T.COLON, false);
  p.expect(T.COLON);
  const body = parseExpr(p);
  return { kind: "Lambda", start, end: p.prevEnd, args, body };
}

export function parseDisjunction(p: Cursor): Expr {
  const start = p.start;
  const first = parseConjunction(p);
  if (p.kind !== T.OR) return first;
  const values = [first];
  while (p.accept(T.OR)) values.push(parseConjunction(p));
  return { kind: "BoolOp", start, end: p.prevEnd, op: "Or", values };
}

function parseConjunction(p: Cursor): Expr {
  const start = p.start;
  const first = parseInversion(p);
  if (p.kind !== T.AND) return first;
  const values = [first];
  while (p.accept(T.AND)) values.push(parseInversion(p));
  return { kind: "BoolOp", start, end: p.prevEnd, op: "And", values };
}

/** `not x`, or a chain of comparisons. */
function parseInversion(p: Cursor): Expr {
  const start = p.start;
  if (p.kind === T.NOT) {
    p.enter();
    p.next();
    const operand = parseInversion(p);
    p.depth--;
    return { kind: "UnaryOp", start, end: p.prevEnd, op: "Not", operand };
  }
  const left = parseBinary(p, 1);
  let op = comparison(p);
  if (op === undefined) return left;
  const ops: CmpOp[] = [], comparators: Expr[] = [];
  while (op !== undefined) {
    ops.push(op);
    comparators.push(parseBinary(p, 1));
    op = comparison(p);
  }
  return { kind: "Compare", start, end: p.prevEnd, left, ops, comparators };
}

/** Takes a comparison operator, if one is here. */
function comparison(p: Cursor): CmpOp | undefined {
  const kind = p.kind;
  let op: CmpOp;
  if (kind >= T.EQEQUAL && kind <= T.GREATEREQUAL) {
    if (kind === T.NOTEQUAL && p.text.charCodeAt(p.start) === 60) p.fail();
    op = kind === T.EQEQUAL
      ? "Eq"
      : kind === T.NOTEQUAL
      ? "NotEq"
      : kind === T.LESS
      ? "Lt"
      : kind === T.GREATER
      ? "Gt"
      : kind === T.LESSEQUAL
      ? "LtE"
      : "GtE";
  } else if (kind === T.IN) {
    op = "In";
  } else if (kind === T.IS) {
    p.next();
    return p.accept(T.NOT) ? "IsNot" : "Is";
  } else if (kind === T.NOT && p.peek() === T.IN) {
    p.next();
    op = "NotIn";
  } else {
    return undefined;
  }
  p.next();
  return op;
}

/** Left-associative binary operators of at least this precedence (1 is `|`). */
export function parseBinary(p: Cursor, precedence: number): Expr {
  const start = p.start;
  let left = parseUnary(p);
  for (;;) {
    const mine = PRECEDENCE[p.kind];
    if (mine === 0 || mine < precedence) return left;
    const op = OPERATOR[p.kind], opStart = p.start;
    p.next();
    const right = parseBinary(p, mine + 1);
    left = { kind: "BinOp", start, end: p.prevEnd, left, op, right, opStart };
  }
}

/** `-x`, `+x`, `~x`, and powers, whose right side binds looser than their left. */
function parseUnary(p: Cursor): Expr {
  const start = p.start;
  const kind = p.kind;
  if (kind === T.MINUS || kind === T.PLUS || kind === T.TILDE) {
    p.enter();
    p.next();
    const operand = parseUnary(p);
    p.depth--;
    const op = kind === T.MINUS ? "USub" : kind === T.PLUS ? "UAdd" : "Invert";
    return { kind: "UnaryOp", start, end: p.prevEnd, op, operand };
  }
  let base: Expr;
  if (kind === T.AWAIT) {
    p.next();
    const value = parsePrimary(p);
    base = { kind: "Await", start, end: p.prevEnd, value };
  } else {
    base = parsePrimary(p);
  }
  if (p.kind !== T.DOUBLESTAR) return base;
  const opStart = p.start;
  p.enter();
  p.next();
  const right = parseUnary(p);
  p.depth--;
  return { kind: "BinOp", start, end: p.prevEnd, left: base, op: "Pow", right, opStart };
}

/** An atom with its attributes, calls and subscripts. */
function parsePrimary(p: Cursor): Expr {
  const start = p.start;
  let value = parseAtom(p);
  for (;;) {
    if (p.kind === T.DOT) {
      p.next();
      const attrStart = p.start;
      const attr = p.name();
      value = { kind: "Attribute", start, end: p.prevEnd, value, attr, attrStart };
    } else if (p.kind === T.LPAR) {
      const { args, keywords } = parseArguments(p);
      value = { kind: "Call", start, end: p.prevEnd, func: value, args, keywords };
    } else if (p.kind === T.LSQB) {
      const slice = parseSlices(p);
      value = { kind: "Subscript", start, end: p.prevEnd, value, slice };
    } else {
      return value;
    }
  }
}
