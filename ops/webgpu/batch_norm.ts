/** Batch normalisation: statistics by reductions, the rest one pointwise kernel over the channels' vectors. */
import { check } from "../../core/errors.ts";
import { ListValue } from "../../core/ivalue.ts";
import { Float } from "../../core/scalar.ts";
import type { Tensor } from "../../core/tensor.ts";
import { IntType } from "../../core/types.ts";
import { call } from "../dispatch.ts";
import { type Expr, input, op, scalar } from "../expr/mod.ts";
import { emptyTensor } from "./device.ts";
import { onDevice } from "./inputs.ts";
import { pointwise } from "./pointwise.ts";

const applied = new Map<string, Expr>();

/** (x - mean) / sqrt(variance + eps) weight + bias over inputs x, mean, variance, then those there are. */
function expression(weight: boolean, bias: boolean): Expr {
  const key = `${weight}${bias}`;
  let e = applied.get(key);
  if (!e) {
    const f = (i: number) => input(i, "f32");
    e = op("mul", op("sub", f(0), f(1)), op("rsqrt", op("add", f(2), scalar(0, "f32"))));
    if (weight) e = op("mul", e, f(3));
    if (bias) e = op("add", e, f(weight ? 4 : 3));
    applied.set(key, e);
  }
  return e;
}

/** Moves a running statistic towards a new value. */
function blend(running: Tensor, value: Tensor, momentum: number): void {
  const keep = call("aten::mul.Scalar", running, new Float(1 - momentum));
  const take = call("aten::mul.Scalar", value, new Float(momentum));
  call("aten::copy_", running, call("aten::add.Tensor", keep, take), false);
}

export function batchNorm(
  x: Tensor,
  w: Tensor | null,
  b: Tensor | null,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  training: boolean,
  momentum: number,
  eps: number,
): Tensor {
  check(x.dim >= 2, () => `batch_norm expects at least 2 dimensions, got ${x.dim}`);
  const names = { weight: w, bias: b, running_mean: runningMean, running_var: runningVar };
  for (const [name, t] of Object.entries(names)) {
    check(
      !t || t.numel === x.sizes[1],
      () => `${name} should contain ${x.sizes[1]} elements not ${t!.numel}`,
    );
  }
  let mean = runningMean, variance = runningVar;
  if (training || !mean || !variance) {
    check(training, "running_mean and running_var must be given in evaluation mode");
    const dims = new ListValue(IntType, x.sizes.flatMap((_s, d) => d === 1 ? [] : [d]));
    mean = call("aten::mean.dim", x, dims) as Tensor;
    variance = call("aten::var.correction", x, dims, 0) as Tensor;
    const count = x.numel / x.sizes[1];
    if (runningMean) blend(runningMean, mean, momentum);
    if (runningVar) {
      blend(
        runningVar,
        call("aten::mul.Scalar", variance, new Float(count / (count - 1))) as Tensor,
        momentum,
      );
    }
  }
  const along = (t: Tensor) => {
    const v = onDevice(t);
    return v.asStrided([v.numel, ...x.sizes.slice(2).map(() => 1)], [
      v.strides[0],
      ...x.sizes.slice(2).map(() => 0),
    ]);
  };
  const inputs = [x, ...[mean, variance, w, b].filter((v) => v !== null).map(along)];
  const out = emptyTensor(x.sizes, x.scalarType);
  pointwise(expression(w !== null, b !== null), out, inputs, [eps]);
  return out;
}
