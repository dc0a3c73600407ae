/** Copies of modules with classes of their own: what freezing changes, the original keeps. */
import { ClassType } from "../../core/class_type.ts";
import { ScriptFunction } from "../../core/function.ts";
import { ScriptObject } from "../../core/ivalue.ts";
import { FunctionSchema } from "../../core/schema.ts";
import type { Type } from "../../core/types.ts";
import type { Block, Graph } from "../ir/graph.ts";
import { graphOf } from "./inliner.ts";

/**
 * A module like `module`: new classes under mangled names for it and its submodules, one for each class of the original,
 * submodules copied, and every other attribute the very value of the original.
 */
export function cloneModule(module: ScriptObject): ScriptObject {
  const types = new Map<ClassType, ClassType>(), objects = new Map<ScriptObject, ScriptObject>();
  return cloneObject(module, types, objects);
}

function cloneObject(
  from: ScriptObject,
  types: Map<ClassType, ClassType>,
  objects: Map<ScriptObject, ScriptObject>,
): ScriptObject {
  const known = objects.get(from);
  if (known) return known;
  const old = from.type, { unit } = old;
  let type = types.get(old);
  const isNew = !type;
  if (!type) {
    const name = unit.uniqueName(old.name);
    type = new ClassType(name, unit, true);
    unit.addType(name, type);
    types.set(old, type);
  }
  const values = old.attributes.map((a, i) => {
    const v = from.slots[i];
    const isModule = (a.type.kind === "Class" || a.type.kind === "Interface") && a.type.isModule;
    const copy = isModule && v instanceof ScriptObject ? cloneObject(v, types, objects) : v;
    if (isNew) {
      type.addAttribute(a.name, a.type.kind === "Class" ? types.get(a.type) ?? a.type : a.type, a.kind);
    }
    return copy;
  });
  const object = new ScriptObject(type);
  values.forEach((v, i) => object.slots[i] = v);
  objects.set(from, object);
  if (isNew) copyMembers(old, type, types);
  return object;
}

function copyMembers(from: ClassType, to: ClassType, types: ReadonlyMap<ClassType, ClassType>): void {
  to.doc = from.doc;
  for (const [name, c] of from.constants) to.constants.set(name, c);
  for (const [name, why] of from.unresolvable) to.unresolvable.set(name, why);
  const copies = new Map<ScriptFunction, ScriptFunction>();
  const copy = (fn: ScriptFunction): ScriptFunction => {
    let made = copies.get(fn);
    if (!made) copies.set(fn, made = cloneMethod(fn, to, types));
    return made;
  };
  for (const [name, fn] of from.methods) to.methods.set(name, copy(fn));
  for (const [name, fn] of from.staticMethods) to.staticMethods.set(name, fn);
  for (const [name, p] of from.properties) {
    to.properties.set(name, { name, getter: copy(p.getter), setter: p.setter && copy(p.setter) });
  }
  to.forwardHooks.push(...from.forwardHooks.map(copy));
  to.forwardPreHooks.push(...from.forwardPreHooks.map(copy));
}

function cloneMethod(
  fn: ScriptFunction,
  owner: ClassType,
  types: ReadonlyMap<ClassType, ClassType>,
): ScriptFunction {
  const graph = graphOf(fn).copy();
  const remap = (t: Type): Type => t.kind === "Class" ? types.get(t) ?? t : t;
  remapTypes(graph, remap);
  const made = new ScriptFunction(`${owner.name}.${fn.name}`, owner);
  const s = fn.schema;
  const args = (list: typeof s.args) => list.map((a) => ({ ...a, type: remap(a.type) }));
  made.schema = new FunctionSchema(s.name, s.overload, args(s.args), args(s.returns), s.isVararg, s.isVarret);
  made.graph = graph;
  made.doc = fn.doc;
  made.state = "defined";
  return made;
}

function remapTypes(graph: Graph, remap: (t: Type) => Type): void {
  const visit = (b: Block): void => {
    for (const v of b.inputs) v.setType(remap(v.type));
    for (const n of b.nodes()) {
      for (const o of n.outputs) o.setType(remap(o.type));
      if (n.has("Subgraph")) remapTypes(n.g("Subgraph"), remap);
      for (const inner of n.blocks) visit(inner);
    }
  };
  visit(graph.block);
}
