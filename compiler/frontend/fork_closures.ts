/**
 * fork's closures: a body emitted in place becomes a subgraph with the values it captured as a tuple
 * (`liftClosures`), then the fork's own graph (`inlineForkedClosures`).
 */
import { CompilationUnit, ScriptFunction } from "../../core/function.ts";
import { FunctionSchema } from "../../core/schema.ts";
import { NoneType, TupleType } from "../../core/types.ts";
import { type Block, Graph, type Node, type Value } from "../ir/graph.ts";
import { insertTuple } from "./ir_nodes.ts";

/** A lifted closure as a function, when `v` is the pair of closure and context that lifting makes. */
export function closureFunction(v: Value): { fn: ScriptFunction; context: readonly Value[] } | undefined {
  const n = v.node;
  if (n.kind !== "prim::TupleConstruct" || n.inputs.length !== 2) return undefined;
  const closure = n.inputs[0].node, context = n.inputs[1].node;
  if (closure.kind !== "prim::Closure" || !closure.has("Subgraph")) return undefined;
  const graph = closure.g("Subgraph");
  const fn = new CompilationUnit().addFunction(new ScriptFunction("anon"));
  fn.graph = graph;
  fn.state = "defined";
  const arg = (value: Value) => ({ name: value.debugName, type: value.type, kwargOnly: false, isOut: false });
  fn.schema = new FunctionSchema(
    "anon",
    "",
    graph.inputs.map(arg),
    graph.outputs.map((o) => ({ ...arg(o), name: "" })),
  );
  return { fn, context: context.inputs.slice() };
}

type CleanUp = (g: Graph) => void;

/** Moves the block of every `prim::Closure` into a graph of its own, which `cleanUp` then runs on. */
export function liftClosures(graph: Graph, cleanUp: CleanUp): void {
  const visit = (b: Block): void => {
    for (const n of [...b.nodes()]) {
      if (n.kind === "prim::Closure" && n.blocks.length) lift(n, cleanUp);
      else for (const inner of n.blocks) visit(inner);
    }
  };
  visit(graph.block);
}

function lift(closure: Node, cleanUp: CleanUp): void {
  const outer = closure.graph;
  const body = closure.blocks[0];
  const subgraph = new Graph();
  const captures = new Map<Value, Value>();
  const contextInput = subgraph.addInput("context");
  const unpack = subgraph.block.append(subgraph.create("prim::TupleUnpack", [contextInput], 0));
  const map = (v: Value): Value => {
    let inner = captures.get(v);
    if (!inner) captures.set(v, inner = unpack.addOutput().copyMetadata(v));
    return inner;
  };
  subgraph.block.cloneFrom(body, map);
  closure.eraseBlock(0);
  const context = outer.withInsertPoint(closure, () => insertTuple(outer, [...captures.keys()]));
  contextInput.setType(context.type);
  closure.set("Subgraph", { kind: "g", value: subgraph });
  const pair = outer.create("prim::TupleConstruct");
  pair.insertAfter(closure);
  closure.output.replaceAllUsesWith(pair.output);
  pair.addInput(closure.output).addInput(context);
  closure.output.setType(NoneType);
  pair.output.setType(new TupleType([NoneType, context.type]));
  cleanUp(subgraph);
}

/**
 * Turns `prim::forkClosure` of a lifted closure into `prim::fork` with the captured values as inputs; `cleanUp` runs on
 * each fork's graph.
 */
export function inlineForkedClosures(graph: Graph, cleanUp: CleanUp): void {
  const visit = (b: Block): void => {
    for (const n of [...b.nodes()]) {
      if (n.kind === "prim::forkClosure" || n.kind === "prim::awaitableClosure") inlineFork(n, cleanUp);
      else for (const inner of n.blocks) visit(inner);
    }
  };
  visit(graph.block);
}

function inlineFork(n: Node, cleanUp: CleanUp): void {
  const g = n.graph;
  const pair = n.inputs[0].node;
  const closure = pair.inputs[0].node, context = pair.inputs[1].node;
  const captured = context.inputs.slice();
  const subgraph = closure.g("Subgraph").copy();
  const unpack = subgraph.inputs[0].uses[0].user;
  captured.forEach((v, i) => {
    const input = subgraph.block.param.insertOutput(i).copyMetadata(v);
    unpack.outputs[i].replaceAllUsesWith(input);
  });
  unpack.destroy();
  subgraph.block.param.eraseOutput(captured.length);
  cleanUp(subgraph);
  const fork = g.create(n.kind === "prim::forkClosure" ? "prim::fork" : "prim::awaitable", captured);
  fork.range = n.range;
  fork.set("Subgraph", { kind: "g", value: subgraph });
  fork.output.copyMetadata(n.output);
  fork.insertBefore(n);
  n.output.replaceAllUsesWith(fork.output);
  n.destroy();
  for (const dead of [pair, closure, context]) if (dead.outputs.every((o) => !o.uses.length)) dead.destroy();
}
