/** Rows: rounding, roots, exponentials, logarithms, trigonometry and the special functions. */
import * as b from "./build.ts";
import type { Expr, ValueType } from "./expr.ts";
import { isFloat } from "./expr.ts";
import * as x from "./expansions.ts";
import type { Row } from "./row.ts";
import { digamma, erf, erfc, erfinv, lgamma, roundHalfEven } from "./special_functions.ts";
import { WGSL_FUNCTIONS } from "./wgsl_functions.ts";

/** An f32 form computed in f64 and rounded; f64 itself goes to the reference. */
const widened = (f: (...a: Expr[]) => Expr) => (t: ValueType, a: readonly Expr[]): Expr | null =>
  t === "f32" ? b.cast("f32", f(...a.map((v) => b.cast("f64", v)))) : null;

const only32 = (f: (a: Expr) => Expr) => (t: ValueType, [a]: readonly Expr[]): Expr | null =>
  t === "f32" ? f(a) : null;

function unary(
  name: string,
  doc: string,
  ref: (x: number) => number,
  expand: Row["expand"],
  /** WGSL's own function, or ours where that is not good enough. */
  wgsl: (a: string) => string = (a) => `${`wick_${name}` in WGSL_FUNCTIONS ? "wick_" : ""}${name}(${a})`,
): Row {
  return { name, doc, arity: 1, on: "float", result: "same", ref, expand, wgsl: ([a]) => wgsl(a) };
}

function rounding(
  name: string,
  doc: string,
  ref: (x: number) => number,
  f32: number,
  f64: number,
  wgsl = name,
): Row {
  return {
    name,
    doc,
    arity: 1,
    on: "number",
    result: "same",
    ref,
    big: (v) => v,
    wasm: { f32, f64 },
    expand: (_t, [v]) => v,
    wgsl: ([v], t) => t === "f32" ? `${wgsl}(${v})` : v,
  };
}

function trig(name: "sin" | "cos", shift: 0 | 1): Row {
  return unary(
    name,
    `${name} a, a in radians`,
    Math[name],
    (t, [a]) =>
      t === "f32"
        ? b.rescue(name, x.beyondTrig(a), b.cast("f32", x.sinD(b.cast("f64", a), shift)), [a])
        : null,
  );
}

function expandAtan2(t: ValueType, [yy, xx]: readonly Expr[]): Expr | null {
  if (t !== "f32") return null;
  const y = b.cast("f64", yy), v = b.cast("f64", xx);
  const q = b.div(y, v);
  const base = x.atanD(b.abs(q));
  const turned = b.where(b.lt(v, b.like(v, 0)), b.sub(b.like(v, Math.PI), base), base);
  return b.rescue("atan2", b.ne(q, q), b.cast("f32", b.withSign(turned, y)), [yy, xx]);
}

