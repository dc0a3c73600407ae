/**
 * Eigenvalues and eigenvectors of real square matrices without symmetry: isolated eigenvalues set aside by
 * permutations, Householder reduction to Hessenberg form, double-shift QR (the method of LAPACK's xGEHRD and xLAHQR),
 * back substitution. Order, signs and scaling of the results follow those routines' steps.
 */

const EPS = 2 ** -52, TINY = 2 ** -1000;
const sign = (a: number, b: number): number => b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a);

/** Eigenvalues, and eigenvectors as columns of row-major matrices, each of length 1. */
export interface Eigen {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly vectorsRe: Float64Array;
  readonly vectorsIm: Float64Array;
}

interface Work {
  readonly n: number;
  /** The matrix, then its Hessenberg form, then a quasi-triangular one. */
  readonly h: Float64Array;
  /** What it was multiplied by from the right. */
  readonly z: Float64Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function eigOf(a: Float64Array, n: number): Eigen {
  const z = new Float64Array(n * n);
  for (let i = 0; i < n; i++) z[i * n + i] = 1;
  const w: Work = { n, h: Float64Array.from(a), z, re: new Float64Array(n), im: new Float64Array(n) };
  const isolated = isolate(w);
  hessenberg(w, isolated.low, isolated.high);
  iterate(w, isolated.low, isolated.high);
  for (let i = 0; i < n; i++) if (i < isolated.low || i > isolated.high) w.re[i] = w.h[i * n + i];
  return vectors(w, isolated.swaps);
}

/** Exchanges rows and columns so that eigenvalues standing alone in a row or column leave [low, high]. */
function isolate({ n, h }: Work): { low: number; high: number; swaps: [number, number][] } {
  const swaps: [number, number][] = [];
  let low = 0, high = n - 1;
  const alone = (i: number, row: boolean): boolean => {
    for (let j = low; j <= high; j++) if (j !== i && (row ? h[i * n + j] : h[j * n + i]) !== 0) return false;
    return true;
  };
  const exchange = (i: number, j: number) => {
    swaps.push([i, j]);
    if (i === j) return;
    for (let k = 0; k < n; k++) [h[k * n + i], h[k * n + j]] = [h[k * n + j], h[k * n + i]];
    for (let k = 0; k < n; k++) [h[i * n + k], h[j * n + k]] = [h[j * n + k], h[i * n + k]];
  };
  const search = (row: boolean): boolean => {
    for (let s = low; s <= high; s++) {
      const i = row ? high - (s - low) : s;
      if (!alone(i, row)) continue;
      exchange(i, row ? high-- : low++);
      return true;
    }
    return false;
  };
  while (high > low && search(true));
  while (high > low && search(false));
  return { low, high, swaps };
}

/** Makes x[1..] zero by I - tau v v^T with v[0] = 1: gives tau; x becomes beta and the rest of v. */
function reflector(x: Float64Array, count: number): number {
  let below = 0;
  for (let i = 1; i < count; i++) below = Math.hypot(below, x[i]);
  if (below === 0) return 0;
  const beta = -sign(Math.hypot(x[0], below), x[0]), tau = (beta - x[0]) / beta, scale = 1 / (x[0] - beta);
  for (let i = 1; i < count; i++) x[i] *= scale;
  x[0] = beta;
  return tau;
}

/** Rows k.. of `m`, columns `from` to `to`, times the reflector from the left. */
function fromLeft(
  m: Float64Array,
  n: number,
  k: number,
  v: Float64Array,
  count: number,
  tau: number,
  from: number,
  to: number,
): void {
  for (let j = from; j <= to; j++) {
    let s = m[k * n + j];
    for (let i = 1; i < count; i++) s += v[i] * m[(k + i) * n + j];
    s *= tau;
    m[k * n + j] -= s;
    for (let i = 1; i < count; i++) m[(k + i) * n + j] -= s * v[i];
  }
}
/** Columns k.. of `m`, rows `from` to `to`, times the reflector from the right. */
function fromRight(
  m: Float64Array,
  n: number,
  k: number,
  v: Float64Array,
  count: number,
  tau: number,
  from: number,
  to: number,
): void {
  for (let j = from; j <= to; j++) {
    let s = m[j * n + k];
    for (let i = 1; i < count; i++) s += v[i] * m[j * n + k + i];
    s *= tau;
    m[j * n + k] -= s;
    for (let i = 1; i < count; i++) m[j * n + k + i] -= s * v[i];
  }
}

function hessenberg({ n, h, z }: Work, low: number, high: number): void {
  const v = new Float64Array(n);
  for (let i = low; i < high - 1; i++) {
    const count = high - i;
    for (let r = 0; r < count; r++) v[r] = h[(i + 1 + r) * n + i];
    const tau = reflector(v, count);
    h[(i + 1) * n + i] = v[0];
    for (let r = 1; r < count; r++) h[(i + 1 + r) * n + i] = 0;
    fromRight(h, n, i + 1, v, count, tau, 0, high);
    fromLeft(h, n, i + 1, v, count, tau, i + 1, n - 1);
    fromRight(z, n, i + 1, v, count, tau, 0, n - 1);
  }
}

/** Where the active block that ends at `i` begins: above it a subdiagonal element is negligible. */
function blockStart({ n, h }: Work, low: number, i: number): number {
  let k = i;
  for (; k > low; k--) {
    const sub = Math.abs(h[k * n + k - 1]), d = h[k * n + k], above = h[(k - 1) * n + k - 1];
    if (sub <= TINY) break;
    let size = Math.abs(above) + Math.abs(d);
    if (size === 0) {
      if (k - 2 >= low) size += Math.abs(h[(k - 1) * n + k - 2]);
      if (k + 1 < n) size += Math.abs(h[(k + 1) * n + k]);
    }
    if (sub > EPS * size) continue;
    const over = Math.abs(h[(k - 1) * n + k]), difference = Math.abs(above - d);
    const ab = Math.max(sub, over), ba = Math.min(sub, over);
    const aa = Math.max(Math.abs(d), difference), bb = Math.min(Math.abs(d), difference), s = aa + ab;
    if (ba * (ab / s) <= Math.max(TINY, EPS * (bb * (aa / s)))) break;
  }
  if (k > low) h[k * n + k - 1] = 0;
  return k;
}

/** The two shifts of a step: eigenvalues of the last 2 by 2 block, or what breaks a cycle. */
function shifts({ n, h }: Work, i: number, l: number, round: number): [number, number, number, number] {
  let h11 = h[(i - 1) * n + i - 1], h21 = h[i * n + i - 1], h12 = h[(i - 1) * n + i], h22 = h[i * n + i];
  if (round % 20 === 10 || round % 20 === 0 && round > 0) {
    const top = round % 20 === 10;
    const s = top
      ? Math.abs(h[(l + 1) * n + l]) + (l + 2 <= i ? Math.abs(h[(l + 2) * n + l + 1]) : 0)
      : Math.abs(h21) + (i >= 2 ? Math.abs(h[(i - 1) * n + i - 2]) : 0);
    h11 = 0.75 * s + (top ? h[l * n + l] : h[i * n + i]);
    h12 = -0.4375 * s;
    h21 = s;
    h22 = h11;
  }
  const s = Math.abs(h11) + Math.abs(h12) + Math.abs(h21) + Math.abs(h22);
  if (s === 0) return [0, 0, 0, 0];
  h11 /= s;
  h21 /= s;
  h12 /= s;
  h22 /= s;
  const mean = (h11 + h22) / 2,
    det = (h11 - mean) * (h22 - mean) - h12 * h21,
    root = Math.sqrt(Math.abs(det));
  if (det >= 0) return [mean * s, root * s, mean * s, -root * s];
  const a = mean + root, b = mean - root, near = (Math.abs(a - h22) <= Math.abs(b - h22) ? a : b) * s;
  return [near, 0, near, 0];
}

/** Double-shift QR on rows and columns [low, high] until `h` is quasi-triangular. */
function iterate(w: Work, low: number, high: number): void {
  const { n, h, z, re } = w, v = new Float64Array(3);
  for (let i = high; i >= low;) {
    let l = low;
    for (let round = 0; round < 30 * Math.max(10, n); round++) {
      l = blockStart(w, l, i);
      if (l >= i - 1) break;
      const [r1, i1, r2, i2] = shifts(w, i, l, round);
      let m = i - 2;
      for (; m >= l; m--) {
        const d = h[m * n + m], sub = h[(m + 1) * n + m], next = h[(m + 1) * n + m + 1];
        const s = Math.abs(d - r2) + Math.abs(i2) + Math.abs(sub), q = sub / s;
        v[0] = q * h[m * n + m + 1] + (d - r1) * ((d - r2) / s) - i1 * (i2 / s);
        v[1] = q * (d + next - r1 - r2);
        v[2] = q * h[(m + 2) * n + m + 1];
        const total = Math.abs(v[0]) + Math.abs(v[1]) + Math.abs(v[2]);
        for (let k = 0; k < 3; k++) v[k] /= total;
        if (m === l) break;
        const before = h[(m - 1) * n + m - 1];
        if (
          Math.abs(h[m * n + m - 1]) * (Math.abs(v[1]) + Math.abs(v[2])) <=
            EPS * Math.abs(v[0]) * (Math.abs(before) + Math.abs(d) + Math.abs(next))
        ) break;
      }
      for (let k = m; k < i; k++) {
        const count = Math.min(3, i - k + 1);
        if (k > m) { for (let c = 0; c < count; c++) v[c] = h[(k + c) * n + k - 1]; }
        const tau = reflector(v, count);
        if (k > m) {
          h[k * n + k - 1] = v[0];
          for (let c = 1; c < count; c++) h[(k + c) * n + k - 1] = 0;
        } else if (m > l) h[k * n + k - 1] *= 1 - tau;
        fromLeft(h, n, k, v, count, tau, k, n - 1);
        fromRight(h, n, k, v, count, tau, 0, Math.min(k + 3, i));
        fromRight(z, n, k, v, count, tau, 0, n - 1);
      }
    }
    if (l === i) {
      re[i] = h[i * n + i];
      i--;
    } else {
      standardize(w, i);
      i -= 2;
    }
  }
}

/** The Schur form of a real 2 by 2 matrix (a b; c d) and the rotation (cs, sn) that makes it, as LAPACK's xLANV2. */
function schurOfTwo(a: number, b: number, c: number, d: number): number[] {
  let cs = 1, sn = 0;
  if (c === 0) return [a, b, c, d, cs, sn];
  if (b === 0) return [d, -c, 0, a, 0, 1];
  if (a - d === 0 && Math.sign(b) !== Math.sign(c)) return [a, b, c, d, cs, sn];
  const difference = a - d, p = difference / 2, most = Math.max(Math.abs(b), Math.abs(c));
  const least = Math.min(Math.abs(b), Math.abs(c)) * Math.sign(b) * Math.sign(c);
  const scale = Math.max(Math.abs(p), most);
  let q = p / scale * p + most / scale * least;
  if (q >= 4 * EPS) {
    q = p + sign(Math.sqrt(scale) * Math.sqrt(q), p);
    const length = Math.hypot(c, q);
    return [d + q, b - c, 0, d - most / q * least, q / length, c / length];
  }
  const sigma = b + c, length = Math.hypot(sigma, difference);
  cs = Math.sqrt(0.5 * (1 + Math.abs(sigma) / length));
  sn = -(p / (length * cs)) * sign(1, sigma);
  const aa = a * cs + b * sn, bb = -a * sn + b * cs, cc = c * cs + d * sn, dd = -c * sn + d * cs;
  b = bb * cs + dd * sn;
  c = -aa * sn + cc * cs;
  const middle = 0.5 * (aa * cs + cc * sn - bb * sn + dd * cs);
  if (c === 0 || b !== 0 && Math.sign(b) !== Math.sign(c)) return [middle, b, c, middle, cs, sn];
  if (b === 0) return [middle, -c, 0, middle, -sn, cs];
  const sb = Math.sqrt(Math.abs(b)), sc = Math.sqrt(Math.abs(c)), half = sign(sb * sc, c);
  const t = 1 / Math.sqrt(Math.abs(b + c)), cs1 = sb * t, sn1 = sc * t;
  return [middle + half, b - c, 0, middle - half, cs * cs1 - sn * sn1, cs * sn1 + sn * cs1];
}

/** Brings the block of rows i - 1 and i to its Schur form and keeps its eigenvalues. */
function standardize({ n, h, z, re, im }: Work, i: number): void {
  const k = i - 1;
  const [a, b, c, d, cs, sn] = schurOfTwo(h[k * n + k], h[k * n + i], h[i * n + k], h[i * n + i]);
  const rotate = (m: Float64Array, p: number, q: number) => {
    const x = m[p], y = m[q];
    m[p] = cs * x + sn * y;
    m[q] = cs * y - sn * x;
  };
  for (let j = i + 1; j < n; j++) rotate(h, k * n + j, i * n + j);
  for (let j = 0; j < k; j++) rotate(h, j * n + k, j * n + i);
  for (let j = 0; j < n; j++) rotate(z, j * n + k, j * n + i);
  h[k * n + k] = a;
  h[k * n + i] = b;
  h[i * n + k] = c;
  h[i * n + i] = d;
  re[k] = a;
  re[i] = d;
  if (c !== 0) {
    im[k] = Math.sqrt(Math.abs(b)) * Math.sqrt(Math.abs(c));
    im[i] = -im[k];
  }
}

/** (xr + i xi) / (yr + i yi). */
function divide(xr: number, xi: number, yr: number, yi: number): [number, number] {
  const s = yr * yr + yi * yi;
  return [(xr * yr + xi * yi) / s, (xi * yr - xr * yi) / s];
}

/** Solves (T - lambda) x = 0 upwards from row `top - 1`, x being given from `top` on. */
function backSubstitute(
  { n, h: t }: Work,
  xr: Float64Array,
  xi: Float64Array,
  top: number,
  last: number,
  lr: number,
  li: number,
): void {
  const small = Math.max(EPS * (Math.abs(lr) + Math.abs(li)), 2 ** -500);
  const rest = (r: number, from: number): [number, number] => {
    let sr = 0, si = 0;
    for (let c = from; c <= last; c++) {
      sr -= t[r * n + c] * xr[c];
      si -= t[r * n + c] * xi[c];
    }
    return [sr, si];
  };
  for (let r = top - 1; r >= 0; r--) {
    const d = t[r * n + r] - lr;
    if (r === 0 || t[r * n + r - 1] === 0) {
      const [br, bi] = rest(r, r + 1);
      const tiny = Math.abs(d) + Math.abs(li) < small;
      [xr[r], xi[r]] = divide(br, bi, tiny ? small : d, tiny ? 0 : -li);
      continue;
    }
    // Rows r - 1 and r together: (p b; c q) (u; w) = (f; g), p and q less lambda.
    const p = t[(r - 1) * n + r - 1] - lr, b = t[(r - 1) * n + r], c = t[r * n + r - 1];
    const [fr, fi] = rest(r - 1, r + 1), [gr, gi] = rest(r, r + 1);
    const detr = p * d - li * li - b * c,
      deti = -li * (p + d),
      singular = Math.abs(detr) + Math.abs(deti) === 0;
    const er = singular ? small : detr, ei = singular ? 0 : deti;
    [xr[r - 1], xi[r - 1]] = divide(fr * d + fi * li - b * gr, fi * d - fr * li - b * gi, er, ei);
    [xr[r], xi[r]] = divide(gr * p + gi * li - c * fr, gi * p - gr * li - c * fi, er, ei);
    r--;
  }
}

function vectors(w: Work, swaps: readonly [number, number][]): Eigen {
  const { n, h: t, z, re, im } = w, vectorsRe = new Float64Array(n * n), vectorsIm = new Float64Array(n * n);
  for (let j = n - 1; j >= 0; j--) {
    const xr = new Float64Array(n), xi = new Float64Array(n), pair = im[j] !== 0, first = pair ? j - 1 : j;
    if (!pair) xr[j] = 1;
    else if (Math.abs(t[first * n + j]) >= Math.abs(t[j * n + first])) {
      xr[first] = 1;
      xi[j] = im[first] / t[first * n + j];
    } else {
      xr[first] = -im[first] / t[j * n + first];
      xi[j] = 1;
    }
    backSubstitute(w, xr, xi, first, j, re[first], pair ? im[first] : 0);
    const vr = new Float64Array(n), vi = new Float64Array(n);
    for (let r = 0; r < n; r++) {
      for (let c = 0; c <= j; c++) {
        vr[r] += z[r * n + c] * xr[c];
        vi[r] += z[r * n + c] * xi[c];
      }
    }
    for (let s = swaps.length - 1; s >= 0; s--) {
      const [a, b] = swaps[s];
      [vr[a], vr[b]] = [vr[b], vr[a]];
      [vi[a], vi[b]] = [vi[b], vi[a]];
    }
    normalize(vr, vi, pair);
    for (let r = 0; r < n; r++) {
      vectorsRe[r * n + first] = vr[r];
      vectorsIm[r * n + first] = vi[r];
      if (pair) {
        vectorsRe[r * n + j] = vr[r];
        vectorsIm[r * n + j] = -vi[r];
      }
    }
    j = first;
  }
  return { re, im, vectorsRe, vectorsIm };
}

/** Length 1; of a complex vector the largest component becomes real. */
function normalize(vr: Float64Array, vi: Float64Array, complex: boolean): void {
  let length = 0, largest = 0;
  for (let r = 0; r < vr.length; r++) {
    length = Math.hypot(length, vr[r], vi[r]);
    if (Math.hypot(vr[r], vi[r]) > Math.hypot(vr[largest], vi[largest])) largest = r;
  }
  const size = complex ? sign(Math.hypot(vr[largest], vi[largest]), vr[largest]) : 1;
  const cs = complex ? vr[largest] / size : 1, sn = complex ? vi[largest] / size : 0;
  for (let r = 0; r < vr.length; r++) {
    const a = vr[r] / length, b = vi[r] / length;
    vr[r] = cs * a + sn * b;
    vi[r] = cs * b - sn * a;
  }
  if (complex) vi[largest] = 0;
}
