/** JavaScript values at the border of scripts: numbers by the formal's type, arrays as lists or tuples. */
import { Device } from "../core/device.ts";
import { RuntimeFault } from "../core/errors.ts";
import { DictValue, EnumValue, type IValue, ListValue, ScriptObject, TupleValue } from "../core/ivalue.ts";
import { Complex, Float, normInt } from "../core/scalar.ts";
import type { FunctionSchema } from "../core/schema.ts";
import { Tensor } from "../core/tensor.ts";
import type { Type } from "../core/types.ts";

/**
 * What JavaScript may pass for a script value. An int is an integral number or a bigint, a float any number; lists and
 * tuples are arrays; dicts are Maps or plain objects (with str keys).
 */
export type JsValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Tensor
  | Complex
  | Device
  | ScriptObject
  | EnumValue
  | readonly JsValue[]
  | ReadonlyMap<JsValue, JsValue>
  | { readonly [key: string]: JsValue };

function mismatch(t: Type, v: unknown): never {
  const shown = v instanceof Tensor ? "a Tensor" : Array.isArray(v) ? "an array" : `${typeof v} ${String(v)}`;
  throw new RuntimeFault("TypeError", `expected a value of type '${t.annotation()}' but got ${shown}`);
}

/** The script value of type `t` that `v` stands for; throws TypeError when there is none. */
export function toScript(v: JsValue | undefined, t: Type): IValue {
  if (v === undefined) v = null;
  switch (t.kind) {
    case "int":
    case "Layout":
    case "ScalarType":
    case "MemoryFormat":
      if (typeof v === "bigint") return normInt(v);
      return Number.isSafeInteger(v) ? v as number : mismatch(t, v);
    case "float":
      return typeof v === "number" ? new Float(v) : mismatch(t, v);
    case "number":
      if (typeof v === "bigint") return normInt(v);
      if (typeof v === "number") return Number.isSafeInteger(v) ? v : new Float(v);
      return typeof v === "boolean" || v instanceof Complex ? v : mismatch(t, v);
    case "bool":
      return typeof v === "boolean" ? v : mismatch(t, v);
    case "str":
      return typeof v === "string" ? v : mismatch(t, v);
    case "complex":
      return v instanceof Complex ? v : typeof v === "number" ? new Complex(v, 0) : mismatch(t, v);
    case "Tensor":
      return v instanceof Tensor ? v : mismatch(t, v);
    case "None":
      return v === null ? null : mismatch(t, v);
    case "Device":
      return v instanceof Device ? v : typeof v === "string" ? Device.of(v) : mismatch(t, v);
    case "Optional":
      return v === null ? null : toScript(v, t.elem);
    case "List":
      return Array.isArray(v) ? new ListValue(t.elem, v.map((x) => toScript(x, t.elem))) : mismatch(t, v);
    case "Tuple": {
      if (!Array.isArray(v) || v.length !== t.elems.length) mismatch(t, v);
      return new TupleValue((v as JsValue[]).map((x, i) => toScript(x, t.elems[i])), t.named ? t : undefined);
    }
    case "Dict": {
      if (v === null || typeof v !== "object" || Array.isArray(v)) mismatch(t, v);
      const d = new DictValue(t.key, t.value);
      const pairs = v instanceof Map ? [...v] : Object.entries(v as object);
      for (const [k, x] of pairs) d.set(toScript(k, t.key), toScript(x, t.value));
      return d;
    }
    case "Union": {
      for (const m of t.members) {
        try {
          return toScript(v, m);
        } catch (e) {
          if (!(e instanceof RuntimeFault)) throw e;
        }
      }
      return mismatch(t, v);
    }
    case "Class":
      return v instanceof ScriptObject && v.type === t ? v : mismatch(t, v);
    case "Enum":
      return v instanceof EnumValue && v.type === t ? v : mismatch(t, v);
    case "Any":
      return inferred(v);
    default:
      return mismatch(t, v);
  }
}

function inferred(v: JsValue): IValue {
  if (typeof v === "number") return Number.isSafeInteger(v) ? v : new Float(v);
  if (typeof v === "bigint") return normInt(v);
  if (Array.isArray(v)) return new TupleValue(v.map(inferred));
  if (
    v !== null && typeof v === "object" && (v instanceof Map || Object.getPrototypeOf(v) === Object.prototype)
  ) {
    throw new RuntimeFault("TypeError", "a dict cannot be passed where the type is Any");
  }
  return v as IValue;
}

/** A script value as JavaScript sees it: floats as numbers, lists and tuples as arrays, dicts as Maps. */
export function fromScript(v: IValue): unknown {
  if (v instanceof Float) return v.value;
  if (v instanceof ListValue || v instanceof TupleValue) return v.items.map(fromScript);
  if (v instanceof DictValue) {
    return new Map([...v.entries()].map(([k, x]) => [fromScript(k), fromScript(x)]));
  }
  return v;
}

/** Arguments for a call, by the schema; missing ones take their defaults. */
export function bindScriptArguments(
  schema: FunctionSchema,
  args: readonly JsValue[],
  self?: IValue,
): IValue[] {
  const formals = self === undefined ? schema.args : schema.args.slice(1);
  if (args.length > formals.length) {
    throw new RuntimeFault(
      "TypeError",
      `${schema.name}() takes ${formals.length} arguments but ${args.length} were given`,
    );
  }
  const bound = formals.map((f, i): IValue => {
    if (i < args.length && args[i] !== undefined) {
      try {
        return toScript(args[i], f.type);
      } catch (e) {
        if (e instanceof RuntimeFault) {
          throw new RuntimeFault("TypeError", `${schema.name}(), argument ${f.name}: ${e.message}`);
        }
        throw e;
      }
    }
    if (f.defaultValue !== undefined) return f.defaultValue;
    throw new RuntimeFault(
      "TypeError",
      `${schema.name}() is missing a value for argument '${f.name}'. Declaration: ${schema}`,
    );
  });
  return self === undefined ? bound : [self, ...bound];
}
