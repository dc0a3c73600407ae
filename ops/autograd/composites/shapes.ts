/** Operators on shapes that PyTorch makes of views and copies. */
import { check } from "../../../core/errors.ts";
import { isComplexType } from "../../../core/scalar_type.ts";
import type { Tensor } from "../../../core/tensor.ts";
import { all, at, conj, permute, reshape, transpose, wrapped } from "../calls.ts";
import type { Composites } from "../rules.ts";
import { broadcastSizes } from "../../reference/promotion.ts";
import { sameSizes } from "../../reference/copy.ts";
import { inferSizes, viewStrides, wrapDims } from "../../reference/dims.ts";

type T = Tensor;

function reshaped(t: T, shape: readonly number[]): T {
  const sizes = inferSizes(shape, t.numel);
  if (viewStrides(t, sizes) !== null) return at("view", t, sizes);
  return at("_unsafe_view", at("clone", t, 0), sizes);
}
function flattened(t: T, from: number, to: number): T {
  if (t.dim === 0) return reshaped(t, [1]);
  const a = wrapped(from, t.dim), b = wrapped(to, t.dim);
  check(a <= b, "flatten() has invalid args: start_dim cannot come after end_dim");
  if (a === b) return t;
  const middle = t.sizes.slice(a, b + 1).reduce((x, y) => x * y, 1);
  return reshaped(t, [...t.sizes.slice(0, a), middle, ...t.sizes.slice(b + 1)]);
}
function moved(t: T, source: readonly number[], destination: readonly number[]): T {
  const n = t.dim, from = wrapDims(source, n), to = wrapDims(destination, n);
  const order = new Array<number>(n).fill(-1);
  to.forEach((d, i) => order[d] = from[i]);
  const rest = t.sizes.map((_, i) => i).filter((i) => !from.includes(i));
  let next = 0;
  for (let i = 0; i < n; i++) if (order[i] < 0) order[i] = rest[next++];
  return permute(t, order);
}
/** Parts that may be written: they do not count as views. */
function unsafelyChunked(t: T, chunks: number, dim: number): T[] {
  return all("unsafe_split.Tensor", t, Math.ceil(t.sizes[wrapped(dim, t.dim)] / chunks), dim);
}
function chunked(t: T, chunks: number, dim: number): T[] {
  const n = t.sizes[wrapped(dim, t.dim)], size = Math.ceil(n / chunks);
  if (size === 0) return all("split_with_sizes", t, new Array(chunks).fill(0), dim);
  return all("split.Tensor", t, size, dim);
}
/** The piece from `start` on. */
function narrowed(t: T, dim: number, start: number, length: number): T {
  const n = t.sizes[wrapped(dim, t.dim)];
  const from = start < 0 ? start + n : start;
  check(length >= 0, "narrow(): length must be non-negative.");
  check(
    from >= 0 && from + length <= n,
    `start (${start}) + length (${length}) exceeds dimension size (${n}).`,
  );
  return at("slice.Tensor", t, dim, from, from + length, 1);
}
function unflattened(t: T, dim: number, sizes: readonly number[]): T {
  const d = wrapped(dim, t.dim), inside = inferSizes(sizes, t.sizes[d]);
  return at("view", t, [...t.sizes.slice(0, d), ...inside, ...t.sizes.slice(d + 1)]);
}
function pieces(t: T, n: number, dim: number): T[] {
  const size = t.sizes[wrapped(dim, t.dim)], small = Math.floor(size / n), more = size % n;
  return cut(t, Array.from({ length: n }, (_, i) => small + (i < more ? 1 : 0)), dim);
}
function cut(t: T, lengths: readonly number[], dim: number): T[] {
  let from = 0;
  return lengths.map((n) => at("slice.Tensor", t, dim, from, from += n, 1));
}
function cutAt(t: T, indices: readonly number[], dim: number): T[] {
  const ends = [...indices, t.sizes[wrapped(dim, t.dim)]];
  let from = 0;
  return ends.map((end) => {
    const part = at("slice.Tensor", t, dim, from, end, 1);
    from = end;
    return part;
  });
}
const swap = (t: T, a: number, b: number) => transpose(t, a, b);
const reversed = (t: T) => permute(t, t.sizes.map((_, i) => t.dim - 1 - i));
/** Converted where dtype differs; a recorded copy when asked for. */
function converted(t: T, dtype: number | null, copy: boolean): T {
  if ((dtype === null || dtype === t.scalarType) && !copy) return t;
  return at("_to_copy", t, dtype ?? t.scalarType, null, null, null, false, null);
}
const stackOf = (prepare: (t: T) => T, dim: (ts: T[]) => number) => (tensors: T[]): T => {
  const ts = tensors.map(prepare);
  return at("cat", ts, dim(ts));
};
const atLeast = (n: 1 | 2 | 3) => (t: T): T => {
  if (t.dim >= n) return t;
  if (n === 1) return reshape(t, [1]);
  if (n === 2) return t.dim === 0 ? reshape(t, [1, 1]) : at("unsqueeze", t, 0);
  if (t.dim === 0) return reshape(t, [1, 1, 1]);
  return t.dim === 1 ? at("unsqueeze", at("unsqueeze", t, 0), -1) : at("unsqueeze", t, -1);
};

