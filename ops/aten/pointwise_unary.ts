/** Operators of one tensor, element by element. */
import { check } from "../../core/errors.ts";
import { Float, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import {
  isComplexType,
  isFloatingType,
  isIntegralType,
  ScalarType,
  toRealValueType,
} from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Declaration, type Family, op } from "../declaration.ts";
import { isFloat, op as row } from "../expr/mod.ts";
import { digamma, erf, erfc, erfinv, lgamma, roundHalfEven } from "../expr/special_functions.ts";
import * as c from "../reference/complex_functions.ts";
import { fullLike } from "../reference/fill.ts";
import { copyOf } from "../reference/copy.ts";
import {
  type C,
  type Elementwise,
  elementwise,
  pointwiseOp,
  type ScalarFunction,
} from "../reference/pointwise.ts";
import { floatType, implementedFor } from "../reference/promotion.ts";

type Real = (x: number) => number;
type Cplx = (z: C) => C;

/** Float and complex dtypes only: `"silu_cpu" not implemented for 'Long'`. */
function floatOnly(kernel: string, d: Declaration): Declaration {
  return pointwiseOp(d.doc, (self: Tensor, ...rest: unknown[]) => {
    refuse(isIntegralType(self.scalarType, true), kernel, self.scalarType);
    return d.plan!(self, ...rest);
  });
}
function refuse(bad: boolean, kernel: string, t: ScalarType): void {
  implementedFor(!bad, kernel, t);
}
function noBool(message: string, d: Declaration): Declaration {
  return pointwiseOp(d.doc, (self: Tensor) => {
    check(self.scalarType !== ScalarType.Bool, message);
    return d.plan!(self);
  });
}
/** Integers go to the default float type. */
function floating(name: string, doc: string, real: Real, complex?: Cplx): Declaration {
  const f: ScalarFunction = { name, row: name, real, complex };
  return pointwiseOp(doc, (self: Tensor) => elementwise(f, [self], floatType(self.scalarType)));
}
/** The result has the input's dtype; for integers the function is the identity. */
function rounding(name: string, doc: string, real: Real): Declaration {
  const f: ScalarFunction = { name, row: name, real };
  return pointwiseOp(doc, (self: Tensor) => {
    if (isIntegralType(self.scalarType, false)) return copyOf(self);
    check(!isComplexType(self.scalarType), `${name} is not supported for complex inputs`);
    implementedFor(self.scalarType !== ScalarType.Bool, `${name}_vml_cpu`, ScalarType.Bool);
    return elementwise(f, [self], self.scalarType);
  });
}
function same(
  name: string,
  doc: string,
  real: Real,
  long?: (x: bigint) => bigint,
  complex?: Cplx,
  scalarRow: ScalarFunction["row"] = name,
): Declaration {
  const f: ScalarFunction = { name, row: scalarRow, real, long, complex };
  return pointwiseOp(doc, (self: Tensor) => elementwise(f, [self], self.scalarType));
}
function predicate(name: string, doc: string, real: Real, complexToReal?: (z: C) => number): Declaration {
  const f: ScalarFunction = { name, row: name, real, complexToReal };
  return pointwiseOp(doc, (self: Tensor) => elementwise(f, [self], self.scalarType, ScalarType.Bool));
}
/** The dtype stays; numbers after the tensor are the function's further arguments. */
function withNumbers(
  name: string,
  doc: string,
  real: (...x: number[]) => number,
  verify?: (...numbers: Scalar[]) => void,
): Declaration {
  const f: ScalarFunction = { name, row: name, real };
  return pointwiseOp(doc, (self: Tensor, ...numbers: Scalar[]) => {
    verify?.(...numbers);
    return elementwise(f, [self, ...numbers], self.scalarType);
  });
}

const sigmoid: Real = (x) => 1 / (1 + Math.exp(-x));
const sign: Real = (x) => x > 0 ? 1 : x < 0 ? -1 : 0;

/** Modified Bessel function of order 0, by its series near 0 and its asymptotic form beyond. */
function besselI0(x: number): number {
  const a = Math.abs(x);
  if (a < 30) {
    let term = 1, sum = 1;
    for (let k = 1; k < 200; k++) {
      term *= (a / (2 * k)) ** 2;
      sum += term;
      if (term < sum * 1e-17) break;
    }
    return sum;
  }
  let term = 1, sum = 1;
  for (let k = 1; k < 30; k++) {
    const next = term * (2 * k - 1) ** 2 / (8 * k * a);
    if (next > term) break;
    sum += term = next;
  }
  return Math.exp(a) / Math.sqrt(2 * Math.PI * a) * sum;
}

