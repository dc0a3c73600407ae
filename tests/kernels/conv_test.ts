/** Convolutions against direct sums in double. */
import type { Tensor } from "../../core/tensor.ts";
import { conv1d, conv2d, convColumns, convTransposed, features, reluEpilogue } from "../../ops/wasm/mod.ts";
import { assert, elements, empty, fill, random, randomView, release, SCALAR_TYPE } from "./tensors.ts";

interface Case {
  x: number[];
  w: number[];
  stride?: number[];
  padding?: number[];
  dilation?: number[];
  groups?: number;
}

const CASES: Case[] = [
  { x: [1, 3, 9, 9], w: [4, 3, 3, 3] },
  { x: [2, 3, 17, 15], w: [8, 3, 7, 7], stride: [2, 2], padding: [3, 3] },
  { x: [1, 16, 14, 14], w: [20, 16, 3, 3], padding: [1, 1] },
  { x: [1, 40, 7, 7], w: [13, 40, 3, 3], padding: [1, 1] },
  { x: [2, 8, 6, 5], w: [12, 8, 1, 1] },
  { x: [1, 8, 7, 7], w: [12, 8, 1, 1], stride: [2, 2] },
  { x: [1, 6, 10, 11], w: [6, 1, 3, 3], padding: [1, 1], groups: 6 },
  { x: [1, 6, 10, 11], w: [6, 1, 3, 5], padding: [1, 2], groups: 6, stride: [2, 3] },
  { x: [2, 8, 9, 9], w: [6, 4, 3, 2], dilation: [2, 3], padding: [2, 1], groups: 2 },
  { x: [1, 2, 40, 41], w: [3, 2, 5, 5], padding: [4, 4] },
];

function naive(
  x: Tensor,
  w: Tensor,
  bias: number[],
  o: Required<Omit<Case, "x" | "w">>,
  oh: number,
  ow: number,
): number[] {
  const [n, c, h, wd] = x.sizes,
    [co, cg, kh, kw] = w.sizes,
    ex = elements(x) as number[],
    ew = elements(w) as number[],
    out: number[] = [];
  const per = co / o.groups;
  for (let b = 0; b < n; b++) {
    for (let f = 0; f < co; f++) {
      for (let y = 0; y < oh; y++) {
        for (let z = 0; z < ow; z++) {
          let s = bias[f];
          for (let k = 0; k < cg; k++) {
            for (let i = 0; i < kh; i++) {
              for (let j = 0; j < kw; j++) {
                const iy = y * o.stride[0] - o.padding[0] + i * o.dilation[0],
                  iz = z * o.stride[1] - o.padding[1] + j * o.dilation[1];
                if (iy < 0 || iz < 0 || iy >= h || iz >= wd) continue;
                const ch = Math.floor(f / per) * cg + k;
                s += ex[((b * c + ch) * h + iy) * wd + iz] * ew[((f * cg + k) * kh + i) * kw + j];
              }
            }
          }
          out.push(s);
        }
      }
    }
  }
  return out;
}

