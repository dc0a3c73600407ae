/** Derivatives of views and of what moves elements: the gradient goes back where the elements came from. */
import type { Tensor } from "../../../core/tensor.ts";
import {
  at,
  cat,
  flip,
  mul,
  narrow,
  newZeros,
  permute,
  reshape,
  select,
  squeeze,
  sum,
  sumTo,
  transpose,
  unsqueeze,
  wrapped,
  zerosLike,
} from "../calls.ts";
import { blank, viewIn } from "../history.ts";
import type { Grad } from "../node.ts";
import { type Rule, rule, type Rules, type Shape } from "../rules.ts";

type T = Tensor;

const shaped = (g: T, s: Shape) => reshape(g, s.sizes);
const same: Rule = rule({ self: ["", (g: T) => g] });
const reshaped: Rule = rule({ self: ["#self", shaped] });

function selectGrad(g: T, s: Shape, dim: number, index: number): T {
  const at_ = index < 0 ? index + s.sizes[wrapped(dim, s.dim)] : index;
  return at("select_scatter", newZeros(g, s.sizes), g, dim, at_);
}
function sliceGrad(
  g: T,
  s: Shape,
  dim: number,
  start: number | null,
  end: number | null,
  step: number,
): T {
  return at("slice_scatter", newZeros(g, s.sizes), g, dim, start, end, step);
}
function inversePermutation(dims: readonly number[]): number[] {
  const out = new Array<number>(dims.length);
  dims.forEach((d, i) => out[wrapped(d, dims.length)] = i);
  return out;
}
/** Puts the dimensions of size one back. */
function unsqueezed(g: T, s: Shape, dims?: readonly number[]): T {
  const gone = dims?.map((d) => wrapped(d, s.dim)) ?? s.sizes.map((_, i) => i);
  let t = g;
  s.sizes.forEach((n, i) => {
    if (n === 1 && gone.includes(i) && s.dim > 0) t = unsqueeze(t, i);
  });
  return t;
}
/** Gradients of pieces along a dimension, one after the other; zeros for those that have none. */
function joined(gs: readonly Grad[], s: Shape, dim: number, lengths: readonly number[]): T {
  const some = gs.find((g) => g !== null)!;
  const parts = gs.map((g, i) => {
    if (g) return g;
    const sizes = [...s.sizes];
    sizes[wrapped(dim, s.dim)] = lengths[i];
    return newZeros(some, sizes);
  });
  return cat(parts, dim);
}
function splitGrad(gs: readonly Grad[], s: Shape, size: number, dim: number): T {
  const n = s.sizes[wrapped(dim, s.dim)];
  return joined(gs, s, dim, gs.map((_, i) => Math.min(size, n - i * size)));
}
function unbindGrad(gs: readonly Grad[], dim: number): T {
  const some = gs.find((g) => g !== null)!;
  return at("stack", gs.map((g) => g ?? zerosLike(some)), dim);
}
function diagonalGrad(g: T, s: Shape, offset: number, dim1: number, dim2: number): T {
  return at("diagonal_scatter", newZeros(g, s.sizes), g, offset, dim1, dim2);
}
function repeatGrad(g: T, s: Shape, repeats: readonly number[]): T {
  if (s.dim === 0) return sum(g);
  if (repeats.includes(0)) return newZeros(g, s.sizes);
  const lead = repeats.length - s.dim;
  const sizes: number[] = [], dims: number[] = [];
  repeats.forEach((r, i) => {
    dims.push(sizes.length);
    sizes.push(r);
    if (i >= lead) sizes.push(s.sizes[i - lead]);
  });
  return sum(reshape(g, sizes), dims);
}
function catGrad(g: T, shapes: readonly Shape[], dim: number): Grad[] {
  const most = Math.max(...shapes.map((s) => s.dim)), d = wrapped(dim, most);
  let from = 0;
  return shapes.map((s) => {
    // An empty vector joins anything.
    if (s.dim === 1 && s.sizes[0] === 0 && most !== 1) return newZeros(g, s.sizes);
    const n = s.sizes[d], part = narrow(g, d, from, n);
    from += n;
    return part;
  });
}
/** Sums windows of `size` every `step` back to where they were taken. */
function unfoldGrad(g: T, s: Shape, dimension: number, size: number, step: number): T {
  const d = wrapped(dimension, s.dim), n = s.dim === 0 ? 1 : s.sizes[d];
  const index = at("unfold", at("arange", n, 4, null, null, null), 0, size, step);
  if (s.dim === 0) return sum(g);
  // Windows stand in the last dimension: bring it beside the dimension it was taken from.
  const order = g.sizes.map((_, i) => i).slice(0, -1);
  order.splice(d + 1, 0, g.dim - 1);
  const flat = at("flatten.using_ints", permute(g, order), d, d + 1);
  return at("index_add", newZeros(g, s.sizes), d, reshape(index, [-1]), flat, 1);
}
function asStridedGrad(
  g: T,
  s: Shape,
  sizes: readonly number[],
  strides: readonly number[],
  offset: number | null,
): T {
  const base = { sizes: s.sizes, strides: s.strides, scalarType: s.scalarType };
  const view = {
    base,
    sizes,
    strides,
    offset: (offset ?? s.storageOffset) - s.storageOffset,
    ofParts: false,
  };
  const out = blank(g, view);
  if (!sizes.some((n, i) => n > 1 && strides[i] < 1)) {
    const distinct = sizes.every((n, i) =>
      n <= 1 || sizes.every((m, j) => i === j || m <= 1 || strides[i] !== strides[j])
    );
    if (distinct && isInjective(sizes, strides)) {
      at("copy_", viewIn(out, view), g, false);
      return out;
    }
  }
  const spots = at(
    "as_strided",
    at("arange", out.numel, 4, null, null, null),
    [...sizes],
    [...strides],
    view.offset,
  );
  const flat = at("index_add", reshape(out, [-1]), 0, reshape(spots, [-1]), reshape(g, [-1]), 1);
  return reshape(flat, s.sizes);
}
/** Whether no element is shown twice, for strides that are nested. */
function isInjective(sizes: readonly number[], strides: readonly number[]): boolean {
  const order = sizes.map((_, i) => i).filter((i) => sizes[i] > 1).sort((a, b) => strides[a] - strides[b]);
  let reach = 0;
  for (const i of order) {
    if (strides[i] <= reach) return false;
    reach += strides[i] * (sizes[i] - 1);
  }
  return true;
}
function rollBack(g: T, shifts: readonly number[], dims: readonly number[]): T {
  return at("roll", g, shifts.map((n) => -n), [...dims]);
}

