/** Numbers `aten::warn` nodes, so that the runtime can show each warning once. */
import type { Graph } from "../ir/graph.ts";

let next = 0;

export function annotateWarns(graph: Graph): void {
  for (const n of graph.allNodes()) {
    if (n.kind === "aten::warn" && !n.has("warn_id")) n.set("warn_id", { kind: "i", value: next++ });
  }
}
