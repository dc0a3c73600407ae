/**
 * `x[...]` as Python writes it, reading and writing: ints, slices, None, Ellipsis, bools and tensors together. Each step
 * is an operator called through dispatch, so that tracing and autograd see it.
 */
import { check, RuntimeFault } from "../core/errors.ts";
import { ListValue } from "../core/ivalue.ts";
import type { Tensor } from "../core/tensor.ts";
import { ScalarType } from "../core/scalar_type.ts";
import { AnyTensorType, OptionalType } from "../core/types.ts";
import { settled } from "../core/pending.ts";
import { onHost } from "./backend.ts";
import { call, hasInterceptors } from "./dispatch.ts";
import { isMask } from "./reference/advanced_index.ts";
import { fromNumbers, numbers } from "./reference/dense.ts";

/** One item of an index as Python writes it. */
export type IndexItem =
  | { kind: "int"; value: number }
  | { kind: "slice"; start: number | null; stop: number | null; step: number | null }
  | { kind: "none" }
  | { kind: "ellipsis" }
  | { kind: "bool"; value: boolean }
  | { kind: "tensor"; value: Tensor };

/** How many dimensions of the tensor an item takes. */
function span(i: IndexItem): number {
  if (i.kind === "tensor") return isMask(i.value) ? i.value.dim : 1;
  return i.kind === "int" || i.kind === "slice" ? 1 : 0;
}

/** Whether a slice takes all of a dimension, which is no step then; a trace keeps the slices that are written. */
function isWhole(i: IndexItem & { kind: "slice" }, size: number): boolean {
  if (i.start === null && i.stop === null && i.step === null) return true;
  if (hasInterceptors()) return false;
  return (i.start ?? 0) === 0 && (i.stop ?? size) >= size && (i.step ?? 1) === 1;
}

/** A bool indexes a new dimension of size one: all of it, or none. */
function boolIndex(v: boolean): Tensor {
  return fromNumbers(v ? [0] : [], [v ? 1 : 0], ScalarType.Long);
}

/** Applies the items that are views; gives the view and, when there are any, the index tensors for it. */
function applyViews(
  self: Tensor,
  items: readonly IndexItem[],
): { view: Tensor; tensors: (Tensor | null)[] | null } {
  const taken = items.reduce((n, i) => n + span(i), 0);
  check(taken <= self.dim, () => `too many indices for tensor of dimension ${self.dim}`, "IndexError");
  let view = self, dim = 0, own = 0;
  const placed: { at: number; span: number; tensor: Tensor }[] = [];
  const place = (tensor: Tensor, span: number) => {
    placed.push({ at: dim, span, tensor });
    dim += span;
  };
  const pickOne = (i: number) => {
    const size = view.sizes[dim];
    if (i < -size || i >= size) {
      throw new RuntimeFault(
        "IndexError",
        `index ${i} is out of bounds for dimension ${own} with size ${size}`,
      );
    }
    view = call("aten::select.int", view, dim, i) as Tensor;
  };
  for (const item of items) {
    switch (item.kind) {
      case "int":
        pickOne(item.value);
        break;
      case "slice":
        check((item.step ?? 1) > 0, "step must be greater than zero", "ValueError");
        if (!isWhole(item, view.sizes[dim])) {
          view = call("aten::slice.Tensor", view, dim, item.start, item.stop, item.step ?? 1) as Tensor;
        }
        dim++;
        break;
      case "none":
        view = call("aten::unsqueeze", view, dim++) as Tensor;
        break;
      case "ellipsis":
        dim += self.dim - taken;
        own += self.dim - taken;
        break;
      case "bool":
        view = call("aten::unsqueeze", view, dim) as Tensor;
        place(boolIndex(item.value), 1);
        break;
      case "tensor": {
        const t = item.value, mask = isMask(t);
        if (t.dim === 0 && mask) {
          view = call("aten::unsqueeze", view, dim) as Tensor;
          place(boolIndex(numbers(t)[0] !== 0), 1);
        } else if (t.dim === 0 && t.scalarType <= ScalarType.Long) pickOne(numbers(onHost(t))[0]);
        else place(t, mask ? t.dim : 1);
        break;
      }
    }
    own += span(item);
  }
  if (placed.length === 0) return { view, tensors: null };
  const tensors: (Tensor | null)[] = [];
  let at = 0;
  for (const p of placed) {
    for (; at < p.at; at++) tensors.push(null);
    tensors.push(p.tensor);
    at += p.span;
  }
  return { view, tensors };
}

/** `self[items]`: a view when only ints, slices, None and `...` are used, else a copy. */
export function indexGet(self: Tensor, items: readonly IndexItem[]): Tensor {
  check(
    self.dim > 0 || !items.some((i) => i.kind === "int" || i.kind === "slice"),
    "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number",
    "IndexError",
  );
  const { view, tensors } = applyViews(self, items);
  if (tensors) return settled(call("aten::index.Tensor", view, listOf(tensors))) as Tensor;
  return view === self ? call("aten::alias", self) as Tensor : view;
}

/** `self[items] = value`, the value broadcast and converted to self's dtype. */
export function indexSet(self: Tensor, items: readonly IndexItem[], value: Tensor): void {
  const { view, tensors } = applyViews(self, items);
  if (tensors) {
    const same = value.scalarType === view.scalarType;
    const v = same ? value : call("aten::to.dtype", value, view.scalarType) as Tensor;
    settled(call("aten::index_put_", view, listOf(tensors), v, false));
    return;
  }
  // Leading sizes of one fall away, as in assignment to a smaller view.
  let v = value;
  while (v.dim > view.dim && v.sizes[0] === 1) v = v.asStrided(v.sizes.slice(1), v.strides.slice(1));
  call("aten::copy_", view, v, false);
}

function listOf(tensors: readonly (Tensor | null)[]): ListValue {
  return new ListValue(new OptionalType(AnyTensorType), [...tensors]);
}
