/** Derivatives of functions of one number. For complex numbers the formula is the gradient times the conjugate. */
import { isComplexType, ScalarType } from "../../../core/scalar_type.ts";
import { Float, type Scalar } from "../../../core/scalar.ts";
import type { Tensor } from "../../../core/tensor.ts";
import {
  add,
  at,
  cast,
  compare,
  conj,
  div,
  exp,
  keepWhere,
  mul,
  neg,
  pow,
  real,
  reciprocal,
  rsub,
  square,
  sub,
  where,
  zerosLike,
  zeroWhere,
} from "../calls.ts";
import { type Rule, rule, type Rules } from "../rules.ts";
import { timesI } from "./pointwise_binary.ts";

type T = Tensor;

/** The gradient from the derivative as a function of the input. */
const ofSelf = (d: (x: T) => T): Rule => rule({ self: ["self", (g: T, x: T) => mul(g, conj(d(x)))] });
/** As `ofSelf`, dividing. */
const overSelf = (d: (x: T) => T): Rule => rule({ self: ["self", (g: T, x: T) => div(g, conj(d(x)))] });
/** The gradient from the derivative as a function of the result. */
const ofResult = (d: (y: T) => T): Rule => rule({ self: ["result", (g: T, y: T) => mul(g, conj(d(y)))] });
const zero: Rule = rule({ self: ["", (g: T) => zerosLike(g)] });
const same: Rule = rule({ self: ["", (g: T) => g] });

const LN2 = Math.LN2, LN10 = Math.LN10, ROOT_PI = Math.sqrt(Math.PI);

/** Of the modulus: towards where it grows. */
const absRule = rule({ self: ["self", (g: T, x: T) => mul(g, at("sgn", x))] });

function sgnGrad(g: T, x: T): T {
  if (!isComplexType(g.scalarType)) return zerosLike(g);
  const size = at("abs", x), s = at("sgn", x);
  const through = sub(div(g, size), div(mul(at("real", mul(conj(g), s)), s), size));
  return zeroWhere(compare("eq", size, 0), through);
}

function angleGrad(g: T, z: T): T {
  if (!isComplexType(z.scalarType)) return zerosLike(g);
  const re = at("real", z), im = at("imag", z);
  const n = add(square(re), square(im));
  const d = at("complex", div(mul(g, neg(im)), n), div(mul(g, re), n));
  return zeroWhere(compare("eq", n, 0), d);
}

function sincGrad(g: T, x: T): T {
  const pix = mul(x, Math.PI);
  const d = div(sub(mul(pix, at("cos", pix)), at("sin", pix)), mul(pix, x));
  return zeroWhere(compare("eq", x, 0), mul(g, conj(d)));
}

function i1Grad(g: T, x: T, y: T): T {
  const safe = where(compare("eq", x, 0), at("full_like", x, new Float(1)), x);
  const d = sub(at("special_i0", x), div(y, safe));
  return mul(g, where(compare("eq", x, 0), at("full_like", x, new Float(0.5)), d));
}
function i1eGrad(g: T, x: T, y: T): T {
  const safe = where(compare("eq", x, 0), at("full_like", x, new Float(1)), x);
  const d = sub(at("special_i0e", x), mul(y, add(at("sgn", x), reciprocal(safe))));
  return mul(g, where(compare("eq", x, 0), at("full_like", x, new Float(0.5)), d));
}

const gauss = (x: T): T => exp(neg(square(x)));

