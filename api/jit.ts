/** Compiling, loading and saving from TypeScript. */
import type { Code } from "../bytecode/code.ts";
import { disassemble } from "../bytecode/disassembler.ts";
import { compileSource, graphToString } from "../compiler/mod.ts";
import "../compiler/lowering/mod.ts";
import { functionCode } from "../compiler/printing/mod.ts";
import { ClassType } from "../core/class_type.ts";
import { Device } from "../core/device.ts";
import { RuntimeFault } from "../core/errors.ts";
import { codeOf, CompilationUnit, type ScriptFunction as CoreFunction } from "../core/function.ts";
import { type IValue, ScriptObject } from "../core/ivalue.ts";
import type { Graph } from "../compiler/ir/graph.ts";
import { moveInPlace } from "../ops/device_values.ts";
import { forward, run, type RunOptions } from "../vm/mod.ts";
import { Profile } from "../vm/profiler.ts";
import { type Traceable, traceFunction, type TraceOptions } from "./trace.ts";
import { bindScriptArguments, fromScript, type JsValue } from "../vm/values.ts";

/** What compiled functions and methods have in common. Floats come back as numbers, lists and tuples as arrays. */
export interface Callable {
  /** Calls it, synchronously. Throws TypeError for arguments that do not fit, RuntimeError as the script does. */
  (...args: JsValue[]): unknown;
  /**
   * Calls it without blocking; an AbortSignal, a timeout in milliseconds and a fuel limit may stop it, and a `Profile`
   * collects where its time goes.
   */
  run(args: readonly JsValue[], options?: RunOptions): Promise<unknown>;
  readonly name: string;
  /** The signature as PyTorch prints it. */
  readonly schema: string;
  /** TorchScript source of the compiled function. */
  readonly code: string;
  /** The graph as PyTorch prints it. */
  readonly graph: string;
  /** Listing of the register bytecode. */
  readonly bytecode: string;
}

/** A function compiled from source. */
export interface ScriptFunction extends Callable {
  /** Writes an archive (`.pt`) that PyTorch opens; a `.ptl` has the form for PyTorch's mobile runtime in it too. */
  save(path: string): Promise<void>;
}

function callable<T extends object>(fn: CoreFunction, self: IValue | undefined, more: T): Callable & T {
  const call = (...args: JsValue[]) => fromScript(forward(fn, bindScriptArguments(fn.schema, args, self)));
  Object.defineProperty(call, "name", { value: fn.name });
  Object.defineProperties(call, {
    schema: { get: () => String(fn.schema) },
    code: { get: () => functionCode(fn) },
    graph: { get: () => graphToString(fn.graph as Graph) },
    bytecode: { get: () => disassemble(codeOf(fn) as Code) },
  });
  return Object.assign(call, more, {
    run: async (args: readonly JsValue[], options: RunOptions = {}) =>
      fromScript(await run(fn, bindScriptArguments(fn.schema, args, self), options)),
  }) as unknown as Callable & T;
}

/**
 * Compiles a function (its helpers, classes and NamedTuples too) from Python source, without running the source.
 * `entry` names it when the source has several. Throws a Diagnostic at what TorchScript refuses.
 */
function script(source: string, options: { entry?: string; filename?: string } = {}): ScriptFunction {
  const fn = compileSource(source, options);
  fn.ensureDefined?.();
  return savable(fn);
}

/**
 * Compiles what a TypeScript function does to tensors, by running it on example inputs: tensors, arrays (tuples in the
 * compiled function) and plain objects of them (dicts).
 *
 * ```ts
 * import { jit, torch } from "../mod.ts";
 *
 * const f = jit.trace((x, y) => x.mul(2).add(y), [torch.rand([3]), torch.rand([3])]);
 * ```
 */
function trace<A extends readonly Traceable[]>(
  f: (...inputs: A) => Traceable,
  examples: readonly [...A],
  options: TraceOptions = {},
): ScriptFunction {
  return savable(traceFunction(f as (...inputs: never[]) => unknown, examples, options));
}

