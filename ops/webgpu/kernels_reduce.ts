/** Reduction operators and softmax: shapes and dtypes, and the expressions they reduce with. */
import { check } from "../../core/errors.ts";
import { type Complex, Float, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { isFloatingType, isIntegralType, ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { reshape } from "../aten/view.ts";
import type { Kernel } from "../declaration.ts";
import { call } from "../dispatch.ts";
import { cast, constant, type Expr, input, isFloat, op, type ValueType } from "../expr/mod.ts";
import { getDefaultDtype } from "../reference/allocation.ts";
import { wrapDim, wrapDims } from "../reference/dims.ts";
import { emptyTensor } from "./device.ts";
import { computeType } from "./elements.ts";
import { contiguous } from "./inputs.ts";
import { extremeWithIndex, reduce, type Reduction } from "./reduce.ts";
import { softmax } from "./rows.ts";

type Dims = readonly number[] | null;
type Dtype = ScalarType | null;

const reductions = new Map<string, Reduction>();
function reduction(key: string, make: () => Reduction): Reduction {
  let r = reductions.get(key);
  if (!r) reductions.set(key, r = make());
  return r;
}

function keptSizes(x: Tensor, dims: readonly number[], keepdim: boolean): number[] {
  return x.sizes.flatMap((s, d) => dims.includes(d) ? (keepdim ? [1] : []) : [s]);
}

function run(
  r: Reduction,
  x: Tensor,
  dims: Dims,
  keepdim: boolean,
  dtype: ScalarType,
  parameter = 0,
): Tensor {
  const d = x.dim === 0 ? [] : wrapDims(dims, x.dim);
  const out = emptyTensor(keptSizes(x, d, keepdim), dtype);
  reduce(r, out, x, d, parameter);
  return out;
}

/** The accumulator's type for sums to `dtype`. */
const accumulator = (dtype: ScalarType): ValueType => computeType(dtype);
const zeroOf = (t: ValueType) => t === "i64" ? 0n : 0;

function sumOf(t: ValueType, from: ValueType): Reduction {
  const map = cast(t, input(0, from));
  return reduction(`sum ${t} ${from}`, () => ({ name: "sum", map, combine: "add", identity: zeroOf(t) }));
}
function sumDtype(x: Tensor, dtype: Dtype): ScalarType {
  return dtype ?? (isIntegralType(x.scalarType, true) ? ScalarType.Long : x.scalarType);
}

function sum(x: Tensor, dims: Dims, keepdim: boolean, dtype: Dtype): Tensor {
  const t = sumDtype(x, dtype);
  return run(sumOf(accumulator(t), computeType(x.scalarType)), x, dims, keepdim, t);
}

function mean(x: Tensor, dims: Dims, keepdim: boolean, dtype: Dtype): Tensor {
  const t = dtype ?? x.scalarType;
  check(
    isFloatingType(t),
    () =>
      "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: " +
      scalarTypeInfo(t).name,
  );
  const from = computeType(x.scalarType);
  const r = reduction(`mean ${from}`, () => ({
    ...sumOf("f32", from),
    name: "mean",
    finish: op("div", input(0, "f32"), input(1, "f32")),
  }));
  return run(r, x, dims, keepdim, t);
}

function prod(x: Tensor, dims: Dims, keepdim: boolean, dtype: Dtype): Tensor {
  const t = sumDtype(x, dtype), acc = accumulator(t), from = computeType(x.scalarType);
  const r = reduction(`prod ${acc} ${from}`, () => ({
    name: "prod",
    map: cast(acc, input(0, from)),
    combine: "mul",
    identity: acc === "i64" ? 1n : 1,
  }));
  return run(r, x, dims, keepdim, t);
}

function truth(all: boolean): (x: Tensor, dims: Dims, keepdim: boolean) => Tensor {
  return (x, dims, keepdim) => {
    const from = computeType(x.scalarType);
    const r = reduction(`truth ${all} ${from}`, () => ({
      name: all ? "all" : "any",
      map: cast("bool", input(0, from)),
      combine: all ? "logical_and" : "logical_or",
      identity: all ? 1 : 0,
    }));
    return run(r, x, dims, keepdim, x.scalarType === ScalarType.Byte ? ScalarType.Byte : ScalarType.Bool);
  };
}

/** The least or greatest value of a type. */
function limit(t: ValueType, greatest: boolean): number | bigint {
  if (isFloat(t)) return greatest ? Infinity : -Infinity;
  if (t === "i64") return greatest ? (1n << 63n) - 1n : -(1n << 63n);
  const bits = { bool: 1, u8: 8, i8: 8, i16: 16, i32: 32 }[t as "u8"];
  const signed = t !== "bool" && t !== "u8";
  return greatest ? 2 ** (bits - (signed ? 1 : 0)) - 1 : signed ? -(2 ** (bits - 1)) : 0;
}

function extreme(largest: boolean, name: string): (x: Tensor, dims?: Dims, keepdim?: boolean) => Tensor {
  return (x, dims = null, keepdim = false) => {
    const d = x.dim === 0 ? [] : wrapDims(dims, x.dim);
    check(
      x.numel > 0 || d.every((i) => x.sizes[i] > 0),
      `${name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`,
    );
    const t = computeType(x.scalarType), acc: ValueType = t === "bool" ? "u8" : t;
    const r = reduction(`extreme ${largest} ${t}`, () => ({
      name: largest ? "max" : "min",
      map: cast(acc, input(0, t)),
      combine: largest ? "maximum" : "minimum",
      identity: limit(acc, !largest),
    }));
    return run(r, x, dims, keepdim, x.scalarType);
  };
}
const amax = extreme(true, "amax"), amin = extreme(false, "amin");

function extremeDim(largest: boolean, name: string): (x: Tensor, dim: number, keepdim: boolean) => Tensor[] {
  return (x, dim, keepdim) => {
    const d = wrapDim(dim, x.dim), dims = x.dim ? [d] : [];
    check(
      x.dim === 0 || x.sizes[d] > 0,
      () => `${name}(): Expected reduction dim ${d} to have non-zero size.`,
      "IndexError",
    );
    const sizes = keptSizes(x, dims, keepdim);
    const values = emptyTensor(sizes, x.scalarType), index = emptyTensor(sizes, ScalarType.Long);
    extremeWithIndex(largest, values, index, x, dims);
    return [values, index];
  };
}

function argExtreme(largest: boolean): (x: Tensor, dim: number | null, keepdim: boolean) => Tensor {
  const name = largest ? "argmax" : "argmin";
  return (x, dim, keepdim) => {
    check(
      x.numel > 0 || (dim !== null && x.sizes[wrapDim(dim, x.dim)] > 0),
      `${name}(): Expected reduction dim to be specified for input.numel() == 0.`,
      "IndexError",
    );
    const dims = dim === null || x.dim === 0 ? x.sizes.map((_s, d) => d) : [wrapDim(dim, x.dim)];
    const index = emptyTensor(keptSizes(x, dims, keepdim), ScalarType.Long);
    extremeWithIndex(largest, null, index, x, dims);
    return index;
  };
}

const square = (a: Expr) => op("mul", a, a);

/** Variance: the mean, then the mean of squared differences, so that nothing cancels. */
function variance(x: Tensor, dims: Dims, correction: number, keepdim: boolean, root: boolean): Tensor {
  check(
    isFloatingType(x.scalarType),
    () => `${root ? "std" : "var"} only support floating point and complex dtypes`,
  );
  const away = call("aten::sub.Tensor", x, mean(x, dims, true, ScalarType.Float)) as Tensor;
  const r = reduction(`var ${root}`, () => {
    const n = op("maximum", op("sub", input(1, "f32"), input(2, "f32")), constant(0, "f32"));
    const v = op("div", input(0, "f32"), n);
    return {
      name: root ? "std" : "var",
      map: square(input(0, "f32")),
      combine: "add",
      identity: 0,
      finish: root ? op("sqrt", v) : v,
    };
  });
  return run(r, away, dims, keepdim, x.scalarType, correction);
}
const correctionOf = (c: Scalar | null) => c === null ? 1 : scalarToNumber(c as Exclude<Scalar, Complex>);

function vectorNorm(x: Tensor, p: Scalar | null, dims: Dims, keepdim: boolean, dtype: Dtype): Tensor {
  const power = p === null ? 2 : scalarToNumber(p as Exclude<Scalar, Complex>), v = input(0, "f32");
  const t = dtype ?? x.scalarType;
  check(
    isFloatingType(t),
    () =>
      `linalg.vector_norm: Expected a floating point or complex tensor as input. Got ${
        scalarTypeInfo(t).name
      }`,
  );
  const r = reduction(`norm ${power}`, () => {
    const size = op("abs", v);
    if (power === Infinity) return { name: "norm", map: size, combine: "maximum", identity: 0 };
    if (power === -Infinity) return { name: "norm", map: size, combine: "minimum", identity: Infinity };
    if (power === 0) {
      const counted = cast("f32", op("ne", v, constant(0, "f32")));
      return { name: "norm", map: counted, combine: "add", identity: 0 };
    }
    if (power === 1) return { name: "norm", map: size, combine: "add", identity: 0 };
    if (power === 2) {
      return { name: "norm", map: square(v), combine: "add", identity: 0, finish: op("sqrt", v) };
    }
    return {
      name: "norm",
      map: op("pow", size, constant(power, "f32")),
      combine: "add",
      identity: 0,
      finish: op("pow", v, constant(1 / power, "f32")),
    };
  });
  return run(r, x, dims, keepdim, t);
}

function logsumexp(self: Tensor, dims: readonly number[], keepdim: boolean): Tensor {
  const float = isFloatingType(self.scalarType);
  const x = float ? self : call("aten::to.dtype", self, getDefaultDtype()) as Tensor;
  const most = amax(x, dims, true);
  // where the largest is infinite, it is the answer
  const finite = call("aten::masked_fill.Scalar", most, call("aten::isinf", most), 0) as Tensor;
  const r = reduction("logsumexp", () => ({
    name: "logsumexp",
    map: op("exp", input(0, "f32")),
    combine: "add",
    identity: 0,
    finish: op("log", input(0, "f32")),
  }));
  const s = run(r, call("aten::sub.Tensor", x, finite) as Tensor, dims, true, x.scalarType);
  const out = call("aten::add.Tensor", s, finite) as Tensor;
  return keepdim ? out : reshape(out, keptSizes(x, wrapDims(dims, x.dim), false));
}

function countNonzero(x: Tensor, dims: Dims): Tensor {
  const t = computeType(x.scalarType);
  const r = reduction(`count ${t}`, () => ({
    name: "count",
    map: cast("i64", cast("bool", input(0, t))),
    combine: "add",
    identity: 0n,
  }));
  return run(r, x, dims, false, ScalarType.Long);
}

function softmaxOf(log: boolean): (x: Tensor, dim: number, dtype: Dtype) => Tensor {
  return (x, dim, dtype) => {
    const t = dtype ?? x.scalarType;
    check(
      isFloatingType(t),
      () => `"softmax_lastdim_kernel_impl" not implemented for '${scalarTypeInfo(t).name}'`,
    );
    const d = wrapDim(dim, x.dim);
    const y = contiguous(isFloatingType(x.scalarType) ? x : call("aten::to.dtype", x, t) as Tensor);
    const n = y.dim ? y.sizes[d] : 1;
    const inner = y.sizes.slice(d + 1).reduce((a, b) => a * b, 1);
    return softmax(y, n ? y.numel / (n * inner) : 0, n, inner, log, t);
  };
}
const softmaxInt = softmaxOf(false), logSoftmaxInt = softmaxOf(true);
const atLeastOne = (dim: number) => [dim];

export const REDUCE_KERNELS: Readonly<Record<string, Kernel>> = {
  "aten::sum": (x: Tensor, dtype: Dtype) => sum(x, null, false, dtype),
  "aten::sum.dim_IntList": sum,
  "aten::mean": (x: Tensor, dtype: Dtype) => mean(x, null, false, dtype),
  "aten::mean.dim": mean,
  "aten::prod": (x: Tensor, dtype: Dtype) => prod(x, null, false, dtype),
  "aten::prod.dim_int": (x: Tensor, dim: number, keepdim: boolean, dtype: Dtype) =>
    prod(x, [dim], keepdim, dtype),
  "aten::any": (x: Tensor) => truth(false)(x, null, false),
  "aten::any.dim": (x: Tensor, dim: number, keepdim: boolean) => truth(false)(x, atLeastOne(dim), keepdim),
  "aten::any.dims": truth(false),
  "aten::all": (x: Tensor) => truth(true)(x, null, false),
  "aten::all.dim": (x: Tensor, dim: number, keepdim: boolean) => truth(true)(x, atLeastOne(dim), keepdim),
  "aten::all.dims": truth(true),
  "aten::amax": amax,
  "aten::amin": amin,
  "aten::max": extreme(true, "max"),
  "aten::min": extreme(false, "min"),
  "aten::max.dim": extremeDim(true, "max"),
  "aten::min.dim": extremeDim(false, "min"),
  "aten::aminmax": (x: Tensor, dim: number | null, keepdim: boolean) => {
    const dims = dim === null ? null : [dim];
    return [amin(x, dims, keepdim), amax(x, dims, keepdim)];
  },
  "aten::argmax": argExtreme(true),
  "aten::argmin": argExtreme(false),
  "aten::var": (x: Tensor, unbiased: boolean) => variance(x, null, unbiased ? 1 : 0, false, false),
  "aten::var.dim": (x: Tensor, dims: Dims, unbiased: boolean, keepdim: boolean) =>
    variance(x, dims, unbiased ? 1 : 0, keepdim, false),
  "aten::var.correction": (x: Tensor, dims: Dims, c: Scalar | null, keepdim: boolean) =>
    variance(x, dims, correctionOf(c), keepdim, false),
  "aten::std": (x: Tensor, unbiased: boolean) => variance(x, null, unbiased ? 1 : 0, false, true),
  "aten::std.dim": (x: Tensor, dims: Dims, unbiased: boolean, keepdim: boolean) =>
    variance(x, dims, unbiased ? 1 : 0, keepdim, true),
  "aten::std.correction": (x: Tensor, dims: Dims, c: Scalar | null, keepdim: boolean) =>
    variance(x, dims, correctionOf(c), keepdim, true),
  "aten::linalg_vector_norm": vectorNorm,
  "aten::norm.Scalar": (x: Tensor, p: Scalar) => vectorNorm(x, p, null, false, null),
  "aten::norm.ScalarOpt_dim": (x: Tensor, p: Scalar | null, dims: Dims, keepdim: boolean) =>
    vectorNorm(x, p ?? new Float(2), dims, keepdim, null),
  "aten::logsumexp": logsumexp,
  "aten::count_nonzero": (x: Tensor, dim: number | null) => countNonzero(x, dim === null ? null : [dim]),
  "aten::count_nonzero.dim_IntList": countNonzero,
  "aten::softmax.int": softmaxInt,
  "aten::_softmax": (x: Tensor, dim: number) => softmaxInt(x, dim, null),
  "aten::log_softmax.int": logSoftmaxInt,
  "aten::_log_softmax": (x: Tensor, dim: number) => logSoftmaxInt(x, dim, null),
};
