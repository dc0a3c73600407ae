/** Running sums and extremes, sorting and order statistics: whole rows in, whole rows out. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { isComplexType, isIntegralType, ScalarType } from "../../core/scalar_type.ts";
import { contiguousStrides, numelOf, Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { asType } from "../reference/copy.ts";
import { bigints, complexes, fromBigints, fromComplexes, fromNumbers, numbers } from "../reference/dense.ts";
import { wrapDim } from "../reference/dims.ts";
import { cadd, cexp, clog, cmul } from "../reference/complex_functions.ts";
import type { C } from "../reference/pointwise.ts";
import { permute, reshape } from "./view.ts";
import { implementedFor } from "../reference/promotion.ts";

type Dtype = ScalarType | null;

/** Maps each row along `dim` to a row of the same or another length. */
export function mapRows(
  self: Tensor,
  dim: number,
  dtype: ScalarType,
  f: (row: Float64Array, out: Float64Array) => void,
  length?: number,
): Tensor {
  if (self.dim === 0) {
    const out = new Float64Array(length ?? 1);
    f(Float64Array.from(numbers(self)), out);
    return fromNumbers(out, length === undefined || length === 1 ? [] : [length], dtype);
  }
  const d = wrapDim(dim, self.dim);
  const order = [...self.sizes.map((_, i) => i).filter((i) => i !== d), d];
  const moved = permute(self, order), v = numbers(moved), n = self.sizes[d], m = length ?? n;
  const rows = n === 0 ? 0 : v.length / n, all = new Float64Array(rows * m);
  for (let r = 0; r < rows; r++) {
    f(Float64Array.from(v.subarray(r * n, (r + 1) * n)), all.subarray(r * m, (r + 1) * m));
  }
  const back = fromNumbers(all, order.map((i) => i === d ? m : self.sizes[i]), dtype);
  const inverse = self.sizes.map((_, i) => order.indexOf(i));
  return reshapeDense(permute(back, inverse));
}
function reshapeDense(t: Tensor): Tensor {
  return t.isContiguous
    ? new Tensor(t.storage, t.scalarType, t.sizes, contiguousStrides(t.sizes), t.storageOffset)
    : asDense(t);
}
function asDense(t: Tensor): Tensor {
  return reshape(fromAny(t), t.sizes);
}
function fromAny(t: Tensor): Tensor {
  return t.scalarType === ScalarType.Long
    ? fromBigints(bigints(t).slice(), t.sizes, t.scalarType)
    : fromNumbers(Float64Array.from(numbers(t)), t.sizes, t.scalarType);
}

function scanDtype(self: Tensor, dtype: Dtype): ScalarType {
  return dtype ?? (isIntegralType(self.scalarType, true) ? ScalarType.Long : self.scalarType);
}
/** Running combinations of complex numbers along a dimension. */
function scanComplex(self: Tensor, dim: number, dtype: ScalarType, f: (a: C, b: C) => C): Tensor {
  const v = Float64Array.from(complexes(self)), d = wrapDim(dim, self.dim), n = self.sizes[d] ?? 1;
  const inner = numelOf(self.sizes.slice(d + 1)), step = 2 * inner;
  for (let start = 0; start < v.length; start += step * n) {
    for (let at = start + step; at < start + step * n; at += 2) {
      v.set(f([v[at - step], v[at - step + 1]], [v[at], v[at + 1]]), at);
    }
  }
  return fromComplexes(v, self.sizes, dtype);
}
const scan =
  (f: (a: number, b: number) => number, g: (a: C, b: C) => C) =>
  (self: Tensor, dim: number, dtype: Dtype): Tensor => {
    const t = scanDtype(self, dtype);
    if (isComplexType(t)) return scanComplex(self, dim, t, g);
    return scanReal(self, dim, dtype, f);
  };
const scanReal = (self: Tensor, dim: number, dtype: Dtype, f: (a: number, b: number) => number): Tensor =>
  mapRows(
    dtype === null ? self : asType(self, dtype),
    dim,
    scanDtype(self, dtype),
    (x, out) => x.forEach((v, i) => out[i] = i === 0 ? v : f(out[i - 1], v)),
  );
const scanBest = (sign: number) => (self: Tensor, dim: number): Tensor[] => {
  const index = mapRows(self, dim, ScalarType.Long, (x, out) => {
    let b = 0;
    x.forEach((v, i) => out[i] = b = v !== v || sign * v >= sign * x[b] ? i : b);
  });
  const values = mapRows(self, dim, self.scalarType, (x, out) => {
    let b = 0;
    x.forEach((v, i) => out[i] = x[b = v !== v || sign * v >= sign * x[b] ? i : b]);
  });
  return [values, index];
};

const logAddExp = (a: number, b: number): number =>
  a === -Infinity
    ? b
    : a === b && !Number.isFinite(a)
    ? a
    : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));

