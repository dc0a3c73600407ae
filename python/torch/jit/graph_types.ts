/** Graphs as Python walks and changes them: torch.Graph. `node_objects.ts` has what is inside, `type_objects.ts` types. */
import { createConstant } from "../../../compiler/ir/constants.ts";
import { Graph, type Value } from "../../../compiler/ir/graph.ts";
import { graphToString } from "../../../compiler/ir/printer.ts";
import { verifyGraph } from "../../../compiler/ir/verifier.ts";
import { AnyType, TupleType } from "../../../core/types.ts";
import { PyObjectValue } from "../../../core/ivalue.ts";
import * as r from "../../runtime/mod.ts";
import { toScript } from "./convert.ts";
import {
  type B,
  blockType,
  type G,
  graphType,
  iteratorOf,
  type N,
  nodeType,
  pyBlock,
  pyGraph,
  pyNode,
  pyValue,
  searches,
  useType,
  type V,
  valueType,
} from "./node_objects.ts";
import { pyType, typeClasses } from "./type_objects.ts";

export { graphType, pyGraph, pyType };

/** The classes of graphs and their parts, and of types, by name. */
export function graphClasses(): Record<string, r.Value> {
  return {
    Graph: graphType,
    Node: nodeType,
    Value: valueType,
    Block: blockType,
    Use: useType,
    ...typeClasses(),
  };
}

const values = (list: r.Value): Value[] => r.collect(list).map((v) => (v as V).inner);
let printsPlaces = true;

r.methods(graphType, {
  __new__: ["", () => pyGraph(new Graph())],
  __str__: ["", (g: G) => graphToString(g.inner, { sourceRanges: printsPlaces })],
  __repr__: ["", (g: G) => graphToString(g.inner, { sourceRanges: printsPlaces })],
  str: [
    "print_source_ranges=True",
    (g: G, places: r.Value) => graphToString(g.inner, { sourceRanges: places !== false }),
  ],
  nodes: ["", (g: G) => iteratorOf([...g.inner.block.nodes()].map(pyNode))],
  inputs: ["", (g: G) => iteratorOf(g.inner.inputs.map(pyValue))],
  outputs: ["", (g: G) => iteratorOf(g.inner.outputs.map(pyValue))],
  block: ["", (g: G) => pyBlock(g.inner.block)],
  param_node: ["", (g: G) => pyNode(g.inner.block.param)],
  return_node: ["", (g: G) => pyNode(g.inner.block.ret)],
  copy: ["", (g: G) => pyGraph(g.inner.copy())],
  ...searches((g: G) => [g.inner.block]),
  lint: ["", (g: G) => {
    verifyGraph(g.inner);
    return null;
  }],
  addInput: ["name=''", (g: G, name: string) => pyValue(g.inner.addInput(name))],
  eraseInput: ["i", (g: G, i: number) => {
    const v = g.inner.inputs[i];
    if (!v) throw r.runtimeError(`ArrayRef: invalid index Index = ${i}; Length = ${g.inner.inputs.length}`);
    if (v.uses.length) throw r.runtimeError(`the input %${v.debugName} is still used`);
    g.inner.block.param.eraseOutput(i);
    return null;
  }],
  registerOutput: ["value", (g: G, v: V) => {
    g.inner.registerOutput(v.inner);
    return g.inner.outputs.length - 1;
  }],
  eraseOutput: ["i", (g: G, i: number) => {
    g.inner.block.ret.removeInput(i);
    return null;
  }],
  permuteInputs: ["order", (g: G, order: r.Value) => {
    const old = g.inner.inputs.slice();
    r.collect(order).forEach((from, i) => {
      g.inner.block.param.outputs[i] = old[Number(from)];
      old[Number(from)].offset = i;
    });
    return null;
  }],
  makeMultiOutputIntoTuple: ["", (g: G) => {
    const outs = g.inner.outputs.slice();
    if (outs.length === 1) return null;
    const made = g.inner.block.append(g.inner.create("prim::TupleConstruct", outs));
    made.output.setType(new TupleType(outs.map((o) => o.type)));
    g.inner.block.ret.removeAllInputs();
    g.inner.registerOutput(made.output);
    return null;
  }],
  create: ["kind, *args", (g: G, kind: string, args: r.Value[]) => {
    const inputs = args.length && typeof args[0] !== "number" ? values(args[0]) : [];
    const outputs = args.find((a) => typeof a === "number");
    return pyNode(g.inner.create(kind, inputs, typeof outputs === "number" ? outputs : 1));
  }],
  createClone: [
    "node, map",
    (g: G, n: N, map: r.Value) =>
      pyNode(g.inner.createClone(n.inner, (v) => (r.call(map, [pyValue(v)]) as V).inner)),
  ],
  insertNode: ["node", (g: G, n: N) => pyNode(g.inner.insertNode(n.inner))],
  appendNode: ["node", (g: G, n: N) => pyNode(g.inner.block.append(n.inner))],
  prependNode: ["node", (g: G, n: N) => pyNode(g.inner.block.prepend(n.inner))],
  insertConstant: ["value", (g: G, v: r.Value) => {
    const c = toScript(v, AnyType);
    if (c instanceof PyObjectValue) {
      throw r.runtimeError(`${r.repr(v)} cannot stand in a graph as a constant`);
    }
    return pyValue(g.inner.insertNode(createConstant(g.inner, c)).output);
  }],
  insertGraph: ["callee, inputs", (g: G, callee: G, inputs: r.Value) => {
    const map = new Map<Value, Value>();
    callee.inner.inputs.forEach((p, i) => map.set(p, values(inputs)[i]));
    for (const n of callee.inner.block.nodes()) {
      const copy = g.inner.insertNode(g.inner.createClone(n, (v) => map.get(v)!));
      n.outputs.forEach((o, i) => map.set(o, copy.outputs[i]));
    }
    return new r.PyList(callee.inner.outputs.map((o) => pyValue(map.get(o)!)));
  }],
  insertPoint: ["", (g: G) => pyNode(g.inner.insertPoint)],
  setInsertPoint: ["at", (g: G, at: N | B) => {
    g.inner.insertPoint = r.typeOf(at) === blockType ? (at as B).inner.ret : (at as N).inner;
    return null;
  }],
  insert_point_guard: ["at", (g: G, at: N | B) => new InsertPointGuard(g, at)],
});
graphType.setOwn(
  "set_global_print_source_ranges",
  new r.PyStaticMethod(r.fn("set_global_print_source_ranges", "enabled=True", (on: r.Value) => {
    printsPlaces = on !== false;
    return null;
  })),
);
r.getset(graphType, "global_print_source_ranges", () => printsPlaces, (_g, v) => {
  printsPlaces = v !== false;
});

/** `with graph.insert_point_guard(node):` inserts before the node until the block ends. */
const guardType = r.nativeType("InsertPointGuard", { module: "torch" });
class InsertPointGuard extends r.PyObject {
  #saved: G["inner"]["insertPoint"] | undefined;
  constructor(readonly graph: G, readonly at: N | B) {
    super(guardType);
  }
  enter(): void {
    this.#saved = this.graph.inner.insertPoint;
    r.callMethod(this.graph, "setInsertPoint", [this.at]);
  }
  exit(): void {
    this.graph.inner.insertPoint = this.#saved!;
  }
}
r.methods(guardType, {
  __enter__: ["", (g: InsertPointGuard) => {
    g.enter();
    return g;
  }],
  __exit__: ["*args", (g: InsertPointGuard) => {
    g.exit();
    return null;
  }],
});
