/** Counts: `poisson` (Hoermann's PTRS, 1993) and `binomial` (Hoermann's BTRS, 1993, or sums of geometrics). */
import { check } from "../../core/errors.ts";
import { isFloatingType, ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import type { TypedArray } from "../../core/tensor.ts";
import { defaultGenerator, type Generator } from "./generator.ts";
import { requireFloating, requireType, sample } from "./sampling.ts";

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** log(k!) for integers k >= 0. */
function logFactorial(k: number): number {
  if (k < 16) {
    let product = 1;
    for (let i = 2; i <= k; i++) product *= i;
    return Math.log(product);
  }
  const inv = 1 / k, inv2 = inv * inv;
  return (k + 0.5) * Math.log(k) - k + HALF_LOG_2PI + inv * (1 / 12 - inv2 * (1 / 360 - inv2 / 1260));
}

/** A count as C++ casts it to int64: what does not fit becomes the smallest. */
function toInt64(x: number): number {
  return x >= -(2 ** 63) && x < 2 ** 63 ? x : -(2 ** 63);
}

/** One Poisson count. Throws RuntimeFault when the rate is negative or not a number. */
function poissonCount(rate: number, gen: Generator): number {
  check(rate >= 0, "invalid Poisson rate, expected rate to be non-negative");
  if (rate === 0) return 0;
  if (rate < 10) {
    const floor = Math.exp(-rate);
    let count = 0;
    for (let product = gen.uniformDouble(); product > floor; product *= gen.uniformDouble()) count++;
    return count;
  }
  const logRate = Math.log(rate);
  const b = 0.931 + 2.53 * Math.sqrt(rate);
  const a = -0.059 + 0.02483 * b;
  const logInvAlpha = Math.log(1.1239 + 1.1328 / (b - 3.4));
  const vr = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = gen.uniformDouble() - 0.5, v = gen.uniformDouble();
    const us = 0.5 - Math.abs(u);
    const k = toInt64(Math.floor((2 * a / us + b) * u + rate + 0.43));
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const accept = Math.log(v) + logInvAlpha - Math.log(a / (us * us) + b);
    if (accept <= -rate + k * logRate - logFactorial(k)) return k;
  }
}

/** `poisson(rates)`: a count for each rate, as floating type `t`. */
export function poisson(
  out: TypedArray,
  t: ScalarType,
  rates: ArrayLike<number>,
  gen: Generator = defaultGenerator,
): void {
  requireFloating("poisson_cpu", t);
  let i = 0;
  sample(out, t, () => poissonCount(rates[i++], gen));
}

/** log k! minus Stirling's leading terms at k, for small k. */
const STIRLING_TAIL = [
  0.0810614667953272,
  0.0413406959554092,
  0.0276779256849983,
  0.02079067210376509,
  0.0166446911898211,
  0.0138761288230707,
  0.0118967099458917,
  0.0104112652619720,
  0.00925546218271273,
  0.00833056343336287,
];

function stirlingTail(k: number): number {
  if (k <= 9) return STIRLING_TAIL[Math.trunc(k)];
  const next = k + 1, square = next * next;
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / next;
}

/** Successes counted by jumping from one to the next; for few expected successes. */
function binomialByGeometrics(count: number, prob: number, f: (x: number) => number, gen: Generator): number {
  const logMiss = f(Math.log1p(-prob));
  let trials = 0;
  for (let successes = 0;; successes++) {
    trials += Math.ceil(Math.log(gen.uniformDouble()) / logMiss);
    if (!(trials <= count)) return successes;
  }
}

/** Transformed rejection with squeeze. `f` rounds to the tensor's type, in which PyTorch does part of this. */
function binomialByRejection(count: number, prob: number, f: (x: number) => number, gen: Generator): number {
  const mean = f(count * prob);
  const stddev = f(Math.sqrt(f(mean * f(1 - prob))));
  const b = 1.15 + 2.53 * stddev;
  const a = -0.0873 + 0.0248 * b + 0.01 * prob;
  const c = mean + 0.5;
  const vr = 0.92 - 4.2 / b;
  const odds = f(prob / f(1 - prob));
  const alpha = (2.83 + 5.1 / b) * stddev;
  const mode = Math.floor(f(f(count + 1) * prob));
  for (;;) {
    const u = gen.uniformDouble() - 0.5, v = gen.uniformDouble();
    const us = 0.5 - Math.abs(u);
    const k = f(Math.floor((2 * a / us + b) * u + c));
    if (k < 0 || k > count) continue;
    if (us >= 0.07 && v <= vr) return k;
    const missed = f(f(count - k) + 1);
    const bound = (mode + 0.5) * Math.log((mode + 1) / (odds * (count - mode + 1))) +
      f(count + 1) * Math.log((count - mode + 1) / missed) +
      (k + 0.5) * Math.log(odds * missed / f(k + 1)) +
      stirlingTail(mode) + stirlingTail(count - mode) - stirlingTail(k) - stirlingTail(f(count - k));
    if (Math.log(v * alpha / (a / (us * us) + b)) <= bound) return k;
  }
}

function binomialCount(count: number, prob: number, f: (x: number) => number, gen: Generator): number {
  if (count <= 0 || prob <= 0) return 0;
  if (prob >= 1) return count;
  // PyTorch never returns from a NaN count
  if (Number.isNaN(prob) || Number.isNaN(count)) return NaN;
  const rare = prob <= 0.5 ? prob : f(1 - prob);
  const hits = f(count * rare) >= 10
    ? binomialByRejection(count, rare, f, gen)
    : binomialByGeometrics(count, rare, f, gen);
  return prob <= 0.5 ? hits : f(count - hits);
}

/** `binomial(count, prob)`: successes among `count` trials, element by element; float32 and float64. */
export function binomial(
  out: TypedArray,
  t: ScalarType,
  count: ArrayLike<number>,
  prob: ArrayLike<number>,
  gen: Generator = defaultGenerator,
): void {
  check(
    isFloatingType(t),
    () => `binomial only supports floating-point dtypes for count, got: ${scalarTypeInfo(t).name}`,
    "ValueError",
  );
  requireType(t === ScalarType.Float || t === ScalarType.Double, "binomial_cpu", t);
  const f = t === ScalarType.Float ? Math.fround : (x: number) => x;
  let i = 0;
  sample(out, t, () => {
    const n = count[i], p = prob[i++];
    return binomialCount(n, p, f, gen);
  });
}
