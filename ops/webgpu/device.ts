/** The one WebGPU device of the process, and tensors on it. */
import { Device } from "../../core/device.ts";
import { InternalError, RuntimeFault } from "../../core/errors.ts";
import { currentRegion } from "../../core/region.ts";
import { elementSize, type ScalarType } from "../../core/scalar_type.ts";
import { Storage } from "../../core/storage.ts";
import { contiguousStrides, numelOf, Tensor } from "../../core/tensor.ts";
import { wordsOf } from "./elements.ts";
import { type GpuQueue, openInThread } from "./queue.ts";
import { gpuFault, Runtime, WebGPUMemory } from "./runtime.ts";
import { mayWait, openInWorker } from "./worker_queue.ts";

export const WEBGPU: Device = Device.of("webgpu");

let current: Runtime | undefined;
let refusal: RuntimeFault | undefined;

/** Opens the adapter where it is not open: in a worker when this thread may wait for it, else on this thread. */
export async function open(where: "worker" | "thread" = mayWait() ? "worker" : "thread"): Promise<void> {
  if (current) return;
  let queue: GpuQueue;
  try {
    queue = where === "worker" ? openInWorker() : await openInThread();
  } catch (e) {
    throw refusal = gpuFault(e);
  }
  current ??= new Runtime(queue);
}

/** The device, opened now when that can be waited for. Throws a RuntimeFault that says why there is none. */
export function gpu(): Runtime {
  if (current) return current;
  if (refusal) throw refusal;
  if (!mayWait()) {
    throw new RuntimeFault("RuntimeError", "webgpu: open the device first: `await webgpu.open()`");
  }
  try {
    return current = new Runtime(openInWorker());
  } catch (e) {
    throw refusal = gpuFault(e);
  }
}

/** Whether there is an adapter; opens it. */
export function isAvailable(): boolean {
  try {
    return gpu() !== undefined;
  } catch {
    return false;
  }
}

/** Lets the device go; its tensors are lost. The next use opens it again. */
export function close(): void {
  current?.queue.close();
  current = refusal = undefined;
}

export function isOnGpu(t: Tensor): boolean {
  return t.storage.device.type === "webgpu";
}

export function memoryOf(t: Tensor): WebGPUMemory {
  const m = t.storage.deviceMemory;
  if (!(m instanceof WebGPUMemory)) throw new InternalError(`a tensor on ${t.device} given to a GPU kernel`);
  return m;
}

function tensorOver(
  memory: WebGPUMemory,
  sizes: readonly number[],
  dtype: ScalarType,
  strides?: readonly number[],
): Tensor {
  const storage = Storage.onDevice(WEBGPU, numelOf(sizes) * elementSize(dtype), memory);
  currentRegion()?.adopt(storage);
  return new Tensor(storage, dtype, sizes, strides ?? contiguousStrides(sizes));
}

function bytesFor(sizes: readonly number[], dtype: ScalarType): number {
  return numelOf(sizes) * 4 * wordsOf(dtype);
}

/** A dense tensor on the GPU with undefined contents. */
export function emptyTensor(
  sizes: readonly number[],
  dtype: ScalarType,
  strides?: readonly number[],
): Tensor {
  return tensorOver(gpu().allocate(bytesFor(sizes, dtype)), sizes, dtype, strides);
}

/** A dense tensor of zeros. */
export function zerosTensor(
  sizes: readonly number[],
  dtype: ScalarType,
  strides?: readonly number[],
): Tensor {
  return tensorOver(gpu().allocateZeros(bytesFor(sizes, dtype)), sizes, dtype, strides);
}

/** A dense tensor with these words as its memory. */
export function tensorWith(
  words: Uint8Array,
  sizes: readonly number[],
  dtype: ScalarType,
  strides?: readonly number[],
): Tensor {
  return tensorOver(gpu().allocateWith(words), sizes, dtype, strides);
}
