/** Sums and slopes along dimensions, correlation, and lists of combinations. */
import { check, NotImplemented } from "../../core/errors.ts";
import { ListValue } from "../../core/ivalue.ts";
import { Float, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { isComplexType, promoteTypes, ScalarType } from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { IntType } from "../../core/types.ts";
import { call } from "../dispatch.ts";
import { type Family, op } from "../declaration.ts";
import { newTensor } from "../reference/allocation.ts";
import { copyInto } from "../reference/copy.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { wrapDim, wrapDims } from "../reference/dims.ts";
import { bilinearly, linearly, partsOf } from "../reference/complex_parts.ts";
import { positionsOf, takeAt } from "../reference/positions.ts";
import { floatType } from "../reference/promotion.ts";
import { linear, matmul } from "./matrix_products.ts";
import { narrow, reshape } from "./view.ts";

/** Line by line along `d`: `f(values, out)` makes `length` values of n. */
function along(
  x: Tensor,
  d: number,
  length: number,
  f: (line: Float64Array, index: number) => ArrayLike<number>,
  t: ScalarType,
): Tensor {
  const n = x.sizes[d],
    v = numbers(x),
    inner = numelOf(x.sizes.slice(d + 1)),
    outer = numelOf(x.sizes.slice(0, d));
  const out = new Float64Array(outer * length * inner), line = new Float64Array(n);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      for (let k = 0; k < n; k++) line[k] = v[(o * n + k) * inner + i];
      const r = f(line, o * inner + i);
      for (let k = 0; k < length; k++) out[(o * length + k) * inner + i] = r[k];
    }
  }
  return fromNumbers(out, x.sizes.map((s, i) => i === d ? length : s), t);
}

/** Width of the step after each point of each line. */
type Steps = (line: number, k: number) => number;

function stepsOf(y: Tensor, x: Tensor, d: number): Steps {
  const n = y.sizes[d];
  if (x.dim === 1) {
    check(x.sizes[0] === n, "trapezoid: There must be one `x` value for each sample point");
    const v = numbers(x);
    return (_l, k) => v[k + 1] - v[k];
  }
  const shaped = x.dim < y.dim ? reshape(x, [...new Array<number>(y.dim - x.dim).fill(1), ...x.sizes]) : x;
  const v = numbers(shaped, y.sizes), inner = numelOf(y.sizes.slice(d + 1));
  return (l, k) => {
    const at = (Math.floor(l / inner) * n + k) * inner + l % inner;
    return v[at + inner] - v[at];
  };
}

function trapezoid(y: Tensor, steps: Steps, d: number): Tensor {
  const t = floatType(y.scalarType);
  if (y.sizes[d] === 0) return newTensor(y.sizes.filter((_, i) => i !== d), t);
  const sums = along(y, d, 1, (line, l) => {
    let sum = 0;
    for (let k = 0; k + 1 < line.length; k++) sum += (line[k] + line[k + 1]) * steps(l, k) / 2;
    return [sum];
  }, t);
  return reshape(sums, y.sizes.filter((_, i) => i !== d));
}

function cumulative(y: Tensor, steps: Steps, d: number): Tensor {
  return along(y, d, Math.max(y.sizes[d] - 1, 0), (line, l) => {
    const out = new Float64Array(line.length);
    for (let k = 0, sum = 0; k + 1 < line.length; k++) {
      out[k] = sum += (line[k] + line[k + 1]) * steps(l, k) / 2;
    }
    return out;
  }, floatType(y.scalarType));
}

const constant = (dx: number): Steps => () => dx;

