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
 * - `gemm.ts`, `gemm_kernel.ts`, `gemv.ts` matrix products, packed weights; `conv.ts`, `conv_kernel.ts`, `conv_columns.ts` convolution
 * - `reduce.ts`, `reduce_kernel.ts`, `normalize.ts` (softmax, norms), `pool.ts` (and rows by index), `temporary.ts`
 * - `ahead_of_time.ts` kernels as one module, for hosts that forbid compiling
 */
import * as convolution from "./conv.ts";
import * as columns from "./conv_columns.ts";
import * as products from "./gemm.ts";
import { coveredOnly } from "./kernel_cache.ts";
import * as normalization from "./normalize.ts";
import * as elementwise from "./pointwise.ts";
import * as pools from "./pool.ts";
import * as reductions from "./reduce.ts";

export { features, setDeterministic } from "./features.ts";
export { poisonMemory, wasmArena, WasmMemory, wasmMemory } from "./memory.ts";
export { overlaps } from "./layout.ts";
export { vectorised } from "./lower.ts";
export { kernelNames } from "./kernel_cache.ts";
export { type Epilogue, type GemmOptions, PackedMatrix, packWeights, reluEpilogue } from "./gemm.ts";
export type { ConvOptions } from "./conv.ts";
export type { ReduceKind } from "./reduce.ts";
export type { PoolOptions } from "./pool.ts";

type Entry<F extends (...args: never[]) => boolean> = (...args: Parameters<F>) => boolean;

export const copyStrided: Entry<typeof elementwise.copyStrided> = coveredOnly(elementwise.copyStrided);
export const pointwise: Entry<typeof elementwise.pointwise> = coveredOnly(elementwise.pointwise);
export const bmm: Entry<typeof products.bmm> = coveredOnly(products.bmm);
export const gemm: Entry<typeof products.gemm> = coveredOnly(products.gemm);
export const conv1d: Entry<typeof convolution.conv1d> = coveredOnly(convolution.conv1d);
export const conv2d: Entry<typeof convolution.conv2d> = coveredOnly(convolution.conv2d);
export const convColumns: Entry<typeof columns.convColumns> = coveredOnly(columns.convColumns);
export const convTransposed: Entry<typeof columns.convTransposed> = coveredOnly(columns.convTransposed);
export const reduce: Entry<typeof reductions.reduce> = coveredOnly(reductions.reduce);
export const batchNormInference: Entry<typeof normalization.batchNormInference> = coveredOnly(
  normalization.batchNormInference,
);
export const groupNorm: Entry<typeof normalization.groupNorm> = coveredOnly(normalization.groupNorm);
export const layerNorm: Entry<typeof normalization.layerNorm> = coveredOnly(normalization.layerNorm);
export const logSoftmax: Entry<typeof normalization.logSoftmax> = coveredOnly(normalization.logSoftmax);
export const logsumexp: Entry<typeof normalization.logsumexp> = coveredOnly(normalization.logsumexp);
export const softmax: Entry<typeof normalization.softmax> = coveredOnly(normalization.softmax);
export const variance: Entry<typeof normalization.variance> = coveredOnly(normalization.variance);
export const adaptiveAvgPool2d: Entry<typeof pools.adaptiveAvgPool2d> = coveredOnly(pools.adaptiveAvgPool2d);
export const avgPool2d: Entry<typeof pools.avgPool2d> = coveredOnly(pools.avgPool2d);
export const gatherRows: Entry<typeof pools.gatherRows> = coveredOnly(pools.gatherRows);
export const maxPool2d: Entry<typeof pools.maxPool2d> = coveredOnly(pools.maxPool2d);
