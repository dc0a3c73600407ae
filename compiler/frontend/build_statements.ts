/** Python statements to TorchScript's tree. */
import type * as py from "../syntax/ast.ts";
import { notSupported } from "./error_report.ts";
import { buildDef } from "./build_definition.ts";
import { buildExpr, unsupported } from "./build_expressions.ts";
import { independently, recovering } from "./recovery.ts";
import type { SourceContext } from "./function_source.ts";
import {
  type Assign,
  type BinaryOp,
  cover,
  type Expr,
  type Stmt,
  type StmtList,
  tree,
  type With,
} from "./tree.ts";
import type { SourceRange } from "../../core/source.ts";
import { Diagnostic } from "../../core/errors.ts";

const AUGMENTED: Partial<Record<py.Operator, BinaryOp>> = {
  Add: "+",
  Sub: "-",
  Mult: "*",
  Div: "/",
  Mod: "%",
  BitOr: "|",
  BitAnd: "&",
  BitXor: "^",
  LShift: "<<",
  RShift: ">>",
  Pow: "**",
};

export function buildStmts(ctx: SourceContext, range: SourceRange, body: readonly py.Stmt[]): StmtList {
  if (!recovering()) return tree.stmts(range, body.map((s) => buildStmt(ctx, s)));
  const built: Stmt[] = [];
  for (const s of body) independently(() => built.push(buildStmt(ctx, s)));
  return tree.stmts(range, built);
}

export function buildStmt(ctx: SourceContext, s: py.Stmt): Stmt {
  switch (s.kind) {
    case "Expr": {
      const expr = buildExpr(ctx, s.value);
      return { kind: "ExprStmt", range: expr.range, expr };
    }
    case "Assign": {
      const rhs = buildExpr(ctx, s.value);
      return tree.assign(s.targets.map((t) => buildExpr(ctx, t)), rhs);
    }
    case "AnnAssign":
      return buildAnnAssign(ctx, s);
    case "AugAssign": {
      const lhs = buildExpr(ctx, s.target), rhs = buildExpr(ctx, s.value);
      const op = AUGMENTED[s.op];
      if (!op) {
        const eq = ctx.source.text.lastIndexOf("=", rhs.range.start - 1) + ctx.delta;
        throw notSupported(ctx.raw(eq - 1, eq + 1), `unsupported kind of augmented assignment: ${s.op}`);
      }
      return tree.augAssign(lhs, op, rhs);
    }
    case "Return":
      return tree.return(ctx.range(s, 6), s.value === null ? undefined : buildExpr(ctx, s.value));
    case "Raise": {
      const range = ctx.range(s, 5);
      if (!s.exc) throw unsupported(ctx, s, "without an exception");
      return tree.raise(range, buildExpr(ctx, s.exc));
    }
    case "Assert": {
      const test = buildExpr(ctx, s.test);
      const msg = s.msg === null ? undefined : buildExpr(ctx, s.msg);
      return { kind: "Assert", range: cover(ctx.range(s, 6), test, msg), test, msg };
    }
    case "Delete": {
      const targets = s.targets.map((t) => buildExpr(ctx, t));
      return { kind: "Delete", range: cover(ctx.range(s, 3), ...targets), targets };
    }
    case "If": {
      const range = ctx.range(s, 2);
      const cond = buildExpr(ctx, s.test);
      const ifTrue = buildStmts(ctx, range, s.body), ifFalse = buildStmts(ctx, range, s.orelse);
      return { kind: "If", range: cover(range, cond, ifTrue, ifFalse), cond, ifTrue, ifFalse };
    }
    case "While": {
      if (s.orelse.length) {
        throw notSupported(ctx.range(s, 5), "else branches of while loops aren't supported");
      }
      const range = ctx.range(s, 5);
      const cond = buildExpr(ctx, s.test), body = buildStmts(ctx, range, s.body);
      return { kind: "While", range: cover(range, cond, body), cond, body };
    }
    case "For": {
      const range = ctx.range(s, 3);
      if (s.orelse.length) throw notSupported(range, "else branches of for loops aren't supported");
      const targets = tree.exprs(range, [buildExpr(ctx, s.target)]);
      const iters = tree.exprs(range, [buildExpr(ctx, s.iter)]);
      const body = buildStmts(ctx, range, s.body);
      return { kind: "For", range: cover(range, targets, iters, body), targets, iters, body };
    }
    case "With":
      return buildWith(ctx, s);
    case "FunctionDef": {
      // Only printed code has them: what `fork` runs. PyTorch reads that with a parser of its own.
      if (!ctx.isTorchScript) throw unsupported(ctx, s);
      const def = buildDef(ctx.source, s, { context: ctx });
      return { kind: "Def", range: def.range, def };
    }
    case "Pass":
      return { kind: "Pass", range: ctx.range(s, 4) };
    case "Break":
      return { kind: "Break", range: ctx.range(s, 5) };
    case "Continue":
      return { kind: "Continue", range: ctx.range(s, 8) };
    default:
      throw unsupported(ctx, s);
  }
}

function buildAnnAssign(ctx: SourceContext, s: py.AnnAssign): Assign {
  if (s.value === null) throw unsupported(ctx, s, "without assigned value");
  const t = s.target;
  if (
    t.kind === "Attribute" && t.value.kind === "Name" && t.value.id === "self" &&
    ctx.functionName !== "__init__"
  ) {
    let length = `self.${t.attr}`.length;
    if (s.annotation.kind === "Name") length += `: ${s.annotation.id}`.length;
    const where = ctx.range(s, length);
    throw new Diagnostic(
      `Type annotations on instance attributes must be declared in __init__, not '${ctx.functionName}': ` +
        `${where.highlight()}`,
      undefined,
      "ValueError",
    );
  }
  const rhs = buildExpr(ctx, s.value), lhs = buildExpr(ctx, t);
  return tree.assign([lhs], rhs, buildExpr(ctx, s.annotation));
}

function buildWith(ctx: SourceContext, s: py.With): With {
  const range = ctx.range(s, 4);
  const items = s.items.map((i) => {
    const target = buildExpr(ctx, i.context_expr);
    const variable: Expr | undefined = i.optional_vars ? buildExpr(ctx, i.optional_vars) : undefined;
    return {
      range: cover(ctx.range(i.context_expr, "with statements".length), target, variable),
      target,
      variable,
    };
  });
  const body = buildStmts(ctx, range, s.body);
  return { kind: "With", range: cover(range, ...items, body), items, body };
}
