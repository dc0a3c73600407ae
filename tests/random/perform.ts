/** Runs one recorded call on Wick's samplers. */
import { ScalarType, scalarTypeByDtype } from "../../core/scalar_type.ts";
import type { TypedArray } from "../../core/tensor.ts";
import * as R from "../../ops/random/mod.ts";
import { bfloat16ToNumber, halfToNumber, numberToBfloat16, numberToHalf } from "../../core/element.ts";

export interface Call {
  op: string;
  dtype: string;
  n: number;
  args: (number | string | null)[];
  strided?: boolean;
  p?: number[] | number[][];
  pdtype?: string;
  x?: number[];
  samples?: number;
  replacement?: boolean;
  rates?: number[];
  count?: number[];
  prob?: number[];
  alpha?: number[] | number[][];
}

export function arrayOf(t: ScalarType, n: number): TypedArray {
  switch (t) {
    case ScalarType.Float:
      return new Float32Array(n);
    case ScalarType.Double:
      return new Float64Array(n);
    case ScalarType.Half:
    case ScalarType.BFloat16:
      return new Uint16Array(n);
    case ScalarType.Long:
      return new BigInt64Array(n);
    case ScalarType.Int:
      return new Int32Array(n);
    case ScalarType.Short:
      return new Int16Array(n);
    case ScalarType.Char:
      return new Int8Array(n);
    default:
      return new Uint8Array(n);
  }
}

export function tensorOf(t: ScalarType, values: number[]): TypedArray {
  const out = arrayOf(t, values.length);
  values.forEach((v, i) => {
    out[i] = t === ScalarType.Half ? numberToHalf(v) : t === ScalarType.BFloat16 ? numberToBfloat16(v) : v;
  });
  return out;
}

export function valuesOf(data: TypedArray, t: ScalarType): (number | bigint)[] {
  const from = t === ScalarType.Half ? halfToNumber : t === ScalarType.BFloat16 ? bfloat16ToNumber : null;
  return Array.from(data as ArrayLike<number | bigint>, (v) => from ? from(v as number) : v);
}

export function perform(call: Call, gen: R.Generator): TypedArray {
  const t = scalarTypeByDtype(call.dtype)!;
  const out = arrayOf(t, call.n ?? 0);
  const a = (call.args ?? []) as number[];
  switch (call.op) {
    case "uniform":
      R.uniform(out, t, a[0], a[1], gen);
      return out;
    case "normal":
      // a single element is contiguous whatever its stride
      R.normal(out, t, a[0], a[1], gen, !call.strided || call.n === 1);
      return out;
    case "randomFromTo":
      R.randomFromTo(out, t, BigInt(a[0]), a[1] === null ? undefined : BigInt(a[1]), gen);
      return out;
    case "random":
      R.random(out, t, gen);
      return out;
    case "randperm":
      R.randperm(out, t, gen);
      return out;
    case "bernoulliScalar":
      R.bernoulliScalar(out, t, a[0], gen);
      return out;
    case "bernoulliTensor": {
      const pt = scalarTypeByDtype(call.pdtype!)!;
      R.bernoulliTensor(out, t, tensorOf(pt, call.p as number[]), pt, gen);
      return out;
    }
    case "dropoutNoise":
      R.dropoutNoise(out, t, a[0], gen);
      return out;
    case "rreluNoise": {
      const x = call.x!;
      R.rreluNoise(out, t, x, a[0], a[1], gen);
      const noise = valuesOf(out, t) as number[];
      return tensorOf(t, x.map((v, i) => v * noise[i]));
    }
    case "exponential":
      R.exponential(out, t, a[0], gen);
      return out;
    case "geometric":
      R.geometric(out, t, a[0], gen);
      return out;
    case "cauchy":
      R.cauchy(out, t, a[0], a[1], gen);
      return out;
    case "logNormal":
      R.logNormal(out, t, a[0], a[1], gen);
      return out;
    case "multinomial": {
      const rows = Array.isArray(call.p![0]) ? call.p!.length : 1;
      const weights = valuesOf(tensorOf(t, call.p!.flat()), t) as number[];
      return R.multinomial(weights, rows, t, call.samples!, call.replacement!, gen);
    }
  }
  const input = (v: number[] | number[][] | undefined) => valuesOf(tensorOf(t, v!.flat()), t) as number[];
  const one = arrayOf(t, (call.rates ?? call.count ?? call.alpha ?? []).flat().length);
  switch (call.op) {
    case "poisson":
      R.poisson(one, t, input(call.rates), gen);
      return one;
    case "binomial":
      R.binomial(one, t, input(call.count), input(call.prob), gen);
      return one;
    case "standardGamma":
      R.standardGamma(one, t, input(call.alpha), gen);
      return one;
    case "dirichlet":
      R.dirichlet(one, t, input(call.alpha), (call.alpha![0] as number[]).length, gen);
      return one;
  }
  throw new Error(call.op);
}
