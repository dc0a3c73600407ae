/** CRC-32 as zip files carry it. */
import { crc32 as compute } from "node:zlib";

export function crc32(bytes: Uint8Array): number {
  return compute(bytes);
}
