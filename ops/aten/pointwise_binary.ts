/** Operators of two or three operands, element by element, with broadcasting and promotion. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { Float, isScalar, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { isComplexType, isFloatingType, isIntegralType, ScalarType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import { type Declaration, type Family, op } from "../declaration.ts";
import * as c from "../reference/complex_functions.ts";
import { type C, pointwise, type ScalarFunction } from "../reference/pointwise.ts";
import { floatType, type Operand, resultType, typeName } from "../reference/promotion.ts";

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

export function add(self: Operand, other: Operand, alpha: Scalar = 1): Tensor {
  const t = resultType(self, other);
  checkAlpha(t, alpha);
  if (t === ScalarType.Bool) {
    return pointwise({ name: "add", real: (a, b) => a || b ? 1 : 0 }, [self, other], t);
  }
  if (isOne(alpha)) return pointwise(ADD, [self, other], t);
  const ADD_ALPHA: ScalarFunction = {
    name: "add",
    real: (a, b, k) => a + b * k,
    long: (a, b, k) => BigInt.asIntN(64, a + b * k),
    complex: (a, b, k) => c.cadd(a, c.cmul(b, k)),
  };
  return pointwise(ADD_ALPHA, [self, other, alpha], t);
}
const ADD: ScalarFunction = {
  name: "add",
  real: (a, b) => a + b,
  long: (a, b) => BigInt.asIntN(64, a + b),
  complex: c.cadd,
};

export function sub(self: Operand, other: Operand, alpha: Scalar = 1): Tensor {
  const t = resultType(self, other);
  if (t === ScalarType.Bool || isBool(self) || isBool(other)) refuseBoolSub(self, other);
  checkAlpha(t, alpha);
  if (isOne(alpha)) return pointwise(SUB, [self, other], t);
  const f: ScalarFunction = {
    name: "sub",
    real: (a, b, k) => a - b * k,
    long: (a, b, k) => BigInt.asIntN(64, a - b * k),
    complex: (a, b, k) => c.csub(a, c.cmul(b, k)),
  };
  return pointwise(f, [self, other, alpha], t);
}
const SUB: ScalarFunction = {
  name: "sub",
  real: (a, b) => a - b,
  long: (a, b) => BigInt.asIntN(64, a - b),
  complex: c.csub,
};
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

export function mul(self: Operand, other: Operand): Tensor {
  const t = resultType(self, other);
  return pointwise(t === ScalarType.Int ? MUL_INT : MUL, [self, other], t);
}
const MUL: ScalarFunction = {
  name: "mul",
  real: (a, b) => a * b,
  long: (a, b) => BigInt.asIntN(64, a * b),
  complex: c.cmul,
};
const MUL_INT: ScalarFunction = { name: "mul", real: Math.imul };

export function div(self: Operand, other: Operand): Tensor {
  return pointwise(
    { name: "div", real: (a, b) => a / b, complex: c.cdiv },
    [self, other],
    floatType(resultType(self, other)),
  );
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
export function floorDivide(self: Operand, other: Operand): Tensor {
  const t = resultType(self, other);
  check(t !== ScalarType.Bool, `"div_floor_cpu" not implemented for 'Bool'`);
  const ints: ScalarFunction = {
    name: "floor_divide",
    real: (a, b) => (refuseZero(b), Math.floor(a / b)),
    long: (a, b) => {
      refuseZero(b);
      const q = a / b;
      return a % b !== 0n && (a < 0n) !== (b < 0n) ? q - 1n : q;
    },
  };
  return pointwise(isIntegralType(t, true) ? ints : { name: "floor_divide", real: floorDivFloat }, [
    self,
    other,
  ], t);
}
function truncDivide(self: Operand, other: Operand): Tensor {
  const t = resultType(self, other);
  const ints: ScalarFunction = {
    name: "div_trunc",
    real: (a, b) => (refuseZero(b), Math.trunc(a / b)),
    long: (a, b) => (refuseZero(b), a / b),
  };
  return pointwise(
    isIntegralType(t, true) ? ints : { name: "div_trunc", real: (a, b) => Math.trunc(a / b) },
    [self, other],
    t,
  );
}
export function divMode(self: Operand, other: Operand, mode: string | null): Tensor {
  if (mode === null) return div(self, other);
  if (mode === "floor") return floorDivide(self, other);
  check(
    mode === "trunc",
    () => `div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${mode}'`,
  );
  return truncDivide(self, other);
}

export function remainder(self: Operand, other: Operand): Tensor {
  const t = resultType(self, other);
  check(t !== ScalarType.Bool, `"remainder_cpu" not implemented for 'Bool'`);
  const ints = isIntegralType(t, true);
  return pointwise(
    {
      name: "remainder",
      real: (a, b) => {
        if (ints) refuseZero(b);
        const m = a % b;
        return m !== 0 && (m < 0) !== (b < 0) ? m + b : ints ? m + 0 : m;
      },
      long: (a, b) => {
        refuseZero(b);
        const m = a % b;
        return m !== 0n && (m < 0n) !== (b < 0n) ? m + b : m;
      },
    },
    [self, other],
    t,
  );
}

function fmod(self: Operand, other: Operand): Tensor {
  const t = resultType(self, other);
  check(t !== ScalarType.Bool, `"fmod_cpu" not implemented for 'Bool'`);
  const ints = isIntegralType(t, true);
  return pointwise(
    {
      name: "fmod",
      real: (a, b) => ints ? (refuseZero(b), (a % b) + 0) : a % b,
      long: (a, b) => (refuseZero(b), a % b),
    },
    [self, other],
    t,
  );
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
export function pow(self: Operand, exponent: Operand): Tensor {
  const t = resultType(self, exponent);
  if (isIntegralType(t, false) && isScalar(exponent)) {
    check(scalarToNumber(exponent) >= 0, "Integers to negative integer powers are not allowed.");
  }
  check(t !== ScalarType.Bool, `"pow" not implemented for 'Bool'`);
  const ints = isIntegralType(t, true);
  if (t === ScalarType.Int) {
    return pointwise(
      {
        name: "pow",
        real: (a, b) => Number(BigInt.asIntN(32, powLong(BigInt(a), BigInt(b)))),
      },
      [self, exponent],
      t,
    );
  }
  return pointwise(
    {
      name: "pow",
      real: ints ? (a, b) => b < 0 ? Number(powLong(BigInt(a), BigInt(b))) : a ** b : powReal,
      long: powLong,
      complex: c.cpow,
    },
    [self, exponent],
    t,
  );
}

function comparison(
  name: string,
  doc: string,
  real: (a: number, b: number) => boolean,
  long: (a: bigint, b: bigint) => boolean,
): Declaration {
  const ordered = name !== "eq" && name !== "ne";
  const f: ScalarFunction = {
    name,
    real: (a, b) => real(a, b) ? 1 : 0,
    complexToReal: ordered ? undefined : (a, b) => (name === "eq") === (c.ceq(a, b) === 1) ? 1 : 0,
  };
  const g: ScalarFunction = { name, real: f.real, long: (a, b) => long(a, b) ? 1n : 0n };
  return op(doc, (self: Operand, other: Operand) => {
    const t = resultType(self, other);
    check(!ordered || !isComplexType(t), `"${name}_cpu" not implemented for '${typeName(t)}'`);
    if (t === ScalarType.Long && !(fits(self) && fits(other))) return exactCompare(g, self, other);
    return pointwise(f, [self, other], t, ScalarType.Bool);
  });
}
function fits(o: Operand): boolean {
  if (!(o instanceof Tensor)) return typeof o !== "bigint";
  if (o.scalarType !== ScalarType.Long) return true;
  const d = o.data() as BigInt64Array;
  const pairs = new Int32Array(d.buffer, d.byteOffset, d.length * 2);
  for (let i = 1; i < pairs.length; i += 2) if (pairs[i] > 0x1fffff || pairs[i] < -0x200000) return false;
  return true;
}
/** Large int64 values compare exactly: the sign of the wrapped difference is not enough, so through bigints. */
function exactCompare(f: ScalarFunction, self: Operand, other: Operand): Tensor {
  return pointwise({ ...f, real: () => NaN }, [self, other], ScalarType.Long, ScalarType.Bool);
}

