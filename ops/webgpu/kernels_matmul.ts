/** Operators on matrices. Messages for shapes that do not fit are PyTorch's. */
import { check } from "../../core/errors.ts";
import { type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { isFloatingType } from "../../core/scalar_type.ts";
import type { Complex } from "../../core/scalar.ts";
import { NoHostBytes } from "../../core/storage.ts";
import type { Tensor } from "../../core/tensor.ts";
import { reshape, transpose } from "../aten/view.ts";
import type { Kernel } from "../declaration.ts";
import { expandTo as expand } from "../reference/dims.ts";
import { broadcastSizes, typeName } from "../reference/promotion.ts";
import { onDevice } from "./inputs.ts";
import { integerProduct } from "./integer_matmul.ts";
import { product } from "./matmul.ts";

const shape = (t: Tensor) => t.sizes.join("x");

function sameType(a: Tensor, b: Tensor): void {
  check(
    a.scalarType === b.scalarType,
    () =>
      `expected m1 and m2 to have the same dtype, but got: ${typeName(a.scalarType)} != ${
        typeName(b.scalarType)
      }`,
  );
}

const number = (v: Scalar) => scalarToNumber(v as Exclude<Scalar, Complex>);

function batched(a: Tensor, b: Tensor, alpha = 1, add?: { c: Tensor; beta: number }): Tensor {
  a = onDevice(a);
  b = onDevice(b);
  sameType(a, b);
  check(
    a.sizes[2] === b.sizes[1],
    () => `mat1 and mat2 shapes cannot be multiplied (${shape(a)} and ${shape(b)})`,
  );
  if (!isFloatingType(a.scalarType)) {
    if (alpha !== 1 || (add && add.beta !== 0)) throw new NoHostBytes(a.device);
    return integerProduct(a, b);
  }
  if (!add || add.beta === 0) return product(a, b, alpha);
  const sizes = [Math.max(a.sizes[0], b.sizes[0]), a.sizes[1], b.sizes[2]];
  return product(a, b, alpha, { c: expand(onDevice(add.c), sizes), beta: add.beta });
}

const one = (t: Tensor) => reshape(t, [1, ...t.sizes]);

function mm(a: Tensor, b: Tensor): Tensor {
  check(a.dim === 2, "self must be a matrix");
  check(b.dim === 2, "mat2 must be a matrix");
  return addmm(null, a, b, 0, 1);
}

function addmm(c: Tensor | null, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar): Tensor {
  check(
    a.dim === 2 && b.dim === 2,
    () => `mat1 and mat2 must be matrices, got ${a.dim}-D and ${b.dim}-D tensors`,
  );
  check(
    a.sizes[1] === b.sizes[0],
    () => `mat1 and mat2 shapes cannot be multiplied (${shape(a)} and ${shape(b)})`,
  );
  const r = batched(one(a), one(b), number(alpha), c ? { c, beta: number(beta) } : undefined);
  return reshape(r, [a.sizes[0], b.sizes[1]]);
}

function bmm(a: Tensor, b: Tensor): Tensor {
  return baddbmm(null, a, b, 0, 1);
}

function baddbmm(c: Tensor | null, a: Tensor, b: Tensor, beta: Scalar, alpha: Scalar): Tensor {
  check(a.dim === 3, "batch1 must be a 3D tensor");
  check(b.dim === 3, "batch2 must be a 3D tensor");
  const [batch, , k] = a.sizes;
  check(
    b.sizes[0] === batch && b.sizes[1] === k,
    () =>
      `Expected size for first two dimensions of batch2 tensor to be: [${batch}, ${k}] but got: [${
        b.sizes[0]
      }, ${b.sizes[1]}].`,
  );
  return batched(a, b, number(alpha), c ? { c, beta: number(beta) } : undefined);
}

/** PyTorch's matmul: vectors, matrices and batches of them, batch dimensions broadcast. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  check(
    a.dim > 0 && b.dim > 0,
    () => `both arguments to matmul need to be at least 1D, but they are ${a.dim}D and ${b.dim}D`,
  );
  const x = a.dim === 1 ? reshape(a, [1, a.numel]) : a, y = b.dim === 1 ? reshape(b, [b.numel, 1]) : b;
  const m = x.sizes[x.dim - 2], k = x.sizes[x.dim - 1], n = y.sizes[y.dim - 1];
  check(
    y.sizes[y.dim - 2] === k,
    () =>
      a.dim === 1 && b.dim === 1
        ? `inconsistent tensor size, expected tensor [${a.numel}] and src [${b.numel}] to have the same number of ` +
          `elements, but got ${a.numel} and ${b.numel} elements respectively`
        : `mat1 and mat2 shapes cannot be multiplied (${shape(x)} and ${shape(y)})`,
  );
  const lead = broadcastSizes(x.sizes.slice(0, -2), y.sizes.slice(0, -2));
  let r: Tensor;
  if (y.dim === 2 && x.dim > 2) {
    // one matrix for all: the batch joins the rows
    r = batched(reshape(x, [1, x.numel / Math.max(k, 1), k]), one(y));
  } else {
    const flat = (t: Tensor) =>
      t.dim === 2 ? one(t) : reshape(expand(t, [...lead, ...t.sizes.slice(-2)]), [-1, ...t.sizes.slice(-2)]);
    r = batched(flat(x), flat(y));
  }
  const sizes = [...lead, m, n];
  if (b.dim === 1) sizes.pop();
  if (a.dim === 1) sizes.splice(sizes.length - (b.dim === 1 ? 1 : 2), 1);
  return reshape(r, sizes);
}

/** x w^T + bias. */
export function linear(x: Tensor, w: Tensor, bias: Tensor | null): Tensor {
  const wt = w.dim === 2 ? transpose(w, 0, 1) : w;
  if (!bias || w.dim !== 2 || x.dim === 0) return matmul(x, wt);
  const k = x.sizes[x.dim - 1], rows = x.numel / Math.max(k, 1);
  check(
    k === w.sizes[1],
    () => `mat1 and mat2 shapes cannot be multiplied (${rows}x${k} and ${w.sizes[1]}x${w.sizes[0]})`,
  );
  const r = batched(reshape(x, [1, rows, k]), one(wt), 1, { c: bias, beta: 1 });
  return reshape(r, [...x.sizes.slice(0, -1), w.sizes[0]]);
}

function mv(a: Tensor, v: Tensor): Tensor {
  check(a.dim === 2 && v.dim === 1, () => `vector + matrix @ vector expected, got 1, ${a.dim}, ${v.dim}`);
  return matmul(a, v);
}

export const MATRIX_KERNELS: Readonly<Record<string, Kernel>> = {
  "aten::mm": mm,
  "aten::addmm": addmm,
  "aten::bmm": bmm,
  "aten::baddbmm": baddbmm,
  "aten::matmul": matmul,
  "aten::linear": linear,
  "aten::mv": mv,
  "aten::dot": matmul,
};
