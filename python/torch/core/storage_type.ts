/** `torch.UntypedStorage`: a tensor's bytes as Python sees them. TypedStorage is written in Python (storage.py). */
import { Device } from "../../../core/device.ts";
import { elementSize, type ScalarType, scalarTypeInfo } from "../../../core/scalar_type.ts";
import { Storage } from "../../../core/storage.ts";
import { Tensor } from "../../../core/tensor.ts";
import * as r from "../../runtime/mod.ts";
import { importByName } from "../../runtime/imports.ts";
import { deviceType, dtypeOf, parseDevice, type PyNumbered, sizeType } from "./objects.ts";
import { tensorType } from "./tensor_type.ts";

export const untypedStorageType: r.PyType = r.nativeType("UntypedStorage", {
  module: "torch.storage",
  hasDict: true,
  alloc: (cls) => new PyStorage(Storage.heap(0), cls),
});

export class PyStorage extends r.PyObject {
  constructor(public storage: Storage, cls: r.PyType = untypedStorageType) {
    super(cls);
  }
}

const wrappers = new WeakMap<Storage, PyStorage>();
/** The Python object of a storage, the same one each time. */
export function pyStorage(s: Storage): PyStorage {
  let w = wrappers.get(s);
  if (!w) wrappers.set(s, w = new PyStorage(s));
  return w;
}

function onMeta(nbytes: number): Storage {
  return Storage.onDevice(Device.of("meta"), nbytes, null);
}

r.staticMethods(untypedStorageType, {
  __new__: ["cls, size=0, *, device='cpu'", (_cls, size: r.Value, device: r.Value) => {
    if (size instanceof r.PyList || size instanceof r.PyTuple) {
      return pyStorage(Storage.fromBuffer(Uint8Array.from(size.items.map(Number)).buffer));
    }
    const nbytes = r.smallIndex(size ?? 0);
    return pyStorage(String(device) === "meta" ? onMeta(nbytes) : Storage.heap(nbytes));
  }],
  _from_bytes: ["data, nbytes", (data: r.PyBytes, nbytes: r.Value) => {
    const bytes = data.data.slice(0, Number(nbytes));
    return pyStorage(Storage.fromBuffer(bytes.buffer as ArrayBuffer));
  }],
});
r.methods(untypedStorageType, {
  __init__: ["*args, **kwargs", () => null],
  nbytes: ["", (s: PyStorage) => s.storage.nbytes],
  size: ["", (s: PyStorage) => s.storage.nbytes],
  __len__: ["", (s: PyStorage) => s.storage.nbytes],
  element_size: ["", () => 1],
  data_ptr: ["", (s: PyStorage) => r.identity(s.storage) * 4096],
  _bytes: [
    "",
    (s: PyStorage) =>
      new r.PyBytes(s.storage.device.type === "meta" ? new Uint8Array(0) : s.storage.bytes().slice()),
  ],
  __getitem__: ["i", (s: PyStorage, i: r.Value) => s.storage.bytes()[place(s, i)]],
  __setitem__: ["i, v", (s: PyStorage, i: r.Value, v: r.Value) => {
    s.storage.bytes()[place(s, i)] = Number(v);
    return null;
  }],
  resize_: ["size", (s: PyStorage, size: r.Value) => {
    s.storage.resize(r.smallIndex(size));
    return s;
  }],
  fill_: ["v", (s: PyStorage, v: r.Value) => {
    s.storage.bytes().fill(Number(v));
    return s;
  }],
  copy_: ["source, non_blocking=None", (s: PyStorage, source: PyStorage) => {
    s.storage.bytes().set(source.storage.bytes());
    return s;
  }],
  clone: [
    "",
    (s: PyStorage) => pyStorage(Storage.fromBuffer(s.storage.bytes().slice().buffer as ArrayBuffer)),
  ],
  cpu: ["", (s: PyStorage) => s],
  tolist: ["", (s: PyStorage) => new r.PyList([...s.storage.bytes()])],
  __repr__: ["", (s: PyStorage) => {
    const { storage } = s, shown = storage.device.type === "meta" ? [] : [...storage.bytes()];
    const kind = `torch.storage.UntypedStorage(device=${storage.device})`;
    return `${shown.map((b) => ` ${b}\n`).join("")}[${kind} of size ${storage.nbytes}]`;
  }],
  __reduce_ex__: [
    "protocol",
    (s: PyStorage) => r.call(r.getattr(importByName("torch.storage"), "_reduce"), [s]),
  ],
  _to_meta: ["", (s: PyStorage) => pyStorage(onMeta(s.storage.nbytes))],
});
function place(s: PyStorage, i: r.Value): number {
  const n = s.storage.nbytes, at = r.smallIndex(i);
  if (at >= n || at < -n) throw r.indexError(`index ${at} is out of range for storage of size ${n}`);
  return at < 0 ? at + n : at;
}
r.getset(untypedStorageType, "device", (s: PyStorage) => s.storage.device);
r.getset(untypedStorageType, "is_cuda", () => false);

