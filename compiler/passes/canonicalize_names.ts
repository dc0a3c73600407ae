/** A copy of a graph whose unnamed values count from zero in the order they appear: two traces of one program read the same. */
import { Graph, type Value } from "../ir/graph.ts";
import { InternalError } from "../../core/errors.ts";

export function canonicalize(graph: Graph): Graph {
  const out = new Graph();
  const values = new Map<Value, Value>();
  const env = (v: Value): Value => {
    const found = values.get(v);
    if (!found) throw new InternalError(`%${v.debugName} is not defined in the graph that is canonicalized`);
    return found;
  };
  for (const i of graph.inputs) values.set(i, out.addInput().copyMetadata(i));
  for (const n of graph.block.nodes()) {
    const copy = out.block.append(out.createClone(n, env));
    n.outputs.forEach((o, i) => values.set(o, copy.outputs[i]));
  }
  for (const o of graph.outputs) out.registerOutput(env(o));
  return out;
}
