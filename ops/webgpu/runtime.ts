/**
 * The recording thread's side: buffers, kernels, and the commands not yet submitted. Commands are submitted when a
 * result is read, and now and then before, so that the GPU works while the program goes on.
 */
import { RuntimeFault } from "../../core/errors.ts";
import type { DeviceMemory } from "../../core/storage.ts";
import {
  Command,
  FAULT_BYTES,
  PARAMETER_ALIGNMENT,
  type PipelineSource,
  type Submission,
} from "./commands.ts";
import type { GpuQueue } from "./queue.ts";

/** A kernel: its name is its identity. */
export interface Kernel {
  readonly id: number;
  readonly name: string;
}

export interface KernelText {
  readonly code: string;
  readonly writes: number;
  readonly reads: number;
}

/** What was done so far. */
export interface Counters {
  submissions: number;
  readBacks: number;
  dispatches: number;
  /** Kernels compiled. */
  kernels: number;
  buffers: number;
}

interface Buffer {
  readonly id: number;
  readonly nbytes: number;
  /** The stretch in which it was freed. */
  freedIn: number;
}

/** Bytes of one storage on the GPU. */
export class WebGPUMemory implements DeviceMemory {
  #buffer: Buffer | null;
  /** The contents while they are spilled to the host. */
  #host: Uint8Array | null = null;
  constructor(readonly runtime: Runtime, buffer: Buffer, readonly nbytes: number) {
    this.#buffer = buffer;
  }
  /** The buffer's id; brings spilled contents back first. */
  get id(): number {
    if (this.#host) {
      this.#buffer = this.runtime.restore(this, this.#host);
      this.#host = null;
    }
    if (!this.#buffer) {
      throw new RuntimeFault("RuntimeError", "a webgpu tensor is used after its memory was freed");
    }
    return this.#buffer.id;
  }
  /** Gives the buffer back; the tensors over it must not be used afterwards. */
  release(): void {
    if (this.#buffer) this.runtime.recycle(this, this.#buffer);
    this.#buffer = this.#host = null;
  }
  get isOnDevice(): boolean {
    return this.#buffer !== null;
  }
  /** Puts the contents on the host instead. */
  spill(bytes: Uint8Array): void {
    this.release();
    this.#host = bytes;
  }
}

/** Dispatches after which a stretch is submitted although nobody reads. */
const STRETCH = 384;
/** Bytes of uploads after which it is. */
const STRETCH_BYTES = 32 << 20;
/** Uploads up to this size go with the commands; larger ones straight into their buffer. */
const SMALL = 16384;
/** Bytes that one synchronous stretch of a program may hold before the oldest go to the host. */
const MOST_BYTES = 1 << 30;
/** Bytes read back at once when they do. */
const SPILL_BYTES = 64 << 20;
/** Freed buffers kept for reuse, in bytes. */
const POOL_BYTES = 1 << 30;

/** Buffer sizes in quarter steps between powers of two, so that sizes that change a little find a freed one. */
function sizeClass(nbytes: number): number {
  if (nbytes <= 256) return 256;
  const step = 2 ** (Math.floor(Math.log2(nbytes - 1)) - 2);
  return Math.ceil(nbytes / step) * step;
}

export class Runtime {
  readonly counters: Counters = { submissions: 0, readBacks: 0, dispatches: 0, kernels: 0, buffers: 0 };
  readonly #kernels = new Map<string, Kernel>();
  readonly #pool = new Map<number, Buffer[]>();
  #pooled = 0;
  #ids = 0;
  #words: number[] = [];
  #block = new Uint8Array(1 << 16);
  #blockBytes = 0;
  #pipelines: PipelineSource[] = [];
  #writes: { id: number; bytes: Uint8Array }[] = [];
  #writeBytes = 0;
  #dispatches = 0;
  #faults: WebGPUMemory | null = null;
  /** Whether kernels that may fault were recorded since the last read. */
  #mayFault = false;
  /** Bytes of memories that hold a buffer. */
  #live = 0;
  /** Above this many live bytes the oldest of `#made` are spilled. */
  mostBytes = MOST_BYTES;
  /**
   * What was made since the event loop last turned. Nothing is collected before it turns again, so that a program which
   * never lets it would fill the device with what it has long dropped; on the host, dropped bytes are collected.
   */
  #made: WebGPUMemory[] = [];
  /** How many of them there may be before the freed ones among them are forgotten. */
  #pruneAt = 1024;
  readonly #lost = new FinalizationRegistry<Buffer>((b) => {
    this.#live -= b.nbytes;
    this.#pooling(b);
  });

  constructor(readonly queue: GpuQueue) {}

  /** Names of all kernels made so far. */
  kernelNames(): string[] {
    return [...this.#kernels.keys()];
  }

  kernel(name: string, make: () => KernelText): Kernel {
    let k = this.#kernels.get(name);
    if (!k) {
      k = { id: this.#kernels.size, name };
      this.#kernels.set(name, k);
      this.#pipelines.push({ ...make(), id: k.id, name });
      this.counters.kernels++;
    }
    return k;
  }

  /** Whether the kernel was made for this device. */
  owns(k: Kernel): boolean {
    return this.#kernels.get(k.name) === k;
  }

  /** Memory with undefined contents. */
  allocate(nbytes: number): WebGPUMemory {
    if (nbytes > this.queue.facts.maxBindingBytes) {
      throw new RuntimeFault(
        "RuntimeError",
        `webgpu: a tensor of ${nbytes} bytes is larger than this adapter binds (${this.queue.facts.maxBindingBytes})`,
      );
    }
    const size = sizeClass(nbytes);
    if (this.#live + size > this.mostBytes && this.mayWait) this.#spill();
    return this.#memory(this.#take(size), nbytes);
  }

  /** Zeroed memory. */
  allocateZeros(nbytes: number): WebGPUMemory {
    const m = this.allocate(nbytes);
    this.#words.push(Command.clear, m.id, 0, sizeClass(nbytes));
    return m;
  }

  /** Memory with these contents; takes over the bytes. */
  allocateWith(bytes: Uint8Array): WebGPUMemory {
    if (bytes.byteLength <= SMALL) {
      const m = this.allocate(bytes.byteLength);
      this.upload(m, 0, bytes);
      return m;
    }
    const m = this.#memory(this.#idle(sizeClass(bytes.byteLength)), bytes.byteLength);
    this.#writes.push({ id: m.id, bytes });
    this.#writeBytes += bytes.byteLength;
    if (this.#writeBytes > STRETCH_BYTES) this.flush();
    return m;
  }

  /** Overwrites part of a memory at this point of the recording. */
  upload(m: WebGPUMemory, offset: number, bytes: Uint8Array): void {
    if (bytes.byteLength === 0) return;
    const at = this.#place(bytes);
    this.#words.push(Command.upload, m.id, offset, at, bytes.byteLength);
    if (this.#blockBytes > STRETCH_BYTES) this.flush();
  }

  copyBytes(
    from: WebGPUMemory,
    fromOffset: number,
    to: WebGPUMemory,
    toOffset: number,
    nbytes: number,
  ): void {
    this.#words.push(Command.copy, from.id, fromOffset, to.id, toOffset, nbytes);
  }

  /** Records a kernel over workgroups; `memories` are those it writes, then those it reads. */
  dispatch(
    kernel: Kernel,
    memories: readonly WebGPUMemory[],
    params: readonly number[],
    groups: readonly [number, number, number],
  ): void {
    if (groups[0] * groups[1] * groups[2] === 0) return;
    const ids = memories.map((m) => m.id),
      words = Int32Array.from(params),
      at = this.#place(new Uint8Array(words.buffer));
    this.#words.push(Command.dispatch, kernel.id, ...groups, at, words.byteLength, ids.length, ...ids);
    this.counters.dispatches++;
    if (++this.#dispatches >= STRETCH) this.flush();
  }

  /** Submits what is recorded. */
  flush(): void {
    if (this.#words.length === 0 && this.#writes.length === 0) return;
    const s: Submission = {
      words: Int32Array.from(this.#words),
      block: this.#block.slice(0, this.#blockBytes),
      pipelines: this.#pipelines,
      writes: this.#writes,
    };
    this.#words = [];
    this.#blockBytes = 0;
    this.#pipelines = [];
    this.#writes = [];
    this.#writeBytes = 0;
    this.#dispatches = 0;
    this.counters.submissions++;
    this.queue.submit(s);
  }

  /** Bytes of a memory, once computed. */
  async read(m: WebGPUMemory, offset: number, nbytes: number): Promise<Uint8Array> {
    const { id } = m, faults = this.#faultsToRead();
    this.flush();
    this.counters.readBacks++;
    let bytes: Uint8Array;
    try {
      bytes = await this.queue.read(id, offset, nbytes, faults);
    } catch (e) {
      throw gpuFault(e);
    }
    return this.#withoutFaults(bytes, nbytes);
  }

  /** Where kernels note an index that is out of range (see FAULT_BYTES); to be asked for with each dispatch. */
  get faults(): WebGPUMemory {
    this.#mayFault = true;
    return this.#faults ??= this.allocateZeros(FAULT_BYTES);
  }

  #faultsToRead(): number | undefined {
    const id = this.#mayFault ? this.#faults!.id : undefined;
    this.#mayFault = false;
    return id;
  }

  /** What was read without the fault words behind it. Throws an IndexError for what they tell, once. */
  #withoutFaults(bytes: Uint8Array, nbytes: number): Uint8Array {
    if (bytes.byteLength === nbytes) return bytes;
    const [faulty, index, size, dim] = new Int32Array(bytes.slice(nbytes).buffer);
    if (!faulty) return bytes.subarray(0, nbytes);
    this.#words.push(Command.clear, this.#faults!.id, 0, FAULT_BYTES);
    throw new RuntimeFault(
      "IndexError",
      `index ${index} is out of bounds for dimension ${dim} with size ${size}`,
    );
  }

  /** Whether this thread may wait for reads. */
  get mayWait(): boolean {
    return this.queue.readNow !== undefined;
  }

  readNow(m: WebGPUMemory, offset: number, nbytes: number): Uint8Array {
    if (!this.queue.readNow) {
      throw new RuntimeFault(
        "RuntimeError",
        "webgpu: this thread may not wait for the GPU; use run(), which suspends, or a worker",
      );
    }
    const { id } = m, faults = this.#faultsToRead();
    this.flush();
    this.counters.readBacks++;
    return this.#withoutFaults(this.#wait(id, offset, nbytes, faults), nbytes);
  }

  #wait(id: number, offset: number, nbytes: number, faults?: number): Uint8Array {
    try {
      return this.queue.readNow!(id, offset, nbytes, faults);
    } catch (e) {
      throw gpuFault(e);
    }
  }

  /** A buffer with contents that were spilled. */
  restore(m: WebGPUMemory, bytes: Uint8Array): Buffer {
    const size = sizeClass(bytes.byteLength), b = this.#idle(size);
    this.#writes.push({ id: b.id, bytes });
    this.#writeBytes += bytes.byteLength;
    this.#live += size;
    this.#lost.register(m, b, m);
    this.#remember(m);
    return b;
  }

  #remember(m: WebGPUMemory): void {
    if (this.#made.length === 0) queueMicrotask(() => this.#made = []);
    this.#made.push(m);
    if (this.#made.length < this.#pruneAt) return;
    this.#made = this.#made.filter((x) => x.isOnDevice);
    this.#pruneAt = 2 * this.#made.length + 1024;
  }

  /** Reads the older three quarters of what this turn has made back to the host, and frees their buffers. */
  #spill(): void {
    const made = this.#made.filter((m) => m.isOnDevice), old = made.slice(0, Math.ceil(made.length * 0.75));
    this.#made = made.slice(old.length);
    for (let from = 0; from < old.length;) {
      let to = from, total = 0;
      const offsets: number[] = [];
      while (to < old.length && (total === 0 || total + old[to].nbytes <= SPILL_BYTES)) {
        offsets.push(total);
        total += Math.ceil(old[to++].nbytes / 4) * 4;
      }
      const landing = this.#take(sizeClass(total));
      for (let i = from; i < to; i++) {
        this.#words.push(
          Command.copy,
          old[i].id,
          0,
          landing.id,
          offsets[i - from],
          Math.ceil(old[i].nbytes / 4) * 4,
        );
      }
      this.flush();
      const bytes = this.#wait(landing.id, 0, total);
      this.#pooling(landing);
      for (let i = from; i < to; i++) {
        const at = offsets[i - from];
        old[i].spill(bytes.slice(at, at + old[i].nbytes));
      }
      from = to;
    }
  }

  recycle(m: WebGPUMemory, b: Buffer): void {
    this.#lost.unregister(m);
    this.#live -= b.nbytes;
    this.#pooling(b);
  }

  /** A buffer of a size class, freed or new. */
  #take(size: number): Buffer {
    const freed = this.#pool.get(size)?.pop();
    if (!freed) return this.#create(size);
    this.#pooled -= size;
    return freed;
  }

  #memory(buffer: Buffer, nbytes: number): WebGPUMemory {
    const m = new WebGPUMemory(this, buffer, nbytes);
    this.#lost.register(m, buffer, m);
    this.#live += buffer.nbytes;
    this.#remember(m);
    return m;
  }

  /** A buffer that no recorded command uses: writes happen before the commands of their submission. */
  #idle(size: number): Buffer {
    const list = this.#pool.get(size),
      at = list?.findIndex((b) => b.freedIn < this.counters.submissions) ?? -1;
    if (at < 0) return this.#create(size);
    this.#pooled -= size;
    return list!.splice(at, 1)[0];
  }

  #create(size: number): Buffer {
    const b = { id: this.#ids++, nbytes: size, freedIn: -1 };
    this.counters.buffers++;
    this.#words.push(Command.create, b.id, size);
    return b;
  }

  #pooling(b: Buffer): void {
    b.freedIn = this.counters.submissions;
    if (this.#pooled + b.nbytes > POOL_BYTES) {
      this.#words.push(Command.destroy, b.id);
      return;
    }
    this.#pooled += b.nbytes;
    const list = this.#pool.get(b.nbytes);
    if (list) list.push(b);
    else this.#pool.set(b.nbytes, [b]);
  }

  /** Puts bytes into the block; their offset. */
  #place(bytes: Uint8Array): number {
    const at = this.#blockBytes, end = at + bytes.byteLength;
    if (end > this.#block.byteLength) {
      const larger = new Uint8Array(2 ** Math.ceil(Math.log2(end)));
      larger.set(this.#block.subarray(0, at));
      this.#block = larger;
    }
    this.#block.set(bytes, at);
    this.#blockBytes = Math.ceil(end / PARAMETER_ALIGNMENT) * PARAMETER_ALIGNMENT;
    return at;
  }
}

/** What a failed GPU raises in Python. */
export function gpuFault(e: unknown): RuntimeFault {
  return new RuntimeFault("RuntimeError", `webgpu: ${(e as Error).message}`);
}

const scratch = new Float32Array(1), bits = new Int32Array(scratch.buffer);

/** A float as a parameter word. */
export function floatWord(x: number): number {
  scratch[0] = x;
  return bits[0];
}
