/** Resizing: nearest, linear and cubic interpolation over one to three dimensions, also antialiased. */
import { check } from "../../core/errors.ts";
import type { Tensor } from "../../core/tensor.ts";
import { type Declaration, type Family, op } from "../declaration.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { numelOf } from "../reference/dims.ts";

export type Kind = "nearest" | "exact" | "linear" | "cubic" | "linear_aa" | "cubic_aa";

/** Source positions and weights of every output position along one dimension. */
type Taps = readonly { readonly at: readonly number[]; readonly weight: readonly number[] }[];

/** Keys' cubic: `a` is -0.75 in PyTorch, -0.5 when antialiased. */
function cubic(x: number, a: number): number {
  x = Math.abs(x);
  if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? a * (((x - 5) * x + 8) * x - 4) : 0;
}

export function taps(kind: Kind, n: number, out: number, align: boolean, factor: number | null): Taps {
  const ratio = factor !== null && factor > 0 ? 1 / factor : n / out;
  const step = align ? (out > 1 ? (n - 1) / (out - 1) : 0) : ratio;
  const clamp = (i: number) => Math.min(Math.max(i, 0), n - 1);
  return Array.from({ length: out }, (_, i) => {
    switch (kind) {
      case "nearest":
        return { at: [Math.min(Math.floor(Math.fround(i * Math.fround(ratio))), n - 1)], weight: [1] };
      case "exact":
        return {
          at: [Math.min(Math.floor(Math.fround((i + 0.5) * Math.fround(ratio))), n - 1)],
          weight: [1],
        };
      case "linear": {
        const src = align ? i * step : Math.max((i + 0.5) * step - 0.5, 0);
        const from = Math.min(Math.floor(src), n - 1), w = Math.min(Math.max(src - from, 0), 1);
        return { at: [from, Math.min(from + 1, n - 1)], weight: [1 - w, w] };
      }
      case "cubic": {
        const src = align ? i * step : (i + 0.5) * step - 0.5, from = Math.floor(src), w = src - from;
        return {
          at: [-1, 0, 1, 2].map((k) => clamp(from + k)),
          weight: [w + 1, w, 1 - w, 2 - w].map((d) => cubic(d, -0.75)),
        };
      }
      default:
        return antialiased(kind === "linear_aa", i, n, step);
    }
  });
}

function antialiased(isLinear: boolean, i: number, n: number, step: number) {
  const support = (isLinear ? 1 : 2) * Math.max(step, 1), stretch = Math.max(step, 1);
  const center = step * (i + 0.5), from = Math.max(Math.trunc(center - support + 0.5), 0);
  const to = Math.min(Math.trunc(center + support + 0.5), n), at: number[] = [], weight: number[] = [];
  for (let j = from; j < to; j++) {
    const d = (j - center + 0.5) / stretch;
    at.push(j);
    weight.push(isLinear ? Math.max(0, 1 - Math.abs(d)) : cubic(d, -0.5));
  }
  const sum = weight.reduce((a, b) => a + b, 0);
  return { at, weight: weight.map((w) => sum ? w / sum : w) };
}

/** Operators and how they weigh elements. */
export const UPSAMPLING: Readonly<Record<string, Kind>> = {
  upsample_nearest1d: "nearest",
  upsample_nearest2d: "nearest",
  upsample_nearest3d: "nearest",
  _upsample_nearest_exact1d: "exact",
  _upsample_nearest_exact2d: "exact",
  _upsample_nearest_exact3d: "exact",
  upsample_linear1d: "linear",
  upsample_bilinear2d: "linear",
  upsample_trilinear3d: "linear",
  upsample_bicubic2d: "cubic",
  _upsample_bilinear2d_aa: "linear_aa",
  _upsample_bicubic2d_aa: "cubic_aa",
};

export function checkResize(x: Tensor, output: readonly number[]): void {
  const dims = output.length;
  check(
    x.dim === dims + 2,
    () => `It is expected input_size equals to ${dims + 2}, but got size ${x.dim}`,
  );
  check(
    output.every((s) => s > 0) && x.sizes.slice(2).every((s) => s > 0),
    () =>
      `Input and output sizes should be greater than 0, but got input (${
        x.sizes.slice(2).map((s, i) => `${"DHW".slice(-dims)[i]}: ${s}`).join(", ")
      }) output (${output.map((s, i) => `${"DHW".slice(-dims)[i]}: ${s}`).join(", ")})`,
  );
}

