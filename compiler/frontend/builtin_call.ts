/** Calls of operators by name: choose the overload, emit its node, pack its results. */
import { NotImplemented } from "../../core/errors.ts";
import type { FunctionSchema } from "../../core/schema.ts";
import type { SourceRange } from "../../core/source.ts";
import { TupleType } from "../../core/types.ts";
import { operatorNames, operators } from "../../ops/registry.ts";
import type { Graph, Value } from "../ir/graph.ts";
import { builtinFunctions } from "./builtin_functions.ts";
import { errorReport } from "./error_report.ts";
import { insertGraph, insertTuple } from "./ir_nodes.ts";
import { matchSchemas } from "./schema_matching.ts";
import type { Args, NamedValue } from "./sugared_value.ts";

/** Emits `name` applied to the arguments and returns its value: several results become a tuple. */
export function emitOperator(
  range: SourceRange | undefined,
  g: Graph,
  name: string,
  args: Args,
  kwargs: Args,
  self?: NamedValue,
): Value {
  const variants = operators(name);
  const functions = builtinFunctions(name);
  const schemas: FunctionSchema[] = variants.map((v) => v.schema);
  for (const f of functions) {
    f.ensureDefined?.();
    schemas.push(f.schema);
  }
  if (!schemas.length) throw unknownOperator(range, name);
  const [i, matched] = matchSchemas(schemas, range!, g, args, kwargs, self);
  if (i >= variants.length) {
    return insertGraph(g, functions[i - variants.length].graph as Graph, matched.inputs)[0];
  }
  const n = g.create(name, matched.inputs, 0);
  n.range = range;
  n.schemaKey = variants[i].key;
  for (const t of matched.returnTypes) n.addOutput(t);
  g.insertNode(n);
  if (n.outputs.length === 1) return n.output;
  const named = matched.returnNames?.length
    ? new TupleType(matched.returnTypes, { name: "", fields: matched.returnNames, defaults: [] })
    : undefined;
  return insertTuple(g, n.outputs, named);
}

function unknownOperator(range: SourceRange | undefined, name: string): Error {
  if (!name.startsWith("aten::") && !name.startsWith("prim::")) {
    throw new NotImplemented(`operator ${name}`, range);
  }
  const close = [...operatorNames()].map((n) => [editDistance(name, n, 2), n] as const).filter(([d]) =>
    d <= 2
  );
  let text = `Unknown builtin op: ${name}.\n`;
  if (!close.length) {
    text += `Could not find any similar ops to ${name}. ` +
      "This op may not exist or may not be currently supported in TorchScript.\n";
  } else {
    close.sort((a, b) => a[0] - b[0]);
    text += `Here are some suggestions: \n${close.map(([, n]) => `\t${n}\n`).join("")}\nThe original call is`;
  }
  return errorReport(range, text);
}

/** Levenshtein distance, or anything above `most` once it is sure to be exceeded. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row[b.length];
}
