/** CPython's hashes: equal numbers of different types hash alike; a tuple's comes from its items' hashes. */
import { Complex, Float, type Int, normInt, type Scalar } from "../scalar.ts";
import { decompose } from "./float.ts";

const P = (1n << 61n) - 1n;

export function hashInt(n: Int): Int {
  if (typeof n === "number") return n === -1 ? -2 : n;
  const h = n < 0n ? -(-n % P) : n % P;
  return h === -1n ? -2 : normInt(h);
}

/** NaN hashes to 0 here; where identity should decide, the caller does. */
export function hashFloat(x: number): Int {
  if (Number.isSafeInteger(x)) return x === -1 ? -2 : x + 0;
  if (x !== x) return 0;
  if (x === Infinity) return 314159;
  if (x === -Infinity) return -314159;
  const { mantissa, exponent } = decompose(x);
  // Multiplying by 2**e modulo 2**61 - 1 is a rotation by e modulo 61.
  const shift = BigInt(((exponent % 61) + 61) % 61);
  const m = mantissa < 0n ? -mantissa : mantissa;
  const h = ((m % P) << shift) % P;
  const signed = mantissa < 0n ? -h : h;
  return signed === -1n ? -2 : normInt(signed);
}

export function hashNumber(v: Scalar): Int {
  if (typeof v === "boolean") return v ? 1 : 0;
  if (v instanceof Float) return hashFloat(v.value);
  if (v instanceof Complex) {
    if (v.im === 0) return hashFloat(v.re);
    const h = BigInt.asIntN(64, BigInt(hashFloat(v.re)) + 1000003n * BigInt(hashFloat(v.im)));
    return h === -1n ? -2 : normInt(h);
  }
  return hashInt(v);
}

/** Stable across runs (CPython salts its own), within 53 bits. */
export function hashString(s: string): number {
  let a = 0x811c9dc5, b = 0x9747b28c;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return (a >>> 0) * 0x100000 + (b >>> 12);
}

/** Hash of a tuple from the hashes of its items. */
export function hashTuple(hashes: readonly Int[]): Int {
  const p1 = 11400714785074694791n, p2 = 14029467366897019727n, p5 = 2870177450012600261n;
  const mask = (1n << 64n) - 1n;
  let acc = p5;
  for (const h of hashes) {
    acc = (acc + (BigInt(h) & mask) * p2) & mask;
    acc = ((acc << 31n) | (acc >> 33n)) & mask;
    acc = (acc * p1) & mask;
  }
  acc = (acc + (BigInt(hashes.length) ^ (p5 ^ 3527539n))) & mask;
  if (acc === mask) return 1546275796;
  return normInt(BigInt.asIntN(64, acc));
}
