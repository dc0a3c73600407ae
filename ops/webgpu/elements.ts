/**
 * How elements lie in GPU memory. WGSL stores in words, so every element of up to four bytes takes a whole word:
 * bool 0 or 1, narrow integers as i32, the 16-bit floats as f32 (rounded to their type at every store). int64 takes
 * two words. Offsets and strides stay in elements. float64 and complex have no place there.
 */
import { bfloat16ToNumber, halfToNumber, numberToBfloat16, numberToHalf } from "../../core/element.ts";
import { RuntimeFault } from "../../core/errors.ts";
import { ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import type { TypedArray } from "../../core/tensor.ts";
import { type ValueType, valueTypeOf } from "../expr/mod.ts";

/** The type that kernels compute an element in. */
export function computeType(t: ScalarType): ValueType {
  if (t === ScalarType.Half || t === ScalarType.BFloat16) return "f32";
  const v = valueTypeOf(t);
  if (v === undefined || v === "f64") refuse(t);
  return v;
}

function refuse(t: ScalarType): never {
  throw new RuntimeFault(
    "TypeError",
    `Cannot convert a webgpu Tensor to ${scalarTypeInfo(t).dtype} dtype as WebGPU has no ${
      scalarTypeInfo(t).dtype
    }. Please use ${t === ScalarType.Double ? "float32 instead" : "real tensors or the CPU"}.`,
  );
}

/** Words of an element. */
export function wordsOf(t: ScalarType): 1 | 2 {
  return computeType(t) === "i64" ? 2 : 1;
}

/** WGSL's type of a stored element. */
export function storedType(t: ScalarType): "f32" | "i32" | "vec2<u32>" {
  const v = computeType(t);
  return v === "f32" ? "f32" : v === "i64" ? "vec2<u32>" : "i32";
}

/** Functions that stores of 16-bit floats call. */
export const ROUNDING = `fn wick_round_f16(x: f32) -> f32 {
  if (abs(x) >= 65520.0) { return bitcast<f32>((bitcast<u32>(x) & 0x80000000u) | 0x7f800000u); }
  return unpack2x16float(pack2x16float(vec2<f32>(x, 0.0))).x;
}
fn wick_round_bf16(x: f32) -> f32 {
  let u = bitcast<u32>(x);
  if ((u & 0x7fffffffu) > 0x7f800000u) { return x; }
  return bitcast<f32>((u + 0x7fffu + ((u >> 16u) & 1u)) & 0xffff0000u);
}`;

/** Text of a value of `computeType(t)` as it is stored. */
export function storeText(text: string, t: ScalarType): string {
  if (t === ScalarType.Bool) return `i32(${text})`;
  if (t === ScalarType.Half) return `wick_round_f16(${text})`;
  return t === ScalarType.BFloat16 ? `wick_round_bf16(${text})` : text;
}

/** Text of a stored element as a value of `computeType(t)`. */
export function loadText(text: string, t: ScalarType): string {
  return t === ScalarType.Bool ? `(${text} != 0)` : text;
}

/** Host elements as they lie on the GPU; fresh bytes. */
export function packWords(data: TypedArray, t: ScalarType): Uint8Array {
  computeType(t);
  let words: Float32Array | Int32Array | BigInt64Array;
  if (t === ScalarType.Half || t === ScalarType.BFloat16) {
    const f = t === ScalarType.Half ? halfToNumber : bfloat16ToNumber;
    words = new Float32Array(data.length);
    for (let i = 0; i < data.length; i++) words[i] = f((data as Uint16Array)[i]);
  } else if (t === ScalarType.Float || t === ScalarType.Long) words = (data as Float32Array).slice();
  else words = Int32Array.from(data as Uint8Array);
  return new Uint8Array(words.buffer, 0, words.byteLength);
}

/** The reverse: GPU words as an array of the element type. */
export function unpackWords(bytes: Uint8Array, t: ScalarType): TypedArray {
  const { buffer, byteOffset, byteLength } = bytes;
  if (t === ScalarType.Long) return new BigInt64Array(buffer as ArrayBuffer, byteOffset, byteLength / 8);
  if (t === ScalarType.Half || t === ScalarType.BFloat16) {
    const f = t === ScalarType.Half ? numberToHalf : numberToBfloat16;
    return Uint16Array.from(new Float32Array(buffer as ArrayBuffer, byteOffset, byteLength / 4), f);
  }
  if (t === ScalarType.Float) return new Float32Array(buffer as ArrayBuffer, byteOffset, byteLength / 4);
  const words = new Int32Array(buffer as ArrayBuffer, byteOffset, byteLength / 4);
  switch (t) {
    case ScalarType.Int:
      return words;
    case ScalarType.Short:
      return Int16Array.from(words);
    case ScalarType.Char:
      return Int8Array.from(words);
    default:
      return Uint8Array.from(words);
  }
}
