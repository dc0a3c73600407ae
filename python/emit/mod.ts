/**
 * Python source to JavaScript. One JS function a Python function, in one text a file, compiled by `new Function`.
 * context.ts says where names live; statements.ts, expressions.ts, functions.ts, classes.ts, comprehensions.ts,
 * targets.ts and imports.ts emit by node kind; support.ts is the set of runtime functions that emitted code calls.
 */
import type { Module, NodeBase } from "../../compiler/syntax/ast.ts";
import { analyzeScopes } from "../../compiler/syntax/scope.ts";
import { parseModule } from "../../compiler/syntax/mod.ts";
import type { Source } from "../../core/source.ts";
import { NotImplemented } from "../../core/errors.ts";
import { SourceRange } from "../../core/source.ts";
import type { FunctionCode } from "../runtime/function.ts";
import type { Attrs, Value } from "../runtime/object.ts";
import { Context, type Unit } from "./context.ts";
import { emitExpr } from "./expressions.ts";
import { declarations, docstring, makeCode } from "./functions.ts";
import { emitBlock } from "./statements.ts";
import { support, SUPPORT_NAMES } from "./support.ts";

export interface EmitOptions {
  lineHook?: boolean;
  /** Run as a class body would be: names live in this mapping first (exec with separate locals). */
  namespace?: Namespace;
  /** The value of the last expression statement is returned (eval). */
  value?: boolean;
}

/** Where class bodies and exec keep names; a Map is one. */
export interface Namespace {
  get(name: string): Value | undefined;
  set(name: string, v: Value): unknown;
  delete(name: string): unknown;
}

/** Parses and checks a file; throws the first SyntaxDiagnostic. */
export function parseFile(source: Source): Module {
  const { module, errors } = parseModule(source, { firstErrorOnly: true });
  if (errors.length > 0) throw errors[0];
  return module;
}

/** A runnable form of a parsed file: call it to run the module's body over `globals`. */
export function emitModule(
  module: Module,
  source: Source,
  globals: Attrs,
  options: EmitOptions = {},
): () => Value {
  const scopes = analyzeScopes(module);
  const unit: Unit = {
    source,
    globals,
    scopes,
    codes: [],
    constants: [],
    constantIndex: new Map(),
    nodes: [],
    lazyAnnotations: module.body.some((s) =>
      s.kind === "ImportFrom" && s.module === "__future__" && s.names.some((a) => a.name === "annotations")
    ),
    lineHook: options.lineHook ?? false,
  };
  const scope = scopes.get(module)!;
  const c = new Context(unit, options.namespace ? { ...scope, kind: "class" } : scope, null);
  const code = makeCode(c, "<module>", module);
  const doc = docstring(module.body);
  let body: string;
  const last = module.body[0];
  if (options.value && module.body.length === 1 && last.kind === "Expr") {
    body = `$f.line = 1; return ${emitExpr(c, last.value)};`;
  } else body = emitBlock(c, module.body);
  const vars = c.temps.length ? declarations(c) : "";
  const setDoc = options.namespace || options.value
    ? ""
    : `G.set("__doc__", ${doc === null ? "null" : JSON.stringify(doc)});`;
  const codes = unit.codes.map((_, i) => `C${i} = $C[${i}]`).join(", ");
  const constants = unit.constants.length
    ? `, ${unit.constants.map((_, i) => `K${i} = $K[${i}]`).join(", ")}`
    : "";
  const js = `"use strict"; const {${SUPPORT_NAMES.join(", ")}} = $R; const ${codes}${constants};
const $global = globalLoader(G); ${vars} ${unit.lineHook ? "const $l = null, $a = null;" : ""}
const $f = enter(${code}); try { ${setDoc}\n${body}\nreturn null; } catch ($e) { throw unwind($e, $f); } finally { rt.depth--; }
//# sourceURL=${source.filename.replace(/[\r\n]/g, "")}`;
  const run = new Function("$R", "G", "$C", "$K", "$N", "$S", "$ns", js) as (
    r: typeof support,
    g: Attrs,
    codes: FunctionCode[],
    constants: Value[],
    nodes: NodeBase[],
    source: Source,
    ns: Namespace | undefined,
  ) => Value;
  return () => run(support, globals, unit.codes, unit.constants, unit.nodes, source, options.namespace);
}

/** Raised where unsupported syntax is reached, not where it stands, so that files that merely contain it run. */
export function unsupportedSyntax(what: string, node: NodeBase, source: Source): NotImplemented {
  return new NotImplemented(what, new SourceRange(source, node.start, node.end));
}
