/** The float32 pieces of convolution: zero padding, panels of B straight from the image, depthwise sums. */
import { FunctionBuilder } from "./assembler.ts";
import { useRelaxed } from "./features.ts";
import { kernels } from "./kernel_cache.ts";
import type { Kernel } from "./kernel_compile.ts";

/** Copies rows: params to, from, planes, rows, width, plane step, row step, element step, to-row step, to-plane step. */
function padCopy(): FunctionBuilder {
  const f = new FunctionBuilder(new Array(10).fill("i32"), []);
  const [to, from, planes, rows, width, plane, row, step, toRow, toPlane] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const fp = f.local("i32"), tp = f.local("i32"), left = f.local("i32"), n = f.local("i32");
  const src = f.local("i32"), dst = f.local("i32");
  f.countdown(planes, 1, () => {
    f.get(from), f.set(fp), f.get(to), f.set(tp), f.get(rows), f.set(n);
    f.countdown(n, 1, () => {
      f.get(fp), f.set(src), f.get(tp), f.set(dst), f.get(width), f.set(left);
      f.get(step), f.i32(4), f.op("i32.eq"), f.if();
      f.countdown(left, 4, () => {
        f.get(dst), f.get(src), f.simdMemory("v128.load"), f.simdMemory("v128.store");
        f.increment(dst, 16), f.increment(src, 16);
      });
      f.end();
      f.countdown(left, 1, () => {
        f.get(dst), f.get(src), f.memory("i32.load"), f.memory("i32.store");
        f.increment(dst, 4), f.advance(src, step);
      });
      f.advance(fp, row), f.advance(tp, toRow);
    });
    f.advance(from, plane), f.advance(to, toPlane);
  });
  return f;
}

/**
 * Panels of 8 columns: params to, image, pixel offsets, columns, k offsets, kc. Column j at k lies at image +
 * pixels[j] + ks[k]; the offset tables are bytes, and pixels is filled up to a whole panel.
 */
function packImage(): FunctionBuilder {
  const f = new FunctionBuilder(new Array(6).fill("i32"), []);
  const [to, image, pixels, n, ks, kc] = [0, 1, 2, 3, 4, 5];
  const at = Array.from({ length: 8 }, () => f.local("i32"));
  const left = f.local("i32"), kp = f.local("i32"), off = f.local("i32");
  const store = (j: number) => {
    f.get(to), f.get(at[j]), f.get(off), f.op("i32.add"), f.simdMemory("v128.load");
    f.simdMemory("v128.store", j * 4);
  };
  f.increment(n, 7);
  f.countdown(n, 8, () => {
    at.forEach((
      l,
      j,
    ) => (f.get(pixels), f.memory("i32.load", j * 4), f.get(image), f.op("i32.add"), f.set(l)));
    f.get(kc), f.set(left), f.get(ks), f.set(kp);
    const eachK = (body: () => void) =>
      f.countdown(left, 1, () => {
        f.get(kp), f.memory("i32.load"), f.set(off);
        body();
        f.increment(kp, 4), f.increment(to, 32);
      });
    const run = (
      a: number,
      b: number,
    ) => (f.get(at[b]), f.get(at[a]), f.op("i32.sub"), f.i32((b - a) * 4), f.op("i32.eq"));
    run(0, 7);
    f.if();
    eachK(() => (store(0), store(4)));
    f.else();
    eachK(() =>
      at.forEach((l, j) => {
        f.get(to), f.get(l), f.get(off), f.op("i32.add"), f.memory("f32.load"), f.memory("f32.store", j * 4);
      })
    );
    f.end();
    f.increment(pixels, 32);
  });
  return f;
}

/**
 * One channel: params out, image, weights, k offsets, taps, rows, columns, row step, column step, bias. Four columns
 * at once where neighbours are neighbours in the image (column step 4).
 */
function depthwise(relaxed: boolean): FunctionBuilder {
  const f = new FunctionBuilder([...new Array(9).fill("i32"), "f32"], []);
  const [out, image, weights, ks, taps, rows, cols, rowStep, colStep, bias] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const p = f.local("i32"),
    left = f.local("i32"),
    t = f.local("i32"),
    wp = f.local("i32"),
    kp = f.local("i32");
  const acc = f.local("v128");
  const sum = (one: boolean) => {
    f.get(bias), f.simd("f32x4.splat"), f.set(acc);
    f.get(taps), f.set(t), f.get(weights), f.set(wp), f.get(ks), f.set(kp);
    f.countdown(t, 1, () => {
      if (!relaxed) f.get(acc);
      f.get(p), f.get(kp), f.memory("i32.load"), f.op("i32.add");
      f.simdMemory(one ? "v128.load32_zero" : "v128.load");
      f.get(wp), f.simdMemory("v128.load32_splat");
      if (relaxed) f.get(acc), f.simd("f32x4.relaxed_madd");
      else f.simd("f32x4.mul"), f.simd("f32x4.add");
      f.set(acc);
      f.increment(wp, 4), f.increment(kp, 4);
    });
  };
  f.countdown(rows, 1, () => {
    f.get(image), f.set(p), f.get(cols), f.set(left);
    f.get(colStep), f.i32(4), f.op("i32.eq"), f.if();
    f.countdown(left, 4, () => {
      sum(false);
      f.get(out), f.get(acc), f.simdMemory("v128.store");
      f.increment(out, 16), f.increment(p, 16);
    });
    f.end();
    f.countdown(left, 1, () => {
      sum(true);
      f.get(out), f.get(acc), f.simdMemoryLane("v128.store32_lane", 0);
      f.increment(out, 4), f.advance(p, colStep);
    });
    f.advance(image, rowStep);
  });
  return f;
}

export function convKernels(): Record<"pad" | "packImage" | "depthwise", Kernel> {
  return kernels("f32_conv", (m) => {
    m.func(padCopy(), "pad");
    m.func(packImage(), "packImage");
    m.func(depthwise(useRelaxed()), "depthwise");
  }) as Record<"pad" | "packImage" | "depthwise", Kernel>;
}
