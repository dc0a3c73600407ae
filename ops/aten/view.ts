/** Operators whose result is another view of the same storage, and those that copy only when they must. */
import { check, RuntimeFault } from "../../core/errors.ts";
import {
  elementSize,
  isComplexType,
  ScalarType,
  toComplexType,
  toRealValueType,
} from "../../core/scalar_type.ts";
import { contiguousStrides, Tensor } from "../../core/tensor.ts";
import { type Family, op, view } from "../declaration.ts";
import { call } from "../dispatch.ts";
import { copyOf } from "../reference/copy.ts";
import { expandTo, inferSizes, viewStrides, wrapDim, wrapDims } from "../reference/dims.ts";
import { broadcastSizes } from "../reference/promotion.ts";

export function viewAs(self: Tensor, shape: readonly number[]): Tensor {
  const sizes = inferSizes(shape, self.numel);
  const strides = viewStrides(self, sizes);
  check(
    strides,
    "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.",
  );
  return self.asStrided(sizes, strides);
}

/** A view where possible, else a copy. */
export function reshape(self: Tensor, shape: readonly number[]): Tensor {
  const sizes = inferSizes(shape, self.numel);
  const strides = viewStrides(self, sizes);
  if (strides) return self.asStrided(sizes, strides);
  const copy = copyOf(self);
  copy.sizes = sizes;
  copy.strides = contiguousStrides(sizes);
  return copy;
}

export function transpose(self: Tensor, a: number, b: number): Tensor {
  const i = wrapDim(a, self.dim), j = wrapDim(b, self.dim);
  const sizes = self.sizes.slice(), strides = self.strides.slice();
  if (self.dim > 0) {
    [sizes[i], sizes[j]] = [sizes[j], sizes[i]];
    [strides[i], strides[j]] = [strides[j], strides[i]];
  }
  return self.asStrided(sizes, strides);
}

export function permute(self: Tensor, dims: readonly number[]): Tensor {
  check(
    dims.length === self.dim,
    () =>
      `permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = ${self.dim} is not equal to len(dims) = ${dims.length}`
        .replace("sparse_coo", "sparse_coo"),
  );
  const order = dims.map((d) => wrapDim(d, self.dim));
  check(new Set(order).size === order.length, "permute(): duplicate dims are not allowed.");
  return self.asStrided(order.map((d) => self.sizes[d]), order.map((d) => self.strides[d]));
}

export function unsqueeze(self: Tensor, dim: number): Tensor {
  const d = wrapDim(dim, self.dim + 1);
  const sizes = self.sizes.slice(), strides = self.strides.slice();
  const step = d < self.dim ? self.sizes[d] * self.strides[d] : 1;
  sizes.splice(d, 0, 1);
  strides.splice(d, 0, step);
  return self.asStrided(sizes, strides);
}

export function squeeze(self: Tensor, dims: readonly number[] | null): Tensor {
  const drop = new Set(wrapDims(dims, self.dim, false));
  const keep = self.sizes.map((_, i) => i).filter((i) => !(drop.has(i) && self.sizes[i] === 1));
  return self.asStrided(keep.map((i) => self.sizes[i]), keep.map((i) => self.strides[i]));
}

export function select(self: Tensor, dim: number, index: number): Tensor {
  check(self.dim > 0, "select() cannot be applied to a 0-dim tensor.", "IndexError");
  const d = wrapDim(dim, self.dim), n = self.sizes[d];
  if (index < -n || index >= n) {
    throw new RuntimeFault(
      "IndexError",
      `select(): index ${index} out of range for tensor of size [${self.sizes.join(", ")}] at dimension ${d}`,
    );
  }
  const i = index < 0 ? index + n : index;
  const sizes = self.sizes.slice(), strides = self.strides.slice();
  sizes.splice(d, 1);
  const [step] = strides.splice(d, 1);
  return self.asStrided(sizes, strides, self.storageOffset + i * step);
}

export function slice(
  self: Tensor,
  dim: number,
  start: number | null,
  end: number | null,
  step: number,
): Tensor {
  check(self.dim > 0, "slice() cannot be applied to a 0-dim tensor.");
  check(step > 0, "slice step must be positive");
  const d = wrapDim(dim, self.dim), n = self.sizes[d];
  let from = Number(start ?? 0), to = Number(end ?? n);
  if (from < 0) from += n;
  if (to < 0) to += n;
  from = Math.min(Math.max(from, 0), n);
  to = Math.min(Math.max(to, from), n);
  const sizes = self.sizes.slice(), strides = self.strides.slice();
  sizes[d] = Math.ceil((to - from) / step);
  strides[d] *= step;
  return self.asStrided(sizes, strides, self.storageOffset + from * self.strides[d]);
}

