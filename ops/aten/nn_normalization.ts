/** Softmax and normalisation layers. */
import { check } from "../../core/errors.ts";
import { isFloatingType, ScalarType } from "../../core/scalar_type.ts";
import { numelOf, Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { emptyTensor, newTensor } from "../reference/allocation.ts";
import { asType, contiguous, copyInto } from "../reference/copy.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { wrapDim } from "../reference/dims.ts";
import { implementedFor } from "../reference/promotion.ts";
import {
  batchNormInference,
  groupNorm as wasmGroupNorm,
  layerNorm as wasmLayerNorm,
  logSoftmax as wasmLogSoftmax,
  softmax as wasmSoftmax,
} from "../wasm/mod.ts";

/** Runs `f` over each line of elements along a dimension: `f(values, from, step, count, out)`. */
function alongDim(
  x: Tensor,
  dim: number,
  f: (v: ArrayLike<number>, from: number, step: number, n: number, out: Float64Array) => void,
): Tensor {
  const v = numbers(x), out = new Float64Array(v.length), n = x.sizes[dim] ?? 1;
  const inner = numelOf(x.sizes.slice(dim + 1)), outer = v.length / (n * inner || 1);
  for (let o = 0; o < outer; o++) for (let i = 0; i < inner; i++) f(v, o * n * inner + i, inner, n, out);
  return fromNumbers(out, x.sizes, x.scalarType);
}

function softmaxLine(log: boolean) {
  return (v: ArrayLike<number>, from: number, step: number, n: number, out: Float64Array) => {
    let max = -Infinity, sum = 0;
    for (let i = 0; i < n; i++) max = Math.max(max, v[from + i * step]);
    for (let i = 0; i < n; i++) sum += out[from + i * step] = Math.exp(v[from + i * step] - max);
    const logSum = Math.log(sum);
    for (let i = 0; i < n; i++) {
      const at = from + i * step;
      out[at] = log ? v[at] - max - logSum : out[at] / sum;
    }
  };
}

export function softmaxOf(x: Tensor, dim: number, dtype: ScalarType | null, log: boolean): Tensor {
  const t = dtype === null || dtype === x.scalarType ? x : asType(x, dtype);
  const last = t.dim > 0 && wrapDim(dim, t.dim) === t.dim - 1 ? "_lastdim" : "";
  implementedFor(
    isFloatingType(t.scalarType),
    `${log ? "log_softmax" : "softmax"}${last}_kernel_impl`,
    t.scalarType,
  );
  const d = wrapDim(dim, t.dim);
  const out = emptyTensor(t.sizes, t.scalarType);
  if (t.dim > 0 && t.numel > 0 && (log ? wasmLogSoftmax : wasmSoftmax)(out, t, d)) return out;
  return alongDim(t, d, softmaxLine(log));
}

/** Statistics of each channel (dimension 1): mean and biased variance, in float64. */
function channelStatistics(x: Tensor): { mean: Float64Array; variance: Float64Array; count: number } {
  const v = numbers(x), [n, c] = x.sizes, area = numelOf(x.sizes.slice(2)), count = n * area;
  const mean = new Float64Array(c), variance = new Float64Array(c);
  const each = (f: (ch: number, value: number) => void) => {
    for (let i = 0; i < v.length; i++) f(Math.floor(i / area) % c, v[i]);
  };
  each((ch, value) => mean[ch] += value / count);
  each((ch, value) => variance[ch] += (value - mean[ch]) ** 2 / count);
  return { mean, variance, count };
}

function blend(running: Tensor | null, value: Float64Array, momentum: number): void {
  if (!running) return;
  const old = numbers(running);
  copyInto(
    running,
    fromNumbers(
      value.map((v, i) => (1 - momentum) * old[i] + momentum * v),
      running.sizes,
      running.scalarType,
    ),
  );
  running.bumpVersion();
}

function affine(
  x: Tensor,
  mean: ArrayLike<number>,
  invstd: ArrayLike<number>,
  w: Tensor | null,
  b: Tensor | null,
): Tensor {
  const v = numbers(x), c = x.sizes[1], area = numelOf(x.sizes.slice(2)), out = new Float64Array(v.length);
  const weight = w && numbers(w), bias = b && numbers(b);
  for (let i = 0; i < v.length; i++) {
    const ch = Math.floor(i / area) % c;
    out[i] = (v[i] - mean[ch]) * invstd[ch] * (weight ? weight[ch] : 1) + (bias ? bias[ch] : 0);
  }
  return fromNumbers(out, x.sizes, x.scalarType);
}

function nativeBatchNorm(
  x: Tensor,
  w: Tensor | null,
  b: Tensor | null,
  mean: Tensor | null,
  variance: Tensor | null,
  training: boolean,
  momentum: number,
  eps: number,
): [Tensor, Tensor, Tensor] {
  check(x.dim >= 2, () => `batch_norm expects at least 2 dimensions, got ${x.dim}`);
  for (
    const [name, t] of [["running_mean", mean], ["running_var", variance], ["weight", w], [
      "bias",
      b,
    ]] as const
  ) {
    check(
      !t || t.numel === x.sizes[1],
      () => `${name} should contain ${x.sizes[1]} elements not ${t!.numel}`,
    );
  }
  if (!training) {
    check(mean && variance, "running_mean and running_var must be given in evaluation mode");
    const none = newTensor([0], x.scalarType);
    const out = emptyTensor(x.sizes, x.scalarType);
    if (out.numel > 0 && batchNormInference(out, x, w, b, mean, variance, eps)) return [out, none, none];
    const invstd = Float64Array.from(numbers(variance), (v) => 1 / Math.sqrt(v + eps));
    return [affine(x, numbers(mean), invstd, w, b), none, none];
  }
  const s = channelStatistics(x);
  blend(mean, s.mean, momentum);
  blend(variance, s.variance.map((v) => v * s.count / (s.count - 1)), momentum);
  const invstd = s.variance.map((v) => 1 / Math.sqrt(v + eps));
  const c = [x.sizes[1]];
  return [
    affine(x, s.mean, invstd, w, b),
    fromNumbers(s.mean, c, x.scalarType),
    fromNumbers(invstd, c, x.scalarType),
  ];
}

/** Normalises consecutive groups of `per` elements; weight and bias repeat by `index`. */
function normalizeGroups(
  x: Tensor,
  per: number,
  eps: number,
  w: Tensor | null,
  b: Tensor | null,
  index: (i: number) => number,
  centered = true,
): Tensor {
  const v = numbers(x), out = new Float64Array(v.length), weight = w && numbers(w), bias = b && numbers(b);
  for (let from = 0; from < v.length; from += per) {
    let mean = 0, square = 0;
    if (centered) { for (let i = from; i < from + per; i++) mean += v[i] / per; }
    for (let i = from; i < from + per; i++) square += (v[i] - mean) ** 2 / per;
    const inv = 1 / Math.sqrt(square + eps);
    for (let i = from; i < from + per; i++) {
      out[i] = (v[i] - mean) * inv * (weight ? weight[index(i)] : 1) + (bias ? bias[index(i)] : 0);
    }
  }
  return fromNumbers(out, x.sizes, x.scalarType);
}

function checkNormalized(x: Tensor, shape: readonly number[], w: Tensor | null): void {
  check(
    shape.length >= 1,
    "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = []",
  );
  check(
    !w || (w.dim === shape.length && w.sizes.every((s, i) => s === shape[i])),
    () =>
      `Expected weight to be of same shape as normalized_shape, but got weight of shape [${
        w!.sizes.join(", ")
      }] and normalized_shape = [${shape.join(", ")}]`,
  );
  const tail = x.sizes.slice(x.dim - shape.length);
  check(
    x.dim >= shape.length && tail.every((s, i) => s === shape[i]),
    () =>
      `Given normalized_shape=[${shape.join(", ")}], expected input with shape [*${
        shape.map((s) => ", " + s).join("")
      }], but got input of size[${x.sizes.join(", ")}]`,
  );
}

function layerNorm(x: Tensor, shape: number[], w: Tensor | null, b: Tensor | null, eps: number): Tensor {
  checkNormalized(x, shape, w);
  const out = emptyTensor(x.sizes, x.scalarType), per = numelOf(shape);
  if (out.numel > 0 && wasmLayerNorm(out, x, shape.length, w, b, eps)) return out;
  return normalizeGroups(x, per, eps, w, b, (i) => i % per);
}

function rmsNorm(x: Tensor, shape: number[], w: Tensor | null, eps: number | null): Tensor {
  checkNormalized(x, shape, w);
  const per = numelOf(shape), e = eps ?? (x.scalarType === ScalarType.Double ? 2 ** -52 : 2 ** -23);
  return normalizeGroups(x, per, e, w, null, (i) => i % per, false);
}

function groupNorm(input: Tensor, groups: number, w: Tensor | null, b: Tensor | null, eps: number): Tensor {
  const c = input.sizes[1];
  check(
    c % groups === 0,
    () =>
      `Expected number of channels in input to be divisible by num_groups, but got input of shape [${
        input.sizes.join(", ")
      }] and num_groups=${groups}`,
  );
  const x = contiguous(input), out = emptyTensor(x.sizes, x.scalarType), area = numelOf(x.sizes.slice(2));
  if (out.numel > 0 && wasmGroupNorm(out, x, groups, w, b, eps)) return out;
  return normalizeGroups(x, c / groups * area, eps, w, b, (i) => Math.floor(i / area) % c);
}

/** The layer norm with the mean and inverse deviation of each row. */
function nativeLayerNorm(
  x: Tensor,
  shape: number[],
  w: Tensor | null,
  b: Tensor | null,
  eps: number,
): Tensor[] {
  const out = layerNorm(x, shape, w, b, eps), lead = x.dim - shape.length;
  const sizes = x.sizes.map((s, i) => i < lead ? s : 1);
  return [out, ...rowStatistics(x, numelOf(shape), eps, sizes)];
}

function rowStatistics(x: Tensor, per: number, eps: number, sizes: readonly number[]): [Tensor, Tensor] {
  const v = numbers(x), rows = numelOf(sizes), mean = new Float64Array(rows), inv = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    let square = 0;
    for (let i = r * per; i < (r + 1) * per; i++) mean[r] += v[i] / per;
    for (let i = r * per; i < (r + 1) * per; i++) square += (v[i] - mean[r]) ** 2 / per;
    inv[r] = 1 / Math.sqrt(square + eps);
  }
  return [fromNumbers(mean, sizes, x.scalarType), fromNumbers(inv, sizes, x.scalarType)];
}

