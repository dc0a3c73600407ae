/** Reading and writing elements by their positions in the storage: the ground of gather, scatter and indexing. */
import { isComplexType, ScalarType } from "../../core/scalar_type.ts";
import { numelOf, type Tensor, type TypedArray } from "../../core/tensor.ts";
import { fromTypedArray } from "./allocation.ts";
import { converted, encodeNumbers, makeArray, numbers, walkStrided } from "./dense.ts";

/** Storage positions of all elements in row-major order. */
export function positionsOf(
  t: Tensor,
  sizes: readonly number[] = t.sizes,
  strides: readonly number[] = t.strides,
): Float64Array {
  const out = new Float64Array(numelOf(sizes));
  walkStrided(sizes, strides, t.storageOffset, (at, n, step, dense) => {
    for (let i = 0, p = at; i < n; i++, p += step) out[dense + i] = p;
  });
  return out;
}

/** A fresh tensor of the elements at `positions`. */
export function takeAt(t: Tensor, positions: ArrayLike<number>, sizes: readonly number[]): Tensor {
  const src = t.data() as Float64Array, n = positions.length;
  const out = makeArray(t.scalarType, n) as Float64Array;
  if (isComplexType(t.scalarType)) {
    for (let i = 0; i < n; i++) {
      out[2 * i] = src[2 * positions[i]];
      out[2 * i + 1] = src[2 * positions[i] + 1];
    }
  } else for (let i = 0; i < n; i++) out[i] = src[positions[i]];
  return fromTypedArray(out as TypedArray, sizes, t.scalarType);
}

/** Writes `values` (broadcast to `sizes`, converted) at `positions`, the last write winning. */
export function putAt(
  t: Tensor,
  positions: ArrayLike<number>,
  values: Tensor,
  sizes: readonly number[],
): void {
  const src = converted(values, t.scalarType, sizes, values.storage === t.storage) as Float64Array;
  const out = t.data() as Float64Array, n = positions.length;
  if (isComplexType(t.scalarType)) {
    for (let i = 0; i < n; i++) {
      out[2 * positions[i]] = src[2 * i];
      out[2 * positions[i] + 1] = src[2 * i + 1];
    }
  } else for (let i = 0; i < n; i++) out[positions[i]] = src[i];
}

/** As `putAt`, but adds. */
export function addAt(
  t: Tensor,
  positions: ArrayLike<number>,
  values: Tensor,
  sizes: readonly number[],
): void {
  const n = positions.length;
  if (isComplexType(t.scalarType) || t.scalarType === ScalarType.Long) {
    const src = converted(values, t.scalarType, sizes, true), out = t.data();
    if (t.scalarType === ScalarType.Long) {
      const s = src as BigInt64Array, o = out as BigInt64Array;
      for (let i = 0; i < n; i++) o[positions[i]] += s[i];
      return;
    }
    const s = src as Float64Array, o = out as Float64Array;
    for (let i = 0; i < n; i++) {
      o[2 * positions[i]] += s[2 * i];
      o[2 * positions[i] + 1] += s[2 * i + 1];
    }
    return;
  }
  combineAt(t, positions, values, sizes, (a, b) => a + b);
}

/** Combines each element at a position with the value for it. */
export function combineAt(
  t: Tensor,
  positions: ArrayLike<number>,
  values: Tensor,
  sizes: readonly number[],
  f: (old: number, value: number) => number,
): void {
  const n = positions.length;
  const src = numbers(values, sizes);
  const out = t.data() as Float64Array;
  const direct = t.scalarType !== ScalarType.Half && t.scalarType !== ScalarType.BFloat16 &&
    t.scalarType !== ScalarType.Long &&
    t.scalarType !== ScalarType.Bool;
  if (direct) {
    for (let i = 0; i < n; i++) out[positions[i]] = f(out[positions[i]], src[i]);
    return;
  }
  const one = t.asStrided([1], [1]);
  const target = out as unknown as TypedArray;
  for (let i = 0; i < n; i++) {
    one.storageOffset = positions[i];
    target[positions[i]] = encodeNumbers([f(numbers(one)[0], src[i])], t.scalarType)[0] as never;
  }
}
