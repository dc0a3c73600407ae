/** The special functions JavaScript's Math lacks, in double precision: the reference every kernel answers to. */

const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

/** Series of erf about 0; good to rounding for |x| < 2.5. */
function erfSeries(x: number): number {
  let term = x, sum = x;
  const z = x * x;
  for (let n = 1; n < 200; n++) {
    term *= -z / n;
    const t = term / (2 * n + 1);
    sum += t;
    if (Math.abs(t) < 1e-18 * Math.abs(sum)) break;
  }
  return TWO_OVER_SQRT_PI * sum;
}

/** Continued fraction of erfc for x >= 2, evaluated from the tail. */
function erfcTail(x: number): number {
  let f = 0;
  for (let n = 80; n > 0; n--) f = n / 2 / (x + f);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + f));
}

export function erf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  const a = Math.abs(x);
  if (a < 2) return erfSeries(x);
  const r = a > 6 ? 1 : 1 - erfcTail(a);
  return x < 0 ? -r : r;
}

export function erfc(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x < 0) return 1 + erf(-x);
  return x < 2 ? 1 - erfSeries(x) : x > 28 ? 0 : erfcTail(x);
}

/** Inverse of erf on [-1, 1]; NaN outside. */
export function erfinv(y: number): number {
  if (!(Math.abs(y) <= 1)) return NaN;
  if (Math.abs(y) === 1) return y * Infinity;
  if (y === 0) return y;
  // Winitzki's estimate, then Halley steps on whichever of erf and erfc keeps its digits.
  const a = 0.147, l = Math.log1p(-y * y), b = 2 / (Math.PI * a) + l / 2;
  let x = Math.sqrt(Math.sqrt(b * b - l / a) - b);
  const t = Math.abs(y);
  for (let i = 0; i < 4; i++) {
    const err = t > 0.5 ? (1 - t) - erfc(x) : erf(x) - t;
    const step = err / (TWO_OVER_SQRT_PI * Math.exp(-x * x));
    x -= step / (1 + x * step);
  }
  return y < 0 ? -x : x;
}

/** log |gamma(x)|. */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (!Number.isFinite(x)) return Infinity;
  if (x <= 0) {
    if (Number.isInteger(x)) return Infinity;
    if (x > -1e-300) return -Math.log(-x);
    // reflection; the fractional part first, so that sin keeps its digits
    const frac = x - Math.round(x);
    return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * frac))) - lgamma(1 - x);
  }
  if (x === 1 || x === 2) return 0;
  if (Math.abs(x - 1) < 0.25) return lgamma1p(x - 1);
  if (Math.abs(x - 2) < 0.25) return lgamma1p(x - 2) + Math.log1p(x - 2);
  let shift = 1, y = x;
  while (y < 12) shift *= y++;
  const z = 1 / (y * y);
  const series = (1 / 12 +
    z * (-1 / 360 + z * (1 / 1260 + z * (-1 / 1680 + z * (1 / 1188 + z * (-691 / 360360 + z / 156)))))) / y;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - Math.log(shift);
}

/** log gamma(1 + t) by its Taylor series, for |t| <= 0.25: near the zeros of lgamma. */
function lgamma1p(t: number): number {
  let sum = 0, power = t * t;
  for (let k = 2; k < 40; k++) {
    sum += (k % 2 === 0 ? 1 : -1) * zeta(k) / k * power;
    power *= t;
  }
  return sum - 0.5772156649015328606 * t;
}

const zetas: number[] = [];

/** Riemann zeta at an integer >= 2, by direct summation and Euler-Maclaurin. */
function zeta(s: number): number {
  if (zetas[s] !== undefined) return zetas[s];
  const n = 12;
  let sum = 0;
  for (let i = 1; i < n; i++) sum += Math.pow(i, -s);
  sum += Math.pow(n, 1 - s) / (s - 1) + Math.pow(n, -s) / 2 + s * Math.pow(n, -s - 1) / 12 -
    s * (s + 1) * (s + 2) * Math.pow(n, -s - 3) / 720 +
    s * (s + 1) * (s + 2) * (s + 3) * (s + 4) * Math.pow(n, -s - 5) / 30240 -
    s * (s + 1) * (s + 2) * (s + 3) * (s + 4) * (s + 5) * (s + 6) * Math.pow(n, -s - 7) / 1209600;
  return zetas[s] = sum;
}

/** Derivative of lgamma; -inf or inf at zeros by sign, NaN at negative integers. */
export function digamma(x: number): number {
  if (x === 0) return Object.is(x, -0) ? Infinity : -Infinity;
  if (x === -Infinity) return NaN;
  if (x < 0) {
    if (Number.isInteger(x)) return NaN;
    const frac = x - Math.trunc(x);
    return digamma(1 - x) - Math.PI / Math.tan(Math.PI * frac);
  }
  let r = 0;
  while (x < 12) r -= 1 / x++;
  const z = 1 / (x * x);
  return r + Math.log(x) - 0.5 / x -
    z * (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z * (1 / 132 - z * 691 / 32760)))));
}

/** C's pow: 1 to any power and anything to the 0 are 1, NaN included. */
export function cpow(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  if (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) return 1;
  return Math.pow(x, y);
}

/** Round half to even. */
export function roundHalfEven(x: number): number {
  if (!(Math.abs(x) < 4503599627370496)) return x;
  const r = Math.round(x);
  const even = r - x === 0.5 && r % 2 !== 0 ? r - 1 : r;
  return even === 0 ? (x < 0 || Object.is(x, -0) ? -0 : 0) : even;
}

/** fmod with the sign of the divisor, as Python's %. */
export function pythonRemainder(a: number, b: number): number {
  const m = a % b;
  return m !== 0 && (b < 0) !== (m < 0) ? m + b : m;
}

/** Python's float floor division, as PyTorch computes it: exact remainder first, signs of zero kept. */
export function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b;
  const mod = a % b;
  let div = (a - mod) / b;
  if (mod !== 0 && (b < 0) !== (mod < 0)) div -= 1;
  if (div === 0) return Object.is(a / b, -0) || a / b < 0 ? -0 : 0;
  const floor = Math.floor(div);
  return div - floor > 0.5 ? floor + 1 : floor;
}