function logical(name: string, doc: string, f: (a: boolean, b: boolean) => boolean): Declaration {
  const truth = (z: C) => z[0] !== 0 || z[1] !== 0;
  return op(doc, (self: Tensor, other: Tensor) =>
    pointwise(
      {
        name,
        real: (a, b) => f(a !== 0, b !== 0) ? 1 : 0,
        complexToReal: (a, b) => f(truth(a), truth(b)) ? 1 : 0,
      },
      [self, other],
      resultType(self, other),
      ScalarType.Bool,
    ));
}

function bitwise(
  name: string,
  doc: string,
  real: (a: number, b: number) => number,
  long: (a: bigint, b: bigint) => bigint,
): Declaration {
  return op(doc, (self: Operand, other: Operand) => {
    const t = resultType(self, other);
    check(isIntegralType(t, true), () => `"${name}_cpu" not implemented for '${typeName(t)}'`);
    if (t !== ScalarType.Long) return pointwise({ name, real }, [self, other], t);
    const wide = (a: number, b: number) =>
      (a | 0) === a && (b | 0) === b && !name.includes("shift")
        ? real(a, b)
        : Number(BigInt.asIntN(64, long(BigInt(a), BigInt(b))));
    return pointwise({ name, real: wide, long }, [self, other], t);
  });
}
const shiftLeft = (a: bigint, b: bigint): bigint => b < 0n || b > 63n ? 0n : BigInt.asIntN(64, a << b);
const shiftRight = (a: bigint, b: bigint): bigint => b < 0n || b > 63n ? (a < 0n ? -1n : 0n) : a >> b;

