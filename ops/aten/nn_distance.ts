/** Distances and similarities of vectors; gated and self-normalising dropout forms. */
import { check } from "../../core/errors.ts";
import { type Scalar, scalarToNumber } from "../../core/scalar.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { newTensor } from "../reference/allocation.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { numelOf, wrapDim } from "../reference/dims.ts";
import { fillTensor } from "../reference/fill.ts";
import { broadcastSizes, floatType, resultType, typeName } from "../reference/promotion.ts";
import * as random from "../random/mod.ts";

/** p-norm of n values given one after the other. */
export function normStep(
  p: number,
): { add: (sum: number, x: number) => number; end: (sum: number) => number } {
  if (p === 0) return { add: (s, x) => s + (x !== 0 ? 1 : 0), end: (s) => s };
  if (p === 1) return { add: (s, x) => s + Math.abs(x), end: (s) => s };
  if (p === 2) return { add: (s, x) => s + x * x, end: Math.sqrt };
  if (p === Infinity) return { add: (s, x) => Math.max(s, Math.abs(x)), end: (s) => s };
  return { add: (s, x) => s + Math.abs(x) ** p, end: (s) => s ** (1 / p) };
}

export function pairwiseDistance(a: Tensor, b: Tensor, p: number, eps: number, keepdim: boolean): Tensor {
  const sizes = broadcastSizes(a.sizes, b.sizes), x = numbers(a, sizes), y = numbers(b, sizes);
  const n = sizes[sizes.length - 1] ?? 1, lead = sizes.slice(0, -1), out = new Float64Array(numelOf(lead));
  const norm = p === -Infinity
    ? { add: (s: number, v: number) => Math.min(s, Math.abs(v)), end: (s: number) => s }
    : normStep(p);
  for (let i = 0; i < out.length; i++) {
    let sum = p === -Infinity ? Infinity : 0;
    for (let j = i * n; j < (i + 1) * n; j++) sum = norm.add(sum, x[j] - y[j] + eps);
    out[i] = norm.end(sum);
  }
  return fromNumbers(out, keepdim ? [...lead, 1] : lead, floatType(resultType(a, b)));
}

function cosineSimilarity(a: Tensor, b: Tensor, dim: number, eps: number): Tensor {
  const t = resultType(a, b);
  check(
    floatType(t) === t,
    () => `expected common dtype to be floating point, yet common dtype is ${typeName(t)}`,
  );
  const sizes = broadcastSizes(a.sizes, b.sizes), d = wrapDim(dim, sizes.length);
  const n = sizes[d] ?? 1, inner = numelOf(sizes.slice(d + 1)), x = numbers(a, sizes), y = numbers(b, sizes);
  const out = new Float64Array(n ? x.length / n : 0);
  for (let o = 0; o < out.length; o++) {
    const from = Math.floor(o / inner) * n * inner + o % inner;
    let xy = 0, xx = 0, yy = 0;
    for (let k = 0, i = from; k < n; k++, i += inner) {
      xy += x[i] * y[i];
      xx += x[i] * x[i];
      yy += y[i] * y[i];
    }
    out[o] = xy / (Math.max(Math.sqrt(xx), eps) * Math.max(Math.sqrt(yy), eps));
  }
  return fromNumbers(out, sizes.filter((_, i) => i !== d), t);
}

function cdist(a: Tensor, b: Tensor, p: number): Tensor {
  check(a.dim >= 2, () => `cdist only supports at least 2D tensors, X1 got: ${a.dim}D`);
  check(b.dim >= 2, () => `cdist only supports at least 2D tensors, X2 got: ${b.dim}D`);
  const width = a.sizes[a.dim - 1], m = a.sizes[a.dim - 2], n = b.sizes[b.dim - 2];
  check(
    width === b.sizes[b.dim - 1],
    () => `X1 and X2 must have the same number of columns. X1: ${width} X2: ${b.sizes[b.dim - 1]}`,
  );
  check(p >= 0, "cdist only supports non-negative p values");
  const batch = broadcastSizes(a.sizes.slice(0, -2), b.sizes.slice(0, -2)), count = numelOf(batch);
  const x = numbers(a, [...batch, m, width]), y = numbers(b, [...batch, n, width]);
  const out = new Float64Array(count * m * n), norm = normStep(p);
  for (let o = 0; o < out.length; o++) {
    const q = Math.floor(o / (m * n)),
      i = (q * m + Math.floor(o / n) % m) * width,
      j = (q * n + o % n) * width;
    let sum = 0;
    for (let k = 0; k < width; k++) sum = norm.add(sum, x[i + k] - y[j + k]);
    out[o] = norm.end(sum);
  }
  return fromNumbers(out, [...batch, m, n], resultType(a, b));
}

function pdist(x: Tensor, p: number): Tensor {
  check(x.dim === 2, () => `pdist only supports 2D tensors, got: ${x.dim}D`);
  check(p >= 0, "pdist only supports non-negative p values");
  const [n, width] = x.sizes, v = numbers(x), out: number[] = [], norm = normStep(p);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum = norm.add(sum, v[i * width + k] - v[j * width + k]);
      out.push(norm.end(sum));
    }
  }
  return fromNumbers(out, [out.length], x.scalarType);
}

