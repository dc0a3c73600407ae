/** Reductions, softmax, norms and pooling against plain JavaScript in double. */
import type { Tensor } from "../../core/tensor.ts";
import {
  adaptiveAvgPool2d,
  avgPool2d,
  batchNormInference,
  features,
  gatherRows,
  groupNorm,
  layerNorm,
  logSoftmax,
  logsumexp,
  maxPool2d,
  reduce,
  type ReduceKind,
  softmax,
  wasmMemory,
} from "../../ops/wasm/mod.ts";
import { assert, elements, empty, fill, random, randomView, release, SCALAR_TYPE } from "./tensors.ts";

const ignore = !features();

/** Elements of x grouped by kept position. */
function groups(x: Tensor, dims: number[]): number[][] {
  const out = new Map<string, number[]>(), e = elements(x).map(Number);
  e.forEach((v, flat) => {
    const at: number[] = [];
    for (let d = x.dim - 1, r = flat; d >= 0; d--) at.unshift(r % x.sizes[d]), r = Math.floor(r / x.sizes[d]);
    const key = at.filter((_v, d) => !dims.includes(d)).join();
    (out.get(key) ?? out.set(key, []).get(key)!).push(v);
  });
  return [...out.values()];
}

const PLAIN: Record<ReduceKind, (v: number[]) => number> = {
  sum: (v) => v.reduce((a, b) => a + b, 0),
  mean: (v) => v.reduce((a, b) => a + b, 0) / v.length,
  prod: (v) => v.reduce((a, b) => a * b, 1),
  max: (v) => v.reduce((a, b) => Math.max(a, b)),
  min: (v) => v.reduce((a, b) => Math.min(a, b)),
  any: (v) => Number(v.some((x) => x !== 0)),
  all: (v) => Number(v.every((x) => x !== 0)),
  norm2: (v) => Math.sqrt(v.reduce((a, b) => a + b * b, 0)),
  argmax: (v) =>
    v.findIndex((x) => Number.isNaN(x)) >= 0
      ? v.findIndex((x) => Number.isNaN(x))
      : v.indexOf(Math.max(...v)),
  argmin: (v) =>
    v.findIndex((x) => Number.isNaN(x)) >= 0
      ? v.findIndex((x) => Number.isNaN(x))
      : v.indexOf(Math.min(...v)),
};

Deno.test({
  name: "reductions of every kind over views",
  ignore,
  fn() {
    const rand = random(21);
    for (let round = 0; round < 300; round++) {
      const type = (["f32", "f64", "i32", "i64", "u8", "bool", "i16"] as const)[round % 7];
      const float = type[0] === "f";
      const kinds = (Object.keys(PLAIN) as ReduceKind[]).filter((k) =>
        float || (k !== "mean" && k !== "norm2")
      );
      const kind = kinds[Math.floor(rand() * kinds.length)];
      const sizes = Array.from(
        { length: 1 + Math.floor(rand() * 4) },
        () => 1 + Math.floor(rand() * (round % 9 === 0 ? 12 : 6)),
      );
      const dims = sizes.map((_s, d) => d).filter(() => rand() < 0.5);
      const x = rand() < 0.5 ? empty(sizes, SCALAR_TYPE[type]) : randomView(sizes, SCALAR_TYPE[type], rand);
      const value = () =>
        type === "bool"
          ? Math.floor(rand() * 2)
          : float
          ? (rand() < 0.02 ? NaN : Math.fround(rand() * 4 - 2))
          : rand() < 0.02
          ? 3
          : 1 + Number(kind !== "prod") * Math.floor(rand() * 3);
      fill(x, () => type === "i64" ? BigInt(value()) : value());
      const outType = kind.startsWith("arg")
        ? "i64"
        : kind === "any" || kind === "all"
        ? "bool"
        : (kind === "sum" || kind === "prod") && !float
        ? "i64"
        : type;
      const all = dims.length ? dims : sizes.map((_s, d) => d);
      const outSizes = rand() < 0.5
        ? sizes.filter((_s, d) => !all.includes(d))
        : sizes.map((s, d) => all.includes(d) ? 1 : s);
      const out = randomView(outSizes, SCALAR_TYPE[outType], rand);
      assert(reduce(kind, out, x, dims), `refused ${kind} of ${type}`);
      const got = elements(out), want = groups(x, all).map(PLAIN[kind]);
      got.forEach((g, i) => {
        const w = outType === "i64" ? Number(BigInt.asIntN(64, BigInt(Math.trunc(want[i])))) : want[i];
        const d = Math.abs(Number(g) - w), big = Math.max(1, Math.abs(w));
        assert(
          Object.is(Number(g), w) || d <= big * (float ? 1e-5 : 1e-15),
          `${kind} of ${type} ${sizes} over ${dims} at ${i}: ${g}, not ${w}`,
        );
      });
      release(x, out);
    }
  },
});

