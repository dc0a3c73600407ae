/** Reductions over dimensions. */
import { check } from "../../core/errors.ts";
import { type Scalar, scalarToNumber } from "../../core/scalar.ts";
import {
  isComplexType,
  isFloatingType,
  isIntegralType,
  ScalarType,
  toRealValueType,
} from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
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
import { cadd, cexp, clog, cmul } from "../reference/complex_functions.ts";
import { floatType, typeName } from "../reference/promotion.ts";
import { emptyTensor } from "../reference/allocation.ts";
import { type C, worthKernels } from "../reference/pointwise.ts";
import {
  logsumexp as wasmLogsumexp,
  reduce,
  type ReduceKind,
  variance as wasmVariance,
} from "../wasm/mod.ts";
import { permute } from "./view.ts";

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
  const outer = numelOf(keep.map((i) => self.sizes[i]));
  return { moved, outer, inner, sizes: reducedSizes(self, dims, keepdim) };
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

/** Sizes of a result that keeps the reduced dimensions as 1, or leaves them away. */
function reducedSizes(self: Tensor, dims: readonly number[], keepdim: boolean): number[] {
  return keepdim
    ? self.sizes.map((s, i) => dims.includes(i) ? 1 : s)
    : self.sizes.filter((_, i) => !dims.includes(i));
}

/** A result computed by a kernel; null for few elements, or when `run` does not cover the types. */
function byKernel(
  self: Tensor,
  dims: Dims,
  keepdim: boolean,
  dtype: ScalarType,
  run: (out: Tensor, x: Tensor, dims: readonly number[]) => boolean,
): Tensor | null {
  if (!worthKernels(self.numel)) return null;
  const d = wrapDims(dims, self.dim), out = emptyTensor(reducedSizes(self, d, keepdim), dtype);
  return run(out, self, d) ? out : null;
}
function reduced(
  kind: ReduceKind,
  self: Tensor,
  dims: Dims,
  keepdim: boolean,
  dtype: ScalarType,
): Tensor | null {
  return byKernel(self, dims, keepdim, dtype, (out, x, d) => reduce(kind, out, x, d));
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
  const fast = reduced("sum", x, dims, keepdim, t);
  if (fast) return fast;
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
  return reduced("mean", self, dims, keepdim, t) ??
    reduceRows(self, dims, keepdim, t, (v, at, n) => sumRows(v, at, n) / n);
}
/** Reduces each row of complex numbers to one. */
function reduceComplex(
  self: Tensor,
  dims: Dims,
  keepdim: boolean,
  dtype: ScalarType,
  f: (row: Float64Array | Float32Array) => C,
): Tensor {
  const { moved, outer, inner, sizes } = arrange(self, wrapDims(dims, self.dim), keepdim);
  const v = complexes(moved), out = new Float64Array(2 * outer);
  for (let i = 0; i < outer; i++) out.set(f(v.subarray(2 * i * inner, 2 * (i + 1) * inner)), 2 * i);
  return fromComplexes(out, sizes, dtype);
}

