/**
 * Indexing of every kind, reading and writing: one form for `x[...]` of the host and of TypeScript. TorchScript's own
 * `aten::index` and `aten::index_put_` use the tensor-index part (`indexTensors`, `putTensors`).
 */
import { check, RuntimeFault } from "../core/errors.ts";
import { ScalarType } from "../core/scalar_type.ts";
import { numelOf, Tensor } from "../core/tensor.ts";
import { copyTensor, itemOf } from "./aten/memory.ts";
import { select, slice, unsqueeze } from "./aten/view.ts";
import { asType } from "./reference/copy.ts";
import { fromNumbers, numbers } from "./reference/dense.ts";
import { addAt, positionsOf, putAt, takeAt } from "./reference/positions.ts";
import { broadcastSizes } from "./reference/promotion.ts";
import { expandTo } from "./reference/dims.ts";
import { scalarTensor } from "./reference/fill.ts";

/** `a:b:c`; null where absent. */
export interface SliceIndex {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}
export const ELLIPSIS: unique symbol = Symbol("...");
/** One item between the brackets. null is None: a new dimension. */
export type IndexItem = number | null | boolean | typeof ELLIPSIS | SliceIndex | Tensor;

/** Positions of the true (nonzero) elements: an int64 tensor of n rows, a column for each dimension. */
export function nonzero(t: Tensor): Tensor {
  const v = t.scalarType >= 8 && t.scalarType <= 10 ? numbers(asType(t, ScalarType.Bool)) : numbers(t);
  const found: number[] = [];
  for (let i = 0; i < v.length; i++) if (v[i] !== 0) found.push(i);
  const n = t.dim, out = new Float64Array(found.length * n);
  found.forEach((at, row) => {
    for (let d = n - 1; d >= 0; d--) {
      out[row * n + d] = at % t.sizes[d];
      at = Math.floor(at / t.sizes[d]);
    }
  });
  return fromNumbers(out, [found.length, n], ScalarType.Long);
}

/** Masks become as many int64 index tensors as they have dimensions. */
function expandMasks(self: Tensor, indices: readonly (Tensor | null)[]): (Tensor | null)[] {
  const out: (Tensor | null)[] = [];
  for (const t of indices) {
    if (t === null) {
      out.push(null);
      continue;
    }
    const ok = t.scalarType === ScalarType.Long || t.scalarType === ScalarType.Int ||
      t.scalarType === ScalarType.Bool || t.scalarType === ScalarType.Byte;
    check(ok, "tensors used as indices must be long, int, byte or bool tensors", "IndexError");
    if (t.scalarType !== ScalarType.Bool && t.scalarType !== ScalarType.Byte) {
      out.push(t);
      continue;
    }
    for (let d = 0; d < t.dim; d++) {
      const at = out.length;
      if (t.sizes[d] !== self.sizes[at]) {
        throw new RuntimeFault(
          "IndexError",
          `The shape of the mask [${
            t.sizes.join(", ")
          }] at index ${d} does not match the shape of the indexed tensor [${
            self.sizes.join(", ")
          }] at index ${at}`,
        );
      }
      out.push(t); // replaced below, when all sizes are known to fit
    }
    const rows = nonzero(t);
    for (let d = 0; d < t.dim; d++) out[out.length - t.dim + d] = select(rows, 1, d);
  }
  return out;
}

