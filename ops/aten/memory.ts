/** Copies, conversions, memory formats, storages, and what a tensor says of itself. */
import { CPU, Device, META } from "../../core/device.ts";
import { readElement } from "../../core/element.ts";
import { check, NotImplemented, RuntimeFault } from "../../core/errors.ts";
import type { IValue } from "../../core/ivalue.ts";
import { Complex, Float, type Scalar, scalarToNumber } from "../../core/scalar.ts";
import { isComplexType, isFloatingType, ScalarType, scalarTypeByName } from "../../core/scalar_type.ts";
import { contiguousStrides, type Tensor } from "../../core/tensor.ts";
import { backendFor, backendOf, onHost } from "../backend.ts";
import { type Family, op } from "../declaration.ts";
import { assertNoInternalOverlap } from "../derived_forms.ts";
import {
  formatStrides,
  growStorage,
  isFormatContiguous,
  isNonOverlappingDense,
  MemoryFormat,
  newStorage,
  newTensor,
  resizeTensor,
  resultStrides,
} from "../reference/allocation.ts";
import { copyInto, sameSizes } from "../reference/copy.ts";
import { denseData, walkStrided } from "../reference/dense.ts";
import { expandTo, wrapDim } from "../reference/dims.ts";
import { fillTensor } from "../reference/fill.ts";
import { resultType, typeName } from "../reference/promotion.ts";

/** Strides of a copy under a memory format; null and Preserve keep a dense layout. */
export function copyStrides(t: Tensor, format: number | null): readonly number[] {
  if (format === null || format === MemoryFormat.Preserve) {
    return isNonOverlappingDense(t) ? t.strides : resultStrides(t.sizes, [t]);
  }
  return formatStrides(t.sizes, format);
}

/** A copy, converted, in a memory format. */
export function cloneTensor(
  t: Tensor,
  format: number | null = null,
  dtype: ScalarType = t.scalarType,
): Tensor {
  const out = newTensor(
    t.sizes,
    dtype,
    t.device,
    t.isContiguous && (format ?? 1) <= 1 ? contiguousStrides(t.sizes) : copyStrides(t, format),
  );
  if (t.device !== META) copyInto(out, t);
  return out;
}

export function contiguousIn(t: Tensor, format: number): Tensor {
  check(format !== MemoryFormat.Preserve, "preserve memory format is unsupported by the contiguous operator");
  return isFormatContiguous(t, format) ? t : cloneTensor(t, format);
}

/** Checks that a device is one of this machine; other names fail as they do where PyTorch lacks them. */
export function usableDevice(d: Device | null): Device {
  if (d === null || d.type === "cpu") return CPU;
  if (d.type === "meta") return META;
  if (d.type === "webgpu" && !d.index) return backendOf(d).device;
  if (d.type === "cuda") throw new RuntimeFault("AssertionError", "Torch not compiled with CUDA enabled");
  throw new NotImplemented(`device ${d}`);
}

export function convert(
  self: Tensor,
  dtype: number | null,
  device: Device | null,
  copy: boolean,
  format: number | null,
): Tensor {
  const to = (dtype ?? self.scalarType) as ScalarType;
  const target = device === null ? self.device : usableDevice(device);
  const sameFormat = format === null || format === MemoryFormat.Preserve || isFormatContiguous(self, format);
  if (to === self.scalarType && target === self.device && !copy && sameFormat) return self;
  if (target === self.device) return cloneTensor(self, format, to);
  if (target === META) return newTensor(self.sizes, to, META, copyStrides(self, format));
  if (self.device !== META) {
    const out = newTensor(self.sizes, to, target, copyStrides(self, format));
    copyInto(out, self);
    return out;
  }
  throw new RuntimeFault("NotImplementedError", "Cannot copy out of meta tensor; no data!");
}