function savable(fn: CoreFunction): ScriptFunction {
  const save = async (path: string) => {
    const { saveToFile } = await import("../archive/mod.ts");
    await saveToFile(fn, path, { mobile: path.endsWith(".ptl") });
  };
  return callable(fn, undefined, { save });
}

/** A module from an archive. Methods are called by name: `m.forward(x)`, `m.method("encode")(x)`. */
export class Module {
  constructor(
    /** The script object behind it. */
    readonly object: ScriptObject,
    /** The function that a `.wick` file holds in place of a module: it is `forward`. */
    readonly single?: CoreFunction,
  ) {}

  get type(): ClassType {
    return this.object.type;
  }
  /** A method as a function. Throws AttributeError when there is none of that name. */
  method(name: string): Callable {
    if (this.single && (name === "forward" || name === this.single.name)) {
      return callable(this.single, undefined, {});
    }
    const fn = this.type.methods.get(name);
    if (!fn) {
      const names = [...this.type.methods.keys()].join(", ");
      throw new RuntimeFault("AttributeError", `${this.type.name} has no method ${name}; it has: ${names}`);
    }
    fn.ensureDefined?.();
    return callable(fn, this.object, {});
  }
  /** Calls `forward`, synchronously. */
  forward(...args: JsValue[]): unknown {
    return this.method("forward")(...args);
  }
  /** Calls `forward` without blocking. */
  run(args: readonly JsValue[], options?: RunOptions): Promise<unknown> {
    return this.method("forward").run(args, options);
  }
  /** Moves all parameters, buffers and other tensors to a device (`"webgpu"`, `"cpu"`), and returns the module. */
  to(device: string): this {
    moveInPlace(this.object, Device.of(device));
    return this;
  }
  get code(): string {
    return this.method("forward").code;
  }
  get graph(): string {
    return this.method("forward").graph;
  }
  /** Writes an archive that PyTorch opens (a `.ptl` its mobile runtime too): beside the path first, then renamed. */
  async save(path: string): Promise<void> {
    const { saveToFile } = await import("../archive/mod.ts");
    await saveToFile(this.object, path, { mobile: path.endsWith(".ptl") });
  }
}

/**
 * Loads a model: an archive (`.pt`, `.ptl`) or a `.wick` file, by path, URL or as bytes. Runs no code but the model's own
 * bytecode. Code and graphs are only in archives.
 */
async function load(source: string | URL | Uint8Array): Promise<Module> {
  let bytes: Uint8Array;
  if (source instanceof Uint8Array) bytes = source;
  else if (source instanceof URL || /^https?:/.test(source)) {
    const response = await fetch(source);
    if (!response.ok) {
      throw new RuntimeFault("RuntimeError", `${source}: ${response.status} ${response.statusText}`);
    }
    bytes = new Uint8Array(await response.arrayBuffer());
  } else bytes = await Deno.readFile(source);
  const { isWick, readWick } = await import("../bytecode/wick/mod.ts");
  if (!isWick(bytes)) return new Module((await import("../archive/mod.ts")).loadModule(bytes));
  const { root } = readWick(bytes);
  if (root instanceof ScriptObject) return new Module(root);
  return new Module(
    new ScriptObject(new ClassType("__torch__.PlaceholderModule", new CompilationUnit(), true)),
    root,
  );
}

/**
 * Calls `f` and says where the time went of every compiled function that ran meanwhile: by operator and by source line.
 * An asynchronous run takes a `Profile` in its options instead.
 *
 * ```ts
 * import { jit, torch } from "../mod.ts";
 *
 * const f = jit.script("def f(x: Tensor):\n    return (x @ x).relu()\n");
 * const { profile } = jit.profile(() => f(torch.rand([64, 64])));
 * for (const { operator, calls, ms, share } of profile.operators) console.log(operator, calls, ms, share);
 * for (const { file, line, text, ms } of profile.lines) console.log(`${file}:${line}`, text, ms);
 * ```
 */
function profile<R>(f: () => R): { result: R; profile: Profile } {
  const profile = new Profile();
  return { result: profile.around(f), profile };
}

export const jit = { script, trace, load, profile };
