/** Determinants, inverses, linear systems, and factorisations that solve them. */
import { check, NotImplemented } from "../../core/errors.ts";
import { isComplexType, isFloatingType, ScalarType } from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { copyOf } from "../reference/copy.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { expandTo } from "../reference/dims.ts";
import {
  choleskyOf,
  type Lu,
  luOf,
  luSolve,
  type Round,
  solveTriangle,
  times,
  transposed,
} from "../reference/matrices.ts";
import { broadcastSizes, typeName } from "../reference/promotion.ts";
import { matmul } from "./matrix_products.ts";
import { reshape, transpose } from "./view.ts";

/** Refuses what linear algebra is not defined for. */
export function checkMatrix(name: string, a: Tensor, square = false): void {
  check(a.dim >= 2, () => `${name}: The input tensor A must have at least 2 dimensions.`);
  if (square) {
    check(
      a.sizes[a.dim - 1] === a.sizes[a.dim - 2],
      () =>
        `${name}: A must be batches of square matrices, but they are ${a.sizes[a.dim - 2]} by ${
          a.sizes[a.dim - 1]
        } matrices`,
    );
  }
  checkFloat(name, a);
}
function checkFloat(name: string, a: Tensor): void {
  check(
    isFloatingType(a.scalarType) || isComplexType(a.scalarType),
    () => `${name}: Expected a floating point or complex tensor as input. Got ${typeName(a.scalarType)}`,
  );
  check(
    a.scalarType !== ScalarType.Half && a.scalarType !== ScalarType.BFloat16,
    () => `${name}: Low precision dtypes not supported. Got ${typeName(a.scalarType)}`,
  );
  if (isComplexType(a.scalarType)) throw new NotImplemented(`${name} of complex matrices`);
}

/** Every matrix of a batch as a fresh array of doubles. */
export function matricesOf(a: Tensor): Float64Array[] {
  const v = numbers(a), size = a.sizes[a.dim - 1] * a.sizes[a.dim - 2], count = numelOf(a.sizes.slice(0, -2));
  return Array.from({ length: count }, (_, i) => Float64Array.from(v.subarray(i * size, (i + 1) * size)));
}

/** Matrices (all of one shape) joined to a tensor of `lead` + `tail`. */
export function joined(
  parts: readonly ArrayLike<number>[],
  lead: readonly number[],
  tail: readonly number[],
  t: ScalarType,
): Tensor {
  const size = numelOf(tail), out = new Float64Array(parts.length * size);
  parts.forEach((p, i) => out.set(p, i * size));
  return fromNumbers(out, [...lead, ...tail], t);
}

/** The same matrices column by column in memory, as LAPACK leaves its results. */
export function columnMajor(t: Tensor): Tensor {
  return transpose(copyOf(transpose(t, -2, -1)), -2, -1);
}

export function roundOf(t: ScalarType): Round {
  return t === ScalarType.Float ? Math.fround : (x) => x;
}

function factors(a: Tensor): Lu[] {
  const n = a.sizes[a.dim - 1], round = roundOf(a.scalarType);
  return matricesOf(a).map((m) => luOf(m, a.sizes[a.dim - 2], n, round));
}

/** LAPACK's info of each matrix, as an int32 tensor. */
function infoOf(values: readonly number[], lead: readonly number[]): Tensor {
  return fromNumbers(values, lead, ScalarType.Int);
}

function failure(info: readonly number[], batched: boolean): { place: string; at: number } | null {
  const i = info.findIndex((v) => v !== 0);
  return i < 0 ? null : { place: batched ? `(Batch element ${i}): ` : "", at: info[i] };
}

function det(a: Tensor): Tensor {
  checkMatrix("linalg.det", a, true);
  const n = a.sizes[a.dim - 1];
  const values = factors(a).map((f) => {
    let d = f.sign;
    for (let i = 0; i < n; i++) d *= f.lu[i * n + i];
    return d;
  });
  return fromNumbers(values, a.sizes.slice(0, -2), a.scalarType);
}

