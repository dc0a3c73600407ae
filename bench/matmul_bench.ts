/** float32 matrix product against onnxruntime-web in the same run; B is packed outside the timing on both sides. */
import { gemm, packWeights } from "../ops/wasm/mod.ts";
import { onnxModel } from "./onnx_writer.ts";
import { arenaTensor, compare, ortRunner } from "./ort.ts";

for (const n of [256, 512, 1024]) {
  const a = arenaTensor([n, n], 1), b = arenaTensor([n, n], 2), out = arenaTensor([n, n], 3);
  const packed = packWeights(b, "b")!;
  const data = (a.data() as Float32Array).slice(), weights = (b.data() as Float32Array).slice();
  const model = onnxModel(
    [{ op: "MatMul", inputs: ["a", "b"], output: "c" }],
    [{ name: "b", sizes: [n, n], data: weights }],
    { name: "a", sizes: [n, n] },
    { name: "c", sizes: [n, n] },
  );
  const rival = await ortRunner(model, "a", "c", data, [n, n]);
  gemm(out, a, packed);
  compare(out.data() as Float32Array, await rival(), 1e-5);
  Deno.bench({ name: `wick ${n}`, group: `matmul ${n}`, fn: () => void gemm(out, a, packed) });
  Deno.bench({
    name: `onnxruntime-web ${n}`,
    group: `matmul ${n}`,
    baseline: true,
    fn: async () => void await rival(),
  });
}
