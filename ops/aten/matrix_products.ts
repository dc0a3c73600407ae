/** Products of matrices and vectors. */
import { check } from "../../core/errors.ts";
import { ListValue } from "../../core/ivalue.ts";
import { AnyTensorType } from "../../core/types.ts";
import { Complex, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { isComplexType, isFloatingType, type ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { call } from "../dispatch.ts";
import { type Family, op } from "../declaration.ts";
import { emptyTensor, newTensor } from "../reference/allocation.ts";
import { bigints, complexes, fromBigints, fromComplexes, fromNumbers, numbers } from "../reference/dense.ts";
import { expandTo, numelOf } from "../reference/dims.ts";
import { broadcastSizes, implementedFor, typeName } from "../reference/promotion.ts";
import { cppName } from "../random/uniform.ts";
import { bmm as wasmBmm, gemm as wasmGemm } from "../wasm/mod.ts";
import { reshape } from "./view.ts";

function sameType(name: string, a: Tensor, b: Tensor): ScalarType {
  check(
    a.scalarType === b.scalarType,
    () =>
      `expected m1 and m2 to have the same dtype, but got: ${cppName(a.scalarType)} != ${
        cppName(b.scalarType)
      }`,
  );
  implementedFor(a.scalarType !== 11, name, a.scalarType);
  return a.scalarType;
}

/** [m, k] x [k, n] with any strides and element type. */
export function product(a: Tensor, b: Tensor): Tensor {
  const [m, k] = a.sizes, n = b.sizes[1], t = sameType("addmm_impl_cpu_", a, b);
  if (m * n === 0 || k === 0) return newTensor([m, n], t);
  const out = emptyTensor([m, n], t);
  return wasmGemm(out, a, b) ? out : referenceProduct(a, b, m, k, n, t);
}

function referenceProduct(a: Tensor, b: Tensor, m: number, k: number, n: number, t: ScalarType): Tensor {
  if (isComplexType(t)) return complexProduct(a, b, m, k, n, t);
  if (!isFloatingType(t)) {
    const x = bigints(a), y = bigints(b), out = new BigInt64Array(m * n);
    for (let i = 0; i < m; i++) {
      for (let p = 0; p < k; p++) {
        const v = x[i * k + p];
        if (v !== 0n) { for (let j = 0; j < n; j++) out[i * n + j] += v * y[p * n + j]; }
      }
    }
    return fromBigints(out, [m, n], t);
  }
  const x = numbers(a), y = numbers(b), out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) {
      const v = x[i * k + p];
      for (let j = 0; j < n; j++) out[i * n + j] += v * y[p * n + j];
    }
  }
  return fromNumbers(out, [m, n], t);
}

function complexProduct(a: Tensor, b: Tensor, m: number, k: number, n: number, t: ScalarType): Tensor {
  const x = complexes(a), y = complexes(b), out = new Float64Array(2 * m * n);
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) {
      const re = x[2 * (i * k + p)], im = x[2 * (i * k + p) + 1];
      for (let j = 0; j < n; j++) {
        const c = y[2 * (p * n + j)], d = y[2 * (p * n + j) + 1], o = 2 * (i * n + j);
        out[o] += re * c - im * d;
        out[o + 1] += re * d + im * c;
      }
    }
  }
  return fromComplexes(out, [m, n], t);
}

function shapeText(t: Tensor): string {
  return t.sizes.join("x");
}

function mm(a: Tensor, b: Tensor): Tensor {
  check(a.dim === 2, "self must be a matrix");
  check(b.dim === 2, "mat2 must be a matrix");
  check(
    a.sizes[1] === b.sizes[0],
    () => `mat1 and mat2 shapes cannot be multiplied (${shapeText(a)} and ${shapeText(b)})`,
  );
  return product(a, b);
}

function bmm(a: Tensor, b: Tensor): Tensor {
  check(a.dim === 3, "batch1 must be a 3D tensor");
  check(b.dim === 3, "batch2 must be a 3D tensor");
  const [batch, m, k] = a.sizes, n = b.sizes[2];
  check(
    b.sizes[0] === batch && b.sizes[1] === k,
    () =>
      `Expected size for first two dimensions of batch2 tensor to be: [${batch}, ${k}] but got: [${
        b.sizes[0]
      }, ${b.sizes[1]}].`,
  );
  const t = sameType("bmm", a, b);
  if (batch * m * n === 0 || k === 0) return newTensor([batch, m, n], t);
  const out = emptyTensor([batch, m, n], t);
  if (wasmBmm(out, a, b)) return out;
  const parts = Array.from({ length: batch }, (_, i) => referenceProduct(at(a, i), at(b, i), m, k, n, t));
  return call("aten::stack", new ListValue(AnyTensorType, parts), 0) as Tensor;
}

