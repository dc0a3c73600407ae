/** What compiled loops call. */
import { type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { Float } from "../../core/scalar.ts";
import { hasSurrogates } from "../../core/text/characters.ts";
import { strLength } from "../../core/text/str_methods.ts";
import type { Operator } from "../../ops/registry.ts";
import { isInstance } from "../isinstance.ts";
import { escape } from "../memory.ts";
import { floorDivInt, modInt } from "../scalar_ops.ts";

/** An operator without tensors in its schema. What its arguments hold may end up in what it changes or returns. */
function callPlain(op: Operator, args: IValue[]): IValue {
  const v = op.invoke(args);
  for (const a of args) if (typeof a === "object") escape(a);
  if (typeof v === "object") escape(v);
  return v;
}

function list(elem: ListValue["elemType"], items: IValue[]): ListValue {
  for (const x of items) if (typeof x === "object") escape(x);
  return new ListValue(elem, items);
}

function tuple(type: TupleValue["type"] | null, items: IValue[]): TupleValue {
  for (const x of items) if (typeof x === "object") escape(x);
  return new TupleValue(items, type ?? undefined);
}

function toFloat(v: unknown): number {
  return v instanceof Float ? v.value : Number(v);
}

/** Names that the text of a compiled loop uses. */
export const RUNTIME: Readonly<Record<string, unknown>> = {
  Float,
  callPlain,
  escape,
  floorDivInt,
  hasSurrogates,
  isInstance,
  list,
  modInt,
  strLength,
  toFloat,
  tuple,
};
