/** QR, eigenvalues, singular values, and what follows from them: pseudo-inverse, rank, least squares, norms. */
import { check, NotImplemented } from "../../core/errors.ts";
import { ListValue } from "../../core/ivalue.ts";
import { Float, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import {
  isComplexType,
  isFloatingType,
  promoteTypes,
  ScalarType,
  toRealValueType,
} from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { IntType } from "../../core/types.ts";
import { call } from "../dispatch.ts";
import { type Family, op } from "../declaration.ts";
import { newTensor } from "../reference/allocation.ts";
import { asType } from "../reference/copy.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { wrapDim } from "../reference/dims.ts";
import { completed, eighOf, qrOf, svdOf, times, transposed } from "../reference/matrices.ts";
import { typeName } from "../reference/promotion.ts";
import { checkMatrix, columnMajor, inverse, joined, matricesOf } from "./linalg.ts";
import { norm } from "./reduction.ts";
import { permute, reshape, transpose } from "./view.ts";

function qr(a: Tensor, mode: string): Tensor[] {
  checkMatrix("linalg.qr", a);
  check(
    mode === "reduced" || mode === "complete" || mode === "r",
    () =>
      `qr received unrecognized mode '${mode}' but expected one of 'reduced' (default), 'r', or 'complete'`,
  );
  const [m, n] = a.sizes.slice(-2), k = mode === "complete" ? m : Math.min(m, n), lead = a.sizes.slice(0, -2);
  const parts = matricesOf(a).map((x) => qrOf(x, m, n));
  const r = columnMajor(joined(parts.map((p) => p.r.subarray(0, k * n)), lead, [k, n], a.scalarType));
  if (mode === "r") return [newTensor([0], a.scalarType), r];
  const q = parts.map((p) =>
    Float64Array.from({ length: m * k }, (_, i) => p.q[Math.floor(i / k) * m + i % k])
  );
  return [columnMajor(joined(q, lead, [m, k], a.scalarType)), r];
}

/** U, S and V^H; U and V^H square when `full`. */
function svd(a: Tensor, full: boolean): [Tensor, Tensor, Tensor] {
  checkMatrix("linalg.svd", a);
  const [m, n] = a.sizes.slice(-2), k = Math.min(m, n), lead = a.sizes.slice(0, -2);
  const parts = matricesOf(a).map((x) => svdOf(x, m, n)),
    wide = (x: Float64Array, rows: number) => {
      if (!full || rows === k) return x;
      const out = new Float64Array(rows * rows);
      for (let i = 0; i < rows; i++) for (let j = 0; j < k; j++) out[i * rows + j] = x[i * k + j];
      return completed(out, rows, rows, k);
    };
  const cu = full ? m : k, cv = full ? n : k;
  return [
    columnMajor(joined(parts.map((p) => wide(p.u, m)), lead, [m, cu], a.scalarType)),
    joined(parts.map((p) => p.s), lead, [k], a.scalarType),
    columnMajor(joined(parts.map((p) => transposed(wide(p.v, n), n, cv)), lead, [cv, n], a.scalarType)),
  ];
}

function eigh(a: Tensor, uplo: string): Tensor[] {
  checkMatrix("linalg.eigh", a, true);
  const side = uplo.toUpperCase();
  check(side === "L" || side === "U", () => `Expected UPLO argument to be 'L' or 'U', but got ${uplo}`);
  const n = a.sizes[a.dim - 1], lead = a.sizes.slice(0, -2);
  const parts = matricesOf(a).map((x) => {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        if (side === "L") x[j * n + i] = x[i * n + j];
        else x[i * n + j] = x[j * n + i];
      }
    }
    return eighOf(x, n);
  });
  return [
    joined(parts.map((p) => p.values), lead, [n], a.scalarType),
    columnMajor(joined(parts.map((p) => p.vectors), lead, [n, n], a.scalarType)),
  ];
}

function epsilon(t: ScalarType): number {
  return t === ScalarType.Double ? 2 ** -52 : 2 ** -23;
}

