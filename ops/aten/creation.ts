/** Operators that make tensors from sizes and numbers. */
import { CPU, type Device, META } from "../../core/device.ts";
import { check } from "../../core/errors.ts";
import { Complex, Float, isInt, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import {
  isComplexType,
  isFloatingType,
  isIntegralType,
  ScalarType,
  toComplexType,
} from "../../core/scalar_type.ts";
import { readElement } from "../../core/element.ts";
import { Tensor } from "../../core/tensor.ts";
import { type Declaration, type Family, op } from "../declaration.ts";
import { formatStrides, getDefaultDtype, newTensor } from "../reference/allocation.ts";
import { complexes, fromComplexes, fromNumbers, numbers } from "../reference/dense.ts";
import { fillTensor, full } from "../reference/fill.ts";
import { scalarDtype, typeName } from "../reference/promotion.ts";
import { positionsOf, takeAt } from "../reference/positions.ts";
import { copyStrides, usableDevice } from "./memory.ts";
import { broadcastTensors, reshape } from "./view.ts";

type Dtype = ScalarType | null;

function make(
  sizes: readonly number[],
  dtype: Dtype,
  device: Device | null,
  value: Scalar,
  strides?: readonly number[],
): Tensor {
  const d = usableDevice(device);
  const t = newTensor(sizes.map(Number), dtype ?? getDefaultDtype(), d, strides);
  return d === META || value === 0 ? t : fillTensor(t, value);
}
/** size, dtype, layout, device, pin_memory. */
const filled = (doc: string, value: Scalar): Declaration =>
  op(
    doc,
    (size: number[], dtype: Dtype, _l: unknown, device: Device | null) => make(size, dtype, device, value),
    ["any_device"],
  );
/** self, dtype, layout, device, pin_memory, memory_format. */
const filledLike = (doc: string, value: Scalar): Declaration =>
  op(
    doc,
    (self: Tensor, dtype: Dtype, _l: unknown, device: Device | null, _p: unknown, format: number | null) =>
      make(self.sizes, dtype ?? self.scalarType, device ?? self.device, value, copyStrides(self, format)),
    ["any_device"],
  );
/** self, size, dtype, layout, device, pin_memory. */
const filledNew = (doc: string, value: Scalar): Declaration =>
  op(
    doc,
    (self: Tensor, size: number[], dtype: Dtype, _l: unknown, device: Device | null) =>
      make(size, dtype ?? self.scalarType, device ?? self.device, value),
    ["any_device"],
  );

function fullDtype(value: Scalar, dtype: Dtype): ScalarType {
  if (dtype !== null) return dtype;
  const t = scalarDtype(value);
  return isComplexType(t) ? toComplexType(getDefaultDtype()) : isFloatingType(t) ? getDefaultDtype() : t;
}

function arange(start: Scalar, end: Scalar, step: Scalar, dtype: Dtype, device: Device | null): Tensor {
  const ints = [start, end, step].every((v) => isInt(v) || typeof v === "boolean");
  const t = dtype ?? (ints ? ScalarType.Long : getDefaultDtype());
  const a = scalarToNumber(start), b = scalarToNumber(end), s = scalarToNumber(step);
  check(s !== 0, "step must be nonzero");
  check(Number.isFinite(a) && Number.isFinite(b), () => `unsupported range: ${fl(a)} -> ${fl(b)}`);
  check((s > 0 && b >= a) || (s < 0 && b <= a), "upper bound and lower bound inconsistent with step sign");
  const n = Math.ceil(t === ScalarType.Long ? (Math.trunc(b) - Math.trunc(a)) / Math.trunc(s) : (b - a) / s);
  if (usableDevice(device) === META) return newTensor([n], t, META);
  const out = new Float64Array(n);
  // float32 results are start + step * i rounded once from float64 products, as PyTorch's loop does.
  for (let i = 0; i < n; i++) out[i] = a + s * i;
  return fromNumbers(out, [n], t);
}
function fl(x: number): string {
  return Number.isFinite(x) ? String(x) : x > 0 ? "inf" : x < 0 ? "-inf" : "nan";
}

function linspace(start: Scalar, end: Scalar, steps: number, dtype: Dtype): Tensor {
  check(steps >= 0, "number of steps must be non-negative");
  const complex = start instanceof Complex || end instanceof Complex;
  const t = dtype ?? (complex ? toComplexType(getDefaultDtype()) : getDefaultDtype());
  if (complex) return complexLinspace(start, end, steps, t);
  const a = scalarToNumber(start), b = scalarToNumber(end);
  const f32 = t !== ScalarType.Double;
  const r = f32 && isFloatingType(t) ? Math.fround : (x: number) => x;
  const ints = isIntegralType(t, false);
  const lo = ints ? Math.trunc(a) : r(a), hi = ints ? Math.trunc(b) : r(b);
  const step = steps > 1 ? (ints ? Math.fround((hi - lo) / (steps - 1)) : r((hi - lo) / (steps - 1))) : 0;
  const out = new Float64Array(steps), half = Math.floor(steps / 2);
  for (let i = 0; i < steps; i++) out[i] = i < half ? lo + step * i : hi - step * (steps - i - 1);
  if (steps === 1) out[0] = lo;
  return fromNumbers(ints ? out.map(Math.trunc) : out, [steps], t);
}
function complexLinspace(start: Scalar, end: Scalar, steps: number, t: ScalarType): Tensor {
  const pair = (v: Scalar) => v instanceof Complex ? v : new Complex(scalarToNumber(v), 0);
  const a = pair(start), b = pair(end), out = new Float64Array(2 * steps);
  for (let i = 0; i < steps; i++) {
    const w = steps > 1 ? i / (steps - 1) : 0;
    out[2 * i] = a.re + (b.re - a.re) * w;
    out[2 * i + 1] = a.im + (b.im - a.im) * w;
  }
  return fromComplexes(out, [steps], t);
}
function logspace(start: Scalar, end: Scalar, steps: number, base: number, dtype: Dtype): Tensor {
  const t = dtype ?? getDefaultDtype();
  const exponents = linspace(start, end, steps, ScalarType.Double);
  return fromNumbers(Float64Array.from(numbers(exponents), (x) => base ** x), [steps], t);
}

/** The number that a 0-dim tensor stands for in `linspace` and `logspace`. */
function endOf(name: string, v: Scalar | Tensor): Scalar {
  if (!(v instanceof Tensor)) return v;
  check(
    v.dim === 0,
    () =>
      `${name} only supports 0-dimensional start and end tensors, but got ${"start"} with ${v.dim} dimension(s).`,
  );
  return readElement(v, v.storageOffset);
}
function endsAsTensors(): Family {
  const out: Record<string, Declaration> = {};
  for (const ends of ["Tensor_Tensor", "Tensor_Scalar", "Scalar_Tensor"]) {
    out[`aten::linspace.${ends}`] = op(
      "steps values from start to end, evenly.",
      (a: Scalar | Tensor, b: Scalar | Tensor, n: number, t: Dtype) =>
        linspace(endOf("linspace", a), endOf("linspace", b), n, t),
    );
    out[`aten::logspace.${ends}`] = op(
      "base to the power of evenly spaced exponents.",
      (a: Scalar | Tensor, b: Scalar | Tensor, n: number, base: number, t: Dtype) =>
        logspace(endOf("logspace", a), endOf("logspace", b), n, base, t),
    );
  }
  return out;
}

function eye(n: number, m: number, dtype: Dtype): Tensor {
  check(n >= 0, () => `n must be greater or equal to 0, got ${n}`);
  check(m >= 0, () => `m must be greater or equal to 0, got ${m}`);
  const out = new Uint8Array(n * m);
  for (let i = 0; i < Math.min(n, m); i++) out[i * m + i] = 1;
  return fromNumbers(Float64Array.from(out), [n, m], dtype ?? getDefaultDtype());
}

/** Keeps the elements with `keep(row, column)`, zeroes the others. */
function triangle(self: Tensor, name: string, keep: (i: number, j: number) => boolean): Tensor {
  check(self.dim >= 2, `${name}: input tensor must have at least 2 dimensions`);
  const rows = self.sizes[self.dim - 2], cols = self.sizes[self.dim - 1];
  const out = takeAt(self, positionsOf(self), self.sizes);
  const data = out.data() as Float64Array, width = isComplexType(out.scalarType) ? 2 : 1;
  const zero = (out.scalarType === ScalarType.Long ? 0n : 0) as number;
  for (let k = 0, n = out.numel; k < n; k++) {
    if (!keep(Math.floor(k / cols) % rows, k % cols)) data.fill(zero, k * width, (k + 1) * width);
  }
  return out;
}
export const tril = (self: Tensor, k: number): Tensor => triangle(self, "tril", (i, j) => j - i <= k);
export const triu = (self: Tensor, k: number): Tensor => triangle(self, "triu", (i, j) => j - i >= k);

function triangleIndices(
  rows: number,
  cols: number,
  keep: (i: number, j: number) => boolean,
  dtype: Dtype,
): Tensor {
  const r: number[] = [], c: number[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      if (keep(i, j)) {
        r.push(i);
        c.push(j);
      }
    }
  }
  return fromNumbers([...r, ...c], [2, r.length], dtype ?? ScalarType.Long);
}

