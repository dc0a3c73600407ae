/** Arithmetic between int, bool, float and complex values: which rule of core/number applies. */
import { Complex, Float, type Int } from "../../core/scalar.ts";
import * as n from "../../core/number/mod.ts";
import { PyComplexObject, PyFloatObject, PyIntObject, type Value } from "./object.ts";

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

function floatOp(op: ArithmeticOp, a: number, b: number): Value | undefined {
  switch (op) {
    case "add":
      return new Float(a + b);
    case "sub":
      return new Float(a - b);
    case "mul":
      return new Float(a * b);
    case "truediv":
      return new Float(n.floatTrueDiv(a, b));
    case "floordiv":
      return new Float(n.floatFloorDiv(a, b));
    case "mod":
      return new Float(n.floatMod(a, b));
    case "pow": {
      const r = n.floatPow(a, b);
      return typeof r === "number" ? new Float(r) : r;
    }
  }
  return undefined;
}

function intOp(op: ArithmeticOp, a: Int, b: Int): Value {
  switch (op) {
    case "add":
      return n.intAdd(a, b);
    case "sub":
      return n.intSub(a, b);
    case "mul":
      return n.intMul(a, b);
    case "truediv":
      return new Float(n.intTrueDiv(a, b));
    case "floordiv":
      return n.intFloorDiv(a, b);
    case "mod":
      return n.intMod(a, b);
    case "pow":
      return n.intPow(a, b);
    case "lshift":
      return n.intLshift(a, b);
    case "rshift":
      return n.intRshift(a, b);
    case "and":
      return n.intAnd(a, b);
    case "or":
      return n.intOr(a, b);
    case "xor":
      return n.intXor(a, b);
  }
}

function complexOp(op: ArithmeticOp, a: Complex, b: Complex): Value | undefined {
  switch (op) {
    case "add":
      return n.complexAdd(a, b);
    case "sub":
      return n.complexSub(a, b);
    case "mul":
      return n.complexMul(a, b);
    case "truediv":
      return n.complexDiv(a, b);
    case "pow":
      return n.complexPow(a, b);
  }
  return undefined;
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

/** The double behind a float (or subclass instance), else undefined. */
export function floatOf(v: Value): number | undefined {
  if (v instanceof Float) return v.value;
  return v instanceof PyFloatObject ? v.value : undefined;
}

export function complexOf(v: Value): Complex | undefined {
  if (v instanceof Complex) return v;
  return v instanceof PyComplexObject ? v.value : undefined;
}

export const intToNumber = n.intToFloat;

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