function slogdet(a: Tensor): Tensor[] {
  checkMatrix("linalg.slogdet", a, true);
  const n = a.sizes[a.dim - 1], lead = a.sizes.slice(0, -2), signs: number[] = [], logs: number[] = [];
  for (const f of factors(a)) {
    let sign = f.sign, log = 0;
    for (let i = 0; i < n; i++) {
      sign *= Math.sign(f.lu[i * n + i]);
      log += Math.log(Math.abs(f.lu[i * n + i]));
    }
    signs.push(sign);
    logs.push(log);
  }
  return [fromNumbers(signs, lead, a.scalarType), fromNumbers(logs, lead, a.scalarType)];
}

function logdet(a: Tensor): Tensor {
  const [sign, log] = slogdet(a), s = numbers(sign), l = numbers(log);
  return fromNumbers(
    Float64Array.from(l as Float64Array, (v, i) => s[i] === -1 ? NaN : v),
    sign.sizes,
    a.scalarType,
  );
}

const identity = (n: number) => {
  const e = new Float64Array(n * n);
  for (let i = 0; i < n; i++) e[i * n + i] = 1;
  return e;
};

function inverseEx(a: Tensor, checkErrors: boolean): Tensor[] {
  checkMatrix("linalg.inv", a, true);
  const n = a.sizes[a.dim - 1],
    lead = a.sizes.slice(0, -2),
    fs = factors(a),
    info = fs.map((f) => f.zeroPivot);
  const bad = checkErrors ? failure(info, lead.length > 0) : null;
  check(
    !bad,
    () =>
      `linalg.inv: ${bad!.place}The diagonal element ${
        bad!.at
      } is zero, the inversion could not be completed because the input matrix is singular.`,
    "_LinAlgError",
  );
  const parts = fs.map((f) => f.zeroPivot ? f.lu : luSolve(f, n, identity(n), n));
  return [columnMajor(joined(parts, lead, [n, n], a.scalarType)), infoOf(info, lead)];
}
export const inverse = (a: Tensor): Tensor => inverseEx(a, true)[0];

/** A X = B (left) or X A = B; B may be a vector, or a batch of them that fits A's batch. */
function solveEx(a: Tensor, b: Tensor, left: boolean, checkErrors: boolean): Tensor[] {
  checkMatrix("linalg.solve", a, true);
  check(
    a.scalarType === b.scalarType,
    () =>
      `linalg.solve: Expected A and B to have the same dtype, but found A of type ${
        typeName(a.scalarType)
      } and B of type ${typeName(b.scalarType)} instead`,
  );
  const n = a.sizes[a.dim - 1];
  const vector = b.dim === 1 || (a.dim - 1 === b.dim && sameSizes(b.sizes, a.sizes.slice(0, -1)));
  check(
    left || !vector,
    "linalg.solve: Vector broadcasting of the left hand side is not supported for left=False. In this case linalg.solve is equivalent to B / A.squeeze(-1)",
  );
  const rhs = vector ? reshape(b, [...b.sizes, 1]) : b, [rows, cols] = rhs.sizes.slice(-2);
  check(
    (left ? rows : cols) === n,
    () =>
      `linalg.solve: Incompatible shapes of A and B for the equation ${
        left ? "AX = B" : "XA = B"
      } (${n}x${n} and ${rows}x${cols})`,
  );
  const lead = broadcastSizes(a.sizes.slice(0, -2), rhs.sizes.slice(0, -2)), count = numelOf(lead);
  const v = numbers(a, [...lead, n, n]),
    w = numbers(rhs, [...lead, rows, cols]),
    round = roundOf(a.scalarType);
  const info: number[] = [], parts: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const m = Float64Array.from(v.subarray(i * n * n, (i + 1) * n * n));
    const y = Float64Array.from(w.subarray(i * rows * cols, (i + 1) * rows * cols));
    const f = luOf(left ? m : transposed(m, n, n), n, n, round);
    info.push(f.zeroPivot);
    parts.push(
      left ? luSolve(f, n, y, cols) : transposed(luSolve(f, n, transposed(y, rows, cols), rows), cols, rows),
    );
  }
  const bad = checkErrors ? failure(info, lead.length > 0) : null;
  check(
    !bad,
    () => `torch.linalg.solve: ${bad!.place}The solver failed because the input matrix is singular.`,
    "_LinAlgError",
  );
  const rowMajor = joined(parts, lead, [rows, cols], a.scalarType),
    out = left ? columnMajor(rowMajor) : rowMajor;
  return [vector ? reshape(out, out.sizes.slice(0, -1)) : out, infoOf(info, lead)];
}

