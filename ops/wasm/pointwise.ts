/** Pointwise expressions over tensors: iteration space, strides, chunks of heap operands, the kernel's rows. */
import { elementSize } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { arityOf, type Expr, input, type ValueType, valueTypeOf } from "../expr/expr.ts";
import { useRelaxed } from "./features.ts";
import { broadcastStrides, collapse, type IterationSpace, spanOf } from "./layout.ts";
import { DESCRIPTOR, type WasmMemory, wasmMemory } from "./memory.ts";
import type { Kernel } from "./kernel_compile.ts";
import { reachable } from "./operands.ts";
import {
  OPERAND_BYTES,
  OPERANDS_AT,
  pointwiseKernel,
  scalarsAt,
  type StrideClass,
} from "./pointwise_kernel.ts";

/** Heap operands pass through scratch in pieces that stay in the second-level cache. */
const CHUNK_BYTES = 1 << 20;
/** Up to this much they go through whole where pieces would copy more. */
const WHOLE_BYTES = 32 << 20;

/** Types of the scalar parameters of an expression, found once. */
const scalarTypes = new WeakMap<Expr, ValueType[]>();

function scalarTypesOf(e: Expr): ValueType[] {
  const known = scalarTypes.get(e);
  if (known) return known;
  const types: ValueType[] = new Array(arityOf(e).scalars).fill("f32");
  const seen = new Set<Expr>();
  const walk = (x: Expr) => {
    if (seen.has(x)) return;
    seen.add(x);
    if (x.op === "scalar") types[x.index] = x.type;
    x.args.forEach(walk);
  };
  walk(e);
  scalarTypes.set(e, types);
  return types;
}

function writeScalars(
  m: WasmMemory,
  at: number,
  types: readonly ValueType[],
  values: readonly (number | bigint | boolean)[],
): void {
  types.forEach((t, j) => {
    const v = values[j] ?? 0, address = at + 8 * j;
    if (t === "i64") m.i64[address >> 3] = typeof v === "bigint" ? v : BigInt(v);
    else if (t === "f64") m.f64[address >> 3] = Number(v);
    else if (t === "f32") m.f32[address >> 2] = Number(v);
    else m.i32[address >> 2] = Number(v);
  });
}

/** Everything that stays the same over the chunks of one call. */
interface Plan {
  memory: WasmMemory;
  kernel: Kernel;
  tensors: readonly Tensor[];
  itemSizes: readonly number[];
  /** Operands on the heap. */
  heap: readonly boolean[];
}

/** Addresses of all operands at one place of the iteration space, then the kernel over its rows. */
function runResident(p: Plan, space: IterationSpace, addresses: number[]): void {
  const { sizes, strides } = space, n = sizes.length, i32 = p.memory.i32;
  const d = DESCRIPTOR >> 2;
  i32[d] = sizes[n - 1];
  i32[d + 1] = n > 1 ? sizes[n - 2] : 1;
  const outer = Math.max(0, n - 2);
  const index = new Array<number>(outer).fill(0);
  const at = addresses.slice();
  for (let k = 0; k < at.length; k++) {
    const o = (DESCRIPTOR + OPERANDS_AT + OPERAND_BYTES * k) >> 2;
    i32[o + 1] = n > 1 ? strides[k][n - 2] * p.itemSizes[k] : 0;
    i32[o + 2] = strides[k][n - 1] * p.itemSizes[k];
  }
  for (;;) {
    for (let k = 0; k < at.length; k++) i32[(DESCRIPTOR + OPERANDS_AT + OPERAND_BYTES * k) >> 2] = at[k];
    p.kernel(DESCRIPTOR);
    let dim = outer - 1;
    for (; dim >= 0; dim--) {
      index[dim]++;
      for (let k = 0; k < at.length; k++) at[k] += strides[k][dim] * p.itemSizes[k];
      if (index[dim] < sizes[dim]) break;
      for (let k = 0; k < at.length; k++) at[k] -= strides[k][dim] * p.itemSizes[k] * sizes[dim];
      index[dim] = 0;
    }
    if (dim < 0) return;
  }
}

const sum = (a: readonly number[]) => a.reduce((x, y) => x + y, 0);

/** The dimension to cut, and into what steps, so that the fewest bytes are copied in all; null for one element. */
function bestCut(sizes: readonly number[], total: number, bytesOf: (part: readonly number[]) => number) {
  let best: { dim: number; step: number; copied: number } | null = null;
  for (let dim = 0; dim < sizes.length; dim++) {
    if (sizes[dim] === 1) continue;
    const pieces = Math.min(sizes[dim], Math.ceil(total / CHUNK_BYTES));
    let step = Math.ceil(sizes[dim] / pieces);
    if (step > 64) step = Math.min(Math.ceil(step / 16) * 16, Math.ceil(sizes[dim] / 2));
    const part = sizes.slice();
    part[dim] = step;
    const copied = bytesOf(part) * Math.ceil(sizes[dim] / step);
    if (!best || copied < best.copied) best = { dim, step, copied };
  }
  return best;
}

