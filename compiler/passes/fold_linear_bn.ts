/** Folds a batch norm that follows a linear layer of constant weights into them. */
import { ListValue } from "../../core/ivalue.ts";
import { IntType } from "../../core/types.ts";
import type { Graph } from "../ir/graph.ts";
import { eliminateDeadCode } from "./dead_code_elimination.ts";
import {
  batchNormAffine,
  constantBefore,
  fusedBias,
  hasConstantParameters,
  run,
  tensorOf,
} from "./frozen_conv_folding.ts";

/** Whether anything changed. Element types of both must be the same. */
export function foldFrozenLinearBatchnorm(graph: Graph): boolean {
  let changed = false;
  for (const bn of [...graph.allNodes()]) {
    const linear = bn.kind === "aten::batch_norm" ? bn.inputs[0].node : undefined;
    if (linear?.kind !== "aten::linear") continue;
    // The norm's own check asks for the rank of what the layer gives, which stays as it is.
    if (linear.output.uses.some((u) => u.user !== bn && u.user.kind !== "aten::dim")) continue;
    if (!hasConstantParameters(linear) || !hasConstantParameters(bn)) continue;
    const weight = tensorOf(linear.inputs[1]), affine = batchNormAffine(bn);
    // One feature of the normalisation for many of the layer would change the result's shape.
    if (!weight || !affine || affine.mean.numel !== weight.sizes[0]) continue;
    if (affine.mean.scalarType !== weight.scalarType) continue;
    const column = run("aten::reshape", affine.scale, new ListValue(IntType, [-1, 1]));
    const newWeight = constantBefore(linear, run("aten::mul.Tensor", weight, column));
    const newBias = constantBefore(linear, fusedBias(affine, tensorOf(linear.inputs[2])));
    newWeight.setDebugName(`${linear.inputs[1].debugName}_fused_bn`);
    newBias.setDebugName(`${linear.inputs[2].debugName}_fused_bn`);
    linear.replaceInput(1, newWeight);
    linear.replaceInput(2, newBias);
    bn.output.replaceAllUsesWith(linear.output);
    changed = true;
  }
  eliminateDeadCode(graph);
  return changed;
}
