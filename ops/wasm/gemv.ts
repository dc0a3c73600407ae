/** Vector times matrix in float32: no packing, every weight is read once. */
import { FunctionBuilder } from "./assembler.ts";
import { useRelaxed } from "./features.ts";
import type { MatrixAt } from "./gemm.ts";
import { kernels } from "./kernel_cache.ts";
import type { OperandScope } from "./operands.ts";

function madd(f: FunctionBuilder, acc: number, relaxed: boolean, a: () => void, b: () => void): void {
  if (relaxed) a(), b(), f.get(acc), f.simd("f32x4.relaxed_madd");
  else f.get(acc), a(), b(), f.simd("f32x4.mul"), f.simd("f32x4.add");
  f.set(acc);
}

/** Sum of the four lanes. */
export function horizontalSum(f: FunctionBuilder, v: number): void {
  for (let l = 0; l < 4; l++) {
    f.get(v), f.lane("f32x4.extract_lane", l);
    if (l % 2) f.op("f32.add");
  }
  f.op("f32.add");
}

/** y[j] = x . column j, columns contiguous in k: `rows` columns at once, 8 elements a step. */
function dotKernel(rows: number, relaxed: boolean): FunctionBuilder {
  const f = new FunctionBuilder(new Array(6).fill("i32"), []);
  const [y, x, w, n, k, step] = [0, 1, 2, 3, 4, 5];
  const xp = f.local("i32"), left = f.local("i32"), sum = f.local("f32");
  const p = Array.from({ length: rows }, () => f.local("i32"));
  const acc = Array.from({ length: rows }, () => [f.local("v128"), f.local("v128")]);
  const x0 = f.local("v128"), x1 = f.local("v128");
  f.countdown(n, rows, () => {
    f.get(x), f.set(xp);
    p.forEach((l, r) => {
      f.get(r ? p[r - 1] : w);
      if (r) f.get(step), f.op("i32.add");
      f.set(l);
    });
    acc.flat().forEach((a) => (f.v128(0n, 0n), f.set(a)));
    f.get(k), f.set(left);
    f.countdown(left, 8, () => {
      f.get(xp), f.simdMemory("v128.load", 0), f.set(x0);
      f.get(xp), f.simdMemory("v128.load", 16), f.set(x1);
      p.forEach((l, r) => {
        madd(f, acc[r][0], relaxed, () => f.get(x0), () => (f.get(l), f.simdMemory("v128.load", 0)));
        madd(f, acc[r][1], relaxed, () => f.get(x1), () => (f.get(l), f.simdMemory("v128.load", 16)));
        f.increment(l, 32);
      });
      f.increment(xp, 32);
    });
    // the last few elements, one at a time in lane 0
    f.countdown(left, 1, () => {
      p.forEach((l, r) => {
        madd(
          f,
          acc[r][0],
          relaxed,
          () => (f.get(xp), f.simdMemory("v128.load32_zero")),
          () => (f.get(l), f.simdMemory("v128.load32_zero")),
        );
        f.increment(l, 4);
      });
      f.increment(xp, 4);
    });
    acc.forEach(([a, b], r) => {
      f.get(a), f.get(b), f.simd("f32x4.add"), f.set(a);
      horizontalSum(f, a);
      f.set(sum);
      f.get(y), f.get(sum), f.memory("f32.store", r * 4);
    });
    f.increment(y, rows * 4);
    f.get(w), f.get(step), f.i32(rows), f.op("i32.mul"), f.op("i32.add"), f.set(w);
  });
  return f;
}

/** y += x[p] row p, rows contiguous in j: four rows of the matrix a pass, y zeroed by the caller. */
function axpyKernel(relaxed: boolean): FunctionBuilder {
  const f = new FunctionBuilder(new Array(6).fill("i32"), []);
  const [y, x, w, n, k, step] = [0, 1, 2, 3, 4, 5];
  const yp = f.local("i32"), left = f.local("i32"), acc = f.local("v128"), s = f.local("f32");
  const pass = (rows: number) => () => {
    const xs = Array.from({ length: rows }, () => f.local("v128"));
    const p = Array.from({ length: rows }, () => f.local("i32"));
    xs.forEach((v, r) => (f.get(x), f.simdMemory("v128.load32_splat", r * 4), f.set(v)));
    p.forEach((l, r) => {
      f.get(r ? p[r - 1] : w);
      if (r) f.get(step), f.op("i32.add");
      f.set(l);
    });
    f.get(y), f.set(yp);
    f.get(n), f.set(left);
    f.countdown(left, 4, () => {
      f.get(yp), f.simdMemory("v128.load"), f.set(acc);
      p.forEach((l, r) =>
        madd(f, acc, relaxed, () => f.get(xs[r]), () => (f.get(l), f.simdMemory("v128.load")))
      );
      f.get(yp), f.get(acc), f.simdMemory("v128.store");
      p.forEach((l) => f.increment(l, 16));
      f.increment(yp, 16);
    });
    f.countdown(left, 1, () => {
      f.get(yp), f.simdMemory("v128.load32_zero"), f.set(acc);
      p.forEach((l, r) =>
        madd(f, acc, relaxed, () => f.get(xs[r]), () => (f.get(l), f.simdMemory("v128.load32_zero")))
      );
      f.get(acc), f.lane("f32x4.extract_lane", 0), f.set(s);
      f.get(yp), f.get(s), f.memory("f32.store");
      p.forEach((l) => f.increment(l, 4));
      f.increment(yp, 4);
    });
    f.increment(x, rows * 4);
    f.get(w), f.get(step), f.i32(rows), f.op("i32.mul"), f.op("i32.add"), f.set(w);
  };
  f.countdown(k, 4, pass(4));
  f.countdown(k, 1, pass(1));
  return f;
}

/**
 * y [n] = x [k] M, both vectors contiguous, when M is contiguous along one of its dimensions; false otherwise.
 * Sums over k run in vectors of eight partial sums (columns contiguous) or in order (rows contiguous).
 */
export function vectorProduct(
  s: OperandScope,
  y: number,
  x: number,
  xStep: number,
  m: MatrixAt,
  n: number,
  k: number,
): boolean {
  if (k > 1 && xStep !== 4) return false;
  const relaxed = useRelaxed();
  const kernel = kernels("f32_gemv", (b) => {
    b.func(dotKernel(4, relaxed), "dot4");
    b.func(dotKernel(1, relaxed), "dot1");
    b.func(axpyKernel(relaxed), "axpy");
  });
  if (m.kStep === 4 || k === 1) {
    const most = n - n % 4;
    kernel.dot4(y, x, m.address, most, k, m.step);
    kernel.dot1(y + most * 4, x, m.address + most * m.step, n - most, k, m.step);
    return true;
  }
  if (m.step === 4 || n === 1) {
    s.memory.u8.fill(0, y, y + n * 4);
    kernel.axpy(y, x, m.address, n, k, m.kStep);
    return true;
  }
  return false;
}
