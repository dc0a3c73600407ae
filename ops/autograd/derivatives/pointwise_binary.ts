/** Derivatives of arithmetic on two operands. */
import { isComplexType } from "../../../core/scalar_type.ts";
import { Complex, Float, type Scalar } from "../../../core/scalar.ts";
import type { Tensor } from "../../../core/tensor.ts";
import {
  add,
  at,
  compare,
  conj,
  conjScalar,
  div,
  exp,
  keepWhere,
  like,
  log,
  mul,
  neg,
  pow,
  product,
  real,
  rsub,
  scalarIsZero,
  scale,
  square,
  sub,
  sumTo,
  where,
  zerosLike,
  zeroWhere,
} from "../calls.ts";
import { type Rule, rule, type Rules } from "../rules.ts";

type T = Tensor;

const keep = (g: T) => g;
const nothing = (g: T) => zerosLike(g);
const scaled = (g: T, alpha: Scalar) => scale(g, conjScalar(alpha));
const negScaled = (g: T, alpha: Scalar) => neg(scale(g, conjScalar(alpha)));

/** Where two are equal each gets half. */
function shared(g: T, mine: T, other: T, op: "gt" | "lt"): T {
  const half = zeroWhere(compare("ne", mine, other), g);
  return add(keepWhere(compare(op, mine, other), g), div(half, 2));
}
const extreme = (op: "gt" | "lt"): Rule =>
  rule({
    self: ["self other", (g: T, s: T, o: T) => shared(g, s, o, op)],
    other: ["self other", (g: T, s: T, o: T) => shared(g, o, s, op)],
  });

function powSelf(g: T, self: T, exponent: Scalar): T {
  if (scalarIsZero(exponent)) return zerosLike(g);
  const lower = exponent instanceof Complex
    ? at("pow.Tensor_Scalar", self, new Complex(exponent.re - 1, exponent.im))
    : pow(self, real(exponent) - 1);
  return mul(g, conj(at("mul.Scalar", lower, exponent)));
}
function powBase(g: T, self: T, exponent: T): T {
  const d = mul(exponent, at("pow.Tensor_Tensor", self, sub(exponent, 1)));
  return zeroWhere(compare("eq", exponent, 0), mul(g, conj(d)));
}
function powExponent(g: T, base: T, exponent: T, result: T): T {
  const out = mul(g, conj(mul(result, log(base))));
  const still = isComplexType(exponent.scalarType) || isComplexType(base.scalarType)
    ? compare("eq", base, 0)
    : at("logical_and", compare("eq", base, 0), compare("ge", exponent, 0));
  return zeroWhere(still, out);
}
function numberPow(g: T, base: Scalar, exponent: T, result: T): T {
  const b = at(
    "scalar_tensor",
    base,
    isComplexType(result.scalarType) ? result.scalarType : 7,
    null,
    null,
    null,
  );
  const logged = at("to.dtype", log(b), result.scalarType);
  const out = mul(g, conj(mul(result, logged)));
  return scalarIsZero(base) ? zeroWhere(compare("ge", exponent, 0), out) : out;
}

const rounded = (mode: string | null) => mode !== null;
const fmodOther = (g: T, self: T, other: T) => mul(neg(g), at("div.Tensor_mode", self, other, "trunc"));
const remainderOther = (g: T, self: T, other: T) => mul(neg(g), at("div.Tensor_mode", self, other, "floor"));

