/** Losses over classes and over pairs of vectors: NLL, cross entropy, margins, embeddings, CTC. */
import { check } from "../../core/errors.ts";
import { type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { isFloatingType, ScalarType } from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { sameSizes } from "../reference/copy.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { typeName } from "../reference/promotion.ts";
import { reduced, Reduction } from "./nn_loss.ts";
import { pairwiseDistance } from "./nn_distance.ts";
import { softmaxOf } from "./nn_normalization.ts";
import { unsqueeze } from "./view.ts";

const list = (s: readonly number[]) => `[${s.join(", ")}]`;

/** self [N, C, ...] or [C], target [N, ...] or []: -weight[y] * self[y], ignored targets 0; and the weights' sum. */
function nll(
  self: Tensor,
  target: Tensor,
  weight: Tensor | null,
  reduction: number,
  ignore: number,
): [Tensor, Tensor] {
  check(
    target.scalarType === ScalarType.Long || target.scalarType === ScalarType.Byte,
    () => `expected target dtype to be Long or Byte, but got ${typeName(target.scalarType)}`,
  );
  const batched = self.dim > 1, classes = self.sizes[batched ? 1 : 0];
  const area = batched ? numelOf(self.sizes.slice(2)) : 1;
  check(
    !weight || (weight.dim === 1 && weight.numel === classes),
    () =>
      `weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor of shape: ${
        list(weight!.sizes)
      }`,
  );
  const x = numbers(self), y = numbers(target), w = weight && numbers(weight);
  const out = new Float64Array(y.length);
  let total = 0, sum = 0;
  for (let i = 0; i < y.length; i++) {
    const c = y[i];
    if (c === ignore) continue;
    check(c >= 0 && c < classes, `Target ${c} is out of bounds.`, "IndexError");
    const n = Math.floor(i / area), scale = w ? w[c] : 1;
    sum += out[i] = -scale * x[(n * classes + c) * area + i % area];
    total += scale;
  }
  const t = self.scalarType, totalWeight = (v: number) => fromNumbers([v], [], t);
  if (reduction === Reduction.None) return [fromNumbers(out, target.sizes, t), totalWeight(0)];
  return [fromNumbers([reduction === Reduction.Mean ? sum / total : sum], [], t), totalWeight(total)];
}

function nllFlat(
  self: Tensor,
  target: Tensor,
  weight: Tensor | null,
  reduction: number,
  ignore: number,
): [Tensor, Tensor] {
  check(self.dim > 0 && self.dim <= 2, "input tensor should be 1D or 2D");
  check(target.dim <= 1, "0D or 1D target tensor expected, multi-target not supported");
  check(
    self.dim === 1 && target.dim === 0 || self.sizes[0] === target.sizes[0],
    () => `size mismatch (got input: ${list(self.sizes)}, target: ${list(target.sizes)})`,
  );
  return nll(self, target, weight, reduction, ignore);
}

function nll2d(
  self: Tensor,
  target: Tensor,
  weight: Tensor | null,
  reduction: number,
  ignore: number,
): [Tensor, Tensor] {
  check(
    target.dim === 3,
    () =>
      `only batches of spatial targets supported (3D tensors) but got targets of dimension: ${target.dim}`,
  );
  check(
    self.dim === 4,
    () => `only batches of spatial inputs supported (4D tensors), but got input of dimension: ${self.dim}`,
  );
  check(
    sameSizes([self.sizes[0], ...self.sizes.slice(2)], target.sizes),
    () => `size mismatch (got input: ${list(self.sizes)} , target: ${list(target.sizes)}`,
  );
  return nll(self, target, weight, reduction, ignore);
}

function nllAny(
  self: Tensor,
  target: Tensor,
  weight: Tensor | null,
  reduction: number,
  ignore: number,
): Tensor {
  check(
    self.dim >= 1,
    () => `Expected 1 or more dimensions (got ${self.dim})`,
    "ValueError",
  );
  if (self.dim !== 1) {
    check(
      self.sizes[0] === target.sizes[0],
      () => `Expected input batch_size (${self.sizes[0]}) to match target batch_size (${target.sizes[0]}).`,
      "ValueError",
    );
  }
  if (self.dim <= 2) return nllFlat(self, target, weight, reduction, ignore)[0];
  if (self.dim === 4) return nll2d(self, target, weight, reduction, ignore)[0];
  const expected = [self.sizes[0], ...self.sizes.slice(2)];
  check(
    sameSizes(expected, target.sizes),
    () => `Expected target size ${list(expected)}, got ${list(target.sizes)}`,
  );
  return nll(self, target, weight, reduction, ignore)[0];
}

function crossEntropy(
  self: Tensor,
  target: Tensor,
  weight: Tensor | null,
  reduction: number,
  ignore: number,
  smoothing: number,
): Tensor {
  const classDim = self.dim === 1 ? 0 : 1, classes = self.sizes[classDim];
  if (sameSizes(self.sizes, target.sizes)) {
    check(
      isFloatingType(target.scalarType),
      "Expected floating point type for target with class probabilities, got " + typeName(target.scalarType),
    );
    check(ignore < 0, "ignore_index is not supported for floating point target");
    return probabilities(self, target, weight, reduction, smoothing, classDim);
  }
  const logs = softmaxOf(self, classDim, null, true);
  if (smoothing === 0) return nllAny(logs, target, weight, reduction, ignore);
  check(
    smoothing > 0 && smoothing <= 1,
    () => `label_smoothing must be between 0.0 and 1.0. Got: ${smoothing}`,
  );
  const hard = nllAny(logs, target, weight, Reduction.None, ignore);
  // The smooth part is the loss of a uniform target.
  const x = numbers(logs), y = numbers(target), w = weight && numbers(weight), h = numbers(hard);
  const area = self.dim === 1 ? 1 : numelOf(self.sizes.slice(2)), out = new Float64Array(y.length);
  let total = 0, kept = 0;
  for (let i = 0; i < y.length; i++) {
    if (y[i] === ignore) continue;
    let smooth = 0;
    for (let c = 0; c < classes; c++) {
      smooth -= x[(Math.floor(i / area) * classes + c) * area + i % area] * (w ? w[c] : 1);
    }
    out[i] = (1 - smoothing) * h[i] + smooth * smoothing / classes;
    total += w ? w[y[i]] : 1;
    kept++;
  }
  if (reduction !== Reduction.Mean) return reduced(out, target.sizes, reduction, self.scalarType);
  return fromNumbers([out.reduce((a, b) => a + b, 0) / (w ? total : kept)], [], self.scalarType);
}

function probabilities(
  self: Tensor,
  target: Tensor,
  weight: Tensor | null,
  reduction: number,
  smoothing: number,
  dim: number,
): Tensor {
  const classes = self.sizes[dim], area = dim === 0 ? 1 : numelOf(self.sizes.slice(2));
  const x = numbers(softmaxOf(self, dim, null, true)), y = numbers(target), w = weight && numbers(weight);
  const sizes = self.sizes.filter((_, i) => i !== dim), out = new Float64Array(numelOf(sizes));
  for (let i = 0; i < x.length; i++) {
    const c = Math.floor(i / area) % classes, n = Math.floor(i / (area * classes)) * area + i % area;
    const p = smoothing > 0 ? y[i] * (1 - smoothing) + smoothing / classes : y[i];
    out[n] -= x[i] * p * (w ? w[c] : 1);
  }
  return reduced(out, sizes, reduction, self.scalarType);
}

function multiMargin(
  self: Tensor,
  target: Tensor,
  p: Scalar,
  margin: Scalar,
  weight: Tensor | null,
  reduction: number,
): Tensor {
  const power = scalarToNumber(p), m = scalarToNumber(margin);
  check(power === 1 || power === 2, "only p == 1 and p == 2 supported");
  const rows = self.dim === 2 ? self.sizes[0] : 1, classes = self.sizes[self.dim - 1];
  check(
    target.numel === rows,
    () => `inconsistent target size, expected ${rows} but got ${list(target.sizes)}`,
  );
  const x = numbers(self), y = numbers(target), w = weight && numbers(weight), out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    check(y[i] >= 0 && y[i] < classes, "target out of range");
    for (let c = 0; c < classes; c++) {
      const z = m - x[i * classes + y[i]] + x[i * classes + c];
      if (c !== y[i] && z > 0) out[i] += (power === 1 ? z : z * z) * (w ? w[y[i]] : 1) / classes;
    }
  }
  return reduced(out, target.sizes, reduction, self.scalarType);
}

