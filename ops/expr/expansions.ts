/**
 * Polynomial forms of the elementary functions. `*32` work in f32 and are for the functions models spend
 * their time in; `*_d` work in f64 with a relative error below 1e-11, which after rounding serves f32 to half an
 * ulp. Coefficients are minimax fits made for these intervals.
 */
import * as b from "./build.ts";
import type { Expr } from "./expr.ts";

const LN2 = Math.LN2;

/** e^x in f32: x = n ln2 + r, e^r by polynomial, 2^n in two steps so that subnormals and overflow come out right. */
export function exp32(x0: Expr): Expr {
  const x = b.pmin(b.pmax(x0, b.like(x0, -104)), b.like(x0, 89));
  const magic = b.like(x, 12582912);
  const t = b.fma(x, b.like(x, Math.LOG2E), magic);
  const n = b.sub(t, magic);
  const r = b.fma(n, b.like(x, 2.12194440e-4), b.fma(n, b.like(x, -0.693359375), x));
  const p = b.poly(r, [
    0.5000000067806495,
    0.1666666586880184,
    0.04166629450942051,
    0.008333496964870048,
    0.0013944691715308242,
    0.00019790475505441314,
  ]);
  const e = b.add(b.fma(b.mul(r, r), p, r), b.like(x, 1));
  const bits = b.sub(b.bitcast("i32", t), b.k(0x4b400000, "i32"));
  const half = b.shr(bits, 1);
  const scale = (i: Expr) => b.bitcast("f32", b.shl(b.add(i, b.k(127, "i32")), 23));
  return b.mul(b.mul(e, scale(half)), scale(b.sub(bits, half)));
}

/** log x in f32. */
export function log32(x: Expr): Expr {
  const tiny = b.lt(x, b.like(x, 1.17549435e-38));
  const scaled = b.where(tiny, b.mul(x, b.like(x, 8388608)), x);
  const bits = b.bitcast("i32", scaled);
  // exponent such that the mantissa falls in [sqrt(1/2), sqrt(2))
  const shifted = b.sub(bits, b.k(0x3f3504f3, "i32"));
  const ei = b.shr(shifted, 23);
  const m = b.bitcast("f32", b.sub(bits, b.shl(ei, 23)));
  const e = b.sub(b.cast("f32", ei), b.where(tiny, b.like(x, 23), b.like(x, 0)));
  const f = b.sub(m, b.like(x, 1));
  const z = b.mul(f, f);
  const p = b.poly(f, [
    0.3333331259245529,
    -0.2500000961456932,
    0.20002119381764288,
    -0.16667995509580194,
    0.14219538141939128,
    -0.12405586336199867,
    0.11888262287376172,
    -0.11675710159084499,
    0.06746493288991899,
  ]);
  let y = b.fma(e, b.like(x, -2.12194440e-4), b.mul(b.mul(f, z), p));
  y = b.fma(z, b.like(x, -0.5), y);
  y = b.fma(e, b.like(x, 0.693359375), b.add(f, y));
  y = b.where(b.eq(x, b.like(x, Infinity)), x, y);
  y = b.where(b.eq(x, b.like(x, 0)), b.like(x, -Infinity), y);
  return b.where(b.ge(x, b.like(x, 0)), y, b.like(x, NaN));
}

/** tanh in f32: a polynomial near 0, where the exponential form would lose digits. */
export function tanh32(x: Expr): Expr {
  const z = b.mul(x, x);
  const p = b.poly(z, [
    -0.3333327830447758,
    0.13331328720113597,
    -0.05372921310356366,
    0.020601959918331955,
    -0.005660741964002855,
  ]);
  const near = b.fma(b.mul(x, z), p, x);
  const a = b.abs(x);
  const e = exp32(b.add(a, a));
  const far = b.sub(b.like(x, 1), b.div(b.like(x, 2), b.add(e, b.like(x, 1))));
  return b.where(b.lt(a, b.like(x, 0.625)), near, b.withSign(far, x));
}

