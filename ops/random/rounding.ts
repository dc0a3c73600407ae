/**
 * Rounding that PyTorch's kernels do and JavaScript has no operator for: half and bfloat16, and fused
 * multiply-add (the official build contracts `a * b + c`). The float32 form of the latter needs no function:
 * `Math.fround(a * b + c)` is one, because the product of two floats is exact in a double.
 */
import { ScalarType } from "../../core/scalar_type.ts";

const f32 = new Float32Array(1);
const i32 = new Int32Array(f32.buffer);

/** Bits of the nearest half, ties to even; goes through float32 first, as PyTorch's cast from double does. */
export function halfBits(x: number): number {
  f32[0] = x;
  const b = i32[0];
  const sign = (b >>> 16) & 0x8000;
  const abs = b & 0x7fffffff;
  if (abs > 0x7f800000) return sign | 0x7e00;
  if (abs >= 0x47800000) return sign | 0x7c00;
  if (abs >= 0x38800000) {
    const r = abs - 0x38000000;
    return sign | ((r + 0xfff + ((r >>> 13) & 1)) >>> 13);
  }
  // subnormal halves are multiples of 2**-24; a double scales exactly
  f32[0] = 0;
  i32[0] = abs;
  return sign | roundEven(f32[0] * 16777216);
}

function roundEven(x: number): number {
  const f = Math.floor(x), d = x - f;
  return d < 0.5 || (d === 0.5 && f % 2 === 0) ? f : f + 1;
}

export function halfFromBits(h: number): number {
  const sign = h & 0x8000 ? -1 : 1;
  const e = (h >> 10) & 0x1f, m = h & 0x3ff;
  if (e === 0) return sign * m * 2 ** -24;
  if (e === 31) return m ? NaN : sign * Infinity;
  return sign * (1024 + m) * 2 ** (e - 25);
}

/** Bits of the nearest bfloat16, ties to even. */
export function bfloat16Bits(x: number): number {
  f32[0] = x;
  const b = i32[0];
  if ((b & 0x7fffffff) > 0x7f800000) return 0x7fc0;
  return ((b + 0x7fff + ((b >>> 16) & 1)) >>> 16) & 0xffff;
}

export function bfloat16FromBits(b: number): number {
  i32[0] = b << 16;
  return f32[0];
}

export function roundHalf(x: number): number {
  return halfFromBits(halfBits(x));
}

export function roundBFloat16(x: number): number {
  return bfloat16FromBits(bfloat16Bits(x));
}

/** The nearest value of floating type `t`. */
export function roundTo(x: number, t: ScalarType): number {
  switch (t) {
    case ScalarType.Half:
      return roundHalf(x);
    case ScalarType.BFloat16:
      return roundBFloat16(x);
    case ScalarType.Float:
      return Math.fround(x);
    default:
      return x;
  }
}

const SPLIT = 134217729;

/** `a * b + c` rounded once, in double precision (the last bit is wrong only when two roundings tie). */
export function fma(a: number, b: number, c: number): number {
  const p = a * b;
  const s = p + c;
  if (!Number.isFinite(s)) return s;
  const ah = SPLIT * a - (SPLIT * a - a), al = a - ah;
  const bh = SPLIT * b - (SPLIT * b - b), bl = b - bh;
  const pe = ((ah * bh - p) + ah * bl + al * bh) + al * bl;
  const back = s - p;
  const se = (p - (s - back)) + (c - back);
  return s + (se + pe);
}