/** Resamples one dimension after another. */
function resize(
  x: Tensor,
  kind: Kind,
  output: readonly number[],
  align: boolean,
  factors: readonly (number | null)[],
): Tensor {
  checkResize(x, output);
  const dims = output.length, sizes = x.sizes.slice();
  let v: ArrayLike<number> = numbers(x);
  for (let d = dims - 1; d >= 0; d--) {
    const dim = d + 2, n = sizes[dim], table = taps(kind, n, output[d], align, factors[d] ?? null);
    const inner = numelOf(sizes.slice(dim + 1)), outer = numelOf(sizes.slice(0, dim));
    const next = new Float64Array(outer * output[d] * inner);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < output[d]; i++) {
        const { at, weight } = table[i], to = (o * output[d] + i) * inner;
        for (let k = 0; k < at.length; k++) {
          const from = (o * n + at[k]) * inner, w = weight[k];
          for (let j = 0; j < inner; j++) next[to + j] += v[from + j] * w;
        }
      }
    }
    sizes[dim] = output[d];
    v = next;
  }
  return fromNumbers(v instanceof Float64Array ? v : Float64Array.from(v), sizes, x.scalarType);
}

/** The output sizes of the `.vec` forms: given, or the input's times the factors. */
export function outputOf(x: Tensor, output: number[] | null, factors: number[] | null): number[] {
  check(
    (output === null) !== (factors === null),
    "Must specify exactly one of output_size and scale_factors",
  );
  if (output) return output;
  check(factors!.length === x.dim - 2, () => `expected ${x.dim - 2} scale factors, got ${factors!.length}`);
  return factors!.map((f, i) => Math.trunc(x.sizes[i + 2] * f));
}

function both(name: string, doc: string, kind: Kind): Record<string, Declaration> {
  const align = kind !== "nearest" && kind !== "exact";
  return {
    [`aten::${name}`]: align
      ? op(
        doc,
        (x: Tensor, size: number[], a: boolean, ...f: (number | null)[]) => resize(x, kind, size, a, f),
      )
      : op(doc, (x: Tensor, size: number[], ...f: (number | null)[]) => resize(x, kind, size, false, f)),
    [`aten::${name}.vec`]: align
      ? op(
        doc,
        (x: Tensor, size: number[] | null, a: boolean, f: number[] | null) =>
          resize(x, kind, outputOf(x, size, f), a, f ?? []),
      )
      : op(
        doc,
        (x: Tensor, size: number[] | null, f: number[] | null) =>
          resize(x, kind, outputOf(x, size, f), false, f ?? []),
      ),
  };
}

export const upsampling: Family = {
  ...both("upsample_nearest1d", "Resizes to the nearest elements.", "nearest"),
  ...both("upsample_nearest2d", "Resizes to the nearest elements.", "nearest"),
  ...both("upsample_nearest3d", "Resizes to the nearest elements.", "nearest"),
  ...both("_upsample_nearest_exact1d", "Resizes to the elements nearest to the centres.", "exact"),
  ...both("_upsample_nearest_exact2d", "Resizes to the elements nearest to the centres.", "exact"),
  ...both("_upsample_nearest_exact3d", "Resizes to the elements nearest to the centres.", "exact"),
  ...both("upsample_linear1d", "Resizes by linear interpolation.", "linear"),
  ...both("upsample_bilinear2d", "Resizes by bilinear interpolation.", "linear"),
  ...both("upsample_trilinear3d", "Resizes by trilinear interpolation.", "linear"),
  ...both("upsample_bicubic2d", "Resizes by bicubic interpolation.", "cubic"),
  ...both("_upsample_bilinear2d_aa", "Resizes by bilinear interpolation, antialiased.", "linear_aa"),
  ...both("_upsample_bicubic2d_aa", "Resizes by bicubic interpolation, antialiased.", "cubic_aa"),
};
