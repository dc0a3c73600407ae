/** TorchScript ints: 64-bit two's complement, wrapping. Division and remainder follow Python's signs. */
import { RuntimeFault } from "../errors.ts";
import { type Int, wrapInt64 } from "../scalar.ts";
import { intFloorDiv, intMod } from "./int.ts";

const MAX = Number.MAX_SAFE_INTEGER;

export function addInt64(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a + b;
    if (r <= MAX && r >= -MAX) return r;
  }
  return wrapInt64(BigInt(a) + BigInt(b));
}

export function subInt64(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a - b;
    if (r <= MAX && r >= -MAX) return r;
  }
  return wrapInt64(BigInt(a) - BigInt(b));
}

export function mulInt64(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const r = a * b;
    if (r <= MAX && r >= -MAX) return r + 0;
  }
  return wrapInt64(BigInt(a) * BigInt(b));
}

export function negInt64(a: Int): Int {
  return typeof a === "number" ? 0 - a : wrapInt64(-a);
}

/** Rounds towards minus infinity; ZeroDivisionError by zero. */
export function floorDivInt64(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number" && b !== 0) return Math.floor(a / b) + 0;
  if (b === 0) throw new RuntimeFault("ZeroDivisionError", "integer division or modulo by zero");
  return wrapInt64(BigInt(intFloorDiv(a, b)));
}

/** Rounds towards zero, as C does; ZeroDivisionError by zero. */
export function truncDivInt64(a: Int, b: Int): Int {
  if (b === 0) throw new RuntimeFault("ZeroDivisionError", "integer division or modulo by zero");
  if (typeof a === "number" && typeof b === "number") return Math.trunc(a / b) + 0;
  return wrapInt64(BigInt(a) / BigInt(b));
}

/** Sign of the divisor, as Python's `%`. */
export function modInt64(a: Int, b: Int): Int {
  return intMod(a, b);
}

/** Left shift of the 64-bit pattern; a count outside 0..63 gives 0 or fails as Python does when negative. */
export function lshiftInt64(a: Int, n: Int): Int {
  if (n < 0) throw new RuntimeFault("ValueError", "negative shift count");
  if (n > 63) return 0;
  return wrapInt64(BigInt(a) << BigInt(n));
}

/** Arithmetic right shift. */
export function rshiftInt64(a: Int, n: Int): Int {
  if (n < 0) throw new RuntimeFault("ValueError", "negative shift count");
  if (n > 63) return a < 0 ? -1 : 0;
  if (typeof a === "number") return Math.floor(a / 2 ** Number(n));
  return wrapInt64(a >> BigInt(n));
}

/** Wraps any Python int to the 64-bit value TorchScript keeps. */
export function toInt64(a: Int): Int {
  return typeof a === "number" ? a : wrapInt64(a);
}

/** A double cut to int64 as a C cast on x86-64 does it: out of range and NaN give the lowest int64. */
export function int64FromDouble(x: number): Int {
  const t = Math.trunc(x);
  if (t <= MAX && t >= -MAX) return t + 0;
  if (!(t < 2 ** 63 && t >= -(2 ** 63))) return -(1n << 63n);
  return wrapInt64(BigInt(t));
}
