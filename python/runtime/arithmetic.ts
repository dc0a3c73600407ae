/** Arithmetic of int, float, complex and bool, as Python's number methods compute it. */
import { Complex, Float, Int, normInt } from "../../core/scalar.ts";
import { PyComplexObject, PyFloatObject, PyIntObject, Value } from "./object.ts";
import { OverflowErrorType, raise, valueError, ZeroDivisionErrorType } from "./exceptions.ts";

export type ArithmeticOp =
  | "add"
  | "sub"
  | "mul"
  | "truediv"
  | "floordiv"
  | "mod"
  | "pow"
  | "lshift"
  | "rshift"
  | "and"
  | "or"
  | "xor";

const zeroDivision = (message: string) => raise(ZeroDivisionErrorType, message);

export function intAdd(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a + b;
    if (Number.isSafeInteger(r)) return r;
  }
  return normInt(BigInt(a) + BigInt(b));
}
export function intSub(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a - b;
    if (Number.isSafeInteger(r)) return r;
  }
  return normInt(BigInt(a) - BigInt(b));
}
export function intMul(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a * b;
    if (Number.isSafeInteger(r)) return r + 0;
  }
  return normInt(BigInt(a) * BigInt(b));
}
export function intFloorDiv(a: Int, b: Int): Int {
  if (b === 0) throw zeroDivision("integer division or modulo by zero");
  if (typeof a === "number" && typeof b === "number") return (a - intMod(a, b) as number) / b + 0;
  const x = BigInt(a), y = BigInt(b);
  const q = x / y;
  return normInt(x % y !== 0n && (x < 0n) !== (y < 0n) ? q - 1n : q);
}
export function intMod(a: Int, b: Int): any {
  if (b === 0) throw zeroDivision("integer modulo by zero");
  if (typeof a === "number" && typeof b === "number") {
    const r = a % b;
    return (r !== 0 && (r < 0) !== (b < 0) ? r + b : r) + 0;
  }
  const x = BigInt(a), y = BigInt(b);
  const r = x % y;
  return normInt(r !== 0n && (r < 0n) !== (y < 0n) ? r + y : r);
}
/** True division, correctly rounded also for ints beyond a double's range. */
export function intTrueDiv(a: Int, b: Int): Float {
  if (b === 0) throw zeroDivision("division by zero");
  if (typeof a === "number" && typeof b === "number") return new Float(a / b);
  let x = BigInt(a), y = BigInt(b);
  const negative = (x < 0n) !== (y < 0n);
  if (x < 0n) x = -x;
  if (y < 0n) y = -y;
  // Scale so that the quotient has 64 to 66 bits, then let the last one remember the remainder.
  const shift = 65 - (x.toString(2).length - y.toString(2).length);
  const n = shift > 0 ? x << BigInt(shift) : x, d = shift > 0 ? y : y << BigInt(-shift);
  const q = n / d;
  const v = Number(n % d === 0n ? q : q | 1n) * 2 ** -Math.max(-1000, Math.min(1000, shift));
  const r = Math.abs(shift) > 1000 ? v * 2 ** -(shift - Math.sign(shift) * 1000) : v;
  if (!Number.isFinite(r)) throw raise(OverflowErrorType, "integer division result too large for a float");
  return new Float(negative ? -r : r);
}
export function intPow(a: Int, b: Int): Value {
  if (b < 0) {
    if (a === 0) throw zeroDivision("0.0 cannot be raised to a negative power");
    return new Float(intToNumber(a) ** Number(b));
  }
  if (typeof a === "number" && typeof b === "number") {
    const r = a ** b;
    if (Number.isSafeInteger(r) && Math.abs(r) < 2 ** 52) return r + 0;
  }
  return normInt(BigInt(a) ** BigInt(b));
}
/** pow(a, b, m). */
export function intPowMod(a: Int, b: Int, m: Int): Int {
  if (m === 0) throw valueError("pow() 3rd argument cannot be 0");
  let n = BigInt(m);
  const negative = n < 0n;
  if (negative) n = -n;
  let base = ((BigInt(a) % n) + n) % n, e = BigInt(b);
  if (e < 0n) {
    base = inverse(base, n);
    e = -e;
  }
  let r = 1n % n;
  for (; e > 0n; e >>= 1n) {
    if (e & 1n) r = r * base % n;
    base = base * base % n;
  }
  return normInt(negative && r !== 0n ? r - n : r);
}
function inverse(a: bigint, n: bigint): bigint {
  let [r0, r1, s0, s1] = [a, n, 1n, 0n];
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1, s0, s1] = [r1, r0 - q * r1, s1, s0 - q * s1];
  }
  if (r0 !== 1n) throw valueError("base is not invertible for the given modulus");
  return ((s0 % n) + n) % n;
}
export function intShift(a: Int, n: Int, left: boolean): Int {
  if (n < 0) throw valueError("negative shift count");
  if (left) {
    if (typeof a === "number" && typeof n === "number" && n < 52) {
      const r = a * 2 ** n;
      if (Number.isSafeInteger(r)) return r + 0;
    }
    return normInt(BigInt(a) << BigInt(n));
  }
  if (typeof a === "number") {
    return typeof n === "number" && n < 1000 ? Math.floor(a / 2 ** n) + 0 : a < 0 ? -1 : 0;
  }
  return normInt(a >> BigInt(n));
}
export function intBits(op: "and" | "or" | "xor", a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b) {
    return op === "and" ? a & b : op === "or" ? a | b : a ^ b;
  }
  const x = BigInt(a), y = BigInt(b);
  return normInt(op === "and" ? x & y : op === "or" ? x | y : x ^ y);
}

