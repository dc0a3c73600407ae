/** Derivatives of normalisation and embeddings. Statistics are computed anew, so that they are differentiated too. */
import type { Tensor } from "../../../core/tensor.ts";
import { add, at, compare, div, mul, newZeros, reshape, square, sub, sum, zeroWhere } from "../calls.ts";
import type { Grad } from "../node.ts";
import { jointRule, rule, type Rules, type Shape } from "../rules.ts";

type T = Tensor;
type Ints = readonly number[];

const mean = (t: T, dims: Ints) => at("mean.dim", t, [...dims], true, null);
const rsqrt = (t: T) => at("rsqrt", t);

/** `x` less its mean over the dimensions, over its deviation; and one over the deviation. */
function standardized(x: T, dims: Ints, eps: number): { xhat: T; inverse: T } {
  const centred = sub(x, mean(x, dims)), inverse = rsqrt(add(mean(square(centred), dims), eps));
  return { xhat: mul(centred, inverse), inverse };
}
/** The gradient through standardising. */
function through(g: T, xhat: T, inverse: T, dims: Ints): T {
  return mul(inverse, sub(sub(g, mean(g, dims)), mul(xhat, mean(mul(g, xhat), dims))));
}
const others = (x: T, dim: number) => x.sizes.map((_, i) => i).filter((i) => i !== dim);
const channelShape = (x: T, t: T) => reshape(t, x.sizes.map((_, i) => i === 1 ? -1 : 1));

function batchNorm(
  gs: T,
  _wanted: readonly boolean[],
  x: T,
  weight: T | null,
  runningMean: T | null,
  runningVar: T | null,
  training: boolean,
  eps: number,
): Grad[] {
  const dims = others(x, 1), gw = weight ? mul(gs, channelShape(x, weight)) : gs;
  const db = sum(gs, dims);
  if (!training && runningMean && runningVar) {
    const inverse = channelShape(x, rsqrt(add(runningVar, eps)));
    const xhat = mul(sub(x, channelShape(x, runningMean)), inverse);
    return [mul(gw, inverse), sum(mul(gs, xhat), dims), db];
  }
  const { xhat, inverse } = standardized(x, dims, eps);
  return [through(gw, xhat, inverse, dims), sum(mul(gs, xhat), dims), db];
}
function layerNorm(
  g: T,
  _wanted: readonly boolean[],
  x: T,
  shape: Ints,
  weight: T | null,
  eps: number,
): Grad[] {
  const n = shape.length, dims = shape.map((_, i) => x.dim - n + i);
  const lead = x.sizes.map((_, i) => i).slice(0, x.dim - n);
  const { xhat, inverse } = standardized(x, dims, eps);
  const over = (t: T) => lead.length ? sum(t, lead) : t;
  return [through(weight ? mul(g, weight) : g, xhat, inverse, dims), over(mul(g, xhat)), over(g)];
}
function groupNorm(
  g: T,
  _wanted: readonly boolean[],
  x: T,
  weight: T | null,
  n: number,
  c: number,
  area: number,
  groups: number,
  eps: number,
): Grad[] {
  const grouped = (t: T) => reshape(t, [n, groups, (c / groups) * area]);
  const { xhat, inverse } = standardized(grouped(x), [2], eps);
  const gw = weight ? mul(g, channelShape(x, weight)) : g;
  const dx = reshape(through(grouped(gw), xhat, inverse, [2]), x.sizes);
  const dims = others(x, 1);
  return [dx, sum(mul(g, reshape(xhat, x.sizes)), dims), sum(g, dims)];
}

function embeddingGrad(
  g: T,
  weight: Shape,
  indices: T,
  padding: number,
  byFrequency: boolean,
): T {
  const flat = reshape(indices, [-1]), width = weight.sizes[1];
  let rows = reshape(g, [-1, width]);
  if (padding >= 0) rows = zeroWhere(reshape(compare("eq", flat, padding), [-1, 1]), rows);
  if (byFrequency) {
    const counts = at("bincount", flat, null, weight.sizes[0]);
    rows = div(rows, reshape(at("index_select", counts, 0, flat), [-1, 1]));
  }
  return at("index_add", newZeros(g, weight.sizes), 0, flat, rows, 1);
}
function bagGrad(
  g: T,
  wanted: readonly boolean[],
  weight: T,
  indices: T,
  offsets: T,
  sizes: T,
  maxima: T,
  mode: number,
  perSample: T | null,
  padding: number,
): Grad[] {
  const flat = reshape(indices, [-1]);
  if (mode === 2) {
    // The rows that gave the maxima, column by column.
    const kept = at("clamp_min", maxima, 0);
    const out = at("scatter_add", newZeros(g, weight.sizes), 0, kept, zeroWhere(compare("lt", maxima, 0), g));
    return [out, null];
  }
  // Which bag each index is in: the last one that begins at or before it.
  const positions = at("arange", flat.numel, 4, null, null, null);
  const bags = sub(at("bucketize.Tensor", positions, offsets, false, true), 1);
  let rows = at("index_select", g, 0, bags);
  if (mode === 1) {
    const n = at("clamp_min", at("index_select", sizes, 0, bags), 1);
    rows = div(rows, reshape(at("to.dtype", n, g.scalarType), [-1, 1]));
  }
  const dsample = wanted[1] ? sum(mul(rows, at("index_select", weight, 0, flat)), [1]) : null;
  if (perSample) rows = mul(rows, reshape(perSample, [-1, 1]));
  if (padding >= 0) rows = zeroWhere(reshape(compare("eq", flat, padding), [-1, 1]), rows);
  return [at("index_add", newZeros(g, weight.sizes), 0, flat, rows, 1), dsample];
}

export const normalization: Rules = {
  "native_batch_norm": jointRule(
    "input weight bias",
    "input weight !running_mean !running_var training eps",
    batchNorm,
    { outputs: [0] },
  ),
  "native_layer_norm": jointRule(
    "input weight bias",
    "input normalized_shape weight eps",
    layerNorm,
    { outputs: [0] },
  ),
  "native_group_norm": jointRule(
    "input weight bias",
    "input weight N C HxW group eps",
    groupNorm,
    { outputs: [0] },
  ),
  "embedding": rule({
    weight: ["#weight indices padding_idx scale_grad_by_freq", embeddingGrad],
  }),
  "_embedding_bag": jointRule(
    "weight per_sample_weights",
    "weight indices offsets result2 result3 mode per_sample_weights padding_idx",
    bagGrad,
    { outputs: [0] },
  ),
};
