/** The graph: nodes that compute gradients, edges between them, what a tensor knows of it, and saved tensors. */
import { RuntimeFault } from "../../core/errors.ts";
import { isComplexType, isFloatingType, type ScalarType } from "../../core/scalar_type.ts";
import type { Tensor } from "../../core/tensor.ts";

/** Gradient of one output or input; null when there is none. */
export type Grad = Tensor | null;

/** Where a gradient goes: an input of a node. */
export interface Edge {
  readonly node: Node;
  readonly inputNr: number;
}

/** What the engine needs of a tensor to check the gradient that is meant for it. */
export interface TensorMeta {
  readonly sizes: readonly number[];
  readonly scalarType: ScalarType;
}

/** A function from a tensor's gradient to what replaces it; null keeps it. */
export type TensorHook = (grad: Tensor) => Tensor | null | undefined;

/** A list of hooks that are taken off by the handle that adding them gives. */
export class HookList<H> {
  readonly #hooks: H[] = [];

  add(h: H): () => void {
    this.#hooks.push(h);
    return () => {
      const at = this.#hooks.indexOf(h);
      if (at >= 0) this.#hooks.splice(at, 1);
    };
  }
  get isEmpty(): boolean {
    return this.#hooks.length === 0;
  }
  all(): readonly H[] {
    return [...this.#hooks];
  }
}

let sequence = 0;

/** One function of the backward graph. Its inputs are the gradients of the forward operator's outputs. */
export abstract class Node {
  /** Later nodes run first. */
  readonly sequenceNr: number;
  /** For each forward input where its gradient goes; null for inputs without one. */
  edges: readonly (Edge | null)[] = [];
  /** The forward outputs, by input number. */
  readonly outputs: TensorMeta[] = [];
  /** Hooks of the forward's outputs, by input number. */
  readonly tensorHooks = new Map<number, HookList<TensorHook>>();
  /** Outputs that keep their gradient, by input number. */
  readonly retaining = new Map<number, (g: Tensor) => void>();
  /** Called with the gradients that come in; what is returned replaces them. */
  readonly preHooks = new HookList<(grads: readonly Grad[]) => readonly Grad[] | null>();
  /** Called with the gradients that go out and came in; what is returned replaces those that go out. */
  readonly hooks = new HookList<
    (outputs: readonly Grad[], inputs: readonly Grad[]) => readonly Grad[] | null
  >();
  /** What Python keeps with the node. */
  readonly metadata = new Map<string, unknown>();

  constructor(readonly name: string, sequenceNr: number = sequence++) {
    this.sequenceNr = sequenceNr;
  }

  /** Gradients of the forward inputs, edge by edge. */
  abstract apply(grads: readonly Grad[]): readonly Grad[];
  /** Lets go of what was saved for one run. */
  release(): void {}
  /** Adds a forward output and makes `t` know where it comes from. */
  addOutput(t: Tensor): void {
    const nr = this.outputs.push({ sizes: t.sizes, scalarType: t.scalarType }) - 1;
    const m = metaOf(t);
    m.node = this;
    m.outputNr = nr;
    m.version = t.version;
    t.requiresGrad = true;
  }
  /** An output that has no gradient keeps its number. */
  skipOutput(t: TensorMeta): void {
    this.outputs.push({ sizes: t.sizes, scalarType: t.scalarType });
  }
  hooksOf(nr: number): HookList<TensorHook> {
    let list = this.tensorHooks.get(nr);
    if (!list) this.tensorHooks.set(nr, list = new HookList());
    return list;
  }
}

/** What autograd knows of a tensor; `Tensor.autograd` holds it. */
export class AutogradMeta {
  /** The accumulated gradient: `.grad`. */
  grad: Tensor | null = null;
  /** The node that made the tensor; null for leaves. */
  node: Node | null = null;
  outputNr = 0;
  /** Version when `node` was set: a view whose base has been written since has another history. */
  version = 0;
  /** Whether the gradient of a tensor that is no leaf is kept. */
  retains = false;
  accumulator: AccumulateGrad | null = null;
  /** Whether an in-place operation gave the tensor another history than it was made with. */
  rebased = false;
  /** Why a view may not be written in place, if so. */
  creation: "no_grad" | "multi" | "inference" | null = null;
}

export function metaOf(t: Tensor): AutogradMeta {
  return (t.autograd ??= new AutogradMeta()) as AutogradMeta;
}
export function peekMeta(t: Tensor): AutogradMeta | undefined {
  return t.autograd as AutogradMeta | undefined;
}

/** Whether a tensor's elements can have gradients. */
export function isDifferentiable(t: Tensor): boolean {
  return isFloatingType(t.scalarType) || isComplexType(t.scalarType);
}

/** The end of a graph: adds what comes in to the `.grad` of a leaf. */
export class AccumulateGrad extends Node {
  constructor(readonly variable: Tensor, readonly accumulate: (variable: Tensor, grad: Tensor) => void) {
    super("AccumulateGrad", Infinity);
    // The tensor itself: `data` may be replaced by one of another dtype.
    this.outputs.push(variable);
  }
  override apply(grads: readonly Grad[]): readonly Grad[] {
    if (grads[0]) this.accumulate(this.variable, grads[0]);
    return [];
  }
}

/** A tensor that a node needs for its gradient, checked for in-place writes when it is used. */
export class SavedTensor {
  readonly #version: number;
  #tensor: Tensor | null;

  constructor(t: Tensor) {
    // What autograd keeps outlives the run that made it.
    if (t.storage.region !== null) t.storage.detachFromArena();
    this.#tensor = t;
    this.#version = t.version;
  }
  release(): void {
    this.#tensor = null;
  }
  get isReleased(): boolean {
    return this.#tensor === null;
  }
  /** The tensor. */
  unpack(): Tensor {
    const t = this.#tensor;
    if (t === null) throw new RuntimeFault("RuntimeError", BACKWARD_TWICE);
    if (t.version !== this.#version) throw new RuntimeFault("RuntimeError", modified(t, this.#version));
    return t;
  }
}

const BACKWARD_TWICE =
  "Trying to backward through the graph a second time (or directly access saved tensors after they have already been " +
  "freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify " +
  "retain_graph=True if you need to backward through the graph a second time or if you need to access saved tensors " +
  "after calling backward.";

/** PyTorch's type of a tensor in messages: `torch.FloatTensor`. */
const LEGACY: Readonly<Record<number, string>> = {
  5: "Half",
  6: "Float",
  7: "Double",
  9: "ComplexFloat",
  10: "ComplexDouble",
  15: "BFloat16",
  4: "Long",
  3: "Int",
  11: "Bool",
  0: "Byte",
};

function modified(t: Tensor, expected: number): string {
  const m = peekMeta(t), node = m?.node;
  const what = node ? `, which is output ${m.outputNr} of ${node.name.replace(/Backward\d*$/, "")},` : "";
  return "one of the variables needed for gradient computation has been modified by an inplace operation: " +
    `[torch.${LEGACY[t.scalarType] ?? ""}Tensor [${
      t.sizes.join(", ")
    }]]${what} is at version ${t.version}; ` +
    `expected version ${expected} instead. Hint: enable anomaly detection to find the operation that failed to ` +
    "compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).";
}