function maximum(
  doc: string,
  name: string,
  real: (a: number, b: number) => number,
  long: (a: bigint, b: bigint) => bigint,
): Declaration {
  return op(doc, (self: Operand, other: Operand) => {
    const t = resultType(self, other);
    check(!isComplexType(t), `${name} not implemented for complex tensors.`);
    return pointwise({ name, real, long }, [self, other], t);
  });
}
const maxNaN = (a: number, b: number) => a !== a || b !== b ? NaN : a > b ? a : b;
const minNaN = (a: number, b: number) => a !== a || b !== b ? NaN : a < b ? a : b;

function float2(
  name: string,
  doc: string,
  real: (a: number, b: number) => number,
  complex?: (a: C, b: C) => C,
): Declaration {
  return op(
    doc,
    (self: Operand, other: Operand) =>
      pointwise({ name, real, complex }, [self, other], floatType(resultType(self, other))),
  );
}

function floatOnly2(name: string, doc: string, real: (a: number, b: number) => number): Declaration {
  return op(doc, (self: Operand, other: Operand) => {
    const t = resultType(self, other);
    check(!isIntegralType(t, true), () => `"${name}_cpu" not implemented for '${typeName(t)}'`);
    return pointwise({ name, real }, [self, other], t);
  });
}

function gcd(a: number, b: number): number {
  a = Math.abs(a);
  b = Math.abs(b);
  while (b) [a, b] = [b, a % b];
  return a;
}

const PLUS = op("Sum; the second operand times alpha.", add, undefined);
const MINUS = op("Difference; the second operand times alpha.", sub);
const AND = bitwise("bitwise_and", "Bits set in both.", (a, b) => a & b, (a, b) => a & b);
const OR = bitwise("bitwise_or", "Bits set in either.", (a, b) => a | b, (a, b) => a | b);
const XOR = bitwise("bitwise_xor", "Bits set in one only.", (a, b) => a ^ b, (a, b) => a ^ b);
const SHL = bitwise("lshift", "Bits moved left.", (a, b) => b < 0 || b > 31 ? 0 : a << b, shiftLeft);
const SHR = bitwise(
  "rshift",
  "Bits moved right.",
  (a, b) => b < 0 || b > 31 ? (a < 0 ? -1 : 0) : a >> b,
  shiftRight,
);

