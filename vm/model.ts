/** A model from a `.wick` file, called with JavaScript values: what an edge worker sees of Wick. */
import { readWick } from "../bytecode/wick/reader.ts";
import { InternalError, NotImplemented, RuntimeFault } from "../core/errors.ts";
import type { ScriptFunction } from "../core/function.ts";
import { type IValue, ScriptObject } from "../core/ivalue.ts";
import { forward, run, type RunOptions } from "./calls.ts";
import { bindScriptArguments, fromScript, type JsValue } from "./values.ts";

/** A loaded model. Floats come back as numbers, lists and tuples as arrays, dicts as Maps. */
export class Model {
  constructor(
    /** The module's object, or the function when the file holds one. */
    readonly root: ScriptObject | ScriptFunction,
    /** Schemas of the operators the model calls. */
    readonly operators: readonly string[],
  ) {}

  /** Names that can be called; a function's own name when the file holds a function. */
  get methods(): string[] {
    return this.root instanceof ScriptObject ? [...this.root.type.methods.keys()] : [this.root.name];
  }
  #method(name: string | undefined): { fn: ScriptFunction; self: IValue | undefined } {
    const { root } = this;
    if (!(root instanceof ScriptObject)) {
      if (name === undefined || name === root.name) return { fn: root, self: undefined };
    } else {
      const fn = root.type.methods.get(name ?? "forward");
      if (fn) return { fn, self: root };
    }
    throw new RuntimeFault(
      "AttributeError",
      `the model has no method ${name ?? "forward"}; it has: ${this.methods.join(", ")}`,
    );
  }
  /** The signature of a method. */
  schema(name?: string): string {
    return String(this.#method(name).fn.schema);
  }
  /** Calls `forward` (or the function), synchronously. */
  forward(...args: JsValue[]): unknown {
    return this.call(undefined, args);
  }
  /** Calls a method by name, synchronously, within limits. */
  call(name: string | undefined, args: readonly JsValue[], options: RunOptions = {}): unknown {
    const { fn, self } = this.#method(name);
    return guarded(() => fromScript(forward(fn, bindScriptArguments(fn.schema, args, self), options)));
  }
  /** Calls `forward`, or `options.method`, without blocking the event loop. */
  async run(
    args: readonly JsValue[],
    options: RunOptions & { readonly method?: string } = {},
  ): Promise<unknown> {
    const { fn, self } = this.#method(options.method);
    try {
      return fromScript(await run(fn, bindScriptArguments(fn.schema, args, self), options));
    } catch (e) {
      throw typed(e);
    }
  }
}

/** Reads a `.wick` file. Throws RuntimeFault naming section and offset when it is damaged. */
export function loadWick(bytes: Uint8Array): Model {
  return guarded(() => {
    const { root, operators } = readWick(bytes);
    return new Model(root, operators);
  });
}

/** Fetches and reads a `.wick` file; bytes are read as they are. */
export async function load(source: string | URL | Uint8Array | ArrayBuffer): Promise<Model> {
  if (source instanceof Uint8Array) return loadWick(source);
  if (source instanceof ArrayBuffer) return loadWick(new Uint8Array(source));
  const response = await fetch(source);
  if (!response.ok) {
    throw new RuntimeFault("RuntimeError", `${source}: ${response.status} ${response.statusText}`);
  }
  return loadWick(new Uint8Array(await response.arrayBuffer()));
}

function guarded<T>(f: () => T): T {
  try {
    return f();
  } catch (e) {
    throw typed(e);
  }
}

/**
 * Verified code can still have values of the wrong kind in its registers when a file was made to deceive: what
 * JavaScript says then is not the user's to read.
 */
function typed(e: unknown): unknown {
  if (e instanceof RuntimeFault || e instanceof NotImplemented || e instanceof InternalError) return e;
  if (
    e instanceof TypeError || e instanceof RangeError || e instanceof ReferenceError ||
    e instanceof SyntaxError
  ) {
    return new RuntimeFault("RuntimeError", `the model's code does not fit its values: ${e.message}`);
  }
  return e;
}
