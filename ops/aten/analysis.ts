/** Searching, counting, comparing, integrating: operators that read one or two tensors for a summary. */
import { check } from "../../core/errors.ts";
import { type Scalar, scalarToNumber } from "../../core/scalar.ts";
import {
  canCast,
  isComplexType,
  isFloatingType,
  isIntegralType,
  promoteTypes,
  ScalarType,
} from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Family, op, raw } from "../declaration.ts";
import { ListValue } from "../../core/ivalue.ts";
import { IntType } from "../../core/types.ts";
import { bigints, complexes, fromBigints, fromComplexes, fromNumbers, numbers } from "../reference/dense.ts";
import { copyInto } from "../reference/copy.ts";
import { newTensor } from "../reference/allocation.ts";
import { wrapDim } from "../reference/dims.ts";
import { pointwise } from "../reference/pointwise.ts";
import { broadcastSizes, floatType, typeName } from "../reference/promotion.ts";
import { defaultGenerator, Generator } from "../random/mod.ts";
import { cat } from "./combine.ts";
import { mul, sub } from "./pointwise_binary.ts";
import { norm, reduceRows } from "./reduction.ts";
import { diagonal, narrow, reshape } from "./view.ts";

function diff(self: Tensor, n: number, dim: number, before: Tensor | null, after: Tensor | null): Tensor {
  check(n >= 0, () => `order must be non-negative but got ${n}`);
  let x = cat([before, self, after].filter((t) => t !== null), dim);
  for (let i = 0; i < n; i++) {
    const size = x.sizes[wrapDim(dim, x.dim)];
    if (size === 0) break;
    const hi = narrow(x, dim, 1, size - 1), lo = narrow(x, dim, 0, size - 1);
    x = x.scalarType === ScalarType.Bool
      ? pointwise({ name: "ne", real: (a, b) => a !== b ? 1 : 0 }, [hi, lo], x.scalarType)
      : sub(hi, lo);
  }
  return x;
}
function diag(self: Tensor, k: number): Tensor {
  check(self.dim === 1 || self.dim === 2, () => `diag(): Supports 1D or 2D tensors. Got ${self.dim}D`);
  return self.dim === 1 ? diagEmbed(self, k, 0, 1) : reshape(diagonal(self, k, 0, 1), [-1]);
}
function diagEmbed(self: Tensor, k: number, d1: number, d2: number): Tensor {
  const rank = self.dim + 1, a = wrapDim(d1, rank), b = wrapDim(d2, rank);
  check(a !== b, () => `diagonal dimensions cannot be identical ${d1}, ${d2}`);
  const n = self.sizes[self.dim - 1] + Math.abs(k), lead = self.sizes.slice(0, -1), sizes: number[] = [];
  for (let i = 0; i < rank; i++) sizes.push(i === a || i === b ? n : lead.shift()!);
  const out = newTensor(sizes, self.scalarType);
  copyInto(diagonal(out, k, a, b), self);
  return out;
}
function isClose(a: Tensor, b: Tensor, rtol: number, atol: number, equalNan: boolean): Tensor {
  check(rtol >= 0, () => `rtol must be greater than or equal to zero, but got ${rtol}`);
  check(atol >= 0, () => `atol must be greater than or equal to zero, but got ${atol}`);
  check(a.scalarType === b.scalarType, () => `${nameOf(a.scalarType)} did not match ${nameOf(b.scalarType)}`);
  return pointwise(
    {
      name: "isclose",
      real: (x, y) =>
        x === y || (equalNan && x !== x && y !== y) ||
          (Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) <= atol + Math.abs(rtol * y))
          ? 1
          : 0,
      complexToReal: (x, y) =>
        Math.hypot(x[0] - y[0], x[1] - y[1]) <= atol + rtol * Math.hypot(y[0], y[1]) ? 1 : 0,
    },
    [a, b],
    a.scalarType,
    ScalarType.Bool,
  );
}
function nameOf(t: ScalarType): string {
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
  ][t] ?? "BFloat16";
}
function bincount(self: Tensor, weights: Tensor | null, least: number): Tensor {
  check(
    self.dim === 1 && isIntegralType(self.scalarType, true),
    "bincount only supports 1-d non-negative integral inputs.",
  );
  const v = numbers(self), w = weights && numbers(weights);
  check(v.every((x: number) => x >= 0), "bincount only supports 1-d non-negative integral inputs.");
  const out = new Float64Array(Array.from(v).reduce((m, x) => Math.max(m, x + 1), least));
  for (let i = 0; i < v.length; i++) out[v[i]] += w ? w[i] : 1;
  return fromNumbers(
    out,
    [out.length],
    weights
      ? (weights.scalarType === ScalarType.Float ? ScalarType.Float : ScalarType.Double)
      : ScalarType.Long,
  );
}
/** Where values go in sorted rows so that they stay sorted. */
function search(sorted: Tensor, values: Tensor, int32: boolean, right: boolean): Tensor {
  const n = sorted.sizes[sorted.dim - 1] ?? 0, s = numbers(sorted), v = numbers(values);
  const per = sorted.dim === 1 ? v.length : values.sizes[values.dim - 1] ?? 1;
  const out = Float64Array.from(v, (x: number, i: number) => {
    const from = sorted.dim === 1 ? 0 : Math.floor(i / per) * n;
    let lo = 0, hi = n;
    while (lo < hi) {
      const mid = (lo + hi) >> 1, m = s[from + mid];
      if (right ? !(m > x) : !(m >= x)) lo = mid + 1;
      else hi = mid;
    }
    return lo;
  });
  return fromNumbers(out, values.sizes, int32 ? ScalarType.Int : ScalarType.Long);
}
function wrap(v: Scalar): Tensor {
  return fromNumbers([scalarToNumber(v)], [], ScalarType.Double);
}
function unique(self: Tensor, inverse: boolean, counts: boolean, consecutive: boolean): Tensor[] {
  const isLong = self.scalarType === ScalarType.Long;
  const v: ArrayLike<number | bigint> = isLong ? bigints(self) : numbers(self);
  const order = Array.from(v, (_, i) => i);
  if (!consecutive) order.sort((a, b) => v[a] < v[b] ? -1 : v[a] > v[b] ? 1 : a - b);
  const values: (number | bigint)[] = [], where = new Float64Array(v.length), n: number[] = [];
  order.forEach((at, k) => {
    if (k === 0 || v[order[k - 1]] !== v[at]) {
      values.push(v[at]);
      n.push(0);
    }
    n[n.length - 1]++;
    where[at] = values.length - 1;
  });
  const none = () => fromNumbers([], [0], ScalarType.Long);
  const out = isLong
    ? fromBigints(BigInt64Array.from(values as bigint[]), [values.length], ScalarType.Long)
    : fromNumbers(values as number[], [values.length], self.scalarType);
  return [
    out,
    inverse ? fromNumbers(where, self.sizes, ScalarType.Long) : none(),
    counts ? fromNumbers(n, [n.length], ScalarType.Long) : none(),
  ];
}
function histc(self: Tensor, bins: number, min: Scalar, max: Scalar): Tensor {
  const v = numbers(self);
  let lo = scalarToNumber(min), hi = scalarToNumber(max);
  if (lo === hi) [lo, hi] = v.length ? [Math.min(...v), Math.max(...v)] : [0, 0];
  if (lo === hi) [lo, hi] = [lo - 1, hi + 1];
  check(lo < hi, "max must be larger than min");
  const out = new Float64Array(bins);
  for (const x of v) {
    if (x >= lo && x <= hi) out[Math.min(Math.floor((x - lo) / (hi - lo) * bins), bins - 1)]++;
  }
  return fromNumbers(out, [bins], self.scalarType);
}
function quantile(
  self: Tensor,
  q: readonly number[],
  dim: number | null,
  keepdim: boolean,
  scalarQ: boolean,
  skipNan: boolean,
  mode: string,
): Tensor {
  for (const x of q) check(x >= 0 && x <= 1, "quantile() q must be in the range [0, 1]");
  const x = dim === null ? reshape(self, [-1]) : self, d = dim === null ? 0 : wrapDim(dim, self.dim);
  const parts = q.map((p) => {
    const r = reduceRows(x, x.dim ? [d] : null, false, self.scalarType, (v, at, n) => {
      let row = Float64Array.from(v.subarray(at, at + n));
      if (skipNan) row = row.filter((a) => a === a);
      if (row.length === 0 || row.some((a) => a !== a)) return NaN;
      row.sort();
      const rank = p * (row.length - 1), lo = Math.floor(rank), hi = Math.ceil(rank);
      if (mode === "lower") return row[lo];
      if (mode === "higher") return row[hi];
      if (mode === "nearest") return row[rank - lo > 0.5 || (rank - lo === 0.5 && lo % 2 === 1) ? hi : lo];
      if (mode === "midpoint") return (row[lo] + row[hi]) / 2;
      return row[lo] + (row[hi] - row[lo]) * (rank - lo);
    });
    if (!keepdim) return r;
    return reshape(r, dim === null ? self.sizes.map(() => 1) : self.sizes.map((s, i) => i === d ? 1 : s));
  });
  return scalarQ ? parts[0] : cat(parts.map((p) => reshape(p, [1, ...p.sizes])), 0);
}
function cross(a: Tensor, b: Tensor, dim: number | null): Tensor {
  const sizes = broadcastSizes(a.sizes, b.sizes),
    d = dim === null ? sizes.indexOf(3) : wrapDim(dim, sizes.length);
  check(
    d >= 0 && a.sizes[d] === 3 && b.sizes[d] === 3,
    () => `linalg.cross: inputs dimension ${d} must have length 3. Got ${a.sizes[d]} and ${b.sizes[d]}`,
  );
  const pick = (t: Tensor, i: number) => narrow(t, d, i, 1);
  const part = (i: number, j: number) => sub(mul(pick(a, i), pick(b, j)), mul(pick(a, j), pick(b, i)));
  return cat([part(1, 2), part(2, 0), part(0, 1)], d);
}

