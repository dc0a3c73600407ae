/** Functions and lambdas: parameters, cells, the frame around the body. */
import type { Arguments, Expr, FunctionDef, Lambda, NodeBase, Stmt } from "../../compiler/syntax/ast.ts";
import { FunctionCode } from "../runtime/function.ts";
import { Context, needsCell, unbindableNames } from "./context.ts";
import { emitExpr, text } from "./expressions.ts";
import { storeName } from "./names.ts";
import { emitBlock, endsBlock, returned } from "./statements.ts";
import { emitVisible } from "./visible_locals.ts";
import { withTypeParams } from "./type_params.ts";

/** The docstring of a body, or null. */
export function docstring(body: Stmt[]): string | null {
  const s = body[0];
  return s?.kind === "Expr" && s.value.kind === "Constant" && s.value.value.type === "str"
    ? s.value.value.value
    : null;
}

/** JS declarations of a context's own variables (not parameters) and temporaries. */
export function declarations(c: Context, parameters: ReadonlySet<string> = new Set()): string {
  const names: string[] = [...c.temps];
  for (const [name, kind] of c.scope.names) {
    if (parameters.has(name)) continue;
    if (kind === "local" || (kind === "cell" && !needsCell(c.scope, name))) names.push(`v_${name}`);
    else if (kind === "cell") names.push(`c_${name} = { v: undefined }`);
  }
  return names.length ? `let ${names.join(", ")};` : "";
}

/** The names a function takes from enclosing functions, in the order of its `cells`. */
function freeNames(c: Context): string[] {
  const out: string[] = [];
  for (const [name, kind] of c.scope.names) if (kind === "free") out.push(name);
  return out.sort();
}

/** Registers a code object; its JS name. */
export function makeCode(
  c: Context,
  name: string,
  node: NodeBase & { kind: string },
  args?: Arguments,
  doc: string | null = null,
): string {
  const { unit } = c;
  const mangled = (list: { arg: string }[]) => list.map((a) => c.mangle(a.arg));
  const outer = c.outer;
  const qualname = outer ? qualify(outer, name) : name;
  const positional = args ? mangled([...args.posonlyargs, ...args.args]) : [];
  const kwonly = args ? mangled(args.kwonlyargs) : [];
  const params = new Set([...positional, ...kwonly]);
  if (args?.vararg) params.add(c.mangle(args.vararg.arg));
  if (args?.kwarg) params.add(c.mangle(args.kwarg.arg));
  const locals = [...c.scope.names].filter(([n, k]) => (k === "local" || k === "cell") && !params.has(n)).map(
    ([n]) => n,
  );
  const isFunction = node.kind === "FunctionDef" || node.kind === "Lambda" ||
    node.kind === "AsyncFunctionDef";
  const start = (node as FunctionDef).defStart ?? node.start;
  const decorated = (node as FunctionDef).decorator_list?.[0]?.start ?? start;
  const code = new FunctionCode(
    name,
    qualname,
    c.lineOf(Math.min(start, decorated)),
    unit.source,
    unit.globals,
    isFunction ? node as FunctionDef | Lambda : null,
    args?.posonlyargs.length ?? 0,
    positional,
    kwonly,
    args?.vararg ? c.mangle(args.vararg.arg) : null,
    args?.kwarg ? c.mangle(args.kwarg.arg) : null,
    locals,
    freeNames(c),
    c.isAsync ? (c.scope.isGenerator ? 0x200 : 0x80) : c.isGenerator ? 0x20 : 0,
    doc,
  );
  unit.codes.push(code);
  return `C${unit.codes.length - 1}`;
}

/** The qualified name of something called `name` that is defined in context `c`. */
export function qualify(c: Context, name: string): string {
  if (c.scope.kind === "type-params" && c.outer) return qualify(c.outer, name);
  if (c.scope.kind === "module") return name;
  if (c.scope.names.get(name) === "global-explicit") return name;
  if (c.scope.kind === "class") return `${c.qualname}.${name}`;
  return `${c.qualname}.<locals>.${name}`;
}

