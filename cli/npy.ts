/** NumPy's .npy files: one tensor each. */
import { ScalarType, scalarTypeInfo } from "../core/scalar_type.ts";
import { Storage } from "../core/storage.ts";
import { Tensor } from "../core/tensor.ts";
import { onHost } from "../ops/backend.ts";
import { contiguous } from "../ops/reference/copy.ts";
import { InputError } from "./exit_codes.ts";

const CODES: Readonly<Record<string, ScalarType>> = {
  "|u1": ScalarType.Byte,
  "|i1": ScalarType.Char,
  "<i2": ScalarType.Short,
  "<i4": ScalarType.Int,
  "<i8": ScalarType.Long,
  "<f2": ScalarType.Half,
  "<f4": ScalarType.Float,
  "<f8": ScalarType.Double,
  "|b1": ScalarType.Bool,
  "<c8": ScalarType.ComplexFloat,
  "<c16": ScalarType.ComplexDouble,
};

/** The tensor of a .npy file (versions 1 to 3, little endian, C order). */
export function readNpy(bytes: Uint8Array, name: string): Tensor {
  const text = (a: number, b: number) => new TextDecoder("latin1").decode(bytes.subarray(a, b));
  if (text(1, 6) !== "NUMPY") throw new InputError(`${name}: this is no .npy file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6] >= 2, start = wide ? 12 : 10;
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = text(start, end);
  const descr = /'descr':\s*'([^']+)'/.exec(header)?.[1], shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  const type = descr === undefined ? undefined : CODES[descr];
  if (type === undefined || shape === undefined) {
    throw new InputError(`${name}: elements of type ${descr} cannot be read`);
  }
  if (/'fortran_order':\s*True/.test(header)) {
    throw new InputError(`${name}: Fortran order cannot be read; save it in C order`);
  }
  const sizes = shape.split(",").map((s) => s.trim()).filter(Boolean).map(Number);
  const need = sizes.reduce((a, b) => a * b, 1) * scalarTypeInfo(type).bytes;
  if (bytes.length - end < need) {
    throw new InputError(`${name}: ${need} bytes of data expected, ${bytes.length - end} found`);
  }
  return new Tensor(Storage.fromBuffer(bytes.slice(end, end + need).buffer), type, sizes);
}

/** A tensor as a .npy file of version 1. */
export function writeNpy(t: Tensor): Uint8Array {
  const code = Object.keys(CODES).find((c) => CODES[c] === t.scalarType);
  if (!code) throw new InputError(`tensors of ${scalarTypeInfo(t.scalarType).dtype} have no .npy form`);
  const dense = contiguous(onHost(t));
  const shape = t.sizes.length === 1 ? `(${t.sizes[0]},)` : `(${t.sizes.join(", ")})`;
  const head = `{'descr': '${code}', 'fortran_order': False, 'shape': ${shape}, }`;
  const length = Math.ceil((head.length + 11) / 64) * 64 - 10;
  const data = dense.storage.bytes().subarray(
    dense.storageOffset * t.itemSize,
    (dense.storageOffset + t.numel) * t.itemSize,
  );
  const out = new Uint8Array(10 + length + data.length);
  out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 255, length >> 8]);
  out.set(new TextEncoder().encode(head.padEnd(length - 1) + "\n"), 10);
  out.set(data, 10 + length);
  return out;
}
