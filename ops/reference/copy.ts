/** Copying elements between tensors of any dtype and strides. */
import { isComplexType, type ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { fromTypedArray } from "./allocation.ts";
import { converted, walkStrided } from "./dense.ts";

export function sameSizes(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Writes `src`, broadcast and converted, over `dst`. Overlapping memory is read before it is written. */
export function copyInto(dst: Tensor, src: Tensor): void {
  if (dst.numel === 0) return;
  const shared = src.storage === dst.storage;
  const data = converted(src, dst.scalarType, dst.sizes, shared && src !== dst);
  writeDense(dst, data);
}

/** Writes a dense array of the tensor's own representation over it. */
export function writeDense(dst: Tensor, data: ArrayLike<number> | ArrayLike<bigint>): void {
  const out = dst.data() as Float64Array, src = data as ArrayLike<number>;
  const width = isComplexType(dst.scalarType) ? 2 : 1;
  if (dst.isContiguous) {
    out.set(src, dst.storageOffset * width);
    return;
  }
  walkStrided(dst.sizes, dst.strides, dst.storageOffset, (at, count, step, from) => {
    if (width === 1) { for (let i = 0, d = at; i < count; i++, d += step) out[d] = src[from + i]; }
    else {
      for (let i = 0, d = at; i < count; i++, d += step) {
        out[2 * d] = src[2 * (from + i)];
        out[2 * d + 1] = src[2 * (from + i) + 1];
      }
    }
  });
}

/** A dense row-major copy, converted. */
export function copyOf(t: Tensor, dtype: ScalarType = t.scalarType): Tensor {
  return fromTypedArray(converted(t, dtype, t.sizes, true), t.sizes, dtype);
}

/** The tensor itself when row-major, else a dense copy. */
export function contiguous(t: Tensor): Tensor {
  return t.isContiguous ? t : copyOf(t);
}

/** The tensor itself when it has the dtype, else a converted copy. */
export function asType(t: Tensor, dtype: ScalarType): Tensor {
  return t.scalarType === dtype ? t : copyOf(t, dtype);
}
