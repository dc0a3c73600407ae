/** The row of passes that PyTorch runs over a graph before it is specialised; freezing runs it too. */
import type { Graph } from "../ir/graph.ts";
import { eliminateCommonSubexpression } from "./common_subexpression_elimination.ts";
import { constantPooling } from "./constant_pooling.ts";
import { constantPropagation } from "./constant_propagation.ts";
import { eliminateDeadCode } from "./dead_code_elimination.ts";
import { unrollConstantLoops, unrollLoops } from "./loop_unrolling.ts";
import { peephole } from "./peephole.ts";
import { removeListMutation } from "./remove_mutation.ts";

/** `unrollNonConstantLoops`: also loops whose number of rounds shows only when they run. */
export function runOptimization(graph: Graph, unrollNonConstantLoops: boolean): void {
  eliminateDeadCode(graph);
  eliminateCommonSubexpression(graph);
  peephole(graph);
  constantPropagation(graph);
  constantPooling(graph);
  if ((unrollNonConstantLoops ? unrollLoops : unrollConstantLoops)(graph)) {
    removeListMutation(graph);
    peephole(graph);
    constantPropagation(graph);
  }
  eliminateCommonSubexpression(graph);
}
