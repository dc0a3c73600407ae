/** Arguments to try every row of the scalar-operator table on, and how far results may be from the reference. */
import type { Row, Value, ValueType } from "../../ops/expr/mod.ts";

const FLOATS = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  2.5,
  -2.5,
  2,
  -2,
  3,
  5,
  7.5,
  1e-3,
  -1e-3,
  1e-7,
  -1e-7,
  1e-20,
  1e-38,
  1e-42,
  -1e-42,
  10,
  -10,
  20,
  88.5,
  88.8,
  -88,
  -104,
  100.25,
  709,
  -709,
  1e5,
  -12345.678,
  1e10,
  1e20,
  -1e20,
  3e38,
  -3e38,
  0.9999999,
  1.0000001,
  0.70710677,
  0.625,
  0.93,
  0.92999,
  4,
  3.1415927,
  1.5707964,
  1e6,
  8388609,
  4294967296,
  Infinity,
  -Infinity,
  NaN,
];
const INTS = [
  0,
  1,
  -1,
  2,
  -2,
  3,
  -3,
  7,
  -7,
  8,
  31,
  32,
  63,
  64,
  100,
  127,
  -128,
  128,
  255,
  -255,
  32767,
  -32768,
  65535,
  1000003,
  2147483647,
  -2147483648,
];
const BIGS = [1n << 40n, -(1n << 40n), (1n << 53n) + 1n, (1n << 63n) - 1n, -(1n << 63n)];

/** Allowed distance in ulps where it is not 2: compositions of functions, and cancellations PyTorch has too. */
export const ULPS: Record<string, number> = {
  sigmoid: 3,
  silu: 3,
  pow: 2,
  logit: 4,
  mish: 4,
  logaddexp: 4,
  xlogy: 3,
  xlog1py: 3,
  entr: 3,
  softplus: 60,
  sinc: 64,
  elu: 60,
  selu: 3,
  celu: 3000,
  exp_d: 60000,
  log_d: 60000,
  log_sigmoid: 4,
  exp2: 2,
  lerp: 4,
  addcmul: 4,
  addcdiv: 4,
  hardswish: 3,
  fma: 2,
};
/** Absolute error accepted, relative to the largest argument, where the exact function cancels. */
export const CANCELS: Record<string, number> = {
  gelu: 2e-7,
  gelu_tanh: 2e-7,
  tanhshrink: 1.2e-7,
  logit: 4e-7,
  addcmul: 3e-7,
  addcdiv: 3e-7,
  fma: 3e-7,
  lerp: 3e-7,
  log_sigmoid: 3e-7,
  sigmoid: 3e-39,
  silu: 1.5e-37,
  sinc: 1e-6,
  mish: 1e-6,
  logaddexp: 3e-7,
  entr: 1e-6,
  xlogy: 1e-6,
  xlog1py: 1e-6,
  softplus: 1e-37,
};

/** Rows whose own formula, PyTorch's too, overflows in the middle; arguments up to these. */
const OVERFLOWS = new Map([
  ["hardswish", 1e15],
  ["addcmul", 1e15],
  ["addcdiv", 1e15],
  ["lerp", 1e15],
  ["sinc", 1e15],
  ["fma", 1e15],
  ["softplus", 8],
  ["elu", 8],
  ["celu", 8],
]);
/** Rows that stand in f64 for others' f32, within this range of arguments. */
export const INTERNAL: Record<string, (v: number) => boolean> = {
  exp_d: (v) => !(Math.abs(v) >= 700),
  log_d: (v) => !(Math.abs(v) < 1e-300),
};

function valuesOf(name: string, t: ValueType, rand: () => number): Value[] {
  if (t === "bool") return [0, 1, 1, 0, 1];
  if (t === "i64") {
    const more = Array.from(
      { length: 40 },
      () => BigInt(Math.floor((rand() - 0.5) * 2 ** (1 + rand() * 62))),
    );
    return [...INTS.map(BigInt), ...BIGS, ...more];
  }
  if (t === "f32" || t === "f64") {
    const near = Array.from({ length: 150 }, () => (rand() - 0.5) * 12);
    const wide = Array.from({ length: 80 }, () => (rand() - 0.5) * 2 ** (rand() * 80 - 40));
    let all = [...FLOATS, ...near, ...wide];
    const most = OVERFLOWS.get(name);
    if (most) all = all.filter((v) => v === 0 || (Math.abs(v) > 1 / most && Math.abs(v) < most));
    if (INTERNAL[name]) all = all.filter((v) => v === 0 || INTERNAL[name](v));
    return t === "f32" ? all.map(Math.fround) : all;
  }
  const wrapped =
    new (t === "u8" ? Uint8Array : t === "i8" ? Int8Array : t === "i16" ? Int16Array : Int32Array)(
      [...INTS, ...Array.from({ length: 40 }, () => Math.floor((rand() - 0.5) * 2 ** (1 + rand() * 31)))],
    );
  return [...wrapped];
}

/** Argument lists: all values for one argument, all pairs for two, a random selection beyond. */
export function argumentsOf(row: Row, t: ValueType, rand: () => number): Value[][] {
  const types = Array.from(
    { length: row.arity },
    (_, i): ValueType => row.name === "where" && i === 0 ? "bool" : t,
  );
  if (row.arity === 1) return [valuesOf(row.name, t, rand)];
  if (row.arity === 2) {
    const all = valuesOf(row.name, t, rand);
    const few = all.filter((_v, i) => i < 60 || i % 5 === 0);
    const a: Value[] = [], b: Value[] = [];
    for (const x of few) for (const y of few) a.push(x), b.push(y);
    return [a, b];
  }
  const lists = types.map((u) => valuesOf(row.name, u, rand));
  return types.map((_u, i) =>
    Array.from({ length: 1501 }, () => lists[i][Math.floor(rand() * lists[i].length)])
  );
}