export function emitFunctionDef(c: Context, node: FunctionDef): string {
  const name = c.mangle(node.name);
  const decorators = node.decorator_list.map((d) => emitExpr(c, d));
  const names = decorators.map(() => c.fresh("d"));
  const before = decorators.map((d, i) => `const ${names[i]} = ${d};`).join(" ");
  let value = functionValue(c, node, node.args, node.name, node.returns, (inner) => {
    return emitBlock(inner, node.body) + (endsBlock(node.body) ? "" : ` return ${returned(inner, "null")};`);
  }, docstring(node.body));
  for (let i = names.length - 1; i >= 0; i--) value = `call1(${names[i]}, ${value})`;
  return `${before} ${storeName(c, name, value)}`;
}

export function emitLambda(c: Context, node: Lambda): string {
  return functionValue(c, node, node.args, "<lambda>", null, (inner) => {
    inner.line = inner.unit.source.position(node.body.start).line;
    return `$f.line = ${inner.line}; return ${emitExpr(inner, node.body)};`;
  }, null);
}

function functionValue(
  c: Context,
  node: FunctionDef | Lambda,
  args: Arguments,
  name: string,
  returns: Expr | null,
  body: (inner: Context) => string,
  doc: string | null,
): string {
  const defaults = args.defaults.length ? `[${args.defaults.map((d) => emitExpr(c, d)).join(", ")}]` : "null";
  const kwdefaults = args.kw_defaults.some((d) => d !== null)
    ? `new Map([${
      args.kwonlyargs.map((a, i) => {
        const d = args.kw_defaults[i];
        return d ? `[${text(c.mangle(a.arg))}, ${emitExpr(c, d)}]` : "";
      }).filter((s) => s).join(", ")
    }])`
    : "null";
  return withTypeParams(c, node.kind === "Lambda" ? [] : node.type_params, (around, list) => {
    const made = functionText(around, node, name, returns, body, doc, defaults, kwdefaults);
    return list ? `withTypeParams(${made}, ${list})` : made;
  });
}

/** The function itself, in a context where its type parameters are known. */
function functionText(
  c: Context,
  node: FunctionDef | Lambda,
  name: string,
  returns: Expr | null,
  body: (inner: Context) => string,
  doc: string | null,
  defaults: string,
  kwdefaults: string,
): string {
  const { args } = node;
  const annotations = emitAnnotations(c, args, returns);
  const scope = c.unit.scopes.get(node)!;
  const inner = new Context(c.unit, scope, c);
  inner.isGenerator = scope.isGenerator || scope.isAsync;
  inner.isAsync = scope.isAsync;
  inner.qualname = qualify(c, name);
  if (node.kind !== "Lambda") unbindableNames(node.body, (n) => inner.mangle(n), inner.unbindable);
  const code = makeCode(inner, name, node, args, doc);
  const parameters = new Set(scope.params);
  for (const p of scope.params) if (!inner.unbindable.has(p)) inner.bound.add(p);
  const text_ = body(inner);
  const order = parameterOrder(inner, args);
  const free = freeNames(inner);
  // Cells of type parameters are not in reach of a form that is emitted later.
  const again = showsLocals(inner) || c.scope.kind === "type-params"
    ? ""
    : `if (rt.localsWanted) return visible(${code}, [${free.map((n) => `c_${n}`).join(", ")}])(${
      parameterList(inner, order)
    });`;
  const js = wrapFunction(inner, code, order, parameters, text_, again);
  if (again) {
    const object = c.unit.codes[Number(code.slice(1))];
    object.emitVisible = () =>
      emitVisible(c.unit, object, free, (unit) => {
        const watched = new Context(unit, scope, c);
        watched.isGenerator = inner.isGenerator;
        watched.isAsync = inner.isAsync;
        watched.qualname = inner.qualname;
        for (const n of inner.unbindable) watched.unbindable.add(n);
        for (const p of scope.params) if (!inner.unbindable.has(p)) watched.bound.add(p);
        const show = `$f.locals = ${localsThunk(watched)};`;
        return wrapFunction(watched, "C0", order, parameters, body(watched), "", show);
      });
  }
  const cells = free.length ? `[${free.map((n) => `c_${n}`).join(", ")}]` : "NO_CELLS";
  return `makeFunction(${code}, ${js}, ${defaults}, ${kwdefaults}, ${cells}${
    annotations ? `, ${annotations}` : ""
  })`;
}

