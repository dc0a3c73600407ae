/** Derivatives of matrix functions, distances and rearrangements of pictures. */
import type { Tensor } from "../../../core/tensor.ts";
import { Float } from "../../../core/scalar.ts";
import {
  adjoint,
  all,
  at,
  compare,
  conj,
  div,
  matmul,
  mul,
  neg,
  sub,
  sum,
  unsqueeze,
  where,
} from "../calls.ts";
import type { Grad } from "../node.ts";
import { jointRule, rule, type Rules, type Shape } from "../rules.ts";
import { normGrad } from "./pointwise_binary.ts";

type T = Tensor;

const inverseGrad = (g: T, y: T) => neg(matmul(adjoint(y), matmul(g, adjoint(y))));
const unit = (t: T) => unsqueeze(unsqueeze(t, -1), -1);
const det = (g: T, a: T, d: T) => mul(unit(mul(g, conj(d))), adjoint(at("linalg_inv", a)));

/** Solutions of linear equations; a right side with one dimension less is a batch of vectors. */
function solve(g: T, wanted: readonly boolean[], a: T, b: T, x: T, left: boolean): Grad[] {
  const vector = b.dim === 1 || (b.dim === a.dim - 1 && x.dim === b.dim);
  const [gm, xm] = vector ? [unsqueeze(g, -1), unsqueeze(x, -1)] : [g, x];
  const gb = at("linalg_solve", adjoint(a), gm, left);
  const ga = wanted[0] ? neg(left ? matmul(gb, adjoint(xm)) : matmul(adjoint(xm), gb)) : null;
  return [ga, vector ? at("squeeze.dim", gb, -1) : gb];
}
/** Lower triangle with half the diagonal. */
function halfLower(t: T): T {
  const low = at("tril", t, 0);
  return sub(low, mul(at("diag_embed", at("diagonal", low, 0, -2, -1), 0, -2, -1), 0.5));
}
function cholesky(g: T, upper: boolean, result: T): T {
  const l = upper ? adjoint(result) : result, gl = upper ? adjoint(g) : g;
  const phi = halfLower(matmul(adjoint(l), gl));
  const symmetric = mul(at("add.Tensor", phi, adjoint(phi), 1), 0.5);
  // L^-H S L^-1
  const left = at("linalg_solve_triangular", adjoint(l), symmetric, true, true, false);
  return at("linalg_solve_triangular", l, left, false, false, false);
}
function eigh(gs: readonly Grad[], values: T, vectors: T): T {
  const [gl, gv] = gs, vh = adjoint(vectors);
  let inner: T | null = gl ? at("diag_embed", gl, 0, -2, -1) : null;
  if (gv) {
    const gaps = sub(unsqueeze(values, -2), unsqueeze(values, -1));
    const safe = where(compare("eq", gaps, 0), at("full_like", gaps, new Float(Infinity)), gaps);
    const part = div(matmul(vh, gv), safe);
    inner = inner ? at("add.Tensor", inner, part, 1) : part;
  }
  return matmul(matmul(vectors, inner!), vh);
}
function svd(gs: readonly Grad[], u: T, s: T, vh: T): T {
  const [gu, gs_, gvh] = gs;
  let inner: T | null = gs_ ? at("diag_embed", gs_, 0, -2, -1) : null;
  const s2 = mul(s, s), gaps = sub(unsqueeze(s2, -2), unsqueeze(s2, -1));
  const safe = where(compare("eq", gaps, 0), at("full_like", gaps, new Float(Infinity)), gaps);
  const plus = (a: T | null, b: T) => a ? at("add.Tensor", a, b, 1) : b;
  const skew = (t: T) => sub(t, adjoint(t));
  let outer: T | null = null;
  if (gu) {
    const e = div(skew(matmul(adjoint(u), gu)), safe);
    inner = plus(inner, mul(e, unsqueeze(s, -2)));
    const rest = sub(gu, matmul(u, matmul(adjoint(u), gu)));
    outer = plus(outer, matmul(div(rest, unsqueeze(s, -2)), vh));
  }
  if (gvh) {
    const gv = adjoint(gvh), v = adjoint(vh);
    const e = div(skew(matmul(vh, gv)), safe);
    inner = plus(inner, mul(unsqueeze(s, -1), e));
    const rest = sub(gv, matmul(v, matmul(vh, gv)));
    outer = plus(outer, matmul(u, adjoint(div(rest, unsqueeze(s, -2)))));
  }
  const main = inner ? matmul(matmul(u, inner), vh) : null;
  return main && outer ? at("add.Tensor", main, outer, 1) : (main ?? outer)!;
}
function qr(gs: readonly Grad[], q: T, r: T): T {
  const [gq, gr] = gs;
  const m = gr ? matmul(r, adjoint(gr)) : null;
  const n = gq ? matmul(adjoint(gq), q) : null;
  const both = m && n ? sub(m, n) : m ?? neg(n!);
  const low = at("tril", both, -1);
  const symmetric = at("add.Tensor", at("tril", both, 0), adjoint(low), 1);
  let inner = matmul(q, symmetric);
  if (gq) inner = at("add.Tensor", inner, gq, 1);
  return at("linalg_solve_triangular", adjoint(r), inner, false, false, false);
}
function triangular(
  g: T,
  wanted: readonly boolean[],
  a: T,
  x: T,
  upper: boolean,
  left: boolean,
  unitary: boolean,
): Grad[] {
  const gb = at("linalg_solve_triangular", adjoint(a), g, !upper, left, unitary);
  if (!wanted[0]) return [null, gb];
  const ga = neg(left ? matmul(gb, adjoint(x)) : matmul(adjoint(x), gb));
  const k = unitary ? 1 : 0;
  return [upper ? at("triu", ga, k) : at("tril", ga, -k), gb];
}
/** Distances of all pairs of rows. */
function cdist(g: T, wanted: readonly boolean[], a: T, b: T, p: number, result: T): Grad[] {
  const difference = sub(unsqueeze(a, -2), unsqueeze(b, -3));
  const d = normGrad(unsqueeze(g, -1), difference, p, unsqueeze(result, -1));
  return [wanted[0] ? sum(d, [-2]) : null, wanted[1] ? neg(sum(d, [-3])) : null];
}

