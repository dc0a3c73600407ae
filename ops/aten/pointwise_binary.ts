/** Operators of two or three operands, element by element, with broadcasting and promotion. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { Float, isScalar, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { isComplexType, isFloatingType, isIntegralType, ScalarType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import type { Declaration, Family } from "../declaration.ts";
import { constant, type Expr, isFloat, node, op as row } from "../expr/mod.ts";
import * as c from "../reference/complex_functions.ts";
import {
  type C,
  computed,
  type Elementwise,
  elementwise,
  pointwiseOp,
  type ScalarFunction,
} from "../reference/pointwise.ts";
import { floatType, implementedFor, type Operand, resultType, typeName } from "../reference/promotion.ts";

function isOne(alpha: Scalar): boolean {
  return alpha === 1 || (alpha instanceof Float && alpha.value === 1) || alpha === true;
}

function checkAlpha(dtype: ScalarType, alpha: Scalar): void {
  check(
    typeof alpha !== "boolean" || dtype === ScalarType.Bool,
    "Boolean alpha only supported for Boolean results.",
  );
  check(
    isFloatingType(dtype) || isComplexType(dtype) || typeof alpha === "boolean" || !(alpha instanceof Float),
    "For integral input tensors, argument alpha must not be a floating point number.",
  );
}

/** a + b k, with one rounding for floats. */
function multiplyAdd(a: Expr, b: Expr, k: Expr): Expr {
  return isFloat(a.type) ? node("fma", a.type, [b, k, a]) : row("add", a, row("mul", b, k));
}

const ADD: ScalarFunction = {
  name: "add",
  row: "add",
  real: (a, b) => a + b,
  long: (a, b) => BigInt.asIntN(64, a + b),
  complex: c.cadd,
};
const ADD_SCALED: ScalarFunction = {
  name: "add",
  row: multiplyAdd,
  real: (a, b, k) => a + b * k,
  long: (a, b, k) => BigInt.asIntN(64, a + b * k),
  complex: (a, b, k) => c.cadd(a, c.cmul(b, k)),
};
const ADD_BOOL: ScalarFunction = { name: "add", row: "add", real: (a, b) => a || b ? 1 : 0 };

function addPlan(self: Operand, other: Operand, alpha: Scalar = 1): Elementwise {
  const t = resultType(self, other);
  checkAlpha(t, alpha);
  if (t === ScalarType.Bool) return elementwise(ADD_BOOL, [self, other], t);
  return isOne(alpha) ? elementwise(ADD, [self, other], t) : elementwise(ADD_SCALED, [self, other, alpha], t);
}
export function add(self: Operand, other: Operand, alpha: Scalar = 1): Tensor {
  return computed(addPlan(self, other, alpha));
}

const SUB: ScalarFunction = {
  name: "sub",
  row: "sub",
  real: (a, b) => a - b,
  long: (a, b) => BigInt.asIntN(64, a - b),
  complex: c.csub,
};
const SUB_SCALED: ScalarFunction = {
  name: "sub",
  row: (a, b, k) => multiplyAdd(a, b, row("neg", k)),
  real: (a, b, k) => a - b * k,
  long: (a, b, k) => BigInt.asIntN(64, a - b * k),
  complex: (a, b, k) => c.csub(a, c.cmul(b, k)),
};

function subPlan(self: Operand, other: Operand, alpha: Scalar = 1): Elementwise {
  const t = resultType(self, other);
  if (t === ScalarType.Bool || isBool(self) || isBool(other)) refuseBoolSub(self, other);
  checkAlpha(t, alpha);
  return isOne(alpha) ? elementwise(SUB, [self, other], t) : elementwise(SUB_SCALED, [self, other, alpha], t);
}
export function sub(self: Operand, other: Operand, alpha: Scalar = 1): Tensor {
  return computed(subPlan(self, other, alpha));
}
function isBool(o: Operand): boolean {
  return o instanceof Tensor ? o.scalarType === ScalarType.Bool : typeof o === "boolean";
}
function refuseBoolSub(a: Operand, b: Operand): void {
  check(
    !(isBool(a) && isBool(b)),
    "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.",
  );
  check(
    !isBool(a) && !isBool(b),
    "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
  );
}

const MUL: ScalarFunction = {
  name: "mul",
  row: "mul",
  real: (a, b) => a * b,
  long: (a, b) => BigInt.asIntN(64, a * b),
  complex: c.cmul,
};
const MUL_INT: ScalarFunction = { name: "mul", row: "mul", real: Math.imul };

