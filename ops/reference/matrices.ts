/** Algorithms on one dense row-major matrix of doubles: factorisations, eigenvalues, singular values. */

/** Rounds after each step: `Math.fround` for float32 results, so that singular matrices stay singular. */
export type Round = (x: number) => number;

export interface Lu {
  /** Unit lower triangle below the diagonal, upper triangle on and above it. */
  readonly lu: Float64Array;
  /** Row that each step exchanged with, from 0. */
  readonly pivots: Int32Array;
  readonly sign: number;
  /** Steps (from 1) whose pivot is zero; 0 when none. */
  readonly zeroPivot: number;
}

/** m x n, partial pivoting. */
export function luOf(a: Float64Array, m: number, n: number, round: Round): Lu {
  const lu = a.slice(), k = Math.min(m, n), pivots = new Int32Array(k);
  let sign = 1, zeroPivot = 0;
  for (let c = 0; c < k; c++) {
    let best = c;
    for (let r = c + 1; r < m; r++) if (Math.abs(lu[r * n + c]) > Math.abs(lu[best * n + c])) best = r;
    pivots[c] = best;
    if (best !== c) {
      sign = -sign;
      for (let j = 0; j < n; j++) [lu[c * n + j], lu[best * n + j]] = [lu[best * n + j], lu[c * n + j]];
    }
    const p = lu[c * n + c];
    if (p === 0) {
      zeroPivot ||= c + 1;
      continue;
    }
    for (let r = c + 1; r < m; r++) {
      const f = lu[r * n + c] = round(lu[r * n + c] / p);
      if (f !== 0) {
        for (let j = c + 1; j < n; j++) lu[r * n + j] = round(lu[r * n + j] - f * lu[c * n + j]);
      }
    }
  }
  return { lu, pivots, sign, zeroPivot };
}

/** Solves op(T) X = B in place, T a triangle of the n x n array, B n x k. */
export function solveTriangle(
  t: Float64Array,
  n: number,
  b: Float64Array,
  k: number,
  upper: boolean,
  unit: boolean,
  transposed = false,
): void {
  const forward = upper === transposed;
  const at = transposed ? (i: number, j: number) => t[j * n + i] : (i: number, j: number) => t[i * n + j];
  for (let step = 0; step < n; step++) {
    const i = forward ? step : n - 1 - step;
    for (let c = 0; c < k; c++) {
      let sum = b[i * k + c];
      if (forward) { for (let j = 0; j < i; j++) sum -= at(i, j) * b[j * k + c]; }
      else for (let j = i + 1; j < n; j++) sum -= at(i, j) * b[j * k + c];
      b[i * k + c] = unit ? sum : sum / at(i, i);
    }
  }
}

/** A^-1 B for a factored square A; B is n x k, unchanged. */
export function luSolve(f: Lu, n: number, b: Float64Array, k: number): Float64Array {
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    const p = f.pivots[i];
    if (p !== i) { for (let c = 0; c < k; c++) [x[i * k + c], x[p * k + c]] = [x[p * k + c], x[i * k + c]]; }
  }
  solveTriangle(f.lu, n, x, k, false, true);
  solveTriangle(f.lu, n, x, k, true, false);
  return x;
}

/** Lower L with L L^T = A, read from the lower triangle; `minor` is the first that is not positive, or 0. */
export function choleskyOf(a: Float64Array, n: number): { l: Float64Array; minor: number } {
  const l = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    let d = a[j * n + j];
    for (let k = 0; k < j; k++) d -= l[j * n + k] ** 2;
    if (!(d > 0)) return { l, minor: j + 1 };
    const root = l[j * n + j] = Math.sqrt(d);
    for (let i = j + 1; i < n; i++) {
      let s = a[i * n + j];
      for (let k = 0; k < j; k++) s -= l[i * n + k] * l[j * n + k];
      l[i * n + j] = s / root;
    }
  }
  return { l, minor: 0 };
}

/** Householder QR: q is m x m, r is m x n; R's diagonal has LAPACK's signs. */
export function qrOf(a: Float64Array, m: number, n: number): { q: Float64Array; r: Float64Array } {
  const r = a.slice(), q = new Float64Array(m * m);
  for (let i = 0; i < m; i++) q[i * m + i] = 1;
  const v = new Float64Array(m);
  for (let c = 0; c < Math.min(m - 1, n); c++) {
    let norm = 0, below = 0;
    for (let i = c; i < m; i++) norm += r[i * n + c] ** 2;
    for (let i = c + 1; i < m; i++) below += r[i * n + c] ** 2;
    // LAPACK leaves a column alone that has nothing to annihilate.
    if (below === 0) continue;
    const head = r[c * n + c], beta = head >= 0 ? -Math.sqrt(norm) : Math.sqrt(norm);
    v.fill(0);
    for (let i = c; i < m; i++) v[i] = r[i * n + c];
    v[c] = head - beta;
    let vv = 0;
    for (let i = c; i < m; i++) vv += v[i] * v[i];
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let i = c; i < m; i++) s += v[i] * r[i * n + j];
      for (let i = c; i < m; i++) r[i * n + j] -= 2 * s / vv * v[i];
    }
    for (let j = 0; j < m; j++) {
      let s = 0;
      for (let i = c; i < m; i++) s += q[j * m + i] * v[i];
      for (let i = c; i < m; i++) q[j * m + i] -= 2 * s / vv * v[i];
    }
    for (let i = c + 1; i < m; i++) r[i * n + c] = 0;
  }
  return { q, r };
}

