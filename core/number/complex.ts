/** Python's complex arithmetic, in CPython's order of operations so that the last digits agree. */
import { RuntimeFault } from "../errors.ts";
import { Complex } from "../scalar.ts";
import { hypot } from "./elementary.ts";

export function makeComplex(re: number, im: number): Complex {
  return new Complex(re, im);
}

export function complexAdd(a: Complex, b: Complex): Complex {
  return new Complex(a.re + b.re, a.im + b.im);
}

export function complexSub(a: Complex, b: Complex): Complex {
  return new Complex(a.re - b.re, a.im - b.im);
}

export function complexMul(a: Complex, b: Complex): Complex {
  return new Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
}

export function complexNeg(a: Complex): Complex {
  return new Complex(-a.re, -a.im);
}

/** Smith's method; ZeroDivisionError by 0j. */
export function complexDiv(a: Complex, b: Complex): Complex {
  const re = Math.abs(b.re), im = Math.abs(b.im);
  if (re >= im) {
    if (re === 0) throw new RuntimeFault("ZeroDivisionError", "complex division by zero");
    const ratio = b.im / b.re, denom = b.re + b.im * ratio;
    return new Complex((a.re + a.im * ratio) / denom, (a.im - a.re * ratio) / denom);
  }
  if (im >= re) {
    const ratio = b.re / b.im, denom = b.re * ratio + b.im;
    return new Complex((a.re * ratio + a.im) / denom, (a.im * ratio - a.re) / denom);
  }
  return new Complex(NaN, NaN);
}

/** |z|; OverflowError when finite parts give an infinite length. */
export function complexAbs(z: Complex): number {
  const r = hypot(z.re, z.im);
  if (r === Infinity && Number.isFinite(z.re) && Number.isFinite(z.im)) {
    throw new RuntimeFault("OverflowError", "absolute value too large");
  }
  return r;
}

function powUnsigned(z: Complex, n: number): Complex {
  let mask = 1, result = new Complex(1, 0), p = z;
  while (mask > 0 && n >= mask) {
    if (n & mask) result = complexMul(result, p);
    mask <<= 1;
    p = complexMul(p, p);
  }
  return result;
}

/** `a ** b`: repeated products for small whole exponents, polar form otherwise. */
export function complexPow(a: Complex, b: Complex): Complex {
  let r: Complex;
  if (b.im === 0 && b.re === Math.floor(b.re) && Math.abs(b.re) <= 100) {
    if (b.re < 0 && a.re === 0 && a.im === 0) throw zeroPower();
    r = b.re >= 0 ? powUnsigned(a, b.re) : complexDiv(new Complex(1, 0), powUnsigned(a, -b.re));
  } else if (b.re === 0 && b.im === 0) r = new Complex(1, 0);
  else if (a.re === 0 && a.im === 0) {
    if (b.im !== 0 || b.re < 0) throw zeroPower();
    r = new Complex(0, 0);
  } else {
    const size = hypot(a.re, a.im);
    let length = Math.pow(size, b.re);
    const angle = Math.atan2(a.im, a.re);
    let phase = angle * b.re;
    if (b.im !== 0) {
      length *= Math.exp(-angle * b.im);
      phase += b.im * Math.log(size);
    }
    r = new Complex(length * Math.cos(phase), length * Math.sin(phase));
  }
  const finite = Number.isFinite(a.re) && Number.isFinite(a.im) && Number.isFinite(b.re) &&
    Number.isFinite(b.im);
  if (finite && (Math.abs(r.re) === Infinity || Math.abs(r.im) === Infinity)) {
    throw new RuntimeFault("OverflowError", "complex exponentiation");
  }
  return r;
}

function zeroPower(): RuntimeFault {
  return new RuntimeFault("ZeroDivisionError", "0.0 to a negative or complex power");
}
