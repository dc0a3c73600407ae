/** Removes tuples that are built only to be taken apart, within one block structure. */
import { RuntimeFault } from "../../core/errors.ts";
import { TupleType } from "../../core/types.ts";
import { toIValue } from "../ir/constants.ts";
import type { Block, Graph, Node } from "../ir/graph.ts";
import { eliminateDeadCode } from "./dead_code_elimination.ts";

/** Unpacks, indexings and slices of a `prim::TupleConstruct` use its inputs instead; dead code goes. */
export function lowerSimpleTuples(graph: Graph): void {
  lowerBlock(graph.block);
  eliminateDeadCode(graph);
}

function lowerBlock(block: Block): void {
  for (const n of block.nodes()) {
    lowerNode(n);
    for (const b of n.blocks) lowerBlock(b);
  }
}

function lowerNode(n: Node): void {
  const made = n.inputs[0]?.node;
  if (made?.kind !== "prim::TupleConstruct") return;
  switch (n.kind) {
    case "prim::TupleUnpack":
      n.outputs.forEach((o, i) => o.replaceAllUsesWith(made.inputs[i]));
      break;
    case "prim::TupleIndex": {
      const at = toIValue(n.inputs[1]);
      if (typeof at !== "number") return;
      const i = at < 0 ? at + made.inputs.length : at;
      if (i < 0 || i >= made.inputs.length) {
        throw new RuntimeFault("RuntimeError", "tuple index out of range");
      }
      n.output.replaceAllUsesWith(made.inputs[i]);
      break;
    }
    case "prim::TupleSlice": {
      const beg = n.attributes.get("beg"), end = n.attributes.get("end");
      if (beg?.kind !== "i" || end?.kind !== "i") return;
      const inputs = made.inputs.slice(Number(beg.value), Number(end.value));
      const slice = n.graph.create("prim::TupleConstruct", inputs).insertBefore(n);
      slice.output.setType(new TupleType(inputs.map((v) => v.type)));
      slice.range = n.range;
      n.output.replaceAllUsesWith(slice.output);
      break;
    }
  }
}
