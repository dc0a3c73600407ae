/** Picking, writing, adding and combining along one dimension: gather, scatter, index_select and their kin. */
import { check, type PythonErrorName } from "../../core/errors.ts";
import { type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { isComplexType, isFloatingType, isIntegralType, ScalarType } from "../../core/scalar_type.ts";
import { numelOf, Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { call } from "../dispatch.ts";
import { newTensor } from "../reference/allocation.ts";
import { asType, copyInto } from "../reference/copy.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { expandTo, wrapDim } from "../reference/dims.ts";
import { scalarTensor } from "../reference/fill.ts";
import { addAt, combineAt, positionsOf, putAt, takeAt } from "../reference/positions.ts";
import { broadcastSizes, typeName } from "../reference/promotion.ts";
import { cloneTensor, itemOf } from "./memory.ts";
import { reshape, select } from "./view.ts";

const list = (sizes: readonly number[]) => `[${sizes.join(", ")}]`;

/** Storage positions of `target` that an index tensor of the same rank addresses along `d`. */
function along(target: Tensor, d: number, index: Tensor): Float64Array {
  const strides = target.dim === 0 ? index.sizes.map(() => 0) : target.strides;
  const base = positionsOf(target.asStrided([], []), index.sizes, strides.map((s, k) => k === d ? 0 : s));
  const v = numbers(index), n = target.sizes[d] ?? 1, step = target.strides[d] ?? 0;
  for (let i = 0; i < v.length; i++) {
    const x = v[i];
    check(x >= 0 && x < n, () => `index ${x} is out of bounds for dimension ${d} with size ${n}`);
    base[i] += x * step;
  }
  return base;
}
function intIndex(name: string, index: Tensor): void {
  check(
    index.scalarType === ScalarType.Long || index.scalarType === ScalarType.Int,
    `${name}(): Expected dtype int32/int64 for index`,
  );
}
const rank = (t: Tensor) => Math.max(t.dim, 1);

function gather(self: Tensor, dim: number, index: Tensor): Tensor {
  const d = wrapDim(dim, self.dim);
  if (index.numel === 0) return newTensor(index.sizes, self.scalarType);
  intIndex("gather", index);
  check(rank(index) === rank(self), "Index tensor must have the same number of dimensions as input tensor");
  const at = index.sizes.findIndex((s, k) => k !== d && s > (self.sizes[k] ?? 1));
  check(
    at < 0,
    () =>
      `Size does not match at dimension ${at} expected index ${list(index.sizes)} to be no larger than self ${
        list(self.sizes)
      } apart from dimension ${d}`,
  );
  return takeAt(self, along(self, d, index), index.sizes);
}

function takeAlongDim(self: Tensor, index: Tensor, dim: number | null): Tensor {
  check(
    index.scalarType === ScalarType.Long,
    () => `torch.take_along_dim(): dtype of indices should be Long but got ${typeName(index.scalarType)}`,
  );
  if (dim === null) return gather(reshape(self, [-1]), 0, reshape(index, [-1]));
  check(
    self.dim === index.dim,
    () =>
      `torch.take_along_dim(): input and indices should have the same number of dimensions, but got ${self.dim} dimensions for input, and ${index.dim} dimensions for indices`,
  );
  const d = wrapDim(dim, self.dim);
  const alike = (a: readonly number[], b: readonly number[]) => a.map((s, k) => k === d ? b[k] : s);
  const own = broadcastSizes(self.sizes, alike(index.sizes, self.sizes));
  const picked = broadcastSizes(index.sizes, alike(self.sizes, index.sizes));
  return gather(expandTo(self, own), d, expandTo(index, picked));
}

type Combine = (old: number, value: number) => number;
type Write = (t: Tensor, at: Float64Array, v: Tensor, sizes: readonly number[]) => void;

const combining = (f: Combine): Write => (t, at, v, sizes) => combineAt(t, at, v, sizes, f);
const MULTIPLY = combining((a, b) => a * b);

/** Writes `src` (or a number) into `out` at `index` along `dim`. */
function scatterInto(out: Tensor, dim: number, index: Tensor, src: Tensor | Scalar, write: Write): Tensor {
  const d = wrapDim(dim, out.dim);
  if (index.numel === 0) return out;
  intIndex("scatter", index);
  check(
    !(src instanceof Tensor) || src.scalarType === out.scalarType,
    "scatter(): Expected self.dtype to be equal to src.dtype",
  );
  check(rank(index) === rank(out), "Index tensor must have the same number of dimensions as self tensor");
  if (src instanceof Tensor) {
    check(rank(index) === rank(src), "Index tensor must have the same number of dimensions as src tensor");
  }
  const fits = index.sizes.every((s, k) =>
    (k === d || s <= (out.sizes[k] ?? 1)) && (!(src instanceof Tensor) || s <= (src.sizes[k] ?? 1))
  );
  check(
    fits,
    () =>
      `Expected index ${list(index.sizes)} to be no larger than self ${
        list(out.sizes)
      } apart from dimension ${d}` +
      (src instanceof Tensor ? ` and to be no larger size than src ${list(src.sizes)}` : ""),
  );
  const values = src instanceof Tensor
    ? src.asStrided(index.sizes, index.sizes.map((_, k) => src.strides[k] ?? 0))
    : expandTo(scalarTensor(src, out.scalarType), index.sizes);
  write(out, along(out, d, index), values, index.sizes);
  out.bumpVersion();
  return out;
}
/** A dense copy, as the functional forms give. */
function fresh(self: Tensor): Tensor {
  const out = newTensor(self.sizes, self.scalarType);
  copyInto(out, self);
  return out;
}
function reduceWrite(reduce: string): Write {
  check(reduce === "add" || reduce === "multiply", "reduce argument must be either add or multiply.");
  return reduce === "add" ? addAt : MULTIPLY;
}
const scatter = (write: Write) => ({
  copy: (self: Tensor, d: number, i: Tensor, v: Tensor | Scalar) => scatterInto(fresh(self), d, i, v, write),
  inPlace: (self: Tensor, d: number, i: Tensor, v: Tensor | Scalar) => scatterInto(self, d, i, v, write),
});
const put = scatter(putAt), add = scatter(addAt);
const scatterBy = (self: Tensor, d: number, i: Tensor, v: Tensor | Scalar, reduce: string) =>
  scatterInto(fresh(self), d, i, v, reduceWrite(reduce));
const scatterBy_ = (self: Tensor, d: number, i: Tensor, v: Tensor | Scalar, reduce: string) =>
  scatterInto(self, d, i, v, reduceWrite(reduce));

/** The slices of a dimension that an index of at most one dimension names. */
export function indexSelect(self: Tensor, dim: number, index: Tensor): Tensor {
  const d = wrapDim(dim, self.dim);
  check(index.dim <= 1, "index_select(): Index is supposed to be a vector", "IndexError");
  check(
    index.scalarType === ScalarType.Long || index.scalarType === ScalarType.Int,
    "index_select(): Expected dtype int32 or int64 for index",
  );
  check(
    self.dim > 0 || index.numel === 1,
    () => `index_select(): Index to scalar can have only 1 value, got ${index.numel} value(s)`,
  );
  const v = numbers(index), n = self.sizes[d] ?? 1, count = v.length;
  for (let i = 0; i < count; i++) check(v[i] >= 0 && v[i] < n, "index out of range in self", "IndexError");
  const out = newTensor(self.sizes.map((s, k) => k === d ? count : s), self.scalarType);
  if (!self.isContiguous) {
    for (let i = 0; i < count; i++) copyInto(select(out, d, i), select(self, d, v[i]));
    return out;
  }
  // Whole runs of memory: everything behind the dimension is contiguous.
  const run = numelOf(self.sizes.slice(d + 1)) * self.itemSize, outer = numelOf(self.sizes.slice(0, d));
  const from = self.storage.bytes(), to = out.storage.bytes(), start = self.storageOffset * self.itemSize;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < count; i++) {
      const at = start + (o * n + v[i]) * run;
      to.set(from.subarray(at, at + run), (o * count + i) * run);
    }
  }
  return out;
}