function prod(self: Tensor, dims: Dims, keepdim: boolean, dtype: Dtype): Tensor {
  const t = sumDtype(self, dtype);
  if (isComplexType(t)) {
    return reduceComplex(asType(self, t), dims, keepdim, t, (row) => {
      let p: C = [1, 0];
      for (let i = 0; i < row.length; i += 2) p = cmul(p, [row[i], row[i + 1]]);
      return p;
    });
  }
  return reduced("prod", self, dims, keepdim, t) ?? reduceRows(self, dims, keepdim, t, (v, at, n) => {
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
/** Refuses to find one element among none. */
export function refuseEmptyDim(name: string, self: Tensor, d: number): void {
  check(
    self.dim === 0 || self.sizes[d] > 0,
    () => `${name}(): Expected reduction dim ${d} to have non-zero size.`,
    "IndexError",
  );
}
const extreme =
  (sign: number, name: "max" | "min", shown: string = name) =>
  (self: Tensor, dims: Dims = null, keepdim = false): Tensor => {
    if (dims === null || dims.length === 0) refuseEmpty(self, shown);
    return reduced(name, self, dims, keepdim, self.scalarType) ??
      reduceRows(self, dims, keepdim, self.scalarType, (v, at, n) => v[bestIn(v, at, n, sign)]);
  };
const extremeDim =
  (sign: number, name: "max" | "min") => (self: Tensor, dim: number, keepdim: boolean): Tensor[] => {
    const d = wrapDim(dim, self.dim);
    refuseEmptyDim(name, self, d);
    const dims = self.dim ? [d] : [];
    const best = reduced(name, self, dims, keepdim, self.scalarType);
    const where = best && reduced(name === "max" ? "argmax" : "argmin", self, dims, keepdim, ScalarType.Long);
    if (where) return [best!, where];
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
const arg = (sign: number, name: "argmax" | "argmin") =>
(
  self: Tensor,
  dim: number | null,
  keepdim: boolean,
): Tensor => {
  check(self.scalarType !== ScalarType.Bool, `${name}(): does not support bool input`);
  if (dim === null) {
    check(
      self.numel > 0,
      `${name}(): Expected reduction dim to be specified for input.numel() == 0.`,
      "IndexError",
    );
  } else refuseEmptyDim(name, self, wrapDim(dim, self.dim));
  const dims = dim === null || self.dim === 0 ? null : [dim];
  return reduced(name, self, dims, keepdim, ScalarType.Long) ?? reduceRows(
    self,
    dims,
    keepdim,
    ScalarType.Long,
    (v, at, n) => bestIn(v, at, n, sign) - at,
  );
};
const truth = (every: boolean) => (self: Tensor, dims: Dims = null, keepdim = false): Tensor => {
  const x = isComplexType(self.scalarType) ? asType(self, ScalarType.Bool) : self;
  const t = self.scalarType === ScalarType.Byte ? ScalarType.Byte : ScalarType.Bool;
  return reduced(every ? "all" : "any", x, dims, keepdim, t) ?? reduceRows(
    x,
    dims,
    keepdim,
    t,
    (v, at, n) => {
      for (let i = at; i < at + n; i++) if ((v[i] !== 0) !== every) return every ? 0 : 1;
      return every ? 1 : 0;
    },
  );
};
function variance(self: Tensor, dims: Dims, correction: number, keepdim: boolean, root: boolean): Tensor {
  check(!isIntegralType(self.scalarType, true), "std and var only support floating point and complex dtypes");
  const t = toRealValueType(self.scalarType);
  if (isComplexType(self.scalarType)) {
    // The spread of both parts around the complex mean.
    return asType(
      reduceComplex(self, dims, keepdim, self.scalarType, (row) => {
        const n = row.length / 2;
        let re = 0, im = 0, s = 0;
        for (let i = 0; i < n; i++) {
          re += row[2 * i] / n;
          im += row[2 * i + 1] / n;
        }
        for (let i = 0; i < n; i++) s += (row[2 * i] - re) ** 2 + (row[2 * i + 1] - im) ** 2;
        const r = s / Math.max(n - correction, 0);
        return [root ? Math.sqrt(r) : r, 0];
      }),
      t,
    );
  }
  const fast = byKernel(self, dims, keepdim, t, (out, x, d) => wasmVariance(out, x, d, correction, root));
  if (fast) return fast;
  return reduceRows(self, dims, keepdim, t, (v, at, n) => {
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
  check(
    isFloatingType(dtype ?? self.scalarType) || isComplexType(dtype ?? self.scalarType),
    () =>
      `norm(): input dtype should be either floating point or complex. Got ${
        typeName(self.scalarType)
      } instead.`,
  );
  const x = isComplexType(self.scalarType) ? absComplex(self) : self;
  const t = dtype ?? floatType(x.scalarType);
  const fast = k === 2 ? reduced("norm2", x, dims, keepdim, t) : null;
  if (fast) return fast;
  return reduceRows(x, dims, keepdim, t, (v, at, n) => {
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
  const t = floatType(self.scalarType);
  if (isComplexType(t)) {
    return reduceComplex(self, dims, keepdim, t, (row) => {
      let m = -Infinity, sum: C = [0, 0];
      for (let i = 0; i < row.length; i += 2) m = Math.max(m, row[i]);
      if (!Number.isFinite(m)) m = 0;
      for (let i = 0; i < row.length; i += 2) sum = cadd(sum, cexp([row[i] - m, row[i + 1]]));
      return cadd(clog(sum), [m, 0]);
    });
  }
  const fast = byKernel(self, dims, keepdim, t, wasmLogsumexp);
  if (fast) return fast;
  return reduceRows(self, dims, keepdim, t, (v, at, n) => {
    let m = -Infinity;
    for (let i = at; i < at + n; i++) m = Math.max(m, v[i]);
    if (!Number.isFinite(m)) return m;
    let s = 0;
    for (let i = at; i < at + n; i++) s += Math.exp(v[i] - m);
    return m + Math.log(s);
  });
}

function countNonzero(self: Tensor, dims: Dims): Tensor {
  return reduceRows(asType(self, ScalarType.Bool), dims, false, ScalarType.Long, sumRows);
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
  "aten::amax": op("Largest over dimensions.", extreme(1, "max", "amax")),
  "aten::amin": op("Smallest over dimensions.", extreme(-1, "min", "amin")),
  "aten::aminmax": op(
    "Smallest and largest.",
    (
      self: Tensor,
      d: number | null,
      keep: boolean,
    ) => {
      check(
        d === null ? self.numel > 0 : self.dim === 0 || self.sizes[wrapDim(d, self.dim)] > 0,
        "aminmax(): cannot compute aminmax over an empty dimension as the operation has no identity.",
      );
      return [min(self, d === null ? null : [d], keep), max(self, d === null ? null : [d], keep)];
    },
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
  "aten::logsumexp": op("log of the sum of e^x.", logsumexp),
  "aten::count_nonzero": op(
    "Number of nonzero elements.",
    (self: Tensor, d: number | null) => countNonzero(self, d === null ? null : [d]),
  ),
  "aten::count_nonzero.dim_IntList": op("Number of nonzero elements.", countNonzero),
};
