/** Rearranging and sampling images: pixel and channel shuffles, grids, sliding blocks. */
import { check } from "../../core/errors.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { type Family, op } from "../declaration.ts";
import { fromNumbers, numbers } from "../reference/dense.ts";
import { cloneTensor } from "./memory.ts";
import { copyOf } from "../reference/copy.ts";
import { permute, reshape, viewAs } from "./view.ts";

function pixelShuffle(x: Tensor, r: number): Tensor {
  check(
    x.dim >= 3,
    () =>
      `pixel_shuffle expects input to have at least 3 dimensions, but got input with ${x.dim} dimension(s)`,
  );
  check(r > 0, () => `pixel_shuffle expects a positive upscale_factor, but got ${r}`);
  const lead = x.sizes.slice(0, -3), [c, h, w] = x.sizes.slice(-3), n = lead.length;
  check(
    c % (r * r) === 0,
    () =>
      `pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=${c} is not divisible by ${
        r * r
      }`,
  );
  const split = reshape(x, [...lead, c / (r * r), r, r, h, w]);
  const order = [...lead.map((_, i) => i), n, n + 3, n + 1, n + 4, n + 2];
  return viewAs(copyOf(permute(split, order)), [...lead, c / (r * r), h * r, w * r]);
}

function pixelUnshuffle(x: Tensor, r: number): Tensor {
  check(
    x.dim >= 3,
    () =>
      `pixel_unshuffle expects input to have at least 3 dimensions, but got input with ${x.dim} dimension(s)`,
  );
  check(r > 0, () => `pixel_unshuffle expects a positive downscale_factor, but got ${r}`);
  const lead = x.sizes.slice(0, -3), [c, h, w] = x.sizes.slice(-3), n = lead.length;
  check(
    h % r === 0,
    () =>
      `pixel_unshuffle expects height to be divisible by downscale_factor, but input.size(-2)=${h} is not divisible by ${r}`,
  );
  check(
    w % r === 0,
    () =>
      `pixel_unshuffle expects width to be divisible by downscale_factor, but input.size(-1)=${w} is not divisible by ${r}`,
  );
  const split = reshape(x, [...lead, c, h / r, r, w / r, r]);
  const order = [...lead.map((_, i) => i), n, n + 2, n + 4, n + 1, n + 3];
  return viewAs(copyOf(permute(split, order)), [...lead, c * r * r, h / r, w / r]);
}

function channelShuffle(x: Tensor, groups: number): Tensor {
  check(
    x.dim > 2,
    () => `channel_shuffle expects input with > 2 dims, but got input with sizes [${x.sizes.join(", ")}]`,
  );
  const [n, c, ...space] = x.sizes;
  check(
    groups > 0,
    () => `Number of groups to divide channels in must be positive. Value of groups:${groups}`,
  );
  check(
    c % groups === 0,
    () => `Number of channels must be divisible by groups. Got ${c} channels and ${groups} groups.`,
  );
  const split = reshape(x, [n, groups, c / groups, numelOf(space)]);
  return reshape(cloneTensor(permute(split, [0, 2, 1, 3]), 0), x.sizes);
}

// PyTorch's numbers; interpolation 0 is bilinear, padding 2 reflection.
const NEAREST = 1, BICUBIC = 2, ZEROS = 0, BORDER = 1;

function mirror(v: number, lo: number, hi: number): number {
  if (lo === hi) return 0;
  const min = lo / 2,
    span = (hi - lo) / 2,
    x = Math.abs(v - min),
    extra = x % span,
    flips = Math.floor(x / span);
  return flips % 2 === 0 ? extra + min : span - extra + min;
}

/** Grid coordinate -1..1 as a position along n elements, outside handled as `padding` says. */
function unnormalize(v: number, n: number, align: boolean): number {
  return align ? (v + 1) / 2 * (n - 1) : ((v + 1) * n - 1) / 2;
}
function bounded(v: number, n: number, padding: number, align: boolean): number {
  if (padding === ZEROS) return v;
  if (padding !== BORDER) v = align ? mirror(v, 0, 2 * (n - 1)) : mirror(v, -1, 2 * n - 1);
  return v !== v ? 0 : Math.min(Math.max(v, 0), n - 1);
}

function cubicWeights(t: number): number[] {
  const a = -0.75,
    near = (x: number) => ((a + 2) * x - (a + 3)) * x * x + 1,
    far = (x: number) => a * (((x - 5) * x + 8) * x - 4);
  return [far(t + 1), near(t), near(1 - t), far(2 - t)];
}

