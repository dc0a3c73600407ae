/** Matrix products over tensors: blocking, packing, packed weights, vectors, batches. */
import type { ScalarType } from "../../core/scalar_type.ts";
import { Storage } from "../../core/storage.ts";
import { contiguousStrides, Tensor } from "../../core/tensor.ts";
import { constant, type Expr, input, op, scalar, type ValueType, valueTypeOf } from "../expr/mod.ts";
import { kernelSuffix } from "./features.ts";
import { type GemmKernels, gemmKernels, type GemmType, Init } from "./gemm_kernel.ts";
import { vectorProduct } from "./gemv.ts";
import { type WasmMemory, wasmMemory } from "./memory.ts";
import { type OperandScope, withOperands } from "./operands.ts";
import { pointwise } from "./pointwise.ts";

/** Elements of k in a round, so that a panel of A stays in the first-level cache. */
export const KC = 384;
/** Columns of B in a round, so that the block stays in the second-level cache. */
const NC = 512;

/** A matrix in memory: address of its first element, steps in bytes. */
export interface MatrixAt {
  address: number;
  /** From one row (of A) or column (of B) to the next. */
  step: number;
  /** From one k to the next. */
  kStep: number;
}

/** An operand packed once, for a module's weights. Holds arena memory until released or collected. */
export class PackedMatrix {
  constructor(
    readonly memory: WasmMemory,
    readonly address: number,
    readonly type: GemmType,
    /** Which operand it can be. */
    readonly side: "a" | "b",
    /** Rows of A, or columns of B. */
    readonly count: number,
    readonly k: number,
    readonly suffix: string,
  ) {}
  /** Its memory has been given back. */
  released = false;
  release(): void {
    if (this.released) return;
    this.released = true;
    unpin(this);
    this.memory.free(this.address);
    collected?.unregister(this);
  }
}

/** Absent on some edge hosts, where modules live as long as their worker. */
const collected = typeof FinalizationRegistry === "undefined"
  ? undefined
  : new FinalizationRegistry<{ memory: WasmMemory; address: number }>((p) => p.memory.free(p.address));

/** What comes after the product, on its elements: an expression whose input 0 is the product. */
export interface Epilogue {
  readonly expr: Expr;
  readonly inputs?: readonly Tensor[];
  readonly scalars?: readonly (number | bigint)[];
}

export interface GemmOptions {
  /** Factor of the product; 1. */
  alpha?: number;
  /** Factor of what out held; 0, and then out is only written. */
  beta?: number;
  /** Added before the epilogue: one value per column of out, or per row. */
  bias?: Tensor | null;
  biasOn?: "columns" | "rows";
  epilogue?: Epilogue | null;
}

export function gemmTypeOf(t: ScalarType): GemmType | undefined {
  const v = valueTypeOf(t);
  return v === "f32" || v === "f64" || v === "i32" || v === "i64" ? v : undefined;
}

/** Bytes of a packed operand: A keeps its rows, B is padded to whole panels. */
function packedBytes(g: GemmKernels, side: "a" | "b", count: number, k: number): number {
  const wide = side === "a" ? count : Math.ceil(count / g.nr) * g.nr;
  return wide * k * g.bytes;
}

/** Packs all of a matrix, k block after k block. */
function packAll(g: GemmKernels, side: "a" | "b", to: number, m: MatrixAt, count: number, k: number): void {
  for (let pc = 0; pc < k; pc += KC) {
    const kc = Math.min(KC, k - pc);
    const pack = side === "a" ? g.packA : g.packB;
    pack(to, m.address + pc * m.kStep, count, kc, m.step, m.kStep);
    to += packedBytes(g, side, count, kc);
  }
}

/** Packed B panels for a block: columns from `jc` (a multiple of the panel), k from `pc`; gives their address. */
export type PackB = (jc: number, nc: number, pc: number, kc: number) => number;

