/** `torch.Tensor` as Python sees it: a foreign type over the core's Tensor; methods are operators found by name. */
import { NotImplemented } from "../../../core/errors.ts";
import { CPU, Device } from "../../../core/device.ts";
import { readElement } from "../../../core/element.ts";
import { Complex, Float } from "../../../core/scalar.ts";
import { isComplexType, isFloatingType, scalarTypeInfo } from "../../../core/scalar_type.ts";
import { Storage } from "../../../core/storage.ts";
import { Tensor } from "../../../core/tensor.ts";
import { onHost } from "../../../ops/backend.ts";
import { call } from "../../../ops/dispatch.ts";
import { formatTensor } from "../../../ops/printing.ts";
import { indexGet, type IndexItem, indexSet } from "../../../ops/indexing.ts";
import { copyOf } from "../../../ops/reference/copy.ts";
import { getDefaultDtype } from "../../../ops/reference/allocation.ts";
import * as r from "../../runtime/mod.ts";
import { importByName } from "../../runtime/imports.ts";
import { callTorch, wrapped } from "./binding.ts";
import { addAutograd, dataOf, producerOf } from "./autograd_tensor.ts";
import { deviceType, dtypeOf, generatorState, LAYOUTS, PyNumbered, sizeOf } from "./objects.ts";
import { pythonOperators } from "./overloads.ts";
import { isTensorMethod } from "./visibility.ts";
import { constructLegacy, legacyScalarType } from "./legacy_types.ts";
import { tensorOf } from "./tensor_data.ts";
import { placedOn } from "../webgpu.ts";

export const tensorType: r.PyType = r.nativeType("Tensor", {
  module: "torch",
  hasDict: true,
  alloc: (cls) => fresh(cls),
});

/** The class's own class: methods that operators give are found on the class too. */
const tensorMeta: r.PyType = r.nativeType("_TensorMeta", { base: r.typeType, module: "torch._C" });
tensorType.cls = tensorMeta;
r.methods(tensorMeta, {
  __getattr__: ["name", (cls: r.PyType, name: string) => {
    const m = operatorMethod(name);
    if (m === undefined) throw r.missingAttribute(cls, name);
    return m;
  }],
});

function fresh(cls: r.PyType): Tensor {
  const t = Tensor.zeros([0], getDefaultDtype());
  if (cls !== tensorType) r.setForeignType(t, cls);
  return t;
}
r.registerForeignType(Tensor, tensorType);

generatorState.toTensor = (bytes) =>
  new Tensor(Storage.fromBuffer(bytes.slice().buffer as ArrayBuffer), 0, [bytes.length]);
generatorState.fromTensor = (t) => (t as Tensor).storage.bytes().slice();

// --- numbers ---

/** The only element as a Python number; PyTorch's message when there are more. */
export function itemOf(t: Tensor): r.Value {
  if (t.numel !== 1) throw r.runtimeError(`a Tensor with ${t.numel} elements cannot be converted to Scalar`);
  t = onHost(t);
  return readElement(t, t.storageOffset);
}

/** As `itemOf`, for int() and float(), which say it otherwise. */
function onlyElement(t: Tensor): r.Value {
  if (t.numel !== 1) throw r.valueError("only one element tensors can be converted to Python scalars");
  t = onHost(t);
  return readElement(t, t.storageOffset);
}

export function toList(self: Tensor): r.Value {
  const t = onHost(self);
  const visit = (d: number, at: number): r.Value => {
    if (d === t.dim) return readElement(t, at);
    return new r.PyList(Array.from({ length: t.sizes[d] }, (_, i) => visit(d + 1, at + i * t.strides[d])));
  };
  return visit(0, t.storageOffset);
}

