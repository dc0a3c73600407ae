/** Derivatives of pooling and upsampling. */

import { Storage } from "../../../core/storage.ts";
import { Tensor } from "../../../core/tensor.ts";
import type { Float } from "../../../core/scalar.ts";
import { at, cast, mul, newZeros, reshape, transpose } from "../calls.ts";
import { type Rule, rule, type Rules, type Shape } from "../rules.ts";

type T = Tensor;
type Ints = readonly number[];

/** Sums gradients at the places that gave the maxima; the indices count over the last `n` dimensions. */
function toIndices(g: T, s: Shape, indices: T, n: number): T {
  const lead = s.sizes.slice(0, s.dim - n), area = s.sizes.slice(s.dim - n).reduce((a, b) => a * b, 1);
  const flat = at(
    "scatter_add",
    newZeros(g, [...lead, area]),
    lead.length,
    reshape(indices, [...lead, -1]),
    reshape(g, [...lead, -1]),
  );
  return reshape(flat, s.sizes);
}
const maxPool = (n: number, options: { name?: string } = {}): Rule =>
  rule({ self: ["#self result1", (g: T, s: Shape, i: T) => toIndices(g, s, i, n)] }, {
    outputs: [0],
    ...options,
  });

const perDim = (v: Ints, n: number) => v.length === n ? v : new Array<number>(n).fill(v[0]);

/** A matrix of numbers, rows by columns. */
function matrix(rows: number, columns: number, value: (i: number, j: number) => number, dtype: number): T {
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) data[i * columns + j] = value(i, j);
  return cast(new Tensor(Storage.fromBuffer(data.buffer), 7, [rows, columns]), dtype);
}
/** Applies a matrix along a dimension. */
function along(g: T, dim: number, m: T): T {
  return transpose(at("matmul", transpose(g, dim, -1), m), dim, -1);
}

function avgPool(
  n: number,
  g: T,
  s: Shape,
  kernels: Ints,
  strides: Ints,
  paddings: Ints,
  countPadding: boolean,
  divisor: number | null,
): T {
  const kernel = perDim(kernels, n), stride = strides.length ? perDim(strides, n) : kernel;
  const padding = perDim(paddings, n);
  let out = g;
  for (let i = 0; i < n; i++) {
    const dim = s.dim - n + i, size = s.sizes[dim], outs = g.sizes[dim], p = padding[i];
    const spans = Array.from({ length: outs }, (_, o) => {
      const start = o * stride[i] - p, end = Math.min(start + kernel[i], size + p);
      const [from, to] = [Math.max(start, 0), Math.min(end, size)];
      return { from, to, count: divisor !== null ? 1 : countPadding ? end - start : to - from };
    });
    const m = matrix(
      outs,
      size,
      (o, j) => j >= spans[o].from && j < spans[o].to ? 1 / spans[o].count : 0,
      g.scalarType,
    );
    out = along(out, dim, m);
  }
  return divisor === null ? out : mul(out, 1 / divisor);
}
const avgPoolRule = (n: number): Rule =>
  rule({
    self: [
      "#self kernel_size stride padding count_include_pad divisor_override",
      (g: T, s: Shape, k: Ints, st: Ints, p: Ints, c: boolean, d: number | null) =>
        avgPool(n, g, s, k, st, p, c, d),
    ],
  });

function adaptive(n: number, g: T, s: Shape): T {
  let out = g;
  for (let i = 0; i < n; i++) {
    const dim = s.dim - n + i, size = s.sizes[dim], outs = g.sizes[dim];
    const from = (o: number) => Math.floor(o * size / outs),
      to = (o: number) => Math.ceil((o + 1) * size / outs);
    out = along(
      out,
      dim,
      matrix(outs, size, (o, j) => j >= from(o) && j < to(o) ? 1 / (to(o) - from(o)) : 0, g.scalarType),
    );
  }
  return out;
}

/** The gradient of resampling is the resampling of each unit vector, transposed, dimension by dimension. */
function upsampled(
  g: T,
  s: Shape,
  op: "nearest" | "linear" | "bicubic" | "nearest_exact",
  corners: boolean,
  scales: readonly (Float | number | null)[],
): T {
  let out = g;
  const n = s.dim - 2;
  for (let i = 0; i < n; i++) {
    const dim = 2 + i, from = s.sizes[dim], to = g.sizes[dim], scale = scales[i] ?? null;
    const eye = at("eye", from, g.scalarType, null, null, null);
    let m: T;
    if (op === "linear") m = at("upsample_linear1d", at("unsqueeze", eye, 0), [to], corners, scale);
    else if (op === "bicubic") {
      const picture = at("unsqueeze", at("unsqueeze", eye, 0), 0);
      m = at("upsample_bicubic2d", picture, [from, to], corners, null, scale);
    } else {
      const name = op === "nearest" ? "upsample_nearest1d" : "_upsample_nearest_exact1d";
      m = at(name, at("unsqueeze", eye, 0), [to], scale);
    }
    out = along(out, dim, transpose(reshape(m, [from, to])));
  }
  return out;
}
type S = Float | number | null;
const nearest = (op: "nearest" | "nearest_exact", names: string): Rule =>
  rule({ self: [`#self ${names}`, (g: T, s: Shape, ...scales: S[]) => upsampled(g, s, op, false, scales)] });
const smooth = (op: "linear" | "bicubic", names: string): Rule =>
  rule({
    self: [
      `#self align_corners ${names}`,
      (g: T, s: Shape, corners: boolean, ...scales: S[]) => upsampled(g, s, op, corners, scales),
    ],
  });

function unpooled(g: T, indices: T, n: number): T {
  const lead = g.sizes.slice(0, g.dim - n);
  const flat = at("gather", reshape(g, [...lead, -1]), lead.length, reshape(indices, [...lead, -1]), false);
  return reshape(flat, indices.sizes);
}

export const pooling: Rules = {
  "max_pool2d_with_indices": maxPool(2),
  "max_pool3d_with_indices": maxPool(3),
  "adaptive_max_pool2d": maxPool(2),
  "adaptive_max_pool3d": maxPool(3),
  "fractional_max_pool2d": maxPool(2),
  "fractional_max_pool3d": maxPool(3),
  "avg_pool2d": avgPoolRule(2),
  "avg_pool3d": avgPoolRule(3),
  "_adaptive_avg_pool2d": rule({ self: ["#self", (g: T, s: Shape) => adaptive(2, g, s)] }),
  "_adaptive_avg_pool3d": rule({ self: ["#self", (g: T, s: Shape) => adaptive(3, g, s)] }),
  "max_unpool2d": rule({ self: ["indices", (g: T, i: T) => unpooled(g, i, 2)] }),
  "max_unpool3d": rule({ self: ["indices", (g: T, i: T) => unpooled(g, i, 3)] }),
  "upsample_nearest1d": nearest("nearest", "scales"),
  "upsample_nearest2d": nearest("nearest", "scales_h scales_w"),
  "upsample_nearest3d": nearest("nearest", "scales_d scales_h scales_w"),
  "_upsample_nearest_exact1d": nearest("nearest_exact", "scales"),
  "_upsample_nearest_exact2d": nearest("nearest_exact", "scales_h scales_w"),
  "_upsample_nearest_exact3d": nearest("nearest_exact", "scales_d scales_h scales_w"),
  "upsample_linear1d": smooth("linear", "scales"),
  "upsample_bilinear2d": smooth("linear", "scales_h scales_w"),
  "upsample_trilinear3d": smooth("linear", "scales_d scales_h scales_w"),
  "upsample_bicubic2d": smooth("bicubic", "scales_h scales_w"),
};
