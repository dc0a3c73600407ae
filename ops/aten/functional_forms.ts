/** Copies with a view written, reductions to a shape, and operators that return two of others' results. */
import { check } from "../../core/errors.ts";
import { ListValue } from "../../core/ivalue.ts";
import { Float } from "../../core/scalar.ts";
import { ScalarType, toRealValueType } from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { IntType } from "../../core/types.ts";
import { call } from "../dispatch.ts";
import { type Family, op, view } from "../declaration.ts";
import { newTensor } from "../reference/allocation.ts";
import { partsOf } from "../reference/complex_parts.ts";
import { copyInto, copyOf, sameSizes } from "../reference/copy.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { wrapDim } from "../reference/dims.ts";
import { full } from "../reference/fill.ts";
import * as random from "../random/mod.ts";
import { diagonal, select, slice } from "./view.ts";

/** A copy of self with `src` written to a view of it. */
function written(name: string, self: Tensor, src: Tensor, at: (t: Tensor) => Tensor): Tensor {
  const out = copyOf(self), part = at(out);
  check(
    sameSizes(part.sizes, src.sizes),
    () =>
      `expected src to have a size equal to the ${name} of self. src size = [${
        src.sizes.join(", ")
      }], ${name} size = [${part.sizes.join(", ")}]`,
  );
  copyInto(part, src);
  return out;
}

function sumToSize(self: Tensor, size: readonly number[]): Tensor {
  const lead = self.dim - size.length;
  check(
    lead >= 0 && size.every((s, i) => s === 1 || s === self.sizes[lead + i]),
    () => `size {[${size.join(", ")}]} is not expandable to size {[${self.sizes.join(", ")}]}.`,
  );
  const dims = self.sizes.map((_, i) => i).filter((i) =>
    i < lead || (size[i - lead] === 1 && self.sizes[i] !== 1)
  );
  if (dims.length === 0) return copyOf(self);
  const sum = call("aten::sum.dim_IntList", self, new ListValue(IntType, dims), true, null) as Tensor;
  return sum.asStrided(size.slice(), sum.strides.slice(lead));
}

function both(spread: "var" | "std") {
  const pair = (self: Tensor, dims: number[] | null, unbiased: boolean, keep: boolean) => {
    const d = dims && new ListValue(IntType, dims);
    return [
      call(`aten::${spread}.dim`, self, d, unbiased, keep) as Tensor,
      (d ? call("aten::mean.dim", self, d, keep, null) : call("aten::mean", self, null)) as Tensor,
    ];
  };
  return { all: (self: Tensor, unbiased: boolean) => pair(self, null, unbiased, false), dims: pair };
}

function nativeDropout(x: Tensor, p: number, train: boolean | null): Tensor[] {
  check(p >= 0 && p <= 1, () => `dropout probability has to be between 0 and 1, but got ${p}`);
  if (train === false) return [copyOf(x), full(x.sizes, true, ScalarType.Bool)];
  const mask = newTensor(x.sizes, ScalarType.Bool);
  if (x.numel > 0) random.bernoulliScalar_(mask, 1 - p);
  const scale = p === 1 ? 0 : 1 / (1 - p),
    v = numbers(x),
    kept = numbers(mask),
    out = new Float64Array(v.length);
  for (let i = 0; i < out.length; i++) out[i] = v[i] * kept[i] * scale;
  return [fromNumbers(out, x.sizes, x.scalarType), mask];
}

/** The norm of each slice along `dim`, all other dimensions kept at size 1. */
function normExceptDim(v: Tensor, pow: number, dim: number): Tensor {
  if (dim === -1) return call("aten::norm.Scalar", v, pow) as Tensor;
  const d = wrapDim(dim, v.dim), rest = v.sizes.map((_, i) => i).filter((i) => i !== d);
  if (rest.length === 0) return call("aten::abs", v) as Tensor;
  return call("aten::norm.ScalarOpt_dim", v, new Float(pow), new ListValue(IntType, rest), true) as Tensor;
}