/** Writes `src` over `self`, broadcast and converted. */
export function copyTensor(self: Tensor, src: Tensor): Tensor {
  if (self === src) return self;
  const lead = src.dim > self.dim || !fitsBroadcast(src.sizes, self.sizes);
  if (lead) expandTo(src, self.sizes);
  assertNoInternalOverlap(self);
  copyInto(self, src);
  self.bumpVersion();
  return self;
}
function fitsBroadcast(from: readonly number[], to: readonly number[]): boolean {
  const lead = to.length - from.length;
  return from.every((s, i) => s === 1 || s === to[i + lead]);
}

function setStorage(
  self: Tensor,
  storage: Tensor["storage"],
  offset: number,
  sizes: readonly number[],
  strides: readonly number[],
): Tensor {
  self.storage = storage;
  self.storageOffset = offset;
  self.sizes = sizes;
  self.strides = strides;
  growStorage(self);
  return self;
}

function resize(self: Tensor, sizes: readonly number[], format: number | null): Tensor {
  for (const s of sizes) {
    check(s >= 0, () => `Trying to resize tensor with negative dimension ${s}: [${sizes.join(", ")}]`);
  }
  if (format !== null && format >= 2) {
    self.sizes = sizes.slice();
    self.strides = formatStrides(sizes, format);
    growStorage(self);
  } else if (!sameSizes(self.sizes, sizes)) resizeTensor(self, sizes);
  return self;
}

/** The one element as a Python value. */
export function itemOf(self: Tensor): Scalar {
  check(
    self.numel === 1,
    () => `a Tensor with ${self.numel} elements cannot be converted to Scalar`,
  );
  const device = backendFor(self);
  if (device) self = device.readNow(self);
  return readElement(self, self.storageOffset);
}

/** Whether the one element is true, as `if tensor:` asks. */
export function truthOf(self: Tensor): boolean {
  check(self.numel !== 0, "Boolean value of Tensor with no values is ambiguous");
  check(self.numel === 1, "Boolean value of Tensor with more than one value is ambiguous");
  const v = itemOf(self);
  return v instanceof Complex
    ? v.re !== 0 || v.im !== 0
    : typeof v === "bigint"
    ? true
    : scalarToNumber(v) !== 0;
}

export function equalTensors(a: Tensor, b: Tensor): boolean {
  a = onHost(a);
  b = onHost(b);
  check(
    a.scalarType === b.scalarType || !sameSizes(a.sizes, b.sizes),
    () =>
      `Expected object of data type ${typeName(a.scalarType)} but got data type ${
        typeName(b.scalarType)
      } for argument 'other'`,
  );
  if (!sameSizes(a.sizes, b.sizes)) return false;
  const x = denseData(a) as Float64Array, y = denseData(b) as Float64Array;
  const bits16 = a.scalarType === ScalarType.Half || a.scalarType === ScalarType.BFloat16;
  for (let i = 0; i < x.length; i++) {
    if (x[i] !== y[i] && !(bits16 && (x[i] & 0x7fff) === 0 && (y[i] & 0x7fff) === 0)) return false;
    if (bits16 && (x[i] & 0x7fff) > (a.scalarType === ScalarType.Half ? 0x7c00 : 0x7f80)) return false;
  }
  return true;
}

function strideOf(self: Tensor, dim: number): number {
  check(self.dim > 0, () => `Dimension specified as ${dim} but tensor has no dimensions`, "IndexError");
  return self.strides[wrapDim(dim, self.dim)] ?? 1;
}

/** Nested lists are made by the caller; this gives the elements in row-major order. */
export function elementsOf(self: Tensor): Scalar[] {
  const out: Scalar[] = [];
  walkStrided(self.sizes, self.strides, self.storageOffset, (at, n, step) => {
    for (let i = 0; i < n; i++) out.push(readElement(self, at + i * step));
  });
  return out;
}

/** `torch.FloatTensor`, or by such a name. */
function castTo(name: string): (self: Tensor) => Tensor {
  const t = scalarTypeByName(name)!;
  return (self) => convert(self, t, null, false, null);
}

const meta = (doc: string, kernel: (...a: never[]) => IValue | undefined) => op(doc, kernel, ["any_device"]);