/** Parameters in the order of FunctionCode.params. */
function parameterOrder(c: Context, args: Arguments): string[] {
  const list = [...args.posonlyargs, ...args.args, ...args.kwonlyargs];
  if (args.vararg) list.push(args.vararg);
  if (args.kwarg) list.push(args.kwarg);
  return list.map((a) => c.mangle(a.arg));
}

function parameterList(c: Context, order: string[]): string {
  return order.map((p) => needsCell(c.scope, p) ? `p_${p}` : `v_${p}`).join(", ");
}

/** Whether every frame of the function shows its variables. */
function showsLocals(c: Context): boolean {
  return c.unit.lineHook || c.scope.usesLocals || c.scope.children.some((s) => s.kind === "class");
}

/** The JS function around a body; `first` comes before anything else, `locals` once the frame is entered. */
function wrapFunction(
  c: Context,
  code: string,
  order: string[],
  parameters: Set<string>,
  body: string,
  first = "",
  locals = c.unit.lineHook
    ? `const $l = ${localsThunk(c)}, $a = ${assignThunk(c)}; callHook($f, $l, $a);`
    : showsLocals(c)
    ? `$f.locals = ${localsThunk(c)};`
    : "",
): string {
  const cellParams = order.filter((p) => needsCell(c.scope, p));
  const list = parameterList(c, order);
  const cells = cellParams.length
    ? `const ${cellParams.map((p) => `c_${p} = { v: p_${p} }`).join(", ")};`
    : "";
  const vars = declarations(c, parameters);
  if (c.isGenerator) {
    return `function (${list}) { ${first} ${cells} return new PyGenerator(${code}, function* ($g) { let $f = $g.current; ${vars} ${locals}\n${body}\nreturn null; }); }`;
  }
  return `function (${list}) { ${first} ${cells} ${vars} const $f = enter(${code}); ${locals} try {\n${body}\n} catch ($e) { throw unwind($e, $f); } finally { rt.depth--; } }`;
}

/** A JS function that gives the locals by name. */
export function localsThunk(c: Context): string {
  const entries: string[] = [];
  for (const [name, kind] of c.scope.names) {
    if (kind !== "local" && kind !== "cell" && kind !== "free") continue;
    const use = c.resolve(name);
    if (use.where === "cell") entries.push(`[${text(name)}, ${use.js}.v]`);
    else if (use.where === "local") entries.push(`[${text(name)}, ${use.js}]`);
  }
  return `() => localsMap([${entries.join(", ")}])`;
}

/** A JS function that assigns a local by its name, for a debugger; it gives false for names that are not local. */
function assignThunk(c: Context): string {
  const cases: string[] = [];
  for (const [name, kind] of c.scope.names) {
    if (kind !== "local" && kind !== "cell" && kind !== "free") continue;
    const use = c.resolve(name);
    const target = use.where === "cell" ? `${use.js}.v` : use.where === "local" ? use.js : "";
    if (target) cases.push(`case ${text(name)}: ${target} = $v; return true;`);
  }
  return `($n, $v) => { switch ($n) { ${cases.join(" ")} } return false; }`;
}

function emitAnnotations(c: Context, args: Arguments, returns: Expr | null): string {
  const parts: string[] = [];
  const one = (name: string, a: Expr | null) => {
    if (a) parts.push(`${text(name)}, ${emitAnnotation(c, a)}`);
  };
  for (const a of [...args.posonlyargs, ...args.args]) one(c.mangle(a.arg), a.annotation);
  if (args.vararg) one(c.mangle(args.vararg.arg), args.vararg.annotation);
  for (const a of args.kwonlyargs) one(c.mangle(a.arg), a.annotation);
  if (args.kwarg) one(c.mangle(args.kwarg.arg), args.kwarg.annotation);
  one("return", returns);
  return parts.length ? `makeDict([${parts.join(", ")}])` : "";
}

/** The value an annotation has: evaluated, or its text under `from __future__ import annotations`. */
export function emitAnnotation(c: Context, a: Expr): string {
  if (c.unit.lazyAnnotations) return text(c.unit.source.text.slice(a.start, a.end));
  if (a.kind === "Starred") return `new PyTuple(collect(${emitExpr(c, a.value)}))`;
  return emitExpr(c, a);
}
