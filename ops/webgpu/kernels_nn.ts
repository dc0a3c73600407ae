/** Operators of neural networks: convolution, pooling, normalisation, recurrent cells, attention. */
import { check } from "../../core/errors.ts";
import { ListValue } from "../../core/ivalue.ts";
import { isFloatingType } from "../../core/scalar_type.ts";
import { NoHostBytes } from "../../core/storage.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { IntType } from "../../core/types.ts";
import { batched, checkConv, type Geometry, spread } from "../aten/nn_conv.ts";
import { pooledSize, poolOf } from "../aten/nn_pooling.ts";
import { reshape, transpose } from "../aten/view.ts";
import type { Kernel } from "../declaration.ts";
import { call } from "../dispatch.ts";
import { convolve } from "./conv.ts";
import { zerosTensor } from "./device.ts";
import { contiguous, onDevice } from "./inputs.ts";
import { batchNorm } from "./batch_norm.ts";
import { type AverageOptions, pool, type PoolKind } from "./pool.ts";
import { copyStrided } from "./pointwise.ts";
import { normalizeRows } from "./rows.ts";

const t = (v: unknown) => v as Tensor;

function forward(x: Tensor, w: Tensor, bias: Tensor | null, g: Geometry, space?: readonly number[]): Tensor {
  checkConv(x, w, bias, g, false);
  if (!isFloatingType(x.scalarType)) throw new NoHostBytes(x.device);
  const out = space ??
    x.sizes.slice(2).map((s, i) =>
      Math.floor((s + 2 * g.padding[i] - g.dilation[i] * (w.sizes[i + 2] - 1) - 1) / g.stride[i]) + 1
    );
  return convolve(onDevice(x), onDevice(w), bias && onDevice(bias), g, out);
}

function conv(dims: number): Kernel {
  return (
    x: Tensor,
    w: Tensor,
    b: Tensor | null,
    stride: number[],
    padding: number[] | string,
    dilation: number[],
    groups: number,
  ) => {
    const s = spread(stride, dims), d = spread(dilation, dims);
    if (typeof padding !== "string") {
      const g = { stride: s, padding: spread(padding, dims), dilation: d, groups };
      return batched(x, w, (y) => forward(y, w, b, g));
    }
    const total = w.sizes.slice(2).map((k, i) => padding === "valid" ? 0 : d[i] * (k - 1));
    check(padding === "valid" || padding === "same", () => `Invalid padding string: '${padding}'`);
    check(
      padding === "valid" || s.every((v) => v === 1),
      "padding='same' is not supported for strided convolutions",
    );
    // an odd rest of padding goes to the far side, where reading past the input gives zeros anyway
    const g = { stride: s, padding: total.map((v) => Math.floor(v / 2)), dilation: d, groups };
    return batched(x, w, (y) => forward(y, w, b, g, padding === "same" ? y.sizes.slice(2) : undefined));
  };
}

/**
 * The convolution whose gradient this is, turned around: the input with zeros between its elements, as far as padding and
 * output padding ask, convolved with the kernel read backwards.
 */
function transposed(
  x: Tensor,
  w: Tensor,
  bias: Tensor | null,
  g: Geometry,
  outputPadding: readonly number[],
): Tensor {
  checkConv(x, w, bias, g, true);
  if (!isFloatingType(x.scalarType)) throw new NoHostBytes(x.device);
  const [n, c] = x.sizes, space = x.sizes.slice(2), kernel = w.sizes.slice(2), ones = kernel.map(() => 1);
  const out = space.map((s, i) =>
    (s - 1) * g.stride[i] - 2 * g.padding[i] + g.dilation[i] * (kernel[i] - 1) + outputPadding[i] + 1
  );
  check(
    out.every((s) => s > 0),
    () =>
      `Given input size per channel: (${space.join(" x ")}). Calculated output size per channel: (${
        out.join(" x ")
      }). Output size is too small`,
  );
  const wide = space.map((s, i) => (s - 1) * g.stride[i] + 1);
  const spaced = zerosTensor([n, c, ...wide], x.scalarType);
  const steps = spaced.strides.map((s, d) => d < 2 ? s : s * g.stride[d - 2]);
  copyStrided(spaced.asStrided(x.sizes, steps), onDevice(x));
  const pads = kernel.flatMap((k, i) => {
    const before = g.dilation[i] * (k - 1) - g.padding[i];
    return [before + outputPadding[i], before];
  }).reverse();
  const padded = t(call("aten::constant_pad_nd", spaced, new ListValue(IntType, pads), 0));
  // [in, out / groups, ...] to [out, in / groups, ...]
  const per = w.sizes[1], inGroup = c / g.groups, grouped = reshape(w, [g.groups, inGroup, per, ...kernel]);
  const turned = transpose(grouped, 1, 2);
  const backwards = t(call("aten::flip", turned, new ListValue(IntType, kernel.map((_k, i) => i + 3))));
  const weights = reshape(backwards, [g.groups * per, inGroup, ...kernel]);
  const plain = { stride: ones, padding: ones.map(() => 0), dilation: g.dilation, groups: g.groups };
  return convolve(contiguous(padded), contiguous(weights), bias && onDevice(bias), plain, out);
}

