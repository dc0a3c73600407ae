/** Runs submissions on a GPUDevice: in a worker, or on the thread that recorded them. */
import {
  type AdapterFacts,
  Command,
  FAULT_BYTES,
  PARAMETER_ALIGNMENT,
  type PipelineSource,
  type Submission,
} from "./commands.ts";

const STORAGE = 0x80, COPY_SRC = 0x4, COPY_DST = 0x8, MAP_READ = 0x1;
const COMPUTE = 0x4;

interface Pipeline {
  readonly source: PipelineSource;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** The adapter's own limits are asked for: the defaults bind 8 buffers of 128 MiB. */
async function openDevice(): Promise<{ device: GPUDevice; facts: AdapterFacts }> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
  if (!gpu) throw new Error("this host has no WebGPU");
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) {
    throw new Error(
      "WebGPU finds no adapter: no graphics driver is installed (Debian's software one is mesa-vulkan-drivers)",
    );
  }
  const l = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: {
      maxBufferSize: l.maxBufferSize,
      maxStorageBufferBindingSize: l.maxStorageBufferBindingSize,
      maxStorageBuffersPerShaderStage: l.maxStorageBuffersPerShaderStage,
      maxComputeInvocationsPerWorkgroup: l.maxComputeInvocationsPerWorkgroup,
      maxComputeWorkgroupSizeX: l.maxComputeWorkgroupSizeX,
      maxComputeWorkgroupStorageSize: l.maxComputeWorkgroupStorageSize,
    },
  });
  return {
    device,
    facts: {
      name: adapter.info?.description || adapter.info?.vendor || "unnamed adapter",
      maxBufferBytes: l.maxBufferSize,
      maxBindingBytes: l.maxStorageBufferBindingSize,
      maxStorageBuffers: l.maxStorageBuffersPerShaderStage,
      maxInvocations: l.maxComputeInvocationsPerWorkgroup,
      maxWorkgroupBytes: l.maxComputeWorkgroupStorageSize,
    },
  };
}

const CLOSED = "the GPU device was lost: it was closed";

export class Executor {
  readonly #buffers = new Map<number, GPUBuffer>();
  readonly #pipelines = new Map<number, Pipeline>();
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  #block: GPUBuffer | null = null;
  #landing: GPUBuffer | null = null;
  #failure: string | null = null;
  #closed = false;

  private constructor(readonly device: GPUDevice, readonly facts: AdapterFacts) {
    device.addEventListener("uncapturederror", (e) => {
      this.#failure ??= (e as GPUUncapturedErrorEvent).error.message;
    });
    device.lost.then((l) => {
      this.#failure = this.#closed ? CLOSED : `the GPU device was lost: ${l.message || l.reason}`;
    });
  }

  /** Throws an Error that says why there is no device. */
  static async open(): Promise<Executor> {
    const { device, facts } = await openDevice();
    return new Executor(device, facts);
  }

  /** Why nothing more can be computed, once something failed. */
  get failure(): string | null {
    return this.#failure;
  }

  /** A failure shows at the next read: nothing waits for a submission. */
  submit(s: Submission): void {
    if (this.#failure) return;
    try {
      this.#run(s);
    } catch (e) {
      this.#failure = (e as Error).message;
    }
  }

  #run(s: Submission): void {
    for (const p of s.pipelines) this.#makePipeline(p);
    const encoder = this.device.createCommandEncoder();
    // Buffers first: writes below may be to new ones.
    this.#createBuffers(s.words);
    for (const w of s.writes) {
      this.device.queue.writeBuffer(this.#buffer(w.id), 0, w.bytes as Uint8Array<ArrayBuffer>);
    }
    if (s.block.byteLength) {
      if (!this.#block || this.#block.size < s.block.byteLength) {
        this.#block?.destroy();
        this.#block = this.device.createBuffer({
          size: Math.max(65536, 2 ** Math.ceil(Math.log2(s.block.byteLength))),
          usage: STORAGE | COPY_SRC | COPY_DST,
        });
      }
      this.device.queue.writeBuffer(this.#block, 0, s.block as Uint8Array<ArrayBuffer>);
    }
    const destroyed = this.#encode(encoder, s.words);
    this.device.queue.submit([encoder.finish()]);
    for (const id of destroyed) {
      this.#buffer(id).destroy();
      this.#buffers.delete(id);
    }
  }

