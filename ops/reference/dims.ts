/** Dimension numbers and sizes as callers write them: negative, -1 inferred, checked with PyTorch's messages. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";

/** `dim` counted from the front; a 0-dim tensor takes 0 and -1 as if it had one dimension. */
export function wrapDim(dim: number, ndim: number): number {
  const n = Math.max(ndim, 1);
  if (dim < -n || dim >= n) {
    throw new RuntimeFault(
      "IndexError",
      `Dimension out of range (expected to be in range of [${-n}, ${n - 1}], but got ${dim})`,
    );
  }
  return dim < 0 ? dim + n : dim;
}

/** Wrapped dims; all of them when null or (unless `emptyIsNone`) empty. Repeats are refused. */
export function wrapDims(dims: readonly number[] | null, ndim: number, emptyIsAll = true): number[] {
  if (dims === null || (emptyIsAll && dims.length === 0)) return Array.from({ length: ndim }, (_, i) => i);
  const seen = new Set<number>();
  for (const d of dims) {
    const w = wrapDim(d, ndim);
    check(!seen.has(w), () => `dim ${w} appears multiple times in the list of dims`);
    seen.add(w);
  }
  return [...seen];
}

/** Sizes with one -1 replaced by what makes `numel` elements. */
export function inferSizes(shape: readonly number[], numel: number): number[] {
  let infer = -1, product = 1;
  shape.forEach((s, i) => {
    if (s === -1) {
      check(infer < 0, "only one dimension can be inferred");
      infer = i;
    } else {
      check(s >= 0, () => `invalid shape dimension ${s}`);
      product *= s;
    }
  });
  const invalid = () => `shape '[${shape.join(", ")}]' is invalid for input of size ${numel}`;
  if (infer < 0) {
    check(product === numel, invalid);
    return shape.slice();
  }
  check(
    product !== 0,
    () =>
      numel === 0
        ? `cannot reshape tensor of 0 elements into shape [${
          shape.join(", ")
        }] because the unspecified dimension size -1 can be any value and is ambiguous`
        : invalid(),
  );
  check(numel % product === 0, invalid);
  const out = shape.slice();
  out[infer] = numel / product;
  return out;
}

/** Strides that show `t` with `sizes` without copying; null when there are none. */
export function viewStrides(t: Tensor, sizes: readonly number[]): number[] | null {
  const { sizes: old, strides } = t;
  if (old.length === 0) return new Array<number>(sizes.length).fill(1);
  if (t.numel === 0) {
    if (old.length === sizes.length && old.every((s, i) => s === sizes[i])) return strides.slice();
    const out = new Array<number>(sizes.length);
    for (let i = sizes.length - 1; i >= 0; i--) {
      out[i] = i === sizes.length - 1 ? 1 : Math.max(sizes[i + 1], 1) * out[i + 1];
    }
    return out;
  }
  const out = new Array<number>(sizes.length);
  let at = sizes.length - 1, base = strides[old.length - 1], chunk = 1, seen = 1;
  for (let d = old.length - 1; d >= 0; d--) {
    chunk *= old[d];
    if (d === 0 || (old[d - 1] !== 1 && strides[d - 1] !== chunk * base)) {
      while (at >= 0 && (seen < chunk || sizes[at] === 1)) {
        out[at] = seen * base;
        seen *= sizes[at];
        at--;
      }
      if (seen !== chunk) return null;
      if (d > 0) {
        base = strides[d - 1];
        chunk = 1;
        seen = 1;
      }
    }
  }
  return at === -1 ? out : null;
}

/** `t` expanded to `sizes` without copying; -1 keeps a size. */
export function expandTo(t: Tensor, sizes: readonly number[]): Tensor {
  const lead = sizes.length - t.dim;
  check(
    lead >= 0,
    () =>
      `expand(${typeWord(t)}{[${t.sizes.join(", ")}]}, size=[${
        sizes.join(", ")
      }]): the number of sizes provided (${sizes.length}) must be greater or equal to the number of dimensions in the tensor (${t.dim})`,
  );
  const strides = new Array<number>(sizes.length);
  const out = sizes.map((s, i) => {
    const have = i < lead ? 1 : t.sizes[i - lead];
    if (s === -1) {
      check(
        i >= lead,
        () => `The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension ${i}`,
      );
      s = have;
    }
    check(
      s === have || have === 1,
      () =>
        `The expanded size of the tensor (${s}) must match the existing size (${have}) at non-singleton dimension ${i}.  Target sizes: [${
          sizes.join(", ")
        }].  Tensor sizes: [${t.sizes.join(", ")}]`,
    );
    strides[i] = i < lead ? 0 : have === 1 && s !== 1 ? 0 : t.strides[i - lead];
    return s;
  });
  if (lead > 0) {
    // Leading new dimensions of size 1 get the stride PyTorch gives them.
    for (let i = lead - 1; i >= 0; i--) {
      strides[i] = out[i] === 1 ? (out[i + 1] ?? 1) * (strides[i + 1] ?? 1) : 0;
    }
  }
  return t.asStrided(out, strides);
}

/** The tensor's type as old messages spell it: `torch.FloatTensor`. */
export function typeWord(t: Tensor): string {
  const names: Record<number, string> = {
    0: "Byte",
    1: "Char",
    2: "Short",
    3: "Int",
    4: "Long",
    5: "Half",
    6: "Float",
    7: "Double",
    8: "ComplexHalf",
    9: "ComplexFloat",
    10: "ComplexDouble",
    11: "Bool",
    15: "BFloat16",
  };
  return `torch.${names[t.scalarType] ?? "Float"}Tensor`;
}

export { numelOf };
