/** Complex tensors as pairs of real ones, for operators that are linear in what may be complex. */
import { isComplexType, toComplexType, toRealValueType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { complexes, fromComplexes, fromNumbers, numbers } from "./dense.ts";

/** Real and imaginary part; the imaginary part of a real tensor is null. */
export function partsOf(t: Tensor): [re: Tensor, im: Tensor | null] {
  if (!isComplexType(t.scalarType)) return [t, null];
  const v = complexes(t), n = v.length / 2, re = new Float64Array(n), im = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    re[i] = v[2 * i];
    im[i] = v[2 * i + 1];
  }
  const real = toRealValueType(t.scalarType);
  return [fromNumbers(re, t.sizes, real), fromNumbers(im, t.sizes, real)];
}

export function fromParts(re: Tensor, im: Tensor): Tensor {
  const a = numbers(re), b = numbers(im), out = new Float64Array(2 * a.length);
  for (let i = 0; i < a.length; i++) {
    out[2 * i] = a[i];
    out[2 * i + 1] = b[i];
  }
  return fromComplexes(out, re.sizes, toComplexType(re.scalarType));
}

/** A real-linear `f` of a tensor that may be complex. */
export function linearly(t: Tensor, f: (t: Tensor) => Tensor): Tensor {
  const [re, im] = partsOf(t);
  return im === null ? f(re) : fromParts(f(re), f(im));
}

/** An `f` linear in each of two tensors that may be complex. */
export function bilinearly(a: Tensor, b: Tensor, f: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const [br, bi] = partsOf(b);
  if (bi === null) return linearly(a, (x) => f(x, br));
  const [ar, ai] = partsOf(a);
  if (ai === null) return fromParts(f(ar, br), f(ar, bi));
  return fromParts(combined(f(ar, br), f(ai, bi), -1), combined(f(ar, bi), f(ai, br), 1));
}
function combined(a: Tensor, b: Tensor, sign: number): Tensor {
  const x = numbers(a), y = numbers(b);
  return fromNumbers(Float64Array.from(x, (v: number, i: number) => v + sign * y[i]), a.sizes, a.scalarType);
}
