/** The comparisons with onnxruntime-web, each made when it is asked for: weights packed, sessions open. */
import { input, op } from "../ops/expr/mod.ts";
import { gemm, packWeights, pointwise } from "../ops/wasm/mod.ts";
import type { Comparison } from "./comparison.ts";
import { onnxModel } from "./onnx_writer.ts";
import { arenaTensor, ortRunner } from "./ort.ts";

/** float32 products of square matrices, B packed on both sides. */
export async function* matmul(): AsyncGenerator<Comparison> {
  for (const n of [256, 512, 1024]) {
    const a = arenaTensor([n, n], 1), b = arenaTensor([n, n], 2), out = arenaTensor([n, n], 3);
    const packed = packWeights(b, "b")!;
    const model = onnxModel(
      [{ op: "MatMul", inputs: ["a", "b"], output: "c" }],
      [{ name: "b", sizes: [n, n], data: (b.data() as Float32Array).slice() }],
      { name: "a", sizes: [n, n] },
      { name: "c", sizes: [n, n] },
    );
    const rival = await ortRunner(model, "a", "c", (a.data() as Float32Array).slice(), [n, n]);
    const ours = () => {
      if (!gemm(out, a, packed)) throw new Error("refused");
      return out.data() as Float32Array;
    };
    yield { name: `matmul ${n}`, ours, rival, tolerance: 1e-5, flops: 2 * n ** 3, bar: 1.4 };
  }
}

/** A million float32 elements through one function. */
export async function* elementwise(): AsyncGenerator<Comparison> {
  const sizes = [1024, 1024];
  const x = arenaTensor(sizes, 1, 8), out = arenaTensor(sizes);
  const ROWS = [
    ["exp", "Exp"],
    ["tanh", "Tanh"],
    ["sigmoid", "Sigmoid"],
    ["erf", "Erf"],
    ["relu", "Relu"],
    ["sqrt", "Sqrt"],
    ["log", "Log"],
  ];
  for (const [row, onnx] of ROWS) {
    const e = op(row, input(0, "f32"));
    const model = onnxModel(
      [{ op: onnx, inputs: ["x"], output: "y" }],
      [],
      { name: "x", sizes },
      { name: "y", sizes },
    );
    if (row === "sqrt") pointwise(op("abs", input(0, "f32")), x, [x]);
    const rival = await ortRunner(model, "x", "y", (x.data() as Float32Array).slice(), sizes);
    const ours = () => {
      if (!pointwise(e, out, [x])) throw new Error("refused");
      return out.data() as Float32Array;
    };
    yield { name: row, ours, rival, tolerance: 1e-5 };
  }
}

/** All of ResNet-18 on one 224x224 image, as a compiled module on the virtual machine. */
export async function* resnet18(): AsyncGenerator<Comparison> {
  const model = await (await import("./resnet18.ts")).resnet18();
  const rival = await ortRunner(model.onnx, "x", model.output, model.input, [1, 3, 224, 224]);
  yield { name: "resnet18", ours: model.run, rival, tolerance: 2e-5, bar: 1 };
}
