/** Kernels in which a workgroup walks a row of a row-major tensor more than once: softmax and the normalisations. */
import { ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";
import { emptyTensor, gpu, memoryOf } from "./device.ts";
import { storeText } from "./elements.ts";
import { LANES } from "./reduce.ts";
import { floatWord, type WebGPUMemory } from "./runtime.ts";
import { bindings, groupsFor, shader, WORKGROUP } from "./shader.ts";

/** Combines `part` over the workgroup; every invocation has the result in `part[0]` after it. */
const FOLD = (combine: string) =>
  `workgroupBarrier();
for (var h = ${LANES / 2}; h > 0; h = h >> 1u) {
  if (l < h) { let a = part[l]; let b = part[l + h]; part[l] = ${combine}; }
  workgroupBarrier();
}
let %NAME% = part[0];
workgroupBarrier();`;
const fold = (combine: string, name: string) => FOLD(combine).replace("%NAME%", name);

function suffix(t: ScalarType): string {
  return t === ScalarType.Half ? "f16" : t === ScalarType.BFloat16 ? "bf16" : "f32";
}

/** softmax or log_softmax of x [outer, n, inner] (row-major) along the middle. */
export function softmax(
  x: Tensor,
  outer: number,
  n: number,
  inner: number,
  log: boolean,
  dtype: ScalarType,
): Tensor {
  const out = emptyTensor(x.sizes, dtype);
  if (out.numel === 0) return out;
  const kernel = gpu().kernel(`${suffix(dtype)}_${log ? "log_" : ""}softmax__wgsl`, () => {
    const result = log ? "x[at] - most - log(total)" : "exp(x[at] - most) / total";
    const each = `for (var j = l; j < p[0]; j = j + ${LANES}) { let at = base + j * p[1];`;
    const body = `${WORKGROUP}
let l = i32(lid.x);
if (w >= p[2]) { return; }
let base = p[3] + (w / p[1]) * p[0] * p[1] + w % p[1];
var m = wick_bits(0xff800000u);
${each} m = wick_maximum(m, x[at]); }
part[l] = m;
${fold("wick_maximum(a, b)", "most")}
var s = 0.0;
${each} s = s + exp(x[at] - most); }
part[l] = s;
${fold("a + b", "total")}
${each} o[at - p[3]] = ${storeText(result, dtype)}; }`;
    const head = `${bindings({ o: dtype }, { x: x.scalarType })}\nvar<workgroup> part: array<f32, ${LANES}>;`;
    return { code: shader(head, body, LANES), writes: 1, reads: 1 };
  });
  const params = [n, inner, outer * inner, x.storageOffset];
  gpu().dispatch(kernel, [memoryOf(out), memoryOf(x)], params, groupsFor(outer * inner, 1));
  return out;
}

/** Which weight and bias an element takes: `(row % groups) * per + j / span`. */
export interface Affine {
  readonly weight: Tensor | null;
  readonly bias: Tensor | null;
  readonly groups: number;
  readonly per: number;
  readonly span: number;
}

/** x [rows, n] (row-major) with mean 0 and variance 1 per row (`rms`: mean square 1), times weight plus bias. */
export function normalizeRows(
  x: Tensor,
  rows: number,
  n: number,
  eps: number,
  affine: Affine,
  rms = false,
): { out: Tensor; mean: Tensor; rstd: Tensor } {
  const dtype = x.scalarType, out = emptyTensor(x.sizes, dtype);
  const mean = emptyTensor([rows], ScalarType.Float), rstd = emptyTensor([rows], ScalarType.Float);
  if (out.numel === 0) return { out, mean, rstd };
  const { weight, bias } = affine;
  const form = `${weight ? "w" : ""}${bias ? "b" : ""}`;
  const kernel = gpu().kernel(`${suffix(dtype)}_${rms ? "rms" : ""}norm_${form}__wgsl`, () => {
    const reads: Record<string, ScalarType> = { x: dtype };
    if (weight) reads.weight = weight.scalarType;
    if (bias) reads.bias = bias.scalarType;
    const each = `for (var j = l; j < p[1]; j = j + ${LANES}) {`;
    let value = "(x[base + j] - mean) * scale";
    const channel = "((w % p[4]) * p[5] + j / p[6])";
    if (weight) value += ` * weight[p[7] + ${channel}]`;
    if (bias) value += ` + bias[p[8] + ${channel}]`;
    const body = `${WORKGROUP}
let l = i32(lid.x);
if (w >= p[0]) { return; }
let base = p[2] + w * p[1];
let count = f32(p[1]);
var s = 0.0;
${rms ? "" : `${each} s = s + x[base + j]; }`}
part[l] = s;
${fold("a + b", "sum")}
let mean = sum / count;
s = 0.0;
${each} let d = x[base + j] - mean; s = s + d * d; }
part[l] = s;
${fold("a + b", "squares")}
let scale = 1.0 / sqrt(squares / count + bitcast<f32>(p[3]));
${each} o[w * p[1] + j] = ${storeText(value, dtype)}; }
if (l == 0) { means[w] = mean; scales[w] = scale; }`;
    const writes = { o: dtype, means: ScalarType.Float, scales: ScalarType.Float };
    const head = `${bindings(writes, reads)}\nvar<workgroup> part: array<f32, ${LANES}>;`;
    return { code: shader(head, body, LANES), writes: 3, reads: Object.keys(reads).length };
  });
  const params = [rows, n, x.storageOffset, floatWord(eps), affine.groups, affine.per, affine.span];
  params.push(weight?.storageOffset ?? 0, bias?.storageOffset ?? 0);
  const memories: WebGPUMemory[] = [out, mean, rstd, x].map(memoryOf);
  if (weight) memories.push(memoryOf(weight));
  if (bias) memories.push(memoryOf(bias));
  gpu().dispatch(kernel, memories, params, groupsFor(rows, 1));
  return { out, mean, rstd };
}
