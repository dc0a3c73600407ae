/**
 * Elementwise operators: a generated kernel where there is one for the types and the tensors are large enough to gain by
 * it, else the scalar function in a plain loop.
 */
import { CPU } from "../../core/device.ts";
import { Complex, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { NoHostBytes } from "../../core/storage.ts";
import type { ScalarType } from "../../core/scalar_type.ts";
import { contiguousStrides, numelOf, Tensor, type TypedArray } from "../../core/tensor.ts";
import { type Backend, backendFor } from "../backend.ts";
import type { Declaration, Tag } from "../declaration.ts";
import {
  accepts,
  constant,
  type Expr,
  hasRow,
  input,
  op,
  rowOf,
  scalar,
  type ValueType,
  valueTypeOf,
} from "../expr/mod.ts";
import { overlaps, pointwise as kernelPointwise, vectorised } from "../wasm/mod.ts";
import { emptyTensor, fromTypedArray, resultStrides } from "./allocation.ts";
import { copyInto, sameSizes, writeDense } from "./copy.ts";
import { makeArray } from "./dense.ts";
import { type Operand, operandSizes } from "./promotion.ts";
import { type ScalarFunction, scalarIn, scalarLoop, toBig } from "./scalar_loops.ts";

export { type C, type ScalarFunction, toBig, toPair } from "./scalar_loops.ts";

/** An elementwise computation before it is run, so that it can be run into a tensor that is there already. */
export interface Elementwise {
  readonly f: ScalarFunction;
  readonly operands: readonly Operand[];
  /** Operands convert to this first. */
  readonly compute: ScalarType;
  /** Results convert to this. */
  readonly result: ScalarType;
}

/** Fewer elements than this are computed in plain loops: calling a kernel costs about as much. */
let kernelsFrom = 64;

/** Sets from how many elements on kernels are used, for tests of either way; gives what was set. */
export function useKernelsFrom(elements: number): number {
  const before = kernelsFrom;
  kernelsFrom = elements;
  return before;
}

/** Whether an operation that takes several kernels or copies goes to them: from eight times as many elements on. */
export function worthKernels(elements: number): boolean {
  return elements >= 8 * kernelsFrom;
}

export function elementwise(
  f: ScalarFunction,
  operands: readonly Operand[],
  compute: ScalarType,
  result: ScalarType = compute,
): Elementwise {
  return { f, operands, compute, result };
}

/** A declaration by its plan: the kernel runs it into a fresh tensor, in-place and `out=` forms into what they write. */
export function pointwiseOp(
  doc: string,
  // deno-lint-ignore no-explicit-any
  plan: (...args: any[]) => Elementwise | Tensor,
  tags?: readonly Tag[],
  tolerance?: readonly [number, number],
): Declaration & { readonly plan: typeof plan } {
  return { doc, kernel: (...args) => computed(plan(...args)), plan, tags, tolerance };
}

/** The computation's result as a fresh tensor, its strides after the operands' as PyTorch's are. */
export function computed(e: Elementwise | Tensor): Tensor {
  if (e instanceof Tensor) return e;
  const sizes = operandSizes(e.operands), device = deviceOf(e.operands);
  if (device) {
    const k = onDevice(e, device);
    const out = device.empty(
      sizes.slice(),
      e.result,
      sizes.length < 2 ? undefined : resultStrides(sizes, k.inputs),
    );
    device.pointwise(k.expr, out, k.inputs, k.scalars);
    return out;
  }
  if (numelOf(sizes) >= kernelsFrom) {
    const k = kernelOf(e);
    if (k) {
      const strides = sizes.length < 2 ? undefined : resultStrides(sizes, k.inputs);
      const out = emptyTensor(sizes.slice(), e.result, strides);
      if (kernelPointwise(k.expr, out, k.inputs, k.scalars)) return out;
    }
  }
  return placed(scalarLoop(e.f, e.operands, sizes, e.compute, e.result), sizes, e.result, e.operands);
}

/** Applies `f` elementwise. Operands convert to `compute` first; results to `result`. */
export function pointwise(
  f: ScalarFunction,
  operands: readonly Operand[],
  compute: ScalarType,
  result: ScalarType = compute,
): Tensor {
  return computed(elementwise(f, operands, compute, result));
}

/** Runs the computation over `out`, which has the broadcast sizes and may be an operand. */
export function computeInto(out: Tensor, e: Elementwise): void {
  const device = backendFor(out) ?? deviceOf(e.operands);
  if (device) {
    const k = onDevice(e, device);
    return device.pointwise(k.expr, out, k.inputs, k.scalars);
  }
  if (out.numel >= kernelsFrom) {
    const k = kernelOf(e);
    if (k && k.inputs.every((t) => !overlaps(out, t)) && kernelPointwise(k.expr, out, k.inputs, k.scalars)) {
      return;
    }
  }
  copyInto(out, computed(e));
}

/** The backend of the operands' device, when it is not the CPU. */
function deviceOf(operands: readonly Operand[]): Backend | undefined {
  for (const o of operands) {
    if (o instanceof Tensor && o.storage.device !== CPU) return backendFor(o);
  }
  return undefined;
}

function onDevice(e: Elementwise, device: Backend): Prepared {
  const k = prepared(e, (t) => device.computeType(t));
  if (!k) throw new NoHostBytes(device.device);
  return k;
}

interface Prepared {
  readonly expr: Expr;
  readonly inputs: readonly Tensor[];
  readonly scalars: readonly (number | bigint)[];
}

/** Expressions by function (its row, or the maker itself), then by types and which operands are numbers. */
const exprs = new Map<NonNullable<ScalarFunction["row"]>, Map<string, Expr | null>>();

/** As `prepared`, for the CPU's kernels; null when none computes it. */
function kernelOf(e: Elementwise): Prepared | null {
  const k = prepared(e, valueTypeOf);
  return k && isVectorised(k.expr) ? k : null;
}

const vectorisedExprs = new WeakMap<Expr, boolean>();
function isVectorised(e: Expr): boolean {
  let known = vectorisedExprs.get(e);
  if (known === undefined) vectorisedExprs.set(e, known = vectorised(e));
  return known;
}

/** The expression with its leaves sorted into tensors and numbers; null when there is none. */
function prepared(e: Elementwise, typeOf: (t: ScalarType) => ValueType | undefined): Prepared | null {
  const row = e.f.row, t = typeOf(e.compute), result = typeOf(e.result);
  if (row === undefined || t === undefined || result === undefined) return null;
  const inputs: Tensor[] = [], numbers: Scalar[] = [];
  let form = t + result;
  for (const o of e.operands) {
    if (o instanceof Tensor) inputs.push(o), form += "t";
    else if (o instanceof Complex) return null;
    else if (row === "pow") form += scalarToNumber(o);
    else numbers.push(o), form += "s";
  }
  let known = exprs.get(row);
  if (!known) exprs.set(row, known = new Map());
  let expr = known.get(form);
  if (expr === undefined) {
    // exponents are written into the kernel, and there are as many as there are programs
    if (known.size > 256) known.clear();
    known.set(form, expr = makeExpr(e, t));
  }
  if (!expr) return null;
  const scalars = numbers.map((v) => t === "i64" ? toBig(v) : scalarIn(v, e.compute));
  return { expr, inputs, scalars };
}

function makeExpr(e: Elementwise, t: ValueType): Expr | null {
  const row = e.f.row!;
  let tensors = 0, numbers = 0;
  const leaves = e.operands.map((o) =>
    o instanceof Tensor
      ? input(tensors++, t)
      : row === "pow"
      ? constant(t === "i64" ? toBig(o) : scalarIn(o, e.compute), t)
      : scalar(numbers++, t)
  );
  let expr: Expr | null;
  if (typeof row !== "string") expr = row(...leaves);
  else expr = hasRow(row) && accepts(rowOf(row).on, t) ? op(row, ...leaves) : null;
  return expr;
}

/** A dense array as a tensor laid out as pointwise results of these operands are. */
export function placed(
  data: TypedArray,
  sizes: readonly number[],
  dtype: ScalarType,
  operands: readonly Operand[],
): Tensor {
  const dense = fromTypedArray(data, sizes.slice(), dtype);
  if (sizes.length < 2) return dense;
  const tensors = operands.filter((o) => o instanceof Tensor);
  const strides = resultStrides(sizes, tensors);
  if (sameSizes(strides, contiguousStrides(sizes))) return dense;
  const out = new Tensor(
    fromTypedArray(makeArray(dtype, numelOf(sizes)), sizes, dtype).storage,
    dtype,
    dense.sizes,
    strides,
  );
  writeDense(out, data);
  return out;
}
