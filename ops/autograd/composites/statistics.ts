/** Reductions, differences and matrix functions that PyTorch makes of others. */
import { Float, type Scalar } from "../../../core/scalar.ts";
import type { Tensor } from "../../../core/tensor.ts";
import {
  add,
  all,
  at,
  cat,
  conj,
  mul,
  narrow,
  real,
  reshape,
  sub,
  sum,
  unsqueeze,
  wrapped,
} from "../calls.ts";
import type { Composites } from "../rules.ts";

type T = Tensor;
type Dims = readonly number[] | null;

const corrected = (unbiased: boolean) => unbiased ? 1 : 0;

/** Results of the whole and along dimensions, for std, var and both with the mean. */
function spreads(name: "std" | "var" | "std_mean" | "var_mean"): Composites {
  const op = (t: T, dims: Dims, correction: Scalar | null, keepdim: boolean) => {
    const r = all(`${name}.correction`, t, dims, correction, keepdim);
    return r.length === 1 ? r[0] : r;
  };
  return {
    [name]: (t: T, unbiased: boolean) => op(t, null, corrected(unbiased), false),
    [`${name}.dim`]: (t: T, dims: Dims, unbiased: boolean, keepdim: boolean) =>
      op(t, dims, corrected(unbiased), keepdim),
  };
}
function difference(t: T, n: number, dim: number, prepend: T | null, append: T | null): T {
  const d = wrapped(dim, t.dim);
  let x = prepend || append ? cat([prepend, t, append].filter((p): p is T => p !== null), d) : t;
  for (let k = 0; k < n; k++) {
    const size = x.sizes[d];
    x = sub(narrow(x, d, 1, size - 1), narrow(x, d, 0, size - 1));
  }
  return x;
}
function norm(t: T, p: Scalar | null, dims: Dims, keepdim: boolean): T {
  return at("linalg_vector_norm", t, p ?? new Float(2), dims && dims.length ? dims : null, keepdim, null);
}
function linalgNorm(t: T, ord: Scalar | null, dims: Dims, keepdim: boolean): T {
  if (ord === null) {
    if (dims) return norm(t, null, dims, keepdim);
    const flat = reshape(t, [-1]), n = at("linalg_vector_norm", flat, new Float(2), null, keepdim, null);
    return keepdim ? reshape(n, t.sizes.map(() => 1)) : n;
  }
  if (dims?.length === 2 || (dims === null && t.dim === 2)) {
    return at("linalg_matrix_norm", t, ord, dims ?? [0, 1], keepdim, null);
  }
  return norm(t, ord, dims, keepdim);
}
function matrixNorm(t: T, ord: Scalar, dims: readonly number[], keepdim: boolean): T {
  const p = real(ord), [a, b] = dims.map((d) => wrapped(d, t.dim));
  if (Math.abs(p) === 2) {
    const s = at("linalg_svdvals", at("movedim.intlist", t, [a, b], [-2, -1]), null);
    const out = at(p > 0 ? "amax" : "amin", s, [-1], false);
    return keepdim ? unsqueeze(unsqueeze(out, Math.min(a, b)), Math.max(a, b)) : out;
  }
  const [first, second] = Math.abs(p) === 1 ? [a, b] : [b, a];
  const sums = at("linalg_vector_norm", t, new Float(1), [first], keepdim, null);
  const left = keepdim || second < first ? second : second - 1;
  return at(p > 0 ? "amax" : "amin", sums, [left], keepdim);
}
function namedMatrixNorm(t: T, ord: string, dims: readonly number[], keepdim: boolean): T {
  if (ord === "fro") return norm(t, null, dims, keepdim);
  const [a, b] = dims.map((d) => wrapped(d, t.dim));
  const out = sum(at("linalg_svdvals", at("movedim.intlist", t, [a, b], [-2, -1]), null), [-1]);
  return keepdim ? unsqueeze(unsqueeze(out, Math.min(a, b)), Math.max(a, b)) : out;
}
function meshgrid(ts: T[], indexing = "ij"): T[] {
  const swap = indexing === "xy" && ts.length > 1;
  const order = swap ? [ts[1], ts[0], ...ts.slice(2)] : ts;
  const sizes = order.map((t) => t.numel);
  const grids = order.map((t, i) =>
    at("expand", at("view", t, sizes.map((_, j) => i === j ? -1 : 1)), sizes)
  );
  return swap ? [grids[1], grids[0], ...grids.slice(2)].map((g) => at("transpose.int", g, 0, 1)) : grids;
}
function cartesian(ts: T[]): T {
  if (ts.length === 1) return ts[0];
  const grids = meshgrid(ts).map((g) => at("flatten.using_ints", g, 0, -1));
  return at("stack", grids, 1);
}
function interleaved(t: T, repeats: number, dim: number | null): T {
  const x = dim === null ? at("flatten.using_ints", t, 0, -1) : t, d = wrapped(dim ?? 0, x.dim);
  const sizes = [...x.sizes];
  sizes.splice(d + 1, 0, repeats);
  return at("flatten.using_ints", at("clone", at("expand", unsqueeze(x, d + 1), sizes), 0), d, d + 1);
}
function interleavedBy(t: T, repeats: T, dim: number | null): T {
  const x = dim === null ? at("flatten.using_ints", t, 0, -1) : t, d = wrapped(dim ?? 0, x.dim);
  const each = repeats.numel === 1 ? at("expand", reshape(repeats, [1]), [x.sizes[d]]) : repeats;
  return at("index_select", x, d, at("repeat_interleave.Tensor", each, null));
}
function trapezoid(y: T, dx: Scalar | T, dim: number): T {
  const d = wrapped(dim, y.dim), n = y.sizes[d];
  const both = add(narrow(y, d, 1, n - 1), narrow(y, d, 0, n - 1));
  if (typeof dx === "object" && "sizes" in (dx as T)) {
    const x = dx as T;
    const steps = x.dim === 1
      ? reshape(
        sub(narrow(x, 0, 1, n - 1), narrow(x, 0, 0, n - 1)),
        y.sizes.map((_, i) => i === d ? n - 1 : 1),
      )
      : sub(narrow(x, d, 1, n - 1), narrow(x, d, 0, n - 1));
    return mul(sum(mul(both, steps), [d]), 0.5);
  }
  return mul(sum(both, [d]), real(dx as Scalar) / 2);
}
function covariance(x: T, correction: number): T {
  const m = x.dim < 2 ? reshape(x, [1, -1]) : x, n = m.sizes[1];
  const centred = sub(m, at("mean.dim", m, [1], true, null));
  return at(
    "squeeze",
    at("div.Scalar", at("mm", centred, conj(at("t", centred))), new Float(Math.max(n - correction, 0))),
  );
}
/** The window's average, for pools of powers. */
function cumulativeTrapezoid(y: T, dx: Scalar, dim: number): T {
  const d = wrapped(dim, y.dim), n = y.sizes[d];
  const both = add(narrow(y, d, 1, n - 1), narrow(y, d, 0, n - 1));
  return mul(at("cumsum", both, d, null), real(dx) / 2);
}
function quantileOf() {
  return (t: T, q: T, dim: number | null, keepdim: boolean, interpolation: string): T => {
    const x = dim === null ? at("flatten.using_ints", t, 0, -1) : at("transpose.int", t, dim, -1);
    const [sorted] = all("sort", x, -1, false), n = x.sizes[x.dim - 1];
    const rank = mul(q.dim === 0 ? reshape(q, [1]) : q, n - 1);
    const below = at("floor", rank), above = at("ceil", rank);
    const take = (r: T) => at("index_select", sorted, x.dim - 1, at("to.dtype", r, 4));
    const weight = sub(rank, below);
    const values = interpolation === "linear"
      ? at("lerp.Tensor", take(below), take(above), weight)
      : interpolation === "lower"
      ? take(below)
      : interpolation === "higher"
      ? take(above)
      : interpolation === "midpoint"
      ? mul(add(take(below), take(above)), 0.5)
      : take(at("round", rank));
    // The quantiles come first; a single one has no dimension.
    let out = at("movedim.int", values, -1, 0);
    if (dim !== null) {
      const d = wrapped(dim, t.dim);
      out = keepdim ? at("transpose.int", unsqueeze(out, -1), d + 1, -1) : out;
    } else if (keepdim) out = reshape(out, [-1, ...t.sizes.map(() => 1)]);
    return q.dim === 0 ? select0(out) : out;
  };
}
const select0 = (t: T) => at("select.int", t, 0, 0);

