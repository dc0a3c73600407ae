/** Arithmetic on unbounded Python ints. Results are always normalised, and never the number -0. */
import { RuntimeFault } from "../errors.ts";
import { type Int, normInt } from "../scalar.ts";

const MAX = Number.MAX_SAFE_INTEGER;
/** Bits beyond which an int is refused rather than tried: V8's own limit for a bigint. */
const MAX_BITS = 1 << 30;

function tooBig(): RuntimeFault {
  return new RuntimeFault("OverflowError", "too many digits in integer");
}

export function intAdd(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a + b;
    if (r <= MAX && r >= -MAX) return r;
  }
  return normInt(BigInt(a) + BigInt(b));
}

export function intSub(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a - b;
    if (r <= MAX && r >= -MAX) return r;
  }
  return normInt(BigInt(a) - BigInt(b));
}

export function intMul(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a * b;
    if (r <= MAX && r >= -MAX) return r + 0;
  }
  return normInt(BigInt(a) * BigInt(b));
}

export function intNeg(a: Int): Int {
  return typeof a === "number" ? 0 - a : normInt(-a);
}

export function intAbs(a: Int): Int {
  return a < 0 ? intNeg(a) : a;
}

export function intInvert(a: Int): Int {
  return intSub(-1, a);
}

/** `a // b`, rounded towards minus infinity. */
export function intFloorDiv(a: Int, b: Int): Int {
  if (b === 0) throw new RuntimeFault("ZeroDivisionError", "integer division or modulo by zero");
  // Exact: for safe a and b the quotient's distance to the next integer is more than half an ulp.
  if (typeof a === "number" && typeof b === "number") return Math.floor(a / b) + 0;
  const x = BigInt(a), y = BigInt(b);
  const q = x / y;
  return normInt(x % y !== 0n && (x < 0n) !== (y < 0n) ? q - 1n : q);
}

/** `a % b`, with the sign of `b`. */
export function intMod(a: Int, b: Int): Int {
  if (b === 0) throw new RuntimeFault("ZeroDivisionError", "integer modulo by zero");
  if (typeof a === "number" && typeof b === "number") {
    const r = a % b;
    return (r !== 0 && (r < 0) !== (b < 0) ? r + b : r) + 0;
  }
  const y = BigInt(b), r = BigInt(a) % y;
  return normInt(r !== 0n && (r < 0n) !== (y < 0n) ? r + y : r);
}

export function intDivMod(a: Int, b: Int): [Int, Int] {
  return [intFloorDiv(a, b), intMod(a, b)];
}

/** `a ** b` for b >= 0. (A negative exponent gives a float: `intPow` in float.ts decides.) */
export function intPowNonNegative(a: Int, b: Int): Int {
  if (a === 0 || a === 1) return b === 0 ? 1 : a;
  if (a === -1) return (typeof b === "number" ? b % 2 === 0 : (b & 1n) === 0n) ? 1 : -1;
  if (typeof b === "bigint") throw tooBig();
  if (typeof a === "number") {
    let result = 1, base = a, n = b;
    for (;;) {
      if (n % 2 === 1) result *= base;
      n = Math.floor(n / 2);
      if (n === 0) break;
      base *= base;
      if (base > MAX) break;
    }
    if (n === 0 && result <= MAX && result >= -MAX) return result;
  }
  if (intBitLength(a) as number * b > MAX_BITS) throw tooBig();
  return normInt(BigInt(a) ** BigInt(b));
}

/** `pow(a, b, m)`. */
export function intPowMod(a: Int, b: Int, m: Int): Int {
  if (m === 0) throw new RuntimeFault("ValueError", "pow() 3rd argument cannot be 0");
  const mod = BigInt(m) < 0n ? -BigInt(m) : BigInt(m);
  let base = ((BigInt(a) % mod) + mod) % mod;
  let e = BigInt(b);
  if (e < 0n) {
    base = modularInverse(base, mod);
    e = -e;
  }
  let result = 1n % mod;
  for (; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * base) % mod;
    base = (base * base) % mod;
  }
  return normInt(m < 0 && result !== 0n ? result - mod : result);
}

function modularInverse(a: bigint, m: bigint): bigint {
  let [r0, r1, s0, s1] = [m, a, 0n, 1n];
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [s0, s1] = [s1, s0 - q * s1];
  }
  if (r0 !== 1n) throw new RuntimeFault("ValueError", "base is not invertible for the given modulus");
  return ((s0 % m) + m) % m;
}

