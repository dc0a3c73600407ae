/**
 * Normal numbers: `normal_`, `randn`, `randn_like`, `torch.normal`. PyTorch has two algorithms. A contiguous
 * tensor of 16 elements or more is first filled with uniforms, and then each block of 16 turns its first
 * half (radius) and second half (angle) into pairs; for an incomplete block the last 16 are drawn anew.
 * Everything else takes one double-precision sample at a time and leaves the pair's other half in the generator.
 */
import { check } from "../../core/errors.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import type { TypedArray } from "../../core/tensor.ts";
import { defaultGenerator, type Generator } from "./generator.ts";
import { numberToBfloat16, numberToHalf } from "../../core/element.ts";
import { fma } from "./rounding.ts";
import { requireFloating, sample, showDouble } from "./sampling.ts";
import { uniform } from "./uniform.ts";

/** Elements from which a contiguous tensor takes the block algorithm. */
const BLOCK = 16;

/** The argument checks of `normal_`. Throws RuntimeFault with PyTorch's words. */
export function checkNormal(std: number): void {
  check(std >= 0, () => `normal expects std >= 0.0, but found std ${showDouble(std)}`);
}

/**
 * Fills `out` (elements of floating type `t`) with N(mean, std). `contiguous` says whether the tensor that
 * the numbers are for is contiguous: it decides which algorithm PyTorch takes from 16 elements on.
 */
export function normal(
  out: TypedArray,
  t: ScalarType,
  mean = 0,
  std = 1,
  gen: Generator = defaultGenerator,
  contiguous = true,
): void {
  checkNormal(std);
  if (out.length === 0) return;
  requireFloating("normal_kernel_cpu", t);
  if (out.length >= BLOCK && contiguous) normalBlocks(out, t, mean, std, gen);
  else sample(out, t, () => fma(gen.normalDouble(), std, mean));
}

function normalBlocks(out: TypedArray, t: ScalarType, mean: number, std: number, gen: Generator): void {
  const n = out.length;
  if (t === ScalarType.Half || t === ScalarType.BFloat16) {
    return blocksReduced(
      out as Uint16Array,
      t === ScalarType.Half ? numberToHalf : numberToBfloat16,
      mean,
      std,
      gen,
    );
  }
  uniform(out, t, 0, 1, gen);
  transform(out, n >> 4);
  if (n % BLOCK !== 0) {
    const tail = out.subarray(n - BLOCK) as typeof out;
    uniform(tail, t, 0, 1, gen);
    transform(tail, 1);
  }
  function transform(data: TypedArray, blocks: number): void {
    if (t === ScalarType.Float) blockFloat(data as Float32Array, blocks, f(mean), f(std));
    else blockDouble(data as Float64Array, blocks, mean, std);
  }
}

/** 16-bit types: in float32, sixteen draws a block at a time, so an incomplete block is drawn only once. */
function blocksReduced(
  out: Uint16Array,
  bits: (x: number) => number,
  mean: number,
  std: number,
  gen: Generator,
): void {
  const n = out.length, data = new Float32Array(BLOCK);
  for (let at = 0; at < n; at += BLOCK) {
    const start = Math.min(at, n - BLOCK);
    uniform(data, ScalarType.Float, 0, 1, gen);
    blockFloat(data, 1, f(mean), f(std));
    for (let i = 0; i < BLOCK; i++) out[start + i] = bits(data[i]);
  }
}

// Coefficients of Cephes' single-precision log, sin and cos, which PyTorch's vector code evaluates.
const f = Math.fround;
const SQRTHF = f(0.707106781186547524);
const L0 = f(7.0376836292e-2), L1 = f(-1.1514610310e-1), L2 = f(1.1676998740e-1), L3 = f(-1.2420140846e-1);
const L4 = f(1.4249322787e-1), L5 = f(-1.6668057665e-1), L6 = f(2.0000714765e-1), L7 = f(-2.4999993993e-1);
const L8 = f(3.3333331174e-1), LN2_LO = f(-2.12194440e-4), LN2_HI = f(0.693359375);
const TWO_PI = f(2 * Math.PI), FOUR_OVER_PI = f(1.27323954473516);
const DP1 = f(-0.78515625), DP2 = f(-2.4187564849853515625e-4), DP3 = f(-3.77489497744594108e-8);
const S0 = f(-1.9515295891e-4), S1 = f(8.3321608736e-3), S2 = f(-1.6666654611e-1);
const C0 = f(2.443315711809948e-5), C1 = f(-1.388731625493765e-3), C2 = f(4.166664568298827e-2);

/** 2**-e for the widths a 24-bit integer can have. */
const SCALE = Float64Array.from({ length: 26 }, (_, e) => 2 ** -e);

/**
 * Blocks of 16 float32 uniforms to normals, in place, to the last bit: every step is a float32 operation,
 * fused where the official build fuses.
 */
function blockFloat(data: Float32Array, blocks: number, mean: number, std: number): void {
  for (let at = 0; at < 16 * blocks; at += 16) {
    for (let i = at; i < at + 8; i++) {
      // log(1 - u): 1 - u is k / 2**24, so its exponent and mantissa come from the integer k
      const k = 16777216 - (data[i] * 16777216 | 0);
      const width = 32 - Math.clz32(k);
      let e = width - 24;
      let x = k * SCALE[width];
      if (x < SQRTHF) {
        e -= 1;
        x = f(x - 1 + x);
      } else x = f(x - 1);
      const xx = f(x * x);
      let y = f(L0 * x + L1);
      y = f(y * x + L2);
      y = f(y * x + L3);
      y = f(y * x + L4);
      y = f(y * x + L5);
      y = f(y * x + L6);
      y = f(y * x + L7);
      y = f(y * x + L8);
      y = f(f(y * x) * xx + f(e * LN2_LO));
      y = f(y - xx * 0.5);
      const log = f(e * LN2_HI + f(x + y));
      const radius = f(Math.sqrt(f(-2 * log)));

      const theta = f(TWO_PI * data[i + 8]);
      const j = ((f(theta * FOUR_OVER_PI) | 0) + 1) & ~1;
      let r = f(j * DP1 + theta);
      r = f(j * DP2 + r);
      r = f(j * DP3 + r);
      const rr = f(r * r);
      let c = f(C0 * rr + C1);
      c = f(c * rr + C2);
      c = f(f(f(c * rr) * rr - rr * 0.5) + 1);
      let s = f(S0 * rr + S1);
      s = f(s * rr + S2);
      s = f(f(s * rr) * r + r);
      const swap = (j & 2) !== 0;
      const sin = swap ? c : s, cos = swap ? s : c;
      const n1 = f(radius * (((j - 2) & 4) === 0 ? -cos : cos));
      const n2 = f(radius * ((j & 4) !== 0 ? -sin : sin));
      data[i] = n1 * std + mean;
      data[i + 8] = n2 * std + mean;
    }
  }
}

function blockDouble(data: Float64Array, blocks: number, mean: number, std: number): void {
  for (let at = 0; at < 16 * blocks; at += 16) {
    for (let i = at; i < at + 8; i++) {
      const radius = Math.sqrt(-2 * Math.log(1 - data[i]));
      const theta = 2 * Math.PI * data[i + 8];
      data[i] = fma(radius * Math.cos(theta), std, mean);
      data[i + 8] = fma(radius * Math.sin(theta), std, mean);
    }
  }
}
