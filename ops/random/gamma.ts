/** `_standard_gamma` (Marsaglia and Tsang, 2000) and `_sample_dirichlet`. */
import { ScalarType } from "../../core/scalar_type.ts";
import type { TypedArray } from "../../core/tensor.ts";
import { defaultGenerator, type Generator } from "./generator.ts";
import { requireType, sample } from "./sampling.ts";

const THIRD = Math.fround(1 / 3);
const SQUEEZE = Math.fround(0.0331);

/** Smallest normal and largest below one, which results are clamped to. */
const TINY: Partial<Record<ScalarType, number>> = {
  [ScalarType.Float]: 2 ** -126,
  [ScalarType.Double]: 2 ** -1022,
};
const BELOW_ONE: Partial<Record<ScalarType, number>> = {
  [ScalarType.Float]: 1 - 2 ** -24,
  [ScalarType.Double]: 1 - 2 ** -53,
};

/** One sample of Gamma(alpha, 1), before clamping. `f` rounds to the tensor's type. */
function gammaSample(alpha: number, f: (x: number) => number, gen: Generator): number {
  if (alpha === 0) return 0;
  let scale = 1;
  if (alpha < 1) {
    scale = Math.pow(1 - gen.uniformDouble(), f(1 / alpha));
    alpha = f(alpha + 1);
  }
  const d = f(alpha - THIRD);
  // a negative or NaN concentration gives NaN; the first test below does not depend on it and ends the loop
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    let x: number, y: number;
    do {
      x = gen.normalDouble();
      y = 1 + c * x;
    } while (y <= 0);
    const v = y * y * y, u = 1 - gen.uniformDouble(), xx = x * x;
    if (u < 1 - SQUEEZE * xx * xx) return scale * d * v;
    if (Math.log(u) < 0.5 * xx + d * (1 - v + Math.log(v))) return scale * d * v;
  }
}

/** `_standard_gamma(alpha)`: a Gamma(alpha, 1) sample for each element; float32 and float64. */
export function standardGamma(
  out: TypedArray,
  t: ScalarType,
  alpha: ArrayLike<number>,
  gen: Generator = defaultGenerator,
): void {
  requireType(t === ScalarType.Float || t === ScalarType.Double, "gamma_cpu", t);
  const f = t === ScalarType.Float ? Math.fround : (x: number) => x;
  const tiny = TINY[t]!;
  let i = 0;
  sample(out, t, () => {
    const v = gammaSample(alpha[i++], f, gen);
    return v > tiny ? v : tiny;
  });
}

/**
 * `_sample_dirichlet(alpha)`: rows of `length` concentrations to rows that sum to one, in `out`; float32
 * and float64. The gamma samples behind it are drawn in double precision, all rows first.
 */
export function dirichlet(
  out: TypedArray,
  t: ScalarType,
  alpha: ArrayLike<number>,
  length: number,
  gen: Generator = defaultGenerator,
): void {
  requireType(t === ScalarType.Float || t === ScalarType.Double, "dirichlet", t);
  const gammas = new Float64Array(alpha.length);
  standardGamma(gammas, ScalarType.Double, alpha, gen);
  const low = TINY[t]!, high = BELOW_ONE[t]!;
  for (let row = 0; row < gammas.length; row += length) {
    let sum = 0;
    for (let i = row; i < row + length; i++) sum += gammas[i];
    for (let i = row; i < row + length; i++) {
      (out as Float64Array)[i] = Math.min(high, Math.max(low, gammas[i] / sum));
    }
  }
}
