/** What is done to graphs of constant weights: when a module is frozen, and what pays for inference alone. */
import type { Graph } from "../ir/graph.ts";
import { foldFrozenLinearBatchnorm } from "./fold_linear_bn.ts";
import {
  foldFrozenConvAddOrSub,
  foldFrozenConvBatchnorm,
  foldFrozenConvMulOrDiv,
} from "./frozen_conv_folding.ts";
import { frozenLinearTranspose } from "./frozen_linear_transpose.ts";
import { removeDropout } from "./remove_dropout.ts";

/**
 * Dropout goes; with `numerics`, normalisations and sums after convolutions and linear layers are folded, which changes
 * results by rounding. (Linear layers of one input are joined on CUDA devices only.)
 */
export function optimizeFrozenGraph(graph: Graph, numerics = true): void {
  removeDropout(graph);
  if (!numerics) return;
  const folds = [
    foldFrozenConvBatchnorm,
    foldFrozenConvAddOrSub,
    foldFrozenConvMulOrDiv,
    foldFrozenLinearBatchnorm,
  ];
  for (let changed = true; changed;) {
    changed = false;
    for (const fold of folds) changed = fold(graph) || changed;
  }
}

/** `torch.jit.optimize_for_inference` on a frozen graph, for a build without a library of packed layouts. */
export function optimizeForInference(graph: Graph): void {
  frozenLinearTranspose(graph);
}
