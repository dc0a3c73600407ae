/** `isinstance` on running values. */
import type { ClassType, InterfaceType } from "../core/class_type.ts";
import { Device } from "../core/device.ts";
import {
  DictValue,
  EnumValue,
  FutureValue,
  type IValue,
  ListValue,
  ScriptObject,
  TupleValue,
} from "../core/ivalue.ts";
import { Complex, Float, isInt } from "../core/scalar.ts";
import { isSubtypeOf } from "../core/subtyping.ts";
import { Tensor } from "../core/tensor.ts";
import type { Type } from "../core/types.ts";

/** Whether the value is of one of the types. Containers are judged by their element types, as PyTorch does. */
export function isInstance(v: IValue, types: readonly Type[]): boolean {
  return types.some((t) => matches(v, t));
}

function matches(v: IValue, t: Type): boolean {
  switch (t.kind) {
    case "Any":
      return true;
    case "None":
      return v === null;
    case "bool":
      return typeof v === "boolean";
    case "int":
      return isInt(v);
    case "float":
      return v instanceof Float;
    case "complex":
      return v instanceof Complex;
    case "number":
      return isInt(v) || v instanceof Float || v instanceof Complex;
    case "str":
      return typeof v === "string";
    case "Tensor":
      return v instanceof Tensor;
    case "Device":
      return v instanceof Device;
    case "AnyList":
      return v instanceof ListValue;
    case "AnyTuple":
      return v instanceof TupleValue;
    case "AnyClass":
      return v instanceof ScriptObject;
    case "AnyEnum":
      return v instanceof EnumValue;
    case "List":
      return v instanceof ListValue && isSubtypeOf(v.elemType, t.elem);
    case "Dict":
      return v instanceof DictValue && isSubtypeOf(v.keyType, t.key) && isSubtypeOf(v.valueType, t.value);
    case "Tuple":
      return v instanceof TupleValue && v.items.length === t.elems.length && (!t.named || v.type === t) &&
        t.elems.every((e, i) => matches(v.items[i], e));
    case "Optional":
      return v === null || matches(v, t.elem);
    case "Union":
      return t.members.some((m) => matches(v, m));
    case "Class":
      return v instanceof ScriptObject && v.type === t;
    case "Interface":
      return v instanceof ScriptObject && isSubtypeOf(v.type as ClassType, t as InterfaceType);
    case "Enum":
      return v instanceof EnumValue && v.type === t;
    case "Future":
      return v instanceof FutureValue;
    default:
      return false;
  }
}