export function narrow(self: Tensor, dim: number, start: number, length: number): Tensor {
  check(self.dim > 0, "narrow() cannot be applied to a 0-dim tensor.");
  check(length >= 0, "narrow(): length must be non-negative.");
  const d = wrapDim(dim, self.dim), n = self.sizes[d];
  check(
    start >= -n && start <= n,
    () => `start out of range (expected to be in range of [${-n}, ${n}], but got ${start})`,
    "IndexError",
  );
  const from = start < 0 ? start + n : start;
  check(from + length <= n, () => `start (${from}) + length (${length}) exceeds dimension size (${n}).`);
  return slice(self, d, from, from + length, 1);
}

export function splitSizes(self: Tensor, sizes: readonly number[], dim: number): Tensor[] {
  check(self.dim > 0, "split expects at least a 1-dimensional tensor");
  const d = wrapDim(dim, self.dim), n = self.sizes[d];
  const bad = () =>
    `split_with_sizes expects split_sizes to sum exactly to ${n} (input tensor's size at dimension ${d}), but got split_sizes=[${
      sizes.join(", ")
    }]`;
  let at = 0;
  for (const s of sizes) {
    check(
      s >= 0,
      () =>
        `split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=[${
          sizes.join(", ")
        }]`,
    );
    at += s;
  }
  check(at === n, bad);
  at = 0;
  return sizes.map((s) => slice(self, d, at, at += s, 1));
}

export function split(self: Tensor, size: number, dim: number): Tensor[] {
  check(self.dim > 0, "split expects at least a 1-dimensional tensor");
  const d = wrapDim(dim, self.dim), n = self.sizes[d];
  check(size >= 0, () => `split expects split_size be non-negative, but got split_size=${size}`);
  check(
    size > 0 || n === 0,
    () => `split_size can only be 0 if dimension size is 0, but got dimension size of ${n}`,
  );
  const count = size === 0 ? 1 : Math.max(Math.ceil(n / size), 1);
  return Array.from({ length: count }, (_, i) => slice(self, d, i * size, Math.min((i + 1) * size, n), 1));
}

export function chunk(self: Tensor, chunks: number, dim: number): Tensor[] {
  check(self.dim > 0, "chunk expects at least a 1-dimensional tensor");
  check(chunks > 0, () => `chunk expects \`chunks\` to be greater than 0, got: ${chunks}`);
  const d = wrapDim(dim, self.dim), n = self.sizes[d];
  const size = Math.ceil(n / chunks);
  if (size === 0 && n === 0) return splitSizes(self, new Array<number>(chunks).fill(0), d);
  return split(self, size, d);
}

export function unbind(self: Tensor, dim: number): Tensor[] {
  check(self.dim > 0, "Dimension specified as 0 but tensor has no dimensions", "IndexError");
  const d = wrapDim(dim, self.dim);
  return Array.from({ length: self.sizes[d] }, (_, i) => select(self, d, i));
}

export function diagonal(self: Tensor, offset: number, dim1: number, dim2: number): Tensor {
  const a = wrapDim(dim1, self.dim), b = wrapDim(dim2, self.dim);
  check(a !== b, () => `diagonal dimensions cannot be identical ${dim1}, ${dim2}`);
  const n = offset >= 0
    ? Math.max(Math.min(self.sizes[a], self.sizes[b] - offset), 0)
    : Math.max(Math.min(self.sizes[a] + offset, self.sizes[b]), 0);
  const at = n === 0 ? 0 : offset >= 0 ? offset * self.strides[b] : -offset * self.strides[a];
  const keep = self.sizes.map((_, i) => i).filter((i) => i !== a && i !== b);
  return self.asStrided(
    [...keep.map((i) => self.sizes[i]), n],
    [...keep.map((i) => self.strides[i]), self.strides[a] + self.strides[b]],
    self.storageOffset + at,
  );
}

