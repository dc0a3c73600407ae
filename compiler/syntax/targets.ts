/** Assignment targets: which expressions may be bound or deleted, and CPython's words for those that may not. */
import type { Expr } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseBinary } from "./expressions.ts";
import { T } from "./tokens.ts";

/** CPython's noun for an expression in "cannot assign to ...". */
export function describeTarget(node: Expr): string {
  switch (node.kind) {
    case "Attribute":
    case "Subscript":
    case "Starred":
    case "Name":
    case "List":
    case "Tuple":
    case "Lambda":
      return node.kind.toLowerCase();
    case "Call":
      return "function call";
    case "BoolOp":
    case "BinOp":
    case "UnaryOp":
      return "expression";
    case "GeneratorExp":
      return "generator expression";
    case "Yield":
    case "YieldFrom":
      return "yield expression";
    case "Await":
      return "await expression";
    case "ListComp":
      return "list comprehension";
    case "SetComp":
      return "set comprehension";
    case "DictComp":
      return "dict comprehension";
    case "Dict":
      return "dict literal";
    case "Set":
      return "set display";
    case "JoinedStr":
    case "FormattedValue":
      return "f-string expression";
    case "Constant":
      switch (node.value.type) {
        case "none":
          return "None";
        case "bool":
          return node.value.value ? "True" : "False";
        case "ellipsis":
          return "ellipsis";
        default:
          return "literal";
      }
    case "Compare":
      return "comparison";
    case "IfExp":
      return "conditional expression";
    case "NamedExpr":
      return "named expression";
    case "Slice":
      return "slice";
  }
}

export type TargetRole = "assign" | "delete" | "for";

/** The first part of `node` that cannot be a target in this role, or null. */
export function invalidTarget(node: Expr, role: TargetRole): Expr | null {
  switch (node.kind) {
    case "Name":
    case "Attribute":
    case "Subscript":
      return null;
    case "List":
    case "Tuple":
      for (const elt of node.elts) {
        const bad = invalidTarget(elt, role);
        if (bad) return bad;
      }
      return null;
    case "Starred":
      return role === "delete" ? node : invalidTarget(node.value, role);
    case "Compare":
      // `for x in y` read as one comparison: the target is what stands before `in`.
      return role === "for" && node.ops[0] === "In" ? invalidTarget(node.left, role) : node;
    default:
      return node;
  }
}

/** The targets of `for` and of comprehensions, up to `in`. */
export function parseTargetList(p: Cursor): Expr {
  const start = p.start;
  const first = parseStarTarget(p);
  let target = first;
  if (p.kind === T.COMMA) {
    const elts = [first];
    while (p.accept(T.COMMA)) {
      if (p.kind === T.IN) break;
      elts.push(parseStarTarget(p));
    }
    target = { kind: "Tuple", start, end: p.prevEnd, elts, parenthesized: false };
  }
  const bad = invalidTarget(target, "for");
  if (bad) p.fail(`cannot assign to ${describeTarget(bad)}`, bad.start, bad.end);
  return target;
}

export function parseStarTarget(p: Cursor): Expr {
  const start = p.start;
  if (!p.accept(T.STAR)) return parseBinary(p, 1);
  const value = parseBinary(p, 1);
  return { kind: "Starred", start, end: p.prevEnd, value };
}
