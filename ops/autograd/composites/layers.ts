/** Layers as PyTorch makes them: convolution, pooling, normalisation, dropout and padding of the operators underneath. */
import { check } from "../../../core/errors.ts";
import { Float, type Scalar } from "../../../core/scalar.ts";
import type { Tensor } from "../../../core/tensor.ts";
import { add, all, at, cat, div, flip, mul, narrow, unsqueeze } from "../calls.ts";
import type { Composites } from "../rules.ts";

type T = Tensor;
type Ints = readonly number[];

const perDim = (v: Ints, n: number) => v.length === n ? [...v] : new Array<number>(n).fill(v[0]);

/** Runs on a batch of one where there is no batch. */
function batched(x: T, dims: number, f: (x: T) => T): T {
  return x.dim === dims + 1 ? at("squeeze.dim", f(unsqueeze(x, 0)), 0) : f(x);
}
const conv =
  (n: number) => (x: T, w: T, bias: T | null, stride: Ints, pad: Ints, dilation: Ints, groups: number) =>
    batched(
      x,
      n,
      (x) =>
        at(
          "convolution",
          x,
          w,
          bias,
          perDim(stride, n),
          perDim(pad, n),
          perDim(dilation, n),
          false,
          perDim([0], n),
          groups,
        ),
    );
const convNamed = (n: number) =>
(
  x: T,
  w: T,
  bias: T | null,
  stride: Ints,
  pad: string,
  dilation: Ints,
  groups: number,
): T => {
  if (pad === "valid") return conv(n)(x, w, bias, stride, [0], dilation, groups);
  const d = perDim(dilation, n), left: number[] = [], extra: number[] = [];
  for (let i = 0; i < n; i++) {
    const total = d[i] * (w.sizes[2 + i] - 1);
    left.push(Math.floor(total / 2));
    extra.push(total % 2);
  }
  if (extra.every((e) => e === 0)) return conv(n)(x, w, bias, stride, left, dilation, groups);
  const widths = extra.flatMap((_, i) => [0, extra[n - 1 - i]]);
  return conv(n)(at("constant_pad_nd", x, widths, 0), w, bias, stride, left, dilation, groups);
};
const convTransposed =
  (n: number) =>
  (x: T, w: T, bias: T | null, stride: Ints, pad: Ints, extra: Ints, groups: number, dilation: Ints) =>
    batched(
      x,
      n,
      (x) =>
        at(
          "convolution",
          x,
          w,
          bias,
          perDim(stride, n),
          perDim(pad, n),
          perDim(dilation, n),
          true,
          perDim(extra, n),
          groups,
        ),
    );

// --- pooling ---

function maxPool1d(x: T, k: Ints, stride: Ints, pad: Ints, dilation: Ints, ceil: boolean): T[] {
  const s = stride.length ? stride : k;
  const out = all(
    "max_pool2d_with_indices",
    unsqueeze(x, -2),
    [1, k[0]],
    [1, s[0]],
    [0, pad[0]],
    [1, dilation[0]],
    ceil,
  );
  return out.map((t) => at("squeeze.dim", t, -2));
}
function avgPool1d(x: T, k: Ints, stride: Ints, pad: Ints, ceil: boolean, counted: boolean): T {
  const s = stride.length ? stride : k;
  const out = at("avg_pool2d", unsqueeze(x, -2), [1, k[0]], [1, s[0]], [0, pad[0]], ceil, counted, null);
  return at("squeeze.dim", out, -2);
}
const adaptiveAvg = (n: 2 | 3) => (x: T, size: Ints): T => {
  const to = perDim(size, n);
  if (to.every((k) => k === 1)) {
    return at(
      "mean.dim",
      x,
      Array.from({ length: n }, (_, i) => i - n),
      true,
      null,
    );
  }
  return at(`_adaptive_avg_pool${n}d`, x, to);
};

// --- normalisation ---