function unfold(self: Tensor, dim: number, size: number, step: number): Tensor {
  const d = wrapDim(dim, self.dim);
  const n = self.dim === 0 ? 1 : self.sizes[d], stride = self.dim === 0 ? 1 : self.strides[d];
  check(size >= 0, () => `size is ${size} but must be >= 0`);
  check(size <= n, () => `maximum size for tensor at dimension ${d} is ${n} but size is ${size}`);
  check(step > 0, () => `step is ${step} but must be > 0`);
  const sizes = [...self.sizes, size], strides = [...self.strides, stride];
  if (self.dim > 0) {
    sizes[d] = Math.floor((n - size) / step) + 1;
    strides[d] = stride * step;
  }
  return self.asStrided(sizes, strides);
}

export function flatten(self: Tensor, start: number, end: number): Tensor {
  const a = wrapDim(start, self.dim), b = wrapDim(end, self.dim);
  check(a <= b, "flatten() has invalid args: start_dim cannot come after end_dim");
  if (self.dim === 0) return reshape(self, [1]);
  if (a === b) return self;
  const middle = self.sizes.slice(a, b + 1).reduce((x, y) => x * y, 1);
  return reshape(self, [...self.sizes.slice(0, a), middle, ...self.sizes.slice(b + 1)]);
}

function unflatten(self: Tensor, dim: number, sizes: readonly number[]): Tensor {
  const d = wrapDim(dim, self.dim);
  check(sizes.length > 0, "unflatten: sizes must be non-empty");
  const known = sizes.filter((s) => s !== -1).reduce((x, y) => x * y, 1);
  const fits = sizes.includes(-1) ? known !== 0 && self.sizes[d] % known === 0 : known === self.sizes[d];
  check(
    fits,
    () =>
      `unflatten: Provided sizes [${sizes.join(", ")}] don't multiply up to the size of dim ${d} (${
        self.sizes[d]
      }) in the input tensor`,
  );
  const inner = inferSizes(sizes, self.sizes[d]);
  return viewAs(self, [...self.sizes.slice(0, d), ...inner, ...self.sizes.slice(d + 1)]);
}

function viewDtype(self: Tensor, dtype: number): Tensor {
  const to = dtype as Tensor["scalarType"];
  const a = elementSize(self.scalarType), b = elementSize(to);
  if (a === b) return new Tensor(self.storage, to, self.sizes, self.strides, self.storageOffset);
  check(
    self.dim > 0,
    () => `self.dim() cannot be 0 to view ${word(self)} as ${wordOf(to)} (different element sizes)`,
  );
  check(
    self.strides[self.dim - 1] === 1,
    () =>
      `self.stride(-1) must be 1 to view ${word(self)} as ${wordOf(to)} (different element sizes), but got ${
        self.strides[self.dim - 1]
      }`,
  );
  const sizes = self.sizes.slice(), last = sizes.length - 1;
  if (a > b) sizes[last] *= a / b;
  else {
    const r = b / a;
    check(
      sizes[last] % r === 0,
      () =>
        `self.size(-1) must be divisible by ${r} to view ${word(self)} as ${
          wordOf(to)
        } (different element sizes), but got ${sizes[last]}`,
    );
    sizes[last] /= r;
  }
  const strides = self.strides.map((s, i) => i === last ? 1 : s * a / b);
  return new Tensor(self.storage, to, sizes, strides, self.storageOffset * a / b);
}
function word(t: Tensor): string {
  return wordOf(t.scalarType);
}
function wordOf(t: number): string {
  return [
    "Byte",
    "Char",
    "Short",
    "Int",
    "Long",
    "Half",
    "Float",
    "Double",
    "ComplexHalf",
    "ComplexFloat",
    "ComplexDouble",
    "Bool",
    "QInt8",
    "QUInt8",
    "QInt32",
    "BFloat16",
  ][t];
}

/** Complex pairs seen as a real tensor with a last dimension of 2. */
export function viewAsReal(self: Tensor): Tensor {
  check(isComplexType(self.scalarType), "view_as_real is only supported for complex tensors");
  return new Tensor(self.storage, toRealValueType(self.scalarType), [...self.sizes, 2], [
    ...self.strides.map((s) => 2 * s),
    1,
  ], 2 * self.storageOffset);
}
function viewAsComplex(self: Tensor): Tensor {
  check(self.dim > 0, "Input tensor must have one or more dimensions");
  const last = self.dim - 1;
  check(self.sizes[last] === 2, "Tensor must have a last dimension of size 2");
  check(self.strides[last] === 1, "Tensor must have a last dimension with stride 1");
  return new Tensor(
    self.storage,
    toComplexType(self.scalarType),
    self.sizes.slice(0, -1),
    self.strides.slice(0, -1).map((s) => s / 2),
    self.storageOffset / 2,
  );
}
function realPart(self: Tensor): Tensor {
  return isComplexType(self.scalarType) ? select(viewAsReal(self), -1, 0) : self;
}
function imaginaryPart(self: Tensor): Tensor {
  check(isComplexType(self.scalarType), "imag is not implemented for tensors with non-complex dtypes.");
  return select(viewAsReal(self), -1, 1);
}

