/** Special functions beyond the common ones, and the remaining windows. */
import { check } from "../../core/errors.ts";
import { isComplexType, type ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Declaration, type Family, op } from "../declaration.ts";
import { digamma, erfc, erfinv, lgamma } from "../expr/special_functions.ts";
import { getDefaultDtype } from "../reference/allocation.ts";
import { fromNumbers } from "../reference/dense.ts";
import { pointwise } from "../reference/pointwise.ts";
import { floatType, implementedFor, type Operand, resultType } from "../reference/promotion.ts";

/** A real function of one tensor; integers become floats. */
function unary(name: string, doc: string, real: (x: number) => number): Declaration {
  return op(doc, (x: Tensor) => {
    implementedFor(!isComplexType(x.scalarType), name, x.scalarType);
    return pointwise({ name, real }, [x], floatType(x.scalarType));
  });
}
function binary(name: string, doc: string, real: (x: number, y: number) => number): Declaration {
  return op(doc, (x: Operand, y: Operand) => pointwise({ name, real }, [x, y], floatType(resultType(x, y))));
}

/** x log(y), 0 where x is 0 unless y is NaN. */
const xlogy = (x: number, y: number) => y !== y ? NaN : x === 0 ? 0 : x * Math.log(y);
const xlog1py = (x: number, y: number) => y !== y ? NaN : x === 0 ? 0 : x * Math.log1p(y);

const ndtr = (x: number) => 0.5 * erfc(-x / Math.SQRT2);

/** exp(x^2) erfc(x): by its continued fraction where the product would lose everything. */
export function erfcx(x: number): number {
  if (x < 5) return Math.exp(x * x) * erfc(x);
  let tail = 0;
  for (let k = 60; k >= 1; k--) tail = k / 2 / (x + tail);
  return 1 / (Math.sqrt(Math.PI) * (x + tail));
}
function logNdtr(x: number): number {
  return x < -1 ? Math.log(erfcx(-x / Math.SQRT2) / 2) - x * x / 2 : Math.log1p(-erfc(x / Math.SQRT2) / 2);
}

/** Modified Bessel function of the first kind of order n, times e^-|x| when scaled. */
function besselI(n: number, x: number, isScaled: boolean): number {
  const a = Math.abs(x), sign = n % 2 === 1 && x < 0 ? -1 : 1;
  if (a > 30) {
    // Asymptotic series: terms shrink until far beyond double precision for such x.
    let term = 1, sum = 1;
    for (let k = 1; k < 30; k++) {
      term *= -(4 * n * n - (2 * k - 1) ** 2) / (k * 8 * a);
      if (Math.abs(term) < 1e-17 * Math.abs(sum)) break;
      sum += term;
    }
    return sign * sum / Math.sqrt(2 * Math.PI * a) * (isScaled ? 1 : Math.exp(a));
  }
  let term = n === 0 ? 1 : a / 2, sum = term;
  for (let k = 1; k < 200 && term > sum * 1e-18; k++) sum += term *= a * a / 4 / (k * (k + n));
  return sign * sum * (isScaled ? Math.exp(-a) : 1);
}

/** Hurwitz zeta by Euler-Maclaurin. */
export function zeta(x: number, q: number): number {
  if (x === 1) return Infinity;
  if (x < 1 || x !== x || q !== q) return NaN;
  if (q <= 0 && Number.isInteger(q)) return Infinity;
  if (q <= 0 && !Number.isInteger(x)) return NaN;
  const bernoulli = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510];
  let sum = 0, a = q;
  for (let i = 0; i < 12 || a < 12; i++, a++) sum += a ** -x;
  sum += a ** (1 - x) / (x - 1) + 0.5 * a ** -x;
  let factor = x, power = a ** (-x - 1), factorial = 2;
  for (let k = 0; k < bernoulli.length; k++) {
    sum += bernoulli[k] / factorial * factor * power;
    factor *= (x + 2 * k + 1) * (x + 2 * k + 2);
    factorial *= (2 * k + 3) * (2 * k + 4);
    power /= a * a;
  }
  return sum;
}

function polygamma(n: number, x: number): number {
  if (n === 0) return digamma(x);
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return (n % 2 === 1 ? 1 : -1) * factorial * zeta(n + 1, x);
}