function nativeGroupNorm(
  x: Tensor,
  w: Tensor | null,
  b: Tensor | null,
  n: number,
  c: number,
  area: number,
  groups: number,
  eps: number,
): Tensor[] {
  return [groupNorm(x, groups, w, b, eps), ...rowStatistics(x, c / groups * area, eps, [n, groups])];
}

function instanceNorm(
  x: Tensor,
  w: Tensor | null,
  b: Tensor | null,
  mean: Tensor | null,
  variance: Tensor | null,
  useInput: boolean,
  momentum: number,
  eps: number,
): Tensor {
  check(
    useInput || (mean && variance),
    "Expected running_mean and running_var to be defined when use_input_stats is false",
  );
  const [n, c] = x.sizes, area = numelOf(x.sizes.slice(2));
  if (!useInput) return nativeBatchNorm(x, w, b, mean, variance, false, momentum, eps)[0];
  if (mean || variance) {
    // Running statistics are the averages of the instances'.
    const s = channelStatistics(
      new Tensor(contiguous(x).storage, x.scalarType, [1, n * c, ...x.sizes.slice(2)]),
    );
    const average = (v: Float64Array) =>
      Float64Array.from({ length: c }, (_, ch) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += v[i * c + ch];
        return sum / n;
      });
    blend(mean, average(s.mean), momentum);
    blend(variance, average(s.variance.map((v) => v * area / (area - 1))), momentum);
  }
  return normalizeGroups(x, area, eps, w, b, (i) => Math.floor(i / area) % c);
}

