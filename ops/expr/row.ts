/** What a row of the scalar-operator table holds. */
import type { Expr, ValueType } from "./expr.ts";

/** Which argument types a row takes. Bool arguments of numeric rows act as PyTorch's do (add is or, mul is and). */
export type Domain = "any" | "number" | "float" | "integral" | "bool";

/** Lane class: narrow integers compute in 32-bit lanes. */
export type LaneType = "i32" | "i64" | "f32" | "f64";

/** Writes scalar WebAssembly for one lane; the arguments are in locals and the result is left on the stack. */
export interface LaneCode {
  /** One of the integer instructions of the lane's width (`add`, `div_s`, `shl`, ...). */
  int(name: string): void;
  get(local: number): void;
  /** Integer constant of the lane's width. */
  value(n: number): void;
  /** Fresh local of the lane's width. */
  local(): number;
  set(local: number): void;
  /** Bits of the element type: 8 for u8 even though its lane has 32. */
  readonly bits: number;
  readonly unsigned: boolean;
  /** `select` between the two values below the i32 condition. */
  select(): void;
  /** Calls out to raise Python's ZeroDivisionError when the local is zero. */
  failIfZero(local: number): void;
}

export interface Row {
  readonly name: string;
  /** One line of meaning, in the operator's own terms. */
  readonly doc: string;
  readonly arity: number;
  readonly on: Domain;
  /** `bool` for predicates; otherwise the type of the arguments. */
  readonly result: "same" | "bool";
  /** The reference, in double precision; floats are rounded and integers wrapped afterwards. Bools are 0 and 1. */
  readonly ref: (...a: number[]) => number;
  /** The reference on float32 where a rounding in the middle decides the result. */
  readonly single?: (...a: number[]) => number;
  /** The reference on int32 and narrower where doubles lose digits. */
  readonly int?: (...a: number[]) => number;
  /** The reference on int64; without it the row goes through doubles. */
  readonly big?: (...a: bigint[]) => bigint | number;
  /** Whether it has a form of its own for bools; without one they compute as 0 and 1. */
  readonly bools?: boolean;
  /** One SIMD instruction by lane class. */
  readonly wasm?: { readonly [lane in LaneType | "bool"]?: number };
  /** The operation in terms of others, where no one instruction has it; null where it has no such form. */
  readonly expand?: (type: ValueType, a: readonly Expr[]) => Expr | null;
  /** Integer operations without a SIMD form. */
  readonly lanes?: (c: LaneCode, a: readonly number[]) => void;
  /** WGSL expression text; `type` is f32, i32 or bool. May call functions of `wgsl.ts`. */
  readonly wgsl: (a: readonly string[], type: "f32" | "i32" | "bool") => string;
}