function glu(x: Tensor, dim: number): Tensor {
  check(x.dim > 0, "glu does not support 0-dimensional tensors");
  const d = wrapDim(dim, x.dim), n = x.sizes[d];
  check(n % 2 === 0, () => `Halving dimension must be even, but dimension ${d} is size ${n}`);
  const half = n / 2,
    inner = numelOf(x.sizes.slice(d + 1)),
    v = numbers(x),
    out = new Float64Array(v.length / 2);
  for (let o = 0; o < out.length; o++) {
    const from = Math.floor(o / (half * inner)) * n * inner + o % (half * inner);
    out[o] = v[from] / (1 + Math.exp(-v[from + half * inner]));
  }
  return fromNumbers(out, x.sizes.map((s, i) => i === d ? half : s), x.scalarType);
}

/** Scales slices along `dim` down to a p-norm of `maxnorm`. */
function renorm(x: Tensor, p: Scalar, dim: number, maxnorm: Scalar): Tensor {
  const d = wrapDim(dim, x.dim), power = scalarToNumber(p), max = scalarToNumber(maxnorm);
  check(x.dim > 1, () => `renorm: input needs at least 2 dimensions, got ${x.dim} dimensions`);
  check(power > 0, "renorm: non-positive-norm not supported");
  check(max >= 0, () => `renorm: expected maxnorm to be >= 0 but got ${max}`);
  const v = numbers(x), n = x.sizes[d], inner = numelOf(x.sizes.slice(d + 1));
  const sums = new Float64Array(n), norm = normStep(power), slot = (i: number) => Math.floor(i / inner) % n;
  for (let i = 0; i < v.length; i++) sums[slot(i)] = norm.add(sums[slot(i)], v[i]);
  const factor = sums.map((s) => norm.end(s) > max ? max / (norm.end(s) + 1e-7) : 1);
  return fromNumbers(
    Float64Array.from(v as Float64Array, (a, i) => a * factor[slot(i)]),
    x.sizes,
    x.scalarType,
  );
}

const ALPHA = 1.7580993408473766;

/** Dropout that keeps mean and variance: dropped elements become -alpha, all are scaled and moved. */
function alphaDropout(features: boolean) {
  return (x: Tensor, p: number, train: boolean): Tensor => {
    check(p >= 0 && p <= 1, () => `dropout probability has to be between 0 and 1, but got ${p}`);
    if (p === 0 || !train || x.numel === 0) return x;
    if (p === 1) return fillTensor(newTensor(x.sizes, x.scalarType), 0);
    check(!features || x.dim >= 2, "Feature dropout requires at least 2 dimensions in the input");
    const noise = newTensor(
      features ? [x.sizes[0], x.sizes[1], ...x.sizes.slice(2).map(() => 1)] : x.sizes,
      x.scalarType,
    );
    random.bernoulliScalar_(noise, 1 - p);
    const keep = numbers(noise, x.sizes),
      v = numbers(x),
      a = 1 / Math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p));
    const out = new Float64Array(v.length);
    for (let i = 0; i < v.length; i++) {
      out[i] = v[i] * keep[i] * a + ((keep[i] - 1) * ALPHA * a + ALPHA * a * p);
    }
    return fromNumbers(out, x.sizes, x.scalarType);
  };
}

function rrelu(x: Tensor, lower: Scalar, upper: Scalar, training: boolean): Tensor {
  const lo = scalarToNumber(lower),
    hi = scalarToNumber(upper),
    v = numbers(x),
    out = new Float64Array(v.length);
  check(lo <= hi, () => `Lower bound should be less than or equal to the upper bound`);
  if (training) {
    const slopes = newTensor(x.sizes, x.scalarType);
    random.rreluNoise(slopes.data(), x.scalarType, v, lo, hi);
    const s = numbers(slopes);
    for (let i = 0; i < out.length; i++) out[i] = v[i] <= 0 ? v[i] * s[i] : v[i];
  } else for (let i = 0; i < out.length; i++) out[i] = v[i] <= 0 ? v[i] * (lo + hi) / 2 : v[i];
  return fromNumbers(out, x.sizes, x.scalarType);
}

export const distances: Family = {
  "aten::pairwise_distance": op("Norms of the differences of vectors.", pairwiseDistance),
  "aten::cosine_similarity": op("Cosines of the angles between vectors.", cosineSimilarity),
  "aten::cdist": op("Distances of all pairs of two sets of vectors.", cdist),
  "aten::_cdist_forward": op("Distances of all pairs of two sets of vectors.", cdist),
  "aten::pdist": op("Distances of all pairs of one set of vectors.", pdist),
  "aten::glu": op("One half gated by the sigmoid of the other.", glu),
  "aten::renorm": op("Scales slices down to a norm.", renorm),
  "aten::alpha_dropout": op("Dropout that keeps mean and variance.", alphaDropout(false), ["random"]),
  "aten::feature_alpha_dropout": op("Dropout of channels that keeps mean and variance.", alphaDropout(true), [
    "random",
  ]),
  "aten::rrelu": op("Leaky ReLU with random slopes.", rrelu, ["random"]),
};
