/** Makes a copy of a graph that has only what becomes instructions: calls inlined, casts without effect gone. */
import type { Graph, Node, Value } from "../ir/graph.ts";
import { constantPropagationImmutableTypes } from "../passes/constant_propagation.ts";
import { eliminateDeadCode } from "../passes/dead_code_elimination.ts";
import { inline } from "../passes/inliner.ts";
import { lowerSimpleTuples } from "../passes/lower_tuples.ts";
import { type Pass, runPasses } from "../passes/mod.ts";

/** A value of static type float is a raw number in its register; every other is an IValue. */
export function isRaw(v: Value): boolean {
  return v.type.kind === "float";
}

const CASTS = new Set(["prim::unchecked_cast", "prim::unchecked_unwrap_optional"]);

export function prepare(graph: Graph): Graph {
  const copy = graph.copy();
  runPasses(copy, PREPARE);
  return copy;
}

const PREPARE: readonly Pass[] = [
  ["inline", inline],
  ["lower_tuples", lowerSimpleTuples],
  // Inlining makes constants of default arguments.
  ["constant_propagation_immutable_types", constantPropagationImmutableTypes],
  ["forward_casts", forwardCasts],
  ["dead_code_elimination", eliminateDeadCode],
];

function forwardCasts(graph: Graph): void {
  for (const n of graph.allNodes()) {
    if (CASTS.has(n.kind) && isRaw(n.inputs[0]) === isRaw(n.output)) forward(n);
  }
}

function forward(n: Node): void {
  n.output.replaceAllUsesWith(n.inputs[0]);
  n.destroy();
}