function sameSizes(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((v, i) => v === b[i]);
}

function choleskyEx(a: Tensor, upper: boolean, checkErrors: boolean, name = "linalg.cholesky"): Tensor[] {
  checkMatrix(name, a, true);
  const n = a.sizes[a.dim - 1], lead = a.sizes.slice(0, -2), info: number[] = [];
  const parts = matricesOf(a).map((m) => {
    const { l, minor } = choleskyOf(upper ? transposed(m, n, n) : m, n);
    info.push(minor);
    return upper ? transposed(l, n, n) : l;
  });
  const bad = checkErrors ? failure(info, lead.length > 0) : null;
  check(
    !bad,
    () =>
      `${name}: ${
        bad!.place
      }The factorization could not be completed because the input is not positive-definite (the leading minor of order ${
        bad!.at
      } is not positive-definite).`,
    "_LinAlgError",
  );
  return [columnMajor(joined(parts, lead, [n, n], a.scalarType)), infoOf(info, lead)];
}

/** Solves with an array function on each pair of a batch: `f(a, b)`, both broadcast. */
function paired(
  a: Tensor,
  b: Tensor,
  f: (a: Float64Array, b: Float64Array, n: number, k: number) => Float64Array,
): Tensor {
  const n = a.sizes[a.dim - 1], [rows, cols] = b.sizes.slice(-2);
  const lead = broadcastSizes(a.sizes.slice(0, -2), b.sizes.slice(0, -2)), count = numelOf(lead);
  const v = numbers(a, [...lead, ...a.sizes.slice(-2)]),
    w = numbers(b, [...lead, rows, cols]),
    sa = a.sizes[a.dim - 2] * n;
  const parts = Array.from({ length: count }, (_, i) =>
    f(
      Float64Array.from(v.subarray(i * sa, (i + 1) * sa)),
      Float64Array.from(w.subarray(i * rows * cols, (i + 1) * rows * cols)),
      n,
      cols,
    ));
  return columnMajor(joined(parts, lead, [rows, cols], a.scalarType));
}

function choleskySolve(b: Tensor, l: Tensor, upper: boolean): Tensor {
  check(b.dim >= 2, () => `b should have at least 2 dimensions, but has ${b.dim} dimensions instead`);
  check(l.dim >= 2, () => `u should have at least 2 dimensions, but has ${l.dim} dimensions instead`);
  checkFloat("cholesky_solve", l);
  return paired(l, b, (m, x, n, k) => {
    solveTriangle(m, n, x, k, upper, false, upper);
    solveTriangle(m, n, x, k, upper, false, !upper);
    return x;
  });
}

function choleskyInverse(l: Tensor, upper: boolean): Tensor {
  checkMatrix("cholesky_inverse", l, true);
  const n = l.sizes[l.dim - 1];
  return paired(
    l,
    joined(matricesOf(l).map(() => identity(n)), l.sizes.slice(0, -2), [n, n], l.scalarType),
    (m, x) => {
      solveTriangle(m, n, x, n, upper, false, upper);
      solveTriangle(m, n, x, n, upper, false, !upper);
      return x;
    },
  );
}

function triangularSolve(b: Tensor, a: Tensor, upper: boolean, trans: boolean, unit: boolean): Tensor[] {
  check(
    b.dim >= 2,
    () =>
      `torch.triangular_solve: Expected b to have at least 2 dimensions, but it has ${b.dim} dimensions instead`,
  );
  check(
    a.dim >= 2,
    () =>
      `torch.triangular_solve: Expected A to have at least 2 dimensions, but it has ${a.dim} dimensions instead`,
  );
  checkFloat("triangular_solve", a);
  const x = paired(a, b, (m, y, n, k) => {
    solveTriangle(m, n, y, k, upper, unit, trans);
    return y;
  });
  return [x, columnMajor(expandTo(a, [...x.sizes.slice(0, -2), ...a.sizes.slice(-2)]))];
}

