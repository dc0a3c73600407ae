/** What PyTorch says about arguments it cannot take. Messages from PyTorch 2.13. */
import assert from "node:assert/strict";
import { RuntimeFault } from "../../core/errors.ts";
import { ScalarType as T } from "../../core/scalar_type.ts";
import * as R from "../../ops/random/mod.ts";
import { arrayOf } from "./perform.ts";

const of = (t: T, n = 3) => arrayOf(t, n);
const f32 = () => new Float32Array(3);
const EXPECTED_P =
  "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be " +
  "improved?  If so, please report an enhancement request to PyTorch.)";
const CONTINUOUS =
  "distribution is a continuous probability distribution. dtype must be a floating point but " +
  "you specified";

const cases: [string, () => void][] = [
  ["RuntimeError: normal expects std >= 0.0, but found std -1", () => R.normal(f32(), T.Float, 0, -1)],
  ["RuntimeError: normal expects std >= 0.0, but found std -0.5", () => R.normal(f32(), T.Float, 0, -0.5)],
  ["RuntimeError: normal expects std >= 0.0, but found std -1e-07", () => R.normal(f32(), T.Float, 0, -1e-7)],
  [
    "RuntimeError: normal expects std >= 0.0, but found std -1.23457e+06",
    () => R.normal(f32(), T.Float, 0, -1234567),
  ],
  ["RuntimeError: normal expects std >= 0.0, but found std nan", () => R.normal(f32(), T.Float, 0, NaN)],
  [
    "NotImplementedError: \"normal_kernel_cpu\" not implemented for 'Long'",
    () => R.normal(of(T.Long), T.Long),
  ],
  [
    "NotImplementedError: \"check_uniform_bounds\" not implemented for 'Long'",
    () => R.uniform(of(T.Long), T.Long),
  ],
  [
    "RuntimeError: uniform_ expects to return a [from, to) range, but found from=2 > to=1",
    () => R.uniform(f32(), T.Float, 2, 1),
  ],
  ["RuntimeError: from is out of bounds for float", () => R.uniform(f32(), T.Float, -1e39, 1)],
  [
    "RuntimeError: uniform_ expects to-from <= std::numeric_limits<Half>::max(), but found to=60000 and " +
    "from=-60000 which result in to-from to exceed the limit",
    () => R.uniform(of(T.Half), T.Half, -60000, 60000),
  ],
  ["RuntimeError: from is out of bounds for c10::Half", () => R.uniform(of(T.Half), T.Half, -70000, 60000)],
  [
    "RuntimeError: bernoulli_ expects p to be in [0, 1], but got p=1.5",
    () => R.bernoulliScalar(f32(), T.Float, 1.5),
  ],
  [
    "RuntimeError: " + EXPECTED_P,
    () => R.bernoulliTensor(f32(), T.Float, Float32Array.of(0.5, -1, 0), T.Float),
  ],
  [
    "NotImplementedError: \"bernoulli_tensor_cpu_p_\" not implemented for 'Long'",
    () => R.bernoulliTensor(f32(), T.Float, of(T.Long), T.Long),
  ],
  [
    "RuntimeError: dropout probability has to be between 0 and 1, but got 1.5",
    () => R.dropoutNoise(f32(), T.Float, 1.5),
  ],
  [
    "RuntimeError: exponential_ expects lambda > 0.0, but found lambda=0",
    () => R.exponential(f32(), T.Float, 0),
  ],
  [`RuntimeError: Exponential ${CONTINUOUS} Long`, () => R.exponential(of(T.Long), T.Long)],
  ["RuntimeError: geometric_ expects p to be in (0, 1), but got p=1", () => R.geometric(f32(), T.Float, 1)],
  [
    "NotImplementedError: \"geometric_cpu\" not implemented for 'Bool'",
    () => R.geometric(of(T.Bool), T.Bool, 0.5),
  ],
  ["RuntimeError: cauchy_ expects sigma > 0.0, but found sigma=0", () => R.cauchy(f32(), T.Float, 0, 0)],
  [`RuntimeError: Cauchy ${CONTINUOUS} long int`, () => R.cauchy(of(T.Long), T.Long)],
  ["RuntimeError: log_normal_ expects std > 0.0, but found std=0", () => R.logNormal(f32(), T.Float, 0, 0)],
  [
    "NotImplementedError: \"log_normal_cpu\" not implemented for 'Long'",
    () => R.logNormal(of(T.Long), T.Long),
  ],
  [
    "RuntimeError: random_ expects 'from' to be less than 'to', but got from=5 >= to=5",
    () => R.randint(of(T.Long), T.Long, 5, 5),
  ],
  ["RuntimeError: to - 1 is out of bounds for unsigned char", () => R.randint(of(T.Byte), T.Byte, 0, 300)],
  ["RuntimeError: from is out of bounds for unsigned char", () => R.randint(of(T.Byte), T.Byte, -1, 3)],
  ["RuntimeError: to - 1 is out of bounds for c10::Half", () => R.randint(of(T.Half), T.Half, 0, 70000)],
  ["RuntimeError: to - 1 is out of bounds for bool", () => R.randint(of(T.Bool), T.Bool, 0, 3)],
  [
    "RuntimeError: random_ expects 'from' casted to dtype to be less than or equal to 'to_inc' casted to dtype, " +
    "but got from=16777216 > to_inc=16777216",
    () => R.randomFromTo(f32(), T.Float, 2 ** 24, undefined),
  ],
  [
    "RuntimeError: random_full_64_bits_range_kernel_cpu handles only int64, double, float and bfloat16",
    () => R.randomFromTo(of(T.Int), T.Int, -(2n ** 63n), undefined),
  ],
  [
    "RuntimeError: check_random_bounds handles only integral, floating-point and boolean types",
    () => R.randomFromTo(f32(), T.ComplexFloat, 0, 3),
  ],
  [
    "NotImplementedError: \"random_kernel_cpu\" not implemented for 'ComplexFloat'",
    () => R.random(f32(), T.ComplexFloat),
  ],
  [
    "RuntimeError: Trying to create tensor with negative dimension -1: [-1]",
    () => R.checkRandperm(-1, T.Long),
  ],
  ["RuntimeError: n cannot be greater than 2049 for Half type.", () => R.checkRandperm(2050, T.Half)],
  [
    "RuntimeError: n cannot be greater than 2^24+1 for Float type.",
    () => R.checkRandperm(2 ** 24 + 2, T.Float),
  ],
  [
    "RuntimeError: value cannot be converted to type uint8_t without overflow",
    () => R.checkRandperm(257, T.Byte),
  ],
  [
    "RuntimeError: value cannot be converted to type int16_t without overflow",
    () => R.checkRandperm(33000, T.Short),
  ],
  ["NotImplementedError: \"randperm\" not implemented for 'Bool'", () => R.checkRandperm(3, T.Bool)],
  [
    "RuntimeError: invalid Poisson rate, expected rate to be non-negative",
    () => R.poisson(f32(), T.Float, [1, -1, 1]),
  ],
  [
    "NotImplementedError: \"poisson_cpu\" not implemented for 'Long'",
    () => R.poisson(of(T.Long), T.Long, [1, 1, 1]),
  ],
  [
    "ValueError: binomial only supports floating-point dtypes for count, got: Long",
    () => R.binomial(of(T.Long), T.Long, [1], [0.5]),
  ],
  [
    "NotImplementedError: \"binomial_cpu\" not implemented for 'Half'",
    () => R.binomial(of(T.Half), T.Half, [1], [0.5]),
  ],
  [
    "NotImplementedError: \"gamma_cpu\" not implemented for 'Half'",
    () => R.standardGamma(of(T.Half), T.Half, [1]),
  ],
  [
    "RuntimeError: invalid multinomial distribution (sum of probabilities <= 0)",
    () => R.multinomial([0, 0], 1, T.Float, 1, false),
  ],
  [
    "RuntimeError: probability tensor contains either `inf`, `nan` or element < 0",
    () => R.multinomial([1, NaN], 1, T.Float, 1, false),
  ],
  [
    "RuntimeError: invalid multinomial distribution (encountering probability entry < 0)",
    () => R.multinomial([1, -1], 1, T.Float, 2, true),
  ],
  [
    "RuntimeError: invalid multinomial distribution (encountering probability entry = infinity or NaN)",
    () => R.multinomial([1, Infinity], 1, T.Float, 2, true),
  ],
  [
    "RuntimeError: invalid multinomial distribution (sum of probabilities <= 0)",
    () => R.multinomial([0, 0], 1, T.Float, 2, true),
  ],
  ["RuntimeError: prob_dist must be 1 or 2 dim", () => R.checkMultinomial([1, 1, 1], T.Float, 1, false)],
  [
    "RuntimeError: multinomial only supports floating-point dtypes for input, got: Long",
    () => R.checkMultinomial([2], T.Long, 1, false),
  ],
  ["RuntimeError: cannot sample n_sample <= 0 samples", () => R.checkMultinomial([2], T.Float, 0, false)],
  [
    "RuntimeError: cannot sample n_sample > prob_dist.size(-1) samples without replacement",
    () => R.checkMultinomial([2], T.Float, 3, false),
  ],
];

for (const [want, run] of cases) {
  Deno.test(`random message: ${want.slice(0, 80)}`, () => {
    assert.throws(run, (e) => {
      assert.ok(e instanceof RuntimeFault, String(e));
      assert.equal(`${e.pythonType}: ${e.message}`, want);
      return true;
    });
  });
}
