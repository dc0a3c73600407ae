/** Operators by which scripts ask for gradients and switch their recording. */
import { NotImplemented } from "../../core/errors.ts";
import type { Tensor } from "../../core/tensor.ts";
import { backwardRunner, isGradEnabled, setGradEnabled } from "../autograd/mode.ts";
import { type Family, op } from "../declaration.ts";

type Grads = readonly (Tensor | null)[] | null;

function runner() {
  const r = backwardRunner();
  if (!r) throw new NotImplemented("gradients outside Python");
  return r;
}

export const gradModes: Family = {
  "aten::is_grad_enabled": op("Whether operations are recorded for gradients.", () => isGradEnabled()),
  "aten::set_grad_enabled": op("Switches the recording for gradients.", (on: boolean) => {
    setGradEnabled(on);
  }, ["side_effect"]),
  "aten::backward": op(
    "Adds gradients to the leaves that a tensor depends on.",
    (self: Tensor, gradient: Tensor | null, retainGraph: boolean | null, createGraph: boolean) => {
      runner().backward([self], [gradient], { retainGraph, createGraph });
    },
    ["side_effect"],
  ),
  "aten::backward.TensorList": op(
    "Adds gradients to the leaves that tensors depend on.",
    (tensors: readonly Tensor[], grads: Grads, retainGraph: boolean | null, createGraph: boolean) => {
      runner().backward(tensors, grads ?? [], { retainGraph, createGraph });
    },
    ["side_effect"],
  ),
  "aten::grad": op(
    "Gradients of outputs by inputs.",
    (
      outputs: readonly Tensor[],
      inputs: readonly Tensor[],
      grads: Grads,
      retainGraph: boolean | null,
      createGraph: boolean,
      allowUnused: boolean,
    ) => runner().grad(outputs, inputs, grads ?? [], { retainGraph, createGraph, allowUnused }),
    ["side_effect"],
  ),
};
