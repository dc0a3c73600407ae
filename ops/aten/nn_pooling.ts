/** Pooling: maxima and averages over windows, fixed and adaptive, in one to three dimensions. */
import { check } from "../../core/errors.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { emptyTensor } from "../reference/allocation.ts";
import { contiguous } from "../reference/copy.ts";
import { fromNumbers, numbers, numbersToLongs } from "../reference/dense.ts";
import { fromTypedArray } from "../reference/allocation.ts";
import {
  adaptiveAvgPool2d as wasmAdaptive,
  avgPool2d as wasmAvg,
  maxPool2d as wasmMax,
} from "../wasm/mod.ts";

interface Window {
  /** First and one past the last position along each dimension, of each output position. */
  readonly ranges: readonly (readonly (readonly [from: number, to: number, padded: number])[])[];
  readonly dilation: readonly number[];
}

function spread(v: readonly number[], n: number): number[] {
  return v.length === 1 ? new Array<number>(n).fill(v[0]) : [...v];
}

/** Output size of a pooling window, as PyTorch rounds it: with ceil_mode no window begins in the far padding. */
export function pooledSize(size: number, k: number, s: number, p: number, d: number, ceil: boolean): number {
  const span = size + 2 * p - d * (k - 1) - 1;
  let out = (ceil ? Math.ceil(span / s) : Math.floor(span / s)) + 1;
  if (ceil && (out - 1) * s >= size + p) out--;
  return out;
}

/** Applies `f` to the positions of every window of every plane. */
function windows(
  x: Tensor,
  dims: number,
  w: Window,
  f: (v: ArrayLike<number>, positions: number[], local: number[], out: number) => void,
): readonly number[] {
  const space = x.sizes.slice(-dims),
    outSpace = w.ranges.map((r) => r.length),
    area = numelOf(space),
    outArea = numelOf(outSpace);
  const v = numbers(x), planes = area ? v.length / area : 0;
  const at = new Array<number>(dims).fill(0);
  for (let o = 0; o < outArea; o++) {
    let rest = o;
    for (let d = dims - 1; d >= 0; d--) {
      at[d] = rest % outSpace[d];
      rest = Math.floor(rest / outSpace[d]);
    }
    let local = [0];
    for (let d = 0; d < dims; d++) {
      const [from, to] = w.ranges[d][at[d]], next: number[] = [];
      for (const base of local) {
        for (let i = from; i < to; i += w.dilation[d]) {
          if (i >= 0 && i < space[d]) next.push(base * space[d] + i);
        }
      }
      local = next;
    }
    for (let p = 0; p < planes; p++) f(v, local.map((i) => p * area + i), local, p * outArea + o);
  }
  return [...x.sizes.slice(0, -dims), ...outSpace];
}

export interface Pool {
  readonly name: string;
  readonly kernel: number[];
  readonly stride: number[];
  readonly padding: number[];
  readonly dilation: number[];
}

export function poolOf(
  name: string,
  x: Tensor,
  dims: number,
  kernel: number[],
  stride: number[],
  padding: number[],
  dilation: number[],
): Pool {
  const k = spread(kernel, dims);
  const p = {
    name,
    kernel: k,
    stride: stride.length ? spread(stride, dims) : k,
    padding: spread(padding, dims),
    dilation: spread(dilation, dims),
  };
  if (name === "max_pool1d") {
    for (
      const [what, v] of [["kernel_size", p.kernel], ["stride", p.stride], ["dilation", p.dilation]] as const
    ) {
      check(v[0] > 0, () => `max_pool1d() ${what} must be greater than zero, but got ${v[0]}`);
    }
    const seen = x.sizes.slice(x.dim === 3 ? 1 : 0);
    check(
      (x.dim === 2 || x.dim === 3) && !seen.includes(0),
      () =>
        `max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:[${
          x.sizes.join(", ")
        }]`,
    );
  }
  check(
    p.padding.every((v) => v >= 0) || name === "max_pool1d",
    () => `pad must be non-negative, but got pad: ${Math.min(...p.padding)}`,
  );
  check(
    x.dim === dims + 1 || x.dim === dims + 2,
    () =>
      `${name}: Expected ${dims + 1}D or ${dims + 2}D (batch mode) tensor expected for input, but got: [${
        x.sizes.join(", ")
      }]`,
  );
  check(
    p.padding.every((v, i) => v * 2 <= p.kernel[i]),
    () =>
      name === "max_pool1d"
        ? `max_pool1d() padding should be at most half of kernel size, but got padding=${
          p.padding[0]
        } and kernel_size=${p.kernel[0]}`
        : `pad should be at most half of effective kernel size, but got pad=${
          Math.max(...p.padding)
        }, kernel_size=${p.kernel[0]} and dilation=${p.dilation[0]}`,
  );
  return p;
}

