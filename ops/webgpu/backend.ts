/** What the rest of Wick asks of the device. */
import { makeArray } from "../reference/dense.ts";
import { storeElement } from "../../core/element.ts";
import { type Complex, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Backend, registerBackend } from "../backend.ts";
import { type Expr, scalar, type ValueType } from "../expr/mod.ts";
import { copyInto } from "../reference/copy.ts";
import { toBig } from "../reference/pointwise.ts";
import { emptyTensor, gpu, isAvailable, isOnGpu, WEBGPU, zerosTensor } from "./device.ts";
import { computeType } from "./elements.ts";
import { onDevice } from "./inputs.ts";
import { kernelOf } from "./kernels.ts";
import { copyStrided, pointwise } from "./pointwise.ts";
import { downloadedNow, uploaded } from "./transfer.ts";

function copy(dst: Tensor, src: Tensor): void {
  if (isOnGpu(dst)) copyStrided(dst, isOnGpu(src) ? src : uploaded(src, dst.scalarType));
  else copyInto(dst, downloadedNow(src));
}

const fills = new Map<ValueType, Expr>();

function fill(t: Tensor, value: Scalar): void {
  const type = computeType(t.scalarType);
  let e = fills.get(type);
  if (!e) fills.set(type, e = scalar(0, type));
  // through the element type, so that what PyTorch refuses is refused
  const one = makeArray(t.scalarType, 1);
  storeElement(one, 0, t.scalarType, value);
  const bits16 = t.scalarType === ScalarType.Half || t.scalarType === ScalarType.BFloat16;
  const v = type === "i64"
    ? toBig(value)
    : bits16
    ? scalarToNumber(value as Exclude<Scalar, Complex>)
    : Number(one[0]);
  pointwise(e, t, [], [v]);
}

export const backend: Backend = {
  device: WEBGPU,
  kernel: kernelOf,
  computeType,
  empty: emptyTensor,
  zeros: zerosTensor,
  copy,
  fill,
  pointwise: (e, out, inputs, scalars) => pointwise(e, out, inputs.map(onDevice), scalars),
  isAvailable,
  name: () => gpu().queue.facts.name,
  synchronize: () => void downloadedNow(zerosTensor([1], ScalarType.Float)),
  readNow: downloadedNow,
};

registerBackend(backend);
