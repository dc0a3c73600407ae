/**
 * The compiler: `syntax/` reads Python, `frontend/` emits graphs from functions, classes and modules, `ir/` is the
 * graph, `passes/` change it, `lowering/` makes bytecode of it.
 */
import { NotImplemented } from "../core/errors.ts";
import type { ScriptFunction } from "../core/function.ts";
import { Source } from "../core/source.ts";
import { StandaloneModuleSource } from "./frontend/standalone.ts";

export * from "./frontend/mod.ts";
export { graphToString } from "./ir/printer.ts";

/**
 * Compiles a function out of Python source, without running any of the source: `entry`, or the only function.
 * Throws a Diagnostic at what is wrong with it.
 */
export function compileSource(
  text: string,
  options: { entry?: string; filename?: string } = {},
): ScriptFunction {
  const module = new StandaloneModuleSource(new Source(text, options.filename ?? "<string>"));
  const names = module.functionNames();
  const entry = options.entry ?? (names.length === 1 ? names[0] : undefined);
  if (entry === undefined) {
    throw new NotImplemented(`choosing among several functions (${names.join(", ")}): name one as entry`);
  }
  return module.compile(entry);
}
