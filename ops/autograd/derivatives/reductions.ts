/** Derivatives of sums, extremes, norms, and scans. */
import { Float, type Scalar } from "../../../core/scalar.ts";
import type { Tensor } from "../../../core/tensor.ts";
import {
  add,
  at,
  compare,
  conj,
  countOf,
  div,
  exp,
  expand,
  fullLike,
  like,
  mul,
  neg,
  newZeros,
  real,
  reshape,
  run,
  sub,
  sum,
  unreduced,
  unsqueeze,
  wrapped,
  zerosLike,
  zeroWhere,
} from "../calls.ts";
import type { Grad } from "../node.ts";
import { jointRule, type Rule, rule, type Rules, type Shape } from "../rules.ts";
import { normGrad } from "./pointwise_binary.ts";

type T = Tensor;
type Dims = readonly number[] | null;

const spreadAll = (g: T, s: Shape) => expand(g, s.sizes);
function spread(g: T, s: Shape, dims: Dims, keepdim: boolean): T {
  return expand(unreduced(g, s.sizes, dims, keepdim), s.sizes);
}

/** The one place of an extreme along a dimension gets the gradient. */
function atIndex(g: T, s: Shape, dim: number, index: T, keepdim: boolean): T {
  if (s.dim === 0) return g;
  const d = wrapped(dim, s.dim);
  const [gk, ik] = keepdim ? [g, index] : [unsqueeze(g, d), unsqueeze(index, d)];
  return at("scatter.src", newZeros(g, s.sizes), d, ik, gk);
}
const byIndex = (index: number): Rule =>
  rule({
    self: [
      "#self dim result1 keepdim",
      (g: T, s: Shape, dim: number, i: T, keepdim: boolean) => atIndex(g, s, dim, i, keepdim),
    ],
  }, { index, outputs: [0] });
/** Places that reach the extreme share the gradient. */
function evenly(g: T, x: T, extreme: T): T {
  const mask = like(compare("eq", x, extreme), g);
  return mul(mask, div(g, sum(mask)));
}
function evenlyAlong(g: T, x: T, dims: Dims, keepdim: boolean, extreme: T): T {
  const gk = unreduced(g, x.sizes, dims, keepdim), e = unreduced(extreme, x.sizes, dims, keepdim);
  const mask = like(compare("eq", x, e), g);
  const ways = dims === null || dims.length === 0 ? sum(mask) : sum(mask, dims, true);
  return mul(mask, div(gk, ways));
}
function medianAll(g: T, x: T, result: T): T {
  const nan = at("logical_and", at("isnan", x), at("isnan", result));
  const mask = like(at("logical_or", compare("eq", x, result), nan), g);
  return mul(mask, div(g, sum(mask)));
}

/** The product of all others, element by element, also where some are zero. */
function prodGrad(g: T, x: T, result: T): T {
  if (x.dim === 0) return g;
  return reshape(prodAlong(g, reshape(x, [-1]), 0, true, result), x.sizes);
}
function prodAlong(g: T, x: T, dim: number, keepdim: boolean, result: T): T {
  if (x.dim === 0) return g;
  const d = wrapped(dim, x.dim);
  const gk = keepdim ? g : unsqueeze(g, d), rk = keepdim ? result : unsqueeze(result, d);
  if (!hasZero(x)) return mul(gk, conj(div(rk, x)));
  const n = x.sizes[d];
  const ones = at("ones_like", at("slice.Tensor", x, d, 0, 1, 1));
  const before = at("cumprod", at("cat", [ones, at("slice.Tensor", x, d, 0, n - 1, 1)], d), d, null);
  const reversed = at("flip", x, [d]);
  const after = at(
    "flip",
    at("cumprod", at("cat", [ones, at("slice.Tensor", reversed, d, 0, n - 1, 1)], d), d, null),
    [d],
  );
  return mul(gk, conj(mul(before, after)));
}

function hasZero(x: T): boolean {
  return run("is_nonzero", at("any", compare("eq", x, 0))) === true;
}
function reversedCumsum(g: T, dim: number): T {
  if (g.dim === 0 || g.numel <= 1) return g;
  return at("flip", at("cumsum", at("flip", g, [dim]), dim, null), [dim]);
}
/** Sums over the results that an element has part in, of result over element. */
function cumprodGrad(g: T, x: T, dim: number, y: T): T {
  if (x.dim === 0 || x.numel <= 1) return g;
  const d = wrapped(dim, x.dim), n = x.sizes[d];
  if (!hasZero(x)) return div(reversedCumsum(mul(g, conj(y)), d), conj(x));
  // d y_j / d x_i = product of all x_k with k <= j but k = i, column by column.
  const columns: T[] = [];
  for (let i = 0; i < n; i++) {
    const parts: T[] = [];
    if (i > 0) parts.push(at("slice.Tensor", x, d, 0, i, 1));
    parts.push(at("ones_like", at("slice.Tensor", x, d, i, i + 1, 1)));
    if (i + 1 < n) parts.push(at("slice.Tensor", x, d, i + 1, n, 1));
    const others = at("cumprod", at("cat", parts, d), d, null);
    columns.push(sum(
      mul(at("slice.Tensor", g, d, i, n, 1), conj(at("slice.Tensor", others, d, i, n, 1))),
      [d],
      true,
    ));
  }
  return at("cat", columns, d);
}
function cumulative(g: T, s: Shape, indices: T, dim: number): T {
  if (s.dim === 0) return g;
  return at("scatter_add", newZeros(g, s.sizes), dim, indices, g);
}

