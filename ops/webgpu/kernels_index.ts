/** Operators that pick, place and join elements. Checks and messages are PyTorch's. */
import { check } from "../../core/errors.ts";
import { PendingValue } from "../../core/pending.ts";
import type { Scalar } from "../../core/scalar.ts";
import { promoteTypes, ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { narrow, reshape, select, unsqueeze } from "../aten/view.ts";
import type { Kernel } from "../declaration.ts";
import { call } from "../dispatch.ts";
import { fromTypedArray, MemoryFormat } from "../reference/allocation.ts";
import { expandTo, wrapDim } from "../reference/dims.ts";
import { broadcastSizes } from "../reference/promotion.ts";
import { fillTensor } from "../reference/fill.ts";
import { emptyTensor, isOnGpu } from "./device.ts";
import { type IndexAt, indexed } from "./gather.ts";
import { onDevice } from "./inputs.ts";
import { copyStrided } from "./pointwise.ts";
import { downloaded, downloadedNow, uploaded } from "./transfer.ts";

/** Index tensors may come from the CPU, as PyTorch lets them. */
function indexTensor(t: Tensor): Tensor {
  const on = isOnGpu(t) ? t : uploaded(t);
  return on.scalarType === ScalarType.Long || on.scalarType === ScalarType.Int
    ? on
    : call("aten::to.dtype", on, ScalarType.Int) as Tensor;
}

function embedding(w: Tensor, indices: Tensor): Tensor {
  check(w.dim === 2, "'weight' must be 2-D");
  const idx = indexTensor(indices), sizes = [...idx.sizes, w.sizes[1]];
  const out = emptyTensor(sizes, w.scalarType), lead = idx.sizes.map(() => 0);
  indexed("read", sizes, { t: out, strides: out.strides }, {
    t: onDevice(w),
    strides: [...lead, w.strides[1]],
  }, [
    { index: idx, strides: [...idx.strides, 0], size: w.sizes[0], step: w.strides[0], dim: 0, wraps: false },
  ]);
  return out;
}

function without(strides: readonly number[], dim: number): number[] {
  return strides.map((s, d) => d === dim ? 0 : s);
}

function indexSelect(x: Tensor, dim: number, index: Tensor): Tensor {
  check(index.dim <= 1, () => `index_select(): Index is supposed to be a vector`, "IndexError");
  const d = wrapDim(dim, x.dim), idx = indexTensor(index);
  if (x.dim === 0) return call("aten::clone", x) as Tensor;
  const sizes = x.sizes.map((s, i) => i === d ? idx.numel : s), out = emptyTensor(sizes, x.scalarType);
  const along = sizes.map((_s, i) => i === d ? idx.strides[0] ?? 0 : 0);
  indexed("read", sizes, { t: out, strides: out.strides }, { t: x, strides: without(x.strides, d) }, [
    { index: idx, strides: along, size: x.sizes[d], step: x.strides[d], dim: d, wraps: false },
  ]);
  return out;
}

function alongDim(x: Tensor, d: number, idx: Tensor): IndexAt {
  const size = x.sizes[d] ?? 1, step = x.strides[d] ?? 0;
  return { index: idx, strides: idx.strides, size, step, dim: d, wraps: false };
}

function gather(x: Tensor, dim: number, index: Tensor): Tensor {
  check(
    x.dim === index.dim || index.numel === 0 || x.dim === 0 || index.dim === 0,
    "Index tensor must have the same number of dimensions as input tensor",
  );
  const d = wrapDim(dim, x.dim), idx = indexTensor(index), out = emptyTensor(idx.sizes, x.scalarType);
  for (let i = 0; i < idx.dim; i++) {
    check(
      i === d || idx.sizes[i] <= (x.sizes[i] ?? 1),
      () =>
        `Size does not match at dimension ${i} expected index [${
          idx.sizes.join(", ")
        }] to be no larger than self [${x.sizes.join(", ")}] apart from dimension ${d}`,
    );
  }
  const strides = idx.sizes.map((_s, i) => i === d ? 0 : x.strides[i] ?? 0);
  indexed("read", idx.sizes, { t: out, strides: out.strides }, { t: x, strides }, [alongDim(x, d, idx)]);
  return out;
}

function scatterInto(self: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  const d = wrapDim(dim, self.dim), idx = indexTensor(index);
  const from = src.scalarType === self.scalarType
    ? src
    : call("aten::to.dtype", src, self.scalarType) as Tensor;
  const strides = idx.sizes.map((_s, i) => i === d ? 0 : self.strides[i] ?? 0);
  indexed("write", idx.sizes, { t: onDevice(from), strides: from.strides }, { t: self, strides }, [
    alongDim(self, d, idx),
  ]);
  self.bumpVersion();
  return self;
}
/** `indexed("add", ...)` with the dimensions brought into an order that has those where positions may meet last. */
function addOrdered(
  order: readonly number[],
  walked: number,
  sizes: readonly number[],
  from: Tensor,
  to: Tensor,
  strides: readonly number[],
  indices: readonly IndexAt[],
): void {
  const pick = (v: readonly number[]) => order.map((d) => v[d]);
  indexed(
    "add",
    pick(sizes),
    { t: from, strides: pick(from.strides) },
    { t: to, strides: pick(strides) },
    indices.map((j) => ({ ...j, strides: pick(j.strides) })),
    walked,
  );
}

/** The order that has dimension d last. */
const last = (
  d: number,
  rank: number,
) => [...Array.from({ length: rank }, (_, i) => i).filter((i) => i !== d), d];

function scatterAddInto(self: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  const d = wrapDim(dim, self.dim), idx = indexTensor(index), from = onDevice(src);
  check(
    self.scalarType === src.scalarType,
    "scatter(): Expected self.dtype to be equal to src.dtype",
  );
  check(
    idx.numel === 0 || Math.max(idx.dim, 1) === Math.max(self.dim, 1),
    "Index tensor must have the same number of dimensions as self tensor",
  );
  if (idx.numel === 0) return self;
  if (idx.dim === 0 || self.dim === 0) {
    const flat = (t: Tensor) => t.dim ? t : reshape(t, [1]);
    scatterAddInto(flat(self), 0, flat(idx), flat(from));
    return self;
  }
  const strides = without(self.strides, d);
  addOrdered(last(d, idx.dim), 1, idx.sizes, from, self, strides, [alongDim(self, d, idx)]);
  self.bumpVersion();
  return self;
}

function indexAddInto(self: Tensor, dim: number, index: Tensor, src: Tensor, alpha: Scalar): Tensor {
  const d = wrapDim(dim, self.dim), idx = indexTensor(index);
  check(idx.dim <= 1, "index_add_(): Index is supposed to be a vector", "IndexError");
  check(self.scalarType === src.scalarType, "index_add_(): self and source must have the same scalar type");
  const fits = src.dim === self.dim && src.sizes.every((s, i) => s === (i === d ? idx.numel : self.sizes[i]));
  check(
    self.dim === 0 || fits,
    () =>
      `source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = [${
        self.sizes.join(", ")
      }] source.shape = [${src.sizes.join(", ")}]`,
  );
  const scaled = alpha === 1 ? onDevice(src) : call("aten::mul.Scalar", src, alpha) as Tensor;
  if (self.dim === 0) return scatterAddInto(self, 0, idx, scaled);
  const along = {
    ...alongDim(self, d, idx),
    strides: src.sizes.map((_s, i) => i === d ? idx.strides[0] ?? 0 : 0),
  };
  addOrdered(last(d, self.dim), 1, src.sizes, scaled, self, without(self.strides, d), [along]);
  self.bumpVersion();
  return self;
}

function filled(self: Tensor, sizes: readonly number[], value: Scalar): Tensor {
  return expandTo(fillTensor(emptyTensor([], self.scalarType), value), sizes);
}
const clone = (x: Tensor, format: number = MemoryFormat.Preserve) => call("aten::clone", x, format) as Tensor;
const dense = (x: Tensor) => clone(x, MemoryFormat.Contiguous);

const isMask = (t: Tensor | null) => t?.scalarType === ScalarType.Bool || t?.scalarType === ScalarType.Byte;

/** Runs `f` with masks among the indices turned into positions; how many there are is known once they are read. */
function withPositions(
  given: readonly (Tensor | null)[],
  f: (given: readonly (Tensor | null)[]) => Tensor,
): Tensor | PendingValue {
  const masks = given.filter(isMask) as Tensor[];
  if (masks.length === 0) return f(given);
  const go = (host: readonly Tensor[]) => {
    let at = 0;
    return f(given.flatMap((t) => {
      if (!isMask(t)) return [t];
      const places = call("aten::nonzero", host[at++]) as Tensor;
      return Array.from({ length: places.sizes[1] }, (_, d) => uploaded(select(places, 1, d)));
    }));
  };
  const there = masks.map((t) => isOnGpu(t) ? t : uploaded(t));
  return new PendingValue(
    () => Promise.all(there.map(downloaded)).then(go),
    () => go(there.map(downloadedNow)),
  );
}

/** Index tensors by dimension. */
function advanced(x: Tensor, given: readonly (Tensor | null)[]) {
  check(
    given.length <= x.dim,
    () => `too many indices for tensor of dimension ${x.dim} (got ${given.length})`,
    "IndexError",
  );
  const dims: number[] = [], tensors: Tensor[] = [];
  given.forEach((t, d) => {
    if (t === null) return;
    dims.push(d);
    tensors.push(indexTensor(t));
  });
  const shape = tensors.reduce<readonly number[]>((s, t) => broadcastSizes(s, t.sizes), []);
  const kept = x.sizes.map((_s, d) => d).filter((d) => !dims.includes(d));
  // Indexed dimensions that stand together are replaced in place; apart, they come first.
  const together = dims.every((d, i) => i === 0 || d === dims[i - 1] + 1);
  const lead = together ? kept.filter((d) => d < dims[0]) : [];
  const tail = kept.filter((d) => !lead.includes(d));
  const sizes = [...lead.map((d) => x.sizes[d]), ...shape, ...tail.map((d) => x.sizes[d])];
  const zeros = shape.map(() => 0);
  const strides = [...lead.map((d) => x.strides[d]), ...zeros, ...tail.map((d) => x.strides[d])];
  const indices = tensors.map((t, i): IndexAt => ({
    index: t,
    strides: [...lead.map(() => 0), ...expandTo(t, shape).strides, ...tail.map(() => 0)],
    size: x.sizes[dims[i]],
    step: x.strides[dims[i]],
    dim: dims[i],
    wraps: true,
  }));
  const order = sizes.map((_s, i) => i), from = lead.length, to = from + shape.length;
  return {
    sizes,
    strides,
    indices,
    walked: shape.length,
    inOrder: [...order.slice(0, from), ...order.slice(to), ...order.slice(from, to)],
  };
}

function index(x: Tensor, given: readonly (Tensor | null)[]): Tensor | PendingValue {
  return withPositions(given, (indices) => {
    const a = advanced(x, indices), out = emptyTensor(a.sizes, x.scalarType);
    const from = { t: onDevice(x), strides: a.strides };
    indexed("read", a.sizes, { t: out, strides: out.strides }, from, a.indices);
    return out;
  });
}

function indexPut(
  self: Tensor,
  given: readonly (Tensor | null)[],
  values: Tensor,
  accumulate: boolean,
): Tensor | PendingValue {
  const only = given.filter((t) => t !== null);
  if (!accumulate && only.length === 1 && given.length === 1 && only[0].scalarType === ScalarType.Bool) {
    if (values.numel === 1) {
      const mask = only[0].dim < self.dim
        ? reshape(only[0], [...only[0].sizes, ...self.sizes.slice(only[0].dim).map(() => 1)])
        : only[0];
      return call("aten::masked_fill_.Tensor", self, mask, reshape(values, [])) as Tensor;
    }
  }
  return withPositions(given, (indices) => {
    const a = advanced(self, indices);
    const typed = values.scalarType === self.scalarType
      ? values
      : call("aten::to.dtype", values, self.scalarType);
    const from = expandTo(onDevice(typed as Tensor), a.sizes);
    if (accumulate) addOrdered(a.inOrder, a.walked, a.sizes, from, self, a.strides, a.indices);
    else {indexed(
        "write",
        a.sizes,
        { t: from, strides: from.strides },
        { t: self, strides: a.strides },
        a.indices,
      );}
    self.bumpVersion();
    return self;
  });
}

function cat(tensors: readonly Tensor[], dim: number): Tensor {
  check(tensors.length > 0, "torch.cat(): expected a non-empty list of Tensors");
  const real = tensors.filter((t) => !(t.dim === 1 && t.numel === 0));
  const first = real[0] ?? tensors[0], dtype = tensors.map((t) => t.scalarType).reduce(promoteTypes);
  check(first.dim > 0, "zero-dimensional tensor (at position 0) cannot be concatenated");
  const d = wrapDim(dim, first.dim);
  real.forEach((t, i) => {
    check(
      t.dim === first.dim,
      () => `Tensors must have same number of dimensions: got ${first.dim} and ${t.dim}`,
    );
    const bad = t.sizes.findIndex((s, j) => j !== d && s !== first.sizes[j]);
    check(
      bad < 0,
      () =>
        `Sizes of tensors must match except in dimension ${d}. Expected size ${
          first.sizes[bad]
        } but got size ${t.sizes[bad]} for tensor number ${i} in the list.`,
    );
  });
  const total = real.reduce((n, t) => n + t.sizes[d], 0);
  const out = emptyTensor(real.length ? first.sizes.map((s, j) => j === d ? total : s) : [0], dtype);
  let at = 0;
  for (const t of real) {
    copyStrided(narrow(out, d, at, t.sizes[d]), onDevice(t));
    at += t.sizes[d];
  }
  return out;
}

function stack(tensors: readonly Tensor[], dim: number): Tensor {
  check(tensors.length > 0, "stack expects a non-empty TensorList");
  const [first] = tensors;
  tensors.forEach((t, i) =>
    check(
      t.dim === first.dim && t.sizes.every((s, d) => s === first.sizes[d]),
      () =>
        `stack expects each tensor to be equal size, but got [${first.sizes.join(", ")}] at entry 0 and [${
          t.sizes.join(", ")
        }] at entry ${i}`,
    )
  );
  return cat(tensors.map((t) => unsqueeze(t, dim)), dim);
}

function constantPad(x: Tensor, pad: readonly number[], value: Scalar): Tensor {
  check(pad.length % 2 === 0, "Length of pad must be even but instead it equals " + pad.length);
  check(
    pad.length <= 2 * x.dim,
    "Length of pad should be no more than twice the number of dimensions of the input.",
  );
  const sizes = x.sizes.slice();
  let inner = x;
  const places: [dim: number, from: number, n: number][] = [];
  for (let i = 0; i < pad.length / 2; i++) {
    const d = x.dim - 1 - i, before = pad[2 * i], after = pad[2 * i + 1];
    sizes[d] += before + after;
    check(
      sizes[d] >= 0,
      () =>
        `The input size ${
          x.sizes[d]
        }, plus negative padding ${before} and ${after}, resulted in a negative output size`,
    );
    const from = Math.max(0, -before), n = x.sizes[d] - from - Math.max(0, -after);
    inner = narrow(inner, d, from, n);
    places.push([d, Math.max(0, before), n]);
  }
  const out = fillTensor(emptyTensor(sizes, x.scalarType), value);
  copyStrided(places.reduce((t, [d, from, n]) => narrow(t, d, from, n), out), inner);
  return out;
}

/** Elements with `column - row` on one side of the diagonal; the others zero. */
function triangle(upper: boolean): Kernel {
  return (x: Tensor, diagonal: number) => {
    check(x.dim >= 2, `${upper ? "triu" : "tril"}: input tensor must have at least 2 dimensions`);
    const rows = Int32Array.from({ length: x.sizes[x.dim - 2] }, (_, i) => i + diagonal);
    const columns = Int32Array.from({ length: x.sizes[x.dim - 1] }, (_, i) => i);
    const r = uploaded(fromTypedArray(rows, [rows.length, 1], ScalarType.Int));
    const c = uploaded(fromTypedArray(columns, [1, columns.length], ScalarType.Int));
    const away = call(upper ? "aten::lt.Tensor" : "aten::gt.Tensor", c, r);
    return call("aten::masked_fill.Scalar", x, away, 0);
  };
}

export const INDEX_KERNELS: Readonly<Record<string, Kernel>> = {
  "aten::embedding": embedding,
  "aten::index_select": indexSelect,
  "aten::gather": gather,
  "aten::scatter.src": (x: Tensor, dim: number, i: Tensor, src: Tensor) => scatterInto(dense(x), dim, i, src),
  "aten::scatter_.src": scatterInto,
  "aten::scatter.value": (x: Tensor, dim: number, i: Tensor, v: Scalar) =>
    scatterInto(dense(x), dim, i, filled(x, i.sizes, v)),
  "aten::scatter_.value": (x: Tensor, dim: number, i: Tensor, v: Scalar) =>
    scatterInto(x, dim, i, filled(x, i.sizes, v)),
  "aten::scatter_add": (x: Tensor, dim: number, i: Tensor, src: Tensor) =>
    scatterAddInto(dense(x), dim, i, src),
  "aten::scatter_add_": scatterAddInto,
  "aten::index_add": (x: Tensor, dim: number, i: Tensor, src: Tensor, alpha: Scalar) =>
    indexAddInto(dense(x), dim, i, src, alpha),
  "aten::index_add_": indexAddInto,
  "aten::index.Tensor": index,
  "aten::index_put_": indexPut,
  "aten::_index_put_impl_": indexPut,
  "aten::index_put": (x: Tensor, given: readonly (Tensor | null)[], v: Tensor, accumulate: boolean) =>
    indexPut(clone(x), given, v, accumulate),
  "aten::cat": cat,
  "aten::concat": cat,
  "aten::concatenate": cat,
  "aten::stack": stack,
  "aten::constant_pad_nd": constantPad,
  "aten::tril": triangle(false),
  "aten::triu": triangle(true),
};
