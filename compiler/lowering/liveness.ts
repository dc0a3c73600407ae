/** Whether a value is still needed after a node has run, exactly, on every way the program can go. */
import type { Block, Graph, Node, Value } from "../ir/graph.ts";

export class Liveness {
  /** Position of each node; a block's return stands after its nodes. Blocks span a range of positions. */
  readonly #position = new Map<Node, number>();
  readonly #end = new Map<Block, number>();
  readonly #start = new Map<Block, number>();
  /** Positions of the uses of a value, ascending. */
  readonly #uses = new Map<Value, number[]>();

  constructor(graph: Graph) {
    let next = 0;
    const visit = (b: Block): void => {
      this.#start.set(b, next);
      for (const n of b.nodes()) {
        this.#position.set(n, next++);
        n.blocks.forEach(visit);
      }
      this.#position.set(b.ret, next++);
      this.#end.set(b, next);
    };
    visit(graph.block);
  }

  position(n: Node): number {
    return this.#position.get(n)!;
  }
  #usesOf(v: Value): number[] {
    let u = this.#uses.get(v);
    if (!u) {
      u = v.uses.map((x) => this.#position.get(x.user)!).sort((a, b) => a - b);
      this.#uses.set(v, u);
    }
    return u;
  }
  /** Whether some use lies in positions [from, to). */
  #usedIn(v: Value, from: number, to: number): boolean {
    const uses = this.#usesOf(v);
    let lo = 0, hi = uses.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (uses[mid] < from) lo = mid + 1;
      else hi = mid;
    }
    return lo < uses.length && uses[lo] < to;
  }
  /** Whether the node's own blocks use the value. */
  usedInside(v: Value, n: Node): boolean {
    return n.blocks.some((b) => this.usedInBlock(v, b));
  }
  usedInBlock(v: Value, b: Block): boolean {
    return this.#usedIn(v, this.#start.get(b)!, this.#end.get(b)!);
  }

  /**
   * Whether `v` is read after `n` is done. Inside a loop body a value from outside the loop is needed again in
   * the next round; a branch does not see what only its sibling reads.
   */
  liveAfter(v: Value, n: Node): boolean {
    const home = v.node.block!;
    let from = this.#position.get(n)! + 1;
    if (n.blocks.length) from = this.#end.get(n.blocks[n.blocks.length - 1])!;
    for (let b = n.block!;; b = b.owner!.block!) {
      if (this.#usedIn(v, from, this.#end.get(b)!)) return true;
      if (b === home || !b.owner) return false;
      if (b.owner.kind === "prim::Loop" && this.usedInBlock(v, b)) return true;
      const last = b.owner.blocks[b.owner.blocks.length - 1];
      from = this.#end.get(last)!;
    }
  }
}
