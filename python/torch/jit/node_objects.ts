/** Nodes, values, uses and blocks of graphs as Python walks and changes them. */
import { toIValue } from "../../../compiler/ir/constants.ts";
import type { Attribute, Block, Graph, Node, Value } from "../../../compiler/ir/graph.ts";
import { nodeToString } from "../../../compiler/ir/printer.ts";
import { isNondeterministic } from "../../../compiler/passes/nondeterministic.ts";
import { Device } from "../../../core/device.ts";
import type { FunctionSchema } from "../../../core/schema.ts";
import { parseSchema } from "../../../core/schema_parser.ts";
import { findOperator } from "../../../ops/registry.ts";
import * as r from "../../runtime/mod.ts";
import { toPython } from "./convert.ts";
import { attribute, attributeNames, setAttribute } from "./node_attributes.ts";
import { pyType, typeOf } from "./type_objects.ts";

export const graphType: r.PyType = r.nativeType("Graph", { module: "torch" });
export const nodeType: r.PyType = r.nativeType("Node", { module: "torch" });
export const valueType: r.PyType = r.nativeType("Value", { module: "torch" });
export const blockType: r.PyType = r.nativeType("Block", { module: "torch" });
export const useType: r.PyType = r.nativeType("Use", { module: "torch" });

/** One wrapper an object, so that `is` and `==` work. */
export class Wrapped<T extends object> extends r.PyObject {
  constructor(cls: r.PyType, readonly inner: T) {
    super(cls);
  }
}
const wrappers = new WeakMap<object, Wrapped<object>>();
function wrap(cls: r.PyType, o: object): r.Value {
  let w = wrappers.get(o);
  if (!w) wrappers.set(o, w = new Wrapped(cls, o));
  return w;
}
export const pyGraph = (g: Graph): r.Value => wrap(graphType, g);
export const pyNode = (n: Node): r.Value => wrap(nodeType, n);
export const pyValue = (v: Value): r.Value => wrap(valueType, v);
export const pyBlock = (b: Block): r.Value => wrap(blockType, b);

export type G = Wrapped<Graph>;
export type N = Wrapped<Node>;
export type V = Wrapped<Value>;
export type B = Wrapped<Block>;

export const listOf = (items: Iterable<r.Value>): r.PyList => new r.PyList([...items]);
export const iteratorOf = (items: Iterable<r.Value>): r.Value => r.iterObject(listOf(items));

/** An element of a node's values; PyTorch's message for an index beyond them. */
function at<X>(items: readonly X[], i: number): X {
  const v = items[i < 0 ? -1 : i];
  if (v === undefined) {
    throw r.runtimeError(`ArrayRef: invalid index Index = ${i}; Length = ${items.length}`);
  }
  return v;
}

function schemaOf(n: Node): FunctionSchema | undefined {
  return n.schemaKey === undefined ? undefined : findOperator(n.schemaKey)?.schema;
}

/** Nodes of a kind, in a block and, with `recurse`, in the blocks of its nodes. */
export function* nodesOfKind(block: Block, kind: string, recurse: boolean): Generator<Node> {
  for (const n of recurse ? block.graph.allNodes(block) : block.nodes()) if (n.kind === kind) yield n;
}
export const searches = <W extends r.PyObject>(blocksOf: (w: W) => readonly Block[]): r.MethodTable => ({
  findNode: ["kind, recurse=True", (w: W, kind: string, recurse: r.Value) => {
    for (const b of blocksOf(w)) for (const n of nodesOfKind(b, kind, recurse !== false)) return pyNode(n);
    return null;
  }],
  findAllNodes: [
    "kind, recurse=True",
    (w: W, kind: string, recurse: r.Value) =>
      listOf(blocksOf(w).flatMap((b) => [...nodesOfKind(b, kind, recurse !== false)].map(pyNode))),
  ],
});