function mulPlan(self: Operand, other: Operand): Elementwise {
  const t = resultType(self, other);
  return elementwise(t === ScalarType.Int ? MUL_INT : MUL, [self, other], t);
}
export function mul(self: Operand, other: Operand): Tensor {
  return computed(mulPlan(self, other));
}

const DIV: ScalarFunction = { name: "div", row: "div", real: (a, b) => a / b, complex: c.cdiv };

function divPlan(self: Operand, other: Operand): Elementwise {
  return elementwise(DIV, [self, other], floatType(resultType(self, other)));
}

/** Python's `//` on floats as PyTorch computes it: from the remainder, so that it agrees with `%`. */
function floorDivFloat(a: number, b: number): number {
  if (b === 0) return a / b;
  let mod = a % b;
  let d = (a - mod) / b;
  if (mod !== 0 && (b < 0) !== (mod < 0)) d -= 1;
  if (d !== 0) {
    mod = Math.floor(d);
    return d - mod > 0.5 ? mod + 1 : mod;
  }
  return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
}
function refuseZero(b: number | bigint): void {
  if (b == 0) throw new RuntimeFault("RuntimeError", "ZeroDivisionError");
}
const FLOOR_DIV_INT: ScalarFunction = {
  name: "floor_divide",
  row: "div_floor",
  real: (a, b) => (refuseZero(b), Math.floor(a / b)),
  long: (a, b) => {
    refuseZero(b);
    const q = a / b;
    return a % b !== 0n && (a < 0n) !== (b < 0n) ? q - 1n : q;
  },
};
const FLOOR_DIV: ScalarFunction = { name: "floor_divide", row: "div_floor", real: floorDivFloat };
const TRUNC_DIV_INT: ScalarFunction = {
  name: "div_trunc",
  row: "div_trunc",
  real: (a, b) => (refuseZero(b), Math.trunc(a / b)),
  long: (a, b) => (refuseZero(b), a / b),
};
const TRUNC_DIV: ScalarFunction = { name: "div_trunc", row: "div_trunc", real: (a, b) => Math.trunc(a / b) };

function floorDividePlan(self: Operand, other: Operand): Elementwise {
  const t = resultType(self, other);
  implementedFor(t !== ScalarType.Bool, "div_floor_cpu", ScalarType.Bool);
  return elementwise(isIntegralType(t, true) ? FLOOR_DIV_INT : FLOOR_DIV, [self, other], t);
}
function divModePlan(self: Operand, other: Operand, mode: string | null): Elementwise {
  if (mode === null) return divPlan(self, other);
  if (mode === "floor") return floorDividePlan(self, other);
  check(
    mode === "trunc",
    () => `div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${mode}'`,
  );
  const t = resultType(self, other);
  return elementwise(isIntegralType(t, true) ? TRUNC_DIV_INT : TRUNC_DIV, [self, other], t);
}

const REMAINDER_INT: ScalarFunction = {
  name: "remainder",
  row: "remainder",
  real: (a, b) => {
    refuseZero(b);
    const m = a % b;
    return m !== 0 && (m < 0) !== (b < 0) ? m + b : m + 0;
  },
  long: (a, b) => {
    refuseZero(b);
    const m = a % b;
    return m !== 0n && (m < 0n) !== (b < 0n) ? m + b : m;
  },
};
const REMAINDER: ScalarFunction = {
  name: "remainder",
  row: "remainder",
  real: (a, b) => {
    const m = a % b;
    return m !== 0 && (m < 0) !== (b < 0) ? m + b : m;
  },
};
const FMOD_INT: ScalarFunction = {
  name: "fmod",
  row: "fmod",
  real: (a, b) => (refuseZero(b), (a % b) + 0),
  long: (a, b) => (refuseZero(b), a % b),
};
const FMOD: ScalarFunction = { name: "fmod", row: "fmod", real: (a, b) => a % b };

function modulus(name: string, ints: ScalarFunction, floats: ScalarFunction) {
  return (self: Operand, other: Operand): Elementwise => {
    const t = resultType(self, other);
    implementedFor(t !== ScalarType.Bool, `${name}_cpu`, ScalarType.Bool);
    return elementwise(isIntegralType(t, true) ? ints : floats, [self, other], t);
  };
}

