/** Discrete Fourier transforms of one line of complex numbers, any length. */

/** In-place transform of interleaved pairs; `inverse` flips the exponent's sign, nothing is scaled. */
export function transform(x: Float64Array, inverse: boolean): void {
  const n = x.length / 2;
  if (n <= 1) return;
  if ((n & (n - 1)) === 0) powerOfTwo(x, inverse);
  else if (n <= 32) direct(x, inverse);
  else bluestein(x, inverse);
}

function direct(x: Float64Array, inverse: boolean): void {
  const n = x.length / 2, from = x.slice(), [cos, sin] = roots(n);
  const sign = inverse ? 1 : -1;
  for (let k = 0; k < n; k++) {
    let re = 0, im = 0;
    for (let j = 0, at = 0; j < n; j++, at = (at + k) % n) {
      const c = cos[at], s = sign * sin[at];
      re += from[2 * j] * c - from[2 * j + 1] * s;
      im += from[2 * j] * s + from[2 * j + 1] * c;
    }
    x[2 * k] = re;
    x[2 * k + 1] = im;
  }
}

/** cos and sin of 2 pi k / n, exact at quarters. */
function roots(n: number): [Float64Array, Float64Array] {
  const cos = new Float64Array(n), sin = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    cos[k] = 4 * k === n || 4 * k === 3 * n ? 0 : Math.cos(2 * Math.PI * k / n);
    sin[k] = 2 * k === n || k === 0 ? 0 : Math.sin(2 * Math.PI * k / n);
  }
  return [cos, sin];
}

function powerOfTwo(x: Float64Array, inverse: boolean): void {
  const n = x.length / 2, [cos, sin] = roots(n), sign = inverse ? 1 : -1;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [x[2 * i], x[2 * j]] = [x[2 * j], x[2 * i]];
      [x[2 * i + 1], x[2 * j + 1]] = [x[2 * j + 1], x[2 * i + 1]];
    }
  }
  for (let half = 1; half < n; half *= 2) {
    const step = n / (2 * half);
    for (let from = 0; from < n; from += 2 * half) {
      for (let k = 0; k < half; k++) {
        const c = cos[k * step], s = sign * sin[k * step], a = 2 * (from + k), b = a + 2 * half;
        const re = x[b] * c - x[b + 1] * s, im = x[b] * s + x[b + 1] * c;
        x[b] = x[a] - re;
        x[b + 1] = x[a + 1] - im;
        x[a] += re;
        x[a + 1] += im;
      }
    }
  }
}

/** Any length as a convolution with a chirp, by transforms of a power of two. */
function bluestein(x: Float64Array, inverse: boolean): void {
  const n = x.length / 2, sign = inverse ? 1 : -1;
  let m = 1;
  while (m < 2 * n - 1) m *= 2;
  const a = new Float64Array(2 * m), b = new Float64Array(2 * m), chirp = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    // k^2 modulo 2n keeps the angle small.
    const angle = Math.PI * ((k * k) % (2 * n)) / n, c = Math.cos(angle), s = sign * Math.sin(angle);
    chirp[2 * k] = c;
    chirp[2 * k + 1] = s;
    a[2 * k] = x[2 * k] * c - x[2 * k + 1] * s;
    a[2 * k + 1] = x[2 * k] * s + x[2 * k + 1] * c;
    for (const at of k === 0 ? [0] : [k, m - k]) {
      b[2 * at] = c;
      b[2 * at + 1] = -s;
    }
  }
  powerOfTwo(a, false);
  powerOfTwo(b, false);
  for (let i = 0; i < 2 * m; i += 2) {
    const re = a[i] * b[i] - a[i + 1] * b[i + 1];
    a[i + 1] = a[i] * b[i + 1] + a[i + 1] * b[i];
    a[i] = re;
  }
  powerOfTwo(a, true);
  for (let k = 0; k < n; k++) {
    const re = a[2 * k] / m, im = a[2 * k + 1] / m, c = chirp[2 * k], s = chirp[2 * k + 1];
    x[2 * k] = re * c - im * s;
    x[2 * k + 1] = re * s + im * c;
  }
}
