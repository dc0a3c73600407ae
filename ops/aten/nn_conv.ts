/** Convolutions of one, two and three spatial dimensions, plain and transposed. */
import { check, NotImplemented } from "../../core/errors.ts";
import { isComplexType, ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Declaration, type Family, op } from "../declaration.ts";
import { call } from "../dispatch.ts";
import { emptyTensor, newTensor } from "../reference/allocation.ts";
import { bilinearly } from "../reference/complex_parts.ts";
import { contiguous } from "../reference/copy.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { cppName } from "../random/uniform.ts";
import { typeName } from "../reference/promotion.ts";
import {
  conv1d as wasmConv1d,
  conv2d as wasmConv2d,
  convColumns,
  convTransposed as wasmTransposed,
} from "../wasm/mod.ts";
import { reshape } from "./view.ts";

export interface Geometry {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

/** `int[N]` formals may hold one number for all dimensions. */
export function spread(v: readonly number[], n: number): number[] {
  return v.length === 1 ? new Array<number>(n).fill(v[0]) : [...v];
}

export function checkConv(x: Tensor, w: Tensor, bias: Tensor | null, g: Geometry, transposed: boolean): void {
  const dims = w.dim - 2;
  check(g.groups > 0, "non-positive groups is not supported");
  check(g.padding.every((p) => p >= 0), "negative padding is not supported");
  check(g.stride.every((s) => s > 0), "non-positive stride is not supported");
  check(
    g.dilation.every((d) => d > 0),
    () =>
      `dilation should be greater than zero, but got [${
        (dims === 1 ? [1] : []).concat(g.dilation).join(", ")
      }]`,
  );
  check(
    x.dim === w.dim,
    () =>
      `Expected ${dims + 1}D (unbatched) or ${dims + 2}D (batched) input to conv${
        transposed ? "_transpose" : ""
      }${dims}d, but got input of size: [${x.sizes.join(", ")}]`,
  );
  check(
    w.sizes[0] >= g.groups,
    () =>
      `Given groups=${g.groups}, expected weight to be at least ${g.groups} at dimension 0, but got weight of size [${
        w.sizes.join(", ")
      }] instead`,
  );
  const channels = transposed ? w.sizes[0] : w.sizes[1] * g.groups;
  check(
    x.sizes[1] === channels,
    () =>
      `Given ${transposed ? "transposed=1" : `groups=${g.groups}`}, weight of size [${
        w.sizes.join(", ")
      }], expected input[${x.sizes.join(", ")}] to have ${channels} channels, but got ${
        x.sizes[1]
      } channels instead`,
  );
  check(
    !bias || bias.scalarType === x.scalarType,
    () =>
      `Input type (${cppName(x.scalarType)}) and bias type (${cppName(bias!.scalarType)}) should be the same`,
  );
  check(
    x.scalarType === w.scalarType,
    () => `expected scalar type ${typeName(x.scalarType)} but found ${typeName(w.scalarType)}`,
  );
  check(
    !bias || bias.numel === (transposed ? w.sizes[1] * g.groups : w.sizes[0]),
    () =>
      `Given ${transposed ? "transposed=1, " : ""}weight of size [${
        w.sizes.join(", ")
      }], expected bias to be 1-dimensional with ${w.sizes[0]} elements, but got bias of size [${
        bias!.sizes.join(", ")
      }] instead`,
  );
  if (transposed) return;
  const padded = x.sizes.slice(2).map((s, i) => s + 2 * g.padding[i]);
  const kernel = w.sizes.slice(2).map((k, i) => g.dilation[i] * (k - 1) + 1);
  check(
    padded.every((s, i) => s >= kernel[i]),
    () =>
      `Calculated padded input size per channel: (${padded.join(" x ")}). Kernel size: (${
        kernel.join(" x ")
      }). Kernel size can't be greater than actual input size`,
  );
}

/** Plain loops over any number of spatial dimensions, in float64. */
function reference(
  x: Tensor,
  w: Tensor,
  bias: Tensor | null,
  g: Geometry,
  outSpace: readonly number[],
): Tensor {
  const [n, c] = x.sizes,
    inSpace = x.sizes.slice(2),
    kernel = w.sizes.slice(2),
    co = w.sizes[0],
    cg = w.sizes[1];
  const data = numbers(x), weights = numbers(w), b = bias && numbers(bias);
  const area = (s: readonly number[]) => s.reduce((p, v) => p * v, 1);
  const inArea = area(inSpace), outArea = area(outSpace), taps = area(kernel), perGroup = co / g.groups;
  const out = new Float64Array(n * co * outArea);
  const at = new Array<number>(outSpace.length).fill(0);
  for (let o = 0; o < outArea; o++) {
    unravel(o, outSpace, at);
    for (let k = 0; k < taps; k++) {
      const from = source(at, k, kernel, g, inSpace);
      if (from < 0) continue;
      for (let i = 0; i < n; i++) {
        for (let f = 0; f < co; f++) {
          const base = (i * c + Math.floor(f / perGroup) * cg) * inArea + from, wb = f * cg * taps + k;
          let s = 0;
          for (let q = 0; q < cg; q++) s += data[base + q * inArea] * weights[wb + q * taps];
          out[(i * co + f) * outArea + o] += s;
        }
      }
    }
  }
  if (b) { for (let i = 0; i < out.length; i++) out[i] += b[Math.floor(i / outArea) % co]; }
  return fromNumbers(out, [n, co, ...outSpace], x.scalarType);
}

function unravel(flat: number, sizes: readonly number[], into: number[]): void {
  for (let d = sizes.length - 1; d >= 0; d--) {
    into[d] = flat % sizes[d];
    flat = Math.floor(flat / sizes[d]);
  }
}

/** Position in the image that a tap reads for an output, or -1 in the padding. */
function source(
  out: readonly number[],
  tap: number,
  kernel: readonly number[],
  g: Geometry,
  space: readonly number[],
): number {
  let flat = 0, step = 1;
  for (let d = kernel.length - 1; d >= 0; d--) {
    const p = out[d] * g.stride[d] - g.padding[d] + (tap % kernel[d]) * g.dilation[d];
    tap = Math.floor(tap / kernel[d]);
    if (p < 0 || p >= space[d]) return -1;
    flat += p * step;
    step *= space[d];
  }
  return flat;
}

function forward(x: Tensor, w: Tensor, bias: Tensor | null, g: Geometry): Tensor {
  checkConv(x, w, bias, g, false);
  const outSpace = x.sizes.slice(2).map((s, i) =>
    Math.floor((s + 2 * g.padding[i] - g.dilation[i] * (w.sizes[i + 2] - 1) - 1) / g.stride[i]) + 1
  );
  const out = emptyTensor([x.sizes[0], w.sizes[0], ...outSpace], x.scalarType), weight = contiguous(w);
  const planar = x.scalarType === ScalarType.Float && (w.dim === 4 ? wasmConv2d : w.dim === 3 && wasmConv1d);
  if (out.numel > 0 && planar && planar(out, x, weight, bias, g)) return out;
  if (convColumns(out, x, weight, bias, g)) return out;
  return reference(x, w, bias, g, outSpace);
}

/** Scatters every input element over the outputs that its taps reach. */
function transposed(
  x: Tensor,
  w: Tensor,
  bias: Tensor | null,
  g: Geometry,
  outputPadding: readonly number[],
): Tensor {
  checkConv(x, w, bias, g, true);
  const [n, c] = x.sizes,
    inSpace = x.sizes.slice(2),
    kernel = w.sizes.slice(2),
    perGroup = w.sizes[1],
    co = perGroup * g.groups;
  const outSpace = inSpace.map((s, i) =>
    (s - 1) * g.stride[i] - 2 * g.padding[i] + g.dilation[i] * (kernel[i] - 1) + outputPadding[i] + 1
  );
  if (outSpace.every((s) => s > 0)) {
    const whole = emptyTensor([n, co, ...outSpace], x.scalarType);
    if (wasmTransposed(whole, x, contiguous(w), bias, g)) return whole;
  }
  const area = (s: readonly number[]) => s.reduce((p, v) => p * v, 1);
  const inArea = area(inSpace), outArea = area(outSpace), taps = area(kernel), cg = c / g.groups;
  const data = numbers(x),
    weights = numbers(w),
    b = bias && numbers(bias),
    out = new Float64Array(n * co * outArea);
  const at = new Array<number>(inSpace.length).fill(0);
  for (let p = 0; p < inArea; p++) {
    unravel(p, inSpace, at);
    for (let k = 0; k < taps; k++) {
      const to = target(at, k, kernel, g, outSpace);
      if (to < 0) continue;
      for (let i = 0; i < n; i++) {
        for (let q = 0; q < c; q++) {
          const v = data[(i * c + q) * inArea + p], group = Math.floor(q / cg);
          for (let f = 0; f < perGroup; f++) {
            out[(i * co + group * perGroup + f) * outArea + to] += v * weights[(q * perGroup + f) * taps + k];
          }
        }
      }
    }
  }
  if (b) { for (let i = 0; i < out.length; i++) out[i] += b[Math.floor(i / outArea) % co]; }
  return fromNumbers(out, [n, co, ...outSpace], x.scalarType);
}

function target(
  at: readonly number[],
  tap: number,
  kernel: readonly number[],
  g: Geometry,
  space: readonly number[],
): number {
  let flat = 0, step = 1;
  for (let d = kernel.length - 1; d >= 0; d--) {
    const p = at[d] * g.stride[d] - g.padding[d] + (tap % kernel[d]) * g.dilation[d];
    tap = Math.floor(tap / kernel[d]);
    if (p < 0 || p >= space[d]) return -1;
    flat += p * step;
    step *= space[d];
  }
  return flat;
}

/** Adds the batch dimension that an unbatched input lacks, and takes it off the result. */
export function batched(x: Tensor, w: Tensor, run: (x: Tensor) => Tensor): Tensor {
  if (x.dim !== w.dim - 1) return run(x);
  const out = run(reshape(x, [1, ...x.sizes]));
  return reshape(out, out.sizes.slice(1));
}

function conv(dims: number) {
  return (
    x: Tensor,
    w: Tensor,
    b: Tensor | null,
    stride: number[],
    padding: number[],
    dilation: number[],
    groups: number,
  ) => {
    const g = {
      stride: spread(stride, dims),
      padding: spread(padding, dims),
      dilation: spread(dilation, dims),
      groups,
    };
    return batched(x, w, (x) => forward(x, w, b, g));
  };
}

/** "valid" pads nothing, "same" so that the output has the input's size; an odd rest goes to the far side. */
function convNamed(dims: number) {
  return (
    x: Tensor,
    w: Tensor,
    b: Tensor | null,
    stride: number[],
    padding: string,
    dilation: number[],
    groups: number,
  ) => {
    const d = spread(dilation, dims), s = spread(stride, dims);
    if (padding === "valid") return conv(dims)(x, w, b, s, new Array(dims).fill(0), d, groups);
    check(padding === "same", () => `Invalid padding string: '${padding}'`);
    check(s.every((v) => v === 1), "padding='same' is not supported for strided convolutions");
    const total = w.sizes.slice(2).map((k, i) => d[i] * (k - 1));
    const pad = total.map((v) => Math.floor(v / 2));
    if (total.every((v) => v % 2 === 0)) return conv(dims)(x, w, b, s, pad, d, groups);
    return conv(dims)(padFar(x, total.map((v) => v % 2), dims), w, b, s, pad, d, groups);
  };
}

function padFar(x: Tensor, by: readonly number[], dims: number): Tensor {
  const lead = x.dim - dims;
  const sizes = x.sizes.map((s, i) => i < lead ? s : s + by[i - lead]);
  const out = newTensor(sizes, x.scalarType),
    data = numbers(x),
    to = out.data() as Float32Array | Float64Array;
  if (x.scalarType !== ScalarType.Float && x.scalarType !== ScalarType.Double) {
    throw new NotImplemented(`padding='same' of uneven kernels for ${typeName(x.scalarType)}`);
  }
  const at = new Array<number>(x.dim).fill(0);
  for (let i = 0; i < data.length; i++) {
    unravel(i, x.sizes, at);
    let o = 0;
    for (let d = 0; d < x.dim; d++) o = o * sizes[d] + at[d];
    to[o] = data[i];
  }
  return out;
}

function convTransposed(dims: number) {
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
    return batched(x, w, (x) => transposed(x, w, b, g, spread(outputPadding, dims)));
  };
}

