/**
 * Exits become data flow: after a return, break or continue nothing more of its block runs, so blocks hand out
 * whether they left and with which values, what follows is guarded by an if, and branches that do not leave give
 * uninitialized values. Blocks that always throw need no guards.
 */
import { InternalError, NotImplemented } from "../../core/errors.ts";
import { BoolType, type Type } from "../../core/types.ts";
import { unifyTypes } from "../../core/unify.ts";
import { toIValue } from "../ir/constants.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";
import { constant, createUninitialized } from "./ir_nodes.ts";

export function transformExits(graph: Graph): void {
  enterExitToWith(graph);
  new ExitTransformer(graph, "prim::LoopContinuation").run();
  new ExitTransformer(graph, "prim::ReturnStmt").run();
  try {
    inlineConsecutiveIfs(graph.block);
  } catch (e) {
    // PyTorch breaks down here too: values of a with block are out of sight of what follows it.
    const w = [...graph.allNodes()].find((n) => n.kind === "prim::With");
    if (e instanceof InternalError && w) {
      throw new NotImplemented("break or continue out of this with statement", w.prev?.range);
    }
    throw e;
  }
  withToEnterExit(graph);
}

/** Whether control has left, and the values it left with. */
interface Exit {
  readonly hasExited: Value;
  readonly values: readonly Value[];
}
type Status = "will" | "might" | "wont" | "throws";

class ExitTransformer {
  readonly #true: Value;
  readonly #false: Value;
  readonly #throws: Value;
  readonly #uninitialized = new Map<Type, Value>();
  #target: Block | undefined;

  constructor(readonly graph: Graph, readonly exitKind: "prim::LoopContinuation" | "prim::ReturnStmt") {
    [this.#true, this.#false] = graph.withInsertPoint(
      graph.block.first,
      () => [constant(graph, true), constant(graph, false)],
    );
    this.#throws = this.#unit(BoolType);
  }
  run(): void {
    this.#block(this.graph.block);
  }

  get #wont(): Exit {
    return { hasExited: this.#false, values: [] };
  }
  #status(x: Exit): Status {
    if (x.hasExited === this.#true) return "will";
    if (x.hasExited === this.#false) return "wont";
    return x.hasExited === this.#throws ? "throws" : "might";
  }
  /** One uninitialized value per type object, at the top of the graph; equal types made apart have one each. */
  #unit(t: Type): Value {
    let v = this.#uninitialized.get(t);
    if (!v) {
      v = createUninitialized(this.graph, t).insertAfter(this.graph.block.param).output;
      this.#uninitialized.set(t, v);
    }
    return v;
  }
  #matching(values: readonly Value[]): Value[] {
    return values.map((v) => this.#unit(v.type));
  }

