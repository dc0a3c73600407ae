/**
 * Scalar expressions: small typed DAGs over the elements of input tensors and runtime scalars. An operator's
 * pointwise meaning is one expression; every backend lowers it through the rows (`rows.ts`), and fusing two
 * operators means using one expression as the other's input.
 */
import { ScalarType } from "../../core/scalar_type.ts";

/** Type of a scalar value. Narrow integers wrap after every operation, as tensors of their type do. */
export type ValueType = "bool" | "u8" | "i8" | "i16" | "i32" | "i64" | "f32" | "f64";

export interface Expr {
  /** `input`, `scalar`, `const`, `cast`, `bitcast`, or the name of a row. */
  readonly op: string;
  /** Type of the value. */
  readonly type: ValueType;
  readonly args: readonly Expr[];
  /** Which input or scalar parameter, for those two. */
  readonly index: number;
  /** The constant: a bigint exactly when the type is i64. */
  readonly value: number | bigint;
}

const VALUE_TYPES: Partial<Record<ScalarType, ValueType>> = {
  [ScalarType.Bool]: "bool",
  [ScalarType.Byte]: "u8",
  [ScalarType.Char]: "i8",
  [ScalarType.Short]: "i16",
  [ScalarType.Int]: "i32",
  [ScalarType.Long]: "i64",
  [ScalarType.Float]: "f32",
  [ScalarType.Double]: "f64",
};

/** The value type of a tensor element type; undefined for those expressions do not cover (16-bit, complex). */
export function valueTypeOf(t: ScalarType): ValueType | undefined {
  return VALUE_TYPES[t];
}

export function isFloat(t: ValueType): t is "f32" | "f64" {
  return t === "f32" || t === "f64";
}

function make(
  op: string,
  type: ValueType,
  args: readonly Expr[],
  index: number,
  value: number | bigint,
): Expr {
  return { op, type, args, index, value };
}

/** Element of input tensor `index`, converted to `type` when the tensor has another. */
export function input(index: number, type: ValueType): Expr {
  return make("input", type, [], index, 0);
}

/** Runtime scalar parameter `index`: kernels are not specialised on its value. */
export function scalar(index: number, type: ValueType): Expr {
  return make("scalar", type, [], index, 0);
}

/** A constant; kernels are specialised on it. */
export function constant(value: number | bigint | boolean, type: ValueType): Expr {
  if (typeof value === "boolean") value = value ? 1 : 0;
  if (type === "i64") value = BigInt.asIntN(64, typeof value === "bigint" ? value : BigInt(value));
  else value = Number(value);
  return make("const", type, [], 0, value);
}

/** Conversion with PyTorch's rules: to bool by `!= 0`, float to integer by truncation, wrapping to narrow types. */
export function cast(type: ValueType, arg: Expr): Expr {
  if (arg.type === type) return arg;
  if (arg.op === "const" && !isFloat(arg.type) && isFloat(type)) return constant(Number(arg.value), type);
  return make("cast", type, [arg], 0, 0);
}

/** Reinterprets the bits: f32 and i32, f64 and i64. */
export function bitcast(type: ValueType, arg: Expr): Expr {
  return arg.type === type ? arg : make("bitcast", type, [arg], 0, 0);
}

/** A node of known result type; `op` in `rows.ts` checks and infers, this does not. */
export function node(name: string, type: ValueType, args: readonly Expr[]): Expr {
  return make(name, type, args, 0, 0);
}

/** The expression with every `input(i)` replaced by `inputs[i]` and scalars renumbered from `firstScalar`. */
export function substitute(e: Expr, inputs: readonly Expr[], firstScalar = 0): Expr {
  const done = new Map<Expr, Expr>();
  const walk = (x: Expr): Expr => {
    let r = done.get(x);
    if (r) return r;
    if (x.op === "input") r = cast(x.type, inputs[x.index]);
    else if (x.op === "scalar") r = scalar(x.index + firstScalar, x.type);
    else if (x.args.length === 0) r = x;
    else r = make(x.op, x.type, x.args.map(walk), x.index, x.value);
    done.set(x, r);
    return r;
  };
  return walk(e);
}

/** One more than the largest input index used, and the same for scalars. */
export function arityOf(e: Expr): { inputs: number; scalars: number } {
  let inputs = 0, scalars = 0;
  const seen = new Set<Expr>();
  const walk = (x: Expr) => {
    if (seen.has(x)) return;
    seen.add(x);
    if (x.op === "input") inputs = Math.max(inputs, x.index + 1);
    else if (x.op === "scalar") scalars = Math.max(scalars, x.index + 1);
    x.args.forEach(walk);
  };
  walk(e);
  return { inputs, scalars };
}

/** A leaf or operation as text, given the numbers of its arguments; equal text means equal value. */
export function nodeText(e: Expr, args: readonly number[]): string {
  switch (e.op) {
    case "input":
      return `in${e.index}:${e.type}`;
    case "scalar":
      return `s${e.index}:${e.type}`;
    case "const":
      return `${Object.is(e.value, -0) ? "-0" : e.value}:${e.type}`;
    default:
      return `${e.op}:${e.type}(${args.join(",")})`;
  }
}

const keys = new WeakMap<Expr, string>();

/** Canonical text of the whole expression: the identity of its kernels. */
export function keyOf(e: Expr): string {
  const known = keys.get(e);
  if (known !== undefined) return known;
  const byText = new Map<string, number>();
  const byNode = new Map<Expr, number>();
  const walk = (x: Expr): number => {
    const seen = byNode.get(x);
    if (seen !== undefined) return seen;
    const text = nodeText(x, x.args.map(walk));
    let id = byText.get(text);
    if (id === undefined) byText.set(text, id = byText.size);
    byNode.set(x, id);
    return id;
  };
  walk(e);
  const key = [...byText.keys()].join(";");
  keys.set(e, key);
  return key;
}
