/** What happens to a gradient that reaches a leaf. */
import type { Tensor } from "../../core/tensor.ts";
import { at } from "./calls.ts";
import { metaOf } from "./node.ts";
import { isGradEnabled } from "./mode.ts";

/** Adds to `.grad`: in place, so that who holds it sees it, unless the gradient is itself recorded. */
export function accumulate(variable: Tensor, grad: Tensor): void {
  const m = metaOf(variable);
  if (m.grad === null) {
    // The gradient may be another leaf's too, or the caller's.
    m.grad = at("clone", grad, null);
  } else if (isGradEnabled()) m.grad = at("add.Tensor", m.grad, grad, 1);
  else at("add_.Tensor", m.grad, grad, 1);
}