/** Calls `write(slice of self, i)` for each index, which may count from the end when `negative`. */
function eachSlice(
  self: Tensor,
  d: number,
  index: Tensor,
  outside: (i: number, n: number) => string,
  kind: PythonErrorName,
  negative: boolean,
  write: (part: Tensor, i: number) => void,
): Tensor {
  const v = numbers(index), n = self.sizes[d] ?? 1;
  for (let i = 0; i < v.length; i++) {
    check(v[i] >= (negative ? -n : 0) && v[i] < n, () => outside(v[i], n), kind);
  }
  for (let i = 0; i < v.length; i++) write(self.dim === 0 ? self : select(self, d, v[i]), i);
  self.bumpVersion();
  return self;
}
const sliceOf = (src: Tensor, d: number, i: number) => src.dim === 0 ? src : select(src, d, i);

function indexCopy(self: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  const d = wrapDim(dim, self.dim), name = "index_copy_()";
  check(index.dim < 2, () => `${name}: Index should have dimension 1 or 0 (got ${index.dim})`, "IndexError");
  check(
    self.scalarType === src.scalarType,
    () =>
      `${name}: self and source expected to have the same dtype, but got (self) ${
        typeName(self.scalarType)
      } and (source) ${typeName(src.scalarType)}`,
  );
  check(
    index.scalarType === ScalarType.Long,
    () => `${name}: Expected a long tensor for index, but got ${typeName(index.scalarType)}`,
  );
  const own = self.sizes.filter((_, k) => k !== d), other = src.sizes.filter((_, k) => k !== d);
  check(
    list(own) === list(other),
    () =>
      `${name}: Source/destination tensor must have same slice shapes. Destination slice shape: ${
        own.join(", ")
      } at dimension ${d} and source slice shape: ${other.join(", ")} at dimension 0.`,
  );
  check(
    src.dim === 0 ? index.numel === 1 : index.numel === src.sizes[d],
    () => `${name}: Number of indices (${index.numel}) should be equal to source.size(dim) (${src.sizes[d]})`,
    "IndexError",
  );
  return eachSlice(
    self,
    d,
    index,
    (i, n) => `${name}: index ${i} is out of bounds for dimension ${d} with size ${n}`,
    "IndexError",
    false,
    (part, i) => copyInto(part, sliceOf(src, d, i)),
  );
}