function truth(t: Tensor): boolean {
  if (t.numel !== 1) {
    throw r.runtimeError(
      t.numel === 0
        ? "Boolean value of Tensor with no values is ambiguous"
        : "Boolean value of Tensor with more than one value is ambiguous",
    );
  }
  t = onHost(t);
  const v = readElement(t, t.storageOffset);
  if (v instanceof Float) return v.value !== 0;
  return v instanceof Complex ? v.re !== 0 || v.im !== 0 : Boolean(v);
}

// --- indexing ---

function item(v: r.Value): IndexItem {
  if (v === null) return { kind: "none" };
  if (v === r.Ellipsis) return { kind: "ellipsis" };
  if (typeof v === "boolean") return { kind: "bool", value: v };
  if (v instanceof Tensor) return { kind: "tensor", value: v };
  if (v instanceof r.PySlice) {
    const at = (x: r.Value) => x === null ? null : x instanceof Tensor ? Number(itemOf(x)) : r.smallIndex(x);
    return { kind: "slice", start: at(v.start), stop: at(v.stop), step: at(v.step) };
  }
  if (r.intOf(v) !== undefined) return { kind: "int", value: Number(r.intOf(v)) };
  if (v instanceof r.PyList || v instanceof r.PyTuple || v instanceof r.PyRange) {
    return { kind: "tensor", value: tensorOf(v instanceof r.PyRange ? new r.PyList(r.collect(v)) : v) };
  }
  if (r.hasIndex(v)) return { kind: "int", value: r.smallIndex(v) };
  if (typeof v === "string") throw r.typeError("new(): invalid data type 'str'");
  throw r.indexError(
    `only integers, slices (\`:\`), ellipsis (\`...\`), None and long or byte Variables are valid indices (got ${
      r.typeOf(v).name
    })`,
  );
}

function items(key: r.Value): IndexItem[] {
  if (key instanceof r.PyTuple) return key.items.map(item);
  // A list of slices or tensors is an old spelling of a tuple.
  return [item(key)];
}

// --- attributes that are not operators ---

function adopt(t: Tensor, from: Tensor): void {
  t.storage = from.storage;
  t.scalarType = from.scalarType;
  t.sizes = from.sizes;
  t.strides = from.strides;
  t.storageOffset = from.storageOffset;
}

function reprOf(t: Tensor): string {
  const producer = producerOf(t);
  return formatTensor(t, producer ? { gradFn: producer } : {});
}

const GETTERS: Record<string, (t: Tensor) => r.Value> = {
  shape: (t) => sizeOf(t.sizes),
  dtype: (t) => dtypeOf(t.scalarType),
  device: (t) => t.device,
  layout: () => LAYOUTS.strided,
  ndim: (t) => t.dim,
  itemsize: (t) => t.itemSize,
  nbytes: (t) => t.itemSize * t.numel,
  is_cuda: () => false,
  is_sparse: () => false,
  is_quantized: () => false,
  is_nested: () => false,
  is_meta: (t) => t.device.type === "meta",
  is_cpu: (t) => t.device.type === "cpu",
  is_mps: () => false,
  is_mkldnn: () => false,
  is_xpu: () => false,
  _base: (t) => t.base ?? null,
  T: (t) => callTorch("numpy_T", [t], null),
  mT: (t) => callTorch("mT", [t], null),
  H: (t) => callTorch("matrix_H", [t], null),
  mH: (t) => callTorch("mH", [t], null),
  real: (t) => callTorch("real", [t], null),
  imag: (t) => callTorch("imag", [t], null),
  names: (t) => new r.PyTuple(t.sizes.map(() => null)),
};
for (const [name, get] of Object.entries(GETTERS)) r.getset(tensorType, name, get);
r.getset(tensorType, "data", (t: Tensor) => dataOf(t), (t: Tensor, v: r.Value) => adopt(t, v as Tensor));
addAutograd(tensorType);

