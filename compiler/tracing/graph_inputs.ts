/** What a trace begins with: its arguments taken apart to tensors, and the attributes of the module it belongs to. */
import { RuntimeFault } from "../../core/errors.ts";
import { DictValue, type IValue, ListValue, ScriptObject, TupleValue } from "../../core/ivalue.ts";
import { isSubtypeOf } from "../../core/subtyping.ts";
import { Tensor } from "../../core/tensor.ts";
import { AnyTensorType, IntType, type ListType, TupleType, type Type } from "../../core/types.ts";
import { call } from "../../ops/dispatch.ts";
import { typeOfIValue } from "../ir/constants.ts";
import type { Value } from "../ir/graph.ts";
import type { TracingState } from "./tracing_state.ts";

/** Exact types of a traced function's argument: tensors with their shapes, in tuples too; lists and dicts as declared. */
export function inputType(v: IValue): Type {
  return v instanceof TupleValue ? new TupleType(v.items.map(inputType), v.type?.named) : typeOfIValue(v);
}

/** Makes `value` stand for `input`; returns the input, in which a tensor that is there twice becomes a view. */
export function addInput(state: TracingState, input: IValue, type: Type, value: Value): IValue {
  value.setType(type);
  if (input instanceof Tensor && isSubtypeOf(type, AnyTensorType)) {
    // As in PyTorch the view is recorded: what uses it comes out of the graph again, but not before it counted as a use.
    const t = state.hasValue(input)
      ? call("aten::view", input, new ListValue(IntType, [...input.sizes])) as Tensor
      : input;
    state.setValue(t, value);
    return t;
  }
  if (input instanceof TupleValue && type.kind === "Tuple") return addTuple(state, input, type, value);
  if (input instanceof DictValue && type.kind === "Dict") {
    for (const [key, item] of [...input.entries()]) {
      const at = state.constant(key);
      at.node.range = undefined;
      const get = state.create("aten::__getitem__", [value, at]);
      get.schemaKey = `aten::__getitem__.Dict_${input.keyType}`;
      get.range = state.host.here();
      state.insert(get);
      input.set(key, addInput(state, item, type.value, get.output));
    }
    return input;
  }
  if (input instanceof ListValue && type.kind === "List") return addList(state, input, type, value);
  throw new RuntimeFault(
    "RuntimeError",
    "Only tensors or (possibly nested) dict or tuples of tensors can be inputs to traced functions. Got " +
      type.annotation(),
  );
}

function addTuple(state: TracingState, input: TupleValue, type: TupleType, value: Value): IValue {
  const unpack = state.insert(state.create("prim::TupleUnpack", [value], input.items.length));
  return new TupleValue(
    input.items.map((x, i) => addInput(state, x, type.elems[i], unpack.outputs[i])),
    input.type,
  );
}

function addList(state: TracingState, input: ListValue, type: ListType, value: Value): IValue {
  const unpack = state.insert(state.create("prim::ListUnpack", [value], input.items.length));
  return new ListValue(
    input.elemType,
    input.items.map((x, i) => addInput(state, x, type.elem, unpack.outputs[i])),
  );
}

/** A node for every attribute below a module; the ones that are used become `prim::GetAttr` when the trace is done. */
export function gatherAttributes(
  state: TracingState,
  value: Value,
  module: ScriptObject,
  prefix: string,
): void {
  state.bind(module, value);
  module.type.attributes.forEach((a, i) => {
    const name = `${prefix}.${a.name}`, v = module.slots[i];
    const node = state.insert(state.create("prim::TracedAttr"));
    node.set("scope", { kind: "s", value: name }).output.setType(typeOfIValue(v));
    if (v instanceof Tensor) addInput(state, v, node.output.type, node.output);
    else if (v instanceof ScriptObject) {
      if (v.type.isModule) gatherAttributes(state, node.output, v, name);
      else state.bind(v, node.output);
    }
  });
}
