/**
 * CRC-32 and deflate by the platform's zlib. It takes longer to load than a small model to save, so it loads with the
 * first bytes that are worth it.
 */
import process from "node:process";
import type * as Zlib from "node:zlib";

/** Bytes from which loading zlib is quicker than a table. */
const WORTH_LOADING = 1 << 20;

let loaded: typeof Zlib | undefined;
function zlib(): typeof Zlib {
  return loaded ??= process.getBuiltinModule("node:zlib") as typeof Zlib;
}

/** Checksums of the single bytes (polynomial 0xedb88320, bits reversed). */
let table: Uint32Array | undefined;
function byteTable(): Uint32Array {
  return table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? byte >>> 1 ^ 0xedb88320 : byte >>> 1;
    return byte;
  });
}

/** CRC-32 as zip files carry it. */
export function crc32(bytes: Uint8Array): number {
  if (loaded || bytes.length >= WORTH_LOADING) return zlib().crc32(bytes);
  const t = byteTable();
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = crc >>> 8 ^ t[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}

/** Raw deflate, as small as it gets. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return zlib().deflateRawSync(bytes, { level: 9 });
}

/** Raw inflate. Throws when the data is damaged or holds more than `size` bytes. */
export function inflate(bytes: Uint8Array, size: number): Uint8Array {
  return zlib().inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });
}