function varGrad(g: T, x: T, dims: Dims, correction: Scalar | null, keepdim: boolean): T {
  const n = countOf(x.sizes, dims), free = n - (correction === null ? 1 : real(correction));
  const all = dims === null || dims.length === 0;
  const mean = all ? at("mean", x, null) : at("mean.dim", x, [...dims], true, null);
  return mul(mul(unreduced(g, x.sizes, dims, keepdim), 2 / free), sub(x, mean));
}
function stdGrad(g: T, result: T, x: T, dims: Dims, correction: Scalar | null, keepdim: boolean): T {
  const through = zeroWhere(compare("eq", result, 0), div(g, mul(result, 2)));
  return varGrad(through, x, dims, correction, keepdim);
}
function meanGrad(g: T, s: Shape, dims: Dims, keepdim: boolean): T {
  return div(spread(g, s, dims, keepdim), countOf(s.sizes, dims));
}
function vectorNorm(g: T, x: T, ord: Scalar, dims: Dims, keepdim: boolean, result: T): T {
  const gk = unreduced(g, x.sizes, dims, keepdim), n = unreduced(result, x.sizes, dims, keepdim);
  return normGrad(gk, x, real(ord), n);
}
function logsumexpGrad(g: T, x: T, result: T, dims: Dims, keepdim: boolean): T {
  const gk = unreduced(g, x.sizes, dims, keepdim), r = unreduced(result, x.sizes, dims, keepdim);
  return mul(gk, conj(exp(sub(x, r))));
}
function logcumsumexpGrad(g: T, x: T, result: T, dim: number): T {
  if (x.dim === 0) return g;
  // Split by sign, so that logarithms stay real.
  const part = (h: T) => {
    const masked = at("masked_fill.Scalar", at("log", h), compare("le", h, 0), new Float(-Infinity));
    const summed = at("flip", at("logcumsumexp", at("flip", sub(masked, result), [dim]), dim), [dim]);
    return exp(add(summed, x));
  };
  const zero = zerosLike(g);
  return sub(part(at("maximum", g, zero)), part(at("maximum", neg(g), zero)));
}
function sortGrad(g: T, s: Shape, dim: number, indices: T): T {
  if (s.dim === 0) return g;
  return at("scatter.src", newZeros(g, s.sizes), dim, indices, g);
}
function renormGrad(g: T, x: T, p: Scalar, dim: number, maxnorm: Scalar): T {
  const d = wrapped(dim, x.dim), rest = x.sizes.map((_, i) => i).filter((i) => i !== d);
  const norm = at("linalg_vector_norm", x, p, rest, true, null), limit = real(maxnorm);
  const inner = sum(mul(g, conj(x)), rest, true);
  const scaleBy = div(fullLike(norm, limit), add(norm, 1e-7));
  const through = normGrad(neg(mul(div(scaleBy, add(norm, 1e-7)), inner)), x, real(p), norm);
  const changed = add(mul(scaleBy, g), through);
  return at("where.self", compare("gt", norm, limit), changed, g);
}