function movedim(self: Tensor, from: readonly number[], to: readonly number[]): Tensor {
  check(
    from.length === to.length,
    () =>
      `movedim: Invalid source or destination dims: source ([${
        from.join(", ")
      }] dims) should contain the same number of dims as destination ([${to.join(", ")}] dims)`,
  );
  const src = from.map((d) => wrapDim(d, self.dim)), dst = to.map((d) => wrapDim(d, self.dim));
  check(new Set(src).size === src.length, () => `movedim: repeated dim in \`source\` ([${from.join(", ")}])`);
  check(
    new Set(dst).size === dst.length,
    () => `movedim: repeated dim in \`destination\` ([${to.join(", ")}])`,
  );
  const order = new Array<number>(self.dim).fill(-1);
  dst.forEach((d, i) => order[d] = src[i]);
  const rest = self.sizes.map((_, i) => i).filter((i) => !src.includes(i));
  return permute(self, order.map((d) => d >= 0 ? d : rest.shift()!));
}

function tensorSplitSections(self: Tensor, sections: number, dim: number): Tensor[] {
  check(self.dim > 0, "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims");
  const d = wrapDim(dim, self.dim), n = self.sizes[d];
  check(sections > 0, () => `number of sections must be larger than 0, got ${sections}`);
  let at = 0;
  return Array.from({ length: sections }, (_, i) => {
    const size = Math.floor(n / sections) + (i < n % sections ? 1 : 0);
    return slice(self, d, at, at += size, 1);
  });
}
function tensorSplitIndices(self: Tensor, indices: readonly number[], dim: number): Tensor[] {
  check(self.dim > 0, "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims");
  const d = wrapDim(dim, self.dim), n = self.sizes[d];
  let at = 0;
  return [...indices, n].map((end) => {
    const part = slice(self, d, at, end, 1);
    at = end;
    return part;
  });
}

function transposeMatrix(self: Tensor): Tensor {
  check(self.dim <= 2, () => `t() expects a tensor with <= 2 dimensions, but self is ${self.dim}D`);
  return self.dim < 2 ? self.asStrided(self.sizes, self.strides) : transpose(self, 0, 1);
}
function mT(self: Tensor): Tensor {
  check(
    self.dim >= 2,
    () => `tensor.mT is only supported on matrices or batches of matrices. Got ${self.dim}-D tensor.`,
  );
  return transpose(self, -2, -1);
}
/** Conjugates are computed at once, so those of complex tensors are copies. */
function conjugate(t: Tensor): Tensor {
  return isComplexType(t.scalarType) ? call("aten::conj_physical", t) as Tensor : t;
}
function mH(self: Tensor): Tensor {
  check(
    self.dim >= 2,
    () => `tensor.mH is only supported on matrices or batches of matrices. Got ${self.dim}-D tensor.`,
  );
  return conjugate(transpose(self, -2, -1));
}
function atLeast(self: Tensor, n: number): Tensor {
  if (self.dim >= n) return self;
  if (n === 1) return reshape(self, [1]);
  if (n === 2) return self.dim === 0 ? reshape(self, [1, 1]) : unsqueeze(self, 0);
  return self.dim === 0
    ? reshape(self, [1, 1, 1])
    : self.dim === 1
    ? unsqueeze(unsqueeze(self, 0), -1)
    : unsqueeze(self, -1);
}
const atLeastDecl = (n: number) =>
  view(`The tensor with at least ${n} dimensions.`, (self: Tensor) => atLeast(self, n));
const atLeastList = (n: number) =>
  view(`The tensors with at least ${n} dimensions.`, (ts: readonly Tensor[]) => ts.map((t) => atLeast(t, n)));

