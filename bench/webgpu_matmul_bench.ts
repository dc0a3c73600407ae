/**
 * float32 matrix product on WebGPU, 512 x 512: the generated kernel against the shader anyone would write first, in one
 * run on one adapter. Results are compared first. Skipped with one line where there is no adapter.
 */
import { ScalarType } from "../core/scalar_type.ts";
import { Tensor } from "../core/tensor.ts";
import { call } from "../ops/dispatch.ts";
import { downloadedNow, gpu, isAvailable, uploaded } from "../ops/webgpu/mod.ts";
import { emptyTensor, memoryOf } from "../ops/webgpu/device.ts";

const N = 512;

/** One output element per invocation, one multiplication per step. */
const NAIVE = `
@group(0) @binding(0) var<storage, read> p: array<i32>;
@group(0) @binding(1) var<storage, read_write> o: array<f32>;
@group(0) @binding(2) var<storage, read> a: array<f32>;
@group(0) @binding(3) var<storage, read> b: array<f32>;
@compute @workgroup_size(16, 16) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let n = u32(p[0]);
  var s = 0.0;
  for (var k = 0u; k < n; k = k + 1u) { s = s + a[id.y * n + k] * b[k * n + id.x]; }
  o[id.y * n + id.x] = s;
}`;

function naive(a: Tensor, b: Tensor): Tensor {
  const out = emptyTensor([N, N], ScalarType.Float);
  const kernel = gpu().kernel("f32_gemm_naive__wgsl", () => ({ code: NAIVE, writes: 1, reads: 2 }));
  gpu().dispatch(kernel, [memoryOf(out), memoryOf(a), memoryOf(b)], [N], [N / 16, N / 16, 1]);
  return out;
}

function random(seed: number): Tensor {
  const t = Tensor.zeros([N, N], ScalarType.Float), d = t.data() as Float32Array;
  for (let i = 0; i < d.length; i++) {
    d[i] = ((seed = Math.imul(seed, 1103515245) + 12345 | 0) >>> 8) / 2 ** 24 - 0.5;
  }
  return uploaded(t);
}

/** Seconds of one product, the best of some runs of several, with one wait at the end of each. */
export function seconds(run: () => Tensor, times: number): number {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    let last: Tensor | undefined;
    for (let i = 0; i < times; i++) last = run();
    downloadedNow(last!.asStrided([1], [1]));
    best = Math.min(best, (performance.now() - start) / 1000 / times);
  }
  return best;
}

/** GFLOP/s of both, after comparing their results. */
export function compareWithNaive(): { naive: number; tiled: number } {
  const a = random(1), b = random(2), mm = () => call("aten::mm", a, b) as Tensor;
  const x = downloadedNow(naive(a, b)).data() as Float32Array, y = downloadedNow(mm()).data() as Float32Array;
  for (let i = 0; i < x.length; i++) {
    if (Math.abs(x[i] - y[i]) > 1e-3) throw new Error(`element ${i}: ${y[i]}, the naive shader has ${x[i]}`);
  }
  const flops = 2 * N ** 3 / 1e9;
  return { naive: flops / seconds(() => naive(a, b), 2), tiled: flops / seconds(mm, 8) };
}

if (!isAvailable()) {
  console.log("WebGPU bench skipped: no adapter (Debian: apt-get install mesa-vulkan-drivers)");
} else if (import.meta.main) {
  const r = compareWithNaive();
  console.log(
    `512 x 512: naive ${r.naive.toFixed(2)}, generated ${r.tiled.toFixed(2)} GFLOP/s, ${
      (r.tiled / r.naive).toFixed(1)
    } times`,
  );
} else {
  const a = random(1), b = random(2);
  compareWithNaive();
  Deno.bench("naive shader", { group: "512", baseline: true }, () => {
    downloadedNow(naive(a, b).asStrided([1], [1]));
  });
  Deno.bench("generated kernel", { group: "512" }, () => {
    downloadedNow((call("aten::mm", a, b) as Tensor).asStrided([1], [1]));
  });
}
