/** The table of scalar operators, one row each, and `op`, which applies a row with its types checked. */
import { InternalError } from "../../core/errors.ts";
import { cast, type Expr, isFloat, node, type ValueType } from "./expr.ts";
import type { Domain, LaneType, Row } from "./row.ts";
import { ACTIVATIONS } from "./rows_activations.ts";
import { ARITHMETIC } from "./rows_arithmetic.ts";
import { FUNCTIONS } from "./rows_functions.ts";
import { LOGIC } from "./rows_logic.ts";
import { MACHINE } from "./rows_machine.ts";

export type { Domain, LaneType, Row };

let table: Map<string, Row> | undefined;

function rows(): Map<string, Row> {
  return table ??= new Map(
    [...ARITHMETIC, ...LOGIC, ...FUNCTIONS, ...ACTIVATIONS, ...MACHINE].map((r) => [r.name, r]),
  );
}

export function allRows(): Row[] {
  return [...rows().values()];
}
export function hasRow(name: string): boolean {
  return rows().has(name);
}
export function rowOf(name: string): Row {
  const r = rows().get(name);
  if (!r) throw new InternalError(`no scalar operator ${name}`);
  return r;
}

/** Whether values of the type may enter the row. Bools enter numeric rows as PyTorch lets them. */
export function accepts(on: Domain, t: ValueType): boolean {
  if (on === "float") return isFloat(t);
  if (on === "integral") return !isFloat(t);
  if (on === "bool") return t === "bool";
  return true;
}

/** The lane class that values of the type compute in; bools are masks and have none. */
export function laneOf(t: ValueType): LaneType | "bool" {
  return t === "u8" || t === "i8" || t === "i16" ? "i32" : t;
}

/**
 * Row `name` applied to arguments of one type (`where` takes a bool first). Results have the arguments' type, or bool
 * for predicates. Bools in a numeric row without a bool form compute as 0 and 1 and turn back to bool.
 */
export function op(name: string, ...args: Expr[]): Expr {
  const row = rowOf(name);
  if (args.length !== row.arity) {
    throw new InternalError(`${name} takes ${row.arity} values, not ${args.length}`);
  }
  const values = name === "where" ? args.slice(1) : args;
  const t = values[0].type;
  if (name === "where" && args[0].type !== "bool") args = [cast("bool", args[0]), ...values];
  for (const a of values) {
    if (a.type !== t) throw new InternalError(`${name} of ${t} and ${a.type}`);
  }
  if (!accepts(row.on, t)) throw new InternalError(`${name} does not take ${t}`);
  if (t === "bool" && row.on !== "any" && !row.bools) {
    const r = op(name, ...args.map((a) => cast("u8", a)));
    return row.result === "bool" ? r : cast("bool", r);
  }
  return node(name, row.result === "bool" ? "bool" : t, args);
}