/** Singular values below this count as zero. */
function threshold(
  s: ArrayLike<number>,
  m: number,
  n: number,
  atol: number | null,
  rtol: number | null,
  t: ScalarType,
): number {
  const absolute = atol ?? 0, relative = rtol ?? (absolute > 0 ? 0 : Math.max(m, n) * epsilon(t));
  let max = 0;
  for (let i = 0; i < s.length; i++) max = Math.max(max, s[i]);
  return Math.max(absolute, relative * max);
}

function pinv(a: Tensor, atol: number | null, rtol: number | null): Tensor {
  checkMatrix("linalg.pinv", a);
  const [m, n] = a.sizes.slice(-2), k = Math.min(m, n);
  const parts = matricesOf(a).map((x) => {
    const { u, s, v } = svdOf(x, m, n), cut = threshold(s, m, n, atol, rtol, a.scalarType);
    const scaled = Float64Array.from(v, (w, i) => s[i % k] > cut ? w / s[i % k] : 0);
    return times(scaled, transposed(u, m, k), n, k, m);
  });
  return joined(parts, a.sizes.slice(0, -2), [n, m], a.scalarType);
}

function matrixRank(a: Tensor, atol: number | null, rtol: number | null): Tensor {
  checkMatrix("linalg.matrix_rank", a);
  const [m, n] = a.sizes.slice(-2);
  const ranks = matricesOf(a).map((x) => {
    const { s } = svdOf(x, m, n), cut = threshold(s, m, n, atol, rtol, a.scalarType);
    return s.filter((v) => v > cut).length;
  });
  return fromNumbers(ranks, a.sizes.slice(0, -2), ScalarType.Long);
}

function lstsq(a: Tensor, b: Tensor, rcond: number | null, driver: string | null): Tensor[] {
  checkMatrix("torch.linalg.lstsq", a);
  const vector = a.dim - 1 === b.dim, rhs = vector ? reshape(b, [...b.sizes, 1]) : b;
  const [m, n] = a.sizes.slice(-2),
    cols = rhs.sizes[rhs.dim - 1],
    lead = a.sizes.slice(0, -2),
    empty = (t: ScalarType) => newTensor([0], t);
  check(
    rhs.sizes[rhs.dim - 2] === m,
    () => `torch.linalg.lstsq: input.size(-2) should match other.size(-${vector ? 1 : 2})`,
  );
  const rank: number[] = [], residuals: Float64Array[] = [], bs = matricesOf(rhs), k = Math.min(m, n);
  let everyFull = true;
  const parts = matricesOf(a).map((x, i) => {
    const { u, s, v } = svdOf(x, m, n),
      cut = (rcond ?? epsilon(a.scalarType) * Math.max(m, n)) * (s[0] ?? 0),
      y = bs[i];
    const inner = times(transposed(u, m, k), y, k, m, cols).map((w, j) =>
      s[Math.floor(j / cols)] > cut ? w / s[Math.floor(j / cols)] : 0
    );
    const solution = times(v, inner, n, k, cols),
      fit = times(x, solution, m, n, cols),
      left = new Float64Array(cols);
    for (let j = 0; j < m * cols; j++) left[j % cols] += (fit[j] - y[j]) ** 2;
    const r = s.filter((w) => w > cut).length;
    everyFull &&= r === n;
    rank.push(r);
    residuals.push(left);
    return solution;
  });
  const solution = joined(parts, lead, [n, cols], a.scalarType);
  const named = driver ?? "gelsy";
  return [
    vector ? reshape(solution, [...lead, n]) : solution,
    m > n && everyFull && named !== "gelsy"
      ? joined(residuals, lead, [cols], a.scalarType)
      : empty(a.scalarType),
    named === "gels" ? empty(ScalarType.Long) : fromNumbers(rank, lead, ScalarType.Long),
    named === "gelsd" || named === "gelss"
      ? joined(matricesOf(a).map((x) => svdOf(x, m, n).s), lead, [k], a.scalarType)
      : empty(a.scalarType),
  ];
}