function convolution(
  x: Tensor,
  w: Tensor,
  b: Tensor | null,
  stride: number[],
  padding: number[],
  dilation: number[],
  isTransposed: boolean,
  outputPadding: number[],
  groups: number,
): Tensor {
  const dims = w.dim - 2;
  return isTransposed
    ? convTransposed(dims)(x, w, b, stride, padding, outputPadding, groups, dilation)
    : conv(dims)(x, w, b, stride, padding, dilation, groups);
}

/** Padding by name, the dimensions taken from the weight: what a trace of a named convolution calls. */
function convolutionMode(
  x: Tensor,
  w: Tensor,
  b: Tensor | null,
  stride: number[],
  padding: string,
  dilation: number[],
  groups: number,
): Tensor {
  return convNamed(w.dim - 2)(x, w, b, stride, padding, dilation, groups);
}

const TOLERANCE = [1e-4, 1e-5] as const;

/** A convolution of complex numbers by those of their parts; the bias is added at the end. */
function overComplex(run: Declaration["kernel"]): Declaration["kernel"] {
  return (x: Tensor, w: Tensor, bias: Tensor | null, ...rest: unknown[]) => {
    if (!isComplexType(x.scalarType) || x.scalarType !== w.scalarType) return run(x, w, bias, ...rest);
    const out = bilinearly(x, w, (a, b) => run(a, b, null, ...rest));
    if (!bias) return out;
    const tail = new Array<number>(w.dim - 2).fill(1);
    return call("aten::add.Tensor", out, reshape(bias, [bias.numel, ...tail]), 1) as Tensor;
  };
}

