/** Functions of complex numbers as C's library computes them, on [re, im] pairs. */
import type { C } from "./pointwise.ts";

export const cadd = (a: C, b: C): C => [a[0] + b[0], a[1] + b[1]];
export const csub = (a: C, b: C): C => [a[0] - b[0], a[1] - b[1]];
export const cmul = (a: C, b: C): C => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
export const cneg = (a: C): C => [-a[0], -a[1]];
export const conj = (a: C): C => [a[0], -a[1]];
export const cabs = (a: C): number => Math.hypot(a[0], a[1]);
export const cangle = (a: C): number => Math.atan2(a[1], a[0]);
export const ceq = (a: C, b: C): number => a[0] === b[0] && a[1] === b[1] ? 1 : 0;

/** Smith's division; by zero it gives infinities and NaN as C does. */
export function cdiv(a: C, b: C): C {
  if (Math.abs(b[0]) >= Math.abs(b[1])) {
    if (b[0] === 0 && b[1] === 0) return [a[0] / Math.abs(b[0]), a[1] / Math.abs(b[1])];
    const r = b[1] / b[0], d = b[0] + b[1] * r;
    return [(a[0] + a[1] * r) / d, (a[1] - a[0] * r) / d];
  }
  const r = b[0] / b[1], d = b[0] * r + b[1];
  return [(a[0] * r + a[1]) / d, (a[1] * r - a[0]) / d];
}
export function cexp(a: C): C {
  const e = Math.exp(a[0]);
  return a[1] === 0 ? [e, a[1]] : [e * Math.cos(a[1]), e * Math.sin(a[1])];
}
export function clog(a: C): C {
  return [Math.log(cabs(a)), cangle(a)];
}
export function csqrt(a: C): C {
  const [x, y] = a;
  if (x === 0 && y === 0) return [0, y];
  const m = Math.sqrt((Math.abs(x) + cabs(a)) / 2);
  if (x >= 0) return [m, y / (2 * m)];
  return [Math.abs(y) / (2 * m), y < 0 || Object.is(y, -0) ? -m : m];
}
export function cpow(a: C, b: C): C {
  if (b[0] === 0 && b[1] === 0) return [1, 0];
  if (a[0] === 0 && a[1] === 0) return [0, 0];
  if (b[1] === 0 && b[0] === 2) return cmul(a, a);
  return cexp(cmul(b, clog(a)));
}
export const csin = (a: C): C => [Math.sin(a[0]) * Math.cosh(a[1]), Math.cos(a[0]) * Math.sinh(a[1])];
export const ccos = (a: C): C => [Math.cos(a[0]) * Math.cosh(a[1]), -Math.sin(a[0]) * Math.sinh(a[1])];
export const csinh = (a: C): C => [Math.sinh(a[0]) * Math.cos(a[1]), Math.cosh(a[0]) * Math.sin(a[1])];
export const ccosh = (a: C): C => [Math.cosh(a[0]) * Math.cos(a[1]), Math.sinh(a[0]) * Math.sin(a[1])];
export const ctan = (a: C): C => cdiv(csin(a), ccos(a));
export const ctanh = (a: C): C => cdiv(csinh(a), ccosh(a));
const I: C = [0, 1];
export const casinh = (a: C): C => clog(cadd(a, csqrt(cadd(cmul(a, a), [1, 0]))));
export const cacosh = (a: C): C => clog(cadd(a, cmul(csqrt(cadd(a, [1, 0])), csqrt(csub(a, [1, 0])))));
export const catanh = (a: C): C => {
  const r = csub(clog(cadd([1, 0], a)), clog(csub([1, 0], a)));
  return [r[0] / 2, r[1] / 2];
};
export const casin = (a: C): C => cneg(cmul(I, casinh(cmul(I, a))));
export const catan = (a: C): C => cneg(cmul(I, catanh(cmul(I, a))));
export const cacos = (a: C): C => csub([Math.PI / 2, 0], casin(a));
export const csign = (a: C): C => {
  const m = cabs(a);
  return m === 0 ? [0, 0] : [a[0] / m, a[1] / m];
};
