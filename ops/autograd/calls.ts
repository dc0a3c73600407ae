/**
 * Operators as derivatives write them. Every call goes through dispatch, so that with `create_graph` derivatives are
 * recorded like any other computation.
 */
import { type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { settled } from "../../core/pending.ts";
import { Complex, Float, type Scalar } from "../../core/scalar.ts";
import { isComplexType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import { AnyTensorType, IntType, OptionalType } from "../../core/types.ts";
import { callOperator } from "../dispatch.ts";
import { type Operator, operator } from "../operator.ts";

const known = new Map<string, Operator>();

/** Calls `aten::KEY` with register values; JS arrays of ints and tensors become lists. */
export function run(key: string, ...args: unknown[]): IValue {
  let op = known.get(key);
  if (!op) known.set(key, op = operator(`aten::${key}`));
  return settled(callOperator(op, args.map(registered)));
}
/** As `run`, for operators that give one tensor. */
export function at(key: string, ...args: unknown[]): Tensor {
  return run(key, ...args) as Tensor;
}
/** As `run`, for operators that give several tensors. */
export function all(key: string, ...args: unknown[]): Tensor[] {
  const v = run(key, ...args);
  return (v instanceof TupleValue || v instanceof ListValue ? v.items : [v]) as Tensor[];
}

function registered(v: unknown): IValue {
  if (!Array.isArray(v)) return (v ?? null) as IValue;
  if (v.some((x) => x instanceof Tensor)) {
    const optional = v.some((x) => x === null);
    return new ListValue(optional ? new OptionalType(AnyTensorType) : AnyTensorType, v);
  }
  return new ListValue(IntType, v);
}

type Operand = Tensor | number;

/** A JS number in a formula is a float. */
function scalar(v: number | Scalar): Scalar {
  return typeof v === "number" ? (Number.isInteger(v) ? v : new Float(v)) : v;
}

export function add(a: Tensor, b: Operand): Tensor {
  return b instanceof Tensor ? at("add.Tensor", a, b, 1) : at("add.Scalar", a, scalar(b), 1);
}
export function sub(a: Tensor, b: Operand): Tensor {
  return b instanceof Tensor ? at("sub.Tensor", a, b, 1) : at("sub.Scalar", a, scalar(b), 1);
}
/** `a - b` of a number and a tensor. */
export function rsub(a: number, b: Tensor): Tensor {
  return at("rsub.Scalar", b, scalar(a), 1);
}
export function mul(a: Tensor, b: Operand): Tensor {
  return b instanceof Tensor ? at("mul.Tensor", a, b) : at("mul.Scalar", a, scalar(b));
}
/** The product of all. */
export function product(...all: Tensor[]): Tensor {
  return all.reduce((a, b) => mul(a, b));
}
/** A tensor times a Scalar of the program, which may be complex. */
export function scale(a: Tensor, s: Scalar): Tensor {
  if ((s instanceof Float && s.value === 1) || s === 1 || s === true) return a;
  return at("mul.Scalar", a, s);
}
export function div(a: Tensor, b: Operand): Tensor {
  return b instanceof Tensor ? at("div.Tensor", a, b) : at("div.Scalar", a, scalar(b));
}
export function neg(a: Tensor): Tensor {
  return at("neg", a);
}
export function pow(a: Tensor, b: Operand): Tensor {
  return b instanceof Tensor ? at("pow.Tensor_Tensor", a, b) : at("pow.Tensor_Scalar", a, scalar(b));
}
export function square(a: Tensor): Tensor {
  return mul(a, a);
}
export function sqrt(a: Tensor): Tensor {
  return at("sqrt", a);
}
export function exp(a: Tensor): Tensor {
  return at("exp", a);
}
export function log(a: Tensor): Tensor {
  return at("log", a);
}
export function reciprocal(a: Tensor): Tensor {
  return at("reciprocal", a);
}
/** The conjugate; real tensors are their own. */
export function conj(a: Tensor): Tensor {
  return isComplexType(a.scalarType) ? at("conj_physical", a) : a;
}
/** The conjugate of a Scalar. */
export function conjScalar(s: Scalar): Scalar {
  return s instanceof Complex ? new Complex(s.re, -s.im) : s;
}
export function scalarIsZero(s: Scalar): boolean {
  if (s instanceof Complex) return s.re === 0 && s.im === 0;
  return Number(s instanceof Float ? s.value : s) === 0;
}
/** A Scalar as a JS number. */
export function real(s: Scalar): number {
  return s instanceof Float ? s.value : s instanceof Complex ? s.re : Number(s);
}

export function where(cond: Tensor, a: Tensor, b: Tensor): Tensor {
  return at("where.self", cond, a, b);
}
/** `a` where the condition holds, 0 elsewhere. */
export function keepWhere(cond: Tensor, a: Tensor): Tensor {
  return at("masked_fill.Scalar", a, at("logical_not", cond), 0);
}
/** `a`, 0 where the condition holds. */
export function zeroWhere(cond: Tensor, a: Tensor): Tensor {
  return at("masked_fill.Scalar", a, cond, 0);
}
export function zerosLike(a: Tensor): Tensor {
  return at("zeros_like", a);
}
export function onesLike(a: Tensor): Tensor {
  return at("ones_like", a);
}
export function fullLike(a: Tensor, v: number): Tensor {
  return at("full_like", a, new Float(v));
}
/** A tensor of zeros of the sizes, with `like`'s dtype. */
export function newZeros(like: Tensor, sizes: readonly number[]): Tensor {
  return at("new_zeros", like, [...sizes]);
}
export function compare(op: "eq" | "ne" | "lt" | "le" | "gt" | "ge", a: Tensor, b: Operand): Tensor {
  return b instanceof Tensor ? at(`${op}.Tensor`, a, b) : at(`${op}.Scalar`, a, scalar(b));
}
/** A mask as numbers of the other's dtype. */
export function like(mask: Tensor, other: Tensor): Tensor {
  return cast(mask, other.scalarType);
}
export function cast(a: Tensor, dtype: number): Tensor {
  return a.scalarType === dtype ? a : at("to.dtype", a, dtype);
}

export function sum(a: Tensor, dims?: readonly number[], keepdim = false): Tensor {
  return dims === undefined ? at("sum", a) : at("sum.dim_IntList", a, [...dims], keepdim);
}
export function expand(a: Tensor, sizes: readonly number[]): Tensor {
  return at("expand", a, [...sizes]);
}
export function reshape(a: Tensor, sizes: readonly number[]): Tensor {
  return at("reshape", a, [...sizes]);
}
export function unsqueeze(a: Tensor, dim: number): Tensor {
  return at("unsqueeze", a, dim);
}
export function squeeze(a: Tensor, dim: number): Tensor {
  return at("squeeze.dim", a, dim);
}
export function transpose(a: Tensor, i = -2, j = -1): Tensor {
  return at("transpose.int", a, i, j);
}
/** The conjugate transpose of the last two dimensions. */
export function adjoint(a: Tensor): Tensor {
  return conj(transpose(a));
}
export function permute(a: Tensor, dims: readonly number[]): Tensor {
  return at("permute", a, [...dims]);
}
export function matmul(a: Tensor, b: Tensor): Tensor {
  return at("matmul", a, b);
}
export function select(a: Tensor, dim: number, i: number): Tensor {
  return at("select.int", a, dim, i);
}
export function narrow(a: Tensor, dim: number, start: number, length: number): Tensor {
  return at("slice.Tensor", a, dim, start, start + length, 1);
}
export function cat(list: readonly Tensor[], dim: number): Tensor {
  return at("cat", [...list], dim);
}
export function flip(a: Tensor, dims: readonly number[]): Tensor {
  return at("flip", a, [...dims]);
}

/** Sums `g` over what broadcasting from `sizes` has added. */
export function sumTo(g: Tensor, sizes: readonly number[]): Tensor {
  const lead = g.dim - sizes.length, dims: number[] = [];
  for (let i = 0; i < g.dim; i++) {
    if (i < lead || (sizes[i - lead] === 1 && g.sizes[i] !== 1)) dims.push(i);
  }
  if (dims.length === 0) return g;
  const s = sum(g, dims, true);
  return lead > 0 ? at("view", s, [...sizes]) : s;
}
/** Dimension numbers from the front. */
export function wrapped(dim: number, ndim: number): number {
  return dim < 0 ? dim + Math.max(ndim, 1) : dim;
}
/** `g` with the reduced dimensions put back as size 1. */
export function unreduced(
  g: Tensor,
  sizes: readonly number[],
  dims: readonly number[] | null,
  keepdim: boolean,
): Tensor {
  if (keepdim || sizes.length === 0) return g;
  const n = sizes.length;
  const reduced = dims === null || dims.length === 0
    ? sizes.map((_, i) => i)
    : dims.map((d) => wrapped(d, n));
  const put = [...reduced].sort((a, b) => a - b);
  return put.reduce((t, d) => unsqueeze(t, d), g);
}
/** Number of elements along the dimensions; of all when there are none given. */
export function countOf(sizes: readonly number[], dims: readonly number[] | null): number {
  if (dims === null || dims.length === 0) return sizes.reduce((a, b) => a * b, 1);
  return dims.reduce((n, d) => n * (sizes[wrapped(d, sizes.length)] ?? 1), 1);
}