Deno.test({
  name: "a long float32 sum keeps its digits",
  ignore,
  fn() {
    const n = 1 << 20, x = empty([n], SCALAR_TYPE.f32), out = empty([], SCALAR_TYPE.f32);
    fill(x, (i) => 0.1 + (i % 7) * 1e-3);
    const want = PLAIN.sum(elements(x) as number[]);
    for (const v of [x, x.asStrided([n, 1], [1, 1])]) {
      assert(reduce("sum", out, v, []), "refused");
      assert(Math.abs((out.data()[0] as number) / want - 1) < 2e-7, `${out.data()[0]} ${want}`);
    }
    const columns = empty([2], SCALAR_TYPE.f32);
    assert(reduce("sum", columns, x.asStrided([n / 2, 2], [2, 1]), [0]), "refused");
    const both = elements(columns).map(Number).reduce((a, b) => a + b);
    assert(Math.abs(both / want - 1) < 2e-7, `${both} ${want}`);
  },
});

Deno.test({
  name: "large heap tensors are reduced piece by piece, to what the whole gives",
  ignore,
  fn() {
    const rand = random(23), sizes = [3, 60, 1700];
    for (const type of ["f32", "i32"] as const) {
      const heap = empty(sizes, SCALAR_TYPE[type]), arena = empty(sizes, SCALAR_TYPE[type], true);
      const draw = () => type === "f32" ? rand() - 0.5 : Math.floor(rand() * 200);
      fill(heap, draw);
      arena.storage.bytes().set(heap.storage.bytes());
      for (const kind of Object.keys(PLAIN) as ReduceKind[]) {
        if (type !== "f32" && (kind === "mean" || kind === "norm2")) continue;
        for (const order of [[0, 1, 2], [2, 0, 1]]) {
          const view = (t: Tensor) =>
            t.asStrided(order.map((d) => t.sizes[d]), order.map((d) => t.strides[d]));
          for (const dims of [[], [0], [1], [2], [0, 2], [1, 2]]) {
            const all = dims.length ? dims : [0, 1, 2], keep = rand() < 0.5;
            const outType = kind.startsWith("arg") ? "i64" : kind === "any" || kind === "all" ? "bool" : type;
            const left = view(heap).sizes.map((s, d) => all.includes(d) ? 1 : s);
            const result = () =>
              empty(left.filter((_s, d) => keep || !all.includes(d)), SCALAR_TYPE[outType]);
            const [got, want] = [result(), result()];
            assert(reduce(kind, got, view(heap), dims) && reduce(kind, want, view(arena), dims), "refused");
            const w = elements(want).map(Number);
            elements(got).forEach((g, i) =>
              assert(
                Number(g) === w[i] ||
                  type === "f32" && Math.abs(Number(g) - w[i]) < 1e-5 * (1 + Math.abs(w[i])),
                `${kind} of ${type}, order ${order} over ${dims} at ${i}: ${g}, not ${w[i]}`,
              )
            );
          }
        }
      }
      release(arena);
    }
    const bytes = () => wasmMemory()!.memory.buffer.byteLength, large = empty([16, 1 << 20], SCALAR_TYPE.f32);
    const before = bytes();
    for (const dims of [[], [0], [1]]) {
      assert(
        reduce("sum", empty(dims.length ? [large.sizes[1 - dims[0]]] : [], SCALAR_TYPE.f32), large, dims),
        "refused",
      );
    }
    assert(bytes() - before < 24 << 20, `64 MB made the memory grow by ${bytes() - before}`);
  },
});

