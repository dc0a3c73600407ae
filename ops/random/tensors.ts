/**
 * The samplers on tensors: what PyTorch's in-place random methods do to their tensor, whatever its layout.
 * Complex tensors are filled as their real and imaginary parts. The version counter is the dispatcher's concern.
 */
import { bfloat16ToNumber, halfToNumber } from "../../core/element.ts";
import { check, NotImplemented } from "../../core/errors.ts";
import type { Int } from "../../core/scalar.ts";
import { isComplexType, ScalarType, scalarTypeInfo, toRealValueType } from "../../core/scalar_type.ts";
import { contiguousStrides, Tensor, type TypedArray } from "../../core/tensor.ts";
import { bernoulliScalar, bernoulliTensor, dropoutNoise } from "./bernoulli.ts";
import { cauchy, exponential, geometric, logNormal } from "./continuous.ts";
import { dirichlet, standardGamma } from "./gamma.ts";
import { defaultGenerator, type Generator } from "./generator.ts";
import { binomial, poisson } from "./counts.ts";
import { random, randomFromTo, randperm } from "./integers.ts";
import { checkMultinomial, multinomial } from "./multinomial.ts";
import { checkNormal, normal } from "./normal.ts";
import { visitOrder } from "./order.ts";
import { roundTo } from "./rounding.ts";
import { sample } from "./sampling.ts";
import { uniform } from "./uniform.ts";

type Draw = (out: TypedArray, t: ScalarType, contiguous: boolean) => void;

/** Sizes, strides and offset of a tensor as an array of real numbers. */
function realView(self: Tensor): { sizes: readonly number[]; strides: readonly number[]; offset: number } {
  if (!isComplexType(self.scalarType)) {
    return { sizes: self.sizes, strides: self.strides, offset: self.storageOffset };
  }
  return {
    sizes: [...self.sizes, 2],
    strides: [...self.strides.map((s) => 2 * s), 1],
    offset: 2 * self.storageOffset,
  };
}

/** Runs `draw` on a dense array and puts its numbers where PyTorch's loop over `self` would. */
function fill(self: Tensor, t: ScalarType, draw: Draw): Tensor {
  for (let i = 0; i < self.dim; i++) {
    check(
      self.strides[i] !== 0 || self.sizes[i] <= 1 || self.numel === 0,
      "unsupported operation: more than one element of the written-to tensor refers to a single memory location. " +
        "Please clone() the tensor before performing the operation.",
    );
  }
  const { sizes, strides, offset } = realView(self);
  const data = self.data();
  const n = sizes.reduce((a, b) => a * b, 1);
  if (self.isContiguous) {
    draw(data.subarray(offset, offset + n) as TypedArray, t, true);
    return self;
  }
  const drawn = new (data.constructor as new (n: number) => TypedArray)(n);
  draw(drawn, t, false);
  const [places] = visitOrder(sizes, strides);
  for (let i = 0; i < n; i++) data[offset + places[i]] = drawn[i];
  return self;
}

/** `self.uniform_(from, to)`. */
export function uniform_(self: Tensor, from = 0, to = 1, gen: Generator = defaultGenerator): Tensor {
  const t = toRealValueType(self.scalarType);
  return fill(self, t, (out) => uniform(out, t, from, to, gen));
}

/** `self.normal_(mean, std)`; a complex tensor's parts have half the variance each. */
export function normal_(self: Tensor, mean = 0, std = 1, gen: Generator = defaultGenerator): Tensor {
  checkNormal(std);
  const t = toRealValueType(self.scalarType);
  const s = isComplexType(self.scalarType) ? std / Math.SQRT2 : std;
  return fill(self, t, (out, _, contiguous) => normal(out, t, mean, s, gen, contiguous));
}

/** `self.random_()`. */
export function random_(self: Tensor, gen: Generator = defaultGenerator): Tensor {
  return fill(self, self.scalarType, (out, t) => random(out, t, gen));
}

/** `self.random_(from, to)`; no `to` means up to the largest value. */
export function randomFromTo_(
  self: Tensor,
  from: Int,
  to: Int | undefined,
  gen: Generator = defaultGenerator,
): Tensor {
  return fill(self, self.scalarType, (out, t) => randomFromTo(out, t, from, to, gen));
}

/** `torch.randperm(n)` into a tensor of n elements. */
export function randperm_(self: Tensor, gen: Generator = defaultGenerator): Tensor {
  return fill(self, self.scalarType, (out, t) => randperm(out, t, gen));
}