/** hsplit, vsplit, dsplit: along one dimension, counted sections or at indices. */
function fixedSplit(name: string, least: number, dimOf: (t: Tensor) => number) {
  return (self: Tensor, how: number | readonly number[]): Tensor[] => {
    check(
      self.dim >= least,
      () =>
        `torch.${name} requires a tensor with at least ${least} dimension, but got a tensor with ${self.dim} dimensions!`,
    );
    const d = dimOf(self);
    if (typeof how === "number") {
      check(
        how > 0 && self.sizes[d] % how === 0,
        () =>
          `torch.${name} attempted to split along dimension ${d}, but the size of the dimension ${
            self.sizes[d]
          } is not divisible by the split_size ${how}!`,
      );
      return tensorSplitSections(self, how, d);
    }
    return tensorSplitIndices(self, how, d);
  };
}
const hsplit = fixedSplit("hsplit", 1, (t) => t.dim === 1 ? 0 : 1);
const vsplit = fixedSplit("vsplit", 2, () => 0);
const dsplit = fixedSplit("dsplit", 3, () => 2);

export function broadcastTensors(ts: readonly Tensor[]): Tensor[] {
  const sizes = ts.reduce<readonly number[]>((s, t) => broadcastSizes(s, t.sizes), []);
  // One that has the sizes already comes back itself, as in PyTorch.
  return ts.map((t) =>
    sizes.length === t.dim && sizes.every((s, d) => s === t.sizes[d]) ? t : expandTo(t, sizes)
  );
}

const alias = (self: Tensor): Tensor => self.asStrided(self.sizes, self.strides);

