/** Removes nodes whose results nobody needs and that change nothing anybody can see. */
import { AliasDb, writesOf } from "../ir/alias_analysis.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";

const SIDE_EFFECTS = new Set([
  "prim::PythonOp",
  "prim::IgnoredPythonOp",
  "prim::Print",
  "prim::RaiseException",
  "prim::Enter",
  "prim::Exit",
  "prim::CallFunction",
  "prim::CallMethod",
  "prim::SetAttr",
  "prim::Store",
  "prim::ReturnStmt",
  "prim::BreakStmt",
  "prim::ContinueStmt",
  "prim::CallInstruction",
  "aten::warn",
  "aten::save",
  "aten::manual_seed",
  "aten::wait",
  "aten::is_grad_enabled",
  "aten::set_grad_enabled",
]);

/** Whether running the node can be seen from outside apart from its outputs and the values it mutates. */
export function hasSideEffects(n: Node): boolean {
  if (SIDE_EFFECTS.has(n.kind)) return true;
  for (const b of n.blocks) for (const inner of b.nodes()) if (hasSideEffects(inner)) return true;
  return false;
}

export function eliminateDeadCode(graph: Graph): void {
  const live = new Liveness(graph);
  live.run();
  sweep(graph.block, live);
}

class Liveness {
  readonly nodes = new Set<Node>();
  readonly values = new Set<Value>();
  /** Locations of live values, once something in the graph writes. */
  #reach: Set<number> | undefined;
  #aliases: AliasDb | undefined;
  readonly #pending: Value[] = [];

  constructor(readonly graph: Graph) {}

  run(): void {
    const writers: { node: Node; writes: Value[] }[] = [];
    for (const o of this.graph.outputs) this.#need(o);
    for (const n of this.graph.allNodes()) {
      if (n.kind === "prim::Loop") this.#needBody(n);
      if (SIDE_EFFECTS.has(n.kind)) this.#keep(n);
      else {
        const writes = writesOf(n);
        if (writes.length) writers.push({ node: n, writes });
      }
    }
    if (writers.length) {
      this.#aliases = new AliasDb(this.graph);
      this.#reach = new Set();
      for (const v of this.values) this.#track(v);
    }
    this.#drain();
    for (let again = writers.length > 0; again;) {
      again = false;
      for (const { node, writes } of writers) {
        if (this.nodes.has(node) || !writes.some((w) => this.#seen(w))) continue;
        this.#keep(node);
        this.#drain();
        again = true;
      }
    }
  }

  /** A loop's condition counts as used even when nothing else of it is, and so does what a round hands to the next. */
  #needBody(loop: Node): void {
    const body = loop.blocks[0];
    this.#need(body.outputs[0]);
    for (let i = 1; i < body.inputs.length; i++) if (body.inputs[i].uses.length) this.#need(body.outputs[i]);
  }
  #seen(written: Value): boolean {
    return this.#aliases!.isWildcard(written) || this.#reach!.has(this.#aliases!.locationOf(written) ?? -1);
  }
  #track(v: Value): void {
    for (const at of this.#aliases!.reachable(v)) this.#reach!.add(at);
  }
  #need(v: Value): void {
    if (this.values.has(v)) return;
    this.values.add(v);
    if (this.#reach) this.#track(v);
    this.#pending.push(v);
  }
  /** A kept node needs its inputs, and the nodes around it that decide whether it runs. */
  #keep(n: Node): void {
    if (this.nodes.has(n)) return;
    this.nodes.add(n);
    if (n.kind === "prim::Loop") {
      this.#need(n.inputs[0]);
      this.#need(n.inputs[1]);
      this.#need(n.blocks[0].outputs[0]);
    } else if (n.kind === "prim::If") this.#need(n.inputs[0]);
    else {
      for (const i of n.inputs) this.#need(i);
      for (const b of n.blocks) for (const o of b.outputs) this.#need(o);
    }
    if (n.block?.owner) this.#keep(n.block.owner);
  }
  #drain(): void {
    for (let v = this.#pending.pop(); v; v = this.#pending.pop()) {
      const n = v.node;
      if (n.kind === "prim::Param") {
        const loop = n.block?.owner;
        if (loop?.kind === "prim::Loop" && v.offset > 0) this.#carried(loop, v.offset - 1);
        if (loop) this.#keep(loop);
        continue;
      }
      this.#keep(n);
      if (n.kind === "prim::If") { for (const b of n.blocks) this.#need(b.outputs[v.offset]); }
      else if (n.kind === "prim::Loop") this.#carried(n, v.offset);
    }
  }
  #carried(loop: Node, i: number): void {
    this.#need(loop.inputs[i + 2]);
    this.#need(loop.blocks[0].outputs[i + 1]);
    this.#need(loop.blocks[0].inputs[i + 1]);
    this.#need(loop.outputs[i]);
  }
}

/** Bottom up, so that a dead node's users are gone before it. */
function sweep(block: Block, live: Liveness): void {
  for (let n = block.ret.prev!; n !== block.param;) {
    const prev: Node = n.prev!;
    if (!live.nodes.has(n)) n.destroy();
    else if (n.kind === "prim::Loop") sweepLoop(n, live);
    else {
      if (n.kind === "prim::If") dropIfOutputs(n, live);
      for (const b of n.blocks) sweep(b, live);
    }
    n = prev;
  }
}

function dropIfOutputs(n: Node, live: Liveness): void {
  for (let i = n.outputs.length - 1; i >= 0; i--) {
    if (live.values.has(n.outputs[i])) continue;
    n.eraseOutput(i);
    for (const b of n.blocks) b.ret.removeInput(i);
  }
}

/** A carried value goes when nobody reads it after the loop nor, but for its own next round, in the body. */
function sweepLoop(n: Node, live: Liveness): void {
  const body = n.blocks[0];
  const dead: number[] = [];
  for (let i = n.outputs.length - 1; i >= 0; i--) {
    if (live.values.has(n.outputs[i])) continue;
    dead.push(i);
    body.ret.removeInput(i + 1);
    n.eraseOutput(i);
    n.removeInput(i + 2);
  }
  sweep(body, live);
  for (const i of dead) body.param.eraseOutput(i + 1);
}
