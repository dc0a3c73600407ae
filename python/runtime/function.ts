/** Functions and methods, and how arguments are bound to parameters (with CPython's messages). */
import type { Expr, FunctionDef, Lambda } from "../../compiler/syntax/ast.ts";
import type { Source } from "../../core/source.ts";
import {
  type Attrs,
  type DescriptorKind,
  type Kwargs,
  nativeType,
  PyObject,
  type PyType,
  type Value,
} from "./object.ts";
import { PyTuple } from "./sequences.ts";
import { PyDict } from "./dict.ts";
import { typeError } from "./exceptions.ts";

/** The static part of a function: what CPython keeps in a code object. One a `def`, shared by its closures. */
export class FunctionCode {
  /** Positional parameters (positional-only ones first), then keyword-only, `*args`, `**kwargs`. */
  readonly params: string[];
  /** Emits the form of the function whose frames show their variables; absent where every frame does. */
  emitVisible: (() => (cells: readonly Cell[]) => Impl) | undefined = undefined;
  constructor(
    readonly name: string,
    readonly qualname: string,
    readonly firstLine: number,
    readonly source: Source,
    /** The module's globals. */
    readonly globals: Attrs,
    readonly node: FunctionDef | Lambda | null,
    readonly posonly: number,
    readonly positional: string[],
    readonly kwonly: string[],
    readonly vararg: string | null,
    readonly kwarg: string | null,
    /** Names of other locals, for `co_varnames`. */
    readonly locals: string[],
    readonly freevars: string[],
    /** 0x20 generator. */
    readonly flags: number,
    readonly doc: string | null,
  ) {
    this.params = [...positional, ...kwonly];
    if (vararg !== null) this.params.push(vararg);
    if (kwarg !== null) this.params.push(kwarg);
  }
  get isGenerator(): boolean {
    return (this.flags & 0x20) !== 0;
  }
  get filename(): string {
    return this.source.filename;
  }
}

/** A variable shared between a function and the functions inside it. `v` is undefined while unbound. */
export interface Cell {
  v: Value | undefined;
}

export const cellType: PyType = nativeType("cell", { final: true });

/** A cell as Python sees it. */
export class PyCell extends PyObject {
  constructor(readonly cell: Cell) {
    super(cellType);
  }
}

export const functionType: PyType = nativeType("function", { final: true, hasDict: true });
export const methodType: PyType = nativeType("method", { final: true });

export type Impl = (...params: (Value | undefined)[]) => Value;

export class PyFunction extends PyObject {
  /** Number of arguments that may be handed to `impl` as they are; -1 where binding is needed. */
  readonly arity: number;
  name: string;
  qualname: string;
  module: Value;
  doc: Value;
  defaults: Value[] | null;
  kwdefaults: Map<string, Value> | null;
  annotations: PyDict | null = null;
  /** Cells in the order of `code.freevars`. */
  readonly cells: readonly Cell[];
  /** Expressions of annotations, for readers that want source rather than values. */
  annotationNodes: Map<string, Expr> | null = null;

  constructor(
    readonly code: FunctionCode,
    public impl: Impl,
    defaults: Value[] | null,
    kwdefaults: Map<string, Value> | null,
    cells: readonly Cell[],
  ) {
    super(functionType);
    this.attrs = null;
    this.defaults = defaults;
    this.kwdefaults = kwdefaults;
    this.cells = cells;
    this.name = code.name;
    this.qualname = code.qualname;
    this.module = code.globals.get("__name__") ?? null;
    this.doc = code.doc;
    this.arity = code.kwonly.length === 0 && code.vararg === null && code.kwarg === null
      ? code.positional.length
      : -1;
  }

  get node(): FunctionDef | Lambda | null {
    return this.code.node;
  }
  get source(): Source {
    return this.code.source;
  }
  get globals(): Attrs {
    return this.code.globals;
  }
  /** Closed-over variables by name. */
  get closure(): Map<string, Cell> {
    return new Map(this.code.freevars.map((n, i) => [n, this.cells[i]]));
  }

  override descriptorKind(): DescriptorKind {
    return 1;
  }
  override descriptorGet(self: Value | undefined): Value {
    return self === undefined ? this : new PyBoundMethod(this, self);
  }
}

/** A function with its first argument fixed. `func` is any callable. */
export class PyBoundMethod extends PyObject {
  constructor(readonly func: Value, readonly self: Value) {
    super(methodType);
  }
}