/** The double nearest an int; OverflowError beyond the range. */
export function intToNumber(v: Int): number {
  const n = Number(v);
  if (!Number.isFinite(n)) throw raise(OverflowErrorType, "int too large to convert to float");
  return n;
}

export function floatMod(a: number, b: number): number {
  if (b === 0) throw zeroDivision("float modulo");
  const r = a % b;
  if (r === 0) return b < 0 ? -0 : 0;
  return (r < 0) !== (b < 0) ? r + b : r;
}
export function floatFloorDiv(a: number, b: number): number {
  if (b === 0) throw zeroDivision("float floor division by zero");
  const m = a % b;
  let d = (a - m) / b;
  if (m !== 0 && (b < 0) !== (m < 0)) d -= 1;
  if (d === 0) return a / b < 0 ? -0 : 0;
  const f = Math.floor(d);
  return d - f > 0.5 ? f + 1 : f;
}
export function floatPow(a: number, b: number): Value {
  if (a === 0 && b < 0) throw zeroDivision("0.0 cannot be raised to a negative power");
  if (a === 1 || (a === -1 && !Number.isFinite(b) && !Number.isNaN(b))) return new Float(1);
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) {
    return complexPow(new Complex(a, 0), new Complex(b, 0));
  }
  const r = a ** b;
  if (!Number.isFinite(r) && Number.isFinite(a) && Number.isFinite(b)) {
    throw raise(OverflowErrorType, 34, "Numerical result out of range");
  }
  return new Float(r);
}

function floatOp(op: ArithmeticOp, a: number, b: number): Value | undefined {
  switch (op) {
    case "add":
      return new Float(a + b);
    case "sub":
      return new Float(a - b);
    case "mul":
      return new Float(a * b);
    case "truediv":
      if (b === 0) throw zeroDivision("float division by zero");
      return new Float(a / b);
    case "floordiv":
      return new Float(floatFloorDiv(a, b));
    case "mod":
      return new Float(floatMod(a, b));
    case "pow":
      return floatPow(a, b);
  }
  return undefined;
}

