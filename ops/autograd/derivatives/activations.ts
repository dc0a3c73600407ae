/** Derivatives of activation functions and softmax. */
import { Float, type Scalar } from "../../../core/scalar.ts";
import type { Tensor } from "../../../core/tensor.ts";
import {
  add,
  at,
  compare,
  div,
  exp,
  keepWhere,
  mul,
  narrow,
  neg,
  real,
  rsub,
  scale,
  square,
  sub,
  sum,
  where,
  wrapped,
  zeroWhere,
} from "../calls.ts";
import { rule, type Rules, type Shape } from "../rules.ts";

type T = Tensor;

function softmaxGrad(g: T, y: T, dim: number): T {
  const gy = mul(g, y);
  return sub(gy, mul(y, sum(gy, [dim], true)));
}
function logSoftmaxGrad(g: T, y: T, dim: number): T {
  return sub(g, mul(exp(y), sum(g, [dim], true)));
}
function geluGrad(g: T, x: T, approximate: string): T {
  if (approximate === "tanh") {
    const c = Math.sqrt(2 / Math.PI), k = 0.044715;
    const t = at("tanh", mul(add(x, mul(mul(square(x), x), k)), c));
    const slope = mul(add(mul(square(x), 3 * k), 1), c);
    const d = add(mul(add(t, 1), 0.5), mul(mul(mul(x, 0.5), rsub(1, square(t))), slope));
    return mul(g, d);
  }
  const cdf = mul(add(at("erf", mul(x, Math.SQRT1_2)), 1), 0.5);
  const pdf = mul(exp(mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return mul(g, add(cdf, mul(x, pdf)));
}
function siluGrad(g: T, x: T): T {
  const s = at("sigmoid", x);
  return mul(g, mul(s, add(mul(x, rsub(1, s)), 1)));
}
function mishGrad(g: T, x: T): T {
  const t = at("tanh", at("softplus", x, 1, 20)), s = at("sigmoid", x);
  return mul(g, add(t, mul(mul(x, s), rsub(1, square(t)))));
}
function eluGrad(g: T, x: T, alpha: Scalar, scaleBy: Scalar, inputScale: Scalar): T {
  const a = real(alpha), s = real(scaleBy), i = real(inputScale);
  return where(compare("gt", x, 0), mul(g, s), mul(g, mul(exp(mul(x, i)), a * s * i)));
}
function celuGrad(g: T, x: T, alpha: Scalar): T {
  return eluGrad(g, x, alpha, 1, new Float(1 / real(alpha)));
}
function gluGrad(g: T, x: T, dim: number): T {
  const d = wrapped(dim, x.dim), half = x.sizes[d] / 2;
  const a = narrow(x, d, 0, half), s = at("sigmoid", narrow(x, d, half, half));
  return at("cat", [mul(g, s), mul(g, mul(mul(a, s), rsub(1, s)))], d);
}
function softplusGrad(g: T, x: T, beta: Scalar, threshold: Scalar): T {
  const bx = scale(x, beta);
  return where(compare("gt", bx, real(threshold)), g, mul(g, at("sigmoid", bx)));
}
function preluWeight(g: T, x: T, weight: Shape): T {
  const through = keepWhere(compare("le", x, 0), mul(g, x));
  if (weight.numel === 1) return at("reshape", sum(through), [...weight.sizes]);
  const channel = x.dim > 1 ? 1 : 0;
  const others = x.sizes.map((_, i) => i).filter((i) => i !== channel);
  return at("reshape", others.length ? sum(through, others) : through, [...weight.sizes]);
}
function preluSelf(g: T, x: T, weight: T): T {
  const shape = x.sizes.map((_, i) => i === (x.dim > 1 ? 1 : 0) && weight.numel > 1 ? weight.numel : 1);
  const w = at("reshape", weight, shape);
  return where(compare("gt", x, 0), g, mul(g, w));
}
const leaky = (g: T, x: T, slope: Scalar) => where(compare("gt", x, 0), g, mul(g, real(slope)));

export const activations: Rules = {
  "relu": rule({ self: ["result", (g: T, y: T) => keepWhere(compare("gt", y, 0), g)] }),
  "relu6": rule({
    self: [
      "result",
      (g: T, y: T) => keepWhere(at("logical_and", compare("gt", y, 0), compare("lt", y, 6)), g),
    ],
  }, { name: "HardtanhBackward0" }),
  "hardtanh": rule({
    self: [
      "self min_val max_val",
      (g: T, x: T, lo: Scalar, hi: Scalar) =>
        keepWhere(at("logical_and", compare("gt", x, real(lo)), compare("lt", x, real(hi))), g),
    ],
  }),
  "leaky_relu": rule({ self: ["self negative_slope", leaky] }),
  "rrelu_with_noise": rule({
    self: [
      "self noise lower upper training",
      (g: T, x: T, noise: T, lower: Scalar, upper: Scalar, training: boolean) =>
        training ? mul(g, noise) : leaky(g, x, new Float((real(lower) + real(upper)) / 2)),
    ],
  }),
  "elu": rule({ self: ["self alpha scale input_scale", eluGrad] }),
  "celu": rule({ self: ["self alpha", celuGrad] }),
  "gelu": rule({ self: ["self approximate", geluGrad] }),
  "silu": rule({ self: ["self", siluGrad] }),
  "mish": rule({ self: ["self", mishGrad] }),
  "hardswish": rule({
    self: ["self", (g: T, x: T) => {
      const between = mul(g, add(div(x, 3), 0.5));
      return where(compare("ge", x, 3), g, zeroWhere(compare("le", x, -3), between));
    }],
  }),
  "hardsigmoid": rule({
    self: [
      "self",
      (g: T, x: T) => keepWhere(at("logical_and", compare("gt", x, -3), compare("lt", x, 3)), mul(g, 1 / 6)),
    ],
  }),
  "softplus": rule({ self: ["self beta threshold", softplusGrad] }),
  "softshrink": rule({
    self: ["self lambd", (g: T, x: T, l: Scalar) => keepWhere(compare("gt", at("abs", x), real(l)), g)],
  }),
  "hardshrink": rule({
    self: ["self lambd", (g: T, x: T, l: Scalar) => keepWhere(compare("gt", at("abs", x), real(l)), g)],
  }),
  "threshold": rule({
    self: ["self threshold", (g: T, x: T, t: Scalar) => keepWhere(compare("gt", x, real(t)), g)],
  }),
  "log_sigmoid_forward": rule({ self: ["self", (g: T, x: T) => mul(g, at("sigmoid", neg(x)))] }, {
    name: "LogSigmoidBackward0",
    outputs: [0],
  }),
  "log_sigmoid": rule({ self: ["self", (g: T, x: T) => mul(g, at("sigmoid", neg(x)))] }, {
    name: "LogSigmoidBackward0",
  }),
  "glu": rule({ self: ["self dim", gluGrad] }),
  "_prelu_kernel": rule({
    self: ["self weight", preluSelf],
    weight: ["self #weight", preluWeight],
  }),
  "prelu": rule({ self: ["self weight", preluSelf], weight: ["self #weight", preluWeight] }, {
    name: "PreluKernelBackward0",
  }),
  "_softmax": rule({ self: ["result dim", softmaxGrad] }),
  "_log_softmax": rule({ self: ["result dim", logSoftmaxGrad] }),
  "softmax.int": rule({ self: ["result dim", softmaxGrad] }, { name: "SoftmaxBackward0" }),
  "log_softmax.int": rule({ self: ["result dim", logSoftmaxGrad] }, { name: "LogSoftmaxBackward0" }),
  "special_softmax": rule({ self: ["result dim", softmaxGrad] }, { name: "SoftmaxBackward0" }),
  "special_log_softmax": rule({ self: ["result dim", logSoftmaxGrad] }, { name: "LogSoftmaxBackward0" }),
  "native_dropout": rule({
    input: ["result1 p", (g: T, mask: T, p: number) => mul(mul(g, mask), p === 1 ? 0 : 1 / (1 - p))],
  }, { outputs: [0] }),
};