r.methods(nodeType, {
  __str__: ["", (n: N) => nodeToString(n.inner)],
  __repr__: ["", (n: N) => nodeToString(n.inner)],
  kind: ["", (n: N) => n.inner.kind],
  inputs: ["", (n: N) => iteratorOf(n.inner.inputs.map(pyValue))],
  outputs: ["", (n: N) => iteratorOf(n.inner.outputs.map(pyValue))],
  inputsSize: ["", (n: N) => n.inner.inputs.length],
  outputsSize: ["", (n: N) => n.inner.outputs.length],
  output: ["", (n: N) => pyValue(single(n.inner, n.inner.outputs, "output"))],
  input: ["", (n: N) => pyValue(single(n.inner, n.inner.inputs, "input"))],
  inputsAt: ["i", (n: N, i: number) => pyValue(at(n.inner.inputs, i))],
  outputsAt: ["i", (n: N, i: number) => pyValue(at(n.inner.outputs, i))],
  namedInput: ["name", (n: N, name: string) => {
    const i = schemaOf(n.inner)?.argIndex(name) ?? -1;
    if (i < 0) throw r.runtimeError(`Couldn't find an argument called ${name}`);
    return pyValue(at(n.inner.inputs, i));
  }],
  hasMultipleOutputs: ["", (n: N) => n.inner.outputs.length > 1],
  hasUses: ["", (n: N) => n.inner.outputs.some((o) => o.uses.length > 0)],
  blocks: ["", (n: N) => iteratorOf(n.inner.blocks.map(pyBlock))],
  addBlock: ["", (n: N) => pyBlock(n.inner.addBlock())],
  owningBlock: ["", (n: N) => n.inner.block ? pyBlock(n.inner.block) : null],
  prev: ["", (n: N) => n.inner.prev ? pyNode(n.inner.prev) : null],
  sourceRange: ["", (n: N) => n.inner.range?.highlight() ?? ""],
  isNondeterministic: ["", (n: N) => isNondeterministic(n.inner)],
  mustBeNone: ["", (n: N) => n.inner.outputs.length === 1 && n.inner.output.type.kind === "None"],
  scopeName: ["", (n: N) => n.inner.scope],
  getModuleHierarchy: ["", (n: N) => hierarchy(n.inner)],
  schema: ["", (n: N) => String(schemaOf(n.inner) ?? "(no schema)")],
  matches: ["schema", (n: N, text: string) => {
    const mine = schemaOf(n.inner), wanted = parseSchema(text);
    return mine !== undefined && mine.name === wanted.name &&
      (wanted.overload === "" || wanted.overload === mine.overload) && sameArguments(mine, wanted);
  }],
  isBefore: ["other", (n: N, o: N) => n.inner !== o.inner && n.inner.isBefore(o.inner)],
  isAfter: ["other", (n: N, o: N) => n.inner !== o.inner && o.inner.isBefore(n.inner)],
  insertBefore: ["other", (n: N, o: N) => pyNode(n.inner.insertBefore(o.inner))],
  insertAfter: ["other", (n: N, o: N) => pyNode(n.inner.insertAfter(o.inner))],
  moveBefore: ["other", (n: N, o: N) => done(n.inner.moveBefore(o.inner))],
  moveAfter: ["other", (n: N, o: N) => done(n.inner.moveAfter(o.inner))],
  destroy: ["", (n: N) => {
    const used = n.inner.outputs.find((o) => o.uses.length);
    if (used) throw r.runtimeError(`%${used.debugName} of the node that is destroyed is still used`);
    return done(n.inner.destroy());
  }],
  addInput: ["value", (n: N, v: V) => {
    n.inner.addInput(v.inner);
    return v;
  }],
  addOutput: ["", (n: N) => pyValue(n.inner.addOutput())],
  eraseOutput: ["i", (n: N, i: number) => done(n.inner.eraseOutput(i))],
  replaceInput: ["i, value", (n: N, i: number, v: V) => {
    at(n.inner.inputs, i);
    return pyValue(n.inner.replaceInput(i, v.inner));
  }],
  replaceInputWith: ["value, by", (n: N, from: V, to: V) => {
    n.inner.inputs.forEach((v, i) => {
      if (v === from.inner) n.inner.replaceInput(i, to.inner);
    });
    return null;
  }],
  removeInput: ["i", (n: N, i: number) => {
    at(n.inner.inputs, i);
    return done(n.inner.removeInput(i));
  }],
  removeAllInputs: ["", (n: N) => done(n.inner.removeAllInputs())],
  replaceAllUsesWith: [
    "other",
    (n: N, o: N) => done(n.inner.outputs.forEach((v, i) => v.replaceAllUsesWith(at(o.inner.outputs, i)))),
  ],
  copyMetadata: ["other", (n: N, o: N) => {
    n.inner.range = o.inner.range;
    n.inner.callStack = o.inner.callStack;
    n.inner.scope = o.inner.scope;
    return null;
  }],
  copyAttributes: ["other", (n: N, o: N) => {
    n.inner.attributes.clear();
    for (const [name, a] of o.inner.attributes) n.inner.set(name, a);
    return n;
  }],
  ...searches((n: N) => n.inner.blocks),
  attributeNames: ["", (n: N) => listOf(attributeNames(n.inner))],
  hasAttribute: ["name", (n: N, name: string) => attributeNames(n.inner).includes(name)],
  hasAttributes: ["", (n: N) => attributeNames(n.inner).length > 0],
  removeAttribute: ["name", (n: N, name: string) => {
    attribute(n.inner, name);
    n.inner.attributes.delete(name);
    return n;
  }],
  kindOf: ["name", (n: N, name: string) => attribute(n.inner, name).kind],
  pyname: ["", (n: N) => n.inner.has("name") ? n.inner.s("name") : ""],
});

