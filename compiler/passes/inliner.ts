/** Replaces calls of compiled functions and methods by their bodies. */
import { InternalError } from "../../core/errors.ts";
import { FunctionValue } from "../../core/ivalue.ts";
import type { ScriptFunction } from "../../core/function.ts";
import { constantPooling } from "./constant_pooling.ts";
import { constantPropagation, constantPropagationImmutableTypes } from "./constant_propagation.ts";
import { peephole } from "./peephole.ts";
import { Graph, type InlinedCall, type Node, type Value } from "../ir/graph.ts";

/** The function that a call node calls; undefined for interface methods, which only run time knows. */
export function calleeOf(n: Node): ScriptFunction | undefined {
  if (n.kind === "prim::CallFunction") {
    const a = n.inputs[0].node.attributes.get("value");
    return a?.kind === "ival" && a.value instanceof FunctionValue ? a.value.fn : undefined;
  }
  if (n.kind !== "prim::CallMethod") return undefined;
  const t = n.inputs[0].type;
  return t.kind === "Class" ? t.methods.get(n.s("name")) : undefined;
}

/** Compiles the function if that has not happened yet, and gives its graph. */
export function graphOf(fn: ScriptFunction): Graph {
  fn.ensureDefined?.();
  if (!(fn.graph instanceof Graph)) throw new InternalError(`${fn.qualifiedName} has no graph`);
  return fn.graph;
}

/**
 * What a callee goes through before its body is put in line: `print` has just PyTorch's passes, which printed graphs
 * show down to the order of constants; `run` folds what it can.
 */
export type InlinePurpose = "run" | "print";

/** Inlines every call in place, inner ones too; nodes remember the calls they came through. */
export function inline(graph: Graph, purpose: InlinePurpose = "run"): void {
  for (const n of graph.allNodes()) {
    const fn = calleeOf(n);
    if (fn) inlineCall(n, fn, purpose);
  }
}

const optimized = { run: new WeakMap<Graph, Graph>(), print: new WeakMap<Graph, Graph>() };

/** A callee's body after its first passes. Made once a function and never changed: callers clone from it. */
function optimizedGraph(fn: ScriptFunction, purpose: InlinePurpose): Graph {
  const original = graphOf(fn);
  let g = optimized[purpose].get(original);
  if (g) return g;
  g = original.copy();
  inline(g, purpose);
  if (purpose === "print") peephole(g);
  constantPropagationImmutableTypes(g);
  if (purpose === "run") constantPropagation(g);
  constantPooling(g);
  optimized[purpose].set(original, g);
  return g;
}

/** Puts a body in the place of a call of it. */
export function inlineCall(call: Node, fn: ScriptFunction, purpose: InlinePurpose): void {
  const body = optimizedGraph(fn, purpose);
  const args = call.kind === "prim::CallFunction" ? call.inputs.slice(1) : call.inputs.slice();
  const map = new Map<Value, Value>();
  body.inputs.forEach((p, i) => map.set(p, args[i]));
  const stacks = new Stacks(frameOf(call, fn));
  for (const n of body.block.nodes()) {
    const copy = call.graph.createClone(n, (v) => map.get(v)!).insertBefore(call);
    n.outputs.forEach((o, i) => map.set(o, copy.outputs[i]));
    // PyTorch tags by the values that were mapped: what has no result (and its blocks) forgets how it came here.
    if (n.outputs.length) tagWithCall(copy, stacks);
  }
  call.outputs.forEach((o, i) => {
    const v = map.get(body.outputs[i])!;
    // The caller's name for the result outlives the callee's.
    if (o.hasDebugName && v.node.kind !== "prim::Param") {
      const name = o.debugName;
      o.setDebugName("");
      v.setDebugName(name);
    }
    o.replaceAllUsesWith(v);
  });
  // The constant of the function stays, as in PyTorch's inlined graphs; dead code elimination takes it.
  call.destroy();
}

function frameOf(call: Node, fn: ScriptFunction): InlinedCall {
  const self = call.kind === "prim::CallMethod" ? call.inputs[0] : undefined;
  const module = self && self.type.kind === "Class"
    ? {
      typeName: self.type.name,
      instance: self.node.kind === "prim::GetAttr" ? self.node.s("name") : "self",
    }
    : undefined;
  return { functionName: fn.name, module, range: call.range, caller: call.callStack };
}

/** The stacks that the callee's own inlining left, each with the call outermost; one call stays one object. */
class Stacks {
  readonly #copies = new Map<InlinedCall, InlinedCall>();
  constructor(readonly frame: InlinedCall) {}

  under(stack: InlinedCall | undefined): InlinedCall {
    if (!stack) return this.frame;
    let copy = this.#copies.get(stack);
    if (!copy) this.#copies.set(stack, copy = { ...stack, caller: this.under(stack.caller) });
    return copy;
  }
}

function tagWithCall(n: Node, stacks: Stacks): void {
  n.callStack = stacks.under(n.callStack);
  for (const b of n.blocks) for (const inner of b.nodes()) tagWithCall(inner, stacks);
}
