/**
 * Convolution of any number of spatial dimensions in float32 and float64 as copies and matrix products: patches of the
 * padded image become the columns of a matrix (and of a transposed convolution, columns are added back). Where
 * `conv.ts` covers a case it is faster.
 */
import { contiguousStrides, numelOf, Tensor } from "../../core/tensor.ts";
import { constant, type Expr, input, op, type ValueType, valueTypeOf } from "../expr/mod.ts";
import type { ConvOptions } from "./conv.ts";
import { gemm } from "./gemm.ts";
import { copyStrided, pointwise } from "./pointwise.ts";
import { withTemporaries } from "./temporary.ts";

/** Bytes of columns at once; larger images go in slices of their first output dimension. */
const COLUMN_BYTES = 16 << 20;

const zeros = new Map<ValueType, Expr>(), sums = new Map<ValueType, Expr>();
function zero(t: ValueType): Expr {
  let e = zeros.get(t);
  if (!e) zeros.set(t, e = constant(0, t));
  return e;
}
function sum(t: ValueType): Expr {
  let e = sums.get(t);
  if (!e) sums.set(t, e = op("add", input(0, t), input(1, t)));
  return e;
}

/** A view of the same storage at element `offset` from the tensor's own first. */
function view(t: Tensor, sizes: readonly number[], strides: readonly number[], offset = 0): Tensor {
  return new Tensor(t.storage, t.scalarType, sizes, strides, t.storageOffset + offset);
}

function elementType(...tensors: (Tensor | null)[]): "f32" | "f64" | null {
  const t = valueTypeOf(tensors[0]!.scalarType);
  if (t !== "f32" && t !== "f64") return null;
  return tensors.every((x) => !x || x.scalarType === tensors[0]!.scalarType) ? t : null;
}

/** out [n, co, ...] = conv(x [n, c, ...], weight [co, c / groups, ...]) + bias; out and weight are contiguous. */
export function convColumns(
  out: Tensor,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  o: ConvOptions,
): boolean {
  const t = elementType(out, x, weight, bias);
  if (!t || !out.isContiguous || !weight.isContiguous || out.numel === 0 || x.numel === 0) return false;
  const dims = weight.dim - 2, [co, cg] = weight.sizes, c = x.sizes[1];
  const space = x.sizes.slice(2), kernel = weight.sizes.slice(2), outSpace = out.sizes.slice(2);
  const padded = space.map((s, d) => s + 2 * o.padding[d]), steps = contiguousStrides(padded);
  const plane = numelOf(padded), taps = cg * numelOf(kernel), pixels = numelOf(outSpace);
  const perGroup = co / o.groups, rest = pixels / outSpace[0];
  const slice = Math.max(1, Math.min(outSpace[0], Math.floor(COLUMN_BYTES / (taps * rest * x.itemSize))));
  const inside = o.padding.reduce((at, p, d) => at + p * steps[d], 0);
  const patchSteps = [
    plane,
    ...steps.map((s, d) => s * o.dilation[d]),
    ...steps.map((s, d) => s * o.stride[d]),
  ];
  return withTemporaries((tmp) => {
    const image = tmp.tensor([c, ...padded], x.scalarType);
    const columns = tmp.tensor([taps * slice * rest], x.scalarType);
    if (!pointwise(zero(t), image, [])) return false;
    for (let n = 0; n < out.sizes[0]; n++) {
      const from = view(x, x.sizes.slice(1), x.strides.slice(1), n * x.strides[0]);
      if (!copyStrided(view(image, [c, ...space], [plane, ...steps], inside), from)) return false;
      for (let g = 0; g < o.groups; g++) {
        const w = view(weight, [perGroup, taps], [taps, 1], g * perGroup * taps);
        const b = bias && view(bias, [perGroup], bias.strides, g * perGroup * bias.strides[0]);
        for (let first = 0; first < outSpace[0]; first += slice) {
          const rows = Math.min(slice, outSpace[0] - first), width = rows * rest;
          const sizes = [cg, ...kernel, rows, ...outSpace.slice(1)];
          const at = g * cg * plane + first * patchSteps[1 + dims];
          if (
            !copyStrided(view(columns, sizes, contiguousStrides(sizes)), view(image, sizes, patchSteps, at))
          ) {
            return false;
          }
          const to = view(
            out,
            [perGroup, width],
            [pixels, 1],
            (n * co + g * perGroup) * pixels + first * rest,
          );
          if (!gemm(to, w, view(columns, [taps, width], [width, 1]), { bias: b, biasOn: "rows" })) {
            return false;
          }
        }
      }
    }
    return true;
  });
}

/** out [n, co, ...] = conv_transpose(x [n, c, ...], weight [c, co / groups, ...]) + bias; out is contiguous. */
export function convTransposed(
  out: Tensor,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  o: ConvOptions,
): boolean {
  const t = elementType(out, x, weight, bias);
  if (!t || !out.isContiguous || !weight.isContiguous || out.numel === 0 || x.numel === 0) return false;
  const [c, perGroup] = weight.sizes, cg = c / o.groups, co = perGroup * o.groups;
  const space = x.sizes.slice(2), kernel = weight.sizes.slice(2), outSpace = out.sizes.slice(2);
  const full = outSpace.map((s, d) => s + 2 * o.padding[d]), steps = contiguousStrides(full);
  const plane = numelOf(full), taps = numelOf(kernel), pixels = numelOf(space);
  const inside = o.padding.reduce((at, p, d) => at + p * steps[d], 0);
  const inSteps = contiguousStrides(space), scatter = steps.map((s, d) => s * o.stride[d]);
  return withTemporaries((tmp) => {
    const sums = tmp.tensor([co, ...full], x.scalarType), dense = tmp.tensor([c, pixels], x.scalarType);
    const columns = tmp.tensor([perGroup * taps, pixels], x.scalarType);
    for (let n = 0; n < out.sizes[0]; n++) {
      const from = view(x, x.sizes.slice(1), x.strides.slice(1), n * x.strides[0]);
      if (!copyStrided(view(dense, from.sizes, contiguousStrides(from.sizes)), from)) return false;
      if (!pointwise(zero(t), sums, [])) return false;
      for (let g = 0; g < o.groups; g++) {
        const w = view(weight, [perGroup * taps, cg], [1, perGroup * taps], g * cg * perGroup * taps);
        if (!gemm(columns, w, view(dense, [cg, pixels], [pixels, 1], g * cg * pixels))) return false;
        for (let tap = 0; tap < taps; tap++) {
          let at = g * perGroup * plane;
          for (let d = kernel.length - 1, left = tap; d >= 0; left = Math.floor(left / kernel[d--])) {
            at += (left % kernel[d]) * o.dilation[d] * steps[d];
          }
          const to = view(sums, [perGroup, ...space], [plane, ...scatter], at);
          const part = view(columns, to.sizes, [taps * pixels, ...inSteps], tap * pixels);
          if (!pointwise(sum(t), to, [to, part])) return false;
        }
      }
      const whole = view(sums, [co, ...outSpace], [plane, ...steps], inside);
      const to = view(out, whole.sizes, contiguousStrides(whole.sizes), n * co * numelOf(outSpace));
      const b = bias && view(bias, [co, ...space.map(() => 1)], [bias.strides[0], ...space.map(() => 0)]);
      if (!(b ? pointwise(sum(t), to, [whole, b]) : copyStrided(to, whole))) return false;
    }
    return true;
  });
}
