/** Making tensors, and changing the size of existing ones. */
import { CPU, type Device, META } from "../../core/device.ts";
import { check, NotImplemented } from "../../core/errors.ts";
import { currentRegion } from "../../core/region.ts";
import { elementSize, ScalarType } from "../../core/scalar_type.ts";
import { Storage } from "../../core/storage.ts";
import { contiguousStrides, numelOf, Tensor } from "../../core/tensor.ts";
import { backendOf } from "../backend.ts";

/** PyTorch's MemoryFormat numbers. */
export const MemoryFormat = { Contiguous: 0, Preserve: 1, ChannelsLast: 2, ChannelsLast3d: 3 } as const;

let defaultDtype: ScalarType = ScalarType.Float;

/** `torch.get_default_dtype()`. */
export function getDefaultDtype(): ScalarType {
  return defaultDtype;
}
export function setDefaultDtype(t: ScalarType): void {
  defaultDtype = t;
}

/** A CPU tensor for a result that will be written whole: contents undefined, row-major unless told. */
export function emptyTensor(
  sizes: readonly number[],
  dtype: ScalarType,
  strides: readonly number[] = contiguousStrides(sizes),
): Tensor {
  const bytes = numelOf(sizes) * elementSize(dtype);
  return new Tensor(currentRegion()?.allocate(bytes) ?? newStorage(bytes), dtype, sizes, strides);
}

/** Zero-filled row-major tensor. Negative sizes are refused with PyTorch's message. */
export function newTensor(
  sizes: readonly number[],
  dtype: ScalarType,
  device: Device = CPU,
  strides: readonly number[] = contiguousStrides(sizes),
): Tensor {
  if (device.type !== "cpu" && device.type !== "meta") return backendOf(device).zeros(sizes, dtype, strides);
  let bytes = elementSize(dtype);
  for (let i = 0; i < sizes.length; i++) {
    check(
      sizes[i] >= 0,
      () => `Trying to create tensor with negative dimension ${sizes[i]}: [${sizes.join(", ")}]`,
    );
    bytes *= sizes[i];
  }
  return new Tensor(newStorage(bytes, device), dtype, sizes, strides);
}

/** Zero-filled storage: of the current region where there is one, else on the heap. */
export function newStorage(bytes: number, device: Device = CPU): Storage {
  if (device === CPU || device.type === "cpu") {
    check(
      bytes <= 0x7fff_ffff_ff && Number.isSafeInteger(bytes),
      () =>
        `[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate ${bytes} bytes. Error code 12 (Cannot allocate memory)`,
    );
    const region = currentRegion();
    const placed = region === null ? null : region.allocate(bytes);
    if (placed === null) return Storage.heap(bytes);
    placed.arena!.fill(placed.address, bytes, 0);
    return placed;
  }
  if (device === META) return Storage.onDevice(META, bytes, null);
  throw new NotImplemented(`creating tensors on device ${device}`);
}

/** Takes over `data` (dense, row-major, of the dtype's representation) as a tensor. */
export function fromTypedArray(data: ArrayBufferView, sizes: readonly number[], dtype: ScalarType): Tensor {
  const whole = data.byteOffset === 0 && data.byteLength === data.buffer.byteLength &&
    data.buffer instanceof ArrayBuffer;
  const buffer = whole
    ? data.buffer as ArrayBuffer
    : data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
  return new Tensor(Storage.fromBuffer(buffer), dtype, sizes);
}

/** Changes sizes in place to row-major ones, growing the storage when needed. */
export function resizeTensor(t: Tensor, sizes: readonly number[]): void {
  t.sizes = sizes.slice();
  t.strides = contiguousStrides(sizes);
  growStorage(t);
}

/** Makes the storage large enough for the tensor's sizes and strides. */
export function growStorage(t: Tensor): void {
  if (t.numel === 0) return;
  let last = t.storageOffset;
  for (let i = 0; i < t.dim; i++) last += (t.sizes[i] - 1) * t.strides[i];
  const need = (last + 1) * t.itemSize;
  if (need <= t.storage.nbytes) return;
  if (t.storage.deviceMemory === null) t.storage.resize(need);
  else growOnDevice(t, last + 1);
}

/** Another device's memory has no room to grow: the tensor gets a larger storage with the old elements in front. */
function growOnDevice(t: Tensor, elements: number): void {
  const device = backendOf(t.device), fresh = device.empty([elements], t.scalarType);
  const old = t.storage.nbytes / t.itemSize;
  if (old > 0) device.copy(fresh.asStrided([old], [1]), new Tensor(t.storage, t.scalarType, [old], [1]));
  t.storage = fresh.storage;
}