function multilabelMargin(self: Tensor, target: Tensor, reduction: number): Tensor {
  const rows = self.dim === 2 ? self.sizes[0] : 1, classes = self.sizes[self.dim - 1] ?? 1;
  check(
    sameSizes(self.sizes, target.sizes),
    () => `inconsistent target size: ${list(target.sizes)} for input of size: ${list(self.sizes)}`,
  );
  const x = numbers(self), y = numbers(target), out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const wanted: number[] = [];
    for (let c = 0; c < classes && y[i * classes + c] >= 0; c++) wanted.push(y[i * classes + c]);
    const is = new Set(wanted);
    for (const t of wanted) {
      for (let c = 0; c < classes; c++) {
        const z = 1 - x[i * classes + t] + x[i * classes + c];
        if (!is.has(c) && z > 0) out[i] += z / classes;
      }
    }
  }
  return reduced(out, self.dim === 2 ? [rows] : [], reduction, self.scalarType);
}

function cosineEmbedding(a: Tensor, b: Tensor, target: Tensor, margin: number, reduction: number): Tensor {
  check(
    target.dim === 0 || target.dim === 1,
    () => `0D or 1D target tensor expected, multi-target not supported`,
  );
  const n = target.dim === 0 ? 1 : a.sizes[0], width = a.sizes[a.dim - 1];
  const x = numbers(a), y = numbers(b), t = numbers(target), out = new Float64Array(n), eps = 1e-12;
  for (let i = 0; i < n; i++) {
    let xy = 0, xx = eps, yy = eps;
    for (let j = i * width; j < (i + 1) * width; j++) {
      xy += x[j] * y[j];
      xx += x[j] * x[j];
      yy += y[j] * y[j];
    }
    const cos = xy / Math.sqrt(xx * yy), want = t[t.length === 1 ? 0 : i];
    out[i] = want === 1 ? 1 - cos : want === -1 ? Math.max(0, cos - margin) : 0;
  }
  return reduced(out, target.dim === 0 ? [] : [n], reduction, a.scalarType);
}

