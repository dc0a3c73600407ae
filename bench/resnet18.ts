/** ResNet-18 of `examples/resnet18.py`, compiled, and the same network with the same weights as an ONNX model. */
import { compileNames, entryFunction, runFile } from "../cli/model.ts";
import { type IValue, ScriptObject } from "../core/ivalue.ts";
import { ScalarType } from "../core/scalar_type.ts";
import { Tensor } from "../core/tensor.ts";
import { forward } from "../vm/mod.ts";
import { onnxModel, type OnnxNode, type OnnxTensor } from "./onnx_writer.ts";

const FILE = decodeURIComponent(new URL("../examples/resnet18.py", import.meta.url).pathname);

/** The tensor at a dotted path of submodules and attributes. */
function parameter(root: ScriptObject, path: string): Tensor {
  let at: IValue = root;
  for (const name of path.split(".")) at = (at as ScriptObject).getAttr(name);
  return at as Tensor;
}

/** The network as ONNX nodes, batch normalisations of their own: onnxruntime folds them itself. */
function onnxOf(root: ScriptObject): { onnx: Uint8Array; output: string } {
  const nodes: OnnxNode[] = [], weights: OnnxTensor[] = [];
  const tensor = (path: string) => {
    const t = parameter(root, path);
    const data = (t.data() as Float32Array).slice(t.storageOffset, t.storageOffset + t.numel);
    weights.push({ name: path, sizes: t.sizes, data });
    return path;
  };
  const node = (op: string, inputs: string[], attributes?: OnnxNode["attributes"]) => {
    const output = `v${nodes.length}`;
    nodes.push({ op, inputs, output, attributes });
    return output;
  };
  const convolution = (x: string, at: string, norm: string, kernel: number, stride: number) => {
    const p = kernel >> 1;
    const y = node("Conv", [x, tensor(`${at}.weight`)], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [p, p, p, p],
    });
    const names = ["weight", "bias", "running_mean", "running_var"].map((n) => tensor(`${norm}.${n}`));
    return node("BatchNormalization", [y, ...names]);
  };
  let x = node("Relu", [convolution("x", "conv1", "bn1", 7, 2)]);
  x = node("MaxPool", [x], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] });
  for (let stage = 1; stage <= 4; stage++) {
    for (let block = 0; block < 2; block++) {
      const at = `layer${stage}.${block}`, stride = stage > 1 && block === 0 ? 2 : 1;
      const shortcut = stride === 2 ? convolution(x, `${at}.downsample.0`, `${at}.downsample.1`, 1, 2) : x;
      const y = node("Relu", [convolution(x, `${at}.conv1`, `${at}.bn1`, 3, stride)]);
      x = node("Relu", [node("Add", [convolution(y, `${at}.conv2`, `${at}.bn2`, 3, 1), shortcut])]);
    }
  }
  x = node("Flatten", [node("GlobalAveragePool", [x])]);
  x = node("Gemm", [x, tensor("fc.weight"), tensor("fc.bias")], { transB: 1 });
  const input = { name: "x", sizes: [1, 3, 224, 224] };
  return { onnx: onnxModel(nodes, weights, input, { name: x, sizes: [1, 1000] }), output: x };
}

export interface Resnet18 {
  readonly onnx: Uint8Array;
  /** Name of the ONNX model's output. */
  readonly output: string;
  readonly input: Float32Array;
  /** One forward pass; gives the logits. */
  run(): Float32Array;
}

export async function resnet18(): Promise<Resnet18> {
  const compiled = await compileNames(await runFile(FILE), undefined);
  const object = compiled.value;
  if (!(object instanceof ScriptObject)) throw new Error("the example defines a module");
  const fn = entryFunction(compiled);
  const input = new Float32Array(3 * 224 * 224);
  let a = 7;
  for (let i = 0; i < input.length; i++) {
    a = (Math.imul(a, 1664525) + 1013904223) | 0;
    input[i] = (a >>> 8) / (1 << 24);
  }
  const x = Tensor.zeros([1, 3, 224, 224], ScalarType.Float);
  (x.data() as Float32Array).set(input);
  const run = () => {
    const y = forward(fn, [object, x]) as Tensor;
    return (y.data() as Float32Array).subarray(y.storageOffset, y.storageOffset + y.numel);
  };
  return { ...onnxOf(object), input, run };
}
