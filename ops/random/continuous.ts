/** Samplers that transform one double-precision sample an element: exponential, geometric, cauchy, log-normal. */
import { check } from "../../core/errors.ts";
import { isFloatingType, isIntegralType, type ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import type { TypedArray } from "../../core/tensor.ts";
import { defaultGenerator, type Generator } from "./generator.ts";
import { fma } from "./rounding.ts";
import { requireFloating, requireType, sample, showDouble } from "./sampling.ts";
import { cppName } from "./uniform.ts";

const CONTINUOUS = "distribution is a continuous probability distribution. " +
  "dtype must be a floating point but you specified";

/** `exponential_(lambd)`: two draws an element. */
export function exponential(
  out: TypedArray,
  t: ScalarType,
  lambd = 1,
  gen: Generator = defaultGenerator,
): void {
  check(lambd > 0, () => `exponential_ expects lambda > 0.0, but found lambda=${showDouble(lambd)}`);
  if (out.length === 0) return;
  check(isFloatingType(t), () => `Exponential ${CONTINUOUS} ${scalarTypeInfo(t).name}`);
  const scale = -1 / lambd;
  sample(out, t, () => scale * Math.log1p(-gen.uniformDouble()));
}

/** `geometric_(p)`: the number of trials up to the first success, from 1. Two draws an element. */
export function geometric(
  out: TypedArray,
  t: ScalarType,
  p: number,
  gen: Generator = defaultGenerator,
): void {
  check(p > 0 && p < 1, () => `geometric_ expects p to be in (0, 1), but got p=${showDouble(p)}`);
  if (out.length === 0) return;
  requireType(isFloatingType(t) || isIntegralType(t, false), "geometric_cpu", t);
  const scale = Math.log1p(-p);
  sample(out, t, () => Math.ceil(Math.log(gen.uniformDouble()) / scale));
}

/** `cauchy_(median, sigma)`: two draws an element. */
export function cauchy(
  out: TypedArray,
  t: ScalarType,
  median = 0,
  sigma = 1,
  gen: Generator = defaultGenerator,
): void {
  check(sigma > 0, () => `cauchy_ expects sigma > 0.0, but found sigma=${showDouble(sigma)}`);
  check(isFloatingType(t), () => `Cauchy ${CONTINUOUS} ${cppName(t)}`);
  sample(out, t, () => fma(sigma, Math.tan(Math.PI * (gen.uniformDouble() - 0.5)), median));
}

/** `log_normal_(mean, std)`: exp of the one-at-a-time normal samples, spare included. */
export function logNormal(
  out: TypedArray,
  t: ScalarType,
  mean = 1,
  std = 2,
  gen: Generator = defaultGenerator,
): void {
  check(std > 0, () => `log_normal_ expects std > 0.0, but found std=${showDouble(std)}`);
  if (out.length === 0) return;
  requireFloating("log_normal_cpu", t);
  sample(out, t, () => Math.exp(fma(gen.normalDouble(), std, mean)));
}
