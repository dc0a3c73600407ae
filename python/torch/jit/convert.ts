/** Values between Python and scripts. Lists and dicts are copied both ways, as PyTorch does; tensors and objects are not. */
import { ConversionError } from "../../../compiler/mod.ts";
import type { ScriptFunction } from "../../../core/function.ts";
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
} from "../../../core/ivalue.ts";
import type { FunctionSchema } from "../../../core/schema.ts";
import { reprStr } from "../../../core/subtyping.ts";
import * as r from "../../runtime/mod.ts";
import { toScript } from "./to_script.ts";

/** How Python sees things that only the jit knows; `script_types.ts` and the torch module fill it in. */
export const wrappers: {
  object: (o: ScriptObject) => r.Value;
  fn: (f: ScriptFunction) => r.Value;
  future: (f: FutureValue) => r.Value;
  enumMember: (e: EnumValue) => r.Value;
  namedTuple: (name: string, fields: readonly string[], items: r.Value[]) => r.Value;
} = {
  object: (o) => o,
  fn: (f) => f,
  future: (f) => f,
  enumMember: (e) => e,
  namedTuple: (_n, _f, items) => new r.PyTuple(items),
};

/** A script value as Python sees it. */
export function toPython(v: IValue): r.Value {
  if (v instanceof ListValue) return new r.PyList(v.items.map(toPython));
  if (v instanceof TupleValue) {
    const items = v.items.map(toPython), named = v.type?.named;
    return named?.name ? wrappers.namedTuple(named.name, named.fields, items) : new r.PyTuple(items);
  }
  if (v instanceof DictValue) {
    const d = new r.PyDict();
    for (const [k, x] of v.entries()) d.set(toPython(k), toPython(x));
    return d;
  }
  if (v instanceof ScriptObject) return wrappers.object(v);
  if (v instanceof FunctionValue) return wrappers.fn(v.fn);
  if (v instanceof FutureValue) return wrappers.future(v);
  if (v instanceof EnumValue) return wrappers.enumMember(v);
  if (v instanceof PyObjectValue) return v.object as r.Value;
  return v as r.Value;
}

export { toScript };

/**
 * Arguments of a call by the schema, with PyTorch's messages. `self` is the object of a method; it is part of the
 * schema but not of what the caller passes.
 */
export function bindCall(
  schema: FunctionSchema,
  args: readonly r.Value[],
  kwargs: r.Kwargs,
  self?: IValue,
): IValue[] {
  const skip = self === undefined ? 0 : 1;
  const formals = schema.args, given = args.length + skip;
  const name = schema.name;
  if (given > formals.length) {
    throw r.runtimeError(
      `${name}() expected at most ${formals.length} argument(s) but received ${given} argument(s). Declaration: ${schema}`,
    );
  }
  const out: IValue[] = self === undefined ? [] : [self];
  const used = new Set<string>();
  for (let i = skip; i < formals.length; i++) {
    const f = formals[i];
    if (i - skip < args.length) {
      out.push(argument(schema, i, args[i - skip]));
      if (kwargs?.has(f.name)) {
        throw r.runtimeError(
          `Argument '${f.name}' specified both as positional and keyword argument. Schema: ${schema}`,
        );
      }
      continue;
    }
    const k = kwargs?.get(f.name);
    if (k !== undefined) {
      used.add(f.name);
      out.push(argument(schema, i, k));
    } else if (f.defaultValue !== undefined) out.push(f.defaultValue);
    else throw r.runtimeError(`${name}() is missing value for argument '${f.name}'. Declaration: ${schema}`);
  }
  for (const k of kwargs?.keys() ?? []) {
    if (used.has(k)) continue;
    throw r.runtimeError(`Unknown keyword argument '${k}' for operator '${name}'. Schema: ${schema}`);
  }
  return out;
}

function argument(schema: FunctionSchema, i: number, v: r.Value): IValue {
  const f = schema.args[i];
  try {
    return toScript(v, f.type);
  } catch (e) {
    const details = e instanceof ConversionError
      ? `Cast error details: ${e.message}`
      : e instanceof r.PyBaseException && !e.cls.mro.includes(r.RuntimeErrorType)
      ? ` Python error details: ${e.cls.qualname}: ${r.str(e)}`
      : undefined;
    if (details === undefined) throw e;
    throw r.runtimeError(
      `${schema.name}() Expected a value of type '${
        reprStr(f.type)
      }' for argument '${f.name}' but instead found type '${friendlyName(v)}'.\nPosition: ${i}\nValue: ${
        r.repr(v)
      }\nDeclaration: ${schema}\n${details}`,
    );
  }
}

/** A value's type in messages; namedtuples tell their fields. */
function friendlyName(v: r.Value): string {
  const { name } = r.typeOf(v);
  const fields = v instanceof r.PyTuple ? r.typeOf(v).lookup("_fields") : undefined;
  return fields instanceof r.PyTuple ? `${name} (aka NamedTuple(${fields.items.join(", ")}))` : name;
}
