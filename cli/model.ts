/** What a command line's MODEL or FILE.py stands for: a compiled function or module. */
import { collectErrors, independently } from "../compiler/frontend/mod.ts";
import { Diagnostic } from "../core/errors.ts";
import { ScriptFunction } from "../core/function.ts";
import type { ScriptObject } from "../core/ivalue.ts";
import { Host } from "../python/host.ts";
import "../python/stdlib/mod.ts";
import * as r from "../python/runtime/mod.ts";
import { registerTorch } from "../python/torch/mod.ts";
import { PyScriptFunction, PyScriptObject } from "../python/torch/jit/script_types.ts";
import { Source } from "../core/source.ts";
import { CompileErrors, InputError, UsageError } from "./exit_codes.ts";

export interface Compiled {
  readonly name: string;
  readonly value: ScriptFunction | ScriptObject;
}

/** The host after it ran a model file, and the names the file defined. */
export interface RanFile {
  readonly host: Host;
  readonly names: ReadonlyMap<string, r.Value>;
}

/** Runs a model file as a module, so that its `if __name__ == "__main__"` part stays out. */
export async function runFile(path: string): Promise<RanFile> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch {
    throw new InputError(`${path}: there is no such file`);
  }
  registerTorch();
  const slash = path.lastIndexOf("/");
  const host = new Host({ argv: [path], path: [slash < 0 ? "" : path.slice(0, slash)] });
  const module = host.runSource(new Source(text, path), "__main_model__");
  host.flush();
  const names = new Map<string, r.Value>();
  for (const [k, v] of module.attrs) {
    if (!String(k).startsWith("_")) names.set(String(k), v);
  }
  return { host, names };
}

export function compiledValue(v: r.Value): ScriptFunction | ScriptObject | undefined {
  if (v instanceof PyScriptFunction) return v.fn;
  if (v instanceof PyScriptObject) return v.object;
  const c = v instanceof r.PyObject ? v.attrs?.get("_c") : undefined;
  return c instanceof PyScriptObject ? c.object : undefined;
}

function inherits(t: r.PyType, fullName: string): boolean {
  return t.mro.some((c) => c.fullName === fullName);
}
const MODULE = "torch.nn.modules.module.Module";

/** Candidates by kind, the kinds in the order in which they are taken. */
function candidates(names: ReadonlyMap<string, r.Value>): [kind: string, names: string[]][] {
  const own = [...names].filter(([, v]) => {
    const module = v instanceof r.PyFunction
      ? v.module
      : v instanceof r.PyType
      ? v.attrs.get("__module__")
      : "__main_model__";
    return module === "__main_model__";
  });
  const pick = (test: (v: r.Value) => boolean) => own.filter(([, v]) => test(v)).map(([n]) => n);
  return [
    ["script objects", pick((v) => compiledValue(v) !== undefined)],
    ["modules", pick((v) => v instanceof r.PyObject && !(v instanceof r.PyType) && inherits(v.cls, MODULE))],
    ["module classes", pick((v) => v instanceof r.PyType && inherits(v, MODULE))],
    ["functions", pick((v) => v instanceof r.PyFunction)],
  ];
}

/** The name to compile: `entry`, or the only one of the first kind that the file has. */
export function choose(names: ReadonlyMap<string, r.Value>, entry: string | undefined): string {
  if (entry !== undefined) {
    if (names.has(entry)) return entry;
    throw new UsageError(`the file defines no ${entry}; it defines: ${[...names.keys()].join(", ")}`);
  }
  for (const [kind, found] of candidates(names)) {
    if (found.length === 1) return found[0];
    if (found.length > 1) {
      throw new UsageError(`the file defines several ${kind}: ${found.join(", ")}. Choose with --entry NAME`);
    }
  }
  throw new InputError("the file defines nothing that can be compiled: no module, class or function");
}

/** Compiles what a file defines. A class is built without arguments first. Throws CompileErrors for several errors. */
export function compileNames(ran: RanFile, entry: string | undefined): Compiled {
  let name: string;
  try {
    name = choose(ran.names, entry);
  } catch (e) {
    // What to choose from may not even compile: that is said first.
    if (entry === undefined && e instanceof UsageError) throwErrors(ran, rivals(ran.names));
    throw e;
  }
  try {
    return ran.host.enter(() => compileName(ran, name));
  } catch (e) {
    if (e instanceof Error && e.cause instanceof Diagnostic) throwErrors(ran, [name]);
    throw e;
  }
}

/** The names that `choose` cannot choose between. */
function rivals(names: ReadonlyMap<string, r.Value>): readonly string[] {
  return candidates(names).find(([, found]) => found.length)?.[1] ?? [];
}

function compileName(ran: RanFile, name: string): Compiled {
  let v = ran.names.get(name)!;
  const known = compiledValue(v);
  if (known) return { name, value: known };
  if (v instanceof r.PyType) v = ran.host.call(v, []) as object;
  const torch = ran.host.importModule("torch");
  const script = r.getattr(r.getattr(torch, "jit"), "script");
  const value = compiledValue(ran.host.call(script, [v]));
  if (!value) throw new InputError(`${name} cannot be compiled`);
  return { name, value };
}

/** Throws all independent errors that compiling the names meets, when there are some. */
function throwErrors(ran: RanFile, names: readonly string[]): void {
  const errors = ran.host.enter(() =>
    collectErrors(() => {
      for (const name of names) independently(() => compileOrDiagnose(ran, name));
    })
  );
  if (errors.length === 1) throw errors[0];
  if (errors.length) throw new CompileErrors(errors);
}

/** Compiles; of errors only those of the compiler go out, as the Diagnostics they are. */
function compileOrDiagnose(ran: RanFile, name: string): void {
  try {
    compileName(ran, name);
  } catch (e) {
    if (e instanceof Error && e.cause instanceof Diagnostic) throw e.cause;
  }
}

/** A MODEL argument: an archive (`.pt`, `.ptl`), a `.wick` file, or a Python file to run and compile. */
export async function openModel(path: string, entry: string | undefined): Promise<Compiled> {
  if (path.endsWith(".py")) return compileNames(await runFile(path), entry);
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch {
    throw new InputError(`${path}: there is no such file`);
  }
  if (path.endsWith(".wick")) {
    const { readWick } = await import("../bytecode/wick/mod.ts");
    return { name: path, value: readWick(bytes).root };
  }
  const { loadModule } = await import("../archive/mod.ts");
  await import("../compiler/lowering/mod.ts");
  return { name: path, value: loadModule(bytes) };
}

/** The function to call: the function itself, or a module's `forward`. */
export function entryFunction(c: Compiled): ScriptFunction {
  if (c.value instanceof ScriptFunction) {
    c.value.ensureDefined?.();
    return c.value;
  }
  const fn = c.value.type.methods.get("forward");
  if (!fn) {
    throw new InputError(
      `${c.name} has no forward; its methods: ${[...c.value.type.methods.keys()].join(", ") || "none"}`,
    );
  }
  fn.ensureDefined?.();
  return fn;
}
