/** Whether operations would be recorded for gradients. Wick records none yet: it keeps the flag that results carry. */
import type { IValue } from "../../../core/ivalue.ts";
import { isComplexType, isFloatingType } from "../../../core/scalar_type.ts";
import { Tensor } from "../../../core/tensor.ts";
import type { Operator } from "../../../ops/registry.ts";

const CUT = new Set([
  "aten::detach",
  "aten::detach_",
  "aten::data",
  "aten::zeros_like",
  "aten::ones_like",
  "aten::empty_like",
  "aten::full_like",
  "aten::rand_like",
  "aten::randn_like",
  "aten::requires_grad_",
]);

function requiring(v: IValue): boolean {
  if (v instanceof Tensor) return v.requiresGrad;
  return v !== null && typeof v === "object" && "items" in v &&
    (v.items as readonly IValue[]).some(requiring);
}

/** Names of autograd nodes: `AddBackward0` of `aten::add`. */
const producers = new WeakMap<Tensor, string>();

export const gradMode = {
  enabled: true,
  inference: false,
  /** Marks a result whose inputs require gradients. */
  track(op: Operator, out: Tensor, inputs: readonly IValue[]): void {
    if (
      !gradMode.enabled || inputs.includes(out) || CUT.has(op.name) || op.schema.name.startsWith("aten::new_")
    ) return;
    if (!isFloatingType(out.scalarType) && !isComplexType(out.scalarType)) return;
    if (!inputs.some(requiring)) return;
    out.requiresGrad = true;
    const short = op.name.slice(op.name.indexOf("::") + 2).replace(/_$/, "");
    producers.set(
      out,
      short.split("_").filter(Boolean).map((w) => w[0].toUpperCase() + w.slice(1)).join("") + "Backward0",
    );
  },
  /** Name of the node that made a tensor; undefined for leaves. */
  producer(t: Tensor): string | undefined {
    return t.requiresGrad ? producers.get(t) : undefined;
  },
};
