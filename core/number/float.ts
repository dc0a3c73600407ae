/** Python's float operations on raw doubles, and the crossings between ints and floats. */
import { RuntimeFault } from "../errors.ts";
import { type Complex, Float, type Int, normInt } from "../scalar.ts";
import { complexPow, makeComplex } from "./complex.ts";
import { intBitLength, intPowNonNegative } from "./int.ts";

/** A double's sign bit, which -0 and negative NaN-free values have. */
export function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}

export function copySign(x: number, sign: number): number {
  return isNegative(x) === isNegative(sign) ? x : -x;
}

/** float(int): nearest double, OverflowError beyond the range. */
export function intToFloat(a: Int): number {
  if (typeof a === "number") return a;
  const r = Number(a);
  if (r === Infinity || r === -Infinity) {
    throw new RuntimeFault("OverflowError", "int too large to convert to float");
  }
  return r;
}

/** int(float): towards zero. */
export function intFromFloat(x: number): Int {
  if (x !== x) throw new RuntimeFault("ValueError", "cannot convert float NaN to integer");
  if (x === Infinity || x === -Infinity) {
    throw new RuntimeFault("OverflowError", "cannot convert float infinity to integer");
  }
  const t = Math.trunc(x);
  return Number.isSafeInteger(t) ? t + 0 : normInt(BigInt(t));
}

/** The nearest double to `q * 2**exp`, ties to even, also among subnormals. Infinity when out of range. */
export function scaleBigInt(q: bigint, exp: number): number {
  if (q === 0n) return 0;
  const negative = q < 0n;
  let m = negative ? -q : q;
  const top = intBitLength(normInt(m)) - 1 + exp;
  if (top > 1024) return negative ? -Infinity : Infinity;
  if (top < -1080) return negative ? -0 : 0;
  // Exponent of the lowest bit that the result keeps.
  const low = Math.max(top - 52, -1074);
  const drop = low - exp;
  if (drop > 0) {
    const half = 1n << BigInt(drop - 1), rest = m & ((half << 1n) - 1n);
    m >>= BigInt(drop);
    if (rest > half || (rest === half && (m & 1n) === 1n)) m += 1n;
    exp = low;
  } else if (drop < 0) {
    m <<= BigInt(-drop);
    exp = low;
  }
  // m has at most 53 bits (or is 2**53); splitting the power keeps every step exact.
  const half = Math.trunc(exp / 2);
  const r = Number(m) * 2 ** half * 2 ** (exp - half);
  return negative ? -r : r;
}

/** `a / b` of ints, correctly rounded. */
export function intTrueDiv(a: Int, b: Int): number {
  if (b === 0) throw new RuntimeFault("ZeroDivisionError", "division by zero");
  if (typeof a === "number" && typeof b === "number") {
    const r = a / b;
    return a === 0 ? 0 : r;
  }
  let x = BigInt(a), y = BigInt(b);
  const negative = (x < 0n) !== (y < 0n);
  if (x < 0n) x = -x;
  if (y < 0n) y = -y;
  // A quotient of 66 bits or more with a sticky lowest bit rounds as the exact one does.
  const shift = Math.max(-1200, 66 - (intBitLength(normInt(x)) - intBitLength(normInt(y))));
  if (shift > 0) x <<= BigInt(shift);
  else y <<= BigInt(-shift);
  let q = x / y;
  if (q * y !== x) q |= 1n;
  const r = scaleBigInt(q, -shift);
  if (r === Infinity) {
    throw new RuntimeFault("OverflowError", "integer division result too large for a float");
  }
  return negative ? -r : r;
}

export function floatTrueDiv(a: number, b: number): number {
  if (b === 0) throw new RuntimeFault("ZeroDivisionError", "float division by zero");
  return a / b;
}

/** Quotient and remainder as Python's divmod: the remainder has the divisor's sign. */
function floatDivModRaw(a: number, b: number): [number, number] {
  let mod = a % b;
  let div = (a - mod) / b;
  if (mod !== 0) {
    if ((b < 0) !== (mod < 0)) {
      mod += b;
      div -= 1;
    }
  } else mod = copySign(0, b);
  let floor;
  if (div !== 0) {
    floor = Math.floor(div);
    if (div - floor > 0.5) floor += 1;
  } else floor = copySign(0, a / b);
  return [floor, mod];
}

export function floatFloorDiv(a: number, b: number): number {
  if (b === 0) throw new RuntimeFault("ZeroDivisionError", "float floor division by zero");
  return floatDivModRaw(a, b)[0];
}

export function floatMod(a: number, b: number): number {
  if (b === 0) throw new RuntimeFault("ZeroDivisionError", "float modulo");
  return floatDivModRaw(a, b)[1];
}

