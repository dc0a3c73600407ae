/**
 * The one WebAssembly.Memory: an Arena for storages of frames and modules, and scratch for everything a kernel
 * call needs meanwhile (copies of heap operands, packed panels).
 */
import { RuntimeFault } from "../../core/errors.ts";
import type { Arena } from "../../core/storage.ts";
import { Allocator } from "./allocator.ts";
import { features } from "./features.ts";

const PAGE = 65536;
const MAX_PAGES = 65536;
/** Bytes 64.. up to here hold the descriptors of the running kernel; address 0 stays unused. */
export const DESCRIPTOR = 64;
const DESCRIPTOR_END = 4096;
/** The scratch region grows up to this; what does not fit is allocated for the one call. */
const SCRATCH_CAP = 32 << 20;

export class WasmMemory implements Arena {
  readonly memory: WebAssembly.Memory;
  readonly shared = false;
  readonly #allocator: Allocator;
  #pages = 16;
  /** Views of the whole memory; replaced when it grows, so read them through the object each time. */
  u8!: Uint8Array<ArrayBuffer>;
  i32!: Int32Array<ArrayBuffer>;
  i64!: BigInt64Array<ArrayBuffer>;
  f32!: Float32Array<ArrayBuffer>;
  f64!: Float64Array<ArrayBuffer>;

  #scratchBase = 0;
  #scratchSize = 0;
  #scratchUsed = 0;
  #scratchWanted = 1 << 20;
  #overflow: number[] = [];

  constructor() {
    this.memory = new WebAssembly.Memory({ initial: this.#pages, maximum: MAX_PAGES });
    this.#refresh();
    this.#allocator = new Allocator(DESCRIPTOR_END, (top) => this.#ensure(top));
  }

  get buffer(): ArrayBuffer {
    return this.u8.buffer;
  }
  /** Bytes handed out, scratch included. */
  get inUse(): number {
    return this.#allocator.inUse;
  }

  #refresh(): void {
    const b = this.memory.buffer as ArrayBuffer;
    this.u8 = new Uint8Array(b);
    this.i32 = new Int32Array(b);
    this.i64 = new BigInt64Array(b);
    this.f32 = new Float32Array(b);
    this.f64 = new Float64Array(b);
  }

  #ensure(top: number): void {
    const need = Math.ceil(top / PAGE);
    if (need <= this.#pages) return;
    const roomy = Math.min(MAX_PAGES, Math.max(need, this.#pages + Math.min(this.#pages >> 1, 1024)));
    if (!this.#grow(roomy) && !this.#grow(need)) {
      const asked = top - this.inUse;
      throw new RuntimeFault("RuntimeError", `not enough memory: you tried to allocate ${asked} bytes.`);
    }
  }
  #grow(pages: number): boolean {
    if (pages > MAX_PAGES) return false;
    try {
      this.memory.grow(pages - this.#pages);
    } catch {
      return false;
    }
    this.#pages = pages;
    this.#refresh();
    return true;
  }

  alloc(nbytes: number): number {
    if (poisoning) this.#grow(this.#pages + 1);
    const address = this.#allocator.alloc(nbytes);
    if (poisoning) this.#poison(address);
    return address;
  }
  allocWithin(nbytes: number): number {
    const address = this.#allocator.alloc(nbytes, this.#pages * PAGE);
    if (poisoning && address >= 0) this.#poison(address);
    return address;
  }
  reserve(nbytes: number): void {
    const need = Math.ceil((this.#allocator.top + nbytes) / PAGE);
    if (need > this.#pages) this.#grow(Math.min(need, MAX_PAGES));
  }
  fill(address: number, nbytes: number, byte: number): void {
    this.u8.fill(byte, address, address + nbytes);
  }
  free(address: number): void {
    if (poisoning) this.#poison(address);
    this.#allocator.free(address);
  }
  /** All bits set: NaN in every float type, -1 in the signed integers. */
  #poison(address: number): void {
    this.fill(address, this.#allocator.sizeOf(address), 0xff);
  }

  /** How deep the scratch stack is; pass it to `releaseScratch` to drop all that was pushed since. */
  markScratch(): number {
    // Growing by nothing detaches every view, as a kernel call may.
    if (poisoning) this.#grow(this.#pages);
    return this.#scratchUsed;
  }
  /** Address of `nbytes` scratch bytes, 64-byte aligned, until the enclosing mark is released. */
  pushScratch(nbytes: number): number {
    const size = (nbytes + 63) & ~63;
    if (this.#scratchUsed === 0 && this.#overflow.length === 0 && this.#scratchSize < this.#scratchWanted) {
      if (this.#scratchSize) this.free(this.#scratchBase);
      this.#scratchSize = this.#scratchWanted;
      this.#scratchBase = this.alloc(this.#scratchSize);
    }
    const at = this.#scratchUsed;
    if (at + size <= this.#scratchSize) {
      this.#scratchUsed = at + size;
      return this.#scratchBase + at;
    }
    this.#scratchWanted = Math.min(SCRATCH_CAP, Math.max(this.#scratchWanted, 2 * (at + size)));
    const address = this.alloc(size);
    this.#overflow.push(address);
    return address;
  }
  releaseScratch(mark: number): void {
    this.#scratchUsed = mark;
    if (mark === 0) { while (this.#overflow.length) this.free(this.#overflow.pop()!); }
  }
}

let poisoning = false;

/**
 * For tests: memory is filled with NaN when it is handed out and when it is freed, and every allocation and kernel call
 * that may detach views does.
 */
export function poisonMemory(on: boolean): void {
  poisoning = on;
}

let instance: WasmMemory | null | undefined;

/** The memory, made on first use; null where there is no WebAssembly. */
export function wasmMemory(): WasmMemory | null {
  if (instance === undefined) instance = features() ? new WasmMemory() : null;
  return instance;
}

/** An arena for storages of VM frames and modules; null where there is no WebAssembly. */
export function wasmArena(): Arena | null {
  return wasmMemory();
}
