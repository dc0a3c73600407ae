/**
 * Errors in trees that parse: loop control outside loops, patterns that cannot match, misplaced `__future__`
 * imports, stars in the wrong place. What depends on scopes is found by scope_walk.ts.
 */
import type { Call, ClassDef, Expr, ImportFrom, Match, Module, NodeBase, Pattern, Stmt } from "./ast.ts";
import { constantRepr } from "./constant_repr.ts";
import type { ScopeError } from "./scope.ts";

const FUTURE_FEATURES = new Set([
  "nested_scopes",
  "generators",
  "division",
  "absolute_import",
  "with_statement",
  "print_function",
  "unicode_literals",
  "barry_as_FLUFL",
  "generator_stop",
  "annotations",
]);

interface Context {
  loop: boolean;
  /** Inside an `except*` block, where control may not jump out. */
  exceptStar: boolean;
}

/** Everything wrong with the statements of a module, in source order. */
export function checkStatements(module: Module): ScopeError[] {
  const errors: ScopeError[] = [];
  checkFuture(module.body, errors);
  checkBlock(module.body, { loop: false, exceptStar: false }, errors);
  return errors;
}

function checkBlock(body: Stmt[], context: Context, errors: ScopeError[]): void {
  for (const stmt of body) checkStatement(stmt, context, errors);
}

function checkStatement(node: Stmt, context: Context, errors: ScopeError[]): void {
  const error = (text: string, at: NodeBase = node) => errors.push({ text, node: at });
  const jump = () => {
    if (context.exceptStar) error("'break', 'continue' and 'return' cannot appear in an except* block");
  };
  switch (node.kind) {
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
      return checkBlock(node.body, { loop: false, exceptStar: false }, errors);
    case "Break":
      jump();
      if (!context.loop && !context.exceptStar) error("'break' outside loop");
      return;
    case "Continue":
      jump();
      if (!context.loop && !context.exceptStar) error("'continue' not properly in loop");
      return;
    case "Return":
      return jump();
    case "Assign":
      for (const target of node.targets) checkTarget(target, errors);
      return;
    case "For":
    case "AsyncFor":
      checkTarget(node.target, errors);
      checkBlock(node.body, { loop: true, exceptStar: false }, errors);
      return checkBlock(node.orelse, context, errors);
    case "While":
      checkBlock(node.body, { loop: true, exceptStar: false }, errors);
      return checkBlock(node.orelse, context, errors);
    case "If": {
      let branch = node;
      for (;;) {
        checkBlock(branch.body, context, errors);
        const [next] = branch.orelse;
        if (branch.orelse.length !== 1 || next.kind !== "If") break;
        branch = next;
      }
      return checkBlock(branch.orelse, context, errors);
    }
    case "With":
    case "AsyncWith":
      for (const { optional_vars } of node.items) if (optional_vars) checkTarget(optional_vars, errors);
      return checkBlock(node.body, context, errors);
    case "Try":
    case "TryStar": {
      checkBlock(node.body, context, errors);
      const inHandler = node.kind === "TryStar" ? { loop: false, exceptStar: true } : context;
      for (const handler of node.handlers) checkBlock(handler.body, inHandler, errors);
      checkBlock(node.orelse, context, errors);
      return checkBlock(node.finalbody, context, errors);
    }
    case "Match":
      checkCases(node, errors);
      for (const { body } of node.cases) checkBlock(body, context, errors);
  }
}

/** At most one star among the targets of one list. */
function checkTarget(target: Expr, errors: ScopeError[]): void {
  if (target.kind !== "Tuple" && target.kind !== "List") return;
  if (target.elts.filter((elt) => elt.kind === "Starred").length > 1) {
    errors.push({ text: "multiple starred expressions in assignment", node: target });
  }
  for (const elt of target.elts) checkTarget(elt.kind === "Starred" ? elt.value : elt, errors);
}

/** `from __future__` imports come first, after the docstring, and name features that exist. */
function checkFuture(body: Stmt[], errors: ScopeError[]): void {
  let early = true;
  body.forEach((stmt, i) => {
    const isFuture = stmt.kind === "ImportFrom" && stmt.module === "__future__" && stmt.level === 0;
    const isDocstring = i === 0 && stmt.kind === "Expr" && stmt.value.kind === "Constant" &&
      stmt.value.value.type === "str";
    if (isFuture) checkFeatures(stmt, early, errors);
    else if (!isDocstring) early = false;
  });
}

