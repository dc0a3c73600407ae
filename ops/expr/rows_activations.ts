/** Rows: the activation functions. Parameters are arguments, so that they may be constants or runtime scalars. */
import * as b from "./build.ts";
import type { Expr, ValueType } from "./expr.ts";
import type { Row } from "./row.ts";
import { erf } from "./special_functions.ts";

const one = (x: Expr) => b.like(x, 1);
const zero = (x: Expr) => b.like(x, 0);
const sigmoid = (v: number) => 1 / (1 + Math.exp(-v));
const softplus = (v: number, beta: number, threshold: number) =>
  v * beta > threshold ? v : Math.log1p(Math.exp(v * beta)) / beta;
const SELU_ALPHA = 1.6732632423543772848170429916717;
const SELU_SCALE = 1.0507009873554804934193349852946;
const GELU_K = Math.sqrt(2 / Math.PI);

/** max(v, 0) that hands NaN and -0 through. */
const positive = (v: Expr) => b.pmax(v, zero(v));
/** v between constants, NaN handed through. */
const between = (v: Expr, lo: Expr, hi: Expr) => b.pmin(b.pmax(v, lo), hi);

function row(
  name: string,
  doc: string,
  ref: (...a: number[]) => number,
  expand: (t: ValueType, a: readonly Expr[]) => Expr | null,
  wgsl: (a: readonly string[]) => string,
  arity = 1,
): Row {
  return { name, doc, arity, on: "float", result: "same", ref, expand, wgsl: (a) => wgsl(a) };
}

function expandElu(_t: ValueType, [v, alpha, scale, inputScale]: readonly Expr[]): Expr {
  const negative = b.mul(b.mul(scale, alpha), b.apply("expm1", b.mul(v, inputScale)));
  return b.where(b.gt(v, zero(v)), b.mul(v, scale), negative);
}

function expandGeluTanh(_t: ValueType, [v]: readonly Expr[]): Expr {
  const cube = b.mul(b.mul(v, v), v);
  const inner = b.mul(b.fma(cube, b.like(v, 0.044715), v), b.like(v, GELU_K));
  return b.mul(b.mul(v, b.like(v, 0.5)), b.add(one(v), b.apply("tanh", inner)));
}

/** The tail of gelu for negative v needs erfc's digits; 1 + erf keeps PyTorch's own. */
function expandGelu(_t: ValueType, [v]: readonly Expr[]): Expr {
  return b.mul(b.mul(v, b.like(v, 0.5)), b.add(one(v), b.apply("erf", b.mul(v, b.like(v, Math.SQRT1_2)))));
}

function expandSoftplus(_t: ValueType, [v, beta, threshold]: readonly Expr[]): Expr {
  const z = b.mul(v, beta);
  return b.where(b.gt(z, threshold), v, b.div(b.apply("log1p", b.apply("exp", z)), beta));
}

