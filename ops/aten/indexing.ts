/** Indexing by tensors, and the Python form of it: ints, slices, None, Ellipsis, masks and tensors together. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { ListValue } from "../../core/ivalue.ts";
import { AnyTensorType, OptionalType } from "../../core/types.ts";
import type { Scalar } from "../../core/scalar.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { numelOf, Tensor } from "../../core/tensor.ts";
import { call } from "../dispatch.ts";
import { type Family, op } from "../declaration.ts";
import { fromTypedArray, newTensor } from "../reference/allocation.ts";
import { copyInto } from "../reference/copy.ts";
import { numbers, numbersToLongs } from "../reference/dense.ts";
import { expandTo, wrapDim } from "../reference/dims.ts";
import { addAt, positionsOf, putAt, takeAt } from "../reference/positions.ts";
import { broadcastSizes } from "../reference/promotion.ts";
import { scalarTensor } from "../reference/fill.ts";
import { reshape } from "./view.ts";

/** One item of an index as Python writes it. */
export type IndexItem =
  | { kind: "int"; value: number }
  | { kind: "slice"; start: number | null; stop: number | null; step: number | null }
  | { kind: "none" }
  | { kind: "ellipsis" }
  | { kind: "bool"; value: boolean }
  | { kind: "tensor"; value: Tensor };

/** int64 positions of the true elements of a mask, one tensor a dimension. */
function nonzeroColumns(mask: Tensor): Tensor[] {
  const v = numbers(mask), hits: number[] = [];
  for (let i = 0; i < v.length; i++) if (v[i] !== 0) hits.push(i);
  const dims = mask.sizes;
  return dims.map((_s, d) => {
    const inner = numelOf(dims.slice(d + 1)), size = dims[d];
    const out = new Float64Array(hits.length);
    hits.forEach((h, i) => out[i] = Math.floor(h / inner) % size);
    return fromTypedArray(numbersToLongs(out), [hits.length], ScalarType.Long);
  });
}

/** `nonzero`: rows of indices. */
function nonzero(self: Tensor): Tensor {
  const v = numbers(self), hits: number[] = [];
  for (let i = 0; i < v.length; i++) if (v[i] !== 0) hits.push(i);
  const out = new Float64Array(hits.length * self.dim);
  hits.forEach((h, i) => {
    for (let d = self.dim - 1; d >= 0; d--) {
      out[i * self.dim + d] = h % self.sizes[d];
      h = Math.floor(h / self.sizes[d]);
    }
  });
  return fromTypedArray(numbersToLongs(out), [hits.length, self.dim], ScalarType.Long);
}

interface Plan {
  /** The result's sizes. */
  readonly sizes: readonly number[];
  /** Where each element of the result lies in the storage. */
  readonly positions: Float64Array;
}