/** C's pow: 1 to anything is 1, and -1 to infinity is 1. */
function powReal(a: number, b: number): number {
  if (a === 1) return 1;
  if (a === -1 && Math.abs(b) === Infinity) return 1;
  return a ** b;
}
function powLong(a: bigint, b: bigint): bigint {
  if (b < 0n) return a === 1n ? 1n : a === -1n ? (b % 2n === 0n ? 1n : -1n) : 0n;
  let r = 1n;
  for (let x = a, e = b; e > 0n; e >>= 1n, x = BigInt.asIntN(64, x * x)) {
    if (e & 1n) r = BigInt.asIntN(64, r * x);
  }
  return r;
}
const POW: ScalarFunction = { name: "pow", row: "pow", real: powReal, complex: c.cpow };
const POW_INTEGRAL: ScalarFunction = {
  name: "pow",
  row: "pow",
  real: (a, b) => b < 0 ? Number(powLong(BigInt(a), BigInt(b))) : a ** b,
  long: powLong,
};
const POW_INT: ScalarFunction = {
  name: "pow",
  row: "pow",
  real: (a, b) => Number(BigInt.asIntN(32, powLong(BigInt(a), BigInt(b)))),
};

function powPlan(self: Operand, exponent: Operand): Elementwise {
  const t = resultType(self, exponent);
  if (isIntegralType(t, false) && isScalar(exponent)) {
    check(scalarToNumber(exponent) >= 0, "Integers to negative integer powers are not allowed.");
  }
  implementedFor(t !== ScalarType.Bool, "pow", ScalarType.Bool);
  const f = t === ScalarType.Int ? POW_INT : isIntegralType(t, true) ? POW_INTEGRAL : POW;
  return elementwise(f, [self, exponent], t);
}

function float2(
  name: string,
  doc: string,
  real: (a: number, b: number) => number,
  complex?: (a: C, b: C) => C,
): Declaration {
  const f: ScalarFunction = { name, row: name, real, complex };
  return pointwiseOp(
    doc,
    (self: Operand, other: Operand) => elementwise(f, [self, other], floatType(resultType(self, other))),
  );
}

function floatOnly2(name: string, doc: string, real: (a: number, b: number) => number): Declaration {
  const f: ScalarFunction = { name, row: name, real };
  return pointwiseOp(doc, (self: Operand, other: Operand) => {
    const t = resultType(self, other);
    implementedFor(!isIntegralType(t, true), `${name}_cpu`, t);
    return elementwise(f, [self, other], t);
  });
}

const HEAVISIDE: ScalarFunction = {
  name: "heaviside",
  row: "heaviside",
  real: (a, v) => a === 0 ? v : a > 0 ? 1 : 0,
};
const GCD: ScalarFunction = { name: "gcd", real: gcd };
const LCM: ScalarFunction = {
  name: "lcm",
  real: (a, b) => a === 0 || b === 0 ? 0 : Math.abs(a * b) / gcd(a, b),
};
const ADDCMUL: ScalarFunction = {
  name: "addcmul",
  row: "addcmul",
  real: (x, a, b, v) => x + v * a * b,
  long: (x, a, b, v) => BigInt.asIntN(64, x + v * a * b),
  complex: (x, a, b, v) => c.cadd(x, c.cmul(v, c.cmul(a, b))),
};
const ADDCDIV: ScalarFunction = {
  name: "addcdiv",
  row: "addcdiv",
  real: (x, a, b, v) => x + v * a / b,
  complex: (x, a, b, v) => c.cadd(x, c.cmul(v, c.cdiv(a, b))),
};
const PRELU: ScalarFunction = {
  name: "prelu",
  row: (x, k) =>
    isFloat(x.type) ? row("where", row("gt", x, constant(0, x.type)), x, row("mul", x, k)) : null,
  real: (x, k) => x > 0 ? x : x * k,
};
const NEXT_64: ScalarFunction = { name: "nextafter", real: nextAfter64 };
const NEXT_32: ScalarFunction = { name: "nextafter", real: nextAfter32 };

function gcd(a: number, b: number): number {
  a = Math.abs(a);
  b = Math.abs(b);
  while (b) [a, b] = [b, a % b];
  return a;
}

