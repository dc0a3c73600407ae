/** 64-bit ints beyond the safe range, off the interpreter's hot path. */
import { RuntimeFault } from "../core/errors.ts";
import { type Int, wrapInt64 } from "../core/scalar.ts";

export function addInt(a: Int, b: Int): Int {
  return wrapInt64(BigInt(a) + BigInt(b));
}
export function subInt(a: Int, b: Int): Int {
  return wrapInt64(BigInt(a) - BigInt(b));
}
export function mulInt(a: Int, b: Int): Int {
  return wrapInt64(BigInt(a) * BigInt(b));
}
export function floorDivInt(a: Int, b: Int): Int {
  if (b == 0) throw new RuntimeFault("RuntimeError", "division by 0");
  if (typeof a === "number" && typeof b === "number") {
    // The quotient of large numbers may round up to the next integer, so it is exact through the remainder.
    // Adding 0 makes -0 an int.
    if (Math.abs(a) < 2 ** 31) return Math.floor(a / b) + 0;
    const r = a % b;
    return (r === 0 || (r < 0) === (b < 0) ? (a - r) / b : (a - r) / b - 1) + 0;
  }
  const x = BigInt(a), y = BigInt(b), q = x / y;
  return wrapInt64(x % y !== 0n && (x < 0n) !== (y < 0n) ? q - 1n : q);
}
export function modInt(a: Int, b: Int): Int {
  if (b == 0) throw new RuntimeFault("RuntimeError", "division by 0");
  if (typeof a === "number" && typeof b === "number") {
    const r = a % b;
    return r === 0 ? 0 : (r < 0) === (b < 0) ? r : r + b;
  }
  const x = BigInt(a), y = BigInt(b), r = x % y;
  return wrapInt64(r !== 0n && (r < 0n) !== (y < 0n) ? r + y : r);
}
