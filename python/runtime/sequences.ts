/** Data of the sequence types: list, tuple, bytes, bytearray, slice, range. Their methods are in builtins/. */
import type { Int } from "../../core/scalar.ts";
import { nativeType, PyInstance, PyObject, type PyType, type Value } from "./object.ts";

export const listType: PyType = nativeType("list", { alloc: (cls) => new PyList([], cls) });
export const tupleType: PyType = nativeType("tuple", { alloc: (cls) => new PyTuple([], cls) });
export const bytesType: PyType = nativeType("bytes", { alloc: (cls) => new PyBytes(new Uint8Array(0), cls) });
export const bytearrayType: PyType = nativeType("bytearray", {
  alloc: (cls) => new PyByteArray(new Uint8Array(0), cls),
});
export const sliceType: PyType = nativeType("slice", { final: true });
export const rangeType: PyType = nativeType("range", { final: true });

export class PyList extends PyInstance {
  constructor(public items: Value[], cls: PyType = listType) {
    super(cls);
  }
}

export class PyTuple extends PyInstance {
  constructor(public items: readonly Value[], cls: PyType = tupleType) {
    super(cls);
  }
}

export const EMPTY_TUPLE = new PyTuple([]);

export class PyBytes extends PyInstance {
  constructor(public data: Uint8Array, cls: PyType = bytesType) {
    super(cls);
  }
}

export class PyByteArray extends PyInstance {
  constructor(public data: Uint8Array, cls: PyType = bytearrayType) {
    super(cls);
  }
}

export class PySlice extends PyObject {
  constructor(readonly start: Value, readonly stop: Value, readonly step: Value) {
    super(sliceType);
  }
}

export class PyRange extends PyObject {
  constructor(readonly start: Int, readonly stop: Int, readonly step: Int) {
    super(rangeType);
  }
  get length(): Int {
    const { start, stop, step } = this;
    if (typeof start === "number" && typeof stop === "number" && typeof step === "number") {
      const n = step > 0 ? Math.ceil((stop - start) / step) : Math.ceil((start - stop) / -step);
      return n > 0 ? n : 0;
    }
    const a = BigInt(start), b = BigInt(stop), s = BigInt(step);
    const n = s > 0n ? (b - a + s - 1n) / s : (a - b - s - 1n) / -s;
    return n <= 0n ? 0 : n <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(n) : n;
  }
}
