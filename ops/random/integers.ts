/** Discrete uniforms and permutations: `random_`, `randint`, `randint_like`, `randperm`. */
import { check } from "../../core/errors.ts";
import type { Int } from "../../core/scalar.ts";
import { isComplexType, isFloatingType, ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import type { TypedArray } from "../../core/tensor.ts";
import { defaultGenerator, type Generator } from "./generator.ts";
import { numberToBfloat16, numberToHalf } from "../../core/element.ts";
import { roundTo } from "./rounding.ts";
import { requireType, sample, storeLong, words } from "./sampling.ts";
import { cppName, finfoMax } from "./uniform.ts";

const TWO_32 = 4294967296;
const TWO_53 = 9007199254740992;
const INT64_MIN = -(2n ** 63n), INT64_MAX = 2n ** 63n - 1n;

/** Ranges of this size and more take 64 random bits an element, smaller ones 32. */
const WIDE = 2n ** 28n;

/** Bits of the significand, the hidden one included. */
const DIGITS: Partial<Record<ScalarType, number>> = {
  [ScalarType.Half]: 11,
  [ScalarType.BFloat16]: 8,
  [ScalarType.Float]: 24,
  [ScalarType.Double]: 53,
};
const INT_BOUNDS: Partial<Record<ScalarType, readonly [bigint, bigint]>> = {
  [ScalarType.Byte]: [0n, 255n],
  [ScalarType.Char]: [-128n, 127n],
  [ScalarType.Short]: [-32768n, 32767n],
  [ScalarType.Int]: [-(2n ** 31n), 2n ** 31n - 1n],
  [ScalarType.Long]: [INT64_MIN, INT64_MAX],
  [ScalarType.Bool]: [0n, 1n],
};

/** `(hi, lo) % m` for a 64-bit draw; m <= 2**45. */
function remainder(hi: number, lo: number, m: number): number {
  let r = hi % m;
  if (m <= 2 ** 37) {
    r = (r * 65536 + (lo >>> 16)) % m;
    return (r * 65536 + (lo & 0xffff)) % m;
  }
  for (let shift = 24; shift >= 0; shift -= 8) r = (r * 256 + ((lo >>> shift) & 0xff)) % m;
  return r;
}

/** Nearest value of `t` as C++ casts it to int64; what does not fit becomes INT64_MIN, as on x86. */
function throughType(v: bigint, t: ScalarType): bigint {
  const x = roundTo(Number(v), t);
  if (!(x >= -(2 ** 63) && x < 2 ** 63)) return INT64_MIN;
  return BigInt(x);
}

function log2Floor(v: bigint): number {
  return (v < 0n ? -v : v).toString(2).length - 1;
}

/** Spacing of the values of `t` near `v`; at least 1. */
function spacing(v: bigint, t: ScalarType): bigint {
  return 1n << BigInt(log2Floor(v) - DIGITS[t]! + 1);
}

/** Moves `from` up to a value that casting to `t` does not take below it. */
function castableFrom(from: bigint, t: ScalarType): bigint {
  const next = throughType(from + 1n, t);
  return next < from ? next + spacing(from + 1n, t) : from;
}

/** Moves `to` down so that casting to `t` never reaches it. */
function castableTo(to: bigint, t: ScalarType): bigint {
  const last = throughType(to - 1n, t);
  return last >= to ? last - spacing(to - 1n, t) : to;
}

function checkBounds(from: bigint, last: bigint, t: ScalarType): void {
  for (const [v, name] of [[from, "from"], [last, "to - 1"]] as const) {
    let ok: boolean;
    if (isFloatingType(t)) {
      const max = finfoMax(t), x = Number(v);
      ok = x >= -max && x <= max;
    } else {
      const bounds = INT_BOUNDS[t];
      requireType(bounds !== undefined, "check_random_integral_bounds", t);
      ok = v >= bounds![0] && v <= bounds![1];
    }
    check(ok, () => `${name} is out of bounds for ${cppName(t)}`);
  }
}

/**
 * `random_(from, to)`: fills `out` with integers of [from, to); `to === undefined` means up to the largest
 * value (for floating types, the largest below which all integers are exact). `randint(low, high)` is this.
 */
export function randomFromTo(
  out: TypedArray,
  t: ScalarType,
  from: Int,
  to: Int | undefined,
  gen: Generator = defaultGenerator,
): void {
  let lo = BigInt(from);
  check(!isComplexType(t), "check_random_bounds handles only integral, floating-point and boolean types");
  if (to !== undefined) {
    let hi = BigInt(to);
    const less = (word: string) =>
      check(
        lo < hi,
        () =>
          `random_ expects 'from' ${word}to be less than 'to'${
            word && " casted to dtype"
          }, but got from=${lo} >= to=${hi}`,
      );
    less("");
    if (isFloatingType(t)) {
      lo = castableFrom(lo, t);
      hi = castableTo(hi, t);
      less("casted to dtype ");
    }
    checkBounds(lo, hi - 1n, t);
    fillRange(out, t, lo, hi - lo, gen);
  } else if (lo !== INT64_MIN) {
    let last: bigint;
    if (isFloatingType(t)) {
      last = 2n ** BigInt(DIGITS[t]!);
      lo = castableFrom(lo, t);
      check(
        lo < last,
        () =>
          `random_ expects 'from' casted to dtype to be less than or equal to 'to_inc' casted to dtype, ` +
          `but got from=${lo} > to_inc=${last}`,
      );
    } else {
      requireType(INT_BOUNDS[t] !== undefined, "random_from_to_range_calc", t);
      last = INT_BOUNDS[t]![1];
    }
    checkBounds(lo, last, t);
    fillRange(out, t, lo, last - lo + 1n, gen);
  } else {
    fillAll64(out, t, gen);
  }
}

/** `randint(low, high)`: integers of [low, high) as type `t`. */
export function randint(
  out: TypedArray,
  t: ScalarType,
  low: Int,
  high: Int,
  gen: Generator = defaultGenerator,
): void {
  randomFromTo(out, t, low, high, gen);
}

function fillRange(out: TypedArray, t: ScalarType, base: bigint, range: bigint, gen: Generator): void {
  const n = out.length, engine = gen.engine;
  const exact = base > -TWO_53_N && base + range <= TWO_53_N;
  if (!exact || range > 2n ** 45n) return fillRangeWide(out, t, base, range, gen);
  const m = Number(range), b = Number(base);
  const wide = range >= WIDE;
  if (t === ScalarType.Long) {
    const pairs = words(out);
    if (wide) {
      for (let i = 0; i < n; i++) {
        const hi = engine.int32() >>> 0;
        storeLong(pairs, i, remainder(hi, engine.int32() >>> 0, m) + b);
      }
    } else {
      for (let i = 0; i < n; i++) storeLong(pairs, i, (engine.int32() >>> 0) % m + b);
    }
  } else if (wide) {
    sample(out, t, () => {
      const hi = engine.int32() >>> 0;
      return remainder(hi, engine.int32() >>> 0, m) + b;
    });
  } else if (t === ScalarType.Bool) {
    for (let i = 0; i < n; i++) out[i] = (engine.int32() >>> 0) % m + b ? 1 : 0;
  } else {
    sample(out, t, () => (engine.int32() >>> 0) % m + b);
  }
}

const TWO_53_N = 2n ** 53n;

/** Ranges or bases beyond a double's integers. */
function fillRangeWide(out: TypedArray, t: ScalarType, base: bigint, range: bigint, gen: Generator): void {
  const wide = range >= WIDE;
  const longs = t === ScalarType.Long
    ? new BigInt64Array(out.buffer as ArrayBuffer, out.byteOffset, out.length)
    : null;
  for (let i = 0; i < out.length; i++) {
    const draw = wide ? gen.random64() : BigInt(gen.random());
    const v = BigInt.asIntN(64, draw % range + base);
    if (longs) longs[i] = v;
    else if (t === ScalarType.Half) out[i] = numberToHalf(Number(v));
    else if (t === ScalarType.BFloat16) out[i] = numberToBfloat16(Number(v));
    else (out as Float64Array)[i] = Number(v);
  }
}

/** All 2**64 values of int64, cast to `t`. */
function fillAll64(out: TypedArray, t: ScalarType, gen: Generator): void {
  const engine = gen.engine;
  if (t === ScalarType.Long) {
    const pairs = words(out);
    for (let i = 0; i < out.length; i++) {
      pairs[2 * i + 1] = engine.int32();
      pairs[2 * i] = engine.int32();
    }
    return;
  }
  check(
    t === ScalarType.Double || t === ScalarType.Float || t === ScalarType.BFloat16,
    "random_full_64_bits_range_kernel_cpu handles only int64, double, float and bfloat16",
  );
  sample(out, t, () => {
    const hi = engine.int32();
    return hi * TWO_32 + (engine.int32() >>> 0);
  });
}

/**
 * `random_()` without bounds: 0 to the largest value of an integer type, 0 to 2**digits of a floating type.
 * int64 and float64 take 64 bits an element, the others 32.
 */
export function random(out: TypedArray, t: ScalarType, gen: Generator = defaultGenerator): void {
  const n = out.length, engine = gen.engine;
  switch (t) {
    case ScalarType.Bool:
      for (let i = 0; i < n; i++) out[i] = engine.int32() & 1;
      return;
    case ScalarType.Byte:
      for (let i = 0; i < n; i++) out[i] = engine.int32() & 0xff;
      return;
    case ScalarType.Char:
      for (let i = 0; i < n; i++) out[i] = engine.int32() & 0x7f;
      return;
    case ScalarType.Short:
      for (let i = 0; i < n; i++) out[i] = engine.int32() & 0x7fff;
      return;
    case ScalarType.Int:
      for (let i = 0; i < n; i++) out[i] = engine.int32() & 0x7fffffff;
      return;
    case ScalarType.Long: {
      const pairs = words(out);
      for (let i = 0; i < n; i++) {
        pairs[2 * i + 1] = engine.int32() & 0x7fffffff;
        pairs[2 * i] = engine.int32();
      }
      return;
    }
    case ScalarType.Double:
      sample(out, t, () => {
        const hi = engine.int32() >>> 0, lo = engine.int32() >>> 0;
        // modulo 2**53 + 1, where 2**53 is congruent to -1
        const q = hi >>> 21, r = (hi & 0x1fffff) * TWO_32 + lo;
        return r >= q ? r - q : TWO_53 - (q - r - 1);
      });
      return;
    default: {
      const digits = DIGITS[t];
      requireType(digits !== undefined, "random_kernel_cpu", t);
      const m = 2 ** digits! + 1;
      sample(out, t, () => (engine.int32() >>> 0) % m);
    }
  }
}

/** From this length on `randperm` takes 64 bits a step, and PyTorch shuffles inside out. */
const LARGE_PERMUTATION = Math.floor(4294967295 / 20);

/** Largest n whose indices a floating type holds exactly, and how PyTorch writes it. */
const MAX_PERMUTATION: Partial<Record<ScalarType, readonly [number, string]>> = {
  [ScalarType.Half]: [2049, "2049"],
  [ScalarType.BFloat16]: [Infinity, ""],
  [ScalarType.Float]: [2 ** 24 + 1, "2^24+1"],
  [ScalarType.Double]: [TWO_53, "2^53+1"],
};
const INT_NAMES: Partial<Record<ScalarType, string>> = {
  [ScalarType.Byte]: "uint8_t",
  [ScalarType.Char]: "int8_t",
  [ScalarType.Short]: "int16_t",
  [ScalarType.Int]: "int",
  [ScalarType.Long]: "int64_t",
};

/** The argument checks of `randperm`. */
export function checkRandperm(n: number, t: ScalarType): void {
  check(n >= 0, () => `Trying to create tensor with negative dimension ${n}: [${n}]`);
  const max = MAX_PERMUTATION[t], int = INT_NAMES[t];
  requireType(max !== undefined || int !== undefined, "randperm", t);
  if (max) check(n <= max[0], () => `n cannot be greater than ${max[1]} for ${scalarTypeInfo(t).name} type.`);
  else {
    check(n - 1 <= INT_BOUNDS[t]![1], () => `value cannot be converted to type ${int} without overflow`);
  }
}

/** `randperm(out.length)`: a random permutation of 0 .. n-1 as type `t`. */
export function randperm(out: TypedArray, t: ScalarType, gen: Generator = defaultGenerator): void {
  const n = out.length, engine = gen.engine;
  checkRandperm(n, t);
  const p = new Int32Array(n);
  if (n < LARGE_PERMUTATION) {
    for (let i = 0; i < n; i++) p[i] = i;
    for (let i = 0; i < n - 1; i++) {
      const j = i + (engine.int32() >>> 0) % (n - i);
      const save = p[i];
      p[i] = p[j];
      p[j] = save;
    }
  } else {
    for (let i = 0; i < n; i++) {
      const hi = engine.int32() >>> 0;
      const j = remainder(hi, engine.int32() >>> 0, i + 1);
      p[i] = p[j];
      p[j] = i;
    }
  }
  let i = 0;
  sample(out, t, () => p[i++]);
}
