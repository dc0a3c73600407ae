/** XXH32 with seed 0 (Collet, "xxHash fast digest algorithm", v0.1.1): every single changed byte changes it. */
const P1 = 0x9e3779b1 | 0, P2 = 0x85ebca77 | 0, P3 = 0xc2b2ae3d | 0, P4 = 0x27d4eb2f | 0, P5 = 0x165667b1 | 0;

const rotate = (x: number, r: number) => (x << r) | (x >>> (32 - r));
const round = (acc: number, lane: number) => Math.imul(rotate((acc + Math.imul(lane, P2)) | 0, 13), P1);

/** The digest as an unsigned 32-bit number. */
export function xxhash32(bytes: Uint8Array): number {
  const n = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, n);
  let at = 0, h = P5;
  if (n >= 16) {
    let a = (P1 + P2) | 0, b = P2, c = 0, d = -P1 | 0;
    for (const end = n - 16; at <= end; at += 16) {
      a = round(a, view.getInt32(at, true));
      b = round(b, view.getInt32(at + 4, true));
      c = round(c, view.getInt32(at + 8, true));
      d = round(d, view.getInt32(at + 12, true));
    }
    h = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0;
  }
  h = (h + n) | 0;
  for (; at + 4 <= n; at += 4) {
    h = Math.imul(rotate((h + Math.imul(view.getInt32(at, true), P3)) | 0, 17), P4);
  }
  for (; at < n; at++) h = Math.imul(rotate((h + Math.imul(bytes[at], P5)) | 0, 11), P1);
  h = Math.imul(h ^ (h >>> 15), P2);
  h = Math.imul(h ^ (h >>> 13), P3);
  return (h ^ (h >>> 16)) >>> 0;
}