/** The i-th slice along the first dimension. */
function at(t: Tensor, i: number): Tensor {
  return t.asStrided(t.sizes.slice(1), t.strides.slice(1), t.storageOffset + i * t.strides[0]);
}

function dot(a: Tensor, b: Tensor): Tensor {
  check(a.dim === 1 && b.dim === 1, () => `1D tensors expected, but got ${a.dim}D and ${b.dim}D tensors`);
  check(
    a.scalarType === b.scalarType,
    () =>
      `dot : expected both vectors to have same dtype, but found ${typeName(a.scalarType)} and ${
        typeName(b.scalarType)
      }`,
  );
  check(
    a.sizes[0] === b.sizes[0],
    () =>
      `inconsistent tensor size, expected tensor [${a.sizes[0]}] and src [${
        b.sizes[0]
      }] to have the same number of elements, but got ${a.sizes[0]} and ${b.sizes[0]} elements respectively`,
  );
  return reshape(product(reshape(a, [1, a.sizes[0]]), reshape(b, [b.sizes[0], 1])), []);
}

function mv(a: Tensor, v: Tensor): Tensor {
  check(a.dim === 2 && v.dim === 1, () => `vector + matrix @ vector expected, got 1, ${a.dim}, ${v.dim}`);
  check(
    a.sizes[1] === v.sizes[0],
    () => `size mismatch, got input (${a.sizes[0]}), mat (${shapeText(a)}), vec (${v.sizes[0]})`,
  );
  return reshape(product(a, reshape(v, [v.sizes[0], 1])), [a.sizes[0]]);
}

/** PyTorch's matmul: vectors, matrices and batches of them, batch dimensions broadcast. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  check(
    a.dim > 0 && b.dim > 0,
    () => `both arguments to matmul need to be at least 1D, but they are ${a.dim}D and ${b.dim}D`,
  );
  if (a.dim === 1 && b.dim === 1) return dot(a, b);
  if (a.dim === 2 && b.dim === 1) return mv(a, b);
  if (a.dim === 2 && b.dim === 2) return mm(a, b);
  if (a.dim === 1 && b.dim === 2) return reshape(mm(reshape(a, [1, a.sizes[0]]), b), [b.sizes[1]]);
  const vectorA = a.dim === 1, vectorB = b.dim === 1;
  const x = vectorA ? reshape(a, [1, a.sizes[0]]) : a, y = vectorB ? reshape(b, [b.sizes[0], 1]) : b;
  const [m, k] = x.sizes.slice(-2), [k2, n] = y.sizes.slice(-2);
  // A single matrix on the right multiplies all rows at once.
  if (y.dim === 2) {
    check(
      k === k2,
      () => `mat1 and mat2 shapes cannot be multiplied (${numelOf(x.sizes) / k}x${k} and ${k2}x${n})`,
    );
    const rows = product(reshape(x, [numelOf(x.sizes.slice(0, -1)), k]), y);
    return reshape(rows, vectorB ? x.sizes.slice(0, -1) : [...x.sizes.slice(0, -1), n]);
  }
  const batch = broadcastSizes(x.sizes.slice(0, -2), y.sizes.slice(0, -2)), count = numelOf(batch);
  check(
    k === k2,
    () =>
      `Expected size for first two dimensions of batch2 tensor to be: [${count}, ${k}] but got: [${count}, ${k2}].`,
  );
  const flat = (t: Tensor, tail: number[]) => reshape(expandTo(t, [...batch, ...tail]), [count, ...tail]);
  const out = bmm(flat(x, [m, k]), flat(y, [k, n]));
  return reshape(out, [...batch, ...(vectorA ? [] : [m]), ...(vectorB ? [] : [n])]);
}

/** beta * self + alpha * product. */
function scaled(self: Tensor, result: Tensor, beta: Scalar, alpha: Scalar): Tensor {
  const one = (s: Scalar) => !(s instanceof Complex) && scalarToNumber(s) === 1;
  const left = !one(alpha) ? call("aten::mul.Scalar", result, alpha) as Tensor : result;
  if (!(beta instanceof Complex) && scalarToNumber(beta) === 0) return left;
  const base = one(beta) ? self : call("aten::mul.Scalar", self, beta) as Tensor;
  return call("aten::add.Tensor", left, base, 1) as Tensor;
}

