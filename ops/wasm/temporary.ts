/** Tensors in the arena that live for one call: intermediate results of composed kernels. */
import type { ScalarType } from "../../core/scalar_type.ts";
import { elementSize } from "../../core/scalar_type.ts";
import { Storage } from "../../core/storage.ts";
import { numelOf, Tensor } from "../../core/tensor.ts";
import { wasmMemory } from "./memory.ts";

/** Makes temporaries and gives them all back at the end, whatever happens. */
export class Temporaries {
  #storages: Storage[] = [];

  /** An uninitialised contiguous tensor. */
  tensor(sizes: readonly number[], t: ScalarType): Tensor {
    const s = Storage.arena(wasmMemory()!, numelOf(sizes) * elementSize(t));
    this.#storages.push(s);
    return new Tensor(s, t, sizes);
  }
  release(): void {
    for (const s of this.#storages) s.release();
    this.#storages = [];
  }
}

/** Runs `body` with temporaries; false where there is no WebAssembly. */
export function withTemporaries(body: (t: Temporaries) => boolean): boolean {
  if (!wasmMemory()) return false;
  const t = new Temporaries();
  try {
    return body(t);
  } finally {
    t.release();
  }
}