/** Eigenvalues of a symmetric matrix, ascending, and eigenvectors as columns (cyclic Jacobi). */
export function eighOf(a: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const s = a.slice(), v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0, total = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        total += s[i * n + j] ** 2;
        if (i !== j) off += s[i * n + j] ** 2;
      }
    }
    if (!(off > total * 1e-32)) break;
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotateSymmetric(s, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => s[i * n + i] - s[j * n + j]);
  const values = Float64Array.from(order, (i) => s[i * n + i]), vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    // Sign fixed by the last component, as LAPACK's tridiagonal solvers mostly leave it.
    const flip = v[(n - 1) * n + from] < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) vectors[i * n + to] = flip * v[i * n + from];
  });
  return { values, vectors };
}

function rotateSymmetric(s: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = s[p * n + q];
  if (apq === 0) return;
  const theta = (s[q * n + q] - s[p * n + p]) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1), sn = t * c;
  for (let i = 0; i < n; i++) {
    const x = s[i * n + p], y = s[i * n + q];
    s[i * n + p] = c * x - sn * y;
    s[i * n + q] = sn * x + c * y;
  }
  for (let i = 0; i < n; i++) {
    const x = s[p * n + i], y = s[q * n + i];
    s[p * n + i] = c * x - sn * y;
    s[q * n + i] = sn * x + c * y;
  }
  for (let i = 0; i < n; i++) {
    const x = v[i * n + p], y = v[i * n + q];
    v[i * n + p] = c * x - sn * y;
    v[i * n + q] = sn * x + c * y;
  }
}

/** Thin SVD of m x n: u is m x k, s descending, v is n x k (columns), k = min(m, n). One-sided Jacobi. */
export function svdOf(
  a: Float64Array,
  m: number,
  n: number,
): { u: Float64Array; s: Float64Array; v: Float64Array } {
  if (m < n) {
    const { u, s, v } = svdOf(transposed(a, m, n), n, m);
    return { u: v, s, v: u };
  }
  const w = a.slice(), v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0, again = true; again && sweep < 60; sweep++) {
    again = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) again = orthogonalize(w, v, m, n, p, q) || again;
    }
  }
  const norms = Float64Array.from({ length: n }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < m; i++) sum += w[i * n + j] ** 2;
    return Math.sqrt(sum);
  });
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => norms[j] - norms[i]);
  const u = new Float64Array(m * n), vs = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let i = 0; i < m; i++) u[i * n + to] = norms[from] > 0 ? w[i * n + from] / norms[from] : 0;
    for (let i = 0; i < n; i++) vs[i * n + to] = v[i * n + from];
  });
  const s = Float64Array.from(order, (i) => norms[i]);
  const rank = s.findIndex((x) => x <= (s[0] || 0) * 1e-300);
  const complete = rank < 0 ? u : completed(u, m, n, rank);
  // Signs as Householder bidiagonalisation leaves them in the common case: first row of u not positive, but columns
  // that no reflection touched, of one element, keep it positive.
  for (let j = 0; j < n; j++) {
    const own = Float64Array.from({ length: m }, (_, i) => complete[i * n + j]).filter((x) => x !== 0);
    if (own.length === 1 ? own[0] < 0 : complete[j] > 0) {
      for (let i = 0; i < m; i++) complete[i * n + j] = -complete[i * n + j];
      for (let i = 0; i < n; i++) vs[i * n + j] = -vs[i * n + j];
    }
  }
  return { u: complete, s, v: vs };
}

function orthogonalize(
  w: Float64Array,
  v: Float64Array,
  m: number,
  n: number,
  p: number,
  q: number,
): boolean {
  let pp = 0, qq = 0, pq = 0;
  for (let i = 0; i < m; i++) {
    const x = w[i * n + p], y = w[i * n + q];
    pp += x * x;
    qq += y * y;
    pq += x * y;
  }
  if (!(Math.abs(pq) > 1e-16 * Math.sqrt(pp * qq)) || pq === 0) return false;
  const zeta = (qq - pp) / (2 * pq), t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t), s = c * t;
  const turn = (x: Float64Array, rows: number) => {
    for (let i = 0; i < rows; i++) {
      const a = x[i * n + p], b = x[i * n + q];
      x[i * n + p] = c * a - s * b;
      x[i * n + q] = s * a + c * b;
    }
  };
  turn(w, m);
  turn(v, n);
  return true;
}

/** Orthonormal columns up to `to`, the first `have` given (Gram-Schmidt over unit vectors); m x n array. */
export function completed(u: Float64Array, m: number, n: number, have: number, to = n): Float64Array {
  const out = u.slice();
  for (let j = have, e = 0; j < to && e < m; e++) {
    const x = new Float64Array(m);
    x[e] = 1;
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < j; k++) {
        let d = 0;
        for (let i = 0; i < m; i++) d += x[i] * out[i * n + k];
        for (let i = 0; i < m; i++) x[i] -= d * out[i * n + k];
      }
    }
    const norm = Math.sqrt(x.reduce((a, b) => a + b * b, 0));
    if (norm < 1e-6) continue;
    for (let i = 0; i < m; i++) out[i * n + j] = x[i] / norm;
    j++;
  }
  return out;
}

export function transposed(a: Float64Array, m: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j * m + i] = a[i * n + j];
  return out;
}

/** m x k times k x n. */
export function times(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) {
      const v = a[i * k + p];
      if (v !== 0) { for (let j = 0; j < n; j++) out[i * n + j] += v * b[p * n + j]; }
    }
  }
  return out;
}
