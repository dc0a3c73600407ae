/** Filling tensors with one value. */
import { storeElement } from "../../core/element.ts";
import type { Scalar } from "../../core/scalar.ts";
import { isComplexType, type ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { backendFor } from "../backend.ts";
import { newTensor } from "./allocation.ts";
import { makeArray, walkStrided } from "./dense.ts";

/** Writes one value to every element. */
export function fillTensor(t: Tensor, value: Scalar): Tensor {
  const device = backendFor(t);
  if (device) {
    device.fill(t, value);
    return t;
  }
  const one = makeArray(t.scalarType, 1);
  storeElement(one, 0, t.scalarType, value);
  const data = t.data() as Float64Array;
  if (!isComplexType(t.scalarType)) {
    const v = one[0] as number;
    if (t.isContiguous) data.fill(v, t.storageOffset, t.storageOffset + t.numel);
    else {walkStrided(t.sizes, t.strides, t.storageOffset, (at, n, step) => {
        for (let i = 0, d = at; i < n; i++, d += step) data[d] = v;
      });}
    return t;
  }
  const re = one[0] as number, im = one[1] as number;
  walkStrided(t.sizes, t.strides, t.storageOffset, (at, n, step) => {
    for (let i = 0, d = at; i < n; i++, d += step) {
      data[2 * d] = re;
      data[2 * d + 1] = im;
    }
  });
  return t;
}

/** A fresh row-major tensor of one value. */
export function full(sizes: readonly number[], value: Scalar, dtype: ScalarType): Tensor {
  return fillTensor(newTensor(sizes, dtype), value);
}

export function fullLike(t: Tensor, value: Scalar, dtype: ScalarType = t.scalarType): Tensor {
  return full(t.sizes, value, dtype);
}

/** A 0-dim tensor of a number. */
export function scalarTensor(value: Scalar, dtype: ScalarType): Tensor {
  return full([], value, dtype);
}
