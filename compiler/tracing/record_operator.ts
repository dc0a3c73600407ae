/** The interceptor: an operator that the program calls becomes a node, then runs outside the trace. */
import type { IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { Tensor } from "../../core/tensor.ts";
import { AnyTensorType, ListType, type Type } from "../../core/types.ts";
import type { Interceptor } from "../../ops/dispatch.ts";
import { findOperator, type Operator } from "../../ops/registry.ts";
import { typeOfIValue } from "../ir/constants.ts";
import type { Node } from "../ir/graph.ts";
import { partsOf } from "./decompositions.ts";
import { addInputs } from "./record_arguments.ts";
import { tracing, type TracingState } from "./tracing_state.ts";
import { RESIZE } from "./warnings.ts";

function isTensorLike(t: Type): boolean {
  return t.kind === "Tensor" || (t.kind === "List" && t.elem.kind === "Tensor");
}

/** Operators that leave no trace: they change what a tensor is, not its elements. */
const UNRECORDED = new Set([
  "aten::set_data",
  "aten::data",
  "aten::is_leaf",
  "aten::output_nr",
  "aten::_version",
  "aten::requires_grad_",
  "aten::retain_grad",
  "aten::_fw_primal",
  "aten::lift_fresh",
]);

const recorded = new WeakMap<Operator, boolean>();

/** Only what gives tensors is recorded: numbers are Python's, and constants. */
function isRecorded(op: Operator): boolean {
  let yes = recorded.get(op);
  if (yes === undefined) {
    yes = op.schema.returns.some((r) => isTensorLike(r.type)) && !UNRECORDED.has(op.name);
    recorded.set(op, yes);
  }
  return yes;
}

/** The operator that a call is recorded as; `detach_` gives what `detach` gives. */
function recordedAs(state: TracingState, op: Operator): Operator {
  if (op.name === "aten::detach_") return findOperator("aten::detach")!;
  if (!state.forceOutplace || !op.name.endsWith("_") || op.name.endsWith("__")) return op;
  const name = op.name.slice(0, -1);
  return findOperator(op.overload ? `${name}.${op.overload}` : name) ?? op;
}

export const recordOperator: Interceptor = (op, args, next) => {
  const state = tracing.state;
  if (!state || !isRecorded(op)) return next(op, args);
  const parts = partsOf(op);
  if (parts) return parts(args);
  if (op.name === "aten::resize_as_" || op.name === "aten::resize_") {
    state.host.warn(op.name.slice(6) + RESIZE);
    state.forget(args[0] as Tensor);
    return unrecorded(state, () => next(op, args));
  }
  const as = recordedAs(state, op);
  const node = state.create(as.name, [], 0);
  node.schemaKey = as.key;
  node.range = state.host.here();
  if (as.name === "aten::copy_") addCopyInputs(state, node, args);
  else addInputs(state, node, as.schema, args);
  state.insert(node);
  const result = unrecorded(state, () => next(op, args));
  addOutputs(state, node, op, args, result);
  return result;
};

function unrecorded(state: TracingState, f: () => IValue): IValue {
  tracing.state = null;
  try {
    return f();
  } finally {
    tracing.state = state;
  }
}

/** PyTorch records copy_ by hand, and the default of `non_blocking` there has no place. */
function addCopyInputs(state: TracingState, node: Node, args: readonly IValue[]): void {
  node.addInput(state.getValue(args[0])).addInput(state.getValue(args[1]));
  const flag = state.constant(false);
  flag.node.range = undefined;
  node.addInput(flag);
}

function addOutputs(
  state: TracingState,
  node: Node,
  op: Operator,
  args: readonly IValue[],
  result: IValue,
): void {
  const typed = (v: IValue): Type => {
    if (v instanceof Tensor) state.host.settle?.(op, v, args);
    return typeOfIValue(v);
  };
  const { returns } = op.schema;
  const values = returns.length === 1 ? [result] : (result as TupleValue).items;
  returns.forEach((r, i) => {
    if (r.type.kind === "List") addListOutput(state, node, values[i] as ListValue, typed);
    else {
      const out = node.addOutput(r.type.kind === "Tensor" ? typed(values[i]) : r.type);
      if (r.type.kind === "Tensor" && values[i] !== null) state.bind(values[i] as Tensor, out);
    }
  });
}

function addListOutput(
  state: TracingState,
  node: Node,
  tensors: ListValue,
  typed: (v: IValue) => Type,
): void {
  const list = node.addOutput(new ListType(AnyTensorType));
  const unpack = state.insert(state.create("prim::ListUnpack", [list], tensors.items.length));
  tensors.items.forEach((t, i) => {
    unpack.outputs[i].setType(typed(t));
    state.bind(t as Tensor, unpack.outputs[i]);
  });
}
