/** Tracing of TypeScript functions: what they do to tensors becomes a compiled function. */
import { defineTraced, traceGraph, type TracerHost } from "../compiler/tracing/mod.ts";
import { RuntimeFault } from "../core/errors.ts";
import { CompilationUnit, ScriptFunction as CoreFunction } from "../core/function.ts";
import { DictValue, type IValue, ListValue, TupleValue } from "../core/ivalue.ts";
import { Source, SourceRange } from "../core/source.ts";
import { Tensor } from "../core/tensor.ts";
import { AnyTensorType, StringType } from "../core/types.ts";
import { call } from "../ops/dispatch.ts";
import { forward } from "../vm/mod.ts";

/** Tensors, and arrays, tuples and plain objects of them. */
export type Traceable = Tensor | readonly Traceable[] | { readonly [name: string]: Traceable };

export interface TraceOptions {
  /** The compiled function's name; that of the traced function unless given. */
  readonly name?: string;
  /** Runs the compiled function on the same inputs and compares (true unless told otherwise). */
  readonly check?: boolean;
}

function frameOfCaller(): SourceRange | undefined {
  const lines = (new Error().stack ?? "").split("\n").slice(1);
  const own = new URL("../", import.meta.url).href;
  for (const line of lines) {
    const at = /\(?((?:file|https?):[^\s()]+):(\d+):(\d+)\)?$/.exec(line);
    if (!at || (at[1].startsWith(own) && !/\/(tests|examples|bench)\//.test(at[1]))) continue;
    const filename = at[1].replace(/^file:\/\//, "");
    const text = `${filename}(${at[2]}): ${/at (?:async )?([\w.$]+) \(/.exec(line)?.[1] ?? "<anonymous>"}\n`;
    return new SourceRange(new Source(text, filename, Number(at[2])), 0, text.length);
  }
  return undefined;
}

const HOST: TracerHost = {
  here: frameOfCaller,
  nameOf: () => "",
  warn: (message) => console.warn(message),
};

/** The script value of what a traced function takes or gives; arrays are tuples, objects dicts by name. */
function toIValue(v: unknown): IValue {
  if (v instanceof Tensor) return v;
  if (Array.isArray(v)) return new TupleValue(v.map(toIValue));
  if (v !== null && typeof v === "object" && Object.getPrototypeOf(v) === Object.prototype) {
    const d = new DictValue(StringType, AnyTensorType);
    for (const [k, x] of Object.entries(v)) d.set(k, toIValue(x));
    return d;
  }
  throw new RuntimeFault(
    "TypeError",
    `a traced function takes and gives tensors, arrays and plain objects of them, not ${String(v)}`,
  );
}

/** What the traced function gets: tuples are arrays, dicts plain objects. */
function toJs(v: IValue): unknown {
  if (v instanceof TupleValue) return v.items.map(toJs);
  if (v instanceof DictValue) return Object.fromEntries([...v.entries()].map(([k, x]) => [k, toJs(x)]));
  return v;
}

/** Names of a function's parameters as its text has them; empty for patterns and defaults it cannot read. */
function parameterNames(f: (...args: never[]) => unknown): string[] {
  const text = String(f);
  const list = /^(?:async\s+)?(?:function\b[^(]*)?\(([^()]*)\)/.exec(text)?.[1] ??
    /^([\w$]+)\s*=>/.exec(text)?.[1];
  const names = (list ?? "").split(",").map((p) => p.trim()).filter((p) => p);
  return names.every((n) => /^[A-Za-z_]\w*$/.test(n)) ? names : [];
}

function close(a: IValue, b: IValue): boolean {
  if (a instanceof Tensor && b instanceof Tensor) {
    if (a.sizes.join() !== b.sizes.join() || a.scalarType !== b.scalarType) return false;
    return sameElements(a, b);
  }
  if (
    (a instanceof TupleValue || a instanceof ListValue) && (b instanceof TupleValue || b instanceof ListValue)
  ) {
    return a.items.length === b.items.length && a.items.every((x, i) => close(x, b.items[i]));
  }
  if (a instanceof DictValue && b instanceof DictValue) {
    return [...a.entries()].every(([k, x]) => b.has(k) && close(x, b.get(k)!));
  }
  return false;
}

function sameElements(a: Tensor, b: Tensor): boolean {
  return call("aten::allclose", a, b, 1e-5, 1e-5, true) === true;
}

/**
 * Runs `f` on the examples and compiles the operators it called. Numbers that it reads from a tensor (sizes, elements)
 * are constants of the result. Throws when the result computes something else than `f` on the same examples.
 */
export function traceFunction(
  f: (...inputs: never[]) => unknown,
  examples: readonly Traceable[],
  options: TraceOptions = {},
): CoreFunction {
  const unit = new CompilationUnit();
  const name = options.name ?? (/^[A-Za-z_]\w*$/.test(f.name) ? f.name : "traced");
  const inputs = examples.map(toIValue);
  const { graph, output } = traceGraph(
    inputs.map(copy),
    (given) => toIValue(f(...given.map(toJs) as never[])),
    { host: HOST, strict: false, argumentNames: parameterNames(f) },
  );
  const fn = unit.addFunction(defineTraced(new CoreFunction(`__torch__.${name}`), graph));
  if (options.check !== false && !close(forward(fn, inputs.map(copy)), output)) {
    throw new RuntimeFault(
      "RuntimeError",
      `the trace of ${name} does not compute what ${name} does: it depends on values outside of its tensors or draws ` +
        "random numbers; pass check: false if it shall",
    );
  }
  return fn;
}

/** A copy, so that what the function does in place does not reach the caller's examples. */
function copy(v: IValue): IValue {
  if (v instanceof Tensor) return call("aten::clone", v, null);
  if (v instanceof TupleValue) return new TupleValue(v.items.map(copy), v.type);
  if (!(v instanceof DictValue)) return v;
  const d = new DictValue(v.keyType, v.valueType);
  for (const [k, x] of v.entries()) d.set(k, copy(x));
  return d;
}
