/** Random tensors, from PyTorch's stream; the rules of each stream are in `ops/random/mod.ts`. */
import type { Device } from "../../core/device.ts";
import { check } from "../../core/errors.ts";
import type { GeneratorValue } from "../../core/ivalue.ts";
import type { Int } from "../../core/scalar.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { call } from "../dispatch.ts";
import { type Declaration, type Family, op } from "../declaration.ts";
import { getDefaultDtype, newTensor } from "../reference/allocation.ts";
import * as random from "../random/mod.ts";
import { implementedFor } from "../reference/promotion.ts";
import { copyStrides } from "./memory.ts";

type Gen = GeneratorValue | null;
type Dtype = ScalarType | null;

function generator(g: Gen): random.Generator {
  return g instanceof random.Generator ? g : random.defaultGenerator;
}
const drawn = (doc: string, kernel: Declaration["kernel"]): Declaration => op(doc, kernel, ["random"]);

function make(size: readonly number[], dtype: Dtype, natural: ScalarType = getDefaultDtype()): Tensor {
  return newTensor(size.map(Number), dtype ?? natural);
}
/** A tensor like `t`, strides kept: fills go in memory order. */
function like(t: Tensor, dtype: Dtype, format: number | null): Tensor {
  return newTensor(t.sizes, dtype ?? t.scalarType, t.device, copyStrides(t, format));
}
function floating(name: string, t: Tensor): Tensor {
  implementedFor(t.scalarType >= 5 && t.scalarType !== ScalarType.Bool, name, t.scalarType);
  return t;
}
function integers(t: Tensor, low: Int, high: Int, g: Gen): Tensor {
  check(low < high, () => `random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`);
  return random.randomFromTo_(t, low, high, generator(g));
}
/** An in-place draw. */
function inPlace<A extends unknown[]>(doc: string, f: (t: Tensor, ...a: A) => unknown): Declaration {
  return drawn(doc, (t: Tensor, ...a: A) => {
    f(t, ...a);
    t.bumpVersion();
    return t;
  });
}

function dropout(x: Tensor, p: number, train: boolean): Tensor {
  check(p >= 0 && p <= 1, () => `dropout probability has to be between 0 and 1, but got ${p}`);
  if (!train || p === 0 || x.numel === 0) return x;
  if (p === 1) return call("aten::mul.Tensor", x, newTensor(x.sizes, x.scalarType)) as Tensor;
  const noise = newTensor(x.sizes, x.scalarType, x.device, copyStrides(x, null));
  random.dropoutNoise_(noise, p, random.defaultGenerator);
  return call("aten::mul.Tensor", x, noise) as Tensor;
}
/** Whole channels at once. */
function featureDropout(x: Tensor, p: number, train: boolean): Tensor {
  check(p >= 0 && p <= 1, () => `dropout probability has to be between 0 and 1, but got ${p}`);
  if (!train || p === 0 || x.numel === 0) return x;
  check(x.dim >= 2, "Feature dropout requires at least 2 dimensions in the input");
  const noise = newTensor([x.sizes[0], x.sizes[1], ...new Array<number>(x.dim - 2).fill(1)], x.scalarType);
  if (p < 1) random.dropoutNoise_(noise, p, random.defaultGenerator);
  return call("aten::mul.Tensor", x, noise) as Tensor;
}