function indexAdd(self: Tensor, dim: number, index: Tensor, src: Tensor, alpha: Scalar): Tensor {
  const d = wrapDim(dim, self.dim), name = "index_add_()";
  check(
    index.dim <= 1,
    () =>
      `${name}: Index is supposed to be a vector, but got dim: ${index.dim} with type: ${
        typeName(index.scalarType)
      } and size: ${list(index.sizes)}`,
    "IndexError",
  );
  check(
    index.scalarType === ScalarType.Long || index.scalarType === ScalarType.Int,
    () => `${name}: Expected dtype int32/int64 for index but got: ${typeName(index.scalarType)}`,
  );
  check(
    self.scalarType === src.scalarType,
    () =>
      `${name}: self (${typeName(self.scalarType)}) and source (${
        typeName(src.scalarType)
      }) must have the same scalar type`,
  );
  check(
    src.dim === 0 ? index.numel === 1 : src.sizes[d] === index.numel,
    () =>
      `${name}: Number of indices (${index.numel}) should be equal to source.size(dim): (${
        src.sizes[d]
      }), for dim: ${d}`,
  );
  check(
    list(self.sizes.filter((_, k) => k !== d || self.dim === 0)) ===
        list(src.sizes.filter((_, k) => k !== d)) &&
      src.dim === self.dim,
    () =>
      `source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = ${
        list(self.sizes)
      } source.shape = ${list(src.sizes)}`,
  );
  // As a number of the tensor's own type: 1.5 counts as 1 among integers.
  const factor = isIntegralType(self.scalarType, true) ? Math.trunc(scalarToNumber(alpha)) : alpha;
  const scaled = factor === 1
    ? src
    : asType(call("aten::mul.Scalar", src, factor) as Tensor, self.scalarType);
  return eachSlice(
    self,
    d,
    index,
    (i, n) => `index ${i} is out of bounds for dimension ${d} with size ${n}`,
    "RuntimeError",
    false,
    (part, i) => addAt(part, positionsOf(part), sliceOf(scaled, d, i), part.sizes),
  );
}