const ABS: ScalarFunction = {
  name: "abs",
  row: "abs",
  real: Math.abs,
  long: (x) => x < 0n ? -x : x,
  complexToReal: c.cabs,
};
function abs(self: Tensor): Elementwise {
  const t = self.scalarType;
  refuse(t === ScalarType.Bool, "abs_cpu", t);
  return elementwise(ABS, [self], t, toRealValueType(t));
}

const ROUND: ScalarFunction = { name: "round", row: "round", real: roundHalfEven };
const ROUND_UP: ScalarFunction = { name: "round", real: (x, scale) => roundHalfEven(x * scale) / scale };
const ROUND_DOWN: ScalarFunction = { name: "round", real: (x, scale) => roundHalfEven(x / scale) * scale };
function round(self: Tensor, decimals = 0): Elementwise | Tensor {
  refuse(self.scalarType === ScalarType.Bool, "round_vml_cpu", self.scalarType);
  if (isIntegralType(self.scalarType, true)) {
    check(decimals === 0, `round_cpu not implemented for integral types with decimals != 0`);
    return copyOf(self);
  }
  if (decimals === 0) return elementwise(ROUND, [self], self.scalarType);
  return elementwise(decimals > 0 ? ROUND_UP : ROUND_DOWN, [self, 10 ** Math.abs(decimals)], self.scalarType);
}

const NEG: ScalarFunction = {
  name: "neg",
  row: "neg",
  real: (x) => -x,
  long: (x) => BigInt.asIntN(64, -x),
  complex: c.cneg,
};
function negative(self: Tensor): Elementwise {
  check(
    self.scalarType !== ScalarType.Bool,
    "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
  );
  return elementwise(NEG, [self], self.scalarType);
}

const NOT_BOOL: ScalarFunction = { name: "bitwise_not", row: "bitwise_not", real: (x) => x ? 0 : 1 };
const NOT: ScalarFunction = { name: "bitwise_not", row: "bitwise_not", real: (x) => -x - 1, long: (x) => ~x };
function bitwiseNot(self: Tensor): Elementwise {
  const t = self.scalarType;
  implementedFor(isIntegralType(t, true), "bitwise_not_cpu", t);
  return elementwise(t === ScalarType.Bool ? NOT_BOOL : NOT, [self], t);
}

function nanToNum(
  self: Tensor,
  nan: number | null,
  posinf: number | null,
  neginf: number | null,
): Elementwise | Tensor {
  if (!isFloatingType(self.scalarType)) return copyOf(self);
  const max = self.scalarType === ScalarType.Double
    ? Number.MAX_VALUE
    : self.scalarType === ScalarType.Half
    ? 65504
    : self.scalarType === ScalarType.BFloat16
    ? 3.3895313892515355e38
    : 3.4028234663852886e38;
  const numbers = [nan ?? 0, posinf ?? max, neginf ?? -max].map((v) => new Float(v));
  return elementwise(NAN_TO_NUM, [self, ...numbers], self.scalarType);
}
const NAN_TO_NUM: ScalarFunction = {
  name: "nan_to_num",
  row: "nan_to_num",
  real: (x, nan, p, m) => x !== x ? nan : x === Infinity ? p : x === -Infinity ? m : x,
};

const LOGIT: ScalarFunction = { name: "logit", row: "logit", real: (x) => Math.log(x / (1 - x)) };
const LOGIT_CLAMPED: ScalarFunction = {
  name: "logit",
  row: (x, lo, hi) => isFloat(x.type) ? row("logit", row("clamp", x, lo, hi)) : null,
  real: (x, lo, hi) => {
    const y = Math.min(Math.max(x, lo), hi);
    return Math.log(y / (1 - y));
  },
};
function logit(self: Tensor, eps: number | null): Elementwise {
  const t = floatType(self.scalarType);
  return eps === null
    ? elementwise(LOGIT, [self], t)
    : elementwise(LOGIT_CLAMPED, [self, new Float(eps), new Float(1 - eps)], t);
}

