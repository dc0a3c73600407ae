/** Elements chosen by a condition, a mask or bounds. */
import { check } from "../../core/errors.ts";
import type { Scalar } from "../../core/scalar.ts";
import { isComplexType, isIntegralType, ScalarType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import type { Family } from "../declaration.ts";
import { cast, op as row } from "../expr/mod.ts";
import { type Elementwise, elementwise, pointwiseOp, type ScalarFunction } from "../reference/pointwise.ts";
import { type Operand, resultType, typeName } from "../reference/promotion.ts";
import { C_NAMES, fits } from "./indexing.ts";

const CHOICE: ScalarFunction = {
  name: "where",
  row: (c, a, b) => row("where", cast("bool", c), a, b),
  real: (c, a, b) => c !== 0 ? a : b,
  long: (c, a, b) => c !== 0n ? a : b,
  complex: (c, a, b) => c[0] !== 0 ? a : b,
};

function where(cond: Tensor, a: Operand, b: Operand): Elementwise {
  check(
    cond.scalarType === ScalarType.Bool || cond.scalarType === ScalarType.Byte,
    () =>
      `where expected condition to be a boolean tensor, but got a tensor with dtype ${
        typeName(cond.scalarType)
      }`,
  );
  return elementwise(CHOICE, [cond, a, b], resultType(a, b));
}

function maskedFill(self: Tensor, mask: Tensor, value: Scalar | Tensor): Elementwise {
  check(
    mask.scalarType === ScalarType.Bool,
    () => `masked_fill_ only supports boolean masks, but got mask with dtype ${C_NAMES[mask.scalarType]}`,
  );
  check(
    !(value instanceof Tensor) || value.dim === 0,
    () =>
      `masked_fill_ only supports a 0-dimensional value tensor, but got tensor with ${
        (value as Tensor).dim
      } dimension(s).`,
  );
  check(
    !(value instanceof Tensor) || !isComplexType(value.scalarType) || isComplexType(self.scalarType),
    `value cannot be converted to type ${
      isIntegralType(self.scalarType, true) ? "int64_t" : "float"
    } without overflow`,
  );
  const v = value instanceof Tensor ? value : fits(value, self.scalarType);
  return elementwise(CHOICE, [mask, v, self], self.scalarType);
}

const CLAMP: ScalarFunction = {
  name: "clamp",
  row: "clamp",
  real: (x, lo, hi) => Math.min(Math.max(x, lo), hi),
  long: (x, lo, hi) => {
    const y = x > lo ? x : lo;
    return y < hi ? y : hi;
  },
};
const AT_LEAST: ScalarFunction = {
  name: "clamp",
  row: "maximum",
  real: Math.max,
  long: (x, lo) => x > lo ? x : lo,
};
const AT_MOST: ScalarFunction = {
  name: "clamp",
  row: "minimum",
  real: Math.min,
  long: (x, hi) => x < hi ? x : hi,
};

function clamp(self: Tensor, lo: Operand | null, hi: Operand | null): Elementwise {
  check(lo !== null || hi !== null, "torch.clamp: At least one of 'min' or 'max' must not be None");
  if (hi === null) return elementwise(AT_LEAST, [self, lo!], resultType(self, lo!));
  if (lo === null) return elementwise(AT_MOST, [self, hi], resultType(self, hi));
  return elementwise(CLAMP, [self, lo, hi], resultType(self, lo, hi));
}

const WHERE = pointwiseOp("Elements of one or the other.", where);
const MASKED_FILL = pointwiseOp("A value where the mask is true.", maskedFill);
const CLAMPED = pointwiseOp("Kept between bounds.", clamp);
const CLAMPED_BELOW = pointwiseOp("At least a bound.", (self: Tensor, lo: Operand) => clamp(self, lo, null));
const CLAMPED_ABOVE = pointwiseOp("At most a bound.", (self: Tensor, hi: Operand) => clamp(self, null, hi));

export const pointwiseSelect: Family = {
  "aten::where.self": WHERE,
  "aten::where.ScalarSelf": WHERE,
  "aten::where.ScalarOther": WHERE,
  "aten::where.Scalar": WHERE,
  "aten::masked_fill.Scalar": MASKED_FILL,
  "aten::masked_fill.Tensor": MASKED_FILL,
  "aten::clamp": CLAMPED,
  "aten::clamp.Tensor": CLAMPED,
  "aten::clamp_min": CLAMPED_BELOW,
  "aten::clamp_min.Tensor": CLAMPED_BELOW,
  "aten::clamp_max": CLAMPED_ABOVE,
  "aten::clamp_max.Tensor": CLAMPED_ABOVE,
};
