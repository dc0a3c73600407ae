/** Folds what follows a convolution of constant weights into them: batch norm, adding and scaling by a channel. */
import { ListValue } from "../../core/ivalue.ts";
import type { IValue } from "../../core/ivalue.ts";
import { isFloatingType, promoteTypes, type ScalarType } from "../../core/scalar_type.ts";
import { Float } from "../../core/scalar.ts";
import { Tensor } from "../../core/tensor.ts";
import { IntType } from "../../core/types.ts";
import { call, withoutInterceptors } from "../../ops/dispatch.ts";
import { insertConstant, toIValue } from "../ir/constants.ts";
import type { Graph, Node, Value } from "../ir/graph.ts";
import { eliminateDeadCode } from "./dead_code_elimination.ts";

const CONVOLUTIONS = new Set(["aten::conv1d", "aten::conv2d", "aten::conv3d"]);
const SUMS = new Set(["aten::add.Tensor", "aten::add.Scalar", "aten::sub.Tensor", "aten::sub.Scalar"]);
const PRODUCTS = new Set(["aten::mul.Tensor", "aten::mul.Scalar", "aten::div.Tensor", "aten::div.Scalar"]);

/** Weight and bias are the second and third input of every convolution and of linear, as of batch norm. */
const WEIGHT = 1, BIAS = 2;

export function tensorOf(v: Value): Tensor | undefined {
  const c = toIValue(v);
  return c instanceof Tensor ? c : undefined;
}
export function hasConstantParameters(n: Node): boolean {
  return n.inputs.slice(1).every((v) => v.node.kind === "prim::Constant");
}
export function run(key: string, ...args: IValue[]): Tensor {
  return withoutInterceptors(() => call(key, ...args)) as Tensor;
}
const list = (items: readonly number[]) => new ListValue(IntType, [...items]);

/** The convolution that `n` takes, if `n` is all that takes it and both have constant parameters. */
function convBefore(n: Node): Node | undefined {
  const conv = n.inputs[0]?.node;
  if (!conv) return undefined;
  const isConv = CONVOLUTIONS.has(conv.kind) ||
    (conv.kind === "aten::_convolution" && toIValue(conv.inputs[6]) === false);
  if (!isConv || conv.output.uses.length > 1) return undefined;
  return hasConstantParameters(conv) && hasConstantParameters(n) ? conv : undefined;
}

function everywhere(graph: Graph, fold: (n: Node) => boolean): boolean {
  let changed = false;
  for (const n of [...graph.allNodes()]) changed = fold(n) || changed;
  eliminateDeadCode(graph);
  return changed;
}

/** A constant before `at`, named after the value it replaces. */
export function constantBefore(at: Node, v: Tensor): Value {
  return at.graph.withInsertPoint(at, () => insertConstant(at.graph, v));
}

/** Numbers of a normalisation of constant statistics: what a channel is multiplied by and what is added. */
export interface Affine {
  readonly scale: Tensor;
  readonly mean: Tensor;
  readonly shift: Tensor;
}

/** Scale, mean and shift of a `aten::batch_norm` in which everything is constant and which does not train. */
export function batchNormAffine(bn: Node): Affine | undefined {
  const mean = tensorOf(bn.inputs[3]), variance = tensorOf(bn.inputs[4]), eps = toIValue(bn.inputs[7]);
  if (!mean || !variance || !(eps instanceof Float) || toIValue(bn.inputs[5]) !== false) return undefined;
  const weight = tensorOf(bn.inputs[WEIGHT]) ?? run("aten::ones_like", mean, null, null, null, null, null);
  const shift = tensorOf(bn.inputs[BIAS]) ?? run("aten::zeros_like", mean, null, null, null, null, null);
  const spread = run("aten::rsqrt", run("aten::add.Scalar", variance, eps, 1));
  return { scale: run("aten::mul.Tensor", weight, spread), mean, shift };
}

/** `(bias - mean) * scale + shift`, in the bias's type. */
export function fusedBias(a: Affine, bias: Tensor | undefined): Tensor {
  const from = bias ?? run("aten::zeros_like", a.mean, null, null, null, null, null);
  const centred = run("aten::sub.Tensor", from, a.mean, 1);
  return run("aten::add.Tensor", run("aten::mul.Tensor", centred, a.scale), a.shift, 1);
}

function ofType(t: Tensor, type: ScalarType): Tensor {
  return t.scalarType === type ? t : run("aten::to.dtype", t, type, false, false, null);
}

