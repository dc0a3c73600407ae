/** Softmax and the normalisations in float32 and float64, composed of reductions and pointwise kernels. */
import { Tensor } from "../../core/tensor.ts";
import { constant, type Expr, input, op, scalar, type ValueType, valueTypeOf } from "../expr/mod.ts";
import { pointwise } from "./pointwise.ts";
import { reduce } from "./reduce.ts";
import { withTemporaries } from "./temporary.ts";

const made = new Map<string, Expr>();
function once(key: string, make: () => Expr): Expr {
  let e = made.get(key);
  if (!e) made.set(key, e = make());
  return e;
}

function floatType(...tensors: (Tensor | null)[]): "f32" | "f64" | null {
  const t = valueTypeOf(tensors[0]!.scalarType);
  if (t !== "f32" && t !== "f64") return null;
  return tensors.every((x) => !x || x.scalarType === tensors[0]!.scalarType) ? t : null;
}
const withOne = (sizes: readonly number[], dim: number) => sizes.map((s, d) => d === dim ? 1 : s);

function softmaxForm(out: Tensor, x: Tensor, dim: number, log: boolean): boolean {
  const t = floatType(out, x);
  if (!t || out.sizes.length !== x.sizes.length) return false;
  if (x.numel === 0) return true;
  if (x.dim === 0) {
    x = x.asStrided([1], [1]);
    out = out.asStrided([1], [1]);
    dim = 0;
  }
  if (dim < 0) dim += x.dim;
  const [a, b, c] = [input(0, t), input(1, t), input(2, t)];
  return withTemporaries((tmp) => {
    const most = tmp.tensor(withOne(x.sizes, dim), x.scalarType),
      total = tmp.tensor(most.sizes, x.scalarType);
    const powers = tmp.tensor(x.sizes, x.scalarType);
    return reduce("max", most, x, [dim]) &&
      pointwise(once(`exp ${t}`, () => op("exp", op("sub", a, b))), powers, [x, most]) &&
      reduce("sum", total, powers, [dim]) &&
      (log
        ? pointwise(once(`log ${t}`, () => op("sub", op("sub", a, b), op("log", c))), out, [x, most, total])
        : pointwise(once(`div ${t}`, () => op("div", a, b)), out, [powers, total]));
  });
}

/** out = softmax of x over `dim`; any strides. */
export function softmax(out: Tensor, x: Tensor, dim: number): boolean {
  return softmaxForm(out, x, dim, false);
}
/** out = log of softmax of x over `dim`. */
export function logSoftmax(out: Tensor, x: Tensor, dim: number): boolean {
  return softmaxForm(out, x, dim, true);
}
/** out = log of the sum of e^x over the dims, kept as 1 in out or left away; shifted by the largest value. */
export function logsumexp(out: Tensor, x: Tensor, dims: readonly number[]): boolean {
  const t = floatType(out, x);
  if (!t || x.numel === 0) return false;
  const which = new Set(dims.length ? dims.map((d) => d < 0 ? d + x.dim : d) : x.sizes.map((_s, d) => d));
  const [a, b] = [input(0, t), input(1, t)];
  return withTemporaries((tmp) => {
    const most = tmp.tensor(x.sizes.map((s, d) => which.has(d) ? 1 : s), x.scalarType);
    const total = tmp.tensor(most.sizes, x.scalarType), powers = tmp.tensor(x.sizes, x.scalarType);
    // an infinite maximum would make inf - inf; shifting by 0 gives the right answer there
    const shift = once(`shift ${t}`, () => op("where", op("isinf", a), constant(0, t), a));
    if (!reduce("max", most, x, dims) || !pointwise(shift, most, [most])) return false;
    return pointwise(once(`exp ${t}`, () => op("exp", op("sub", a, b))), powers, [x, most]) &&
      reduce("sum", total, powers, dims) &&
      pointwise(once(`logsum ${t}`, () => op("add", op("log", a), b)), total, [total, most]) &&
      pointwise(a, out, [new Tensor(total.storage, total.scalarType, out.sizes)]);
  });
}

/** out = variance of x over the dims, or its root; the divisor is the count less the correction. float32 and float64. */
export function variance(
  out: Tensor,
  x: Tensor,
  dims: readonly number[],
  correction: number,
  root: boolean,
): boolean {
  const t = floatType(out, x);
  if (!t || x.numel === 0) return false;
  const which = new Set(dims);
  const [a, b, divisor] = [input(0, t), input(1, t), scalar(0, t)];
  return withTemporaries((tmp) => {
    const small = x.sizes.map((s, d) => which.has(d) ? 1 : s);
    const mean = tmp.tensor(small, x.scalarType), squares = tmp.tensor(x.sizes, x.scalarType);
    const total = tmp.tensor(small, x.scalarType);
    const count = x.numel / total.numel;
    const last = root
      ? once(`deviation ${t}`, () => op("sqrt", op("div", a, divisor)))
      : once(`variance ${t}`, () => op("div", a, divisor));
    return reduce("mean", mean, x, dims) && pointwise(centredSquare(t, a, b), squares, [x, mean]) &&
      reduce("sum", total, squares, dims) &&
      pointwise(last, out, [new Tensor(total.storage, total.scalarType, out.sizes)], [
        Math.max(count - correction, 0),
      ]);
  });
}

