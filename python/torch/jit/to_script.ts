/**
 * Python values as script values of a known type, by the rules of PyTorch's bindings: numbers convert through
 * `__index__`, `__int__`, `__float__` and `__bool__` (so one-element tensors do), sequences become lists and tuples,
 * a union takes the type that the value is inferred to have.
 */
import { ConversionError, hostCompiler, hostIValue, inferType } from "../../../compiler/mod.ts";
import {
  DictValue,
  EnumValue,
  type IValue,
  ListValue,
  ScriptObject,
  TupleValue,
} from "../../../core/ivalue.ts";
import { RuntimeFault } from "../../../core/errors.ts";
import { Device } from "../../../core/device.ts";
import { Complex, Float, isInt, normInt } from "../../../core/scalar.ts";
import { isSubtypeOf, reprStr } from "../../../core/subtyping.ts";
import { Tensor } from "../../../core/tensor.ts";
import type { TupleType, Type } from "../../../core/types.ts";
import * as r from "../../runtime/mod.ts";
import { PyNumbered } from "../core/objects.ts";
import { parseDevice } from "../core/objects.ts";
import { viewOf } from "./views.ts";

/** pybind11's complaint about a value it cannot convert. */
function uncastable(v: r.Value): ConversionError {
  return new ConversionError(
    `Unable to cast Python instance of type <class '${r.typeOf(v).fullName}'> to C++ type '?' ` +
      "(#define PYBIND11_DETAILED_ERROR_MESSAGES or compile in debug mode for details)",
  );
}

/** The result of a conversion method (`__int__`), or undefined when the type has none or it raises. */
function converted(v: r.Value, ...methods: string[]): r.Value | undefined {
  for (const m of methods) {
    if (r.typeOf(v).lookup(m) === undefined) continue;
    try {
      return r.callMethod(v, m, []);
    } catch (e) {
      if (!(e instanceof r.PyBaseException || e instanceof RuntimeFault)) throw e;
    }
  }
  return undefined;
}

function toInt(v: r.Value): IValue {
  if (v instanceof PyNumbered) return v.value;
  const i = v instanceof Float
    ? undefined
    : r.intOf(v) ?? (typeof v === "boolean" ? Number(v) : converted(v, "__index__", "__int__"));
  if (i === undefined || !isInt(i)) throw uncastable(v);
  if (typeof i === "bigint" && (i >= 1n << 63n || i < -(1n << 63n))) throw uncastable(v);
  return typeof i === "bigint" ? normInt(i) : i;
}

function toFloat(v: r.Value): Float {
  if (v instanceof Float) return v;
  if (v instanceof Complex) throw uncastable(v);
  const f = r.floatOf(v);
  if (f !== undefined) return new Float(f);
  const c = converted(v, "__float__", "__index__");
  if (c instanceof Float) return c;
  if (c !== undefined && isInt(c)) return new Float(Number(c));
  throw uncastable(v);
}

function toBool(v: r.Value): boolean {
  if (typeof v === "boolean") return v;
  if (v === null) return false;
  if (isInt(v)) return v != 0;
  if (v instanceof Float) return v.value !== 0;
  if (v instanceof Complex) return v.re !== 0 || v.im !== 0;
  if (v instanceof r.PyRange) return r.truth(v);
  const b = typeof v === "string" ? undefined : converted(v, "__bool__");
  if (typeof b !== "boolean") throw uncastable(v);
  return b;
}

function toComplex(v: r.Value): Complex {
  if (v instanceof Complex) return v;
  const c = converted(v, "__complex__");
  if (c instanceof Complex) return c;
  return new Complex(toFloat(v).value, 0);
}

function toText(v: r.Value): string {
  const s = r.stringOf(v);
  if (s !== undefined) return s;
  if (v instanceof r.PyBytes) return new TextDecoder().decode(v.data);
  throw uncastable(v);
}

function toTensor(v: r.Value): IValue {
  if (v === null || v instanceof Tensor) return v;
  throw new ConversionError(`Unable to cast ${r.str(v)} to Tensor`);
}

