/** Every operator PyTorch has, by name, in PyTorch's overload order; those that are declared can run. */
import { TextCatalog } from "./catalog.ts";
import type { Declaration } from "./declaration.ts";
import { aliasOf, families } from "./families.ts";
import { setCatalog } from "./operator.ts";
import schemas from "./schemas.txt" with { type: "text" };

export { findOperator, Operator, operator, operators } from "./operator.ts";

/** All of PyTorch's operators. */
export const pytorchCatalog: TextCatalog = new TextCatalog({ schemas, families, aliasOf });
setCatalog(pytorchCatalog);

/** Names of all operators, without overloads. */
export function operatorNames(): Iterable<string> {
  return pytorchCatalog.names();
}

/** Every declaration by key, for documentation and tests; wildcard keys as written. */
export function declarations(): ReadonlyMap<string, Declaration> {
  return pytorchCatalog.declarations();
}
