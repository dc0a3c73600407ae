/** The samplers on tensors of all layouts, against values recorded from PyTorch (tensors.json, by record.py). */
import assert from "node:assert/strict";
import { bfloat16ToNumber, numberToBfloat16 } from "../../core/element.ts";
import { RuntimeFault } from "../../core/errors.ts";
import { isComplexType, ScalarType as T } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import * as R from "../../ops/random/mod.ts";

const zeros = (sizes: number[], t: T = T.Float) => Tensor.zeros(sizes, t);
const transposed = (t: Tensor) => t.asStrided([t.sizes[1], t.sizes[0]], [t.strides[1], t.strides[0]]);

function tensor(rows: number[][]): Tensor {
  const t = zeros([rows.length, rows[0].length]);
  (t.data() as Float32Array).set(rows.flat());
  return t;
}
const RATES = [1, 20, 3, 4, 5, 600];
const cast16 = (v: number[]) => v.map((x) => bfloat16ToNumber(numberToBfloat16(x)));
function cast(t: T, v: number[], sizes: number[]): Tensor {
  const out = zeros(sizes, t), data = out.data();
  v.forEach((x, i) => data[i] = t === T.BFloat16 ? numberToBfloat16(x) : x);
  return out;
}
const rates = tensor([[1, 20, 3], [4, 5, 600]]);
const over = (d: number) => {
  const t = zeros([2, 3]);
  (t.data() as Float32Array).set(Array.from(rates.data() as Float32Array, (v) => v / d));
  return t;
};
const weights = tensor([[1, 2], [3, 0.5], [0.25, 4]]);

function values(t: Tensor): number[] {
  const data = t.data(), out: number[] = [];
  const parts = isComplexType(t.scalarType) ? 2 : 1;
  const walk = (d: number, at: number) => {
    if (d === t.dim) {
      for (let p = 0; p < parts; p++) {
        const v = Number(data[parts * at + p]);
        out.push(t.scalarType === T.BFloat16 ? bfloat16ToNumber(v) : v);
      }
    } else for (let i = 0; i < t.sizes[d]; i++) walk(d + 1, at + i * t.strides[d]);
  };
  walk(0, t.storageOffset);
  return out;
}

const runs: Record<string, (g: R.Generator) => Tensor> = {
  "normal complex64 [3, 2] transposed": (g) =>
    R.normal_(transposed(zeros([3, 2], T.ComplexFloat)), 0.5, 2, g),
  "normal complex128 [17]": (g) => R.normal_(zeros([17], T.ComplexDouble), 0, 1, g),
  "normal complex64 [4]": (g) => R.normal_(zeros([4], T.ComplexFloat), 0, 1, g),
  "uniform complex128 [2, 3]": (g) => R.uniform_(zeros([2, 3], T.ComplexDouble), -1, 2, g),
  "normal float32 [8, 4] transposed": (g) => R.normal_(transposed(zeros([8, 4])), 0, 1, g),
  "bernoulli int64 transposed, p transposed": (g) =>
    R.bernoulliTensor_(transposed(zeros([3, 2], T.Long)), over(700), g),
  "bernoulli float32 [2, 3], p [3]": (g) =>
    R.bernoulliTensor_(zeros([2, 3]), over(30).asStrided([3], [1]), g),
  "bernoulli of transposed": (g) => R.bernoulliOf(transposed(over(700)), g),
  "poisson transposed": (g) => R.poissonOf(transposed(rates), g),
  "binomial": (g) => R.binomialOf(transposed(rates), transposed(over(700)), g),
  "gamma transposed": (g) => R.standardGammaOf(transposed(rates), g),
  "dirichlet transposed": (g) => R.dirichletOf(transposed(rates), g),
  "multinomial transposed": (g) => R.multinomialOf(transposed(weights), 2, false, g),
  "multinomial with replacement": (g) => R.multinomialOf(transposed(weights), 9, true, g),
  "random int16 slice": (g) => R.random_(zeros([3, 4], T.Short).asStrided([3, 2], [4, 1], 1), g),
  "randint int64 slice": (g) => R.randomFromTo_(zeros([3, 4], T.Long).asStrided([2, 2], [4, 1], 5), -5, 7, g),
  "exponential bfloat16 transposed": (g) => R.exponential_(transposed(zeros([3, 4], T.BFloat16)), 2, g),
  "normal of tensors": (g) => R.normalOf(transposed(rates), transposed(over(700)), g),
  "normal of mean [3], std [2, 3]": (g) => R.normalOf(rates.asStrided([3], [1]), rates, g),
  "normal of mean tensor": (g) =>
    R.normalOf(cast(T.Float, Array.from({ length: 20 }, (_, i) => i + 1), [20]), 0.3, g),
  "normal of std tensor": (g) =>
    R.normalOf(0.1, cast(T.Float, Array.from({ length: 20 }, (_, i) => i), [20]), g),
  "normal of float64 mean, float32 std": (g) => R.normalOf(cast(T.Double, RATES, [2, 3]), rates, g),
  "normal of float32 mean, float64 std": (g) =>
    R.normalOf(rates, cast(T.Double, RATES.map((v) => v / 3), [2, 3]), g),
  "normal of bfloat16": (g) =>
    R.normalOf(cast(T.BFloat16, RATES, [2, 3]), cast(T.BFloat16, cast16(RATES).map((v) => v / 3), [2, 3]), g),
  "dropout transposed": (g) => R.dropoutNoise_(transposed(zeros([3, 4])), 0.3, g),
};

