/** Graphs as Python walks them: torch.Graph, Node, Value, Block. */
import type { Block, Graph, Node, Value } from "../../../compiler/ir/graph.ts";
import { toIValue } from "../../../compiler/ir/constants.ts";
import { isNondeterministic } from "../../../compiler/passes/nondeterministic.ts";
import { graphToString, nodeToString } from "../../../compiler/ir/printer.ts";
import * as r from "../../runtime/mod.ts";
import { toPython } from "./convert.ts";

export const graphType: r.PyType = r.nativeType("Graph", { module: "torch" });
export const nodeType: r.PyType = r.nativeType("Node", { module: "torch" });
export const valueType: r.PyType = r.nativeType("Value", { module: "torch" });
export const blockType: r.PyType = r.nativeType("Block", { module: "torch" });
export const typeType: r.PyType = r.nativeType("JitType", { module: "torch._C" });

/** One wrapper an object, so that `is` and `==` work. */
class Wrapped<T extends object> extends r.PyObject {
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
export const pyType = (t: object): r.Value => wrap(typeType, t);
const pyNode = (n: Node): r.Value => wrap(nodeType, n);
const pyValue = (v: Value): r.Value => wrap(valueType, v);
const list = (items: Iterable<r.Value>): r.PyList => new r.PyList([...items]);

type G = Wrapped<Graph>;
type N = Wrapped<Node>;
type V = Wrapped<Value>;
type B = Wrapped<Block>;

r.methods(graphType, {
  __str__: ["", (g: G) => graphToString(g.inner)],
  __repr__: ["", (g: G) => graphToString(g.inner)],
  str: [
    "print_source_ranges=True",
    (g: G, places: r.Value) => graphToString(g.inner, { sourceRanges: places !== false }),
  ],
  nodes: ["", (g: G) => r.iterObject(list([...g.inner.block.nodes()].map(pyNode)))],
  inputs: ["", (g: G) => r.iterObject(list(g.inner.inputs.map(pyValue)))],
  outputs: ["", (g: G) => r.iterObject(list(g.inner.outputs.map(pyValue)))],
  copy: ["", (g: G) => pyGraph(g.inner.copy())],
  findNode: ["kind, recurse=True", (g: G, kind: string) => {
    for (const n of g.inner.allNodes()) if (n.kind === kind) return pyNode(n);
    return null;
  }],
  findAllNodes: ["kind, recurse=True", (g: G, kind: string, recurse: r.Value) => {
    const nodes = recurse === false ? g.inner.block.nodes() : g.inner.allNodes();
    return list([...nodes].filter((n) => n.kind === kind).map(pyNode));
  }],
});
r.methods(nodeType, {
  __str__: ["", (n: N) => nodeToString(n.inner)],
  __repr__: ["", (n: N) => nodeToString(n.inner)],
  kind: ["", (n: N) => n.inner.kind],
  inputs: ["", (n: N) => r.iterObject(list(n.inner.inputs.map(pyValue)))],
  outputs: ["", (n: N) => r.iterObject(list(n.inner.outputs.map(pyValue)))],
  inputsSize: ["", (n: N) => n.inner.inputs.length],
  outputsSize: ["", (n: N) => n.inner.outputs.length],
  output: ["", (n: N) => pyValue(n.inner.output)],
  input: ["", (n: N) => pyValue(n.inner.inputs[0])],
  inputsAt: ["i", (n: N, i: number) => pyValue(n.inner.inputs[i])],
  outputsAt: ["i", (n: N, i: number) => pyValue(n.inner.outputs[i])],
  blocks: ["", (n: N) => r.iterObject(list(n.inner.blocks.map((b) => wrap(blockType, b))))],
  owningBlock: ["", (n: N) => n.inner.block ? wrap(blockType, n.inner.block) : null],
  attributeNames: ["", (n: N) => list(n.inner.attributes.keys())],
  hasAttribute: ["name", (n: N, name: string) => n.inner.has(name)],
  s: ["name", (n: N, name: string) => n.inner.s(name)],
  sourceRange: ["", (n: N) => n.inner.range?.highlight() ?? ""],
  isNondeterministic: ["", (n: N) => isNondeterministic(n.inner)],
  scopeName: ["", (n: N) => n.inner.scope],
  schema: ["", (n: N) => n.inner.schemaKey ?? "(no schema)"],
});
r.methods(valueType, {
  __str__: [
    "",
    (v: V) => `${v.inner.debugName} defined in (${nodeToString(v.inner.node).split("\n")[0].trim()})`,
  ],
  debugName: ["", (v: V) => v.inner.debugName],
  setDebugName: ["name", (v: V, name: string) => {
    v.inner.setDebugName(name);
    return v;
  }],
  type: ["", (v: V) => wrap(typeType, v.inner.type)],
  node: ["", (v: V) => pyNode(v.inner.node)],
  toIValue: ["", (v: V) => {
    const c = toIValue(v.inner);
    return c === undefined ? null : toPython(c);
  }],
  uses: ["", (v: V) => list(v.inner.uses.map((u) => new PyUse(u.user, u.offset)))],
  unique: ["", (v: V) => v.inner.id],
  offset: ["", (v: V) => v.inner.offset],
});
/** One use of a value: the node and which of its inputs. */
const useType = r.nativeType("Use", { module: "torch" });
class PyUse extends r.PyObject {
  constructor(readonly user: Node, readonly offset: number) {
    super(useType);
  }
}
r.getset(useType, "user", (u: PyUse) => pyNode(u.user));
r.getset(useType, "offset", (u: PyUse) => u.offset);
r.methods(blockType, {
  nodes: ["", (b: B) => r.iterObject(list([...b.inner.nodes()].map(pyNode)))],
  inputs: ["", (b: B) => r.iterObject(list(b.inner.inputs.map(pyValue)))],
  outputs: ["", (b: B) => r.iterObject(list(b.inner.outputs.map(pyValue)))],
});
r.methods(typeType, {
  __str__: ["", (t: Wrapped<object>) => String(t.inner)],
  __repr__: ["", (t: Wrapped<object>) => String(t.inner)],
  kind: ["", (t: Wrapped<{ kind: string }>) => `${t.inner.kind}Type`],
});
r.getset(typeType, "annotation_str", (t: Wrapped<{ annotation(): string }>) => t.inner.annotation());
