/**
 * From a trace to functions and methods. While a module is traced each submodule's forward is a block of the graph
 * (`prim::TracedModuleForward`) and each attribute a `prim::TracedAttr` with its path. Here attributes become
 * `prim::GetAttr` of the nearest object, blocks become methods of the submodules' classes, and the nodes call them.
 * A traced function has no modules to hang methods on: its blocks are put in line.
 */
import type { ClassType } from "../../core/class_type.ts";
import { InternalError } from "../../core/errors.ts";
import { ScriptFunction } from "../../core/function.ts";
import { ScriptObject } from "../../core/ivalue.ts";
import { NoneType, TupleType } from "../../core/types.ts";
import { insertGetAttr, insertMethodCall } from "../frontend/ir_nodes.ts";
import { type Block, Graph, type Node, type Value } from "../ir/graph.ts";
import { signatureOf } from "../tracing/signature.ts";
import { lowerSimpleTuples } from "./lower_tuples.ts";

const FORWARD = "prim::TracedModuleForward", FORK = "prim::TracedFork", ATTRIBUTE = "prim::TracedAttr";

export function fixupTraceScopeBlocks(graph: Graph, self: ScriptObject | undefined): void {
  if (self) new AttributeReferences(graph).run();
  new DominatingDefinitions().run(graph.block);
  returnTuples(graph.block);
  if (!self) {
    inlineBlocks(graph.block);
    liftBlocks(graph.block);
  } else {
    liftBlocks(graph.block);
    makeMethods(graph);
    cleanUpMethods(self, new Set());
  }
  cleanUp(graph);
}

function isLifted(n: Node): boolean {
  return n.kind === FORWARD || n.kind === FORK;
}

/** Turns references to attributes into `prim::GetAttr`, in the block of the nearest object that holds them. */
class AttributeReferences {
  readonly #values = new Map<string, Value>();

  constructor(readonly graph: Graph) {
    for (const n of graph.block.nodes()) {
      if (n.kind === ATTRIBUTE) this.#values.set(n.s("scope"), n.output);
    }
  }

  run(): void {
    this.#addSelf(this.graph.block);
    this.#convert(this.graph.block, "__module", this.graph.inputs[0]);
    for (const v of this.#values.values()) v.node.destroy();
  }

  /** Each forward's block gets the submodule as its first input. */
  #addSelf(b: Block): void {
    for (const n of b.nodes()) {
      if (!isLifted(n)) continue;
      if (n.kind === FORWARD) {
        const module = this.#values.get(n.s("scope"));
        if (!module) throw new InternalError(`no submodule ${n.s("scope")} in the trace`);
        n.addInput(module);
        n.blocks[0].addInput("self", module.type);
      }
      this.#addSelf(n.blocks[0]);
    }
  }

  /** Converts the uses in a block that belongs to `prefix`; returns attributes from further out, which it takes as inputs. */
  #convert(b: Block, prefix: string, self: Value): Value[] {
    const unresolved: Value[] = [];
    const known = new Map<Value, Value>();
    for (const n of [...b.nodes(), b.ret]) {
      for (const inner of n.blocks) {
        const outer = n.kind === FORWARD
          ? this.#convert(inner, n.s("scope"), inner.inputs[0])
          : this.#convert(inner, prefix, self);
        for (const v of outer) n.addInput(v);
      }
      for (let i = 0; i < n.inputs.length; i++) {
        const v = n.inputs[i];
        if (!known.has(v)) {
          if (v.node.kind !== ATTRIBUTE) continue;
          known.set(v, this.#local(b, v, prefix, self, unresolved));
        }
        n.replaceInput(i, known.get(v)!);
      }
    }
    return unresolved;
  }

  #local(b: Block, v: Value, prefix: string, self: Value, unresolved: Value[]): Value {
    const path = v.node.s("scope");
    if (path.startsWith(prefix + ".")) {
      return this.graph.withInsertPoint(b.first, () => {
        let object = self;
        for (const name of path.slice(prefix.length + 1).split(".")) {
          object = insertGetAttr(this.graph, object, name);
        }
        return object;
      });
    }
    unresolved.push(v);
    return b.addInput().copyMetadata(v);
  }
}

/** Hands values out of the blocks they are computed in, as far as they are used. */
class DominatingDefinitions {
  readonly #lifted = new Map<Value, Value>();

  run(b: Block): void {
    for (const n of b.nodes()) this.#node(n, b);
    this.#node(b.ret, b);
  }

  #node(n: Node, b: Block): void {
    for (let i = 0; i < n.inputs.length; i++) {
      const known = this.#lifted.get(n.inputs[i]);
      if (known) n.replaceInput(i, known);
      const v = n.inputs[i];
      if (v.node.block === b) continue;
      const common = commonBlock(b, v.node.block!);
      let out = v;
      for (let at = v.node.block!; at !== common; at = at.owner!.block!) {
        at.registerOutput(out);
        out = at.owner!.addOutput(out.type);
      }
      if (out === v) continue;
      this.#lifted.set(v, out);
      n.replaceInput(i, out);
    }
    if (isLifted(n)) this.run(n.blocks[0]);
  }
}

