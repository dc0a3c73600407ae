/** `torch._C._autograd`: what the Python files of torch.autograd are made of. */
import { Tensor } from "../../../core/tensor.ts";
import {
  backward,
  edgeOf,
  enableAutograd,
  type Grad,
  grad,
  isGradEnabled,
  isInferenceMode,
  requiresGrad,
  setGradEnabled,
  setInferenceMode,
} from "../../../ops/autograd/mod.ts";
import * as r from "../../runtime/mod.ts";
import { functionNode, unpackSaved } from "./autograd_function.ts";
import { nodeType } from "./autograd_node.ts";

function list(v: r.Value): Tensor[] {
  return v instanceof Tensor ? [v] : r.collect(v) as unknown as Tensor[];
}
function grads(v: r.Value): Grad[] {
  return v === null ? [] : v instanceof Tensor ? [v] : r.collect(v) as unknown as Grad[];
}
const optional = (v: r.Value): boolean | null => v === null ? null : v === true;

function gradientEdge(t: Tensor): r.Value {
  const e = edgeOf(t);
  return e === null ? null : new r.PyTuple([e.node as unknown as r.Value, e.inputNr]);
}

/** Registers the native part of torch.autograd, and lets calls be recorded. */
export function registerAutograd(): void {
  enableAutograd();
  r.registerModule("torch._C._autograd", () =>
    r.moduleOf("torch._C._autograd", {
      Node: nodeType,
      is_grad_enabled: r.fn("is_grad_enabled", "", () => isGradEnabled()),
      set_grad_enabled: r.fn("set_grad_enabled", "mode", (on: r.Value) => {
        setGradEnabled(on === true);
        return null;
      }),
      is_inference_mode: r.fn("is_inference_mode", "", () => isInferenceMode()),
      set_inference_mode: r.fn("set_inference_mode", "mode", (on: r.Value) => {
        setInferenceMode(on === true);
        return null;
      }),
      requires_grad: r.fn("requires_grad", "v", (v: r.Value) => v instanceof Tensor && requiresGrad(v)),
      gradient_edge: r.fn("gradient_edge", "tensor", gradientEdge),
      backward: r.fn(
        "backward",
        "tensors, grad_tensors, retain_graph, create_graph, inputs",
        (ts: r.Value, gs: r.Value, retain: r.Value, create: r.Value, inputs: r.Value) => {
          backward(
            list(ts),
            grads(gs),
            { retainGraph: optional(retain), createGraph: create === true },
            inputs === null ? undefined : list(inputs),
          );
          return null;
        },
      ),
      grad: r.fn(
        "grad",
        "outputs, inputs, grad_outputs, retain_graph, create_graph, allow_unused",
        (os: r.Value, is: r.Value, gs: r.Value, retain: r.Value, create: r.Value, unused: r.Value) =>
          new r.PyTuple(
            grad(list(os), list(is), grads(gs), {
              retainGraph: optional(retain),
              createGraph: create === true,
              allowUnused: unused === true,
            }),
          ),
      ),
      record_function: r.fn("record_function", "name, ctx, backward, args, outputs", functionNode),
      unpack_saved: r.fn("unpack_saved", "ctx", unpackSaved),
    }));
}
