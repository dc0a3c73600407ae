/**
 * From `prim::Load` and `prim::Store` to SSA: control flow gets inputs and outputs for the variables it changes,
 * break and continue become exits with values, loop conditions move into the bodies, loads and stores vanish.
 */
import { InternalError } from "../../core/errors.ts";
import type { Type } from "../../core/types.ts";
import { unifyTypes } from "../../core/unify.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";
import { transformExits } from "./exit_transforms.ts";
import { inlineBlockBefore, inlineLoopConditions } from "./inline_loop_condition.ts";
import { constant, createLoad, createStore } from "./ir_nodes.ts";
import { meaningfulName } from "./meaningful_name.ts";

export function convertToSsa(graph: Graph): void {
  new ControlFlowLoadStores(graph).run();
  new LoopContinuations(graph).run(graph.block);
  inlineLoopConditions(graph);
  new EraseLoadStores().run(graph.block);
  transformExits(graph);
}

/** Variables by name, a frame per block. */
class Frame<T> {
  readonly vars: Map<string, T> = new Map();
  constructor(readonly next: Frame<T> | undefined) {}
  find(name: string): T | undefined {
    return this.vars.get(name) ?? this.next?.find(name);
  }
  /** Names set here, in order. */
  defined(): string[] {
    return [...this.vars.keys()].sort();
  }
}

/** Adds inputs and outputs, with loads and stores around them, to ifs and loops. */
class ControlFlowLoadStores {
  #frame: Frame<Type> | undefined;
  constructor(readonly graph: Graph) {}

  run(): void {
    this.#block(this.graph.block);
  }
  #block(b: Block): Frame<Type> {
    const frame = this.#frame = new Frame<Type>(this.#frame);
    for (const n of b.nodes()) {
      switch (n.kind) {
        case "prim::If":
          this.#if(n);
          break;
        case "prim::Loop":
          this.#loop(n);
          break;
        case "prim::Closure":
        case "prim::ComprehensionScope":
          for (const inner of n.blocks) this.#block(inner);
          break;
        case "prim::Store":
          frame.vars.set(n.s("name"), n.inputs[0].type);
          break;
      }
    }
    this.#frame = frame.next;
    return frame;
  }

  #blockOutput(b: Block, t: Type, name: string): void {
    b.registerOutput(createLoad(this.graph, name, t).insertBefore(b.ret).output);
  }
  #nodeOutput(n: Node, t: Type, name: string): void {
    const out = n.addOutput(t);
    if (meaningfulName(name)) out.setDebugName(name);
    createStore(this.graph, name, out).insertAfter(n);
  }

  #if(n: Node): void {
    const [trueBlock, falseBlock] = n.blocks;
    const t = this.#block(trueBlock), f = this.#block(falseBlock);
    const mutated = new Set<string>();
    for (const v of t.defined()) if (f.find(v)) mutated.add(v);
    for (const v of f.defined()) if (t.find(v)) mutated.add(v);
    for (const name of [...mutated].sort()) {
      const tt = t.find(name)!, ft = f.find(name)!;
      const unified = unifyTypes(tt, ft, true)!;
      this.#blockOutput(trueBlock, tt, name);
      this.#blockOutput(falseBlock, ft, name);
      this.#nodeOutput(n, unified, name);
    }
  }

  #loop(n: Node): void {
    const body = n.blocks[0];
    const vars = this.#block(body);
    for (const name of vars.defined()) {
      const outer = this.#frame!.find(name);
      if (!outer) continue;
      const inner = vars.vars.get(name)!;
      const unified = unifyTypes(outer, inner, true)!;
      n.addInput(createLoad(this.graph, name, outer).insertBefore(n).output);
      const input = body.addInput(meaningfulName(name) ? name : "", unified);
      createStore(this.graph, name, input).insertAfter(body.param);
      this.#blockOutput(body, inner, name);
      this.#nodeOutput(n, unified, name);
    }
  }
}

/** break and continue become `prim::LoopContinuation(goOn, ...variables)`. */
class LoopContinuations {
  #falseValue!: Value;
  #loop: Node | undefined;
  constructor(readonly graph: Graph) {}

  run(b: Block): void {
    this.#falseValue = this.graph.withInsertPoint(b.first, () => constant(this.graph, false));
    this.#assign(b);
  }
  #assign(b: Block): void {
    for (const n of [...b.nodes()]) {
      switch (n.kind) {
        case "prim::If":
          for (const inner of n.blocks) this.#assign(inner);
          break;
        case "prim::Closure":
          new LoopContinuations(this.graph).run(n.blocks[0]);
          break;
        case "prim::Loop": {
          const outer = this.#loop;
          this.#loop = n;
          this.#assign(n.blocks[0]);
          this.#loop = outer;
          break;
        }
        case "prim::ContinueStmt":
        case "prim::BreakStmt":
          this.#jump(n);
          break;
      }
    }
  }
  #jump(n: Node): void {
    const jump = this.graph.create("prim::LoopContinuation", [], 0).insertAfter(n);
    if (n.kind === "prim::ContinueStmt") {
      const header = jump.addBlock();
      header.cloneFrom(this.#loop!.blocks[1], (v) => v);
      inlineBlockBefore(n, header);
      jump.addInput(header.outputs[0]);
      jump.eraseBlock(0);
    } else jump.addInput(this.#falseValue);
    for (const out of this.#loop!.blocks[0].outputs) {
      if (out.node.kind !== "prim::Load") throw new InternalError("loop output is not a variable");
      jump.addInput(this.graph.createClone(out.node, (v) => v).insertBefore(jump).output);
    }
    n.destroy();
  }
}

/** Replaces loads by the values last stored. */
class EraseLoadStores {
  #frame: Frame<Value> | undefined;

  run(b: Block): void {
    const frame = this.#frame = new Frame<Value>(this.#frame);
    for (const n of [...b.nodes()]) {
      switch (n.kind) {
        case "prim::Store":
          frame.vars.set(n.s("name"), n.inputs[0]);
          n.destroy();
          break;
        case "prim::Load": {
          const v = frame.find(n.s("name"));
          if (!v) throw new InternalError(`variable ${n.s("name")} is read before it is set`);
          n.output.replaceAllUsesWith(v);
          n.destroy();
          break;
        }
        case "prim::ComprehensionScope": {
          const body = n.blocks[0];
          this.run(body);
          for (const inner of [...body.nodes()]) inner.moveBefore(n);
          n.destroy();
          break;
        }
        default:
          for (const inner of n.blocks) this.run(inner);
      }
    }
    this.#frame = frame.next;
  }
}
