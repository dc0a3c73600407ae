/** The signature of a function that was traced. */
import { FunctionSchema } from "../../core/schema.ts";
import { unshapedType } from "../../core/unify.ts";
import type { Graph } from "../ir/graph.ts";

/** Inputs go by their names in the graph, without the numbers that made those unique; tensors lose their shapes. */
export function signatureOf(name: string, graph: Graph): FunctionSchema {
  return new FunctionSchema(
    name,
    "",
    graph.inputs.map((v, i) => ({
      name: v.hasDebugName ? v.debugNameBase : `argument_${i}`,
      type: unshapedType(v.type),
      kwargOnly: false,
      isOut: false,
    })),
    graph.outputs.map((v) => ({ name: "", type: unshapedType(v.type), kwargOnly: false, isOut: false })),
  );
}
