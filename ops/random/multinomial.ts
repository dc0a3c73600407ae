/** `multinomial`: indices drawn in proportion to weights. */
import { check } from "../../core/errors.ts";
import { isFloatingType, ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import { defaultGenerator, type Generator } from "./generator.ts";
import { roundTo } from "./rounding.ts";
import { topK } from "./top_k.ts";

/** The argument checks of `multinomial`, in PyTorch's order. `sizes` are the input's. */
export function checkMultinomial(
  sizes: readonly number[],
  t: ScalarType,
  samples: number,
  replacement: boolean,
): void {
  check(sizes.length === 1 || sizes.length === 2, "prob_dist must be 1 or 2 dim");
  check(
    isFloatingType(t),
    () => `multinomial only supports floating-point dtypes for input, got: ${scalarTypeInfo(t).name}`,
  );
  check(samples > 0, "cannot sample n_sample <= 0 samples");
  const categories = sizes[sizes.length - 1];
  check(
    replacement || samples <= categories,
    "cannot sample n_sample > prob_dist.size(-1) samples without replacement",
  );
  check(categories <= 2 ** 24, "number of categories cannot exceed 2^24");
}

/**
 * Draws `samples` indices for each of `rows` rows of weights (row after row, values of floating type `t`).
 * The result has rows * samples indices. Without replacement a number is drawn for each weight, in the order
 * of `order` (indices of weights; their own order when left out): a transposed input's is that of memory.
 * Throws RuntimeFault for weights that are no distribution.
 */
export function multinomial(
  weights: ArrayLike<number>,
  rows: number,
  t: ScalarType,
  samples: number,
  replacement: boolean,
  gen: Generator = defaultGenerator,
  order?: Int32Array,
): BigInt64Array {
  const out = new BigInt64Array(rows * samples);
  if (out.length === 0) return out;
  const categories = weights.length / rows;
  if (replacement && samples > 1) withReplacement(out, weights, rows, categories, t, samples, gen);
  else withoutReplacement(out, weights, rows, categories, t, samples, gen, order);
  return out;
}

/** Binary search in the running sums; float64 sums in float64, all other types in float32. */
function withReplacement(
  out: BigInt64Array,
  weights: ArrayLike<number>,
  rows: number,
  categories: number,
  t: ScalarType,
  samples: number,
  gen: Generator,
): void {
  const sums = t === ScalarType.Double ? new Float64Array(categories) : new Float32Array(categories);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let j = 0; j < categories; j++) {
      const w = weights[row * categories + j];
      check(w >= 0, "invalid multinomial distribution (encountering probability entry < 0)");
      check(
        Number.isFinite(w),
        "invalid multinomial distribution (encountering probability entry = infinity or NaN)",
      );
      sums[j] = sum + w;
      sum = sums[j];
    }
    check(sum > 0, "invalid multinomial distribution (sum of probabilities <= 0)");
    for (let j = 0; j < categories; j++) sums[j] /= sum;
    sums[categories - 1] = 1;
    for (let s = 0; s < samples; s++) {
      const u = gen.uniformDouble();
      let lo = 0, hi = categories;
      while (lo < hi) {
        const mid = lo + ((hi - lo) >> 1);
        if (sums[mid] < u) lo = mid + 1;
        else hi = mid;
      }
      out[row * samples + s] = BigInt(lo);
    }
  }
}

/** The largest of weight / Exp(1), most likely first; the same as drawing one after the other. */
function withoutReplacement(
  out: BigInt64Array,
  weights: ArrayLike<number>,
  rows: number,
  categories: number,
  t: ScalarType,
  samples: number,
  gen: Generator,
  order: Int32Array | undefined,
): void {
  for (let i = 0; i < weights.length; i++) {
    check(
      weights[i] >= 0 && weights[i] < Infinity,
      "probability tensor contains either `inf`, `nan` or element < 0",
    );
  }
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let j = 0; j < categories; j++) sum += weights[row * categories + j];
    check(sum !== 0, "invalid multinomial distribution (sum of probabilities <= 0)");
  }
  const keys = new Float64Array(weights.length);
  for (let visit = 0; visit < keys.length; visit++) {
    const i = order ? order[visit] : visit;
    keys[i] = roundTo(weights[i] / roundTo(-Math.log1p(-gen.uniformDouble()), t), t);
  }
  for (let row = 0; row < rows; row++) {
    const at = row * categories;
    const own = keys.subarray(at, at + categories);
    const best = samples === 1 ? [argmax(own)] : topK(own, samples);
    for (let s = 0; s < samples; s++) out[row * samples + s] = BigInt(best[s]);
  }
}

/** Index of the largest key, the first among equals; NaN is largest. */
function argmax(keys: Float64Array): number {
  let best = 0;
  for (let i = 1; i < keys.length && !Number.isNaN(keys[best]); i++) {
    if (keys[i] > keys[best] || Number.isNaN(keys[i])) best = i;
  }
  return best;
}
