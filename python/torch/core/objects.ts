/** torch's small objects as Python sees them: dtypes, layouts, memory formats, devices, sizes, generators. */
import { Device } from "../../../core/device.ts";
import { RuntimeFault } from "../../../core/errors.ts";
import {
  elementSize,
  isComplexType,
  isFloatingType,
  ScalarType,
  scalarTypeInfo,
} from "../../../core/scalar_type.ts";
import { Generator } from "../../../ops/random/mod.ts";
import { PyBytes } from "../../runtime/sequences.ts";
import * as r from "../../runtime/mod.ts";

export const dtypeType: r.PyType = r.nativeType("dtype", { module: "torch", final: true });
export const layoutType: r.PyType = r.nativeType("layout", { module: "torch", final: true });
export const memoryFormatType: r.PyType = r.nativeType("memory_format", { module: "torch", final: true });
export const deviceType: r.PyType = r.nativeType("device", {
  module: "torch",
  alloc: () => Device.of("cpu"),
});
export const sizeType: r.PyType = r.nativeType("Size", {
  module: "torch",
  base: r.tupleType,
  alloc: (cls) => new r.PyTuple([], cls),
});
export const generatorType: r.PyType = r.nativeType("Generator", {
  module: "torch._C",
  alloc: () => new Generator(),
});

/** An enumeration that scripts see as an int: dtype, layout, memory_format. */
export class PyNumbered extends r.PyObject {
  constructor(
    cls: r.PyType,
    readonly what: "dtype" | "layout" | "memory_format",
    readonly value: number,
    readonly text: string,
  ) {
    super(cls);
  }
}

const dtypes = new Map<ScalarType, PyNumbered>();

/** The dtype object of an element type; one each. */
export function dtypeOf(t: ScalarType): PyNumbered {
  let d = dtypes.get(t);
  if (!d) dtypes.set(t, d = new PyNumbered(dtypeType, "dtype", t, `torch.${scalarTypeInfo(t).dtype}`));
  return d;
}

/** Names in the torch module, aliases too. */
export const DTYPE_NAMES: Readonly<Record<string, ScalarType>> = {
  uint8: ScalarType.Byte,
  int8: ScalarType.Char,
  int16: ScalarType.Short,
  short: ScalarType.Short,
  int32: ScalarType.Int,
  int: ScalarType.Int,
  int64: ScalarType.Long,
  long: ScalarType.Long,
  float16: ScalarType.Half,
  half: ScalarType.Half,
  float32: ScalarType.Float,
  float: ScalarType.Float,
  float64: ScalarType.Double,
  double: ScalarType.Double,
  complex32: ScalarType.ComplexHalf,
  chalf: ScalarType.ComplexHalf,
  complex64: ScalarType.ComplexFloat,
  cfloat: ScalarType.ComplexFloat,
  complex128: ScalarType.ComplexDouble,
  cdouble: ScalarType.ComplexDouble,
  bool: ScalarType.Bool,
  bfloat16: ScalarType.BFloat16,
};

export const LAYOUTS: Readonly<Record<string, PyNumbered>> = {
  strided: new PyNumbered(layoutType, "layout", 0, "torch.strided"),
  sparse_coo: new PyNumbered(layoutType, "layout", 1, "torch.sparse_coo"),
};
export const MEMORY_FORMATS: Readonly<Record<string, PyNumbered>> = Object.fromEntries(
  ["contiguous_format", "preserve_format", "channels_last", "channels_last_3d"].map((n, i) => [
    n,
    new PyNumbered(memoryFormatType, "memory_format", i, `torch.${n}`),
  ]),
);

for (const t of [dtypeType, layoutType, memoryFormatType]) {
  r.methods(t, {
    __repr__: ["", (self: PyNumbered) => self.text],
    __reduce__: ["", (self: PyNumbered) => self.text.slice(6)],
  });
}
r.getset(dtypeType, "is_floating_point", (d: PyNumbered) => isFloatingType(d.value as ScalarType));
r.getset(dtypeType, "is_complex", (d: PyNumbered) => isComplexType(d.value as ScalarType));
r.getset(
  dtypeType,
  "is_signed",
  (d: PyNumbered) => d.value !== ScalarType.Byte && d.value !== ScalarType.Bool,
);
r.getset(dtypeType, "itemsize", (d: PyNumbered) => elementSize(d.value as ScalarType));

// --- devices ---

const DEVICE_TYPES = new Set([
  "cpu",
  "cuda",
  "ipu",
  "xpu",
  "mkldnn",
  "mps",
  "meta",
  "hpu",
  "mtia",
  "xla",
  "webgpu",
  "vulkan",
  "privateuseone",
]);

