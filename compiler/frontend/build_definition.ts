/** Python functions to TorchScript's Def: parameters, annotations in the header or in a `# type:` comment, body. */
import { Diagnostic } from "../../core/errors.ts";
import { Source, type SourceRange } from "../../core/source.ts";
import type * as py from "../syntax/ast.ts";
import { parseExpression } from "../syntax/mod.ts";
import { errorReport, notSupported } from "./error_report.ts";
import { buildExpr } from "./build_expressions.ts";
import { buildStmts } from "./build_statements.ts";
import { SourceContext, sourceContext } from "./function_source.ts";
import { cover, type Decl, type Def, type Param, type Stmt, tree } from "./tree.ts";

const VARIADIC =
  "Compiled functions can't take variable number of arguments or use keyword-only arguments with defaults";

export interface DefinitionOptions {
  /** Name the compiled function gets; the Python one when left out. */
  name?: string;
  /** Name of the class when it is a method: annotates `self`. */
  selfName?: string;
  /** `@torch.jit.unused` and `ignore(drop=True)`: only the signature is read, the body raises. */
  drop?: "unused" | "drop";
  /** A class method: its first parameter stands for the class. */
  classMethod?: boolean;
  /** Reads the annotations even though the body is dropped: an ignored function's signature. */
  keepAnnotations?: boolean;
  /** Makes the ranges; the function's own text when left out. */
  context?: SourceContext;
}

/** The tree of a Python function. Throws a Diagnostic at what TorchScript's subset of Python lacks. */
export function buildDef(source: Source, fn: py.FunctionDef, options: DefinitionOptions = {}): Def {
  const ctx = options.context ?? sourceContext(source, fn);
  if (fn.kind === "AsyncFunctionDef") {
    throw new Diagnostic(
      `Expected a single top-level function: ${source.filename}:${ctx.source.startingLine}`,
      undefined,
      "RuntimeError",
    );
  }
  const typeLine = options.context ? undefined : findTypeLine(ctx.source.text);
  const r = ctx.raw(fn.defStart, fn.defStart + 3);
  const params = buildParams(ctx, fn.args, options);
  const returnType = fn.returns === null || options.drop === "drop" ? undefined : buildExpr(ctx, fn.returns);
  let decl: Decl = { range: cover(r, ...params, returnType), params, returnType };
  if (typeLine !== undefined) {
    decl = mergeTypeComment(
      decl,
      parseTypeLine(typeLine, ctx.source.filename),
      options.selfName !== undefined,
    );
  }
  const name = { name: options.name ?? fn.name, range: r };
  if (options.drop) return tree.def(name, decl, tree.stmts(r, [raiseUnused(r)]));
  const body = buildStmts(ctx, r, fn.body);
  if (!options.classMethod) return tree.def(name, decl, body);
  const first = tree.assign([tree.var(r, fn.args.args[0].arg)], tree.var(r, options.selfName!));
  return tree.def(name, decl, tree.stmts(r, [first, ...body.items]));
}

function raiseUnused(r: SourceRange): Stmt {
  const message = tree.string(r, "Cannot call @unused methods");
  return tree.raise(r, tree.apply(tree.var(r, "RuntimeError"), [message], []));
}

function buildParams(ctx: SourceContext, args: py.Arguments, options: DefinitionOptions): Param[] {
  if (!options.drop) {
    for (const extra of [args.kwarg, args.vararg]) {
      if (extra) throw notSupported(ctx.raw(extra.start - 1, extra.start + extra.arg.length), VARIADIC);
    }
  }
  for (const d of args.kw_defaults) if (d) throw notSupported(buildExpr(ctx, d).range, VARIADIC);
  const param = (kwargOnly: boolean) => (a: py.Arg): Param => {
    const range = ctx.range(a, a.arg.length);
    const ident = { name: a.arg, range };
    const type = options.drop && !options.keepAnnotations
      ? tree.var(range, "Any")
      : a.annotation
      ? buildExpr(ctx, a.annotation)
      : options.selfName !== undefined && a.arg === "self"
      ? tree.var(range, options.selfName)
      : undefined;
    return { range: cover(range, type), ident, type, kwargOnly };
  };
  // PyTorch reads no parameters before a `/`: the body finds them nowhere, or finds globals of their names.
  return args.args.map(param(false)).concat(args.kwonlyargs.map(param(true)));
}

const IGNORE = /# type: ignore(\[[a-zA-Z-]+\])?$/;

/** The comment that annotates the function, several lines joined; undefined when there is none. */
export function findTypeLine(text: string): string | undefined {
  const marked: string[] = [];
  const lines = text.split("\n");
  for (const line of lines) if (line.includes("# type:") && !IGNORE.test(line)) marked.push(line);
  if (marked.length === 0) {
    const wrong = lines.findIndex((l) => /#[\t ]*type[\t ]*(?!: ignore(\[.*\])?$):/.test(l));
    if (wrong >= 0) {
      throw new Diagnostic(
        `The annotation prefix in line ${wrong} is probably invalid.\nIt must be '# type:'\nSee PEP 484 ` +
          "(https://www.python.org/dev/peps/pep-0484/#suggested-syntax-for-python-2-7-and-straddling-code)\nfor examples",
        undefined,
      );
    }
    return undefined;
  }
  if (marked.length === 1) return marked[0].trim();
  const types: string[] = [];
  for (const line of marked) {
    if (line.includes("# type: (...) -> ")) return line.replaceAll("...", types.join(", ")).trim();
    types.push(line.slice(line.indexOf("# type:") + "# type:".length).trim());
  }
  const all = marked.map((l) => l.length > 1 ? l[1] : l).join("\n");
  throw new Diagnostic(
    "Return type line '# type: (...) -> ...' not found on multiline type annotation\nfor type lines:\n" +
      all +
      "\n(See PEP 484 https://www.python.org/dev/peps/pep-0484/#suggested-syntax-for-python-2-7-and-straddling-code)",
    undefined,
  );
}

/** Reads `# type: (A, B) -> C`. Ranges point into the comment. */
function parseTypeLine(line: string, filename: string): Decl {
  const source = new Source(line, filename);
  const ctx = new SourceContext(source, 0, "");
  const open = line.indexOf("("), arrow = line.lastIndexOf("->");
  if (open < 0 || arrow < open) {
    throw errorReport(ctx.raw(0, line.length), "Syntax error in type annotation (couldn't find `->`)");
  }
  const close = line.lastIndexOf(")", arrow);
  const inner = line.slice(open + 1, close).trim();
  const params: Param[] = [];
  if (inner !== "") {
    const list = parseExpression(source, open, close + 1);
    const elts = list.kind === "Tuple" ? list.elts : [list];
    for (const e of elts) {
      const type = buildExpr(ctx, e);
      params.push({ range: type.range, ident: { name: "", range: type.range }, type, kwargOnly: false });
    }
  }
  const returnType = buildExpr(ctx, parseExpression(source, arrow + 2, line.length));
  return { range: ctx.raw(0, line.length), params, returnType };
}

function mergeTypeComment(decl: Decl, types: Decl, isMethod: boolean): Decl {
  const skip = isMethod ? 1 : 0;
  const expected = decl.params.length - skip;
  if (expected !== types.params.length) {
    throw errorReport(
      decl.range,
      `Number of type annotations (${types.params.length}) did not match the number of ` +
        `${isMethod ? "method" : "function"} parameters (${expected})`,
    );
  }
  const params = decl.params.map((p, i) => i < skip ? p : { ...p, type: types.params[i - skip].type });
  return { range: decl.range, params, returnType: types.returnType };
}