export const convolutions: Family = {
  "aten::conv1d": op("Convolution over one dimension.", overComplex(conv(1)), [], TOLERANCE),
  "aten::conv1d.padding": op(
    "Convolution over one dimension, padding by name.",
    overComplex(convNamed(1)),
    [],
    TOLERANCE,
  ),
  "aten::conv2d": op("Convolution over two dimensions.", overComplex(conv(2)), [], TOLERANCE),
  "aten::conv2d.padding": op(
    "Convolution over two dimensions, padding by name.",
    overComplex(convNamed(2)),
    [],
    TOLERANCE,
  ),
  "aten::conv3d": op("Convolution over three dimensions.", overComplex(conv(3)), [], TOLERANCE),
  "aten::conv3d.padding": op(
    "Convolution over three dimensions, padding by name.",
    overComplex(convNamed(3)),
    [],
    TOLERANCE,
  ),
  "aten::_convolution_mode": op("Convolution, padding by name.", overComplex(convolutionMode), [], TOLERANCE),
  "aten::conv_transpose1d": op(
    "Transposed convolution over one dimension.",
    overComplex(convTransposed(1)),
    [],
    TOLERANCE,
  ),
  "aten::conv_transpose2d.input": op(
    "Transposed convolution over two dimensions.",
    overComplex(convTransposed(2)),
    [],
    TOLERANCE,
  ),
  "aten::conv_transpose3d.input": op(
    "Transposed convolution over three dimensions.",
    overComplex(convTransposed(3)),
    [],
    TOLERANCE,
  ),
  "aten::convolution": op("Convolution of any kind.", overComplex(convolution), [], TOLERANCE),
  "aten::_convolution": op("Convolution of any kind.", overComplex(convolution), [], TOLERANCE),
};
