/** erf, erfc, gamma and lgamma of doubles. */

/** Continued fraction for erfc, good for x >= 2. */
function erfcFraction(x: number): number {
  let p = 1, p1 = 0, q = 0.5 + x * x, q1 = 1, a = 0, da = 0.5, b = q;
  q = b;
  p = 1;
  let last = NaN;
  let pPrevious = 0, qPrevious = 1;
  for (let i = 0; i < 60; i++) {
    a += da;
    da += 2;
    b += 2;
    [p1, p] = [p, b * p - a * pPrevious];
    pPrevious = p1;
    [q1, q] = [q, b * q - a * qPrevious];
    qPrevious = q1;
    const value = p / q;
    if (value === last) break;
    last = value;
  }
  return (p / q) * x * Math.exp(-x * x) / Math.sqrt(Math.PI);
}

/** Power series for erf, good for |x| < 2. */
function erfSeries(x: number): number {
  const square = x * x;
  let sum = 0, fk = 25.5;
  for (let i = 0; i < 25; i++) {
    sum = 2 + square * sum / fk;
    fk -= 1;
  }
  return sum * x * Math.exp(-square) / Math.sqrt(Math.PI);
}

export function erf(x: number): number {
  if (x !== x) return x;
  const a = Math.abs(x);
  if (a < 1.5) return erfSeries(x);
  const c = a < 30 ? erfcFraction(a) : 0;
  return x > 0 ? 1 - c : c - 1;
}

export function erfc(x: number): number {
  if (x !== x) return x;
  const a = Math.abs(x);
  if (a < 1.5) return 1 - erfSeries(x);
  const c = a < 30 ? erfcFraction(a) : 0;
  return x > 0 ? c : 2 - c;
}

/** Lanczos' sum with g = 7 and nine terms. */
const LANCZOS = [
  0.99999999999980993,
  676.5203681218851,
  -1259.1392167224028,
  771.32342877765313,
  -176.61502916214059,
  12.507343278686905,
  -0.13857109526572012,
  9.9843695780195716e-6,
  1.5056327351493116e-7,
];

function lanczosSum(x: number): number {
  let s = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) s += LANCZOS[i] / (x + i);
  return s;
}

/** Gamma; Infinity on overflow, NaN at the poles. */
export function gamma(x: number): number {
  if (Number.isInteger(x)) {
    if (x <= 0) return x === 0 ? 1 / x : NaN;
    if (x <= 23) {
      let f = 1;
      for (let i = 2; i < x; i++) f *= i;
      return f;
    }
  }
  if (x === Infinity || x !== x) return x;
  if (x === -Infinity) return NaN;
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  if (x > 171.7) return Infinity;
  const y = x - 1, t = y + 7.5;
  const power = Math.pow(t, (y + 0.5) / 2);
  return Math.sqrt(2 * Math.PI) * power * Math.exp(-t) * power * lanczosSum(y);
}

/** log(|gamma(x)|). */
export function lgamma(x: number): number {
  if (x !== x) return x;
  if (!Number.isFinite(x)) return Infinity;
  if (Number.isInteger(x) && x <= 2) return x <= 0 ? Infinity : 0;
  const a = Math.abs(x);
  if (a < 1e-20) return -Math.log(a);
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * (x % 2)))) - lgamma(1 - x);
  if (a < 20) return Math.log(Math.abs(gamma(x)));
  const y = x - 0.5;
  return Math.log(lanczosSum(x - 1)) - 7 + y * (Math.log(y + 7) - 1) + 0.5 * Math.log(2 * Math.PI);
}
