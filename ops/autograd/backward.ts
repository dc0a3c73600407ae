/** `torch.autograd.backward` and `grad`: what they accept, and their messages. */
import { check, RuntimeFault } from "../../core/errors.ts";
import type { Tensor } from "../../core/tensor.ts";
import { scalarTypeInfo } from "../../core/scalar_type.ts";
import { sameSizes } from "../reference/copy.ts";
import { at } from "./calls.ts";
import { type Root, runBackward } from "./engine.ts";
import { edgeOf, isLeaf, requiresGrad } from "./history.ts";
import { type Edge, type Grad, isDifferentiable, metaOf, peekMeta } from "./node.ts";

export interface GradOptions {
  readonly retainGraph?: boolean | null;
  readonly createGraph?: boolean;
}

function shapeText(sizes: readonly number[]): string {
  return `torch.Size([${sizes.join(", ")}])`;
}

function rootsOf(outputs: readonly Tensor[], grads: readonly Grad[]): Root[] {
  return outputs.map((t, i) => {
    const given = grads[i] ?? null;
    if (given === null && requiresGrad(t)) {
      check(t.numel === 1, "grad can be implicitly created only for scalar outputs");
      check(
        isDifferentiable(t) && t.scalarType !== 9 && t.scalarType !== 10,
        () =>
          "grad can be implicitly created only for real scalar outputs but got " +
          `torch.${scalarTypeInfo(t.scalarType).dtype.replace("torch.", "")}`,
      );
    }
    if (given !== null && !sameSizes(given.sizes, t.sizes)) {
      throw new RuntimeFault(
        "RuntimeError",
        `Mismatch in shape: grad_output[${i}] has a shape of ${
          shapeText(given.sizes)
        } and output[${i}] has a shape ` +
          `of ${shapeText(t.sizes)}.`,
      );
    }
    const edge = edgeOf(t);
    check(edge, `element ${i} of tensors does not require grad and does not have a grad_fn`);
    return { edge, grad: given ?? at("ones_like", t) };
  });
}

/** Accumulates gradients in the leaves that the tensors depend on, or in `inputs` alone. */
export function backward(
  tensors: readonly Tensor[],
  grads: readonly Grad[] = [],
  options: GradOptions = {},
  inputs?: readonly Tensor[],
): void {
  check(!inputs || inputs.length > 0, "`inputs` argument to `backward()` cannot be empty.");
  const createGraph = options.createGraph ?? false;
  const roots = rootsOf(tensors, grads);
  const keepGraph = options.retainGraph ?? createGraph;
  if (!inputs) {
    runBackward(roots, { keepGraph, createGraph });
    return;
  }
  const captures = inputs.map((t) => {
    const e = edgeOf(t);
    check(e, "One of the differentiated Tensors does not require grad");
    return e;
  });
  const found = runBackward(roots, { keepGraph, createGraph, captures, accumulate: true });
  inputs.forEach((t, i) => {
    // Leaves have accumulated theirs as the graph ran.
    const g = found[i];
    if (g && !isLeaf(t)) addGrad(t, g);
  });
}

function addGrad(t: Tensor, g: Tensor): void {
  const m = metaOf(t);
  m.grad = m.grad === null ? g : at("add.Tensor", m.grad, g, 1);
}

/** Gradients of the outputs by the inputs; null for inputs without one when that is allowed. */
export function grad(
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  grads: readonly Grad[] = [],
  options: GradOptions & { readonly allowUnused?: boolean } = {},
): Grad[] {
  const createGraph = options.createGraph ?? false;
  const roots = rootsOf(outputs, grads);
  const captures = inputs.map((t): Edge => {
    const e = edgeOf(t);
    check(e, "One of the differentiated Tensors does not require grad");
    return e;
  });
  const found = runBackward(roots, {
    keepGraph: options.retainGraph ?? createGraph,
    createGraph,
    captures,
  });
  check(
    options.allowUnused || found.every((g) => g !== null),
    "One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if this is " +
      "the desired behavior.",
  );
  return found;
}

/** Keeps the gradient of a tensor that is no leaf in its `.grad`. */
export function retainGrad(t: Tensor): void {
  check(requiresGrad(t), "can't retain_grad on Tensor that has requires_grad=False");
  if (isLeaf(t)) return;
  const m = metaOf(t);
  if (m.retains) return;
  m.retains = true;
  const edge = edgeOf(t)!;
  edge.node.retaining.set(edge.inputNr, (g) => {
    m.grad = m.grad === null ? g : at("add.Tensor", m.grad, g, 1);
  });
}

/** The accumulated gradient. */
export function gradOf(t: Tensor): Tensor | null {
  return peekMeta(t)?.grad ?? null;
}