function convTransposed(dims: number): Kernel {
  return (
    x: Tensor,
    w: Tensor,
    b: Tensor | null,
    stride: number[],
    padding: number[],
    outputPadding: number[],
    groups: number,
    dilation: number[],
  ) => {
    const g = {
      stride: spread(stride, dims),
      padding: spread(padding, dims),
      dilation: spread(dilation, dims),
      groups,
    };
    return batched(x, w, (y) => transposed(y, w, b, g, spread(outputPadding, dims)));
  };
}

const convolution: Kernel = (
  x: Tensor,
  w: Tensor,
  b: Tensor | null,
  stride: number[],
  padding: number[],
  dilation: number[],
  backwards: boolean,
  outputPadding: number[],
  groups: number,
) => {
  if (backwards) return convTransposed(w.dim - 2)(x, w, b, stride, padding, outputPadding, groups, dilation);
  return conv(w.dim - 2)(x, w, b, stride, padding, dilation, groups);
};

function maxPool(dims: number, kind: PoolKind): Kernel {
  return (
    x: Tensor,
    kernel: number[],
    stride: number[],
    padding: number[],
    dilation: number[],
    ceil: boolean,
  ) => {
    if (!isFloatingType(x.scalarType)) throw new NoHostBytes(x.device);
    const w = poolOf(`max_pool${dims}d`, x, dims, kernel, stride, padding, dilation);
    const r = pool(kind, contiguous(x), spaceOf(x, dims, w, ceil), w);
    return r.length === 1 ? r[0] : r;
  };
}

function spaceOf(x: Tensor, dims: number, w: ReturnType<typeof poolOf>, ceil: boolean): number[] {
  const out = x.sizes.slice(-dims).map((s, d) =>
    pooledSize(s, w.kernel[d], w.stride[d], w.padding[d], w.dilation[d], ceil)
  );
  check(
    out.every((n) => n >= 1),
    () =>
      `Given input size: (${x.sizes.slice(-dims - 1).join("x")}). Calculated output size: (${
        [x.sizes[x.dim - dims - 1], ...out].join("x")
      }). Output size is too small`,
  );
  return out;
}

function avgPool(dims: number): Kernel {
  return (
    x: Tensor,
    kernel: number[],
    stride: number[],
    padding: number[],
    ceil: boolean,
    countPadding: boolean,
    divisor: number | null,
  ) => {
    if (!isFloatingType(x.scalarType)) throw new NoHostBytes(x.device);
    const w = poolOf(`avg_pool${dims}d`, x, dims, kernel, stride, padding, [1]);
    check(divisor !== 0, "divisor must be not zero");
    const options: AverageOptions = { countPadding, divisor: divisor ?? 0 };
    return pool("avg", contiguous(x), spaceOf(x, dims, w, ceil), w, options)[0];
  };
}

function adaptivePool(dims: number): Kernel {
  return (x: Tensor, size: number[]) => {
    check(
      x.dim === dims + 1 || x.dim === dims + 2,
      () => `adaptive_avg_pool${dims}d(): Expected ${dims + 1}D or ${dims + 2}D tensor, but got ${x.sizes}`,
    );
    const ones = new Array<number>(dims).fill(1);
    const w = { kernel: ones, stride: ones, padding: ones.map(() => 0), dilation: ones };
    return pool("adaptive", contiguous(x), spread(size, dims), w)[0];
  };
}

function layerNorm(
  x: Tensor,
  shape: readonly number[],
  weight: Tensor | null,
  bias: Tensor | null,
  eps: number,
  rms = false,
): Tensor[] {
  const tail = x.sizes.slice(x.dim - shape.length);
  check(
    shape.length > 0 && shape.length <= x.dim && shape.every((s, i) => s === tail[i]),
    () =>
      `Given normalized_shape=[${shape.join(", ")}], expected input with shape [*, ${
        shape.join(", ")
      }], but got input of size[${x.sizes.join(", ")}]`,
  );
  const n = numelOf(shape), rows = n ? x.numel / n : 0;
  const affine = {
    weight: weight && contiguous(weight),
    bias: bias && contiguous(bias),
    groups: 1,
    per: 0,
    span: 1,
  };
  const r = normalizeRows(contiguous(x), rows, n, eps, affine, rms);
  const stats = [...x.sizes.slice(0, x.dim - shape.length), ...shape.map(() => 1)];
  const stat = (v: Tensor) => reshape(call("aten::to.dtype", v, x.scalarType) as Tensor, stats);
  return [r.out, stat(r.mean), stat(r.rstd)];
}