  #addIfOutputs(n: Node, ifTrue: readonly Value[], ifFalse: readonly Value[]): Value[] {
    return ifTrue.map((t, i) => {
      n.blocks[0].registerOutput(t);
      n.blocks[1].registerOutput(ifFalse[i]);
      return n.addOutput(unifyTypes(t.type, ifFalse[i].type, true)!);
    });
  }

  #loop(n: Node): Exit {
    const body = n.blocks[0];
    const exit = this.#block(body);
    const status = this.#status(exit);
    if (status === "wont" || status === "throws") return this.#wont;
    // Leaving ends the loop: its condition becomes false.
    const choice = this.graph.create("prim::If", [exit.hasExited], 0).insertBefore(body.ret);
    choice.addBlock().registerOutput(this.#false);
    choice.addBlock().registerOutput(body.outputs[0]);
    body.ret.replaceInput(0, choice.addOutput(BoolType));
    n.addInput(this.#false);
    body.addInput("", BoolType);
    body.registerOutput(exit.hasExited);
    const hasExited = n.addOutput(BoolType);
    const values = exit.values.map((v) => {
      n.addInput(this.#unit(v.type));
      const out = n.addOutput(v.type);
      body.addInput("", v.type);
      body.registerOutput(v);
      return out;
    });
    return { hasExited, values };
  }

  #if(n: Node): Exit {
    let t = this.#block(n.blocks[0]), f = this.#block(n.blocks[1]);
    const a = this.#status(t), b = this.#status(f);
    const status = a === "throws" ? b : b === "throws" ? a : a === b ? a : "might";
    if (status === "throws") return { hasExited: this.#throws, values: [] };
    if (status === "wont") return this.#wont;
    if (a === "wont" || a === "throws") t = { hasExited: t.hasExited, values: this.#matching(f.values) };
    else if (b === "wont" || b === "throws") f = { hasExited: f.hasExited, values: this.#matching(t.values) };
    const hasExited = status === "will" ? this.#true : this.#addIfOutputs(n, [t.hasExited], [f.hasExited])[0];
    return { hasExited, values: this.#addIfOutputs(n, t.values, f.values) };
  }

  /** Puts the rest of the block, from `next` on, under an if that is entered when nothing has been left. */
  #guard(b: Block, exit: Exit, next: Node): Exit {
    const n = this.graph.create("prim::If", [exit.hasExited], 0).insertBefore(next);
    const exitBlock = n.addBlock(), guardBlock = n.addBlock();
    for (let m: Node = next; m !== b.ret;) {
      const after = m.next!;
      m.moveBefore(guardBlock.ret);
      m = after;
    }
    for (const out of b.outputs) {
      exitBlock.registerOutput(this.#unit(out.type));
      guardBlock.registerOutput(out);
      n.addOutput(out.type);
    }
    b.ret.removeAllInputs();
    for (const out of n.outputs) b.registerOutput(out);
    this.graph.create(this.exitKind, exit.values, 0).insertBefore(exitBlock.ret);
    return this.#if(n);
  }

  /** Removes nodes that never run; whoever still names their values gets uninitialized ones. */
  #deleteFrom(b: Block, first: Node): void {
    for (let n = b.ret.prev!;;) {
      const prev = n.prev!;
      const last = n === first;
      for (const o of n.outputs) if (o.uses.length) o.replaceAllUsesWith(this.#unit(o.type));
      n.destroy();
      if (last) return;
      n = prev;
    }
  }

  #isTarget(b: Block): boolean {
    if (this.exitKind === "prim::LoopContinuation") return b.owner?.kind === "prim::Loop";
    return !b.owner || b.owner.kind === "prim::Closure";
  }

  #block(b: Block): Exit {
    const outer = this.#target;
    if (this.#isTarget(b)) this.#target = b;
    let exit = this.#wont;
    for (let n = b.first; n !== b.ret;) {
      const next: Node = n.next!;
      switch (n.kind) {
        case "prim::RaiseException":
          exit = { hasExited: this.#throws, values: [] };
          break;
        case "prim::ReturnStmt":
        case "prim::LoopContinuation":
          if (n.kind === this.exitKind) {
            exit = { hasExited: this.#true, values: n.inputs.slice() };
            n.destroy();
          }
          break;
        case "prim::If":
          exit = this.#if(n);
          break;
        case "prim::With":
          exit = this.#block(n.blocks[0]);
          break;
        case "prim::Closure":
          if (n.blocks.length) this.#block(n.blocks[0]);
          break;
        case "prim::Loop":
          exit = this.#loop(n);
          break;
      }
      const status = this.#status(exit);
      if (status === "will" || status === "throws") {
        if (next !== b.ret) this.#deleteFrom(b, next);
        break;
      }
      if (status === "might") {
        if (next !== b.ret) exit = this.#guard(b, exit, next);
        break;
      }
      n = next;
    }
    if (this.#target === b) {
      this.#arrive(b, exit);
      exit = this.#wont;
    }
    this.#target = outer;
    return exit;
  }

  /** The block that exits aim at takes their values as its outputs. */
  #arrive(b: Block, exit: Exit): void {
    const status = this.#status(exit);
    if (status === "might") {
      const n = this.graph.create("prim::If", [exit.hasExited], 0).insertBefore(b.ret);
      n.addBlock();
      n.addBlock();
      this.#addIfOutputs(n, exit.values, b.outputs);
      b.ret.removeAllInputs();
      for (const o of n.outputs) b.registerOutput(o);
    } else if (status === "will") {
      b.ret.removeAllInputs();
      for (const v of exit.values) b.registerOutput(v);
    }
  }
}

/** Two ifs in a row, the second deciding on a constant the first chose, become one. */
function inlineConsecutiveIfs(b: Block): void {
  for (let n = b.first; n !== b.ret;) {
    for (const inner of n.blocks) inlineConsecutiveIfs(inner);
    if (!mergeWithNext(n)) n = n.next!;
  }
}

function mergeWithNext(first: Node): boolean {
  const second = first.next!;
  if (first.kind !== "prim::If" || second.kind !== "prim::If") return false;
  const cond = second.inputs[0];
  if (cond.node !== first) return false;
  const choices = first.blocks.map((b) => toIValue(b.outputs[cond.offset]));
  if (typeof choices[0] !== "boolean" || typeof choices[1] !== "boolean" || choices[0] === choices[1]) {
    return false;
  }
  first.blocks.forEach((b, i) => {
    const from = second.blocks[choices[i] ? 0 : 1];
    b.cloneFrom(from, (v) => v.node === first ? b.outputs[v.offset] : v);
  });
  for (const o of second.outputs) o.replaceAllUsesWith(first.addOutput().copyMetadata(o));
  second.destroy();
  return true;
}

/** While exits are transformed, the nodes between Enter and Exit stand in a block of `prim::With`. */
function enterExitToWith(graph: Graph): void {
  const open: Node[] = [], pairs: [Node, Node][] = [];
  for (const n of graph.allNodes()) {
    if (n.kind === "prim::Enter") open.push(n);
    else if (n.kind === "prim::Exit") {
      const enter = open.pop();
      if (enter?.inputs[0] !== n.inputs[0]) {
        throw new InternalError("with statement's exit does not match its enter");
      }
      pairs.push([enter, n]);
    }
  }
  for (const [enter, exit] of pairs) {
    const w = graph.create("prim::With", [], 0);
    const body = w.addBlock(), exitBlock = w.addBlock();
    for (let n = enter.next!; n !== exit;) {
      const next = n.next!;
      n.moveBefore(body.ret);
      n = next;
    }
    exit.moveBefore(exitBlock.ret);
    w.insertAfter(enter);
  }
}

function withToEnterExit(graph: Graph): void {
  for (const w of [...graph.allNodes()].filter((n) => n.kind === "prim::With")) {
    for (const b of w.blocks) for (const n of [...b.nodes()]) n.moveBefore(w);
    w.destroy();
  }
}
