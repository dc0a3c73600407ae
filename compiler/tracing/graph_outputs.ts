/** What a trace ends with: tensors of the trace, in tuples, lists and dicts. */
import { RuntimeFault } from "../../core/errors.ts";
import { DictValue, type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { Tensor } from "../../core/tensor.ts";
import { AnyTensorType, DictType } from "../../core/types.ts";
import { cppText } from "./tensor_text.ts";
import type { Value } from "../ir/graph.ts";
import type { TracingState } from "./tracing_state.ts";
import { STRICT } from "./warnings.ts";

/** The value of the `i`th output, counted from 1. */
export function outputValue(state: TracingState, v: IValue, i: number): Value {
  if (v instanceof Tensor) {
    const found = state.lookupInFrame(v);
    if (found) return found;
    throw new RuntimeFault(
      "RuntimeError",
      `output ${i} (${
        cppText(v)
      }) of traced region did not have observable data dependence with trace inputs; ` +
        "this probably indicates your program cannot be understood by the tracer.",
    );
  }
  if (v instanceof ListValue && v.elemType.kind === "Tensor") {
    if (state.strict) state.host.warn("Encountering a list at the output of the tracer" + STRICT);
    return state.list(AnyTensorType, v.items.map((x) => outputValue(state, x, i)));
  }
  if (v instanceof TupleValue) return state.tuple(v.items.map((x) => outputValue(state, x, i)));
  if (v instanceof DictValue) return dictValue(state, v, i);
  throw new RuntimeFault(
    "RuntimeError",
    "Only tensors, lists, tuples of tensors, or dictionary of tensors can be output from traced functions",
  );
}

function dictValue(state: TracingState, dict: DictValue, i: number): Value {
  if (state.strict) {
    throw new RuntimeFault("RuntimeError", "Encountering a dict at the output of the tracer" + STRICT);
  }
  if ((dict.keyType.kind !== "str" && dict.keyType.kind !== "Tensor") || dict.valueType.kind !== "Tensor") {
    throw new RuntimeFault(
      "RuntimeError",
      `output ${i} ({${
        [...dict.entries()].map(([k, x]) => `${k}: ${x instanceof Tensor ? cppText(x) : x}`).join(", ")
      }}) of traced region cannot be understood by the tracer, only outputs matching dict[Union[str, Tensor], ` +
        "Union[Tensor, Tuple[Tensor, ...]]] can be a dictionary output of a traced function",
    );
  }
  const inputs: Value[] = [];
  for (const [k, x] of dict.entries()) inputs.push(state.getValue(k), outputValue(state, x, i));
  const n = state.create("prim::DictConstruct", inputs);
  n.output.setType(new DictType(dict.keyType, AnyTensorType));
  return state.insert(n).output;
}
