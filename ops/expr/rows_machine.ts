/** Rows that exist for other rows' expansions: single machine instructions with no aten name of their own. */
import type { Row } from "./row.ts";

export const MACHINE: readonly Row[] = [
  {
    name: "pmin", doc: "b < a ? b : a", arity: 2, on: "float", result: "same",
    ref: (a, b) => b < a ? b : a,
    wasm: { f32: 0xea, f64: 0xf6 },
    wgsl: ([a, b]) => `select(${a}, ${b}, ${b} < ${a})`,
  },
  {
    name: "pmax", doc: "a < b ? b : a", arity: 2, on: "float", result: "same",
    ref: (a, b) => a < b ? b : a,
    wasm: { f32: 0xeb, f64: 0xf7 },
    wgsl: ([a, b]) => `select(${a}, ${b}, ${a} < ${b})`,
  },
  {
    name: "fma", doc: "a * b + c, fused where the machine fuses", arity: 3, on: "float", result: "same",
    ref: (a, b, c) => a * b + c,
    // the code generator knows the relaxed instruction; this row's expansion is the deterministic form
    wgsl: ([a, b, c]) => `fma(${a}, ${b}, ${c})`,
  },
  {
    name: "shl_const", doc: "all lanes shifted left by a constant", arity: 2, on: "integral", result: "same",
    ref: (a, b) => a << b,
    big: (a, b) => BigInt.asIntN(64, a << b),
    wasm: { i32: 0xab, i64: 0xcb },
    wgsl: ([a, b]) => `(${a} << u32(${b}))`,
  },
  {
    name: "shr_const", doc: "all lanes shifted right by a constant, sign kept", arity: 2, on: "integral",
    result: "same",
    ref: (a, b) => a >> b,
    big: (a, b) => a >> b,
    wasm: { i32: 0xac, i64: 0xcc },
    wgsl: ([a, b]) => `(${a} >> u32(${b}))`,
  },
  {
    name: "shru_const", doc: "all lanes shifted right by a constant, zeros in", arity: 2, on: "integral",
    result: "same",
    ref: (a, b) => (a >>> b) | 0,
    big: (a, b) => BigInt.asIntN(64, BigInt.asUintN(64, a) >> b),
    wasm: { i32: 0xad, i64: 0xcd },
    wgsl: ([a, b]) => `bitcast<i32>(bitcast<u32>(${a}) >> u32(${b}))`,
  },
];