function intOp(op: ArithmeticOp, a: Int, b: Int): Value {
  switch (op) {
    case "add":
      return intAdd(a, b);
    case "sub":
      return intSub(a, b);
    case "mul":
      return intMul(a, b);
    case "truediv":
      return intTrueDiv(a, b);
    case "floordiv":
      return intFloorDiv(a, b);
    case "mod":
      return intMod(a, b);
    case "pow":
      return intPow(a, b);
    case "lshift":
      return intShift(a, b, true);
    case "rshift":
      return intShift(a, b, false);
    default:
      return intBits(op, a, b);
  }
}

function complexOp(op: ArithmeticOp, a: Complex, b: Complex): Value | undefined {
  switch (op) {
    case "add":
      return new Complex(a.re + b.re, a.im + b.im);
    case "sub":
      return new Complex(a.re - b.re, a.im - b.im);
    case "mul":
      return new Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
    case "truediv":
      return complexDiv(a, b);
    case "pow":
      return complexPow(a, b);
  }
  return undefined;
}

function complexDiv(a: Complex, b: Complex): Complex {
  if (b.re === 0 && b.im === 0) throw zeroDivision("complex division by zero");
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const r = b.im / b.re, d = b.re + b.im * r;
    return new Complex((a.re + a.im * r) / d, (a.im - a.re * r) / d);
  }
  const r = b.re / b.im, d = b.re * r + b.im;
  return new Complex((a.re * r + a.im) / d, (a.im * r - a.re) / d);
}

function complexPow(a: Complex, b: Complex): Complex {
  if (b.re === 0 && b.im === 0) return new Complex(1, 0);
  if (a.re === 0 && a.im === 0) {
    if (b.im !== 0 || b.re < 0) throw zeroDivision("0.0 to a negative or complex power");
    return new Complex(0, 0);
  }
  if (b.im === 0 && Number.isInteger(b.re) && Math.abs(b.re) <= 100) {
    let r = new Complex(1, 0), p = a;
    for (let n = Math.abs(b.re); n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) r = complexOp("mul", r, p) as Complex;
      p = complexOp("mul", p, p) as Complex;
    }
    return b.re < 0 ? complexDiv(new Complex(1, 0), r) : r;
  }
  const modulus = Math.hypot(a.re, a.im), angle = Math.atan2(a.im, a.re);
  let length = modulus ** b.re, phase = angle * b.re;
  if (b.im !== 0) {
    length /= Math.exp(angle * b.im);
    phase += b.im * Math.log(modulus);
  }
  return new Complex(length * Math.cos(phase), length * Math.sin(phase));
}

/** The int behind an int or bool (or subclass instance), else undefined. */
export function intOf(v: Value): Int | undefined {
  switch (typeof v) {
    case "number":
    case "bigint":
      return v;
    case "boolean":
      return v ? 1 : 0;
  }
  return v instanceof PyIntObject ? v.value : undefined;
}

function floatOf(v: Value): number | undefined {
  if (v instanceof Float) return v.value;
  return v instanceof PyFloatObject ? v.value : undefined;
}

function complexOf(v: Value): Complex | undefined {
  if (v instanceof Complex) return v;
  return v instanceof PyComplexObject ? v.value : undefined;
}

/** `a op b` for two numbers; undefined if either is something else or the op is not defined for them. */
export function numberOp(op: ArithmeticOp, a: Value, b: Value): Value | undefined {
  const i = intOf(a), j = intOf(b);
  if (i !== undefined && j !== undefined) {
    if (typeof a === "boolean" && typeof b === "boolean") {
      if (op === "and") return a && b;
      if (op === "or") return a || b;
      if (op === "xor") return a !== b;
    }
    return intOp(op, i, j);
  }
  const x = i ?? floatOf(a), y = j ?? floatOf(b);
  if (x !== undefined && y !== undefined) {
    return floatOp(
      op,
      typeof x === "bigint" ? intToNumber(x) : x,
      typeof y === "bigint" ? intToNumber(y) : y,
    );
  }
  const z = complexOf(a), w = complexOf(b);
  if ((z === undefined && x === undefined) || (w === undefined && y === undefined)) return undefined;
  return complexOp(op, z ?? new Complex(Number(x), 0), w ?? new Complex(Number(y), 0));
}
