/** Python's math and cmath functions that are operators, and their constants. */

const OPERATORS: Record<string, string> = {
  fabs: "aten::fabs",
  pow: "aten::pow",
  gcd: "aten::gcd",
  isfinite: "aten::isfinite",
  remainder: "aten::mathremainder",
};
for (
  const n
    of ("ceil copysign erf erfc exp expm1 floor gamma lgamma log log10 log1p sqrt isnan asinh atanh cosh sinh " +
      "tanh acos asin atan atan2 cos sin tan acosh fmod modf factorial frexp isinf degrees radians ldexp")
      .split(" ")
) OPERATORS[n] = `aten::${n}`;
const COMPLEX: Record<string, string> = { phase: "aten::angle", rect: "aten::polar" };
for (
  const n
    of "isnan isfinite isinf log log10 sqrt exp sin tan cos asin acos atan sinh cosh tanh asinh acosh atanh"
      .split(" ")
) COMPLEX[n] = `aten::${n}`;

const CONSTANTS: Record<string, number> = {
  pi: Math.PI,
  e: Math.E,
  tau: 2 * Math.PI,
  inf: Infinity,
  nan: NaN,
};

/** The operator behind `math.name` or `cmath.name`. */
export function mathOperator(module: "math" | "cmath", name: string): string | undefined {
  const table = module === "math" ? OPERATORS : COMPLEX;
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** `math.pi` and its kin. */
export function mathConstant(name: string): number | undefined {
  return Object.hasOwn(CONSTANTS, name) ? CONSTANTS[name] : undefined;
}