Deno.test({
  name: "conv2d: kernels, strides, padding, dilation, groups, views",
  ignore: !features(),
  fn() {
    const rand = random(4);
    for (const cs of CASES) {
      const o = {
        stride: cs.stride ?? [1, 1],
        padding: cs.padding ?? [0, 0],
        dilation: cs.dilation ?? [1, 1],
        groups: cs.groups ?? 1,
      };
      const size = (i: number) =>
        Math.floor((cs.x[2 + i] + 2 * o.padding[i] - o.dilation[i] * (cs.w[2 + i] - 1) - 1) / o.stride[i]) +
        1;
      for (const arena of [false, true]) {
        const x = arena ? empty(cs.x, SCALAR_TYPE.f32, true) : randomView(cs.x, SCALAR_TYPE.f32, rand, false);
        const w = empty(cs.w, SCALAR_TYPE.f32, arena),
          bias = arena ? empty([cs.w[0]], SCALAR_TYPE.f32) : null;
        [x, w, bias].forEach((t) => t && fill(t, () => Math.fround(rand() * 2 - 1)));
        const out = empty([cs.x[0], cs.w[0], size(0), size(1)], SCALAR_TYPE.f32, arena);
        assert(conv2d(out, x, w, bias, { ...o, epilogue: arena ? reluEpilogue("f32") : null }), "refused");
        const columns = empty(out.sizes, SCALAR_TYPE.f32, arena);
        assert(convColumns(columns, x, w, bias, o), "columns refused");
        const want = naive(
          x,
          w,
          bias ? elements(bias) as number[] : new Array(cs.w[0]).fill(0),
          o,
          size(0),
          size(1),
        );
        const got = elements(out) as number[];
        got.forEach((g, i) => {
          const v = arena ? Math.max(0, want[i]) : want[i];
          assert(Math.abs(g - v) < 2e-5, `${JSON.stringify(cs)} at ${i}: ${g}, not ${v}`);
        });
        (elements(columns) as number[]).forEach((g, i) =>
          assert(Math.abs(g - want[i]) < 2e-5, `columns, ${JSON.stringify(cs)} at ${i}: ${g}, not ${want[i]}`)
        );
        release(x, w, out, columns);
      }
    }
  },
});

Deno.test({
  name: "conv1d is conv2d of height 1",
  ignore: !features(),
  fn() {
    const rand = random(9), x = empty([2, 3, 20], SCALAR_TYPE.f32), w = empty([5, 3, 4], SCALAR_TYPE.f32);
    fill(x, rand), fill(w, rand);
    const out = empty([2, 5, 10], SCALAR_TYPE.f32);
    assert(conv1d(out, x, w, null, { stride: [2], padding: [1], dilation: [1], groups: 1 }), "refused");
    const want = naive(
      x.asStrided([2, 3, 1, 20], [60, 20, 20, 1]),
      w.asStrided([5, 3, 1, 4], [12, 4, 4, 1]),
      new Array(5).fill(0),
      { stride: [1, 2], padding: [0, 1], dilation: [1, 1], groups: 1 },
      1,
      10,
    );
    (elements(out) as number[]).forEach((g, i) =>
      assert(Math.abs(g - want[i]) < 1e-5, `at ${i}: ${g}, not ${want[i]}`)
    );
  },
});

Deno.test({
  name: "a transposed convolution is the adjoint of the plain one: <conv x, y> = <x, conv_transpose y>",
  ignore: !features(),
  fn() {
    const rand = random(11),
      dot = (a: Tensor, b: Tensor) => {
        const x = elements(a) as number[], y = elements(b) as number[];
        return x.reduce((sum, v, i) => sum + v * y[i], 0);
      };
    const spaces = [[11], [9, 8], [6, 5, 7]];
    for (const space of spaces) {
      const all = (v: number) => space.map(() => v);
      for (
        const [stride, padding, dilation, groups] of [[1, 0, 1, 1], [2, 1, 1, 2], [2, 2, 2, 1], [3, 1, 1, 4]]
      ) {
        const o = { stride: all(stride), padding: all(padding), dilation: all(dilation), groups };
        const x = randomView([2, 4, ...space], SCALAR_TYPE.f64, rand);
        const w = empty([8, 4 / groups, ...all(2)], SCALAR_TYPE.f64);
        const size = space.map((s) => Math.floor((s + 2 * padding - dilation - 1) / stride) + 1);
        const out = empty([2, 8, ...size], SCALAR_TYPE.f64), y = randomView(out.sizes, SCALAR_TYPE.f64, rand);
        const back = empty([2, 4, ...space], SCALAR_TYPE.f64);
        [x, w, y].forEach((t) => fill(t, () => rand() - 0.5));
        assert(convColumns(out, x, w, null, o) && convTransposed(back, y, w, null, o), "refused");
        const [a, b] = [dot(out, y), dot(x, back)];
        assert(Math.abs(a - b) < 1e-10, `${space} ${[stride, padding, dilation, groups]}: ${a}, ${b}`);
        release(x, y);
      }
    }
  },
});