// `i`, `f`, `s` and so on read an attribute of that kind, `i_` and so on write one.
const READ = ["i", "f", "s", "t", "c", "is", "fs", "ss", "ival", "ty", "tys", "g"] as const;
for (const kind of READ) {
  r.methods(nodeType, {
    [kind]: ["name", (n: N, name: string) => {
      const a = attribute(n.inner, name);
      if (a.kind !== kind) throw r.runtimeError(`required keyword attribute '${name}' has the wrong type`);
      return a.value instanceof Object && kind === "g" ? pyGraph(a.value as Graph) : a.value as r.Value;
    }],
    [`${kind}_`]: ["name, value", (n: N, name: string, v: r.Value) => {
      n.inner.set(
        name,
        kind === "g" ? { kind: "g", value: (v as G).inner } : setAttribute(n.inner, kind, v) as Attribute,
      );
      return n;
    }],
  });
}

function done(_: void): null {
  return null;
}

function single(n: Node, values: readonly Value[], what: string): Value {
  if (values.length === 1) return values[0];
  const outputs = what === "input" ? n.inputs.length : n.outputs.length;
  throw r.runtimeError(
    `Tried to access a single ${what} on node '${n.kind}' which has ${outputs} outputs. ` +
      `You may consider using node.${what}s() instead.`,
  );
}

function sameArguments(a: FunctionSchema, b: FunctionSchema): boolean {
  return a.args.length === b.args.length &&
    a.args.every((x, i) => x.name === b.args[i].name && String(x.type) === String(b.args[i].type));
}

/** The way through modules on which a node was inlined: `sub(Sub).forward`. */
function hierarchy(n: Node): string {
  const parts: string[] = [];
  for (let c = n.callStack; c; c = c.caller) {
    const at = c.module;
    if (at) parts.unshift(`${at.instance}(${at.typeName.split(".").pop()})`);
  }
  return parts.join(".");
}

