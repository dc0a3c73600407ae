/** Matrix products, pooling, reductions and norms over small random shapes, strides and options, against plain loops. */
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { features } from "../../ops/wasm/mod.ts";
import {
  eachIndex as each,
  naiveGroups,
  naiveMatmul,
  naiveWindows,
  outputSize,
  reader,
} from "./plain_loops.ts";
import { expect, freeAll, pick, reals, run, several, show, type Type, upTo, wholes } from "./random_cases.ts";
import { elements, fill, random } from "./tensors.ts";

const ignore = !features();

Deno.test({
  name: "matrix products of random shapes, batches broadcast",
  ignore,
  fn() {
    const rand = random(33);
    for (let round = 0; round < 600; round++) {
      const type = pick<Type>(rand, "f32", "f32", "f64", "i64", "i32");
      const size = () => pick(rand, 0, 1, 1, 2, 3, 5, 8, 9, 17), [m, n, k] = [size(), size(), size()];
      const lead = several(upTo(rand, 0, 2), () => upTo(rand, 1, 3));
      const own = () => lead.slice(upTo(rand, 0, lead.length)).map((s) => rand() < 0.3 ? 1 : s);
      const a = wholes([...own(), m, k], type, rand), b = wholes([...own(), k, n], type, rand);
      const want = naiveMatmul(a, b);
      expect(run("aten::matmul", a, b), want, 0, show("matmul", [a, b], type));
      if (a.dim === 2 && b.dim === 2) {
        const c = wholes(pick(rand, [m, n], [1, n], [n], [m, 1], []), type, rand);
        const at = reader(run("aten::expand", c, [m, n], false) as Tensor), product = want.values;
        const sums = product.map((v, i) => 2 * v - 3 * at([Math.floor(i / n), i % n]));
        expect(
          run("aten::addmm", c, a, b, -3, 2),
          { sizes: [m, n], values: sums },
          0,
          show("addmm", [c, a, b], type),
        );
        const v = wholes([k], type, rand);
        const column = naiveMatmul(a, v.asStrided([k, 1], [v.strides[0], 1])).values;
        expect(run("aten::mv", a, v), { sizes: [m], values: column }, 0, show("mv", [a, v], type));
        const bias = rand() < 0.5 ? wholes([n], type, rand) : null, be = bias && reader(bias);
        const w = b.asStrided([n, k], [b.strides[1], b.strides[0]]);
        const plus = product.map((p, i) => p + (be ? be([i % n]) : 0));
        expect(
          run("aten::linear", a, w, bias),
          { sizes: [m, n], values: plus },
          0,
          show("linear", [a, w, bias], type),
        );
        freeAll(c, v, bias);
      }
      freeAll(a, b);
    }
  },
});

Deno.test({
  name: "pooling of random shapes",
  ignore,
  fn() {
    const rand = random(34);
    for (let round = 0; round < 500; round++) {
      const dims = upTo(rand, 1, 3), type = pick<Type>(rand, "f32", "f32", "f64");
      const kernel = several(dims, () => upTo(rand, 1, 3)), ceil = rand() < 0.3;
      const o = {
        stride: several(dims, () => upTo(rand, 1, 3)),
        padding: kernel.map((k) => upTo(rand, 0, k >> 1)),
        dilation: several(dims, () => upTo(rand, 1, 2)),
      };
      const lead = pick(rand, [1], [3], [1, 1], [2, 3], [0, 2]);
      const space = several(dims, () => upTo(rand, 5, 8)), x = wholes([...lead, ...space], type, rand);
      if (rand() < 0.2) fill(x, () => rand() < 0.05 ? NaN : upTo(rand, -4, 4));
      const counts = (s: typeof o) =>
        space.map((size, d) => {
          if (!ceil) return outputSize(size, kernel[d], s, d);
          const over = size + 2 * s.padding[d] - s.dilation[d] * (kernel[d] - 1) - 1;
          const n = Math.ceil(over / s.stride[d]) + 1;
          return (n - 1) * s.stride[d] >= size + s.padding[d] ? n - 1 : n;
        });
      const best: number[] = [], where: number[] = [];
      const sizes = naiveWindows(x, kernel, o, counts(o), (w) => {
        const nan = w.values.findLastIndex(Number.isNaN);
        const i = nan >= 0 ? nan : w.values.indexOf(Math.max(...w.values));
        best.push(w.values[i]), where.push(w.positions[i]);
      });
      const what = (name: string) => show(`${name}${dims}d`, [x], { kernel, ...o, ceil, type });
      const [most, at] = run(
        `aten::max_pool${dims}d_with_indices`,
        x,
        kernel,
        o.stride,
        o.padding,
        o.dilation,
        ceil,
      ) as Tensor[];
      expect(most, { sizes, values: best }, 0, what("max_pool"));
      expect(at, { sizes, values: where }, 0, what("positions of max_pool"));
      const alone = run(`aten::max_pool${dims}d`, x, kernel, o.stride, o.padding, o.dilation, ceil);
      expect(alone, { sizes, values: best }, 0, what("max_pool alone"));
      const plain = { ...o, dilation: several(dims, () => 1) },
        withPad: number[] = [],
        without: number[] = [];
      const avgSizes = naiveWindows(x, kernel, plain, counts(plain), (w) => {
        const sum = w.values.reduce((a, b) => a + b, 0);
        withPad.push(sum / w.padded), without.push(sum / w.values.length);
      });
      const avg = (pad: boolean, divisor?: number) => {
        const tail = dims === 1 ? [] : [divisor ?? null];
        return run(`aten::avg_pool${dims}d`, x, kernel, o.stride, o.padding, ceil, pad, ...tail);
      };
      expect(avg(true), { sizes: avgSizes, values: withPad }, 1e-6, what("avg_pool"));
      expect(avg(false), { sizes: avgSizes, values: without }, 1e-6, what("avg_pool less padding"));
      freeAll(x);
    }
  },
});

