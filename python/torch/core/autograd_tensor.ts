/** What autograd gives to Tensor: requires_grad, grad, grad_fn, backward, hooks. */
import { isComplexType, isFloatingType } from "../../../core/scalar_type.ts";
import { Tensor } from "../../../core/tensor.ts";
import {
  backward,
  edgeOf,
  gradFn,
  gradOf,
  isLeaf,
  metaOf,
  peekMeta,
  requiresGrad,
  retainGrad,
} from "../../../ops/autograd/mod.ts";
import * as r from "../../runtime/mod.ts";
import { handle, pythonNode, tensorHook } from "./autograd_node.ts";
import { call } from "../../../ops/dispatch.ts";

/** Name of the node that made a tensor; undefined for leaves. */
export function producerOf(t: Tensor): string | undefined {
  return requiresGrad(t) ? gradFn(t)?.name : undefined;
}

export function setRequiresGrad(t: Tensor, on: boolean): Tensor {
  if (on && !isFloatingType(t.scalarType) && !isComplexType(t.scalarType)) {
    throw r.runtimeError("only Tensors of floating point dtype can require gradients");
  }
  if (!on && requiresGrad(t) && !isLeaf(t)) {
    throw r.runtimeError(
      "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a " +
        "subgraph that doesn't require differentiation use var_no_grad = var.detach().",
    );
  }
  t.requiresGrad = on;
  return t;
}

/** A view of the same elements that autograd knows nothing of. */
export function detached(t: Tensor): Tensor {
  const d = call("aten::detach", t) as Tensor;
  d.base = undefined;
  d.requiresGrad = false;
  return d;
}
/** As `detached`, and writes to it do not count as writes to the tensor. */
export function dataOf(t: Tensor): Tensor {
  const d = t.asStrided(t.sizes, t.strides);
  d.base = undefined;
  d.counter = { version: 0 };
  return d;
}
function detachInPlace(t: Tensor): Tensor {
  if (t.base !== undefined && gradFn(t)) {
    throw r.runtimeError(
      "Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel (DDP) for training, " +
        "and gradient_as_bucket_view is set as True, gradients are views of DDP buckets, and hence detach_() cannot be " +
        "called on these gradients. To fix this error, please refer to the Optimizer.zero_grad() function in " +
        "torch/optim/optimizer.py as a reference.",
    );
  }
  const m = peekMeta(t);
  if (m) m.node = null;
  t.requiresGrad = false;
  return t;
}

function setGrad(t: Tensor, v: r.Value): void {
  if (v === null) {
    const m = peekMeta(t);
    if (m) m.grad = null;
    return;
  }
  if (!(v instanceof Tensor)) {
    throw r.typeError(
      `assigned grad expected to be a Tensor or None but got grad of type ${r.typeOf(v).name}`,
    );
  }
  if (v === t) throw r.runtimeError("can't assign Variable as its own grad");
  if (v.scalarType !== t.scalarType) {
    throw r.runtimeError(
      "attempting to assign a gradient with dtype '" + dtypeText(v) + "' to a tensor with grad_dtype '" +
        dtypeText(t) +
        "'. The gradient must match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the " +
        "tensor's grad_dtype attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with caution. " +
        "Diverging the dtypes of a tensor and its gradient may break downstream systems that assume they match.",
    );
  }
  if (v.sizes.length !== t.sizes.length || v.sizes.some((n, i) => n !== t.sizes[i])) {
    throw r.runtimeError(
      `assigned grad has data of a different size`,
    );
  }
  metaOf(t).grad = v;
}
const CPP_NAMES: Readonly<Record<number, string>> = {
  5: "Half",
  6: "float",
  7: "double",
  4: "long",
  15: "BFloat16",
};
function dtypeText(t: Tensor): string {
  return CPP_NAMES[t.scalarType] ?? String(t.scalarType);
}

function registerHook(t: Tensor, fn: r.Value): r.Value {
  if (!requiresGrad(t)) {
    throw r.runtimeError("cannot register a hook on a tensor that doesn't require gradient");
  }
  const edge = edgeOf(t)!;
  return handle(edge.node.hooksOf(edge.inputNr).add(tensorHook(fn)));
}
function registerPostAccumulate(t: Tensor, fn: r.Value): r.Value {
  if (!requiresGrad(t)) {
    throw r.runtimeError("cannot register a hook on a tensor that doesn't require gradient");
  }
  if (!isLeaf(t)) {
    throw r.runtimeError("post accumulate grad hooks cannot be registered on non-leaf tensors");
  }
  return handle(edgeOf(t)!.node.hooks.add(() => {
    r.call(fn, [t]);
    return null;
  }));
}

function tensors(v: r.Value): Tensor[] | undefined {
  if (v === null || v === undefined) return undefined;
  return v instanceof Tensor ? [v] : r.collect(v) as unknown as Tensor[];
}

/** Gives Tensor what autograd has. */
export function addAutograd(tensorType: r.PyType): void {
  r.getset(
    tensorType,
    "requires_grad",
    (t: Tensor) => requiresGrad(t),
    (t: Tensor, v: r.Value) => void setRequiresGrad(t, v === true),
  );
  r.getset(tensorType, "grad", (t: Tensor) => gradOf(t), setGrad);
  r.getset(tensorType, "_grad", (t: Tensor) => gradOf(t), setGrad);
  r.getset(tensorType, "grad_fn", (t: Tensor) => requiresGrad(t) ? pythonNode(gradFn(t)) : null);
  r.getset(tensorType, "is_leaf", (t: Tensor) => !requiresGrad(t) || isLeaf(t));
  r.getset(tensorType, "output_nr", (t: Tensor) => peekMeta(t)?.outputNr ?? 0);
  r.getset(tensorType, "_version", (t: Tensor) => t.version);
  r.getset(tensorType, "retains_grad", (t: Tensor) => peekMeta(t)?.retains ?? false);
  // Pickles hand a parameter the hooks it was saved with; a dict of them is registered anew.
  r.getset(tensorType, "_backward_hooks", () => null, (t: Tensor, hooks: r.Value) => {
    if (hooks === null) return;
    for (const hook of r.collect(r.callMethod0(hooks, "values"))) registerHook(t, hook);
  });
  r.methods(tensorType, {
    detach: ["", (t: Tensor) => detached(t)],
    detach_: ["", (t: Tensor) => detachInPlace(t)],
    requires_grad_: ["requires_grad=True", (t: Tensor, on: r.Value) => setRequiresGrad(t, on !== false)],
    retain_grad: ["", (t: Tensor) => {
      retainGrad(t);
      return null;
    }],
    _is_view: ["", (t: Tensor) => t.base !== undefined],
    register_hook: ["hook", registerHook],
    register_post_accumulate_grad_hook: ["hook", registerPostAccumulate],
    backward: [
      "gradient=None, retain_graph=None, create_graph=False, inputs=None",
      (t: Tensor, g: r.Value, retain: r.Value, create: r.Value, inputs: r.Value) => {
        backward([t], [(g ?? null) as Tensor | null], {
          retainGraph: retain === null || retain === undefined ? null : retain === true,
          createGraph: create === true,
        }, tensors(inputs));
        return null;
      },
    ],
  });
}