export const pointwiseBinary: Rules = {
  "add.Tensor": rule({ self: ["", keep], other: ["alpha", scaled] }),
  "add.Scalar": rule({ self: ["", keep] }, { index: 1 }),
  "sub.Tensor": rule({ self: ["", keep], other: ["alpha", negScaled] }),
  "sub.Scalar": rule({ self: ["", keep] }, { index: 1 }),
  "rsub.Tensor": rule({ self: ["alpha", negScaled], other: ["", keep] }),
  "rsub.Scalar": rule({ self: ["alpha", negScaled] }, { index: 1 }),
  "mul.Tensor": rule({
    self: ["other", (g: T, o: T) => mul(g, conj(o))],
    other: ["self", (g: T, s: T) => mul(g, conj(s))],
  }),
  "mul.Scalar": rule({ self: ["other", scaled] }, { index: 1 }),
  "div.Tensor": rule({
    self: ["other", (g: T, o: T) => div(g, conj(o))],
    other: ["self other", (g: T, s: T, o: T) => mul(neg(g), conj(div(div(s, o), o)))],
  }),
  "div.Scalar": rule({ self: ["other", (g: T, o: Scalar) => at("div.Scalar", g, conjScalar(o))] }, {
    index: 1,
  }),
  "div.Tensor_mode": rule({
    self: [
      "other rounding_mode",
      (g: T, o: T, mode: string | null) => rounded(mode) ? zerosLike(g) : div(g, conj(o)),
    ],
    other: [
      "self other rounding_mode",
      (g: T, s: T, o: T, mode: string | null) =>
        rounded(mode) ? zerosLike(g) : mul(neg(g), conj(div(div(s, o), o))),
    ],
  }, { index: 2 }),
  "div.Scalar_mode": rule({
    self: [
      "other rounding_mode",
      (g: T, o: Scalar, mode: string | null) =>
        rounded(mode) ? zerosLike(g) : at("div.Scalar", g, conjScalar(o)),
    ],
  }, { index: 3 }),
  "pow.Tensor_Scalar": rule({ self: ["self exponent", powSelf] }),
  "pow.Tensor_Tensor": rule({
    self: ["self exponent", powBase],
    exponent: ["self exponent result", powExponent],
  }, { index: 1 }),
  "pow.Scalar": rule({
    exponent: ["self exponent result", (g: T, s: Scalar, e: T, r: T) => numberPow(g, s, e, r)],
  }, { index: 2 }),
  "float_power.Tensor_Scalar": rule({ self: ["self exponent", powSelf] }, { name: "PowBackward0" }),
  "maximum": extreme("gt"),
  "minimum": extreme("lt"),
  "fmax": rule({
    self: [
      "self other",
      (g: T, s: T, o: T) => keepWhere(at("logical_or", compare("ge", s, o), at("isnan", o)), g),
    ],
    other: [
      "self other",
      (g: T, s: T, o: T) => zeroWhere(at("logical_or", compare("ge", s, o), at("isnan", o)), g),
    ],
  }),
  "fmin": rule({
    self: [
      "self other",
      (g: T, s: T, o: T) => keepWhere(at("logical_or", compare("le", s, o), at("isnan", o)), g),
    ],
    other: [
      "self other",
      (g: T, s: T, o: T) => zeroWhere(at("logical_or", compare("le", s, o), at("isnan", o)), g),
    ],
  }),
  "atan2": rule({
    self: ["self other", (g: T, s: T, o: T) => div(mul(g, o), add(square(s), square(o)))],
    other: ["self other", (g: T, s: T, o: T) => div(mul(g, neg(s)), add(square(s), square(o)))],
  }),
  "hypot": rule({
    self: ["self result", (g: T, s: T, r: T) => mul(g, div(s, r))],
    other: ["other result", (g: T, o: T, r: T) => mul(g, div(o, r))],
  }),
  "logaddexp": rule({
    self: ["self result", (g: T, s: T, r: T) => mul(g, exp(sub(s, r)))],
    other: ["other result", (g: T, o: T, r: T) => mul(g, exp(sub(o, r)))],
  }),
  "logaddexp2": rule({
    self: ["self result", (g: T, s: T, r: T) => mul(g, at("exp2", sub(s, r)))],
    other: ["other result", (g: T, o: T, r: T) => mul(g, at("exp2", sub(o, r)))],
  }),
  "fmod.Scalar": rule({ self: ["", keep] }),
  "fmod.Tensor": rule({ self: ["", keep], other: ["self other", fmodOther] }, { index: 1 }),
  "remainder.Scalar": rule({ self: ["", keep] }),
  "remainder.Tensor": rule({ self: ["", keep], other: ["self other", remainderOther] }, { index: 1 }),
  "copysign.Tensor": rule({
    self: [
      "self result",
      (g: T, s: T, r: T) => zeroWhere(compare("eq", s, 0), mul(g, mul(at("sgn", s), at("sgn", r)))),
    ],
    other: ["", nothing],
  }),
  "copysign.Scalar": rule({
    self: [
      "self result",
      (g: T, s: T, r: T) => zeroWhere(compare("eq", s, 0), mul(g, mul(at("sgn", s), at("sgn", r)))),
    ],
  }, { index: 1 }),
  "xlogy.Tensor": rule({
    self: [
      "self other",
      (g: T, s: T, o: T) =>
        zeroWhere(at("logical_and", compare("eq", s, 0), compare("le", o, 0)), mul(g, log(o))),
    ],
    other: ["self other", (g: T, s: T, o: T) => div(mul(g, s), o)],
  }),
  "xlogy.Scalar_Other": rule({
    self: ["other", (g: T, o: Scalar) => scale(g, new Float(Math.log(real(o))))],
  }, { index: 2 }),
  "xlogy.Scalar_Self": rule({ other: ["self other", (g: T, s: Scalar, o: T) => div(scale(g, s), o)] }, {
    index: 1,
  }),
  "special_xlog1py": rule({
    self: [
      "self other",
      (g: T, s: T, o: T) =>
        zeroWhere(at("logical_and", compare("eq", s, 0), compare("le", o, -1)), mul(g, at("log1p", o))),
    ],
    other: ["self other", (g: T, s: T, o: T) => div(mul(g, s), add(o, 1))],
  }),
  "lerp.Scalar": rule({
    self: ["weight", (g: T, w: Scalar) => scale(g, new Float(1 - real(w)))],
    end: ["weight", (g: T, w: Scalar) => scale(g, w)],
  }),
  "lerp.Tensor": rule({
    self: ["weight", (g: T, w: T) => mul(g, conj(rsub(1, w)))],
    end: ["weight", (g: T, w: T) => mul(g, conj(w))],
    weight: ["self end", (g: T, s: T, e: T) => mul(g, conj(sub(e, s)))],
  }, { index: 1 }),
  "addcmul": rule({
    self: ["", keep],
    tensor1: ["tensor2 value", (g: T, b: T, v: Scalar) => scale(mul(g, conj(b)), conjScalar(v))],
    tensor2: ["tensor1 value", (g: T, a: T, v: Scalar) => scale(mul(g, conj(a)), conjScalar(v))],
  }),
  "addcdiv": rule({
    self: ["", keep],
    tensor1: ["tensor2 value", (g: T, b: T, v: Scalar) => scale(div(g, conj(b)), conjScalar(v))],
    tensor2: [
      "tensor1 tensor2 value",
      (g: T, a: T, b: T, v: Scalar) => neg(mul(g, conj(div(at("mul.Scalar", a, v), square(b))))),
    ],
  }),
  "where.self": rule({
    self: ["condition", (g: T, c: T) => where(c, g, zerosLike(g))],
    other: ["condition", (g: T, c: T) => where(c, zerosLike(g), g)],
  }),
  "clamp": rule({
    self: ["self min max", (g: T, s: T, lo: Scalar | null, hi: Scalar | null) => {
      let inside: T | null = lo === null ? null : compare("ge", s, real(lo));
      if (hi !== null) {
        const below = compare("le", s, real(hi));
        inside = inside ? at("logical_and", inside, below) : below;
      }
      return inside ? keepWhere(inside, g) : g;
    }],
  }, { index: 1 }),
  "clamp.Tensor": rule({
    self: ["self min max", (g: T, s: T, lo: T | null, hi: T | null) => {
      let inside: T | null = lo ? compare("ge", s, lo) : null;
      if (hi) inside = inside ? at("logical_and", inside, compare("le", s, hi)) : compare("le", s, hi);
      return inside ? keepWhere(inside, g) : g;
    }],
    min: ["self min max", (g: T, s: T, lo: T, hi: T | null) => {
      const below = compare("lt", s, lo);
      return keepWhere(hi ? at("logical_and", compare("lt", lo, hi), below) : below, g);
    }],
    max: ["self min max", (g: T, s: T, lo: T | null, hi: T) => {
      const above = compare("gt", s, hi);
      return keepWhere(lo ? at("logical_or", above, compare("lt", hi, lo)) : above, g);
    }],
  }),
  "clamp_min": rule({
    self: ["self min", (g: T, s: T, m: Scalar) => keepWhere(compare("ge", s, real(m)), g)],
  }),
  "clamp_max": rule({
    self: ["self max", (g: T, s: T, m: Scalar) => keepWhere(compare("le", s, real(m)), g)],
  }),
  "clamp_min.Tensor": rule({
    self: ["self min", (g: T, s: T, m: T) => keepWhere(compare("ge", s, m), g)],
    min: ["self min", (g: T, s: T, m: T) => keepWhere(compare("lt", s, m), g)],
  }, { index: 1 }),
  "clamp_max.Tensor": rule({
    self: ["self max", (g: T, s: T, m: T) => keepWhere(compare("le", s, m), g)],
    max: ["self max", (g: T, s: T, m: T) => keepWhere(compare("gt", s, m), g)],
  }, { index: 1 }),
  "polar": rule({
    abs: ["angle", (g: T, a: T) => at("real", mul(g, conj(unit(a))))],
    angle: ["result", (g: T, r: T) => at("real", mul(g, conj(timesI(r))))],
  }),
  "complex": rule({
    real: ["", (g: T) => at("real", g)],
    imag: ["", (g: T) => at("imag", g)],
  }),
  "dist": rule({
    self: ["self other p result", (g: T, s: T, o: T, p: Scalar, r: T) => normGrad(g, sub(s, o), real(p), r)],
    other: [
      "self other p result",
      (g: T, s: T, o: T, p: Scalar, r: T) => neg(normGrad(g, sub(s, o), real(p), r)),
    ],
  }),
};

function unit(angle: T): T {
  return at("polar", at("ones_like", angle), angle);
}
/** `i * z`. */
export function timesI(z: T): T {
  return at("complex", neg(at("imag", z)), at("clone", at("real", z), null));
}

/** Gradient of the p-norm of `x`, `n` the norm in a shape that broadcasts. */
export function normGrad(g: T, x: T, p: number, n: T): T {
  if (p === 0) return zerosLike(x);
  const sign = at("sgn", x), size = at("abs", x);
  if (p === 1) return mul(g, sign);
  if (p === 2) return zeroWhere(compare("eq", n, 0), mul(x, div(g, n)));
  if (!Number.isFinite(p)) {
    const share = like(compare("eq", size, n), g);
    return mul(sign, mul(div(g, sumTo(share, n.sizes)), share));
  }
  const scaledSize = mul(pow(size, p - 1), div(g, pow(n, p - 1)));
  return zeroWhere(at("logical_or", compare("eq", n, 0), compare("eq", size, 0)), product(sign, scaledSize));
}