/** The device a string names (`cuda:0`); PyTorch's message when it names none. */
export function parseDevice(text: string): Device {
  const m = /^([a-z_]+)(?::(\d+))?$/.exec(text);
  if (!m || !DEVICE_TYPES.has(m[1])) {
    const known =
      "cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, lazy, vulkan, mps, meta, hpu, mtia, privateuseone";
    throw new RuntimeFault(
      "RuntimeError",
      m
        ? `Expected one of ${known} device type at start of device string: ${m[1]}`
        : `Invalid device string: '${text}'`,
    );
  }
  return Device.of(m[1], m[2] === undefined ? null : Number(m[2]));
}

r.registerForeignType(Device, deviceType);
r.staticMethods(deviceType, {
  __new__: ["cls, type, index=None", (_cls, type: r.Value, index: r.Value) => {
    if (type instanceof Device) return type;
    if (typeof type === "number") return Device.of("cuda", type);
    const d = parseDevice(r.str(type));
    return index === undefined || index === null ? d : Device.of(d.type, Number(index));
  }],
});
r.methods(deviceType, {
  __repr__: [
    "",
    (d: Device) =>
      d.index === null ? `device(type='${d.type}')` : `device(type='${d.type}', index=${d.index})`,
  ],
  __str__: ["", (d: Device) => String(d)],
  __eq__: ["other", (d: Device, o: r.Value) => d === o],
  __hash__: ["", (d: Device) => r.hashValue(String(d))],
  __init__: ["*args, **kwargs", () => null],
});
r.getset(deviceType, "type", (d: Device) => d.type);
r.getset(deviceType, "index", (d: Device) => d.index);

// --- sizes ---

export function sizeOf(sizes: readonly number[]): r.PyTuple {
  return new r.PyTuple([...sizes], sizeType);
}
/** What tuple's method gives, as a Size again. */
function sized(name: string, self: r.PyTuple, other: r.Value): r.Value {
  const v = r.call(r.tupleType.lookup(name)!, [self, other]);
  return v instanceof r.PyTuple && v.cls === r.tupleType ? new r.PyTuple(v.items, sizeType) : v;
}
r.methods(sizeType, {
  __add__: ["other", (s: r.PyTuple, o: r.Value) => sized("__add__", s, o)],
  __radd__: [
    "other",
    (s: r.PyTuple, o: r.Value) =>
      o instanceof r.PyTuple ? new r.PyTuple([...o.items, ...s.items], sizeType) : r.NotImplementedValue,
  ],
  __mul__: ["n", (s: r.PyTuple, n: r.Value) => sized("__mul__", s, n)],
  __rmul__: ["n", (s: r.PyTuple, n: r.Value) => sized("__mul__", s, n)],
  __getitem__: ["index", (s: r.PyTuple, i: r.Value) => sized("__getitem__", s, i)],
  __repr__: ["", (s: r.PyTuple) => `torch.Size([${s.items.map(r.repr).join(", ")}])`],
  numel: ["", (s: r.PyTuple) => s.items.reduce((a: number, b) => a * Number(b), 1)],
});

// --- generators ---

r.registerForeignType(Generator, generatorType);
r.methods(generatorType, {
  __init__: ["device=None", () => null],
  manual_seed: ["seed", (g: Generator, seed: number | bigint) => g.manualSeed(seed)],
  seed: ["", (g: Generator) => g.seed()],
  initial_seed: ["", (g: Generator) => g.initialSeed()],
  get_state: ["", (g: Generator) => stateTensor(g)],
  set_state: ["state", (g: Generator, state: r.Value) => {
    g.setState(stateBytes(state));
    return g;
  }],
  __repr__: ["", (g: Generator) => `<torch._C.Generator object at 0x${r.identity(g).toString(16)}>`],
});
r.getset(generatorType, "device", (g: Generator) => g.device);

/** The generator's state as a uint8 tensor and back; the tensor type fills these in. */
export const generatorState: {
  toTensor: (bytes: Uint8Array) => r.Value;
  fromTensor: (t: r.Value) => Uint8Array;
} = {
  toTensor: (bytes) => new PyBytes(bytes),
  fromTensor: (t) => (t as PyBytes).data,
};
function stateTensor(g: Generator): r.Value {
  return generatorState.toTensor(g.getState());
}
function stateBytes(t: r.Value): Uint8Array {
  return generatorState.fromTensor(t);
}
