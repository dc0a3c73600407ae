/** Coin flips: `bernoulli`, `bernoulli_`, the mask of dropout, and the slopes of `rrelu`. */
import { check } from "../../core/errors.ts";
import { isComplexType, ScalarType } from "../../core/scalar_type.ts";
import type { TypedArray } from "../../core/tensor.ts";
import { defaultGenerator, type Generator } from "./generator.ts";
import { bfloat16ToNumber, halfToNumber } from "../../core/element.ts";
import { roundTo } from "./rounding.ts";
import { CHUNK, requireFloating, requireType, sample, showDouble, words } from "./sampling.ts";

const TWO_32 = 4294967296;

/** The argument checks of `bernoulli_(p)`. */
export function checkBernoulli(p: number): void {
  check(p >= 0 && p <= 1, () => `bernoulli_ expects p to be in [0, 1], but got p=${showDouble(p)}`);
}

function one(t: ScalarType): number {
  return t === ScalarType.Half ? 0x3c00 : t === ScalarType.BFloat16 ? 0x3f80 : 1;
}

/** `bernoulli_(p: float)`: ones with probability p, else zeros. Two draws an element, whatever its type. */
export function bernoulliScalar(
  out: TypedArray,
  t: ScalarType,
  p: number,
  gen: Generator = defaultGenerator,
): void {
  checkBernoulli(p);
  const n = out.length;
  if (n === 0) return;
  requireType(!isComplexType(t), "bernoulli_scalar_cpu_", t);
  const draws = new Int32Array(Math.min(2 * n, CHUNK));
  const long = t === ScalarType.Long;
  const target = (long ? words(out) : out) as Int32Array;
  const step = long ? 2 : 1, yes = one(t);
  if (long) target.fill(0);
  for (let at = 0; at < n; at += CHUNK / 2) {
    const m = Math.min(CHUNK / 2, n - at);
    const d = 2 * m === draws.length ? draws : draws.subarray(0, 2 * m);
    gen.engine.fill(d);
    for (let i = 0; i < m; i++) {
      const u = ((d[2 * i] & 0x1fffff) * TWO_32 + (d[2 * i + 1] >>> 0)) * 2 ** -53;
      target[(at + i) * step] = u < p ? yes : 0;
    }
  }
}

/**
 * `bernoulli_(p: Tensor)` and `bernoulli(input)`: one probability an element, in the order the elements are
 * visited. Probabilities of type `pt`: float64 takes two draws an element, the other floating types one.
 * Throws RuntimeFault at the first probability outside [0, 1].
 */
export function bernoulliTensor(
  out: TypedArray,
  t: ScalarType,
  p: TypedArray,
  pt: ScalarType,
  gen: Generator = defaultGenerator,
): void {
  if (out.length === 0) return;
  requireFloating("bernoulli_tensor_cpu_p_", pt);
  let i = 0;
  sample(out, t, () => {
    const raw = Number(p[i++]);
    const prob = pt === ScalarType.Half
      ? halfToNumber(raw)
      : pt === ScalarType.BFloat16
      ? bfloat16ToNumber(raw)
      : raw;
    check(prob >= 0 && prob <= 1, EXPECTED_P);
    return (pt === ScalarType.Double ? gen.uniformDouble() : gen.uniformFloat()) < prob ? 1 : 0;
  });
}

const EXPECTED_P = "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  " +
  "(Could this error message be improved?  If so, please report an enhancement request to PyTorch.)";

/**
 * `rrelu` in training: the slope of each element of `x`, uniform in [lower, upper] where x <= 0 and 1
 * elsewhere; float32 and float64. Two draws for each element that is not positive, none for the others.
 */
export function rreluNoise(
  out: TypedArray,
  t: ScalarType,
  x: ArrayLike<number>,
  lower: number,
  upper: number,
  gen: Generator = defaultGenerator,
): void {
  requireType(t === ScalarType.Float || t === ScalarType.Double, "rrelu_with_noise_out_cpu", t);
  const lo = roundTo(lower, t), range = roundTo(upper, t) - lo;
  let i = 0;
  sample(out, t, () => x[i++] <= 0 ? gen.uniformDouble() * range + lo : 1);
}

/**
 * What eager `dropout` multiplies its input with in training: `bernoulli_(1 - p)` divided by `1 - p`, as
 * elements of floating type `t`. Draws nothing when p is 0 or 1 (all ones, all zeros).
 */
export function dropoutNoise(
  out: TypedArray,
  t: ScalarType,
  p: number,
  gen: Generator = defaultGenerator,
): void {
  check(p >= 0 && p <= 1, () => `dropout probability has to be between 0 and 1, but got ${showDouble(p)}`);
  if (p === 1) {
    out.fill(0 as never);
    return;
  }
  if (p === 0) {
    sample(out, t, () => 1);
    return;
  }
  bernoulliScalar(out, t, 1 - p, gen);
  let i = 0;
  const scale = roundTo(1 / (t === ScalarType.Double ? 1 - p : Math.fround(1 - p)), t);
  sample(out, t, () => out[i++] ? scale : 0);
}
