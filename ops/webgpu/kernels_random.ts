/**
 * Random numbers: every device draws from the host's stream, so that a seed gives the same numbers everywhere. They are
 * drawn into host memory of the tensor's shape and uploaded; what depends on elements reads them back first.
 */
import { CPU } from "../../core/device.ts";
import type { Tensor } from "../../core/tensor.ts";
import type { Kernel } from "../declaration.ts";
import { call } from "../dispatch.ts";
import { newTensor } from "../reference/allocation.ts";
import { copyInto } from "../reference/copy.ts";
import { operator } from "../registry.ts";
import { Float } from "../../core/scalar.ts";

import { onHost } from "./host_reads.ts";
import { uploaded } from "./transfer.ts";

/** Host memory in place of a GPU tensor whose elements do not matter. */
const standIn = (t: Tensor) => newTensor(t.sizes, t.scalarType, CPU, t.isContiguous ? undefined : t.strides);

/** `uniform_` and its kin: drawn on the host, written over self. */
function drawInto(key: string): Kernel {
  return (self: Tensor, ...rest: unknown[]) => {
    const host = newTensor(self.sizes, self.scalarType, CPU);
    operator(key).kernel(host, ...rest);
    copyInto(self, host);
    self.bumpVersion();
    return self;
  };
}

/** `rand_like` and its kin: a new tensor of self's shape; the device argument is dropped. */
function drawLike(key: string): Kernel {
  return (self: Tensor, ...rest: unknown[]) => {
    const { schema, kernel } = operator(key), at = schema.args.findIndex((a) => a.name === "device");
    const args = [standIn(self), ...rest];
    if (at >= 0) args[at] = null;
    return uploaded(kernel(...args) as Tensor);
  };
}

/** Zeroes elements with probability p and scales the rest. */
function dropout(x: Tensor, p: number, train: boolean, sizes: readonly number[] = x.sizes): Tensor {
  if (!train || p === 0 || x.numel === 0) return x;
  if (p === 1) return call("aten::zeros_like", x) as Tensor;
  const noise = newTensor(sizes, x.scalarType, CPU);
  operator("aten::bernoulli_.float").kernel(noise, 1 - p, null);
  const scaled = call("aten::div.Scalar", uploaded(noise), new Float(1 - p)) as Tensor;
  return call("aten::mul.Tensor", x, scaled) as Tensor;
}

const IN_PLACE = [
  "uniform_",
  "normal_",
  "random_",
  "random_.from",
  "random_.to",
  "bernoulli_.float",
  "exponential_",
  "geometric_",
  "cauchy_",
  "log_normal_",
];
const LIKE = [
  "rand_like",
  "randn_like",
  "randint_like",
  "randint_like.low_dtype",
];

export const RANDOM_KERNELS: Readonly<Record<string, Kernel>> = {
  ...Object.fromEntries(IN_PLACE.map((n) => [`aten::${n}`, drawInto(`aten::${n}`)])),
  ...Object.fromEntries(LIKE.map((n) => [`aten::${n}`, drawLike(`aten::${n}`)])),
  "aten::dropout": (x: Tensor, p: number, train: boolean) => dropout(x, p, train),
  "aten::feature_dropout": (x: Tensor, p: number, train: boolean) =>
    dropout(x, p, train, x.sizes.map((s, d) => d < 2 ? s : 1)),
  "aten::dropout_": (x: Tensor, p: number, train: boolean) => {
    const y = dropout(x, p, train);
    if (y !== x) copyInto(x, y);
    return x;
  },
  "aten::multinomial": onHost("aten::multinomial", true),
  "aten::bernoulli": onHost("aten::bernoulli", true),
};
