/**
 * Tensors as dense row-major arrays and back: what reference kernels compute on. Real types read as JS numbers,
 * int64 as numbers or bigints, complex as interleaved pairs.
 */
import { NotImplemented } from "../../core/errors.ts";
import { bfloat16ToNumber, halfToNumber, numberToBfloat16, numberToHalf } from "../../core/element.ts";
import { isComplexType, ScalarType } from "../../core/scalar_type.ts";
import { numelOf, type Tensor, type TypedArray } from "../../core/tensor.ts";
import { broadcastStrides, fromTypedArray } from "./allocation.ts";

export type Numbers =
  | Float64Array
  | Float32Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint8Array
  | Uint16Array;

/** Copies strided elements of `width` array entries each to a dense array. */
export function gatherStrided<A extends TypedArray>(
  src: A,
  dst: A,
  offset: number,
  sizes: readonly number[],
  strides: readonly number[],
  width = 1,
): A {
  walkStrided(sizes, strides, offset, (from, count, step, to) => {
    if (width === 1) { for (let i = 0, s = from; i < count; i++, s += step) dst[to + i] = src[s]; }
    else {
      for (let i = 0, s = from; i < count; i++, s += step) {
        dst[2 * (to + i)] = src[2 * s];
        dst[2 * (to + i) + 1] = src[2 * s + 1];
      }
    }
  });
  return dst;
}

/** Calls `run(offset, count, stride, denseIndex)` for each innermost row of a strided view. */
export function walkStrided(
  sizes: readonly number[],
  strides: readonly number[],
  offset: number,
  run: (offset: number, count: number, stride: number, dense: number) => void,
): void {
  const n = sizes.length;
  if (n === 0) return run(offset, 1, 0, 0);
  for (let i = 0; i < n; i++) if (sizes[i] === 0) return;
  const count = sizes[n - 1], step = strides[n - 1];
  if (n === 1) return run(offset, count, step, 0);
  const index = new Array<number>(n - 1).fill(0);
  let dense = 0, at = offset;
  for (;;) {
    run(at, count, step, dense);
    dense += count;
    let d = n - 2;
    for (; d >= 0; d--) {
      at += strides[d];
      if (++index[d] < sizes[d]) break;
      at -= strides[d] * sizes[d];
      index[d] = 0;
    }
    if (d < 0) return;
  }
}

/** A dense array in the tensor's own representation, broadcast to `sizes`; shares memory when already dense. */
export function denseData(t: Tensor, sizes: readonly number[] = t.sizes): TypedArray {
  const width = isComplexType(t.scalarType) ? 2 : 1;
  const n = numelOf(sizes);
  const data = t.data();
  if (sizes === t.sizes || n === t.numel) {
    if (t.isContiguous) {
      const from = t.storageOffset * width;
      return data.subarray(from, from + n * width) as TypedArray;
    }
  }
  const strides = sizes === t.sizes ? t.strides : broadcastStrides(t, sizes);
  const make = data.constructor as new (n: number) => TypedArray;
  return gatherStrided(data, new make(n * width), t.storageOffset, sizes, strides, width);
}

/** Dense elements of a real tensor as numbers; may share the tensor's memory. int64 beyond 2^53 loses digits. */
export function numbers(t: Tensor, sizes: readonly number[] = t.sizes): Numbers {
  const d = denseData(t, sizes);
  switch (t.scalarType) {
    case ScalarType.Half:
      return Float32Array.from(d as Uint16Array, halfToNumber);
    case ScalarType.BFloat16:
      return Float32Array.from(d as Uint16Array, bfloat16ToNumber);
    case ScalarType.Long:
      return longsToNumbers(d as BigInt64Array);
    case ScalarType.ComplexHalf:
    case ScalarType.ComplexFloat:
    case ScalarType.ComplexDouble:
      // Real parts alone would be a wrong answer that nobody notices.
      throw new NotImplemented("this operator on complex numbers");
    default:
      return d as Numbers;
  }
}