/** Copies heap operands of this part of the space in, runs, and copies the output back; splits what is too large. */
function runPart(p: Plan, space: IterationSpace, offsets: number[]): void {
  const { sizes, strides } = space;
  const spansOf = (part: readonly number[]) =>
    p.tensors.map((_t, k) => p.heap[k] ? spanOf(part, strides[k]) * p.itemSizes[k] : 0);
  const spans = spansOf(sizes), total = sum(spans);
  if (total > CHUNK_BYTES) {
    const cut = bestCut(sizes, total, (part) => sum(spansOf(part)));
    // cutting a transposed view along either side copies its other operand again with every piece
    if (cut && (cut.copied <= 1.5 * total || total > WHOLE_BYTES)) {
      const { dim, step } = cut;
      for (let from = 0; from < sizes[dim]; from += step) {
        const part = sizes.slice();
        part[dim] = Math.min(step, sizes[dim] - from);
        const at = offsets.map((o, k) => o + from * strides[k][dim]);
        runPart(p, { sizes: part, strides }, at);
      }
      return;
    }
  }
  const m = p.memory, mark = m.markScratch();
  try {
    const addresses = p.tensors.map((t, k) => {
      if (!p.heap[k]) return t.storage.address + offsets[k] * p.itemSizes[k];
      const address = m.pushScratch(spans[k]);
      const from = offsets[k] * p.itemSizes[k];
      // the output's old bytes matter only where it has gaps
      const dense = k === 0 && spans[0] === sizes.reduce((a, b) => a * b, 1) * p.itemSizes[0];
      if (!dense) m.u8.set(t.storage.bytes().subarray(from, from + spans[k]), address);
      return address;
    });
    runResident(p, space, addresses);
    if (p.heap[0]) {
      const back = m.u8.subarray(addresses[0], addresses[0] + spans[0]);
      p.tensors[0].storage.bytes().set(back, offsets[0] * p.itemSizes[0]);
    }
  } finally {
    m.releaseScratch(mark);
  }
}

const FORM_TYPES: readonly ValueType[] = ["bool", "u8", "i8", "i16", "i32", "i64", "f32", "f64"];
const FORM_STRIDES: readonly StrideClass[] = ["c", "b", "s"];
const forms = new WeakMap<Expr, Map<number, Kernel>>();

/** The kernel of an expression for operands (output first) of these types and strides, found without its name. */
function kernelFor(e: Expr, types: readonly ValueType[], strides: readonly StrideClass[]): Kernel {
  let code = useRelaxed() ? 1 : 0;
  for (let k = 0; k < types.length; k++) {
    code = code * 24 + FORM_TYPES.indexOf(types[k]) * 3 + FORM_STRIDES.indexOf(strides[k]);
  }
  let known = forms.get(e);
  if (!known) forms.set(e, known = new Map());
  let kernel = known.get(code);
  if (!kernel) {
    const operands = types.map((type, k) => ({ type, stride: strides[k] }));
    kernel = pointwiseKernel(e, operands[0], operands.slice(1));
    // more operands than a double counts exactly: by name each time
    if (types.length <= 10) known.set(code, kernel);
  }
  return kernel;
}

/** Stride classes when every operand is walked from its first byte on or is one element; null otherwise. */
function flatClasses(out: Tensor, inputs: readonly Tensor[], n: number): StrideClass[] | null {
  if (!out.isContiguous) return null;
  const classes: StrideClass[] = ["c"], sizes = out.sizes;
  for (const t of inputs) {
    let same = t.sizes.length === sizes.length, one = t.sizes.length <= sizes.length;
    for (let d = 0; d < t.sizes.length; d++) {
      if (t.sizes[d] !== sizes[d]) same = false;
      if (t.sizes[d] !== 1) one = false;
    }
    if (same && t.isContiguous) classes.push(one && n > 1 ? "b" : "c");
    else if (one) classes.push("b");
    else return null;
  }
  return classes;
}