/** input [N, C, (D,) H, W], grid [N, ..., 2 or 3] of x, y(, z) in -1..1. */
function gridSampler(input: Tensor, grid: Tensor, mode: number, padding: number, align: boolean): Tensor {
  const dims = input.dim - 2, [n, c] = input.sizes, space = input.sizes.slice(2);
  check(
    input.dim === grid.dim && (dims === 2 || dims === 3),
    () =>
      `grid_sampler(): expected 4D or 5D input and grid with same number of dimensions, but got input with sizes [${
        input.sizes.join(", ")
      }] and grid with sizes [${grid.sizes.join(", ")}]`,
  );
  check(
    grid.sizes[0] === n,
    () =>
      `grid_sampler(): expected grid and input to have same batch size, but got input with sizes [${
        input.sizes.join(", ")
      }] and grid with sizes [${grid.sizes.join(", ")}]`,
  );
  check(
    grid.sizes[grid.dim - 1] === dims,
    () =>
      `grid_sampler(): expected grid to have size ${dims} in last dimension, but got grid with sizes [${
        grid.sizes.join(", ")
      }]`,
  );
  check(!(dims === 3 && mode === BICUBIC), "grid_sampler(): bicubic interpolation only supports 4D input");
  const places = numelOf(grid.sizes.slice(1, -1)),
    area = numelOf(space),
    g = numbers(grid),
    v = numbers(input);
  const out = new Float64Array(n * c * places);
  for (let p = 0; p < n * places; p++) {
    // Along each dimension (outermost first): positions and weights to combine.
    const axes = space.map((size, d) => {
      const raw = unnormalize(g[p * dims + dims - 1 - d], size, align);
      if (mode === BICUBIC) {
        const from = Math.floor(raw), w = cubicWeights(raw - from);
        return w.map((weight, k) => [bounded(from - 1 + k, size, padding, align), weight] as const);
      }
      const at = bounded(raw, size, padding, align);
      if (mode === NEAREST) return [[roundEven(at), 1] as const];
      const from = Math.floor(at);
      return [[from, from + 1 - at] as const, [from + 1, at - from] as const];
    });
    let combos: [number, number][] = [[0, 1]];
    axes.forEach((axis, d) => {
      const next: [number, number][] = [];
      for (const [base, w] of combos) {
        for (const [i, k] of axis) if (i >= 0 && i < space[d]) next.push([base * space[d] + i, w * k]);
      }
      combos = next;
    });
    const b = Math.floor(p / places);
    for (let ch = 0; ch < c; ch++) {
      let sum = 0;
      for (const [i, w] of combos) sum += v[(b * c + ch) * area + i] * w;
      out[(b * c + ch) * places + p % places] = sum;
    }
  }
  return fromNumbers(out, [n, c, ...grid.sizes.slice(1, -1)], input.scalarType);
}

