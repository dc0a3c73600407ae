/** Tensors of JavaScript's arrays, for callers that bring no operators to make them with. */
import { RuntimeFault } from "../core/errors.ts";
import { ScalarType } from "../core/scalar_type.ts";
import { Storage } from "../core/storage.ts";
import { numelOf, Tensor } from "../core/tensor.ts";

function scalarTypeOf(data: ArrayLike<number> | ArrayLike<bigint>): ScalarType {
  if (data instanceof Float64Array) return ScalarType.Double;
  if (data instanceof Int32Array) return ScalarType.Int;
  if (data instanceof Int16Array) return ScalarType.Short;
  if (data instanceof Int8Array) return ScalarType.Char;
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return ScalarType.Byte;
  if (data instanceof BigInt64Array || typeof data[0] === "bigint") return ScalarType.Long;
  return ScalarType.Float;
}

/**
 * A tensor over a copy of these elements, row by row: float32 for plain numbers, int64 for bigints, else the type of
 * the typed array. Throws ValueError when the sizes ask for another number of elements.
 */
export function tensor(data: ArrayLike<number> | ArrayLike<bigint>, sizes: readonly number[]): Tensor {
  if (numelOf(sizes) !== data.length) {
    throw new RuntimeFault("ValueError", `sizes [${sizes.join(", ")}] do not fit ${data.length} elements`);
  }
  const t = scalarTypeOf(data);
  const bytes = ArrayBuffer.isView(data) && !(data instanceof Uint8ClampedArray)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice().buffer
    : (t === ScalarType.Long
      ? BigInt64Array.from(data as ArrayLike<bigint>)
      : t === ScalarType.Byte
      ? Uint8Array.from(data as ArrayLike<number>)
      : Float32Array.from(data as ArrayLike<number>)).buffer;
  return new Tensor(Storage.fromBuffer(bytes as ArrayBuffer), t, sizes);
}
