/**
 * Autograd. `record.ts` stands at dispatch's door and makes a node of each call that has a gradient; `rules.ts` says how
 * derivatives are written, `derivatives/` has them by family and `composites/` the operators that PyTorch makes of
 * others. `node.ts` and `history.ts` are the graph, `in_place.ts` what writes do to it, `engine.ts` runs it and
 * `backward.ts` is how programs ask. `mode.ts` switches recording; while it is off a call costs what it always did.
 */
import { startRecording } from "./mode.ts";
import { backward, grad } from "./backward.ts";
import { recordCall } from "./record.ts";

export { backward, grad, gradOf, type GradOptions, retainGrad } from "./backward.ts";
export { edgeOf, gradFn, isLeaf, requiresGrad } from "./history.ts";
export { isGradEnabled, isInferenceMode, setGradEnabled, setInferenceMode, withGrad } from "./mode.ts";
export {
  AccumulateGrad,
  AutogradMeta,
  type Edge,
  type Grad,
  HookList,
  isDifferentiable,
  metaOf,
  Node,
  peekMeta,
  SavedTensor,
} from "./node.ts";
export { RuleNode } from "./rule_node.ts";
export { rebaseHistory } from "./in_place.ts";

/** Records from now on, wherever gradients are enabled. */
export function enableAutograd(): void {
  startRecording(recordCall, { backward, grad });
}
