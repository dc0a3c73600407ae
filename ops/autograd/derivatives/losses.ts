/** Derivatives of losses that are operators of their own. Reductions are 0 none, 1 mean, 2 sum. */
import { Float, type Scalar } from "../../../core/scalar.ts";
import type { Tensor } from "../../../core/tensor.ts";
import {
  add,
  at,
  compare,
  div,
  exp,
  keepWhere,
  like,
  mul,
  neg,
  newZeros,
  real,
  rsub,
  sub,
  sum,
  unsqueeze,
  where,
  zeroWhere,
} from "../calls.ts";
import { type Rule, rule, type Rules, type Shape } from "../rules.ts";

type T = Tensor;

/** The gradient of each element's loss. */
function each(g: T, x: { numel: number }, reduction: number): T {
  return reduction === 1 ? div(g, x.numel) : g;
}
function nllGrad(
  g: T,
  s: Shape,
  target: T,
  weight: T | null,
  reduction: number,
  ignore: number,
  total: T,
): T {
  const dim = s.dim === 1 ? 0 : 1;
  const ignored = compare("eq", target, ignore), classes = at("masked_fill.Scalar", target, ignored, 0);
  let scaled = reduction === 1 ? div(g, total) : g;
  if (weight) {
    const w = at("index_select", weight, 0, at("reshape", classes, [-1]));
    scaled = mul(at("reshape", w, [...target.sizes]), scaled);
  } else scaled = at("expand", scaled, [...target.sizes]);
  const put = zeroWhere(ignored, neg(scaled));
  return at("scatter.src", newZeros(g, s.sizes), dim, unsqueeze(classes, dim), unsqueeze(put, dim));
}
const nll: Rule = rule({
  self: ["#self target weight reduction ignore_index result1", nllGrad],
}, { outputs: [0] });

function mse(g: T, x: T, y: T, reduction: number): T {
  return mul(mul(sub(x, y), 2), each(g, sizeOf(x, y), reduction));
}
function sizeOf(x: T, y: T): { numel: number } {
  return x.numel >= y.numel ? x : y;
}
function smoothL1(g: T, x: T, y: T, reduction: number, beta: number): T {
  const d = sub(x, y), e = each(g, sizeOf(x, y), reduction);
  const slope = beta === 0
    ? at("sgn", d)
    : where(compare("lt", at("abs", d), beta), div(d, beta), at("sgn", d));
  return mul(slope, e);
}
function huber(g: T, x: T, y: T, reduction: number, delta: number): T {
  const d = sub(x, y), e = each(g, sizeOf(x, y), reduction);
  return mul(where(compare("lt", at("abs", d), delta), d, mul(at("sgn", d), delta)), e);
}
/** Both sides of a loss of their difference. */
const ofDifference = (f: (g: T, x: T, y: T, reduction: number, k: number) => T, k: string): Rule =>
  rule({
    self: [`self target reduction ${k}`, f],
    target: [`self target reduction ${k}`, (g: T, x: T, y: T, r: number, v: number) => neg(f(g, x, y, r, v))],
  });

