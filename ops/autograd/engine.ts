/** Runs the backward graph: nodes in the reverse of the order in which they were recorded, each when all is there. */
import { RuntimeFault } from "../../core/errors.ts";
import { outsideRegion } from "../../core/region.ts";
import { isComplexType, isFloatingType } from "../../core/scalar_type.ts";
import { sameSizes } from "../reference/copy.ts";
import { add, at, sumTo } from "./calls.ts";
import { withGrad } from "./mode.ts";
import type { Edge, Grad, Node, TensorMeta } from "./node.ts";
import type { Tensor } from "../../core/tensor.ts";

export interface Root {
  readonly edge: Edge;
  readonly grad: Tensor;
}
export interface BackwardOptions {
  /** Keeps what nodes saved, for another run. */
  readonly keepGraph: boolean;
  /** Records the derivatives themselves. */
  readonly createGraph: boolean;
  /** Gradients to give back; without it leaves accumulate theirs. */
  readonly captures?: readonly Edge[];
  /** Leaves among the captures accumulate instead of being given back. */
  readonly accumulate?: boolean;
}

/** Nodes by their number, the latest first. */
class ReadyQueue {
  readonly #heap: Node[] = [];
  get size(): number {
    return this.#heap.length;
  }
  push(n: Node): void {
    const h = this.#heap;
    let i = h.push(n) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (h[up].sequenceNr >= n.sequenceNr) break;
      h[i] = h[up];
      i = up;
    }
    h[i] = n;
  }
  pop(): Node {
    const h = this.#heap, top = h[0], last = h.pop()!;
    if (h.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= h.length) break;
      if (child + 1 < h.length && h[child + 1].sequenceNr > h[child].sequenceNr) child++;
      if (h[child].sequenceNr <= last.sequenceNr) break;
      h[i] = h[child];
      i = child;
    }
    h[i] = last;
    return top;
  }
}

/** How many edges lead to each node that the roots reach. */
function dependencies(roots: readonly Root[]): Map<Node, number> {
  const count = new Map<Node, number>();
  const pending: Node[] = [];
  const seen = new Set<Node>();
  for (const r of roots) {
    if (!seen.has(r.edge.node)) {
      seen.add(r.edge.node);
      pending.push(r.edge.node);
    }
  }
  while (pending.length) {
    for (const e of pending.pop()!.edges) {
      if (!e) continue;
      count.set(e.node, (count.get(e.node) ?? 0) + 1);
      if (!seen.has(e.node)) {
        seen.add(e.node);
        pending.push(e.node);
      }
    }
  }
  return count;
}

/** Nodes that have to run so that the captures get their gradients: those with a way to one. */
function neededFor(roots: readonly Root[], captures: readonly Edge[]): Set<Node> {
  const wanted = new Set(captures.map((e) => e.node));
  const leads = new Map<Node, boolean>();
  const stack: { node: Node; at: number }[] = [];
  for (const r of roots) {
    if (leads.has(r.edge.node)) continue;
    leads.set(r.edge.node, false);
    stack.push({ node: r.edge.node, at: 0 });
    while (stack.length) {
      const top = stack[stack.length - 1];
      if (top.at === top.node.edges.length) {
        stack.pop();
        continue;
      }
      const next = top.node.edges[top.at]?.node;
      if (next === undefined) {
        top.at++;
      } else if (!leads.has(next)) {
        leads.set(next, false);
        stack.push({ node: next, at: 0 });
      } else {
        if (wanted.has(next) || leads.get(next)) leads.set(top.node, true);
        top.at++;
      }
    }
  }
  return new Set([...leads].filter(([, yes]) => yes).map(([n]) => n));
}

/** Runs the graph from the roots; gives the gradients of `captures`, in their order. */
export function runBackward(roots: readonly Root[], options: BackwardOptions): Grad[] {
  return outsideRegion(() => withGrad(options.createGraph, () => new Run(roots, options).finish()));
}

class Run {
  readonly #ready = new ReadyQueue();
  readonly #dependencies: Map<Node, number>;
  readonly #buffers = new Map<Node, Grad[]>();
  readonly #needed: Set<Node> | null;
  readonly #captured: Grad[];
  readonly #captures = new Map<Node, number[]>();

