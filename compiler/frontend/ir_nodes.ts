/** Makers of the `prim::` nodes that the frontend emits; types of outputs follow from inputs. */
import { Diagnostic, InternalError } from "../../core/errors.ts";
import type { ScriptFunction } from "../../core/function.ts";
import { FunctionValue, type IValue } from "../../core/ivalue.ts";
import type { SourceRange } from "../../core/source.ts";
import {
  BoolType,
  DictType,
  type EnumType,
  ListType,
  NoneType,
  StringType,
  TupleType,
  type Type,
} from "../../core/types.ts";
import type { ClassType } from "../../core/class_type.ts";
import { createConstant } from "../ir/constants.ts";
import type { Graph, Node, Value } from "../ir/graph.ts";

export function constant(g: Graph, v: IValue, range?: SourceRange): Value {
  return g.insertNode(createConstant(g, v, range)).output;
}

/** A node of `kind` with one output of type `t`, inserted at the insert point. */
export function insertTyped(g: Graph, kind: string, inputs: readonly Value[], t: Type): Value {
  return g.insert(kind, inputs).output.setType(t);
}

export function createLoad(g: Graph, name: string, t: Type): Node {
  const n = g.create("prim::Load").set("name", { kind: "s", value: name });
  n.output.setType(t);
  return n;
}
export function createStore(g: Graph, name: string, v: Value): Node {
  return g.create("prim::Store", [v], 0).set("name", { kind: "s", value: name });
}
export function createUninitialized(g: Graph, t: Type): Node {
  const n = g.create("prim::Uninitialized");
  n.output.setType(t);
  return n;
}
export function createNone(g: Graph): Node {
  const n = g.create("prim::Constant");
  n.output.setType(NoneType);
  return n;
}
export function createTuple(g: Graph, values: readonly Value[], type?: TupleType): Node {
  const n = g.create("prim::TupleConstruct", values);
  n.output.setType(type ?? new TupleType(values.map((v) => v.type)));
  return n;
}
export function insertTuple(g: Graph, values: readonly Value[], type?: TupleType): Value {
  return g.insertNode(createTuple(g, values, type)).output;
}
export function insertList(g: Graph, elem: Type, values: readonly Value[]): Value {
  return insertTyped(g, "prim::ListConstruct", values, new ListType(elem));
}
const DICT_KEYS = new Set(["Any", "int", "bool", "float", "complex", "str", "Tensor", "Device"]);

/** `Dict[key, value]`; throws when keys of the type cannot be looked up. */
export function dictOf(key: Type, value: Type): DictType {
  if (DICT_KEYS.has(key.kind)) return new DictType(key, value);
  throw new Diagnostic(
    `Cannot create dict for key type '${key}', only int, float, complex, Tensor, device and string keys are supported`,
    undefined,
  );
}
export function insertDict(
  g: Graph,
  key: Type,
  value: Type,
  keys: readonly Value[],
  values: readonly Value[],
): Value {
  const inputs = keys.flatMap((k, i) => [k, values[i]]);
  return insertTyped(g, "prim::DictConstruct", inputs, dictOf(key, value));
}
export function insertUncheckedCast(g: Graph, v: Value, t: Type): Value {
  return insertTyped(g, "prim::unchecked_cast", [v], t);
}

/** The elements of a tuple value: what it was made of, when that is in sight. */
export function tupleElements(g: Graph, v: Value): readonly Value[] {
  if (v.node.kind === "prim::TupleConstruct") return v.node.inputs.slice();
  if (v.type.kind !== "Tuple") throw new InternalError(`unpacking a ${v.type}`);
  const n = g.create("prim::TupleUnpack", [v], 0);
  for (const t of v.type.elems) n.addOutput(t);
  return g.insertNode(n).outputs.slice();
}
export function insertListUnpack(g: Graph, v: Value, size: number): readonly Value[] {
  const n = g.create("prim::ListUnpack", [v], size);
  for (const o of n.outputs) o.setType((v.type as ListType).elem);
  return g.insertNode(n).outputs.slice();
}
export function insertTupleIndex(g: Graph, tuple: Value, index: Value, t: Type): Value {
  return insertTyped(g, "prim::TupleIndex", [tuple, index], t);
}
export function insertTupleSlice(g: Graph, tuple: Value, begin: number, step: number, count: number): Value {
  const elems = (tuple.type as TupleType).elems;
  const values: Value[] = [];
  for (let i = begin; values.length < count; i += step) {
    values.push(insertTupleIndex(g, tuple, constant(g, i), elems[i]));
  }
  return insertTuple(g, values);
}
export function insertIsInstance(g: Graph, v: Value, types: readonly Type[]): Value {
  const n = g.create("prim::isinstance", [v]).set("types", { kind: "tys", value: types });
  n.output.setType(BoolType);
  return g.insertNode(n).output;
}

/** Attribute names that would read as numbers or hold odd characters get an underscore. */
export function normalizeAttrName(name: string): string {
  return /^\d+$/.test(name) ? "_" + name : name;
}
export function insertGetAttr(g: Graph, object: Value, name: string): Value {
  const n = g.create("prim::GetAttr", [object]).set("name", { kind: "s", value: name });
  n.output.setType((object.type as ClassType).findAttribute(name)!.type).setDebugName(
    normalizeAttrName(name),
  );
  return g.insertNode(n).output;
}
export function insertSetAttr(g: Graph, object: Value, name: string, value: Value): void {
  g.insertNode(g.create("prim::SetAttr", [object, value], 0).set("name", { kind: "s", value: name }));
}
export function insertEnumName(g: Graph, v: Value): Value {
  return insertTyped(g, "prim::EnumName", [v], StringType);
}
export function insertEnumValue(g: Graph, v: Value): Value {
  return insertTyped(g, "prim::EnumValue", [v], (v.type as EnumType).valueType);
}

export function insertFunctionCall(
  g: Graph,
  fn: ScriptFunction,
  inputs: readonly Value[],
  returns: Type,
): Value {
  return insertTyped(g, "prim::CallFunction", [constant(g, new FunctionValue(fn)), ...inputs], returns);
}
export function insertMethodCall(g: Graph, name: string, inputs: readonly Value[], returns: Type): Value {
  const n = g.create("prim::CallMethod", inputs).set("name", { kind: "s", value: name });
  n.output.setType(returns);
  return g.insertNode(n).output;
}

/** Copies a graph's nodes to the insert point of `g`; returns what its outputs became. */
export function insertGraph(g: Graph, callee: Graph, inputs: readonly Value[]): Value[] {
  const map = new Map<Value, Value>();
  callee.inputs.forEach((v, i) => map.set(v, inputs[i]));
  const env = (v: Value) => {
    const x = map.get(v);
    if (!x) throw new InternalError(`%${v.debugName} is not defined in the inlined graph`);
    return x;
  };
  for (const n of callee.block.nodes()) {
    const copy = g.insertNode(g.createClone(n, env));
    n.outputs.forEach((o, i) => map.set(o, copy.outputs[i]));
  }
  return callee.outputs.map(env);
}
