/** Convolutions and their transposes over small shapes and options, against plain loops. */
import { features } from "../../ops/wasm/mod.ts";
import { naiveConv, naiveConvTransposed } from "./plain_loops.ts";
import { expect, freeAll, pick, type Rand, run, several, show, upTo, wholes } from "./random_cases.ts";
import { random } from "./tensors.ts";

const ignore = !features();

interface ConvCase {
  n: number;
  groups: number;
  /** Channels in and out of a group. */
  cg: number;
  per: number;
  space: number[];
  kernel: number[];
  stride: number[];
  padding: number[];
  dilation: number[];
}

function checkConv(c: ConvCase, type: "f32" | "f64", rand: Rand): void {
  const key = `aten::conv${c.space.length}d`;
  const x = wholes([c.n, c.groups * c.cg, ...c.space], type, rand);
  const w = wholes([c.groups * c.per, c.cg, ...c.kernel], type, rand);
  const bias = rand() < 0.5 ? wholes([c.groups * c.per], type, rand) : null;
  const got = run(key, x, w, bias, c.stride, c.padding, c.dilation, c.groups);
  expect(got, naiveConv(x, w, bias, c), 0, show(key, [x, w, bias], c));
  freeAll(x, w, bias);
}

Deno.test({
  name: "conv1d and conv2d of every small shape",
  ignore,
  fn() {
    const rand = random(31);
    for (let code = 0; code < 4 * 3 * 2 * 2 * 3 * 3 * 4 * 2; code++) {
      let rest = code;
      const digit = (n: number) => {
        const v = rest % n;
        rest = Math.floor(rest / n);
        return v;
      };
      const n = [0, 1, 1, 2][digit(4)], groups = digit(3) + 1, cg = digit(2) + 1, per = digit(2) + 1;
      const h = [1, 2, 5][digit(3)],
        w = [1, 4, 9][digit(3)],
        [kh, kw] = [[1, 1], [1, 2], [2, 1], [3, 3]][digit(4)];
      const stride = digit(2) + 1;
      const padding = [h < kh ? 1 : upTo(rand, 0, 1), w < kw ? 1 : upTo(rand, 0, 1)];
      const plane = {
        n,
        groups,
        cg,
        per,
        space: [h, w],
        kernel: [kh, kw],
        stride: [stride, stride],
        padding,
        dilation: [1, 1],
      };
      checkConv(plane, "f32", rand);
      if (h > 1 || kh > 1) continue;
      checkConv(
        { ...plane, space: [w], kernel: [kw], stride: [stride], padding: [padding[1]], dilation: [1] },
        "f32",
        rand,
      );
    }
  },
});

Deno.test({
  name: "convolutions of random shapes, one to three dimensions, and their transposes",
  ignore,
  fn() {
    const rand = random(32);
    for (let round = 0; round < 500; round++) {
      const dims = upTo(rand, 1, 3), type = pick(rand, "f32", "f32", "f64");
      const size = () => several(dims, () => upTo(rand, 1, dims === 3 ? 5 : 9));
      const c: ConvCase = {
        n: pick(rand, 0, 1, 1, 2),
        groups: pick(rand, 1, 1, 2, 3),
        cg: pick(rand, 1, 1, 2, 5),
        per: pick(rand, 1, 1, 2, 7),
        space: size(),
        kernel: several(dims, () => upTo(rand, 1, 3)),
        stride: several(dims, () => upTo(rand, 1, 3)),
        padding: several(dims, () => upTo(rand, 0, 2)),
        dilation: several(dims, () => upTo(rand, 1, 2)),
      };
      c.space = c.space.map((s, d) => Math.max(s, c.dilation[d] * (c.kernel[d] - 1) + 1 - 2 * c.padding[d]));
      checkConv(c, type, rand);
      const outputPadding = several(dims, () => 0).map((_v, d) =>
        upTo(rand, 0, Math.max(c.stride[d], c.dilation[d]) - 1)
      );
      const o = { ...c, outputPadding };
      const out = c.space.map((s, d) =>
        (s - 1) * c.stride[d] - 2 * c.padding[d] + c.dilation[d] * (c.kernel[d] - 1) + outputPadding[d] + 1
      );
      if (out.some((s) => s < 1)) continue;
      const key = dims === 1 ? "aten::conv_transpose1d" : `aten::conv_transpose${dims}d.input`;
      const x = wholes([c.n, c.groups * c.cg, ...c.space], type, rand);
      const w = wholes([c.groups * c.cg, c.per, ...c.kernel], type, rand);
      const bias = rand() < 0.5 ? wholes([c.groups * c.per], type, rand) : null;
      const got = run(key, x, w, bias, c.stride, c.padding, outputPadding, c.groups, c.dilation);
      expect(got, naiveConvTransposed(x, w, bias, o), 0, show(key, [x, w, bias], o));
      freeAll(x, w, bias);
    }
  },
});
