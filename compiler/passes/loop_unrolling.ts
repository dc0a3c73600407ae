/** Writes the rounds of a counted loop one after the other: all of them when they are few, else eight at a time. */
import { BoolType, IntType } from "../../core/types.ts";
import { insertConstant, toIValue } from "../ir/constants.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";
import { eliminateDeadCode } from "./dead_code_elimination.ts";

const UNROLL_FACTOR = 8;
const MAX_BODY_SIZE = 32;
const MAX_BODY_REPEATS = 64;

/** Unrolls every small counted loop; the rounds that eight do not divide get a loop of their own. Whether any changed. */
export function unrollLoops(graph: Graph): boolean {
  const changed = unrollBlock(graph.block, false);
  if (changed) eliminateDeadCode(graph);
  return changed;
}

/** Unrolls the loops whose number of rounds is a constant. Whether any changed. */
export function unrollConstantLoops(graph: Graph): boolean {
  const changed = unrollBlock(graph.block, true);
  if (changed) eliminateDeadCode(graph);
  return changed;
}

function unrollBlock(block: Block, constantOnly: boolean): boolean {
  let changed = false;
  for (const n of [...block.nodes()]) {
    for (const b of n.blocks) changed = unrollBlock(b, constantOnly) || changed;
    if (!isForLoop(n)) continue;
    if (constantOnly ? n.inputs[0].node.kind !== "prim::Constant" : blockSize(n.blocks[0]) > MAX_BODY_SIZE) {
      continue;
    }
    unroll(n);
    changed = true;
  }
  return changed;
}

function isForLoop(n: Node): boolean {
  return n.kind === "prim::Loop" && toIValue(n.inputs[1]) === true &&
    toIValue(n.blocks[0].outputs[0]) === true;
}

/** Nodes that run, inner blocks included. */
function blockSize(b: Block): number {
  let size = 0;
  for (const n of b.nodes()) {
    for (const inner of n.blocks) size += blockSize(inner);
    if (n.kind !== "prim::Constant") size++;
    if (size > MAX_BODY_SIZE) break;
  }
  return size;
}

function unroll(loop: Node): void {
  if (loop.blocks[0].inputs[0].uses.length) replaceLoopCounter(loop);
  const trip = toIValue(loop.inputs[0]);
  if (typeof trip === "number" && trip < MAX_BODY_REPEATS) {
    repeatBody(loop, trip);
    return inlineBody(loop);
  }
  const g = loop.graph;
  const rest = g.createClone(loop, (v) => v).insertAfter(loop);
  loop.outputs.forEach((o, i) => {
    o.replaceAllUsesWith(rest.outputs[i]);
    rest.replaceInput(i + 2, o);
  });
  repeatBody(loop, UNROLL_FACTOR);
  g.withInsertPoint(loop, () => {
    const count = loop.inputs[0];
    const eights = intNode(g, "aten::__round_to_zero_floordiv", count, insertConstant(g, UNROLL_FACTOR));
    loop.replaceInput(0, eights);
    const done = intNode(g, "aten::mul", eights, insertConstant(g, UNROLL_FACTOR));
    rest.replaceInput(0, intNode(g, "aten::sub", count, done));
  });
}

function intNode(g: Graph, kind: string, a: Value, b: Value): Value {
  const n = g.insert(kind, [a, b]);
  n.schemaKey = `${kind}.int`;
  return n.output.setType(IntType);
}

/** The counter becomes a carried value, so that it can go on in a second loop. */
function replaceLoopCounter(loop: Node): void {
  const g = loop.graph, body = loop.blocks[0];
  const first = g.withInsertPoint(loop, () => insertConstant(g, 0));
  loop.insertInput(2, first);
  loop.insertOutput(0).setType(IntType);
  const counter = body.param.insertOutput(1).setType(IntType);
  body.inputs[0].replaceAllUsesWith(counter);
  const next = g.withInsertPoint(body, () => intNode(g, "aten::add", counter, insertConstant(g, 1)));
  body.ret.insertInput(1, next);
}

/** The loop's body `times` times in a row, in one round. */
function repeatBody(loop: Node, times: number): void {
  const body = loop.blocks[0], to = loop.addBlock();
  for (const i of body.inputs) to.addInput().copyMetadata(i);
  let values: readonly Value[] = to.inputs.slice();
  for (let i = 0; i < times; i++) {
    values = copyInto(loop.graph, body, to.ret, [to.inputs[0], ...values.slice(1)]);
  }
  if (!times) {
    values = [
      loop.graph.withInsertPoint(to, () => insertConstant(loop.graph, true, undefined, BoolType)),
      ...values.slice(1),
    ];
  }
  for (const v of values) to.registerOutput(v);
  loop.eraseBlock(0);
}

/** Puts copies of a block's nodes before `at`; gives what the block's outputs are there. */
function copyInto(g: Graph, body: Block, at: Node, inputs: readonly Value[]): Value[] {
  const map = new Map<Value, Value>();
  const env = (v: Value) => map.get(v) ?? v;
  body.inputs.forEach((v, i) => map.set(v, inputs[i]));
  for (const n of body.nodes()) {
    const copy = g.createClone(n, env).insertBefore(at);
    n.outputs.forEach((o, i) => map.set(o, copy.outputs[i]));
  }
  return body.outputs.map(env);
}

/** Puts the body in the place of a loop that runs exactly once. */
function inlineBody(loop: Node): void {
  const body = loop.blocks[0];
  // Nothing uses the counter any more: any value stands for it.
  const results = copyInto(loop.graph, body, loop, [loop.inputs[0], ...loop.inputs.slice(2)]);
  loop.outputs.forEach((o, i) => o.replaceAllUsesWith(results[i + 1]));
  loop.destroy();
}