/** A tensor of a Python subclass over the same storage. */
function makeSubclass(cls: r.PyType, data: Tensor, requiresGrad: boolean): Tensor {
  const t = new Tensor(data.storage, data.scalarType, data.sizes, data.strides, data.storageOffset);
  t.requiresGrad = requiresGrad && (isFloatingType(t.scalarType) || isComplexType(t.scalarType));
  if (requiresGrad && !t.requiresGrad) {
    throw r.runtimeError("Only Tensors of floating point and complex dtype can require gradients");
  }
  r.setForeignType(t, cls);
  return t;
}

function typeMethod(t: Tensor, dtype: r.Value): r.Value {
  if (dtype === undefined || dtype === null) return `torch.${scalarTypeInfo(t.scalarType).name}Tensor`;
  if (dtype instanceof PyNumbered) return callTorch("to", [t, dtype], null);
  const legacy = legacyScalarType(dtype);
  if (legacy !== undefined) return callTorch("to", [t, dtypeOf(legacy)], null);
  const name = String(dtype).replace("torch.", "").replace("Tensor", "");
  const found = Array.from({ length: 16 }, (_, i) => i).find((i) =>
    scalarTypeInfo(i as 0).name === (name || "Float")
  );
  if (found === undefined) throw r.valueError(`invalid type: '${r.str(dtype)}'`);
  return callTorch("to", [t, dtypeOf(found as 0)], null);
}

r.staticMethods(tensorType, {
  _make_subclass: [
    "cls, data, require_grad=False",
    (cls: r.PyType, data: Tensor, g: r.Value) => makeSubclass(cls, data, g === true),
  ],
  __new__: ["cls, *args, **kwargs", (cls: r.PyType, args: r.Value[]) => {
    const t = constructLegacy(getDefaultDtype(), args);
    if (cls !== tensorType) r.setForeignType(t, cls);
    return t;
  }],
});

function inherit(result: r.Value): r.Value {
  return result;
}