/** Weights of the observations: as given, or ones. */
function weightsOf(name: "fweights" | "aweights", w: Tensor | null, n: number): Float64Array {
  if (!w) return new Float64Array(n).fill(1);
  check(
    w.dim <= 1,
    () => `cov(): expected ${name} to have one or fewer dimensions but got ${name} with ${w.dim} dimensions`,
  );
  const whole = isIntegralType(w.scalarType, true), wanted = name === "fweights";
  check(
    whole === wanted,
    () =>
      `cov(): expected ${name} to have ${wanted ? "integral" : "floating point"} dtype but got ${name} with ${
        typeName(w.scalarType)
      } dtype`,
  );
  check(
    w.numel === n,
    () =>
      `cov(): expected ${name} to have the same numel as there are observations in the input but got ${w.numel} != ${n}`,
  );
  const v = Float64Array.from(numbers(w));
  check(v.every((x) => x >= 0), `cov(): ${name} cannot be negative`);
  return v;
}

function covariance(
  self: Tensor,
  correction: number,
  fweights: Tensor | null,
  aweights: Tensor | null,
): Tensor {
  check(
    self.dim <= 2,
    () =>
      `cov(): expected input to have two or fewer dimensions but got an input with ${self.dim} dimensions`,
  );
  check(self.scalarType !== ScalarType.Bool, "cov(): bool dtype is not supported for input");
  const x = self.dim < 2 ? reshape(self, [1, -1]) : self, [m, n] = x.sizes, v = complexes(x);
  const f = weightsOf("fweights", fweights, n), a = weightsOf("aweights", aweights, n);
  const w = f.map((p, k) => p * a[k]), total = w.reduce((p, q) => p + q, 0);
  check(n === 0 || total !== 0, "cov(): weights sum to zero, can't be normalized");
  const spread = aweights ? w.reduce((sum, p, k) => sum + p * a[k], 0) / total : 1;
  const norm = Math.max(total - correction * spread, 0), centred = new Float64Array(2 * m * n);
  for (let i = 0; i < m; i++) {
    for (let part = 0; part < 2; part++) {
      let mean = 0;
      for (let k = 0; k < n; k++) mean += v[2 * (i * n + k) + part] * w[k] / total;
      for (let k = 0; k < n; k++) centred[2 * (i * n + k) + part] = v[2 * (i * n + k) + part] - mean;
    }
  }
  const out = new Float64Array(2 * m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      let re = 0, im = 0;
      for (let k = 0; k < n; k++) {
        const p = 2 * (i * n + k), q = 2 * (j * n + k);
        re += w[k] * (centred[p] * centred[q] + centred[p + 1] * centred[q + 1]);
        im += w[k] * (centred[p + 1] * centred[q] - centred[p] * centred[q + 1]);
      }
      out[2 * (i * m + j)] = re / norm;
      out[2 * (i * m + j) + 1] = im / norm;
    }
  }
  const sizes = m === 1 ? [] : [m, m], t = floatType(self.scalarType);
  return isComplexType(t)
    ? fromComplexes(out, sizes, t)
    : fromNumbers(out.filter((_, i) => i % 2 === 0), sizes, t);
}

