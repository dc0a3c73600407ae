/** Attention: scaled dot products, and the fused layers that inference uses. */
import { check } from "../../core/errors.ts";
import { ListValue } from "../../core/ivalue.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { IntType } from "../../core/types.ts";
import { call } from "../dispatch.ts";
import { type Family, op } from "../declaration.ts";
import { newTensor } from "../reference/allocation.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { broadcastSizes, typeName } from "../reference/promotion.ts";
import { linear, matmul } from "./matrix_products.ts";
import { narrow, permute, reshape, transpose } from "./view.ts";

/** Softmax of scaled, masked scores along the last dimension; rows that see nothing become zeros. */
function weightsOf(scores: Tensor, scale: number, bias: (i: number) => number): Tensor {
  const v = numbers(scores), n = scores.sizes[scores.dim - 1], out = new Float64Array(v.length);
  for (let from = 0; from < v.length; from += n) {
    let max = -Infinity, sum = 0;
    for (let i = from; i < from + n; i++) max = Math.max(max, out[i] = v[i] * scale + bias(i));
    if (max === -Infinity) {
      out.fill(0, from, from + n);
      continue;
    }
    for (let i = from; i < from + n; i++) sum += out[i] = Math.exp(out[i] - max);
    for (let i = from; i < from + n; i++) out[i] /= sum;
  }
  return fromNumbers(out, scores.sizes, scores.scalarType);
}

/** query [..., L, E], key [..., S, E], value [..., S, Ev]; mask broadcast to [..., L, S], true where seen. */
function scaledDotProduct(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  mask: Tensor | null,
  dropout: number,
  causal: boolean,
  scale: number | null,
  grouped: boolean,
): Tensor {
  check(
    query.scalarType === key.scalarType && query.scalarType === value.scalarType,
    () =>
      `Expected query, key, and value to have the same dtype, but got query.dtype: ${
        cppType(query)
      } key.dtype: ${cppType(key)} and value.dtype: ${cppType(value)} instead.`,
  );
  check(
    query.dim >= 2 && key.dim >= 2 && value.dim >= 2,
    () =>
      `Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: ${query.dim}, key.dim: ${key.dim} and value.dim: ${value.dim} instead.`,
  );
  check(
    !mask || !causal,
    "_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True",
  );
  const k = grouped ? repeatHeads(key, query) : key, v = grouped ? repeatHeads(value, query) : value;
  const scores = matmul(query, transpose(k, -2, -1));
  const [rows, seen] = scores.sizes.slice(-2), factor = scale ?? 1 / Math.sqrt(query.sizes[query.dim - 1]);
  let bias = (_i: number) => 0;
  if (causal) bias = (i) => i % seen > Math.floor(i / seen) % rows ? -Infinity : 0;
  else if (mask) {
    check(
      mask.scalarType === ScalarType.Bool || mask.scalarType === query.scalarType ||
        mask.scalarType === ScalarType.Float,
      () =>
        `Expected attn_mask dtype to be bool or float or to match query dtype, but got attn_mask.dtype: ${
          cppType(mask)
        } and  query.dtype: ${cppType(query)} instead.`,
    );
    const m = numbers(mask, broadcastSizes(scores.sizes, mask.sizes));
    bias = mask.scalarType === ScalarType.Bool ? (i) => m[i] ? 0 : -Infinity : (i) => m[i];
  }
  let weights = weightsOf(scores, factor, bias);
  if (dropout > 0) weights = call("aten::dropout", weights, dropout, true) as Tensor;
  return matmul(weights, v);
}

function cppType(t: Tensor): string {
  const names: Record<string, string> = {
    Float: "float",
    Double: "double",
    Long: "long int",
    Int: "int",
    Bool: "bool",
  };
  return names[typeName(t.scalarType)] ?? `c10::${typeName(t.scalarType)}`;
}

/** Grouped heads: each key and value head serves several query heads. */
function repeatHeads(t: Tensor, query: Tensor): Tensor {
  const have = t.sizes[t.dim - 3], want = query.sizes[query.dim - 3];
  if (have === want) return t;
  check(
    want % have === 0,
    "Number of heads in key and value must divide the number of heads in query",
  );
  const by = want / have, lead = t.sizes.slice(0, -3), tail = t.sizes.slice(-2), d = t.dim - 3;
  const repeated = t.asStrided(
    [...lead, have, by, ...tail],
    [...t.strides.slice(0, d + 1), 0, ...t.strides.slice(d + 1)],
  );
  return reshape(repeated, [...lead, want, ...tail]);
}

/** [B, T, D] projections as [B, heads, T, D / heads]. */
function heads(t: Tensor, count: number): Tensor {
  const [b, n, d] = t.sizes;
  return permute(reshape(t, [b, n, count, d / count]), [0, 2, 1, 3]);
}

