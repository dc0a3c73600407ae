/**
 * Tensors on a GPU through WebGPU. Kernels are WGSL: pointwise and reduction kernels from the expressions that the CPU
 * uses (`ops/expr`), the others from generators here. Work is recorded and submitted in stretches; only reading a
 * result waits.
 *
 * - `commands.ts` what is posted to the adapter's thread; `executor.ts` runs it there
 * - `queue.ts`, `worker_queue.ts`, `worker.ts` the adapter on this thread or in a worker that can be waited for
 * - `runtime.ts` buffers, kernels by name, the recording; `device.ts` the one device and tensors on it
 * - `elements.ts` how elements lie in GPU memory; `shader.ts` parts of shader texts; `transfer.ts` from and to the host
 * - `pointwise.ts` elementwise kernels and strided copies
 * - `backend.ts` what the rest of Wick asks of the device; `kernels.ts` its own kernels by operator; `host_reads.ts` the
 *   operators whose answer the host needs
 */
export { close, gpu, isAvailable, isOnGpu, open, WEBGPU } from "./device.ts";
export { backend } from "./backend.ts";
export { copyStrided, pointwise } from "./pointwise.ts";
export { downloaded, downloadedNow, uploaded } from "./transfer.ts";
export type { Counters } from "./runtime.ts";
