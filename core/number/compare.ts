/** Comparison of any mix of bool, int, float and complex, by exact value. */
import { Complex, Float, type Scalar } from "../scalar.ts";

/** The value that JS compares exactly: JS orders bigint against number by mathematical value. */
function real(v: number | bigint | boolean | Float): number | bigint {
  return v instanceof Float ? v.value : typeof v === "boolean" ? (v ? 1 : 0) : v;
}

export function numEq(a: Scalar, b: Scalar): boolean {
  if (a instanceof Complex || b instanceof Complex) {
    const ai = a instanceof Complex ? a.im : 0, bi = b instanceof Complex ? b.im : 0;
    if (ai !== bi) return false;
    // deno-lint-ignore eqeqeq
    return (a instanceof Complex ? a.re : real(a)) == (b instanceof Complex ? b.re : real(b));
  }
  // deno-lint-ignore eqeqeq
  return real(a) == real(b);
}

export function numLt(a: Exclude<Scalar, Complex>, b: Exclude<Scalar, Complex>): boolean {
  return real(a) < real(b);
}

export function numLe(a: Exclude<Scalar, Complex>, b: Exclude<Scalar, Complex>): boolean {
  return real(a) <= real(b);
}

/** -1, 0 or 1; NaN when a NaN takes part. */
export function numCompare(a: Exclude<Scalar, Complex>, b: Exclude<Scalar, Complex>): number {
  const x = real(a), y = real(b);
  // deno-lint-ignore eqeqeq
  return x < y ? -1 : x > y ? 1 : x == y ? 0 : NaN;
}
