/** Iteration spaces of elementwise kernels: broadcasting, dimensions ordered and merged. */
import type { Tensor } from "../../core/tensor.ts";

export interface IterationSpace {
  /** Sizes from the outermost loop to the innermost; never empty. */
  sizes: number[];
  /** Per operand: steps in elements, one per size. */
  strides: number[][];
}

/** Strides of `t` seen at `sizes`: 0 along dimensions it repeats in; null when it does not broadcast to them. */
export function broadcastStrides(t: Tensor, sizes: readonly number[]): number[] | null {
  const lead = sizes.length - t.sizes.length;
  if (lead < 0) return null;
  const out = new Array<number>(sizes.length).fill(0);
  for (let d = 0; d < t.sizes.length; d++) {
    if (t.sizes[d] === sizes[d + lead]) out[d + lead] = t.sizes[d] === 1 ? 0 : t.strides[d];
    else if (t.sizes[d] !== 1) return null;
  }
  return out;
}

/**
 * Orders the dimensions by the first operand's strides (the output's), drops those of size 1 and merges neighbours
 * that every operand walks as one.
 */
export function collapse(sizes: readonly number[], strides: readonly (readonly number[])[]): IterationSpace {
  const dims: number[] = [];
  for (let d = 0; d < sizes.length; d++) if (sizes[d] !== 1) dims.push(d);
  dims.sort((a, b) => {
    for (const s of strides) {
      if (s[a] !== s[b] && s[a] !== 0 && s[b] !== 0) return s[b] - s[a];
    }
    return a - b;
  });
  const outSizes: number[] = [];
  const outStrides: number[][] = strides.map(() => []);
  for (const d of dims) {
    const last = outSizes.length - 1;
    let merge = last >= 0;
    for (let k = 0; merge && k < strides.length; k++) {
      merge = outStrides[k][last] === strides[k][d] * sizes[d];
    }
    if (merge) {
      outSizes[last] *= sizes[d];
      strides.forEach((s, k) => outStrides[k][last] = s[d]);
    } else {
      outSizes.push(sizes[d]);
      strides.forEach((s, k) => outStrides[k].push(s[d]));
    }
  }
  if (outSizes.length === 0) {
    outSizes.push(1);
    outStrides.forEach((s) => s.push(0));
  }
  return { sizes: outSizes, strides: outStrides };
}

/** Elements from the first to one past the last that a view with these sizes and strides touches. */
export function spanOf(sizes: readonly number[], strides: readonly number[]): number {
  let last = 0;
  for (let d = 0; d < sizes.length; d++) {
    if (sizes[d] === 0) return 0;
    last += (sizes[d] - 1) * strides[d];
  }
  return last + 1;
}

/** Whether writing `out` can change elements of `t` before they are read: shared bytes that are not the same view. */
export function overlaps(out: Tensor, t: Tensor): boolean {
  if (out.storage !== t.storage || out.numel === 0 || t.numel === 0) return false;
  if (
    out.storageOffset === t.storageOffset && out.scalarType === t.scalarType && out.dim === t.dim &&
    out.sizes.every((s, d) => s === t.sizes[d] && (s === 1 || out.strides[d] === t.strides[d]))
  ) return false;
  const from = out.storageOffset * out.itemSize, to = from + spanOf(out.sizes, out.strides) * out.itemSize;
  const start = t.storageOffset * t.itemSize, end = start + spanOf(t.sizes, t.strides) * t.itemSize;
  return from < end && start < to;
}