function batchNorm(
  x: T,
  w: T | null,
  b: T | null,
  mean: T | null,
  variance: T | null,
  training: boolean,
  momentum: number,
  eps: number,
): T {
  return all("native_batch_norm", x, w, b, mean, variance, training, momentum, eps)[0];
}
function instanceNorm(
  x: T,
  w: T | null,
  b: T | null,
  mean: T | null,
  variance: T | null,
  useInput: boolean,
  momentum: number,
  eps: number,
): T {
  const [n, c, ...rest] = x.sizes;
  const many = (t: T | null) => t && at("repeat", t, [n]);
  const [rm, rv] = [many(mean), many(variance)];
  const out = batchNorm(
    at("view", at("contiguous", x, 0), [1, n * c, ...rest]),
    many(w),
    many(b),
    rm,
    rv,
    useInput,
    momentum,
    eps,
  );
  const keep = (own: T | null, used: T | null) => {
    if (own && used) {
      at("copy_", at("alias", own), at("mean.dim", at("view", used, [n, c]), [0], false, null), false);
    }
  };
  if (useInput) {
    keep(mean, rm);
    keep(variance, rv);
  }
  return at("view", out, [...x.sizes]);
}
function groupNorm(x: T, groups: number, w: T | null, b: T | null, eps: number): T {
  const [n, c, ...rest] = x.sizes, area = rest.reduce((a, k) => a * k, 1);
  check(
    c % groups === 0,
    () =>
      `Expected number of channels in input to be divisible by num_groups, but got input of shape [${
        x.sizes.join(", ")
      }] and num_groups=${groups}`,
  );
  return all("native_group_norm", at("contiguous", x, 0), w, b, n, c, area, groups, eps)[0];
}
function rmsNorm(x: T, shape: Ints, w: T | null, eps: number | Float | null): T {
  const dims = shape.map((_, i) => x.dim - shape.length + i);
  const e = eps === null
    ? (x.scalarType === 7 ? 2 ** -52 : 2 ** -23)
    : eps instanceof Float
    ? eps.value
    : eps;
  const scale = at("rsqrt", add(at("mean.dim", at("pow.Tensor_Scalar", x, 2), dims, true, null), e));
  const out = mul(x, scale);
  return w ? mul(out, w) : out;
}
function weightNorm(v: T, g: T, dim: number): T {
  const dims = v.sizes.map((_, i) => i).filter((i) => i !== dim);
  return mul(v, div(g, at("linalg_vector_norm", v, new Float(2), dims, true, null)));
}

// --- dropout: drawn as the operator draws it, so that the stream of random numbers is the same ---

function dropout(x: T, p: number, train: boolean): T {
  if (p === 0 || !train || x.numel === 0) return x;
  const ones = at("ones_like", at("detach", x));
  return mul(x, at("dropout", ones, p, true));
}
const dropped = (name: string) => (x: T, p: number, train: boolean): T =>
  p === 0 || !train ? x : mul(x, at(name, at("ones_like", at("detach", x)), p, true));

// --- padding ---

function pad(x: T, widths: Ints, mode: string, value: number | Float | null): T {
  if (mode === "constant") return at("constant_pad_nd", x, [...widths], value === null ? 0 : boxed(value));
  let out = x;
  for (let i = 0; i < widths.length / 2; i++) {
    const dim = out.dim - 1 - i;
    out = padded(out, dim, widths[2 * i], widths[2 * i + 1], mode);
  }
  return out;
}
const boxed = (v: number | Float) => v instanceof Float ? v : new Float(v);
function padded(x: T, dim: number, left: number, right: number, mode: string): T {
  const n = x.sizes[dim], parts: T[] = [];
  const own = narrow(x, dim, Math.max(0, -left), n + Math.min(0, left) + Math.min(0, right));
  const take = (from: number, count: number, turned: boolean) => {
    const t = narrow(x, dim, from, count);
    return turned ? flip(t, [dim]) : t;
  };
  const edge = (from: number, count: number) => {
    const sizes = [...x.sizes];
    sizes[dim] = count;
    return at("expand", narrow(x, dim, from, 1), sizes);
  };
  if (left > 0) {
    parts.push(
      mode === "reflect"
        ? take(1, left, true)
        : mode === "circular"
        ? take(n - left, left, false)
        : edge(0, left),
    );
  }
  parts.push(own);
  if (right > 0) {
    parts.push(
      mode === "reflect"
        ? take(n - 1 - right, right, true)
        : mode === "circular"
        ? take(0, right, false)
        : edge(n - 1, right),
    );
  }
  return parts.length === 1 ? own : cat(parts, dim);
}

// --- upsampling ---

const upsample =
  (name: string, n: number, corners: boolean) => (x: T, size: Ints | null, ...rest: unknown[]): T => {
    const align = corners ? [rest[0]] : [],
      scales = (corners ? rest[1] : rest[0]) as readonly number[] | null;
    const to = size ? perDim(size, n) : x.sizes.slice(2).map((k, i) => Math.floor(k * scales![i]));
    const factors = Array.from({ length: n }, (_, i) => scales ? new Float(scales[i]) : null);
    return at(name, x, to, ...align, ...factors);
  };
const UPSAMPLES = ["nearest", "_nearest_exact"].flatMap((kind) =>
  [1, 2, 3].map((n): [string, number, boolean] => [
    kind === "nearest" ? `upsample_nearest${n}d` : `_upsample_nearest_exact${n}d`,
    n,
    false,
  ])
).concat([
  ["upsample_linear1d", 1, true],
  ["upsample_bilinear2d", 2, true],
  ["upsample_trilinear3d", 3, true],
  ["upsample_bicubic2d", 2, true],
]);

// --- attention ---

