/** memoryview of bytes and bytearray: one dimension of unsigned bytes. */
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { bytesIterator } from "../runtime/iteration.ts";
import { getset, methods } from "../runtime/native.ts";
import { bytesLike } from "./bytes.ts";

export const memoryviewType = r.nativeType("memoryview", { final: true });

export class PyMemoryView extends r.PyObject {
  constructor(public data: Uint8Array, readonly owner: Value) {
    super(memoryviewType);
  }
  get readonly(): boolean {
    return !(this.owner instanceof r.PyByteArray);
  }
}

function at(m: PyMemoryView, k: Value): number {
  let i = r.smallIndex(k);
  if (i < 0) i += m.data.length;
  if (i < 0 || i >= m.data.length) throw r.indexError("index out of bounds on dimension 1");
  return i;
}

methods(memoryviewType, {
  __new__: [
    "object",
    (_c: PyType, o: Value) => new PyMemoryView(bytesLike(o), o instanceof PyMemoryView ? o.owner : o),
  ],
  __init__: ["*args, **kwargs", () => null],
  __len__: ["", (m: PyMemoryView) => m.data.length],
  __iter__: ["", (m: PyMemoryView) => bytesIterator(new r.PyBytes(m.data))],
  __getitem__: ["key, /", (m: PyMemoryView, k: Value) => {
    if (!(k instanceof r.PySlice)) return m.data[at(m, k)];
    const { start, step, count } = r.sliceIndices(k, m.data.length);
    if (step === 1) return new PyMemoryView(m.data.subarray(start, start + count), m.owner);
    return new PyMemoryView(Uint8Array.from(r.sliceItems(Array.from(m.data), k)), new r.PyBytes(m.data));
  }],
  __setitem__: ["key, value, /", (m: PyMemoryView, k: Value, v: Value) => {
    if (m.readonly) throw r.typeError("cannot modify read-only memory");
    if (k instanceof r.PySlice) {
      const { start, step, count } = r.sliceIndices(k, m.data.length);
      const bytes = bytesLike(v);
      if (bytes.length !== count) {
        throw r.valueError("memoryview assignment: lvalue and rvalue have different structures");
      }
      for (let i = 0; i < count; i++) m.data[start + i * step] = bytes[i];
    } else m.data[at(m, k)] = r.smallIndex(v);
    return null;
  }],
  __eq__: ["other, /", (m: PyMemoryView, o: Value) => {
    const b = r.bytesOf(o);
    return b ? b.length === m.data.length && b.every((x, i) => x === m.data[i]) : r.NotImplementedValue;
  }],
  __enter__: ["", (m: PyMemoryView) => m],
  __exit__: ["*args", () => null],
  tobytes: ["order=None", (m: PyMemoryView) => new r.PyBytes(m.data.slice())],
  tolist: ["", (m: PyMemoryView) => new r.PyList(Array.from(m.data))],
  hex: ["", (m: PyMemoryView) => r.callMethod(new r.PyBytes(m.data), "hex", [])],
  release: ["", () => null],
});
getset(memoryviewType, "nbytes", (m: PyMemoryView) => m.data.length);
getset(memoryviewType, "itemsize", () => 1);
getset(memoryviewType, "format", () => "B");
getset(memoryviewType, "ndim", () => 1);
getset(memoryviewType, "readonly", (m: PyMemoryView) => m.readonly);
getset(memoryviewType, "obj", (m: PyMemoryView) => m.owner);
