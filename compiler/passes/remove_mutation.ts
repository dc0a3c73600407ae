/** Replaces changes in place by new values, where nobody else can see the old ones. */
import { IntType } from "../../core/types.ts";
import { findOperator } from "../../ops/registry.ts";
import { AliasDb } from "../ir/alias_analysis.ts";
import { insertConstant } from "../ir/constants.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";
import { moveBeforeTopologicallyValid } from "../ir/topological_moves.ts";
import { hasSideEffects } from "./dead_code_elimination.ts";

/** `x = [a]; x.append(b)` becomes `x = [a, b]`. Whether anything changed. */
export function removeListMutation(graph: Graph): boolean {
  return new MutationRemover(graph).lists(graph.block);
}

/** `x = f(y); x.add_(1)` becomes `x = f(y).add(1)`. Whether anything changed. */
export function removeTensorMutation(graph: Graph, wanted: (n: Node) => boolean = () => true): boolean {
  return new MutationRemover(graph).tensors(graph.block, wanted);
}

class MutationRemover {
  #aliases: AliasDb;
  constructor(readonly graph: Graph) {
    this.#aliases = new AliasDb(graph);
  }

  lists(block: Block): boolean {
    let changed = false;
    for (const n of [...block.nodes()]) {
      for (const b of n.blocks) changed = this.lists(b) || changed;
      const list = n.inputs[0];
      if (n.kind !== "aten::append" || list.node.kind !== "prim::ListConstruct") continue;
      if (!this.#makeAtomic(list, n)) continue;
      list.node.addInput(n.inputs[1]);
      for (const o of n.outputs) o.replaceAllUsesWith(list);
      n.destroy();
      this.#aliases = new AliasDb(this.graph);
      changed = true;
    }
    return changed;
  }

  tensors(block: Block, wanted: (n: Node) => boolean): boolean {
    let changed = false;
    for (const n of [...block.nodes()]) {
      for (const b of n.blocks) changed = this.tensors(b, wanted) || changed;
      const functional = wanted(n) ? functionalForm(n) : undefined;
      if (!functional) continue;
      const mutated = n.inputs[0];
      if (!this.#makeAtomic(mutated, n) && !this.#makeIfAtomic(mutated, n)) continue;
      const made = functional().insertBefore(n);
      made.range = n.range;
      made.callStack = n.callStack;
      made.scope = n.scope;
      made.output.setType(n.output.type);
      for (const u of mutated.uses.slice()) {
        if (u.user !== n && n.isBefore(u.user)) u.user.replaceInput(u.offset, made.output);
      }
      n.output.replaceAllUsesWith(made.output);
      n.destroy();
      this.#aliases = new AliasDb(this.graph);
      changed = true;
    }
    return changed;
  }

  /** A value that its node makes anew, and that is nobody else's. */
  #isNewMemory(v: Value): boolean {
    const n = v.node;
    if (n.kind === "prim::Param" || n.blocks.length || n.has("Subgraph") || hasSideEffects(n)) return false;
    return !n.inputs.some((i) => this.#aliases.mayContainAlias(i, v));
  }
  #makeAtomic(mutated: Value, mutating: Node): boolean {
    return this.#isNewMemory(mutated) &&
      moveBeforeTopologicallyValid(this.#aliases, mutated.node, mutating, hasSideEffects);
  }
  /** An `if` whose branches both make the value, and that nothing stands between. */
  #makeIfAtomic(mutated: Value, mutating: Node): boolean {
    const owner = mutated.node;
    if (owner.kind !== "prim::If") return false;
    const made = owner.blocks.map((b) => b.outputs[mutated.offset]);
    return made.every((v) => v.uses.length <= 1 && this.#isNewMemory(v)) &&
      moveBeforeTopologicallyValid(this.#aliases, owner, mutating, hasSideEffects);
  }
}

/** Makes the operator that gives a new tensor where `n` changes one; undefined when there is none. */
function functionalForm(n: Node): (() => Node) | undefined {
  const g = n.graph;
  if (n.schemaKey === "aten::fill_.Scalar" || n.schemaKey === "aten::zero_") {
    const fills = n.kind === "aten::fill_", kind = fills ? "aten::full_like" : "aten::zeros_like";
    return () =>
      g.withInsertPoint(n, () => {
        const options = Array.from({ length: 5 }, (_, i) =>
          fills && i === 0 ? dtypeOf(n) : insertConstant(g, null));
        const made = g.create(kind, [...n.inputs, ...options]);
        made.schemaKey = kind;
        return made;
      });
  }
  const schema = n.schemaKey ? findOperator(n.schemaKey)?.schema : undefined;
  if (!schema || !n.kind.startsWith("aten::") || !/[^_]_$/.test(n.kind) || n.outputs.length !== 1) {
    return undefined;
  }
  const self = schema.args[0];
  if (!self?.alias?.isWrite || self.type.kind !== "Tensor") return undefined;
  const kind = n.kind.slice(0, -1);
  const key = schema.overload ? `${kind}.${schema.overload}` : kind;
  const to = findOperator(key)?.schema;
  if (
    !to || to.args.length !== schema.args.length || to.args.some((a, i) => a.name !== schema.args[i].name)
  ) {
    return undefined;
  }
  return () => {
    const made = g.create(kind, n.inputs);
    made.schemaKey = key;
    return made;
  };
}

/** The element type of what is filled, which its new value keeps. */
function dtypeOf(n: Node): Value {
  const dtype = n.graph.insert("prim::dtype", [n.inputs[0]]);
  dtype.schemaKey = "prim::dtype";
  return dtype.output.setType(IntType);
}