/** Slopes along one dimension; `at` are coordinates, or a distance. */
function slope(x: Tensor, d: number, at: ArrayLike<number> | number, order: number): Tensor {
  const n = x.sizes[d];
  check(
    n >= order + 1,
    "torch.gradient expected each dimension size to be at least edge_order+1",
  );
  const h = typeof at === "number" ? () => at : (k: number) => at[k + 1] - at[k];
  return along(x, d, n, (v) => {
    const out = new Float64Array(n);
    for (let k = 1; k + 1 < n; k++) {
      const a = h(k - 1), b = h(k);
      out[k] = (-b / (a * (a + b))) * v[k - 1] + ((b - a) / (a * b)) * v[k] + (a / (b * (a + b))) * v[k + 1];
    }
    if (order === 1) {
      out[0] = (v[1] - v[0]) / h(0);
      out[n - 1] = (v[n - 1] - v[n - 2]) / h(n - 2);
      return out;
    }
    let a = h(0), b = h(1);
    out[0] = -(2 * a + b) / (a * (a + b)) * v[0] + (a + b) / (a * b) * v[1] - a / (b * (a + b)) * v[2];
    a = h(n - 3);
    b = h(n - 2);
    out[n - 1] = b / (a * (a + b)) * v[n - 3] - (a + b) / (a * b) * v[n - 2] +
      (a + 2 * b) / (b * (a + b)) * v[n - 1];
    return out;
  }, floatType(x.scalarType));
}

function gradient(
  x: Tensor,
  spacing: readonly (Scalar | Tensor)[] | Scalar | null,
  dim: readonly number[] | number | null,
  order: number,
): Tensor[] {
  check(order === 1 || order === 2, "torch.gradient only supports edge_order=1 and edge_order=2.");
  const dims = typeof dim === "number"
    ? [wrapDim(dim, x.dim)]
    : wrapDims(dim === null ? null : [...dim], x.dim);
  if (Array.isArray(spacing)) {
    check(
      spacing.length === dims.length,
      () =>
        `torch.gradient expected spacing to be unspecified, a scalar, or a list of length equal to 'self.dim() = ${x.dim}', since dim argument was not given, but got a list of length ${spacing.length}`,
    );
  }
  return dims.map((d, i) => {
    const s = Array.isArray(spacing) ? spacing[i] as Scalar | Tensor : spacing as Scalar | null;
    const at = s === null
      ? 1
      : typeof s === "object" && "sizes" in s
      ? numbers(partsOf(s)[0])
      : scalarToNumber(s);
    return linearly(x, (p) => slope(p, d, at, order));
  });
}

function corrcoef(x: Tensor): Tensor {
  check(
    x.dim <= 2,
    () =>
      `corrcoef(): expected input to have two or fewer dimensions but got an input with ${x.dim} dimensions`,
  );
  const c = call("aten::cov", x, 1, null, null) as Tensor;
  if (c.dim === 0) return call("aten::div.Tensor", c, c) as Tensor;
  if (isComplexType(c.scalarType)) throw new NotImplemented("aten::corrcoef of complex numbers");
  const v = numbers(c), n = c.sizes[0], out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const r = v[i * n + j] / Math.sqrt(v[i * n + i]) / Math.sqrt(v[j * n + j]);
      out[i * n + j] = Math.min(1, Math.max(-1, r));
    }
  }
  return fromNumbers(out, [n, n], c.scalarType);
}

function blockDiagonal(ts: readonly Tensor[]): Tensor {
  let rows = 0, cols = 0, t: ScalarType | null = null;
  const blocks = ts.map((x, i) => {
    check(
      x.dim <= 2,
      () =>
        `torch.block_diag: Input tensors must have 2 or fewer dimensions. Input ${i} has ${x.dim} dimensions`,
    );
    t = t === null ? x.scalarType : promoteTypes(t, x.scalarType);
    const m = x.dim === 2 ? x : reshape(x, [1, x.numel]);
    rows += m.sizes[0];
    cols += m.sizes[1];
    return m;
  });
  if (blocks.length === 0) return newTensor([1, 0], ScalarType.Float);
  const out = newTensor([rows, cols], t!);
  rows = cols = 0;
  for (const m of blocks) {
    copyInto(narrow(narrow(out, 0, rows, m.sizes[0]), 1, cols, m.sizes[1]), m);
    rows += m.sizes[0];
    cols += m.sizes[1];
  }
  return out;
}

