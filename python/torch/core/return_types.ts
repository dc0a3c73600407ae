/** `torch.return_types`: tuples with names, as operators with several results return them. */
import * as r from "../../runtime/mod.ts";

const types = new Map<string, r.PyType>();

/** The type for an operator's results; one an operator. */
function typeFor(name: string, fields: readonly string[]): r.PyType {
  const known = types.get(name);
  if (known) return known;
  const t = r.nativeType(name, { module: "torch.return_types", base: r.tupleType });
  fields.forEach((f, i) => r.getset(t, f, (self: r.PyTuple) => self.items[i]));
  r.methods(t, {
    __repr__: [
      "",
      (self: r.PyTuple) =>
        `torch.return_types.${name}(\n${self.items.map((v, i) => `${fields[i]}=${r.repr(v)}`).join(",\n")})`,
    ],
  });
  types.set(name, t);
  return t;
}

/** Results under the names of the schema; a plain tuple when it names none. */
export function namedResult(name: string, fields: readonly string[], values: r.Value[]): r.Value {
  if (!fields.every(Boolean)) return new r.PyTuple(values);
  return new r.PyTuple(values, typeFor(name, fields));
}