function solveTriangular(a: Tensor, b: Tensor, upper: boolean, left: boolean, unit: boolean): Tensor {
  checkMatrix("linalg.solve_triangular", a, true);
  return paired(a, b, (m, y, n, k) => {
    if (left) {
      solveTriangle(m, n, y, k, upper, unit);
      return y;
    }
    // X A = B is A^T X^T = B^T.
    const rows = y.length / k, t = transposed(y, rows, k);
    solveTriangle(m, n, t, rows, upper, unit, true);
    return transposed(t, k, rows);
  });
}

function lu(a: Tensor): Tensor[] {
  checkMatrix("linalg.lu", a);
  const [m, n] = a.sizes.slice(-2), k = Math.min(m, n), lead = a.sizes.slice(0, -2), fs = factors(a);
  const p = fs.map((f) => {
    const order = Array.from({ length: m }, (_, i) => i), out = new Float64Array(m * m);
    f.pivots.forEach((to, i) => [order[i], order[to]] = [order[to], order[i]]);
    order.forEach((from, i) => out[from * m + i] = 1);
    return out;
  });
  const part = (rows: number, cols: number, f: (i: number, j: number, v: number) => number) =>
    joined(
      fs.map((x) =>
        Float64Array.from({ length: rows * cols }, (_, q) => {
          const i = Math.floor(q / cols), j = q % cols;
          return f(i, j, x.lu[i * n + j]);
        })
      ),
      lead,
      [rows, cols],
      a.scalarType,
    );
  return [
    joined(p, lead, [m, m], a.scalarType),
    part(m, k, (i, j, v) => i === j ? 1 : i > j ? v : 0),
    part(k, n, (i, j, v) => i <= j ? v : 0),
  ];
}

function luFactor(a: Tensor): Tensor[] {
  checkMatrix("torch.linalg.lu_factor", a);
  const fs = factors(a), lead = a.sizes.slice(0, -2), k = Math.min(...a.sizes.slice(-2));
  return [
    columnMajor(joined(fs.map((f) => f.lu), lead, a.sizes.slice(-2), a.scalarType)),
    joined(fs.map((f) => f.pivots.map((p) => p + 1)), lead, [k], ScalarType.Int),
  ];
}

function luFactorEx(a: Tensor, _pivot: boolean, checkErrors: boolean): Tensor[] {
  const info = factors(a).map((f) => f.zeroPivot), bad = checkErrors ? failure(info, a.dim > 2) : null;
  check(
    !bad,
    () =>
      `torch.linalg.lu_factor_ex: ${bad!.place}U[${bad!.at},${
        bad!.at
      }] is zero and using it on lu_solve would result in a division by zero.`,
    "_LinAlgError",
  );
  return [...luFactor(a), infoOf(info, a.sizes.slice(0, -2))];
}

function luSolveOp(b: Tensor, data: Tensor, pivots: Tensor): Tensor {
  const k = pivots.sizes[pivots.dim - 1], p = numbers(pivots);
  let at = 0;
  return paired(data, b, (m, y, n, cols) => {
    const own = Int32Array.from({ length: k }, (_, i) => p[(at * k + i) % p.length] - 1);
    at++;
    return luSolve({ lu: m, pivots: own, sign: 1, zeroPivot: 0 }, n, y, cols);
  });
}

export function matrixPower(a: Tensor, n: number): Tensor {
  check(a.dim >= 2, "linalg.matrix_power: The input tensor A must have at least 2 dimensions.");
  const size = a.sizes[a.dim - 1];
  check(
    a.sizes[a.dim - 2] === size,
    () =>
      `linalg.matrix_power: A must be batches of square matrices, but they are ${
        a.sizes[a.dim - 2]
      } by ${size} matrices`,
  );
  if (n === 0) {
    const count = numelOf(a.sizes.slice(0, -2));
    return joined(
      Array.from({ length: count }, () => identity(size)),
      a.sizes.slice(0, -2),
      [size, size],
      a.scalarType,
    );
  }
  let base = n < 0 ? inverse(a) : a, result: Tensor | null = null;
  for (let e = Math.abs(n); e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = result ? matmul(result, base) : base;
    if (e > 1) base = matmul(base, base);
  }
  return n === 1 ? copyOf(a) : result!;
}

