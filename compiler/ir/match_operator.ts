/** The operator that a node calls, found by what it takes: for nodes that came without a schema, as read from text. */
import type { FunctionSchema } from "../../core/schema.ts";
import { isSubtypeOf } from "../../core/subtyping.ts";
import type { Type } from "../../core/types.ts";
import { evalTypeVariables, hasFreeVariables, matchTypeVariables, type TypeEnv } from "../../core/unify.ts";
import { operators } from "../../ops/registry.ts";
import type { Node } from "./graph.ts";

/** Key of the first overload that takes exactly the node's inputs; undefined when none does. */
export function matchOperator(n: Node): string | undefined {
  return operators(n.kind).find((op) => takes(op.schema, n.inputs.map((v) => v.type)))?.key;
}

function takes(schema: FunctionSchema, types: readonly Type[]): boolean {
  if (schema.isVararg ? types.length < schema.args.length : types.length !== schema.args.length) return false;
  const env: TypeEnv = new Map();
  return schema.args.every((a, i) => {
    if (!hasFreeVariables(a.type)) return isSubtypeOf(types[i], a.type);
    if (matchTypeVariables(a.type, types[i], env) !== undefined) return false;
    const formal = evalTypeVariables(a.type, env);
    return formal !== undefined && isSubtypeOf(types[i], formal);
  });
}
