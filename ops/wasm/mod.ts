/**
 * CPU kernels as generated WebAssembly SIMD. Every entry returns false when the case is not covered (element
 * types, no WebAssembly, storages elsewhere), and the caller's reference kernel serves; outputs are then untouched.
 * Outputs are given with their sizes and strides and are never resized. Storages in the arena are used
 * in place; heap storages are copied through scratch.
 *
 * - `assembler.ts`, `opcodes.ts` modules as bytes; `kernel_cache.ts` compiled kernels by name
 * - `memory.ts`, `allocator.ts` the memory, its arena and scratch; `operands.ts` tensors as addresses
 * - `lower.ts`, `lane_codegen.ts`, `lane_convert.ts` scalar expressions to SIMD
 * - `pointwise.ts`, `pointwise_kernel.ts`, `layout.ts` elementwise operators and copies
 * - `gemm.ts`, `gemm_kernel.ts`, `gemv.ts` matrix products, packed weights; `conv.ts`, `conv_kernel.ts` convolution
 * - `reduce.ts`, `reduce_kernel.ts`, `normalize.ts` (softmax, norms), `pool.ts` (and rows by index), `temporary.ts`
 */
export { features, setDeterministic } from "./features.ts";
export { poisonMemory, wasmArena, WasmMemory, wasmMemory } from "./memory.ts";
export { copyStrided, pointwise } from "./pointwise.ts";
export { overlaps } from "./layout.ts";
export { vectorised } from "./lower.ts";
export { kernelNames } from "./kernel_cache.ts";
export {
  bmm,
  type Epilogue,
  gemm,
  type GemmOptions,
  PackedMatrix,
  packWeights,
  reluEpilogue,
} from "./gemm.ts";
export { conv1d, conv2d, type ConvOptions } from "./conv.ts";
export { reduce, type ReduceKind } from "./reduce.ts";
export {
  batchNormInference,
  groupNorm,
  layerNorm,
  logSoftmax,
  logsumexp,
  softmax,
  variance,
} from "./normalize.ts";
export { adaptiveAvgPool2d, avgPool2d, gatherRows, maxPool2d, type PoolOptions } from "./pool.ts";