function roundEven(x: number): number {
  const r = Math.round(x);
  return Math.abs(x % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

/** theta [N, 2, 3] or [N, 3, 4]: a grid of the transformed coordinates of an image of `size`. */
function affineGrid(theta: Tensor, size: readonly number[], align: boolean): Tensor {
  check(
    size.length === 4 || size.length === 5,
    "AffineGridGenerator needs 4d (spatial) or 5d (volumetric) inputs.",
  );
  const dims = size.length - 2, space = size.slice(2), area = numelOf(space), t = numbers(theta);
  const out = new Float64Array(size[0] * area * dims), cols = dims + 1;
  for (let p = 0; p < size[0] * area; p++) {
    const at = new Array<number>(cols).fill(1);
    let rest = p % area;
    for (let d = dims - 1; d >= 0; d--) {
      const n = space[d], i = rest % n;
      rest = Math.floor(rest / n);
      at[dims - 1 - d] = align ? (n > 1 ? -1 + 2 * i / (n - 1) : 0) : (2 * i + 1) / n - 1;
    }
    for (let r = 0; r < dims; r++) {
      const row = (Math.floor(p / area) * dims + r) * cols;
      for (let k = 0; k < cols; k++) out[p * dims + r] += t[row + k] * at[k];
    }
  }
  return fromNumbers(out, [size[0], ...space, dims], theta.scalarType);
}

const pair = (v: readonly number[]) => v.length === 1 ? [v[0], v[0]] : [...v];

/** Calls `f(column element, image element)` for every element of the sliding blocks inside the image. */
function blocks(
  [h, w]: readonly number[],
  kernel: readonly number[],
  dilation: readonly number[],
  padding: readonly number[],
  stride: readonly number[],
  f: (row: number, column: number, at: number) => void,
): [rows: number, columns: number] {
  const count = [h, w].map((n, d) =>
    Math.floor((n + 2 * padding[d] - dilation[d] * (kernel[d] - 1) - 1) / stride[d]) + 1
  );
  for (let ky = 0; ky < kernel[0]; ky++) {
    for (let kx = 0; kx < kernel[1]; kx++) {
      for (let y = 0; y < count[0]; y++) {
        const sy = y * stride[0] - padding[0] + ky * dilation[0];
        for (let x = 0; x < count[1]; x++) {
          const sx = x * stride[1] - padding[1] + kx * dilation[1];
          if (sy >= 0 && sy < h && sx >= 0 && sx < w) f(ky * kernel[1] + kx, y * count[1] + x, sy * w + sx);
        }
      }
    }
  }
  return [count[0], count[1]];
}

function im2col(
  x: Tensor,
  kernelSize: number[],
  dilation: number[],
  padding: number[],
  stride: number[],
): Tensor {
  const kernel = pair(kernelSize), args = [kernel, pair(dilation), pair(padding), pair(stride)] as const;
  check(
    x.dim === 3 || x.dim === 4,
    () =>
      `Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: [${
        x.sizes.join(", ")
      }]`,
  );
  const batch = x.dim === 4 ? x.sizes[0] : 1, [c, h, w] = x.sizes.slice(-3), taps = kernel[0] * kernel[1];
  const [rows, cols] = blocks([h, w], ...args, () => {}), v = numbers(x), count = rows * cols;
  check(
    rows >= 1 && cols >= 1,
    () =>
      `Given input with spatial size (${h}, ${w}), kernel_size=(${kernel.join(", ")}), dilation=(${
        args[1].join(", ")
      }), padding=(${
        args[2].join(", ")
      }), calculated shape of the array of sliding blocks as (${rows}, ${cols}), but its components must be at least one.`,
  );
  const out = new Float64Array(batch * c * taps * count);
  blocks([h, w], ...args, (k, column, at) => {
    for (let p = 0; p < batch * c; p++) out[(p * taps + k) * count + column] = v[p * h * w + at];
  });
  const sizes = [c * taps, count];
  return fromNumbers(out, x.dim === 4 ? [batch, ...sizes] : sizes, x.scalarType);
}

function col2im(
  x: Tensor,
  output: number[],
  kernelSize: number[],
  dilation: number[],
  padding: number[],
  stride: number[],
): Tensor {
  const kernel = pair(kernelSize),
    space = pair(output),
    args = [kernel, pair(dilation), pair(padding), pair(stride)] as const;
  const taps = kernel[0] * kernel[1],
    batch = x.dim === 3 ? x.sizes[0] : 1,
    [planes, count] = x.sizes.slice(-2);
  check(
    planes % taps === 0,
    () =>
      `Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got input.size(1)=${planes} and kernel_size=(${
        kernel.join(", ")
      }).`,
  );
  const [rows, cols] = blocks(space, ...args, () => {});
  check(
    rows * cols === count,
    () =>
      `Given output_size=(${space.join(", ")}), kernel_size=(${kernel.join(", ")}), dilation=(${
        args[1].join(", ")
      }), padding=(${args[2].join(", ")}), stride=(${
        args[3].join(", ")
      }), expected size of input's dimension 2 to match the calculated number of sliding blocks ${rows} * ${cols} = ${
        rows * cols
      }, but got input.size(2)=${count}.`,
  );
  const c = planes / taps,
    area = space[0] * space[1],
    v = numbers(x),
    out = new Float64Array(batch * c * area);
  blocks(space, ...args, (k, column, at) => {
    for (let p = 0; p < batch * c; p++) out[p * area + at] += v[(p * taps + k) * count + column];
  });
  return fromNumbers(out, x.dim === 3 ? [batch, c, ...space] : [c, ...space], x.scalarType);
}

function maxUnpool(dims: number) {
  return (x: Tensor, indices: Tensor, output: number[]): Tensor => {
    const space = output.slice(0, dims), area = numelOf(space), from = numelOf(x.sizes.slice(-dims));
    const v = numbers(x),
      at = numbers(indices),
      planes = from ? v.length / from : 0,
      out = new Float64Array(planes * area);
    for (let i = 0; i < v.length; i++) {
      check(
        at[i] >= 0 && at[i] < area,
        () => `Found an invalid max index: ${at[i]} (output volumes are of size ${space.join("x")}`,
      );
      out[Math.floor(i / from) * area + at[i]] = v[i];
    }
    return fromNumbers(out, [...x.sizes.slice(0, -dims), ...space], x.scalarType);
  };
}

export const vision: Family = {
  "aten::pixel_shuffle": op("Channels as pixels of a larger image.", pixelShuffle),
  "aten::pixel_unshuffle": op("Pixels as channels of a smaller image.", pixelUnshuffle),
  "aten::channel_shuffle": op("Mixes groups of channels.", channelShuffle),
  "aten::native_channel_shuffle": op("Mixes groups of channels.", channelShuffle),
  "aten::grid_sampler": op("Samples an image at the places of a grid.", gridSampler),
  "aten::grid_sampler_2d": op("Samples an image at the places of a grid.", gridSampler),
  "aten::grid_sampler_3d": op("Samples a volume at the places of a grid.", gridSampler),
  "aten::affine_grid_generator": op("Grid of an affine transformation.", affineGrid),
  "aten::im2col": op("Sliding blocks as columns.", im2col),
  "aten::col2im": op("Sums of sliding blocks.", col2im),
  "aten::max_unpool2d": op("Maxima put back where they were.", maxUnpool(2)),
  "aten::max_unpool3d": op("Maxima put back where they were.", maxUnpool(3)),
};
