/** Broadcasting and type promotion of operands: tensors and plain numbers. */
import { check } from "../../core/errors.ts";
import { Complex, Float, type Scalar } from "../../core/scalar.ts";
import {
  isComplexType,
  isFloatingType,
  isIntegralType,
  promoteTypes,
  ScalarType,
  scalarTypeInfo,
  toComplexType,
} from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import { getDefaultDtype } from "./allocation.ts";

/** What pointwise operators take: a Scalar promotes weakly, by category only. */
export type Operand = Tensor | Scalar;

/** The dtype a Python number has as a tensor of its own. */
export function scalarDtype(v: Scalar): ScalarType {
  if (typeof v === "boolean") return ScalarType.Bool;
  if (v instanceof Float) return ScalarType.Double;
  if (v instanceof Complex) return ScalarType.ComplexDouble;
  return ScalarType.Long;
}

function combine(higher: ScalarType | undefined, lower: ScalarType | undefined): ScalarType | undefined {
  if (higher === undefined || lower === undefined) return higher ?? lower;
  if (isComplexType(higher)) return higher;
  if (isFloatingType(higher)) return isComplexType(lower) ? toComplexType(higher) : higher;
  if (higher === ScalarType.Bool || isFloatingType(lower) || isComplexType(lower)) {
    return promoteTypes(higher, lower);
  }
  return higher;
}

/** PyTorch's `result_type`: tensors with dimensions decide, then 0-dim tensors, then numbers. */
export function resultType(...operands: readonly Operand[]): ScalarType {
  let dim: ScalarType | undefined, zero: ScalarType | undefined, wrapped: ScalarType | undefined;
  const meet = (a: ScalarType | undefined, b: ScalarType) => a === undefined ? b : promoteTypes(a, b);
  for (const o of operands) {
    if (o instanceof Tensor && !o.wrappedNumber) {
      if (o.dim > 0) dim = meet(dim, o.scalarType);
      else zero = meet(zero, o.scalarType);
      continue;
    }
    let t = o instanceof Tensor ? o.scalarType : scalarDtype(o);
    if (isComplexType(t)) t = toComplexType(getDefaultDtype());
    else if (isFloatingType(t)) t = getDefaultDtype();
    if (o instanceof Tensor && o.dim > 0) dim = meet(dim, t);
    else wrapped = meet(wrapped, t);
  }
  return combine(dim, combine(zero, wrapped))!;
}

/** Integers and bool become the default float type; others stay. */
export function floatType(t: ScalarType): ScalarType {
  return isIntegralType(t, true) ? getDefaultDtype() : t;
}

/** The broadcast of two shapes; PyTorch's message when they do not fit. */
export function broadcastSizes(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === b.length) {
    let same = true;
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) same = false;
    if (same) return a;
  }
  const n = Math.max(a.length, b.length), out = new Array<number>(n);
  for (let i = n - 1; i >= 0; i--) {
    const x = a[i - (n - a.length)] ?? 1, y = b[i - (n - b.length)] ?? 1;
    check(
      x === y || x === 1 || y === 1,
      () =>
        `The size of tensor a (${x}) must match the size of tensor b (${y}) at non-singleton dimension ${i}`,
    );
    out[i] = x === 1 ? y : x;
  }
  return out;
}

/** Broadcast shape of all tensor operands; `[]` when there is none. */
export function operandSizes(operands: readonly Operand[]): readonly number[] {
  let sizes: readonly number[] = [];
  for (const o of operands) if (o instanceof Tensor) sizes = broadcastSizes(sizes, o.sizes);
  return sizes;
}

/** `Float`, as PyTorch's messages name dtypes. */
export function typeName(t: ScalarType): string {
  return scalarTypeInfo(t).name;
}

/** A kernel that is there for some element types only: PyTorch's NotImplementedError for the others. */
export function implementedFor(ok: boolean, kernel: string, t: ScalarType): void {
  check(ok, () => `"${kernel}" not implemented for '${typeName(t)}'`, "NotImplementedError");
}
