/**
 * Matrix product kernels over packed panels. A is packed in panels of MR rows, B in panels of NR columns, both with
 * k outermost, so that the inner loop reads both in order: two vectors of B, and MR splats of A, into 2 MR
 * accumulators. With fused multiply-add 6 rows fill the registers; with separate ones 5 do.
 */
import { FunctionBuilder } from "./assembler.ts";
import { useRelaxed } from "./features.ts";
import { kernels } from "./kernel_cache.ts";
import type { Kernel } from "./kernel_compile.ts";
import { DESCRIPTOR } from "./memory.ts";

export type GemmType = "f32" | "f64" | "i32" | "i64";

/** How a tile's accumulators begin: zero, from C, from a bias per row of C, from a bias per column. */
export const Init = { Zero: 0, FromC: 1, RowBias: 2, ColumnBias: 3 } as const;
export type Init = typeof Init[keyof typeof Init];

export interface GemmKernels {
  /** (a, b, c, ldc bytes, m, n, k, init, bias): C = init + A B over packed operands. */
  readonly run: Kernel;
  /** (to, from, m, k, row step, k step in bytes) into panels of MR rows; the last keeps its own height. */
  readonly packA: Kernel;
  /** (to, from, n, k, column step, k step in bytes) into panels of NR columns, zeros beyond n. */
  readonly packB: Kernel;
  readonly mr: number;
  readonly nr: number;
  readonly bytes: number;
}

const OPS = {
  f32: {
    bytes: 4,
    splat: "v128.load32_splat",
    mul: "f32x4.mul",
    add: "f32x4.add",
    madd: "f32x4.relaxed_madd",
  },
  f64: {
    bytes: 8,
    splat: "v128.load64_splat",
    mul: "f64x2.mul",
    add: "f64x2.add",
    madd: "f64x2.relaxed_madd",
  },
  i32: { bytes: 4, splat: "v128.load32_splat", mul: "i32x4.mul", add: "i32x4.add", madd: null },
  i64: { bytes: 8, splat: "v128.load64_splat", mul: 0xd5, add: "i64x2.add", madd: null },
} as const;

/** Room for the tile's left-over columns, behind the descriptor. */
const EDGE = DESCRIPTOR + 2048;

