/** Fourier transforms over one or more dimensions, of real and complex tensors, and their frequencies. */
import { check, NotImplemented } from "../../core/errors.ts";
import { ListValue } from "../../core/ivalue.ts";
import {
  isComplexType,
  isIntegralType,
  ScalarType,
  toComplexType,
  toRealValueType,
} from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { IntType } from "../../core/types.ts";
import { call } from "../dispatch.ts";
import { type Family, op } from "../declaration.ts";
import { getDefaultDtype } from "../reference/allocation.ts";
import { complexes, fromComplexes, fromNumbers } from "../reference/dense.ts";
import { wrapDim, wrapDims } from "../reference/dims.ts";
import { transform } from "../reference/fourier.ts";
import { typeName } from "../reference/promotion.ts";

/** Interleaved pairs of a shape, between transforms. */
interface Signal {
  readonly v: Float64Array;
  readonly sizes: readonly number[];
}

function read(t: Tensor): Signal {
  check(
    t.scalarType !== ScalarType.Half && t.scalarType !== ScalarType.BFloat16 &&
      t.scalarType !== ScalarType.ComplexHalf,
    () => `Unsupported dtype ${typeName(t.scalarType)}`,
  );
  return { v: Float64Array.from(complexes(t)), sizes: t.sizes };
}
/** The float type of the parts of the result. */
function partType(t: Tensor): ScalarType {
  return isIntegralType(t.scalarType, true) ? getDefaultDtype() : toRealValueType(t.scalarType);
}
function complexResult(s: Signal, t: Tensor): Tensor {
  return fromComplexes(s.v, s.sizes, toComplexType(partType(t)));
}
function realResult(s: Signal, t: Tensor): Tensor {
  const out = new Float64Array(s.v.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = s.v[2 * i];
  return fromNumbers(out, s.sizes, partType(t));
}

type Norm = string | null;

function scaleOf(norm: Norm, n: number, inverse: boolean): number {
  check(
    norm === null || norm === "forward" || norm === "backward" || norm === "ortho",
    () => `Invalid normalization mode: "${norm}"`,
  );
  if (norm === "ortho") return 1 / Math.sqrt(n);
  return (norm === "forward") !== inverse ? 1 / n : 1;
}

/** Applies `f` to every line along `d`, which it makes `length` long. */
function lines(s: Signal, d: number, length: number, f: (line: Float64Array) => Float64Array): Signal {
  const n = s.sizes[d] ?? 1, inner = numelOf(s.sizes.slice(d + 1)), outer = numelOf(s.sizes.slice(0, d));
  const out = new Float64Array(2 * outer * length * inner), line = new Float64Array(2 * n);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      for (let k = 0; k < n; k++) {
        const at = 2 * ((o * n + k) * inner + i);
        line[2 * k] = s.v[at];
        line[2 * k + 1] = s.v[at + 1];
      }
      const r = f(line);
      for (let k = 0; k < length; k++) {
        const at = 2 * ((o * length + k) * inner + i);
        out[at] = r[2 * k];
        out[at + 1] = r[2 * k + 1];
      }
    }
  }
  const sizes = s.sizes.length === 0 ? [length] : s.sizes.map((v, i) => i === d ? length : v);
  return { v: out, sizes };
}

/** The line cut or padded with zeros to n elements. */
function fitted(line: Float64Array, n: number): Float64Array {
  const out = new Float64Array(2 * n);
  out.set(line.subarray(0, Math.min(line.length, 2 * n)));
  return out;
}

function scaled(v: Float64Array, by: number): Float64Array {
  if (by !== 1) { for (let i = 0; i < v.length; i++) v[i] *= by; }
  return v;
}

function lengthOf(n: number): number {
  check(n >= 1, () => `Invalid number of data points (${n}) specified`);
  return n;
}

function full(s: Signal, d: number, n: number | null, norm: Norm, inverse: boolean): Signal {
  const length = lengthOf(n ?? s.sizes[d] ?? 1), by = scaleOf(norm, length, inverse);
  return lines(s, d, length, (line) => {
    const x = fitted(line, length);
    transform(x, inverse);
    return scaled(x, by);
  });
}