export const ACTIVATIONS: readonly Row[] = [
  row(
    "sigmoid",
    "1 / (1 + e^-a)",
    sigmoid,
    (_t, [v]) => b.div(one(v), b.add(one(v), b.apply("exp", b.neg(v)))),
    ([a]) => `(1.0 / (1.0 + exp(-${a})))`,
  ),
  {
    name: "relu",
    doc: "max(a, 0)",
    arity: 1,
    on: "number",
    result: "same",
    ref: (v) => v < 0 ? 0 : v,
    big: (v) => v < 0n ? 0n : v,
    expand: (t, [v]) =>
      t === "f32" || t === "f64" ? positive(v) : b.apply("maximum", v, b.k(t === "i64" ? 0n : 0, t)),
    wgsl: ([a], t) => t === "i32" ? `max(${a}, 0)` : `select(${a}, 0.0, ${a} < 0.0)`,
  },
  row(
    "relu6",
    "a between 0 and 6",
    (v) => v < 0 ? 0 : v > 6 ? 6 : v,
    (_t, [v]) => between(v, zero(v), b.like(v, 6)),
    ([a]) => `wick_hardtanh(${a}, 0.0, 6.0)`,
  ),
  row(
    "hardtanh",
    "a between b and c; the upper bound wins",
    (v, lo, hi) => (v = v < lo ? lo : v, hi < v ? hi : v),
    (_t, [v, lo, hi]) => between(v, lo, hi),
    ([a, lo, hi]) => `wick_hardtanh(${a}, ${lo}, ${hi})`,
    3,
  ),
  row(
    "leaky_relu",
    "a, or a b below zero",
    (v, slope) => v > 0 ? v : v * slope,
    (_t, [v, slope]) => b.where(b.gt(v, zero(v)), v, b.mul(v, slope)),
    ([a, s]) => `select(${a} * ${s}, ${a}, ${a} > 0.0)`,
    2,
  ),
  row(
    "elu",
    "c a, or c b (e^(d a) - 1) at and below zero",
    (v, alpha, scale, inputScale) => v > 0 ? v * scale : scale * alpha * Math.expm1(v * inputScale),
    expandElu,
    ([a, al, s, i]) => `select(${s} * ${al} * wick_expm1(${a} * ${i}), ${a} * ${s}, ${a} > 0.0)`,
    4,
  ),
  row(
    "selu",
    "elu with the self-normalising constants",
    (v) => v > 0 ? v * SELU_SCALE : SELU_SCALE * SELU_ALPHA * Math.expm1(v),
    (t, [v]) => expandElu(t, [v, b.like(v, SELU_ALPHA), b.like(v, SELU_SCALE), one(v)]),
    ([a]) => `select(1.7580993408473766 * wick_expm1(${a}), ${a} * 1.0507009873554805, ${a} > 0.0)`,
  ),
  row(
    "celu",
    "a, or b (e^(a/b) - 1) at and below zero",
    (v, alpha) => v > 0 ? v : alpha * Math.expm1(v / alpha),
    (t, [v, alpha]) => expandElu(t, [v, alpha, one(v), b.div(one(v), alpha)]),
    ([a, al]) => `select(${al} * wick_expm1(${a} / ${al}), ${a}, ${a} > 0.0)`,
    2,
  ),
  row(
    "gelu",
    "a/2 (1 + erf(a / sqrt 2))",
    (v) => v * 0.5 * (1 + erf(v * Math.SQRT1_2)),
    expandGelu,
    ([a]) => `(0.5 * ${a} * (1.0 + wick_erf(${a} * 0.7071067811865476)))`,
  ),
  row(
    "gelu_tanh",
    "a/2 (1 + tanh(sqrt(2/pi) (a + 0.044715 a^3)))",
    (v) => v * 0.5 * (1 + Math.tanh(GELU_K * (v + 0.044715 * v * v * v))),
    expandGeluTanh,
    ([a]) => `wick_gelu_tanh(${a})`,
  ),
  row(
    "silu",
    "a / (1 + e^-a)",
    (v) => v / (1 + Math.exp(-v)),
    (_t, [v]) => b.div(v, b.add(one(v), b.apply("exp", b.neg(v)))),
    ([a]) => `(${a} / (1.0 + exp(-${a})))`,
  ),
  row(
    "mish",
    "a tanh(log(1 + e^a))",
    (v) => v * Math.tanh(Math.log1p(Math.exp(v))),
    (_t, [v]) => b.mul(v, b.apply("tanh", b.apply("log1p", b.apply("exp", v)))),
    ([a]) => `(${a} * wick_tanh(wick_softplus(${a}, 1.0, 80.0)))`,
  ),
  row(
    "softplus",
    "log(1 + e^(a b)) / b, a itself where a b > c",
    softplus,
    expandSoftplus,
    ([a, be, th]) => `wick_softplus(${a}, ${be}, ${th})`,
    3,
  ),
  row(
    "log_sigmoid",
    "log(1 / (1 + e^-a))",
    (v) => Math.min(v, 0) - Math.log1p(Math.exp(-Math.abs(v))),
    (_t, [v]) => b.sub(b.pmin(v, zero(v)), b.apply("log1p", b.apply("exp", b.neg(b.abs(v))))),
    ([a]) => `(min(${a}, 0.0) - wick_log1p(exp(-abs(${a}))))`,
  ),
  row(
    "hardswish",
    "a times (a + 3) between 0 and 6, over 6",
    (v) => v * Math.min(Math.max(v + 3, 0), 6) / 6,
    (_t, [v]) => b.div(b.mul(v, between(b.add(v, b.like(v, 3)), zero(v), b.like(v, 6))), b.like(v, 6)),
    ([a]) => `(${a} * clamp(${a} + 3.0, 0.0, 6.0) / 6.0)`,
  ),
  row(
    "hardsigmoid",
    "(a + 3) between 0 and 6, over 6",
    (v) => Math.min(Math.max(v + 3, 0), 6) / 6,
    (_t, [v]) => b.div(between(b.add(v, b.like(v, 3)), zero(v), b.like(v, 6)), b.like(v, 6)),
    ([a]) => `(wick_hardtanh(${a} + 3.0, 0.0, 6.0) / 6.0)`,
  ),
  row(
    "softsign",
    "a / (1 + |a|)",
    (v) => v / (1 + Math.abs(v)),
    (_t, [v]) => b.div(v, b.add(one(v), b.abs(v))),
    ([a]) => `(${a} / (1.0 + abs(${a})))`,
  ),
  row(
    "tanhshrink",
    "a - tanh a",
    (v) => v - Math.tanh(v),
    (_t, [v]) => b.sub(v, b.apply("tanh", v)),
    ([a]) => `(${a} - wick_tanh(${a}))`,
  ),
  row(
    "softshrink",
    "a moved towards zero by b, zero within b of it",
    (v, l) => v > l ? v - l : v < -l ? v + l : v * 0,
    (_t, [v, l]) =>
      b.where(b.gt(v, l), b.sub(v, l), b.where(b.lt(v, b.neg(l)), b.add(v, l), b.mul(v, zero(v)))),
    ([a, l]) => `wick_softshrink(${a}, ${l})`,
    2,
  ),
  row(
    "hardshrink",
    "a, but zero within b of zero",
    (v, l) => v >= -l && v <= l ? 0 : v,
    (_t, [v, l]) => b.where(b.and(b.ge(v, b.neg(l)), b.le(v, l)), zero(v), v),
    ([a, l]) => `select(${a}, 0.0, ${a} >= -${l} && ${a} <= ${l})`,
    2,
  ),
  row(
    "threshold",
    "a where a > b, else c",
    (v, t, value) => v <= t ? value : v,
    (_t, [v, t, value]) => b.where(b.le(v, t), value, v),
    ([a, t, v]) => `select(${a}, ${v}, ${a} <= ${t})`,
    3,
  ),
];