function indexFill(self: Tensor, dim: number, index: Tensor, value: Scalar | Tensor): Tensor {
  const d = wrapDim(dim, self.dim);
  check(
    index.scalarType === ScalarType.Long,
    "index_fill_(): Expected dtype int64 for index.",
    "IndexError",
  );
  check(index.dim <= 1, "Index has to be a vector/scalar");
  check(
    !(value instanceof Tensor) || value.dim === 0,
    () =>
      `index_fill_ only supports a 0-dimensional value tensor, but got tensor with ${
        (value as Tensor).dim
      } dimension(s).`,
  );
  const v = value instanceof Tensor ? itemOf(value) as Scalar : value;
  check(
    isComplexType(self.scalarType) || !(typeof v === "object" && v !== null && "im" in v),
    "index_fill_(): Converting complex Scalar to non-complex type is not supported",
  );
  const one = scalarTensor(v, self.scalarType);
  return eachSlice(
    self,
    d,
    index,
    (i, n) => `index ${i} is out of bounds for dimension ${d} with size ${n}`,
    "IndexError",
    true,
    (part) => copyInto(part, one),
  );
}

interface Reduction {
  readonly start: number;
  readonly f: Combine;
}
const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  sum: { start: 0, f: (a, b) => a + b },
  mean: { start: 0, f: (a, b) => a + b },
  prod: { start: 1, f: (a, b) => a * b },
  amax: { start: -Infinity, f: (a, b) => a !== a || b !== b ? NaN : Math.max(a, b) },
  amin: { start: Infinity, f: (a, b) => a !== a || b !== b ? NaN : Math.min(a, b) },
};

/** Combines `value(i)` into element `place(i)` of a copy of `self`; elements nothing reaches stay. */
function combined(
  self: Tensor,
  count: number,
  place: (i: number) => number,
  value: (i: number) => number,
  reduce: string,
  includeSelf: boolean,
): Tensor {
  const how = REDUCTIONS[reduce], old = numbers(self);
  const out = Float64Array.from(old), hits = new Float64Array(old.length);
  for (let i = 0; i < count; i++) {
    const at = place(i);
    if (hits[at]++ === 0 && !includeSelf) out[at] = how.start;
    out[at] = how.f(out[at], value(i));
  }
  if (reduce === "mean") {
    const whole = !isFloatingType(self.scalarType);
    for (let i = 0; i < out.length; i++) {
      const n = hits[i] + (includeSelf ? 1 : 0);
      if (hits[i] > 0) out[i] = whole ? Math.floor(out[i] / n) : out[i] / n;
    }
  }
  return fromNumbers(out, self.sizes, self.scalarType);
}

