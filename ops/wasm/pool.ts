/** Pooling of float32 images [n, c, h, w], and rows gathered by index. */
import { ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { FunctionBuilder } from "./assembler.ts";
import { kernels } from "./kernel_cache.ts";
import type { Kernel } from "./kernel_compile.ts";
import { withOperands } from "./operands.ts";
import { reduce } from "./reduce.ts";

export interface PoolOptions {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  /** Of max pooling; 1 for averages. */
  readonly dilation?: readonly number[];
  /** Of averages: whether the padding counts; the divisor instead of the count. */
  readonly countIncludePad?: boolean;
  readonly divisor?: number | null;
}

/** Descriptor words: in plane step, row step (bytes), height, width, oh, ow, kh, kw, sh, sw, ph, pw, dh, dw. */
const FIELDS = [
  "planeStep",
  "rowStep",
  "h",
  "w",
  "oh",
  "ow",
  "kh",
  "kw",
  "sh",
  "sw",
  "ph",
  "pw",
  "dh",
  "dw",
] as const;

/**
 * Maxima without positions, a row of results at a time: the rows of the window combined into a buffer as wide as the
 * padded image, then its columns. Params out, in, planes, descriptor, buffer, its length in elements.
 */
function maxKernel(): FunctionBuilder {
  const f = new FunctionBuilder(new Array(6).fill("i32"), []);
  const [out, from, planes, desc, buffer, length] = [0, 1, 2, 3, 4, 5];
  const d = readFields(f, desc);
  const i32 = () => f.local("i32");
  const y = i32(), iy = i32(), left = i32(), at = i32(), row = i32(), ky = i32(), x = i32(), inside = i32();
  const kx = i32(), columnStep = i32(), tapStep = i32();
  const acc = f.local("f32");
  f.get(buffer), f.get(d.pw), f.i32(4), f.op("i32.mul"), f.op("i32.add"), f.set(inside);
  f.get(d.sw), f.i32(4), f.op("i32.mul"), f.set(columnStep);
  f.get(d.dw), f.i32(4), f.op("i32.mul"), f.set(tapStep);
  f.countdown(planes, 1, () => {
    f.i32(0), f.set(y);
    f.loop();
    f.get(buffer), f.set(at), f.get(length), f.set(left);
    f.countdown(left, 1, () => {
      f.get(at), f.f32(-Infinity), f.memory("f32.store"), f.increment(at, 4);
    });
    f.get(y), f.get(d.sh), f.op("i32.mul"), f.get(d.ph), f.op("i32.sub"), f.set(iy);
    f.get(d.kh), f.set(ky);
    f.countdown(ky, 1, () => {
      f.get(iy), f.get(d.h), f.op("i32.lt_u"), f.if();
      f.get(from), f.get(iy), f.get(d.rowStep), f.op("i32.mul"), f.op("i32.add"), f.set(row);
      f.get(inside), f.set(at), f.get(d.w), f.set(left);
      f.countdown(left, 4, () => {
        f.get(at), f.get(at), f.simdMemory("v128.load"), f.get(row), f.simdMemory("v128.load");
        f.simd("f32x4.max"), f.simdMemory("v128.store");
        f.increment(at, 16), f.increment(row, 16);
      });
      f.countdown(left, 1, () => {
        f.get(at), f.get(at), f.memory("f32.load"), f.get(row), f.memory("f32.load");
        f.op("f32.max"), f.memory("f32.store");
        f.increment(at, 4), f.increment(row, 4);
      });
      f.end();
      f.advance(iy, d.dh);
    });
    f.get(buffer), f.set(row), f.get(d.ow), f.set(x);
    f.countdown(x, 1, () => {
      f.get(row), f.memory("f32.load"), f.set(acc);
      f.get(row), f.set(at), f.get(d.kw), f.i32(1), f.op("i32.sub"), f.set(kx);
      f.countdown(kx, 1, () => {
        f.advance(at, tapStep);
        f.get(acc), f.get(at), f.memory("f32.load"), f.op("f32.max"), f.set(acc);
      });
      f.get(out), f.get(acc), f.memory("f32.store"), f.increment(out, 4);
      f.advance(row, columnStep);
    });
    f.increment(y, 1), f.get(y), f.get(d.oh), f.op("i32.lt_s"), f.brIf(0);
    f.end();
    f.advance(from, d.planeStep);
  });
  return f;
}

/** The descriptor's words in locals. */
function readFields(f: FunctionBuilder, desc: number): Record<typeof FIELDS[number], number> {
  return Object.fromEntries(FIELDS.map((n, i) => {
    const l = f.local("i32");
    f.get(desc), f.memory("i32.load", i * 4), f.set(l);
    return [n, l];
  })) as Record<typeof FIELDS[number], number>;
}

/** params out, in, planes, descriptor, indices (0 for none), flag (count padding), divisor (0 for the count). */
function poolKernel(max: boolean): FunctionBuilder {
  const f = new FunctionBuilder([...new Array(6).fill("i32"), "f32"], []);
  const [out, from, planes, desc, indices, countPad, divisor] = [0, 1, 2, 3, 4, 5, 6];
  const d = readFields(f, desc);
  const i32 = () => f.local("i32");
  const y = i32(), x = i32(), y0 = i32(), x0 = i32(), y1 = i32(), x1 = i32(), iy = i32(), ix = i32();
  const row = i32(), at = i32(), best = i32(), count = i32(), xStep = i32();
  const acc = f.local("f32"), v = f.local("f32");
  /** The window along one dimension: first and past-the-last positions inside the image. */
  const window = (
    o: number,
    s: number,
    p: number,
    k: number,
    dil: number,
    size: number,
    lo: number,
    hi: number,
    padded: () => void,
  ) => {
    f.get(o), f.get(s), f.op("i32.mul"), f.get(p), f.op("i32.sub"), f.set(lo);
    f.get(lo), f.get(k), f.get(dil), f.op("i32.mul"), f.op("i32.add"), f.set(hi);
    padded();
    f.get(size), f.get(hi), f.get(size), f.get(hi), f.op("i32.lt_s"), f.op("select"), f.set(hi);
    f.block(), f.loop();
    f.get(lo), f.i32(0), f.op("i32.ge_s"), f.brIf(1);
    f.advance(lo, dil), f.br(0), f.end(), f.end();
  };
  const area = i32(), padHi = i32();
  /** Cells of the window that lie in the padded image: hi clipped to size + padding, less the window's start. */
  const paddedCells = (lo: number, hi: number, size: number, p: number) => {
    f.get(size), f.get(p), f.op("i32.add"), f.set(padHi);
    f.get(padHi), f.get(hi), f.get(padHi), f.get(hi), f.op("i32.lt_s"), f.op("select");
    f.get(lo), f.op("i32.sub");
  };
  f.countdown(planes, 1, () => {
    f.i32(0), f.set(y);
    f.loop();
    window(y, d.sh, d.ph, d.kh, d.dh, d.h, y0, y1, () => (paddedCells(y0, y1, d.h, d.ph), f.set(xStep)));
    f.i32(0), f.set(x);
    f.loop();
    window(
      x,
      d.sw,
      d.pw,
      d.kw,
      d.dw,
      d.w,
      x0,
      x1,
      () => (paddedCells(x0, x1, d.w, d.pw), f.get(xStep), f.op("i32.mul"), f.set(area)),
    );
    f.f32(max ? -Infinity : 0), f.set(acc);
    f.i32(0), f.set(count);
    if (max) f.get(y0), f.get(d.w), f.op("i32.mul"), f.get(x0), f.op("i32.add"), f.set(best);
    f.get(y0), f.set(iy);
    f.block(), f.get(iy), f.get(y1), f.op("i32.ge_s"), f.brIf(0);
    f.get(from), f.get(y0), f.get(d.rowStep), f.op("i32.mul"), f.op("i32.add"), f.set(row);
    f.loop();
    f.get(x0), f.set(ix);
    f.block(), f.get(ix), f.get(x1), f.op("i32.ge_s"), f.brIf(0);
    f.get(row), f.get(x0), f.i32(4), f.op("i32.mul"), f.op("i32.add"), f.set(at);
    f.loop();
    f.get(at), f.memory("f32.load"), f.set(v);
    if (max) {
      f.get(v), f.get(acc), f.op("f32.gt"), f.get(v), f.get(v), f.op("f32.ne"), f.op("i32.or");
      f.if();
      f.get(v), f.set(acc);
      f.get(iy), f.get(d.w), f.op("i32.mul"), f.get(ix), f.op("i32.add"), f.set(best);
      f.end();
    } else {
      f.get(acc), f.get(v), f.op("f32.add"), f.set(acc);
      f.increment(count, 1);
    }
    f.get(at), f.get(d.dw), f.i32(4), f.op("i32.mul"), f.op("i32.add"), f.set(at);
    f.advance(ix, d.dw);
    f.get(ix), f.get(x1), f.op("i32.lt_s"), f.brIf(0);
    f.end(), f.end();
    f.get(row), f.get(d.rowStep), f.get(d.dh), f.op("i32.mul"), f.op("i32.add"), f.set(row);
    f.advance(iy, d.dh);
    f.get(iy), f.get(y1), f.op("i32.lt_s"), f.brIf(0);
    f.end(), f.end();
    if (max) {
      f.get(indices), f.if();
      f.get(indices), f.get(best), f.op("i64.extend_i32_s"), f.memory("i64.store"), f.increment(indices, 8);
      f.end();
    } else {
      f.get(countPad), f.if(), f.get(area), f.set(count), f.end();
      f.get(acc);
      f.get(divisor),
        f.get(count),
        f.op("f32.convert_i32_s"),
        f.get(divisor),
        f.f32(0),
        f.op("f32.ne"),
        f.op("select");
      f.op("f32.div"), f.set(acc);
    }
    f.get(out), f.get(acc), f.memory("f32.store"), f.increment(out, 4);
    f.increment(x, 1), f.get(x), f.get(d.ow), f.op("i32.lt_s"), f.brIf(0);
    f.end();
    f.increment(y, 1), f.get(y), f.get(d.oh), f.op("i32.lt_s"), f.brIf(0);
    f.end();
    f.advance(from, d.planeStep);
  });
  return f;
}

function poolKernels(): { max: Kernel; avg: Kernel; rows: Kernel } {
  const k = kernels("f32_pool", (m) => {
    m.func(maxKernel(), "rows");
    m.func(poolKernel(true), "max");
    m.func(poolKernel(false), "avg");
  });
  return { max: k.max, avg: k.avg, rows: k.rows };
}

function pool(out: Tensor, x: Tensor, o: PoolOptions, indices: Tensor | null, max: boolean): boolean {
  if (x.dim === 3 && out.dim === 3) {
    const lift = (t: Tensor) => t.asStrided([1, ...t.sizes], [t.numel, ...t.strides]);
    return pool(lift(out), lift(x), o, indices && lift(indices), max);
  }
  if (
    x.dim !== 4 || out.dim !== 4 || x.scalarType !== ScalarType.Float || out.scalarType !== ScalarType.Float
  ) return false;
  if (
    !out.isContiguous || !x.isContiguous ||
    (indices && (!indices.isContiguous || indices.scalarType !== ScalarType.Long))
  ) return false;
  if (out.numel === 0) return true;
  const [n, c, h, w] = x.sizes, [, , oh, ow] = out.sizes;
  const [dh, dw] = o.dilation ?? [1, 1];
  return withOperands([out, x, indices], (s) => {
    const desc = s.scratch(64),
      xAt = s.input(x),
      outAt = s.output(out),
      indexAt = indices ? s.output(indices) : 0;
    const values = [h * w * 4, w * 4, h, w, oh, ow, ...o.kernel, ...o.stride, ...o.padding, dh, dw];
    s.memory.i32.set(values, desc >> 2);
    const k = poolKernels();
    if (max && !indices) {
      const length = Math.max(w + 2 * o.padding[1], (ow - 1) * o.stride[1] + (o.kernel[1] - 1) * dw + 1);
      k.rows(outAt, xAt, n * c, desc, s.scratch(length * 4), length);
      return true;
    }
    (max ? k.max : k.avg)(
      outAt,
      xAt,
      n * c,
      desc,
      indexAt,
      o.countIncludePad === false ? 0 : 1,
      o.divisor ?? 0,
    );
    return true;
  });
}

/** out = max_pool2d of x, contiguous; `indices` takes int64 positions within each plane. */
export function maxPool2d(out: Tensor, x: Tensor, o: PoolOptions, indices: Tensor | null = null): boolean {
  return pool(out, x, o, indices, true);
}
/** out = avg_pool2d of x, contiguous. */
export function avgPool2d(out: Tensor, x: Tensor, o: PoolOptions): boolean {
  return pool(out, x, o, null, false);
}
/** out = adaptive_avg_pool2d of x where the windows are all of one size: out's sizes divide x's. */
export function adaptiveAvgPool2d(out: Tensor, x: Tensor): boolean {
  const [h, w] = x.sizes.slice(-2), [oh, ow] = out.sizes.slice(-2);
  if (oh === 1 && ow === 1) return reduce("mean", out, x, [-2, -1]);
  if (h % oh || w % ow) return false;
  return avgPool2d(out, x, { kernel: [h / oh, w / ow], stride: [h / oh, w / ow], padding: [0, 0] });
}

/**
 * out[i] = table[index[i]] for a contiguous 2-d table and contiguous int64 indices, as embedding; false also when an
 * index is out of range, for the reference to report.
 */
export function gatherRows(out: Tensor, table: Tensor, index: Tensor): boolean {
  if (table.dim !== 2 || table.strides[1] !== 1 || !out.isContiguous || !index.isContiguous) return false;
  if (
    index.scalarType !== ScalarType.Long || out.scalarType !== table.scalarType ||
    out.numel !== index.numel * table.sizes[1]
  ) return false;
  if (
    out.storage.deviceMemory || table.storage.deviceMemory || out.device.type !== "cpu" ||
    table.device.type !== "cpu"
  ) return false;
  const width = table.sizes[1] * table.itemSize, step = table.strides[0] * table.itemSize;
  const from = table.storage.bytes(), to = out.storage.bytes(), ids = index.data() as BigInt64Array;
  const at: number[] = [];
  for (let i = 0; i < index.numel; i++) {
    const id = Number(ids[index.storageOffset + i]);
    if (id < 0 || id >= table.sizes[0]) return false;
    at.push(table.storageOffset * table.itemSize + id * step);
  }
  const base = out.storageOffset * out.itemSize;
  at.forEach((a, i) => to.set(from.subarray(a, a + width), base + i * width));
  return true;
}
