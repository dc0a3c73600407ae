/** The `cmath` module: functions of complex numbers, by their formulas in real and imaginary parts. */
import { Complex, Float } from "../../core/scalar.ts";
import { complexAdd, complexDiv, complexMul, complexSub } from "../../core/number/mod.ts";
import { hypot } from "../../core/number/elementary.ts";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { fn } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";
import { toDouble } from "./math.ts";

const ONE = new Complex(1, 0);

function toComplex(v: Value): Complex {
  if (v instanceof Complex) return v;
  if (v instanceof r.PyComplexObject) return v.value;
  const made = r.callSpecial(v, "__complex__");
  if (made instanceof Complex) return made;
  return new Complex(toDouble(v), 0);
}

const finite = (z: Complex) => Number.isFinite(z.re) && Number.isFinite(z.im);

function exp(z: Complex): Complex {
  // A real factor split in two keeps exp from overflowing before cos and sin bring it back.
  const big = z.re > 709;
  const size = Math.exp(big ? z.re - 1 : z.re), scale = big ? Math.E : 1;
  const re = size * Math.cos(z.im) * scale;
  const im = z.im === 0 ? z.im : size * Math.sin(z.im) * scale;
  return new Complex(re, im);
}

function log(z: Complex): Complex {
  if (z.re === 0 && z.im === 0) throw r.valueError("math domain error");
  const a = Math.max(Math.abs(z.re), Math.abs(z.im)), b = Math.min(Math.abs(z.re), Math.abs(z.im));
  const h = hypot(a, b);
  // Near the unit circle the logarithm of the length loses digits; its square less one does not.
  const re = h > 0.71 && h < 1.73 ? Math.log1p((a - 1) * (a + 1) + b * b) / 2 : Math.log(h);
  return new Complex(re, Math.atan2(z.im, z.re));
}

function sqrt(z: Complex): Complex {
  if (z.re === 0 && z.im === 0) return new Complex(0, z.im);
  const ax = Math.abs(z.re) / 8, ay = Math.abs(z.im);
  const s = 2 * Math.sqrt(ax + hypot(ax, ay / 8));
  const d = ay / (2 * s);
  const sign = z.im < 0 || Object.is(z.im, -0) ? -1 : 1;
  return z.re >= 0 ? new Complex(s, sign * d) : new Complex(d, sign * s);
}

const cosh = (z: Complex) => new Complex(Math.cos(z.im) * Math.cosh(z.re), Math.sin(z.im) * Math.sinh(z.re));
const sinh = (z: Complex) => new Complex(Math.cos(z.im) * Math.sinh(z.re), Math.sin(z.im) * Math.cosh(z.re));

function tanh(z: Complex): Complex {
  if (Math.abs(z.re) > 350) {
    return new Complex(Math.sign(z.re), 4 * Math.sin(z.im) * Math.cos(z.im) * Math.exp(-2 * Math.abs(z.re)));
  }
  const tx = Math.tanh(z.re), ty = Math.tan(z.im), cx = 1 / Math.cosh(z.re), t = tx * ty;
  const denominator = 1 + t * t;
  return new Complex(tx * (1 + ty * ty) / denominator, (ty / denominator) * cx * cx);
}

/** i*z and -i*z, which turn the circular functions into the hyperbolic ones. */
const turn = (z: Complex) => new Complex(-z.im, z.re);
const back = (z: Complex) => new Complex(z.im, -z.re);

function acos(z: Complex): Complex {
  const a = sqrt(new Complex(1 - z.re, -z.im)), b = sqrt(complexAdd(ONE, z));
  return new Complex(2 * Math.atan2(a.re, b.re), Math.asinh(b.re * a.im - b.im * a.re));
}

function acosh(z: Complex): Complex {
  const a = sqrt(complexSub(z, ONE)), b = sqrt(complexAdd(z, ONE));
  return new Complex(Math.asinh(a.re * b.re + a.im * b.im), 2 * Math.atan2(a.im, b.re));
}

function asinh(z: Complex): Complex {
  const a = sqrt(new Complex(1 + z.im, -z.re)), b = sqrt(new Complex(1 - z.im, z.re));
  return new Complex(
    Math.asinh(a.re * b.im - b.re * a.im),
    Math.atan2(z.im, a.re * b.re - a.im * b.im),
  );
}

