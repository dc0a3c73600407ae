/** `[T: bound, *Ts, **P]` of functions, classes and type aliases. */
import type { Expr, TypeParam } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpr } from "./expressions.ts";
import { T } from "./tokens.ts";

export function parseTypeParams(p: Cursor): TypeParam[] {
  const open = p.start;
  p.next();
  if (p.kind === T.RSQB) p.fail("Type parameter list cannot be empty", open, p.end);
  const out: TypeParam[] = [];
  while (p.kind !== T.RSQB) {
    const start = p.start;
    const kind = p.accept(T.STAR) ? "TypeVarTuple" : p.accept(T.DOUBLESTAR) ? "ParamSpec" : "TypeVar";
    const name = p.name();
    let bound: Expr | null = null;
    if (p.kind === T.COLON) {
      const colon = p.start;
      p.next();
      bound = parseExpr(p);
      if (kind !== "TypeVar") {
        const what = bound.kind === "Tuple" ? "constraints" : "bound";
        p.fail(`cannot use ${what} with ${kind}`, colon, colon + 1);
      }
    }
    out.push({ kind, start, end: p.prevEnd, name, bound });
    if (!p.accept(T.COMMA)) break;
  }
  p.expect(T.RSQB);
  return out;
}
