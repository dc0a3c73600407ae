/** Inputs of a recorded node, one formal after the other, each constant at the program's place. */
import { RuntimeFault } from "../../core/errors.ts";
import type { IValue, ListValue } from "../../core/ivalue.ts";
import { Float } from "../../core/scalar.ts";
import type { Argument, FunctionSchema } from "../../core/schema.ts";
import { AnyTensorType, type Type } from "../../core/types.ts";
import { optionalOf } from "../../core/unify.ts";
import { Device } from "../../core/device.ts";
import type { Node, Value } from "../ir/graph.ts";
import type { TracingState } from "./tracing_state.ts";

/** Adds the register values `args` to the node; what they need is inserted before it. */
export function addInputs(
  state: TracingState,
  node: Node,
  schema: FunctionSchema,
  args: readonly IValue[],
): void {
  const stash = state.argumentStash;
  state.argumentStash = undefined;
  const filled = withFactoryDefaults(schema, args);
  schema.args.forEach((formal, i) =>
    node.addInput(inputOf(state, formal, filled[i], stash?.get(formal.name)))
  );
}

/**
 * A function that makes tensors gets its device and pinning from Python's bindings, which put the default device and
 * False where nothing was said; a function that takes them from a tensor keeps the None.
 */
function withFactoryDefaults(schema: FunctionSchema, args: readonly IValue[]): readonly IValue[] {
  const pin = schema.argIndex("pin_memory"), device = schema.argIndex("device");
  if (pin < 0 || device < 0 || schema.name === "aten::to") return args;
  const out = args.slice();
  out[pin] ??= false;
  if (!schema.args.some((a) => a.type.kind === "Tensor" && !a.isOut)) out[device] ??= Device.of("cpu");
  return out;
}

function inputOf(
  state: TracingState,
  formal: Argument,
  v: IValue,
  stashed: Value | (Value | undefined)[] | undefined,
): Value {
  if (stashed !== undefined && !Array.isArray(stashed)) return stashed;
  if (v === null) return state.none();
  const t = formal.type.kind === "Optional" ? formal.type.elem : formal.type;
  switch (t.kind) {
    case "float":
      return state.constant(typeof v === "number" ? new Float(v) : v);
    case "List":
      return listOf(state, t.elem, v as ListValue, stashed);
    case "Generator":
      throw new RuntimeFault(
        "RuntimeError",
        "Found an unsupported argument type in the JIT tracer: at::Generator. File a bug report.",
      );
    default:
      return state.getValue(v);
  }
}

function listOf(
  state: TracingState,
  elem: Type,
  v: ListValue,
  stashed: readonly (Value | undefined)[] | undefined,
): Value {
  if (elem.kind === "bool") {
    throw new RuntimeFault("RuntimeError", "Tracing a list of bool type is currently not supported!");
  }
  const items = v.items.map((x, i) => stashed?.[i] ?? (x === null ? state.none() : state.getValue(x)));
  if (elem.kind === "Optional") return state.list(optionalOf(AnyTensorType), items);
  return state.list(elem, items);
}
