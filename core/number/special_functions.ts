/** erf, erfc, gamma and lgamma of doubles. */
import { productError } from "./elementary.ts";

/** An unevaluated sum of two doubles: about 106 bits. */
type Pair = readonly [high: number, low: number];

function add(a: Pair, b: Pair): Pair {
  const s = a[0] + b[0], bb = s - a[0];
  const error = (a[0] - (s - bb)) + (b[0] - bb) + a[1] + b[1];
  const high = s + error;
  return [high, error - (high - s)];
}

function multiply(a: Pair, b: Pair): Pair {
  const p = a[0] * b[0], error = productError(a[0], b[0], p) + a[0] * b[1] + a[1] * b[0];
  const high = p + error;
  return [high, error - (high - p)];
}

function divide(a: Pair, d: number): Pair {
  const q = a[0] / d, p = q * d;
  const error = ((a[0] - p) - productError(q, d, p) + a[1]) / d;
  const high = q + error;
  return [high, error - (high - q)];
}

/** 2 / sqrt(pi). */
const TWO_OVER_ROOT_PI: Pair = [1.1283791670955126, 1.533545961316588e-17];

/** The alternating power series of erf, whose cancellation 106 bits can bear for |x| < 4. */
function erfSeries(x: number): Pair {
  const square = multiply([x, 0], [x, 0]);
  let power: Pair = [x, 0], sum: Pair = [x, 0];
  for (let n = 1; n < 200; n++) {
    power = divide(multiply(power, [-square[0], -square[1]]), n);
    const term = divide(power, 2 * n + 1);
    sum = add(sum, term);
    if (Math.abs(term[0]) < Math.abs(sum[0]) * 1e-33) break;
  }
  return multiply(sum, TWO_OVER_ROOT_PI);
}

/** Continued fraction for erfc(x), x >= 2, without its factor exp(-x*x). */
function erfcFraction(x: number): number {
  let f = x;
  for (let k = 120; k > 0; k--) f = x + (k / 2) / f;
  return 1 / (f * Math.sqrt(Math.PI));
}

/** exp(-x*x) with the square's rounding error made good. */
function expMinusSquare(x: number): number {
  const square = x * x;
  return Math.exp(-square) * (1 - productError(x, x, square));
}

export function erf(x: number): number {
  if (x !== x) return x;
  const a = Math.abs(x);
  if (a < 4) return erfSeries(x)[0];
  const tail = a > 27 ? 0 : erfcFraction(a) * expMinusSquare(a);
  return x > 0 ? 1 - tail : tail - 1;
}

export function erfc(x: number): number {
  if (x !== x) return x;
  if (x < 4 && x > -6) {
    const e = x > -4 ? erfSeries(x) : [erf(x), 0] as Pair;
    return add([1, 0], [-e[0], -e[1]])[0];
  }
  if (x < 0) return 2;
  return x > 27.3 ? 0 : erfcFraction(x) * expMinusSquare(x);
}

/** Lanczos' approximation as a ratio of polynomials, for doubles. */
const LANCZOS_G = 6.024680040776729583740234375;
const NUMERATOR = [
  23531376880.41075968857200767445163675,
  42919803642.64909876895789904700198885,
  35711959237.35566804944018545154716670,
  17921034426.03720969991975575445893111,
  6039542586.352028005064291644307297921,
  1439720407.311721673663223072794912393,
  248874557.8620541565114603864132294232,
  31426415.58540019438061423162831820536,
  2876370.628935372441225409051620849613,
  186056.2653952234950402949897160456992,
  8071.672002365816210638002902272250613,
  210.8242777515793458725097339207133627,
  2.506628274631000270164908177133837338,
];
const DENOMINATOR = [
  0,
  39916800,
  120543840,
  150917976,
  105258076,
  45995730,
  13339535,
  2637558,
  357423,
  32670,
  1925,
  66,
  1,
];

function lanczosSum(x: number): number {
  let top = 0, bottom = 0;
  if (x < 5) {
    for (let i = 12; i >= 0; i--) {
      top = top * x + NUMERATOR[i];
      bottom = bottom * x + DENOMINATOR[i];
    }
  } else {
    for (let i = 0; i <= 12; i++) {
      top = top / x + NUMERATOR[i];
      bottom = bottom / x + DENOMINATOR[i];
    }
  }
  return top / bottom;
}

/** sin(pi * x) for x >= 0, without the error of the product. */
function sinPi(x: number): number {
  const y = x % 2, n = Math.round(2 * y);
  switch (n) {
    case 0:
      return Math.sin(Math.PI * y);
    case 1:
      return Math.cos(Math.PI * (y - 0.5));
    case 2:
      return Math.sin(Math.PI * (1 - y));
    case 3:
      return -Math.cos(Math.PI * (y - 1.5));
    default:
      return Math.sin(Math.PI * (y - 2));
  }
}

/** Gamma; Infinity on overflow, NaN at negative whole numbers. */
export function gamma(x: number): number {
  if (x !== x || x === Infinity) return x;
  if (x === -Infinity) return NaN;
  if (x === 0) return 1 / x;
  if (Number.isInteger(x)) {
    if (x < 0) return NaN;
    if (x <= 23) {
      let f = 1;
      for (let i = 2; i < x; i++) f *= i;
      return f;
    }
  }
  const a = Math.abs(x);
  if (a < 1e-20) return 1 / x;
  if (a > 200) return x < 0 ? 0 / sinPi(x) : Infinity;
  const y = a + (LANCZOS_G - 0.5);
  // What rounding the sum lost.
  const lost = a > LANCZOS_G - 0.5 ? (y - a) - (LANCZOS_G - 0.5) : (y - (LANCZOS_G - 0.5)) - a;
  const z = lost * LANCZOS_G / y;
  const split = (v: number, divideBy: boolean): number => {
    if (a < 140) return divideBy ? v / Math.pow(y, a - 0.5) : v * Math.pow(y, a - 0.5);
    const root = Math.pow(y, a / 2 - 0.25);
    return divideBy ? v / root / root : v * root * root;
  };
  if (x < 0) {
    const v = -Math.PI / sinPi(a) / a * Math.exp(y) / lanczosSum(a);
    return split(v - z * v, true);
  }
  const v = lanczosSum(a) / Math.exp(y);
  return split(v + z * v, false);
}

/** log(|gamma(x)|). */
export function lgamma(x: number): number {
  if (x !== x) return x;
  if (!Number.isFinite(x)) return Infinity;
  if (Number.isInteger(x) && x <= 2) return x <= 0 ? Infinity : 0;
  const a = Math.abs(x);
  if (a < 1e-20) return -Math.log(a);
  const v = Math.log(lanczosSum(a)) - LANCZOS_G + (a - 0.5) * (Math.log(a + LANCZOS_G - 0.5) - 1);
  return x < 0 ? Math.log(Math.PI) - Math.log(Math.abs(sinPi(a))) - Math.log(a) - v : v;
}
