/**
 * Sorting and order statistics. Which of equal elements comes first, or is the one that is found, follows PyTorch's
 * algorithms on the CPU: the C++ library's sort and selection, quickselect for kthvalue.
 */
import { check, RuntimeFault } from "../../core/errors.ts";
import { isFloatingType, ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { call } from "../dispatch.ts";
import { topK, unstableOrder } from "../random/mod.ts";
import { bigints, fromNumbers, numbers } from "../reference/dense.ts";
import { wrapDim } from "../reference/dims.ts";
import { implementedFor } from "../reference/promotion.ts";
import { refuseEmptyDim } from "./reduction.ts";
import { permute, reshape } from "./view.ts";

/** Keys of a row: numbers, or bigints where a number would not tell neighbours apart. */
type Keys = ArrayLike<number>;

/** Chooses positions of a row. */
type Choose = (row: Keys) => ArrayLike<number>;

const exact = (x: number): boolean => Math.abs(x) <= Number.MAX_SAFE_INTEGER;

/** Rows along `dim` as keys that compare as the elements do. */
function keysOf(moved: Tensor): Keys & { subarray(a: number, b: number): Keys } {
  const v = numbers(moved);
  if (moved.scalarType !== ScalarType.Long || v.every(exact)) return v;
  return bigints(moved) as unknown as Keys & { subarray(a: number, b: number): Keys };
}

/** The positions that `choose` takes of each row along `dim`, `m` a row. */
function positionsOf(self: Tensor, dim: number, m: number, choose: Choose): Tensor {
  if (self.dim === 0) {
    wrapDim(dim, 1);
    return fromNumbers(Float64Array.from(choose(keysOf(self))), m === 1 ? [] : [m], ScalarType.Long);
  }
  const d = wrapDim(dim, self.dim);
  const order = [...self.sizes.map((_, i) => i).filter((i) => i !== d), d];
  const moved = permute(self, order), keys = keysOf(moved), n = self.sizes[d];
  const lead = order.slice(0, -1).map((i) => self.sizes[i]), rows = lead.reduce((a, b) => a * b, 1);
  const all = new Float64Array(rows * m);
  for (let r = 0; r < rows; r++) all.set(choose(keys.subarray(r * n, (r + 1) * n)), r * m);
  const found = fromNumbers(all, [...lead, m], ScalarType.Long);
  return call("aten::contiguous", permute(found, self.sizes.map((_, i) => order.indexOf(i)))) as Tensor;
}

/** Values at the positions, and the positions. */
function chosen(self: Tensor, dim: number, m: number, choose: Choose): Tensor[] {
  const at = positionsOf(self, dim, m, choose);
  return [call("aten::gather", self, dim, at) as Tensor, at];
}

/** Positions in order, equal elements as they stand; NaN counts as the largest. */
const stableOrder = (descending: boolean): Choose => (x) => {
  const key = (a: number, b: number) =>
    a !== a ? (b !== b ? 0 : 1) : b !== b ? -1 : a < b ? -1 : a > b ? 1 : 0;
  const index = Array.from({ length: x.length }, (_, i) => i);
  return index.sort((i, j) => descending ? key(x[j], x[i]) : key(x[i], x[j]));
};

function length(self: Tensor, dim: number): number {
  return self.dim === 0 ? 1 : self.sizes[wrapDim(dim, self.dim)];
}

function sort(self: Tensor, stable: boolean | null, dim: number, descending: boolean): Tensor[] {
  const choose: Choose = stable === true
    ? stableOrder(descending)
    : (x) => unstableOrder(x, descending ? "descending" : "ascending");
  return chosen(self, dim, length(self, dim), choose);
}

function topk(self: Tensor, k: number, dim: number, largest: boolean, sorted: boolean): Tensor[] {
  check(k >= 0 && k <= length(self, dim), "selected index k out of range");
  return chosen(self, dim, k, (x) => topK(x, k, largest, sorted));
}

/** Value and position of one element a row. */
function one(
  name: string,
  self: Tensor,
  dim: number,
  keepdim: boolean,
  f: (x: Keys) => number,
): Tensor[] {
  refuseEmptyDim(name, self, wrapDim(dim, self.dim));
  const found = chosen(self, dim, 1, (x) => [f(x)]);
  if (keepdim && self.dim > 0) return found;
  const sizes = self.dim === 0 ? [] : self.sizes.filter((_, i) => i !== wrapDim(dim, self.dim));
  return found.map((t) => reshape(t, sizes));
}

const larger = (a: number, b: number): boolean => (a !== a && b === b) || a > b;

/** Position of the element that is `k`-th in order: quickselect with a median of three in front, NaN last. */
function quickselect(x: Keys, k: number): number {
  const at = Array.from({ length: x.length }, (_, i) => i);
  const above = (i: number, j: number) => larger(x[at[i]], x[at[j]]);
  const swap = (i: number, j: number) => [at[i], at[j]] = [at[j], at[i]];
  let left = 0, right = x.length - 1;
  while (right > left) {
    if (right === left + 1) {
      if (above(left, right)) swap(left, right);
      break;
    }
    swap(left + ((right - left) >> 1), left + 1);
    if (above(left + 1, right)) swap(left + 1, right);
    if (above(left, right)) swap(left, right);
    if (above(left + 1, left)) swap(left + 1, left);
    let i = left + 1, j = right;
    for (;;) {
      do i++; while (above(left, i));
      do j--; while (above(j, left));
      if (j < i) break;
      swap(i, j);
    }
    swap(left, j);
    if (j <= k) left = i;
    if (j >= k) right = j - 1;
  }
  return at[k];
}

function kthvalue(self: Tensor, k: number, dim: number, keepdim: boolean): Tensor[] {
  refuseEmptyDim("kthvalue", self, wrapDim(dim, self.dim));
  if (k < 1 || k > length(self, dim)) {
    throw new RuntimeFault(
      "RuntimeError",
      "kthvalue(): selected number k out of range for dimension " + wrapDim(dim, self.dim),
    );
  }
  return one("kthvalue", self, dim, keepdim, (x) => quickselect(x, k - 1));
}

function median(x: Keys): number {
  for (let i = 0; i < x.length; i++) if (x[i] !== x[i]) return i;
  return stableOrder(false)(x)[(x.length - 1) >> 1];
}

function nanmedian(x: Keys): number {
  let n = 0;
  for (let i = 0; i < x.length; i++) if (x[i] === x[i]) n++;
  return stableOrder(false)(x)[Math.max(n - 1, 0) >> 1];
}

/** The last, as the sort left them, of the longest run of equal elements. */
function mode(x: Keys): number {
  const at = unstableOrder(x, "less");
  let best = 0, longest = 0, run = 0;
  for (let i = 0; i < at.length; i++) {
    run++;
    if (i < at.length - 1 && x[at[i]] === x[at[i + 1]]) continue;
    if (run > longest) [best, longest] = [at[i], run];
    run = 0;
  }
  return best;
}

const LEAST: Partial<Record<ScalarType, number>> = {
  [ScalarType.Long]: -(2 ** 63),
  [ScalarType.Int]: -(2 ** 31),
};

export const orderStatistics: Family = {
  "aten::sort": op(
    "Sorted, and where from.",
    (self: Tensor, d: number, desc: boolean) => sort(self, null, d, desc),
  ),
  "aten::sort.stable": op("Sorted, and where from.", sort),
  "aten::argsort": op(
    "Indices that sort.",
    (self: Tensor, d: number, desc: boolean) => sort(self, null, d, desc)[1],
  ),
  "aten::argsort.stable": op(
    "Indices that sort.",
    (self: Tensor, stable: boolean, d: number, desc: boolean) => sort(self, stable, d, desc)[1],
  ),
  "aten::msort": op("Sorted along the first dimension.", (self: Tensor) => sort(self, null, 0, false)[0]),
  "aten::topk": op("The k largest, and where.", topk),
  "aten::kthvalue": op("The k-th smallest, and where.", kthvalue),
  "aten::median": op("The lower median.", (self: Tensor) => {
    implementedFor(self.scalarType !== ScalarType.Bool, "median_cpu", ScalarType.Bool);
    // Nothing to find: NaN, and what C++ makes of it as an integer.
    if (self.numel === 0) {
      return fromNumbers(
        [isFloatingType(self.scalarType) ? NaN : LEAST[self.scalarType] ?? 0],
        [],
        self.scalarType,
      );
    }
    return one("median", reshape(self, [-1]), 0, false, median)[0];
  }),
  "aten::median.dim": op(
    "The lower median, and where.",
    (self: Tensor, d: number, keep: boolean) => one("median", self, d, keep, median),
  ),
  "aten::nanmedian.dim": op(
    "The lower median without NaN, and where.",
    (self: Tensor, d: number, keep: boolean) => one("nanmedian", self, d, keep, nanmedian),
  ),
  "aten::mode": op(
    "The most frequent value, and where.",
    (self: Tensor, d: number, keep: boolean) => one("mode", self, d, keep, mode),
  ),
};
