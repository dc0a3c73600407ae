/** Checks a graph's invariants; tests run it after every pass. */
import { InternalError } from "../../core/errors.ts";
import type { Block, Graph, Node, Value } from "./graph.ts";

/** Throws InternalError naming the node when the graph is malformed; `after` names the pass that ran. */
export function verifyGraph(graph: Graph, after = "construction"): void {
  const fail = (n: Node, what: string): never => {
    throw new InternalError(
      `after ${after}: ${n.kind} (%${n.outputs.map((o) => o.debugName).join(", %")}): ${what}`,
    );
  };
  const checkBlock = (b: Block, visible: Set<Value>, owner: Node | undefined): void => {
    if (b.graph !== graph) throw new InternalError(`after ${after}: block of another graph`);
    if (b.owner !== owner) throw new InternalError(`after ${after}: block with a wrong owner`);
    const scope = new Set(visible);
    for (const i of b.inputs) scope.add(i);
    const use = (n: Node) => {
      n.inputs.forEach((v, i) => {
        if (!scope.has(v)) fail(n, `input ${i} (%${v.debugName}) is not defined before its use`);
        if (v.uses.filter((u) => u.user === n && u.offset === i).length !== 1) {
          fail(n, `use of input ${i} is not recorded once`);
        }
      });
    };
    let prev = b.param;
    for (let n = b.param.next!; n !== b.ret; n = n.next!) {
      if (n.prev !== prev || n.block !== b) fail(n, "broken links");
      prev = n;
      use(n);
      checkNode(n, fail);
      for (const inner of n.blocks) checkBlock(inner, scope, n);
      n.outputs.forEach((o, i) => {
        if (o.node !== n || o.offset !== i) fail(n, `output ${i} does not know its place`);
        scope.add(o);
        for (const u of o.uses) {
          if (u.user.inputs[u.offset] !== o) fail(n, `stale use of %${o.debugName} by ${u.user.kind}`);
        }
      });
    }
    use(b.ret);
  };
  checkBlock(graph.block, new Set(), undefined);
}

function checkNode(n: Node, fail: (n: Node, what: string) => never): void {
  switch (n.kind) {
    case "prim::If":
      if (n.inputs.length !== 1 || n.blocks.length !== 2) fail(n, "an If has one input and two blocks");
      for (const b of n.blocks) {
        if (b.inputs.length) fail(n, "blocks of an If take no inputs");
        if (b.outputs.length !== n.outputs.length) {
          fail(n, "a block returns another number of values than the If");
        }
      }
      break;
    case "prim::Loop": {
      if (n.blocks.length !== 1) fail(n, "a Loop has one block");
      const carried = n.outputs.length;
      if (n.inputs.length !== carried + 2) {
        fail(n, "a Loop takes trip count, condition and the carried values");
      }
      if (n.blocks[0].inputs.length !== carried + 1) {
        fail(n, "a loop body takes the trip index and the carried values");
      }
      if (n.blocks[0].outputs.length !== carried + 1) {
        fail(n, "a loop body returns the condition and the carried values");
      }
      break;
    }
    case "prim::Constant":
      if (n.inputs.length || n.outputs.length !== 1) fail(n, "a constant has no input and one output");
      break;
  }
}