/** Shifts of float tensors multiply by powers of two, as `__lshift__` does. */
function shift(d: Declaration, sign: number): Declaration {
  return op(d.doc, (self: Operand, other: Operand) => {
    const t = resultType(self, other);
    return isIntegralType(t, true)
      ? d.kernel(self, other)
      : pointwise({ name: "shift", real: (a, b) => a * 2 ** (sign * b) }, [self, other], t);
  });
}

export const pointwiseBinary: Family = {
  "aten::add.Tensor": PLUS,
  "aten::add.Scalar": PLUS,
  "aten::sub.Tensor": MINUS,
  "aten::sub.Scalar": MINUS,
  "aten::rsub.Tensor": op(
    "other - alpha * self.",
    (self: Tensor, other: Tensor, alpha: Scalar) => sub(other, self, alpha),
  ),
  "aten::rsub.Scalar": op(
    "other - alpha * self.",
    (self: Tensor, other: Scalar, alpha: Scalar) => sub(other, self, alpha),
  ),
  "aten::mul.Tensor": op("Product.", mul),
  "aten::mul.Scalar": op("Product.", mul),
  "aten::div.Tensor": op("True quotient.", div),
  "aten::div.Scalar": op("True quotient.", div),
  "aten::div.Tensor_mode": op("Quotient, rounded as asked.", divMode),
  "aten::div.Scalar_mode": op("Quotient, rounded as asked.", divMode),
  "aten::floor_divide": op("Quotient rounded down.", floorDivide),
  "aten::floor_divide.Scalar": op("Quotient rounded down.", floorDivide),
  "aten::remainder.Tensor": op("Python's modulus: the sign of the divisor.", remainder),
  "aten::remainder.Scalar": op("Python's modulus: the sign of the divisor.", remainder),
  "aten::remainder.Scalar_Tensor": op("Python's modulus: the sign of the divisor.", remainder),
  "aten::fmod.Tensor": op("C's modulus: the sign of the dividend.", fmod),
  "aten::fmod.Scalar": op("C's modulus: the sign of the dividend.", fmod),
  "aten::pow.Tensor_Tensor": op("Power.", pow),
  "aten::pow.Tensor_Scalar": op("Power.", pow),
  "aten::pow.Scalar": op("Power.", pow),
  "aten::float_power.Tensor_Tensor": op("Power in double precision.", floatPower),
  "aten::float_power.Tensor_Scalar": op("Power in double precision.", floatPower),
  "aten::float_power.Scalar": op("Power in double precision.", floatPower),
  "aten::eq.Tensor": comparison("eq", "Whether equal.", (a, b) => a === b, (a, b) => a === b),
  "aten::eq.Scalar": comparison("eq", "Whether equal.", (a, b) => a === b, (a, b) => a === b),
  "aten::ne.Tensor": comparison("ne", "Whether different.", (a, b) => a !== b, (a, b) => a !== b),
  "aten::ne.Scalar": comparison("ne", "Whether different.", (a, b) => a !== b, (a, b) => a !== b),
  "aten::lt.Tensor": comparison("lt", "Whether less.", (a, b) => a < b, (a, b) => a < b),
  "aten::lt.Scalar": comparison("lt", "Whether less.", (a, b) => a < b, (a, b) => a < b),
  "aten::le.Tensor": comparison("le", "Whether at most.", (a, b) => a <= b, (a, b) => a <= b),
  "aten::le.Scalar": comparison("le", "Whether at most.", (a, b) => a <= b, (a, b) => a <= b),
  "aten::gt.Tensor": comparison("gt", "Whether greater.", (a, b) => a > b, (a, b) => a > b),
  "aten::gt.Scalar": comparison("gt", "Whether greater.", (a, b) => a > b, (a, b) => a > b),
  "aten::ge.Tensor": comparison("ge", "Whether at least.", (a, b) => a >= b, (a, b) => a >= b),
  "aten::ge.Scalar": comparison("ge", "Whether at least.", (a, b) => a >= b, (a, b) => a >= b),
  "aten::logical_and": logical("logical_and", "Whether both are nonzero.", (a, b) => a && b),
  "aten::logical_or": logical("logical_or", "Whether either is nonzero.", (a, b) => a || b),
  "aten::logical_xor": logical("logical_xor", "Whether exactly one is nonzero.", (a, b) => a !== b),
  "aten::bitwise_and.Tensor": AND,
  "aten::bitwise_and.Scalar": AND,
  "aten::bitwise_and.Scalar_Tensor": AND,
  "aten::bitwise_or.Tensor": OR,
  "aten::bitwise_or.Scalar": OR,
  "aten::bitwise_or.Scalar_Tensor": OR,
  "aten::bitwise_xor.Tensor": XOR,
  "aten::bitwise_xor.Scalar": XOR,
  "aten::bitwise_xor.Scalar_Tensor": XOR,
  "aten::__and__.Tensor": AND,
  "aten::__and__.Scalar": AND,
  "aten::__iand__.Tensor": AND,
  "aten::__or__.Tensor": OR,
  "aten::__or__.Scalar": OR,
  "aten::__xor__.Tensor": XOR,
  "aten::__xor__.Scalar": XOR,
  "aten::bitwise_left_shift.Tensor": SHL,
  "aten::bitwise_left_shift.Tensor_Scalar": SHL,
  "aten::bitwise_left_shift.Scalar_Tensor": SHL,
  "aten::bitwise_right_shift.Tensor": SHR,
  "aten::bitwise_right_shift.Tensor_Scalar": SHR,
  "aten::bitwise_right_shift.Scalar_Tensor": SHR,
  "aten::__lshift__.Tensor": shift(SHL, 1),
  "aten::__lshift__.Scalar": shift(SHL, 1),
  "aten::__rshift__.Tensor": shift(SHR, -1),
  "aten::__rshift__.Scalar": shift(SHR, -1),
  "aten::maximum": maximum("The larger; NaN if either is.", "maximum", maxNaN, (a, b) => a > b ? a : b),
  "aten::max.other": maximum("The larger; NaN if either is.", "maximum", maxNaN, (a, b) => a > b ? a : b),
  "aten::minimum": maximum("The smaller; NaN if either is.", "minimum", minNaN, (a, b) => a < b ? a : b),
  "aten::min.other": maximum("The smaller; NaN if either is.", "minimum", minNaN, (a, b) => a < b ? a : b),
  "aten::fmax": maximum(
    "The larger; a number before NaN.",
    "fmax",
    (a, b) => a !== a ? b : b !== b ? a : Math.max(a, b),
    (a, b) => a > b ? a : b,
  ),
  "aten::fmin": maximum(
    "The smaller; a number before NaN.",
    "fmin",
    (a, b) => a !== a ? b : b !== b ? a : Math.min(a, b),
    (a, b) => a < b ? a : b,
  ),
  "aten::atan2": float2("atan2", "Angle of the point (other, self).", Math.atan2),
  "aten::hypot": floatOnly2("hypot", "Length of the hypotenuse.", Math.hypot),
  "aten::copysign.Tensor": float2(
    "copysign",
    "Magnitude of self, sign of other.",
    (a, b) => b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a),
  ),
  "aten::copysign.Scalar": float2(
    "copysign",
    "Magnitude of self, sign of other.",
    (a, b) => b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a),
  ),
  "aten::xlogy.Tensor": float2("xlogy", "self * log(other), 0 where self is 0.", xlogy),
  "aten::xlogy.Scalar_Self": float2("xlogy", "self * log(other), 0 where self is 0.", xlogy),
  "aten::xlogy.Scalar_Other": float2("xlogy", "self * log(other), 0 where self is 0.", xlogy),
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
  "aten::heaviside": op("0 below zero, 1 above, values at zero.", (self: Tensor, values: Tensor) => {
    check(
      self.scalarType === values.scalarType,
      "heaviside is not yet implemented for tensors with different dtypes.",
    );
    return pointwise({ name: "heaviside", real: (a, v) => a === 0 ? v : a > 0 ? 1 : a !== a ? NaN : 0 }, [
      self,
      values,
    ], self.scalarType);
  }),
  "aten::gcd": op(
    "Greatest common divisor.",
    (self: Tensor, other: Tensor) =>
      pointwise({ name: "gcd", real: gcd }, [self, other], resultType(self, other)),
  ),
  "aten::lcm": op(
    "Least common multiple.",
    (self: Tensor, other: Tensor) =>
      pointwise({ name: "lcm", real: (a, b) => a === 0 || b === 0 ? 0 : Math.abs(a * b) / gcd(a, b) }, [
        self,
        other,
      ], resultType(self, other)),
  ),
  "aten::addcmul": op(
    "self + value * tensor1 * tensor2.",
    (self: Tensor, a: Tensor, b: Tensor, value: Scalar) =>
      add(self, isOne(value) ? mul(a, b) : mul(mul(a, b), value)),
  ),
  "aten::addcdiv": op(
    "self + value * tensor1 / tensor2.",
    (self: Tensor, a: Tensor, b: Tensor, value: Scalar) => {
      check(
        !(isIntegralType(a.scalarType, true) && isIntegralType(b.scalarType, true)),
        "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true division of tensor1 and tensor2. The historic addcdiv behavior can be implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / tensor2) for float inputs. The future addcdiv behavior is just the latter implementation: (input + value * tensor1 / tensor2), for all dtypes.",
      );
      return add(self, mul(div(a, b), value));
    },
  ),
  "aten::lerp.Scalar": op("self + weight * (end - self).", lerp),
  "aten::lerp.Tensor": op("self + weight * (end - self).", lerp),
  "aten::prelu": op("x, or a learned slope times x below 0.", (self: Tensor, weight: Tensor) => {
    const w = weight.dim === 1 && self.dim > 1 && weight.numel > 1
      ? weight.asStrided([weight.numel, ...new Array(self.dim - 2).fill(1)], [
        weight.strides[0],
        ...new Array(self.dim - 2).fill(0),
      ])
      : weight;
    return pointwise({ name: "prelu", real: (x, k) => x > 0 ? x : x * k }, [self, w], self.scalarType);
  }),
  "aten::nextafter": op("The next float towards other.", (self: Tensor, other: Tensor) => {
    const t = resultType(self, other);
    return pointwise({ name: "nextafter", real: t === ScalarType.Double ? nextAfter64 : nextAfter32 }, [
      self,
      other,
    ], t);
  }),
};

function xlogy(a: number, b: number): number {
  return b !== b ? NaN : a === 0 ? 0 : a * Math.log(b);
}
function floatPower(a: Operand, b: Operand): Tensor {
  const t = isComplexType(resultType(a, b)) ? ScalarType.ComplexDouble : ScalarType.Double;
  return pointwise({ name: "float_power", real: powReal, complex: c.cpow }, [a, b], t);
}
function lerp(self: Tensor, end: Tensor, weight: Operand): Tensor {
  check(
    self.scalarType === end.scalarType,
    () => `expected dtype ${cName(self.scalarType)} for \`end\` but got dtype ${cName(end.scalarType)}`,
  );
  return pointwise(
    {
      name: "lerp",
      real: (a, b, w) => Math.abs(w) < 0.5 ? a + w * (b - a) : b - (b - a) * (1 - w),
      complex: (a, b, w) => c.cadd(a, c.cmul(w, c.csub(b, a))),
    },
    [self, end, weight],
    self.scalarType,
  );
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