function atanh(z: Complex): Complex {
  if (z.re < 0 || Object.is(z.re, -0)) {
    const w = atanh(new Complex(-z.re, -z.im));
    return new Complex(-w.re, -w.im);
  }
  const ay = Math.abs(z.im);
  if (z.re === 1 && ay === 0) throw r.valueError("math domain error");
  const re = Math.log1p(4 * z.re / ((1 - z.re) * (1 - z.re) + ay * ay)) / 4;
  return new Complex(re, Math.atan2(2 * z.im, (1 - z.re) * (1 + z.re) - ay * ay) / 2);
}

function complex(name: string, f: (z: Complex) => Complex): Value {
  return fn(name, "z, /", (v: Value) => {
    const z = toComplex(v), w = f(z);
    if (finite(z) && !finite(w)) {
      throw Number.isNaN(w.re) || Number.isNaN(w.im)
        ? r.valueError("math domain error")
        : r.raise(r.OverflowErrorType, "math range error");
    }
    return w;
  });
}

registerModule("cmath", () =>
  moduleOf("cmath", {
    pi: new Float(Math.PI),
    e: new Float(Math.E),
    tau: new Float(2 * Math.PI),
    inf: new Float(Infinity),
    nan: new Float(NaN),
    infj: new Complex(0, Infinity),
    nanj: new Complex(0, NaN),
    exp: complex("exp", exp),
    sqrt: complex("sqrt", sqrt),
    sin: complex("sin", (z) => back(sinh(turn(z)))),
    cos: complex("cos", (z) => cosh(turn(z))),
    tan: complex("tan", (z) => back(tanh(turn(z)))),
    sinh: complex("sinh", sinh),
    cosh: complex("cosh", cosh),
    tanh: complex("tanh", tanh),
    asin: complex("asin", (z) => back(asinh(turn(z)))),
    acos: complex("acos", acos),
    atan: complex("atan", (z) => back(atanh(turn(z)))),
    asinh: complex("asinh", asinh),
    acosh: complex("acosh", acosh),
    atanh: complex("atanh", atanh),
    log: fn("log", "z, base=None, /", (v: Value, base?: Value) => {
      const w = log(toComplex(v));
      return base === undefined ? w : complexDiv(w, log(toComplex(base)));
    }),
    log10: fn("log10", "z, /", (v: Value) => {
      const w = log(toComplex(v));
      return complexMul(w, new Complex(1 / Math.LN10, 0));
    }),
    phase: fn("phase", "z, /", (v: Value) => {
      const z = toComplex(v);
      return new Float(Math.atan2(z.im, z.re));
    }),
    polar: fn("polar", "z, /", (v: Value) => {
      const z = toComplex(v);
      return new r.PyTuple([new Float(hypot(z.re, z.im)), new Float(Math.atan2(z.im, z.re))]);
    }),
    rect: fn("rect", "r, phi, /", (length: Value, angle: Value) => {
      const a = toDouble(length), phi = toDouble(angle);
      return new Complex(a * Math.cos(phi), phi === 0 ? a * phi : a * Math.sin(phi));
    }),
    isnan: fn("isnan", "z, /", (v: Value) => {
      const z = toComplex(v);
      return Number.isNaN(z.re) || Number.isNaN(z.im);
    }),
    isinf: fn("isinf", "z, /", (v: Value) => {
      const z = toComplex(v);
      return Math.abs(z.re) === Infinity || Math.abs(z.im) === Infinity;
    }),
    isfinite: fn("isfinite", "z, /", (v: Value) => finite(toComplex(v))),
    isclose: fn(
      "isclose",
      "a, b, *, rel_tol=1e-09, abs_tol=0.0",
      (a: Value, b: Value, rel?: Value, abs?: Value) => {
        const x = toComplex(a), y = toComplex(b);
        const relative = rel === undefined ? 1e-9 : toDouble(rel),
          absolute = abs === undefined ? 0 : toDouble(abs);
        if (relative < 0 || absolute < 0) throw r.valueError("tolerances must be non-negative");
        if (x.re === y.re && x.im === y.im) return true;
        if (!finite(x) || !finite(y)) return false;
        const difference = hypot(x.re - y.re, x.im - y.im);
        return difference <= relative * hypot(y.re, y.im) || difference <= relative * hypot(x.re, x.im) ||
          difference <= absolute;
      },
    ),
  }));