/** Storage positions that the indices pick, and the result's shape. */
function pick(self: Tensor, given: readonly (Tensor | null)[]): { positions: Float64Array; sizes: number[] } {
  check(
    given.length <= self.dim || given.some((t) => t && t.scalarType === ScalarType.Bool && t.dim === 0),
    () => `too many indices for tensor of dimension ${self.dim} (got ${given.length})`,
    "IndexError",
  );
  const indices = expandMasks(self, given);
  check(
    indices.length <= self.dim,
    () => `too many indices for tensor of dimension ${self.dim} (got ${indices.length})`,
    "IndexError",
  );
  let shape: readonly number[] = [];
  const tensors = indices.filter((t) => t !== null);
  try {
    for (const t of tensors) shape = broadcastSizes(shape, t.sizes);
  } catch {
    throw new RuntimeFault(
      "IndexError",
      `shape mismatch: indexing tensors could not be broadcast together with shapes ${
        tensors.map((t) => `[${t.sizes.join(", ")}]`).join(", ")
      }`,
    );
  }
  const dims = indices.map((t, d) => t === null ? -1 : d).filter((d) => d >= 0);
  const adjacent = dims.every((d, i) => i === 0 || d === dims[i - 1] + 1);
  const count = numelOf(shape);
  const offsets = new Float64Array(count);
  for (const d of dims) {
    const v = numbers(indices[d]!, shape), n = self.sizes[d], step = self.strides[d];
    for (let i = 0; i < count; i++) {
      const x = v[i];
      if (x < -n || x >= n) {
        throw new RuntimeFault("IndexError", `index ${x} is out of bounds for dimension ${d} with size ${n}`);
      }
      offsets[i] += (x < 0 ? x + n : x) * step;
    }
  }
  const before: number[] = [], after: number[] = [];
  for (let d = 0; d < self.dim; d++) {
    if (!dims.includes(d)) (adjacent && d < dims[0] ? before : after).push(d);
  }
  const lead = positionsOf(self, before.map((d) => self.sizes[d]), before.map((d) => self.strides[d]));
  const base = self.asStrided([], [], 0);
  const tail = positionsOf(base, after.map((d) => self.sizes[d]), after.map((d) => self.strides[d]));
  const positions = new Float64Array(lead.length * count * tail.length);
  let at = 0;
  for (let a = 0; a < lead.length; a++) {
    for (let i = 0; i < count; i++) {
      for (let b = 0; b < tail.length; b++) positions[at++] = lead[a] + offsets[i] + tail[b];
    }
  }
  return {
    positions,
    sizes: [...before.map((d) => self.sizes[d]), ...shape, ...after.map((d) => self.sizes[d])],
  };
}

/** `self[indices]` where each index is a tensor or null (all of that dimension). */
export function indexTensors(self: Tensor, indices: readonly (Tensor | null)[]): Tensor {
  const { positions, sizes } = pick(self, indices);
  return takeAt(self, positions, sizes);
}

/** `self[indices] = values` (or `+=` when `accumulate`). */
export function putTensors(
  self: Tensor,
  indices: readonly (Tensor | null)[],
  values: Tensor,
  accumulate: boolean,
): Tensor {
  const { positions, sizes } = pick(self, indices);
  check(
    self.scalarType === values.scalarType || values.wrappedNumber,
    () =>
      `Index put requires the source and destination dtypes match, got ${
        nameOf(self.scalarType)
      } for the destination and ${nameOf(values.scalarType)} for the source.`,
  );
  let source = values;
  while (source.dim > sizes.length && source.sizes[0] === 1) source = select(source, 0, 0);
  const lead = sizes.length - source.dim;
  check(
    lead >= 0 && source.sizes.every((s, i) => s === 1 || s === sizes[i + lead]),
    () =>
      `shape mismatch: value tensor of shape [${
        values.sizes.join(", ")
      }] cannot be broadcast to indexing result of shape [${sizes.join(", ")}]`,
  );
  if (accumulate) addAt(self, positions, source, sizes);
  else putAt(self, positions, source, sizes);
  self.bumpVersion();
  return self;
}
function nameOf(t: ScalarType): string {
  return [
    "Byte",
    "Char",
    "Short",
    "Int",
    "Long",
    "Half",
    "Float",
    "Double",
    "ComplexHalf",
    "ComplexFloat",
    "ComplexDouble",
    "Bool",
    "",
    "",
    "",
    "BFloat16",
  ][t];
}