export const views: Family = {
  "aten::view": view("The elements in another shape, without copying.", viewAs),
  "aten::view.dtype": view("The bytes as another dtype.", viewDtype),
  "aten::_unsafe_view": view("The elements in another shape.", viewAs),
  "aten::view_as": view(
    "The elements in the shape of other.",
    (self: Tensor, other: Tensor) => viewAs(self, other.sizes),
  ),
  "aten::reshape": op("The elements in another shape, copied only if needed.", reshape),
  "aten::reshape_as": op(
    "The elements in the shape of other.",
    (self: Tensor, other: Tensor) => reshape(self, other.sizes),
  ),
  "aten::as_strided": view(
    "Sizes, strides and offset as given.",
    (self: Tensor, sizes: number[], strides: number[], offset: number | null) => {
      check(sizes.length === strides.length, "mismatch in length of strides and shape");
      const at = offset ?? self.storageOffset;
      let last = at;
      sizes.forEach((s, i) => {
        check(
          strides[i] >= 0,
          () =>
            `as_strided: Negative strides are not supported at the moment, got strides: [${
              strides.join(", ")
            }]`,
        );
        last += (s - 1) * strides[i];
      });
      const need = sizes.includes(0) ? 0 : (last + 1) * self.itemSize;
      check(
        need <= self.storage.nbytes,
        () =>
          `setStorage: sizes [${sizes.join(", ")}], strides [${
            strides.join(", ")
          }], storage offset ${at}, and itemsize ${self.itemSize} requiring a storage size of ${need} are out of bounds for storage of size ${self.storage.nbytes}`,
      );
      return self.asStrided(sizes, strides, at);
    },
  ),
  "aten::expand": view(
    "Size-1 dimensions repeated without copying.",
    (self: Tensor, sizes: number[]) => expandTo(self, sizes),
  ),
  "aten::expand_as": view(
    "Expanded to the shape of other.",
    (self: Tensor, other: Tensor) => expandTo(self, other.sizes),
  ),
  "aten::broadcast_to": view(
    "Expanded to a shape.",
    (self: Tensor, sizes: number[]) => expandTo(self, sizes),
  ),
  "aten::broadcast_tensors": view("All expanded to their common shape.", broadcastTensors),
  "aten::permute": view("Dimensions in another order.", permute),
  "aten::transpose.int": view("Two dimensions swapped.", transpose),
  "aten::swapaxes": view("Two dimensions swapped.", transpose),
  "aten::swapdims": view("Two dimensions swapped.", transpose),
  "aten::t": view("A matrix transposed.", transposeMatrix),
  "aten::numpy_T": view(
    "Dimensions reversed.",
    (self: Tensor) => permute(self, self.sizes.map((_, i) => self.dim - 1 - i)),
  ),
  "aten::mT": view("The last two dimensions swapped.", mT),
  "aten::matrix_H": view("Conjugate transpose of a matrix.", (self: Tensor) => {
    check(
      self.dim === 2 || self.dim === 0,
      () =>
        `tensor.H is only supported on matrices (2-D tensors). Got ${self.dim}-D tensor.` +
        (self.dim > 2 ? " For batches of matrices, consider using tensor.mH" : ""),
    );
    return self.dim === 0 ? self : conjugate(transpose(self, 0, 1));
  }),
  "aten::mH": view("Conjugate transpose of matrices.", mH),
  "aten::mH.a": view("Conjugate transpose of matrices.", mH),
  "aten::numpy_T.a": view(
    "Dimensions reversed.",
    (self: Tensor) => permute(self, self.sizes.map((_, i) => self.dim - 1 - i)),
  ),
  "aten::squeeze": view("Without its size-1 dimensions.", (self: Tensor) => squeeze(self, null)),
  "aten::squeeze.dim": view(
    "Without one dimension, if its size is 1.",
    (self: Tensor, dim: number) => squeeze(self, [dim]),
  ),
  "aten::squeeze.dims": view(
    "Without the dimensions whose size is 1.",
    (self: Tensor, dims: number[]) => squeeze(self, dims),
  ),
  "aten::unsqueeze": view("With a new dimension of size 1.", unsqueeze),
  "aten::narrow": view("A range of one dimension.", narrow),
  "aten::narrow.Tensor": op(
    "A range of one dimension.",
    (self: Tensor, dim: number, start: Tensor, length: number) => {
      check(
        start.dim === 0 && start.scalarType <= ScalarType.Long,
        "start must be an 0-dim integral Tensor.",
      );
      return narrow(self, dim, Number(start.data()[start.storageOffset]), length);
    },
  ),
  "aten::select.int": view("One index of a dimension.", select),
  "aten::slice.Tensor": view("A range of one dimension, with a step.", slice),
  "aten::split.Tensor": view("Parts of equal size.", split),
  "aten::split.sizes": view("Parts of given sizes.", splitSizes),
  "aten::split_with_sizes": view("Parts of given sizes.", splitSizes),
  "aten::unsafe_split.Tensor": view("Parts of equal size.", split),
  "aten::unsafe_split_with_sizes": view("Parts of given sizes.", splitSizes),
  "aten::tensor_split.sections": view("A number of nearly equal parts.", tensorSplitSections),
  "aten::tensor_split.indices": view("Parts between indices.", tensorSplitIndices),
  "aten::hsplit.int": view("Parts along the second dimension.", hsplit),
  "aten::hsplit.array": view("Parts along the second dimension.", hsplit),
  "aten::vsplit.int": view("Parts along the first dimension.", vsplit),
  "aten::vsplit.array": view("Parts along the first dimension.", vsplit),
  "aten::dsplit.int": view("Parts along the third dimension.", dsplit),
  "aten::dsplit.array": view("Parts along the third dimension.", dsplit),
  "aten::chunk": view("A number of parts.", chunk),
  "aten::unsafe_chunk": view("A number of parts.", chunk),
  "aten::unbind.int": view("The slices of one dimension.", unbind),
  "aten::diagonal": view("A diagonal.", diagonal),
  "aten::unfold": view("Sliding windows of one dimension.", unfold),
  "aten::flatten.using_ints": op("A range of dimensions as one.", flatten),
  "aten::ravel": op("One dimension.", (self: Tensor) => reshape(self, [-1])),
  "aten::unflatten.int": view("One dimension as several.", unflatten),
  "aten::movedim.intlist": view("Dimensions moved.", movedim),
  "aten::movedim.int": view(
    "One dimension moved.",
    (self: Tensor, from: number, to: number) => movedim(self, [from], [to]),
  ),
  "aten::alias": view("The same elements.", alias),
  "aten::detach": view("The same elements, outside autograd.", alias),
  "aten::view_as_real": view("Complex numbers as pairs.", viewAsReal),
  "aten::view_as_complex": view("Pairs as complex numbers.", viewAsComplex),
  "aten::real": view("Real parts.", realPart),
  "aten::imag": view("Imaginary parts.", imaginaryPart),
  "aten::adjoint": view("Conjugate transpose.", (self: Tensor) => conjugate(transpose(self, -2, -1))),
  "aten::atleast_1d": atLeastDecl(1),
  "aten::atleast_1d.Sequence": atLeastList(1),
  "aten::atleast_2d": atLeastDecl(2),
  "aten::atleast_2d.Sequence": atLeastList(2),
  "aten::atleast_3d": atLeastDecl(3),
  "aten::atleast_3d.Sequence": atLeastList(3),
};