r.methods(tensorType, {
  __init__: ["*args, **kwargs", () => null],
  __repr__: ["*, tensor_contents=None", (t: Tensor) => reprOf(t)],
  __format__: [
    "spec",
    (t: Tensor, spec: string) => {
      if (t.dim === 0 && r.typeOf(t) === tensorType) return r.format(itemOf(t), spec);
      if (spec !== "") {
        throw r.typeError(`unsupported format string passed to ${r.typeOf(t).name}.__format__`);
      }
      return r.str(t);
    },
  ],
  __bool__: ["", (t: Tensor) => truth(t)],
  __int__: ["", (t: Tensor) => callBuiltin("int", onlyElement(t))],
  __index__: ["", (t: Tensor) => {
    const v = itemOf(t);
    if (typeof v !== "number" && typeof v !== "bigint" && typeof v !== "boolean") {
      throw r.typeError("only integer tensors of a single element can be converted to an index");
    }
    return typeof v === "boolean" ? Number(v) : v;
  }],
  __float__: ["", (t: Tensor) => callBuiltin("float", onlyElement(t))],
  __complex__: ["", (t: Tensor) => callBuiltin("complex", onlyElement(t))],
  __len__: ["", (t: Tensor) => {
    if (t.dim === 0) throw r.typeError("len() of a 0-d tensor");
    return t.sizes[0];
  }],
  __iter__: ["", (t: Tensor) => {
    if (t.dim === 0) throw r.typeError("iteration over a 0-d tensor");
    return r.iterObject(callTorch("unbind", [t, 0], null));
  }],
  __contains__: [
    "x",
    (t: Tensor, x: r.Value) => {
      if (!isOperand(x)) {
        throw r.runtimeError(
          `Tensor.__contains__ only supports Tensor or scalar, but you passed in a ${r.repr(r.typeOf(x))}.`,
        );
      }
      return truth(callTorch("any", [callTorch("eq", [t, x], null)], null) as Tensor);
    },
  ],
  __getitem__: ["key", (t: Tensor, key: r.Value) => {
    return indexGet(t, items(key));
  }],
  __setitem__: ["key, value", (t: Tensor, key: r.Value, value: r.Value) => {
    const v = value instanceof Tensor
      ? value
      : value instanceof r.PyList || value instanceof r.PyTuple
      ? tensorOf(value, t.scalarType)
      : scalarValue(t, value);
    indexSet(t, items(key), v);
    return null;
  }],
  __hash__: ["", (t: Tensor) => r.identity(t)],
  __deepcopy__: ["memo", (t: Tensor, memo: r.Value) => {
    const known = memo instanceof r.PyDict ? memo.get(r.identity(t)) : undefined;
    if (known !== undefined) return known;
    const c = callTorch("clone", [t], null) as Tensor;
    c.requiresGrad = t.requiresGrad;
    if (memo instanceof r.PyDict) memo.set(r.identity(t), c);
    return c;
  }],
  item: ["", (t: Tensor) => itemOf(t)],
  tolist: ["", (t: Tensor) => toList(t)],
  size: [
    "dim=None",
    (t: Tensor, dim: r.Value) =>
      dim === undefined || dim === null ? sizeOf(t.sizes) : call("aten::size.int", t, Number(dim)) as r.Value,
  ],
  stride: [
    "dim=None",
    (t: Tensor, dim: r.Value) =>
      dim === undefined || dim === null
        ? new r.PyTuple([...t.strides])
        : call("aten::stride.int", t, Number(dim)) as r.Value,
  ],
  dim: ["", (t: Tensor) => t.dim],
  ndimension: ["", (t: Tensor) => t.dim],
  numel: ["", (t: Tensor) => t.numel],
  nelement: ["", (t: Tensor) => t.numel],
  element_size: ["", (t: Tensor) => t.itemSize],
  storage_offset: ["", (t: Tensor) => t.storageOffset],
  data_ptr: ["", (t: Tensor) => r.identity(t.storage) * 4096 + t.storageOffset * t.itemSize],
  is_contiguous: ["memory_format=None", (t: Tensor) => t.isContiguous],
  as_subclass: ["cls", (t: Tensor, cls: r.PyType) => makeSubclass(cls, t, t.requiresGrad)],
  __copy__: ["", (t: Tensor) => makeSubclass(r.typeOf(t), t, t.requiresGrad)],
  nonzero: [
    "*, as_tuple=False",
    (t: Tensor, asTuple: r.Value) => callTorch(asTuple === true ? "nonzero_numpy" : "nonzero", [t], null),
  ],
  type: ["dtype=None, non_blocking=False", (t: Tensor, d: r.Value) => typeMethod(t, d)],
  numpy: ["*args, **kwargs", () => {
    throw new NotImplemented("Tensor.numpy: there is no numpy");
  }],
  get_device: ["", (t: Tensor) => t.device.type === "cpu" ? -1 : t.device.index ?? 0],
  cuda: ["*args, **kwargs", () => {
    throw r.raise(r.AssertionErrorType, "Torch not compiled with CUDA enabled");
  }],
  share_memory_: ["", (t: Tensor) => t],
  pin_memory: ["", (t: Tensor) => t],
  __array_priority__: ["", () => 1000],
});

function callBuiltin(name: "int" | "float" | "complex", v: r.Value): r.Value {
  return r.call(name === "int" ? r.intType : name === "float" ? r.floatType : r.complexType, [v]);
}
function scalarValue(t: Tensor, v: r.Value): Tensor {
  const n = typeof v === "number" || typeof v === "bigint" || typeof v === "boolean" || v instanceof Float ||
      v instanceof Complex
    ? v
    : undefined;
  if (n === undefined) {
    throw r.typeError(
      `can't assign a ${r.typeOf(v).name} to a torch.${scalarTypeInfo(t.scalarType).name}Tensor`,
    );
  }
  return wrapped(n);
}

// --- operators ---

