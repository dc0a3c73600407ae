/** onnxruntime-web on one thread, the rival of the kernel benchmarks, and arena tensors for our side. */
// npm packages are inlined so that no import map is needed
// deno-lint-ignore no-import-prefix
import * as ort from "npm:onnxruntime-web@1.30.0/wasm";
import { ScalarType } from "../core/scalar_type.ts";
import { Storage } from "../core/storage.ts";
import { numelOf, Tensor } from "../core/tensor.ts";
import { wasmArena } from "../ops/wasm/mod.ts";

ort.env.wasm.numThreads = 1;
ort.env.logLevel = "error";

/** Runs the model on the input as often as it is called; gives the output's data. */
export async function ortRunner(
  model: Uint8Array,
  input: string,
  output: string,
  data: Float32Array,
  sizes: readonly number[],
) {
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ["wasm"],
    graphOptimizationLevel: "all",
  });
  const feed = { [input]: new ort.Tensor("float32", data, sizes) };
  return async () => (await session.run(feed))[output].data as Float32Array;
}

/** A float32 tensor in the arena with reproducible values around 0. */
export function arenaTensor(sizes: readonly number[], seed = 1, scale = 1): Tensor {
  const t = new Tensor(Storage.arena(wasmArena()!, numelOf(sizes) * 4), ScalarType.Float, sizes);
  const d = t.data() as Float32Array;
  let a = seed;
  for (let i = 0; i < d.length; i++) {
    a = (Math.imul(a, 1664525) + 1013904223) | 0;
    d[i] = a / 2147483648 * scale;
  }
  return t;
}

/** Throws unless |a - b| <= tolerance * max|b| everywhere. */
export function compare(a: Float32Array, b: Float32Array, tolerance: number): void {
  let most = 0, worst = 0;
  for (let i = 0; i < b.length; i++) {
    most = Math.max(most, Math.abs(b[i]));
    worst = Math.max(worst, Math.abs(a[i] - b[i]));
  }
  if (a.length !== b.length || !(worst <= tolerance * most)) {
    throw new Error(`outputs differ by ${worst} of ${most}`);
  }
}
