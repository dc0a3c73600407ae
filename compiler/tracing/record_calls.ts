/** Calls of compiled code inside a trace: they stay calls, with all the control flow that is in them. */
import { NotImplemented } from "../../core/errors.ts";
import type { ScriptFunction } from "../../core/function.ts";
import { FunctionValue, type IValue } from "../../core/ivalue.ts";
import { NamedValue } from "../frontend/sugared_value.ts";
import { matchSchema } from "../frontend/schema_matching.ts";
import { createConstant } from "../ir/constants.ts";
import type { Value } from "../ir/graph.ts";
import { Source, SourceRange } from "../../core/source.ts";
import { pauseTracing, type TracingState } from "./tracing_state.ts";

const NOWHERE = new SourceRange(new Source("", "<unknown>"), 0, 0);

/** Records the call of a compiled function, runs it outside the trace and ties its result to the call. */
export function recordCall(
  state: TracingState,
  fn: ScriptFunction,
  args: readonly IValue[],
  run: () => IValue,
): IValue {
  const inputs = matched(state, fn, args);
  const callee = state.insert(createConstant(state.graph, new FunctionValue(fn)));
  callee.scope = state.scope;
  const call = state.create("prim::CallFunction", [callee.output, ...inputs]);
  return finish(state, fn, call.output, () => state.insert(call), run);
}

/** The same for a method; the object must be part of the module that is traced. */
export function recordMethodCall(
  state: TracingState,
  fn: ScriptFunction,
  args: readonly IValue[],
  run: () => IValue,
): IValue {
  const inputs = matched(state, fn, args);
  const call = state.create("prim::CallMethod", inputs).set("name", { kind: "s", value: fn.name });
  return finish(state, fn, call.output, () => state.insert(call), run);
}

function matched(state: TracingState, fn: ScriptFunction, args: readonly IValue[]): readonly Value[] {
  const values = args.map((a) => state.getValue(a));
  const range = state.host.here() ?? NOWHERE;
  return matchSchema(fn.schema, range, state.graph, values.map((v) => new NamedValue(v)), []).inputs;
}

function finish(
  state: TracingState,
  fn: ScriptFunction,
  output: Value,
  insert: () => void,
  run: () => IValue,
): IValue {
  const { returns } = fn.schema;
  if (returns.length !== 1) {
    throw new NotImplemented(`tracing a call of ${fn.qualifiedName}, which returns several`);
  }
  insert();
  output.setType(returns[0].type);
  const result = pauseTracing(run);
  state.setValue(result, output);
  return result;
}