/** Python's operator methods and the operators behind them; the second is the reflected form. */
const BINARY: Record<string, string> = {
  __add__: "add",
  __sub__: "sub",
  __mul__: "mul",
  __truediv__: "div",
  __floordiv__: "floor_divide",
  __mod__: "remainder",
  __pow__: "pow",
  __matmul__: "matmul",
  __and__: "bitwise_and",
  __or__: "bitwise_or",
  __xor__: "bitwise_xor",
  __lshift__: "bitwise_left_shift",
  __rshift__: "bitwise_right_shift",
  __eq__: "eq",
  __ne__: "ne",
  __lt__: "lt",
  __le__: "le",
  __gt__: "gt",
  __ge__: "ge",
};
const COMMUTES = new Set(["__add__", "__mul__", "__and__", "__or__", "__xor__"]);
const IN_PLACE: Record<string, string> = {
  __iadd__: "add_",
  __isub__: "sub_",
  __imul__: "mul_",
  __itruediv__: "div_",
  __ifloordiv__: "floor_divide_",
  __imod__: "remainder_",
  __ipow__: "pow_",
  __iand__: "bitwise_and_",
  __ior__: "bitwise_or_",
  __ixor__: "bitwise_xor_",
  __ilshift__: "bitwise_left_shift_",
  __irshift__: "bitwise_right_shift_",
};

function isOperand(v: r.Value): boolean {
  return v instanceof Tensor || typeof v === "number" || typeof v === "bigint" || typeof v === "boolean" ||
    v instanceof Float || v instanceof Complex ||
    v instanceof r.PyIntObject || v instanceof r.PyFloatObject;
}

for (const [name, op] of Object.entries(BINARY)) {
  const compare = /^__(eq|ne|lt|le|gt|ge)__$/.test(name);
  r.method(tensorType, name, "other", () => null);
  r.methods(tensorType, {
    [name]: [
      "other",
      (a: Tensor, b: r.Value) =>
        isOperand(b) && (op !== "matmul" || b instanceof Tensor)
          ? callTorch(op, [a, b], null)
          : r.NotImplementedValue,
    ],
  });
  if (compare) continue;
  r.methods(tensorType, {
    [name.replace("__", "__r")]: ["other", (a: Tensor, b: r.Value) => {
      if (!isOperand(b) || op === "matmul") return r.NotImplementedValue;
      if (COMMUTES.has(name)) return callTorch(op, [a, b], null);
      if (name === "__sub__") return callTorch("rsub", [a, b], null);
      if (name === "__truediv__") return callTorch("mul", [callTorch("reciprocal", [a], null), b], null);
      return callTorch(op, [b instanceof Tensor ? b : wrappedOperand(b), a], null);
    }],
  });
}
function wrappedOperand(v: r.Value): Tensor {
  return wrapped(v as number);
}
for (const [name, op] of Object.entries(IN_PLACE)) {
  r.methods(tensorType, {
    [name]: [
      "other",
      (a: Tensor, b: r.Value) => isOperand(b) ? callTorch(op, [a, b], null) : r.NotImplementedValue,
    ],
  });
}
for (
  const [name, op] of Object.entries({
    __neg__: "neg",
    __pos__: "positive",
    __invert__: "bitwise_not",
    __abs__: "abs",
  })
) {
  const run = (a: Tensor) => {
    if (op === "bitwise_not" && (isFloatingType(a.scalarType) || isComplexType(a.scalarType))) {
      throw r.typeError("~ (operator.invert) is only implemented on integer and Boolean-type tensors");
    }
    return callTorch(op, [a], null);
  };
  r.methods(tensorType, { [name]: ["", run] });
}

// --- methods that operators give ---