/** Real parts of complex elements, which conversions to real types keep. */
function realParts(t: Tensor, sizes: readonly number[]): Float64Array {
  const c = complexes(t, sizes), out = new Float64Array(c.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = c[2 * i];
  return out;
}

/** int64 elements as doubles, through 32-bit halves, which V8 reads several times faster than BigInts. */
export function longsToNumbers(d: BigInt64Array): Float64Array {
  const pairs = new Int32Array(d.buffer, d.byteOffset, d.length * 2);
  const out = new Float64Array(d.length);
  for (let i = 0; i < out.length; i++) out[i] = pairs[2 * i + 1] * 4294967296 + (pairs[2 * i] >>> 0);
  return out;
}

/** Whether all values are integers that a double holds exactly. */
export function allSafe(v: ArrayLike<number>): boolean {
  for (let i = 0; i < v.length; i++) {
    if (!(v[i] <= 9007199254740991 && v[i] >= -9007199254740991)) return false;
  }
  return true;
}

/** Dense elements of an integer or bool tensor as int64. */
export function bigints(t: Tensor, sizes: readonly number[] = t.sizes): BigInt64Array {
  const d = denseData(t, sizes);
  if (t.scalarType === ScalarType.Long) return d as BigInt64Array;
  return BigInt64Array.from(
    numbers(t, sizes) as Float64Array,
    (x: number) => Number.isFinite(x) ? BigInt(Math.trunc(x)) : 0n,
  );
}

/** Dense elements as interleaved real and imaginary parts; real tensors get zero imaginary parts. */
export function complexes(t: Tensor, sizes: readonly number[] = t.sizes): Float64Array | Float32Array {
  if (isComplexType(t.scalarType)) {
    const d = denseData(t, sizes);
    return t.scalarType === ScalarType.ComplexHalf
      ? Float32Array.from(d as Uint16Array, halfToNumber)
      : d as Float32Array;
  }
  const re = numbers(t, sizes), out = new Float64Array(re.length * 2);
  for (let i = 0; i < re.length; i++) out[2 * i] = re[i];
  return out;
}

/** An array of the dtype's representation for `n` elements. */
export function makeArray(dtype: ScalarType, n: number): TypedArray {
  switch (dtype) {
    case ScalarType.Byte:
    case ScalarType.Bool:
    case ScalarType.QUInt8:
      return new Uint8Array(n);
    case ScalarType.Char:
    case ScalarType.QInt8:
      return new Int8Array(n);
    case ScalarType.Short:
      return new Int16Array(n);
    case ScalarType.Int:
    case ScalarType.QInt32:
      return new Int32Array(n);
    case ScalarType.Long:
      return new BigInt64Array(n);
    case ScalarType.Half:
    case ScalarType.BFloat16:
      return new Uint16Array(n);
    case ScalarType.ComplexHalf:
      return new Uint16Array(2 * n);
    case ScalarType.Float:
      return new Float32Array(n);
    case ScalarType.Double:
      return new Float64Array(n);
    case ScalarType.ComplexFloat:
      return new Float32Array(2 * n);
    case ScalarType.ComplexDouble:
      return new Float64Array(2 * n);
  }
}

/** Numbers converted to the dtype's representation with C's conversions; keeps `v` when it already is one. */
export function encodeNumbers(v: ArrayLike<number>, dtype: ScalarType): TypedArray {
  const n = v.length;
  switch (dtype) {
    case ScalarType.Float:
      return v instanceof Float32Array ? v : Float32Array.from(v);
    case ScalarType.Double:
      return v instanceof Float64Array ? v : Float64Array.from(v);
    case ScalarType.Half: {
      const out = new Uint16Array(n);
      for (let i = 0; i < n; i++) out[i] = numberToHalf(v[i]);
      return out;
    }
    case ScalarType.BFloat16: {
      const out = new Uint16Array(n);
      for (let i = 0; i < n; i++) out[i] = numberToBfloat16(v[i]);
      return out;
    }
    case ScalarType.Bool: {
      const out = new Uint8Array(n);
      for (let i = 0; i < n; i++) out[i] = v[i] !== 0 ? 1 : 0; // NaN is true
      return out;
    }
    case ScalarType.Long:
      return numbersToLongs(v);
    case ScalarType.ComplexHalf:
    case ScalarType.ComplexFloat:
    case ScalarType.ComplexDouble: {
      const pairs = new Float64Array(2 * n);
      for (let i = 0; i < n; i++) pairs[2 * i] = v[i];
      return encodeComplex(pairs, dtype);
    }
    case ScalarType.Byte:
      return v instanceof Uint8Array ? v : toSmall(v, new Uint8Array(n));
    case ScalarType.Char:
      return v instanceof Int8Array ? v : toSmall(v, new Int8Array(n));
    case ScalarType.Short:
      return v instanceof Int16Array ? v : toSmall(v, new Int16Array(n));
    case ScalarType.Int:
      return v instanceof Int32Array ? v : toInt32(v);
    default:
      return Int32Array.from(v);
  }
}

/** Out of int32's range (NaN and infinities too) x86 gives INT_MIN, of which narrow types keep the low bits: 0. */
function toSmall<A extends Uint8Array | Int8Array | Int16Array>(v: ArrayLike<number>, out: A): A {
  for (let i = 0; i < out.length; i++) out[i] = v[i];
  return out;
}
function toInt32(v: ArrayLike<number>): Int32Array {
  const out = new Int32Array(v.length);
  for (let i = 0; i < out.length; i++) out[i] = Number.isFinite(v[i]) ? v[i] : -2147483648;
  return out;
}

/** Doubles to int64, truncating; what int64 cannot hold becomes its minimum, as on x86. */
export function numbersToLongs(v: ArrayLike<number>): BigInt64Array {
  const out = new BigInt64Array(v.length), pairs = new Int32Array(out.buffer);
  for (let i = 0; i < v.length; i++) {
    const x = Math.trunc(v[i]);
    if (!(x >= -9223372036854775808 && x < 9223372036854775808)) {
      pairs[2 * i + 1] = -2147483648;
      continue;
    }
    const hi = Math.floor(x / 4294967296);
    pairs[2 * i + 1] = hi;
    pairs[2 * i] = x - hi * 4294967296;
  }
  return out;
}

/** Interleaved pairs to a complex dtype's representation. */
export function encodeComplex(v: Float64Array | Float32Array, dtype: ScalarType): TypedArray {
  if (dtype === ScalarType.ComplexDouble) return v instanceof Float64Array ? v : Float64Array.from(v);
  if (dtype === ScalarType.ComplexFloat) return v instanceof Float32Array ? v : Float32Array.from(v);
  return Uint16Array.from(v, numberToHalf);
}

/** A dense tensor from numbers. Takes over `v` when its representation is the dtype's: pass fresh arrays. */
export function fromNumbers(v: ArrayLike<number>, sizes: readonly number[], dtype: ScalarType): Tensor {
  return fromTypedArray(encodeNumbers(v, dtype), sizes, dtype);
}

export function fromBigints(v: BigInt64Array, sizes: readonly number[], dtype: ScalarType): Tensor {
  if (dtype === ScalarType.Long) return fromTypedArray(v, sizes, dtype);
  return fromNumbers(
    Float64Array.from(
      v as unknown as ArrayLike<bigint>,
      (x) => Number(BigInt.asIntN(32, x as unknown as bigint)),
    ),
    sizes,
    dtype,
  );
}

export function fromComplexes(
  v: Float64Array | Float32Array,
  sizes: readonly number[],
  dtype: ScalarType,
): Tensor {
  return fromTypedArray(encodeComplex(v, dtype), sizes, dtype);
}

/** Dense elements of `t` in the representation of `dtype`; a fresh array when `fresh`. */
export function converted(
  t: Tensor,
  dtype: ScalarType,
  sizes: readonly number[] = t.sizes,
  fresh = false,
): TypedArray {
  const from = t.scalarType;
  let out: TypedArray;
  if (from === dtype) out = denseData(t, sizes);
  else if (isComplexType(dtype)) {
    out = encodeComplex(complexes(t, sizes), dtype);
  } else if (from === ScalarType.Long && dtype !== ScalarType.Bool && !isFloatLike(dtype)) {
    const d = denseData(t, sizes) as BigInt64Array;
    const low = new Int32Array(d.length), pairs = new Int32Array(d.buffer, d.byteOffset, d.length * 2);
    for (let i = 0; i < low.length; i++) low[i] = pairs[2 * i];
    out = encodeNumbers(low, dtype);
  } else if (isComplexType(from) && dtype === ScalarType.Bool) {
    const c = complexes(t, sizes), b = new Uint8Array(c.length / 2);
    for (let i = 0; i < b.length; i++) b[i] = c[2 * i] !== 0 || c[2 * i + 1] !== 0 ? 1 : 0;
    out = b;
  } else out = encodeNumbers(isComplexType(from) ? realParts(t, sizes) : numbers(t, sizes), dtype);
  return fresh && out.buffer === t.storage.buffer ? out.slice() as TypedArray : out;
}

function isFloatLike(t: ScalarType): boolean {
  return t === ScalarType.Half || t === ScalarType.BFloat16 || t === ScalarType.Float ||
    t === ScalarType.Double;
}