/** `self.bernoulli_(p: float)`. */
export function bernoulliScalar_(self: Tensor, p = 0.5, gen: Generator = defaultGenerator): Tensor {
  return fill(self, self.scalarType, (out, t) => bernoulliScalar(out, t, p, gen));
}

/** `self.bernoulli_(p: Tensor)`; `p` is broadcast to `self`. Throws RuntimeFault when it does not fit. */
export function bernoulliTensor_(self: Tensor, p: Tensor, gen: Generator = defaultGenerator): Tensor {
  const lead = self.dim - p.dim;
  const shape = (sizes: readonly number[]) => `[${sizes.join(", ")}]`;
  check(
    lead >= 0,
    () =>
      `expand(torch.${scalarTypeInfo(p.scalarType).name}Tensor{${shape(p.sizes)}}, size=${
        shape(self.sizes)
      }): ` +
      `the number of sizes provided (${self.dim}) must be greater or equal to the number of dimensions in the ` +
      `tensor (${p.dim})`,
  );
  for (let i = p.dim - 1; i >= 0; i--) {
    check(
      p.sizes[i] === 1 || p.sizes[i] === self.sizes[lead + i],
      () =>
        `The expanded size of the tensor (${self.sizes[lead + i]}) must match the existing size (${
          p.sizes[i]
        }) at ` +
        `non-singleton dimension ${lead + i}.  Target sizes: ${shape(self.sizes)}.  Tensor sizes: ${
          shape(p.sizes)
        }`,
    );
  }
  const strides = self.sizes.map((_, i) => i < lead || p.sizes[i - lead] === 1 ? 0 : p.strides[i - lead]);
  const [, from] = visitOrder(self.sizes, self.strides, strides);
  const source = p.data();
  const probs = new (source.constructor as new (n: number) => TypedArray)(self.numel);
  for (let i = 0; i < probs.length; i++) probs[i] = source[p.storageOffset + from[i]];
  return fill(self, self.scalarType, (out, t) => bernoulliTensor(out, t, probs, p.scalarType, gen));
}

/** The noise that eager `dropout(input, p, train=True)` multiplies `input` with, written to `self`. */
export function dropoutNoise_(self: Tensor, p: number, gen: Generator = defaultGenerator): Tensor {
  return fill(self, self.scalarType, (out, t) => dropoutNoise(out, t, p, gen));
}

/** `self.exponential_(lambd)`. */
export function exponential_(self: Tensor, lambd = 1, gen: Generator = defaultGenerator): Tensor {
  return fill(self, self.scalarType, (out, t) => exponential(out, t, lambd, gen));
}

/** `self.geometric_(p)`. */
export function geometric_(self: Tensor, p: number, gen: Generator = defaultGenerator): Tensor {
  return fill(self, self.scalarType, (out, t) => geometric(out, t, p, gen));
}

/** `self.cauchy_(median, sigma)`. */
export function cauchy_(self: Tensor, median = 0, sigma = 1, gen: Generator = defaultGenerator): Tensor {
  return fill(self, self.scalarType, (out, t) => cauchy(out, t, median, sigma, gen));
}

/** `self.log_normal_(mean, std)`. */
export function logNormal_(self: Tensor, mean = 1, std = 2, gen: Generator = defaultGenerator): Tensor {
  return fill(self, self.scalarType, (out, t) => logNormal(out, t, mean, std, gen));
}

/** Elements of a real tensor in logical order, as numbers. */
function logical(self: Tensor): ArrayLike<number> {
  const data = self.data() as ArrayLike<number | bigint>;
  const n = self.numel, t = self.scalarType, out = new Float64Array(n);
  const value = t === ScalarType.Half
    ? halfToNumber
    : t === ScalarType.BFloat16
    ? bfloat16ToNumber
    : (v: number | bigint) => Number(v);
  const index = new Array<number>(self.dim).fill(0);
  for (let i = 0, at = self.storageOffset; i < n; i++) {
    out[i] = value(data[at] as number);
    for (let d = self.dim - 1; d >= 0; d--) {
      at += self.strides[d];
      if (++index[d] < self.sizes[d]) break;
      at -= self.strides[d] * self.sizes[d];
      index[d] = 0;
    }
  }
  return out;
}

/** Elements of a real tensor read as if it had `sizes`. */
function expanded(t: Tensor, sizes: readonly number[]): ArrayLike<number> {
  const lead = sizes.length - t.dim;
  const strides = sizes.map((_, i) => i < lead || t.sizes[i - lead] === 1 ? 0 : t.strides[i - lead]);
  return logical(t.asStrided(sizes, strides));
}