  /** Bytes of a buffer after everything submitted, and behind them the fault words of another. */
  async read(id: number, offset: number, wanted: number, faults?: number): Promise<Uint8Array> {
    if (this.#failure) return await this.#fail();
    const nbytes = wanted + (faults === undefined ? 0 : FAULT_BYTES);
    if (!this.#landing || this.#landing.size < nbytes) {
      this.#landing?.destroy();
      this.#landing = this.device.createBuffer({
        size: Math.max(4096, 2 ** Math.ceil(Math.log2(nbytes))),
        usage: MAP_READ | COPY_DST,
      });
    }
    const landing = this.#landing;
    // a second read may come while this one waits
    this.#landing = null;
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.#buffer(id), offset, landing, 0, wanted);
    if (faults !== undefined) {
      encoder.copyBufferToBuffer(this.#buffer(faults), 0, landing, wanted, FAULT_BYTES);
    }
    this.device.queue.submit([encoder.finish()]);
    try {
      await landing.mapAsync(MAP_READ, 0, nbytes);
    } catch (e) {
      this.#failure ??= (e as Error).message;
      return await this.#fail();
    }
    const bytes = new Uint8Array(landing.getMappedRange(0, nbytes).slice(0));
    landing.unmap();
    if (this.#landing) landing.destroy();
    else this.#landing = landing;
    return this.#failure ? await this.#fail() : bytes;
  }

  /** A lost device fails in other ways first; its own message comes a moment later and says more. */
  async #fail(): Promise<never> {
    await Promise.race([this.device.lost, new Promise((done) => setTimeout(done, 20))]);
    throw new Error(this.#failure!);
  }

  /** Destroys the device once it is idle: a driver may crash when its work loses its device. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#failure ??= CLOSED;
    await this.device.queue.onSubmittedWorkDone().catch(() => {});
    for (const b of this.#buffers.values()) b.destroy();
    this.#buffers.clear();
    this.device.destroy();
  }

  #buffer(id: number): GPUBuffer {
    const b = this.#buffers.get(id);
    if (!b) throw new Error(`no GPU buffer ${id}`);
    return b;
  }

  #makePipeline(p: PipelineSource): void {
    const key = `${p.writes}/${p.reads}`;
    let layout = this.#layouts.get(key);
    if (!layout) {
      const entry = (binding: number, type: GPUBufferBindingType) => ({
        binding,
        visibility: COMPUTE,
        buffer: { type },
      });
      layout = this.device.createBindGroupLayout({
        entries: Array.from(
          { length: 1 + p.writes + p.reads },
          (_, i) => entry(i, i >= 1 && i <= p.writes ? "storage" : "read-only-storage"),
        ),
      });
      this.#layouts.set(key, layout);
    }
    const module = this.device.createShaderModule({ code: p.code, label: p.name });
    const pipeline = this.device.createComputePipeline({
      label: p.name,
      layout: this.device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: "main" },
    });
    this.#pipelines.set(p.id, { source: p, pipeline, layout });
  }

  #createBuffers(words: Int32Array): void {
    walk(words, (code, at) => {
      if (code === Command.create) {
        this.#buffers.set(
          words[at],
          this.device.createBuffer({ size: words[at + 1] >>> 0, usage: STORAGE | COPY_SRC | COPY_DST }),
        );
      }
    });
  }

  /** Returns the ids of buffers to destroy once submitted. */
  #encode(encoder: GPUCommandEncoder, words: Int32Array): number[] {
    let pass: GPUComputePassEncoder | null = null;
    const destroyed: number[] = [];
    const outside = () => {
      pass?.end();
      pass = null;
    };
    walk(words, (code, at) => {
      switch (code) {
        case Command.dispatch:
          pass ??= encoder.beginComputePass();
          this.#dispatch(pass, words, at);
          break;
        case Command.upload:
          outside();
          encoder.copyBufferToBuffer(
            this.#block!,
            words[at + 2],
            this.#buffer(words[at]),
            words[at + 1],
            words[at + 3],
          );
          break;
        case Command.clear:
          outside();
          encoder.clearBuffer(this.#buffer(words[at]), words[at + 1], words[at + 2]);
          break;
        case Command.copy:
          outside();
          encoder.copyBufferToBuffer(
            this.#buffer(words[at]),
            words[at + 1],
            this.#buffer(words[at + 2]),
            words[at + 3],
            words[at + 4],
          );
          break;
        case Command.destroy:
          destroyed.push(words[at]);
      }
    });
    outside();
    return destroyed;
  }

  #dispatch(pass: GPUComputePassEncoder, words: Int32Array, at: number): void {
    const { pipeline, layout } = this.#pipelines.get(words[at])!;
    const count = words[at + 6];
    const entries: GPUBindGroupEntry[] = [{
      binding: 0,
      resource: { buffer: this.#block!, offset: words[at + 4], size: words[at + 5] },
    }];
    for (let i = 0; i < count; i++) {
      entries.push({ binding: i + 1, resource: { buffer: this.#buffer(words[at + 7 + i]) } });
    }
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, this.device.createBindGroup({ layout, entries }));
    pass.dispatchWorkgroups(words[at + 1], words[at + 2], words[at + 3]);
  }
}

/** Calls `visit` with every command's code and the place of its first field. */
function walk(words: Int32Array, visit: (code: number, at: number) => void): void {
  const fields = [2, 1, 7, 4, 3, 5];
  for (let at = 0; at < words.length;) {
    const code = words[at++];
    visit(code, at);
    at += fields[code] + (code === Command.dispatch ? words[at + 6] : 0);
  }
}

export { PARAMETER_ALIGNMENT };
