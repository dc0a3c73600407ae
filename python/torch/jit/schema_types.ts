/** Schemas as Python sees them: FunctionSchema and its Arguments. */
import type { AliasInfo, Argument, FunctionSchema } from "../../../core/schema.ts";
import type { Type } from "../../../core/types.ts";
import { isSubtypeOf } from "../../../core/subtyping.ts";
import * as r from "../../runtime/mod.ts";
import { pyType } from "./graph_types.ts";
import { toPython } from "./convert.ts";

export const schemaType: r.PyType = r.nativeType("FunctionSchema", { module: "torch" });
export const argumentType: r.PyType = r.nativeType("Argument", { module: "torch" });

class PySchema extends r.PyObject {
  constructor(readonly schema: FunctionSchema) {
    super(schemaType);
  }
}
class PyArgument extends r.PyObject {
  constructor(readonly argument: Argument) {
    super(argumentType);
  }
}

/** The Python object of a function's signature. */
export function pySchema(s: FunctionSchema): r.Value {
  return new PySchema(s);
}

const list = (args: readonly Argument[]) => new r.PyList(args.map((a) => new PyArgument(a)));
const typeOf = (t: Type): r.Value => pyType(t);

r.getset(schemaType, "name", (s: PySchema) => s.schema.name);
r.getset(schemaType, "overload_name", (s: PySchema) => s.schema.overload);
r.getset(schemaType, "arguments", (s: PySchema) => list(s.schema.args));
r.getset(schemaType, "returns", (s: PySchema) => list(s.schema.returns));
r.getset(schemaType, "is_mutable", (s: PySchema) => s.schema.isMutable);
r.methods(schemaType, {
  __str__: ["", (s: PySchema) => String(s.schema)],
  __repr__: ["", (s: PySchema) => String(s.schema)],
  __eq__: [
    "other",
    (s: PySchema, o: r.Value) =>
      o instanceof PySchema ? String(o.schema) === String(s.schema) : r.NotImplementedValue,
  ],
  __hash__: ["", (s: PySchema) => r.hashValue(String(s.schema))],
  check_forward_compatible_with: ["old", (s: PySchema, old: PySchema) => {
    if (isCompatible(old.schema, s.schema) || String(old.schema) === String(s.schema)) {
      return new r.PyTuple([true, ""]);
    }
    return new r.PyTuple([false, `${s.schema} cannot be called by programs that know ${old.schema}`]);
  }],
  is_backward_compatible_with: ["old", (s: PySchema, old: PySchema) => isCompatible(s.schema, old.schema)],
});

/** Whether code written for `old` still works: its arguments in their places, new ones with defaults. */
function isCompatible(now: FunctionSchema, old: FunctionSchema): boolean {
  if (now.name !== old.name || now.overload !== old.overload || now.returns.length !== old.returns.length) {
    return false;
  }
  return old.args.every((a, i) => {
    const b = now.args[i];
    return b !== undefined && a.name === b.name && isSubtypeOf(a.type, b.type) &&
      (a.defaultValue === undefined || b.defaultValue !== undefined);
  }) && now.args.slice(old.args.length).every((a) => a.defaultValue !== undefined) &&
    now.returns.every((t, i) => isSubtypeOf(t.type, old.returns[i].type));
}

r.getset(argumentType, "name", (a: PyArgument) => a.argument.name);
r.getset(argumentType, "type", (a: PyArgument) => typeOf(a.argument.type));
r.getset(argumentType, "real_type", (a: PyArgument) => typeOf(a.argument.realType ?? a.argument.type));
r.getset(argumentType, "N", (a: PyArgument) => a.argument.broadcastSize ?? null);
r.getset(
  argumentType,
  "default_value",
  (a: PyArgument) => a.argument.defaultValue === undefined ? null : toPython(a.argument.defaultValue),
);
r.getset(argumentType, "kwarg_only", (a: PyArgument) => a.argument.kwargOnly);
r.getset(argumentType, "is_out", (a: PyArgument) => a.argument.isOut);
r.getset(argumentType, "is_write", (a: PyArgument) => a.argument.alias?.isWrite ?? false);
/** `Argument.alias_info`: the sets that an argument belongs to, and whether it is written. */
const aliasInfoType: r.PyType = r.nativeType("_AliasInfo", { module: "torch._C" });
class PyAliasInfo extends r.PyObject {
  constructor(readonly info: AliasInfo) {
    super(aliasInfoType);
  }
}
const setOf = (names: readonly string[]) => r.call(r.setType, [new r.PyList([...names])]);
r.getset(aliasInfoType, "is_write", (a: PyAliasInfo) => a.info.isWrite);
r.getset(aliasInfoType, "before_set", (a: PyAliasInfo) => setOf(a.info.before));
r.getset(
  aliasInfoType,
  "after_set",
  (a: PyAliasInfo) => setOf(a.info.after.length ? a.info.after : a.info.before),
);
r.getset(
  argumentType,
  "alias_info",
  (a: PyArgument) => a.argument.alias ? new PyAliasInfo(a.argument.alias) : null,
);
r.methods(argumentType, {
  has_default_value: ["", (a: PyArgument) => a.argument.defaultValue !== undefined],
});