const FOLDS: Record<string, (v: number[]) => number> = {
  sum: (v) => v.reduce((a, b) => a + b, 0),
  mean: (v) => v.reduce((a, b) => a + b, 0) / v.length,
  prod: (v) => v.reduce((a, b) => a * b, 1),
  amax: (v) => v.reduce((a, b) => Math.max(a, b)),
  amin: (v) => v.reduce((a, b) => Math.min(a, b)),
  any: (v) => Number(v.some((x) => x !== 0)),
  all: (v) => Number(v.every((x) => x !== 0)),
  argmax: (v) => v.indexOf(Math.max(...v)),
  argmin: (v) => v.indexOf(Math.min(...v)),
  var: (v) => spreadOf(v, 1),
  std: (v) => Math.sqrt(spreadOf(v, 1)),
  logsumexp: (v) => Math.log(v.reduce((a, b) => a + Math.exp(b), 0)),
};

/** The mean square distance from the mean, its divisor less `correction`. */
function spreadOf(v: readonly number[], correction: number): number {
  const mean = v.reduce((a, b) => a + b, 0) / v.length;
  return v.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(0, v.length - correction);
}

Deno.test({
  name: "reductions of random shapes",
  ignore,
  fn() {
    const rand = random(35);
    for (let round = 0; round < 1500; round++) {
      const name = pick(rand, ...Object.keys(FOLDS)), float = /mean|var|std|logsumexp/.test(name);
      const types = ["f32", "f64"] as Type[];
      if (!float) types.push("i32", "i64", "u8", "i16");
      if (!float && !name.startsWith("arg")) types.push("bool");
      const type = pick(rand, ...types);
      // a thousand elements or more go to the kernels, fewer stay with the loops
      const most = pick(rand, 3, 4, 12);
      const sizes = several(upTo(rand, 1, 4), () => rand() < 0.04 ? 0 : upTo(rand, 1, most));
      const x = wholes(sizes, name === "prod" && type !== "f64" ? "bool" : type, rand);
      const one = /prod|arg/.test(name) || rand() < 0.3, keep = rand() < 0.5;
      let dims = sizes.map((_s, d) => d).filter(() => rand() < 0.5);
      if (one || dims.length === 0) dims = [upTo(rand, 0, sizes.length - 1)];
      const empty = dims.some((d) => sizes[d] === 0);
      if (
        empty && /amax|amin|arg|logsumexp/.test(name) ||
        (name === "any" || name === "all") && dims.length > 1 && one
      ) {
        freeAll(x);
        continue;
      }
      const outSizes = keep
        ? sizes.map((s, d) => dims.includes(d) ? 1 : s)
        : sizes.filter((_s, d) => !dims.includes(d));
      const want = { sizes: outSizes, values: naiveGroups(x, dims).map(FOLDS[name]) };
      const at = rand() < 0.3 ? dims.map((d) => d - sizes.length) : dims;
      const got = name === "sum" || name === "mean"
        ? run(name === "sum" ? "aten::sum.dim_IntList" : "aten::mean.dim", x, at, keep, null)
        : name === "prod"
        ? run("aten::prod.dim_int", x, at[0], keep, null)
        : name === "any" || name === "all"
        ? run(`aten::${name}.dims`, x, at, keep)
        : name.startsWith("arg")
        ? run(`aten::${name}`, x, at[0], keep)
        : name === "var" || name === "std"
        ? run(`aten::${name}.correction`, x, at, 1, keep)
        : run(`aten::${name}`, x, at, keep);
      expect(got, want, float ? 2e-6 : 0, show(name, [x], { dims, keep, type }));
      freeAll(x);
    }
  },
});

