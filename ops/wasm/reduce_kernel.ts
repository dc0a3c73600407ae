/**
 * Reduction kernels over contiguous elements: along rows (`inner`), and down columns (`outer`). Sums of float32 keep
 * short chains in float32 vectors and everything longer in float64, so their error does not grow with the length.
 */
import { FunctionBuilder } from "./assembler.ts";
import { kernels } from "./kernel_cache.ts";
import type { Kernel } from "./kernel_compile.ts";
import type { SIMD } from "./opcodes.ts";

export type ReduceType = "f32" | "f64" | "i32" | "i64";
export type Combine = "sum" | "prod" | "max" | "min";

const BYTES = { f32: 4, f64: 8, i32: 4, i64: 8 } as const;
const SHAPE = { f32: "f32x4", f64: "f64x2", i32: "i32x4", i64: "i64x2" } as const;
/** Vectors per round and rounds per block: 256 float32 additions are the longest chain. */
const VECTORS = 4, BLOCK = 64;

/** Combines the two vectors on the stack. */
function combineVectors(f: FunctionBuilder, t: ReduceType, how: Combine): void {
  if (how === "sum") return f.simd(`${SHAPE[t]}.add` as keyof typeof SIMD);
  if (how === "prod") return f.simd(t === "i64" ? 0xd5 : `${SHAPE[t]}.mul` as keyof typeof SIMD);
  if (t === "f32" || t === "f64") return f.simd(`${SHAPE[t]}.${how}` as keyof typeof SIMD);
  if (t === "i32") return f.simd(how === "max" ? 0xb8 : 0xb6);
  const a = f.local("v128"), b = f.local("v128");
  f.set(b), f.set(a);
  f.get(a), f.get(b);
  f.get(a), f.get(b), f.simd(how === "max" ? 0xd9 : 0xd8);
  f.simd("v128.bitselect");
}

/** Combines the two scalars on the stack. */
function combineScalars(f: FunctionBuilder, t: ReduceType, how: Combine): void {
  if (how === "sum") return f.op(`${t}.add`);
  if (how === "prod") return f.op(`${t}.mul`);
  if (t === "f32" || t === "f64") return f.op(`${t}.${how}`);
  const a = f.local(t), b = f.local(t);
  f.set(b), f.set(a);
  f.get(a), f.get(b), f.get(a), f.get(b), f.op(`${t}.${how === "max" ? "gt_s" : "lt_s"}`), f.op("select");
}

function identity(f: FunctionBuilder, t: ReduceType, how: Combine): void {
  const n = how === "sum" ? 0 : how === "prod" ? 1 : how === "max" ? -Infinity : Infinity;
  if (t === "f32") f.f32(n);
  else if (t === "f64") f.f64(n);
  else if (t === "i32") f.i32(n === -Infinity ? -2147483648 : n === Infinity ? 2147483647 : n);
  else f.i64(n === -Infinity ? -(1n << 63n) : n === Infinity ? (1n << 63n) - 1n : BigInt(n));
}

/** params out, in, rows, row step, n: out[r] = combine of row r. */
function inner(t: ReduceType, how: Combine): FunctionBuilder {
  const f = new FunctionBuilder(new Array(5).fill("i32"), []);
  const [out, from, rows, step, n] = [0, 1, 2, 3, 4];
  const es = BYTES[t], lanes = 16 / es, wide = t === "f32" && how === "sum";
  const st = wide ? "f64" : t;
  const total = f.local(st), p = f.local("i32"), left = f.local("i32"), rounds = f.local("i32");
  const acc = Array.from({ length: VECTORS }, () => f.local("v128"));
  const addVector = (v: number) => {
    for (let l = 0; l < lanes; l++) {
      f.get(total);
      f.get(v), f.lane(`${SHAPE[t]}.extract_lane` as keyof typeof SIMD, l);
      if (wide) f.op("f64.promote_f32");
      combineScalars(f, st, how);
      f.set(total);
    }
  };
  f.countdown(rows, 1, () => {
    f.get(from), f.set(p), f.get(n), f.set(left);
    identity(f, st, how), f.set(total);
    const chunk = lanes * VECTORS;
    // a block: its first round loads, the others combine
    f.block();
    f.get(left), f.i32(chunk), f.op("i32.lt_s"), f.brIf(0);
    f.loop();
    acc.forEach((a, i) => (f.get(p), f.simdMemory("v128.load", i * 16), f.set(a)));
    f.increment(p, VECTORS * 16), f.increment(left, -chunk);
    f.i32(BLOCK - 1), f.get(left), f.i32(chunk), f.op("i32.div_u");
    f.i32(BLOCK - 1),
      f.get(left),
      f.i32(chunk),
      f.op("i32.div_u"),
      f.op("i32.lt_s"),
      f.op("select"),
      f.set(rounds);
    f.get(left), f.get(rounds), f.i32(chunk), f.op("i32.mul"), f.op("i32.sub"), f.set(left);
    f.countdown(rounds, 1, () => {
      acc.forEach((a, i) => {
        f.get(a), f.get(p), f.simdMemory("v128.load", i * 16), combineVectors(f, t, how), f.set(a);
      });
      f.increment(p, VECTORS * 16);
    });
    for (const [a, b] of [[0, 1], [2, 3], [0, 2]]) {
      f.get(acc[a]), f.get(acc[b]), combineVectors(f, t, how), f.set(acc[a]);
    }
    addVector(acc[0]);
    f.get(left), f.i32(chunk), f.op("i32.ge_s"), f.brIf(0);
    f.end();
    f.end();
    f.countdown(left, 1, () => {
      f.get(total), f.get(p), f.memory(`${t}.load`);
      if (wide) f.op("f64.promote_f32");
      combineScalars(f, st, how), f.set(total);
      f.increment(p, es);
    });
    f.get(out), f.get(total);
    if (wide) f.op("f32.demote_f64");
    f.memory(`${t}.store`);
    f.increment(out, es), f.advance(from, step);
  });
  return f;
}