function attention(
  q: T,
  k: T,
  v: T,
  mask: T | null,
  p: number,
  causal: boolean,
  scale: number | Float | null,
  shared: boolean,
): T {
  const s = scale === null ? 1 / Math.sqrt(q.sizes[q.dim - 1]) : scale instanceof Float ? scale.value : scale;
  const wide = (t: T) =>
    shared && t.sizes[t.dim - 3] !== q.sizes[q.dim - 3]
      ? at("repeat_interleave.self_int", t, q.sizes[q.dim - 3] / t.sizes[t.dim - 3], t.dim - 3, null)
      : t;
  let scores = mul(at("matmul", q, at("transpose.int", wide(k), -2, -1)), s);
  if (causal) {
    const [rows, columns] = scores.sizes.slice(-2);
    const keep = at("tril", at("ones", [rows, columns], 11, null, null, null), 0);
    scores = at("masked_fill.Scalar", scores, at("logical_not", keep), new Float(-Infinity));
  }
  if (mask) {
    scores = mask.scalarType === 11
      ? at("masked_fill.Scalar", scores, at("logical_not", mask), new Float(-Infinity))
      : add(scores, mask);
  }
  const weights = at("softmax.int", scores, -1, null);
  return at("matmul", p > 0 ? dropout(weights, p, true) : weights, wide(v));
}

const SELU_ALPHA = new Float(1.6732632423543772848170429916717);
const SELU_SCALE = new Float(1.0507009873554804934193349852946);

function embeddingBag(
  weight: T,
  indices: T,
  offsets: T,
  byFrequency: boolean,
  mode: number,
  sparse: boolean,
  perSample: T | null,
  lastOffset: boolean,
  padding: number | null = -1,
): T[] {
  return all(
    "_embedding_bag",
    weight,
    indices,
    offsets,
    byFrequency,
    mode,
    sparse,
    perSample,
    lastOffset,
    padding ?? -1,
  );
}

export const layers: Composites = {
  "conv1d": conv(1),
  "conv2d": conv(2),
  "conv3d": conv(3),
  "conv1d.padding": convNamed(1),
  "conv2d.padding": convNamed(2),
  "conv3d.padding": convNamed(3),
  "conv_transpose1d": convTransposed(1),
  "conv_transpose2d.input": convTransposed(2),
  "conv_transpose3d.input": convTransposed(3),
  "_convolution": (x: T, w: T, b: T | null, s: Ints, p: Ints, d: Ints, t: boolean, e: Ints, g: number) =>
    at("convolution", x, w, b, [...s], [...p], [...d], t, [...e], g),
  "max_pool1d": (x: T, k: Ints, s: Ints, p: Ints, d: Ints, c: boolean) => maxPool1d(x, k, s, p, d, c)[0],
  "max_pool1d_with_indices": maxPool1d,
  "max_pool2d": (x: T, ...rest: unknown[]) => all("max_pool2d_with_indices", x, ...rest)[0],
  "max_pool3d": (x: T, ...rest: unknown[]) => all("max_pool3d_with_indices", x, ...rest)[0],
  "avg_pool1d": avgPool1d,
  "adaptive_avg_pool1d": (x: T, size: Ints) =>
    at("squeeze.dim", at("adaptive_avg_pool2d", unsqueeze(x, -2), [1, size[0]]), -2),
  "adaptive_avg_pool2d": adaptiveAvg(2),
  "adaptive_avg_pool3d": adaptiveAvg(3),
  "adaptive_max_pool1d": (x: T, size: Ints) =>
    all("adaptive_max_pool2d", unsqueeze(x, -2), [1, size[0]]).map((t) => at("squeeze.dim", t, -2)),
  "batch_norm": batchNorm,
  "instance_norm": instanceNorm,
  "layer_norm": (x: T, shape: Ints, w: T | null, b: T | null, eps: number) =>
    all("native_layer_norm", x, [...shape], w, b, eps)[0],
  "group_norm": groupNorm,
  "rms_norm": rmsNorm,
  "_weight_norm": weightNorm,
  "dropout": dropout,
  "feature_dropout": dropped("feature_dropout"),
  "pad": pad,
  "reflection_pad1d": (x: T, w: Ints) => pad(x, w, "reflect", null),
  "reflection_pad2d": (x: T, w: Ints) => pad(x, w, "reflect", null),
  "reflection_pad3d": (x: T, w: Ints) => pad(x, w, "reflect", null),
  "replication_pad1d": (x: T, w: Ints) => pad(x, w, "replicate", null),
  "replication_pad2d": (x: T, w: Ints) => pad(x, w, "replicate", null),
  "replication_pad3d": (x: T, w: Ints) => pad(x, w, "replicate", null),
  "_pad_circular": (x: T, w: Ints) => pad(x, w, "circular", null),
  "scaled_dot_product_attention": attention,
  "selu": (x: T) => at("elu", x, SELU_ALPHA, SELU_SCALE, 1),
  "relu6": (x: T) => at("hardtanh", x, 0, 6),
  "rrelu": (x: T, lower: Scalar, upper: Scalar, training: boolean, generator: unknown) =>
    training
      ? at("rrelu_with_noise", x, at("zeros_like", x), lower, upper, training, generator)
      : at("leaky_relu", x, new Float((lowerOf(lower) + lowerOf(upper)) / 2)),
  "embedding_bag": embeddingBag,
  "embedding_bag.padding_idx": embeddingBag,
  ...Object.fromEntries(UPSAMPLES.map(([name, n, corners]) => [`${name}.vec`, upsample(name, n, corners)])),
};
function lowerOf(s: Scalar): number {
  return s instanceof Float ? s.value : Number(s);
}
