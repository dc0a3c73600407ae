/** Tensors made of Python data while a trace is recorded: constants, with the conversions that PyTorch's bindings make. */
import { CONSTRUCTOR, tracing, warnOfTracing } from "../../../compiler/tracing/mod.ts";
import { Device } from "../../../core/device.ts";
import { Tensor } from "../../../core/tensor.ts";
import { call } from "../../../ops/dispatch.ts";
import { tensorOf } from "../core/tensor_data.ts";
import type * as r from "../../runtime/mod.ts";

function converted(t: Tensor, type: number, copy: boolean): Tensor {
  return call("aten::to.device", t, Device.of("cpu"), type, false, copy, null) as Tensor;
}

/** The tensor of nested data as an operator's argument takes it. */
export function recordData(data: r.Value, type?: number): Tensor {
  const t = tensorOf(data, type);
  return tracing.state ? converted(t, t.scalarType, false) : t;
}

/** `torch.tensor(data)` and `x.new_tensor(data)`: new memory, cut from what it was made of. */
export function tracedTensor(data: r.Value, type: number | undefined, name: string | undefined): Tensor {
  if (name !== undefined) warnOfTracing(name, CONSTRUCTOR);
  if (data instanceof Tensor) {
    const t = converted(call("aten::detach", data) as Tensor, type ?? data.scalarType, true);
    return call("aten::detach_", t) as Tensor;
  }
  return call("aten::detach_", recordData(data, type)) as Tensor;
}

/** `torch.as_tensor(data)`: a tensor stays the one it is. */
export function tracedAsTensor(data: r.Value, type: number | undefined): Tensor {
  warnOfTracing("torch.as_tensor", CONSTRUCTOR);
  return data instanceof Tensor ? converted(data, type ?? data.scalarType, false) : recordData(data, type);
}
