/** One kernel's module, built and compiled. A bundle that brings its kernels along does without this file. */
import { ModuleBuilder } from "./assembler.ts";
import { wasmMemory } from "./memory.ts";

// deno-lint-ignore ban-types
export type Kernel = Function & ((...args: number[]) => number | void);
export type Exports = Record<string, Kernel>;

/** What a kernel may import, by name: `Build` fills this while it writes the module. */
export type Imports = Record<string, (...args: never[]) => unknown>;
export type Build = (m: ModuleBuilder, imports: Imports) => void;

/** The exports of the module that `build` writes; null where none can be made. */
export function compileKernel(build: Build): Exports | null {
  const memory = wasmMemory()!;
  const m = new ModuleBuilder();
  const imports: Imports = {};
  build(m, imports);
  const module = new WebAssembly.Module(m.build({ shared: memory.shared }));
  const env = { memory: memory.memory, ...imports } as WebAssembly.ModuleImports;
  return new WebAssembly.Instance(module, { env }).exports as unknown as Exports;
}
