/** A model from a `.wick` file, called with JavaScript values: what an edge worker sees of Wick. */
import { readWick } from "../bytecode/wick/reader.ts";
import { CPU, Device } from "../core/device.ts";
import { InternalError, NotImplemented, RuntimeFault } from "../core/errors.ts";
import type { ScriptFunction } from "../core/function.ts";
import { type IValue, ListValue, ScriptObject, TupleValue } from "../core/ivalue.ts";
import { Tensor } from "../core/tensor.ts";
import { loadBackend, movedTo } from "../ops/backend.ts";
import { moveInPlace } from "../ops/device_values.ts";
import { forward, run, type RunOptions } from "./calls.ts";
import { bindScriptArguments, fromScript, type JsValue } from "./values.ts";

/** A loaded model. Floats come back as numbers, lists and tuples as arrays, dicts as Maps. */
export class Model {
  #device: Device = CPU;
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
    if (this.#device !== CPU) {
      throw new RuntimeFault("RuntimeError", `a model on ${this.#device} answers later: call run() instead`);
    }
    return guarded(() => fromScript(forward(fn, bindScriptArguments(fn.schema, args, self), options)));
  }
  /**
   * Moves the model's tensors to a device (`"webgpu"`), opening its adapter: inputs of `run` go there, what the model
   * makes comes to be there, and results come back. Throws RuntimeError where there is no adapter.
   */
  async to(name: string): Promise<this> {
    const device = Device.of(name);
    if (device.type !== "cpu") {
      await loadBackend();
      await (await import("../ops/webgpu/mod.ts")).open("thread");
    }
    if (this.root instanceof ScriptObject) moveInPlace(this.root, device);
    this.#device = device;
    return this;
  }
  /** Calls `forward`, or `options.method`, without blocking the event loop. */
  async run(
    args: readonly JsValue[],
    options: RunOptions & { readonly method?: string } = {},
  ): Promise<unknown> {
    const { fn, self } = this.#method(options.method);
    const device = this.#device;
    try {
      const bound = bindScriptArguments(fn.schema, args, self);
      if (device === CPU) return fromScript(await run(fn, bound, options));
      const placed = bound.map((v) => v === self ? v : onDevice(v, device));
      return fromScript(await onHost(await run(fn, placed, { ...options, device })));
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

/** The value with copies of its tensors on a device. */
function onDevice(v: IValue, device: Device): IValue {
  if (v instanceof Tensor) return movedTo(v, device) as Tensor;
  if (v instanceof ListValue) return new ListValue(v.elemType, v.items.map((x) => onDevice(x, device)));
  if (v instanceof TupleValue) return new TupleValue(v.items.map((x) => onDevice(x, device)), v.type);
  return v;
}

/** The value with its tensors read back. */
async function onHost(v: IValue): Promise<IValue> {
  if (v instanceof Tensor) {
    if (v.device.type !== "webgpu") return v;
    return await (await import("../ops/webgpu/mod.ts")).downloaded(v);
  }
  if (v instanceof ListValue) return new ListValue(v.elemType, await Promise.all(v.items.map(onHost)));
  if (v instanceof TupleValue) return new TupleValue(await Promise.all(v.items.map(onHost)), v.type);
  return v;
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
  if (e instanceof RuntimeFault || e instanceof NotImplemented) return e;
  if (
    e instanceof InternalError || e instanceof TypeError || e instanceof RangeError ||
    e instanceof ReferenceError ||
    e instanceof SyntaxError
  ) {
    return new RuntimeFault("RuntimeError", `the model's code does not fit its values: ${e.message}`);
  }
  return e;
}