const ints = (v: readonly number[]) => new ListValue(IntType, [...v]);

function vectorNorm(
  x: Tensor,
  order: Scalar,
  dims: number[] | null,
  keep: boolean,
  dtype: ScalarType | null,
): Tensor {
  return call("aten::linalg_vector_norm", x, order, dims && ints(dims), keep, dtype) as Tensor;
}

/** The p-norm over dimensions; refuses what has no identity where there is nothing to reduce. */
function vectorNormOp(
  x: Tensor,
  order: Scalar,
  dims: number[] | null,
  keep: boolean,
  dtype: ScalarType | null,
): Tensor {
  const name = "linalg.vector_norm";
  checkDtype(name, x);
  if (dtype !== null) {
    check(
      isFloatingType(dtype) || isComplexType(dtype),
      () => `${name}: dtype should be floating point or complex, but got ${typeName(dtype)}`,
    );
    const complex = isComplexType(x.scalarType);
    check(
      isComplexType(dtype) === complex,
      () =>
        `${name}: dtype should be ${complex ? "complex for complex" : "real for real"} inputs, but got ` +
        typeName(dtype),
    );
    check(
      promoteTypes(x.scalarType, dtype) === dtype,
      () =>
        `${name}: the dtype of the input (${
          typeName(x.scalarType)
        }) should be convertible without narrowing to the ` +
        `specified dtype (${typeName(dtype)})`,
    );
  }
  const p = scalarToNumber(order), every = dims === null || dims.length === 0;
  if (x.numel === 0 && (p < 0 || p === Infinity)) {
    const shown = Number.isFinite(p) ? p : p > 0 ? "inf" : "-inf";
    check(
      !every,
      () =>
        `${name} cannot compute the ${shown} norm on an empty tensor because the operation does not have an identity`,
    );
    for (const d of dims!) {
      check(
        x.sizes[wrapDim(d, x.dim)] !== 0,
        () =>
          `${name} cannot compute the ${shown} norm on the dimension ${d}because this dimension is empty and the ` +
          "operation does not have an identity",
      );
    }
  }
  return norm(x, order, dims, keep, dtype === null ? null : toRealValueType(dtype));
}

function checkDtype(name: string, x: Tensor): void {
  check(
    isFloatingType(x.scalarType) || isComplexType(x.scalarType),
    () => `${name}: Expected a floating point or complex tensor as input. Got ${typeName(x.scalarType)}`,
  );
}