/** All operands in one run of memory: no iteration space to work out, and chunks are cut anywhere. */
function runFlat(p: Plan, classes: readonly StrideClass[], n: number): void {
  const m = p.memory, count = p.tensors.length;
  let perElement = 0;
  for (let k = 0; k < count; k++) if (p.heap[k] && classes[k] === "c") perElement += p.itemSizes[k];
  const step = perElement * n <= CHUNK_BYTES ? n : Math.max(16, Math.floor(CHUNK_BYTES / perElement) & ~15);
  const mark = m.markScratch();
  const addresses = new Array<number>(count);
  const d = DESCRIPTOR >> 2;
  try {
    for (let k = 0; k < count; k++) {
      const t = p.tensors[k], size = p.itemSizes[k];
      if (!p.heap[k]) addresses[k] = t.storage.address + t.storageOffset * size;
      else addresses[k] = m.pushScratch(classes[k] === "c" ? step * size : size);
    }
    for (let from = 0; from < n; from += step) {
      const here = Math.min(step, n - from), i32 = m.i32;
      i32[d] = here;
      i32[d + 1] = 1;
      for (let k = 0; k < count; k++) {
        const t = p.tensors[k], size = p.itemSizes[k], moves = classes[k] === "c";
        const o = (DESCRIPTOR + OPERANDS_AT + OPERAND_BYTES * k) >> 2;
        i32[o] = p.heap[k] || !moves ? addresses[k] : addresses[k] + from * size;
        i32[o + 1] = 0;
        i32[o + 2] = moves ? size : 0;
        if (k > 0 && p.heap[k] && (moves || from === 0)) {
          m.u8.set(heapBytes(t, moves ? from : 0, moves ? here : 1, size), addresses[k]);
        }
      }
      p.kernel(DESCRIPTOR);
      if (p.heap[0]) {
        const size = p.itemSizes[0], bytes = here * size;
        heapBytes(p.tensors[0], from, here, size).set(m.u8.subarray(addresses[0], addresses[0] + bytes));
      }
    }
  } finally {
    m.releaseScratch(mark);
  }
}

/** Bytes of `count` elements of a heap tensor's run of memory. */
function heapBytes(t: Tensor, from: number, count: number, size: number): Uint8Array {
  const s = t.storage;
  return new Uint8Array(
    s.buffer as ArrayBuffer,
    s.byteOffset + (t.storageOffset + from) * size,
    count * size,
  );
}

/**
 * out = e(inputs, scalars), element by element. Inputs broadcast to out's sizes and convert to the types of the
 * expression's leaves; the result converts to out's type. Any strides; out may be one of the inputs (the
 * same view), but not overlap one in another way. False when a type or place is not covered.
 */
export function pointwise(
  e: Expr,
  out: Tensor,
  inputs: readonly Tensor[],
  scalars: readonly (number | bigint | boolean)[] = [],
): boolean {
  const memory = wasmMemory();
  const outType = valueTypeOf(out.scalarType);
  if (!memory || outType === undefined || !reachable(out)) return false;
  const types: ValueType[] = [outType];
  for (const t of inputs) {
    const vt = valueTypeOf(t.scalarType);
    if (vt === undefined || !reachable(t)) return false;
    types.push(vt);
  }
  const n = out.numel;
  const flat = flatClasses(out, inputs, n);
  let space: IterationSpace | null = null, classes = flat;
  if (!flat) {
    const strides: number[][] = [out.strides as number[]];
    for (const t of inputs) {
      const s = broadcastStrides(t, out.sizes);
      if (s === null) return false;
      strides.push(s);
    }
    if (n === 0) return true;
    space = collapse(out.sizes, strides);
    const inner = space.sizes.length - 1, one = space.sizes[inner] === 1;
    classes = space.strides.map((steps, k): StrideClass => {
      const s = steps[inner];
      return s === 1 || (one && k === 0) ? "c" : s === 0 ? "b" : "s";
    });
    if (classes[0] === "b") return false;
  }
  if (n === 0) return true;
  const kernel = kernelFor(e, types, classes!);
  const tensors = [out, ...inputs];
  if (scalars.length > 0) {
    writeScalars(memory, DESCRIPTOR + scalarsAt(tensors.length), scalarTypesOf(e), scalars);
  }
  const heap = tensors.map((t) => t.storage.arena !== memory);
  const plan: Plan = {
    memory,
    kernel,
    tensors,
    itemSizes: tensors.map((t) => elementSize(t.scalarType)),
    heap,
  };
  if (flat) {
    runFlat(plan, flat, n);
    return true;
  }
  const offsets = tensors.map((t) => t.storageOffset);
  if (!heap.includes(true)) {
    runResident(plan, space!, tensors.map((t, k) => t.storage.address + offsets[k] * plan.itemSizes[k]));
  } else runPart(plan, space!, offsets);
  return true;
}

const identities = new Map<ValueType, Expr>();

/** out = input converted to out's type; input broadcasts. False when a type or place is not covered. */
export function copyStrided(out: Tensor, source: Tensor): boolean {
  const t = valueTypeOf(source.scalarType);
  if (t === undefined) return false;
  let e = identities.get(t);
  if (!e) identities.set(t, e = input(0, t));
  return pointwise(e, out, [source]);
}
