/** Factors as LAPACK keeps them: Householder reflectors, L and U in one matrix; and systems written as tensors. */
import { check } from "../../core/errors.ts";
import { isIntegralType, ScalarType } from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { call } from "../dispatch.ts";
import { newTensor } from "../reference/allocation.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { wrapDim } from "../reference/dims.ts";
import { transposed } from "../reference/matrices.ts";
import { checkMatrix, columnMajor, joined, matricesOf } from "./linalg.ts";
import { permute, reshape, transpose } from "./view.ts";

/** Reflectors below the diagonal of R, and their factors: H_i = I - tau_i v_i v_i^T with v_i[i] = 1. */
function geqrf(a: Tensor): Tensor[] {
  checkMatrix("torch.geqrf", a);
  const [m, n] = a.sizes.slice(-2),
    k = Math.min(m, n),
    lead = a.sizes.slice(0, -2),
    taus: Float64Array[] = [];
  const parts = matricesOf(a).map((x) => {
    const tau = new Float64Array(k);
    for (let i = 0; i < k; i++) tau[i] = reflect(x, m, n, i);
    taus.push(tau);
    return x;
  });
  return [columnMajor(joined(parts, lead, [m, n], a.scalarType)), joined(taus, lead, [k], a.scalarType)];
}

/** Makes column i zero below the diagonal, in place; gives tau. */
function reflect(x: Float64Array, m: number, n: number, i: number): number {
  let below = 0;
  for (let r = i + 1; r < m; r++) below += x[r * n + i] ** 2;
  if (below === 0) return 0;
  const alpha = x[i * n + i], beta = -Math.sign(alpha || 1) * Math.sqrt(alpha * alpha + below);
  const tau = (beta - alpha) / beta, scale = 1 / (alpha - beta);
  for (let r = i + 1; r < m; r++) x[r * n + i] *= scale;
  x[i * n + i] = beta;
  for (let c = i + 1; c < n; c++) {
    let dot = x[i * n + c];
    for (let r = i + 1; r < m; r++) dot += x[r * n + i] * x[r * n + c];
    dot *= tau;
    x[i * n + c] -= dot;
    for (let r = i + 1; r < m; r++) x[r * n + c] -= dot * x[r * n + i];
  }
  return tau;
}

/** H_i times a matrix of `cols` columns, in place. */
function applyReflector(
  v: Float64Array,
  n: number,
  i: number,
  tau: number,
  q: Float64Array,
  m: number,
  cols: number,
) {
  for (let c = 0; c < cols; c++) {
    let dot = q[i * cols + c];
    for (let r = i + 1; r < m; r++) dot += v[r * n + i] * q[r * cols + c];
    dot *= tau;
    q[i * cols + c] -= dot;
    for (let r = i + 1; r < m; r++) q[r * cols + c] -= dot * v[r * n + i];
  }
}

function reflectorsOf(name: string, a: Tensor, tau: Tensor): { a: Float64Array; tau: Float64Array }[] {
  checkMatrix(name, a);
  const k = tau.sizes[tau.dim - 1] ?? 0, t = numbers(tau);
  return matricesOf(a).map((m, b) => ({ a: m, tau: Float64Array.from(t.subarray(b * k, (b + 1) * k)) }));
}

/** The first columns of the product of the reflectors. */
function householderProduct(a: Tensor, tau: Tensor): Tensor {
  const name = "torch.linalg.householder_product";
  check(a.dim >= 2, `${name}: input must have at least 2 dimensions.`);
  const [m, n] = a.sizes.slice(-2), k = tau.sizes[tau.dim - 1] ?? 0;
  check(m >= n, `${name}: input.shape[-2] must be greater than or equal to input.shape[-1]`);
  check(n >= k, `${name}: input.shape[-1] must be greater than or equal to tau.shape[-1]`);
  const parts = reflectorsOf(name, a, tau).map((h) => {
    const q = new Float64Array(m * n);
    for (let i = 0; i < n; i++) q[i * n + i] = 1;
    for (let i = k - 1; i >= 0; i--) applyReflector(h.a, n, i, h.tau[i], q, m, n);
    return q;
  });
  return columnMajor(joined(parts, a.sizes.slice(0, -2), [m, n], a.scalarType));
}