function triplet(
  a: Tensor,
  p: Tensor,
  n: Tensor,
  margin: number,
  power: number,
  eps: number,
  swap: boolean,
  reduction: number,
): Tensor {
  check(
    a.dim === p.dim && a.dim === n.dim,
    () =>
      `The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: anchor ${a.dim}D, positive ${p.dim}D, and negative ${n.dim}D inputs`,
  );
  check(margin > 0, () => `triplet_margin_loss: margin must be greater than 0, got ${margin}`);
  const near = pairwiseDistance(a, p, power, eps, false), far = pairwiseDistance(a, n, power, eps, false);
  const x = numbers(near),
    y = numbers(far),
    z = swap ? numbers(pairwiseDistance(p, n, power, eps, false)) : y;
  const out = Float64Array.from(x as Float64Array, (v, i) => Math.max(0, margin + v - Math.min(y[i], z[i])));
  return reduced(out, near.sizes, reduction, near.scalarType);
}

const logAdd = (a: number, b: number) => {
  const m = Math.max(a, b);
  return m === -Infinity ? m : m + Math.log(Math.exp(a - m) + Math.exp(b - m));
};

/** logProbs [T, N, C] (or [T, C]); targets [N, S] or all in one row. */
function ctc(
  logProbs: Tensor,
  targets: Tensor,
  inputLengths: readonly number[],
  targetLengths: readonly number[],
  blank: number,
  reduction: number,
  zeroInfinity: boolean,
): Tensor {
  const batched = logProbs.dim === 3, lp = batched ? logProbs : unsqueeze(logProbs, 1);
  const [steps, batch, classes] = lp.sizes;
  check(blank >= 0 && blank < classes, "blank must be in label range");
  check(inputLengths.length === batch, "input_lengths must be of size batch_size");
  check(targetLengths.length === batch, "target_lengths must be of size batch_size");
  const x = numbers(lp), y = numbers(targets), out = new Float64Array(batch);
  let from = 0;
  for (let b = 0; b < batch; b++) {
    const n = targetLengths[b], T = inputLengths[b], start = targets.dim === 2 ? b * targets.sizes[1] : from;
    from += n;
    check(
      T >= 0 && T <= steps,
      () =>
        `Expected input_lengths to have value at most ${steps}, but got value ${T} (while checking arguments for ctc_loss_cpu)`,
    );
    const label = (s: number) => s % 2 ? y[start + (s - 1) / 2] : blank, states = 2 * n + 1;
    const at = (t: number, s: number) => x[(t * batch + b) * classes + label(s)];
    let alpha = new Float64Array(states).fill(-Infinity);
    if (T > 0) {
      alpha[0] = at(0, 0);
      if (n > 0) alpha[1] = at(0, 1);
    } else alpha[0] = 0;
    for (let t = 1; t < T; t++) {
      const next = new Float64Array(states);
      for (let s = 0; s < states; s++) {
        let v = alpha[s];
        if (s > 0) v = logAdd(v, alpha[s - 1]);
        if (s > 1 && s % 2 && label(s) !== label(s - 2)) v = logAdd(v, alpha[s - 2]);
        next[s] = v + at(t, s);
      }
      alpha = next;
    }
    out[b] = -(n > 0 ? logAdd(alpha[states - 1], alpha[states - 2]) : alpha[0]);
    if (zeroInfinity && out[b] === Infinity) out[b] = 0;
    if (reduction === Reduction.Mean) out[b] /= Math.max(1, n);
  }
  return reduced(out, batched ? [batch] : [], reduction, logProbs.scalarType);
}