/** Resolves `aten::index`: masks to positions, index tensors broadcast, their dimensions where PyTorch puts them. */
function plan(self: Tensor, given: readonly (Tensor | null)[]): Plan {
  const indices: (Tensor | null)[] = [];
  for (const i of given) {
    if (i && (i.scalarType === ScalarType.Bool || i.scalarType === ScalarType.Byte)) {
      i.sizes.forEach((s, d) => {
        const at = indices.length + d;
        check(
          at < self.dim && self.sizes[at] === s,
          () =>
            `The shape of the mask [${
              i.sizes.join(", ")
            }] at index ${d} does not match the shape of the indexed tensor [${
              self.sizes.join(", ")
            }] at index ${at}`,
          "IndexError",
        );
      });
      indices.push(...nonzeroColumns(i));
    } else {
      check(
        !i || i.scalarType === ScalarType.Long || i.scalarType === ScalarType.Int,
        "tensors used as indices must be long, int, byte or bool tensors",
        "IndexError",
      );
      indices.push(i);
    }
  }
  check(
    indices.length <= self.dim,
    () => `too many indices for tensor of dimension ${self.dim} (got ${indices.length})`,
    "IndexError",
  );
  const at = indices.flatMap((t, d) => t ? [d] : []);
  let shape: readonly number[] = [];
  try {
    for (const d of at) shape = broadcastSizes(shape, indices[d]!.sizes);
  } catch {
    const shapes = at.map((d) => `[${indices[d]!.sizes.join(", ")}]`).join(", ");
    throw new RuntimeFault(
      "IndexError",
      `shape mismatch: indexing tensors could not be broadcast together with shapes ${shapes}`,
    );
  }
  const count = numelOf(shape), base = new Float64Array(count);
  for (const d of at) {
    const v = numbers(expandTo(indices[d]!, shape)), size = self.sizes[d];
    for (let i = 0; i < count; i++) {
      check(
        v[i] >= -size && v[i] < size,
        () => `index ${v[i]} is out of bounds for dimension ${d} with size ${size}`,
        "IndexError",
      );
      base[i] += (v[i] < 0 ? v[i] + size : v[i]) * self.strides[d];
    }
  }
  const kept = self.sizes.flatMap((_s, d) => indices[d] ? [] : [d]);
  // Adjacent index tensors leave their dimensions in place; others move them to the front.
  const adjacent = at.length > 0 && at[at.length - 1] - at[0] === at.length - 1;
  const before = adjacent ? kept.filter((d) => d < at[0]) : [],
    after = kept.filter((d) => !before.includes(d));
  const beforeAt = spread(self, before), afterAt = spread(self, after);
  const sizes = [...before.map((d) => self.sizes[d]), ...shape, ...after.map((d) => self.sizes[d])];
  const positions = new Float64Array(beforeAt.length * count * afterAt.length);
  let o = 0;
  for (const b of beforeAt) {
    for (let i = 0; i < count; i++) {
      for (const a of afterAt) positions[o++] = self.storageOffset + b + base[i] + a;
    }
  }
  return { sizes, positions };
}

/** Offsets of all elements along some dimensions. */
function spread(t: Tensor, dims: readonly number[]): Float64Array {
  return positionsOf(
    new Tensor(t.storage, t.scalarType, dims.map((d) => t.sizes[d]), dims.map((d) => t.strides[d]), 0),
  );
}

export function indexTensors(self: Tensor, indices: readonly (Tensor | null)[]): Tensor {
  const p = plan(self, indices);
  return takeAt(self, p.positions, p.sizes);
}

export function indexPut(
  self: Tensor,
  indices: readonly (Tensor | null)[],
  values: Tensor,
  accumulate: boolean,
): Tensor {
  const p = plan(self, indices);
  const fits = values.dim <= p.sizes.length &&
    values.sizes.every((s, i) => s === 1 || s === p.sizes[p.sizes.length - values.dim + i]);
  check(
    fits,
    () =>
      `shape mismatch: value tensor of shape [${
        values.sizes.join(", ")
      }] cannot be broadcast to indexing result of shape [${p.sizes.join(", ")}]`,
  );
  check(
    values.scalarType === self.scalarType || values.wrappedNumber || values.dim === 0,
    () =>
      `Index put requires the source and destination dtypes match, got ${
        word(self)
      } for the destination and ${word(values)} for the source.`,
  );
  (accumulate ? addAt : putAt)(
    self,
    p.positions,
    call("aten::to.dtype", expandTo(values, p.sizes), self.scalarType) as Tensor,
    p.sizes,
  );
  self.bumpVersion();
  return self;
}
function word(t: Tensor): string {
  return [
    "Byte",
    "Char",
    "Short",
    "Int",
    "Long",
    "Half",
    "Float",
    "Double",
    "ComplexHalf",
    "ComplexFloat",
    "ComplexDouble",
    "Bool",
  ][t.scalarType] ?? "BFloat16";
}

