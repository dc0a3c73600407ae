/** A tensor inside the tracer's messages. */
import type { Tensor } from "../../core/tensor.ts";
import { cppTensorText } from "../../ops/printing_cpp.ts";

/** C++ columns as TorchScript prints them, under the name that Python's tensors have: `[ torch.FloatTensor{2,3} ]`. */
export function cppText(t: Tensor): string {
  return cppTensorText(t).replace(/\[ CPU(\w+)Type\{/, "[ torch.$1Tensor{");
}
