/** Operators as loops that index one element at a time, of any number of dimensions: what kernels are compared with. */
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { elements } from "./tensors.ts";

/** A result: row-major values. */
export interface Plain {
  readonly sizes: readonly number[];
  readonly values: readonly number[];
}

export interface Spatial {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

/** Calls `f` for each index in row-major order, with the same array each time. */
export function eachIndex(sizes: readonly number[], f: (at: readonly number[]) => void): void {
  const at = new Array<number>(sizes.length).fill(0), n = numelOf(sizes);
  for (let i = 0; i < n; i++) {
    f(at);
    for (let d = sizes.length - 1; d >= 0 && ++at[d] === sizes[d]; d--) at[d] = 0;
  }
}

/** Elements of a tensor by index. */
export function reader(t: Tensor): (at: readonly number[]) => number {
  const e = elements(t).map(Number);
  return (at) => e[at.reduce((flat, i, d) => flat * t.sizes[d] + i, 0)];
}

export function outputSize(size: number, kernel: number, o: Spatial, d: number): number {
  return Math.floor((size + 2 * o.padding[d] - o.dilation[d] * (kernel - 1) - 1) / o.stride[d]) + 1;
}

export function naiveConv(x: Tensor, w: Tensor, bias: Tensor | null, o: Spatial & { groups: number }): Plain {
  const [co, cg, ...kernel] = w.sizes, space = x.sizes.slice(2), per = co / o.groups;
  const sizes = [x.sizes[0], co, ...space.map((s, d) => outputSize(s, kernel[d], o, d))];
  const xs = reader(x), ws = reader(w), bs = bias && reader(bias), values: number[] = [];
  eachIndex(sizes, ([n, f, ...at]) => {
    let sum = bs ? bs([f]) : 0;
    eachIndex([cg, ...kernel], ([c, ...k]) => {
      const from = at.map((p, d) => p * o.stride[d] - o.padding[d] + k[d] * o.dilation[d]);
      if (from.some((p, d) => p < 0 || p >= space[d])) return;
      sum += xs([n, Math.floor(f / per) * cg + c, ...from]) * ws([f, c, ...k]);
    });
    values.push(sum);
  });
  return { sizes, values };
}

export function naiveConvTransposed(
  x: Tensor,
  w: Tensor,
  bias: Tensor | null,
  o: Spatial & { groups: number; outputPadding: readonly number[] },
): Plain {
  const [c, per, ...kernel] = w.sizes, space = x.sizes.slice(2), cg = c / o.groups, co = per * o.groups;
  const out = space.map((s, d) =>
    (s - 1) * o.stride[d] - 2 * o.padding[d] + o.dilation[d] * (kernel[d] - 1) + o.outputPadding[d] + 1
  );
  const sizes = [x.sizes[0], co, ...out], xs = reader(x), ws = reader(w), values: number[] = [];
  const flat = (at: readonly number[]) => at.reduce((f, i, d) => f * sizes[d] + i, 0);
  eachIndex(sizes, ([, f]) => values.push(bias ? reader(bias)([f]) : 0));
  eachIndex(x.sizes, ([n, q, ...at]) => {
    const v = xs([n, q, ...at]);
    eachIndex([per, ...kernel], ([f, ...k]) => {
      const to = at.map((p, d) => p * o.stride[d] - o.padding[d] + k[d] * o.dilation[d]);
      if (to.some((p, d) => p < 0 || p >= out[d])) return;
      values[flat([n, Math.floor(q / cg) * per + f, ...to])] += v * ws([q, f, ...k]);
    });
  });
  return { sizes, values };
}

/** One window of a pooling: values inside the image with their flat positions, and its cells with the padding. */
export interface Window {
  readonly values: readonly number[];
  readonly positions: readonly number[];
  readonly padded: number;
}

/** Windows over the last `kernel.length` dimensions of x; `counts` windows along each. */
export function naiveWindows(
  x: Tensor,
  kernel: readonly number[],
  o: Spatial,
  counts: readonly number[],
  f: (w: Window) => void,
): readonly number[] {
  const lead = x.dim - kernel.length, space = x.sizes.slice(lead), xs = reader(x);
  const sizes = [...x.sizes.slice(0, lead), ...counts];
  eachIndex(sizes, (index) => {
    const plane = index.slice(0, lead),
      at = index.slice(lead),
      values: number[] = [],
      positions: number[] = [];
    eachIndex(kernel, (k) => {
      const from = at.map((p, d) => p * o.stride[d] - o.padding[d] + k[d] * o.dilation[d]);
      if (from.some((p, d) => p < 0 || p >= space[d])) return;
      values.push(xs([...plane, ...from]));
      positions.push(from.reduce((flat, p, d) => flat * space[d] + p, 0));
    });
    const padded = at.reduce((cells, p, d) => {
      const start = p * o.stride[d] - o.padding[d];
      return cells * (Math.min(start + kernel[d], space[d] + o.padding[d]) - start);
    }, 1);
    f({ values, positions, padded });
  });
  return sizes;
}

/** a [.., m, k] times b [.., k, n], leading dimensions broadcast. */
export function naiveMatmul(a: Tensor, b: Tensor): Plain {
  const [m, k] = a.sizes.slice(-2), n = b.sizes[b.dim - 1];
  const lead = Math.max(a.dim, b.dim) - 2, as = reader(a), bs = reader(b), values: number[] = [];
  const batch = Array.from({ length: lead }, (_, d) => {
    const size = (t: Tensor) => t.sizes[d - lead + t.dim - 2] ?? 1;
    return size(a) === 1 ? size(b) : size(a);
  });
  const own = (t: Tensor, at: readonly number[]) =>
    at.slice(lead - (t.dim - 2)).map((i, d) => t.sizes[d] === 1 ? 0 : i);
  eachIndex([...batch, m, n], (index) => {
    const at = index.slice(0, lead), [i, j] = index.slice(lead);
    let sum = 0;
    for (let p = 0; p < k; p++) sum += as([...own(a, at), i, p]) * bs([...own(b, at), p, j]);
    values.push(sum);
  });
  return { sizes: [...batch, m, n], values };
}

/** Elements of x gathered by their position in the dimensions that are not in `dims`, in row-major order. */
export function naiveGroups(x: Tensor, dims: readonly number[]): number[][] {
  const kept = x.sizes.map((_s, d) => d).filter((d) => !dims.includes(d)),
    xs = reader(x),
    out: number[][] = [];
  eachIndex(kept.map((d) => x.sizes[d]), (at) => {
    const group: number[] = [];
    eachIndex(dims.map((d) => x.sizes[d]), (r) => {
      const index = new Array<number>(x.dim);
      kept.forEach((d, i) => index[d] = at[i]);
      dims.forEach((d, i) => index[d] = r[i]);
      group.push(xs(index));
    });
    out.push(group);
  });
  return out;
}