r.methods(tensorType, {
  untyped_storage: ["", (t: Tensor) => pyStorage(t.storage)],
  storage: ["", (t: Tensor) => typedStorage(t)],
  _typed_storage: ["", (t: Tensor) => typedStorage(t)],
  storage_type: [
    "",
    (t: Tensor) => r.getattr(importByName("torch"), `${scalarTypeInfo(t.scalarType).name}Storage`),
  ],
  __reduce_ex__: [
    "protocol",
    (t: Tensor, protocol: r.Value) =>
      r.call(r.getattr(importByName("torch._tensor"), "_reduce_ex"), [t, protocol]),
  ],
});

r.methods(sizeType, {
  __reduce__: ["", (s: r.PyTuple) => new r.PyTuple([sizeType, new r.PyTuple([new r.PyTuple([...s.items])])])],
});
r.methods(deviceType, {
  __reduce__: [
    "",
    (d: Device) =>
      new r.PyTuple([deviceType, new r.PyTuple(d.index === null ? [d.type] : [d.type, d.index])]),
  ],
});

function typedStorage(t: Tensor): r.Value {
  const named = new Map<string, r.Value>([["wrap_storage", pyStorage(t.storage)], [
    "dtype",
    dtypeOf(t.scalarType),
  ]]);
  return r.call(r.getattr(importByName("torch.storage"), "TypedStorage"), [], named);
}

function numbers(v: r.Value): number[] {
  return r.collect(v).map((n) => r.smallIndex(n));
}

/** The parts of `torch._C` that unpickled tensors are made with. */
export const storageFunctions: Readonly<Record<string, r.Value>> = {
  /** A strided tensor over a storage; refuses what reaches beyond it. */
  _tensor_over: r.fn(
    "_tensor_over",
    "storage, dtype, offset, size, stride",
    (storage: PyStorage, dtype: PyNumbered, offset: r.Value, size: r.Value, stride: r.Value) => {
      const sizes = numbers(size), strides = numbers(stride), at = r.smallIndex(offset);
      const type = dtype.value as ScalarType, have = storage.storage.nbytes / elementSize(type);
      if (sizes.length !== strides.length || [...sizes, ...strides, at].some((n) => n < 0)) {
        throw r.runtimeError(
          `Trying to create tensor with impossible sizes [${sizes}] or strides [${strides}]`,
        );
      }
      const last = sizes.reduce((n, size, i) => n + (size - 1) * strides[i], at);
      if (!sizes.includes(0) && last >= have) {
        throw r.runtimeError(
          `setStorage: sizes [${sizes.join(", ")}], strides [${
            strides.join(", ")
          }], storage offset ${at}, and ` +
            `itemsize ${elementSize(type)} requiring a storage size of ${
              (last + 1) * elementSize(type)
            } are out of ` +
            `bounds for storage of size ${storage.storage.nbytes}`,
        );
      }
      return new Tensor(storage.storage, type, sizes, strides, at);
    },
  ),
  _parse_device: r.fn("_parse_device", "text", (text: string) => parseDevice(text)),
};
