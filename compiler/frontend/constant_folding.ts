/** Running an operator at compile time when all its inputs are constants: `-1` is one constant. */
import type { IValue } from "../../core/ivalue.ts";
import { Float } from "../../core/scalar.ts";
import { callOperator } from "../../ops/dispatch.ts";
import { findOperator } from "../../ops/registry.ts";
import { toIValue } from "../ir/constants.ts";
import type { Node } from "../ir/graph.ts";

/** What the node yields, when that can be known now. */
export function foldConstantNode(n: Node): { value: IValue } | undefined {
  const args: IValue[] = [];
  for (const i of n.inputs) {
    const v = toIValue(i);
    if (v === undefined) return undefined;
    args.push(v);
  }
  // Numbers are by far the commonest: no need to load an operator.
  if (n.kind === "aten::neg" && args.length === 1) {
    const [v] = args;
    if (typeof v === "number") return { value: v === 0 ? 0 : -v };
    if (v instanceof Float) return { value: new Float(-v.value) };
  }
  const op = n.schemaKey ? findOperator(n.schemaKey) : undefined;
  if (!op?.isImplemented) return undefined;
  const formals = op.schema.args;
  const raw = args.map((v, i) => formals[i].type.kind === "float" && v instanceof Float ? v.value : v);
  const result = callOperator(op, raw);
  const isFloat = op.schema.returns[0]?.type.kind === "float";
  return { value: isFloat && typeof result === "number" ? new Float(result) : result };
}
