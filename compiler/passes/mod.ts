/**
 * Passes: functions from a Graph to the same Graph, changed. What every compile runs before anybody can print the
 * graph is the table `CLEANUP`; its order is PyTorch's and shows in printed graphs. Tests set `verifyAfterPasses`.
 */
import type { Graph } from "../ir/graph.ts";
import { verifyGraph } from "../ir/verifier.ts";
import { annotateWarns } from "./annotate_warns.ts";
import { canonicalizeOutputs } from "./canonicalize.ts";
import { constantPooling } from "./constant_pooling.ts";
import { constantPropagationImmutableTypes } from "./constant_propagation.ts";
import { lowerSimpleTuples } from "./lower_tuples.ts";
import { normalizeOps } from "./normalize_ops.ts";

export type Pass = readonly [name: string, run: (graph: Graph) => void];

/** After SSA conversion, in this order. */
export const CLEANUP: readonly Pass[] = [
  ["normalize_ops", normalizeOps],
  ["lower_tuples", lowerSimpleTuples],
  ["constant_propagation_immutable_types", constantPropagationImmutableTypes],
  ["constant_pooling", constantPooling],
  ["canonicalize_outputs", canonicalizeOutputs],
  ["annotate_warns", annotateWarns],
];

let verify = false;

/** Turns the graph verifier after every pass on or off; returns what it was. */
export function verifyAfterPasses(on: boolean): boolean {
  const was = verify;
  verify = on;
  return was;
}

/** Whether tests want every step checked. */
export function isVerifying(): boolean {
  return verify;
}

let skip = false;

/** Leaves every pass out that only simplifies, for tests that compare; returns what it was. */
export function skipPasses(on: boolean): boolean {
  const was = skip;
  skip = on;
  return was;
}

/** Passes that lowering or the VM cannot do without. */
const NEEDED: ReadonlySet<string> = new Set(["annotate_warns", "inline"]);

export function runPasses(graph: Graph, passes: readonly Pass[]): void {
  if (verify) verifyGraph(graph);
  for (const [name, run] of passes) {
    if (skip && !NEEDED.has(name)) continue;
    run(graph);
    if (verify) verifyGraph(graph, name);
  }
}