export const shapes: Composites = {
  "reshape": reshaped,
  "reshape_as": (t: T, other: T) => reshaped(t, other.sizes),
  "view_as": (t: T, other: T) => at("view", t, [...other.sizes]),
  "expand_as": (t: T, other: T) => at("expand", t, [...other.sizes]),
  "flatten.using_ints": flattened,
  "ravel": (t: T) => reshaped(at("contiguous", t), [-1]),
  "unflatten.int": unflattened,
  "contiguous": (t: T, format: number) => t.isContiguous ? t : at("clone", t, format),
  "movedim.intlist": moved,
  "movedim.int": (t: T, a: number, b: number) => moved(t, [a], [b]),
  "moveaxis.intlist": moved,
  "moveaxis.int": (t: T, a: number, b: number) => moved(t, [a], [b]),
  "swapaxes": swap,
  "swapdims": swap,
  "numpy_T": reversed,
  "matrix_H": (t: T) => at("conj_physical", transpose(t, 0, 1)),
  "mT": (t: T) => transpose(t),
  "adjoint": (t: T) => conj(transpose(t)),
  "mH": (t: T) => conj(transpose(t)),
  "chunk": chunked,
  "unsafe_chunk": unsafelyChunked,
  "split.sizes": (t: T, sizes: number[], dim: number) => all("split_with_sizes", t, sizes, dim),
  "tensor_split.sections": pieces,
  "tensor_split.indices": cutAt,
  "hsplit.int": (t: T, n: number) => pieces(t, n, t.dim === 1 ? 0 : 1),
  "hsplit.array": (t: T, at_: number[]) => cutAt(t, at_, t.dim === 1 ? 0 : 1),
  "vsplit.int": (t: T, n: number) => pieces(t, n, 0),
  "vsplit.array": (t: T, at_: number[]) => cutAt(t, at_, 0),
  "dsplit.int": (t: T, n: number) => pieces(t, n, 2),
  "dsplit.array": (t: T, at_: number[]) => cutAt(t, at_, 2),
  "narrow": narrowed,
  "narrow.Tensor": (t: T, dim: number, start: T, length: number) =>
    narrowed(t, dim, Number(start.data()[start.storageOffset]), length),
  "to.dtype": (t: T, dtype: number, _nb: boolean, copy: boolean) => converted(t, dtype, copy),
  "to.dtype_layout": (
    t: T,
    dtype: number | null,
    _l: unknown,
    _d: unknown,
    _p: unknown,
    _nb: boolean,
    copy: boolean,
  ) => converted(t, dtype, copy),
  "to.device": (t: T, _d: unknown, dtype: number, _nb: boolean, copy: boolean) => converted(t, dtype, copy),
  "to.other": (t: T, other: T, _nb: boolean, copy: boolean) => converted(t, other.scalarType, copy),
  "to.prim_Device": (t: T, _d: unknown, dtype: number | null, _nb: boolean, copy: boolean) =>
    converted(t, dtype, copy),
  "to.prim_dtype": (t: T, dtype: number | null, _nb: boolean, copy: boolean) => converted(t, dtype, copy),
  "to.prim_other": (t: T, _nb: boolean, copy: boolean) => converted(t, null, copy),
  "type_as": (t: T, other: T) => converted(t, other.scalarType, false),
  "float": (t: T) => converted(t, 6, false),
  "cpu": (t: T) => t,
  "concat": (ts: T[], dim: number) => at("cat", ts, dim),
  "concatenate": (ts: T[], dim: number) => at("cat", ts, dim),
  "hstack": stackOf(atLeast(1), (ts) => ts[0]?.dim === 1 ? 0 : 1),
  "vstack": stackOf(atLeast(2), () => 0),
  "row_stack": stackOf(atLeast(2), () => 0),
  "dstack": stackOf(atLeast(3), () => 2),
  "column_stack": (ts: T[]) => at("hstack", ts.map((t) => t.dim <= 1 ? reshape(t, [t.numel, 1]) : t)),
  "atleast_1d": atLeast(1),
  "atleast_2d": atLeast(2),
  "atleast_3d": atLeast(3),
  "fliplr": (t: T) => at("flip", t, [1]),
  "flipud": (t: T) => at("flip", t, [0]),
  "tile": (t: T, dims: number[]) =>
    at("repeat", t, [...new Array(Math.max(0, t.dim - dims.length)).fill(1), ...dims]),
  "diagflat": (t: T, offset: number) => at("diag_embed", reshaped(t, [-1]), offset, 0, 1),
  "diag": (t: T, k: number) => t.dim === 1 ? at("diag_embed", t, k, 0, 1) : at("diagonal", t, k, 0, 1),
  "linalg_diagonal": (t: T, offset: number, a: number, b: number) => at("diagonal", t, offset, a, b),
  "unsafe_split_with_sizes": (t: T, sizes: number[], dim: number) => all("split_with_sizes", t, sizes, dim),
  "conj": (t: T) => isComplexType(t.scalarType) ? at("_conj", t) : t,
  "resolve_conj": (t: T) => t,
  "resolve_neg": (t: T) => t,
  "sum_to_size": (t: T, sizes: number[]) => sumToSize(t, sizes),
  "broadcast_tensors": (ts: T[]) => {
    const sizes = ts.map((t) => t.sizes).reduce((a, b) => broadcastSizes(a, b));
    return ts.map((t) => sameSizes(t.sizes, sizes) ? t : at("expand", t, [...sizes]));
  },
  "broadcast_to": (t: T, sizes: number[]) => at("expand", t, sizes),
  "take_along_dim": (t: T, indices: T, dim: number | null) => takeAlong(t, indices, dim),
};

function sumToSize(t: T, sizes: readonly number[]): T {
  const lead = t.dim - sizes.length, dims: number[] = [];
  t.sizes.forEach((n, i) => {
    if (i < lead || (sizes[i - lead] === 1 && n !== 1)) dims.push(i);
  });
  if (!dims.length) return t;
  const s = at("sum.dim_IntList", t, dims, true);
  return lead > 0 ? at("view", s, [...sizes]) : s;
}
function takeAlong(t: T, indices: T, dim: number | null): T {
  if (dim === null) return at("gather", reshaped(t, [-1]), 0, reshape(indices, [-1]), false);
  const d = wrapped(dim, t.dim);
  const sizes = (own: readonly number[], other: readonly number[]) =>
    own.map((n, i) => i === d ? n : n === 1 ? other[i] : n);
  const [s, i] = [sizes(t.sizes, indices.sizes), sizes(indices.sizes, t.sizes)];
  return at("gather", at("expand", t, s), d, at("expand", indices, i), false);
}
