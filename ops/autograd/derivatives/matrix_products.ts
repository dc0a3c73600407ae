/** Derivatives of matrix products. */
import type { Scalar } from "../../../core/scalar.ts";
import type { Tensor } from "../../../core/tensor.ts";
import { adjoint, at, conj, conjScalar, mul, scale, transpose, unsqueeze } from "../calls.ts";
import { rule, type Rules } from "../rules.ts";

type T = Tensor;

const scaled = (g: T, s: Scalar) => scale(g, conjScalar(s));
const mmLeft = (g: T, b: T) => at("mm", g, adjoint(b));
const mmRight = (g: T, a: T) => at("mm", adjoint(a), g);
const bmmLeft = (g: T, b: T) => at("bmm", g, adjoint(b));
const bmmRight = (g: T, a: T) => at("bmm", adjoint(a), g);
const outer = (a: T, b: T) => mul(unsqueeze(a, -1), unsqueeze(b, -2));

export const matrixProducts: Rules = {
  "mm": rule({ self: ["mat2", mmLeft], mat2: ["self", mmRight] }),
  "bmm": rule({ self: ["mat2", bmmLeft], mat2: ["self", bmmRight] }),
  "mv": rule({
    self: ["vec", (g: T, v: T) => outer(g, conj(v))],
    vec: ["self", (g: T, m: T) => at("mv", adjoint(m), g)],
  }),
  "dot": rule({
    self: ["tensor", (g: T, b: T) => mul(g, conj(b))],
    tensor: ["self", (g: T, a: T) => mul(g, conj(a))],
  }),
  "vdot": rule({
    self: ["other", (g: T, b: T) => mul(conj(g), b)],
    other: ["self", (g: T, a: T) => mul(g, a)],
  }),
  "addmm": rule({
    self: ["beta", scaled],
    mat1: ["mat2 alpha", (g: T, b: T, alpha: Scalar) => scaled(mmLeft(g, b), alpha)],
    mat2: ["mat1 alpha", (g: T, a: T, alpha: Scalar) => scaled(mmRight(g, a), alpha)],
  }),
  "addmv": rule({
    self: ["beta", scaled],
    mat: ["vec alpha", (g: T, v: T, alpha: Scalar) => scaled(outer(g, conj(v)), alpha)],
    vec: ["mat alpha", (g: T, m: T, alpha: Scalar) => scaled(at("mv", adjoint(m), g), alpha)],
  }),
  "addbmm": rule({
    self: ["beta", scaled],
    batch1: [
      "batch2 alpha",
      (g: T, b: T, alpha: Scalar) => scaled(at("matmul", unsqueeze(g, 0), adjoint(b)), alpha),
    ],
    batch2: [
      "batch1 alpha",
      (g: T, a: T, alpha: Scalar) => scaled(at("matmul", adjoint(a), unsqueeze(g, 0)), alpha),
    ],
  }),
  "baddbmm": rule({
    self: ["beta", scaled],
    batch1: ["batch2 alpha", (g: T, b: T, alpha: Scalar) => scaled(bmmLeft(g, b), alpha)],
    batch2: ["batch1 alpha", (g: T, a: T, alpha: Scalar) => scaled(bmmRight(g, a), alpha)],
  }),
  "addr": rule({
    self: ["beta", scaled],
    vec1: ["vec2 alpha", (g: T, b: T, alpha: Scalar) => scaled(at("mv", g, conj(b)), alpha)],
    vec2: ["vec1 alpha", (g: T, a: T, alpha: Scalar) => scaled(at("mv", transpose(g), conj(a)), alpha)],
  }),
  "linalg_cross": rule({
    self: ["other dim", (g: T, b: T, dim: number) => at("linalg_cross", conj(b), g, dim)],
    other: ["self dim", (g: T, a: T, dim: number) => at("linalg_cross", g, conj(a), dim)],
  }),
};