export const normalization: Family = {
  "aten::softmax.int": op(
    "exp(x) over its sum along a dimension.",
    (x: Tensor, d: number, t: ScalarType | null) => softmaxOf(x, d, t, false),
  ),
  "aten::_softmax": op(
    "exp(x) over its sum along a dimension.",
    (x: Tensor, d: number) => softmaxOf(x, d, null, false),
  ),
  "aten::log_softmax.int": op(
    "Logarithm of the softmax.",
    (x: Tensor, d: number, t: ScalarType | null) => softmaxOf(x, d, t, true),
  ),
  "aten::_log_softmax": op(
    "Logarithm of the softmax.",
    (x: Tensor, d: number) => softmaxOf(x, d, null, true),
  ),
  "aten::batch_norm": op(
    "Normalises each channel over the batch, or by running statistics.",
    (...a: Parameters<typeof nativeBatchNorm>) => nativeBatchNorm(...a)[0],
    ["side_effect"],
  ),
  "aten::native_batch_norm": op("Batch normalisation with the statistics it used.", nativeBatchNorm, [
    "side_effect",
  ]),
  "aten::layer_norm": op("Normalises over the last dimensions.", layerNorm),
  "aten::native_layer_norm": op("Layer normalisation with its statistics.", nativeLayerNorm),
  "aten::native_group_norm": op("Group normalisation with its statistics.", nativeGroupNorm),
  "aten::rms_norm": op("Divides by the root mean square over the last dimensions.", rmsNorm),
  "aten::group_norm": op("Normalises groups of channels.", groupNorm),
  "aten::instance_norm": op("Normalises each channel of each instance.", instanceNorm, ["side_effect"]),
};
