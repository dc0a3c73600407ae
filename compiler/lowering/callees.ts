/** What HOST instructions refer to. */
import { InternalError } from "../../core/errors.ts";
import { PyObjectValue } from "../../core/ivalue.ts";
import type { Type } from "../../core/types.ts";
import type { Node } from "../ir/graph.ts";

/** A Python function that the host runs: an ignored function or method. */
export class HostFunction {
  constructor(readonly name: string, readonly callable: unknown, readonly returnType: Type) {}
}

export function hostFunction(n: Node): HostFunction {
  const a = n.attributes.get("pyobj");
  if (a?.kind !== "ival" || !(a.value instanceof PyObjectValue)) {
    throw new InternalError(`${n.kind} without its function`);
  }
  return new HostFunction(n.s("name"), a.value.object, n.output.type);
}