export const memory: Family = {
  "aten::clone": op("A copy.", (self: Tensor, format: number | null) => cloneTensor(self, format), [
    "any_device",
  ]),
  "aten::contiguous": op("The tensor in a memory format, copied only if needed.", contiguousIn, [
    "any_device",
  ]),
  "aten::copy_": op("Writes src over self.", copyTensor),
  "aten::copy_.Tensor": op("Writes other over self.", copyTensor),
  "aten::copy_.int": op(
    "Writes a number over self.",
    (self: Tensor, v: number) => (self.bumpVersion(), fillTensor(self, v)),
  ),
  "aten::copy_.float": op(
    "Writes a number over self.",
    (self: Tensor, v: number) => (self.bumpVersion(), fillTensor(self, new Float(v))),
  ),
  "aten::copy": op(
    "src in self's shape and dtype.",
    (self: Tensor, src: Tensor) => copyTensor(cloneTensor(self), src),
  ),
  "aten::to.dtype": op(
    "Converted to a dtype.",
    (self: Tensor, dtype: number, _n: boolean, copy: boolean, format: number | null) =>
      convert(self, dtype, null, copy, format),
    ["any_device"],
  ),
  "aten::to.device": op(
    "Moved to a device and converted.",
    (self: Tensor, device: Device, dtype: number, _n: boolean, copy: boolean, format: number | null) =>
      convert(self, dtype, device, copy, format),
    ["any_device"],
  ),
  "aten::to.other": op(
    "With the dtype and device of other.",
    (self: Tensor, other: Tensor, _n: boolean, copy: boolean, format: number | null) =>
      convert(self, other.scalarType, other.device, copy, format),
    ["any_device"],
  ),
  "aten::to.dtype_layout": op(
    "Converted and moved.",
    (
      self: Tensor,
      dtype: number | null,
      _layout: number | null,
      device: Device | null,
      _pin: boolean | null,
      _n: boolean,
      copy: boolean,
      format: number | null,
    ) => convert(self, dtype, device, copy, format),
    ["any_device"],
  ),
  "aten::to.prim_Device": op(
    "Moved to a device and converted.",
    (self: Tensor, device: Device | null, dtype: number | null, _n: boolean, copy: boolean) =>
      convert(self, dtype, device, copy, null),
    ["any_device"],
  ),
  "aten::to.prim_dtype": op(
    "Converted to a dtype.",
    (self: Tensor, dtype: number | null, _n: boolean, copy: boolean) =>
      convert(self, dtype, null, copy, null),
    ["any_device"],
  ),
  "aten::to.prim_other": op(
    "The tensor.",
    (self: Tensor, _n: boolean, copy: boolean) => copy ? cloneTensor(self) : self,
    ["any_device"],
  ),
  "aten::_to_copy": op(
    "Always a copy.",
    (
      self: Tensor,
      dtype: number | null,
      _l: number | null,
      device: Device | null,
      _p: boolean | null,
      _n: boolean,
      format: number | null,
    ) => convert(self, dtype, device, true, format),
    ["any_device"],
  ),
  "aten::type_as": op(
    "With the dtype of other.",
    (self: Tensor, other: Tensor) => convert(self, other.scalarType, other.device, false, null),
  ),
  "aten::_cast_Byte": op("As uint8.", castTo("Byte")),
  "aten::_cast_Char": op("As int8.", castTo("Char")),
  "aten::_cast_Double": op("As float64.", castTo("Double")),
  "aten::_cast_Float": op("As float32.", castTo("Float")),
  "aten::_cast_Half": op("As float16.", castTo("Half")),
  "aten::_cast_Int": op("As int32.", castTo("Int")),
  "aten::_cast_Long": op("As int64.", castTo("Long")),
  "aten::_cast_Short": op("As int16.", castTo("Short")),
  "aten::cpu": op("On the CPU.", (self: Tensor) => convert(self, null, CPU, false, null), ["any_device"]),
  "aten::cuda": op(
    "On a CUDA device.",
    (self: Tensor) => convert(self, null, Device.of("cuda"), false, null),
  ),
  "aten::resize_": op("Changes the sizes, keeping the bytes.", resize),
  "aten::resize_as_": op(
    "Changes the sizes to those of another tensor.",
    (self: Tensor, other: Tensor, format: number | null) => resize(self, other.sizes, format),
  ),
  "aten::set_": op(
    "Makes the tensor empty with its own storage.",
    (self: Tensor) => setStorage(self, newStorage(0), 0, [0], [1]),
  ),
  "aten::set_.source_Tensor": op(
    "Makes the tensor a view of another's storage.",
    (self: Tensor, src: Tensor) => {
      check(
        self.scalarType === src.scalarType,
        () =>
          `Could not set tensor of type ${typeName(src.scalarType).toLowerCase()} to a tensor of type ${
            typeName(self.scalarType).toLowerCase()
          }`,
      );
      return setStorage(self, src.storage, src.storageOffset, src.sizes, src.strides);
    },
  ),
  "aten::set_.source_Tensor_storage_offset": op(
    "Makes the tensor a view of another's storage.",
    (self: Tensor, src: Tensor, offset: number, sizes: number[], strides: number[]) =>
      setStorage(
        self,
        src.storage,
        offset,
        sizes.slice(),
        strides.length ? strides.slice() : contiguousStrides(sizes),
      ),
  ),
  "aten::set_data": op("Replaces the tensor's data.", (self: Tensor, data: Tensor) => {
    self.scalarType = data.scalarType;
    setStorage(self, data.storage, data.storageOffset, data.sizes, data.strides);
  }, ["any_device"]),
  "aten::data": op(
    "The elements, outside autograd.",
    (self: Tensor) => self.asStrided(self.sizes, self.strides),
    ["any_device"],
  ),
  "prim::data": op(
    "The elements, outside autograd.",
    (self: Tensor) => self.asStrided(self.sizes, self.strides),
    ["any_device"],
  ),
  "aten::detach_": op("Leaves autograd.", (self: Tensor) => (self.requiresGrad = false, self), [
    "any_device",
  ]),
  "aten::requires_grad_": op("Sets whether gradients are kept.", (self: Tensor, value: boolean) => {
    check(
      !value || isFloatingType(self.scalarType) || isComplexType(self.scalarType),
      "only Tensors of floating point dtype can require gradients",
    );
    self.requiresGrad = value;
    return self;
  }, ["any_device"]),
  "aten::equal": op("Whether shape and all elements agree.", equalTensors),
  "aten::item": op("The one element as a number.", itemOf),
  "aten::_local_scalar_dense": op("The first element as a number.", (self: Tensor) => {
    check(self.numel > 0, "_local_scalar_dense: Empty tensor not supported");
    return readElement(self, self.storageOffset);
  }),
  "aten::is_nonzero": op("Whether the one element is true.", truthOf),
  "aten::numel": meta("Number of elements.", (self: Tensor) => self.numel),
  "aten::dim": meta("Number of dimensions.", (self: Tensor) => self.dim),
  "aten::size": meta("The sizes.", (self: Tensor) => self.sizes.slice() as unknown as IValue),
  "aten::size.int": meta("The size of a dimension.", (self: Tensor, dim: number) => {
    check(self.dim > 0, () => `Dimension specified as ${dim} but tensor has no dimensions`, "IndexError");
    return self.sizes[wrapDim(dim, self.dim)];
  }),
  "aten::stride": meta(
    "The strides, in elements.",
    (self: Tensor) => self.strides.slice() as unknown as IValue,
  ),
  "aten::stride.int": meta("The stride of a dimension, in elements.", strideOf),
  "aten::storage_offset": meta(
    "Position of the first element in the storage.",
    (self: Tensor) => self.storageOffset,
  ),
  "aten::element_size": meta("Bytes of an element.", (self: Tensor) => self.itemSize),
  "prim::itemsize": meta("Bytes of an element.", (self: Tensor) => self.itemSize),
  "prim::nbytes": meta("Bytes of all elements.", (self: Tensor) => self.itemSize * self.numel),
  "aten::is_contiguous": meta(
    "Whether the elements lie row-major without gaps.",
    (self: Tensor) => self.isContiguous,
  ),
  "aten::is_contiguous.memory_format": meta(
    "Whether the elements lie in a memory format.",
    (self: Tensor, f: number) => isFormatContiguous(self, f),
  ),
  "aten::is_complex": meta("Whether the dtype is complex.", (self: Tensor) => isComplexType(self.scalarType)),
  "aten::is_floating_point": meta(
    "Whether the dtype is a float type.",
    (self: Tensor) => isFloatingType(self.scalarType),
  ),
  "aten::is_signed": meta(
    "Whether the dtype has negative numbers.",
    (self: Tensor) => self.scalarType !== ScalarType.Byte && self.scalarType !== ScalarType.Bool,
  ),
  "aten::is_conj": meta("Whether conjugation is pending: never.", () => false),
  "aten::is_neg": meta("Whether negation is pending: never.", () => false),
  "aten::is_inference": meta("Whether made in inference mode: never.", () => false),
  "aten::is_leaf": meta(
    "Whether the tensor is a leaf of autograd.",
    (self: Tensor) => self.autograd === undefined || self.requiresGrad === false || true,
  ),
  "aten::is_same_size": meta(
    "Whether the shapes are the same.",
    (self: Tensor, other: Tensor) => sameSizes(self.sizes, other.sizes),
  ),
  "aten::is_set_to": meta(
    "Whether both are the same view of the same storage.",
    (a: Tensor, b: Tensor) =>
      a.storage === b.storage && a.storageOffset === b.storageOffset && sameSizes(a.sizes, b.sizes) &&
      sameSizes(a.strides, b.strides),
  ),
  "aten::is_pinned": meta("Whether the memory is pinned: never.", () => false),
  "aten::pin_memory": op("The tensor.", (self: Tensor) => self),
  "aten::result_type.Tensor": meta(
    "The dtype of an operation on both.",
    (a: Tensor, b: Tensor) => resultType(a, b),
  ),
  "aten::result_type.Scalar": meta(
    "The dtype of an operation on both.",
    (a: Tensor, b: Scalar) => resultType(a, b),
  ),
  "aten::result_type.Scalar_Tensor": meta(
    "The dtype of an operation on both.",
    (a: Scalar, b: Tensor) => resultType(a, b),
  ),
  "aten::result_type.Scalar_Scalar": meta(
    "The dtype of an operation on both.",
    (a: Scalar, b: Scalar) => resultType(a, b),
  ),
  "aten::_version": meta("Number of in-place writes so far.", (self: Tensor) => self.storage.version),
  "aten::get_device": meta("Index of the device, -1 for the CPU.", (self: Tensor) => self.device.index ?? -1),
  "aten::output_nr": meta("Which output of its operation the tensor is.", () => 0),
  "prim::dtype": meta("The dtype's number.", (self: Tensor) => self.scalarType),
  "prim::device": meta("The device.", (self: Tensor) => self.device),
  "prim::layout": meta("The layout's number: strided.", () => 0),
  "prim::type": meta("The device's type.", (d: Device) => d.type as unknown as IValue),
  "prim::index": meta("The device's index.", (d: Device) => d.index),
  "prim::requires_grad": meta("Whether gradients are kept.", (self: Tensor) => self.requiresGrad),
  "prim::name": meta("The tensor's name: none.", () => null),
  "prim::is_cpu": meta("Whether on the CPU.", (self: Tensor) => self.device === CPU),
  "prim::is_meta": meta("Whether on the meta device.", (self: Tensor) => self.device === META),
  ...Object.fromEntries(
    [
      "cuda",
      "ipu",
      "maia",
      "mkldnn",
      "mps",
      "mtia",
      "nested",
      "quantized",
      "sparse",
      "sparse_csr",
      "vulkan",
      "xla",
      "xpu",
    ].map((k) => [
      `prim::is_${k}`,
      meta(`Whether the tensor is ${k}: never.`, () => false),
    ]),
  ),
  "aten::is_non_overlapping_and_dense": meta(
    "Whether the elements fill their memory once.",
    (self: Tensor) => isNonOverlappingDense(self),
  ),
};
