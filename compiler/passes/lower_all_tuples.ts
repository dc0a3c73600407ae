/** Takes tuples apart everywhere: inputs, results and carried values of tuple type become their elements. */
import { RuntimeFault } from "../../core/errors.ts";
import type { TupleType, Type } from "../../core/types.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";
import { eliminateDeadCode } from "./dead_code_elimination.ts";
import { lowerSimpleTuples } from "./lower_tuples.ts";

/** Nodes whose tuples are values of the program: they stay. */
const KEEPS = new Set(["prim::TupleUnpack", "prim::TupleIndex", "prim::TupleSlice", "prim::TupleConstruct"]);

export function lowerAllTuples(graph: Graph): void {
  lowerBlock(graph, graph.block);
  lowerSimpleTuples(graph);
  eliminateDeadCode(graph);
}

function lowerBlock(g: Graph, block: Block): void {
  flattenOutputs(g, block.param);
  for (let n: Node = block.first; n !== block.ret; n = n.next!) visit(g, n);
  flattenUses(block.ret);
}

function visit(g: Graph, n: Node): void {
  if (n.kind === "prim::TupleConstruct" || KEEPS.has(n.kind)) return;
  const flattens = n.kind === "prim::If" || n.kind === "prim::Loop";
  if (flattens || n.has("Subgraph")) {
    flattenUses(n);
    for (const b of n.blocks) lowerBlock(g, b);
    flattenOutputs(g, n);
  }
}

/** Values of tuple type that a node makes: one for each element, put together again after it for who wants the tuple. */
function flattenOutputs(g: Graph, n: Node): void {
  for (let i = 0; i < n.outputs.length;) {
    const v = n.outputs[i];
    if (v.type.kind !== "Tuple") {
      i++;
      continue;
    }
    const parts = (v.type as TupleType).elems.map((t: Type, j: number) =>
      n.insertOutput(i + 1 + j).setType(t)
    );
    const whole = g.create("prim::TupleConstruct", parts).insertAfter(n);
    whole.output.setType(v.type);
    v.replaceAllUsesWith(whole.output);
    n.eraseOutput(i);
  }
}

/** Inputs of tuple type of a node that must have none: the elements in their place. */
function flattenUses(n: Node): void {
  for (let i = 0; i < n.inputs.length;) {
    const v: Value = n.inputs[i];
    if (v.type.kind !== "Tuple") {
      i++;
      continue;
    }
    const made = v.node;
    if (made.kind !== "prim::TupleConstruct") {
      throw new RuntimeFault(
        "RuntimeError",
        `tuple appears in an op other than these with fixed rules: ${n.kind}`,
      );
    }
    made.inputs.forEach((part, j) => n.insertInput(i + 1 + j, part));
    n.removeInput(i);
  }
}
