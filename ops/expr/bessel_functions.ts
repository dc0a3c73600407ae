/**
 * Bessel and Airy functions in doubles: power series near zero, integral forms and asymptotic series further out
 * (Abramowitz and Stegun, chapters 9 and 10).
 */

const EULER = 0.5772156649015329;

/** J0 or J1. The integral (1/pi) of cos(n t - x sin t) over 0..pi converges geometrically by the trapezoid rule. */
export function besselJ(n: 0 | 1, x: number): number {
  if (x !== x) return NaN;
  if (!Number.isFinite(x)) return 0;
  const a = Math.abs(x), sign = n === 1 && x < 0 ? -1 : 1;
  if (a > 30) return sign * asymptotic(n, a, 0);
  const steps = 64 + Math.ceil(a);
  let sum = 0;
  for (let k = 0; k < steps; k++) {
    const t = (k + 0.5) * Math.PI / steps;
    sum += Math.cos(n * t - a * Math.sin(t));
  }
  return sign * sum / steps;
}

/** Y0 or Y1 for positive x; minus infinity at 0, NaN below. */
export function besselY(n: 0 | 1, x: number): number {
  if (x === 0) return -Infinity;
  if (x < 0 || x !== x) return NaN;
  if (x === Infinity) return 0;
  if (x > 30) return asymptotic(n, x, 1);
  // Y0 = (2/pi)(ln(x/2) + gamma) J0 - (4/pi) sum of (-1)^k J_2k / k, with J_2k by backward recurrence (Miller).
  const start = 2 * Math.ceil((x + 40) / 2) + 20, j = new Float64Array(start + 2);
  j[start] = 1e-300;
  for (let k = start; k > 0; k--) {
    j[k - 1] = 2 * k / x * j[k] - j[k + 1];
    if (Math.abs(j[k - 1]) > 1e250) { for (let i = k - 1; i <= start; i++) j[i] *= 1e-250; }
  }
  let norm = j[0];
  for (let k = 2; k <= start; k += 2) norm += 2 * j[k];
  for (let k = 0; k <= start; k++) j[k] /= norm;
  const log = Math.log(x / 2) + EULER;
  let sum = 0;
  for (let k = 1; 2 * k <= start; k++) sum += (k % 2 ? -1 : 1) * j[2 * k] / k;
  const y0 = 2 / Math.PI * log * j[0] - 4 / Math.PI * sum;
  if (n === 0) return y0;
  // The Wronskian J1 Y0 - J0 Y1 = 2 / (pi x), unless J0 is too small to divide by.
  if (Math.abs(j[0]) > 0.05) return (j[1] * y0 - 2 / (Math.PI * x)) / j[0];
  return derivativeY0(x);
}

/** Y1 = -Y0', by a symmetric difference of high order; only where J0 vanishes. */
function derivativeY0(x: number): number {
  const h = 0.02, c = [4 / 5, -1 / 5, 4 / 105, -1 / 280];
  let d = 0;
  c.forEach((w, i) => d += w * (besselY(0, x + (i + 1) * h) - besselY(0, x - (i + 1) * h)));
  return -d / h;
}

/** Hankel's expansion for large x: `phase` 0 gives J, 1 gives Y. */
function asymptotic(n: number, x: number, phase: 0 | 1): number {
  const mu = 4 * n * n;
  let p = 1, q = 0, term = 1;
  for (let k = 1; k < 40; k++) {
    const next = term * (mu - (2 * k - 1) ** 2) / (k * 8 * x);
    if (Math.abs(next) > Math.abs(term) || Math.abs(next) < 1e-18) break;
    term = next;
    const sign = k % 4 < 2 ? 1 : -1;
    if (k % 2 === 1) q += sign * term;
    else p += (k % 4 === 2 ? -1 : 1) * term;
  }
  const chi = x - (n / 2 + 0.25) * Math.PI, scale = Math.sqrt(2 / (Math.PI * x));
  return phase === 0
    ? scale * (p * Math.cos(chi) - q * Math.sin(chi))
    : scale * (p * Math.sin(chi) + q * Math.cos(chi));
}

/** K0 or K1, times e^x when scaled: the integral of exp(-x cosh t) cosh(n t), whose trapezoid sums converge geometrically. */
export function besselK(n: 0 | 1, x: number, isScaled: boolean): number {
  if (x === 0) return Infinity;
  if (x < 0 || x !== x) return NaN;
  const h = 1 / 32;
  let sum = 0.5;
  for (let k = 1; k < 4000; k++) {
    const t = k * h, w = Math.exp(-x * (Math.cosh(t) - 1)) * (n === 0 ? 1 : Math.cosh(t));
    sum += w;
    if (w < 1e-18 * sum) break;
  }
  return sum * h * (isScaled ? 1 : Math.exp(-x));
}

/** sin(x) / x. */
export function sphericalJ0(x: number): number {
  if (!Number.isFinite(x)) return x !== x ? NaN : 0;
  return Math.abs(x) < 1e-4 ? 1 - x * x / 6 : Math.sin(x) / x;
}

const AI0 = 0.3550280538878172, AIP0 = 0.2588194037928068;

/** Airy's Ai: Maclaurin series to |x| of about 5, asymptotic series beyond. */
export function airyAi(x: number): number {
  if (x !== x) return NaN;
  if (!Number.isFinite(x)) return x > 0 ? 0 : NaN;
  if (x > 5.5) return airyDecay(x);
  if (x < -9) return airyWave(-x);
  let f = 1, g = x, sumF = 1, sumG = x;
  for (let k = 1; k < 200; k++) {
    f *= x * x * x / ((3 * k - 1) * 3 * k);
    g *= x * x * x / (3 * k * (3 * k + 1));
    sumF += f;
    sumG += g;
    if (Math.abs(f) + Math.abs(g) < 1e-18) break;
  }
  return AI0 * sumF - AIP0 * sumG;
}

/** Coefficients u_k of the asymptotic series. */
function airyTerm(k: number, zeta: number): number {
  return (6 * k - 5) * (6 * k - 3) * (6 * k - 1) / (216 * k * (2 * k - 1) * zeta);
}
function airyDecay(x: number): number {
  const zeta = 2 / 3 * x ** 1.5;
  let term = 1, sum = 1;
  for (let k = 1; k < 30; k++) {
    const next = -term * airyTerm(k, zeta);
    if (Math.abs(next) > Math.abs(term) || Math.abs(next) < 1e-18) break;
    sum += term = next;
  }
  return Math.exp(-zeta) * sum / (2 * Math.sqrt(Math.PI) * x ** 0.25);
}
function airyWave(x: number): number {
  const zeta = 2 / 3 * x ** 1.5;
  let term = 1, p = 1, q = 0;
  for (let k = 1; k < 30; k++) {
    const next = term * airyTerm(k, zeta);
    if (Math.abs(next) > Math.abs(term) || Math.abs(next) < 1e-18) break;
    term = next;
    if (k % 2 === 0) p += (k % 4 === 0 ? 1 : -1) * term;
    else q += (k % 4 === 1 ? 1 : -1) * term;
  }
  const at = zeta + Math.PI / 4;
  return (Math.sin(at) * p - Math.cos(at) * q) / (Math.sqrt(Math.PI) * x ** 0.25);
}