/** Half of a transform of real input, or (`inverse`) of the inverse one: n / 2 + 1 elements. */
function half(s: Signal, d: number, n: number | null, norm: Norm, inverse: boolean): Signal {
  const length = lengthOf(n ?? s.sizes[d] ?? 1),
    by = scaleOf(norm, length, inverse),
    kept = Math.floor(length / 2) + 1;
  return lines(s, d, kept, (line) => {
    const x = fitted(line, length);
    transform(x, inverse);
    return scaled(x.subarray(0, 2 * kept), by);
  });
}

/** From half of a Hermitian spectrum to n real elements. */
function fromHalf(s: Signal, d: number, n: number | null, norm: Norm, inverse: boolean): Signal {
  const length = lengthOf(n ?? 2 * ((s.sizes[d] ?? 1) - 1)),
    by = scaleOf(norm, length, inverse),
    kept = Math.floor(length / 2) + 1;
  return lines(s, d, length, (line) => {
    const h = fitted(line, kept), x = new Float64Array(2 * length);
    for (let k = 0; k < length; k++) {
      const mirrored = k >= kept, at = mirrored ? length - k : k;
      x[2 * k] = h[2 * at];
      // The elements that mirror themselves are real.
      x[2 * k + 1] = k === 0 || 2 * k === length ? 0 : mirrored ? -h[2 * at + 1] : h[2 * at + 1];
    }
    transform(x, inverse);
    return scaled(x, by);
  });
}

function single(t: Tensor, dim: number): number {
  return ofTransform(t, dim);
}

/** A dimension of a transform: a tensor without dimensions has none. */
function ofTransform(t: Tensor, dim: number): number {
  check(t.dim > 0, () => `Dimension specified as ${dim} but tensor has no dimensions`, "IndexError");
  return wrapDim(dim, t.dim);
}

/** Dimensions and lengths of transforms over several dimensions. */
function several(
  t: Tensor,
  s: number[] | null,
  dim: number[] | null,
): { dims: number[]; lengths: (number | null)[] } {
  if (s && dim) {
    check(s.length === dim.length, "When given, dim and shape arguments must have the same length");
  }
  check(
    !s || s.length <= t.dim,
    () => `Got shape with ${s!.length} values but input tensor only has ${t.dim} dimensions.`,
  );
  const dims = dim
    ? dim.map((d) => ofTransform(t, d))
    : s
    ? s.map((_, i) => t.dim - s.length + i)
    : t.sizes.map((_, i) => i);
  check(new Set(dims).size === dims.length, "FFT dims must be unique");
  return { dims, lengths: dims.map((_, i) => s && s[i] !== -1 ? s[i] : null) };
}

function manyFull(inverse: boolean) {
  return (t: Tensor, s: number[] | null, dim: number[] | null, norm: Norm): Tensor => {
    const { dims, lengths } = several(t, s, dim);
    return complexResult(dims.reduce((x, d, i) => full(x, d, lengths[i], norm, inverse), read(t)), t);
  };
}
function realOnly(name: string, t: Tensor): void {
  check(
    !isComplexType(t.scalarType),
    () => `${name} expects a real input tensor, but got ${typeName(t.scalarType)}`,
  );
}

function manyHalf(name: string, inverse: boolean) {
  return (t: Tensor, s: number[] | null, dim: number[] | null, norm: Norm): Tensor => {
    realOnly(name, t);
    const { dims, lengths } = several(t, s, dim), last = dims.length - 1;
    check(dims.length > 0, `${name} must transform at least one axis`);
    let x = half(read(t), dims[last], lengths[last], norm, inverse);
    for (let i = last - 1; i >= 0; i--) x = full(x, dims[i], lengths[i], norm, inverse);
    return complexResult(x, t);
  };
}
function manyFromHalf(name: string, inverse: boolean) {
  return (t: Tensor, s: number[] | null, dim: number[] | null, norm: Norm): Tensor => {
    const { dims, lengths } = several(t, s, dim), last = dims.length - 1;
    check(dims.length > 0, `${name} must transform at least one axis`);
    let x = read(t);
    for (let i = 0; i < last; i++) x = full(x, dims[i], lengths[i], norm, inverse);
    return realResult(fromHalf(x, dims[last], lengths[last], norm, inverse), t);
  };
}

