/**
 * Freezing: attributes that no method changes become constants of the graphs, everything else that is then unused goes.
 * `frozen_attributes.ts` knows which attributes may change; `frozen_cleanup.ts` takes away what is left over.
 */
import { RuntimeFault } from "../../core/errors.ts";
import type { ScriptFunction } from "../../core/function.ts";
import { DictValue, type IValue, ListValue, ScriptObject, TupleValue } from "../../core/ivalue.ts";
import { Tensor } from "../../core/tensor.ts";
import { call, withoutInterceptors } from "../../ops/dispatch.ts";
import { createConstant, isConstantable } from "../ir/constants.ts";
import type { Graph, Node, Value } from "../ir/graph.ts";
import { cloneModule } from "./clone_module.ts";
import { eliminateNoOps } from "./eliminate_no_ops.ts";
import { eraseShapeInformation } from "./erase_shape_information.ts";
import { FrozenAttributes, withForks } from "./frozen_attributes.ts";
import { cleanUpFrozenModule } from "./frozen_cleanup.ts";
import { graphOf, inline, inlineCall } from "./inliner.ts";
import { lowerSimpleTuples } from "./lower_tuples.ts";
import { runOptimization } from "./optimization.ts";

export interface FreezeOptions {
  /** Attributes, methods and attributes of submodules (`sub.scale`) that stay, `forward` aside. */
  readonly preservedAttributes?: readonly string[];
  /** Whether modules held through an interface become their own class. */
  readonly interfaces?: boolean;
  /** Whether parameters and buffers stay attributes. */
  readonly parameters?: boolean;
}

/** A frozen copy of the module. Throws RuntimeFault for unknown names and for what cannot be frozen. */
export function freezeModule(module: ScriptObject, options: FreezeOptions = {}): ScriptObject {
  const forward = module.type.methods.get("forward");
  if (forward && graphOf(forward).outputs.some((o) => o.type === module.type)) {
    throw new RuntimeFault("RuntimeError", "attempted to freeze a module that returns itself");
  }
  const clone = cloneModule(module);
  const attributes = new FrozenAttributes(clone, options.preservedAttributes ?? []);
  const methods = [...attributes.methods].map((fn) => [fn, graphOf(fn)] as const);
  for (const [, graph] of methods) {
    withForks(graph, (g) => {
      inline(g, "print");
      eraseShapeInformation(g);
    });
    if (options.interfaces ?? true) inlineInterfaceCalls(graph, attributes);
  }
  for (const [, graph] of methods) attributes.recordChanges(graph, clone, options.interfaces ?? true);
  for (const [fn, graph] of methods) {
    foldAttributes(graph, clone, attributes, options.parameters ?? false);
    withForks(graph, (g) => {
      runOptimization(g, false);
      eliminateNoOps(g);
      lowerSimpleTuples(g);
    });
    fn.code = undefined;
  }
  cleanUpFrozenModule(clone, methods.map(([, g]) => g), attributes);
  return clone;
}

/** A module behind an interface is known once and for all: its methods go in line, and its attribute has its class. */
function inlineInterfaceCalls(graph: Graph, attributes: FrozenAttributes): void {
  for (const n of graph.allNodes()) {
    if (n.kind === "prim::SetAttr") refuseSwap(n, graph, attributes);
    if (n.kind !== "prim::GetAttr" || n.output.type.kind !== "Interface") continue;
    const owner = attributes.constantOwner(n, graph, attributes.root);
    if (!owner) {
      throw new RuntimeFault("RuntimeError", `failed to freeze interface attribute '${n.s("name")}'`);
    }
    const held = owner.getAttr(n.s("name"));
    if (!(held instanceof ScriptObject)) continue;
    for (const { user } of n.output.uses.slice()) {
      const method: ScriptFunction | undefined = user.kind === "prim::CallMethod"
        ? held.type.methods.get(user.s("name"))
        : undefined;
      if (method) inlineCall(user, method, "print");
    }
    n.output.setType(held.type);
    const slot = owner.type.attributeSlot(n.s("name"));
    owner.type.attributes[slot] = { ...owner.type.attributes[slot], type: held.type };
  }
}

function refuseSwap(n: Node, graph: Graph, attributes: FrozenAttributes): void {
  const of = attributes.moduleOf(n.inputs[0], graph, attributes.root);
  if (of?.type.findAttribute(n.s("name"))?.type.kind !== "Interface") return;
  throw new RuntimeFault(
    "RuntimeError",
    `Freezing does not support SetAttr on an interface type. SetAttr is attempted on '${n.s("name")}'`,
  );
}

/** Constants in the place of attributes, at the top of the graph, named by the way to them (`self.sub.weight`). */
function foldAttributes(
  graph: Graph,
  root: ScriptObject,
  attributes: FrozenAttributes,
  keepParameters: boolean,
): void {
  const first = graph.block.first;
  const made = new Map<ScriptObject, Map<string, Value>>();
  const training = root.type.hasAttribute("training") && root.getAttr("training") === true;
  for (const n of [...graph.allNodes()]) {
    if (n.kind === "prim::fork") {
      attributes.inFork(n, graph, root, (sub, base) => foldAttributes(sub, base, attributes, keepParameters));
    }
    if (n.kind !== "prim::GetAttr") continue;
    const name = n.s("name");
    const owner = attributes.constantOwner(n, graph, root);
    if (!owner) continue;
    let v = made.get(owner)?.get(name);
    if (!v) {
      const attribute = owner.type.findAttribute(name)!;
      if ((training || keepParameters) && attribute.kind !== "attribute") continue;
      if (training && name === "training") continue;
      const value = withoutGradients(owner.getAttr(name));
      if (value instanceof ScriptObject || !isConstantable(value)) continue;
      v = createConstant(graph, value).insertBefore(first).output;
      v.setDebugName(["self", ...attributes.pathOf(n.inputs[0], graph)!, name].join("."));
      if (!made.has(owner)) made.set(owner, new Map());
      made.get(owner)!.set(name, v);
    }
    n.output.replaceAllUsesWith(v);
    // The node is dead code now, and may be the one that constants are put in front of.
    n.removeAllInputs();
  }
}

/** The value without its history of gradients; containers hold detached tensors in the place of theirs. */
function withoutGradients(v: IValue): IValue {
  if (v instanceof Tensor) {
    return v.requiresGrad ? withoutInterceptors(() => call("aten::detach", v)) : v;
  }
  if (v instanceof TupleValue) return new TupleValue(v.items.map(withoutGradients), v.type);
  if (v instanceof ListValue) v.items.forEach((x, i) => v.items[i] = withoutGradients(x));
  if (v instanceof DictValue) { for (const [k, x] of v.entries()) v.set(k, withoutGradients(x)); }
  return v;
}