const SQUARE: ScalarFunction = {
  name: "square",
  row: "square",
  real: (x) => x * x,
  long: (x) => BigInt.asIntN(64, x * x),
  complex: (z) => c.cmul(z, z),
};
const SIGNBIT: ScalarFunction = {
  name: "signbit",
  row: "signbit",
  real: (x) => x < 0 || Object.is(x, -0) ? 1 : 0,
};
const ANGLE: ScalarFunction = {
  name: "angle",
  real: (x) => x !== x ? NaN : x < 0 ? Math.PI : 0,
  complexToReal: c.cangle,
};
const CONJ: ScalarFunction = { name: "conj", real: (x) => x, complex: c.conj };
const CONJUGATE = pointwiseOp(
  "Complex conjugate, as a copy.",
  (self: Tensor) => elementwise(CONJ, [self], self.scalarType),
);
const ISREAL: ScalarFunction = {
  name: "isreal",
  real: () => 1,
  complexToReal: (z) => z[1] === 0 ? 1 : 0,
};
const HARDTANH: ScalarFunction = {
  name: "hardtanh",
  row: "hardtanh",
  real: (x, lo, hi) => x < lo ? lo : x > hi ? hi : x,
};
const GELU: ScalarFunction = {
  name: "gelu",
  row: "gelu",
  real: (x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)),
};
const GELU_TANH: ScalarFunction = {
  name: "gelu",
  row: "gelu_tanh",
  real: (x) => 0.5 * x * (1 + Math.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x))),
};
const RELU = same("relu", "max(x, 0).", (x) => x < 0 ? 0 : x);