export function callFunction(f: PyFunction, args: Value[], kwargs: Kwargs): Value {
  const n = args.length;
  if (kwargs === null) {
    if (n === f.arity) {
      switch (n) {
        case 0:
          return f.impl();
        case 1:
          return f.impl(args[0]);
        case 2:
          return f.impl(args[0], args[1]);
        case 3:
          return f.impl(args[0], args[1], args[2]);
        default:
          return f.impl(...args);
      }
    }
  } else if (kwargs.size === 0) return callFunction(f, args, null);
  return f.impl(...bindArguments(f, args, kwargs));
}

/** The arguments in the order of `code.params`, defaults filled in. Raises TypeError as CPython words it. */
export function bindArguments(f: PyFunction, args: Value[], kwargs: Kwargs): (Value | undefined)[] {
  const code = f.code;
  const npos = code.positional.length, nkw = code.kwonly.length;
  const given = args.length;
  const bound: (Value | undefined)[] = new Array(code.params.length).fill(undefined);
  const taken = given < npos ? given : npos;
  for (let i = 0; i < taken; i++) bound[i] = args[i];
  let at = npos + nkw;
  if (code.vararg !== null) bound[at++] = new PyTuple(given > npos ? args.slice(npos) : []);
  let rest: PyDict | null = null;
  if (code.kwarg !== null) bound[at] = rest = new PyDict();
  let positionalOnly: string[] | null = null;
  if (kwargs !== null) {
    for (const [name, value] of kwargs) {
      let i = code.positional.indexOf(name, code.posonly);
      if (i < 0) {
        i = code.kwonly.indexOf(name);
        if (i >= 0) i += npos;
      }
      if (i >= 0) {
        if (bound[i] !== undefined) {
          throw typeError(`${f.qualname}() got multiple values for argument '${name}'`);
        }
        bound[i] = value;
      } else if (rest !== null) rest.map.set(name, value);
      else if (code.posonly > 0 && code.positional.slice(0, code.posonly).includes(name)) {
        (positionalOnly ??= []).push(name);
      } else throw typeError(`${f.qualname}() got an unexpected keyword argument '${name}'`);
    }
  }
  if (positionalOnly) {
    throw typeError(
      `${f.qualname}() got some positional-only arguments passed as keyword arguments: '${
        positionalOnly.join(", ")
      }'`,
    );
  }
  if (given > npos && code.vararg === null) throw tooMany(f, given, bound);
  const defaults = f.defaults, nd = defaults === null ? 0 : defaults.length;
  let missing: string[] | null = null;
  for (let i = taken; i < npos; i++) {
    if (bound[i] !== undefined) continue;
    const j = i - (npos - nd);
    if (j >= 0) bound[i] = defaults![j];
    else (missing ??= []).push(code.positional[i]);
  }
  if (missing) throw missingArguments(f, "positional", missing);
  for (let i = 0; i < nkw; i++) {
    if (bound[npos + i] !== undefined) continue;
    const d = f.kwdefaults?.get(code.kwonly[i]);
    if (d !== undefined) bound[npos + i] = d;
    else (missing ??= []).push(code.kwonly[i]);
  }
  if (missing) throw missingArguments(f, "keyword-only", missing);
  return bound;
}

function missingArguments(f: PyFunction, what: string, names: string[]) {
  const quoted = names.map((n) => `'${n}'`);
  const list = names.length === 1
    ? quoted[0]
    : names.length === 2
    ? `${quoted[0]} and ${quoted[1]}`
    : `${quoted.slice(0, -1).join(", ")}, and ${quoted[quoted.length - 1]}`;
  return typeError(
    `${f.qualname}() missing ${names.length} required ${what} argument${
      names.length === 1 ? "" : "s"
    }: ${list}`,
  );
}

function tooMany(f: PyFunction, given: number, bound: (Value | undefined)[]) {
  const npos = f.code.positional.length, nd = f.defaults?.length ?? 0;
  const plural = nd > 0 || npos !== 1;
  const takes = nd > 0 ? `from ${npos - nd} to ${npos}` : `${npos}`;
  let kwGiven = 0;
  for (let i = 0; i < f.code.kwonly.length; i++) if (bound[npos + i] !== undefined) kwGiven++;
  const were = kwGiven > 0
    ? ` positional argument${given === 1 ? "" : "s"} (and ${kwGiven} keyword-only argument${
      kwGiven === 1 ? "" : "s"
    }) were`
    : given === 1
    ? " was"
    : " were";
  return typeError(
    `${f.qualname}() takes ${takes} positional argument${plural ? "s" : ""} but ${given}${were} given`,
  );
}