/** Applies the parts of a Python index that are views; gives the view and, when there are any, index tensors. */
function applyViews(
  self: Tensor,
  items: readonly IndexItem[],
): { view: Tensor; tensors: (Tensor | null)[] | null } {
  const consumed = items.reduce(
    (n, i) =>
      n +
      (i.kind === "tensor"
        ? (i.value.scalarType === ScalarType.Bool || i.value.scalarType === ScalarType.Byte ? i.value.dim : 1)
        : i.kind === "int" || i.kind === "slice"
        ? 1
        : 0),
    0,
  );
  check(consumed <= self.dim, () => `too many indices for tensor of dimension ${self.dim}`, "IndexError");
  let view = self, dim = 0, own = 0;
  const tensors: (Tensor | null)[] = [];
  for (const i of items) {
    switch (i.kind) {
      case "int": {
        const size = view.sizes[dim];
        check(
          i.value >= -size && i.value < size,
          () => `index ${i.value} is out of bounds for dimension ${own} with size ${size}`,
          "IndexError",
        );
        own++;
        view = call("aten::select.int", view, dim, i.value) as Tensor;
        break;
      }
      case "slice":
        check((i.step ?? 1) > 0, "step must be greater than zero", "ValueError");
        if (i.start !== null || i.stop !== null || i.step !== null) {
          view = call("aten::slice.Tensor", view, dim, i.start, i.stop, i.step ?? 1) as Tensor;
        }
        dim++;
        own++;
        break;
      case "none":
        view = call("aten::unsqueeze", view, dim++) as Tensor;
        break;
      case "ellipsis":
        dim += self.dim - consumed;
        own += self.dim - consumed;
        break;
      case "bool": {
        view = call("aten::unsqueeze", view, dim) as Tensor;
        tensors[dim++] = fromTypedArray(
          numbersToLongs(i.value ? [0] : []),
          [i.value ? 1 : 0],
          ScalarType.Long,
        );
        break;
      }
      case "tensor": {
        const t = i.value, mask = t.scalarType === ScalarType.Bool || t.scalarType === ScalarType.Byte;
        if (t.dim === 0 && !mask) {
          // A 0-dim integer tensor indexes as its number does.
          view = call("aten::select.int", view, dim, numbers(t)[0]) as Tensor;
        } else if (t.dim === 0) {
          view = call("aten::unsqueeze", view, dim) as Tensor;
          tensors[dim++] = fromTypedArray(
            numbersToLongs(numbers(t)[0] ? [0] : []),
            [numbers(t)[0] ? 1 : 0],
            ScalarType.Long,
          );
        } else {
          tensors[dim] = t;
          dim += mask ? t.dim : 1;
        }
        break;
      }
    }
  }
  if (!tensors.some(Boolean)) return { view, tensors: null };
  // A mask stands for as many dimensions as it has.
  const out: (Tensor | null)[] = [];
  for (let d = 0; d < tensors.length;) {
    const t = tensors[d] ?? null;
    out.push(t);
    d += t && (t.scalarType === ScalarType.Bool || t.scalarType === ScalarType.Byte) ? Math.max(t.dim, 1) : 1;
  }
  return { view, tensors: out };
}

/** `self[items]`. */
export function indexGet(self: Tensor, items: readonly IndexItem[]): Tensor {
  check(
    self.dim > 0 || items.every((i) =>
      i.kind === "none" || i.kind === "ellipsis" || i.kind === "bool" ||
      (i.kind === "tensor" && i.value.dim === 0)
    ),
    "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number",
    "IndexError",
  );
  const { view, tensors } = applyViews(self, items);
  if (tensors) return call("aten::index.Tensor", view, listOf(tensors)) as Tensor;
  return view === self ? call("aten::alias", self) as Tensor : view;
}

/** `self[items] = value`. */
export function indexSet(self: Tensor, items: readonly IndexItem[], value: Tensor): void {
  const { view, tensors } = applyViews(self, items);
  if (tensors) {
    const v = value.scalarType === view.scalarType
      ? value
      : call("aten::to.dtype", value, view.scalarType) as Tensor;
    call("aten::index_put_", view, listOf(tensors), v, false);
    return;
  }
  // Leading sizes of one fall away, as in assignment to a smaller view.
  let v = value;
  while (v.dim > view.dim && v.sizes[0] === 1) v = reshape(v, v.sizes.slice(1));
  call("aten::copy_", view, v, false);
}

function listOf(tensors: readonly (Tensor | null)[]): ListValue {
  return new ListValue(new OptionalType(AnyTensorType), [...tensors]);
}

function gather(self: Tensor, dim: number, index: Tensor): Tensor {
  const p = gatherPositions("gather", self, dim, index);
  return takeAt(self, p, index.sizes);
}

