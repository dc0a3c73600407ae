/** A loop with both a trip count and a condition becomes a while loop that counts. */
import { IntType } from "../../core/types.ts";
import { toIValue } from "../ir/constants.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";
import { emitOperator } from "./builtin_call.ts";
import { constant } from "./ir_nodes.ts";
import { MAX_INT64 } from "./iterable_values.ts";
import { NamedValue } from "./sugared_value.ts";

export function canonicalizeModifiedLoops(graph: Graph): void {
  const visit = (b: Block): void => {
    for (const n of [...b.nodes()]) {
      for (const inner of n.blocks) visit(inner);
      if (n.kind === "prim::Loop") canonicalize(graph, n);
    }
  };
  visit(graph.block);
}

function op(g: Graph, name: string, ...args: Value[]): Value {
  return emitOperator(undefined, g, name, args.map((a) => new NamedValue(a)), []);
}

/** A `for`: starts and goes on unconditionally. A `while`: trip count without bound. */
function isModified(n: Node): boolean {
  const start = toIValue(n.inputs[1]), goOn = toIValue(n.blocks[0].outputs[0]);
  if (start === true && goOn === true) return false;
  return toIValue(n.inputs[0]) !== MAX_INT64 || n.blocks[0].inputs[0].uses.length > 0;
}

function canonicalize(g: Graph, n: Node): void {
  if (!isModified(n)) return;
  const body = n.blocks[0];
  const [zero, one, trips] = g.withInsertPoint(n, () => {
    const zero = constant(g, 0), one = constant(g, 1);
    const trips = n.inputs[0];
    let condition = op(g, "aten::gt", trips, zero);
    n.replaceInput(0, constant(g, MAX_INT64));
    if (toIValue(n.inputs[1]) !== true) condition = op(g, "aten::__and__", condition, n.inputs[1]);
    n.replaceInput(1, condition);
    return [zero, one, trips];
  });
  n.addOutput(IntType);
  n.addInput(zero);
  const counter = body.addInput("", IntType);
  body.inputs[0].setDebugName("").replaceAllUsesWith(counter);
  g.withInsertPoint(body, () => {
    const next = op(g, "aten::add", counter, one);
    body.registerOutput(next);
    const goOn = op(g, "aten::__and__", op(g, "aten::lt", next, trips), body.outputs[0]);
    body.ret.replaceInput(0, goOn);
  });
}
