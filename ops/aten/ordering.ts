/** Running sums and extremes: whole rows in, whole rows out. */
import { isComplexType, isIntegralType, ScalarType } from "../../core/scalar_type.ts";
import { contiguousStrides, numelOf, Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { asType } from "../reference/copy.ts";
import { bigints, complexes, fromBigints, fromComplexes, fromNumbers, numbers } from "../reference/dense.ts";
import { wrapDim } from "../reference/dims.ts";
import { cadd, cexp, clog, cmul } from "../reference/complex_functions.ts";
import type { C } from "../reference/pointwise.ts";
import { permute, reshape } from "./view.ts";

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
};
