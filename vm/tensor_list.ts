/** `tensor.tolist()` in scripts, where the annotation says the depth and the element type. */
import { readElement } from "../core/element.ts";
import { RuntimeFault } from "../core/errors.ts";
import { type IValue, ListValue } from "../core/ivalue.ts";
import { Float, isInt } from "../core/scalar.ts";
import type { Tensor } from "../core/tensor.ts";
import type { Type } from "../core/types.ts";

/** The elements as nested lists of type `t`; PyTorch's messages when the tensor has another depth or element type. */
export function tensorToList(x: Tensor, t: Type): IValue {
  let depth = 0, leaf = t;
  for (; leaf.kind === "List"; leaf = leaf.elem) depth++;
  if (depth !== x.dim) {
    throw new RuntimeFault(
      "RuntimeError",
      `Output annotation list dimension and runtime tensor dimension must match for tolist()`,
    );
  }
  const visit = (type: Type, d: number, at: number): IValue => {
    if (type.kind !== "List") return converted(readElement(x, at), leaf);
    return new ListValue(
      type.elem,
      Array.from({ length: x.sizes[d] }, (_, i) => visit(type.elem, d + 1, at + i * x.strides[d])),
    );
  };
  return visit(t, 0, x.storageOffset);
}

function converted(v: IValue, t: Type): IValue {
  const ok = t.kind === "int"
    ? isInt(v)
    : t.kind === "bool"
    ? typeof v === "boolean"
    : t.kind !== "float" || v instanceof Float;
  if (!ok) {
    throw new RuntimeFault(
      "RuntimeError",
      `Output annotation element type and runtime tensor element type must match for tolist()`,
    );
  }
  return v;
}