export function floatDivMod(a: number, b: number): [number, number] {
  if (b === 0) throw new RuntimeFault("ZeroDivisionError", "float divmod()");
  return floatDivModRaw(a, b);
}

/** C's pow where JS differs from it: 1**nan and (-1)**inf are 1. Never raises. */
export function cPow(a: number, b: number): number {
  if (a === 1 || (a === -1 && (b === Infinity || b === -Infinity))) return 1;
  return Math.pow(a, b);
}

/** `a ** b`: a complex when a negative base meets a fractional exponent. */
export function floatPow(a: number, b: number): number | Complex {
  if (b === 0) return 1;
  if (a === 0 && b < 0) {
    throw new RuntimeFault("ZeroDivisionError", "0.0 cannot be raised to a negative power");
  }
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) {
    return complexPow(makeComplex(a, 0), makeComplex(b, 0));
  }
  const r = cPow(a, b);
  if ((r === Infinity || r === -Infinity) && Number.isFinite(a) && Number.isFinite(b)) {
    throw new RuntimeFault("OverflowError", "(34, 'Numerical result out of range')");
  }
  return r;
}

/** `a ** b` of ints: a float for a negative exponent. */
export function intPow(a: Int, b: Int): Int | Float {
  if (b >= 0) return intPowNonNegative(a, b);
  return new Float(floatPow(intToFloat(a), intToFloat(b)) as number);
}

/** A finite double as an odd mantissa (or 0) times a power of two. */
export function decompose(x: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  let mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  let exponent = (biased === 0 ? 1 : biased) - 1075;
  if (mantissa === 0n) return { mantissa: 0n, exponent: 0 };
  while ((mantissa & 0xffffn) === 0n) {
    mantissa >>= 16n;
    exponent += 16;
  }
  while ((mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    exponent += 1;
  }
  return { mantissa: bits >> 63n ? -mantissa : mantissa, exponent };
}

/** float.as_integer_ratio. */
export function floatAsIntegerRatio(x: number): [Int, Int] {
  if (x !== x) throw new RuntimeFault("ValueError", "cannot convert NaN to integer ratio");
  if (!Number.isFinite(x)) {
    throw new RuntimeFault("OverflowError", "cannot convert Infinity to integer ratio");
  }
  const { mantissa, exponent } = decompose(x);
  if (exponent >= 0) return [normInt(mantissa << BigInt(exponent)), 1];
  return [normInt(mantissa), normInt(1n << BigInt(-exponent))];
}

/** math.frexp: x = m * 2**e with 0.5 <= |m| < 1. */
export function frexp(x: number): [number, number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0];
  let e = 0, m = x;
  if (Math.abs(m) < 2 ** -1022) {
    m *= 2 ** 54;
    e = -54;
  }
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, m);
  const high = view.getUint32(0);
  e += ((high >>> 20) & 0x7ff) - 1022;
  view.setUint32(0, (high & ~0x7ff00000) | (1022 << 20));
  return [view.getFloat64(0), e];
}

/** x * 2**n with one rounding. */
export function ldexp(x: number, n: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const { mantissa, exponent } = decompose(x);
  return scaleBigInt(mantissa, exponent + Math.max(-5000, Math.min(5000, n)));
}

/** float.hex: `0x1.8000000000000p+0`. */
export function floatHex(x: number): string {
  if (x !== x) return "nan";
  if (x === Infinity) return "inf";
  if (x === -Infinity) return "-inf";
  const sign = isNegative(x) ? "-" : "";
  if (x === 0) return sign + "0x0.0p+0";
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const digits = (bits & 0xfffffffffffffn).toString(16).padStart(13, "0");
  const e = biased === 0 ? -1022 : biased - 1023;
  return `${sign}0x${biased === 0 ? 0 : 1}.${digits}p${e < 0 ? "-" : "+"}${Math.abs(e)}`;
}

/** float.fromhex. */
export function floatFromHex(text: string): number {
  const s = text.trim();
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(s);
  if (special) {
    const v = special[2][0].toLowerCase() === "n" ? NaN : Infinity;
    return special[1] === "-" ? -v : v;
  }
  const m = /^([+-]?)(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i.exec(s);
  if (!m || (m[2] + (m[3] ?? "")) === "") {
    throw new RuntimeFault("ValueError", "invalid hexadecimal floating-point string");
  }
  const fraction = m[3] ?? "";
  const mantissa = BigInt("0x" + m[2] + fraction);
  const e = Math.max(-1e9, Math.min(1e9, Number(m[4] ?? 0))) - 4 * fraction.length;
  const r = scaleBigInt(mantissa, e);
  if (r === Infinity) {
    throw new RuntimeFault("OverflowError", "hexadecimal value too large to represent as a float");
  }
  return m[1] === "-" ? -r : r;
}
