/** Assignment to targets: names, attributes, subscripts and unpacking. All give JS statements. */
import type { Expr } from "../../compiler/syntax/ast.ts";
import type { Context } from "./context.ts";
import { emitExpr, operatorName, text } from "./expressions.ts";
import { deleteName, loadName, storeName } from "./names.ts";

/** `target = <js>`; `js` is used once. */
export function assignTo(c: Context, target: Expr, js: string): string {
  switch (target.kind) {
    case "Name":
      return storeName(c, c.mangle(target.id), js);
    case "Attribute": {
      const v = c.fresh("v");
      return `{ const ${v} = ${js}; setattr(${emitExpr(c, target.value)}, ${
        text(c.mangle(target.attr))
      }, ${v}); }`;
    }
    case "Subscript": {
      const v = c.fresh("v");
      return `{ const ${v} = ${js}; setitem(${emitExpr(c, target.value)}, ${
        emitExpr(c, target.slice)
      }, ${v}); }`;
    }
    case "Tuple":
    case "List":
      return unpackTo(c, target.elts, js);
    case "Starred":
      return assignTo(c, target.value, js);
  }
  return `notImplemented("assignment to this target", ${c.node(target)}, $S);`;
}

function unpackTo(c: Context, elts: Expr[], js: string): string {
  const u = c.fresh("u");
  const star = elts.findIndex((e) => e.kind === "Starred");
  const source = star < 0
    ? `unpack(${js}, ${elts.length})`
    : `unpackStar(${js}, ${star}, ${elts.length - star - 1})`;
  const parts = elts.map((e, i) => assignTo(c, e, `${u}[${i}]`));
  return `const ${u} = ${source}; ${parts.join(" ")}`;
}

/** `a = b = value`, and `a, b = x, y` without making the tuple. */
export function assignAll(c: Context, targets: Expr[], value: Expr): string {
  if (targets.length === 1) {
    const [t] = targets;
    if (
      t.kind === "Tuple" && value.kind === "Tuple" && t.elts.length === value.elts.length &&
      !t.elts.some((e) => e.kind === "Starred") && !value.elts.some((e) => e.kind === "Starred")
    ) {
      const names = value.elts.map(() => c.fresh("v"));
      const load = value.elts.map((e, i) => `const ${names[i]} = ${emitExpr(c, e)};`).join(" ");
      return `${load} ${t.elts.map((e, i) => assignTo(c, e, names[i])).join(" ")}`;
    }
    return assignTo(c, t, emitExpr(c, value));
  }
  const v = c.fresh("v");
  return `const ${v} = ${emitExpr(c, value)}; ${targets.map((t) => assignTo(c, t, v)).join(" ")}`;
}

/** `target op= value`. */
export function augmented(c: Context, target: Expr, op: string, value: Expr): string {
  const f = `i${operatorName(op)}`;
  switch (target.kind) {
    case "Name": {
      const name = c.mangle(target.id);
      const old = loadName(c, name);
      return storeName(c, name, `${f}(${old}, ${emitExpr(c, value)})`);
    }
    case "Attribute": {
      const o = c.fresh("o"), name = text(c.mangle(target.attr));
      return `const ${o} = ${
        emitExpr(c, target.value)
      }; setattr(${o}, ${name}, ${f}(getattr(${o}, ${name}), ${emitExpr(c, value)}));`;
    }
    case "Subscript": {
      const o = c.fresh("o"), k = c.fresh("k");
      return `const ${o} = ${emitExpr(c, target.value)}, ${k} = ${
        emitExpr(c, target.slice)
      }; setitem(${o}, ${k}, ${f}(getitem(${o}, ${k}), ${emitExpr(c, value)}));`;
    }
  }
  return `notImplemented("augmented assignment to this target", ${c.node(target)}, $S);`;
}

export function deleteTarget(c: Context, t: Expr): string {
  switch (t.kind) {
    case "Name":
      return deleteName(c, c.mangle(t.id));
    case "Attribute":
      return `delattr(${emitExpr(c, t.value)}, ${text(c.mangle(t.attr))});`;
    case "Subscript":
      return `delitem(${emitExpr(c, t.value)}, ${emitExpr(c, t.slice)});`;
    case "Tuple":
    case "List":
      return t.elts.map((e) => deleteTarget(c, e)).join(" ");
  }
  return `notImplemented("deleting this target", ${c.node(t)}, $S);`;
}
