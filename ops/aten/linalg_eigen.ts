/** Eigenvalues and eigenvectors of square matrices without symmetry. */
import { check, NotImplemented } from "../../core/errors.ts";
import { isComplexType, type ScalarType, toComplexType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { fromComplexes, numbers } from "../reference/dense.ts";
import { type Eigen, eigOf } from "../reference/eigen.ts";
import { checkMatrix, columnMajor, matricesOf } from "./linalg.ts";

function eigenOf(a: Tensor, name: string): Eigen[] {
  if (isComplexType(a.scalarType)) throw new NotImplemented(`${name} of complex matrices`);
  checkMatrix(name, a, true);
  const v = numbers(a);
  for (let i = 0; i < v.length; i++) {
    check(Number.isFinite(v[i]), "torch.linalg.eig: input tensor should not contain infs or NaNs.");
  }
  return matricesOf(a).map((m) => eigOf(m, a.sizes[a.dim - 1]));
}

/** Pairs of every part after the other. */
function woven(
  parts: readonly (readonly [Float64Array, Float64Array])[],
  sizes: number[],
  t: ScalarType,
): Tensor {
  const each = parts[0]?.[0].length ?? 0, out = new Float64Array(2 * each * parts.length);
  parts.forEach(([re, im], p) => {
    for (let i = 0; i < each; i++) {
      out[2 * (p * each + i)] = re[i];
      out[2 * (p * each + i) + 1] = im[i];
    }
  });
  return fromComplexes(out, sizes, t);
}

function eig(a: Tensor): Tensor[] {
  const parts = eigenOf(a, "linalg.eig"), t = toComplexType(a.scalarType);
  return [
    woven(parts.map((p) => [p.re, p.im]), a.sizes.slice(0, -1), t),
    columnMajor(woven(parts.map((p) => [p.vectorsRe, p.vectorsIm]), [...a.sizes], t)),
  ];
}

function eigvals(a: Tensor): Tensor {
  const parts = eigenOf(a, "linalg.eigvals");
  return woven(parts.map((p) => [p.re, p.im]), a.sizes.slice(0, -1), toComplexType(a.scalarType));
}

const SOLVER = [1e-4, 1e-5] as const;

export const linalgEigen: Family = {
  "aten::linalg_eig": op("Eigenvalues and eigenvectors.", eig, [], SOLVER),
  "aten::linalg_eigvals": op("Eigenvalues.", eigvals, [], SOLVER),
};