export const randomness: Family = {
  "aten::rand": drawn(
    "Uniform numbers in [0, 1).",
    (size: number[], t: Dtype) => random.uniform_(make(size, t), 0, 1),
  ),
  "aten::rand.generator": drawn(
    "Uniform numbers in [0, 1).",
    (size: number[], g: Gen, t: Dtype) => random.uniform_(make(size, t), 0, 1, generator(g)),
  ),
  "aten::randn": drawn("Normal numbers.", (size: number[], t: Dtype) => random.normal_(make(size, t), 0, 1)),
  "aten::randn.generator": drawn(
    "Normal numbers.",
    (size: number[], g: Gen, t: Dtype) => random.normal_(make(size, t), 0, 1, generator(g)),
  ),
  "aten::randint": drawn(
    "Integers in [0, high).",
    (high: Int, size: number[], t: Dtype) => integers(make(size, t, ScalarType.Long), 0, high, null),
  ),
  "aten::randint.generator": drawn(
    "Integers in [0, high).",
    (high: Int, size: number[], g: Gen, t: Dtype) => integers(make(size, t, ScalarType.Long), 0, high, g),
  ),
  "aten::randint.low": drawn(
    "Integers in [low, high).",
    (low: Int, high: Int, size: number[], t: Dtype) =>
      integers(make(size, t, ScalarType.Long), low, high, null),
  ),
  "aten::randint.low_generator": drawn(
    "Integers in [low, high).",
    (low: Int, high: Int, size: number[], g: Gen, t: Dtype) =>
      integers(make(size, t, ScalarType.Long), low, high, g),
  ),
  "aten::rand_like": drawn(
    "Uniform numbers, shaped like self.",
    (s: Tensor, t: Dtype, _l: unknown, _d: Device | null, _p: unknown, f: number | null) =>
      random.uniform_(like(s, t, f), 0, 1),
  ),
  "aten::randn_like": drawn(
    "Normal numbers, shaped like self.",
    (s: Tensor, t: Dtype, _l: unknown, _d: Device | null, _p: unknown, f: number | null) =>
      random.normal_(like(s, t, f), 0, 1),
  ),
  "aten::randint_like": drawn(
    "Integers in [0, high), shaped like self.",
    (s: Tensor, high: Int, t: Dtype, _l: unknown, _d: Device | null, _p: unknown, f: number | null) =>
      integers(like(s, t, f), 0, high, null),
  ),
  "aten::randint_like.low_dtype": drawn(
    "Integers in [low, high), shaped like self.",
    (
      s: Tensor,
      low: Int,
      high: Int,
      t: Dtype,
      _l: unknown,
      _d: Device | null,
      _p: unknown,
      f: number | null,
    ) => integers(like(s, t, f), low, high, null),
  ),
  "aten::randperm": drawn("A permutation of 0 to n-1.", (n: number, t: Dtype) => permutation(n, t, null)),
  "aten::randperm.generator": drawn(
    "A permutation of 0 to n-1.",
    (n: number, g: Gen, t: Dtype) => permutation(n, t, g),
  ),
  "aten::normal.Tensor_float": drawn(
    "Normal numbers around the means.",
    (m: Tensor, s: number, g: Gen) => random.normalOf(m, s, generator(g)),
  ),
  "aten::normal.float_Tensor": drawn(
    "Normal numbers of the deviations.",
    (m: number, s: Tensor, g: Gen) => random.normalOf(m, s, generator(g)),
  ),
  "aten::normal.Tensor_Tensor": drawn(
    "Normal numbers of the means and deviations.",
    (m: Tensor, s: Tensor, g: Gen) => random.normalOf(m, s, generator(g)),
  ),
  "aten::normal.float_float": drawn(
    "Normal numbers.",
    (m: number, s: number, size: number[], g: Gen, t: Dtype) =>
      random.normal_(make(size, t), m, s, generator(g)),
  ),
  "aten::bernoulli": drawn(
    "1 with the probability of each element.",
    (p: Tensor, g: Gen) => random.bernoulliOf(p, generator(g)),
  ),
  "aten::bernoulli.p": drawn(
    "1 with probability p.",
    (s: Tensor, p: number, g: Gen) => random.bernoulliScalar_(like(s, null, null), p, generator(g)),
  ),
  "aten::multinomial": drawn(
    "Indices drawn by weight.",
    (w: Tensor, n: number, again: boolean, g: Gen) => random.multinomialOf(w, n, again, generator(g)),
  ),
  "aten::poisson": drawn(
    "Poisson counts of the rates.",
    (r: Tensor, g: Gen) => random.poissonOf(r, generator(g)),
  ),
  "aten::binomial": drawn(
    "Binomial counts.",
    (n: Tensor, p: Tensor, g: Gen) => random.binomialOf(n, p, generator(g)),
  ),
  "aten::uniform_": inPlace(
    "Uniform numbers in [from, to).",
    (t: Tensor, a: number, b: number, g: Gen) =>
      random.uniform_(floating("check_uniform_bounds", t), a, b, generator(g)),
  ),
  "aten::normal_": inPlace(
    "Normal numbers.",
    (t: Tensor, m: number, s: number, g: Gen) =>
      random.normal_(floating("normal_kernel_cpu", t), m, s, generator(g)),
  ),
  "aten::random_": inPlace(
    "Integers over the dtype's range.",
    (t: Tensor, g: Gen) => random.random_(t, generator(g)),
  ),
  "aten::random_.to": inPlace("Integers in [0, to).", (t: Tensor, to: Int, g: Gen) => integers(t, 0, to, g)),
  "aten::random_.from": inPlace(
    "Integers in [from, to).",
    (t: Tensor, from: Int, to: Int | null, g: Gen) =>
      random.randomFromTo_(t, from, to ?? undefined, generator(g)),
  ),
  "aten::bernoulli_.float": inPlace(
    "1 with probability p.",
    (t: Tensor, p: number, g: Gen) => random.bernoulliScalar_(t, p, generator(g)),
  ),
  "aten::bernoulli_.Tensor": inPlace(
    "1 with the probabilities of p.",
    (t: Tensor, p: Tensor, g: Gen) => random.bernoulliTensor_(t, p, generator(g)),
  ),
  "aten::exponential_": inPlace(
    "Exponential numbers.",
    (t: Tensor, l: number, g: Gen) => random.exponential_(t, l, generator(g)),
  ),
  "aten::geometric_": inPlace(
    "Geometric numbers.",
    (t: Tensor, p: number, g: Gen) => random.geometric_(t, p, generator(g)),
  ),
  "aten::cauchy_": inPlace(
    "Cauchy numbers.",
    (t: Tensor, m: number, s: number, g: Gen) => random.cauchy_(t, m, s, generator(g)),
  ),
  "aten::log_normal_": inPlace(
    "Log-normal numbers.",
    (t: Tensor, m: number, s: number, g: Gen) => random.logNormal_(t, m, s, generator(g)),
  ),
  "aten::dropout": drawn("Zeroes elements with probability p and scales the others.", dropout),
  "aten::feature_dropout": drawn("Zeroes channels with probability p and scales the others.", featureDropout),
};

function permutation(n: number, t: Dtype, g: Gen): Tensor {
  check(n >= 0, () => `Trying to create tensor with negative dimension ${n}: [${n}]`);
  const out = make([n], t, ScalarType.Long);
  random.checkRandperm(n, out.scalarType);
  return random.randperm_(out, generator(g));
}
