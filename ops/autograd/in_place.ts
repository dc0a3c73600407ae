/** In-place operations: what they may not write, and the history that a tensor or the base of a view has afterwards. */
import { check } from "../../core/errors.ts";
import type { Tensor } from "../../core/tensor.ts";
import { at } from "./calls.ts";
import { blank, edgeOf, type Geometry, geometry, gradFn, requiresGrad, viewIn } from "./history.ts";
import { type Grad, metaOf, Node, peekMeta } from "./node.ts";

/** Refuses writes that would make gradients wrong, with PyTorch's messages. */
export function checkInPlace(self: Tensor): void {
  const { base } = self;
  if (base === undefined) {
    check(
      !(self.requiresGrad && gradFn(self) === null),
      "a leaf Variable that requires grad is being used in an in-place operation.",
    );
    return;
  }
  check(
    !(base.requiresGrad && gradFn(base) === null),
    "a view of a leaf Variable that requires grad is being used in an in-place operation.",
  );
  const m = peekMeta(self);
  if (m?.creation !== "multi" || !requiresGrad(self)) return;
  check(
    false,
    `Output ${m.outputNr} of ${
      m.node?.name ?? "a function"
    } is a view and is being modified inplace. This view is the output of a function that returns multiple views. ` +
      "Such functions do not allow the output views to be modified inplace. You should replace the inplace operation " +
      "by an out-of-place one.",
  );
}

/** The node of a base that was written through a view: the view's part of the gradient goes through the operation. */
class CopySlices extends Node {
  readonly #view: Geometry;
  constructor(base: Tensor, view: Tensor, readonly fn: Node) {
    super("CopySlices");
    this.#view = geometry(base, view);
    this.edges = [edgeOf(base), ...fn.edges.slice(1)];
  }
  override apply([g]: readonly Grad[]): readonly Grad[] {
    const out: Grad[] = this.edges.map(() => null);
    if (g === null) return out;
    const whole = at("copy_", blank(g, this.#view), g, false);
    const part = viewIn(whole, this.#view);
    const through = this.fn.apply([at("clone", part, null)]);
    if (this.edges[0]) {
      if (through[0]) at("copy_", part, through[0], false);
      else at("zero_", part);
      out[0] = whole;
    }
    for (let i = 1; i < out.length; i++) out[i] = through[i] ?? null;
    return out;
  }
  override release(): void {
    this.fn.release();
  }
}

/** `self` has been written by what `node` derives: sets its history, by way of the base when it is a view. */
export function rebaseHistory(self: Tensor, node: Node): void {
  const { base } = self;
  if (base === undefined) {
    node.addOutput(self);
    metaOf(self).rebased = true;
    return;
  }
  node.outputs.push({ sizes: self.sizes, scalarType: self.scalarType });
  const slices = new CopySlices(base, self, node);
  slices.addOutput(base);
  metaOf(base).rebased = true;
  const m = metaOf(self);
  m.version = -1;
  m.creation = null;
  gradFn(self);
}