/** erf in f32: x P(x^2) near 0, 1 - e^(-t Q(t)) beyond. */
export function erf32(x: Expr): Expr {
  const z = b.mul(x, x), a = b.abs(x);
  const near = b.fma(
    x,
    b.poly(z, [
      0.12837916655885598,
      -0.3761263299233305,
      0.11283684246039452,
      -0.02685878161643949,
      0.0051995173144116485,
      -0.0008125674615331429,
      8.298763893212452e-05,
    ]),
    x,
  );
  const t = b.pmin(a, b.like(x, 4));
  const q = b.fma(
    t,
    b.poly(t, [
      0.12855180569346453,
      0.6356249990167429,
      0.10526323941837414,
      -0.022674715880107485,
      0.002930520107486429,
      -4.9720228346083915e-05,
      -4.5554495573360944e-05,
      4.935979429212214e-06,
    ]),
    t,
  );
  const far = b.sub(b.like(x, 1), exp32(b.neg(q)));
  return b.where(b.lt(a, b.like(x, 0.93)), near, b.withSign(b.where(b.ne(x, x), x, far), x));
}

const MAGIC_D = 6755399441055744; // 1.5 * 2^52: adding it leaves the nearest integer in the low bits
const MAGIC_BITS = 0x4338000000000000n;

const EXP_SERIES = [
  1,
  1,
  1 / 2,
  1 / 6,
  1 / 24,
  1 / 120,
  1 / 720,
  1 / 5040,
  1 / 40320,
  1 / 362880,
  1 / 3628800,
];

/** e^x in f64 for use at f32 accuracy. */
export function expD(x0: Expr): Expr {
  const x = b.pmin(b.pmax(x0, b.like(x0, -700)), b.like(x0, 709));
  const magic = b.like(x, MAGIC_D);
  const t = b.fma(x, b.like(x, Math.LOG2E), magic);
  const n = b.sub(t, magic);
  const r = b.fma(n, b.like(x, -LN2), x);
  const bits = b.sub(b.bitcast("i64", t), b.k(MAGIC_BITS, "i64"));
  const scale = b.bitcast("f64", b.shl(b.add(bits, b.k(1023n, "i64")), 52));
  const y = b.mul(b.poly(r, EXP_SERIES), scale);
  return b.where(b.gt(x0, b.like(x0, 709)), b.like(x, Infinity), y);
}

/** 2s (1 + s^2/3 + s^4/5 + ...) = log((1+s)/(1-s)), for |s| <= 0.18. */
function logSeries(s: Expr): Expr {
  const z = b.mul(s, s);
  return b.mul(b.add(s, s), b.poly(z, [1, 1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13, 1 / 15, 1 / 17]));
}

/** Exponent and log of the mantissa of x in f64, so that log2 and log10 are exact at powers of two. */
function logParts(x: Expr): { e: Expr; m: Expr } {
  const bits = b.bitcast("i64", x);
  const shifted = b.sub(bits, b.k(0x3fe6a09e667f3bcdn, "i64"));
  // Arithmetic shift of 64-bit lanes, then to double by the magic number.
  const ei = b.shr(shifted, 52);
  const e = b.sub(b.bitcast("f64", b.add(ei, b.k(MAGIC_BITS, "i64"))), b.like(x, MAGIC_D));
  const m = b.bitcast("f64", b.sub(bits, b.shl(ei, 52)));
  const one = b.like(x, 1);
  return { e, m: logSeries(b.div(b.sub(m, one), b.add(m, one))) };
}

/** What log does at 0, at inf, and below 0. */
function logEdges(x: Expr, y: Expr): Expr {
  y = b.where(b.eq(x, b.like(x, Infinity)), x, y);
  y = b.where(b.eq(x, b.like(x, 0)), b.like(x, -Infinity), y);
  return b.where(b.ge(x, b.like(x, 0)), y, b.like(x, NaN));
}

/** log x in f64 to the given base (2, 10 or e). x is a widened f32, so never subnormal. */
export function logD(x: Expr, base: 2 | 10 | "e"): Expr {
  const { e, m } = logParts(x);
  const perOctave = base === "e" ? LN2 : base === 10 ? Math.LOG10E * LN2 : 1;
  const perE = base === "e" ? 1 : base === 10 ? Math.LOG10E : Math.LOG2E;
  return logEdges(x, b.fma(e, b.like(x, perOctave), b.mul(m, b.like(x, perE))));
}