function scatterReduce(
  self: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor,
  reduce: string,
  includeSelf: boolean,
): Tensor {
  const d = wrapDim(dim, self.dim);
  check(
    reduce in REDUCTIONS,
    () => `reduce argument must be either sum, prod, mean, amax or amin, got ${reduce}`,
  );
  if (index.numel === 0) return fresh(self);
  // The checks of scatter, without its writing.
  scatterInto(self.asStrided(self.sizes, self.strides), dim, index, src, () => {});
  const dense = fresh(self),
    at = along(dense, d, index),
    v = numbers(src.asStrided(index.sizes, src.strides));
  return combined(dense, at.length, (i) => at[i], (i) => v[i], reduce, includeSelf);
}

function indexReduce(
  self: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor,
  reduce: string,
  includeSelf: boolean,
): Tensor {
  check(
    reduce in REDUCTIONS && reduce !== "sum",
    () => `index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got ${reduce}.`,
  );
  const d = wrapDim(dim, self.dim), n = self.sizes[d] ?? 1, count = index.numel;
  const inner = numelOf(self.sizes.slice(d + 1)), at = numbers(index), v = numbers(src);
  return combined(
    self,
    v.length,
    (i) => {
      const k = at[Math.floor(i / inner) % count];
      check(k >= 0 && k < n, "index out of range in self", "IndexError");
      return (Math.floor(i / (inner * count)) * n + k) * inner + i % inner;
    },
    (i) => v[i],
    reduce,
    includeSelf,
  );
}

export const indexedSlices: Family = {
  "aten::gather": op("Elements that index names along a dimension.", gather),
  "aten::take_along_dim": op("Elements that index names along a dimension, broadcast.", takeAlongDim),
  "aten::scatter.src": op("A copy with elements along a dimension replaced.", put.copy),
  "aten::scatter.value": op("A copy with elements along a dimension replaced.", put.copy),
  "aten::scatter_.src": op("Replaces elements along a dimension.", put.inPlace),
  "aten::scatter_.value": op("Replaces elements along a dimension.", put.inPlace),
  "aten::scatter.reduce": op("A copy with elements combined along a dimension.", scatterBy),
  "aten::scatter.value_reduce": op("A copy with elements combined along a dimension.", scatterBy),
  "aten::scatter_.reduce": op("Combines elements along a dimension.", scatterBy_),
  "aten::scatter_.value_reduce": op("Combines elements along a dimension.", scatterBy_),
  "aten::scatter_add": op("A copy with elements along a dimension added to.", add.copy),
  "aten::scatter_add_": op("Adds to elements along a dimension.", add.inPlace),
  "aten::scatter_reduce.two": op("Elements combined at indices along a dimension.", scatterReduce),
  "aten::index_select": op("Slices that index names along a dimension.", indexSelect),
  "aten::index_copy": op(
    "A copy with slices along a dimension replaced.",
    (self: Tensor, d: number, i: Tensor, src: Tensor) => indexCopy(fresh(self), d, i, src),
  ),
  "aten::index_copy_": op("Replaces slices along a dimension.", indexCopy),
  "aten::index_add": op(
    "A copy with slices along a dimension added to.",
    (self: Tensor, d: number, i: Tensor, src: Tensor, a: Scalar) => indexAdd(fresh(self), d, i, src, a),
  ),
  "aten::index_add_": op("Adds to slices along a dimension.", indexAdd),
  "aten::index_fill.int_Scalar": op(
    "A copy with slices along a dimension filled.",
    (self: Tensor, d: number, i: Tensor, v: Scalar) => indexFill(cloneTensor(self), d, i, v),
  ),
  "aten::index_fill.int_Tensor": op(
    "A copy with slices along a dimension filled.",
    (self: Tensor, d: number, i: Tensor, v: Tensor) => indexFill(cloneTensor(self), d, i, v),
  ),
  "aten::index_fill_.int_Scalar": op("Fills slices along a dimension.", indexFill),
  "aten::index_fill_.int_Tensor": op("Fills slices along a dimension.", indexFill),
  "aten::index_reduce": op("Slices combined at indices along a dimension.", indexReduce),
};