/** Folds `batch_norm(conv(x))`. Whether anything changed. */
export function foldFrozenConvBatchnorm(graph: Graph): boolean {
  return everywhere(graph, (bn) => {
    const conv = bn.kind === "aten::batch_norm" ? convBefore(bn) : undefined;
    const affine = conv && batchNormAffine(bn), weight = conv && tensorOf(conv.inputs[WEIGHT]);
    if (!conv || !affine || !weight) return false;
    const bias = tensorOf(conv.inputs[BIAS]);
    const perChannel = run("aten::reshape", affine.scale, list([-1, ...weight.sizes.slice(1).map(() => 1)]));
    const w = ofType(run("aten::mul.Tensor", weight, perChannel), weight.scalarType);
    const b = ofType(fusedBias(affine, bias), bias?.scalarType ?? weight.scalarType);
    const newWeight = constantBefore(conv, w), newBias = constantBefore(conv, b);
    newWeight.setDebugName(`${conv.inputs[WEIGHT].debugName}_fused_bn`);
    newBias.setDebugName(`${conv.inputs[BIAS].debugName}_fused_bn`);
    conv.replaceInput(WEIGHT, newWeight);
    conv.replaceInput(BIAS, newBias);
    bn.output.replaceAllUsesWith(conv.output);
    return true;
  });
}

/** Whether a constant operand touches each channel alone and keeps the type. */
function fitsChannels(conv: Node, op: Node): boolean {
  const weight = tensorOf(conv.inputs[WEIGHT]);
  if (!weight || !isFloatingType(weight.scalarType)) return false;
  const operand = toIValue(op.inputs[1]);
  if (!(operand instanceof Tensor)) return operand instanceof Float || typeof operand === "number";
  if (operand.sizes.length > weight.sizes.length) return false;
  const fits = operand.sizes.every((s, i) => s === 1 || (i === 1 && s === weight.sizes[0]));
  return fits && isFloatingType(operand.scalarType) &&
    promoteTypes(operand.scalarType, weight.scalarType) === weight.scalarType;
}

/** The operand as a tensor of `shape`, which has an entry a channel. */
function operandOf(op: Node, like: Tensor, shape: readonly number[]): Tensor {
  const v = toIValue(op.inputs[1]);
  const t = v instanceof Tensor ? v : run(
    "aten::full_like",
    run("aten::select.int", run("aten::flatten.using_ints", like, 0, -1), 0, 0),
    v!,
    null,
    null,
    null,
    null,
    null,
  );
  if (t.numel !== 1) return run("aten::reshape", t, list(shape));
  return run("aten::expand", run("aten::reshape", t, list([1])), list(shape), false);
}

/** The operator on two tensors, with its own alpha. */
function applyTo(op: Node, a: Tensor, b: Tensor): Tensor {
  const rest = op.inputs.slice(2).map((v) => toIValue(v)!);
  return run(`${op.kind}.Tensor`, a, b, ...rest);
}

/** Folds `conv(x) + c` and `conv(x) - c` into the bias. Whether anything changed. */
export function foldFrozenConvAddOrSub(graph: Graph): boolean {
  return everywhere(graph, (op) => {
    const conv = SUMS.has(op.schemaKey ?? "") ? convBefore(op) : undefined;
    if (!conv || !fitsChannels(conv, op)) return false;
    const weight = tensorOf(conv.inputs[WEIGHT])!, channels = weight.sizes[0];
    const operand = operandOf(op, weight, [channels]);
    const bias = tensorOf(conv.inputs[BIAS]) ??
      run("aten::zeros_like", operand, null, null, null, null, null);
    const fused = constantBefore(conv, applyTo(op, bias, operand));
    fused.setDebugName(`${conv.inputs[BIAS].debugName}_fused_${op.opName}`);
    conv.replaceInput(BIAS, fused);
    op.output.replaceAllUsesWith(conv.output);
    return true;
  });
}

/** Folds `conv(x) * c` and `conv(x) / c` into weight and bias. Whether anything changed. */
export function foldFrozenConvMulOrDiv(graph: Graph): boolean {
  return everywhere(graph, (op) => {
    const conv = PRODUCTS.has(op.schemaKey ?? "") ? convBefore(op) : undefined;
    if (!conv || !fitsChannels(conv, op)) return false;
    const weight = tensorOf(conv.inputs[WEIGHT])!, channels = weight.sizes[0];
    const perChannel = operandOf(op, weight, [channels, ...weight.sizes.slice(1).map(() => 1)]);
    const newWeight = constantBefore(conv, applyTo(op, weight, perChannel));
    const bias = tensorOf(conv.inputs[BIAS]);
    const newBias = bias && constantBefore(conv, applyTo(op, bias, operandOf(op, weight, [channels])));
    // PyTorch names the new weight after the bias where there is one, and leaves the new bias without a name.
    newWeight.setDebugName(`${conv.inputs[newBias ? BIAS : WEIGHT].debugName}_fused_${op.opName}`);
    conv.replaceInput(WEIGHT, newWeight);
    if (newBias) conv.replaceInput(BIAS, newBias);
    op.output.replaceAllUsesWith(conv.output);
    return true;
  });
}
