/** Tensors for kernel tests: values of every type, views of every kind, and distances in units of last place. */
import { ScalarType } from "../../core/scalar_type.ts";
import { Storage } from "../../core/storage.ts";
import { numelOf, Tensor } from "../../core/tensor.ts";
import type { Value, ValueType } from "../../ops/expr/mod.ts";
import { wasmArena } from "../../ops/wasm/mod.ts";

export const SCALAR_TYPE: Record<ValueType, ScalarType> = {
  bool: ScalarType.Bool,
  u8: ScalarType.Byte,
  i8: ScalarType.Char,
  i16: ScalarType.Short,
  i32: ScalarType.Int,
  i64: ScalarType.Long,
  f32: ScalarType.Float,
  f64: ScalarType.Double,
};
export const VALUE_TYPES = Object.keys(SCALAR_TYPE) as ValueType[];

/** Reproducible random numbers in [0, 1). */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A new contiguous tensor, on the heap or in the arena. */
export function empty(sizes: readonly number[], t: ScalarType, arena = false): Tensor {
  const zeros = Tensor.zeros(sizes, t);
  if (!arena) return zeros;
  const s = Storage.arena(wasmArena()!, zeros.storage.nbytes);
  s.bytes().fill(0);
  return new Tensor(s, t, sizes);
}

export function fromValues(
  values: readonly Value[],
  sizes: readonly number[],
  t: ScalarType,
  arena = false,
): Tensor {
  const x = empty(sizes, t, arena);
  const d = x.data();
  values.forEach((v, i) => d[i] = v as never);
  return x;
}

/** Elements in row-major order of the view. */
export function elements(t: Tensor): Value[] {
  const d = t.data(), out: Value[] = [];
  const walk = (dim: number, at: number) => {
    if (dim === t.sizes.length) return void out.push(d[at]);
    for (let i = 0; i < t.sizes[dim]; i++) walk(dim + 1, at + i * t.strides[dim]);
  };
  walk(0, t.storageOffset);
  return out;
}

/** Fills a view, in row-major order. */
export function fill(t: Tensor, value: (i: number) => Value): void {
  const d = t.data();
  let n = 0;
  const walk = (dim: number, at: number) => {
    if (dim === t.sizes.length) return void (d[at] = value(n++) as never);
    for (let i = 0; i < t.sizes[dim]; i++) walk(dim + 1, at + i * t.strides[dim]);
  };
  walk(0, t.storageOffset);
}

/** A view of the sizes in a larger storage: dimensions permuted, steps and an offset between elements. */
export function randomView(
  sizes: readonly number[],
  t: ScalarType,
  rand: () => number,
  arena = rand() < 0.5,
): Tensor {
  const order = sizes.map((_s, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(rand() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  const strides = new Array<number>(sizes.length).fill(1);
  let step = rand() < 0.3 ? 2 : 1;
  for (const d of order) {
    strides[d] = step;
    step *= Math.max(1, sizes[d]) + (rand() < 0.2 ? 1 : 0);
  }
  const offset = Math.floor(rand() * 4);
  const base = empty([offset + step + 2], t, arena);
  return base.asStrided(sizes, strides, offset);
}

export function randomSizes(rand: () => number, maxDim: number, maxSize: number): number[] {
  const n = Math.floor(rand() * (maxDim + 1));
  return Array.from({ length: n }, () => 1 + Math.floor(rand() * maxSize));
}

/** Release of an arena tensor's bytes; nothing for heap tensors. */
export function release(...tensors: Tensor[]): void {
  for (const t of tensors) if (t.storage.arena) t.storage.release();
}

const view = new DataView(new ArrayBuffer(8));
function ordered32(x: number): number {
  view.setFloat32(0, x);
  const i = view.getInt32(0);
  return i < 0 ? -2147483648 - i : i;
}
function ordered64(x: number): bigint {
  view.setFloat64(0, x);
  const i = view.getBigInt64(0);
  return i < 0n ? -(1n << 63n) - i : i;
}

/** How many representable numbers apart; 0 for two NaNs, Infinity for one. */
export function ulps(a: number, b: number, t: "f32" | "f64"): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Infinity;
  if (a === b) return 0;
  if (t === "f32") return Math.abs(ordered32(a) - ordered32(b));
  const d = ordered64(a) - ordered64(b);
  return Number(d < 0n ? -d : d);
}

export function assert(cond: unknown, message: string): asserts cond {
  if (!cond) throw new Error(message);
}

export { numelOf };
