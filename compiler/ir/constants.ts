/** Constants in graphs: `prim::Constant` nodes and the IValues they hold. */
import type { SourceRange } from "../../core/source.ts";
import { Device } from "../../core/device.ts";
import {
  DictValue,
  EnumValue,
  FunctionValue,
  FutureValue,
  type IValue,
  ListValue,
  PyObjectValue,
  ScriptObject,
  TupleValue,
} from "../../core/ivalue.ts";
import { Complex, Float } from "../../core/scalar.ts";
import { Tensor } from "../../core/tensor.ts";
import {
  BoolType,
  CapsuleType,
  ComplexType,
  DeviceObjType,
  DictType,
  FloatType,
  FunctionType,
  FutureType,
  GeneratorType,
  IntType,
  ListType,
  NoneType,
  PyObjectType,
  StringType,
  TensorType,
  TupleType,
  type Type,
} from "../../core/types.ts";
import type { Graph, Node, Value } from "./graph.ts";

/** The most exact type of a value; a tensor's shows shape, strides and device as graphs print them. */
export function typeOfIValue(v: IValue): Type {
  if (v === null) return NoneType;
  switch (typeof v) {
    case "boolean":
      return BoolType;
    case "number":
    case "bigint":
      return IntType;
    case "string":
      return StringType;
  }
  if (v instanceof Float) return FloatType;
  if (v instanceof Complex) return ComplexType;
  if (v instanceof Tensor) {
    return new TensorType({
      scalarType: v.scalarType,
      sizes: v.sizes,
      strides: v.strides,
      requiresGrad: v.requiresGrad,
      device: v.device,
    });
  }
  if (v instanceof Device) return DeviceObjType;
  if (v instanceof ListValue) return new ListType(v.elemType);
  if (v instanceof DictValue) return new DictType(v.keyType, v.valueType);
  if (v instanceof TupleValue) return v.type ?? new TupleType(v.items.map(typeOfIValue));
  if (v instanceof ScriptObject) return v.type;
  if (v instanceof EnumValue) return v.type;
  if (v instanceof FutureValue) return new FutureType(v.elemType);
  if (v instanceof FunctionValue) return new FunctionType(v.fn.qualifiedName);
  if (v instanceof PyObjectValue) return PyObjectType;
  return "kind" in v && v.kind === "Generator" ? GeneratorType : CapsuleType;
}

/** Whether a value may stand in a graph as a constant: no objects but enums, no futures, no requires_grad tensors. */
export function isConstantable(v: IValue): boolean {
  if (v === null || typeof v !== "object") return true;
  if (v instanceof Float || v instanceof Complex || v instanceof Device || v instanceof EnumValue) {
    return true;
  }
  if (v instanceof Tensor) return !v.requiresGrad;
  if (v instanceof ListValue || v instanceof TupleValue) return v.items.every(isConstantable);
  if (v instanceof DictValue) {
    return [...v.entries()].every(([k, x]) => isConstantable(k) && isConstantable(x));
  }
  return false;
}

/** A `prim::Constant` node, not yet inserted. A null value of no given type is `None`. */
export function createConstant(graph: Graph, v: IValue, range?: SourceRange, type?: Type): Node {
  const n = graph.create("prim::Constant");
  n.range = range;
  if (v instanceof FunctionValue) n.set("name", { kind: "s", value: v.fn.name });
  if (v !== null) n.set("value", { kind: "ival", value: v });
  n.output.setType(type ?? typeOfIValue(v));
  return n;
}

/** Inserts a constant at the graph's insert point and returns its value. */
export function insertConstant(graph: Graph, v: IValue, range?: SourceRange, type?: Type): Value {
  return graph.insertNode(createConstant(graph, v, range, type)).output;
}

/** The constant behind a value; undefined when it is no constant. Raw: floats are `Float`. */
export function toIValue(v: Value): IValue | undefined {
  if (v.node.kind !== "prim::Constant") return undefined;
  const a = v.node.attributes.get("value");
  if (!a) return v.node.has("name") ? undefined : null;
  return a.kind === "ival" ? a.value : undefined;
}

/** Whether the value is the constant None. */
export function isNoneConstant(v: Value): boolean {
  return v.node.kind === "prim::Constant" && toIValue(v) === null;
}
