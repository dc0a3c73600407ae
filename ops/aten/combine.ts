/** Joining, repeating, picking and scattering elements. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { type IValue, ListValue } from "../../core/ivalue.ts";
import { Complex, Float, type Scalar } from "../../core/scalar.ts";
import { isFloatingType, ScalarType, toComplexType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import type { Device } from "../../core/device.ts";
import { type Family, op, raw } from "../declaration.ts";
import { indexTensors, nonzero, putTensors } from "../indexing.ts";
import { getDefaultDtype, newTensor } from "../reference/allocation.ts";
import { asType, copyInto, copyOf } from "../reference/copy.ts";
import { fromNumbers, makeArray, numbers } from "../reference/dense.ts";
import { expandTo, wrapDim } from "../reference/dims.ts";
import { fillTensor, full, scalarTensor } from "../reference/fill.ts";
import { fromTypedArray } from "../reference/allocation.ts";
import { storeElement } from "../../core/element.ts";
import { addAt, combineAt, positionsOf, putAt, takeAt } from "../reference/positions.ts";
import { broadcastSizes, type Operand, resultType } from "../reference/promotion.ts";
import { pointwise } from "../reference/pointwise.ts";
import { cloneTensor, itemOf } from "./memory.ts";
import { permute, reshape, select, slice, unbind, unsqueeze, viewAs } from "./view.ts";

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
/** Positions of `self` picked by an index function of the coordinates along one dimension. */
function remap(
  self: Tensor,
  dims: readonly number[],
  f: (i: number, n: number, d: number) => number,
): Tensor {
  let out = self;
  for (const dim of dims) {
    const d = wrapDim(dim, self.dim), n = out.sizes[d];
    out = indexSelect(
      out,
      d,
      fromNumbers(Array.from({ length: n }, (_, i) => f(i, n, d)), [n], ScalarType.Long),
    );
  }
  return out === self ? copyOf(self) : out;
}
export function indexSelect(self: Tensor, dim: number, index: Tensor): Tensor {
  const d = wrapDim(dim, self.dim);
  check(index.dim <= 1, "index_select(): Index is supposed to be a vector", "IndexError");
  const v = numbers(index), n = self.sizes[d] ?? 1;
  for (let i = 0; i < v.length; i++) check(v[i] >= 0 && v[i] < n, "index out of range in self", "IndexError");
  if (self.dim === 0) return reshape(self, [1]);
  const out = newTensor(self.sizes.map((s, k) => k === d ? v.length : s), self.scalarType);
  for (let i = 0; i < v.length; i++) copyInto(select(out, d, i), select(self, d, v[i]));
  return out;
}
/** Storage positions of `target` that an index tensor of the same rank addresses along `dim`. */
function along(target: Tensor, dim: number, index: Tensor, what: string): Float64Array {
  const d = wrapDim(dim, target.dim);
  check(
    index.scalarType === ScalarType.Long || index.scalarType === ScalarType.Int,
    `${what}(): Expected dtype int64 for index`,
  );
  check(
    Math.max(index.dim, 1) === Math.max(target.dim, 1),
    `Index tensor must have the same number of dimensions as input tensor`,
  );
  const base = positionsOf(
    target.asStrided([], []),
    index.sizes,
    target.strides.map((s, k) => k === d ? 0 : s),
  );
  const v = numbers(index), n = target.sizes[d] ?? 1, step = target.strides[d] ?? 1;
  for (let i = 0; i < v.length; i++) {
    if (v[i] < 0 || v[i] >= n) {
      throw new RuntimeFault(
        "RuntimeError",
        `index ${v[i]} is out of bounds for dimension ${d} with size ${n}`,
      );
    }
    base[i] += v[i] * step;
  }
  return base;
}
function gather(self: Tensor, dim: number, index: Tensor): Tensor {
  index.sizes.forEach((s, k) =>
    check(
      k === wrapDim(dim, self.dim) || s <= (self.sizes[k] ?? 1),
      () =>
        `Size does not match at dimension ${k} expected index [${
          index.sizes.join(", ")
        }] to be no larger than self [${self.sizes.join(", ")}] apart from dimension ${
          wrapDim(dim, self.dim)
        }`,
    )
  );
  return takeAt(self, along(self, dim, index, "gather"), index.sizes);
}
type Scatter = (
  self: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor | Scalar,
  reduce?: string,
  include?: boolean,
) => Tensor;
const scatterWith = (
  how: (target: Tensor, at: Float64Array, src: Tensor, sizes: readonly number[], reduce?: string) => void,
  inPlace: boolean,
): Scatter =>
(self, dim, index, src, reduce) => {
  const out = inPlace ? self : cloneTensor(self);
  if (index.numel === 0) return out;
  const value = src instanceof Tensor
    ? src.asStrided(index.sizes, src.strides)
    : expandTo(scalarTensor(src, self.scalarType), index.sizes);
  check(
    !(src instanceof Tensor) || src.scalarType === self.scalarType,
    "scatter(): Expected self.dtype to be equal to src.dtype",
  );
  how(out, along(out, dim, index, "scatter"), value, index.sizes, reduce);
  out.bumpVersion();
  return out;
};
function reduceAt(t: Tensor, at: Float64Array, v: Tensor, sizes: readonly number[], reduce = "sum"): void {
  if (reduce === "add" || reduce === "sum") return addAt(t, at, v, sizes);
  const f = {
    multiply: (a: number, b: number) => a * b,
    prod: (a: number, b: number) => a * b,
    amax: Math.max,
    amin: Math.min,
  }[reduce];
  check(f, () => `reduce argument must be either sum, prod, mean, amax or amin, got ${reduce}`);
  combineAt(t, at, v, sizes, f);
}
const scatter = scatterWith(putAt, false), scatter_ = scatterWith(putAt, true);
const scatterAdd = scatterWith(addAt, false), scatterAdd_ = scatterWith(addAt, true);
const scatterReduce = scatterWith(reduceAt, false), scatterReduce_ = scatterWith(reduceAt, true);

