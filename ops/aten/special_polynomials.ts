/** Bessel and Airy functions, and orthogonal polynomials by their recurrences. */
import { isComplexType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Declaration, type Family, op } from "../declaration.ts";
import { airyAi, besselJ, besselK, besselY, sphericalJ0 } from "../expr/bessel_functions.ts";
import { pointwise } from "../reference/pointwise.ts";
import { floatType, implementedFor, type Operand, resultType } from "../reference/promotion.ts";

/** `p(n)` from p(0), p(1) and how a term follows from the two before it. */
function recurrence(
  n: number,
  first: number,
  second: number,
  next: (k: number, last: number, before: number) => number,
): number {
  if (n === 0) return first;
  let before = first, last = second;
  for (let k = 1; k < n; k++) [before, last] = [last, next(k, last, before)];
  return last;
}
const alternating = (n: number) => n % 2 === 0 ? 1 : -1;

/** The four kinds of Chebyshev polynomials differ in the second term, and in their values at the ends. */
type Kind = "t" | "u" | "v" | "w";
function chebyshev(kind: Kind, x: number, n: number): number {
  if (x === 1) return kind === "t" || kind === "v" ? 1 : kind === "u" ? n + 1 : 2 * n + 1;
  if (x === -1) return alternating(n) * (kind === "t" || kind === "w" ? 1 : kind === "u" ? n + 1 : 2 * n + 1);
  if (n > 6 && Math.abs(x) < 1) {
    const a = Math.acos(x);
    switch (kind) {
      case "t":
        return Math.cos(n * a);
      case "u":
        return Math.sin((n + 1) * a) / Math.sin(a);
      case "v":
        return Math.cos((n + 0.5) * a) / Math.cos(a / 2);
      case "w":
        return Math.sin((n + 0.5) * a) / Math.sin(a / 2);
    }
  }
  const second = { t: x, u: 2 * x, v: 2 * x - 1, w: 2 * x + 1 }[kind];
  return recurrence(n, 1, second, (_k, last, before) => 2 * x * last - before);
}

const POLYNOMIALS: readonly [name: string, doc: string, f: (x: number, n: number) => number][] = [
  ...(["t", "u", "v", "w"] as const).flatMap((k): [string, string, (x: number, n: number) => number][] => [
    [`chebyshev_polynomial_${k}`, "Chebyshev polynomial.", (x, n) => chebyshev(k, x, n)],
    [
      `shifted_chebyshev_polynomial_${k}`,
      "Chebyshev polynomial on 0 to 1.",
      (x, n) => chebyshev(k, 2 * x - 1, n),
    ],
  ]),
  [
    "hermite_polynomial_h",
    "Physicists' Hermite polynomial.",
    (x, n) => recurrence(n, 1, 2 * x, (k, last, before) => 2 * x * last - 2 * k * before),
  ],
  [
    "hermite_polynomial_he",
    "Probabilists' Hermite polynomial.",
    (x, n) => recurrence(n, 1, x, (k, last, before) => x * last - k * before),
  ],
  [
    "laguerre_polynomial_l",
    "Laguerre polynomial.",
    (x, n) => recurrence(n, 1, 1 - x, (k, last, before) => ((2 * k + 1 - x) * last - k * before) / (k + 1)),
  ],
  [
    "legendre_polynomial_p",
    "Legendre polynomial.",
    (x, n) => recurrence(n, 1, x, (k, last, before) => ((2 * k + 1) * x * last - k * before) / (k + 1)),
  ],
];

function polynomial(name: string, doc: string, f: (x: number, n: number) => number): Declaration {
  const real = (x: number, n: number) => {
    const degree = Math.trunc(n);
    return n !== n ? NaN : degree < 0 ? 0 : f(x, degree);
  };
  return op(doc, (x: Operand, n: Operand) => {
    const t = floatType(resultType(x, n));
    implementedFor(!isComplexType(t), `${name}_cpu`, t);
    return pointwise({ name, real }, [x, n], t);
  });
}

function unary(name: string, doc: string, real: (x: number) => number): Declaration {
  return op(doc, (x: Tensor) => {
    implementedFor(!isComplexType(x.scalarType), `${name}_cpu`, x.scalarType);
    return pointwise({ name, real }, [x], floatType(x.scalarType));
  });
}

export const specialPolynomials: Family = {
  "aten::special_bessel_j0": unary("bessel_j0", "Bessel function J0.", (x) => besselJ(0, x)),
  "aten::special_bessel_j1": unary("bessel_j1", "Bessel function J1.", (x) => besselJ(1, x)),
  "aten::special_bessel_y0": unary("bessel_y0", "Bessel function Y0.", (x) => besselY(0, x)),
  "aten::special_bessel_y1": unary("bessel_y1", "Bessel function Y1.", (x) => besselY(1, x)),
  "aten::special_modified_bessel_k0": unary(
    "modified_bessel_k0",
    "Bessel function K0.",
    (x) => besselK(0, x, false),
  ),
  "aten::special_modified_bessel_k1": unary(
    "modified_bessel_k1",
    "Bessel function K1.",
    (x) => besselK(1, x, false),
  ),
  "aten::special_scaled_modified_bessel_k0": unary(
    "scaled_modified_bessel_k0",
    "e^x times Bessel function K0.",
    (x) => besselK(0, x, true),
  ),
  "aten::special_scaled_modified_bessel_k1": unary(
    "scaled_modified_bessel_k1",
    "e^x times Bessel function K1.",
    (x) => besselK(1, x, true),
  ),
  "aten::special_spherical_bessel_j0": unary(
    "spherical_bessel_j0",
    "Spherical Bessel function j0.",
    sphericalJ0,
  ),
  "aten::special_airy_ai": unary("airy_ai", "Airy function Ai.", airyAi),
  ...Object.fromEntries(
    POLYNOMIALS.flatMap(([name, doc, f]) => {
      const d = polynomial(name, doc, f);
      return ["", ".x_scalar", ".n_scalar"].map((o) => [`aten::special_${name}${o}`, d]);
    }),
  ),
};