/**
 * C (row-major, `ldc` bytes between rows) = init + A B at addresses in memory. `packB` brings the panels of B: from a
 * matrix, from weights packed before, or from an image (convolution).
 */
export function gemmAt(
  scope: OperandScope,
  g: GemmKernels,
  m: number,
  n: number,
  k: number,
  a: MatrixAt | PackedMatrix,
  packB: PackB,
  nc: number,
  c: number,
  ldc: number,
  init: Init,
  bias: number,
): void {
  const es = g.bytes;
  let aBuffer = 0;
  if (!(a instanceof PackedMatrix)) aBuffer = scope.scratch(packedBytes(g, "a", m, k));
  if (!(a instanceof PackedMatrix)) packAll(g, "a", aBuffer, a, m, k);
  else aBuffer = a.address;
  if (k === 0) g.run(aBuffer, 0, c, ldc, m, n, 0, init, bias);
  for (let jc = 0; jc < n; jc += nc) {
    const cols = Math.min(nc, n - jc);
    for (let pc = 0; pc < k; pc += KC) {
      const kc = Math.min(KC, k - pc);
      const b = packB(jc, cols, pc, kc);
      const biasHere = init === Init.RowBias ? bias : bias + jc * es;
      g.run(aBuffer + pc * m * es, b, c + jc * es, ldc, m, cols, kc, pc === 0 ? init : Init.FromC, biasHere);
    }
  }
}

/** Panels of B from a plain matrix, packed into a buffer for one block. */
export function packFrom(scope: OperandScope, g: GemmKernels, b: MatrixAt, n: number, k: number): PackB {
  const wide = Math.ceil(Math.min(n, NC) / g.nr) * g.nr;
  const buffer = scope.scratch(wide * Math.min(k, KC) * g.bytes);
  return (jc, nc, pc, kc) => {
    g.packB(buffer, b.address + jc * b.step + pc * b.kStep, nc, kc, b.step, b.kStep);
    return buffer;
  };
}

function packedB(g: GemmKernels, b: PackedMatrix): PackB {
  const wide = Math.ceil(b.count / g.nr) * g.nr;
  return (jc, _nc, pc, kc) => b.address + (wide * pc + jc * kc) * g.bytes;
}

const packedCache = new WeakMap<Storage, Map<string, { version: number; packed: PackedMatrix }>>();

/** Packed copies that only a cache holds, oldest first; past the limit the oldest go. */
const unpinned = new Map<PackedMatrix, number>();
let unpinnedBytes = 0;
const UNPINNED_LIMIT = 128 << 20;

function unpin(p: PackedMatrix): void {
  unpinnedBytes -= unpinned.get(p) ?? 0;
  unpinned.delete(p);
}

/**
 * The 2-d matrix packed as an operand of `gemm`: `a` [m, k] or `b` [k, n]. Kept while the storage lives and is not
 * written to, so that asking again costs nothing. null when the type or place is not covered. A copy that is not
 * `pinned` may be dropped by a later call.
 */
export function packWeights(t: Tensor, side: "a" | "b", pinned = true): PackedMatrix | null {
  const type = gemmTypeOf(t.scalarType), memory = wasmMemory();
  if (!type || !memory || t.dim !== 2) return null;
  const suffix = kernelSuffix();
  const key = `${side} ${type} ${t.storageOffset} ${t.sizes} ${t.strides} ${suffix}`;
  let known = packedCache.get(t.storage);
  const hit = known?.get(key);
  if (hit && hit.version === t.storage.version && !hit.packed.released) {
    if (pinned) unpin(hit.packed);
    return hit.packed;
  }
  hit?.packed.release();
  const g = gemmKernels(type), kDim = side === "a" ? 1 : 0;
  const k = t.sizes[kDim], count = t.sizes[1 - kDim];
  const address = memory.alloc(packedBytes(g, side, count, k));
  const ok = withOperands([t], (s) => {
    const es = g.bytes;
    const m = { address: s.input(t), step: t.strides[1 - kDim] * es, kStep: t.strides[kDim] * es };
    packAll(g, side, address, m, count, k);
    return true;
  });
  if (!ok) {
    memory.free(address);
    return null;
  }
  const packed = new PackedMatrix(memory, address, type, side, count, k, suffix);
  collected?.register(packed, { memory, address }, packed);
  if (!known) packedCache.set(t.storage, known = new Map());
  known.set(key, { version: t.storage.version, packed });
  if (!pinned) {
    for (const old of unpinned.keys()) {
      if (unpinnedBytes <= UNPINNED_LIMIT) break;
      old.release();
    }
    const size = packedBytes(g, side, count, k);
    unpinned.set(packed, size);
    unpinnedBytes += size;
  }
  return packed;
}