function meshgrid(tensors: readonly Tensor[], indexing: string): Tensor[] {
  check(tensors.length > 0, "meshgrid expects a non-empty TensorList");
  for (const t of tensors) {
    check(t.dim <= 1, () => `Expected 0D or 1D tensor in the tensor list but got: ${t.sizes.join(", ")}`);
  }
  check(
    indexing === "ij" || indexing === "xy",
    () => `torch.meshgrid: indexing must be one of "xy" or "ij", but received: ${indexing}`,
  );
  const swap = indexing === "xy" && tensors.length >= 2;
  const list = swap ? [tensors[1], tensors[0], ...tensors.slice(2)] : [...tensors];
  const grids = broadcastTensors(list.map((t, i) => reshape(t, list.map((_, j) => i === j ? t.numel : 1))));
  if (!swap) return grids;
  return [grids[1], grids[0], ...grids.slice(2)];
}

/** Windows: a cosine sum over n points, periodic ones over n + 1. */
function window(
  name: string,
  doc: string,
  f: (x: number, n: number) => number,
): Record<"plain" | "periodic", Declaration> {
  const build = (length: number, periodic: boolean, dtype: Dtype) => {
    check(
      length >= 0,
      () => `${name} requires non-negative window_length, got window_length=${length}`,
    );
    const n = periodic ? length : length - 1;
    const out = Float64Array.from({ length }, (_, i) => length === 1 ? 1 : f(i, n));
    return fromNumbers(out, [length], dtype ?? getDefaultDtype());
  };
  return {
    plain: op(doc, (n: number, dtype: Dtype) => build(n, true, dtype)),
    periodic: op(doc, (n: number, periodic: boolean, dtype: Dtype) => build(n, periodic, dtype)),
  };
}
const hann = window("hann_window", "Hann window.", (i, n) => 0.5 - 0.5 * Math.cos(2 * Math.PI * i / n));
const hamming = window(
  "hamming_window",
  "Hamming window.",
  (i, n) => 0.54 - 0.46 * Math.cos(2 * Math.PI * i / n),
);
const bartlett = window("bartlett_window", "Bartlett window.", (i, n) => 1 - Math.abs(2 * i / n - 1));
const blackman = window(
  "blackman_window",
  "Blackman window.",
  (i, n) => 0.42 - 0.5 * Math.cos(2 * Math.PI * i / n) + 0.08 * Math.cos(4 * Math.PI * i / n),
);