function checkFeatures(node: ImportFrom, early: boolean, errors: ScopeError[]): void {
  for (const { name } of node.names) {
    if (name === "braces") errors.push({ text: "not a chance", node });
    else if (!FUTURE_FEATURES.has(name)) errors.push({ text: `future feature ${name} is not defined`, node });
  }
  if (!early) errors.push({ text: "from __future__ imports must occur at the beginning of the file", node });
}

/** A keyword argument given twice. */
export function checkKeywords(node: Call | ClassDef, errors: ScopeError[]): void {
  if (node.keywords.length === 0) return;
  const seen = new Set<string>();
  for (const keyword of node.keywords) {
    if (keyword.arg === null) continue;
    if (keyword.arg === "__debug__") errors.push({ text: "cannot assign to __debug__", node: keyword });
    if (seen.has(keyword.arg)) {
      errors.push({ text: `keyword argument repeated: ${keyword.arg}`, node: keyword });
    }
    seen.add(keyword.arg);
  }
}

// --- Patterns ---

function checkCases(node: Match, errors: ScopeError[]): void {
  node.cases.forEach(({ pattern, guard }, i) => {
    const last = i === node.cases.length - 1;
    checkPattern(pattern, new Set(), errors);
    if (!guard && !last && irrefutable(pattern)) {
      errors.push({ text: `${unreachable(pattern)} makes remaining patterns unreachable`, node: pattern });
    }
  });
}

/** Whether the pattern matches everything: a capture or `_`. */
function irrefutable(node: Pattern): boolean {
  return node.kind === "MatchAs" && (node.pattern === null || irrefutable(node.pattern));
}

function unreachable(node: Pattern): string {
  return node.kind === "MatchAs" && node.name !== null ? `name capture '${node.name}'` : "wildcard";
}

/** Checks a pattern and adds the names it binds to `bound`. */
function checkPattern(node: Pattern, bound: Set<string>, errors: ScopeError[]): void {
  const bind = (name: string | null) => {
    if (name === null) return;
    if (bound.has(name)) errors.push({ text: `multiple assignments to name '${name}' in pattern`, node });
    bound.add(name);
  };
  const all = (patterns: Pattern[]) => {
    for (const pattern of patterns) checkPattern(pattern, bound, errors);
  };
  switch (node.kind) {
    case "MatchValue":
    case "MatchSingleton":
      return;
    case "MatchStar":
      return bind(node.name);
    case "MatchAs":
      if (node.pattern) checkPattern(node.pattern, bound, errors);
      return bind(node.name);
    case "MatchSequence":
      if (node.patterns.filter((pattern) => pattern.kind === "MatchStar").length > 1) {
        errors.push({ text: "multiple starred names in sequence pattern", node });
      }
      return all(node.patterns);
    case "MatchMapping": {
      const keys = new Set<string>();
      for (const key of node.keys) {
        if (key.kind !== "Constant") continue;
        const text = constantRepr(key.value);
        if (keys.has(text)) errors.push({ text: `mapping pattern checks duplicate key (${text})`, node });
        keys.add(text);
      }
      all(node.patterns);
      return bind(node.rest);
    }
    case "MatchClass": {
      const attrs = new Set<string>();
      node.kwd_attrs.forEach((attr, i) => {
        if (attrs.has(attr)) {
          errors.push({
            text: `attribute name repeated in class pattern: ${attr}`,
            node: node.kwd_patterns[i],
          });
        }
        attrs.add(attr);
      });
      all(node.patterns);
      return all(node.kwd_patterns);
    }
    case "MatchOr":
      return checkAlternatives(node.patterns, node, bound, errors);
  }
}

/** Alternatives bind the same names, and only the last may match everything. */
function checkAlternatives(
  patterns: Pattern[],
  node: NodeBase,
  bound: Set<string>,
  errors: ScopeError[],
): void {
  const names = patterns.map((pattern) => {
    const mine = new Set<string>();
    checkPattern(pattern, mine, errors);
    return mine;
  });
  patterns.slice(0, -1).forEach((pattern) => {
    if (irrefutable(pattern)) {
      errors.push({ text: `${unreachable(pattern)} makes remaining patterns unreachable`, node: pattern });
    }
  });
  const [first] = names;
  if (names.some((mine) => mine.size !== first.size || mine.difference(first).size > 0)) {
    errors.push({ text: "alternative patterns bind different names", node });
  }
  for (const name of first) {
    if (bound.has(name)) errors.push({ text: `multiple assignments to name '${name}' in pattern`, node });
    bound.add(name);
  }
}
