/** Rows of tables by index: embeddings, bags of them, one-hot vectors. */
import { check } from "../../core/errors.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { fromTypedArray, newTensor } from "../reference/allocation.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { positionsOf, takeAt } from "../reference/positions.ts";
import { typeName } from "../reference/promotion.ts";
import { gatherRows } from "../wasm/mod.ts";

function checkIndices(name: string, indices: Tensor, argument: number): void {
  check(
    indices.scalarType === ScalarType.Long || indices.scalarType === ScalarType.Int,
    () =>
      `Expected tensor for argument #${argument} 'indices' to have one of the following scalar types: Long, Int; but got torch.${
        typeName(indices.scalarType)
      }Tensor instead (while checking arguments for ${name})`,
  );
}

function embedding(weight: Tensor, indices: Tensor): Tensor {
  check(weight.dim === 2, "'weight' must be 2-D");
  checkIndices("embedding", indices, 1);
  const [rows, width] = weight.sizes, sizes = [...indices.sizes, width];
  const at = numbers(indices);
  for (let i = 0; i < at.length; i++) {
    check(at[i] >= 0 && at[i] < rows, "index out of range in self", "IndexError");
  }
  const out = newTensor(sizes, weight.scalarType);
  if (out.numel === 0 || gatherRows(out, weight, indices)) return out;
  const row = positionsOf(weight.asStrided([width], [weight.strides[1]]));
  const positions = new Float64Array(at.length * width);
  for (let i = 0; i < at.length; i++) {
    for (let j = 0; j < width; j++) positions[i * width + j] = row[j] + at[i] * weight.strides[0];
  }
  return takeAt(weight, positions, sizes);
}

/** Scales rows that `indices` name down to `maxNorm`, in place. */
function embeddingRenorm(weight: Tensor, indices: Tensor, maxNorm: number, normType: number): Tensor {
  check(weight.dim === 2, "'self' must be 2-D");
  checkIndices("embedding_renorm_", indices, 2);
  const width = weight.sizes[1], v = numbers(weight);
  for (const r of new Set<number>(numbers(indices) as Float64Array)) {
    check(r >= 0 && r < weight.sizes[0], "index out of range in self", "IndexError");
    const row = weight.asStrided([width], [weight.strides[1]], weight.storageOffset + r * weight.strides[0]);
    const values = v.subarray(r * width, (r + 1) * width), norm = normOf(values, normType);
    if (norm > maxNorm) {
      const scale = maxNorm / (norm + 1e-7), data = row.data() as Float64Array;
      const scaled = fromNumbers(Float64Array.from(values, (x) => x * scale), [width], weight.scalarType)
        .data();
      for (let j = 0; j < width; j++) data[row.storageOffset + j * row.strides[0]] = scaled[j] as number;
    }
  }
  weight.bumpVersion();
  return weight;
}

function normOf(v: ArrayLike<number>, p: number): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) {
    const a = Math.abs(v[i]);
    sum = p === Infinity ? Math.max(sum, a) : sum + (p === 2 ? a * a : a ** p);
  }
  return p === Infinity ? sum : p === 2 ? Math.sqrt(sum) : sum ** (1 / p);
}

const SUM = 0, MEAN = 1, MAX = 2;