function enclosing(b: Block): Block[] {
  const out = [b];
  for (let n = b.owner; n; n = out[out.length - 1].owner) out.push(n.block!);
  return out;
}

function commonBlock(a: Block, b: Block): Block {
  const around = new Set(enclosing(a));
  return enclosing(b).find((x) => around.has(x))!;
}

/** A method returns one value: several become a tuple, none becomes None. */
function returnTuples(b: Block): void {
  for (const n of b.nodes()) {
    if (!isLifted(n)) continue;
    const inner = n.blocks[0], g = n.graph;
    returnTuples(inner);
    if (n.kind === FORK) continue;
    if (inner.outputs.length > 1) {
      const types = inner.outputs.map((v) => v.type);
      const tuple = g.withInsertPoint(inner, () => g.insert("prim::TupleConstruct", inner.outputs));
      tuple.output.setType(new TupleType(types));
      inner.ret.removeAllInputs();
      inner.registerOutput(tuple.output);
      const result = n.addOutput(new TupleType(types));
      const unpack = g.create("prim::TupleUnpack", [result], types.length).insertAfter(n);
      for (let i = types.length - 1; i >= 0; i--) {
        unpack.outputs[i].setType(types[i]);
        n.outputs[i].replaceAllUsesWith(unpack.outputs[i]);
        n.eraseOutput(i);
      }
    } else if (inner.outputs.length === 0) {
      const none = g.withInsertPoint(inner, () => g.insert("prim::Constant"));
      none.output.setType(NoneType);
      inner.registerOutput(none.output);
      n.addOutput(NoneType);
    }
  }
}

/** Blocks become graphs; what they use from outside becomes inputs. */
function liftBlocks(b: Block): void {
  for (const n of b.nodes()) {
    if (!isLifted(n)) continue;
    liftBlocks(n.blocks[0]);
    n.set("Subgraph", { kind: "g", value: lifted(n) });
    n.eraseBlock(0);
  }
}

function lifted(n: Node): Graph {
  const graph = new Graph();
  const outside = new Map<Value, Value>();
  graph.block.cloneFrom(n.blocks[0], (v) => {
    let inside = outside.get(v);
    if (!inside) {
      outside.set(v, inside = graph.addInput().copyMetadata(v));
      n.addInput(v);
    }
    return inside;
  });
  return graph;
}

/** `forward`, `forward1`, `forward2`: a module that is called again gets another method. */
function freeMethodName(type: ClassType): string {
  for (let i = 0;; i++) {
    const name = i === 0 ? "forward" : `forward${i}`;
    if (!type.methods.has(name)) return name;
  }
}

function makeMethods(graph: Graph): void {
  for (const n of graph.block.nodes()) {
    if (n.kind === FORK) makeMethods(n.g("Subgraph"));
    else if (n.kind === FORWARD) {
      const body = n.g("Subgraph"), type = n.inputs[0].type;
      if (type.kind !== "Class") throw new InternalError(`a traced forward of ${type}, which is no module`);
      makeMethods(body);
      const fn = new ScriptFunction(`${type.name}.${freeMethodName(type)}`, type);
      fn.graph = body;
      fn.schema = signatureOf(fn.name, body);
      fn.state = "defined";
      type.unit.addFunction(fn);
      type.methods.set(fn.name, fn);
      graph.withInsertPoint(n, () => {
        const result = insertMethodCall(graph, fn.name, n.inputs, fn.schema.returns[0].type);
        n.output.replaceAllUsesWith(result);
      });
      n.destroy();
    }
  }
}

function inlineBlocks(b: Block): void {
  for (const n of b.nodes()) {
    for (const inner of n.blocks) inlineBlocks(inner);
    if (n.kind !== FORWARD) continue;
    const [inner] = n.blocks;
    n.outputs.forEach((o, i) => o.replaceAllUsesWith(inner.outputs[i]));
    inner.ret.removeAllInputs();
    for (const m of inner.nodes()) m.moveBefore(n);
    n.destroy();
  }
}

function cleanUpMethods(module: ScriptObject, seen: Set<ScriptObject>): void {
  if (seen.has(module)) return;
  seen.add(module);
  for (const v of module.slots) if (v instanceof ScriptObject && v.type.isModule) cleanUpMethods(v, seen);
  for (const fn of module.type.methods.values()) if (fn.graph instanceof Graph) cleanUp(fn.graph);
}

function cleanUp(graph: Graph): void {
  for (const n of graph.block.nodes()) {
    if (n.kind === FORK) {
      const body = n.g("Subgraph");
      realForks(body);
      lowerSimpleTuples(body);
    }
  }
  realForks(graph);
  lowerSimpleTuples(graph);
}

function realForks(graph: Graph): void {
  for (const n of graph.block.nodes()) {
    if (n.kind !== FORK) continue;
    const fork = graph.create("prim::fork", n.inputs, 0).insertBefore(n);
    fork.range = n.range;
    fork.scope = n.scope;
    for (const [k, a] of n.attributes) fork.set(k, a);
    for (const o of n.outputs) o.replaceAllUsesWith(fork.addOutput().copyMetadata(o));
    n.destroy();
  }
}
