/**
 * PyTorch's CPU random numbers: the same mt19937 stream and the same transformation in every sampler, so
 * that a seed gives PyTorch 2.13's numbers (official x86-64 build, one thread). Samplers are pure: they fill
 * typed arrays in the order in which PyTorch visits elements (`visitOrder` for tensors that are not
 * contiguous) and know nothing of tensors. PyTorch 2.13 draws nothing from MKL.
 *
 * `tensors.ts` has the same on tensors (in-place methods by PyTorch's names, with the trailing underscore).
 *
 * A draw is 32 bits of the engine; 64 bits are two draws, the high word first. u24 is the low 24 bits of a
 * draw over 2**24; u53 the low 53 bits of two draws over 2**53.
 *
 * | function | draws an element | value | agrees with PyTorch |
 * |---|---|---|---|
 * | uniform, float32 | 1 | u24 * (to - from) + from, fused | every bit |
 * | uniform, float16 / bfloat16 | 1 | as float32, then rounded; what rounds up to `to` becomes `from` (in every type) | every bit |
 * | uniform, float64 | 2 | u53 * (to - from) + from, fused | every bit |
 * | normal, fewer than 16 elements or not contiguous | 4 for every second one | Box-Muller in double: radius from the second u53, angle from the first; cosine now, sine kept in the generator | float32 every bit, float64 the last digit |
 * | normal, contiguous, 16 and more | as uniform, and 16 more for a length that 16 does not divide | blocks of 16: radius from element i, angle from i + 8; the last 16 drawn anew | float32 every bit (Cephes polynomials, fused), float64 the last digit; 16-bit types draw 16 a block, in float32, and an incomplete block only once |
 * | randomFromTo, randint | 1 below a range of 2**28, else 2 | draw mod range + from | every bit |
 * | random (no bounds) | 1; int64 and float64 2 | low bits of integers; mod 2**digits + 1 of floats | every bit |
 * | randperm | 1 a step, n - 1 steps | Fisher-Yates from the front, draw mod (n - i) | every bit |
 * | bernoulliScalar, dropoutNoise | 2 | u53 < p | every bit |
 * | bernoulliTensor | 1; float64 probabilities 2 | u24 < p, u53 < p | every bit |
 * | rreluNoise | 2 where x <= 0 | uniform in double, not fused | every bit |
 * | exponential | 2 | -log1p(-u53) / lambd | float32 every bit, float64 the last digit |
 * | geometric | 2 | ceil(log u53 / log1p(-p)) | as exponential |
 * | cauchy | 2 | median + sigma tan(pi (u53 - 1/2)) | as exponential |
 * | logNormal | as normal below 16 | exp of it | as exponential |
 * | multinomial with replacement | 2 a sample | binary search of u53 in the running sums | every index |
 * | multinomial without, or one sample | 2 a category | largest p / Exp(1) | every index |
 * | poisson | 2 a factor, 4 a try | product of u53 below rate 10, else Hoermann's PTRS | every count |
 * | binomial | 2 or 4 a try | sums of geometrics, or Hoermann's BTRS from 10 expected successes on | every count |
 * | standardGamma, dirichlet | normal and u53 a try | Marsaglia and Tsang | the last digit |
 */
export { DEFAULT_SEED, defaultGenerator, Generator, STATE_BYTES } from "./generator.ts";
export { checkUniform, uniform } from "./uniform.ts";
export { checkNormal, normal } from "./normal.ts";
export { checkRandperm, randint, random, randomFromTo, randperm } from "./integers.ts";
export { bernoulliScalar, bernoulliTensor, checkBernoulli, dropoutNoise, rreluNoise } from "./bernoulli.ts";
export { cauchy, exponential, geometric, logNormal } from "./continuous.ts";
export { binomial, poisson } from "./counts.ts";
export { dirichlet, standardGamma } from "./gamma.ts";
export { checkMultinomial, multinomial } from "./multinomial.ts";
export { loopOrder, visitOrder } from "./order.ts";
export { topK, unstableOrder } from "./top_k.ts";
export * from "./tensors.ts";
