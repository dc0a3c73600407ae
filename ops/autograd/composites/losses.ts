/** Losses that PyTorch makes of other operators. Reductions are 0 none, 1 mean, 2 sum. */
import { Float, type Scalar } from "../../../core/scalar.ts";
import { isFloatingType } from "../../../core/scalar_type.ts";
import type { Tensor } from "../../../core/tensor.ts";
import { add, all, at, compare, div, exp, log, mul, neg, rsub, square, sub, sum } from "../calls.ts";
import type { Composites } from "../rules.ts";

type T = Tensor;

function reduced(loss: T, reduction: number): T {
  return reduction === 1 ? at("mean", loss, null) : reduction === 2 ? sum(loss) : loss;
}
const classDim = (t: T) => t.dim === 1 ? 0 : 1;

function nllLoss(x: T, target: T, weight: T | null, reduction: number, ignore: number): T {
  return all("nll_loss_forward", x, target, weight, reduction, ignore)[0];
}
function nllLoss2d(x: T, target: T, weight: T | null, reduction: number, ignore: number): T {
  return all("nll_loss2d_forward", x, target, weight, reduction, ignore)[0];
}
function nllAny(x: T, target: T, weight: T | null, reduction: number, ignore: number): T {
  if (x.dim <= 2) return nllLoss(x, target, weight, reduction, ignore);
  if (x.dim === 4) return nllLoss2d(x, target, weight, reduction, ignore);
  // Other shapes are seen as pictures one high.
  const [n, c, ...rest] = x.sizes;
  const flat = (t: T, lead: number[]) =>
    at("view", at("contiguous", t, 0), [...lead, 1, rest.reduce((a, b) => a * b, 1)]);
  const out = nllLoss2d(flat(x, [n, c]), flat(target, [n]), weight, reduction, ignore);
  return reduction === 0 ? at("view", out, [n, ...rest]) : out;
}
function shapedWeight(weight: T, x: T): T {
  const shape = x.sizes.map((_, i) => i === classDim(x) ? weight.numel : 1);
  return at("view", weight, shape);
}
function withProbabilities(x: T, target: T, weight: T | null, reduction: number, smoothing: number): T {
  const input = at("log_softmax.int", x, classDim(x), x.scalarType), n = x.sizes[classDim(x)];
  const t = smoothing > 0 ? add(mul(target, 1 - smoothing), smoothing / n) : target;
  const terms = weight ? mul(mul(input, t), shapedWeight(weight, x)) : mul(input, t);
  if (reduction === 0) return neg(sum(terms, [classDim(x)]));
  const total = neg(sum(terms));
  return reduction === 2 ? total : div(total, x.numel / n);
}
function smoothed(
  x: T,
  target: T,
  weight: T | null,
  reduction: number,
  ignore: number,
  smoothing: number,
): T {
  const dim = classDim(x), n = x.sizes[dim], input = at("log_softmax.int", x, dim, x.scalarType);
  const nll = nllAny(input, target, weight, reduction, ignore);
  const terms = neg(sum(weight ? mul(input, shapedWeight(weight, input)) : input, [dim]));
  const ignored = compare("eq", target, ignore);
  const smooth = at("masked_fill.Scalar", terms, ignored, 0);
  let out: T;
  if (reduction === 1) {
    const kept = at("logical_not", ignored);
    const divisor = weight
      ? sum(
        at(
          "masked_fill.Scalar",
          at("index_select", weight, 0, safeClasses(target, ignored)),
          at("flatten.using_ints", ignored, 0, -1),
          0,
        ),
      )
      : sum(at("to.dtype", kept, x.scalarType));
    out = div(sum(smooth), divisor);
  } else out = reduced(smooth, reduction);
  return add(mul(nll, 1 - smoothing), mul(out, smoothing / n));
}
function safeClasses(target: T, ignored: T): T {
  return at("flatten.using_ints", at("masked_fill.Scalar", target, ignored, 0), 0, -1);
}
function crossEntropy(
  x: T,
  target: T,
  weight: T | null,
  reduction: number,
  ignore: number,
  smoothing: number,
): T {
  if (isFloatingType(target.scalarType) && target.dim === x.dim) {
    return withProbabilities(x, target, weight, reduction, smoothing);
  }
  if (smoothing > 0) return smoothed(x, target, weight, reduction, ignore, smoothing);
  return nllAny(at("log_softmax.int", x, classDim(x), x.scalarType), target, weight, reduction, ignore);
}

