/** Host values to script values of a known type, for constants, defaults and attributes. */
import {
  DictValue,
  type IValue,
  ListValue,
  PyObjectValue,
  ScriptObject,
  TupleValue,
} from "../../core/ivalue.ts";
import { Float, isInt } from "../../core/scalar.ts";
import { isSubtypeOf, reprStr } from "../../core/subtyping.ts";
import type { Type } from "../../core/types.ts";
import { typeOfIValue } from "../ir/constants.ts";
import { hostCompiler } from "./host_compiler.ts";
import type { HostValue, ObjectView } from "./resolver.ts";

/** Thrown when a host value does not fit the type. */
export class ConversionError extends Error {}

/** The script value of a host object as `type`; ints become floats where floats are wanted. */
export function hostIValue(view: ObjectView, type: Type | undefined): IValue {
  const d = view.describe();
  if (type?.kind === "Union") return unionIValue(view, d, type);
  const t = wanted(type, view);
  if (t?.kind === "Class" && !t.isModule && d.kind !== "script_object") return scriptObjectOf(view, t);
  switch (d.kind) {
    case "constant":
      if (isInt(d.value) && t?.kind === "float") return new Float(Number(d.value));
      if (t && !fits(d.value, t)) throw mismatch(view, t);
      if (typeof d.value === "bigint" && BigInt.asIntN(64, d.value) !== d.value) throw uncastable(view);
      return d.value;
    case "numbered":
      return d.value;
    case "tensor":
    case "generator":
      if (t && t.kind !== "Tensor" && t.kind !== "Generator" && t.kind !== "Any") throw mismatch(view, t);
      return d.value;
    case "enum":
      return hostCompiler().enumMember(d.cls, d.name);
    case "tuple": {
      if (t?.kind === "List") return new ListValue(t.elem, d.items.map((i) => hostIValue(i, t.elem)));
      const elems = t?.kind === "Tuple" ? t.elems : [];
      if (t?.kind === "Tuple" && elems.length !== d.items.length) throw mismatch(view, t);
      return new TupleValue(
        d.items.map((i, k) => hostIValue(i, elems[k])),
        t?.kind === "Tuple" ? t : undefined,
      );
    }
    case "list": {
      if (t?.kind === "Tuple") return new TupleValue(d.items.map((i, k) => hostIValue(i, t.elems[k])), t);
      if (t && t.kind !== "List" && t.kind !== "Any") throw mismatch(view, t);
      const elem = t?.kind === "List" ? t.elem : undefined;
      const items = d.items.map((i) => hostIValue(i, elem));
      return new ListValue(elem ?? (items.length ? typeOfIValue(items[0]) : NONE_TYPE()), items);
    }
    case "dict": {
      if (t && t.kind !== "Dict" && t.kind !== "Any") throw mismatch(view, t);
      const k = t?.kind === "Dict" ? t.key : undefined, v = t?.kind === "Dict" ? t.value : undefined;
      const pairs = d.entries.map(([a, b]) => [hostIValue(a, k), hostIValue(b, v)] as const);
      const out = new DictValue(
        k ?? typeOfIValue(pairs[0]?.[0] ?? null),
        v ?? typeOfIValue(pairs[0]?.[1] ?? null),
      );
      for (const [a, b] of pairs) out.set(a, b);
      return out;
    }
    case "script_object":
      if (t && t.kind === "Class" && !isSubtypeOf(d.value.type, t)) throw mismatch(view, t);
      return d.value;
    case "future":
      if (t && t.kind !== "Future") throw mismatch(view, t);
      return d.value;
    case "script_container":
      if (t && !isSubtypeOf(d.type, t)) throw mismatch(view, t);
      return d.value;
    default:
      if (t?.kind === "PyObject" || t?.kind === "Any") return new PyObjectValue(view.object);
      throw mismatch(view, t);
  }
}

function NONE_TYPE(): Type {
  return typeOfIValue(null);
}

/** The member of an optional or union that the value is meant as. */
function wanted(type: Type | undefined, view: ObjectView): Type | undefined {
  if (type?.kind === "Optional") {
    const d = view.describe();
    return d.kind === "constant" && d.value === null ? undefined : type.elem;
  }
  return type?.kind === "Any" || type?.kind === "number" ? undefined : type;
}

/** The value as the member of a union that it is exactly, else as the first that it converts to. */
function unionIValue(view: ObjectView, d: HostValue, type: Type & { kind: "Union" }): IValue {
  if (d.kind === "constant" && type.members.some((m) => fits(d.value, m))) return d.value;
  for (const m of type.members) {
    try {
      return hostIValue(view, m);
    } catch (e) {
      if (!(e instanceof ConversionError)) throw e;
    }
  }
  throw mismatch(view, type);
}

function fits(v: IValue, t: Type): boolean {
  const actual = typeOfIValue(v);
  return actual.kind === t.kind || (t.kind === "Tensor" && v === null);
}

function uncastable(view: ObjectView): ConversionError {
  return new ConversionError(
    `Unable to cast Python instance of type <class '${view.typeName}'> to C++ type '?' ` +
      "(#define PYBIND11_DETAILED_ERROR_MESSAGES or compile in debug mode for details)",
  );
}

function mismatch(view: ObjectView, t: Type | undefined): ConversionError {
  return new ConversionError(`${view.repr()} of type ${view.typeName} is no ${t ?? "script value"}`);
}

/** An instance of a class as a script object, attribute by attribute; any object that has them will do. */
function scriptObjectOf(view: ObjectView, t: Type & { kind: "Class" }): ScriptObject {
  const o = new ScriptObject(t);
  for (const a of t.attributes) {
    const v = view.getattr(a.name);
    if (!v) {
      throw new ConversionError(
        `Tried to cast object to type ${reprStr(t)} but object was missing attribute ${a.name}`,
      );
    }
    o.setAttr(a.name, hostIValue(v, a.type));
  }
  return o;
}
