/** Damaged copies of a file: every byte changed in turn, cut at every length; and checksums made to fit again. */
import { HEADER_BYTES, SECTION_ROW_BYTES } from "../../bytecode/wick/layout.ts";
import { xxhash32 } from "../../bytecode/wick/xxhash32.ts";

export interface Mutation {
  readonly what: string;
  readonly bytes: Uint8Array;
}

/** Mutations `from`, `from + stride`, ... of the file. */
export function* mutations(file: Uint8Array, stride: number, from = 0): Generator<Mutation> {
  for (let i = from; i < file.length; i += stride) {
    const bytes = file.slice();
    bytes[i] ^= 1 << (i % 8) | 0x20;
    yield { what: `byte ${i} changed`, bytes };
    yield { what: `cut to ${i} bytes`, bytes: file.slice(0, i) };
  }
}

/** Writes the checksums that the bytes as they are should have; false where there is no table to write them in. */
export function reseal(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(12, true), tableEnd = HEADER_BYTES + SECTION_ROW_BYTES * count;
  if (tableEnd > bytes.length) return false;
  view.setBigUint64(16, BigInt(bytes.length), true);
  for (let i = 0; i < count; i++) {
    const at = HEADER_BYTES + SECTION_ROW_BYTES * i;
    const offset = Number(view.getBigUint64(at + 8, true)), length = Number(view.getBigUint64(at + 16, true));
    view.setUint32(at + 4, xxhash32(bytes.subarray(offset, offset + length)), true);
  }
  view.setUint32(4, xxhash32(bytes.subarray(8, tableEnd)), true);
  return true;
}