function addmm(self: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar): Tensor {
  check(a.dim === 2, () => `mat1 must be a matrix, got ${a.dim}-D tensor`);
  check(b.dim === 2, () => `mat2 must be a matrix, got ${b.dim}-D tensor`);
  check(
    a.sizes[1] === b.sizes[0],
    () => `mat1 and mat2 shapes cannot be multiplied (${shapeText(a)} and ${shapeText(b)})`,
  );
  return scaled(expandTo(self, [a.sizes[0], b.sizes[1]]), product(a, b), beta, alpha);
}

/** input [..., k], weight [n, k] (or [k]), bias [n]. */
export function linear(input: Tensor, weight: Tensor, bias: Tensor | null): Tensor {
  if (weight.dim === 1) {
    check(!bias, "mat2 must be a matrix, got 1-D tensor");
    const out = matmul(input, weight);
    return bias ? call("aten::add.Tensor", out, bias, 1) as Tensor : out;
  }
  const wt = weight.asStrided([weight.sizes[1], weight.sizes[0]], [weight.strides[1], weight.strides[0]]);
  if (input.dim === 1) {
    check(
      input.sizes[0] === wt.sizes[0],
      () =>
        `size mismatch, got input (${weight.sizes[0]}), mat (${weight.sizes[0]}x${weight.sizes[1]}), vec (${
          input.sizes[0]
        })`,
    );
    const out = reshape(product(reshape(input, [1, input.sizes[0]]), wt), [wt.sizes[1]]);
    return bias ? call("aten::add.Tensor", out, bias, 1) as Tensor : out;
  }
  const rows = numelOf(input.sizes.slice(0, -1)), k = input.sizes[input.dim - 1];
  check(
    k === wt.sizes[0],
    () => `mat1 and mat2 shapes cannot be multiplied (${rows}x${k} and ${wt.sizes[0]}x${wt.sizes[1]})`,
  );
  const flat = reshape(input, [rows, k]), sizes = [...input.sizes.slice(0, -1), wt.sizes[1]];
  if (
    bias && bias.dim === 1 && bias.scalarType === input.scalarType && weight.scalarType === input.scalarType
  ) {
    const out = emptyTensor([rows, wt.sizes[1]], input.scalarType);
    if (out.numel > 0 && k > 0 && wasmGemm(out, flat, wt, { bias, biasOn: "columns" })) {
      return reshape(out, sizes);
    }
  }
  const out = reshape(product(flat, wt), sizes);
  return bias ? call("aten::add.Tensor", out, bias, 1) as Tensor : out;
}

function outer(a: Tensor, b: Tensor): Tensor {
  check(a.dim === 1, () => `outer: Expected 1-D argument self, but got ${a.dim}-D`);
  check(b.dim === 1, () => `outer: Expected 1-D argument vec2, but got ${b.dim}-D`);
  return call("aten::mul.Tensor", reshape(a, [a.sizes[0], 1]), b) as Tensor;
}

export const matrixProducts: Family = {
  "aten::mm": op("Product of two matrices.", mm),
  "aten::bmm": op("Products of two batches of matrices.", bmm),
  "aten::mv": op("Product of a matrix and a vector.", mv),
  "aten::dot": op("Inner product of two vectors.", dot),
  "aten::vdot": op(
    "Inner product, the first vector conjugated.",
    (a: Tensor, b: Tensor) =>
      dot(isComplexType(a.scalarType) ? call("aten::conj_physical", a) as Tensor : a, b),
  ),
  "aten::matmul": op("Matrix product with broadcast batch dimensions.", matmul),
  "aten::addmm": op("beta * self + alpha * (mat1 @ mat2).", addmm),
  "aten::addmv": op(
    "beta * self + alpha * (mat @ vec).",
    (self: Tensor, a: Tensor, v: Tensor, beta: Scalar, alpha: Scalar) =>
      scaled(expandTo(self, [a.sizes[0]]), mv(a, v), beta, alpha),
  ),
  "aten::addr": op(
    "beta * self + alpha * outer(vec1, vec2).",
    (self: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) =>
      scaled(expandTo(self, [a.sizes[0], b.sizes[0]]), outer(a, b), beta, alpha),
  ),
  "aten::baddbmm": op(
    "beta * self + alpha * bmm(batch1, batch2).",
    (self: Tensor, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar) =>
      scaled(expandTo(self, [a.sizes[0], a.sizes[1], b.sizes[2]]), bmm(a, b), beta, alpha),
  ),
  "aten::outer": op("Products of every element of one vector with every element of another.", outer),
  "aten::linear": op("input @ weight.T + bias.", linear),
};