/**
 * `torch.normal(mean, std)` where at least one is a tensor: contiguous, of their common shape and of the type of
 * `mean` (of `std` when `mean` is a number). Throws RuntimeFault for a negative std.
 */
export function normalOf(
  mean: Tensor | number,
  std: Tensor | number,
  gen: Generator = defaultGenerator,
): Tensor {
  const like = mean instanceof Tensor ? mean : std as Tensor;
  if (isComplexType(like.scalarType)) throw new NotImplemented("torch.normal with complex tensors");
  if (std instanceof Tensor) {
    check(!isComplexType(std.scalarType), "normal expects standard deviation to be non-complex");
    const all = logical(std);
    for (let i = 0; i < all.length; i++) check(all[i] >= 0, "normal expects all elements of std >= 0.0");
  } else checkNormal(std);
  const sizes = mean instanceof Tensor && std instanceof Tensor
    ? commonSizes(mean.sizes, std.sizes)
    : like.sizes;
  const out = Tensor.zeros(sizes, like.scalarType);
  normal_(out, 0, std instanceof Tensor ? 1 : std, gen);
  const t = out.scalarType, data = out.data();
  const scale = std instanceof Tensor ? expanded(std, sizes) : null;
  const shift = mean instanceof Tensor ? expanded(mean, sizes) : null;
  const drawn = logical(out);
  let i = 0;
  sample(data, t, () => {
    const z = scale ? roundTo(drawn[i] * scale[i], t) : drawn[i];
    return z + (shift ? shift[i++] : (i++, roundTo(mean as number, t)));
  });
  return out;
}

function commonSizes(a: readonly number[], b: readonly number[]): number[] {
  const n = Math.max(a.length, b.length);
  return Array.from({ length: n }, (_, i) => {
    const x = a[i - n + a.length] ?? 1, y = b[i - n + b.length] ?? 1;
    check(
      x === y || x === 1 || y === 1,
      () =>
        `The size of tensor a (${x}) must match the size of tensor b (${y}) at non-singleton dimension ${i}`,
    );
    return x === 1 ? y : x;
  });
}

/** A fresh contiguous tensor like `input`, filled from its elements. */
function mapped(input: Tensor, draw: (out: TypedArray, values: ArrayLike<number>) => void): Tensor {
  const out = Tensor.zeros(input.sizes, input.scalarType);
  draw(out.data(), logical(input));
  return out;
}

/** `torch.poisson(rates)`. */
export function poissonOf(rates: Tensor, gen: Generator = defaultGenerator): Tensor {
  return mapped(rates, (out, v) => poisson(out, rates.scalarType, v, gen));
}

/** `torch.binomial(count, prob)` of tensors of one shape and type. */
export function binomialOf(count: Tensor, prob: Tensor, gen: Generator = defaultGenerator): Tensor {
  return mapped(count, (out, v) => binomial(out, count.scalarType, v, logical(prob), gen));
}

/** `torch._standard_gamma(alpha)`. */
export function standardGammaOf(alpha: Tensor, gen: Generator = defaultGenerator): Tensor {
  return mapped(alpha, (out, v) => standardGamma(out, alpha.scalarType, v, gen));
}

/** `torch._sample_dirichlet(alpha)`: the last dimension sums to one. */
export function dirichletOf(alpha: Tensor, gen: Generator = defaultGenerator): Tensor {
  const length = alpha.dim ? alpha.sizes[alpha.dim - 1] : 1;
  return mapped(alpha, (out, v) => dirichlet(out, alpha.scalarType, v, length, gen));
}

/** `torch.bernoulli(input)`: contiguous, one probability an element. */
export function bernoulliOf(input: Tensor, gen: Generator = defaultGenerator): Tensor {
  return bernoulliTensor_(Tensor.zeros(input.sizes, input.scalarType), input, gen);
}

/** `torch.multinomial(input, samples, replacement)`: int64 indices of shape [samples] or [rows, samples]. */
export function multinomialOf(
  input: Tensor,
  samples: number,
  replacement = false,
  gen: Generator = defaultGenerator,
): Tensor {
  checkMultinomial(input.sizes, input.scalarType, samples, replacement);
  const rows = input.dim === 2 ? input.sizes[0] : 1;
  const out = Tensor.zeros(input.dim === 2 ? [rows, samples] : [samples], ScalarType.Long);
  const order = input.isContiguous
    ? undefined
    : visitOrder(input.sizes, input.strides, contiguousStrides(input.sizes))[1];
  const drawn = multinomial(logical(input), rows, input.scalarType, samples, replacement, gen, order);
  (out.data() as BigInt64Array).set(drawn);
  return out;
}
