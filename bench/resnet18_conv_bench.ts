/** The convolutions of ResNet-18 at 224x224, layer by layer in one chain, against onnxruntime-web in the same run. */
import type { Tensor } from "../core/tensor.ts";
import { conv2d, maxPool2d, reluEpilogue } from "../ops/wasm/mod.ts";
import { onnxModel, type OnnxNode, type OnnxTensor } from "./onnx_writer.ts";
import { arenaTensor, compare, ortRunner } from "./ort.ts";

interface Layer {
  co: number;
  ci: number;
  k: number;
  stride: number;
  padding: number;
  size: number;
}

/** conv1 and the pool, then four stages of four 3x3 convolutions, the later stages beginning with stride 2. */
const LAYERS: Layer[] = [{ co: 64, ci: 3, k: 7, stride: 2, padding: 3, size: 224 }];
let ci = 64, size = 56;
for (const co of [64, 128, 256, 512]) {
  for (let i = 0; i < 4; i++) {
    const stride = i === 0 && co !== 64 ? 2 : 1;
    LAYERS.push({ co, ci, k: 3, stride, padding: 1, size });
    ci = co;
    size /= stride;
  }
}

const x = arenaTensor([1, 3, 224, 224], 1);
const relu = reluEpilogue("f32");
const nodes: OnnxNode[] = [], tensors: OnnxTensor[] = [];
const steps: (() => void)[] = [];
let at: Tensor = x, name = "x";
LAYERS.forEach((l, i) => {
  const w = arenaTensor([l.co, l.ci, l.k, l.k], 10 + i, Math.sqrt(6 / (l.ci * l.k * l.k)));
  const b = arenaTensor([l.co], 50 + i, 0.1), o = l.size / l.stride;
  const out = arenaTensor([1, l.co, o, o]), from = at;
  const options = {
    stride: [l.stride, l.stride],
    padding: [l.padding, l.padding],
    dilation: [1, 1],
    groups: 1,
    epilogue: relu,
  };
  steps.push(() => {
    if (!conv2d(out, from, w, b, options)) throw new Error("refused");
  });
  tensors.push({ name: `w${i}`, sizes: w.sizes, data: (w.data() as Float32Array).slice() });
  tensors.push({ name: `b${i}`, sizes: b.sizes, data: (b.data() as Float32Array).slice() });
  const p = l.padding;
  nodes.push({
    op: "Conv",
    inputs: [name, `w${i}`, `b${i}`],
    output: `c${i}`,
    attributes: { kernel_shape: [l.k, l.k], strides: [l.stride, l.stride], pads: [p, p, p, p] },
  });
  nodes.push({ op: "Relu", inputs: [`c${i}`], output: `r${i}` });
  at = out;
  name = `r${i}`;
  if (i === 0) {
    const pooled = arenaTensor([1, 64, 56, 56]);
    steps.push(() => {
      if (!maxPool2d(pooled, out, { kernel: [3, 3], stride: [2, 2], padding: [1, 1] })) {
        throw new Error("refused");
      }
    });
    nodes.push({
      op: "MaxPool",
      inputs: [name],
      output: "pool",
      attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
    });
    at = pooled;
    name = "pool";
  }
});

const ours = () => steps.forEach((s) => s());
const model = onnxModel(nodes, tensors, { name: "x", sizes: x.sizes }, { name, sizes: at.sizes });
const rival = await ortRunner(model, "x", name, (x.data() as Float32Array).slice(), x.sizes);
ours();
compare(at.data() as Float32Array, await rival(), 2e-5);
Deno.bench({ name: "wick", group: "resnet18 convolutions", fn: ours });
Deno.bench({
  name: "onnxruntime-web",
  group: "resnet18 convolutions",
  baseline: true,
  fn: async () => void await rival(),
});