export const statistics: Composites = {
  ...spreads("std"),
  ...spreads("var"),
  ...spreads("std_mean"),
  ...spreads("var_mean"),
  "diff": difference,
  "norm.Scalar": (t: T, p: Scalar) => norm(t, p, null, false),
  "norm.ScalarOpt_dim": norm,
  "norm.ScalarOpt_dtype": (t: T, p: Scalar | null) => norm(t, p, null, false),
  "norm.ScalarOpt_dim_dtype": norm,
  "frobenius_norm.dim": (t: T, dims: Dims, keepdim: boolean) => norm(t, null, dims, keepdim),
  "nuclear_norm": (t: T, keepdim: boolean) => namedMatrixNorm(t, "nuc", [0, 1], keepdim),
  "linalg_norm": linalgNorm,
  "linalg_norm.ord_str": (t: T, ord: string, dims: Dims, keepdim: boolean) =>
    namedMatrixNorm(t, ord, dims ?? [0, 1], keepdim),
  "linalg_matrix_norm": matrixNorm,
  "linalg_matrix_norm.str_ord": namedMatrixNorm,
  "meshgrid": meshgrid,
  "meshgrid.indexing": meshgrid,
  "cartesian_prod": cartesian,
  "repeat_interleave.self_int": interleaved,
  "repeat_interleave.self_Tensor": interleavedBy,
  "trapezoid.dx": trapezoid,
  "trapezoid.x": trapezoid,
  "trapz.dx": trapezoid,
  "trapz.x": trapezoid,
  "cumulative_trapezoid.dx": cumulativeTrapezoid,
  "cov": covariance,
  "remainder.Scalar_Tensor": (s: Scalar, t: T) =>
    at("remainder.Tensor", at("scalar_tensor", s, t.scalarType, null, null, null), t),
  "special_expit": (t: T) => at("sigmoid", t),
  "special_logsumexp": (t: T, dims: Dims, keepdim: boolean) => at("logsumexp", t, dims, keepdim),
  "square": (t: T) => at("pow.Tensor_Scalar", t, 2),
  "msort": (t: T) => all("sort", t, 0, false)[0],
  "quantile": quantileOf(),
  "quantile.scalar": (t: T, q: number, dim: number | null, keepdim: boolean, interpolation: string) =>
    at(
      "quantile",
      t,
      at("scalar_tensor", new Float(q), t.scalarType, null, null, null),
      dim,
      keepdim,
      interpolation,
    ),
  "softmin": (t: T, dim: number) => at("softmax.int", at("neg", t), dim, null),
  "mvlgamma": (t: T, p: number) => {
    const terms = Array.from({ length: p }, (_, j) => at("lgamma", add(t, -j / 2)));
    return add(terms.reduce((a, b) => add(a, b)), p * (p - 1) / 4 * Math.log(Math.PI));
  },
  "logdet": (t: T) => at("log", at("linalg_det", t)),
  "det": (t: T) => at("linalg_det", t),
  "inverse": (t: T) => at("linalg_inv", t),
  "cholesky": (t: T, upper: boolean) => at("linalg_cholesky", t, upper),
};
