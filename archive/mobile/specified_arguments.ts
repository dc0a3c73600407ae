/** How many arguments each call of an operator pushes: trailing defaults are left to the runtime. */
import { DictValue, type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { Complex, Float } from "../../core/scalar.ts";
import { Device } from "../../core/device.ts";
import { findOperator } from "../../ops/registry.ts";
import { toIValue } from "../../compiler/ir/constants.ts";
import type { Graph, Node } from "../../compiler/ir/graph.ts";

/** By schema key, the most that any call in the function gives explicitly, `out` arguments included. */
export function specifiedArguments(graph: Graph): Map<string, number> {
  const most = new Map<string, number>();
  for (const n of graph.allNodes()) {
    if (n.schemaKey === undefined) continue;
    const count = specifiedBy(n, n.schemaKey);
    if (count !== undefined) most.set(n.schemaKey, Math.max(count, most.get(n.schemaKey) ?? 0));
  }
  return most;
}

function specifiedBy(n: Node, key: string): number | undefined {
  const schema = findOperator(key)?.schema;
  if (!schema || schema.isVararg) return undefined;
  const outs = schema.args.filter((a) => a.isOut).length;
  let last = n.inputs.length - outs;
  while (last > 0) {
    const given = toIValue(n.inputs[last - 1]), formal = schema.args[last - 1];
    if (given === undefined || formal.defaultValue === undefined) break;
    if (!isDefault(given, formal.defaultValue, formal.broadcastSize)) break;
    last--;
  }
  return last + outs;
}

/** Whether a constant is what the schema would fill in; `int[2] x=1` stands for `[1, 1]`. */
function isDefault(given: IValue, value: IValue, broadcast: number | undefined): boolean {
  if (broadcast !== undefined && given instanceof ListValue && typeof value === "number") {
    return given.items.length === broadcast && given.items.every((x) => x === value);
  }
  if (given instanceof Float) return value instanceof Float && Object.is(given.value, value.value);
  if (given instanceof Complex) {
    return value instanceof Complex && given.re === value.re && given.im === value.im;
  }
  if (given instanceof Device) return value instanceof Device && String(given) === String(value);
  if (given instanceof ListValue || given instanceof TupleValue) {
    return (value instanceof ListValue || value instanceof TupleValue) &&
      given.items.length === value.items.length &&
      given.items.every((x, i) => isDefault(x, value.items[i], undefined));
  }
  return !(given instanceof DictValue) && given === value;
}
