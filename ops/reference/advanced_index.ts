/** Where index tensors and masks point: the positions that `x[index]` reads and writes. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { isComplexType, ScalarType } from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { asType } from "./copy.ts";
import { fromNumbers, numbers } from "./dense.ts";
import { addAt, positionsOf, putAt, takeAt } from "./positions.ts";
import { broadcastSizes, typeName } from "./promotion.ts";

export function isMask(t: Tensor): boolean {
  return t.scalarType === ScalarType.Bool || t.scalarType === ScalarType.Byte;
}

/** Row-major indices of the elements that are not zero. */
export function nonzeroPositions(t: Tensor): number[] {
  const v = isComplexType(t.scalarType) ? numbers(asType(t, ScalarType.Bool)) : numbers(t);
  const found: number[] = [];
  for (let i = 0; i < v.length; i++) if (v[i] !== 0) found.push(i);
  return found;
}

/** The coordinates of row-major indices along each dimension, an int64 tensor each. */
export function coordinates(indices: readonly number[], sizes: readonly number[]): Tensor[] {
  return sizes.map((size, d) => {
    const inner = numelOf(sizes.slice(d + 1)), out = new Float64Array(indices.length);
    for (let i = 0; i < out.length; i++) out[i] = Math.floor(indices[i] / inner) % size;
    return fromNumbers(out, [out.length], ScalarType.Long);
  });
}

/** Masks become as many int64 index tensors as they have dimensions. */
function expandMasks(self: Tensor, indices: readonly (Tensor | null)[]): (Tensor | null)[] {
  const out: (Tensor | null)[] = [];
  for (const t of indices) {
    if (t === null) {
      out.push(null);
      continue;
    }
    if (!isMask(t)) {
      check(
        t.scalarType === ScalarType.Long || t.scalarType === ScalarType.Int,
        "tensors used as indices must be long, int, byte or bool tensors",
        "IndexError",
      );
      out.push(t);
      continue;
    }
    const first = out.length;
    t.sizes.forEach((s, d) =>
      check(
        s === self.sizes[first + d],
        () =>
          `The shape of the mask [${
            t.sizes.join(", ")
          }] at index ${d} does not match the shape of the indexed tensor [${
            self.sizes.join(", ")
          }] at index ${first + d}`,
        "IndexError",
      )
    );
    out.push(...coordinates(nonzeroPositions(t), t.sizes));
  }
  return out;
}

interface Picked {
  /** Storage positions in the result's row-major order. */
  readonly positions: Float64Array;
  /** The result's sizes. */
  readonly sizes: number[];
}

/** Resolves an index: masks to positions, index tensors broadcast, their dimensions where PyTorch puts them. */
function pick(self: Tensor, given: readonly (Tensor | null)[]): Picked {
  const tooMany = (n: number) =>
    check(
      n <= self.dim,
      () => `too many indices for tensor of dimension ${self.dim} (got ${n})`,
      "IndexError",
    );
  tooMany(given.length);
  const indices = expandMasks(self, given);
  tooMany(indices.length);
  const dims = indices.flatMap((t, d) => t === null ? [] : [d]);
  let shape: readonly number[] = [];
  try {
    for (const d of dims) shape = broadcastSizes(shape, indices[d]!.sizes);
  } catch {
    const shapes = dims.map((d) => `[${indices[d]!.sizes.join(", ")}]`).join(", ");
    throw new RuntimeFault(
      "IndexError",
      `shape mismatch: indexing tensors could not be broadcast together with shapes ${shapes}`,
    );
  }
  const count = numelOf(shape), offsets = new Float64Array(count);
  // Messages number the indexed dimensions, not the tensor's.
  dims.forEach((d, ordinal) => {
    const v = numbers(indices[d]!, shape), n = self.sizes[d], step = self.strides[d];
    for (let i = 0; i < count; i++) {
      const x = v[i];
      if (x < -n || x >= n) {
        throw new RuntimeFault(
          "IndexError",
          `index ${x} is out of bounds for dimension ${ordinal} with size ${n}`,
        );
      }
      offsets[i] += (x < 0 ? x + n : x) * step;
    }
  });
  // Adjacent index tensors leave their dimensions in place; others move them to the front.
  const adjacent = dims.every((d, i) => i === 0 || d === dims[i - 1] + 1);
  const before: number[] = [], after: number[] = [];
  for (let d = 0; d < self.dim; d++) {
    if (!dims.includes(d)) (adjacent && d < dims[0] ? before : after).push(d);
  }
  const sizesOf = (ds: number[]) => ds.map((d) => self.sizes[d]);
  const lead = positionsOf(self, sizesOf(before), before.map((d) => self.strides[d]));
  const tail = positionsOf(self.asStrided([], [], 0), sizesOf(after), after.map((d) => self.strides[d]));
  const positions = new Float64Array(lead.length * count * tail.length);
  let at = 0;
  for (let a = 0; a < lead.length; a++) {
    for (let i = 0; i < count; i++) {
      for (let b = 0; b < tail.length; b++) positions[at++] = lead[a] + offsets[i] + tail[b];
    }
  }
  return { positions, sizes: [...sizesOf(before), ...shape, ...sizesOf(after)] };
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
  check(
    self.scalarType === values.scalarType || values.wrappedNumber || values.dim === 0,
    () =>
      `Index put requires the source and destination dtypes match, got ${
        typeName(self.scalarType)
      } for the destination and ${typeName(values.scalarType)} for the source.`,
  );
  const { positions, sizes } = pick(self, indices);
  let lead = values.dim - sizes.length;
  lead = lead > 0 && values.sizes.slice(0, lead).every((s) => s === 1) ? lead : 0;
  const source = lead > 0 ? values.asStrided(values.sizes.slice(lead), values.strides.slice(lead)) : values;
  const shift = sizes.length - source.dim;
  check(
    shift >= 0 && source.sizes.every((s, i) => s === 1 || s === sizes[i + shift]),
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
