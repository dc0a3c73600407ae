/**
 * The recording thread's side: buffers, kernels, and the commands not yet submitted. Commands are submitted when a
 * result is read, and now and then before, so that the GPU works while the program goes on.
 */
import { RuntimeFault } from "../../core/errors.ts";
import type { DeviceMemory } from "../../core/storage.ts";
import { Command, PARAMETER_ALIGNMENT, type PipelineSource, type Submission } from "./commands.ts";
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
  constructor(readonly runtime: Runtime, buffer: Buffer, readonly nbytes: number) {
    this.#buffer = buffer;
  }
  /** The buffer's id. */
  get id(): number {
    if (!this.#buffer) {
      throw new RuntimeFault("RuntimeError", "a webgpu tensor is used after its memory was freed");
    }
    return this.#buffer.id;
  }
  /** Gives the buffer back; the tensors over it must not be used afterwards. */
  release(): void {
    if (this.#buffer) this.runtime.recycle(this, this.#buffer);
    this.#buffer = null;
  }
}

/** Dispatches after which a stretch is submitted although nobody reads. */
const STRETCH = 384;
/** Bytes of uploads after which it is. */
const STRETCH_BYTES = 32 << 20;
/** Uploads up to this size go with the commands; larger ones straight into their buffer. */
const SMALL = 16384;
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
  readonly #lost = new FinalizationRegistry<Buffer>((b) => this.#pooling(b));

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
    let buffer = this.#pool.get(size)?.pop();
    if (buffer) this.#pooled -= size;
    else buffer = this.#create(size);
    return this.#memory(buffer, nbytes);
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
    const words = Int32Array.from(params), at = this.#place(new Uint8Array(words.buffer));
    this.#words.push(Command.dispatch, kernel.id, ...groups, at, words.byteLength, memories.length);
    for (const m of memories) this.#words.push(m.id);
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
    this.flush();
    this.counters.readBacks++;
    try {
      return await this.queue.read(m.id, offset, nbytes);
    } catch (e) {
      throw gpuFault(e);
    }
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
    this.flush();
    this.counters.readBacks++;
    try {
      return this.queue.readNow(m.id, offset, nbytes);
    } catch (e) {
      throw gpuFault(e);
    }
  }

  recycle(m: WebGPUMemory, b: Buffer): void {
    this.#lost.unregister(m);
    this.#pooling(b);
  }

  #memory(buffer: Buffer, nbytes: number): WebGPUMemory {
    const m = new WebGPUMemory(this, buffer, nbytes);
    this.#lost.register(m, buffer, m);
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
