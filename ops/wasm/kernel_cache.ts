/** Compiled kernels by name, the oldest dropped first when there are too many. Names follow XNNPACK: `f32_gemm_6x8__wasmsimd`. */
import { kernelSuffix } from "./features.ts";
import { type Build, compileKernel, type Exports } from "./kernel_compile.ts";

const CAPACITY = 1024;

const cache = new Map<string, Exports>();

let record: Map<string, Build> | undefined;
/** Kernels asked for are written down here, with how they are built. */
export function setKernelRecord(r: Map<string, Build> | undefined): void {
  record = r;
}

let names: Set<string> | undefined;
/** Names of the kernels asked for are added here. */
export function recordKernels(to: Set<string> | undefined): void {
  names = to;
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
  names?.add(key);
  const hit = cache.get(key);
  if (hit) return hit;
  if (built) {
    const made = built.get(key);
    if (!made) throw new NoKernel(key);
    cache.set(key, made);
    return made;
  }
  const exports = compileKernel(build);
  if (!exports) throw new NoKernel(key);
  if (cache.size >= CAPACITY) cache.delete(cache.keys().next().value!);
  cache.set(key, exports);
  return exports;
}

/** Names of the kernels made so far, for profiles and tests. */
export function kernelNames(): string[] {
  return [...cache.keys()];
}