function vander(x: Tensor, n: number | null, increasing: boolean): Tensor {
  check(x.dim === 1, "x must be a one-dimensional tensor.");
  const cols = n ?? x.numel, v = numbers(x), out = new Float64Array(v.length * cols);
  for (let i = 0; i < v.length; i++) {
    for (let j = 0; j < cols; j++) out[i * cols + j] = v[i] ** (increasing ? j : cols - 1 - j);
  }
  return fromNumbers(
    out,
    [v.length, cols],
    isIntegralType(x.scalarType, true) ? ScalarType.Long : x.scalarType,
  );
}

function complexFrom(re: Tensor, im: Tensor, f: (a: number, b: number) => readonly [number, number]): Tensor {
  check(
    re.scalarType === im.scalarType,
    () =>
      `Expected object of scalar type ${typeName(re.scalarType)} but got scalar type ${
        typeName(im.scalarType)
      } for second argument`,
  );
  check(
    isFloatingType(re.scalarType),
    () =>
      `Expected both inputs to be Half, Float or Double tensors but got ${typeName(re.scalarType)} and ${
        typeName(im.scalarType)
      }`,
  );
  const [a, b] = broadcastTensors([re, im]);
  const x = numbers(a), y = numbers(b), out = new Float64Array(2 * x.length);
  for (let i = 0; i < x.length; i++) [out[2 * i], out[2 * i + 1]] = f(x[i], y[i]);
  return fromComplexes(out, a.sizes, toComplexType(re.scalarType));
}

