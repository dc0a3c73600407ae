/** Sizes that the program asks for while it is traced: 0-dim tensors, so that what it computes of them is recorded. */
import { ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { IntType, TensorType } from "../../core/types.ts";
import { Device } from "../../core/device.ts";
import { scalarTensor } from "../../ops/reference/fill.ts";
import type { Node } from "../ir/graph.ts";
import type { TracingState } from "./tracing_state.ts";

/** `t.size(dim)`; `dim` counts from 0 or, negative, from the end. */
export function recordSize(state: TracingState, t: Tensor, dim: number): Tensor {
  const tensor = state.getValue(t), at = state.constant(dim);
  const node = state.create("aten::size", [tensor, at]);
  node.schemaKey = "aten::size.int";
  return number(state, node, t.sizes[dim < 0 ? dim + t.dim : dim]);
}

/** `t.numel()`. */
export function recordNumel(state: TracingState, t: Tensor): Tensor {
  const node = state.create("aten::numel", [state.getValue(t)]);
  node.schemaKey = "aten::numel";
  return number(state, node, t.numel);
}

function number(state: TracingState, node: Node, value: number): Tensor {
  node.range = state.host.here();
  state.insert(node).output.setType(IntType);
  const tensor = state.create("prim::NumToTensor", [node.output]);
  tensor.schemaKey = "prim::NumToTensor.Scalar";
  state.insert(tensor).output.setType(
    new TensorType({ scalarType: ScalarType.Long, sizes: [], strides: [], device: Device.of("cpu") }),
  );
  const live = scalarTensor(value, ScalarType.Long);
  state.bind(live, tensor.output);
  return live;
}