export const views: Rules = {
  "view": reshaped,
  "_unsafe_view": reshaped,
  "_reshape_alias": reshaped,
  "view_copy": reshaped,
  "alias": same,
  "lift_fresh": same,
  "clone": same,
  "contiguous": same,
  "_to_copy": rule({ self: ["", (g: T) => g] }),
  "t": rule({ self: ["", (g: T) => at("t", g)] }),
  "transpose.int": rule({ self: ["dim0 dim1", (g: T, a: number, b: number) => transpose(g, a, b)] }),
  "permute": rule({ self: ["dims", (g: T, dims: number[]) => permute(g, inversePermutation(dims))] }),
  "expand": rule({ self: ["#self", (g: T, s: Shape) => sumTo(g, s.sizes)] }),
  "select.int": rule({ self: ["#self dim index", selectGrad] }),
  "slice.Tensor": rule({ self: ["#self dim start end step", sliceGrad] }),
  "unsqueeze": rule({ self: ["dim", (g: T, d: number) => squeeze(g, d)] }),
  "squeeze": rule({ self: ["#self", (g: T, s: Shape) => unsqueezed(g, s)] }),
  "squeeze.dim": rule({ self: ["#self dim", (g: T, s: Shape, d: number) => unsqueezed(g, s, [d])] }, {
    index: 1,
  }),
  "squeeze.dims": rule({ self: ["#self dim", (g: T, s: Shape, d: number[]) => unsqueezed(g, s, d)] }, {
    index: 2,
  }),
  "diagonal": rule({ self: ["#self offset dim1 dim2", diagonalGrad] }),
  "as_strided": rule({ self: ["#self size stride storage_offset", asStridedGrad] }),
  "unfold": rule({ self: ["#self dimension size step", unfoldGrad] }),
  "split.Tensor": rule({ self: ["#self split_size dim", splitGrad] }, { several: true }),
  "split_with_sizes": rule({
    self: [
      "#self split_sizes dim",
      (gs: Grad[], s: Shape, n: number[], dim: number) => joined(gs, s, dim, n),
    ],
  }, { several: true }),
  "unsafe_split.Tensor": rule({ self: ["#self split_size dim", splitGrad] }, { several: true }),
  "unbind.int": rule({ self: ["dim", unbindGrad] }, { several: true }),
  "cat": rule({ tensors: ["#tensors dim", catGrad] }),
  "stack": rule({ tensors: ["dim", (g: T, dim: number) => all(g, dim)] }),
  "repeat": rule({ self: ["#self repeats", repeatGrad] }),
  "flip": rule({ self: ["dims", (g: T, dims: number[]) => flip(g, dims)] }),
  "roll": rule({ self: ["shifts dims", rollBack] }),
  "rot90": rule({ self: ["k dims", (g: T, k: number, dims: number[]) => at("rot90", g, -k, dims)] }),
  "tril": rule({ self: ["diagonal", (g: T, d: number) => at("tril", g, d)] }),
  "triu": rule({ self: ["diagonal", (g: T, d: number) => at("triu", g, d)] }),
  "diag_embed": rule({
    self: ["offset dim1 dim2", (g: T, o: number, a: number, b: number) => at("diagonal", g, o, a, b)],
  }),
  "constant_pad_nd": rule({
    self: ["pad", (g: T, pad: number[]) => at("constant_pad_nd", g, pad.map((n) => -n), 0)],
  }),
  "select_scatter": rule({
    self: [
      "#src dim index",
      (g: T, s: Shape, d: number, i: number) => at("select_scatter", g, newZeros(g, s.sizes), d, i),
    ],
    src: ["dim index", (g: T, d: number, i: number) => select(g, d, i)],
  }),
  "slice_scatter": rule({
    self: [
      "#src dim start end step",
      (g: T, s: Shape, d: number, a: number | null, b: number | null, n: number) =>
        at("slice_scatter", g, newZeros(g, s.sizes), d, a, b, n),
    ],
    src: [
      "dim start end step",
      (g: T, d: number, a: number | null, b: number | null, n: number) => at("slice.Tensor", g, d, a, b, n),
    ],
  }),
  "diagonal_scatter": rule({
    self: [
      "#src offset dim1 dim2",
      (g: T, s: Shape, o: number, a: number, b: number) =>
        at("diagonal_scatter", g, newZeros(g, s.sizes), o, a, b),
    ],
    src: ["offset dim1 dim2", (g: T, o: number, a: number, b: number) => at("diagonal", g, o, a, b)],
  }),
  "copy_": rule({ self: ["", (g: T) => zerosLike(g)], src: ["", (g: T) => g] }, { name: "CopyBackwards" }),
  "copy": rule({ self: ["", (g: T) => zerosLike(g)], src: ["", (g: T) => g] }),
  "block_diag": rule({ tensors: ["#tensors", blockDiagGrad] }),
  "trace": rule({
    self: [
      "#self",
      (g: T, s: Shape) => mul(g, at("eye.m", s.sizes[0], s.sizes[1], g.scalarType, null, null, null)),
    ],
  }),
};

function all(g: T, dim: number): T[] {
  const d = wrapped(dim, g.dim);
  return Array.from({ length: g.sizes[d] }, (_, i) => select(g, d, i));
}

function blockDiagGrad(g: T, shapes: readonly Shape[]): Grad[] {
  let row = 0, column = 0;
  return shapes.map((s) => {
    const height = s.dim === 2 ? s.sizes[0] : 1, width = s.dim === 0 ? 1 : s.sizes[s.dim - 1];
    const part = narrow(narrow(g, 0, row, height), 1, column, width);
    row += height;
    column += width;
    return reshape(part, s.sizes);
  });
}
