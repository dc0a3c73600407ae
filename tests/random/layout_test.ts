/** Tensors that are not contiguous are filled in PyTorch's order of visiting (layouts.json, by record.py). */
import assert from "node:assert/strict";
import { ScalarType } from "../../core/scalar_type.ts";
import { contiguousStrides } from "../../core/tensor.ts";
import { bernoulliTensor, Generator, normal, uniform, visitOrder } from "../../ops/random/mod.ts";

interface Layout {
  sizes: number[];
  strides: number[];
  dtype: "float32" | "float64";
  uniform: number[];
  normal: number[] | null;
  bernoulli: number[];
  probs: number[];
}

const layouts = JSON.parse(
  Deno.readTextFileSync(new URL("./layouts.json", import.meta.url)),
) as Layout[];

for (const l of layouts) {
  Deno.test(`random layout: ${l.dtype} sizes [${l.sizes}] strides [${l.strides}]`, () => {
    const t = l.dtype === "float32" ? ScalarType.Float : ScalarType.Double;
    const n = l.sizes.reduce((a, b) => a * b, 1);
    const make = () => l.dtype === "float32" ? new Float32Array(n) : new Float64Array(n);
    const logical = contiguousStrides(l.sizes);
    // where, in logical order, each visited element lies
    const [, places] = visitOrder(l.sizes, l.strides, logical);
    const scatter = (drawn: ArrayLike<number>) => {
      const out = new Array<number>(n);
      for (let i = 0; i < n; i++) out[places[i]] = drawn[i];
      return out;
    };
    const gen = new Generator(1);
    const u = make();
    uniform(u, t, 0, 1, gen);
    assert.deepEqual(scatter(u), l.uniform);
    if (l.normal) {
      const z = make();
      normal(z, t, 0, 1, gen, false);
      const got = scatter(z);
      got.forEach((v, i) =>
        assert.ok(Math.abs(v - l.normal![i]) <= 1e-14 * Math.abs(v), `${v} ${l.normal![i]}`)
      );
    }
    const b = make();
    bernoulliTensor(b, t, Float32Array.from(places, (p) => l.probs[p]), ScalarType.Float, gen);
    assert.deepEqual(scatter(b), l.bernoulli);
  });
}

Deno.test("random layout: offsets of every operand", () => {
  const [a, b] = visitOrder([2, 3], [1, 2], [0, 1]);
  assert.deepEqual([...a], [0, 1, 2, 3, 4, 5]);
  assert.deepEqual([...b], [0, 0, 1, 1, 2, 2]);
});