function ranges(x: Tensor, dims: number, p: Pool, ceil: boolean): Window {
  const space = x.sizes.slice(-dims);
  const counts = space.map((s, d) =>
    pooledSize(s, p.kernel[d], p.stride[d], p.padding[d], p.dilation[d], ceil)
  );
  const bad = counts.find((n) => n < 1);
  check(bad === undefined, () => {
    if (dims === 1 && p.name === "max_pool1d") return `max_pool1d() Invalid computed output size: ${bad}`;
    return `Given input size: (${x.sizes.slice(-dims - 1).join("x")}). Calculated output size: (${
      [x.sizes[x.dim - dims - 1], ...counts].join("x")
    }). Output size is too small`;
  });
  const out = space.map((s, d) => {
    const n = counts[d];
    return Array.from({ length: n }, (_, i) => {
      const from = i * p.stride[d] - p.padding[d], to = from + (p.kernel[d] - 1) * p.dilation[d] + 1;
      return [from, to, Math.min(to, s + p.padding[d]) - from] as const;
    });
  });
  return { ranges: out, dilation: p.dilation };
}

function maxPool(dims: number, withIndices: boolean) {
  return (
    x: Tensor,
    kernel: number[],
    stride: number[],
    padding: number[],
    dilation: number[],
    ceil: boolean,
  ): Tensor | [Tensor, Tensor] => {
    const p = poolOf(`max_pool${dims}d`, x, dims, kernel, stride, padding, dilation),
      w = ranges(x, dims, p, ceil);
    const sizes = [...x.sizes.slice(0, -dims), ...w.ranges.map((r) => r.length)];
    if (dims === 2) {
      const out = emptyTensor(sizes, x.scalarType),
        index = withIndices ? emptyTensor(sizes, ScalarType.Long) : null;
      if (out.numel > 0 && wasmMax(out, contiguous(x), p, index)) return index ? [out, index] : out;
    }
    const best = new Float64Array(numelOf(sizes)), at = new Float64Array(best.length);
    windows(x, dims, w, (v, positions, local, o) => {
      let top = -Infinity, where = 0;
      positions.forEach((q, i) => {
        if (v[q] > top || Number.isNaN(v[q])) [top, where] = [v[q], i];
      });
      best[o] = top;
      at[o] = local[where];
    });
    const out = fromNumbers(best, sizes, x.scalarType);
    return withIndices ? [out, fromTypedArray(numbersToLongs(at), sizes, ScalarType.Long)] : out;
  };
}

function avgPool(dims: number) {
  return (
    x: Tensor,
    kernel: number[],
    stride: number[],
    padding: number[],
    ceil: boolean,
    countPad: boolean,
    divisor: number | null = null,
  ): Tensor => {
    const p = poolOf(`avg_pool${dims}d`, x, dims, kernel, stride, padding, [1]), w = ranges(x, dims, p, ceil);
    const sizes = [...x.sizes.slice(0, -dims), ...w.ranges.map((r) => r.length)];
    check(divisor !== 0, "divisor must be not zero");
    if (dims === 2) {
      const out = emptyTensor(sizes, x.scalarType);
      if (out.numel > 0 && wasmAvg(out, contiguous(x), { ...p, countIncludePad: countPad, divisor })) {
        return out;
      }
    }
    const out = new Float64Array(numelOf(sizes)), outSpace = sizes.slice(-dims);
    windows(x, dims, w, (v, positions, _local, o) => {
      let count = positions.length;
      if (countPad) {
        count = 1;
        for (let d = dims - 1, rest = o; d >= 0; rest = Math.floor(rest / outSpace[d--])) {
          count *= w.ranges[d][rest % outSpace[d]][2];
        }
      }
      let sum = 0;
      for (const q of positions) sum += v[q];
      out[o] = sum / (divisor ?? count);
    });
    return fromNumbers(out, sizes, x.scalarType);
  };
}

/** Windows that cover the input evenly, overlapping where sizes do not divide. */
function adaptiveWindow(kind: "avg" | "max", x: Tensor, dims: number, size: readonly number[]): Window {
  const space = x.sizes.slice(-dims);
  check(
    x.dim === dims + 1 || x.dim === dims + 2,
    () =>
      `adaptive_${kind}_pool${dims}d(): Expected ${dims + 1}D or ${dims + 2}D tensor, but got${
        kind === "max" ? ":" : ""
      } [${x.sizes.join(", ")}]`,
  );
  return {
    dilation: new Array(dims).fill(1),
    ranges: space.map((s, d) =>
      Array.from({ length: size[d] }, (_, i) => {
        const from = Math.floor(i * s / size[d]), to = Math.ceil((i + 1) * s / size[d]);
        return [from, to, to - from] as const;
      })
    ),
  };
}

