/** Single elements of tensors, as Python values: bool, int, `Float` or `Complex`. */
import { Complex, Float, type Int, isInt, normInt, type Scalar, scalarToNumber } from "./scalar.ts";
import { isComplexType, isFloatingType, ScalarType, toRealValueType } from "./scalar_type.ts";
import type { Tensor, TypedArray } from "./tensor.ts";
import { RuntimeFault } from "./errors.ts";

const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);

/** IEEE binary16 bits to a number. */
export function halfToNumber(h: number): number {
  const e = (h >> 10) & 0x1f, m = h & 0x3ff, s = h & 0x8000 ? -1 : 1;
  if (e === 0) return s * m * 2 ** -24;
  if (e === 31) return m ? NaN : s * Infinity;
  return s * (1 + m / 1024) * 2 ** (e - 15);
}

/** A number to binary16 bits, through float32 as PyTorch does, rounding to nearest even. */
export function numberToHalf(v: number): number {
  f32[0] = v;
  const x = u32[0], sign = (x >>> 16) & 0x8000, abs = x & 0x7fffffff;
  if (abs > 0x7f800000) return sign | 0x7e00;
  if (abs >= 0x47800000) return sign | 0x7c00;
  if (abs < 0x38800000) {
    // Subnormal: scaled by 2^24 the value is the integer to round.
    f32[0] = v;
    const scaled = Math.abs(f32[0]) * 2 ** 24, floor = Math.floor(scaled), rest = scaled - floor;
    return sign | (rest > 0.5 || (rest === 0.5 && floor & 1) ? floor + 1 : floor);
  }
  const rounded = abs + 0xfff + ((abs >>> 13) & 1);
  return rounded >= 0x47800000 ? sign | 0x7c00 : sign | ((rounded - 0x38000000) >>> 13);
}

export function bfloat16ToNumber(b: number): number {
  u32[0] = b << 16;
  return f32[0];
}

/** A number to bfloat16 bits, rounding to nearest even. */
export function numberToBfloat16(v: number): number {
  f32[0] = v;
  const x = u32[0];
  if ((x & 0x7fffffff) > 0x7f800000) return 0x7fc0;
  return (x + 0x7fff + ((x >>> 16) & 1)) >>> 16;
}

function realAt(data: TypedArray, i: number, type: ScalarType): number {
  if (type === ScalarType.Half) return halfToNumber(data[i] as number);
  if (type === ScalarType.BFloat16) return bfloat16ToNumber(data[i] as number);
  return data[i] as number;
}

/** The element at `index` of the storage (in elements), with a typed array already made by `t.data()`. */
export function elementOf(
  data: TypedArray,
  index: number,
  type: ScalarType,
): boolean | Int | Float | Complex {
  if (type === ScalarType.Bool) return data[index] !== 0;
  if (type === ScalarType.Long) return normInt(data[index] as bigint);
  if (isFloatingType(type)) return new Float(realAt(data, index, type));
  if (isComplexType(type)) {
    const part = toRealValueType(type);
    return new Complex(realAt(data, 2 * index, part), realAt(data, 2 * index + 1, part));
  }
  return data[index] as number;
}

/** The element at `index` of the storage. */
export function readElement(t: Tensor, index: number): boolean | Int | Float | Complex {
  return elementOf(t.data(), index, t.scalarType);
}

/** Writes a scalar with C's conversion to the element type; a complex needs a complex type. */
export function storeElement(data: TypedArray, index: number, type: ScalarType, v: Scalar): void {
  if (isComplexType(type)) {
    const part = toRealValueType(type);
    const re = v instanceof Complex ? v.re : scalarToNumber(v), im = v instanceof Complex ? v.im : 0;
    data[2 * index] = part === ScalarType.Half ? numberToHalf(re) : re;
    data[2 * index + 1] = part === ScalarType.Half ? numberToHalf(im) : im;
    return;
  }
  if (v instanceof Complex && v.im !== 0) {
    throw new RuntimeFault("RuntimeError", "value cannot be converted to type without overflow");
  }
  switch (type) {
    case ScalarType.Bool:
      data[index] = v instanceof Float
        ? (v.value !== 0 ? 1 : 0)
        : isInt(v)
        ? (v == 0 ? 0 : 1)
        : scalarToNumber(v)
        ? 1
        : 0;
      break;
    case ScalarType.Long:
      (data as BigInt64Array)[index] = toInt64(v);
      break;
    case ScalarType.Half:
      data[index] = numberToHalf(scalarToNumber(v));
      break;
    case ScalarType.BFloat16:
      data[index] = numberToBfloat16(scalarToNumber(v));
      break;
    case ScalarType.Float:
    case ScalarType.Double:
      data[index] = scalarToNumber(v);
      break;
    default:
      data[index] = typeof v === "bigint" ? Number(BigInt.asIntN(32, v)) : Math.trunc(scalarToNumber(v));
  }
}

const INT64_MIN = -(1n << 63n);

/** x86's float to int64 conversion: out of range and NaN give INT64_MIN. */
function toInt64(v: Scalar): bigint {
  if (typeof v === "bigint") return v;
  const x = scalarToNumber(v);
  return Number.isFinite(x) && Math.abs(x) < 2 ** 63 ? BigInt(Math.trunc(x)) : INT64_MIN;
}