function bceSelf(g: T, x: T, y: T, weight: T | null, reduction: number): T {
  const d = div(sub(x, y), at("clamp_min", mul(rsub(1, x), x), SMALL));
  const e = mul(each(g, x, reduction), d);
  return weight ? mul(e, weight) : e;
}
const SMALL = new Float(1e-12);
function bceTarget(g: T, x: T, y: T, weight: T | null, reduction: number): T {
  const d = sub(at("clamp_min", at("log1p", neg(x)), FLOOR), at("clamp_min", at("log", x), FLOOR));
  const e = mul(each(g, y, reduction), d);
  return weight ? mul(e, weight) : e;
}
const FLOOR = new Float(-100);
function logitsSelf(g: T, x: T, y: T, weight: T | null, positive: T | null, reduction: number): T {
  const s = at("sigmoid", x), e = each(g, x, reduction);
  let d: T;
  if (positive) {
    const t = mul(positive, y);
    d = sub(mul(sub(add(t, 1), y), s), t);
  } else d = sub(s, y);
  const out = mul(d, e);
  return weight ? mul(out, weight) : out;
}
function logitsTarget(g: T, x: T, _y: T, weight: T | null, positive: T | null, reduction: number): T {
  const e = each(g, x, reduction);
  const d = positive ? sub(at("log_sigmoid", neg(x)), mul(positive, at("log_sigmoid", x))) : neg(x);
  const out = mul(d, e);
  return weight ? mul(out, weight) : out;
}
function softMargin(g: T, x: T, y: T, reduction: number): T {
  const z = exp(neg(mul(y, x)));
  return mul(neg(mul(y, div(z, add(z, 1)))), each(g, x, reduction));
}
/** Each class's margin over the target's, hinged. */
function multiMargin(
  g: T,
  x: T,
  target: T,
  p: Scalar,
  margin: Scalar,
  weight: T | null,
  reduction: number,
): T {
  const x2 = x.dim === 2 ? x : unsqueeze(x, 0), t = target.dim === 1 ? target : unsqueeze(target, 0);
  const [n, c] = x2.sizes, index = unsqueeze(t, 1);
  const z = at("add.Scalar", sub(x2, at("gather", x2, 1, index, false)), margin, 1);
  let slope = real(p) === 1 ? like(compare("gt", z, 0), x2) : mul(at("clamp_min", z, 0), 2);
  slope = at("scatter.value", slope, 1, index, 0);
  if (weight) slope = mul(slope, at("gather", at("expand", unsqueeze(weight, 0), [n, c]), 1, index, false));
  const d = div(at("scatter_add", slope, 1, index, neg(sum(slope, [1], true))), c);
  const e = reduction === 1 ? div(g, n) : reduction === 0 && x.dim === 2 ? unsqueeze(g, 1) : g;
  return at("reshape", mul(d, e), [...x.sizes]);
}
function multilabelMargin(g: T, x: T, target: T, reduction: number): T {
  const x2 = x.dim === 2 ? x : unsqueeze(x, 0), t = x.dim === 2 ? target : at("reshape", target, [1, -1]);
  const [n, c] = x2.sizes;
  // Classes count as targets up to the first -1.
  const valid = at("eq.Scalar", at("cumsum", at("lt.Scalar", t, 0), 1, null), 0);
  const at_ = at("masked_fill.Scalar", t, at("logical_not", valid), 0);
  const mark = at("scatter_add", at("zeros_like", x2), 1, at_, like(valid, x2));
  const own = at("gather", x2, 1, at_, false);
  const z = add(sub(unsqueeze(x2, 1), unsqueeze(own, 2)), 1);
  const counts = at("logical_and", unsqueeze(valid, 2), unsqueeze(compare("eq", mark, 0), 1));
  const active = like(at("logical_and", compare("gt", z, 0), counts), x2);
  const gain = sum(active, [1]);
  const loss = sum(active, [2]);
  const d = div(at("scatter_add", gain, 1, at_, neg(keepWhere(valid, loss))), c);
  const e = reduction === 1 ? div(g, n) : reduction === 0 && x.dim === 2 ? unsqueeze(g, 1) : g;
  return at("reshape", mul(d, e), [...x.sizes]);
}

export const losses: Rules = {
  "nll_loss_forward": nll,
  "nll_loss2d_forward": nll,
  "mse_loss": rule({
    self: ["self target reduction", mse],
    target: ["self target reduction", (g: T, x: T, y: T, r: number) => neg(mse(g, x, y, r))],
  }),
  "smooth_l1_loss": ofDifference(smoothL1, "beta"),
  "huber_loss": ofDifference(huber, "delta"),
  "binary_cross_entropy": rule({
    self: ["self target weight reduction", bceSelf],
    target: ["self target weight reduction", bceTarget],
  }),
  "binary_cross_entropy_with_logits": rule({
    self: ["self target weight pos_weight reduction", logitsSelf],
    target: ["self target weight pos_weight reduction", logitsTarget],
  }),
  "soft_margin_loss": rule({ self: ["self target reduction", softMargin] }),
  "multi_margin_loss": rule({ self: ["self target p margin weight reduction", multiMargin] }),
  "multilabel_margin_loss": rule({ self: ["self target reduction", multilabelMargin] }),
};