export const FUNCTIONS: readonly Row[] = [
  rounding("ceil", "rounded up", Math.ceil, 0x67, 0x74),
  rounding("floor", "rounded down", Math.floor, 0x68, 0x75),
  rounding("trunc", "rounded towards zero", Math.trunc, 0x69, 0x7a),
  rounding("round", "rounded to nearest, halves to even", roundHalfEven, 0x6a, 0x94),
  unary(
    "frac",
    "a - trunc(a)",
    (v) => v - Math.trunc(v),
    (_t, [a]) => b.sub(a, b.trunc(a)),
    (a) => `(${a} - trunc(${a}))`,
  ),
  {
    name: "sqrt",
    doc: "square root",
    arity: 1,
    on: "float",
    result: "same",
    ref: Math.sqrt,
    wasm: { f32: 0xe3, f64: 0xef },
    wgsl: ([a]) => `sqrt(${a})`,
  },
  unary(
    "rsqrt",
    "1 / square root",
    (v) => 1 / Math.sqrt(v),
    (_t, [a]) => b.div(b.like(a, 1), b.sqrt(a)),
    (a) => `inverseSqrt(${a})`,
  ),
  unary("exp", "e^a", Math.exp, only32(x.exp32)),
  unary("exp2", "2^a", (v) => Math.pow(2, v), widened((a) => x.expD(b.mul(a, b.like(a, Math.LN2))))),
  unary("expm1", "e^a - 1, exact near 0", Math.expm1, widened(x.expm1D), (a) => `wick_expm1(${a})`),
  unary("log", "natural logarithm", Math.log, only32(x.log32)),
  unary("log2", "logarithm to base 2", Math.log2, widened((a) => x.logD(a, 2))),
  unary(
    "log10",
    "logarithm to base 10",
    Math.log10,
    widened((a) => x.logD(a, 10)),
    (a) => `(log2(${a}) * 0.30102999566398120)`,
  ),
  unary("log1p", "log(1 + a), exact near 0", Math.log1p, widened(x.log1pD), (a) => `wick_log1p(${a})`),
  trig("sin", 0),
  trig("cos", 1),
  unary("tan", "tangent of a, a in radians", Math.tan, (t, [a]) => {
    if (t !== "f32") return null;
    const d = b.cast("f64", a);
    return b.rescue("tan", x.beyondTrig(a), b.cast("f32", b.div(x.sinD(d, 0), x.sinD(d, 1))), [a]);
  }),
  unary(
    "asin",
    "arc sine",
    Math.asin,
    widened((a) => {
      const one = b.like(a, 1);
      return x.atanD(b.div(a, b.sqrt(b.mul(b.sub(one, a), b.add(one, a)))));
    }),
  ),
  unary(
    "acos",
    "arc cosine",
    Math.acos,
    widened((a) => {
      const one = b.like(a, 1);
      return b.sub(b.like(a, Math.PI / 2), x.atanD(b.div(a, b.sqrt(b.mul(b.sub(one, a), b.add(one, a))))));
    }),
  ),
  unary("atan", "arc tangent", Math.atan, widened(x.atanD)),
  {
    name: "atan2",
    doc: "angle of the point (b, a)",
    arity: 2,
    on: "float",
    result: "same",
    ref: Math.atan2,
    expand: expandAtan2,
    wgsl: ([y, v]) => `wick_atan2(${y}, ${v})`,
  },
  unary("sinh", "hyperbolic sine", Math.sinh, widened(x.sinhD)),
  unary("cosh", "hyperbolic cosine", Math.cosh, widened(x.coshD)),
  unary("tanh", "hyperbolic tangent", Math.tanh, only32(x.tanh32), (a) => `wick_tanh(${a})`),
  unary(
    "asinh",
    "inverse hyperbolic sine",
    Math.asinh,
    widened((v) => {
      const a = b.abs(v), z = b.mul(a, a), one = b.like(v, 1);
      const y = x.log1pD(b.add(a, b.div(z, b.add(one, b.sqrt(b.add(z, one))))));
      return b.withSign(b.where(b.eq(a, b.like(v, Infinity)), a, y), v);
    }),
  ),
  unary(
    "acosh",
    "inverse hyperbolic cosine",
    Math.acosh,
    widened((v) => {
      const u = b.sub(v, b.like(v, 1));
      const y = x.log1pD(b.add(u, b.sqrt(b.fma(u, u, b.add(u, u)))));
      return b.where(b.lt(u, b.like(u, 0)), b.like(u, NaN), y);
    }),
  ),
  unary(
    "atanh",
    "inverse hyperbolic tangent",
    Math.atanh,
    widened((v) => b.mul(b.like(v, 0.5), x.log1pD(b.div(b.add(v, v), b.sub(b.like(v, 1), v))))),
  ),
  {
    name: "hypot",
    doc: "sqrt(a^2 + b^2) without overflow",
    arity: 2,
    on: "float",
    result: "same",
    ref: Math.hypot,
    expand: (t, [p, q]) => {
      if (t !== "f32") return null;
      const pd = b.cast("f64", p), qd = b.cast("f64", q), inf = b.like(pd, Infinity);
      const r = b.sqrt(b.fma(pd, pd, b.mul(qd, qd)));
      const infinite = b.or(b.eq(b.abs(pd), inf), b.eq(b.abs(qd), inf));
      return b.cast("f32", b.where(infinite, inf, r));
    },
    wgsl: ([p, q]) => `wick_hypot(${p}, ${q})`,
  },
  unary("erf", "error function", erf, only32(x.erf32), (a) => `wick_erf(${a})`),
  unary("erfc", "1 - erf, exact in the tail", erfc, () => null, (a) => `wick_erfc(${a})`),
  unary("erfinv", "inverse of erf", erfinv, () => null, (a) => `wick_erfinv(${a})`),
  unary("lgamma", "log |gamma(a)|", lgamma, () => null, (a) => `wick_lgamma(${a})`),
  unary("digamma", "derivative of lgamma", digamma, () => null, (a) => `wick_digamma(${a})`),
  {
    name: "exp_d",
    doc: "e^a at float32 accuracy",
    arity: 1,
    on: "float",
    result: "same",
    ref: Math.exp,
    expand: (_t, [a]) => x.expD(a),
    wgsl: ([a]) => `exp(${a})`,
  },
  {
    name: "log_d",
    doc: "log a at float32 accuracy",
    arity: 1,
    on: "float",
    result: "same",
    ref: Math.log,
    expand: (_t, [a]) => x.logD(a, "e"),
    wgsl: ([a]) => `log(${a})`,
  },
  unary(
    "deg2rad",
    "a pi / 180",
    (v) => v * (Math.PI / 180),
    (_t, [a]) => b.mul(a, b.like(a, Math.PI / 180)),
    (a) => `(${a} * 0.017453292519943295)`,
  ),
  unary(
    "rad2deg",
    "a 180 / pi",
    (v) => v * (180 / Math.PI),
    (_t, [a]) => b.mul(a, b.like(a, 180 / Math.PI)),
    (a) => `(${a} * 57.29577951308232)`,
  ),
  unary(
    "sinc",
    "sin(pi a) / (pi a), 1 at 0",
    (v) => v === 0 ? 1 : Math.sin(Math.PI * v) / (Math.PI * v),
    (t, [a]) => {
      if (!isFloat(t)) return null;
      const p = b.mul(a, b.like(a, Math.PI));
      return b.where(b.eq(a, b.like(a, 0)), b.like(a, 1), b.div(b.apply("sin", p), p));
    },
    (a) => `wick_sinc(${a})`,
  ),
  {
    name: "logaddexp",
    doc: "log(e^a + e^b) without overflow",
    arity: 2,
    on: "float",
    result: "same",
    ref: (p, q) =>
      p === q && !Number.isFinite(p) ? p : Math.max(p, q) + Math.log1p(Math.exp(-Math.abs(p - q))),
    expand: (_t, [p, q]) => {
      const same = b.and(b.eq(p, q), b.eq(b.abs(p), b.like(p, Infinity)));
      const r = b.add(b.apply("maximum", p, q), b.apply("log1p", b.apply("exp", b.neg(b.abs(b.sub(p, q))))));
      return b.where(same, p, r);
    },
    wgsl: ([p, q]) => `wick_logaddexp(${p}, ${q})`,
  },
  {
    name: "xlogy",
    doc: "a log b, 0 when a is 0 unless b is NaN",
    arity: 2,
    on: "float",
    result: "same",
    ref: (p, q) => Number.isNaN(q) ? NaN : p === 0 ? 0 : p * Math.log(q),
    expand: (_t, [p, q]) => {
      const zero = b.like(p, 0);
      const r = b.where(b.eq(p, zero), zero, b.mul(p, b.apply("log", q)));
      return b.where(b.ne(q, q), q, r);
    },
    wgsl: ([p, q]) => `wick_xlogy(${p}, ${q})`,
  },
  {
    name: "xlog1py",
    doc: "a log(1 + b), 0 when a is 0 unless b is NaN",
    arity: 2,
    on: "float",
    result: "same",
    ref: (p, q) => Number.isNaN(q) ? NaN : p === 0 ? 0 : p * Math.log1p(q),
    expand: (_t, [p, q]) => {
      const zero = b.like(p, 0);
      const r = b.where(b.eq(p, zero), zero, b.mul(p, b.apply("log1p", q)));
      return b.where(b.ne(q, q), q, r);
    },
    wgsl: ([p, q]) => `select(wick_xlogy(${p}, 1.0 + ${q}), ${p} * wick_log1p(${q}), ${p} != 0.0)`,
  },
  unary(
    "logit",
    "log(a / (1 - a))",
    (v) => Math.log(v / (1 - v)),
    (_t, [a]) => b.apply("log", b.div(a, b.sub(b.like(a, 1), a))),
    (a) => `log(${a} / (1.0 - ${a}))`,
  ),
  unary(
    "entr",
    "-a log a, 0 at 0, -inf below",
    (v) => v > 0 ? -v * Math.log(v) : v === 0 ? 0 : v < 0 ? -Infinity : NaN,
    (_t, [a]) => {
      const zero = b.like(a, 0);
      const r = b.where(b.lt(a, zero), b.like(a, -Infinity), b.neg(b.mul(a, b.apply("log", a))));
      return b.where(b.eq(a, zero), zero, r);
    },
    (a) => `wick_entr(${a})`,
  ),
];
