/** Operands as kernels take them. */
import { CPU } from "../../core/device.ts";
import { RuntimeFault } from "../../core/errors.ts";
import type { Tensor } from "../../core/tensor.ts";
import { emptyTensor, isOnGpu } from "./device.ts";
import { copyStrided } from "./pointwise.ts";
import { uploaded } from "./transfer.ts";

/** Inputs on the device; a number in a 0-dim CPU tensor may take part, others may not. */
export function onDevice(t: Tensor): Tensor {
  if (isOnGpu(t)) return t;
  if (t.device === CPU && t.dim === 0) return uploaded(t);
  throw new RuntimeFault(
    "RuntimeError",
    `Expected all tensors to be on the same device, but found at least two devices, webgpu and ${t.device}!`,
  );
}

/** The tensor on the device, row-major. */
export function contiguous(t: Tensor): Tensor {
  t = onDevice(t);
  if (t.isContiguous) return t;
  const out = emptyTensor(t.sizes, t.scalarType);
  copyStrided(out, t);
  return out;
}
