/**
 * Kernels written ahead of time: hosts that forbid compiling at run time (edge workers) get all kernels that a model
 * used as one module. Its exports are named `kernel/export`.
 */
import { scalarFunction } from "../expr/reference.ts";
import type { ValueType } from "../expr/expr.ts";
import { ModuleBuilder } from "./assembler.ts";
import { setFeatures } from "./features.ts";
import { setBuiltKernels, setKernelRecord } from "./kernel_cache.ts";
import type { Build, Kernel } from "./kernel_compile.ts";
import { wasmMemory } from "./memory.ts";

/** Remembers how the kernels asked for from now on are built. */
export class KernelRecord {
  readonly #builds = new Map<string, Build>();

  constructor() {
    setKernelRecord(this.#builds);
  }
  /** Names of the kernels seen. */
  get names(): string[] {
    return [...this.#builds.keys()];
  }
  stop(): void {
    setKernelRecord(undefined);
  }
  /** One WebAssembly module with all of them. */
  module(): Uint8Array<ArrayBuffer> {
    // Imports take the first function numbers, so they are all gathered before a kernel is numbered.
    const gathered = new ModuleBuilder();
    for (const build of this.#builds.values()) build(gathered, {});
    const merged = new ModuleBuilder();
    merged.importLike(gathered);
    for (const [name, build] of this.#builds) {
      merged.exportPrefix = `${name}/`;
      build(merged, {});
    }
    return merged.build({ shared: wasmMemory()?.shared ?? false });
  }
}

/** Serves kernels from such a module and compiles none; what is not in it runs on the typed-array kernels. */
export function useKernels(module: WebAssembly.Module): void {
  const names = WebAssembly.Module.exports(module).map((e) => e.name);
  setFeatures({ relaxed: names.some((n) => n.includes("__wasmrelaxedsimd/")) });
  const memory = wasmMemory()!;
  const env: Record<string, WebAssembly.ImportValue> = { memory: memory.memory };
  for (const { name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== "function") continue;
    const [row, type] = name.split(":");
    env[name] = scalarFunction(row, type as ValueType, type as ValueType) as never;
  }
  const exports = new WebAssembly.Instance(module, { env }).exports as Record<string, Kernel>;
  const built = new Map<string, Record<string, Kernel>>();
  for (const name of names) {
    const slash = name.lastIndexOf("/"), kernel = name.slice(0, slash);
    const known = built.get(kernel) ?? {};
    known[name.slice(slash + 1)] = exports[name];
    built.set(kernel, known);
  }
  setBuiltKernels(built);
}
