/**
 * Attributes of nodes by PyTorch's kinds. Constants keep one value here where PyTorch has a kind for each sort of it:
 * `i` for ints and bools, `f`, `c`, `s` for strings and devices, `t` for tensors, `ival` for the rest.
 */
import type { Attribute, Node } from "../../../compiler/ir/graph.ts";
import { Device } from "../../../core/device.ts";
import { FunctionValue, type IValue } from "../../../core/ivalue.ts";
import { Complex, Float } from "../../../core/scalar.ts";
import { Tensor } from "../../../core/tensor.ts";
import { AnyType } from "../../../core/types.ts";
import * as r from "../../runtime/mod.ts";
import { toPython, toScript } from "./convert.ts";
import { pyType, typeOf } from "./type_objects.ts";

export interface PythonAttribute {
  readonly kind: string;
  /** As Python has it; the graph itself for `g`. */
  readonly value: unknown;
}

export function attributeNames(n: Node): string[] {
  const names: string[] = [];
  for (const [name, a] of n.attributes) {
    if (!(a.kind === "ival" && a.value instanceof FunctionValue)) names.push(name);
  }
  return names;
}

/** An attribute; PyTorch's error for one that is not there. */
export function attribute(n: Node, name: string): PythonAttribute {
  const a = n.attributes.get(name);
  if (!a) throw r.runtimeError(`required keyword attribute '${name}' is undefined`);
  switch (a.kind) {
    case "ival":
      return constant(a.value);
    case "is":
    case "fs":
    case "ss":
      return { kind: a.kind, value: new r.PyList([...a.value as readonly (number | string)[]]) };
    case "f":
      return { kind: "f", value: new Float(Number(a.value)) };
    case "ty":
      return { kind: "ty", value: pyType(a.value) };
    case "tys":
      return { kind: "tys", value: new r.PyList(a.value.map(pyType)) };
    default:
      return a;
  }
}

function constant(v: IValue): PythonAttribute {
  if (typeof v === "boolean") return { kind: "i", value: v ? 1 : 0 };
  if (typeof v === "number" || typeof v === "bigint") return { kind: "i", value: v };
  if (typeof v === "string") return { kind: "s", value: v };
  if (v instanceof Device) return { kind: "s", value: String(v) };
  if (v instanceof Float) return { kind: "f", value: v };
  if (v instanceof Complex) return { kind: "c", value: v };
  if (v instanceof Tensor) return { kind: "t", value: v };
  return { kind: "ival", value: toPython(v) };
}

/** What a node keeps for an attribute that Python sets. */
export function setAttribute(n: Node, kind: string, v: r.Value): Attribute {
  const constant = n.kind === "prim::Constant";
  switch (kind) {
    case "i":
      return constant
        ? { kind: "ival", value: toScript(v, AnyType) }
        : { kind: "i", value: v as number | bigint };
    case "f":
      return constant
        ? { kind: "ival", value: toScript(v, AnyType) }
        : { kind: "f", value: Number(v instanceof Float ? v.value : v) };
    case "s":
      return constant ? { kind: "ival", value: String(v) } : { kind: "s", value: String(v) };
    case "is":
      return { kind: "is", value: r.collect(v).map((x) => x as number) };
    case "fs":
      return { kind: "fs", value: r.collect(v).map((x) => Number(x instanceof Float ? x.value : x)) };
    case "ss":
      return { kind: "ss", value: r.collect(v).map(String) };
    case "ty":
      return { kind: "ty", value: typeOf(v) };
    case "tys":
      return { kind: "tys", value: r.collect(v).map(typeOf) };
    default:
      return { kind: "ival", value: toScript(v, AnyType) };
  }
}
