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

export type Build = (m: ModuleBuilder, imports: Imports) => void;

let record: Map<string, Build> | undefined;
/** Kernels asked for are written down here, with how they are built. */
export function setKernelRecord(r: Map<string, Build> | undefined): void {
  record = r;
}

let built: ReadonlyMap<string, Exports> | undefined;
/** Kernels made ahead of time; no others are compiled then. */
export function setBuiltKernels(kernels: ReadonlyMap<string, Exports>): void {
  built = kernels;
}

/** A kernel that was not made ahead of time, where none may be made now: the reference kernel has to serve. */
export class NoKernel extends Error {}

/** A kernel entry that says false, its case not covered, where its kernel may not be made. */
export function coveredOnly<A extends unknown[]>(entry: (...args: A) => boolean): (...args: A) => boolean {
  return (...args) => {
    try {
      return entry(...args);
    } catch (e) {
      if (e instanceof NoKernel) return false;
      throw e;
    }
  };
}

/**
 * The exports of the module `name`, built on first use. The name must say everything the code depends on;
 * the instruction set is added here.
 */
export function kernels(name: string, build: Build): Exports {
  const key = `${name}__${kernelSuffix()}`;
  record?.set(key, build);
  const hit = cache.get(key);
  if (hit) return hit;
  if (built) {
    const made = built.get(key);
    if (!made) throw new NoKernel(key);
    cache.set(key, made);
    return made;
  }
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