/** Does the views of an index (ints, slices, None) and leaves tensors for `indexTensors`; empty when there are none. */
function applyViews(self: Tensor, items: readonly IndexItem[]): { view: Tensor; tensors: (Tensor | null)[] } {
  let used = 0;
  for (const i of items) {
    if (i instanceof Tensor) {
      used += i.scalarType === ScalarType.Bool || i.scalarType === ScalarType.Byte ? i.dim : 1;
    } else if (i !== null && i !== ELLIPSIS && typeof i !== "boolean") used++;
  }
  check(used <= self.dim, () => `too many indices for tensor of dimension ${self.dim}`, "IndexError");
  let view = self, dim = 0;
  const tensors: (Tensor | null)[] = [];
  // A mask of n dimensions stands for n of them: positions in `tensors` are counted in items, so keep a map.
  const placed: { at: number; t: Tensor; span: number }[] = [];
  for (const item of items) {
    if (typeof item === "number") {
      const n = view.sizes[dim];
      if (item < -n || item >= n) {
        throw new RuntimeFault(
          "IndexError",
          `index ${item} is out of bounds for dimension ${dim} with size ${n}`,
        );
      }
      view = select(view, dim, item);
    } else if (item === null) {
      view = unsqueeze(view, dim++);
    } else if (item === ELLIPSIS) {
      dim += self.dim - used;
    } else if (typeof item === "boolean") {
      view = unsqueeze(view, dim);
      placed.push({ at: dim, t: fromNumbers(item ? [0] : [], [item ? 1 : 0], ScalarType.Long), span: 1 });
      dim++;
    } else if (item instanceof Tensor) {
      const mask = item.scalarType === ScalarType.Bool || item.scalarType === ScalarType.Byte;
      if (item.dim === 0 && !mask && item.scalarType <= ScalarType.Long) {
        const i = Number(itemOf(item)), n = view.sizes[dim];
        if (i < -n || i >= n) {
          throw new RuntimeFault(
            "IndexError",
            `index ${i} is out of bounds for dimension ${dim} with size ${n}`,
          );
        }
        view = select(view, dim, i);
      } else if (item.dim === 0 && mask) {
        view = unsqueeze(view, dim);
        placed.push({
          at: dim,
          t: fromNumbers(numbers(item)[0] ? [0] : [], [numbers(item)[0] ? 1 : 0], ScalarType.Long),
          span: 1,
        });
        dim++;
      } else {
        const span = mask ? item.dim : 1;
        placed.push({ at: dim, t: item, span });
        dim += span;
      }
    } else {
      check((item.step ?? 1) !== 0, "step must be greater than zero", "ValueError");
      check((item.step ?? 1) > 0, "step must be greater than zero", "ValueError");
      view = slice(view, dim, item.start, item.stop, item.step ?? 1);
      dim++;
    }
  }
  let at = 0;
  for (const p of placed) {
    for (; at < p.at; at++) tensors.push(null);
    tensors.push(p.t);
    at += p.span;
  }
  return { view, tensors };
}

/** `self[items]`: a view when only ints, slices, None and `...` are used, else a copy. */
export function indexGet(self: Tensor, items: readonly IndexItem[]): Tensor {
  const { view, tensors } = applyViews(self, items);
  if (tensors.length === 0) return view === self ? self.asStrided(self.sizes, self.strides) : view;
  return indexTensors(view, tensors);
}

/** `self[items] = value`, the value broadcast and converted to self's dtype. */
export function indexPut(self: Tensor, items: readonly IndexItem[], value: Tensor): void {
  const { view, tensors } = applyViews(self, items);
  if (tensors.length === 0) {
    let source = value;
    while (source.dim > view.dim && source.sizes[0] === 1) source = select(source, 0, 0);
    copyTensor(view, source.dim > view.dim ? expandTo(source, view.sizes) : source);
    return;
  }
  putTensors(view, tensors, asType(value, self.scalarType), false);
}

/** A number as what `indexPut` takes. */
export function indexValue(self: Tensor, v: Parameters<typeof scalarTensor>[0]): Tensor {
  return scalarTensor(v, self.scalarType);
}