function cartesianProduct(ts: readonly Tensor[]): Tensor {
  for (const t of ts) check(t.dim === 1, () => `Expect a 1D vector, but got shape [${t.sizes.join(", ")}]`);
  if (ts.length === 1) return ts[0];
  check(
    ts.every((t) => t.scalarType === ts[0].scalarType),
    "meshgrid expects all tensors to have the same dtype",
  );
  const total = ts.reduce((n, t) => n * t.numel, 1), out = newTensor([total, ts.length], ts[0].scalarType);
  let repeat = total;
  ts.forEach((t, c) => {
    repeat /= t.numel || 1;
    const own = positionsOf(t),
      positions = Float64Array.from({ length: total }, (_, i) => own[Math.floor(i / repeat) % t.numel]);
    copyInto(narrow(out, 1, c, 1), takeAt(t, positions, [total, 1]));
  });
  return out;
}

function combinations(x: Tensor, r: number, again: boolean): Tensor {
  check(x.dim === 1, () => `Expect a 1D vector, but got shape [${x.sizes.join(", ")}]`);
  check(r >= 0, () => `Expect a non-negative number, but got ${r}`);
  if (r === 0) return newTensor([0], x.scalarType);
  const own = positionsOf(x), picked: number[] = [], rows: number[] = [];
  const pick = (from: number) => {
    if (picked.length === r) {
      rows.push(...picked);
      return;
    }
    for (let i = from; i < own.length; i++) {
      picked.push(own[i]);
      pick(again ? i : i + 1);
      picked.pop();
    }
  };
  pick(0);
  return takeAt(x, rows, [rows.length / r, r]);
}

/** Multiplies in the order that needs the fewest products. */
function multiDot(ts: readonly Tensor[]): Tensor {
  check(ts.length >= 2, () => `multi_dot(): expected at least 2 tensors but got ${ts.length}`);
  const first = ts[0].dim === 1, last = ts[ts.length - 1].dim === 1;
  const ms = ts.map((t, i) => {
    if (i === 0 && first) return reshape(t, [1, t.numel]);
    if (i === ts.length - 1 && last) return reshape(t, [t.numel, 1]);
    check(t.dim === 2, () => `multi_dot(): tensor ${i} must be 2D but got ${t.dim}D`);
    return t;
  });
  const n = ms.length,
    cost = ms.map(() => new Array<number>(n).fill(0)),
    cut = ms.map(() => new Array<number>(n).fill(0));
  for (let span = 1; span < n; span++) {
    for (let i = 0; i + span < n; i++) {
      const j = i + span;
      cost[i][j] = Infinity;
      for (let k = i; k < j; k++) {
        const c = cost[i][k] + cost[k + 1][j] + ms[i].sizes[0] * ms[k].sizes[1] * ms[j].sizes[1];
        if (c < cost[i][j]) [cost[i][j], cut[i][j]] = [c, k];
      }
    }
  }
  const run = (i: number, j: number): Tensor =>
    i === j ? ms[i] : matmul(run(i, cut[i][j]), run(cut[i][j] + 1, j));
  const out = run(0, n - 1), sizes = [...(first ? [] : [out.sizes[0]]), ...(last ? [] : [out.sizes[1]])];
  return reshape(out, sizes);
}

/** y[..., k] = x1 W[k] x2 + bias[k]. */
function bilinear(a: Tensor, b: Tensor, w: Tensor, bias: Tensor | null): Tensor {
  check(a.dim === b.dim, () => `bilinear(): input dimensions do not match: got ${a.dim} and ${b.dim}`);
  check(
    a.sizes[a.dim - 1] === w.sizes[1],
    () =>
      `bilinear(): input1 size does not match weight size: got ${a.sizes[a.dim - 1]} but expected ${
        w.sizes[1]
      }`,
  );
  check(
    b.sizes[b.dim - 1] === w.sizes[2],
    () =>
      `bilinear(): input2 size does not match weight size: got ${b.sizes[b.dim - 1]} but expected ${
        w.sizes[2]
      }`,
  );
  const [outs, n, m] = w.sizes, lead = a.sizes.slice(0, -1), rows = numelOf(lead);
  const x = numbers(a), y = numbers(b), products = new Float64Array(rows * n * m);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) products[(r * n + i) * m + j] = x[r * n + i] * y[r * m + j];
    }
  }
  const flat = fromNumbers(products, [rows, n * m], a.scalarType);
  return reshape(linear(flat, reshape(w, [outs, n * m]), bias), [...lead, outs]);
}

