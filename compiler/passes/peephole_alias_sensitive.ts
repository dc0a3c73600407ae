/** Rewrites that make two tensors one: `x + 0`, `x * 1`, `x / 1`; and the rank of a convolution's result. */
import { Float } from "../../core/scalar.ts";
import { isFloatingType } from "../../core/scalar_type.ts";
import { AliasDb } from "../ir/alias_analysis.ts";
import { insertConstant, toIValue } from "../ir/constants.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";

const RANKS = new Map([["aten::conv1d", 3], ["aten::conv2d", 4], ["aten::conv3d", 5]]);

export function peepholeAliasSensitive(graph: Graph, shapes: boolean): boolean {
  return new AliasSensitive(graph, shapes).block(graph.block);
}

class AliasSensitive {
  #aliases: AliasDb | undefined;
  /** Values of which the analysis is out of date, having been made one with others. */
  readonly #stale: Value[] = [];
  constructor(readonly graph: Graph, readonly shapes: boolean) {}

  get aliases(): AliasDb {
    return this.#aliases ??= new AliasDb(this.graph);
  }

  block(b: Block): boolean {
    let changed = false;
    for (const n of b.nodes()) {
      for (const inner of n.blocks) changed = this.block(inner) || changed;
      const rank = RANKS.get(n.kind);
      if (rank !== undefined) changed = this.#foldRank(n, rank) || changed;
      else if (this.#isIdentity(n)) changed = this.#merge(n.inputs[0], n.output) || changed;
    }
    return changed;
  }

  #foldRank(n: Node, rank: number): boolean {
    const uses = n.output.uses.filter((u) => u.user.kind === "aten::dim");
    if (!uses.length || this.aliases.hasWriters(n.output)) return false;
    for (const { user } of uses) {
      user.output.replaceAllUsesWith(
        this.graph.withInsertPoint(user, () => insertConstant(this.graph, rank)),
      );
    }
    return true;
  }

  /** Whether the operator gives its tensor back, the element type too. */
  #isIdentity(n: Node): boolean {
    const key = n.schemaKey;
    const sum = key === "aten::add.Scalar" || key === "aten::sub.Scalar";
    if (!sum && key !== "aten::mul.Scalar" && key !== "aten::div.Scalar") return false;
    const numbers = n.inputs.slice(1).map(numberOf);
    if (numbers.some((v) => v === undefined)) return false;
    if (!this.#isFloating(n.inputs[0])) {
      if (key === "aten::div.Scalar" || n.inputs.slice(1).some((v) => v.type.kind !== "int")) return false;
    }
    return sum ? numbers[0] === 0 && numbers[1] === 1 : numbers[0] === 1;
  }
  #isFloating(v: Value): boolean {
    if (!this.shapes || v.type.kind !== "Tensor") return false;
    const { scalarType } = v.type.facts;
    return scalarType !== undefined && isFloatingType(scalarType);
  }

  #merge(input: Value, output: Value): boolean {
    const { aliases } = this;
    if (!aliases.safeToChangeAliasingRelationship([input], [output])) return false;
    if (this.#stale.some((s) => aliases.mayAlias(s, input) || aliases.mayAlias(s, output))) return false;
    output.replaceAllUsesWith(input);
    this.#stale.push(input, output);
    return true;
  }
}

function numberOf(v: Value): number | undefined {
  const c = toIValue(v);
  return c instanceof Float ? c.value : typeof c === "number" ? c : undefined;
}
