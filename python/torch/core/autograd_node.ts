/** Nodes of the backward graph as Python sees them: `grad_fn`, `next_functions`, hooks, what was saved. */
import type { Tensor } from "../../../core/tensor.ts";
import { Tensor as TensorClass } from "../../../core/tensor.ts";
import { ListValue } from "../../../core/ivalue.ts";
import { AccumulateGrad, type Grad, Node, RuleNode } from "../../../ops/autograd/mod.ts";
import * as r from "../../runtime/mod.ts";

export const nodeType: r.PyType = r.nativeType("Node", { module: "torch.autograd.graph", hasDict: true });
r.registerForeignType(Node, nodeType);

/** Nodes that are PyTorch's own, which says so in their names. */
const INTERNAL = new Set(["AccumulateGrad", "CopySlices", "CopyBackwards"]);

const types = new Map<string, r.PyType>();

/** A node as a Python value: its class has the node's name. */
export function pythonNode(n: Node | null): r.Value {
  if (n === null) return null;
  let t = types.get(n.name);
  if (!t) types.set(n.name, t = r.nativeType(n.name, { base: nodeType, module: "builtins" }));
  if (r.typeOf(n as unknown as r.Value) === nodeType) r.setForeignType(n, t);
  return n as unknown as r.Value;
}

/** A handle whose `remove` takes a hook off again. */
const handleType = r.nativeType("RemovableHandle", { module: "torch.utils.hooks" });
class Handle extends r.PyObject {
  constructor(readonly remove: () => void) {
    super(handleType);
  }
}
r.methods(handleType, {
  remove: ["", (h: Handle) => {
    h.remove();
    return null;
  }],
  __enter__: ["", (h: Handle) => h],
  __exit__: ["*args", (h: Handle) => {
    h.remove();
    return null;
  }],
});
export function handle(remove: () => void): r.Value {
  return new Handle(remove);
}

export function gradTuple(grads: readonly Grad[]): r.PyTuple {
  return new r.PyTuple([...grads]);
}
/** What a hook on several gradients gave back; null keeps them. */
function gradsOf(v: r.Value, was: readonly Grad[]): readonly Grad[] | null {
  if (v === null) return null;
  if (v instanceof TensorClass) return was.map((g, i) => i === 0 ? v : g);
  return r.collect(v) as unknown as readonly Grad[];
}

r.getset(
  nodeType,
  "next_functions",
  (n: Node) =>
    new r.PyTuple(
      n.edges.map((e) => new r.PyTuple(e ? [pythonNode(e.node), e.inputNr] : [null, 0])),
    ),
);
r.getset(nodeType, "metadata", (n: Node) => {
  let d = n.metadata.get("python");
  if (d === undefined) n.metadata.set("python", d = new r.PyDict());
  return d as r.Value;
});
r.methods(nodeType, {
  __repr__: [
    "",
    (n: Node) =>
      `<${n.name} object at 0x${(r.identity(n as unknown as r.Value) * 64 + 0x7f0000000000).toString(16)}>`,
  ],
  name: ["", (n: Node) => INTERNAL.has(n.name) ? `torch::autograd::${n.name}` : n.name],
  _sequence_nr: ["", (n: Node) => Number.isFinite(n.sequenceNr) ? n.sequenceNr : 2n ** 64n - 1n],
  register_hook: [
    "fn",
    (n: Node, fn: r.Value) =>
      handle(n.hooks.add((out, grads) => gradsOf(r.call(fn, [gradTuple(out), gradTuple(grads)]), out))),
  ],
  register_prehook: [
    "fn",
    (n: Node, fn: r.Value) =>
      handle(n.preHooks.add((grads) => gradsOf(r.call(fn, [gradTuple(grads)]), grads))),
  ],
  __call__: ["*args", (n: Node, args: r.Value[]) => {
    const out = n.apply(args as unknown as Grad[]);
    return out.length === 1 ? out[0] as r.Value : gradTuple(out);
  }],
  __getattr__: ["name", (n: Node, name: string) => {
    if (n instanceof AccumulateGrad && name === "variable") return n.variable as unknown as r.Value;
    if (n instanceof RuleNode && name.startsWith("_saved_")) {
      const s = n.saved(name.slice(7)) ?? n.saved("#" + name.slice(7));
      if (s) return savedValue(s.value);
    }
    throw r.attributeError(
      `'${n.name}' object has no attribute '${name}'`,
      n as unknown as r.Value,
      name,
    );
  }],
});

function savedValue(v: unknown): r.Value {
  if (Array.isArray(v)) return new r.PyTuple(v.map(savedValue));
  if (v instanceof ListValue) return new r.PyTuple(v.items.map(savedValue));
  return v as r.Value;
}

/** A hook on a tensor's gradient in Python: gives the gradient that takes its place, or None. */
export function tensorHook(fn: r.Value): (g: Tensor) => Tensor | null {
  return (g) => {
    const v = r.call(fn, [g]);
    if (v === null) return null;
    if (v instanceof TensorClass) return v;
    throw r.runtimeError(
      `hook '${String(r.findattr(fn, "__name__") ?? "")}' has returned an incompatible type`,
    );
  };
}