export const linearAlgebra: Rules = {
  "linalg_inv": rule({ A: ["result", inverseGrad] }, { name: "LinalgInvExBackward0" }),
  "linalg_inv_ex": rule({ A: ["result0", inverseGrad] }, { outputs: [0] }),
  "linalg_det": rule({ A: ["A result", det] }),
  "linalg_slogdet": jointRule("A", "A", ([, g]: Grad[], _w, a: T) => [
    g ? mul(unit(g), adjoint(at("linalg_inv", a))) : null,
  ], { several: true, name: "LinalgSlogdetBackward0" }),
  "slogdet": jointRule("self", "self", ([, g]: Grad[], _w, a: T) => [
    g ? mul(unit(g), adjoint(at("linalg_inv", a))) : null,
  ], { several: true, name: "LinalgSlogdetBackward0" }),
  "linalg_solve": jointRule("A B", "A B result left", solve, { name: "LinalgSolveExBackward0" }),
  "linalg_cholesky": rule({ self: ["upper result", cholesky] }, { name: "LinalgCholeskyExBackward0" }),
  "linalg_eigh": jointRule(
    "self",
    "result0 result1",
    (gs: Grad[], _w, values: T, vectors: T) => [eigh(gs, values, vectors)],
    { several: true, name: "LinalgEighBackward0" },
  ),
  "linalg_eigvalsh": rule({
    self: ["self", (g: T, a: T) => {
      const [, v] = vectorsOf(a);
      return matmul(matmul(v, at("diag_embed", g, 0, -2, -1)), adjoint(v));
    }],
  }, { name: "LinalgEighBackward0" }),
  "linalg_svd": jointRule(
    "A",
    "result0 result1 result2",
    (gs: Grad[], _w, u: T, s: T, vh: T) => [svd(gs, u, s, vh)],
    { several: true, name: "LinalgSvdBackward0" },
  ),
  "linalg_svdvals": rule({
    A: ["A", (g: T, a: T) => {
      const [u, , vh] = all3(a);
      return matmul(mul(u, unsqueeze(g, -2)), vh);
    }],
  }, { name: "LinalgSvdBackward0" }),
  "linalg_qr": jointRule("A", "result0 result1", (gs: Grad[], _w, q: T, r: T) => [qr(gs, q, r)], {
    several: true,
  }),
  "linalg_solve_triangular": jointRule("self B", "self result upper left unitriangular", triangular),
  "cdist": jointRule("x1 x2", "x1 x2 p result", cdist),
  "pixel_shuffle": rule({ self: ["upscale_factor", (g: T, n: number) => at("pixel_unshuffle", g, n)] }),
  "pixel_unshuffle": rule({ self: ["downscale_factor", (g: T, n: number) => at("pixel_shuffle", g, n)] }),
  "channel_shuffle": rule({
    self: ["#self groups", (g: T, s: Shape, groups: number) => at("channel_shuffle", g, s.sizes[1] / groups)],
  }),
  "im2col": rule({
    self: [
      "#self kernel_size dilation padding stride",
      (g: T, s: Shape, k: number[], d: number[], p: number[], st: number[]) =>
        at("col2im", g, s.sizes.slice(-2), k, d, p, st),
    ],
  }),
  "col2im": rule({
    self: [
      "kernel_size dilation padding stride",
      (g: T, k: number[], d: number[], p: number[], st: number[]) => at("im2col", g, k, d, p, st),
    ],
  }),
};
function vectorsOf(a: T): T[] {
  return all("linalg_eigh", a, "L");
}
function all3(a: T): T[] {
  return all("linalg_svd", a, false, null);
}
