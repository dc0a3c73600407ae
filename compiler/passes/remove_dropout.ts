/** Takes out dropout that does not train. */
import { toIValue } from "../ir/constants.ts";
import type { Graph } from "../ir/graph.ts";

const DROPOUTS = new Set([
  "aten::dropout",
  "aten::dropout_",
  "aten::feature_dropout",
  "aten::feature_dropout_",
]);

export function removeDropout(graph: Graph): void {
  for (const n of [...graph.allNodes()].reverse()) {
    if (!DROPOUTS.has(n.kind) || toIValue(n.inputs[2]) !== false) continue;
    n.output.replaceAllUsesWith(n.inputs[0]);
    n.destroy();
  }
}