/** `alpha p + beta c`, and its form without c, kept so that their kernels are found by identity. */
const scaled = new Map<string, Expr>();
function scaledSum(t: ValueType, withC: boolean): Expr {
  const key = t + withC;
  let e = scaled.get(key);
  if (!e) {
    const p = op("mul", input(0, t), scalar(0, t));
    e = withC ? op("add", p, op("mul", input(1, t), scalar(1, t))) : p;
    scaled.set(key, e);
  }
  return e;
}

/** A contiguous tensor in the arena for the length of `body`. */
function withTemporary(memory: WasmMemory, like: Tensor, body: (t: Tensor) => boolean): boolean {
  const storage = Storage.arena(memory, like.numel * like.itemSize);
  try {
    return body(new Tensor(storage, like.scalarType, like.sizes, contiguousStrides(like.sizes)));
  } finally {
    storage.release();
  }
}

/**
 * out [m, n] = epilogue(alpha a b + beta out + bias), for float32, float64, int32 and int64 with any strides; one
 * type throughout. Either operand may be packed. out must not overlap an operand.
 */
export function gemm(
  out: Tensor,
  a: Tensor | PackedMatrix,
  b: Tensor | PackedMatrix,
  opts: GemmOptions = {},
): boolean {
  const memory = wasmMemory(), type = gemmTypeOf(out.scalarType);
  if (!memory || !type || out.dim !== 2) return false;
  const [m, n] = out.sizes;
  const k = a instanceof PackedMatrix ? a.k : a.sizes[1];
  if (a instanceof PackedMatrix ? a.side !== "a" || a.count !== m : a.dim !== 2 || a.sizes[0] !== m) {
    return false;
  }
  if (
    b instanceof PackedMatrix
      ? b.side !== "b" || b.count !== n || b.k !== k
      : b.dim !== 2 || b.sizes[0] !== k || b.sizes[1] !== n
  ) {
    return false;
  }
  for (const x of [a, b]) {
    if (x instanceof PackedMatrix) {
      if (x.released || x.type !== type || x.suffix !== kernelSuffix()) return false;
    } else if (x.scalarType !== out.scalarType) return false;
  }
  if (opts.bias && (opts.bias.scalarType !== out.scalarType || opts.bias.dim !== 1)) return false;
  if (m === 0 || n === 0) return true;
  const alpha = opts.alpha ?? 1, beta = opts.beta ?? 0;
  const plain = alpha === 1 && (beta === 0 || beta === 1) && !(beta === 1 && opts.bias);
  if (!plain || (out.strides[1] !== 1 && n > 1)) {
    return withTemporary(memory, out, (t) => {
      if (!gemm(t, a, b, plain && beta === 0 ? { ...opts, epilogue: null } : {})) return false;
      const inputs = beta === 0 ? [t] : [t, out];
      const scalars = type === "i64" ? [BigInt(alpha), BigInt(beta)] : [alpha, beta];
      const direct = plain && beta === 0;
      if (!pointwise(direct ? input(0, type) : scaledSum(type, beta !== 0), out, inputs, scalars)) {
        return false;
      }
      if (!direct && opts.bias && !addBias(out, opts.bias, opts.biasOn)) return false;
      return finishEpilogue(out, opts.epilogue);
    });
  }
  const tensors = [out, a, b, opts.bias].map((x) => x instanceof Tensor ? x : null);
  const ok = withOperands(tensors, (s) => {
    const g = gemmKernels(type), es = g.bytes;
    const c = beta === 1 ? s.inout(out) : s.output(out);
    const at = (t: Tensor, count: 0 | 1): MatrixAt => ({
      address: s.input(t),
      step: t.strides[count] * es,
      kStep: t.strides[1 - count] * es,
    });
    const aAt = a instanceof PackedMatrix ? a : at(a, 0);
    if (
      m === 1 && type === "f32" && !(aAt instanceof PackedMatrix) && !(b instanceof PackedMatrix) &&
      !opts.bias && beta === 0
    ) {
      if (vectorProduct(s, c, aAt.address, aAt.kStep, at(b, 1), n, k)) return true;
    }
    if (
      n === 1 && type === "f32" && !(aAt instanceof PackedMatrix) && !(b instanceof PackedMatrix) &&
      !opts.bias && beta === 0 && (m === 1 || out.strides[0] === 1)
    ) {
      const v = at(b, 1);
      if (vectorProduct(s, c, v.address, v.kStep, aAt, m, k)) return true;
    }
    const packB = b instanceof PackedMatrix ? packedB(g, b) : packFrom(s, g, at(b, 1), n, k);
    let init: Init = beta === 1 ? Init.FromC : Init.Zero, bias = 0;
    if (opts.bias) {
      init = opts.biasOn === "rows" ? Init.RowBias : Init.ColumnBias;
      bias = biasAt(s, opts.bias, es);
    }
    gemmAt(s, g, m, n, k, aAt, packB, NC, c, out.strides[0] * es, init, bias);
    return true;
  });
  return ok && finishEpilogue(out, opts.epilogue);
}

