/** Uniform reals: `uniform_`, `rand`, `rand_like`. */
import { check } from "../../core/errors.ts";
import { ScalarType, scalarTypeInfo } from "../../core/scalar_type.ts";
import type { TypedArray } from "../../core/tensor.ts";
import { defaultGenerator, type Generator } from "./generator.ts";
import { numberToBfloat16, numberToHalf } from "../../core/element.ts";
import { fma, roundBFloat16, roundHalf } from "./rounding.ts";
import { CHUNK, requireFloating, showDouble } from "./sampling.ts";

const TWO_32 = 4294967296;

/** Largest finite value of each floating type. */
export function finfoMax(t: ScalarType): number {
  switch (t) {
    case ScalarType.Half:
      return 65504;
    case ScalarType.BFloat16:
      return 2 ** 127 * (2 - 2 ** -7);
    case ScalarType.Float:
      return 2 ** 127 * (2 - 2 ** -23);
    default:
      return Number.MAX_VALUE;
  }
}

/** C++ names of the floating types, as bounds messages print them. */
export function cppName(t: ScalarType): string {
  const names: Partial<Record<ScalarType, string>> = {
    [ScalarType.Half]: "c10::Half",
    [ScalarType.BFloat16]: "c10::BFloat16",
    [ScalarType.Float]: "float",
    [ScalarType.Double]: "double",
    [ScalarType.Byte]: "unsigned char",
    [ScalarType.Char]: "signed char",
    [ScalarType.Short]: "short int",
    [ScalarType.Int]: "int",
    [ScalarType.Long]: "long int",
    [ScalarType.Bool]: "bool",
  };
  return names[t] ?? scalarTypeInfo(t).name;
}

/** The argument checks of `uniform_`. Throws RuntimeFault with PyTorch's words. */
export function checkUniform(t: ScalarType, from: number, to: number): void {
  requireFloating("check_uniform_bounds", t);
  const max = finfoMax(t);
  check(from >= -max && from <= max, () => `from is out of bounds for ${cppName(t)}`);
  check(to >= -max && to <= max, () => `to is out of bounds for ${cppName(t)}`);
  check(
    from <= to,
    () =>
      `uniform_ expects to return a [from, to) range, but found from=${showDouble(from)} > to=${
        showDouble(to)
      }`,
  );
  check(
    to - from <= max,
    () =>
      `uniform_ expects to-from <= std::numeric_limits<${scalarTypeInfo(t).name}>::max(), but found ` +
      `to=${showDouble(to)} and from=${showDouble(from)} which result in to-from to exceed the limit`,
  );
}

/**
 * Fills `out` (elements of floating type `t`; Uint16Array for the 16-bit types) with uniform numbers in
 * [from, to). One draw an element, two for float64.
 */
export function uniform(
  out: TypedArray,
  t: ScalarType,
  from = 0,
  to = 1,
  gen: Generator = defaultGenerator,
): void {
  checkUniform(t, from, to);
  const n = out.length, engine = gen.engine;
  if (t === ScalarType.Double) {
    const draws = new Int32Array(Math.min(2 * n, CHUNK));
    const range = to - from;
    for (let at = 0; at < n; at += CHUNK / 2) {
      const m = Math.min(CHUNK / 2, n - at);
      const d = 2 * m === draws.length ? draws : draws.subarray(0, 2 * m);
      engine.fill(d);
      for (let i = 0; i < m; i++) {
        const u = ((d[2 * i] & 0x1fffff) * TWO_32 + (d[2 * i + 1] >>> 0)) * 2 ** -53;
        const v = from === 0 ? u * range : fma(u, range, from);
        out[at + i] = v >= to ? from : v;
      }
    }
    return;
  }
  // the 16-bit types are drawn as float32 and rounded; a number that rounds up to `to` becomes `from`
  const lo = Math.fround(from), hi = Math.fround(to), range = Math.fround(hi - lo);
  const [round, bits] = t === ScalarType.Half ? [roundHalf, numberToHalf] : [roundBFloat16, numberToBfloat16];
  const end = round(hi);
  const draws = new Int32Array(Math.min(n, CHUNK));
  for (let at = 0; at < n; at += CHUNK) {
    const m = Math.min(CHUNK, n - at);
    const d = m === draws.length ? draws : draws.subarray(0, m);
    engine.fill(d);
    if (t === ScalarType.Float) {
      for (let i = 0; i < m; i++) {
        const v = Math.fround((d[i] & 0xffffff) * 2 ** -24 * range + lo);
        out[at + i] = v >= hi ? lo : v;
      }
    } else {
      for (let i = 0; i < m; i++) {
        const v = round(Math.fround((d[i] & 0xffffff) * 2 ** -24 * range + lo));
        out[at + i] = bits(v >= end ? lo : v);
      }
    }
  }
}
