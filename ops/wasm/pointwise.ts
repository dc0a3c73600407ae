/** Pointwise expressions over tensors: iteration space, strides, chunks of heap operands, the kernel's rows. */
import { elementSize } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { arityOf, type Expr, input, type ValueType, valueTypeOf } from "../expr/expr.ts";
import { broadcastStrides, collapse, type IterationSpace, spanOf } from "./layout.ts";
import { DESCRIPTOR, type WasmMemory, wasmMemory } from "./memory.ts";
import type { Kernel } from "./kernel_cache.ts";
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
  if (!memory || !reachable(out)) return false;
  const outType = valueTypeOf(out.scalarType);
  if (outType === undefined) return false;
  const types: ValueType[] = [];
  const strides: number[][] = [out.strides as number[]];
  for (const t of inputs) {
    const vt = valueTypeOf(t.scalarType);
    if (vt === undefined || !reachable(t)) return false;
    types.push(vt);
    const s = broadcastStrides(t, out.sizes);
    if (s === null) return false;
    strides.push(s);
  }
  if (out.numel === 0) return true;
  const space = collapse(out.sizes, strides);
  const inner = space.sizes.length - 1, one = space.sizes[inner] === 1;
  const classOf = (k: number): StrideClass => {
    const s = space.strides[k][inner];
    return s === 1 || (one && k === 0) ? "c" : s === 0 ? "b" : "s";
  };
  const outClass = classOf(0);
  if (outClass === "b") return false;
  const kernel = pointwiseKernel(
    e,
    { type: outType, stride: outClass },
    types.map((type, i) => ({ type, stride: classOf(i + 1) })),
  );
  const tensors = [out, ...inputs];
  writeScalars(memory, DESCRIPTOR + scalarsAt(tensors.length), scalarTypesOf(e), scalars);
  const plan: Plan = {
    memory,
    kernel,
    tensors,
    itemSizes: tensors.map((t) => elementSize(t.scalarType)),
    heap: tensors.map((t) => t.storage.arena !== memory),
  };
  const offsets = tensors.map((t) => t.storageOffset);
  if (!plan.heap.includes(true)) {
    runResident(plan, space, tensors.map((t, k) => t.storage.address + offsets[k] * plan.itemSizes[k]));
  } else runPart(plan, space, offsets);
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