export const pointwiseUnary: Rules = {
  "abs": absRule,
  "neg": rule({ self: ["", (g: T) => neg(g)] }),
  "positive": same,
  "sgn": rule({ self: ["self", sgnGrad] }),
  "sign": zero,
  "ceil": zero,
  "floor": zero,
  "round": zero,
  "round.decimals": { ...zero, index: 1 },
  "trunc": zero,
  "frac": same,
  "exp": ofResult((y) => y),
  "exp2": rule({ self: ["result", (g: T, y: T) => mul(g, mul(conj(y), LN2))] }),
  "expm1": ofResult((y) => add(y, 1)),
  "log": overSelf((x) => x),
  "log2": overSelf((x) => mul(x, LN2)),
  "log10": overSelf((x) => mul(x, LN10)),
  "log1p": overSelf((x) => add(x, 1)),
  "sqrt": rule({ self: ["result", (g: T, y: T) => div(g, mul(conj(y), 2))] }),
  "rsqrt": rule({ self: ["result", (g: T, y: T) => mul(mul(g, -0.5), pow(conj(y), 3))] }),
  "reciprocal": rule({ self: ["result", (g: T, y: T) => neg(mul(g, conj(mul(y, y))))] }),
  "square": rule({ self: ["self", (g: T, x: T) => mul(g, mul(conj(x), 2))] }, { name: "PowBackward0" }),
  "sin": ofSelf((x) => at("cos", x)),
  "cos": rule({ self: ["self", (g: T, x: T) => mul(g, conj(neg(at("sin", x))))] }),
  "tan": ofResult((y) => add(square(y), 1)),
  "asin": ofSelf((x) => at("rsqrt", rsub(1, square(x)))),
  "acos": rule({ self: ["self", (g: T, x: T) => neg(mul(g, conj(at("rsqrt", rsub(1, square(x))))))] }),
  "atan": overSelf((x) => add(square(x), 1)),
  "sinh": ofSelf((x) => at("cosh", x)),
  "cosh": ofSelf((x) => at("sinh", x)),
  "tanh": ofResult((y) =>
    cast(
      rsub(1, square(cast(y, y.scalarType === ScalarType.Float ? ScalarType.Double : y.scalarType))),
      y.scalarType,
    )
  ),
  "asinh": ofSelf((x) => at("rsqrt", add(square(x), 1))),
  "acosh": ofSelf((x) => at("rsqrt", sub(square(x), 1))),
  "atanh": overSelf((x) => rsub(1, square(x))),
  "sigmoid": ofResult((y) => mul(y, rsub(1, y))),
  "logit": rule({
    self: ["self eps", (g: T, x: T, eps: Scalar | null) => {
      const d = div(g, mul(x, rsub(1, x)));
      if (eps === null) return d;
      const lo = real(eps);
      return keepWhere(at("logical_and", compare("ge", x, lo), compare("le", x, 1 - lo)), d);
    }],
  }),
  "erf": rule({ self: ["self", (g: T, x: T) => mul(mul(gauss(x), 2 / ROOT_PI), g)] }),
  "erfc": rule({ self: ["self", (g: T, x: T) => mul(mul(gauss(x), -2 / ROOT_PI), g)] }),
  "erfinv": rule({ self: ["result", (g: T, y: T) => mul(mul(exp(square(y)), ROOT_PI / 2), g)] }),
  "lgamma": ofSelf((x) => at("digamma", x)),
  "digamma": ofSelf((x) => at("polygamma", 1, x)),
  "polygamma": rule({ self: ["n self", (g: T, n: number, x: T) => mul(g, at("polygamma", n + 1, x))] }),
  "sinc": rule({ self: ["self", sincGrad] }),
  "i0": ofSelf((x) => at("special_i1", x)),
  "special_i0e": rule({
    self: [
      "self result",
      (g: T, x: T, y: T) => mul(g, sub(at("special_i1e", x), mul(at("sgn", x), y))),
    ],
  }),
  "special_i1": rule({ self: ["self result", i1Grad] }),
  "special_i1e": rule({ self: ["self result", i1eGrad] }),
  "special_entr": rule({
    self: ["self", (g: T, x: T) => mul(g, sub(neg(at("log", x)), 1))],
  }),
  "special_ndtri": rule({
    self: ["result", (g: T, y: T) => mul(mul(g, Math.sqrt(2 * Math.PI)), exp(mul(square(y), 0.5)))],
  }),
  "special_log_ndtr": rule({
    self: [
      "self result",
      (g: T, x: T, y: T) => mul(g, mul(exp(neg(add(y, mul(square(x), 0.5)))), 1 / Math.sqrt(2 * Math.PI))),
    ],
  }),
  "special_erfcx": rule({
    self: ["self result", (g: T, x: T, y: T) => mul(sub(mul(mul(x, y), 2), 2 / ROOT_PI), g)],
  }),
  "nan_to_num": rule({
    self: [
      "self",
      (g: T, x: T) => zeroWhere(at("logical_or", at("isnan", x), at("isinf", x)), g),
    ],
  }),
  "angle": rule({ self: ["self", angleGrad] }),
  "conj_physical": rule({ self: ["", (g: T) => conj(g)] }),
  "_conj": rule({ self: ["", (g: T) => conj(g)] }),
  "real": rule({ self: ["", (g: T) => at("complex", g, zerosLike(g))] }),
  "imag": rule({ self: ["", (g: T) => timesI(at("complex", g, zerosLike(g)))] }),
  "view_as_real": rule({ self: ["", (g: T) => at("view_as_complex", at("contiguous", g))] }),
  "view_as_complex": rule({ self: ["", (g: T) => at("view_as_real", at("contiguous", g))] }),
  "deg2rad": rule({ self: ["", (g: T) => mul(g, Math.PI / 180)] }),
  "rad2deg": rule({ self: ["", (g: T) => mul(g, 180 / Math.PI)] }),
  "masked_fill.Scalar": rule({ self: ["mask", (g: T, m: T) => zeroWhere(m, g)] }),
  "masked_fill.Tensor": rule({
    self: ["mask", (g: T, m: T) => zeroWhere(m, g)],
    value: ["mask", (g: T, m: T) => at("sum", keepWhere(m, g))],
  }, { index: 1 }),
  "frexp.Tensor": rule({
    self: ["result1", (g: T, e: T) => div(g, at("exp2", e))],
  }, { outputs: [0] }),
  "fill.Scalar": zero,
  "fill.Tensor": {
    ...rule({ self: ["", (g: T) => zerosLike(g)], value: ["", (g: T) => at("sum", g)] }),
    index: 1,
  },
  "zero": zero,
  "normal_": zero,
  "uniform_": zero,
  "bernoulli_.Tensor": zero,
  "bernoulli_.float": { ...zero, index: 1 },
  "exponential_": zero,
  "random_": { ...zero, index: 2 },
  "cauchy_": zero,
  "geometric_": zero,
  "log_normal_": zero,
};