/** Indices of a row in order, stable; NaN counts as the largest. */
function order(x: Float64Array, descending: boolean): number[] {
  const key = (a: number, b: number) => a !== a ? (b !== b ? 0 : 1) : b !== b ? -1 : a - b || 0;
  return Array.from(x, (_, i) => i).sort((i, j) => descending ? key(x[j], x[i]) : key(x[i], x[j]));
}
export function sort(self: Tensor, dim: number, descending: boolean): Tensor[] {
  return [
    mapRows(self, dim, self.scalarType, (x, out) => order(x, descending).forEach((k, i) => out[i] = x[k])),
    mapRows(self, dim, ScalarType.Long, (x, out) => order(x, descending).forEach((k, i) => out[i] = k)),
  ];
}
function topk(self: Tensor, k: number, dim: number, largest: boolean): Tensor[] {
  const n = self.dim === 0 ? 1 : self.sizes[wrapDim(dim, self.dim)];
  check(k >= 0 && k <= n, "selected index k out of range");
  const pick = (give: (x: Float64Array, i: number) => number, t: ScalarType) =>
    mapRows(
      self,
      dim,
      t,
      (x, out) => order(x, largest).slice(0, k).forEach((at, i) => out[i] = give(x, at)),
      k,
    );
  return [pick((x, i) => x[i], self.scalarType), pick((_, i) => i, ScalarType.Long)];
}
/** Values and indices of one element a row, its place in the sorted row chosen by `f`. */
function nth(
  self: Tensor,
  dim: number,
  keepdim: boolean,
  f: (x: Float64Array, o: number[]) => number,
): Tensor[] {
  const one = (give: (x: Float64Array, i: number) => number, t: ScalarType) => {
    const r = mapRows(self, dim, t, (x, out) => out[0] = give(x, f(x, order(x, false))), 1);
    return keepdim && self.dim > 0
      ? r
      : reshape(r, self.dim === 0 ? [] : self.sizes.filter((_, i) => i !== wrapDim(dim, self.dim)));
  };
  return [one((x, i) => x[i], self.scalarType), one((_, i) => i, ScalarType.Long)];
}
const median = (x: Float64Array, o: number[]): number => {
  const nan = x.findIndex((v) => v !== v);
  return nan >= 0 ? nan : o[(o.length - 1) >> 1];
};
function kthvalue(self: Tensor, k: number, dim: number, keepdim: boolean): Tensor[] {
  const n = self.dim === 0 ? 1 : self.sizes[wrapDim(dim, self.dim)];
  if (k < 1 || k > n) {
    throw new RuntimeFault(
      "RuntimeError",
      "kthvalue(): selected number k out of range for dimension " + wrapDim(dim, self.dim),
    );
  }
  return nth(self, dim, keepdim, (_, o) => o[k - 1]);
}

export const ordering: Family = {
  "aten::cumsum": op("Running sums.", scan((a, b) => a + b, cadd)),
  "aten::cumprod": op("Running products.", scan((a, b) => a * b, cmul)),
  "aten::logcumsumexp": op(
    "Running log of sums of e^x.",
    (self: Tensor, d: number) =>
      scan(logAddExp, (a, b) => clog(cadd(cexp(a), cexp(b))))(
        self,
        d,
        null,
      ),
  ),
  "aten::cummax": op("Running largest, and where.", scanBest(1)),
  "aten::cummin": op("Running smallest, and where.", scanBest(-1)),
  "aten::sort": op("Sorted, and where from.", sort),
  "aten::sort.stable": op(
    "Sorted, and where from.",
    (self: Tensor, _s: boolean | null, d: number, desc: boolean) => sort(self, d, desc),
  ),
  "aten::argsort": op(
    "Indices that sort.",
    (self: Tensor, d: number, desc: boolean) => sort(self, d, desc)[1],
  ),
  "aten::argsort.stable": op(
    "Indices that sort.",
    (self: Tensor, _s: boolean, d: number, desc: boolean) => sort(self, d, desc)[1],
  ),
  "aten::msort": op("Sorted along the first dimension.", (self: Tensor) => sort(self, 0, false)[0]),
  "aten::topk": op("The k largest, and where.", topk),
  "aten::kthvalue": op("The k-th smallest, and where.", kthvalue),
  "aten::median": op("The lower median.", (self: Tensor) => {
    implementedFor(self.scalarType !== ScalarType.Bool, "median_cpu", ScalarType.Bool);
    return nth(reshape(self, [-1]), 0, false, median)[0];
  }),
  "aten::median.dim": op(
    "The lower median, and where.",
    (self: Tensor, d: number, keep: boolean) => nth(self, d, keep, median),
  ),
  "aten::nanmedian.dim": op(
    "The lower median without NaN, and where.",
    (self: Tensor, d: number, keep: boolean) =>
      nth(self, d, keep, (x, o) => {
        const n = x.filter((v) => v === v).length;
        return o[Math.max(n - 1, 0) >> 1];
      }),
  ),
  "aten::mode": op(
    "The most frequent value, and where last.",
    (self: Tensor, d: number, keep: boolean) =>
      nth(self, d, keep, (x, o) => {
        let best = 0, count = 0;
        for (let i = 0; i < o.length;) {
          let j = i;
          while (j < o.length && x[o[j]] === x[o[i]]) j++;
          if (j - i > count) [best, count] = [o[j - 1], j - i];
          i = Math.max(j, i + 1);
        }
        return best;
      }),
  ),
};