const golden = JSON.parse(Deno.readTextFileSync(new URL("./tensors.json", import.meta.url))) as {
  name: string;
  values: number[];
}[];

for (const { name, values: want } of golden) {
  Deno.test(`random tensors: ${name}`, () => {
    const t = runs[name](new R.Generator(21));
    const got = values(t);
    assert.equal(got.length, want.length);
    const tolerance = t.scalarType === T.ComplexDouble || t.scalarType === T.Double ? 1e-13 : 0;
    got.forEach((v, i) =>
      assert.ok(Math.abs(v - want[i]) <= tolerance * Math.abs(want[i]), `${i}: ${v} ${want[i]}`)
    );
  });
}

Deno.test("random tensors: refusals", () => {
  const says = (run: () => void, message: string) =>
    assert.throws(run, (e) => e instanceof RuntimeFault && e.message === message);
  says(
    () => R.uniform_(zeros([1, 3]).asStrided([2, 3], [0, 1])),
    "unsupported operation: more than one element of the written-to tensor refers to a single memory location. " +
      "Please clone() the tensor before performing the operation.",
  );
  says(
    () => R.bernoulliTensor_(zeros([2, 3]), zeros([3, 2])),
    "The expanded size of the tensor (3) must match the existing size (2) at non-singleton dimension 1.  " +
      "Target sizes: [2, 3].  Tensor sizes: [3, 2]",
  );
  says(
    () => R.bernoulliTensor_(zeros([3]), zeros([2, 3])),
    "expand(torch.FloatTensor{[2, 3]}, size=[3]): the number of sizes provided (1) must be greater or equal to " +
      "the number of dimensions in the tensor (2)",
  );
});

Deno.test("random tensors: torch.normal's refusals", () => {
  const says = (run: () => void, message: string) =>
    assert.throws(run, (e) => e instanceof RuntimeFault && e.message === message);
  says(() => R.normalOf(rates, tensor([[1, -1, 1]])), "normal expects all elements of std >= 0.0");
  says(() => R.normalOf(rates, -1), "normal expects std >= 0.0, but found std -1");
  says(
    () => R.normalOf(rates, tensor([[1, 1]])),
    "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1",
  );
});

Deno.test("random tensors: nothing outside a slice is written", () => {
  const whole = zeros([4, 4]);
  R.uniform_(whole.asStrided([2, 2], [4, 1], 5), 1, 2);
  const data = whole.data() as Float32Array;
  for (let i = 0; i < 16; i++) assert.equal(data[i] !== 0, [5, 6, 9, 10].includes(i));
});