/** Norms of matrices over two dimensions: "fro", "nuc", 1, 2, inf and their negatives. */
function matrixNorm(
  x: Tensor,
  order: number | string,
  dims: readonly number[],
  keep: boolean,
  dtype: ScalarType | null,
): Tensor {
  check(x.dim >= 2, "linalg.matrix_norm: The input tensor A must have at least 2 dimensions.");
  checkDtype("linalg.matrix_norm", x);
  check(dims.length === 2, () => `linalg.matrix_norm: dim must be a 2-tuple. Got ${dims.join(" ")}`);
  const a = dtype !== null ? asType(x, dtype) : x,
    rows = wrapDim(dims[0], a.dim),
    cols = wrapDim(dims[1], a.dim);
  check(
    rows !== cols,
    () => `linalg.matrix_norm: dims must be different. Got (${dims.join(", ")})`,
  );
  if (order === "fro") return vectorNorm(a, new Float(2), [...dims], keep, null);
  if (isComplexType(a.scalarType)) throw new NotImplemented("linalg.matrix_norm of complex matrices");
  const rest = a.sizes.map((_, i) => i).filter((i) => i !== rows && i !== cols);
  const moved = permute(a, [...rest, rows, cols]),
    [m, n] = moved.sizes.slice(-2),
    lead = moved.sizes.slice(0, -2);
  check(
    typeof order === "number" ? [1, 2, Infinity].includes(Math.abs(order)) : order === "nuc",
    () => `linalg.matrix_norm: Order ${order} not supported.`,
  );
  const bySvd = order === "nuc" || Math.abs(order as number) === 2;
  check(
    !bySvd || (a.scalarType !== ScalarType.Half && a.scalarType !== ScalarType.BFloat16),
    () => `linalg.matrix_norm: Low precision dtypes not supported. Got ${typeName(a.scalarType)}`,
  );
  check(
    m * n > 0 || order === "nuc" || (order as number) > 0,
    "amin(): Expected reduction dim -1 to have non-zero size.",
    "IndexError",
  );
  const v = numbers(moved),
    values = Array.from({ length: numelOf(lead) }, (_, b) => {
      const own = Float64Array.from(v.subarray(b * m * n, (b + 1) * m * n));
      if (bySvd) {
        const { s } = svdOf(own, m, n);
        return order === "nuc" ? s.reduce((p, q) => p + q, 0) : (order === 2 ? s[0] : s[s.length - 1]) ?? 0;
      }
      const sums = new Float64Array(Math.abs(order as number) === 1 ? n : m);
      own.forEach((w, i) =>
        sums[sums.length === n && Math.abs(order as number) === 1 ? i % n : Math.floor(i / n)] += Math.abs(w)
      );
      return sums.length === 0 ? 0 : (order as number) > 0 ? Math.max(...sums) : Math.min(...sums);
    });
  const sizes = keep ? a.sizes.map((s, i) => i === rows || i === cols ? 1 : s) : lead;
  return fromNumbers(values, sizes, a.scalarType);
}

function linalgNorm(
  x: Tensor,
  order: Scalar | string | null,
  dims: number[] | null,
  keep: boolean,
  dtype: ScalarType | null,
): Tensor {
  if (order === null) {
    const flat = dims === null ? reshape(x, [-1]) : x,
      out = vectorNorm(flat, new Float(2), dims, keep && dims !== null, dtype);
    return dims === null && keep ? reshape(out, x.sizes.map(() => 1)) : out;
  }
  check(
    dims === null ? x.dim === 1 || x.dim === 2 : dims.length === 1 || dims.length === 2,
    () =>
      dims === null
        ? "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got " + x.dim + "D."
        : `linalg.norm: If dim is specified, it must be of length 1 or 2. Got [${dims.join(", ")}]`,
  );
  if (typeof order === "string" || (dims ? dims.length === 2 : x.dim === 2)) {
    return matrixNorm(
      x,
      typeof order === "string" ? order : scalarToNumber(order),
      dims ?? [0, 1],
      keep,
      dtype,
    );
  }
  return vectorNorm(x, order, dims, keep, dtype);
}

function condition(a: Tensor, p: Scalar | string | null): Tensor {
  if (p === null || (typeof p !== "string" && Math.abs(scalarToNumber(p)) === 2)) {
    const s = svd(a, false)[1],
      v = numbers(s),
      k = s.sizes[s.dim - 1],
      flip = p !== null && scalarToNumber(p as Scalar) < 0;
    const out = Array.from({ length: numelOf(s.sizes.slice(0, -1)) }, (_, i) => {
      const top = v[i * k], low = v[i * k + k - 1];
      return flip ? low / top : top / low;
    });
    return fromNumbers(out, s.sizes.slice(0, -1), a.scalarType);
  }
  const order = typeof p === "string" ? p : scalarToNumber(p);
  const of = (x: Tensor) => matrixNorm(x, order, [-2, -1], false, null);
  return call("aten::mul.Tensor", of(a), of(inverse(a))) as Tensor;
}

const plain = (t: Tensor | null) => t === null ? null : numbers(t)[0];
const LOOSE = [1e-4, 1e-5] as const;

