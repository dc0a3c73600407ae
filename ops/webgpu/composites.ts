/** Operators composed of others, in the steps PyTorch's own definitions take. */
import { check } from "../../core/errors.ts";
import { type IValue, ListValue } from "../../core/ivalue.ts";
import { Float } from "../../core/scalar.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { NoHostBytes } from "../../core/storage.ts";
import { Tensor } from "../../core/tensor.ts";
import { AnyTensorType as TENSOR, IntType } from "../../core/types.ts";
import { narrow, reshape, select, transpose, unsqueeze } from "../aten/view.ts";
import type { Kernel } from "../declaration.ts";
import { call } from "../dispatch.ts";
import { fromTypedArray } from "../reference/allocation.ts";
import { wrapDim, wrapDims } from "../reference/dims.ts";
import { WEBGPU } from "./device.ts";
import { uploaded } from "./transfer.ts";

const t = (key: string, ...args: IValue[]) => call(`aten::${key}`, ...args) as Tensor;
const ints = (...v: number[]) => new ListValue(IntType, v);

/** softmax(q k^T scale + mask) v over the last two dimensions. */
function attention(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  mask: Tensor | null,
  dropout: number,
  causal: boolean,
  scale: number | null,
  grouped: boolean,
): Tensor {
  if (grouped && k.sizes[k.dim - 3] !== q.sizes[q.dim - 3]) throw new NoHostBytes(WEBGPU);
  check(
    !(causal && mask),
    "_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True",
  );
  const l = q.sizes[q.dim - 2], s = k.sizes[k.dim - 2], e = q.sizes[q.dim - 1];
  const scaled = t("mul.Scalar", q, new Float(scale ?? 1 / Math.sqrt(e)));
  let scores = t("matmul", scaled, transpose(k, -2, -1));
  if (causal) {
    const rows = uploaded(
      fromTypedArray(Int32Array.from({ length: l }, (_, i) => i), [l, 1], ScalarType.Int),
    );
    const columns = uploaded(
      fromTypedArray(Int32Array.from({ length: s }, (_, i) => i), [1, s], ScalarType.Int),
    );
    scores = t("masked_fill.Scalar", scores, t("gt.Tensor", columns, rows), new Float(-Infinity));
  } else if (mask?.scalarType === ScalarType.Bool) {
    scores = t("masked_fill.Scalar", scores, t("logical_not", mask), new Float(-Infinity));
  } else if (mask) scores = t("add.Tensor", scores, mask);
  let weights = t("softmax.int", scores, -1);
  if (mask) {
    // a position that may look at nothing gets nothing
    const none = t("all.dim", t("eq.Scalar", scores, new Float(-Infinity)), -1, true);
    weights = t("masked_fill.Scalar", weights, none, new Float(0));
  }
  if (dropout > 0) weights = t("dropout", weights, dropout, true);
  return t("matmul", weights, v);
}

/** mean (1), sum (2) or nothing (0). */
function reduced(x: Tensor, how: number): Tensor {
  return how === 0 ? x : t(how === 1 ? "mean" : "sum", x);
}

function mseLoss(x: Tensor, y: Tensor, how: number): Tensor {
  const d = t("sub.Tensor", x, y);
  return reduced(t("mul.Tensor", d, d), how);
}
function l1Loss(x: Tensor, y: Tensor, how: number): Tensor {
  return reduced(t("abs", t("sub.Tensor", x, y)), how);
}

/** Negative log likelihood over dimension 1 of x [n, c, ...] with class numbers y [n, ...]. */
function nllLoss(x: Tensor, y: Tensor, weight: Tensor | null, how: number, ignore: number): Tensor {
  const d = x.dim === 1 ? 0 : 1;
  const kept = t("ne.Scalar", y, ignore);
  const safe = t("where.ScalarOther", kept, y, 0);
  const at = unsqueeze(safe, d);
  const picked = reshape(t("neg", t("gather", x, d, at)), y.sizes);
  let each = t("where.ScalarOther", kept, picked, new Float(0));
  let share = t("to.dtype", kept, x.scalarType);
  if (weight) {
    const own = t("index_select", weight, 0, reshape(safe, [-1]));
    share = t("mul.Tensor", share, reshape(own, y.sizes));
    each = t("mul.Tensor", each, share);
  }
  if (how === 0) return each;
  const total = t("sum", each);
  return how === 2 ? total : t("div.Tensor", total, t("sum", share));
}

function crossEntropy(
  x: Tensor,
  y: Tensor,
  weight: Tensor | null,
  how: number,
  ignore: number,
  smooth: number,
): Tensor {
  if (smooth !== 0) throw new NoHostBytes(WEBGPU);
  const d = x.dim === 1 ? 0 : 1, logs = t("log_softmax.int", x, d);
  if (y.scalarType === ScalarType.Long) return nllLoss(logs, y, weight, how, ignore);
  // probabilities of every class
  let each = t("mul.Tensor", logs, y);
  if (weight) {
    const shape = x.sizes.map((_s, i) => i === d ? weight.numel : 1);
    each = t("mul.Tensor", each, reshape(weight, shape));
  }
  const loss = t("neg", t("sum.dim_IntList", each, ints(d)));
  if (how !== 1) return reduced(loss, how);
  return t("div.Scalar", t("sum", loss), new Float(x.numel / x.sizes[d]));
}

