/**
 * The order in which PyTorch's element-wise loops visit a tensor that is not contiguous: not the logical order
 * but that of memory, smallest stride innermost. Samplers draw in this order, so a transposed tensor gets the
 * numbers of its storage.
 */

/** Positive: dimension `a` belongs outside `b`; negative: inside; 0: no operand tells. */
function compareDims(
  a: number,
  b: number,
  sizes: readonly number[],
  strides: readonly (readonly number[])[],
): number {
  for (const s of strides) {
    if (s[a] === 0 || s[b] === 0) continue;
    if (s[a] !== s[b]) return s[a] < s[b] ? -1 : 1;
    if (sizes[a] > sizes[b]) return 1;
  }
  return 0;
}

/** Dimensions from the innermost loop to the outermost. The output's strides come first. */
export function loopOrder(sizes: readonly number[], ...strides: readonly (readonly number[])[]): number[] {
  const order = sizes.map((_, i) => sizes.length - 1 - i);
  for (let i = 1; i < order.length; i++) {
    let moving = i;
    for (let j = i - 1; j >= 0; j--) {
      const c = compareDims(order[j], order[moving], sizes, strides);
      if (c < 0) break;
      if (c > 0) {
        [order[j], order[moving]] = [order[moving], order[j]];
        moving = j;
      }
    }
  }
  return order;
}

/**
 * For each operand (strides in elements; the output's first, all expanded to `sizes`) the offsets of its
 * elements from its first one, in the order they are visited.
 */
export function visitOrder(
  sizes: readonly number[],
  ...strides: readonly (readonly number[])[]
): Int32Array[] {
  const numel = sizes.reduce((a, b) => a * b, 1);
  const dims = loopOrder(sizes, ...strides);
  return strides.map((s) => {
    const out = new Int32Array(numel);
    if (numel === 0) return out;
    // each dimension repeats what the inner ones gave, shifted by its stride
    let filled = 1;
    for (const d of dims) {
      const inner = filled;
      for (let k = 1; k < sizes[d]; k++) {
        const shift = k * s[d];
        for (let i = 0; i < inner; i++) out[filled++] = out[i] + shift;
      }
    }
    return out;
  });
}