/** Strides of a memory format; channels-last needs 4 (3d: 5) dimensions. */
export function formatStrides(sizes: readonly number[], format: number): number[] {
  if (format === MemoryFormat.ChannelsLast || format === MemoryFormat.ChannelsLast3d) {
    const rank = format === MemoryFormat.ChannelsLast ? 4 : 5;
    const name = rank === 4 ? "channels_last" : "channels_last_3d";
    check(sizes.length === rank, `required rank ${rank} tensor to use ${name} format`);
    return orderedStrides(sizes, rank === 4 ? [1, 3, 2, 0] : [1, 4, 3, 2, 0]);
  }
  return contiguousStrides(sizes);
}

/** Dense strides for dimensions laid out in `order`, the fastest first. */
export function orderedStrides(sizes: readonly number[], order: readonly number[]): number[] {
  const strides = new Array<number>(sizes.length);
  let step = 1;
  for (const d of order) {
    strides[d] = step;
    step *= Math.max(sizes[d], 1);
  }
  return strides;
}

/** Whether the strides are those of channels-last memory, as `is_contiguous(memory_format=...)` decides. */
export function isFormatContiguous(t: Tensor, format: number): boolean {
  if (format === MemoryFormat.Contiguous) return t.isContiguous;
  const rank = format === MemoryFormat.ChannelsLast ? 4 : 5;
  if (t.dim !== rank) return false;
  let step = 1;
  for (const d of rank === 4 ? [1, 3, 2, 0] : [1, 4, 3, 2, 0]) {
    if (t.sizes[d] !== 1) {
      if (t.strides[d] !== step) return false;
      step *= t.sizes[d];
    }
  }
  return true;
}

/** Every element at its own place, no gaps: some permutation of a contiguous tensor. */
export function isNonOverlappingDense(t: Tensor): boolean {
  const dims = t.sizes.map((_, i) => i).filter((i) => t.sizes[i] !== 1).sort((a, b) =>
    t.strides[a] - t.strides[b]
  );
  let step = 1;
  for (const d of dims) {
    if (t.sizes[d] === 0) return true;
    if (t.strides[d] !== step) return false;
    step *= t.sizes[d];
  }
  return true;
}

/**
 * Strides of a fresh result of a pointwise operator: dense, in the order of the inputs' own strides, as
 * PyTorch's TensorIterator chooses it. Inputs broadcast to `sizes`.
 */
export function resultStrides(sizes: readonly number[], inputs: readonly Tensor[]): readonly number[] {
  const n = sizes.length;
  if (n < 2 || inputs.every((t) => t.isContiguous)) return contiguousStrides(sizes);
  const same = inputs.filter((t) => t.dim > 0);
  const first = same[0];
  if (
    first && same.every((t) => equal(t.sizes, sizes) && equal(t.strides, first.strides)) &&
    isNonOverlappingDense(first)
  ) return first.strides;
  const rows = inputs.map((t) => broadcastStrides(t, sizes));
  // Fastest dimension first; an insertion sort with PyTorch's three-valued comparison, which is not a total order.
  const perm = sizes.map((_, i) => n - 1 - i);
  const compare = (a: number, b: number): number => {
    for (const s of rows) {
      if (s[a] === 0 || s[b] === 0) continue;
      if (s[a] < s[b]) return -1;
      if (s[a] > s[b]) return 1;
      if (sizes[a] > sizes[b]) return 1;
    }
    return 0;
  };
  for (let i = 1; i < n; i++) {
    let at = i;
    for (let j = i - 1; j >= 0; j--) {
      const c = compare(perm[j], perm[at]);
      if (c > 0) {
        [perm[j], perm[at]] = [perm[at], perm[j]];
        at = j;
      } else if (c < 0) break;
    }
  }
  return orderedStrides(sizes, perm);
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

/** Strides to read `t` as if it had `sizes`: 0 along broadcast dimensions. */
export function broadcastStrides(t: Tensor, sizes: readonly number[]): number[] {
  const lead = sizes.length - t.dim;
  return sizes.map((s, i) => i < lead || (t.sizes[i - lead] === 1 && s !== 1) ? 0 : t.strides[i - lead]);
}

/** Total elements, for callers that have only sizes. */
export { numelOf };