Deno.test({
  name: "softmax, log softmax, logsumexp over each dimension",
  ignore,
  fn() {
    const rand = random(8);
    for (const type of ["f32", "f64"] as const) {
      for (const sizes of [[7], [3, 50], [2, 5, 9], [4, 1, 33]]) {
        sizes.forEach((_s, dim) => {
          const x = randomView(sizes, SCALAR_TYPE[type], rand),
            out = empty(sizes, SCALAR_TYPE[type]),
            log = empty(sizes, SCALAR_TYPE[type]);
          fill(x, () => Math.fround(rand() * 60 - 30));
          const lse = empty(sizes.filter((_v, d) => d !== dim), SCALAR_TYPE[type]);
          assert(softmax(out, x, dim) && logSoftmax(log, x, dim) && logsumexp(lse, x, [dim]), "refused");
          const want = groups(x, [dim]),
            got = groups(out, [dim]),
            logs = groups(log, [dim]),
            sums = elements(lse).map(Number);
          want.forEach((v, g) => {
            const m = Math.max(...v), total = v.reduce((a, b) => a + Math.exp(b - m), 0);
            assert(Math.abs(sums[g] - m - Math.log(total)) < 1e-5, `logsumexp ${sums[g]}`);
            v.forEach((e, i) => {
              assert(Math.abs(got[g][i] - Math.exp(e - m) / total) < 1e-6, `softmax ${got[g][i]}`);
              assert(Math.abs(logs[g][i] - (e - m - Math.log(total))) < 2e-5, `log softmax ${logs[g][i]}`);
            });
          });
          release(x);
        });
      }
    }
  },
});

Deno.test({
  name: "layer, group and batch norm",
  ignore,
  fn() {
    const rand = random(14),
      t = SCALAR_TYPE.f32,
      near = (a: number, b: number, s: string) => assert(Math.abs(a - b) < 3e-5, `${s}: ${a}, not ${b}`);
    const make = (...sizes: number[]) => {
      const x = empty(sizes, t);
      fill(x, () => Math.fround(rand() * 4 + 0.5));
      return x;
    };
    const stats = (v: number[]) => {
      const m = PLAIN.mean(v);
      return { m, r: 1 / Math.sqrt(PLAIN.mean(v.map((x) => (x - m) ** 2)) + 1e-5) };
    };
    const x = make(3, 4, 6), w = make(6), b = make(6), out = empty([3, 4, 6], t);
    assert(layerNorm(out, x, 1, w, b, 1e-5), "refused");
    const rows = groups(x, [2]), ew = elements(w).map(Number), eb = elements(b).map(Number);
    groups(out, [2]).forEach((row, g) =>
      row.forEach((v, i) =>
        near(v, (rows[g][i] - stats(rows[g]).m) * stats(rows[g]).r * ew[i] + eb[i], "layer")
      )
    );
    const img = make(2, 6, 4, 5), o2 = empty([2, 6, 4, 5], t), e = elements(img).map(Number);
    assert(groupNorm(o2, img, 3, w, b, 1e-5), "refused");
    elements(o2).forEach((v, i) => {
      const g = Math.floor(i / 40), s = stats(e.slice(g * 40, g * 40 + 40)), c = Math.floor(i / 20) % 6;
      near(v as number, (e[i] - s.m) * s.r * ew[c] + eb[c], "group");
    });
    const mean = make(6),
      variance = make(6),
      em = elements(mean).map(Number),
      ev = elements(variance).map(Number);
    assert(batchNormInference(o2, img, w, b, mean, variance, 1e-5), "refused");
    elements(o2).forEach((v, i) => {
      const c = Math.floor(i / 20) % 6;
      near(v as number, (e[i] - em[c]) / Math.sqrt(ev[c] + 1e-5) * ew[c] + eb[c], "batch");
    });
  },
});

