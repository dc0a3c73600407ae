/** Pooling over one to three dimensions: an invocation per output element. */
import { ScalarType } from "../../core/scalar_type.ts";
import { numelOf, type Tensor } from "../../core/tensor.ts";
import { three } from "./conv.ts";
import { emptyTensor, gpu, memoryOf } from "./device.ts";
import { storeText } from "./elements.ts";
import { bindings, groupsFor, INVOCATION, shader } from "./shader.ts";

export interface Windows {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

export type PoolKind = "max" | "max_indices" | "avg" | "adaptive";

export interface AverageOptions {
  readonly countPadding: boolean;
  /** 0 for the number of elements. */
  readonly divisor: number;
}

/** x [planes..., space] row-major, to `space` outputs; with `max_indices` also the places of the maxima in their plane. */
export function pool(
  kind: PoolKind,
  x: Tensor,
  space: readonly number[],
  w: Windows,
  average: AverageOptions = { countPadding: true, divisor: 0 },
): Tensor[] {
  const dims = space.length, lead = x.sizes.slice(0, x.dim - dims), dtype = x.scalarType;
  const out = emptyTensor([...lead, ...space], dtype);
  const results = kind === "max_indices" ? [out, emptyTensor(out.sizes, ScalarType.Long)] : [out];
  if (out.numel === 0) return results;
  const type = dtype === ScalarType.Half ? "f16" : dtype === ScalarType.BFloat16 ? "bf16" : "f32";
  const kernel = gpu().kernel(`${type}_${kind}pool__wgsl`, () => ({
    code: code(kind, dtype),
    writes: results.length,
    reads: 1,
  }));
  const params = [out.numel, x.storageOffset, average.countPadding ? 1 : 0, average.divisor];
  params.push(...three(x.sizes.slice(x.dim - dims), 1), ...three(space, 1));
  params.push(...three(w.kernel, 1), ...three(w.stride, 1), ...three(w.padding, 0), ...three(w.dilation, 1));
  gpu().dispatch(kernel, [...results, x].map(memoryOf), params, groupsFor(numelOf(out.sizes)));
  return results;
}

function code(kind: PoolKind, dtype: ScalarType): string {
  const axes = ["z", "y", "u"];
  // per axis: input size 4, output size 7, kernel 10, stride 13, padding 16, dilation 19
  const ranges = axes.map((a, d) =>
    kind === "adaptive"
      ? `let ${a}0 = (o${a} * p[${4 + d}]) / p[${7 + d}];
let ${a}1 = ((o${a} + 1) * p[${4 + d}] + p[${7 + d}] - 1) / p[${7 + d}];`
      : `let ${a}0 = o${a} * p[${13 + d}] - p[${16 + d}];
let ${a}1 = ${a}0 + (p[${10 + d}] - 1) * p[${19 + d}] + 1;`
  ).join("\n");
  const step = (d: number) => kind === "adaptive" ? "1" : `p[${19 + d}]`;
  const inside = axes.map((a, d) => `${a} >= 0 && ${a} < p[${4 + d}]`).join(" && ");
  const isMax = kind === "max" || kind === "max_indices";
  const visit = isMax
    ? `let v = x[base + at];
if (best < 0 || v > m || wick_isnan(v)) { m = v; best = at; }`
    : "s = s + x[base + at]; seen = seen + 1;";
  const padded = axes.map((a, d) => `(min(${a}1, p[${4 + d}] + p[${16 + d}]) - ${a}0)`).join(" * ");
  const finish = isMax
    ? `out0[i] = ${storeText("m", dtype)};
${kind === "max_indices" ? "out1[i] = vec2<u32>(u32(best), 0u);" : ""}`
    : `var count = f32(seen);
if (p[2] != 0 && ${kind === "avg"}) { count = f32(${padded}); }
if (p[3] != 0) { count = f32(p[3]); }
out0[i] = ${storeText("s / count", dtype)};`;
  const body = `${INVOCATION}
if (i >= p[0]) { return; }
let ou = i % p[9];
let oy = (i / p[9]) % p[8];
let oz = (i / (p[9] * p[8])) % p[7];
let base = p[1] + (i / (p[9] * p[8] * p[7])) * p[4] * p[5] * p[6];
${ranges}
${isMax ? "var m = wick_bits(0xff800000u);\nvar best = -1;" : "var s = 0.0;\nvar seen = 0;"}
for (var z = z0; z < z1; z = z + ${step(0)}) {
for (var y = y0; y < y1; y = y + ${step(1)}) {
for (var u = u0; u < u1; u = u + ${step(2)}) {
if (${inside}) {
let at = (z * p[5] + y) * p[6] + u;
${visit}
}
}
}
}
${finish}`;
  const writes: Record<string, ScalarType> = { out0: dtype };
  if (kind === "max_indices") writes.out1 = ScalarType.Long;
  return shader(bindings(writes, { x: dtype }), body);
}
