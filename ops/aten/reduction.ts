/** Reductions over dimensions, scans, sorting and softmax. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { isComplexType, isIntegralType, ScalarType, toRealValueType } from "../../core/scalar_type.ts";
import { contiguousStrides, numelOf, Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { asType } from "../reference/copy.ts";
import {
  allSafe,
  bigints,
  complexes,
  fromBigints,
  fromComplexes,
  fromNumbers,
  type Numbers,
  numbers,
} from "../reference/dense.ts";
import { wrapDim, wrapDims } from "../reference/dims.ts";
import { floatType } from "../reference/promotion.ts";
import { permute, reshape } from "./view.ts";

type Dims = readonly number[] | null;
type Dtype = ScalarType | null;

/** The tensor with the reduced dimensions last, and the shape of the result. */
export function arrange(
  self: Tensor,
  dims: readonly number[],
  keepdim: boolean,
): { moved: Tensor; outer: number; inner: number; sizes: number[] } {
  const keep = self.sizes.map((_, i) => i).filter((i) => !dims.includes(i));
  const moved = dims.length === 0 || self.dim === 0 ? self : permute(self, [...keep, ...dims]);
  const inner = dims.reduce((n, d) => n * (self.sizes[d] ?? 1), 1);
  const sizes = keepdim ? self.sizes.map((s, i) => dims.includes(i) ? 1 : s) : keep.map((i) => self.sizes[i]);
  return { moved, outer: numelOf(keep.map((i) => self.sizes[i])), inner, sizes };
}

/** Reduces each row of numbers to one. */
export function reduceRows(
  self: Tensor,
  dims: Dims,
  keepdim: boolean,
  dtype: ScalarType,
  f: (v: Numbers, from: number, n: number) => number,
  input: Tensor = self,
): Tensor {
  const { moved, outer, inner, sizes } = arrange(input, wrapDims(dims, input.dim), keepdim);
  const v = numbers(moved), out = new Float64Array(outer);
  for (let i = 0; i < outer; i++) out[i] = f(v, i * inner, inner);
  return fromNumbers(out, sizes, dtype);
}

function sumRows(v: Numbers, from: number, n: number): number {
  let s = 0;
  for (let i = from; i < from + n; i++) s += v[i];
  return s;
}
function sumDtype(self: Tensor, dtype: Dtype): ScalarType {
  return dtype ?? (isIntegralType(self.scalarType, true) ? ScalarType.Long : self.scalarType);
}
export function sum(self: Tensor, dims: Dims, keepdim: boolean, dtype: Dtype): Tensor {
  const t = sumDtype(self, dtype);
  const x = dtype === null ? self : asType(self, dtype);
  if (isComplexType(t)) {
    const { moved, outer, inner, sizes } = arrange(x, wrapDims(dims, x.dim), keepdim);
    const v = complexes(moved), out = new Float64Array(2 * outer);
    for (let i = 0; i < outer; i++) {
      for (let k = 0; k < inner; k++) {
        out[2 * i] += v[2 * (i * inner + k)];
        out[2 * i + 1] += v[2 * (i * inner + k) + 1];
      }
    }
    return fromComplexes(out, sizes, t);
  }
  if (t === ScalarType.Long && x.scalarType === ScalarType.Long) {
    const { moved, outer, inner, sizes } = arrange(x, wrapDims(dims, x.dim), keepdim);
    const v = numbers(moved);
    const out = Float64Array.from({ length: outer }, (_, i) => sumRows(v, i * inner, inner));
    if (allSafe(v) && allSafe(out)) return fromNumbers(out, sizes, t);
    const b = bigints(moved), exact = new BigInt64Array(outer);
    for (let i = 0; i < outer; i++) for (let k = 0; k < inner; k++) exact[i] += b[i * inner + k];
    return fromBigints(exact, sizes, t);
  }
  return reduceRows(x, dims, keepdim, t, sumRows);
}
export function mean(self: Tensor, dims: Dims, keepdim: boolean, dtype: Dtype): Tensor {
  const t = dtype ?? self.scalarType;
  check(
    !isIntegralType(t, true),
    () =>
      `mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: ${
        ["Byte", "Char", "Short", "Int", "Long"][t] ?? "Bool"
      }`,
  );
  if (isComplexType(t)) {
    const s = sum(self, dims, keepdim, dtype), n = self.numel / Math.max(s.numel, 1);
    return fromComplexes(Float64Array.from(complexes(s), (x) => x / n), s.sizes, t);
  }
  return reduceRows(self, dims, keepdim, t, (v, at, n) => sumRows(v, at, n) / n);
}
function prod(self: Tensor, dims: Dims, keepdim: boolean, dtype: Dtype): Tensor {
  return reduceRows(self, dims, keepdim, sumDtype(self, dtype), (v, at, n) => {
    let p = 1;
    for (let i = at; i < at + n; i++) p *= v[i];
    return p;
  });
}
/** Position of the best element of a row; the first NaN wins. */
function bestIn(v: Numbers, at: number, n: number, sign: number): number {
  let best = at;
  for (let i = at; i < at + n; i++) {
    if (v[i] !== v[i]) return i;
    if ((v[i] - v[best]) * sign > 0 || (v[i] !== v[best] && sign * v[i] > sign * v[best])) best = i;
  }
  return best;
}
function refuseEmpty(self: Tensor, name: string): void {
  check(
    self.numel > 0,
    `${name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`,
  );
}
const extreme =
  (sign: number, name: string) => (self: Tensor, dims: Dims = null, keepdim = false): Tensor => {
    if (dims === null || dims.length === 0) refuseEmpty(self, name);
    return reduceRows(self, dims, keepdim, self.scalarType, (v, at, n) => v[bestIn(v, at, n, sign)]);
  };