export const classLosses: Family = {
  "aten::nll_loss": op(
    "Negative log likelihood of the target classes.",
    (...a: Parameters<typeof nllFlat>) => nllFlat(...a)[0],
  ),
  "aten::nll_loss_forward": op("Negative log likelihood and the weights' sum.", nllFlat),
  "aten::nll_loss2d": op(
    "Negative log likelihood at every place.",
    (...a: Parameters<typeof nll2d>) => nll2d(...a)[0],
  ),
  "aten::nll_loss2d_forward": op("Negative log likelihood at every place and the weights' sum.", nll2d),
  "aten::nll_loss_nd": op("Negative log likelihood of the target classes.", nllAny),
  "aten::cross_entropy_loss": op("Cross entropy of logits and classes or probabilities.", crossEntropy),
  "aten::multi_margin_loss": op("Margins between the class and the others.", multiMargin),
  "aten::multilabel_margin_loss": op("Margins between the classes and the others.", multilabelMargin),
  "aten::cosine_embedding_loss": op("Angles of likes, hinged ones of others.", cosineEmbedding),
  "aten::triplet_margin_loss": op("Distances to the like less those to the other.", triplet),
  "aten::ctc_loss.IntList": op("Loss of all alignments of a sequence.", ctc),
  "aten::ctc_loss.Tensor": op(
    "Loss of all alignments of a sequence.",
    (l: Tensor, t: Tensor, i: Tensor, n: Tensor, blank: number, r: number, z: boolean) =>
      ctc(l, t, [...numbers(i)], [...numbers(n)], blank, r, z),
  ),
};