export function intLshift(a: Int, n: Int): Int {
  if (n < 0) throw new RuntimeFault("ValueError", "negative shift count");
  if (a === 0) return 0;
  if (typeof n === "bigint" || n > MAX_BITS) throw tooBig();
  if (typeof a === "number" && n < 53) {
    const r = a * 2 ** n;
    if (r <= MAX && r >= -MAX) return r;
  }
  return normInt(BigInt(a) << BigInt(n));
}

export function intRshift(a: Int, n: Int): Int {
  if (n < 0) throw new RuntimeFault("ValueError", "negative shift count");
  if (typeof n === "bigint") return a < 0 ? -1 : 0;
  if (typeof a === "number") return n > 53 ? (a < 0 ? -1 : 0) : Math.floor(a / 2 ** n);
  return normInt(a >> BigInt(n));
}

export function intAnd(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) return a & b;
  return normInt(BigInt(a) & BigInt(b));
}

export function intOr(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) return a | b;
  return normInt(BigInt(a) | BigInt(b));
}

export function intXor(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) return a ^ b;
  return normInt(BigInt(a) ^ BigInt(b));
}

/** Bits needed for the magnitude; 0 for 0. */
export function intBitLength(a: Int): number {
  if (typeof a === "number") {
    const v = Math.abs(a);
    if (v < 2 ** 32) return 32 - Math.clz32(v);
    return 64 - Math.clz32(Math.floor(v / 2 ** 32));
  }
  const hex = (a < 0n ? -a : a).toString(16);
  return hex.length * 4 - Math.clz32(parseInt(hex[0], 16)) + 28;
}

/** Ones in the magnitude's binary form. */
export function intBitCount(a: Int): number {
  const bits = (a < 0 ? intNeg(a) : a).toString(2);
  let n = 0;
  for (let i = 0; i < bits.length; i++) if (bits.charCodeAt(i) === 49) n++;
  return n;
}

export function intGcd(a: Int, b: Int): Int {
  let x = intAbs(a), y = intAbs(b);
  while (y !== 0) {
    if (typeof x === "number" && typeof y === "number") [x, y] = [y, x % y];
    else [x, y] = [y, intMod(x, y)];
  }
  return x;
}

/** Largest int whose square is at most `a`; ValueError below zero. */
export function intSqrt(a: Int): Int {
  if (a < 0) throw new RuntimeFault("ValueError", "isqrt() argument must be nonnegative");
  if (typeof a === "number") {
    let r = Math.floor(Math.sqrt(a));
    while (r * r > a) r--;
    while ((r + 1) * (r + 1) <= a) r++;
    return r;
  }
  let x = 1n << BigInt((intBitLength(a) + 1) >> 1);
  for (;;) {
    const y = (x + a / x) >> 1n;
    if (y >= x) return normInt(x);
    x = y;
  }
}

/** int.to_bytes. OverflowError when it does not fit. */
export function intToBytes(a: Int, length: number, little: boolean, signed: boolean): Uint8Array {
  if (a < 0 && !signed) throw new RuntimeFault("OverflowError", "can't convert negative int to unsigned");
  const bits = BigInt(length) * 8n;
  const v = BigInt(a);
  const fits = signed
    ? (length === 0 ? v === 0n : v >= -(1n << (bits - 1n)) && v < 1n << (bits - 1n))
    : v < 1n << bits;
  if (!fits) throw new RuntimeFault("OverflowError", "int too big to convert");
  const hex = length === 0 ? "" : BigInt.asUintN(length * 8, v).toString(16).padStart(length * 2, "0");
  const out = new Uint8Array(length);
  for (let i = 0; i < length; i++) out[little ? length - 1 - i : i] = parseInt(hex.substr(i * 2, 2), 16);
  return out;
}

/** int.from_bytes. */
export function intFromBytes(bytes: Uint8Array, little: boolean, signed: boolean): Int {
  if (bytes.length === 0) return 0;
  let hex = "";
  for (let i = 0; i < bytes.length; i++) {
    hex += bytes[little ? bytes.length - 1 - i : i].toString(16).padStart(2, "0");
  }
  const v = BigInt("0x" + hex);
  return normInt(signed ? BigInt.asIntN(bytes.length * 8, v) : v);
}
