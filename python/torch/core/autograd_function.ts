/** Nodes of `torch.autograd.Function`: their derivative is a Python method. */
import { Tensor } from "../../../core/tensor.ts";
import {
  edgeOf,
  type Grad,
  isDifferentiable,
  isGradEnabled,
  Node,
  rebaseHistory,
  requiresGrad,
  SavedTensor,
} from "../../../ops/autograd/mod.ts";
import { call } from "../../../ops/dispatch.ts";
import * as r from "../../runtime/mod.ts";
import { pythonNode } from "./autograd_node.ts";

class FunctionNode extends Node {
  readonly #saved: (SavedTensor | null)[];

  constructor(
    name: string,
    readonly ctx: r.Value,
    readonly backward: r.Value,
    /** Positions of the tensors among the arguments. */
    readonly places: readonly number[],
    readonly argumentCount: number,
    saved: readonly r.Value[],
  ) {
    super(name);
    this.#saved = saved.map((t) => t instanceof Tensor ? new SavedTensor(t) : null);
  }
  unpack(): r.PyTuple {
    return new r.PyTuple(this.#saved.map((s) => s === null ? null : s.unpack()));
  }
  override release(): void {
    for (const s of this.#saved) s?.release();
  }
  override apply(grads: readonly Grad[]): readonly Grad[] {
    const materialize = r.findattr(this.ctx, "materialize_grads") !== false;
    const given = grads.map((g, i) => {
      if (g !== null || !materialize) return g;
      const { sizes, scalarType } = this.outputs[i];
      return Tensor.zeros(sizes, scalarType);
    });
    const v = r.call(this.backward, [this.ctx, ...given as r.Value[]]);
    const out = v instanceof r.PyTuple || v instanceof r.PyList ? [...v.items] : [v];
    // What is left over may be None only.
    while (out.length > this.argumentCount && out[out.length - 1] === null) out.pop();
    if (out.length !== this.argumentCount) {
      throw r.runtimeError(
        `function ${this.name} returned an incorrect number of gradients (expected ${this.argumentCount}, got ` +
          `${out.length})`,
      );
    }
    out.forEach((g, i) => {
      if (g !== null && !this.places.includes(i)) {
        throw r.runtimeError(
          `function ${this.name} returned a gradient different than None at position ${
            i + 1
          }, but the corresponding ` +
            "forward input was not a Variable",
        );
      }
      if (g !== null && !(g instanceof Tensor)) {
        throw r.typeError(`expected Variable or None (got ${r.typeOf(g).name})`);
      }
    });
    return this.places.map((i) => out[i] as Grad);
  }
}

const nodes = new WeakMap<object, FunctionNode>();

function tensorsOf(v: r.Value | undefined): Set<unknown> {
  return new Set(v === undefined || v === null ? [] : r.collect(v) as unknown[]);
}

/**
 * Gives the outputs of a function's forward their node when an argument requires gradients, and keeps what the context
 * saved. Returns the outputs, which may be other objects than before.
 */
export function functionNode(
  name: string,
  ctx: r.Value,
  backward: r.Value,
  args: r.Value,
  outputs: r.Value,
): r.Value {
  const given = r.collect(args);
  const places = given.flatMap((a, i) => a instanceof Tensor ? [i] : []);
  const isRecorded = isGradEnabled() && places.some((i) => requiresGrad(given[i] as Tensor));
  const saved = r.findattr(ctx, "to_save") ?? null;
  const node = new FunctionNode(
    name,
    ctx,
    backward,
    places,
    given.length,
    saved === null ? [] : r.collect(saved),
  );
  nodes.set(ctx as object, node);
  if (!isRecorded) return outputs;
  const dirty = tensorsOf(r.findattr(ctx, "dirty_tensors"));
  const constant = tensorsOf(r.findattr(ctx, "non_differentiable"));
  node.edges = places.map((i) => edgeOf(given[i] as Tensor));
  pythonNode(node);
  const one = (v: r.Value): r.Value => {
    if (!(v instanceof Tensor)) {
      node.skipOutput({ sizes: [], scalarType: 6 });
      return v;
    }
    if (dirty.has(v)) {
      rebaseHistory(v, node);
      return v;
    }
    const isInput = given.includes(v);
    if (constant.has(v) || !isDifferentiable(v)) {
      node.skipOutput(v);
      if (isInput) return call("aten::detach", v) as r.Value;
      v.requiresGrad = false;
      return v;
    }
    const t = isInput ? v.asStrided(v.sizes, v.strides) : v;
    t.base = isInput ? v.base ?? v : t.base;
    node.addOutput(t);
    return t;
  };
  if (outputs instanceof r.PyTuple) return new r.PyTuple(outputs.items.map(one));
  if (outputs instanceof r.PyList) return new r.PyList(outputs.items.map(one));
  return one(outputs);
}

/** `ctx.saved_tensors`. */
export function unpackSaved(ctx: r.Value): r.Value {
  const node = nodes.get(ctx as object);
  if (node) return node.unpack();
  const saved = r.findattr(ctx, "to_save") ?? null;
  return saved === null ? new r.PyTuple([]) : new r.PyTuple(r.collect(saved));
}