/** Lists of numbers and tensors come in whole: from sequences, sets and ranges, or not at all. */
function wholeList(v: r.Value, elem: Type): ListValue {
  const sequence = v instanceof r.PyList || v instanceof r.PyTuple || v instanceof r.PySet ||
    v instanceof r.PyRange;
  if (!sequence) throw uncastable(v);
  try {
    return new ListValue(
      elem,
      r.collect(v).map((x) => {
        if (elem.kind === "Tensor" && !(x instanceof Tensor)) throw uncastable(x);
        return toScript(x, elem);
      }),
    );
  } catch (e) {
    throw e instanceof ConversionError ? uncastable(v) : e;
  }
}

function toList(v: r.Value, elem: Type): ListValue {
  if (elem.kind === "int" || elem.kind === "float" || elem.kind === "bool" || elem.kind === "Tensor") {
    return wholeList(v, elem);
  }
  return new ListValue(elem, r.collect(v).map((x) => toScript(x, elem)));
}

function toTuple(v: r.Value, t: TupleType): TupleValue {
  const items = r.collect(v);
  if (items.length !== t.elems.length) {
    throw new ConversionError(
      `Object ${r.str(v)} had a different number of elements than type ${reprStr(t)}`,
    );
  }
  return new TupleValue(items.map((x, i) => toScript(x, t.elems[i])), t);
}

function toDict(v: r.Value, key: Type, value: Type): DictValue {
  const dict = v instanceof r.PyDict ? v : r.call(r.dictType, [v]) as r.PyDict;
  const out = new DictValue(key, value);
  for (const [k, x] of dict.entries()) out.set(toScript(k, key), toScript(x, value));
  return out;
}

/** A value of no declared type: as what it is inferred to be. */
export function toInferred(v: r.Value): IValue {
  return toScript(v, inferredType(v));
}

function inferredType(v: r.Value): Type {
  if (isInt(v)) toInt(v);
  const t = inferType(viewOf(v));
  if ("reason" in t) throw r.runtimeError(`Tracer cannot infer type of ${r.str(v)}\n:${t.reason}`);
  return t.type;
}

/** A Python value as a script value of type `t`; throws ConversionError when it is none. */
export function toScript(v: r.Value, t: Type): IValue {
  const view = viewOf(v), d = typeof v === "object" && v !== null ? view.describe() : undefined;
  if (d?.kind === "script_container" && isSubtypeOf(d.type, t)) return d.value;
  switch (t.kind) {
    case "int":
      return toInt(v);
    case "float":
      return toFloat(v);
    case "bool":
      return toBool(v);
    case "complex":
      return toComplex(v);
    case "str":
      return toText(v);
    case "Tensor":
      return toTensor(v);
    case "None":
      if (v !== null) throw new ConversionError(`Cannot cast ${r.str(v)} to None`);
      return null;
    case "number":
      if (v instanceof Float || v instanceof Complex || isInt(v) || typeof v === "boolean") return v;
      throw new ConversionError(`Cannot cast ${r.str(v)} to Number`);
    case "List":
      return toList(v, t.elem);
    case "Tuple":
      return toTuple(v, t);
    case "Dict":
      return toDict(v, t.key, t.value);
    case "Optional":
      return v === null ? null : toScript(v, t.elem);
    case "Union": {
      const actual = inferredType(v);
      if (!isSubtypeOf(actual, t)) {
        throw new ConversionError(
          `Expected a member of ${reprStr(t)} but instead found type ${reprStr(actual)}`,
        );
      }
      return toScript(v, actual);
    }
    case "Any":
      return toInferred(v);
    case "Device":
      if (typeof v === "string" || v instanceof r.PyBytes) return parseDevice(toText(v));
      if (!(v instanceof Device)) throw uncastable(v);
      return v;
    case "Enum":
      if (d?.kind === "enum") {
        const member = hostCompiler().enumMember(d.cls, d.name);
        if (member instanceof EnumValue && member.type === t) return member;
      }
      // PyTorch asks for the member's name before it asks whether it is one.
      r.getattr(v, "name");
      throw uncastable(v);
    case "Interface":
      if (d?.kind === "script_object" && d.value instanceof ScriptObject && isSubtypeOf(d.value.type, t)) {
        return d.value;
      }
      throw new ConversionError(
        `Object ${r.str(v)} is not compatible with interface ${reprStr(t)}`,
      );
    case "Class":
      if (t.isModule && !(d?.kind === "script_object" && d.value.type === t)) {
        throw new ConversionError(`Object ${r.str(v)} is not a module of type ${reprStr(t)}`);
      }
      return hostIValue(view, t);
    default:
      return hostIValue(view, t);
  }
}
