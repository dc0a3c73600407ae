/** One node for several that compute the same from the same inputs. */
import { AliasDb } from "../ir/alias_analysis.ts";
import type { Attribute, Block, Graph, Node, Value } from "../ir/graph.ts";
import { constantKey } from "./constant_pooling.ts";
import { hasSideEffects } from "./dead_code_elimination.ts";
import { isNondeterministic } from "./nondeterministic.ts";

/** Whether anything changed. Nodes that something writes to, that draw random numbers or have effects stay. */
export function eliminateCommonSubexpression(graph: Graph): boolean {
  return new Eliminator(graph).block(graph.block, () => undefined);
}

class Eliminator {
  #aliases: AliasDb | undefined;
  readonly #ids = new Map<object, number>();
  constructor(readonly graph: Graph) {}

  get aliases(): AliasDb {
    return this.#aliases ??= new AliasDb(this.graph);
  }

  block(block: Block, outside: (key: string) => Node | undefined): boolean {
    const seen = new Map<string, Node>();
    let changed = false;
    for (const n of block.nodes()) {
      if (n.blocks.length) {
        for (const b of n.blocks) {
          changed = this.block(b, (key) => seen.get(key) ?? outside(key)) || changed;
        }
        continue;
      }
      if (hasSideEffects(n) || isNondeterministic(n)) continue;
      const key = this.#key(n);
      if (key === undefined || this.aliases.nodeHasWriters(n)) continue;
      const above = outside(key), existing = above ?? seen.get(key);
      if (!existing) {
        seen.set(key, n);
        continue;
      }
      if (
        above
          ? !this.aliases.safeToChangeAliasingRelationship(n.outputs, above.outputs)
          : this.#bothReturned(n, existing)
      ) {
        continue;
      }
      n.outputs.forEach((o, i) => o.replaceAllUsesWith(existing.outputs[i]));
      n.destroy();
      changed = true;
    }
    return changed;
  }

  /** Two results of the graph stay two. */
  #bothReturned(a: Node, b: Node): boolean {
    const returned = (vs: readonly Value[]) =>
      vs.some((v) => this.graph.outputs.some((o) => this.aliases.mayContainAlias(v, o)));
    return returned(a.outputs) && returned(b.outputs);
  }

  /** Text that two nodes share exactly when they compute the same; undefined for what cannot be compared. */
  #key(n: Node): string | undefined {
    const types = n.outputs.map((o) => String(o.type)).join();
    if (n.kind === "prim::Constant") return `c|${types}|${constantKey(n, this.#ids)}`;
    const parts: string[] = [];
    for (const [name, a] of n.attributes) {
      const text = attributeKey(a);
      if (text === undefined) return undefined;
      parts.push(`${name}=${text}`);
    }
    return `${n.kind}|${types}|${n.inputs.map((v) => v.id).join()}|${parts.sort().join()}`;
  }
}

function attributeKey(a: Attribute): string | undefined {
  switch (a.kind) {
    case "g":
    case "ival":
      return undefined;
    case "ss":
    case "s":
      return JSON.stringify(a.value);
    default:
      return `${a.kind}${a.value}`;
  }
}