/** The tile: params k, a, b, c, ldc, nr, init, bias. */
function tile(type: GemmType, mr: number, relaxed: boolean): FunctionBuilder {
  const o = OPS[type], es = o.bytes, nr = 32 / es;
  const f = new FunctionBuilder(new Array(8).fill("i32"), []);
  const [k, a, b, c, ldc, cols, init, bias] = [0, 1, 2, 3, 4, 5, 6, 7];
  const acc = Array.from({ length: mr }, () => [f.local("v128"), f.local("v128")]);
  const b0 = f.local("v128"), b1 = f.local("v128"), av = f.local("v128");
  const p = f.local("i32"), i = f.local("i32"), full = f.local("i32");

  /** Copies the row at `p` to or from the edge buffer, `cols` elements. */
  const edgeCopy = (out: boolean) => {
    f.i32(0), f.set(i);
    f.loop();
    const buffer = () => (f.i32(EDGE), f.get(i), f.op("i32.add"));
    const row = () => (f.get(p), f.get(i), f.op("i32.add"));
    if (out) row(), buffer();
    else buffer(), row();
    f.memory(es === 4 ? "i32.load" : "i64.load");
    f.memory(es === 4 ? "i32.store" : "i64.store");
    f.increment(i, es);
    f.get(i), f.get(cols), f.i32(es), f.op("i32.mul"), f.op("i32.lt_s"), f.brIf(0);
    f.end();
  };
  const eachRow = (body: (r: number) => void) => {
    f.get(c), f.set(p);
    for (let r = 0; r < mr; r++) {
      body(r);
      if (r < mr - 1) f.advance(p, ldc);
    }
  };

  f.get(cols), f.i32(nr), f.op("i32.eq"), f.set(full);
  f.get(init), f.i32(Init.FromC), f.op("i32.eq");
  f.if();
  eachRow((r) => {
    f.get(full);
    f.if();
    f.get(p), f.simdMemory("v128.load", 0), f.set(acc[r][0]);
    f.get(p), f.simdMemory("v128.load", 16), f.set(acc[r][1]);
    f.else();
    edgeCopy(false);
    f.i32(EDGE), f.simdMemory("v128.load", 0), f.set(acc[r][0]);
    f.i32(EDGE), f.simdMemory("v128.load", 16), f.set(acc[r][1]);
    f.end();
  });
  f.else();
  f.get(init), f.i32(Init.RowBias), f.op("i32.eq");
  f.if();
  for (let r = 0; r < mr; r++) {
    f.get(bias), f.simdMemory(o.splat, r * es), f.tee(acc[r][0]), f.set(acc[r][1]);
  }
  f.else();
  f.get(init), f.i32(Init.ColumnBias), f.op("i32.eq");
  f.if();
  for (let r = 0; r < mr; r++) {
    f.get(bias), f.simdMemory("v128.load", 0), f.set(acc[r][0]);
    f.get(bias), f.simdMemory("v128.load", 16), f.set(acc[r][1]);
  }
  f.end();
  f.end();
  f.end();

  const step = (at: number) => {
    f.get(b), f.simdMemory("v128.load", at * 32), f.set(b0);
    f.get(b), f.simdMemory("v128.load", at * 32 + 16), f.set(b1);
    for (let r = 0; r < mr; r++) {
      f.get(a), f.simdMemory(o.splat, (at * mr + r) * es), f.set(av);
      [b0, b1].forEach((bv, j) => {
        if (relaxed && o.madd) {
          f.get(av), f.get(bv), f.get(acc[r][j]), f.simd(o.madd);
        } else {
          f.get(acc[r][j]), f.get(av), f.get(bv), f.simd(o.mul), f.simd(o.add);
        }
        f.set(acc[r][j]);
      });
    }
  };
  const steps = (n: number) => () => {
    for (let at = 0; at < n; at++) step(at);
    f.increment(a, n * mr * es);
    f.increment(b, n * 32);
  };
  f.countdown(k, 4, steps(4));
  f.countdown(k, 1, steps(1));

  eachRow((r) => {
    f.get(full);
    f.if();
    f.get(p), f.get(acc[r][0]), f.simdMemory("v128.store", 0);
    f.get(p), f.get(acc[r][1]), f.simdMemory("v128.store", 16);
    f.else();
    f.i32(EDGE), f.get(acc[r][0]), f.simdMemory("v128.store", 0);
    f.i32(EDGE), f.get(acc[r][1]), f.simdMemory("v128.store", 16);
    edgeCopy(true);
    f.end();
  });
  return f;
}

/**
 * Loops over the panels: params a, b, c, ldc, m, n, k, init, bias. A panel of A stays in the first-level cache while
 * the block of B comes from the second; the tiles of a row of C are neighbours in memory.
 */
function panels(mr: number, es: number, tiles: readonly number[]): FunctionBuilder {
  const f = new FunctionBuilder(new Array(9).fill("i32"), []);
  const [a, b, c, ldc, m, n, k, init, bias] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const nr = 32 / es;
  const bp = f.local("i32"), cp = f.local("i32"), biasAt = f.local("i32"), left = f.local("i32");
  const cols = f.local("i32");
  const addProduct = (to: number, x: number, factor: number) => {
    f.get(to), f.get(x), f.i32(factor), f.op("i32.mul"), f.op("i32.add"), f.set(to);
  };
  const incrementIf = (kind: Init, to: number, by: number) => {
    f.get(init), f.i32(kind), f.op("i32.eq"), f.if(), f.increment(to, by), f.end();
  };
  const across = (height: number) => {
    f.get(b), f.set(bp), f.get(c), f.set(cp), f.get(bias), f.set(biasAt), f.get(n), f.set(left);
    f.countdown(left, 1, () => {
      // the countdown takes 1 off; the rest of the panel's columns go at its end
      f.get(left), f.i32(nr), f.get(left), f.i32(nr), f.op("i32.lt_s"), f.op("select"), f.set(cols);
      for (const l of [k, a, bp, cp, ldc, cols, init, biasAt]) f.get(l);
      f.call(tiles[height]);
      addProduct(bp, k, 32);
      f.increment(cp, 32);
      incrementIf(Init.ColumnBias, biasAt, 32);
      f.get(left), f.get(cols), f.op("i32.sub"), f.i32(1), f.op("i32.add"), f.set(left);
    });
  };
  f.countdown(m, mr, () => {
    across(mr);
    addProduct(a, k, mr * es);
    addProduct(c, ldc, mr);
    incrementIf(Init.RowBias, bias, mr * es);
  });
  for (let h = 1; h < mr; h++) {
    f.get(m), f.i32(h), f.op("i32.eq"), f.if(), across(h), f.end();
  }
  return f;
}