function gatherPositions(name: string, self: Tensor, dim: number, index: Tensor): Float64Array {
  check(
    index.scalarType === ScalarType.Long || index.scalarType === ScalarType.Int,
    `${name}(): Expected dtype int32/int64 for index`,
  );
  const d = wrapDim(dim, self.dim);
  check(
    index.dim === self.dim || index.numel === 0 || self.dim === 0 || index.dim === 0,
    "Index tensor must have the same number of dimensions as input tensor",
  );
  index.sizes.forEach((s, i) =>
    check(
      i === d || s <= (self.sizes[i] ?? 1),
      () =>
        `Size does not match at dimension ${i} expected index [${
          index.sizes.join(", ")
        }] to be no larger than self [${self.sizes.join(", ")}] apart from dimension ${d}`,
    )
  );
  const v = numbers(index), size = self.sizes[d] ?? 1;
  const zeroed = self.strides.map((s, i) => i === d ? 0 : s);
  const out = positionsOf(
    new Tensor(self.storage, self.scalarType, index.sizes, zeroed.slice(0, index.dim), self.storageOffset),
  );
  for (let i = 0; i < out.length; i++) {
    check(
      v[i] >= 0 && v[i] < size,
      () => `index ${v[i]} is out of bounds for dimension ${d} with size ${size}`,
    );
    out[i] += v[i] * (self.strides[d] ?? 1);
  }
  return out;
}

/** A copy with the elements at `index` along `dim` replaced, or added to. */
function scatter(add: boolean, inPlace: boolean) {
  return (self: Tensor, dim: number, index: Tensor, src: Tensor | Scalar): Tensor => {
    const out = inPlace ? self : call("aten::clone", self, null) as Tensor;
    const p = gatherPositions("scatter", out, dim, index);
    const values = src instanceof Tensor
      ? takeAt(
        src,
        positionsOf(new Tensor(src.storage, src.scalarType, index.sizes, src.strides, src.storageOffset)),
        index.sizes,
      )
      : expandTo(scalarTensor(src, out.scalarType), index.sizes);
    (add ? addAt : putAt)(out, p, expandTo(values, index.sizes), index.sizes);
    if (inPlace) out.bumpVersion();
    return out;
  };
}

function indexSelect(self: Tensor, dim: number, index: Tensor): Tensor {
  check(index.dim <= 1, "index_select(): Index is supposed to be a vector");
  const d = wrapDim(dim, self.dim), size = self.sizes[d] ?? 1, v = numbers(index);
  for (const i of v) check(i >= 0 && i < size, "index out of range in self", "IndexError");
  const flat = index.dim === 0 ? reshape(index, [1]) : index;
  if (self.dim === 0) return call("aten::clone", self, null) as Tensor;
  return indexTensors(self, [...new Array<null>(d).fill(null), flat]);
}

/** Writes `source` into the rows of self that `index` names. */
function indexWrite(add: boolean, inPlace: boolean) {
  return (self: Tensor, dim: number, index: Tensor, source: Tensor, alpha: Scalar = 1): Tensor => {
    const out = inPlace ? self : call("aten::clone", self, null) as Tensor;
    const d = wrapDim(dim, self.dim);
    const values = alpha === 1 ? source : call("aten::mul.Scalar", source, alpha) as Tensor;
    return indexPut(out, [...new Array<null>(d).fill(null), index], values, add);
  };
}

function maskedFill(self: Tensor, mask: Tensor, value: Tensor | Scalar): Tensor {
  check(
    mask.scalarType === ScalarType.Bool,
    "masked_fill only supports boolean masks, but got mask with dtype int",
  );
  const v = value instanceof Tensor ? value : scalarTensor(value, self.scalarType);
  const sizes = broadcastSizes(self.sizes, mask.sizes), out = newTensor(sizes, self.scalarType);
  copyInto(out, expandTo(self, sizes));
  const m = numbers(expandTo(mask, sizes)), at: number[] = [];
  for (let i = 0; i < m.length; i++) if (m[i]) at.push(i);
  const fill = call("aten::to.dtype", v, self.scalarType) as Tensor;
  putAt(out, at, expandTo(reshape(fill, []), [at.length]), [at.length]);
  return out;
}

function maskedSelect(self: Tensor, mask: Tensor): Tensor {
  const sizes = broadcastSizes(self.sizes, mask.sizes);
  return indexTensors(expandTo(self, sizes), [expandTo(mask, sizes)]);
}