export const creation: Family = {
  "aten::empty.memory_format": op(
    "Contents unspecified; zero here.",
    (size: number[], dtype: Dtype, _l: unknown, device: Device | null, _p: unknown, format: number | null) =>
      make(size, dtype, device, 0, format !== null && format >= 2 ? formatStrides(size, format) : undefined),
    ["any_device"],
  ),
  "aten::empty_strided": op(
    "Contents unspecified, strides as given.",
    (size: number[], stride: number[], dtype: Dtype, _l: unknown, device: Device | null) => {
      check(
        size.length === stride.length,
        () =>
          `dimensionality of sizes (${size.length}) must match dimensionality of strides (${stride.length})`,
      );
      const extent = size.includes(0) ? 0 : size.reduce((n, s, i) => n + (s - 1) * stride[i], 1);
      const t = newTensor([extent], dtype ?? getDefaultDtype(), usableDevice(device));
      t.sizes = size.slice();
      t.strides = stride.slice();
      return t;
    },
    ["any_device"],
  ),
  "aten::zeros": op("Zeros.", (size: number[], dtype: Dtype, _l: unknown, device: Device | null) => {
    check(size.every((s) => s >= 0), "zeros: Dimension size must be non-negative.");
    return make(size, dtype, device, 0);
  }, ["any_device"]),
  "aten::ones": filled("Ones.", 1),
  "aten::full": op(
    "One value.",
    (size: number[], value: Scalar, dtype: Dtype, _l: unknown, device: Device | null) =>
      make(size, fullDtype(value, dtype), device, value),
  ),
  "aten::empty_like": filledLike("Shape and dtype of self, contents unspecified.", 0),
  "aten::zeros_like": filledLike("Zeros in the shape of self.", 0),
  "aten::ones_like": filledLike("Ones in the shape of self.", 1),
  "aten::full_like": op(
    "One value in the shape of self.",
    (
      self: Tensor,
      value: Scalar,
      dtype: Dtype,
      _l: unknown,
      device: Device | null,
      _p: unknown,
      format: number | null,
    ) => make(self.sizes, dtype ?? self.scalarType, device ?? self.device, value, copyStrides(self, format)),
  ),
  "aten::new_empty": filledNew("dtype of self, contents unspecified.", 0),
  "aten::new_zeros": filledNew("Zeros with the dtype of self.", 0),
  "aten::new_ones": filledNew("Ones with the dtype of self.", 1),
  "aten::new_full": op(
    "One value with the dtype of self.",
    (self: Tensor, size: number[], value: Scalar, dtype: Dtype, _l: unknown, device: Device | null) =>
      make(size, dtype ?? self.scalarType, device ?? self.device, value),
  ),
  "aten::scalar_tensor": op(
    "A number as a 0-dim tensor.",
    (value: Scalar, dtype: Dtype) => full([], value, dtype ?? getDefaultDtype()),
  ),
  "aten::arange": op(
    "0, 1, ... below end.",
    (end: Scalar, dtype: Dtype, _l: unknown, device: Device | null) => arange(0, end, 1, dtype, device),
  ),
  "aten::arange.start": op(
    "start, start + 1, ... below end.",
    (start: Scalar, end: Scalar, dtype: Dtype, _l: unknown, device: Device | null) =>
      arange(start, end, 1, dtype, device),
  ),
  "aten::arange.start_step": op(
    "start, start + step, ... before end.",
    (start: Scalar, end: Scalar, step: Scalar, dtype: Dtype, _l: unknown, device: Device | null) =>
      arange(start, end, step, dtype, device),
  ),
  "aten::range": op(
    "start to end, both included.",
    (start: Scalar, end: Scalar, dtype: Dtype, _l: unknown, device: Device | null) =>
      rangeClosed(start, end, 1, dtype, device),
  ),
  "aten::range.step": op("start to end by step, both included.", rangeStep),
  "aten::linspace": op("steps values from start to end, evenly.", linspace),
  "aten::logspace": op("base to the power of evenly spaced exponents.", logspace),
  ...endsAsTensors(),
  "aten::eye": op("Identity matrix.", (n: number, dtype: Dtype) => eye(n, n, dtype)),
  "aten::eye.m": op(
    "Identity matrix of n rows and m columns.",
    (n: number, m: number, dtype: Dtype) => eye(n, m, dtype),
  ),
  "aten::tril": op("The lower triangle, zeros above.", tril),
  "aten::triu": op("The upper triangle, zeros below.", triu),
  "aten::tril_indices": op(
    "Indices of the lower triangle.",
    (r: number, c: number, k: number, dtype: Dtype) => triangleIndices(r, c, (i, j) => j - i <= k, dtype),
  ),
  "aten::triu_indices": op(
    "Indices of the upper triangle.",
    (r: number, c: number, k: number, dtype: Dtype) => triangleIndices(r, c, (i, j) => j - i >= k, dtype),
  ),
  "aten::meshgrid": op("Coordinate grids.", (ts: Tensor[]) => meshgrid(ts, "ij")),
  "aten::meshgrid.indexing": op("Coordinate grids.", meshgrid),
  "aten::hann_window": hann.plain,
  "aten::hann_window.periodic": hann.periodic,
  "aten::hamming_window": hamming.plain,
  "aten::hamming_window.periodic": hamming.periodic,
  "aten::bartlett_window": bartlett.plain,
  "aten::bartlett_window.periodic": bartlett.periodic,
  "aten::blackman_window": blackman.plain,
  "aten::blackman_window.periodic": blackman.periodic,
  "aten::vander": op("Powers of the elements, a column each.", vander),
  "aten::complex": op(
    "Complex numbers of real and imaginary parts.",
    (re: Tensor, im: Tensor) => complexFrom(re, im, (a, b) => [a, b]),
  ),
  "aten::polar": op(
    "Complex numbers of length and angle.",
    (abs: Tensor, angle: Tensor) => complexFrom(abs, angle, (r, a) => [r * Math.cos(a), r * Math.sin(a)]),
  ),
  "aten::fill_.Scalar": op(
    "Writes one value to every element.",
    (self: Tensor, value: Scalar) => (self.bumpVersion(), fillTensor(self, value)),
  ),
  "aten::fill_.Tensor": op("Writes one value to every element.", (self: Tensor, value: Tensor) => {
    check(
      value.dim === 0,
      () => `fill_ only supports 0-dimension value tensor but got tensor with ${value.dim} dimensions.`,
    );
    self.bumpVersion();
    return fillTensor(self, itemScalar(value));
  }),
  "aten::fill.Scalar": op(
    "One value in the shape of self.",
    (self: Tensor, value: Scalar) => make(self.sizes, self.scalarType, CPU, value),
  ),
  "aten::zero_": op("Writes zeros.", (self: Tensor) => (self.bumpVersion(), fillTensor(self, 0)), [
    "any_device",
  ]),
  "aten::zero": op("Zeros in the shape of self.", (self: Tensor) => newTensor(self.sizes, self.scalarType)),
  "aten::fill_diagonal_": op(
    "Writes one value along the diagonal.",
    (self: Tensor, value: Scalar, wrap: boolean) => {
      check(self.dim >= 2, "dimensions must larger than 1");
      const n = Math.min(...self.sizes), step = self.strides.reduce((a, b) => a + b, 0);
      fillTensor(self.asStrided([n], [step]), value);
      if (wrap && self.dim === 2 && self.sizes[0] > self.sizes[1] + 1) {
        const [rows, cols] = self.sizes;
        for (let at = cols + 1; at < rows; at += cols + 1) {
          const count = Math.min(cols, rows - at);
          fillTensor(self.asStrided([count], [step], self.storageOffset + at * self.strides[0]), value);
        }
      }
      self.bumpVersion();
      return self;
    },
  ),
};

function itemScalar(t: Tensor): Scalar {
  if (isComplexType(t.scalarType)) {
    const c = complexes(t);
    return new Complex(c[0], c[1]);
  }
  if (t.scalarType === ScalarType.Long) return (t.data() as BigInt64Array)[t.storageOffset];
  return new Float(numbers(t)[0]);
}
function rangeClosed(start: Scalar, end: Scalar, step: Scalar, dtype: Dtype, device: Device | null): Tensor {
  const a = scalarToNumber(start), b = scalarToNumber(end), s = scalarToNumber(step);
  check(s !== 0, "step must be nonzero");
  check((s > 0 && b >= a) || (s < 0 && b <= a), "upper bound and lower bound inconsistent with step sign");
  const n = Math.floor((b - a) / s) + 1;
  usableDevice(device);
  return fromNumbers(Float64Array.from({ length: n }, (_, i) => a + s * i), [n], dtype ?? getDefaultDtype());
}
function rangeStep(
  start: Scalar,
  end: Scalar,
  step: Scalar,
  dtype: Dtype,
  _l: unknown,
  device: Device | null,
): Tensor {
  return rangeClosed(start, end, step, dtype, device);
}