/** Scaling and squaring around a Taylor sum. */
function matrixExp(a: Tensor): Tensor {
  checkMatrix("linalg.matrix_exp", a, true);
  const n = a.sizes[a.dim - 1];
  const parts = matricesOf(a).map((m) => {
    let norm = 0;
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += Math.abs(m[i * n + j]);
      norm = Math.max(norm, sum);
    }
    const squarings = norm > 0.5 && Number.isFinite(norm) ? Math.ceil(Math.log2(norm / 0.5)) : 0;
    const x = m.map((v) => v / 2 ** squarings);
    let term: Float64Array = identity(n), sum: Float64Array = identity(n);
    for (let k = 1; k <= 18; k++) {
      term = times(term, x, n, n, n).map((v) => v / k);
      sum = sum.map((v, i) => v + term[i]);
    }
    for (let s = 0; s < squarings; s++) sum = times(sum, sum, n, n, n);
    return sum;
  });
  return joined(parts, a.sizes.slice(0, -2), [n, n], a.scalarType);
}

const SOLVER = [1e-4, 1e-5] as const;

export const linearAlgebra: Family = {
  "aten::linalg_det": op("Determinant.", det, [], SOLVER),
  "aten::det": op("Determinant.", det, [], SOLVER),
  "aten::linalg_slogdet": op("Sign and logarithm of the determinant.", slogdet, [], SOLVER),
  "aten::slogdet": op("Sign and logarithm of the determinant.", slogdet, [], SOLVER),
  "aten::logdet": op("Logarithm of the determinant.", logdet, [], SOLVER),
  "aten::linalg_inv": op("Inverse.", inverse, [], SOLVER),
  "aten::inverse": op("Inverse.", inverse, [], SOLVER),
  "aten::linalg_inv_ex": op("Inverse, and where it failed.", inverseEx, [], SOLVER),
  "aten::linalg_solve": op(
    "X of A X = B.",
    (a: Tensor, b: Tensor, left: boolean) => solveEx(a, b, left, true)[0],
    [],
    SOLVER,
  ),
  "aten::linalg_solve_ex": op("X of A X = B, and where it failed.", solveEx, [], SOLVER),
  "aten::linalg_cholesky": op(
    "L of A = L L^T.",
    (a: Tensor, u: boolean) => choleskyEx(a, u, true)[0],
    [],
    SOLVER,
  ),
  "aten::cholesky": op(
    "L of A = L L^T.",
    (a: Tensor, u: boolean) => choleskyEx(a, u, true, "cholesky")[0],
    [],
    SOLVER,
  ),
  "aten::linalg_cholesky_ex": op("L of A = L L^T, and where it failed.", choleskyEx, [], SOLVER),
  "aten::cholesky_solve": op("X of L L^T X = B.", choleskySolve, [], SOLVER),
  "aten::cholesky_inverse": op("Inverse of L L^T.", choleskyInverse, [], SOLVER),
  "aten::triangular_solve": op("X of A X = B, A a triangle.", triangularSolve, [], SOLVER),
  "aten::linalg_solve_triangular": op("X of A X = B, A a triangle.", solveTriangular, [], SOLVER),
  "aten::linalg_lu": op("P, L and U of A = P L U.", lu, [], SOLVER),
  "aten::linalg_lu_factor": op("L and U in one matrix, and the row exchanges.", luFactor, [], SOLVER),
  "aten::_lu_with_info": op(
    "As lu_factor_ex, never throwing.",
    (a: Tensor, pivot: boolean) => luFactorEx(a, pivot, false),
    [],
    SOLVER,
  ),
  "aten::linalg_lu_factor_ex": op("As lu_factor, and where it failed.", luFactorEx, [], SOLVER),
  "aten::lu_solve": op("X of A X = B from A's factors.", luSolveOp, [], SOLVER),
  "aten::linalg_matrix_power": op("Matrix to an integer power.", matrixPower, [], SOLVER),
  "aten::matrix_power": op("Matrix to an integer power.", matrixPower, [], SOLVER),
  "aten::matrix_exp": op("Matrix exponential.", matrixExp, [], SOLVER),
  "aten::linalg_matrix_exp": op("Matrix exponential.", matrixExp, [], SOLVER),
};
