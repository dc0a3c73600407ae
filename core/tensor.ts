/** Tensor: a strided view over a Storage. Operators live in `ops/`; here are only the facts of the view. */
import type { Device } from "./device.ts";
import { elementSize, ScalarType } from "./scalar_type.ts";
import { Storage } from "./storage.ts";

/** Product of sizes; 1 for a scalar. */
export function numelOf(sizes: readonly number[]): number {
  let n = 1;
  for (let i = 0; i < sizes.length; i++) n *= sizes[i];
  return n;
}

/** Row-major strides in elements, as PyTorch computes them (size-0 dimensions count as 1). */
export function contiguousStrides(sizes: readonly number[]): number[] {
  const strides = new Array<number>(sizes.length);
  let step = 1;
  for (let i = sizes.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= Math.max(sizes[i], 1);
  }
  return strides;
}

export type TypedArray =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint16Array
  | Float32Array
  | Float64Array;

export class Tensor {
  requiresGrad = false;
  /** A Python number that took part in an operation; it promotes weakly, by category only. */
  wrappedNumber = false;
  /** Python object state (attributes, class such as Parameter) that travels with the tensor's identity. */
  pyState: unknown = undefined;
  /** What autograd keeps: leaf gradient, node. Nothing here touches it. */
  autograd: unknown = undefined;
  /** The base tensor when this is a view of it, as `_base`. */
  base: Tensor | undefined = undefined;
  /** Counts in-place writes apart from the storage's others: `x.data` does not count as `x`. */
  counter: { version: number } | undefined = undefined;

  constructor(
    public storage: Storage,
    public scalarType: ScalarType,
    /** Sizes of the dimensions. Replace, never mutate. */
    public sizes: readonly number[],
    /** Steps between neighbours, in elements. Replace, never mutate. */
    public strides: readonly number[] = contiguousStrides(sizes),
    /** Position of the first element, in elements. */
    public storageOffset: number = 0,
  ) {}

  /** Fresh zero-filled contiguous tensor on the JS heap. */
  static zeros(sizes: readonly number[], scalarType: ScalarType): Tensor {
    return new Tensor(Storage.heap(numelOf(sizes) * elementSize(scalarType)), scalarType, sizes);
  }

  get device(): Device {
    return this.storage.device;
  }
  get dim(): number {
    return this.sizes.length;
  }
  get numel(): number {
    return numelOf(this.sizes);
  }
  get itemSize(): number {
    return elementSize(this.scalarType);
  }
  /** Row-major without gaps. Strides of size-1 dimensions do not matter; empty tensors are contiguous. */
  get isContiguous(): boolean {
    let step = 1;
    for (let i = this.sizes.length - 1; i >= 0; i--) {
      const n = this.sizes[i];
      if (n === 0) return true;
      if (n !== 1) {
        if (this.strides[i] !== step) return false;
        step *= n;
      }
    }
    return true;
  }
  /** A view of the same storage. */
  asStrided(
    sizes: readonly number[],
    strides: readonly number[],
    storageOffset: number = this.storageOffset,
  ): Tensor {
    const t = new Tensor(this.storage, this.scalarType, sizes, strides, storageOffset);
    t.base = this.base ?? this;
    t.counter = this.counter;
    return t;
  }
  /** Number of in-place writes so far; views share it. */
  get version(): number {
    return (this.counter ?? this.storage).version;
  }
  /** Marks an in-place write. */
  bumpVersion(): void {
    (this.counter ?? this.storage).version++;
  }
  /**
   * The whole storage as a typed array of this element type (Uint16Array for the 16-bit floats, twice as
   * many elements of the part type for complex); index it with storageOffset and strides. A fresh view: do
   * not keep it across a call.
   */
  data(): TypedArray {
    const { buffer, byteOffset, nbytes } = this.storage;
    const b = buffer as ArrayBuffer;
    switch (this.scalarType) {
      case ScalarType.Byte:
      case ScalarType.Bool:
      case ScalarType.QUInt8:
        return new Uint8Array(b, byteOffset, nbytes);
      case ScalarType.Char:
      case ScalarType.QInt8:
        return new Int8Array(b, byteOffset, nbytes);
      case ScalarType.Short:
        return new Int16Array(b, byteOffset, nbytes >> 1);
      case ScalarType.Int:
      case ScalarType.QInt32:
        return new Int32Array(b, byteOffset, Math.floor(nbytes / 4));
      case ScalarType.Long:
        return new BigInt64Array(b, byteOffset, Math.floor(nbytes / 8));
      case ScalarType.Half:
      case ScalarType.BFloat16:
      case ScalarType.ComplexHalf:
        return new Uint16Array(b, byteOffset, nbytes >> 1);
      case ScalarType.Float:
      case ScalarType.ComplexFloat:
        return new Float32Array(b, byteOffset, Math.floor(nbytes / 4));
      case ScalarType.Double:
      case ScalarType.ComplexDouble:
        return new Float64Array(b, byteOffset, Math.floor(nbytes / 8));
    }
  }
}