export const reductions: Rules = {
  "sum": rule({ self: ["#self", spreadAll] }),
  "sum.dim_IntList": rule({ self: ["#self dim keepdim", spread] }, { index: 1 }),
  "nansum": rule({
    self: [
      "self dim keepdim",
      (g: T, x: T, dims: Dims, keepdim: boolean) =>
        zeroWhere(at("isnan", x), expand(unreduced(g, x.sizes, dims, keepdim), x.sizes)),
    ],
  }),
  "mean": rule({ self: ["#self", (g: T, s: Shape) => div(expand(g, s.sizes), Math.max(s.numel, 0))] }),
  "mean.dim": rule({ self: ["#self dim keepdim", meanGrad] }, { index: 1 }),
  "prod": rule({ self: ["self result", prodGrad] }),
  "prod.dim_int": rule({
    self: [
      "self dim keepdim result",
      (g: T, x: T, dim: number, keepdim: boolean, r: T) => prodAlong(g, x, dim, keepdim, r),
    ],
  }, { index: 1 }),
  "max": rule({ self: ["self result", evenly] }, { index: 1 }),
  "min": rule({ self: ["self result", evenly] }, { index: 1 }),
  "max.dim": byIndex(0),
  "min.dim": byIndex(0),
  "median": rule({ self: ["self result", medianAll] }),
  "nanmedian": rule({ self: ["self result", medianAll] }),
  "median.dim": byIndex(1),
  "nanmedian.dim": byIndex(1),
  "mode": byIndex(0),
  "kthvalue": rule({
    self: [
      "#self dim result1 keepdim",
      (g: T, s: Shape, dim: number, i: T, keepdim: boolean) => atIndex(g, s, dim, i, keepdim),
    ],
  }, { outputs: [0] }),
  "amax": rule({ self: ["self dim keepdim result", evenlyAlong] }),
  "amin": rule({ self: ["self dim keepdim result", evenlyAlong] }),
  "aminmax": jointRule("self", "self dim keepdim result0 result1", (
    [gmin, gmax]: Grad[],
    _,
    x: T,
    dim: number | null,
    keepdim: boolean,
    min: T,
    max: T,
  ) => {
    const dims = dim === null ? null : [dim];
    const a = gmin && evenlyAlong(gmin, x, dims, keepdim, min);
    const b = gmax && evenlyAlong(gmax, x, dims, keepdim, max);
    return [a && b ? add(a, b) : a ?? b];
  }, { several: true }),
  "cumsum": rule({ self: ["dim", reversedCumsum] }),
  "cumprod": rule({ self: ["self dim result", cumprodGrad] }),
  "cummax": rule({
    self: ["#self result1 dim", cumulative],
  }, { outputs: [0] }),
  "cummin": rule({
    self: ["#self result1 dim", cumulative],
  }, { outputs: [0] }),
  "logcumsumexp": rule({ self: ["self result dim", logcumsumexpGrad] }),
  "logsumexp": rule({ self: ["self result dim keepdim", logsumexpGrad] }),
  "var.correction": rule({
    self: [
      "self dim correction keepdim",
      (g: T, x: T, d: Dims, c: Scalar | null, k: boolean) => varGrad(g, x, d, c, k),
    ],
  }),
  "std.correction": rule({ self: ["result self dim correction keepdim", stdGrad] }),
  "var_mean.correction": jointRule("self", "self dim correction keepdim", (
    [gv, gm]: Grad[],
    _,
    x: T,
    dims: Dims,
    correction: Scalar | null,
    keepdim: boolean,
  ) => {
    const a = gv && varGrad(gv, x, dims, correction, keepdim);
    const b = gm && div(expand(unreduced(gm, x.sizes, dims, keepdim), x.sizes), countOf(x.sizes, dims));
    return [a && b ? add(a, b) : a ?? b];
  }, { several: true }),
  "std_mean.correction": jointRule("self", "result0 self dim correction keepdim", (
    [gs, gm]: Grad[],
    _,
    result: T,
    x: T,
    dims: Dims,
    correction: Scalar | null,
    keepdim: boolean,
  ) => {
    const a = gs && stdGrad(gs, result, x, dims, correction, keepdim);
    const b = gm && div(expand(unreduced(gm, x.sizes, dims, keepdim), x.sizes), countOf(x.sizes, dims));
    return [a && b ? add(a, b) : a ?? b];
  }, { several: true }),
  "linalg_vector_norm": rule({ self: ["self ord dim keepdim result", vectorNorm] }),
  "norm.Scalar": rule({
    self: ["self p result", (g: T, x: T, p: Scalar, r: T) => normGrad(g, x, real(p), r)],
  }),
  "norm.ScalarOpt_dim": rule({
    self: [
      "self p dim keepdim result",
      (g: T, x: T, p: Scalar | null, d: Dims, k: boolean, r: T) => vectorNorm(g, x, p ?? 2, d, k, r),
    ],
  }, { index: 1 }),
  "norm.ScalarOpt_dtype": rule({
    self: ["self p result", (g: T, x: T, p: Scalar | null, r: T) => normGrad(g, x, real(p ?? 2), r)],
  }, { index: 2 }),
  "renorm": rule({ self: ["self p dim maxnorm", renormGrad] }),
  "sort": rule({
    self: ["#self dim result1", sortGrad],
  }, { outputs: [0] }),
  "sort.stable": rule({
    self: ["#self dim result1", sortGrad],
  }, { outputs: [0], index: 1 }),
  "topk": rule({
    self: ["#self dim result1", sortGrad],
  }, { outputs: [0] }),
};
