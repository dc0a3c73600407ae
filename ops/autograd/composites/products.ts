/** Matrix products as PyTorch makes them: of mm, bmm, mv, dot and addmm. */
import { check } from "../../../core/errors.ts";
import type { Tensor } from "../../../core/tensor.ts";
import { at, conj, mul, reshape, sum, transpose, unsqueeze } from "../calls.ts";
import type { Composites } from "../rules.ts";
import { broadcastSizes } from "../../reference/promotion.ts";

type T = Tensor;

const numel = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);

/** Whether a batch of matrices by one matrix is one large product. */
function folds(a: T, b: T): boolean {
  const [many, one] = a.dim >= b.dim ? [a, b] : [b, a];
  if (many.dim < 3 || one.dim > 2) return false;
  if (many.requiresGrad && a.dim < b.dim) return true;
  if (a.dim === 2 && b.dim !== 2) {
    return many.numel === 0 || many.isContiguous || leadingFold(transpose(many));
  }
  return true;
}
/** Whether all dimensions but the last can be seen as one. */
function leadingFold(t: T): boolean {
  for (let i = 0; i < t.dim - 2; i++) {
    if (t.strides[i] !== t.strides[i + 1] * t.sizes[i + 1]) return false;
  }
  return true;
}

function matmul(a: T, b: T): T {
  if (a.dim === 1 && b.dim === 1) return at("dot", a, b);
  if (a.dim === 2 && b.dim === 1) return at("mv", a, b);
  if (a.dim === 1 && b.dim === 2) return at("squeeze_.dim", at("mm", unsqueeze(a, 0), b), 0);
  if (a.dim === 2 && b.dim === 2) return at("mm", a, b);
  check(
    a.dim > 0 && b.dim > 0,
    `both arguments to matmul need to be at least 1D, but they are ${a.dim}D and ${b.dim}D`,
  );
  if (folds(a, b)) {
    const swapped = b.dim > a.dim;
    const many = swapped ? transpose(b) : a;
    const one = swapped ? (a.dim === 2 ? at("t", a) : a) : b;
    const lead = many.sizes.slice(0, -1), folded = reshape(many, [numel(lead), many.sizes[many.dim - 1]]);
    if (one.dim === 1) return at("_unsafe_view", at("mv", folded, one), lead);
    const out = at("_unsafe_view", at("mm", folded, one), [...lead, one.sizes[1]]);
    return swapped ? at("contiguous", transpose(out)) : out;
  }
  const n = a.dim > 1 ? a.sizes[a.dim - 2] : 1, m1 = a.sizes[a.dim - 1];
  const m2 = b.dim > 1 ? b.sizes[b.dim - 2] : b.sizes[0], p = b.dim > 1 ? b.sizes[b.dim - 1] : 1;
  const batch = broadcastSizes(a.sizes.slice(0, -2), b.sizes.slice(0, -2));
  const left = at("expand", a, [...batch, n, m1]),
    right = at("expand", b.dim === 1 ? unsqueeze(b, 1) : b, [...batch, m2, p]);
  const count = numel(batch);
  const out = at("bmm", reshape(left, [count, n, m1]), reshape(right, [count, m2, p]));
  const sizes = [...batch];
  if (a.dim > 1) sizes.push(n);
  if (b.dim > 1) sizes.push(p);
  return at("_unsafe_view", out, sizes);
}

function linear(x: T, w: T, bias: T | null): T {
  if (x.dim === 2 && bias) return at("addmm", bias, x, at("t", w), 1, 1);
  if (bias && x.dim >= 3 && x.isContiguous && bias.dim === 1) {
    const lead = x.sizes.slice(0, -1);
    const flat = at("view", x, [numel(lead), x.sizes[x.dim - 1]]);
    return at("view", at("addmm", bias, flat, at("t", w), 1, 1), [...lead, w.sizes[0]]);
  }
  const out = matmul(x, w.dim === 2 ? at("t", w) : w);
  return bias ? at("add.Tensor", out, bias, 1) : out;
}

/** Columns times rows. */
const outer = (a: T, b: T) => mul(reshape(a, [a.sizes[0], 1]), b);

function kron(a: T, b: T): T {
  const n = Math.max(a.dim, b.dim), left: number[] = [], right: number[] = [], out: number[] = [];
  for (let i = 0; i < n; i++) {
    const x = a.sizes[a.dim - n + i] ?? 1, y = b.sizes[b.dim - n + i] ?? 1;
    left.push(x, 1);
    right.push(1, y);
    out.push(x * y);
  }
  return at("_unsafe_view", mul(reshape(a, left), reshape(b, right)), out);
}
function chained(factors: readonly T[]): T {
  return factors.reduce((a, b) => matmul(a, b));
}
function matrixPower(t: T, n: number): T {
  if (n === 0) {
    return at("add.Tensor", mul(t, 0), at("eye", t.sizes[t.dim - 1], t.scalarType, null, null, null), 1);
  }
  if (n < 0) return matrixPower(at("linalg_inv", t), -n);
  let power: T | null = null, square = t;
  for (let k = n; k > 0; k >>= 1) {
    if (k & 1) power = power ? matmul(power, square) : square;
    if (k > 1) square = matmul(square, square);
  }
  return power!;
}
function bilinear(x1: T, x2: T, w: T, bias: T | null): T {
  const lead = x1.sizes.slice(0, -1), a = reshape(x1, [-1, w.sizes[1]]), b = reshape(x2, [-1, w.sizes[2]]);
  // For each output: rows of x1 W times rows of x2.
  const xw = at("matmul", unsqueeze(a, 0), w);
  const out = at("t", sum(mul(xw, unsqueeze(b, 0)), [2]));
  const shaped = reshape(out, [...lead, w.sizes[0]]);
  return bias ? at("add.Tensor", shaped, bias, 1) : shaped;
}

export const products: Composites = {
  "matmul": matmul,
  "linalg_matmul": matmul,
  "__matmul__": matmul,
  "linear": linear,
  "outer": outer,
  "ger": outer,
  "inner": (a: T, b: T) =>
    a.dim === 0 || b.dim === 0 ? mul(a, b) : at("tensordot", a, b, [a.dim - 1], [b.dim - 1]),
  "kron": kron,
  "chain_matmul": chained,
  "linalg_multi_dot": chained,
  "matrix_power": matrixPower,
  "linalg_matrix_power": matrixPower,
  "bilinear": bilinear,
  "linalg_vecdot": (a: T, b: T, dim: number) => sum(mul(conj(a), b), [dim]),
  "cross": (a: T, b: T, dim: number | null) =>
    at("linalg_cross", a, b, dim ?? a.sizes.findIndex((n) => n === 3)),
};