/** params out, in, columns, count, step: out[c] = combine over i of in[c + i step]; count >= 1. */
function outer(t: ReduceType, how: Combine): FunctionBuilder {
  const f = new FunctionBuilder(new Array(5).fill("i32"), []);
  const [out, from, cols, count, step] = [0, 1, 2, 3, 4];
  const es = BYTES[t], lanes = 16 / es, wide = t === "f32" && how === "sum";
  const p = f.local("i32"), left = f.local("i32");
  const body = (vectors: number, one: boolean) => {
    const acc = Array.from({ length: vectors }, () => [f.local("v128"), f.local("v128")]);
    const v = f.local("v128");
    const load = (
      i: number,
    ) => (f.get(p),
      f.simdMemory(!one ? "v128.load" : es === 4 ? "v128.load32_zero" : "v128.load64_zero", i * 16));
    const high =
      () => (f.get(v),
        f.permute([8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7], v),
        f.simd("f64x2.promote_low_f32x4"));
    f.get(from), f.set(p), f.get(count), f.i32(1), f.op("i32.sub"), f.set(left);
    acc.forEach(([lo, hi], i) => {
      load(i);
      if (wide) f.tee(v), f.simd("f64x2.promote_low_f32x4"), f.set(lo), high(), f.set(hi);
      else f.set(lo);
    });
    f.countdown(left, 1, () => {
      f.advance(p, step);
      acc.forEach(([lo, hi], i) => {
        if (wide) {
          load(i), f.set(v);
          f.get(lo), f.get(v), f.simd("f64x2.promote_low_f32x4"), f.simd("f64x2.add"), f.set(lo);
          f.get(hi), high(), f.simd("f64x2.add"), f.set(hi);
        } else f.get(lo), load(i), combineVectors(f, t, how), f.set(lo);
      });
    });
    acc.forEach(([lo, hi], i) => {
      f.get(out);
      if (wide) {
        f.get(lo), f.simd("f32x4.demote_f64x2_zero"), f.get(hi), f.simd("f32x4.demote_f64x2_zero");
        f.shuffle([0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]);
      } else f.get(lo);
      if (one) f.simdMemoryLane(es === 4 ? "v128.store32_lane" : "v128.store64_lane", 0);
      else f.simdMemory("v128.store", i * 16);
    });
    const bytes = one ? es : vectors * 16;
    f.increment(out, bytes), f.increment(from, bytes);
  };
  f.countdown(cols, lanes * 4, () => body(4, false));
  f.countdown(cols, lanes, () => body(1, false));
  f.countdown(cols, 1, () => body(1, true));
  return f;
}

/** params out (int64), in, rows, row step, n >= 1: index of the extreme, the first of equals; NaN is the extreme. */
function argInner(t: ReduceType, max: boolean): FunctionBuilder {
  const f = new FunctionBuilder(new Array(5).fill("i32"), []);
  const [out, from, rows, step, n] = [0, 1, 2, 3, 4];
  const float = t === "f32" || t === "f64", es = BYTES[t];
  const p = f.local("i32"), i = f.local("i32"), best = f.local("i32"), x = f.local(t), b = f.local(t);
  f.countdown(rows, 1, () => {
    f.get(from), f.tee(p), f.memory(`${t}.load`), f.set(b);
    f.i32(0), f.tee(best), f.set(i);
    f.loop();
    f.get(p), f.memory(`${t}.load`), f.set(x);
    f.get(x), f.get(b), f.op(`${t}.${max ? "gt" : "lt"}${float ? "" : "_s"}` as "f32.gt");
    if (float) {
      f.get(x),
        f.get(x),
        f.op(`${t}.ne` as "f32.ne"),
        f.get(b),
        f.get(b),
        f.op(`${t}.eq` as "f32.eq"),
        f.op("i32.and");
      f.op("i32.or");
    }
    f.if();
    f.get(x), f.set(b), f.get(i), f.set(best);
    f.end();
    f.increment(p, es), f.increment(i, 1);
    f.get(i), f.get(n), f.op("i32.lt_s"), f.brIf(0);
    f.end();
    f.get(out), f.get(best), f.op("i64.extend_i32_s"), f.memory("i64.store");
    f.increment(out, 8), f.advance(from, step);
  });
  return f;
}

export function reduceKernels(t: ReduceType, how: Combine): { inner: Kernel; outer: Kernel } {
  const x = kernels(`${t}_reduce_${how}`, (m) => {
    m.func(inner(t, how), "inner");
    m.func(outer(t, how), "outer");
  });
  return { inner: x.inner, outer: x.outer };
}
export function argKernel(t: ReduceType, max: boolean): Kernel {
  return kernels(`${t}_arg${max ? "max" : "min"}`, (m) => m.func(argInner(t, max), "inner")).inner;
}
