/**
 * Wick: TorchScript for TypeScript. Compiles, runs and ships PyTorch models with no Python and no PyTorch installed.
 *
 * ```ts
 * import { jit, torch } from "./mod.ts";
 *
 * const double = jit.script(`
 * def double(x: Tensor, n: int) -> Tensor:
 *     for i in range(n):
 *         x = x * 2
 *     return x
 * `);
 * console.log(double(torch.ones([2]), 3));
 * ```
 *
 * @module
 */
export { jit, Module } from "./api/jit.ts";
export type { Callable, ScriptFunction } from "./api/jit.ts";
export type { Traceable, TraceOptions } from "./api/trace.ts";
export { torch } from "./api/torch.ts";
export type { TensorOptions } from "./api/torch.ts";
export { python } from "./api/python.ts";
export type { JsValue } from "./vm/values.ts";
export { Tensor } from "./core/tensor.ts";
export { Device } from "./core/device.ts";
export { Complex } from "./core/scalar.ts";
export { Diagnostic, NotImplemented, RuntimeFault } from "./core/errors.ts";
export { type LineProfile, type OperatorProfile, Profile } from "./vm/profiler.ts";
export { Aborted, OutOfFuel, type RunOptions, ScriptError, WouldSuspend } from "./vm/mod.ts";