/** Q C, Q^T C, C Q or C Q^T for the Q of the reflectors. */
function ormqr(a: Tensor, tau: Tensor, other: Tensor, left: boolean, trans: boolean): Tensor {
  check(a.dim >= 2, "torch.ormqr: input must have at least 2 dimensions.");
  check(other.dim >= 2, "torch.ormqr: other must have at least 2 dimensions.");
  const axis = left ? -2 : -1, side = other.sizes[other.dim + axis];
  check(
    side >= (tau.sizes[tau.dim - 1] ?? 0),
    () => `torch.ormqr: other.shape[${axis}] must be greater than or equal to tau.shape[-1]`,
  );
  check(
    side === a.sizes[a.dim - 2],
    () => `torch.ormqr: other.shape[${axis}] must be equal to input.shape[-2]`,
  );
  check(
    tau.sizes[tau.dim - 1] <= a.sizes[a.dim - 1],
    "torch.ormqr: tau.shape[-1] must be less than or equal to input.shape[-1]",
  );
  const [rows, cols] = other.sizes.slice(-2), n = a.sizes[a.dim - 1], all = matricesOf(other);
  const parts = reflectorsOf("torch.ormqr", a, tau).map((h, b) => {
    // C Q is (Q^T C^T)^T.
    const c = left ? all[b] : transposed(all[b], rows, cols), width = left ? cols : rows;
    const forwards = left ? trans : !trans, count = h.tau.length;
    for (let s = 0; s < count; s++) {
      const i = forwards ? s : count - 1 - s;
      applyReflector(h.a, n, i, h.tau[i], c, side, width);
    }
    return left ? c : transposed(c, cols, rows);
  });
  return columnMajor(joined(parts, other.sizes.slice(0, -2), [rows, cols], other.scalarType));
}

/** P, L and U of `lu_factor`'s result. */
function luUnpack(data: Tensor, pivots: Tensor, unpackData: boolean, unpackPivots: boolean): Tensor[] {
  check(
    !unpackPivots || pivots.scalarType === ScalarType.Int,
    "torch.lu_unpack: LU_pivots is expected to be a contiguous tensor of torch.int32 dtype.",
  );
  const [m, n] = data.sizes.slice(-2),
    k = Math.min(m, n),
    lead = data.sizes.slice(0, -2),
    t = data.scalarType;
  const none = () => newTensor([0], t);
  const matrices = matricesOf(data), p = numbers(pivots), count = pivots.sizes[pivots.dim - 1] ?? 0;
  const part = (rows: number, cols: number, f: (i: number, j: number, v: number) => number) =>
    matrices.map((x) =>
      Float64Array.from({ length: rows * cols }, (_, q) => {
        const i = Math.floor(q / cols), j = q % cols;
        return f(i, j, x[i * n + j]);
      })
    );
  const permutations = matrices.map((_, b) => {
    const order = Array.from({ length: m }, (_, i) => i), out = new Float64Array(m * m);
    for (let i = 0; i < count; i++) {
      const to = p[b * count + i] - 1;
      [order[i], order[to]] = [order[to], order[i]];
    }
    order.forEach((from, i) => out[from * m + i] = 1);
    return out;
  });
  return [
    unpackPivots ? joined(permutations, lead, [m, m], t) : none(),
    unpackData ? joined(part(m, k, (i, j, v) => i === j ? 1 : i > j ? v : 0), lead, [m, k], t) : none(),
    unpackData ? joined(part(k, n, (i, j, v) => i <= j ? v : 0), lead, [k, n], t) : none(),
  ];
}

/** Powers of each element, 0 to n - 1, a column each. */
function vander(x: Tensor, n: number | null): Tensor {
  const cols = n ?? x.sizes[x.dim - 1] ?? 1;
  check(cols > 1, () => `N must be greater than 1.`);
  const v = numbers(x), out = new Float64Array(v.length * cols);
  for (let i = 0; i < v.length; i++) {
    for (let k = 0, p = 1; k < cols; k++, p *= v[i]) out[i * cols + k] = p;
  }
  const t = isIntegralType(x.scalarType, true) ? ScalarType.Long : x.scalarType;
  return fromNumbers(out, [...x.sizes, cols], t);
}

