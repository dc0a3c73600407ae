/** Class statements. The body is a JS function over the class namespace, run in a Python frame of its own. */
import type { ClassDef } from "../../compiler/syntax/ast.ts";
import { Context } from "./context.ts";
import { emitArguments, emitExpr, emitKeywords, text } from "./expressions.ts";
import { declarations, docstring, makeCode, qualify } from "./functions.ts";
import { storeName } from "./names.ts";
import { emitBlock } from "./statements.ts";
import { withTypeParams } from "./type_params.ts";

export function emitClassDef(c: Context, node: ClassDef): string {
  const names = node.decorator_list.map(() => c.fresh("d"));
  const before = node.decorator_list.map((d, i) => `const ${names[i]} = ${emitExpr(c, d)};`).join(" ");
  let value = withTypeParams(c, node.type_params, (around, list) => {
    const made = classValue(around, node, list);
    return list ? `withTypeParams(${made}, ${list})` : made;
  });
  for (let i = names.length - 1; i >= 0; i--) value = `call1(${names[i]}, ${value})`;
  return `${before} ${storeName(c, c.mangle(node.name), value)}`;
}

function classValue(c: Context, node: ClassDef, params: string): string {
  let bases = emitArguments(c, node.bases);
  if (params) bases = `[...${bases}, genericBase(${params})]`;
  const kw = emitKeywords(c, node.keywords) || ", null";
  const scope = c.unit.scopes.get(node)!;
  const inner = new Context(c.unit, scope, c);
  inner.qualname = qualify(c, node.name);
  const code = makeCode(inner, node.name, node, undefined, null);
  const doc = docstring(node.body);
  inner.line = -1;
  const body = emitBlock(inner, node.body);
  const cell = scope.usesClassCell;
  const needsLocals = scope.usesLocals;
  const locals = c.unit.lineHook
    ? "const $l = () => $ns, $a = null; $f.locals = $l;"
    : needsLocals
    ? `$f.locals = () => $ns;`
    : "";
  const head =
    `$ns.set("__module__", $global("__name__")); $ns.set("__qualname__", ${text(inner.qualname)});` +
    (doc !== null ? ` $ns.set("__doc__", ${text(doc)});` : "");
  const bodyFunction = `($ns) => { ${
    declarations(inner)
  } const $f = enter(${code}); ${locals} try { ${head}\n${body}${
    cell ? `$ns.set("__classcell__", new PyCell(c___class__));` : ""
  } } catch ($e) { throw unwind($e, $f); } finally { rt.depth--; } }`;
  let value = `makeClass(${text(node.name)}, ${bases}${kw}, ${bodyFunction}, ${c.node(node)}, $S)`;
  if (cell) value = `(() => { const c___class__ = { v: undefined }; return ${value}; })()`;
  return value;
}
