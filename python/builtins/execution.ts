/** compile, exec and eval of source text. */
import { Source } from "../../core/source.ts";
import { Diagnostic } from "../../core/errors.ts";
import { emitModule, type Namespace, parseFile } from "../emit/mod.ts";
import * as r from "../runtime/mod.ts";
import type { Attrs, Value } from "../runtime/mod.ts";
import { formatException, PyCode } from "../runtime/traceback.ts";
import { fn } from "../runtime/native.ts";
import { interpreter } from "../runtime/interpreter.ts";
import { currentLocals, globalsDict } from "./functions.ts";
import { bytesOf } from "../runtime/compare.ts";
import { parseModule } from "../../compiler/syntax/mod.ts";
import type { Module } from "../../compiler/syntax/ast.ts";

const { PyDict, typeError } = r;

/** What `compile` gives: parsed source, and how it is to be run. */
interface Compiled {
  module: Module;
  source: Source;
  mode: string;
}

/** Raises SyntaxError with CPython's attributes for a Diagnostic. */
export function syntaxError(e: Diagnostic): r.PyBaseException {
  const cls = (e as { syntaxClass?: string }).syntaxClass ?? "SyntaxError";
  const t = r.exceptionTypes.get(cls) ?? r.SyntaxErrorType;
  if (!e.range) return r.raise(t, e.text);
  const { source, start, end } = e.range;
  const a = source.position(start), b = source.position(end);
  const x = r.raise(t, e.text);
  const text = source.lineText(source.lineIndex(start));
  x.attrs!.set("msg", e.text).set("filename", source.filename).set("lineno", a.line).set(
    "offset",
    a.column + 1,
  );
  x.attrs!.set("text", text).set("end_lineno", b.line).set("end_offset", b.column + 1);
  x.origin = e;
  return x;
}

/** Every syntax error of the file that `first` is in, as CPython shows each; the one that CPython raises leads. */
export function syntaxErrorsText(first: Diagnostic): string {
  const show = (e: Diagnostic) => formatException(syntaxError(e));
  if (!first.range) return show(first);
  const others = parseModule(first.range.source).errors.filter((e) => e.range!.start !== first.range!.start);
  return [first, ...others].map(show).join("");
}

/** Parses a file; a SyntaxError is raised as Python raises it. */
export function parseOrRaise(source: Source): Module {
  try {
    return parseFile(source);
  } catch (e) {
    if (e instanceof Diagnostic && e.pythonType === "SyntaxError") throw syntaxError(e);
    throw e;
  }
}

function compile(text: Value, filename: string, mode: string): PyCode {
  if (!["exec", "eval", "single"].includes(mode)) {
    throw r.valueError("compile() mode must be 'exec', 'eval' or 'single'");
  }
  const b = bytesOf(text);
  let s = r.stringOf(text) ?? (b ? new TextDecoder().decode(b) : undefined);
  if (s === undefined) throw typeError("compile() arg 1 must be a string, bytes or AST object");
  if (mode === "eval") s = s.replace(/^[ \t]+/, "").replace(/\s+$/, "");
  const source = new Source(s, filename);
  const module = parseOrRaise(source);
  if (mode === "eval" && (module.body.length !== 1 || module.body[0].kind !== "Expr")) {
    throw r.raise(r.SyntaxErrorType, "invalid syntax");
  }
  const code = new r.FunctionCode(
    "<module>",
    "<module>",
    1,
    source,
    new Map(),
    null,
    0,
    [],
    [],
    null,
    null,
    [],
    [],
    0,
    null,
  );
  return new PyCode(code, { module, source, mode } satisfies Compiled);
}

function namespaces(globals: Value | undefined, locals: Value | undefined): [Attrs, Namespace | undefined] {
  let g: Attrs;
  if (globals === undefined || globals === null) {
    const frame = r.currentFrame();
    g = frame?.globals ?? new Map();
    if ((locals === undefined || locals === null) && frame?.locals) return [g, asNamespace(currentLocals())];
  } else {
    if (!(globals instanceof PyDict)) {
      throw typeError(`globals must be a dict, not ${r.typeOf(globals).name}`);
    }
    g = globals.map as Attrs;
  }
  if (!g.has("__builtins__")) g.set("__builtins__", globalsDict(interpreter().builtins));
  if (locals === undefined || locals === null) return [g, undefined];
  if (locals instanceof PyDict && locals.map === g) return [g, undefined];
  return [g, asNamespace(locals)];
}

function asNamespace(v: Value): Namespace {
  if (v instanceof PyDict && !v.cls.heap) return v.map as Map<unknown, Value> as unknown as Namespace;
  return {
    get: (name) => {
      try {
        return r.getitem(v, name);
      } catch (e) {
        if (r.isException(e, r.KeyErrorType)) return undefined;
        throw e;
      }
    },
    set: (name, x) => r.setitem(v, name, x),
    delete: (name) => r.delitem(v, name),
  };
}

function runCode(code: PyCode, globals: Value | undefined, locals: Value | undefined, value: boolean): Value {
  const { module, source, mode } = code.text as Compiled;
  const [g, namespace] = namespaces(globals, locals);
  return emitModule(module, source, g, { namespace, value: value || mode === "eval" })();
}

export const executionFunctions: Record<string, Value> = {
  compile: fn(
    "compile",
    "source, filename, mode, flags=0, dont_inherit=False, optimize=-1",
    (s: Value, f: Value, mode: string) => {
      return compile(s, r.stringOf(f) ?? "<string>", mode);
    },
  ),
  exec: fn("exec", "source, globals=None, locals=None, /", (s: Value, g?: Value, l?: Value) => {
    runCode(s instanceof PyCode && s.text ? s : compile(s, "<string>", "exec"), g, l, false);
    return null;
  }),
  eval: fn(
    "eval",
    "source, globals=None, locals=None, /",
    (s: Value, g?: Value, l?: Value) =>
      runCode(s instanceof PyCode && s.text ? s : compile(s, "<string>", "eval"), g, l, true),
  ),
};
