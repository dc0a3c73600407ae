/** Reading and writing where index tensors and masks point. */
import { check } from "../../core/errors.ts";
import { Float, type Scalar } from "../../core/scalar.ts";
import { isComplexType, isIntegralType, ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { coordinates, indexTensors, nonzeroPositions, putTensors } from "../reference/advanced_index.ts";
import { copyOf } from "../reference/copy.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { expandTo } from "../reference/dims.ts";
import { addAt, positionsOf, putAt, takeAt } from "../reference/positions.ts";
import { broadcastSizes, typeName } from "../reference/promotion.ts";
import { cloneTensor } from "./memory.ts";
import { reshape, slice, transpose } from "./view.ts";

/** C++'s names of element types, which some messages use. */
export const C_NAMES: Readonly<Record<number, string>> = {
  0: "unsigned char",
  1: "signed char",
  2: "short int",
  3: "int",
  4: "long int",
  5: "c10::Half",
  6: "float",
  7: "double",
  9: "c10::complex<float>",
  10: "c10::complex<double>",
  15: "c10::BFloat16",
};

/** Rows of indices of the nonzero elements; PyTorch lays the result out column by column. */
export function nonzero(self: Tensor): Tensor {
  const found = nonzeroPositions(self), n = found.length, columns = new Float64Array(n * self.dim);
  coordinates(found, self.sizes).forEach((c, d) => columns.set(numbers(c), d * n));
  return transpose(fromNumbers(columns, [self.dim, n], ScalarType.Long), 0, 1);
}

function nonzeroColumns(self: Tensor): Tensor[] {
  const x = self.dim === 0 ? reshape(self, [1]) : self;
  return coordinates(nonzeroPositions(x), x.sizes);
}

/** As `nonzero`, with exactly `size` rows: cut, or filled up. */
function nonzeroStatic(self: Tensor, size: number, fill: number): Tensor {
  check(size >= 0, "nonzero_static: 'size' must be an non-negative integer");
  const found = nonzeroPositions(self).slice(0, size), out = new Float64Array(size * self.dim).fill(fill);
  coordinates(found, self.sizes).forEach((c, d) => {
    const v = numbers(c);
    for (let i = 0; i < v.length; i++) out[i * self.dim + d] = v[i];
  });
  return fromNumbers(out, [size, self.dim], ScalarType.Long);
}

/** Positions, in a tensor expanded to `sizes`, of the elements whose mask is true. */
function maskedPositions(x: Tensor, mask: Tensor, sizes: readonly number[]): Float64Array {
  const m = numbers(mask, sizes);
  return positionsOf(x).filter((_, i) => m[i] !== 0);
}

/** A number must fit the tensor it is written to. */
export function fits(v: Scalar, t: ScalarType): Scalar {
  const type = t === ScalarType.Bool
    ? "bool"
    : isIntegralType(t, false)
    ? `int${t === 4 ? 64 : ""}_t`
    : "float";
  const x = v instanceof Float ? v.value : typeof v === "number" ? v : 0;
  const overflow = (t === ScalarType.Float && Number.isFinite(x) && !Number.isFinite(Math.fround(x))) ||
    (isIntegralType(t, false) && v instanceof Float && !Number.isFinite(x)) ||
    (typeof v === "object" && !(v instanceof Float) && v.im !== 0 && !isComplexType(t));
  check(!overflow, `value cannot be converted to type ${type} without overflow`);
  return v;
}

function maskedSelect(self: Tensor, mask: Tensor): Tensor {
  check(mask.scalarType === ScalarType.Bool, "masked_select: expected BoolTensor for mask");
  const sizes = broadcastSizes(mask.sizes, self.sizes), x = expandTo(self, sizes);
  const hit = maskedPositions(x, mask, sizes);
  return takeAt(x, hit, [hit.length]);
}

function maskedScatter(self: Tensor, mask: Tensor, source: Tensor): Tensor {
  check(
    self.scalarType === source.scalarType,
    () =>
      `masked_scatter: expected self and source to have same dtypes but got${typeName(self.scalarType)} and ${
        typeName(source.scalarType)
      }`,
  );
  check(
    mask.scalarType === ScalarType.Bool,
    () => `masked_scatter_ only supports boolean masks, but got mask with dtype ${typeName(mask.scalarType)}`,
  );
  const sizes = broadcastSizes(self.sizes, mask.sizes), out = copyOf(expandTo(self, sizes));
  const hit = maskedPositions(out, mask, sizes);
  check(source.numel >= hit.length, "Number of elements of source < number of ones in mask");
  putAt(out, hit, slice(reshape(source, [-1]), 0, 0, hit.length, 1), [hit.length]);
  return out;
}

function flatPositions(self: Tensor, index: Tensor): Float64Array {
  const v = numbers(index), n = self.numel, all = positionsOf(self);
  return Float64Array.from(v, (i) => {
    check(
      i >= -n && i < n,
      () => `out of range: tried to access index ${i} on a tensor of ${n} elements.`,
      "IndexError",
    );
    return all[i < 0 ? i + n : i];
  });
}
function longIndex(name: string, index: Tensor): void {
  check(
    index.scalarType === ScalarType.Long,
    () => `${name}(): Expected a long tensor for index, but got ${typeName(index.scalarType)}`,
  );
}

function take(self: Tensor, index: Tensor): Tensor {
  longIndex("take", index);
  check(
    self.numel > 0 || index.numel === 0,
    "take(): tried to take from an empty tensor",
    "IndexError",
  );
  return takeAt(self, flatPositions(self, index), index.sizes);
}

function put(self: Tensor, index: Tensor, source: Tensor, accumulate: boolean): Tensor {
  longIndex("put_", index);
  check(
    self.scalarType === source.scalarType,
    () =>
      `put_(): self and source expected to have the same dtype, but got self.dtype = ${
        typeName(self.scalarType)
      } and source.dtype = ${typeName(source.scalarType)}`,
  );
  check(
    index.numel === source.numel,
    () =>
      `put_(): Expected source and index to have the same number of elements, but got source.numel() = ${source.numel}, index.numel() = ${index.numel}`,
    "IndexError",
  );
  const out = cloneTensor(self), at = flatPositions(out, index), flat = reshape(source, [-1]);
  if (accumulate) addAt(out, at, flat, [at.length]);
  else putAt(out, at, flat, [at.length]);
  return out;
}

export const indexing: Family = {
  "aten::index.Tensor": op("Elements at index tensors.", indexTensors),
  "aten::index.Tensor_hacked_twin": op("Elements at index tensors.", indexTensors),
  "aten::index_put_": op("Writes elements at index tensors.", putTensors),
  "aten::index_put_.hacked_twin": op("Writes elements at index tensors.", putTensors),
  "aten::index_put": op(
    "A copy with elements at index tensors replaced.",
    (self: Tensor, i: (Tensor | null)[], v: Tensor, acc: boolean) => putTensors(cloneTensor(self), i, v, acc),
  ),
  "aten::index_put.hacked_twin": op(
    "A copy with elements at index tensors replaced.",
    (self: Tensor, i: Tensor[], v: Tensor, acc: boolean) => putTensors(cloneTensor(self), i, v, acc),
  ),
  "aten::_unsafe_index.Tensor": op("Elements at index tensors.", indexTensors),
  "aten::_unsafe_index_put": op(
    "A copy with elements at index tensors replaced.",
    (self: Tensor, i: (Tensor | null)[], v: Tensor, acc: boolean) => putTensors(cloneTensor(self), i, v, acc),
  ),
  "aten::nonzero": op("Indices of the elements that are not zero, a row each.", nonzero),
  "aten::nonzero_numpy": op(
    "Indices of the elements that are not zero, a tensor a dimension.",
    nonzeroColumns,
  ),
  "aten::nonzero_static": op("Indices of a fixed number of elements that are not zero.", nonzeroStatic),
  "aten::argwhere": op("Indices of the elements that are not zero, a row each.", nonzero),
  "aten::masked_select": op("Elements where the mask is true.", maskedSelect),
  "aten::masked_scatter": op("Elements of source, in order, where the mask is true.", maskedScatter),
  "aten::where": op("Indices of the elements that are not zero, a tensor a dimension.", nonzeroColumns),
  "aten::take": op("Elements by their position in row-major order.", take),
  "aten::put": op("Elements put at positions in row-major order.", put),
};
