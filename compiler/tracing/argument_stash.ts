/**
 * Numbers that the program computed as 0-dim tensors (sizes, above all) and gives where an operator takes an int or a
 * scalar: the graph shall have the number's computation, not its present value.
 */
import { Tensor } from "../../core/tensor.ts";
import { FloatType, IntType, NumberType, type Type } from "../../core/types.ts";
import type { FunctionSchema } from "../../core/schema.ts";
import type { Value } from "../ir/graph.ts";
import type { TracingState } from "./tracing_state.ts";

/** What the program gave for one formal: itself, the items of a list, or undefined where nothing was given. */
export type ArgumentSource = unknown | readonly unknown[];

const CONVERSIONS: Readonly<Record<string, readonly [op: string, key: string, type: Type]>> = {
  int: ["aten::Int", "aten::Int.Tensor", IntType],
  float: ["aten::Float", "aten::Float.Tensor", FloatType],
  number: ["aten::ScalarImplicit", "aten::ScalarImplicit", NumberType],
};

/** Remembers for the next operator which of its arguments are numbers out of tensors. */
export function stashArguments(
  state: TracingState,
  schema: FunctionSchema,
  sources: readonly ArgumentSource[],
): void {
  schema.args.forEach((formal, i) => {
    const given = sources[i];
    const t = formal.type.kind === "Optional" ? formal.type.elem : formal.type;
    if (t.kind === "List") {
      if (t.elem.kind !== "int" || !Array.isArray(given) || !given.some((x) => x instanceof Tensor)) return;
      stash(state, formal.name, given.map((x) => x instanceof Tensor ? convert(state, x, "int") : undefined));
    } else if (given instanceof Tensor && Object.hasOwn(CONVERSIONS, t.kind)) {
      stash(state, formal.name, convert(state, given, t.kind));
    }
  });
}

function stash(state: TracingState, name: string, v: Value | (Value | undefined)[]): void {
  (state.argumentStash ??= new Map()).set(name, v);
}

/** The number in a tensor, right after what computed the tensor. */
function convert(state: TracingState, t: Tensor, kind: string): Value {
  const tensor = state.getValue(t), [op, key, type] = CONVERSIONS[kind];
  const at = tensor.node.kind === "prim::Param" ? tensor.node.block!.first : tensor.node.next!;
  const n = state.create(op, [tensor]);
  n.schemaKey = key;
  n.output.setType(type);
  return n.insertBefore(at).output;
}