const described = (v: V) => `${v.inner.debugName} defined in (${nodeToString(v.inner.node)})`;
r.methods(valueType, {
  __str__: ["", described],
  __repr__: ["", described],
  debugName: ["", (v: V) => v.inner.debugName],
  setDebugName: ["name", (v: V, name: string) => {
    if (/^\d+$/.test(name)) {
      throw r.runtimeError(`Cannot have integer as name: ${name}`);
    }
    v.inner.setDebugName(name);
    return v;
  }],
  type: ["", (v: V) => pyType(v.inner.type)],
  setType: ["type", (v: V, type: r.Value) => {
    v.inner.setType(typeOf(type));
    return v;
  }],
  setTypeAs: ["other", (v: V, o: V) => {
    v.inner.setType(o.inner.type);
    return v;
  }],
  inferTypeFrom: ["value", (v: V, like: r.Value) => {
    v.inner.setType(typeOf(r.call(r.getattr(pyType(v.inner.type).cls, "create_from_tensor"), [like])));
    return null;
  }],
  copyMetadata: ["other", (v: V, o: V) => {
    v.inner.copyMetadata(o.inner);
    return v;
  }],
  node: ["", (v: V) => pyNode(v.inner.node)],
  toIValue: ["", (v: V) => {
    const c = toIValue(v.inner);
    if (c === undefined) return null;
    return c instanceof Device ? c : toPython(c);
  }],
  uses: ["", (v: V) => listOf(v.inner.uses.map((u) => new PyUse(u.user, u.offset)))],
  unique: ["", (v: V) => v.inner.id],
  offset: ["", (v: V) => v.inner.offset],
  requires_grad: ["", (v: V) => r.callMethod(pyType(v.inner.type), "requires_grad", [])],
  requiresGrad: [
    "",
    (v: V) => v.inner.type.kind === "Tensor" ? v.inner.type.facts.requiresGrad ?? null : null,
  ],
  isCompleteTensor: ["", (v: V) => {
    if (v.inner.type.kind !== "Tensor") return false;
    const { scalarType, sizes, strides, device } = v.inner.type.facts;
    const all = (l: readonly unknown[] | undefined) => l !== undefined && !l.includes(null);
    return scalarType !== undefined && device !== undefined && all(sizes) && all(strides);
  }],
  replaceAllUsesWith: ["other", (v: V, o: V) => done(v.inner.replaceAllUsesWith(o.inner))],
  replaceAllUsesAfterNodeWith: ["node, other", (v: V, n: N, o: V) => {
    for (const u of v.inner.uses.slice()) {
      if (u.user !== n.inner && n.inner.isBefore(u.user)) u.user.replaceInput(u.offset, o.inner);
    }
    return null;
  }],
});

/** One use of a value: the node and which of its inputs. */
class PyUse extends r.PyObject {
  constructor(readonly user: Node, readonly offset: number) {
    super(useType);
  }
}
r.getset(useType, "user", (u: PyUse) => pyNode(u.user));
r.getset(useType, "offset", (u: PyUse) => u.offset);
r.methods(useType, {
  isAfter: [
    "other",
    (u: PyUse, o: PyUse) => u.user === o.user ? u.offset > o.offset : o.user.isBefore(u.user),
  ],
});

r.methods(blockType, {
  nodes: ["", (b: B) => iteratorOf([...b.inner.nodes()].map(pyNode))],
  inputs: ["", (b: B) => iteratorOf(b.inner.inputs.map(pyValue))],
  outputs: ["", (b: B) => iteratorOf(b.inner.outputs.map(pyValue))],
  paramNode: ["", (b: B) => pyNode(b.inner.param)],
  returnNode: ["", (b: B) => pyNode(b.inner.ret)],
  owningNode: ["", (b: B) => b.inner.owner ? pyNode(b.inner.owner) : null],
  addInputToBlock: ["", (b: B) => pyValue(b.inner.addInput())],
  registerOutput: ["value", (b: B, v: V) => {
    b.inner.registerOutput(v.inner);
    return b.inner.outputs.length - 1;
  }],
  addNode: ["kind, inputs=()", (b: B, kind: string, inputs: r.Value) => {
    const given = r.collect(inputs).map((v) => (v as V).inner);
    return pyNode(b.inner.append(b.inner.graph.create(kind, given)));
  }],
  ...searches((b: B) => [b.inner]),
});
