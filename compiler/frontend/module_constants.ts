/** Constants of modules: `Final` annotations and `__constants__`. */
import { Diagnostic } from "../../core/errors.ts";
import { type IValue, TupleValue } from "../../core/ivalue.ts";
import type { ObjectView } from "./resolver.ts";

/** Whether an annotation says Final. */
export function isFinal(ann: ObjectView): boolean {
  const d = ann.describe();
  if (d.kind === "typing") return d.form === "Final";
  return d.kind === "forward_ref" && /^(torch\.jit\.|typing\.)?Final\b/.test(d.text);
}

const VALID_CONSTANTS =
  "bool, float, int, str, NoneType, torch.device, torch.layout, torch.dtype, torch.qscheme";

/** The value of a constant attribute of class `owner`. */
export function constantOf(name: string, view: ObjectView, owner: string): IValue {
  const d = view.describe();
  if (d.kind === "constant" || d.kind === "numbered") return d.value;
  if (d.kind === "tuple" || d.kind === "list") {
    return new TupleValue(d.items.map((i) => constantOf(name, i, owner)));
  }
  throw new Diagnostic(
    `\n'${view.typeName}' object in attribute '${owner}.${name}' is not a valid constant.\nValid constants are:\n` +
      `1. a nn.ModuleList\n2. a value of type {${VALID_CONSTANTS}}\n3. a list or tuple of (2)\n`,
    undefined,
    "TypeError",
  );
}
