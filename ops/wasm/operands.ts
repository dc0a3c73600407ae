/**
 * Tensors as kernels see them: an address in the memory. Storages of the arena are used where they lie; the bytes of
 * heap storages are copied into scratch for the call, and outputs back at its end.
 */
import { CPU } from "../../core/device.ts";
import { currentRegion } from "../../core/region.ts";
import type { Tensor } from "../../core/tensor.ts";
import { spanOf } from "./layout.ts";
import type { WasmMemory } from "./memory.ts";
import { wasmMemory } from "./memory.ts";

/** Bytes that a module's weights must have for a copy of each call to cost more than the bookkeeping. */
const WORTH_MOVING = 1 << 14;

/** One kernel call's operands. Ends with `finish` on success and `drop` always. */
export class OperandScope {
  readonly #mark: number;
  #writes: { t: Tensor; from: number; bytes: number; address: number }[] = [];

  constructor(readonly memory: WasmMemory) {
    this.#mark = memory.markScratch();
  }

  /** Whether the tensor's bytes are in this memory already. */
  isResident(t: Tensor): boolean {
    return t.storage.arena === this.memory;
  }

  /** Address of the tensor's first element, for reading. */
  input(t: Tensor): number {
    if (this.isResident(t)) return t.storage.address + t.storageOffset * t.itemSize;
    const bytes = spanOf(t.sizes, t.strides) * t.itemSize, from = t.storageOffset * t.itemSize;
    if (t.storage.ofModule && bytes >= WORTH_MOVING && t.storage.copies++ > 0 && this.#move(t)) {
      return t.storage.address + from;
    }
    const address = this.memory.pushScratch(bytes);
    this.memory.u8.set(t.storage.bytes().subarray(from, from + bytes), address);
    return address;
  }

  /**
   * Moves a module's weights in that are copied again: weights that are packed are copied once. False when there is
   * no room; the run then makes some.
   */
  #move(t: Tensor): boolean {
    if (t.storage.moveToArena(this.memory)) return true;
    currentRegion()?.lacks(t.storage.nbytes);
    return false;
  }

  /** Address of the tensor's first element, for writing all of it; gaps between its elements survive. */
  output(t: Tensor): number {
    if (this.isResident(t)) return t.storage.address + t.storageOffset * t.itemSize;
    const elements = spanOf(t.sizes, t.strides), bytes = elements * t.itemSize;
    const from = t.storageOffset * t.itemSize;
    const address = this.memory.pushScratch(bytes);
    if (elements !== t.numel) this.memory.u8.set(t.storage.bytes().subarray(from, from + bytes), address);
    this.#writes.push({ t, from, bytes, address });
    return address;
  }

  /** Address of a tensor that is read and written. */
  inout(t: Tensor): number {
    if (this.isResident(t)) return t.storage.address + t.storageOffset * t.itemSize;
    const address = this.input(t);
    const bytes = spanOf(t.sizes, t.strides) * t.itemSize;
    this.#writes.push({ t, from: t.storageOffset * t.itemSize, bytes, address });
    return address;
  }

  /** Uninitialised scratch. */
  scratch(bytes: number): number {
    return this.memory.pushScratch(bytes);
  }

  /** Copies the outputs home. */
  finish(): void {
    for (const { t, from, bytes, address } of this.#writes) {
      t.storage.bytes().set(this.memory.u8.subarray(address, address + bytes), from);
    }
  }
  drop(): void {
    this.memory.releaseScratch(this.#mark);
  }
}

/** Host tensors only, in memory a kernel can reach. */
export function reachable(t: Tensor): boolean {
  return t.storage.device === CPU && t.storage.deviceMemory === null;
}

/** Runs `body` with its operands; false where there is no WebAssembly or a tensor is out of reach. */
export function withOperands(
  tensors: readonly (Tensor | null | undefined)[],
  body: (s: OperandScope) => boolean,
): boolean {
  const memory = wasmMemory();
  if (!memory) return false;
  for (const t of tensors) if (t && !reachable(t)) return false;
  const scope = new OperandScope(memory);
  try {
    if (!body(scope)) return false;
    scope.finish();
    return true;
  } finally {
    scope.drop();
  }
}