/** Overlap-add of inverse transforms, divided by the sum of the squared windows. */
function istft(
  self: Tensor,
  size: number,
  hop: number | null,
  windowLength: number | null,
  window: Tensor | null,
  center: boolean,
  normalized: boolean,
  onesided: boolean | null,
  length: number | null,
  returnComplex: boolean,
): Tensor {
  check(!returnComplex, "istft(...): complex results need a two-sided spectrum and a complex window");
  const step = hop ?? Math.floor(size / 4), own = windowLength ?? size, frames = self.sizes[self.dim - 1];
  const bins = self.sizes[self.dim - 2], one = onesided ?? bins !== size;
  check(
    bins === (one ? Math.floor(size / 2) + 1 : size),
    () =>
      `istft(...): expected the frequency dimension (3rd to the last) of the input tensor to match n_fft ${
        one ? "/ 2 + 1 when onesided=True" : "when onesided=False"
      }, but got ${bins}`,
  );
  const key = one ? "aten::fft_irfft" : "aten::fft_ifft", dim = self.dim - 2;
  const lines = call(key, self, size, dim, normalized ? "ortho" : null) as Tensor,
    v = numbers(partsOf(lines)[0]);
  const rows = numelOf(self.sizes.slice(0, -2)),
    total = size + step * (frames - 1),
    left = Math.floor((size - own) / 2);
  const w = new Float64Array(size), given = window && numbers(window);
  for (let i = 0; i < own; i++) w[left + i] = given ? given[i] : 1;
  const start = center ? Math.floor(size / 2) : 0;
  const end = length !== null ? start + length : center ? total - Math.floor(size / 2) : total;
  const kept = end - start, out = new Float64Array(rows * kept), weight = new Float64Array(total);
  for (let f = 0; f < frames; f++) for (let k = 0; k < size; k++) weight[f * step + k] += w[k] * w[k];
  let least = Infinity;
  for (let i = start; i < Math.min(end, total); i++) least = Math.min(least, weight[i]);
  check(least > 1e-11, "window overlap add min: 1");
  for (let r = 0; r < rows; r++) {
    for (let f = 0; f < frames; f++) {
      for (let k = 0; k < size; k++) {
        const at = f * step + k;
        if (at >= start && at < end) {
          out[r * kept + at - start] += v[(r * size + k) * frames + f] * w[k] / weight[at];
        }
      }
    }
  }
  return fromNumbers(out, [...self.sizes.slice(0, -2), kept], toRealValueType(lines.scalarType));
}

const variance = both("var"), deviation = both("std");

export const functionalForms: Family = {
  "aten::select_scatter": op(
    "A copy with one slice replaced.",
    (t: Tensor, s: Tensor, d: number, i: number) => written("slice", t, s, (x) => select(x, d, i)),
  ),
  "aten::slice_scatter": op(
    "A copy with a range replaced.",
    (t: Tensor, s: Tensor, d: number, a: number | null, b: number | null, step: number) =>
      written("slice", t, s, (x) => slice(x, d, a, b, step)),
  ),
  "aten::diagonal_scatter": op(
    "A copy with a diagonal replaced.",
    (t: Tensor, s: Tensor, o: number, a: number, b: number) =>
      written("slice", t, s, (x) => diagonal(x, o, a, b)),
  ),
  "aten::as_strided_scatter": op(
    "A copy with a strided view replaced.",
    (t: Tensor, s: Tensor, size: number[], stride: number[], offset: number | null) =>
      written("slice", t, s, (x) => x.asStrided(size, stride, offset ?? t.storageOffset)),
  ),
  "aten::special_softmax": op(
    "e^x over its sum.",
    (t: Tensor, d: number, dtype: number | null) => call("aten::softmax.int", t, d, dtype) as Tensor,
  ),
  "aten::special_log_softmax": op(
    "log of softmax.",
    (t: Tensor, d: number, dtype: number | null) => call("aten::log_softmax.int", t, d, dtype) as Tensor,
  ),
  "aten::special_round": op(
    "Rounded to decimals, halves to even.",
    (t: Tensor, decimals: number) => call("aten::round.decimals", t, decimals) as Tensor,
  ),
  "aten::chalf": op(
    "As complex numbers of half precision.",
    (t: Tensor, format: number | null) =>
      call("aten::to.dtype", t, ScalarType.ComplexHalf, false, false, format) as Tensor,
  ),
  "aten::linalg_diagonal": view("The diagonal of matrices.", diagonal),
  "aten::sum_to_size": op("Sums what broadcasting would have repeated.", sumToSize),
  "aten::var_mean": op("Variance and mean.", variance.all),
  "aten::var_mean.dim": op("Variance and mean over dimensions.", variance.dims),
  "aten::std_mean": op("Standard deviation and mean.", deviation.all),
  "aten::std_mean.dim": op("Standard deviation and mean over dimensions.", deviation.dims),
  "aten::native_dropout": op("Dropout and its mask.", nativeDropout, ["random"]),
  "aten::norm_except_dim": op("Norms of slices.", normExceptDim),
  "aten::_shape_as_tensor": op(
    "Sizes as a tensor.",
    (t: Tensor) => fromNumbers([...t.sizes], [t.dim], ScalarType.Long),
  ),
  "aten::istft": op("Signal of its windowed transforms.", istft),
};