  constructor(roots: readonly Root[], readonly options: BackwardOptions) {
    const { captures } = options;
    this.#dependencies = dependencies(roots);
    this.#needed = captures ? neededFor(roots, captures) : null;
    this.#captured = (captures ?? []).map(() => null);
    captures?.forEach((e, i) => this.#captures.set(e.node, [...(this.#captures.get(e.node) ?? []), i]));
    for (const { edge, grad } of roots) {
      if (!this.#buffers.has(edge.node) && !this.#dependencies.get(edge.node)) this.#ready.push(edge.node);
      this.#give(edge, grad);
    }
  }
  #give(edge: Edge, grad: Grad): void {
    let buffer = this.#buffers.get(edge.node);
    if (!buffer) this.#buffers.set(edge.node, buffer = new Array(edge.node.outputs.length).fill(null));
    if (grad === null) return;
    const have = buffer[edge.inputNr];
    buffer[edge.inputNr] = have ? add(have, grad) : grad;
  }

  finish(): Grad[] {
    while (this.#ready.size) this.#evaluate(this.#ready.pop());
    return this.#captured;
  }
  #evaluate(node: Node): void {
    let grads: readonly Grad[] = hooked(node, this.#buffers.get(node)!);
    this.#buffers.delete(node);
    const captured = this.#captures.get(node);
    if (captured) {
      for (const i of captured) this.#captured[i] = grads[this.options.captures![i].inputNr];
    }
    const isLeafWanted = captured !== undefined && this.options.accumulate === true;
    if (this.#needed && !this.#needed.has(node) && !(isLeafWanted && node.edges.length === 0)) return;
    for (const hook of node.preHooks.all()) grads = hook(grads) ?? grads;
    let out = node.apply(grads).map((g, i) => validated(node, i, g));
    for (const hook of node.hooks.all()) out = [...hook(out, grads) ?? out];
    if (!this.options.keepGraph) node.release();
    node.edges.forEach((edge, i) => {
      if (!edge) return;
      this.#give(edge, out[i] ?? null);
      const left = this.#dependencies.get(edge.node)! - 1;
      this.#dependencies.set(edge.node, left);
      if (left === 0) this.#ready.push(edge.node);
    });
  }
}

/** The gradients after the hooks of the tensors they belong to, which may be kept then. */
function hooked(node: Node, grads: Grad[]): Grad[] {
  for (const [nr, hooks] of node.tensorHooks) {
    for (const hook of hooks.all()) {
      const g = grads[nr];
      if (g) grads[nr] = hook(g) ?? g;
    }
  }
  for (const [nr, keep] of node.retaining) if (grads[nr]) keep(grads[nr]);
  return grads;
}

/** A gradient as the input wants it: summed over broadcast dimensions, in its dtype, real where it is real. */
function validated(node: Node, i: number, g: Grad): Grad {
  const edge = node.edges[i];
  if (!g || !edge) return null;
  const meta = edge.node.outputs[edge.inputNr];
  return fitted(g, meta, () => `Function ${node.name} returned an invalid gradient at index ${i}`);
}

function fitted(grad: Tensor, meta: TensorMeta, what: () => string): Tensor {
  let g = grad;
  if (!sameSizes(g.sizes, meta.sizes)) {
    if (!expandable(meta.sizes, g.sizes)) {
      throw new RuntimeFault(
        "RuntimeError",
        `${what()} - got [${g.sizes.join(", ")}] but expected shape compatible with [${
          meta.sizes.join(", ")
        }]`,
      );
    }
    g = sumTo(g, meta.sizes);
  }
  if (g.scalarType === meta.scalarType) return g;
  if (isComplexType(g.scalarType) && !isComplexType(meta.scalarType)) g = at("real", g);
  if (g.scalarType === meta.scalarType) return g;
  if (!isFloatingType(meta.scalarType) && !isComplexType(meta.scalarType)) return g;
  return at("to.dtype", g, meta.scalarType);
}

function expandable(from: readonly number[], to: readonly number[]): boolean {
  const lead = to.length - from.length;
  return lead >= 0 && from.every((n, i) => n === to[lead + i] || n === 1);
}
