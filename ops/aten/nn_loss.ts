/** Losses that compare predictions with targets element by element, and how losses reduce. */
import { check } from "../../core/errors.ts";
import { isComplexType, isFloatingType, type ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Declaration, type Family, op } from "../declaration.ts";
import { sameSizes } from "../reference/copy.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { numelOf } from "../reference/dims.ts";
import { floatType, implementedFor, operandSizes, resultType, typeName } from "../reference/promotion.ts";

/** PyTorch's reductions. */
export const Reduction = { None: 0, Mean: 1, Sum: 2 } as const;

/** Element losses as `reduction` asks; a mean of nothing is NaN. */
export function reduced(
  values: Float64Array,
  sizes: readonly number[],
  reduction: number,
  dtype: ScalarType,
): Tensor {
  if (reduction === Reduction.None) return fromNumbers(values, sizes, dtype);
  let sum = 0;
  for (const v of values) sum += v;
  return fromNumbers([reduction === Reduction.Mean ? sum / values.length : sum], [], dtype);
}

/** Broadcasts the operands and computes one loss per element. */
export function elementwise(
  operands: readonly Tensor[],
  reduction: number,
  f: (...x: number[]) => number,
): Tensor {
  const sizes = operandSizes(operands), n = numelOf(sizes), out = new Float64Array(n);
  const [a, b, c, d] = operands.map((o) => numbers(o, sizes));
  for (let i = 0; i < n; i++) out[i] = f(a[i], b?.[i], c?.[i], d?.[i]);
  return reduced(out, sizes, reduction, floatType(resultType(...operands)));
}

/** Losses defined for float results only. */
function floatOnly(kernel: string, ...operands: Tensor[]): void {
  const t = resultType(...operands);
  implementedFor(isFloatingType(t) || isComplexType(t), kernel, t);
}

function pairLoss(doc: string, kernel: string, f: (d: number) => number): Declaration {
  return op(doc, (self: Tensor, target: Tensor, reduction: number) => {
    floatOnly(kernel, self, target);
    return elementwise([self, target], reduction, (x, y) => f(x - y));
  });
}

function smoothL1(self: Tensor, target: Tensor, reduction: number, beta: number): Tensor {
  check(beta >= 0, "smooth_l1_loss does not support negative values for beta.");
  floatOnly("smooth_l1_cpu", self, target);
  return elementwise([self, target], reduction, (x, y) => {
    const z = Math.abs(x - y);
    return z < beta ? 0.5 * z * z / beta : z - 0.5 * beta;
  });
}

function huber(self: Tensor, target: Tensor, reduction: number, delta: number): Tensor {
  check(delta > 0, "huber_loss does not support non-positive values for delta.");
  floatOnly("huber_cpu", self, target);
  return elementwise([self, target], reduction, (x, y) => {
    const z = Math.abs(x - y);
    return z <= delta ? 0.5 * z * z : delta * (z - 0.5 * delta);
  });
}

function binaryCrossEntropy(self: Tensor, target: Tensor, weight: Tensor | null, reduction: number): Tensor {
  check(
    self.scalarType === target.scalarType,
    () => `Found dtype ${typeName(target.scalarType)} but expected ${typeName(self.scalarType)}`,
  );
  check(
    sameSizes(self.sizes, target.sizes),
    () =>
      `Using a target size (torch.Size([${
        target.sizes.join(", ")
      }])) that is different to the input size (torch.Size([${
        self.sizes.join(", ")
      }])) is deprecated. Please ensure they have the same size.`,
    "ValueError",
  );
  return elementwise(weight ? [self, target, weight] : [self, target], reduction, (x, y, w = 1) => {
    check(x >= 0 && x <= 1, "all elements of input should be between 0 and 1");
    check(y >= 0 && y <= 1, "all elements of target should be between 0 and 1");
    // Logarithms stop at -100, so that a certain mistake has a finite loss.
    const hit = Math.max(Math.log(x), -100), miss = Math.max(Math.log1p(-x), -100);
    return w * ((y - 1) * miss - y * hit);
  });
}

const logSigmoid = (x: number) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));

function bceWithLogits(
  self: Tensor,
  target: Tensor,
  weight: Tensor | null,
  positive: Tensor | null,
  reduction: number,
): Tensor {
  const operands = [self, target], at = { weight: 0, positive: 0 };
  if (weight) at.weight = operands.push(weight) - 1;
  if (positive) at.positive = operands.push(positive) - 1;
  return elementwise(operands, reduction, (...v) => {
    const [x, y] = v, w = at.weight ? v[at.weight] : 1, p = at.positive ? v[at.positive] : 1;
    return w * ((1 - y) * x - (1 + (p - 1) * y) * logSigmoid(x));
  });
}

function klDiv(self: Tensor, target: Tensor, reduction: number, logTarget: boolean): Tensor {
  return elementwise(
    [self, target],
    reduction,
    logTarget ? (x, y) => Math.exp(y) * (y - x) : (x, y) => y === 0 ? 0 * x : y * Math.log(y) - y * x,
  );
}

function poissonNll(
  self: Tensor,
  target: Tensor,
  logInput: boolean,
  full: boolean,
  eps: number,
  reduction: number,
): Tensor {
  return elementwise([self, target], reduction, (x, y) => {
    const loss = logInput ? Math.exp(x) - y * x : x - y * Math.log(x + eps);
    return full && y > 1 ? loss + y * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI * y) : loss;
  });
}

function hingeEmbedding(self: Tensor, target: Tensor, margin: number, reduction: number): Tensor {
  return elementwise(
    [self, target],
    reduction,
    (x, y) => (y !== 1 ? Math.max(0, margin - x) : 0) + (y !== -1 ? x : 0),
  );
}

function marginRanking(a: Tensor, b: Tensor, target: Tensor, margin: number, reduction: number): Tensor {
  check(
    a.dim === target.dim && b.dim === target.dim,
    () =>
      `margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: [${
        a.sizes.join(", ")
      }], input2: [${b.sizes.join(", ")}], target: [${target.sizes.join(", ")}] `,
  );
  return elementwise([a, b, target], reduction, (x, y, t) => Math.max(0, -t * (x - y) + margin));
}

export const losses: Family = {
  "aten::mse_loss": pairLoss("Squared differences.", "mse_cpu", (d) => d * d),
  "aten::l1_loss": op(
    "Absolute differences.",
    (self: Tensor, target: Tensor, reduction: number) =>
      elementwise([self, target], reduction, (x, y) => Math.abs(x - y)),
  ),
  "aten::smooth_l1_loss": op("Squared differences below beta, absolute above.", smoothL1),
  "aten::huber_loss": op("Squared differences below delta, delta times absolute above.", huber),
  "aten::binary_cross_entropy": op("Cross entropy of probabilities of two classes.", binaryCrossEntropy),
  "aten::binary_cross_entropy_with_logits": op("Cross entropy of two classes, from logits.", bceWithLogits),
  "aten::kl_div": op("Kullback-Leibler divergence of logarithms of probabilities.", klDiv),
  "aten::poisson_nll_loss": op("Negative log likelihood of Poisson counts.", poissonNll),
  "aten::hinge_embedding_loss": op("Distances of likes, hinged ones of others.", hingeEmbedding),
  "aten::margin_ranking_loss": op("Penalty of pairs ranked wrongly.", marginRanking),
  "aten::soft_margin_loss": op(
    "Logistic loss of labels 1 and -1.",
    (self: Tensor, target: Tensor, reduction: number) =>
      elementwise([self, target], reduction, (x, y) => Math.log1p(Math.exp(-y * x))),
  ),
};