function indexWrite(
  self: Tensor,
  dim: number,
  index: Tensor,
  write: (part: Tensor, i: number) => void,
): Tensor {
  const v = numbers(index), d = wrapDim(dim, self.dim);
  for (let i = 0; i < v.length; i++) {
    check(v[i] >= -self.sizes[d] && v[i] < self.sizes[d], "index out of range in self", "IndexError");
    write(select(self, d, v[i]), i);
  }
  self.bumpVersion();
  return self;
}
const indexAdd = (self: Tensor, dim: number, index: Tensor, src: Tensor, alpha: Scalar): Tensor =>
  indexWrite(self, dim, index, (part, i) => {
    const s = select(src, dim, i);
    addAt(
      part,
      positionsOf(part),
      alpha === 1 ? s : pointwise({ name: "mul", real: (a, b) => a * b }, [s, alpha], s.scalarType),
      part.sizes,
    );
  });
const indexCopy = (self: Tensor, dim: number, index: Tensor, src: Tensor): Tensor =>
  indexWrite(self, dim, index, (part, i) => copyInto(part, select(src, dim, i)));
const indexFill = (self: Tensor, dim: number, index: Tensor, v: Scalar): Tensor =>
  indexWrite(self, dim, index, (part) => fillTensor(part, v));

function checkMask(mask: Tensor, name: string): void {
  check(
    mask.scalarType === ScalarType.Bool,
    () =>
      `${name} only supports boolean masks, but got mask with dtype ${
        [
          "unsigned char",
          "signed char",
          "short int",
          "int",
          "long int",
          "c10::Half",
          "float",
          "double",
        ][mask.scalarType]
      }`,
  );
}
function maskedFill(self: Tensor, mask: Tensor, value: Scalar | Tensor): Tensor {
  checkMask(mask, "masked_fill_");
  check(
    !(value instanceof Tensor) || value.dim === 0,
    () =>
      `masked_fill only supports a 0-dimensional value tensor, but got tensor with ${
        (value as Tensor).dim
      } dimension(s).`,
  );
  const v = value instanceof Tensor ? itemOf(value) : value;
  const sizes = broadcastSizes(self.sizes, mask.sizes);
  const out = copyOf(expandTo(self, sizes));
  const at = positionsOf(out), m = numbers(mask, sizes);
  const hit = at.filter((_, i) => m[i] !== 0);
  putAt(out, hit, scalarTensor(v, self.scalarType), [hit.length]);
  return out;
}
function maskedSelect(self: Tensor, mask: Tensor): Tensor {
  check(mask.scalarType === ScalarType.Bool, "masked_select: expected BoolTensor for mask");
  const sizes = broadcastSizes(self.sizes, mask.sizes), x = expandTo(self, sizes), m = numbers(mask, sizes);
  const hit = positionsOf(x).filter((_, i) => m[i] !== 0);
  return takeAt(x, hit, [hit.length]);
}
function where(cond: Tensor, a: Operand, b: Operand): Tensor {
  check(
    cond.scalarType === ScalarType.Bool || cond.scalarType === ScalarType.Byte,
    () =>
      `where expected condition to be a boolean tensor, but got a tensor with dtype ${
        ["Byte", "Char", "Short", "Int", "Long", "Half", "Float", "Double"][cond.scalarType]
      }`,
  );
  const t = resultType(a, b);
  const sizes = [a, b].reduce<readonly number[]>(
    (s, o) => o instanceof Tensor ? broadcastSizes(s, o.sizes) : s,
    cond.sizes,
  );
  const wide = (o: Operand) => expandTo(o instanceof Tensor ? asType(o, t) : scalarTensor(o, t), sizes);
  const out = copyOf(wide(b)), m = numbers(cond, sizes), x = wide(a);
  const hit = positionsOf(out).filter((_, i) => m[i] !== 0),
    from = positionsOf(x).filter((_, i) => m[i] !== 0);
  putAt(out, hit, takeAt(x, from, [from.length]), [hit.length]);
  return out;
}
function clamp(self: Tensor, lo: Operand | null, hi: Operand | null): Tensor {
  check(lo !== null || hi !== null, "torch.clamp: At least one of 'min' or 'max' must not be None");
  const t = resultType(self, ...[lo, hi].filter((x) => x !== null));
  const bound = (x: Tensor, b: Operand | null, f: (a: number, b: number) => number) =>
    b === null ? x : pointwise(
      {
        name: "clamp",
        real: (a, c) => a !== a || c !== c ? NaN : f(a, c),
        long: (a, c) => f(0, 1) === 1 ? (a > c ? a : c) : (a < c ? a : c),
      },
      [x, b],
      t,
    );
  return bound(bound(self, lo, Math.max), hi, Math.min);
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

export const combining: Family = {
  "aten::cat": op("Tensors in a row.", cat),
  "aten::stack": op("Tensors along a new dimension.", stack),
  "aten::hstack": op(
    "Tensors side by side.",
    (ts: Tensor[]) => cat(ts.map((t) => least(t, 1)), ts[0].dim <= 1 ? 0 : 1),
  ),
  "aten::vstack": op("Tensors below each other.", (ts: Tensor[]) => cat(ts.map((t) => least(t, 2)), 0)),
  "aten::dstack": op("Tensors in depth.", (ts: Tensor[]) => cat(ts.map((t) => least(t, 3)), 2)),
  "aten::column_stack": op(
    "Columns side by side.",
    (ts: Tensor[]) => cat(ts.map((t) => t.dim <= 1 ? reshape(t, [t.numel, 1]) : t), 1),
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
  "aten::flip": op(
    "Turned round along dimensions.",
    (self: Tensor, dims: number[]) => remap(self, dims, (i, n) => n - 1 - i),
  ),
  "aten::fliplr": op("Columns turned round.", (self: Tensor) => remap(self, [1], (i, n) => n - 1 - i)),
  "aten::flipud": op("Rows turned round.", (self: Tensor) => remap(self, [0], (i, n) => n - 1 - i)),
  "aten::roll": op("Shifted round.", (self: Tensor, shifts: number[], dims: number[]) => {
    if (dims.length === 0) {
      return reshape(remap(reshape(self, [-1]), [0], (i, n) => (((i - shifts[0]) % n) + n) % n), self.sizes);
    }
    return dims.reduce((t, d, k) => remap(t, [d], (i, n) => (((i - shifts[k]) % n) + n) % n), self);
  }),
  "aten::rot90": op("Turned by quarters.", (self: Tensor, k: number, dims: number[]) => {
    const [a, b] = dims.map((d) => wrapDim(d, self.dim)),
      order = self.sizes.map((_, i) => i === a ? b : i === b ? a : i);
    const flip = (t: Tensor, d: number) => remap(t, [d], (i, n) => n - 1 - i);
    const r = ((k % 4) + 4) % 4;
    return r === 0
      ? copyOf(self)
      : r === 1
      ? copyOf(permute(flip(self, b), order))
      : r === 2
      ? flip(flip(self, a), b)
      : copyOf(permute(flip(self, a), order));
  }),
  "aten::index.Tensor": op("Elements at index tensors.", indexTensors),
  "aten::index_put_": op("Writes elements at index tensors.", putTensors),
  "aten::index_put": op(
    "Elements written at index tensors.",
    (self: Tensor, i: (Tensor | null)[], v: Tensor, acc: boolean) => putTensors(cloneTensor(self), i, v, acc),
  ),
  "aten::nonzero": op("Positions of nonzero elements.", nonzero),
  "aten::nonzero_numpy": op(
    "Positions of nonzero elements, a tensor a dimension.",
    (self: Tensor) => unbind(nonzero(self), 1),
  ),
  "aten::argwhere": op("Positions of nonzero elements.", nonzero),
  "aten::index_select": op("Chosen slices of a dimension.", indexSelect),
  "aten::gather": op("Elements picked along a dimension.", gather),
  "aten::take_along_dim": op(
    "Elements picked along a dimension.",
    (self: Tensor, index: Tensor, dim: number | null) =>
      dim === null ? gather(reshape(self, [-1]), 0, reshape(index, [-1])) : gather(self, dim, index),
  ),
  "aten::take": op("Elements by flat index.", (self: Tensor, index: Tensor) => indexTensorsFlat(self, index)),
  "aten::scatter.src": op("Elements written along a dimension.", scatter),
  "aten::scatter.value": op("Elements written along a dimension.", scatter),
  "aten::scatter_.src": op("Writes elements along a dimension.", scatter_),
  "aten::scatter_.value": op("Writes elements along a dimension.", scatter_),
  "aten::scatter.reduce": op("Elements combined along a dimension.", scatterReduce),
  "aten::scatter_.reduce": op("Combines elements along a dimension.", scatterReduce_),
  "aten::scatter_add": op("Elements added along a dimension.", scatterAdd),
  "aten::scatter_add_": op("Adds elements along a dimension.", scatterAdd_),
  "aten::index_add": op(
    "Slices added at indices.",
    (self: Tensor, d: number, i: Tensor, s: Tensor, a: Scalar) => indexAdd(cloneTensor(self), d, i, s, a),
  ),
  "aten::index_add_": op("Adds slices at indices.", indexAdd),
  "aten::index_copy": op(
    "Slices written at indices.",
    (self: Tensor, d: number, i: Tensor, s: Tensor) => indexCopy(cloneTensor(self), d, i, s),
  ),
  "aten::index_copy_": op("Writes slices at indices.", indexCopy),
  "aten::index_fill.int_Scalar": op(
    "Slices filled.",
    (self: Tensor, d: number, i: Tensor, v: Scalar) => indexFill(cloneTensor(self), d, i, v),
  ),
  "aten::index_fill_.int_Scalar": op("Fills slices.", indexFill),
  "aten::masked_fill.Scalar": op("A value where the mask is true.", maskedFill),
  "aten::masked_fill.Tensor": op("A value where the mask is true.", maskedFill),
  "aten::masked_select": op("Elements where the mask is true.", maskedSelect),
  "aten::masked_scatter": op(
    "Elements of source, in order, where the mask is true.",
    (self: Tensor, mask: Tensor, source: Tensor) => {
      const out = copyOf(expandTo(self, broadcastSizes(self.sizes, mask.sizes))),
        m = numbers(mask, out.sizes);
      const hit = positionsOf(out).filter((_, i) => m[i] !== 0);
      check(source.numel >= hit.length, "Number of elements of source < number of ones in mask");
      putAt(out, hit, slice(reshape(source, [-1]), 0, 0, hit.length, 1), [hit.length]);
      return out;
    },
  ),
  "aten::where.self": op("self where true, else other.", where),
  "aten::where.ScalarSelf": op("self where true, else other.", where),
  "aten::where.ScalarOther": op("self where true, else other.", where),
  "aten::where.Scalar": op("self where true, else other.", where),
  "aten::where": op("Positions of nonzero elements.", (self: Tensor) => unbind(nonzero(self), 1)),
  "aten::clamp": op("Kept between bounds.", clamp),
  "aten::clamp.Tensor": op("Kept between bounds.", clamp),
  "aten::clamp_min": op("At least a bound.", (self: Tensor, lo: Operand) => clamp(self, lo, null)),
  "aten::clamp_min.Tensor": op("At least a bound.", (self: Tensor, lo: Operand) => clamp(self, lo, null)),
  "aten::clamp_max": op("At most a bound.", (self: Tensor, hi: Operand) => clamp(self, null, hi)),
  "aten::clamp_max.Tensor": op("At most a bound.", (self: Tensor, hi: Operand) => clamp(self, null, hi)),
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

function indexTensorsFlat(self: Tensor, index: Tensor): Tensor {
  const v = numbers(index), n = self.numel, all = positionsOf(self);
  const at = Float64Array.from(v, (i) => {
    check(
      i >= -n && i < n,
      "out of range: tried to access index " + i + ` on a tensor of ${n} elements.`,
      "IndexError",
    );
    return all[i < 0 ? i + n : i];
  });
  return takeAt(self, at, index.sizes);
}
