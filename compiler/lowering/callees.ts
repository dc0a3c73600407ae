/** What FORK and HOST instructions refer to. */
import { InternalError } from "../../core/errors.ts";
import { PyObjectValue } from "../../core/ivalue.ts";
import type { Type } from "../../core/types.ts";
import { lowerGraph } from "./mod.ts";
import type { Node } from "../ir/graph.ts";
import type { Code } from "../../bytecode/code.ts";

/** Code of a fork's body; one per node. */
export function forkedFunction(n: Node): Code {
  return lowerGraph(n.g("Subgraph"), "<forked function>");
}

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
