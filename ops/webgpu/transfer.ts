/** Tensors between host and GPU. */
import { CPU } from "../../core/device.ts";
import type { ScalarType } from "../../core/scalar_type.ts";
import { Tensor, type TypedArray } from "../../core/tensor.ts";
import { fromTypedArray, isNonOverlappingDense, newTensor } from "../reference/allocation.ts";
import { copyInto, sameSizes } from "../reference/copy.ts";
import { emptyTensor, gpu, memoryOf, tensorWith } from "./device.ts";
import { packWords, unpackWords, wordsOf } from "./elements.ts";
import { copyStrided } from "./pointwise.ts";

/** A host tensor's elements, converted, as a fresh GPU tensor with these (dense) strides. */
export function uploaded(
  source: Tensor,
  dtype: ScalarType = source.scalarType,
  strides: readonly number[] = isNonOverlappingDense(source) ? source.strides : [],
): Tensor {
  const own = strides.length === source.dim ? strides : undefined;
  const ready = source.scalarType === dtype && isNonOverlappingDense(source) &&
    sameSizes(source.strides, own ?? []);
  let host = source;
  if (!ready) {
    host = newTensor(source.sizes, dtype, CPU, own);
    copyInto(host, source);
  }
  const data = host.data().subarray(host.storageOffset, host.storageOffset + host.numel) as TypedArray;
  return tensorWith(packWords(data, dtype), source.sizes, dtype, own);
}

/** Where a dense tensor's words lie; of others a dense copy's. */
function range(t: Tensor): { from: Tensor; offset: number; nbytes: number } {
  let from = t;
  if (!isNonOverlappingDense(t)) {
    from = emptyTensor(t.sizes, t.scalarType);
    copyStrided(from, t);
  }
  const bytes = 4 * wordsOf(t.scalarType);
  return { from, offset: from.storageOffset * bytes, nbytes: from.numel * bytes };
}

function onHost(from: Tensor, bytes: Uint8Array): Tensor {
  const flat = fromTypedArray(unpackWords(bytes, from.scalarType), [from.numel], from.scalarType);
  return new Tensor(flat.storage, from.scalarType, from.sizes, from.strides);
}

/** The tensor's elements on the host, once they are computed; strides stay where they are dense. */
export async function downloaded(t: Tensor): Promise<Tensor> {
  if (t.numel === 0) return Tensor.zeros(t.sizes, t.scalarType);
  const { from, offset, nbytes } = range(t);
  return onHost(from, await gpu().read(memoryOf(from), offset, nbytes));
}

/** The same, blocking. */
export function downloadedNow(t: Tensor): Tensor {
  if (t.numel === 0) return Tensor.zeros(t.sizes, t.scalarType);
  const { from, offset, nbytes } = range(t);
  return onHost(from, gpu().readNow(memoryOf(from), offset, nbytes));
}
