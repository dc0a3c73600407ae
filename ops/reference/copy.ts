/** Copying elements between tensors of any dtype and strides. */
import { isComplexType, type ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { backendFor } from "../backend.ts";
import { copyStrided, overlaps } from "../wasm/mod.ts";
import { emptyTensor, fromTypedArray } from "./allocation.ts";
import { converted, walkStrided } from "./dense.ts";

/** Fewer elements than this are copied in plain loops. */
const KERNEL_FROM = 32;

/** Copies by a kernel where that gains: dense copies of one type are the engine's own. */
function kernelCopy(dst: Tensor, src: Tensor): boolean {
  if (dst.numel < KERNEL_FROM) return false;
  if (src.scalarType === dst.scalarType && dst.isContiguous && src.isContiguous && src.numel === dst.numel) {
    return false;
  }
  return !overlaps(dst, src) && copyStrided(dst, src);
}

export function sameSizes(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Writes `src`, broadcast and converted, over `dst`. Overlapping memory is read before it is written. */
export function copyInto(dst: Tensor, src: Tensor): void {
  if (dst.numel === 0) return;
  const device = backendFor(dst) ?? backendFor(src);
  if (device) return device.copy(dst, src);
  if (kernelCopy(dst, src)) return;
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
  const device = backendFor(t);
  if (device) {
    const out = device.empty(t.sizes, dtype);
    device.copy(out, t);
    return out;
  }
  if (t.numel >= KERNEL_FROM && !(t.scalarType === dtype && t.isContiguous)) {
    const out = emptyTensor(t.sizes, dtype);
    if (kernelCopy(out, t)) return out;
  }
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