/** Packs panels: params to, from, count, k, element step, k step. `padded`: a last narrow panel gets zeros. */
function pack(es: number, width: number, padded: boolean): FunctionBuilder {
  const f = new FunctionBuilder(new Array(6).fill("i32"), []);
  const [to, from, count, k, step, kStep] = [0, 1, 2, 3, 4, 5];
  const load = es === 4 ? "i32.load" : "i64.load", store = es === 4 ? "i32.store" : "i64.store";
  const p = f.local("i32"), q = f.local("i32"), left = f.local("i32"), i = f.local("i32");
  const at = Array.from({ length: width }, () => f.local("i32"));
  f.countdown(count, width, () => {
    f.get(k), f.set(left);
    f.get(step), f.i32(es), f.op("i32.eq");
    f.if();
    f.get(from), f.set(p);
    f.countdown(left, 1, () => {
      let byte = 0;
      for (; byte + 16 <= width * es; byte += 16) {
        f.get(to), f.get(p), f.simdMemory("v128.load", byte), f.simdMemory("v128.store", byte);
      }
      for (; byte + 8 <= width * es; byte += 8) {
        f.get(to), f.get(p), f.memory("i64.load", byte), f.memory("i64.store", byte);
      }
      for (; byte < width * es; byte += 4) {
        f.get(to), f.get(p), f.memory("i32.load", byte), f.memory("i32.store", byte);
      }
      f.advance(p, kStep);
      f.increment(to, width * es);
    });
    f.else();
    at.forEach((l, j) => {
      f.get(j === 0 ? from : at[j - 1]);
      if (j) f.get(step), f.op("i32.add");
      f.set(l);
    });
    f.countdown(left, 1, () => {
      at.forEach((l, j) => (f.get(to), f.get(l), f.memory(load), f.memory(store, j * es)));
      at.forEach((l) => f.advance(l, kStep));
      f.increment(to, width * es);
    });
    f.end();
    f.get(from), f.get(step), f.i32(width), f.op("i32.mul"), f.op("i32.add"), f.set(from);
  });
  f.get(count), f.op("i32.eqz"), f.if(), f.op("return"), f.end();
  f.countdown(k, 1, () => {
    f.get(from), f.set(p);
    f.get(to), f.set(q);
    f.get(count), f.set(i);
    if (padded) {
      for (let byte = 0; byte < width * es; byte += 16) {
        f.get(to), f.v128(0n, 0n), f.simdMemory("v128.store", byte);
      }
    }
    f.countdown(i, 1, () => {
      f.get(q), f.get(p), f.memory(load), f.memory(store);
      f.advance(p, step);
      f.increment(q, es);
    });
    if (padded) f.increment(to, width * es);
    else f.get(q), f.set(to);
    f.advance(from, kStep);
  });
  return f;
}

/** The kernels for a type; names as `f32_gemm_6x8__wasmrelaxedsimd`. */
export function gemmKernels(type: GemmType): GemmKernels {
  const relaxed = useRelaxed() && OPS[type].madd !== null;
  const mr = relaxed ? 6 : 5, es = OPS[type].bytes, nr = 32 / es;
  const x = kernels(`${type}_gemm_${mr}x${nr}`, (m) => {
    const tiles = [-1];
    for (let h = 1; h <= mr; h++) tiles.push(m.func(tile(type, h, relaxed)));
    m.func(panels(mr, es, tiles), "run");
    m.func(pack(es, mr, false), "packA");
    m.func(pack(es, nr, true), "packB");
  });
  return { run: x.run, packA: x.packA, packB: x.packB, mr, nr, bytes: es };
}