export const pointwiseUnary: Family = {
  "aten::abs": pointwiseOp("Absolute value; the length of complex numbers.", abs),
  "aten::neg": pointwiseOp("Negative.", negative),
  "aten::positive": op("The input itself.", (self: Tensor) => {
    check(self.scalarType !== ScalarType.Bool, "The `+` operator, on a bool tensor is not supported.");
    return self;
  }),
  "aten::exp": floating("exp", "e to the input.", Math.exp, c.cexp),
  "aten::exp2": floating("exp2", "2 to the input.", (x) => 2 ** x),
  "aten::expm1": floating("expm1", "e to the input, minus 1.", Math.expm1),
  "aten::log": floating("log", "Natural logarithm.", Math.log, c.clog),
  "aten::log2": floating("log2", "Logarithm to base 2.", Math.log2, (z) => c.cdiv(c.clog(z), [Math.LN2, 0])),
  "aten::log10": floating(
    "log10",
    "Logarithm to base 10.",
    Math.log10,
    (z) => c.cdiv(c.clog(z), [Math.LN10, 0]),
  ),
  "aten::log1p": floating("log1p", "Natural logarithm of 1 plus the input.", Math.log1p),
  "aten::sqrt": floating("sqrt", "Square root.", Math.sqrt, c.csqrt),
  "aten::rsqrt": floating(
    "rsqrt",
    "1 over the square root.",
    (x) => 1 / Math.sqrt(x),
    (z) => c.cdiv([1, 0], c.csqrt(z)),
  ),
  "aten::reciprocal": floating("reciprocal", "1 over the input.", (x) => 1 / x, (z) => c.cdiv([1, 0], z)),
  "aten::sin": floating("sin", "Sine.", Math.sin, c.csin),
  "aten::cos": floating("cos", "Cosine.", Math.cos, c.ccos),
  "aten::tan": floating("tan", "Tangent.", Math.tan, c.ctan),
  "aten::asin": floating("asin", "Inverse sine.", Math.asin, c.casin),
  "aten::acos": floating("acos", "Inverse cosine.", Math.acos, c.cacos),
  "aten::atan": floating("atan", "Inverse tangent.", Math.atan, c.catan),
  "aten::sinh": floating("sinh", "Hyperbolic sine.", Math.sinh, c.csinh),
  "aten::cosh": floating("cosh", "Hyperbolic cosine.", Math.cosh, c.ccosh),
  "aten::tanh": floating("tanh", "Hyperbolic tangent.", Math.tanh, c.ctanh),
  "aten::asinh": floating("asinh", "Inverse hyperbolic sine.", Math.asinh, c.casinh),
  "aten::acosh": floating("acosh", "Inverse hyperbolic cosine.", Math.acosh, c.cacosh),
  "aten::atanh": floating("atanh", "Inverse hyperbolic tangent.", Math.atanh, c.catanh),
  "aten::sigmoid": floating(
    "sigmoid",
    "1 / (1 + e^-x).",
    sigmoid,
    (z) => c.cdiv([1, 0], c.cadd([1, 0], c.cexp(c.cneg(z)))),
  ),
  "aten::logit": pointwiseOp("Inverse of sigmoid, clamped to [eps, 1 - eps].", logit),
  "aten::erf": floating("erf", "Error function.", erf),
  "aten::erfc": floating("erfc", "1 minus the error function.", erfc),
  "aten::erfinv": floating("erfinv", "Inverse error function.", erfinv),
  "aten::lgamma": floating("lgamma", "Logarithm of |gamma|.", lgamma),
  "aten::digamma": floating("digamma", "Derivative of lgamma.", digamma),
  "aten::i0": floating("i0", "Modified Bessel function of order 0.", besselI0),
  "aten::sinc": floating(
    "sinc",
    "sin(pi x) / (pi x).",
    (x) => x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x),
  ),
  "aten::deg2rad": floating("deg2rad", "Degrees to radians.", (x) => x * Math.fround(Math.PI / 180)),
  "aten::rad2deg": floating("rad2deg", "Radians to degrees.", (x) => x * (180 / Math.PI)),
  "aten::floor": rounding("floor", "Largest integer not above.", Math.floor),
  "aten::ceil": rounding("ceil", "Smallest integer not below.", Math.ceil),
  "aten::trunc": rounding("trunc", "Integer part.", Math.trunc),
  "aten::frac": floatOnly("frac_cpu", same("frac", "Fractional part.", (x) => x - Math.trunc(x))),
  "aten::round": pointwiseOp("Nearest integer, ties to even.", (self: Tensor) => round(self)),
  "aten::round.decimals": pointwiseOp("Rounded to `decimals` digits.", round),
  "aten::square": pointwiseOp(
    "The input times itself.",
    (self: Tensor) =>
      elementwise(SQUARE, [self], self.scalarType === ScalarType.Bool ? ScalarType.Long : self.scalarType),
  ),
  "aten::sign": same("sign", "-1, 0 or 1.", sign, (x) => x > 0n ? 1n : x < 0n ? -1n : 0n),
  "aten::sgn": same(
    "sgn",
    "The sign; for complex numbers z / |z|.",
    sign,
    (x) => x > 0n ? 1n : x < 0n ? -1n : 0n,
    c.csign,
    "sign",
  ),
  "aten::signbit": pointwiseOp(
    "Whether the sign bit is set.",
    (self: Tensor) => elementwise(SIGNBIT, [self], self.scalarType, ScalarType.Bool),
  ),
  "aten::angle": pointwiseOp("Angle of complex numbers; 0 or pi for real ones.", (self: Tensor) => {
    const t = floatType(self.scalarType);
    return elementwise(ANGLE, [self], t, toRealValueType(t));
  }),
  "aten::conj_physical": CONJUGATE,
  "aten::_conj_physical": CONJUGATE,
  "aten::_conj": CONJUGATE,
  "aten::conj": op(
    "Complex conjugate; real tensors come back as they are.",
    (self: Tensor) => isComplexType(self.scalarType) ? CONJUGATE.kernel(self) : self,
  ),
  "aten::resolve_conj": op("The tensor with conjugation done.", (self: Tensor) => self),
  "aten::resolve_neg": op("The tensor with negation done.", (self: Tensor) => self),
  "aten::bitwise_not": pointwiseOp("Bits inverted; logical not of bool.", bitwiseNot),
  "aten::logical_not": predicate(
    "logical_not",
    "Whether the element is zero.",
    (x) => x === 0 ? 1 : 0,
    (z) => z[0] || z[1] ? 0 : 1,
  ),
  "aten::isnan": predicate(
    "isnan",
    "Whether the element is NaN.",
    (x) => x !== x ? 1 : 0,
    (z) => z[0] !== z[0] || z[1] !== z[1] ? 1 : 0,
  ),
  "aten::isinf": predicate(
    "isinf",
    "Whether the element is infinite.",
    (x) => Math.abs(x) === Infinity ? 1 : 0,
    (z) => Math.abs(z[0]) === Infinity || Math.abs(z[1]) === Infinity ? 1 : 0,
  ),
  "aten::isfinite": predicate(
    "isfinite",
    "Whether the element is finite.",
    (x) => Number.isFinite(x) ? 1 : 0,
    (z) => Number.isFinite(z[0]) && Number.isFinite(z[1]) ? 1 : 0,
  ),
  "aten::isposinf": predicate(
    "isposinf",
    "Whether the element is positive infinity.",
    (x) => x === Infinity ? 1 : 0,
  ),
  "aten::isneginf": predicate(
    "isneginf",
    "Whether the element is negative infinity.",
    (x) => x === -Infinity ? 1 : 0,
  ),
  "aten::isreal": pointwiseOp(
    "Whether the imaginary part is zero.",
    (self: Tensor) =>
      isComplexType(self.scalarType)
        ? elementwise(ISREAL, [self], self.scalarType, ScalarType.Bool)
        : fullLike(self, 1, ScalarType.Bool),
  ),
  "aten::nan_to_num": pointwiseOp("NaN and infinities replaced by numbers.", nanToNum),
  "aten::relu": noBool("Boolean inputs not supported for relu", RELU),
  "aten::relu6": noBool(
    "Bool inputs not supported for hardtanh",
    same("relu6", "min(max(x, 0), 6).", (x) => Math.min(Math.max(x, 0), 6)),
  ),
  "aten::silu": floatOnly("silu_cpu", floating("silu", "x * sigmoid(x).", (x) => x * sigmoid(x))),
  "aten::mish": floatOnly(
    "mish_cpu",
    floating("mish", "x * tanh(softplus(x)).", (x) => x * Math.tanh(Math.log1p(Math.exp(x)))),
  ),
  "aten::selu": floatOnly(
    "elu_cpu",
    floating(
      "selu",
      "Scaled exponential linear unit.",
      (x) => x > 0 ? 1.0507009873554805 * x : 1.0507009873554805 * 1.6732632423543772 * Math.expm1(x),
    ),
  ),
  "aten::hardswish": floatOnly(
    "hardswish_cpu",
    floating("hardswish", "x * relu6(x + 3) / 6.", (x) => x * Math.min(Math.max(x + 3, 0), 6) / 6),
  ),
  "aten::hardsigmoid": floatOnly(
    "hardsigmoid_cpu",
    floating("hardsigmoid", "relu6(x + 3) / 6.", (x) => Math.min(Math.max(x + 3, 0), 6) / 6),
  ),
  "aten::log_sigmoid": floatOnly(
    "log_sigmoid_cpu",
    floating("log_sigmoid", "log(sigmoid(x)).", (x) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))),
  ),
  "aten::gelu": pointwiseOp(
    "x times the normal distribution function, exact or by tanh.",
    (self: Tensor, approximate: string) => {
      check(
        approximate === "none" || approximate === "tanh",
        "approximate argument must be either none or tanh.",
      );
      refuse(isIntegralType(self.scalarType, true), "GeluKernelImpl", self.scalarType);
      return elementwise(approximate === "none" ? GELU : GELU_TANH, [self], self.scalarType);
    },
  ),
  "aten::elu": floatOnly(
    "elu_cpu",
    withNumbers(
      "elu",
      "x, or alpha (e^x - 1) below 0.",
      (x, a, s, i) => x > 0 ? x * s : a * s * Math.expm1(x * i),
    ),
  ),

  "aten::celu": floatOnly(
    "elu_cpu",
    withNumbers(
      "celu",
      "max(0, x) + min(0, alpha (e^(x / alpha) - 1)).",
      (x, a) => x > 0 ? x : a * Math.expm1(x / a),
      (a) => check(scalarToNumber(a) !== 0, "ZeroDivisionError: alpha cannot be 0 for CELU"),
    ),
  ),

  "aten::leaky_relu": floatOnly(
    "leaky_relu_cpu",
    withNumbers(
      "leaky_relu",
      "x, or slope times x below 0.",
      (x, slope) => x > 0 ? x : x * slope,
    ),
  ),

  "aten::softplus": floatOnly(
    "softplus_cpu",
    withNumbers(
      "softplus",
      "log(1 + e^(beta x)) / beta, linear beyond the threshold.",
      (x, b, threshold) => x * b > threshold ? x : Math.log1p(Math.exp(x * b)) / b,
    ),
  ),

  "aten::hardtanh": pointwiseOp("Clamped to [min_val, max_val].", (self: Tensor, lo: Scalar, hi: Scalar) => {
    check(self.scalarType !== ScalarType.Bool, "Bool inputs not supported for hardtanh");
    return elementwise(HARDTANH, [self, lo, hi], self.scalarType);
  }),
  "aten::hardshrink": floatOnly(
    "hardshrink_cpu",
    withNumbers(
      "hardshrink",
      "x, or 0 within lambd of 0.",
      (x, l) => x >= -l && x <= l ? 0 : x,
    ),
  ),

  "aten::softshrink": floatOnly(
    "softshrink_check",
    withNumbers(
      "softshrink",
      "x moved towards 0 by lambd.",
      (x, l) => x > l ? x - l : x < -l ? x + l : x * 0,
      (l) =>
        check(
          scalarToNumber(l) >= 0,
          () => `lambda must be greater or equal to 0, but found to be ${scalarToNumber(l)}.`,
        ),
    ),
  ),

  "aten::threshold": withNumbers(
    "threshold",
    "x where above the threshold, else value.",
    (x, threshold, value) => x <= threshold ? value : x,
  ),
};