export const decompositions: Family = {
  "aten::linalg_qr": op("Q and R of A = Q R.", qr, [], LOOSE),
  "aten::qr": op(
    "Q and R of A = Q R.",
    (a: Tensor, some: boolean) => qr(a, some ? "reduced" : "complete"),
    [],
    LOOSE,
  ),
  "aten::linalg_svd": op("U, S and V^H of A = U S V^H.", svd, [], LOOSE),
  "aten::svd": op(
    "U, S and V of A = U S V^H.",
    (a: Tensor, some: boolean, vectors: boolean) => {
      const [u, s, vh] = svd(a, !some);
      return vectors
        ? [u, s, transpose(vh, -2, -1)]
        : [newTensor(u.sizes, a.scalarType), s, newTensor(transpose(vh, -2, -1).sizes, a.scalarType)];
    },
    [],
    LOOSE,
  ),
  "aten::linalg_svdvals": op("Singular values.", (a: Tensor) => svd(a, false)[1], [], LOOSE),
  "aten::linalg_eigh": op("Eigenvalues and eigenvectors of a symmetric matrix.", eigh, [], LOOSE),
  "aten::linalg_eigvalsh": op(
    "Eigenvalues of a symmetric matrix.",
    (a: Tensor, u: string) => eigh(a, u)[0],
    [],
    LOOSE,
  ),
  "aten::linalg_lstsq": op("Least squares solution.", lstsq, [], LOOSE),
  "aten::pinverse": op("Pseudo-inverse.", (a: Tensor, rcond: number) => pinv(a, null, rcond), [], LOOSE),
  "aten::linalg_pinv": op("Pseudo-inverse.", (a: Tensor, rcond: number) => pinv(a, null, rcond), [], LOOSE),
  "aten::linalg_pinv.atol_rtol_float": op("Pseudo-inverse.", pinv, [], LOOSE),
  "aten::linalg_pinv.rcond_tensor": op(
    "Pseudo-inverse.",
    (a: Tensor, rcond: Tensor) => pinv(a, null, plain(rcond)),
    [],
    LOOSE,
  ),
  "aten::linalg_pinv.atol_rtol_tensor": op(
    "Pseudo-inverse.",
    (a: Tensor, x: Tensor | null, y: Tensor | null) => pinv(a, plain(x), plain(y)),
    [],
    LOOSE,
  ),
  "aten::linalg_matrix_rank": op(
    "Number of singular values that are not zero.",
    (a: Tensor, tol: number) => matrixRank(a, tol, 0),
  ),
  "aten::linalg_matrix_rank.atol_rtol_float": op("Number of singular values that are not zero.", matrixRank),
  "aten::linalg_matrix_rank.atol_rtol_tensor": op(
    "Number of singular values that are not zero.",
    (a: Tensor, x: Tensor | null, y: Tensor | null) => matrixRank(a, plain(x), plain(y)),
  ),
  "aten::linalg_vector_norm": op("p-norm over dimensions.", vectorNormOp),
  "aten::linalg_norm": op("Norm of vectors or matrices.", linalgNorm),
  "aten::linalg_norm.ord_str": op("Norm of vectors or matrices.", linalgNorm),
  "aten::linalg_matrix_norm": op(
    "Norm of matrices.",
    (x: Tensor, p: Scalar, d: number[], k: boolean, t: ScalarType | null) =>
      matrixNorm(x, scalarToNumber(p), d, k, t),
  ),
  "aten::linalg_matrix_norm.str_ord": op("Norm of matrices.", matrixNorm),
  "aten::frobenius_norm.dim": op(
    "Root of the sum of squares.",
    (x: Tensor, d: number[], k: boolean) => vectorNorm(x, new Float(2), d, k, null),
  ),
  "aten::nuclear_norm": op(
    "Sum of singular values.",
    (x: Tensor, k: boolean) => matrixNorm(x, "nuc", [0, 1], k, null),
  ),
  "aten::nuclear_norm.dim": op(
    "Sum of singular values.",
    (x: Tensor, d: number[], k: boolean) => matrixNorm(x, "nuc", d, k, null),
  ),
  "aten::linalg_cond": op("Condition number.", condition, [], LOOSE),
  "aten::linalg_cond.p_str": op("Condition number.", condition, [], LOOSE),
};