/** log(1 + x) in f64. */
export function log1pD(x: Expr): Expr {
  const near = logSeries(b.div(x, b.add(b.like(x, 2), x)));
  return b.where(b.lt(b.abs(x), b.like(x, 0.25)), near, logD(b.add(x, b.like(x, 1)), "e"));
}

/** e^x - 1 in f64. */
export function expm1D(x: Expr): Expr {
  const near = b.mul(x, b.poly(x, EXP_SERIES.slice(1)));
  return b.where(b.lt(b.abs(x), b.like(x, 0.35)), near, b.sub(expD(x), b.like(x, 1)));
}

/** sinh in f64. */
export function sinhD(x: Expr): Expr {
  const z = b.mul(x, x);
  const near = b.mul(x, b.poly(z, [1, 1 / 6, 1 / 120, 1 / 5040, 1 / 362880, 1 / 39916800]));
  const e = expD(x);
  const far = b.mul(b.sub(e, b.div(b.like(x, 1), e)), b.like(x, 0.5));
  return b.where(b.lt(b.abs(x), b.like(x, 0.5)), near, far);
}

/** cosh in f64. */
export function coshD(x: Expr): Expr {
  const e = expD(x);
  return b.mul(b.add(e, b.div(b.like(x, 1), e)), b.like(x, 0.5));
}

/** atan in f64: reduced by 1/x above 1 and by (x-1)/(x+1) above tan(pi/8). */
export function atanD(x: Expr): Expr {
  const one = b.like(x, 1), a = b.abs(x);
  const big = b.gt(a, one);
  const u = b.where(big, b.div(one, a), a);
  const middle = b.gt(u, b.like(x, 0.4142135623730951));
  const v = b.where(middle, b.div(b.sub(u, one), b.add(u, one)), u);
  const p = b.mul(
    v,
    b.poly(b.mul(v, v), [
      0.9999999999999749,
      -0.3333333333092533,
      0.1999999961956524,
      -0.1428569109714888,
      0.11110400223654102,
      -0.09078577897237215,
      0.07564964064146708,
      -0.05878958162846692,
      0.030726334372279274,
    ]),
  );
  const w = b.add(p, b.where(middle, b.like(x, Math.PI / 4), b.like(x, 0)));
  return b.withSign(b.where(big, b.sub(b.like(x, Math.PI / 2), w), w), x);
}

/** sin (`shift` 0) or cos (`shift` 1) in f64 for |x| <= 1e5: quarter turns off in three steps. */
export function sinD(x: Expr, shift: 0 | 1): Expr {
  const magic = b.like(x, MAGIC_D);
  const t = b.fma(x, b.like(x, 2 / Math.PI), magic);
  const n = b.sub(t, magic);
  let r = b.fma(n, b.like(x, -1.5707963267341256), x);
  r = b.fma(n, b.like(x, -6.077100506303966e-11), r);
  r = b.fma(n, b.like(x, -2.0222662487959506e-21), r);
  const z = b.mul(r, r);
  const s = b.fma(
    b.mul(r, z),
    b.poly(z, [-1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800, 1 / 6227020800]),
    r,
  );
  const c = b.fma(
    z,
    b.poly(z, [-1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600, -1 / 87178291200]),
    b.like(x, 1),
  );
  let q = b.bitcast("i64", t);
  if (shift) q = b.add(q, b.k(1n, "i64"));
  const odd = b.ne(b.and(q, b.k(1n, "i64")), b.k(0n, "i64"));
  const sign = b.shl(b.and(q, b.k(2n, "i64")), 62);
  const y = b.bitcast("f64", b.xor(b.bitcast("i64", b.where(odd, c, s)), sign));
  // sin of -0 is -0
  return shift ? y : b.where(b.eq(x, b.like(x, 0)), x, y);
}

/** Lanes too large for the three-step reduction (and NaN, inf). */
export function beyondTrig(x: Expr): Expr {
  return b.not(b.lt(b.abs(x), b.like(x, 1e5)));
}