function klDiv(x: T, target: T, reduction: number, logTarget: boolean): T {
  const loss = logTarget
    ? mul(exp(target), sub(target, x))
    : sub(at("xlogy.Tensor", target, target), mul(target, x));
  return reduced(loss, reduction);
}
function poisson(x: T, target: T, isLog: boolean, full: boolean, eps: number, reduction: number): T {
  let loss = isLog ? sub(exp(x), mul(target, x)) : sub(x, mul(target, log(add(x, eps))));
  if (full) {
    const stirling = add(sub(mul(target, log(target)), target), mul(log(mul(target, 2 * Math.PI)), 0.5));
    loss = add(loss, at("masked_fill.Scalar", stirling, compare("le", target, 1), 0));
  }
  return reduced(loss, reduction);
}
function hingeEmbedding(x: T, target: T, margin: Scalar, reduction: number): T {
  const zeros = at("zeros_like", x);
  const margins = at("clamp_min", at("rsub.Scalar", x, margin, 1), 0);
  const loss = add(
    at("where.self", compare("ne", target, 1), margins, zeros),
    at("where.self", compare("ne", target, -1), x, zeros),
  );
  return reduced(loss, reduction);
}
function cosineEmbedding(a: T, b: T, target: T, margin: Scalar, reduction: number): T {
  const dim = target.dim, eps = 1e-12;
  const inner = sum(mul(a, b), [dim]),
    m1 = add(sum(square(a), [dim]), eps),
    m2 = add(sum(square(b), [dim]), eps);
  const cos = div(inner, at("sqrt", mul(m1, m2)));
  const zeros = at("zeros_like", cos), near = rsub(1, cos);
  const far = at("clamp_min", at("sub.Scalar", cos, margin, 1), 0);
  const loss = add(
    at("where.self", compare("eq", target, 1), near, zeros),
    at("where.self", compare("eq", target, -1), far, zeros),
  );
  return reduced(loss, reduction);
}
function marginRanking(a: T, b: T, target: T, margin: Scalar, reduction: number): T {
  return reduced(at("clamp_min", at("add.Scalar", mul(neg(target), sub(a, b)), margin, 1), 0), reduction);
}
function tripletMargin(
  a: T,
  p: T,
  n: T,
  margin: Scalar,
  order: Scalar,
  eps: Scalar,
  swap: boolean,
  reduction: number,
): T {
  const far = (x: T, y: T) => at("pairwise_distance", x, y, order, eps, false);
  const dp = far(a, p);
  let dn = far(a, n);
  if (swap) dn = at("minimum", dn, far(p, n));
  return reduced(at("clamp_min", sub(at("add.Scalar", dp, margin, 1), dn), 0), reduction);
}
function pairwise(a: T, b: T, p: Scalar, eps: Scalar, keepdim: boolean): T {
  const n = Math.max(a.dim, b.dim);
  return at("norm.ScalarOpt_dim", at("add.Scalar", sub(a, b), eps, 1), p, [n - 1], keepdim);
}
function cosineSimilarity(a: T, b: T, dim: number, eps: Scalar): T {
  const norm = (x: T) => {
    const n = at("linalg_vector_norm", x, new Float(2), [dim], true, null);
    return at("clamp_min", n, eps);
  };
  return sum(mul(div(a, norm(a)), div(b, norm(b))), [dim]);
}
export const losses: Composites = {
  "cross_entropy_loss": crossEntropy,
  "nll_loss_nd": nllAny,
  "nll_loss": nllLoss,
  "nll_loss2d": nllLoss2d,
  "l1_loss": (x: T, y: T, reduction: number) => reduced(at("abs", sub(x, y)), reduction),
  "kl_div": klDiv,
  "poisson_nll_loss": poisson,
  "hinge_embedding_loss": hingeEmbedding,
  "cosine_embedding_loss": cosineEmbedding,
  "margin_ranking_loss": marginRanking,
  "triplet_margin_loss": tripletMargin,
  "pairwise_distance": pairwise,
  "cosine_similarity": cosineSimilarity,
};