function vecdot(x: Tensor, y: Tensor, dim: number): Tensor {
  const conj = isComplexType(x.scalarType) ? call("aten::conj_physical", x) as Tensor : x;
  const p = call("aten::mul.Tensor", conj, y) as Tensor;
  return call(
    "aten::sum.dim_IntList",
    p,
    new ListValue(IntType, [wrapDim(dim, p.dim)]),
    false,
    null,
  ) as Tensor;
}

export const calculus: Family = {
  "aten::trapezoid.x": op(
    "Integral by trapezoids.",
    (y: Tensor, x: Tensor, d: number) =>
      bilinearly(y, x, (p, q) => trapezoid(p, stepsOf(p, q, wrapDim(d, y.dim)), wrapDim(d, y.dim))),
  ),
  "aten::trapezoid.dx": op(
    "Integral by trapezoids.",
    (y: Tensor, dx: Scalar, d: number) =>
      linearly(y, (p) => trapezoid(p, constant(scalarToNumber(dx)), wrapDim(d, y.dim))),
  ),
  "aten::trapz.x": op(
    "Integral by trapezoids.",
    (y: Tensor, x: Tensor, d: number) =>
      bilinearly(y, x, (p, q) => trapezoid(p, stepsOf(p, q, wrapDim(d, y.dim)), wrapDim(d, y.dim))),
  ),
  "aten::trapz.dx": op(
    "Integral by trapezoids.",
    (y: Tensor, dx: number, d: number) => linearly(y, (p) => trapezoid(p, constant(dx), wrapDim(d, y.dim))),
  ),
  "aten::cumulative_trapezoid.x": op(
    "Running integral by trapezoids.",
    (y: Tensor, x: Tensor, d: number) =>
      bilinearly(y, x, (p, q) => cumulative(p, stepsOf(p, q, wrapDim(d, y.dim)), wrapDim(d, y.dim))),
  ),
  "aten::cumulative_trapezoid.dx": op(
    "Running integral by trapezoids.",
    (y: Tensor, dx: Scalar, d: number) =>
      linearly(y, (p) => cumulative(p, constant(scalarToNumber(dx)), wrapDim(d, y.dim))),
  ),
  "aten::gradient.scalarint": op("Slopes, by differences.", gradient),
  "aten::gradient.scalararray": op("Slopes, by differences.", gradient),
  "aten::gradient.array": op(
    "Slopes, by differences.",
    (x: Tensor, d: number[], e: number) => gradient(x, new Float(1), d, e),
  ),
  "aten::gradient.scalarrayint": op("Slopes, by differences.", gradient),
  "aten::gradient.scalarrayarray": op("Slopes, by differences.", gradient),
  "aten::gradient.tensorarrayint": op("Slopes, by differences.", gradient),
  "aten::gradient.tensorarray": op("Slopes, by differences.", gradient),
  "aten::corrcoef": op("Correlation of the rows.", corrcoef),
  "aten::block_diag": op("Matrices along a diagonal.", blockDiagonal),
  "aten::cartesian_prod": op("All tuples of one element of each.", cartesianProduct),
  "aten::combinations": op("All choices of r elements.", combinations),
  "aten::linalg_multi_dot": op("Product of several matrices.", multiDot),
  "aten::bilinear": op("Bilinear map of two inputs.", bilinear),
  "aten::linalg_vecdot": op("Inner products along a dimension.", vecdot),
  "aten::linalg_matmul": op("Matrix product with broadcast batch dimensions.", matmul),
};