Deno.test({
  name: "max and average pooling, rows by index",
  ignore,
  fn() {
    const rand = random(17), x = empty([2, 3, 9, 8], SCALAR_TYPE.f32);
    fill(x, () => Math.fround(rand() * 2 - 1.5));
    const e = elements(x).map(Number);
    for (const [k, s, p, d] of [[2, 2, 0, 1], [3, 2, 1, 1], [3, 1, 1, 2], [3, 3, 1, 1]]) {
      const size = (n: number) => Math.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1,
        oh = size(9),
        ow = size(8);
      const out = empty([2, 3, oh, ow], SCALAR_TYPE.f32, true), at = empty([2, 3, oh, ow], SCALAR_TYPE.i64);
      const avg = empty([2, 3, oh, ow], SCALAR_TYPE.f32), noPad = empty([2, 3, oh, ow], SCALAR_TYPE.f32);
      const o = { kernel: [k, k], stride: [s, s], padding: [p, p], dilation: [d, d] };
      assert(maxPool2d(out, x, o, at), "refused");
      const alone = empty(out.sizes, SCALAR_TYPE.f32);
      assert(maxPool2d(alone, x, o), "refused");
      assert(elements(alone).join() === elements(out).join(), `max without positions, ${[k, s, p, d]}`);
      if (d === 1) {
        assert(avgPool2d(avg, x, o) && avgPool2d(noPad, x, { ...o, countIncludePad: false }), "refused");
      }
      const got = elements(out),
        where = elements(at),
        ga = elements(avg).map(Number),
        gn = elements(noPad).map(Number);
      got.forEach((g, i) => {
        const z = i % ow, y = Math.floor(i / ow) % oh, plane = Math.floor(i / ow / oh);
        let best = -Infinity, bestAt = -1, sum = 0, count = 0;
        for (let a = 0; a < k; a++) {
          for (let b = 0; b < k; b++) {
            const iy = y * s - p + a * d, ix = z * s - p + b * d;
            if (iy < 0 || ix < 0 || iy >= 9 || ix >= 8) continue;
            const v = e[plane * 72 + iy * 8 + ix];
            sum += v, count++;
            if (v > best) best = v, bestAt = iy * 8 + ix;
          }
        }
        assert(
          g === best && Number(where[i]) === bestAt,
          `max ${k} ${s} ${p} ${d} at ${i}: ${g} ${where[i]}, not ${best} ${bestAt}`,
        );
        if (d !== 1) return;
        const cells = (Math.min(y * s - p + k, 9 + p) - (y * s - p)) *
          (Math.min(z * s - p + k, 8 + p) - (z * s - p));
        assert(
          Math.abs(ga[i] - sum / cells) < 1e-6 && Math.abs(gn[i] - sum / count) < 1e-6,
          `average at ${i}: ${ga[i]} ${gn[i]}`,
        );
      });
      release(out);
    }
    const ad = empty([2, 3, 3, 2], SCALAR_TYPE.f32), one = empty([2, 3, 1, 1], SCALAR_TYPE.f32);
    assert(adaptiveAvgPool2d(ad, x) && adaptiveAvgPool2d(one, x), "refused");
    assert(Math.abs((one.data()[0] as number) - PLAIN.mean(e.slice(0, 72))) < 1e-6, "global average");
    const table = empty([4, 3], SCALAR_TYPE.f32),
      ids = empty([2, 2], SCALAR_TYPE.i64),
      rows = empty([2, 2, 3], SCALAR_TYPE.f32);
    fill(table, (i) => i), fill(ids, (i) => BigInt([3, 0, 1, 3][i]));
    assert(gatherRows(rows, table, ids), "refused");
    assert(elements(rows).join() === "9,10,11,0,1,2,3,4,5,9,10,11", elements(rows).join());
    fill(ids, () => 4n);
    assert(!gatherRows(rows, table, ids), "out of range");
  },
});