const PLUS = pointwiseOp("Sum; the second operand times alpha.", addPlan);
const MINUS = pointwiseOp("Difference; the second operand times alpha.", subPlan);
const REVERSE_MINUS = pointwiseOp(
  "other - alpha * self.",
  (self: Tensor, other: Operand, alpha: Scalar) => subPlan(other, self, alpha),
);
const TIMES = pointwiseOp("Product.", mulPlan);
const OVER = pointwiseOp("True quotient.", divPlan);
const OVER_ROUNDED = pointwiseOp("Quotient, rounded as asked.", divModePlan);
const FLOORED = pointwiseOp("Quotient rounded down.", floorDividePlan);
const MODULUS = pointwiseOp(
  "Python's modulus: the sign of the divisor.",
  modulus("remainder", REMAINDER_INT, REMAINDER),
);
const C_MODULUS = pointwiseOp("C's modulus: the sign of the dividend.", modulus("fmod", FMOD_INT, FMOD));
const POWER = pointwiseOp("Power.", powPlan);
const FLOAT_POWER = pointwiseOp("Power in double precision.", floatPower);
const COPYSIGN = float2(
  "copysign",
  "Magnitude of self, sign of other.",
  (a, b) => b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a),
);
const XLOGY = float2("xlogy", "self * log(other), 0 where self is 0.", xlogy);
const LERP = pointwiseOp("self + weight * (end - self).", lerp);

export const pointwiseBinary: Family = {
  "aten::add.Tensor": PLUS,
  "aten::add.Scalar": PLUS,
  "aten::sub.Tensor": MINUS,
  "aten::sub.Scalar": MINUS,
  "aten::rsub.Tensor": REVERSE_MINUS,
  "aten::rsub.Scalar": REVERSE_MINUS,
  "aten::mul.Tensor": TIMES,
  "aten::mul.Scalar": TIMES,
  "aten::div.Tensor": OVER,
  "aten::div.Scalar": OVER,
  "aten::div.Tensor_mode": OVER_ROUNDED,
  "aten::div.Scalar_mode": OVER_ROUNDED,
  "aten::floor_divide": FLOORED,
  "aten::floor_divide.Scalar": FLOORED,
  "aten::remainder.Tensor": MODULUS,
  "aten::remainder.Scalar": MODULUS,
  "aten::remainder.Scalar_Tensor": MODULUS,
  "aten::fmod.Tensor": C_MODULUS,
  "aten::fmod.Scalar": C_MODULUS,
  "aten::pow.Tensor_Tensor": POWER,
  "aten::pow.Tensor_Scalar": POWER,
  "aten::pow.Scalar": POWER,
  "aten::float_power.Tensor_Tensor": FLOAT_POWER,
  "aten::float_power.Tensor_Scalar": FLOAT_POWER,
  "aten::float_power.Scalar": FLOAT_POWER,
  "aten::atan2": float2("atan2", "Angle of the point (other, self).", Math.atan2),
  "aten::hypot": floatOnly2("hypot", "Length of the hypotenuse.", Math.hypot),
  "aten::copysign.Tensor": COPYSIGN,
  "aten::copysign.Scalar": COPYSIGN,
  "aten::xlogy.Tensor": XLOGY,
  "aten::xlogy.Scalar_Self": XLOGY,
  "aten::xlogy.Scalar_Other": XLOGY,
  "aten::logaddexp": floatOnly2(
    "logaddexp",
    "log(e^a + e^b).",
    (a, b) =>
      a === b && Math.abs(a) === Infinity ? a : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))),
  ),
  "aten::logaddexp2": float2(
    "logaddexp2",
    "log2(2^a + 2^b).",
    (a, b) => a === b && Math.abs(a) === Infinity ? a : Math.max(a, b) + Math.log2(1 + 2 ** -Math.abs(a - b)),
  ),
  "aten::ldexp.Tensor": float2("ldexp", "self times 2 to the power of other.", (a, b) => a * 2 ** b),
  "aten::heaviside": pointwiseOp(
    "0 below zero and for NaN, 1 above, values at zero.",
    (self: Tensor, values: Tensor) => {
      check(
        self.scalarType === values.scalarType,
        "heaviside is not yet implemented for tensors with different dtypes.",
      );
      return elementwise(HEAVISIDE, [self, values], self.scalarType);
    },
  ),
  "aten::gcd": pointwiseOp(
    "Greatest common divisor.",
    (self: Tensor, other: Tensor) => elementwise(GCD, [self, other], resultType(self, other)),
  ),
  "aten::lcm": pointwiseOp(
    "Least common multiple.",
    (self: Tensor, other: Tensor) => elementwise(LCM, [self, other], resultType(self, other)),
  ),
  "aten::addcmul": pointwiseOp(
    "self + value * tensor1 * tensor2.",
    (self: Tensor, a: Tensor, b: Tensor, value: Scalar) => {
      const t = resultType(self, a, b);
      if (t === ScalarType.Bool) return addPlan(self, isOne(value) ? mul(a, b) : mul(mul(a, b), value));
      if (isComplexType(t)) return addPlan(self, mul(mul(a, b), value));
      return elementwise(ADDCMUL, [self, a, b, value], t);
    },
  ),
  "aten::addcdiv": pointwiseOp(
    "self + value * tensor1 / tensor2.",
    (self: Tensor, a: Tensor, b: Tensor, value: Scalar) => {
      check(
        !(isIntegralType(a.scalarType, true) && isIntegralType(b.scalarType, true)),
        "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true division of tensor1 and tensor2. The historic addcdiv behavior can be implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / tensor2) for float inputs. The future addcdiv behavior is just the latter implementation: (input + value * tensor1 / tensor2), for all dtypes.",
      );
      const t = resultType(self, a, b);
      if (isComplexType(t)) return addPlan(self, computed(divPlan(mul(a, value), b)));
      return elementwise(ADDCDIV, [self, a, b, value], t);
    },
  ),
  "aten::lerp.Scalar": LERP,
  "aten::lerp.Tensor": LERP,
  "aten::prelu": pointwiseOp("x, or a learned slope times x below 0.", (self: Tensor, weight: Tensor) => {
    if (weight.numel !== 1) {
      check(self.dim > 0, "Not allow zero-dim input tensor.");
      const channels = self.dim > 1 ? self.sizes[1] : 1;
      check(
        channels === weight.numel,
        () =>
          `Mismatch of parameter numbers and input channel size. Found parameter numbers = ${weight.numel} and ` +
          `channel size = ${channels}.`,
      );
    }
    check(
      weight.dim <= 1,
      () => `prelu: Expected \`weight\` to be a scalar or 1D tensor, but got: ndim = ${weight.dim}`,
    );
    const w = weight.dim === 1 && self.dim > 1 && weight.numel > 1
      ? weight.asStrided([weight.numel, ...new Array(self.dim - 2).fill(1)], [
        weight.strides[0],
        ...new Array(self.dim - 2).fill(0),
      ])
      : self.dim === 0 && weight.dim === 1
      ? weight.asStrided([], [])
      : weight;
    return elementwise(PRELU, [self, w], self.scalarType);
  }),
  "aten::nextafter": pointwiseOp("The next float towards other.", (self: Tensor, other: Tensor) => {
    const t = resultType(self, other);
    return elementwise(t === ScalarType.Double ? NEXT_64 : NEXT_32, [self, other], t);
  }),
};

