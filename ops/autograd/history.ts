/** Where a tensor's gradient goes: its node, or the accumulator of a leaf; and views whose base was written. */
import type { Tensor } from "../../core/tensor.ts";
import { at } from "./calls.ts";
import { accumulate } from "./accumulate.ts";
import { AccumulateGrad, type Edge, type Grad, metaOf, Node, peekMeta } from "./node.ts";

/** Whether operations on a tensor are recorded: it requires gradients, or it is a view of one that does. */
export function requiresGrad(t: Tensor): boolean {
  return t.requiresGrad || (t.base !== undefined && t.base.requiresGrad);
}

/** The gradient of a view of the base is spread over zeros of the base's shape. */
class AsStridedNode extends Node {
  readonly #view: Geometry;
  constructor(base: Tensor, view: Tensor) {
    super("AsStridedBackward0");
    this.#view = geometry(base, view);
  }
  override apply([g]: readonly Grad[]): readonly Grad[] {
    return [g && spread(g, this.#view)];
  }
}

/** How a view lies in its base. */
export interface Geometry {
  readonly base: { sizes: readonly number[]; strides: readonly number[]; scalarType: number };
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  /** From the base's first element, in elements of the view. */
  readonly offset: number;
  /** Whether the view has the parts of the base's complex numbers as elements. */
  readonly ofParts: boolean;
}

export function geometry(base: Tensor, view: Tensor): Geometry {
  const ofParts = view.scalarType !== base.scalarType;
  return {
    base: { sizes: base.sizes, strides: base.strides, scalarType: base.scalarType },
    sizes: view.sizes,
    strides: view.strides,
    offset: view.storageOffset - base.storageOffset * (ofParts ? 2 : 1),
    ofParts,
  };
}

/** The part of a tensor with the base's geometry that the view shows. */
export function viewIn(t: Tensor, g: Geometry): Tensor {
  const from = g.ofParts ? at("view_as_real", t) : t;
  return at("as_strided", from, [...g.sizes], [...g.strides], from.storageOffset + g.offset);
}

/** Zeros of the base's geometry, with room for all that it spans. */
export function blank(like: Tensor, g: Geometry): Tensor {
  const { sizes, strides, scalarType } = g.base;
  const reach = sizes.reduce((n, size, i) => n + (size - 1) * strides[i], 1);
  const flat = at("new_zeros", like, [sizes.includes(0) ? 0 : reach], scalarType, null, null, null);
  return at("as_strided", flat, [...sizes], [...strides], 0);
}

function spread(grad: Tensor, g: Geometry): Tensor {
  const out = blank(grad, g);
  const strides = g.strides, overlapping = g.sizes.some((n, i) => strides[i] === 0 && n > 1);
  if (!overlapping) {
    at("copy_", viewIn(out, g), grad, false);
    return out;
  }
  // Elements that the view shows several times get the sum.
  const index = at("as_strided", positions(out), [...g.sizes], [...g.strides], g.offset);
  const flat = at("view", out, [-1]);
  const filled = at("index_add", flat, 0, at("reshape", index, [-1]), at("reshape", grad, [-1]), 1);
  return at("view", filled, [...g.base.sizes]);
}
function positions(t: Tensor): Tensor {
  return at("arange", t.numel, 4, null, null, null);
}

/** The node that made a tensor; null for leaves. A view of a base that was written gets its new one here. */
export function gradFn(t: Tensor): Node | null {
  const m = peekMeta(t), { base } = t;
  if (base === undefined || !base.requiresGrad) return m?.node ?? null;
  const b = peekMeta(base);
  const stale = m?.node || m?.version ? m.version !== t.version : b?.rebased === true;
  if (!stale || !b?.node) return m?.node ?? null;
  const node = new AsStridedNode(base, t);
  node.edges = [edgeOf(base)];
  node.addOutput(t);
  return node;
}

/** Where the gradient of a tensor goes; null when it has none. */
export function edgeOf(t: Tensor): Edge | null {
  const node = gradFn(t);
  if (node) return { node, inputNr: peekMeta(t)!.outputNr };
  if (!requiresGrad(t)) return null;
  const m = metaOf(t);
  m.accumulator ??= new AccumulateGrad(t, accumulate);
  return { node: m.accumulator, inputNr: 0 };
}

/** Whether the tensor is a leaf: nothing made it, as far as gradients go. */
export function isLeaf(t: Tensor): boolean {
  return gradFn(t) === null;
}