function centredSquare(t: ValueType, a: Expr, b: Expr): Expr {
  return once(`centred square ${t}`, () => {
    const d = op("sub", a, b);
    return op("mul", d, d);
  });
}

/** (x - mean) / sqrt(var + eps) over `dims`; then times weight plus bias, both broadcasting to x. */
function normalize(
  out: Tensor,
  x: Tensor,
  dims: number[],
  weight: Tensor | null,
  bias: Tensor | null,
  eps: number,
): boolean {
  const t = floatType(out, x, weight, bias);
  if (!t) return false;
  if (x.numel === 0) return true;
  const [a, b, c] = [input(0, t), input(1, t), input(2, t)];
  return withTemporaries((tmp) => {
    const small = x.sizes.map((s, d) => dims.includes(d) ? 1 : s);
    const mean = tmp.tensor(small, x.scalarType), variance = tmp.tensor(small, x.scalarType);
    const squares = tmp.tensor(x.sizes, x.scalarType);
    if (
      !reduce("mean", mean, x, dims) || !pointwise(centredSquare(t, a, b), squares, [x, mean]) ||
      !reduce("mean", variance, squares, dims)
    ) return false;
    const inputs = [x, mean, variance];
    let e = op("mul", op("sub", a, b), op("rsqrt", op("add", c, scalar(0, t))));
    if (weight) e = op("mul", e, input(inputs.push(weight) - 1, t));
    if (bias) e = op("add", e, input(inputs.push(bias) - 1, t));
    const last = e;
    return pointwise(once(`normalized ${t} ${!!weight} ${!!bias}`, () => last), out, inputs, [eps]);
  });
}

/** out = layer_norm of x over its last `normalized` dimensions; weight and bias have their sizes. */
export function layerNorm(
  out: Tensor,
  x: Tensor,
  normalized: number,
  weight: Tensor | null,
  bias: Tensor | null,
  eps: number,
): boolean {
  const dims = Array.from({ length: normalized }, (_, i) => x.dim - normalized + i);
  return normalize(out, x, dims, weight, bias, eps);
}

/** out = group_norm of x [n, c, ...]; x and out contiguous; weight and bias [c]. */
export function groupNorm(
  out: Tensor,
  x: Tensor,
  groups: number,
  weight: Tensor | null,
  bias: Tensor | null,
  eps: number,
): boolean {
  if (x.dim < 2 || !x.isContiguous || !out.isContiguous || x.sizes[1] % groups) return false;
  const [n, c] = x.sizes, per = c / groups, area = n * c === 0 ? 0 : x.numel / (n * c);
  const shape = [n, groups, per, area];
  const view = (t: Tensor) => t.asStrided(shape, [c * area, per * area, area, 1]);
  const channel = (t: Tensor | null) =>
    t && t.asStrided([groups, per, 1], [per * t.strides[0], t.strides[0], 1]);
  return normalize(view(out), view(x), [2, 3], channel(weight), channel(bias), eps);
}

/** out = batch_norm of x [n, c, ...] by running statistics: one multiply and one add per channel. */
export function batchNormInference(
  out: Tensor,
  x: Tensor,
  weight: Tensor | null,
  bias: Tensor | null,
  mean: Tensor,
  variance: Tensor,
  eps: number,
): boolean {
  const t = floatType(out, x, weight, bias, mean, variance);
  if (!t || x.dim < 2) return false;
  const c = x.sizes[1], tail = new Array<number>(x.dim - 2).fill(1);
  const channel = (v: Tensor) => v.asStrided([c, ...tail], [v.strides[0], ...tail]);
  return withTemporaries((tmp) => {
    const scale = tmp.tensor([c], x.scalarType), shift = tmp.tensor([c], x.scalarType);
    const f = (i: number): Expr => input(i, t as ValueType);
    const inverse = once(`inverse ${t}`, () => op("rsqrt", op("add", f(0), scalar(0, t))));
    const weighted = once(`weighted ${t}`, () => op("mul", op("rsqrt", op("add", f(0), scalar(0, t))), f(1)));
    if (
      !(weight
        ? pointwise(weighted, scale, [variance, weight], [eps])
        : pointwise(inverse, scale, [variance], [eps]))
    ) return false;
    const minus = once(`minus ${t}`, () => op("neg", op("mul", f(0), f(1))));
    const moved = once(`moved ${t}`, () => op("sub", f(2), op("mul", f(0), f(1))));
    if (!(bias ? pointwise(moved, shift, [mean, scale, bias]) : pointwise(minus, shift, [mean, scale]))) {
      return false;
    }
    return pointwise(once(`affine ${t}`, () => op("add", op("mul", f(0), f(1)), f(2))), out, [
      x,
      channel(scale),
      channel(shift),
    ]);
  });
}