type One = (t: Tensor, n: number | null, dim: number, norm: Norm) => Tensor;
const fft: One = (t, n, dim, norm) => complexResult(full(read(t), single(t, dim), n, norm, false), t);
const ifft: One = (t, n, dim, norm) => complexResult(full(read(t), single(t, dim), n, norm, true), t);
const rfft: One = (t, n, dim, norm) => {
  realOnly("rfft", t);
  return complexResult(half(read(t), single(t, dim), n, norm, false), t);
};
const ihfft: One = (t, n, dim, norm) => {
  realOnly("ihfft", t);
  return complexResult(half(read(t), single(t, dim), n, norm, true), t);
};
const irfft: One = (t, n, dim, norm) => realResult(fromHalf(read(t), single(t, dim), n, norm, true), t);
const hfft: One = (t, n, dim, norm) => realResult(fromHalf(read(t), single(t, dim), n, norm, false), t);

function shift(t: Tensor, dim: number[] | null, inverse: boolean): Tensor {
  const dims = wrapDims(dim, t.dim), by = dims.map((d) => Math.floor((t.sizes[d] + (inverse ? 1 : 0)) / 2));
  return call("aten::roll", t, new ListValue(IntType, by), new ListValue(IntType, dims)) as Tensor;
}

function frequencies(n: number, d: number, dtype: ScalarType | null, onlyHalf: boolean): Tensor {
  const t = dtype ?? getDefaultDtype(), count = onlyHalf ? Math.floor(n / 2) + 1 : n;
  const out = Float64Array.from(
    { length: count },
    (_, i) => (onlyHalf || i < Math.ceil(n / 2) ? i : i - n) / (n * d),
  );
  return fromNumbers(out, [count], t);
}

/** Transforms of overlapping windows: [..., frequencies, frames]. */
function stft(
  t: Tensor,
  size: number,
  hop: number | null,
  windowLength: number | null,
  window: Tensor | null,
  normalized: boolean,
  onesided: boolean | null,
  returnComplex: boolean | null,
): Tensor {
  const step = hop ?? Math.floor(size / 4), length = windowLength ?? size, batched = t.dim === 2;
  const complexInput = isComplexType(t.scalarType) || (window !== null && isComplexType(window.scalarType));
  if (returnComplex !== true && !complexInput) {
    check(
      returnComplex !== null,
      "stft requires the return_complex parameter be given for real inputs, and will further require that return_complex=True in a future PyTorch release.",
    );
  }
  check(t.dim === 1 || t.dim === 2, () => `stft(...): expected a 1D or 2D tensor`);
  const n = t.sizes[t.dim - 1], rows = batched ? t.sizes[0] : 1;
  check(size > 0 && size <= n, () => `stft(...): expected 0 < n_fft < ${n}, but got n_fft=${size}`);
  check(step > 0, () => `stft(...): expected hop_length > 0, but got hop_length=${step}`);
  check(
    length > 0 && length <= size,
    () => `stft(...): expected 0 < win_length <= n_fft, but got win_length=${length}`,
  );
  check(
    !window || (window.dim === 1 && window.numel === length),
    () =>
      `stft(...): expected a 1D window tensor of size equal to win_length=${length}, but got window with size [${
        window!.sizes.join(", ")
      }]`,
  );
  const one = onesided ?? !complexInput,
    bins = one ? Math.floor(size / 2) + 1 : size,
    frames = 1 + Math.floor((n - size) / step);
  const v = complexes(t), w = window && complexes(window), left = Math.floor((size - length) / 2);
  const out = new Float64Array(2 * rows * bins * frames),
    x = new Float64Array(2 * size),
    by = normalized ? 1 / Math.sqrt(size) : 1;
  for (let r = 0; r < rows; r++) {
    for (let f = 0; f < frames; f++) {
      for (let k = 0; k < size; k++) {
        const at = 2 * (r * n + f * step + k), j = k - left, inside = j >= 0 && j < length;
        const wr = inside ? (w ? w[2 * j] : 1) : 0, wi = inside && w ? w[2 * j + 1] : 0;
        x[2 * k] = v[at] * wr - v[at + 1] * wi;
        x[2 * k + 1] = v[at] * wi + v[at + 1] * wr;
      }
      transform(x, false);
      for (let b = 0; b < bins; b++) {
        const at = 2 * ((r * bins + b) * frames + f);
        out[at] = x[2 * b] * by;
        out[at + 1] = x[2 * b + 1] * by;
      }
    }
  }
  const result = fromComplexes(out, [...(batched ? [rows] : []), bins, frames], toComplexType(partType(t)));
  return returnComplex === false ? call("aten::view_as_real", result) as Tensor : result;
}