function xlogy(a: number, b: number): number {
  return b !== b ? NaN : a === 0 ? 0 : a * Math.log(b);
}
const FLOAT_POW: ScalarFunction = { ...POW, name: "float_power" };
function floatPower(a: Operand, b: Operand): Elementwise {
  const t = isComplexType(resultType(a, b)) ? ScalarType.ComplexDouble : ScalarType.Double;
  return elementwise(FLOAT_POW, [a, b], t);
}
const LERP_FUNCTION: ScalarFunction = {
  name: "lerp",
  row: "lerp",
  real: (a, b, w) => Math.abs(w) < 0.5 ? a + w * (b - a) : b - (b - a) * (1 - w),
  complex: (a, b, w) => c.cadd(a, c.cmul(w, c.csub(b, a))),
};
function lerp(self: Tensor, end: Tensor, weight: Operand): Elementwise {
  check(
    self.scalarType === end.scalarType,
    () => `expected dtype ${cName(self.scalarType)} for \`end\` but got dtype ${cName(end.scalarType)}`,
  );
  return elementwise(LERP_FUNCTION, [self, end, weight], self.scalarType);
}
function cName(t: ScalarType): string {
  return typeName(t).toLowerCase();
}
function nextAfter64(a: number, b: number): number {
  if (a !== a || b !== b) return NaN;
  if (a === b) return b;
  if (a === 0) return b > 0 ? 5e-324 : -5e-324;
  const f = new Float64Array([a]), u = new BigInt64Array(f.buffer);
  u[0] += (b > a) === (a > 0) ? 1n : -1n;
  return f[0];
}
function nextAfter32(a: number, b: number): number {
  if (a !== a || b !== b) return NaN;
  if (a === b) return b;
  if (a === 0) return b > 0 ? 1.401298464324817e-45 : -1.401298464324817e-45;
  const f = new Float32Array([a]), u = new Int32Array(f.buffer);
  u[0] += (b > a) === (a > 0) ? 1 : -1;
  return f[0];
}