/** Reduces the rows of each bag. Returns the bags, each index's bag, bag sizes, and the rows of maxima. */
function embeddingBag(
  weight: Tensor,
  indices: Tensor,
  offsets: Tensor,
  _scale: boolean,
  mode: number,
  _sparse: boolean,
  perSample: Tensor | null,
  includeLast: boolean,
  paddingIndex: number | null = null,
): Tensor[] {
  checkIndices("embedding_bag", indices, 1);
  check(indices.dim === 1, "input has to be a 1D Tensor for embedding_bag.offsets");
  check(
    !perSample || mode === SUM,
    "embedding_bag: per_sample_weights only supported with mode='sum'",
  );
  check(
    !perSample || perSample.scalarType === weight.scalarType,
    () =>
      `expected scalar type ${typeName(weight.scalarType)} but found ${
        perSample ? typeName(perSample.scalarType) : ""
      }`,
  );
  const at = numbers(indices), starts = numbers(offsets), [rows, width] = weight.sizes;
  if (includeLast) check(starts.length >= 1, "include_last_offset: number of offset should be at least 1");
  const bags = includeLast ? starts.length - 1 : starts.length;
  check(
    starts.length === 0 || starts[0] === 0,
    () =>
      `offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position 0. However, got ${
        starts[0]
      }`,
  );
  const w = numbers(weight), scale = perSample && numbers(perSample);
  const out = new Float64Array(bags * width), counts = new Float64Array(bags);
  const bagOf = new Float64Array(at.length), best = new Float64Array(mode === MAX ? bags * width : 0);
  const padding = paddingIndex === null ? -1 : paddingIndex < 0 ? paddingIndex + rows : paddingIndex;
  for (let b = 0; b < bags; b++) {
    const end = b + 1 < starts.length ? starts[b + 1] : at.length;
    check(
      end <= at.length,
      () => `offsets[-1] can not be greater than input's length(${at.length}), but got offsets[-1] of ${end}`,
    );
    for (let i = starts[b]; i < end; i++) {
      const r = at[i];
      bagOf[i] = b;
      check(
        r >= 0 && r < rows,
        () => `embedding_bag: Expected idx >= 0 && idx < num_embeddings but found idx to be ${r}`,
      );
      if (r === padding && paddingIndex !== null) continue;
      const first = counts[b]++ === 0, k = scale ? scale[i] : 1;
      for (let j = 0; j < width; j++) {
        const v = w[r * width + j] * k, o = b * width + j;
        if (mode !== MAX) out[o] += v;
        else if (first || v > out[o]) [out[o], best[o]] = [v, r];
      }
    }
    if (mode === MEAN && counts[b] > 0) { for (let j = 0; j < width; j++) out[b * width + j] /= counts[b]; }
  }
  const zeros = () => newTensor([starts.length], indices.scalarType);
  const direct = mode === SUM && paddingIndex === null;
  const long = (v: Float64Array, sizes: number[]) => fromNumbers(v, sizes, indices.scalarType);
  return [
    fromNumbers(out, [bags, width], weight.scalarType),
    // A plain sum needs none of these, and PyTorch leaves them empty or zero.
    direct ? long(new Float64Array(0), [0]) : long(bagOf, [at.length]),
    mode === SUM ? zeros() : long(counts, [bags]),
    mode === MAX ? long(best, [bags, width]) : mode === SUM ? zeros() : long(counts.slice(), [bags]),
  ];
}

function oneHot(self: Tensor, classes: number): Tensor {
  check(
    self.scalarType === ScalarType.Long,
    "one_hot is only applicable to index tensor of type LongTensor.",
  );
  const at = numbers(self);
  if (at.length === 0) {
    check(classes > 0, "Can not infer total number of classes from empty tensor.");
    return newTensor([...self.sizes, classes], ScalarType.Long);
  }
  let max = -Infinity;
  for (let i = 0; i < at.length; i++) {
    check(at[i] >= 0, "Class values must be non-negative.");
    max = Math.max(max, at[i]);
  }
  if (classes === -1) classes = max + 1;
  else {
    check(classes > 0, "num_classes should be positive");
    check(classes > max, "Class values must be smaller than num_classes.");
  }
  const out = new BigInt64Array(at.length * classes);
  for (let i = 0; i < at.length; i++) out[i * classes + at[i]] = 1n;
  return fromTypedArray(out, [...self.sizes, classes], ScalarType.Long);
}

const BAG = op("Sums, means or maxima of the rows of each bag.", embeddingBag);

export const embeddings: Family = {
  "aten::embedding": op("Rows of a table.", embedding),
  "aten::embedding_renorm_": op("Scales the named rows down to a norm.", embeddingRenorm, ["side_effect"]),
  "aten::embedding_bag": BAG,
  "aten::embedding_bag.padding_idx": BAG,
  "aten::_embedding_bag": op(
    "Sums, means or maxima of the rows of each bag.",
    (
      w: Tensor,
      i: Tensor,
      o: Tensor,
      s: boolean,
      m: number,
      sp: boolean,
      p: Tensor | null,
      l: boolean,
      pad: number,
    ) => embeddingBag(w, i, o, s, m, sp, p, l, pad < 0 ? null : pad),
  ),
  "aten::one_hot": op("1 at the class of each element, 0 elsewhere.", oneHot),
};