function stftCentered(
  t: Tensor,
  size: number,
  hop: number | null,
  length: number | null,
  window: Tensor | null,
  center: boolean,
  mode: string,
  normalized: boolean,
  onesided: boolean | null,
  returnComplex: boolean | null,
): Tensor {
  if (!center) return stft(t, size, hop, length, window, normalized, onesided, returnComplex);
  if (isComplexType(t.scalarType)) throw new NotImplemented("centered stft of complex signals");
  const by = Math.floor(size / 2),
    three = call("aten::unsqueeze", t.dim === 1 ? call("aten::unsqueeze", t, 0) : t, 0);
  const padded = call("aten::pad", three, new ListValue(IntType, [by, by]), mode, null) as Tensor;
  const flat = padded.asStrided(
    t.dim === 1 ? padded.sizes.slice(2) : padded.sizes.slice(1),
    t.dim === 1 ? padded.strides.slice(2) : padded.strides.slice(1),
  );
  return stft(flat, size, hop, length, window, normalized, onesided, returnComplex);
}

export const fourier: Family = {
  "aten::fft_fft": op("Fourier transform.", fft),
  "aten::fft_ifft": op("Inverse Fourier transform.", ifft),
  "aten::fft_rfft": op("Half of the transform of real input.", rfft),
  "aten::fft_irfft": op("Real output of half a spectrum.", irfft),
  "aten::fft_hfft": op("Transform of half a Hermitian signal.", hfft),
  "aten::fft_ihfft": op("Inverse of the Hermitian transform.", ihfft),
  "aten::fft_fft2": op("Transform over two dimensions.", manyFull(false)),
  "aten::fft_ifft2": op("Inverse transform over two dimensions.", manyFull(true)),
  "aten::fft_fftn": op("Transform over dimensions.", manyFull(false)),
  "aten::fft_ifftn": op("Inverse transform over dimensions.", manyFull(true)),
  "aten::fft_rfft2": op("Half of the transform of real input over two dimensions.", manyHalf("rfftn", false)),
  "aten::fft_rfftn": op("Half of the transform of real input over dimensions.", manyHalf("rfftn", false)),
  "aten::fft_irfft2": op("Real output of half a spectrum over two dimensions.", manyFromHalf("irfftn", true)),
  "aten::fft_irfftn": op("Real output of half a spectrum over dimensions.", manyFromHalf("irfftn", true)),
  "aten::fft_hfft2": op(
    "Transform of half a Hermitian signal over two dimensions.",
    manyFromHalf("hfftn", false),
  ),
  "aten::fft_hfftn": op(
    "Transform of half a Hermitian signal over dimensions.",
    manyFromHalf("hfftn", false),
  ),
  "aten::fft_ihfft2": op("Inverse of the Hermitian transform over two dimensions.", manyHalf("ihfftn", true)),
  "aten::fft_ihfftn": op("Inverse of the Hermitian transform over dimensions.", manyHalf("ihfftn", true)),
  "aten::fft_fftshift": op(
    "Moves frequency zero to the middle.",
    (t: Tensor, d: number[] | null) => shift(t, d, false),
  ),
  "aten::fft_ifftshift": op(
    "Moves frequency zero to the front.",
    (t: Tensor, d: number[] | null) => shift(t, d, true),
  ),
  "aten::fft_fftfreq": op(
    "Frequencies of a transform.",
    (n: number, d: number, t: ScalarType | null) => frequencies(n, d, t, false),
  ),
  "aten::fft_rfftfreq": op(
    "Frequencies of half a transform.",
    (n: number, d: number, t: ScalarType | null) => frequencies(n, d, t, true),
  ),
  "aten::stft": op("Transforms of overlapping windows.", stft),
  "aten::stft.center": op("Transforms of overlapping windows.", stftCentered),
};