function adaptiveAvg(dims: number) {
  return (x: Tensor, output: number[]): Tensor => {
    check(
      output.length === 1 || output.length === dims,
      `adaptive_avg_pool${dims}d: output_size must be ${dims}`,
    );
    check(
      output.every((n) => n >= 0),
      () =>
        `adaptive_avg_pool${dims}d: elements of output_size must be greater than or equal to 0 but received {${
          output.join(", ")
        }}`,
    );
    const size = spread(output, dims),
      w = adaptiveWindow("avg", x, dims, size),
      sizes = [...x.sizes.slice(0, -dims), ...size];
    if (dims === 2) {
      const out = emptyTensor(sizes, x.scalarType);
      if (out.numel > 0 && wasmAdaptive(out, contiguous(x))) return out;
    }
    const out = new Float64Array(numelOf(sizes));
    windows(x, dims, w, (v, positions, _l, o) => {
      for (const q of positions) out[o] += v[q] / positions.length;
    });
    return fromNumbers(out, sizes, x.scalarType);
  };
}

function adaptiveMax(dims: number) {
  return (x: Tensor, output: number[]): [Tensor, Tensor] => {
    check(
      output.length === 1 || output.length === dims,
      `adaptive_max_pool${dims}d(): internal error: output_size.size() must be ${dims}`,
    );
    const size = spread(output, dims), sizes = [...x.sizes.slice(0, -dims), ...size];
    check(
      size.every((n) => n >= 0),
      () => {
        const shown = dims === 1 ? [...x.sizes.slice(0, -1), 1, ...size] : sizes;
        return `Trying to create tensor with negative dimension ${size.find((n) => n < 0)}: [${
          shown.join(", ")
        }]`;
      },
    );
    const best = new Float64Array(numelOf(sizes)), at = new Float64Array(best.length);
    windows(x, dims, adaptiveWindow("max", x, dims, size), (v, positions, local, o) => {
      best[o] = -Infinity;
      positions.forEach((q, i) => {
        if (v[q] > best[o] || Number.isNaN(v[q])) [best[o], at[o]] = [v[q], local[i]];
      });
    });
    return [
      fromNumbers(best, sizes, x.scalarType),
      fromTypedArray(numbersToLongs(at), sizes, ScalarType.Long),
    ];
  };
}

export const pooling: Family = {
  "aten::max_pool1d": op("Maxima of windows.", maxPool(1, false)),
  "aten::max_pool1d_with_indices": op("Maxima of windows and where they are.", maxPool(1, true)),
  "aten::max_pool2d": op("Maxima of windows.", maxPool(2, false)),
  "aten::max_pool2d_with_indices": op("Maxima of windows and where they are.", maxPool(2, true)),
  "aten::max_pool3d": op("Maxima of windows.", maxPool(3, false)),
  "aten::max_pool3d_with_indices": op("Maxima of windows and where they are.", maxPool(3, true)),
  "aten::avg_pool1d": op("Averages of windows.", avgPool(1)),
  "aten::avg_pool2d": op("Averages of windows.", avgPool(2)),
  "aten::avg_pool3d": op("Averages of windows.", avgPool(3)),
  "aten::adaptive_avg_pool1d": op("Averages over windows that divide the input evenly.", adaptiveAvg(1)),
  "aten::_adaptive_avg_pool2d": op("Averages over windows that divide the input evenly.", adaptiveAvg(2)),
  "aten::_adaptive_avg_pool3d": op("Averages over windows that divide the input evenly.", adaptiveAvg(3)),
  "aten::adaptive_avg_pool2d": op("Averages over windows that divide the input evenly.", adaptiveAvg(2)),
  "aten::adaptive_avg_pool3d": op("Averages over windows that divide the input evenly.", adaptiveAvg(3)),
  "aten::adaptive_max_pool1d": op("Maxima over windows that divide the input evenly.", adaptiveMax(1)),
  "aten::adaptive_max_pool2d": op("Maxima over windows that divide the input evenly.", adaptiveMax(2)),
  "aten::adaptive_max_pool3d": op("Maxima over windows that divide the input evenly.", adaptiveMax(3)),
};