/** X of A X = B for tensors: A as a square matrix from X's shape to B's. */
function tensorSolve(a: Tensor, b: Tensor, dims: number[] | null): Tensor {
  let x = a;
  if (dims) {
    const last = dims.map((d) => wrapDim(d, a.dim));
    x = permute(a, [...a.sizes.map((_, i) => i).filter((i) => !last.includes(i)), ...last]);
  }
  const tail = x.sizes.slice(b.dim), n = numelOf(tail);
  check(
    n === b.numel && x.numel === n * n,
    () =>
      "Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), but got " +
      `${n} != ${numelOf(x.sizes.slice(0, b.dim))}`,
  );
  const solved = call("aten::linalg_solve", reshape(x, [n, n]), reshape(b, [n]), true) as Tensor;
  return reshape(solved, tail);
}

/** X of A X = B, or with A transposed, or X A = B, from A's factors. */
function luSolve(lu: Tensor, pivots: Tensor, b: Tensor, left: boolean, adjoint: boolean): Tensor {
  const [p, l, u] = luUnpack(lu, pivots, true, true);
  const product = (x: Tensor, y: Tensor) => call("aten::matmul", x, y) as Tensor;
  const a = product(product(p, l), u);
  return call("aten::linalg_solve", adjoint ? transpose(a, -2, -1) : a, b, left) as Tensor;
}

/** Counts, or weights, of elements between edges; the last range includes its end. */
function counted(x: Tensor, edges: Float64Array, weight: Tensor | null, density: boolean): Tensor {
  const v = numbers(x), w = weight && numbers(weight), n = edges.length - 1, out = new Float64Array(n);
  for (let i = 0; i < v.length; i++) {
    if (!(v[i] >= edges[0] && v[i] <= edges[n])) continue;
    let low = 0, high = n;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (v[i] >= edges[middle]) low = middle;
      else high = middle;
    }
    out[low] += w ? w[i] : 1;
  }
  if (density) {
    const total = out.reduce((a, b) => a + b, 0);
    for (let k = 0; k < n; k++) out[k] /= total * (edges[k + 1] - edges[k]);
  }
  return fromNumbers(out, [n], x.scalarType);
}
function histogram(
  x: Tensor,
  bins: number,
  range: number[] | null,
  weight: Tensor | null,
  density: boolean,
): Tensor[] {
  check(bins > 0, () => `torch.histogramdd(): bins ${bins} for dimension 0 must be positive`);
  const v = numbers(x);
  let [low, high] = range ?? [0, 1];
  if (!range && v.length > 0) {
    low = Infinity;
    high = -Infinity;
    for (let i = 0; i < v.length; i++) [low, high] = [Math.min(low, v[i]), Math.max(high, v[i])];
  }
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const edges = call("aten::linspace", low, high, bins + 1, x.scalarType) as Tensor;
  return [counted(x, Float64Array.from(numbers(edges)), weight, density), edges];
}

const SOLVER = [1e-4, 1e-5] as const;

export const matrixFactors: Family = {
  "aten::geqrf": op("Householder reflectors of a QR factorisation.", geqrf, [], SOLVER),
  "aten::linalg_householder_product": op("Q of Householder reflectors.", householderProduct, [], SOLVER),
  "aten::orgqr": op("Q of Householder reflectors.", householderProduct, [], SOLVER),
  "aten::ormqr": op("A matrix times the Q of Householder reflectors.", ormqr, [], SOLVER),
  "aten::lu_unpack": op("P, L and U of factors in one matrix.", luUnpack),
  "aten::linalg_lu_solve": op("X of A X = B from A's factors.", luSolve, [], SOLVER),
  "aten::linalg_vander": op("Powers of each element.", vander),
  "aten::linalg_tensorsolve": op("X of A X = B for tensors.", tensorSolve, [], SOLVER),
  "aten::histogram.bin_ct": op("Counts between evenly spaced edges.", histogram),
  "aten::histogram.bins_tensor": op(
    "Counts between given edges.",
    (
      x: Tensor,
      edges: Tensor,
      w: Tensor | null,
      density: boolean,
    ) => [counted(x, Float64Array.from(numbers(edges)), w, density), edges],
  ),
};
