/** Compiled kernels by name, the oldest dropped first when there are too many. Names follow XNNPACK: `f32_gemm_6x8__wasmsimd`. */
import { ModuleBuilder } from "./assembler.ts";
import { kernelSuffix } from "./features.ts";
import { wasmMemory } from "./memory.ts";

const CAPACITY = 1024;

// deno-lint-ignore ban-types
export type Kernel = Function & ((...args: number[]) => number | void);
type Exports = Record<string, Kernel>;

const cache = new Map<string, Exports>();

/** What `build` may import, by name: it fills this while it writes the module. */
export type Imports = Record<string, (...args: never[]) => unknown>;

/**
 * The exports of the module `name`, built on first use. The name must say everything the code depends on;
 * the instruction set is added here.
 */
export function kernels(name: string, build: (m: ModuleBuilder, imports: Imports) => void): Exports {
  const key = `${name}__${kernelSuffix()}`;
  const hit = cache.get(key);
  if (hit) return hit;
  const memory = wasmMemory()!;
  const m = new ModuleBuilder();
  const imports: Imports = {};
  build(m, imports);
  const module = new WebAssembly.Module(m.build({ shared: memory.shared }));
  const env = { memory: memory.memory, ...imports } as WebAssembly.ModuleImports;
  const exports = new WebAssembly.Instance(module, { env }).exports as unknown as Exports;
  if (cache.size >= CAPACITY) cache.delete(cache.keys().next().value!);
  cache.set(key, exports);
  return exports;
}

/** Names of the kernels made so far, for profiles and tests. */
export function kernelNames(): string[] {
  return [...cache.keys()];
}