function bceWithLogits(
  x: Tensor,
  y: Tensor,
  weight: Tensor | null,
  positive: Tensor | null,
  how: number,
): Tensor {
  const logs = t("log_sigmoid", x);
  let loss: Tensor;
  if (positive) {
    const w = t("add.Scalar", t("mul.Tensor", t("sub.Scalar", positive, 1), y), 1);
    loss = t("sub.Tensor", t("mul.Tensor", t("rsub.Scalar", y, 1), x), t("mul.Tensor", w, logs));
  } else loss = t("sub.Tensor", t("mul.Tensor", t("rsub.Scalar", y, 1), x), logs);
  if (weight) loss = t("mul.Tensor", loss, weight);
  return reduced(loss, how);
}

function oneHot(x: Tensor, classes: number): Tensor {
  // how many classes there are would have to be read back
  if (classes < 0) throw new NoHostBytes(WEBGPU);
  const every = uploaded(
    fromTypedArray(BigInt64Array.from({ length: classes }, (_, i) => BigInt(i)), [classes], 4),
  );
  return t("to.dtype", t("eq.Tensor", unsqueeze(x, -1), every), ScalarType.Long);
}

function flip(x: Tensor, dims: readonly number[]): Tensor {
  const backwards = new Set(wrapDims(dims, x.dim, false));
  let out = x;
  for (const d of backwards) {
    const n = x.sizes[d], order = BigInt64Array.from({ length: n }, (_, i) => BigInt(n - 1 - i));
    out = t("index_select", out, d, uploaded(fromTypedArray(order, [n], ScalarType.Long)));
  }
  return out === x ? t("clone", x) : out;
}

function repeatInterleave(x: Tensor, times: number, dim: number | null): Tensor {
  const from = dim === null ? reshape(x, [-1]) : x, d = wrapDim(dim ?? 0, from.dim), n = from.sizes[d];
  const order = BigInt64Array.from({ length: n * times }, (_, i) => BigInt(Math.floor(i / times)));
  return t("index_select", from, d, uploaded(fromTypedArray(order, [n * times], ScalarType.Long)));
}

function pad(x: Tensor, by: readonly number[], mode: string, value: number | null): Tensor {
  if (mode !== "constant") throw new NoHostBytes(WEBGPU);
  return t("constant_pad_nd", x, ints(...by), new Float(value ?? 0));
}

function glu(x: Tensor, dim: number): Tensor {
  const d = wrapDim(dim, x.dim), n = x.sizes[d];
  check(n % 2 === 0, () => `Halving dimension must be even, but dimension ${d} is size ${n}`);
  return t("mul.Tensor", narrow(x, d, 0, n / 2), t("sigmoid", narrow(x, d, n / 2, n / 2)));
}

function varMean(root: boolean): Kernel {
  return (x: Tensor, dims: readonly number[] | null, correction: IValue, keepdim: boolean) => {
    const d = dims === null ? null : ints(...dims);
    return [
      t(root ? "std.correction" : "var.correction", x, d, correction, keepdim),
      t("mean.dim", x, d, keepdim),
    ];
  };
}

/** One direction of a layer over a sequence [time, batch, features]. */
function walk(
  x: Tensor,
  backwards: boolean,
  step: (x: Tensor) => Tensor,
): Tensor {
  const n = x.sizes[0], out: Tensor[] = new Array(n);
  for (let i = 0; i < n; i++) {
    const at = backwards ? n - 1 - i : i;
    out[at] = step(select(x, 0, at));
  }
  return t("stack", new ListValue(TENSOR, out), 0);
}

interface Layers {
  readonly biases: boolean;
  readonly layers: number;
  readonly dropout: number;
  readonly train: boolean;
  readonly bidirectional: boolean;
  readonly batchFirst: boolean;
}

/** Layers and directions of a recurrent network; `cell` steps the state of one of them. */
function recurrent(
  input: Tensor,
  params: readonly Tensor[],
  o: Layers,
  cell: (x: Tensor, which: number, weights: readonly (Tensor | null)[]) => Tensor,
): Tensor {
  const unbatched = input.dim === 2, directions = o.bidirectional ? 2 : 1, each = o.biases ? 4 : 2;
  let x = unbatched ? unsqueeze(input, 1) : o.batchFirst ? transpose(input, 0, 1) : input;
  for (let layer = 0; layer < o.layers; layer++) {
    const outs = Array.from({ length: directions }, (_, d) => {
      const which = layer * directions + d, w = params.slice(which * each, (which + 1) * each);
      const weights = o.biases ? w : [...w, null, null];
      return walk(x, d === 1, (y) => cell(y, which, weights));
    });
    x = outs.length === 1 ? outs[0] : t("cat", new ListValue(TENSOR, outs), -1);
    if (o.dropout > 0 && o.train && layer + 1 < o.layers) x = t("dropout", x, o.dropout, true);
  }
  return unbatched ? reshape(x, [x.sizes[0], x.sizes[2]]) : o.batchFirst ? transpose(x, 0, 1) : x;
}