function where(cond: Tensor, a: Tensor | Scalar, b: Tensor | Scalar): Tensor {
  const t = call(
    "aten::result_type.Tensor",
    ...[a, b].map((v) => v instanceof Tensor ? v : weak(v)),
  ) as number;
  const x = a instanceof Tensor ? a : scalarTensor(a, t as ScalarType),
    y = b instanceof Tensor ? b : scalarTensor(b, t as ScalarType);
  const sizes = broadcastSizes(broadcastSizes(cond.sizes, x.sizes), y.sizes);
  const out = newTensor(sizes, t as ScalarType);
  copyInto(out, expandTo(y, sizes));
  const m = numbers(expandTo(cond, sizes)), at: number[] = [];
  for (let i = 0; i < m.length; i++) if (m[i]) at.push(i);
  const taken = call("aten::to.dtype", expandTo(x, sizes), t) as Tensor;
  putAt(out, at, takeAt(taken, Float64Array.from(at, (i) => positionAt(taken, i)), [at.length]), [at.length]);
  return out;
}
function weak(v: Scalar): Tensor {
  const t = scalarTensor(
    v,
    typeof v === "boolean"
      ? ScalarType.Bool
      : typeof v === "number" || typeof v === "bigint"
      ? ScalarType.Long
      : ScalarType.Double,
  );
  t.wrappedNumber = true;
  return t;
}
/** Storage position of the i-th element in row-major order. */
function positionAt(t: Tensor, i: number): number {
  let at = t.storageOffset;
  for (let d = t.dim - 1; d >= 0; d--) {
    at += (i % t.sizes[d]) * t.strides[d];
    i = Math.floor(i / t.sizes[d]);
  }
  return at;
}

export const indexing: Family = {
  "aten::index.Tensor": op("Elements at index tensors.", indexTensors),
  "aten::index_put_": op("Writes at index tensors.", indexPut),
  "aten::index_put": op(
    "A copy with elements at index tensors replaced.",
    (s: Tensor, i: (Tensor | null)[], v: Tensor, acc: boolean) =>
      indexPut(call("aten::clone", s, null) as Tensor, i, v, acc),
  ),
  "aten::nonzero": op("Indices of the elements that are not zero, a row each.", nonzero),
  "aten::nonzero_numpy": op(
    "Indices of the elements that are not zero, a tensor a dimension.",
    nonzeroColumns,
  ),
  "aten::gather": op("Elements that index names along a dimension.", gather),
  "aten::scatter.src": op("A copy with elements along a dimension replaced.", scatter(false, false)),
  "aten::scatter.value": op("A copy with elements along a dimension replaced.", scatter(false, false)),
  "aten::scatter_.src": op("Replaces elements along a dimension.", scatter(false, true)),
  "aten::scatter_.value": op("Replaces elements along a dimension.", scatter(false, true)),
  "aten::scatter_add": op("A copy with elements along a dimension added to.", scatter(true, false)),
  "aten::scatter_add_": op("Adds to elements along a dimension.", scatter(true, true)),
  "aten::index_select": op("Slices that index names along a dimension.", indexSelect),
  "aten::index_copy": op("A copy with slices along a dimension replaced.", indexWrite(false, false)),
  "aten::index_copy_": op("Replaces slices along a dimension.", indexWrite(false, true)),
  "aten::index_add": op("A copy with slices along a dimension added to.", indexWrite(true, false)),
  "aten::index_add_": op("Adds to slices along a dimension.", indexWrite(true, true)),
  "aten::masked_fill.Scalar": op("value where the mask is true.", maskedFill),
  "aten::masked_fill.Tensor": op("value where the mask is true.", maskedFill),
  "aten::masked_select": op("Elements where the mask is true.", maskedSelect),
  "aten::where.self": op("Elements of one tensor or the other.", where),
  "aten::where.ScalarSelf": op("Elements of one or the other.", where),
  "aten::where.ScalarOther": op("Elements of one or the other.", where),
  "aten::where.Scalar": op("One number or the other.", where),
  "aten::where": op("Indices of the elements that are not zero, a tensor a dimension.", nonzeroColumns),
  "aten::take": op(
    "Elements by their position in row-major order.",
    (s: Tensor, i: Tensor) =>
      reshape(indexTensors(reshape(s, [s.numel]), [reshape(i, [i.numel])]), [...i.sizes]),
  ),
};
