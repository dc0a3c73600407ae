/**
 * Bytes of tensors. Eager storages are ArrayBuffers on the JS heap, which V8 collects; storages of VM frames
 * and of compiled modules live in an Arena (WebAssembly memory) and are freed explicitly. No typed-array view
 * may be kept across a call: an arena's memory can grow, which detaches views.
 */
import { CPU, type Device } from "./device.ts";
import type { Region } from "./region.ts";

/** A growing linear memory with an allocator; `ops/wasm` implements it over WebAssembly.Memory. */
export interface Arena {
  /** The memory's buffer at this moment. */
  readonly buffer: ArrayBufferLike;
  /** Address of `nbytes` fresh bytes, 64-byte aligned; contents undefined. */
  alloc(nbytes: number): number;
  /** As `alloc` where the memory need not grow for it; -1 elsewhere. */
  allocWithin(nbytes: number): number;
  /** Makes the memory large enough for `nbytes` more where that is possible. */
  reserve(nbytes: number): void;
  /** Sets bytes to one value. */
  fill(address: number, nbytes: number, byte: number): void;
  free(address: number): void;
}

/** Memory of another device; the device's own code knows its class. */
export interface DeviceMemory {
  readonly nbytes: number;
  /** Gives the memory back; nothing may use it afterwards. */
  release(): void;
}

/** Elements of another device's tensor were looked for on the host: the operator is not made for that device. */
export class NoHostBytes extends Error {
  override name = "NoHostBytes";
  constructor(device: Device) {
    super(`a tensor on ${device} has no elements on the host`);
  }
}

/** After so many bytes of heap storages the engine is reminded to collect, by a buffer of so many bytes. */
const REMIND_AFTER = 4 << 20, REMINDER = 64 << 20;
let reminding = false, sinceReminder = 0;

/**
 * For programs that make large tensors in a synchronous loop. V8 collects young buffers once 64 MB of them have
 * gathered; meanwhile every result lies in memory that no cache holds, and what the process has once grown to, malloc
 * keeps. A large buffer that nobody touches takes no memory but counts as if it did, so the collection comes sooner:
 * the loop stays smaller and is faster for it.
 */
export function remindCollector(): void {
  reminding = true;
}

function remind(nbytes: number): void {
  sinceReminder += nbytes;
  if (sinceReminder < REMIND_AFTER) return;
  sinceReminder = 0;
  new ArrayBuffer(REMINDER);
}

export class Storage {
  #buffer: ArrayBuffer | null = null;
  #arena: Arena | null = null;
  #address = 0;
  #memory: DeviceMemory | null = null;
  /** The run that owns it; null on the heap and for what modules own. */
  region: Region | null = null;
  /** Its place in the region. */
  regionIndex = 0;
  /** Whether something else than registers may hold it: a container, an object, another task. */
  escaped = false;
  /** Whether a module holds it, for as long as it lives: kernels that would copy it may move it to the arena for good. */
  ofModule = false;
  /** How often a kernel has copied it so far. */
  copies = 0;
  /** Counts in-place writes; views share it. Autograd and traces compare it. */
  version = 0;

  /** Bytes of all storages made so far. */
  static bytesMade: number = 0;

  private constructor(readonly device: Device, public nbytes: number) {
    Storage.bytesMade += nbytes;
  }

  /** Zero-filled storage on the JS heap. */
  static heap(nbytes: number): Storage {
    return Storage.fromBuffer(new ArrayBuffer(nbytes));
  }
  /** Takes over `buffer`. */
  static fromBuffer(buffer: ArrayBuffer): Storage {
    if (reminding) remind(buffer.byteLength);
    const s = new Storage(CPU, buffer.byteLength);
    s.#buffer = buffer;
    return s;
  }
  /** Storage in an arena; contents undefined. */
  static arena(arena: Arena, nbytes: number): Storage {
    const s = new Storage(CPU, nbytes);
    s.#arena = arena;
    s.#address = arena.alloc(nbytes);
    return s;
  }
  /** Storage of a region, when its arena has room without growing; contents undefined. */
  static within(arena: Arena, nbytes: number, region: Region): Storage | null {
    const address = arena.allocWithin(nbytes);
    if (address < 0) return null;
    const s = new Storage(CPU, nbytes);
    s.#arena = arena;
    s.#address = address;
    s.region = region;
    return s;
  }
  /** Storage whose bytes another device holds, or (meta) nobody. */
  static onDevice(device: Device, nbytes: number, memory: DeviceMemory | null): Storage {
    const s = new Storage(device, nbytes);
    s.#memory = memory;
    return s;
  }

  get arena(): Arena | null {
    return this.#arena;
  }
  /** Byte address in the arena's memory; meaningless for other storages. */
  get address(): number {
    return this.#address;
  }
  get deviceMemory(): DeviceMemory | null {
    return this.#memory;
  }
  /** The buffer that holds the bytes now, and where they begin in it. Do not keep it across a call. */
  get buffer(): ArrayBufferLike {
    const b = this.#arena ? this.#arena.buffer : this.#buffer;
    if (!b) throw new NoHostBytes(this.device);
    return b;
  }
  get byteOffset(): number {
    return this.#arena ? this.#address : 0;
  }
  /** A fresh view of the bytes; do not keep it across a call. */
  bytes(): Uint8Array {
    return new Uint8Array(this.buffer as ArrayBuffer, this.byteOffset, this.nbytes);
  }
  /** Replaces the bytes (resize_): a heap buffer of the new size with the old contents in front. */
  resize(nbytes: number): void {
    const next = new Uint8Array(nbytes);
    Storage.bytesMade += nbytes;
    next.set(this.bytes().subarray(0, Math.min(nbytes, this.nbytes)));
    this.release();
    this.#buffer = next.buffer;
    this.nbytes = nbytes;
  }
  /**
   * Moves heap bytes into the arena, which has them until the storage is collected or released. False when the memory
   * would have to grow: operators may hold views of it.
   */
  moveToArena(arena: Arena): boolean {
    const from = this.bytes(), address = arena.allocWithin(this.nbytes);
    if (address < 0) return false;
    new Uint8Array(arena.buffer as ArrayBuffer, address, this.nbytes).set(from);
    this.#buffer = null;
    this.#arena = arena;
    this.#address = address;
    collected?.register(this, { arena, address }, this);
    return true;
  }
  /** Moves arena bytes to the JS heap, so that the storage outlives its frame. */
  detachFromArena(): void {
    if (!this.#arena) {
      this.region?.disown(this);
      this.region = null;
      return;
    }
    const copy = this.bytes().slice();
    this.release();
    this.#buffer = copy.buffer as ArrayBuffer;
  }
  /** Gives arena memory back. The storage must not be used afterwards. */
  release(): void {
    if (this.#arena) {
      this.#arena.free(this.#address);
      if (this.ofModule) collected?.unregister(this);
    }
    this.#memory?.release();
    this.#memory = null;
    this.region?.disown(this);
    this.region = null;
    this.#arena = null;
    this.#buffer = null;
  }
}

/** Gives back what modules had in the arena once nobody holds their storages. */
const collected = typeof FinalizationRegistry === "undefined"
  ? undefined
  : new FinalizationRegistry<{ arena: Arena; address: number }>((p) => p.arena.free(p.address));