function states(h: Tensor, unbatched: boolean): Tensor[] {
  return Array.from(
    { length: h.sizes[0] },
    (_, i) => unbatched ? unsqueeze(select(h, 0, i), 0) : select(h, 0, i),
  );
}
function joined(parts: readonly Tensor[], unbatched: boolean): Tensor {
  const s = t("stack", new ListValue(TENSOR, [...parts]), 0);
  return unbatched ? reshape(s, [s.sizes[0], s.sizes[2]]) : s;
}

const lstm: Kernel = (
  x: Tensor,
  hx: readonly Tensor[],
  params: readonly Tensor[],
  biases: boolean,
  layers: number,
  dropout: number,
  train: boolean,
  bidirectional: boolean,
  batchFirst: boolean,
) => {
  const unbatched = x.dim === 2, h = states(hx[0], unbatched), c = states(hx[1], unbatched);
  if (params.length !== layers * (bidirectional ? 2 : 1) * (biases ? 4 : 2)) throw new NoHostBytes(WEBGPU);
  const out = recurrent(
    x,
    params,
    { biases, layers, dropout, train, bidirectional, batchFirst },
    (y, i, w) => {
      const { items } = call("aten::lstm_cell", y, new ListValue(TENSOR, [h[i], c[i]]), ...w) as unknown as {
        items: Tensor[];
      };
      [h[i], c[i]] = items;
      return h[i];
    },
  );
  return [out, joined(h, unbatched), joined(c, unbatched)];
};

const gru: Kernel = (
  x: Tensor,
  hx: Tensor,
  params: readonly Tensor[],
  biases: boolean,
  layers: number,
  dropout: number,
  train: boolean,
  bidirectional: boolean,
  batchFirst: boolean,
) => {
  const unbatched = x.dim === 2, h = states(hx, unbatched);
  const out = recurrent(
    x,
    params,
    { biases, layers, dropout, train, bidirectional, batchFirst },
    (y, i, w) => h[i] = t("gru_cell", y, h[i], ...w),
  );
  return [out, joined(h, unbatched)];
};

function plainRnn(activation: "tanh" | "relu"): Kernel {
  return (
    x: Tensor,
    hx: Tensor,
    params: readonly Tensor[],
    biases: boolean,
    layers: number,
    dropout: number,
    train: boolean,
    bidirectional: boolean,
    batchFirst: boolean,
  ) => {
    const unbatched = x.dim === 2, h = states(hx, unbatched);
    const cell = rnnCell(activation);
    const out = recurrent(
      x,
      params,
      { biases, layers, dropout, train, bidirectional, batchFirst },
      (y, i, [wi, wh, bi, bh]) => h[i] = cell(y, h[i], wi, wh, bi, bh),
    );
    return [out, joined(h, unbatched)];
  };
}
function rnnCell(activation: "tanh" | "relu"): Kernel {
  return (x: Tensor, h: Tensor, wi: Tensor, wh: Tensor, bi: Tensor | null, bh: Tensor | null) =>
    t(activation, t("add.Tensor", t("linear", x, wi, bi), t("linear", h, wh, bh)));
}

/** Elements lie in words of their own kind: their bytes can be taken for another type only where both fill one. */
function viewDtype(x: Tensor, dtype: number): Tensor {
  const whole = (s: number) => s === ScalarType.Float || s === ScalarType.Int;
  if (dtype !== x.scalarType && !(whole(dtype) && whole(x.scalarType))) throw new NoHostBytes(WEBGPU);
  return new Tensor(x.storage, dtype as ScalarType, x.sizes, x.strides, x.storageOffset);
}

export const COMPOSITES: Readonly<Record<string, Kernel>> = {
  "aten::scaled_dot_product_attention": attention,
  "aten::view.dtype": viewDtype,
  "aten::mse_loss": mseLoss,
  "aten::l1_loss": l1Loss,
  "aten::nll_loss": nllLoss,
  "aten::nll_loss_nd": nllLoss,
  "aten::nll_loss2d": nllLoss,
  "aten::cross_entropy_loss": crossEntropy,
  "aten::binary_cross_entropy_with_logits": bceWithLogits,
  "aten::one_hot": oneHot,
  "aten::flip": flip,
  "aten::repeat_interleave.self_int": repeatInterleave,
  "aten::pad": pad,
  "aten::glu": glu,
  "aten::var_mean.correction": varMean(false),
  "aten::std_mean.correction": varMean(true),
  "aten::lstm.input": lstm,
  "aten::gru.input": gru,
  "aten::rnn_tanh.input": plainRnn("tanh"),
  "aten::rnn_relu.input": plainRnn("relu"),
  "aten::rnn_tanh_cell": rnnCell("tanh"),
  "aten::rnn_relu_cell": rnnCell("relu"),
};
