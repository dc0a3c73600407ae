/** Elementwise kernels on a million float32 elements, against the same operator in onnxruntime-web. */
import { input, op } from "../ops/expr/mod.ts";
import { pointwise } from "../ops/wasm/mod.ts";
import { onnxModel } from "./onnx_writer.ts";
import { arenaTensor, compare, ortRunner } from "./ort.ts";

const sizes = [1024, 1024];
const x = arenaTensor(sizes, 1, 8), out = arenaTensor(sizes);
for (
  const [row, onnx] of [
    ["exp", "Exp"],
    ["tanh", "Tanh"],
    ["sigmoid", "Sigmoid"],
    ["erf", "Erf"],
    ["relu", "Relu"],
    ["sqrt", "Sqrt"],
    ["log", "Log"],
  ]
) {
  const e = op(row, input(0, "f32"));
  const model = onnxModel([{ op: onnx, inputs: ["x"], output: "y" }], [], { name: "x", sizes }, {
    name: "y",
    sizes,
  });
  if (row === "sqrt" || row === "log") pointwise(op("abs", input(0, "f32")), x, [x]);
  const data = (x.data() as Float32Array).slice();
  const rival = await ortRunner(model, "x", "y", data, sizes);
  pointwise(e, out, [x]);
  compare(out.data() as Float32Array, await rival(), 1e-5);
  Deno.bench({ name: `wick ${row}`, group: row, fn: () => void pointwise(e, out, [x]) });
  Deno.bench({
    name: `onnxruntime-web ${row}`,
    group: row,
    baseline: true,
    fn: async () => void await rival(),
  });
}