const extremeDim =
  (sign: number, name: string) => (self: Tensor, dim: number, keepdim: boolean): Tensor[] => {
    const d = wrapDim(dim, self.dim);
    check(
      self.dim === 0 || self.sizes[d] > 0,
      () => `${name}(): Expected reduction dim ${d} to have non-zero size.`,
      "IndexError",
    );
    const dims = self.dim ? [d] : [];
    const index = reduceRows(
      self,
      dims.length ? dims : null,
      keepdim,
      ScalarType.Long,
      (v, at, n) => bestIn(v, at, n, sign) - at,
    );
    return [
      reduceRows(
        self,
        dims.length ? dims : null,
        keepdim,
        self.scalarType,
        (v, at, n) => v[bestIn(v, at, n, sign)],
      ),
      index,
    ];
  };
const arg = (sign: number, name: string) => (self: Tensor, dim: number | null, keepdim: boolean): Tensor => {
  check(self.scalarType !== ScalarType.Bool, `${name}(): does not support bool input`);
  if (dim === null) {
    check(
      self.numel > 0,
      `${name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`,
      "IndexError",
    );
  }
  return reduceRows(
    self,
    dim === null || self.dim === 0 ? null : [dim],
    keepdim,
    ScalarType.Long,
    (v, at, n) => bestIn(v, at, n, sign) - at,
  );
};
const truth = (every: boolean) => (self: Tensor, dims: Dims = null, keepdim = false): Tensor => {
  const x = isComplexType(self.scalarType) ? asType(self, ScalarType.Bool) : self;
  return reduceRows(
    x,
    dims,
    keepdim,
    self.scalarType === ScalarType.Byte ? ScalarType.Byte : ScalarType.Bool,
    (v, at, n) => {
      for (let i = at; i < at + n; i++) if ((v[i] !== 0) !== every) return every ? 0 : 1;
      return every ? 1 : 0;
    },
  );
};
function variance(self: Tensor, dims: Dims, correction: number, keepdim: boolean, root: boolean): Tensor {
  check(!isIntegralType(self.scalarType, true), "std and var only support floating point and complex dtypes");
  return reduceRows(self, dims, keepdim, toRealValueType(self.scalarType), (v, at, n) => {
    const m = sumRows(v, at, n) / n;
    let s = 0;
    for (let i = at; i < at + n; i++) s += (v[i] - m) ** 2;
    const r = s / Math.max(n - correction, 0);
    return root ? Math.sqrt(r) : r;
  });
}
const corr = (c: Scalar | null): number => c === null ? 1 : scalarToNumber(c);
const bias = (unbiased: boolean): number => unbiased ? 1 : 0;

