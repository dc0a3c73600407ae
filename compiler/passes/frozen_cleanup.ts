/** Takes from a frozen module the attributes, submodules and methods that its graphs do not use any more. */
import type { ClassType } from "../../core/class_type.ts";
import { ScriptObject } from "../../core/ivalue.ts";
import { isSubtypeOf } from "../../core/subtyping.ts";
import type { Graph } from "../ir/graph.ts";
import { type FrozenAttributes, withForks } from "./frozen_attributes.ts";

export function cleanUpFrozenModule(
  root: ScriptObject,
  graphs: readonly Graph[],
  attributes: FrozenAttributes,
): void {
  for (const g of graphs) keepReferenced(root, g, attributes);
  attributes.keepTheWay();
  const classes = new Map<ClassType, { keep: Set<string>; objects: Set<ScriptObject>; whole: boolean }>();
  const visit = (o: ScriptObject): void => {
    let c = classes.get(o.type);
    if (!c) classes.set(o.type, c = { keep: new Set(), objects: new Set(), whole: false });
    if (c.objects.has(o)) return;
    c.objects.add(o);
    if (
      attributes.wholeModules.has(o) || graphs.some((g) => g.outputs.some((v) => isSubtypeOf(o.type, v.type)))
    ) {
      c.whole = true;
      return;
    }
    for (const a of o.type.attributes) {
      if (!attributes.isKept(o, a.name)) continue;
      c.keep.add(a.name);
      const v = o.getAttr(a.name);
      if (v instanceof ScriptObject && v.type.isModule) visit(v);
    }
  };
  visit(root);
  for (const [type, { keep, objects, whole }] of classes) {
    if (!whole) removeUnused(type, keep, objects, attributes);
  }
  for (const g of graphs) withForks(g, removeExtraWaits);
}

/** What a graph still reads stays, in every module that it may be read from. */
function keepReferenced(root: ScriptObject, graph: Graph, attributes: FrozenAttributes): void {
  const modules = new Set([root]);
  withForks(graph, (g) => {
    for (const n of g.allNodes()) {
      if (n.kind !== "prim::GetAttr") continue;
      for (const m of modules) {
        if (m.type !== n.inputs[0].type) continue;
        attributes.keep(m, n.s("name"));
        const v = m.getAttr(n.s("name"));
        if (v instanceof ScriptObject && v.type.isModule) modules.add(v);
      }
    }
  });
}

function removeUnused(
  type: ClassType,
  keep: ReadonlySet<string>,
  objects: Iterable<ScriptObject>,
  attributes: FrozenAttributes,
): void {
  const all = [...objects];
  for (const { name } of [...type.attributes]) {
    if (keep.has(name)) continue;
    const slot = type.removeAttribute(name);
    for (const o of all) o.slots.splice(slot, 1);
  }
  for (const [name, fn] of type.methods) if (!attributes.methods.has(fn)) type.methods.delete(name);
  for (const [name, p] of type.properties) {
    if (!attributes.methods.has(p.getter)) type.properties.delete(name);
  }
}

/** Waiting for what is no future any more is nothing. */
function removeExtraWaits(graph: Graph): void {
  for (const n of graph.allNodes()) {
    if (n.kind !== "aten::wait" || n.inputs[0].type.kind === "Future") continue;
    n.output.replaceAllUsesWith(n.inputs[0]);
    n.destroy();
  }
}