/** The bias densely in scratch, with room for a whole panel beyond its end. */
export function biasAt(s: OperandScope, bias: Tensor, es: number): number {
  const n = bias.sizes[0], to = s.scratch(n * es + 64), from = s.input(bias);
  const step = bias.strides[0] * es, u8 = s.memory.u8;
  for (let i = 0; i < n; i++) u8.copyWithin(to + i * es, from + i * step, from + i * step + es);
  return to;
}

function addBias(out: Tensor, bias: Tensor, on: "columns" | "rows" = "columns"): boolean {
  const t = valueTypeOf(out.scalarType)!;
  const b = on === "rows" ? bias.asStrided([bias.sizes[0], 1], [bias.strides[0], 1]) : bias;
  return pointwise(op("add", input(0, t), input(1, t)), out, [out, b]);
}

/** Applies the epilogue to out in place. */
export function finishEpilogue(out: Tensor, e: Epilogue | null | undefined): boolean {
  return !e || pointwise(e.expr, out, [out, ...(e.inputs ?? [])], e.scalars ?? []);
}

/** out [b, m, n] = a [b, m, k] b [b, k, n], batch by batch; a batch stride of 0 is fine. */
export function bmm(out: Tensor, a: Tensor, b: Tensor, opts: GemmOptions = {}): boolean {
  if (out.dim !== 3 || a.dim !== 3 || b.dim !== 3) return false;
  const part = (t: Tensor, i: number) =>
    new Tensor(
      t.storage,
      t.scalarType,
      t.sizes.slice(1),
      t.strides.slice(1),
      t.storageOffset + i * t.strides[0],
    );
  for (let i = 0; i < out.sizes[0]; i++) {
    if (!gemm(part(out, i), part(a, i), part(b, i), opts)) return false;
  }
  return true;
}

/** relu as an epilogue. */
export function reluEpilogue(t: ValueType): Epilogue {
  return { expr: op("maximum", input(0, t), constant(0, t)) };
}