/** Self or cross attention with packed projections; masks are true where hidden. */
function nativeAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  embed: number,
  count: number,
  qkvWeight: Tensor,
  qkvBias: Tensor,
  projWeight: Tensor,
  projBias: Tensor,
  mask: Tensor | null,
  needWeights: boolean,
  average: boolean,
  maskType: number | null,
): Tensor[] {
  check(query.dim === 3, () => `expected 3-D \`query\`, got ${query.dim}-D tensor`);
  check(
    query.sizes[2] === embed,
    () => `passed-in embed_dim ${embed} didn't match last dim of query ${query.sizes[2]}`,
  );
  check(embed % count === 0, "`embed_dim` must divide evenly by `num_heads`");
  const project = (x: Tensor, i: number) =>
    heads(linear(x, narrow(qkvWeight, 0, i * embed, embed), narrow(qkvBias, 0, i * embed, embed)), count);
  const q = project(query, 0), k = project(key, 1), v = project(value, 2);
  const scores = matmul(q, transpose(k, -2, -1)), [b, , rows, seen] = scores.sizes;
  let bias = (_i: number) => 0;
  if (mask) {
    // 0: one mask [T, T] for all; 1: padding [B, T] of the keys; 2: a mask of every head.
    const shaped = maskType === 1 && mask.dim === 2 ? reshape(mask, [b, 1, 1, seen]) : mask;
    const m = numbers(shaped, scores.sizes);
    bias = mask.scalarType === ScalarType.Bool ? (i) => m[i] ? -Infinity : 0 : (i) => m[i];
  }
  const weights = weightsOf(scores, 1 / Math.sqrt(embed / count), bias);
  const joined = reshape(permute(matmul(weights, v), [0, 2, 1, 3]), [b, rows, embed]);
  const out = linear(joined, projWeight, projBias);
  if (!needWeights) return [out, newTensor([0], query.scalarType)];
  return [out, average ? meanOverHeads(weights) : weights];
}

function meanOverHeads(w: Tensor): Tensor {
  const [b, h, rows, seen] = w.sizes, v = numbers(w), area = rows * seen, out = new Float64Array(b * area);
  for (let i = 0; i < v.length; i++) out[Math.floor(i / (h * area)) * area + i % area] += v[i] / h;
  return fromNumbers(out, [b, rows, seen], w.scalarType);
}

function encoderLayer(
  src: Tensor,
  embed: number,
  count: number,
  qkvWeight: Tensor,
  qkvBias: Tensor,
  projWeight: Tensor,
  projBias: Tensor,
  gelu: boolean,
  normFirst: boolean,
  eps: number,
  normWeight1: Tensor,
  normBias1: Tensor,
  normWeight2: Tensor,
  normBias2: Tensor,
  ffnWeight1: Tensor,
  ffnBias1: Tensor,
  ffnWeight2: Tensor,
  ffnBias2: Tensor,
  mask: Tensor | null,
  maskType: number | null,
): Tensor {
  const norm = (x: Tensor, w: Tensor, b: Tensor) =>
    call("aten::layer_norm", x, new ListValue(IntType, [embed]), w, b, eps, true) as Tensor;
  const plus = (a: Tensor, b: Tensor) => call("aten::add.Tensor", a, b, 1) as Tensor;
  const attend = (x: Tensor) =>
    nativeAttention(
      x,
      x,
      x,
      embed,
      count,
      qkvWeight,
      qkvBias,
      projWeight,
      projBias,
      mask,
      false,
      true,
      maskType,
    )[0];
  const feed = (x: Tensor) => {
    const inner = linear(x, ffnWeight1, ffnBias1);
    const active = (gelu ? call("aten::gelu", inner, "none") : call("aten::relu", inner)) as Tensor;
    return linear(active, ffnWeight2, ffnBias2);
  };
  if (normFirst) {
    const x = plus(attend(norm(src, normWeight1, normBias1)), src);
    return plus(x, feed(norm(x, normWeight2, normBias2)));
  }
  const x = norm(plus(attend(src), src), normWeight1, normBias1);
  return norm(plus(feed(x), x), normWeight2, normBias2);
}

export const attention: Family = {
  "aten::scaled_dot_product_attention": op(
    "softmax(query @ key.T * scale + mask) @ value.",
    scaledDotProduct,
    ["random"],
  ),
  "aten::_native_multi_head_attention": op(
    "Attention with packed projections, and its weights.",
    nativeAttention,
  ),
  "aten::_transformer_encoder_layer_fwd": op("A transformer encoder layer in one operator.", encoderLayer),
};