export const analysis: Family = {
  "aten::diff": op("Differences of neighbours.", diff),
  "aten::diag": op("A diagonal matrix of a vector, or a matrix's diagonal.", diag),
  "aten::diag_embed": op("Diagonal matrices of vectors.", diagEmbed),
  "aten::diagflat": op(
    "A diagonal matrix of all elements.",
    (self: Tensor, k: number) => diagEmbed(reshape(self, [-1]), k, 0, 1),
  ),
  "aten::isclose": op("Whether equal within a tolerance.", isClose),
  "aten::allclose": op(
    "Whether all are equal within a tolerance.",
    (a: Tensor, b: Tensor, r: number, t: number, n: boolean) =>
      numbers(isClose(a, b, r, t, n)).every((x: number) => x === 1),
  ),
  "aten::isin.Tensor_Tensor": op(
    "Whether each element is among others.",
    (a: Tensor, b: Tensor, _u: boolean, invert: boolean) => {
      const set = new Set<number>(numbers(b));
      return fromNumbers(
        Float64Array.from(numbers(a), (x: number) => set.has(x) !== invert ? 1 : 0),
        a.sizes,
        ScalarType.Bool,
      );
    },
  ),
  "aten::isin.Tensor_Scalar": op(
    "Whether each element is a number.",
    (a: Tensor, b: Scalar, _u: boolean, invert: boolean) =>
      fromNumbers(
        Float64Array.from(numbers(a), (x: number) => (x === scalarToNumber(b)) !== invert ? 1 : 0),
        a.sizes,
        ScalarType.Bool,
      ),
  ),
  "aten::bincount": op("How often each integer occurs.", bincount),
  "aten::searchsorted.Tensor": op(
    "Places in a sorted row.",
    (s: Tensor, v: Tensor, i32: boolean, right: boolean, side: string | null) =>
      search(s, v, i32, right || side === "right"),
  ),
  "aten::searchsorted.Scalar": op(
    "Place in a sorted row.",
    (s: Tensor, v: Scalar, i32: boolean, right: boolean, side: string | null) =>
      search(s, wrap(v), i32, right || side === "right"),
  ),
  "aten::bucketize.Tensor": op(
    "Buckets of the elements.",
    (v: Tensor, s: Tensor, i32: boolean, right: boolean) => search(s, v, i32, right),
  ),
  "aten::bucketize.Scalar": op(
    "Bucket of a number.",
    (v: Scalar, s: Tensor, i32: boolean, right: boolean) => search(s, wrap(v), i32, right),
  ),
  "aten::_unique2": op(
    "Distinct values, where they went, how often.",
    (t: Tensor, _s: boolean, i: boolean, n: boolean) => unique(t, i, n, false),
  ),
  "aten::_unique": op(
    "Distinct values, and where they went.",
    (t: Tensor, _s: boolean, i: boolean) => unique(t, i, false, false).slice(0, 2),
  ),
  "aten::histc": op("Counts in equal bins.", histc),
  "aten::quantile": op(
    "Quantiles.",
    (t: Tensor, q: Tensor, d: number | null, k: boolean, m: string) =>
      quantile(t, Array.from(numbers(q)), d, k, q.dim === 0, false, m),
  ),
  "aten::quantile.scalar": op(
    "A quantile.",
    (t: Tensor, q: number, d: number | null, k: boolean, m: string) => quantile(t, [q], d, k, true, false, m),
  ),
  "aten::nanquantile": op(
    "Quantiles without NaN.",
    (t: Tensor, q: Tensor, d: number | null, k: boolean, m: string) =>
      quantile(t, [...numbers(q)], d, k, q.dim === 0, true, m),
  ),
  "aten::isin.Scalar_Tensor": op(
    "Whether a number is among others.",
    (a: Scalar, b: Tensor, _u: boolean, invert: boolean) =>
      fromNumbers([numbers(b).includes(scalarToNumber(a)) !== invert ? 1 : 0], [], ScalarType.Bool),
  ),
  "aten::frexp.Tensor": op("Mantissa and exponent of 2.", (t: Tensor) => {
    check(isFloatingType(t.scalarType), "torch.frexp() only supports floating-point dtypes");
    const v = numbers(t), m = new Float64Array(v.length), e = new Float64Array(v.length);
    for (let i = 0; i < v.length; i++) {
      const x = v[i];
      if (x === 0 || !Number.isFinite(x)) {
        m[i] = x;
        continue;
      }
      e[i] = Math.floor(Math.log2(Math.abs(x))) + 1;
      m[i] = x / 2 ** e[i];
      // The logarithm may have been rounded over a power of two.
      if (Math.abs(m[i]) >= 1) [m[i], e[i]] = [m[i] / 2, e[i] + 1];
      if (Math.abs(m[i]) < 0.5) [m[i], e[i]] = [m[i] * 2, e[i] - 1];
    }
    return [fromNumbers(m, t.sizes, t.scalarType), fromNumbers(e, t.sizes, ScalarType.Int)];
  }),
  "aten::nanquantile.scalar": op(
    "A quantile without NaN.",
    (t: Tensor, q: number, d: number | null, k: boolean, m: string) => quantile(t, [q], d, k, true, true, m),
  ),
  "aten::nanmedian": op(
    "The lower median without NaN.",
    (t: Tensor) => quantile(t, [0.5], null, false, true, true, "lower"),
  ),
  "aten::nanmean": op(
    "Mean without NaN.",
    (t: Tensor, dims: number[] | null, keep: boolean, dtype: ScalarType | null) =>
      reduceRows(t, dims, keep, dtype ?? floatType(t.scalarType), (v, at, n) => {
        const row = v.subarray(at, at + n).filter((x: number) => x === x);
        return Array.from(row).reduce((a, b) => a + b, 0) / row.length;
      }),
  ),
  "aten::dist": op(
    "p-norm of the difference.",
    (a: Tensor, b: Tensor, p: Scalar) => norm(sub(a, b), p, null, false),
  ),
  "aten::cross": op("Cross product.", cross),
  "aten::linalg_cross": op("Cross product.", cross),
  "aten::cov": op("Covariances of the rows.", covariance),
  "aten::renorm": op("Slices scaled down to a norm.", (self: Tensor, p: Scalar, dim: number, max: Scalar) => {
    const d = wrapDim(dim, self.dim), others = self.sizes.map((_, i) => i).filter((i) => i !== d);
    const scale = fromNumbers(
      Float64Array.from(
        numbers(norm(self, p, others, true)),
        (x: number) => x > scalarToNumber(max) ? scalarToNumber(max) / (x + 1e-7) : 1,
      ),
      self.sizes.map((s, i) => i === d ? s : 1),
      self.scalarType,
    );
    return mul(self, scale);
  }),
  "aten::can_cast": op(
    "Whether a dtype may be written to another.",
    (a: ScalarType, b: ScalarType) => canCast(a, b),
  ),
  "aten::promote_types": op(
    "The dtype both convert to.",
    (a: ScalarType, b: ScalarType) => promoteTypes(a, b),
  ),
  "aten::broadcast_shapes": raw(
    "The common shape.",
    (l: ListValue) =>
      new ListValue(
        IntType,
        l.items.reduce<readonly number[]>(
          (s, x) => broadcastSizes(s, x instanceof ListValue ? x.items as number[] : [x as number]),
          [],
        )
          .slice(),
      ),
  ),
  "aten::_infer_size": raw(
    "The common shape.",
    (a: ListValue, b: ListValue) =>
      new ListValue(IntType, broadcastSizes(a.items as number[], b.items as number[]).slice()),
  ),
  "aten::manual_seed": raw("Seeds the generator.", (seed: number) => void defaultGenerator.manualSeed(seed), [
    "side_effect",
  ]),
  "aten::manual_seed.generator": raw(
    "Seeds a generator.",
    (g: unknown, seed: number) => g instanceof Generator ? g.manualSeed(seed) : g,
  ),
  "aten::initial_seed": raw(
    "The seed.",
    (g: unknown) => (g instanceof Generator ? g : defaultGenerator).initialSeed(),
  ),
};