export function norm(
  self: Tensor,
  p: Scalar | null,
  dims: Dims,
  keepdim: boolean,
  dtype: Dtype = null,
): Tensor {
  const k = p === null ? 2 : scalarToNumber(p);
  const x = isComplexType(self.scalarType) ? absComplex(self) : self;
  return reduceRows(x, dims, keepdim, dtype ?? floatType(x.scalarType), (v, at, n) => {
    let s = k === -Infinity ? Infinity : 0;
    for (let i = at; i < at + n; i++) {
      const a = Math.abs(v[i]);
      s = a !== a || s !== s
        ? NaN
        : k === 2
        ? s + a * a
        : k === 1
        ? s + a
        : k === Infinity
        ? Math.max(s, a)
        : k === -Infinity
        ? Math.min(s, a)
        : k === 0
        ? s + (a ? 1 : 0)
        : s + a ** k;
    }
    return k === 2 ? Math.sqrt(s) : k === 0 || k === 1 || !Number.isFinite(k) ? s : s ** (1 / k);
  });
}
function absComplex(self: Tensor): Tensor {
  const v = complexes(self), out = new Float64Array(v.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Math.hypot(v[2 * i], v[2 * i + 1]);
  return fromNumbers(out, self.sizes, toRealValueType(self.scalarType));
}
export function logsumexp(self: Tensor, dims: Dims, keepdim: boolean): Tensor {
  return reduceRows(self, dims, keepdim, floatType(self.scalarType), (v, at, n) => {
    let m = -Infinity;
    for (let i = at; i < at + n; i++) m = Math.max(m, v[i]);
    if (!Number.isFinite(m)) return m;
    let s = 0;
    for (let i = at; i < at + n; i++) s += Math.exp(v[i] - m);
    return m + Math.log(s);
  });
}

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
    return fromNumbers(out, length === undefined ? [] : [length], dtype);
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

export function softmax(self: Tensor, dim: number, dtype: Dtype): Tensor {
  const t = dtype ?? self.scalarType;
  check(
    !isIntegralType(t, true),
    () =>
      `"softmax_lastdim_kernel_impl" not implemented for '${
        ["Byte", "Char", "Short", "Int", "Long"][t] ?? "Bool"
      }'`,
  );
  return mapRows(self, dim, t, (x, out) => {
    let m = -Infinity, s = 0;
    for (const v of x) m = v !== v ? NaN : Math.max(m, v);
    for (let i = 0; i < x.length; i++) s += out[i] = Math.exp(x[i] - m);
    for (let i = 0; i < x.length; i++) out[i] /= s;
  });
}
export function logSoftmax(self: Tensor, dim: number, dtype: Dtype): Tensor {
  const t = dtype ?? self.scalarType;
  check(
    !isIntegralType(t, true),
    () =>
      `"log_softmax_lastdim_kernel_impl" not implemented for '${
        ["Byte", "Char", "Short", "Int", "Long"][t] ?? "Bool"
      }'`,
  );
  return mapRows(self, dim, t, (x, out) => {
    let m = -Infinity, s = 0;
    for (const v of x) m = Math.max(m, v);
    for (const v of x) s += Math.exp(v - m);
    const l = m + Math.log(s);
    for (let i = 0; i < x.length; i++) out[i] = x[i] - l;
  });
}
const scan = (f: (a: number, b: number) => number) => (self: Tensor, dim: number, dtype: Dtype): Tensor =>
  mapRows(
    dtype === null ? self : asType(self, dtype),
    dim,
    sumDtype(self, dtype),
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
const one = (d: number): readonly number[] => [d];
const max = extreme(1, "max"), min = extreme(-1, "min"), all = truth(true), any = truth(false);

export const reductions: Family = {
  "aten::sum": op("Sum of all elements.", (self: Tensor, dtype: Dtype) => sum(self, null, false, dtype)),
  "aten::sum.dim_IntList": op("Sum over dimensions.", sum),
  "aten::nansum": op(
    "Sum without NaN.",
    (self: Tensor, dims: Dims, keep: boolean, dtype: Dtype) =>
      reduceRows(self, dims, keep, sumDtype(self, dtype), (v, at, n) => {
        let s = 0;
        for (let i = at; i < at + n; i++) if (v[i] === v[i]) s += v[i];
        return s;
      }),
  ),
  "aten::mean": op("Mean of all elements.", (self: Tensor, dtype: Dtype) => mean(self, null, false, dtype)),
  "aten::mean.dim": op("Mean over dimensions.", mean),
  "aten::prod": op(
    "Product of all elements.",
    (self: Tensor, dtype: Dtype) => prod(self, null, false, dtype),
  ),
  "aten::prod.dim_int": op(
    "Product over a dimension.",
    (self: Tensor, d: number, keep: boolean, dtype: Dtype) => prod(self, [d], keep, dtype),
  ),
  "aten::max": op("Largest element.", (self: Tensor) => max(self)),
  "aten::min": op("Smallest element.", (self: Tensor) => min(self)),
  "aten::amax": op("Largest over dimensions.", max),
  "aten::amin": op("Smallest over dimensions.", min),
  "aten::aminmax": op(
    "Smallest and largest.",
    (
      self: Tensor,
      d: number | null,
      keep: boolean,
    ) => [min(self, d === null ? null : [d], keep), max(self, d === null ? null : [d], keep)],
  ),
  "aten::max.dim": op("Largest over a dimension, and where.", extremeDim(1, "max")),
  "aten::min.dim": op("Smallest over a dimension, and where.", extremeDim(-1, "min")),
  "aten::argmax": op("Index of the largest.", arg(1, "argmax")),
  "aten::argmin": op("Index of the smallest.", arg(-1, "argmin")),
  "aten::all": op("Whether all are true.", (self: Tensor) => all(self)),
  "aten::all.dim": op(
    "Whether all are true over a dimension.",
    (self: Tensor, d: number, keep: boolean) => all(self, one(d), keep),
  ),
  "aten::all.dims": op("Whether all are true over dimensions.", all),
  "aten::any": op("Whether one is true.", (self: Tensor) => any(self)),
  "aten::any.dim": op(
    "Whether one is true over a dimension.",
    (self: Tensor, d: number, keep: boolean) => any(self, one(d), keep),
  ),
  "aten::any.dims": op("Whether one is true over dimensions.", any),
  "aten::var": op("Variance.", (self: Tensor, u: boolean) => variance(self, null, bias(u), false, false)),
  "aten::var.dim": op(
    "Variance over dimensions.",
    (self: Tensor, d: Dims, u: boolean, keep: boolean) => variance(self, d, bias(u), keep, false),
  ),
  "aten::var.correction": op(
    "Variance over dimensions.",
    (self: Tensor, d: Dims, c: Scalar | null, keep: boolean) => variance(self, d, corr(c), keep, false),
  ),
  "aten::std": op(
    "Standard deviation.",
    (self: Tensor, u: boolean) => variance(self, null, bias(u), false, true),
  ),
  "aten::std.dim": op(
    "Standard deviation over dimensions.",
    (self: Tensor, d: Dims, u: boolean, keep: boolean) => variance(self, d, bias(u), keep, true),
  ),
  "aten::std.correction": op(
    "Standard deviation over dimensions.",
    (self: Tensor, d: Dims, c: Scalar | null, keep: boolean) => variance(self, d, corr(c), keep, true),
  ),
  "aten::var_mean.correction": op(
    "Variance and mean.",
    (
      self: Tensor,
      d: Dims,
      c: Scalar | null,
      keep: boolean,
    ) => [variance(self, d, corr(c), keep, false), mean(self, d, keep, null)],
  ),
  "aten::std_mean.correction": op(
    "Standard deviation and mean.",
    (
      self: Tensor,
      d: Dims,
      c: Scalar | null,
      keep: boolean,
    ) => [variance(self, d, corr(c), keep, true), mean(self, d, keep, null)],
  ),
  "aten::norm.Scalar": op("p-norm of all elements.", (self: Tensor, p: Scalar) => norm(self, p, null, false)),
  "aten::norm.ScalarOpt_dim": op("p-norm over dimensions.", norm),
  "aten::norm.ScalarOpt_dim_dtype": op("p-norm over dimensions.", norm),
  "aten::norm.ScalarOpt_dtype": op(
    "p-norm of all elements.",
    (self: Tensor, p: Scalar | null, t: Dtype) => norm(self, p, null, false, t),
  ),
  "aten::linalg_vector_norm": op("p-norm over dimensions.", norm),
  "aten::logsumexp": op("log of the sum of e^x.", logsumexp),
  "aten::count_nonzero": op(
    "Number of nonzero elements.",
    (self: Tensor, d: number | null) =>
      reduceRows(
        self,
        d === null ? null : [d],
        false,
        ScalarType.Long,
        (v, at, n) => v.subarray(at, at + n).filter((x: number) => x !== 0).length,
      ),
  ),
  "aten::count_nonzero.dim_IntList": op(
    "Number of nonzero elements.",
    (self: Tensor, d: Dims) =>
      reduceRows(
        self,
        d,
        false,
        ScalarType.Long,
        (v, at, n) => v.subarray(at, at + n).filter((x: number) => x !== 0).length,
      ),
  ),
  "aten::softmax.int": op("e^x over its sum.", softmax),
  "aten::_softmax": op("e^x over its sum.", (self: Tensor, d: number) => softmax(self, d, null)),
  "aten::log_softmax.int": op("log of softmax.", logSoftmax),
  "aten::_log_softmax": op("log of softmax.", (self: Tensor, d: number) => logSoftmax(self, d, null)),
  "aten::softmin": op(
    "softmax of the negative.",
    (self: Tensor, d: number) =>
      softmax(fromNumbers(Float64Array.from(numbers(self), (x) => -x), self.sizes, self.scalarType), d, null),
  ),
  "aten::cumsum": op("Running sums.", scan((a, b) => a + b)),
  "aten::cumprod": op("Running products.", scan((a, b) => a * b)),
  "aten::logcumsumexp": op(
    "Running log of sums of e^x.",
    (self: Tensor, d: number) =>
      scan((a, b) => a === -Infinity ? b : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))))(
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
    check(self.scalarType !== ScalarType.Bool, `"median_cpu" not implemented for 'Bool'`);
    return nth(reshape(self, [-1]), 0, false, median)[0];
  }),
  "aten::median.dim": op(
    "The lower median, and where.",
    (self: Tensor, d: number, keep: boolean) => nth(self, d, keep, median),
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