Deno.test({
  name: "softmax and normalisations of random shapes",
  ignore,
  fn() {
    const rand = random(36);
    for (let round = 0; round < 400; round++) {
      const type = pick<Type>(rand, "f32", "f64"), within = type === "f32" ? 1e-5 : 1e-12;
      const c = pick(rand, 1, 2, 4, 6), tail = several(upTo(rand, 1, 3), () => upTo(rand, 1, 6));
      const x = reals([pick(rand, 0, 1, 2, 3), c, ...tail], type, rand), xs = reader(x);
      const vector = (n: readonly number[]) => rand() < 0.6 ? reals(n, type, rand) : null;
      const check = (
        key: string,
        got: unknown,
        value: (v: number, at: readonly number[]) => number,
        used: (Tensor | null)[],
      ) => {
        const values: number[] = [];
        each(x.sizes, (at) => values.push(value(xs(at), at)));
        expect(got, { sizes: x.sizes, values }, within * 4, show(key, [x, ...used], type));
      };
      const dim = upTo(rand, 0, x.dim - 1), lines = lookUp(x, [dim]);
      const total = (v: readonly number[]) => v.reduce((a, b) => a + Math.exp(b), 0);
      check("softmax", run("aten::softmax.int", x, dim, null), (v, at) => Math.exp(v) / total(lines(at)), []);
      check(
        "log_softmax",
        run("aten::log_softmax.int", x, dim, null),
        (v, at) => v - Math.log(total(lines(at))),
        [],
      );
      const mean = (v: readonly number[]) => v.reduce((a, b) => a + b, 0) / v.length;
      const centred = (v: number, all: readonly number[]) =>
        (v - mean(all)) / Math.sqrt(spreadOf(all, 0) + 0.01);
      const affine = (v: number, w: Tensor | null, b: Tensor | null, at: readonly number[]) =>
        v * (w ? reader(w)(at) : 1) + (b ? reader(b)(at) : 0);
      const last = upTo(rand, 1, tail.length),
        norm = x.sizes.slice(-last),
        lw = vector(norm),
        lb = vector(norm);
      const inside = lookUp(x, x.sizes.map((_s, d) => d).slice(-last));
      const layer = run("aten::layer_norm", x, norm, lw, lb, 0.01, false);
      check("layer_norm", layer, (v, at) => affine(centred(v, inside(at)), lw, lb, at.slice(-last)), [
        lw,
        lb,
      ]);
      const w = vector([c]), b = vector([c]), m = reals([c], type, rand), s = reals([c], type, rand);
      fill(s, () => 0.5 + upTo(rand, 0, 3));
      const eval_ = run("aten::batch_norm", x, w, b, m, s, false, 0.1, 0.01, false),
        [ms, ss] = [reader(m), reader(s)];
      check(
        "batch_norm",
        eval_,
        (v, at) => affine((v - ms([at[1]])) / Math.sqrt(ss([at[1]]) + 0.01), w, b, [at[1]]),
        [w, b, m, s],
      );
      if (numelOf(x.sizes) > c) {
        const channel = lookUp(x, x.sizes.map((_d, i) => i).filter((d) => d !== 1));
        const mean0 = elements(m).map(Number), var0 = elements(s).map(Number);
        const train = run("aten::batch_norm", x, w, b, m, s, true, 0.1, 0.01, false);
        check("batch_norm in training", train, (v, at) => affine(centred(v, channel(at)), w, b, [at[1]]), [
          w,
          b,
        ]);
        const groups = naiveGroups(x, x.sizes.map((_d, i) => i).filter((d) => d !== 1));
        const moved = (from: number[], to: (v: number[]) => number) =>
          from.map((v, i) => v * 0.9 + 0.1 * to(groups[i]));
        expect(m, { sizes: [c], values: moved(mean0, mean) }, within, show("running mean", [x], type));
        expect(
          s,
          { sizes: [c], values: moved(var0, (v) => spreadOf(v, 1)) },
          within,
          show("running var", [x], type),
        );
      }
      const per = pick(rand, 1, c, c % 2 ? 1 : c / 2), groups = c / per;
      const grouped = (at: readonly number[]) => {
        const first = Math.floor(at[1] / per) * per, v: number[] = [];
        each([per, ...tail], ([k, ...rest]) => v.push(xs([at[0], first + k, ...rest])));
        return v;
      };
      const group = run("aten::group_norm", x, groups, w, b, 0.01, false);
      check("group_norm", group, (v, at) => affine(centred(v, grouped(at)), w, b, [at[1]]), [w, b]);
      freeAll(x, lw, lb, w, b, m, s);
    }
  },
});

/** For an index, the elements that agree with it outside `dims`. */
function lookUp(x: Tensor, dims: readonly number[]): (at: readonly number[]) => readonly number[] {
  const groups = naiveGroups(x, dims);
  return (at) => groups[at.reduce((flat, i, d) => dims.includes(d) ? flat : flat * x.sizes[d] + i, 0)];
}
