/** Elementwise comparisons, logic, bits and shifts, and the larger or smaller of two. */
import { check } from "../../core/errors.ts";
import { isComplexType, isIntegralType, ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import type { Declaration, Family } from "../declaration.ts";
import { type C, elementwise, pointwiseOp, type ScalarFunction } from "../reference/pointwise.ts";
import { implementedFor, type Operand, resultType } from "../reference/promotion.ts";

function comparison(
  name: string,
  doc: string,
  real: (a: number, b: number) => boolean,
  long: (a: bigint, b: bigint) => boolean,
): Declaration {
  const ordered = name !== "eq" && name !== "ne";
  const same = (a: C, b: C) => a[0] === b[0] && a[1] === b[1];
  const f: ScalarFunction = {
    name,
    row: name,
    real: (a, b) => real(a, b) ? 1 : 0,
    long: (a, b) => long(a, b) ? 1n : 0n,
    complexToReal: ordered ? undefined : (a, b) => (name === "eq") === same(a, b) ? 1 : 0,
  };
  return pointwiseOp(doc, (self: Operand, other: Operand) => {
    const t = resultType(self, other);
    implementedFor(!ordered || !isComplexType(t), `${name}_cpu`, t);
    return elementwise(f, [self, other], t, ScalarType.Bool);
  });
}

function logical(name: string, doc: string, g: (a: boolean, b: boolean) => boolean): Declaration {
  const truth = (z: C) => z[0] !== 0 || z[1] !== 0;
  const f: ScalarFunction = {
    name,
    row: name,
    real: (a, b) => g(a !== 0, b !== 0) ? 1 : 0,
    complexToReal: (a, b) => g(truth(a), truth(b)) ? 1 : 0,
  };
  return pointwiseOp(
    doc,
    (self: Tensor, other: Tensor) => elementwise(f, [self, other], resultType(self, other), ScalarType.Bool),
  );
}

function bitwise(
  name: string,
  doc: string,
  real: (a: number, b: number) => number,
  long: (a: bigint, b: bigint) => bigint,
): Declaration {
  const narrow: ScalarFunction = { name, row: name, real };
  const wide: ScalarFunction = {
    name,
    row: name,
    real: (a, b) =>
      (a | 0) === a && (b | 0) === b && !name.includes("shift")
        ? real(a, b)
        : Number(BigInt.asIntN(64, long(BigInt(a), BigInt(b)))),
    long,
  };
  return pointwiseOp(doc, (self: Operand, other: Operand) => {
    const t = resultType(self, other);
    implementedFor(isIntegralType(t, true), `${name}_cpu`, t);
    return elementwise(t === ScalarType.Long ? wide : narrow, [self, other], t);
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
  const f: ScalarFunction = { name, row: name, real, long };
  return pointwiseOp(doc, (self: Operand, other: Operand) => {
    const t = resultType(self, other);
    check(!isComplexType(t), `${name} not implemented for complex tensors.`);
    return elementwise(f, [self, other], t);
  });
}
const larger = (a: bigint, b: bigint) => a > b ? a : b;
const smaller = (a: bigint, b: bigint) => a < b ? a : b;

const EQ = comparison("eq", "Whether equal.", (a, b) => a === b, (a, b) => a === b);
const NE = comparison("ne", "Whether different.", (a, b) => a !== b, (a, b) => a !== b);
const LT = comparison("lt", "Whether less.", (a, b) => a < b, (a, b) => a < b);
const LE = comparison("le", "Whether at most.", (a, b) => a <= b, (a, b) => a <= b);
const GT = comparison("gt", "Whether greater.", (a, b) => a > b, (a, b) => a > b);
const GE = comparison("ge", "Whether at least.", (a, b) => a >= b, (a, b) => a >= b);
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
const MAX = maximum("The larger; NaN if either is.", "maximum", Math.max, larger);
const MIN = maximum("The smaller; NaN if either is.", "minimum", Math.min, smaller);

/** Shifts of float tensors multiply by powers of two, as `__lshift__` does. */
function shift(d: Declaration, sign: number): Declaration {
  const f: ScalarFunction = { name: "shift", real: (a, b) => a * 2 ** (sign * b) };
  return pointwiseOp(d.doc, (self: Operand, other: Operand) => {
    const t = resultType(self, other);
    return isIntegralType(t, true) ? d.plan!(self, other) : elementwise(f, [self, other], t);
  });
}

export const pointwiseLogic: Family = {
  "aten::eq.Tensor": EQ,
  "aten::eq.Scalar": EQ,
  "aten::ne.Tensor": NE,
  "aten::ne.Scalar": NE,
  "aten::lt.Tensor": LT,
  "aten::lt.Scalar": LT,
  "aten::le.Tensor": LE,
  "aten::le.Scalar": LE,
  "aten::gt.Tensor": GT,
  "aten::gt.Scalar": GT,
  "aten::ge.Tensor": GE,
  "aten::ge.Scalar": GE,
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
  "aten::maximum": MAX,
  "aten::max.other": MAX,
  "aten::minimum": MIN,
  "aten::min.other": MIN,
  "aten::fmax": maximum(
    "The larger; a number before NaN.",
    "fmax",
    (a, b) => a !== a ? b : b !== b ? a : Math.max(a, b),
    larger,
  ),
  "aten::fmin": maximum(
    "The smaller; a number before NaN.",
    "fmin",
    (a, b) => a !== a ? b : b !== b ? a : Math.min(a, b),
    smaller,
  ),
};
