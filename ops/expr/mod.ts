/**
 * Scalar expressions and the table of scalar operators: what a pointwise or reduction operator computes on one
 * element, written once and lowered to the reference, to WebAssembly SIMD (`ops/wasm`) and to WGSL.
 *
 * - `expr.ts` the expression; `rows.ts` the table and `op`; `rows_*.ts` the rows by kind
 * - `expansions.ts` polynomial forms; `special_functions.ts` erf, lgamma and their like in double
 * - `reference.ts` and `wgsl.ts` (with `wgsl_functions.ts`, `wgsl_long.ts`) two of the lowerings
 */
export * from "./expr.ts";
export { accepts, allRows, hasRow, op, rowOf } from "./rows.ts";
export type { Domain, Row } from "./row.ts";
export { wgslCast, wgslFunctions, wgslOf, type WgslType, wgslTypeOf } from "./wgsl.ts";
export { compileReference, converter, scalarFunction, type Value } from "./reference.ts";
