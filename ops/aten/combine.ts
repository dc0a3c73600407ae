/** Joining, repeating, picking and scattering elements. */
import { check } from "../../core/errors.ts";
import { type IValue, ListValue } from "../../core/ivalue.ts";
import { Complex, Float, type Scalar } from "../../core/scalar.ts";
import { isFloatingType, ScalarType, toComplexType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import type { Device } from "../../core/device.ts";
import { type Family, op, raw } from "../declaration.ts";
import { getDefaultDtype, newTensor } from "../reference/allocation.ts";
import { asType, copyInto, copyOf } from "../reference/copy.ts";
import { fromNumbers, makeArray, numbers } from "../reference/dense.ts";
import { expandTo, wrapDim, wrapDims } from "../reference/dims.ts";
import { full } from "../reference/fill.ts";
import { fromTypedArray } from "../reference/allocation.ts";
import { storeElement } from "../../core/element.ts";
import { positionsOf, takeAt } from "../reference/positions.ts";
import { resultType } from "../reference/promotion.ts";
import { indexSelect } from "./index_slices.ts";
import { cloneTensor, itemOf } from "./memory.ts";
import { permute, reshape, slice, unsqueeze, viewAs } from "./view.ts";

export function cat(tensors: readonly Tensor[], dim: number): Tensor {
  check(tensors.length > 0, "torch.cat(): expected a non-empty list of Tensors", "ValueError");
  tensors.forEach((t, i) =>
    check(t.dim > 0, `zero-dimensional tensor (at position ${i}) cannot be concatenated`)
  );
  const dtype = resultType(...tensors);
  const parts = tensors.filter((t) => !(t.dim === 1 && t.sizes[0] === 0));
  if (parts.length === 0) return newTensor([0], dtype);
  const first = parts[0], d = wrapDim(dim, first.dim);
  let total = 0;
  tensors.forEach((t, i) => {
    if (!parts.includes(t)) return;
    check(
      t.dim === first.dim,
      () => `Tensors must have same number of dimensions: got ${first.dim} and ${t.dim}`,
    );
    t.sizes.forEach((s, k) =>
      check(
        k === d || s === first.sizes[k],
        () =>
          `Sizes of tensors must match except in dimension ${d}. Expected size ${
            first.sizes[k]
          } but got size ${s} for tensor number ${i} in the list.`,
      )
    );
    total += t.sizes[d];
  });
  const out = newTensor(first.sizes.map((s, k) => k === d ? total : s), dtype);
  let at = 0;
  for (const t of parts) {
    copyInto(slice(out, d, at, at + t.sizes[d], 1), t);
    at += t.sizes[d];
  }
  return out;
}
export function stack(tensors: readonly Tensor[], dim: number): Tensor {
  check(tensors.length > 0, "stack expects a non-empty TensorList");
  const first = tensors[0];
  tensors.forEach((t, i) =>
    check(
      t.sizes.join() === first.sizes.join(),
      () =>
        `stack expects each tensor to be equal size, but got [${first.sizes.join(", ")}] at entry 0 and [${
          t.sizes.join(", ")
        }] at entry ${i}`,
    )
  );
  const d = wrapDim(dim, first.dim + 1);
  return cat(tensors.map((t) => unsqueeze(t, d)), d);
}
const least = (t: Tensor, n: number): Tensor =>
  t.dim >= n
    ? t
    : n === 1
    ? reshape(t, [1])
    : n === 2
    ? (t.dim === 0 ? reshape(t, [1, 1]) : unsqueeze(t, 0))
    : unsqueeze(least(t, 2), -1);

function repeat(self: Tensor, times: readonly number[]): Tensor {
  check(
    times.length >= self.dim,
    "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
  );
  const lead = times.length - self.dim, sizes = [...new Array(lead).fill(1), ...self.sizes];
  const inner = viewAs(copyOf(self), sizes.flatMap((s) => [1, s]));
  return viewAs(
    copyOf(expandTo(inner, sizes.flatMap((s, i) => [times[i], s]))),
    sizes.map((s, i) => s * times[i]),
  );
}
function repeatInterleave(self: Tensor, counts: ArrayLike<number>, dim: number | null): Tensor {
  const x = dim === null ? reshape(self, [-1]) : self, d = dim === null ? 0 : wrapDim(dim, self.dim);
  check(
    counts.length === 1 || counts.length === x.sizes[d],
    "repeats must have the same size as input along dim",
  );
  const index: number[] = [];
  for (let i = 0; i < x.sizes[d]; i++) {
    for (let k = 0; k < (counts.length === 1 ? counts[0] : counts[i]); k++) {
      index.push(i);
    }
  }
  return indexSelect(x, d, fromNumbers(index, [index.length], ScalarType.Long));
}
/** Turned round along dimensions. */
function flip(self: Tensor, dims: readonly number[]): Tensor {
  const turned = new Set(wrapDims(dims, self.dim, false));
  if (self.dim === 0) return copyOf(self);
  let from = self.storageOffset;
  const strides = self.strides.map((s, d) => {
    if (!turned.has(d)) return s;
    from += Math.max(self.sizes[d] - 1, 0) * s;
    return -s;
  });
  return takeAt(self, positionsOf(self.asStrided([], [], from), self.sizes, strides), self.sizes);
}

function roll(self: Tensor, shifts: readonly number[], dims: readonly number[]): Tensor {
  if (dims.length === 0 && shifts.length === 1) {
    return reshape(roll(reshape(self, [-1]), shifts, [0]), self.sizes);
  }
  check(shifts.length > 0, "`shifts` required");
  check(
    shifts.length === dims.length,
    () => `shifts and dimensions must align. shifts: ${shifts.length}, dims:${dims.length}`,
  );
  if (self.numel === 0) return copyOf(self);
  let out = copyOf(self);
  dims.forEach((dim, k) => {
    const d = wrapDim(dim, self.dim), n = self.sizes[d], by = (((-shifts[k]) % n) + n) % n;
    if (by > 0) out = cat([slice(out, d, by, n, 1), slice(out, d, 0, by, 1)], d);
  });
  return out;
}

/** Turned by quarters in the plane of two dimensions. */
function rot90(self: Tensor, k: number, dims: readonly number[]): Tensor {
  check(dims.length === 2, () => `expected total rotation dims == 2, but got dims = ${dims.length}`);
  check(self.dim >= 2, () => `expected total dims >= 2, but got total dims = ${self.dim}`);
  check(
    dims[0] !== dims[1] && Math.abs(dims[0] - dims[1]) !== self.dim,
    () => `expected rotation dims to be different, but got dim0 = ${dims[0]} and dim1 = ${dims[1]}`,
  );
  for (const [i, d] of dims.entries()) {
    check(d < self.dim && d >= -self.dim, () => `Rotation dim${i} out of range, dim${i} = ${d}`);
  }
  const [a, b] = dims.map((d) => wrapDim(d, self.dim)), turns = ((k % 4) + 4) % 4;
  const order = self.sizes.map((_, i) => i === a ? b : i === b ? a : i);
  if (turns === 0) return cloneTensor(self);
  if (turns === 2) return flip(self, [a, b]);
  return permute(flip(self, [turns === 1 ? b : a]), order);
}

/** `torch.tensor` of nested script lists. */
export function tensorOf(
  data: IValue,
  dtype: number | null,
  _device: Device | null,
  requiresGrad: boolean,
): Tensor {
  const sizes: number[] = [];
  for (let v = data; v instanceof ListValue; v = v.items[0]) {
    sizes.push(v.items.length);
    if (v.items.length === 0) break;
  }
  const flat: Scalar[] = [];
  const walk = (v: IValue, d: number): void => {
    if (!(v instanceof ListValue)) {
      flat.push(v instanceof Tensor ? itemOf(v) : v as Scalar);
      return;
    }
    check(
      v.items.length === sizes[d],
      () => `Expected sequence of length ${sizes[d]} at dim ${d} (got ${v.items.length})`,
    );
    v.items.forEach((x) => walk(x, d + 1));
  };
  walk(data, 0);
  let inner = data instanceof ListValue ? data.elemType : null;
  while (inner?.kind === "List") inner = inner.elem;
  const kind = inner?.kind;
  const natural = flat.some((v) => v instanceof Complex) || kind === "complex"
    ? toComplexType(getDefaultDtype())
    : flat.some((v) => v instanceof Float) || kind === "float" ||
        (flat.length === 0 && kind !== "int" && kind !== "bool")
    ? getDefaultDtype()
    : (flat.length ? flat.every((v) => typeof v === "boolean") : kind === "bool")
    ? ScalarType.Bool
    : ScalarType.Long;
  const t = (dtype ?? natural) as ScalarType, array = makeArray(t, flat.length);
  flat.forEach((v, i) => storeElement(array, i, t, v));
  const out = fromTypedArray(array, sizes, t);
  out.requiresGrad = requiresGrad;
  return out;
}

function joined(name: string, ts: readonly Tensor[], shaped: (t: Tensor) => Tensor, dim: number): Tensor {
  check(ts.length > 0, `${name} expects a non-empty TensorList`);
  return cat(ts.map(shaped), dim);
}

export const combining: Family = {
  "aten::cat": op("Tensors in a row.", cat),
  "aten::stack": op("Tensors along a new dimension.", stack),
  "aten::hstack": op(
    "Tensors side by side.",
    (ts: Tensor[]) => joined("hstack", ts, (t) => least(t, 1), ts[0]?.dim <= 1 ? 0 : 1),
  ),
  "aten::vstack": op(
    "Tensors below each other.",
    (ts: Tensor[]) => joined("vstack", ts, (t) => least(t, 2), 0),
  ),
  "aten::dstack": op("Tensors in depth.", (ts: Tensor[]) => joined("dstack", ts, (t) => least(t, 3), 2)),
  "aten::column_stack": op(
    "Columns side by side.",
    (ts: Tensor[]) => joined("column_stack", ts, (t) => t.dim <= 1 ? reshape(t, [t.numel, 1]) : t, 1),
  ),
  "aten::repeat": op("Repeated along dimensions.", repeat),
  "aten::tile": op(
    "Repeated along dimensions.",
    (self: Tensor, dims: number[]) =>
      repeat(self, dims.length < self.dim ? [...new Array(self.dim - dims.length).fill(1), ...dims] : dims),
  ),
  "aten::repeat_interleave.self_int": op(
    "Every element repeated.",
    (self: Tensor, n: number, dim: number | null) => repeatInterleave(self, [n], dim),
  ),
  "aten::repeat_interleave.self_Tensor": op(
    "Every element repeated.",
    (self: Tensor, n: Tensor, dim: number | null) => repeatInterleave(self, numbers(n), dim),
  ),
  "aten::flip": op("Turned round along dimensions.", flip),
  "aten::fliplr": op("Columns turned round.", (self: Tensor) => {
    check(self.dim >= 2, "Input must be >= 2-d.");
    return flip(self, [1]);
  }),
  "aten::flipud": op("Rows turned round.", (self: Tensor) => {
    check(self.dim >= 1, "Input must be >= 1-d.");
    return flip(self, [0]);
  }),
  "aten::roll": op("Shifted round.", roll),
  "aten::rot90": op("Turned by quarters.", rot90),
  "aten::tensor": raw("A tensor of nested lists.", tensorOf),
  "aten::tensor.int": raw("A 0-dim tensor.", tensorOf),
  "aten::tensor.bool": raw("A 0-dim tensor.", tensorOf),
  "aten::tensor.complex": raw("A 0-dim tensor.", tensorOf),
  "aten::tensor.float": raw(
    "A 0-dim tensor.",
    (v: number, dtype: number | null, d: Device | null, g: boolean) => tensorOf(new Float(v), dtype, d, g),
  ),
  "aten::as_tensor": raw(
    "A tensor converted.",
    (self: Tensor, dtype: number | null) => dtype === null ? self : asType(self, dtype as ScalarType),
  ),
  "aten::as_tensor.list": raw(
    "A tensor of nested lists.",
    (v: IValue, dtype: number | null, d: Device | null) => tensorOf(v, dtype, d, false),
  ),
  "aten::as_tensor.int": raw(
    "A 0-dim tensor.",
    (v: IValue, dtype: number | null, d: Device | null) => tensorOf(v, dtype, d, false),
  ),
  "aten::as_tensor.bool": raw(
    "A 0-dim tensor.",
    (v: IValue, dtype: number | null, d: Device | null) => tensorOf(v, dtype, d, false),
  ),
  "aten::as_tensor.complex": raw(
    "A 0-dim tensor.",
    (v: IValue, dtype: number | null, d: Device | null) => tensorOf(v, dtype, d, false),
  ),
  "aten::as_tensor.float": raw(
    "A 0-dim tensor.",
    (v: number, dtype: number | null, d: Device | null) => tensorOf(new Float(v), dtype, d, false),
  ),
  "prim::NumToTensor.Scalar": raw(
    "A number as a 0-dim tensor.",
    (v: Scalar) =>
      full(
        [],
        v,
        isFloatingType(tensorOf(v, null, null, false).scalarType)
          ? ScalarType.Double
          : tensorOf(v, null, null, false).scalarType,
      ),
  ),
  "prim::NumToTensor.bool": raw("A bool as a 0-dim tensor.", (v: boolean) => full([], v, ScalarType.Bool)),
};