function groupNorm(
  x: Tensor,
  groups: number,
  weight: Tensor | null,
  bias: Tensor | null,
  eps: number,
): Tensor {
  check(x.dim >= 2, () => `Expected at least 2 dimensions for input tensor but received ${x.dim}`);
  const [images, channels] = x.sizes;
  check(
    channels % groups === 0,
    () =>
      `Expected number of channels in input to be divisible by num_groups, but got input of shape [${
        x.sizes.join(", ")
      }] and num_groups=${groups}`,
  );
  const area = numelOf(x.sizes.slice(2)), per = channels / groups;
  const affine = {
    weight: weight && contiguous(weight),
    bias: bias && contiguous(bias),
    groups,
    per,
    span: area,
  };
  return normalizeRows(contiguous(x), images * groups, per * area, eps, affine).out;
}

function lstmCell(
  x: Tensor,
  [h, c]: readonly Tensor[],
  wi: Tensor,
  wh: Tensor,
  bi: Tensor | null,
  bh: Tensor | null,
): Tensor[] {
  const gates = t(call("aten::add.Tensor", call("aten::linear", x, wi, bi), call("aten::linear", h, wh, bh)));
  const n = c.sizes[c.dim - 1], last = gates.dim - 1;
  const gate = (i: number) => {
    const sizes = gates.sizes.slice();
    sizes[last] = n;
    return gates.asStrided(sizes, gates.strides, gates.storageOffset + i * n * gates.strides[last]);
  };
  const forget = call("aten::mul.Tensor", call("aten::sigmoid", gate(1)), c);
  const enter = call("aten::mul.Tensor", call("aten::sigmoid", gate(0)), call("aten::tanh", gate(2)));
  const next = t(call("aten::add.Tensor", forget, enter));
  return [t(call("aten::mul.Tensor", call("aten::sigmoid", gate(3)), call("aten::tanh", next))), next];
}

function gruCell(x: Tensor, h: Tensor, wi: Tensor, wh: Tensor, bi: Tensor | null, bh: Tensor | null): Tensor {
  const a = t(call("aten::linear", x, wi, bi)), b = t(call("aten::linear", h, wh, bh));
  const n = h.sizes[h.dim - 1];
  const gate = (g: Tensor, i: number) => {
    const sizes = g.sizes.slice();
    sizes[g.dim - 1] = n;
    return g.asStrided(sizes, g.strides, g.storageOffset + i * n * g.strides[g.dim - 1]);
  };
  const sum = (i: number) => call("aten::sigmoid", call("aten::add.Tensor", gate(a, i), gate(b, i)));
  const reset = sum(0), update = sum(1);
  const fresh = call(
    "aten::tanh",
    call("aten::add.Tensor", gate(a, 2), call("aten::mul.Tensor", reset, gate(b, 2))),
  );
  const kept = call("aten::mul.Tensor", call("aten::sub.Tensor", h, fresh), update);
  return t(call("aten::add.Tensor", fresh, kept));
}

export const NN_KERNELS: Readonly<Record<string, Kernel>> = {
  "aten::conv1d": conv(1),
  "aten::conv1d.padding": conv(1),
  "aten::conv2d": conv(2),
  "aten::conv2d.padding": conv(2),
  "aten::conv3d": conv(3),
  "aten::conv3d.padding": conv(3),
  "aten::conv_transpose1d": convTransposed(1),
  "aten::conv_transpose2d.input": convTransposed(2),
  "aten::conv_transpose3d.input": convTransposed(3),
  "aten::convolution": convolution,
  "aten::_convolution": convolution,
  "aten::max_pool1d": maxPool(1, "max"),
  "aten::max_pool2d": maxPool(2, "max"),
  "aten::max_pool3d": maxPool(3, "max"),
  "aten::max_pool1d_with_indices": maxPool(1, "max_indices"),
  "aten::max_pool2d_with_indices": maxPool(2, "max_indices"),
  "aten::max_pool3d_with_indices": maxPool(3, "max_indices"),
  "aten::avg_pool1d": avgPool(1),
  "aten::avg_pool2d": avgPool(2),
  "aten::avg_pool3d": avgPool(3),
  "aten::adaptive_avg_pool1d": adaptivePool(1),
  "aten::adaptive_avg_pool2d": adaptivePool(2),
  "aten::_adaptive_avg_pool2d": adaptivePool(2),
  "aten::adaptive_avg_pool3d": adaptivePool(3),
  "aten::batch_norm": (
    x: Tensor,
    w: Tensor | null,
    b: Tensor | null,
    mean: Tensor | null,
    variance: Tensor | null,
    training: boolean,
    momentum: number,
    eps: number,
  ) => batchNorm(x, w, b, mean, variance, training, momentum, eps),
  "aten::layer_norm": (x: Tensor, shape: number[], w: Tensor | null, b: Tensor | null, eps: number) =>
    layerNorm(x, shape, w, b, eps)[0],
  "aten::native_layer_norm": layerNorm,
  "aten::rms_norm": (x: Tensor, shape: number[], w: Tensor | null, eps: number | null) =>
    layerNorm(x, shape, w, null, eps ?? 1.1920928955078125e-7, true)[0],
  "aten::group_norm": groupNorm,
  "aten::lstm_cell": lstmCell,
  "aten::gru_cell": gruCell,
};
