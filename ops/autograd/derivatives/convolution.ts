/** Derivatives of convolutions: convolutions themselves, so that they have derivatives too. */
import type { Tensor } from "../../../core/tensor.ts";
import { at, cat, narrow, sum, transpose } from "../calls.ts";
import type { Grad } from "../node.ts";
import { type JointFormula, jointRule, type Rules } from "../rules.ts";

type T = Tensor;
type Ints = readonly number[];

function convolution(
  x: T,
  w: T,
  stride: Ints,
  padding: Ints,
  dilation: Ints,
  transposed: boolean,
  extra: Ints,
  groups: number,
): T {
  return at(
    "convolution",
    x,
    w,
    null,
    [...stride],
    [...padding],
    [...dilation],
    transposed,
    [...extra],
    groups,
  );
}
const perDim = (v: Ints, n: number) => v.length === n ? v : new Array<number>(n).fill(v[0]);

/** The input's gradient of a plain convolution is a transposed one that reaches the input's sizes. */
function inputGrad(g: T, x: T, w: T, stride: Ints, padding: Ints, dilation: Ints, groups: number): T {
  const extra = stride.map((s, i) => {
    const least = (g.sizes[i + 2] - 1) * s - 2 * padding[i] + dilation[i] * (w.sizes[i + 2] - 1) + 1;
    return x.sizes[i + 2] - least;
  });
  return convolution(g, w, stride, padding, dilation, true, extra, groups);
}
/** The weight's gradient convolves the input with the output's gradient, batch and channels exchanged. */
function weightGrad(g: T, x: T, w: T, stride: Ints, padding: Ints, dilation: Ints, groups: number): T {
  const none = stride.map(() => 0);
  const one = (gs: T, xs: T) => {
    let out = convolution(
      transpose(xs, 0, 1),
      transpose(gs, 0, 1),
      dilation,
      padding,
      stride,
      false,
      none,
      1,
    );
    stride.forEach((_, i) => {
      if (out.sizes[i + 2] !== w.sizes[i + 2]) out = narrow(out, i + 2, 0, w.sizes[i + 2]);
    });
    return transpose(out, 0, 1);
  };
  if (groups === 1) return one(g, x);
  const outs = g.sizes[1] / groups, ins = x.sizes[1] / groups;
  return cat(
    Array.from({ length: groups }, (_, i) => one(narrow(g, 1, i * outs, outs), narrow(x, 1, i * ins, ins))),
    0,
  );
}

const grads: JointFormula = (
  g: T,
  wanted,
  x: T,
  w: T,
  strides: Ints,
  paddings: Ints,
  dilations: Ints,
  transposed: boolean,
  groups: number,
): Grad[] => {
  const n = x.dim - 2;
  const [stride, padding, dilation] = [strides, paddings, dilations].map((v) => perDim(v, n));
  const none = stride.map(() => 0);
  const dx = !wanted[0]
    ? null
    : transposed
    ? convolution(g, w, stride, padding, dilation, false, none, groups)
    : inputGrad(g, x, w, stride, padding, dilation, groups);
  const dw = !wanted[1]
    ? null
    : transposed
    ? weightGrad(x, g, w, stride, padding, dilation, groups)
    : weightGrad(g, x, w, stride, padding, dilation, groups);
  const db = wanted[2] ? sum(g, g.sizes.map((_, i) => i).filter((i) => i !== 1)) : null;
  return [dx, dw, db];
};

export const convolutions: Rules = {
  "convolution": jointRule(
    "input weight bias",
    "input weight stride padding dilation transposed groups",
    grads,
  ),
};