/** Regularised incomplete gamma functions: lower P, upper 1 - P. */
function gammaP(a: number, x: number, upper: boolean): number {
  if (x < 0 || a < 0 || x !== x || a !== a) return NaN;
  if (a === 0) return x > 0 ? (upper ? 0 : 1) : NaN;
  if (x === 0) return upper ? 1 : 0;
  if (x === Infinity) return a === Infinity ? NaN : upper ? 0 : 1;
  if (a === Infinity) return upper ? 1 : 0;
  const scale = Math.exp(a * Math.log(x) - x - lgamma(a));
  if (x < a + 1) {
    let term = 1 / a, sum = term;
    for (let k = 1; k < 10000 && Math.abs(term) > Math.abs(sum) * 1e-17; k++) sum += term *= x / (a + k);
    return upper ? 1 - sum * scale : sum * scale;
  }
  // Lentz's continued fraction of the upper function.
  let b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
  for (let k = 1; k < 10000; k++) {
    const an = -k * (k - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return upper ? scale * h : 1 - scale * h;
}

function multigamma(x: Tensor, p: number): Tensor {
  check(p >= 1, "p has to be greater than or equal to 1");
  check(!isComplexType(x.scalarType), "mvlgamma: expected a real tensor");
  return pointwise(
    {
      name: "mvlgamma",
      real: (v) => {
        let sum = p * (p - 1) / 4 * Math.log(Math.PI);
        for (let j = 0; j < p; j++) sum += lgamma(v - j / 2);
        return sum;
      },
    },
    [x],
    floatType(x.scalarType),
  );
}

function polygammaOf(n: number, x: Tensor): Tensor {
  check(n >= 0, "polygamma(n, x) does not support negative n.");
  return pointwise({ name: "polygamma", real: (v) => polygamma(n, v) }, [x], floatType(x.scalarType));
}

function kaiser(length: number, periodic: boolean, beta: number, dtype: ScalarType | null): Tensor {
  check(length >= 0, () => `kaiser_window requires non-negative window_length, got window_length=${length}`);
  const n = periodic ? length : length - 1, top = besselI(0, beta, false);
  const out = Float64Array.from({ length }, (_, i) => {
    const r = n > 0 ? 2 * i / n - 1 : 0;
    return length === 1 ? 1 : besselI(0, beta * Math.sqrt(Math.max(0, 1 - r * r)), false) / top;
  });
  return fromNumbers(out, [length], dtype ?? getDefaultDtype());
}

const entropy = (x: number) => x !== x ? x : x > 0 ? -x * Math.log(x) : x === 0 ? 0 : -Infinity;
const MVL = op("Logarithm of the multivariate gamma function.", multigamma);
const POLY = op("Derivatives of digamma.", polygammaOf);
const LOWER = binary("igamma", "Regularised lower incomplete gamma function.", (a, x) => gammaP(a, x, false));
const UPPER = binary("igammac", "Regularised upper incomplete gamma function.", (a, x) => gammaP(a, x, true));
const DEFAULT_BETA = 12;

export const specialFunctions: Family = {
  "aten::special_entr": unary("entr", "-x log(x).", entropy),
  "aten::special_ndtr": unary("ndtr", "Area under the normal density.", ndtr),
  "aten::special_log_ndtr": unary("log_ndtr", "Logarithm of the area under the normal density.", logNdtr),
  "aten::special_ndtri": unary(
    "ndtri",
    "Inverse of the area under the normal density.",
    (p) => Math.SQRT2 * erfinv(2 * p - 1),
  ),
  "aten::special_erfcx": unary("erfcx", "exp(x^2) erfc(x).", erfcx),
  "aten::special_i0e": unary("i0e", "Scaled Bessel function I0.", (x) => besselI(0, x, true)),
  "aten::special_i1": unary("i1", "Bessel function I1.", (x) => besselI(1, x, false)),
  "aten::special_i1e": unary("i1e", "Scaled Bessel function I1.", (x) => besselI(1, x, true)),
  "aten::special_modified_bessel_i0": unary(
    "modified_bessel_i0",
    "Bessel function I0.",
    (x) => besselI(0, x, false),
  ),
  "aten::special_modified_bessel_i1": unary(
    "modified_bessel_i1",
    "Bessel function I1.",
    (x) => besselI(1, x, false),
  ),
  "aten::special_xlogy": binary("xlogy", "x log(y), 0 where x is 0.", xlogy),
  "aten::special_xlogy.other_scalar": binary("xlogy", "x log(y), 0 where x is 0.", xlogy),
  "aten::special_xlogy.self_scalar": binary("xlogy", "x log(y), 0 where x is 0.", xlogy),
  "aten::special_xlog1py": binary("xlog1py", "x log(1 + y), 0 where x is 0.", xlog1py),
  "aten::special_xlog1py.other_scalar": binary("xlog1py", "x log(1 + y), 0 where x is 0.", xlog1py),
  "aten::special_xlog1py.self_scalar": binary("xlog1py", "x log(1 + y), 0 where x is 0.", xlog1py),
  "aten::special_zeta": binary("zeta", "Hurwitz zeta function.", zeta),
  "aten::special_zeta.other_scalar": binary("zeta", "Hurwitz zeta function.", zeta),
  "aten::special_zeta.self_scalar": binary("zeta", "Hurwitz zeta function.", zeta),
  "aten::igamma": LOWER,
  "aten::special_gammainc": LOWER,
  "aten::igammac": UPPER,
  "aten::special_gammaincc": UPPER,
  "aten::mvlgamma": MVL,
  "aten::special_multigammaln": MVL,
  "aten::polygamma": POLY,
  "aten::special_polygamma": POLY,
  "aten::kaiser_window": op(
    "Kaiser window.",
    (n: number, t: ScalarType | null) => kaiser(n, true, DEFAULT_BETA, t),
  ),
  "aten::kaiser_window.periodic": op(
    "Kaiser window.",
    (n: number, p: boolean, t: ScalarType | null) => kaiser(n, p, DEFAULT_BETA, t),
  ),
  "aten::kaiser_window.beta": op("Kaiser window.", kaiser),
};
