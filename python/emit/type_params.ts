/**
 * `def f[T]`, `class C[T]` and `type X[T] = ...`: the parameters live in a JS function around the definition, the
 * annotation scope of the language reference; bounds and alias values are computed when they are asked for.
 */
import type { Expr, Stmt, TypeParam } from "../../compiler/syntax/ast.ts";
import type { Scope } from "../../compiler/syntax/scope.ts";
import { Context } from "./context.ts";
import { emitExpr, text } from "./expressions.ts";
import { declarations } from "./functions.ts";
import { storeName } from "./names.ts";

/** The scope of the parameters; the syntax keeps it under the first parameter's node. */
function scopeOf(c: Context, params: readonly TypeParam[]): Scope {
  return c.unit.scopes.get(params[0])!;
}

/** A JS expression for what `make` emits inside the scope of `params`; it may name them as `typeParams(inner)`. */
export function withTypeParams(
  c: Context,
  params: readonly TypeParam[],
  make: (inner: Context, list: string) => string,
): string {
  if (params.length === 0) return make(c, "");
  const inner = new Context(c.unit, scopeOf(c, params), c);
  inner.qualname = c.qualname;
  const names: string[] = [], binds: string[] = [];
  for (const p of params) {
    const js = inner.fresh("T");
    names.push(js);
    const bound = p.bound ? lazily(inner, p.bound) : "null";
    binds.push(`const ${js} = makeTypeParam(${text(p.kind)}, ${text(p.name)}, ${bound});`);
    binds.push(storeName(inner, inner.mangle(p.name), js));
  }
  const value = make(inner, `[${names.join(", ")}]`);
  return `(() => { ${declarations(inner)} ${binds.join(" ")} return ${value}; })()`;
}

/** A JS function that computes an expression later, in the scope where it stands. */
function lazily(c: Context, e: Expr): string {
  const line = c.line;
  c.line = -2;
  const js = `() => ${emitExpr(c, e)}`;
  c.line = line;
  return js;
}

export function emitTypeAlias(c: Context, s: Stmt & { kind: "TypeAlias" }): string {
  const value = withTypeParams(c, s.type_params, (around, list) => {
    const inner = new Context(c.unit, c.unit.scopes.get(s)!, around);
    inner.qualname = around.qualname;
    const body = lazily(inner, s.value);
    return `makeTypeAlias(${text(s.name.id)}, ${list || "[]"}, () => { ${
      declarations(inner)
    } return (${body})(); })`;
  });
  return storeName(c, c.mangle(s.name.id), value);
}