/** Conversions by name. */
const CONVERSIONS: Record<string, number> = {
  float: 6,
  double: 7,
  half: 5,
  bfloat16: 15,
  int: 3,
  long: 4,
  short: 2,
  char: 1,
  byte: 0,
  bool: 11,
  cfloat: 9,
  cdouble: 10,
};
for (const [name, dtype] of Object.entries(CONVERSIONS)) {
  r.methods(tensorType, {
    [name]: ["memory_format=None", (t: Tensor) => callTorch("to", [t, dtypeOf(dtype as 0)], null)],
  });
}
r.methods(tensorType, {
  cpu: ["memory_format=None", (t: Tensor) => t.device === CPU ? inherit(t) : callTorch("cpu", [t], null)],
  to: ["*args, **kwargs", (t: Tensor, args: r.Value[], kwargs: r.Kwargs) => moved(t, args, kwargs)],
  new_tensor: [
    "data, *, dtype=None, device=None, requires_grad=False",
    (t: Tensor, data: r.Value, dtype: r.Value, device: r.Value) =>
      placedOn(
        copyOf(tensorOf(data, dtype instanceof PyNumbered ? dtype.value : t.scalarType)),
        device ?? t.device,
      ),
  ],
});

function moved(t: Tensor, args: readonly r.Value[], kwargs: r.Kwargs): r.Value {
  const rest = new Map(kwargs ?? []);
  const list = args.map((a) => typeof a === "string" ? r.call(deviceType, [a]) : a);
  // to(device, dtype) and to(device=..., dtype=...) without a device that differs are to(dtype).
  const device = list.find((a) => a instanceof Device) ?? rest.get("device");
  const dtype = list.find((a) => a instanceof PyNumbered && a.what === "dtype") ?? rest.get("dtype");
  const at = typeof device === "string" ? r.call(deviceType, [device]) : device;
  if (at instanceof Device && (at.type !== "cpu" || t.device !== CPU) && at.type !== "meta") {
    if (at.type === "cuda") throw r.raise(r.AssertionErrorType, "Torch not compiled with CUDA enabled");
    const to = dtype instanceof PyNumbered ? [t, at, dtype] : [t, at, dtypeOf(t.scalarType)];
    return callTorch("to", to as r.Value[], new Map([["copy", rest.get("copy") === true]]));
  }
  if (list[0] instanceof Tensor && list[0].device !== t.device) return callTorch("to", [t, list[0]], null);
  if (list[0] instanceof Tensor) return callTorch("to", [t, dtypeOf(list[0].scalarType)], null);
  const copy = rest.get("copy") === true;
  if (dtype instanceof PyNumbered && (dtype.value !== t.scalarType || copy)) {
    return callTorch("to", [t, dtype], new Map([["copy", copy]]));
  }
  return copy ? callTorch("clone", [t], null) : t;
}

/** Methods that are Python around functions of torch; torch._tensor has them. */
const IN_PYTHON: ReadonlySet<string> = new Set(
  "norm lu stft istft unique unique_consecutive apply_ map_ where polygamma is_shared dim_order new".split(
    " ",
  ),
);

/** Any operator whose first argument is a tensor is a method, made when it is first asked for. */
const made = new Map<string, r.Value>();
export function operatorMethod(name: string): r.Value | undefined {
  const known = made.get(name);
  if (known) return known;
  if (IN_PYTHON.has(name)) {
    const run = (t: Tensor, args: r.Value[], kwargs: r.Kwargs) =>
      r.call(r.getattr(importByName("torch._tensor"), name), [t, ...args], kwargs);
    return keep(name, r.method(tensorType, name, "*args, **kwargs", run));
  }
  if (!isTensorMethod(name)) return undefined;
  const takesSelf = pythonOperators(`aten::${name}`).some((o) => {
    const first = o.schema.args[0];
    return first?.type.kind === "Tensor" && first.name === "self";
  });
  if (!takesSelf) return undefined;
  const run = (t: Tensor, args: r.Value[], kwargs: r.Kwargs) =>
    callTorch(name, [t, ...args], kwargs, name, true);
  return keep(name, r.method(tensorType, name, "*args, **kwargs", run));
}

function keep(name: string, method: r.Value): r.Value {
  made.set(name, method);
  tensorType.setOwn(name, method);
  return method;
}
