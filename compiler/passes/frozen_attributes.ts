/** Which attributes of a module the methods that stay may change, and the way to an attribute through submodules. */
import { RuntimeFault } from "../../core/errors.ts";
import type { ScriptFunction } from "../../core/function.ts";
import { DictValue, type IValue, ListValue, ScriptObject, TupleValue } from "../../core/ivalue.ts";
import { Tensor } from "../../core/tensor.ts";
import { AliasDb, isMutableType } from "../ir/alias_analysis.ts";
import { typeOfIValue } from "../ir/constants.ts";
import type { Graph, Node, Value } from "../ir/graph.ts";

/** Runs `f` on a graph and on the graphs of the forks in it. */
export function withForks(graph: Graph, f: (g: Graph) => void): void {
  f(graph);
  for (const n of [...graph.allNodes()]) if (n.kind === "prim::fork") withForks(n.g("Subgraph"), f);
}

/** What stands for the memory of a value: a tensor's storage, other things themselves. */
function memoryOf(v: IValue): unknown {
  return v instanceof Tensor ? v.storage : v;
}

function isMutable(v: IValue): boolean {
  return isMutableType(typeOfIValue(v));
}

export class FrozenAttributes {
  /** Methods that stay. */
  readonly methods = new Set<ScriptFunction>();
  /** Submodules that the caller wants whole. */
  readonly wholeModules = new Set<ScriptObject>();
  /** Memory of values that change or stay for another reason. */
  readonly #memory = new Set<unknown>();
  readonly #values: IValue[] = [];
  /** Names of numbers, strings and the like that change or stay. */
  readonly #scalars = new Map<ScriptObject, Set<string>>();
  /** Submodules on the way to something that the caller wants. */
  readonly #onTheWay: [ScriptObject, string][] = [];

  constructor(readonly root: ScriptObject, wanted: readonly string[]) {
    const forward = root.type.methods.get("forward");
    if (forward) this.methods.add(forward);
    for (const name of wanted) this.#want(name);
  }

  #want(path: string): void {
    const names = path.split("."), last = names.pop()!;
    let at = this.root;
    const way: [ScriptObject, string][] = [];
    for (const name of names) {
      const child = at.type.hasAttribute(name) ? at.getAttr(name) : undefined;
      if (!(child instanceof ScriptObject) || !child.type.isModule) throw unknownName(path);
      way.push([at, name]);
      at = child;
    }
    const method = at.type.methods.get(last);
    if (at.type.hasAttribute(last)) {
      const v = at.getAttr(last);
      if (v instanceof ScriptObject && v.type.isModule) this.wholeModules.add(v);
      this.keep(at, last);
    } else if (method) this.methods.add(method);
    else throw unknownName(path);
    this.#onTheWay.push(...way);
  }

  /** The attribute stays. */
  keep(owner: ScriptObject, name: string): void {
    const v = owner.getAttr(name);
    if (isMutable(v)) {
      this.#memory.add(memoryOf(v));
      this.#values.push(v);
    } else {
      if (!this.#scalars.has(owner)) this.#scalars.set(owner, new Set());
      this.#scalars.get(owner)!.add(name);
    }
  }
  keepTheWay(): void {
    for (const [owner, name] of this.#onTheWay) this.keep(owner, name);
  }
  isKept(owner: ScriptObject, name: string): boolean {
    const v = owner.getAttr(name);
    return isMutable(v) ? this.#memory.has(memoryOf(v)) : this.#scalars.get(owner)?.has(name) ?? false;
  }

  /** Names from the graph's own module to the module that `v` is; undefined when it is found otherwise. */
  pathOf(v: Value, graph: Graph): string[] | undefined {
    const self = graph.inputs[0]?.type, names: string[] = [];
    for (let at = v; at.type !== self; at = at.node.inputs[0]) {
      if (at.node.kind !== "prim::GetAttr") return undefined;
      names.unshift(at.node.s("name"));
    }
    return names;
  }
  /** The module that `v` is, unless a submodule on the way may be another one. */
  moduleOf(v: Value, graph: Graph, base: ScriptObject): ScriptObject | undefined {
    if (!((v.type.kind === "Class" || v.type.kind === "Interface") && v.type.isModule)) return undefined;
    let at = base;
    for (const name of this.pathOf(v, graph) ?? [undefined]) {
      const child: IValue | undefined = name === undefined ? undefined : at.getAttr(name);
      if (!(child instanceof ScriptObject) || this.#memory.has(child)) return undefined;
      at = child;
    }
    return at;
  }
  /** The module whose attribute the node reads or writes, when nothing is known to change that attribute. */
  constantOwner(n: Node, graph: Graph, base: ScriptObject): ScriptObject | undefined {
    const owner = this.moduleOf(n.inputs[0], graph, base), name = n.s("name");
    if (!owner || this.isKept(owner, name)) return undefined;
    const v = owner.getAttr(name);
    if (!isMutable(v) || v instanceof ScriptObject) return owner;
    const parts = subValues(v);
    const overlaps = this.#values.some((x) =>
      !(x instanceof ScriptObject) && [...subValues(x)].some((p) => parts.has(p))
    );
    return overlaps ? undefined : owner;
  }

  /** Takes note of the attributes that the graph sets or changes in place. */
  recordChanges(graph: Graph, base: ScriptObject, interfaces: boolean): void {
    const aliases = new AliasDb(graph, { frozen: true });
    const used = new Map<unknown, IValue>();
    for (const n of graph.allNodes()) {
      if (n.kind === "prim::ModuleContainerIndex") {
        throw new RuntimeFault(
          "RuntimeError",
          "Freezing modules containing prim::ModuleContainerIndex is not supported",
        );
      }
      if (n.kind === "prim::fork") {
        this.inFork(n, graph, base, (g, b) => this.recordChanges(g, b, interfaces));
      }
      if (n.kind !== "prim::SetAttr" && n.kind !== "prim::GetAttr") continue;
      if (!interfaces && n.kind === "prim::GetAttr" && n.output.type.kind === "Interface") {
        throw new RuntimeFault("RuntimeError", "attempted to freeze a module that uses interface attributes");
      }
      const owner = this.constantOwner(n, graph, base);
      if (!owner) continue;
      const v = owner.getAttr(n.s("name"));
      if (n.kind === "prim::GetAttr") {
        if (v instanceof ScriptObject || !isMutable(v)) continue;
        used.set(memoryOf(v), v);
      }
      if (n.kind === "prim::SetAttr" || aliases.hasWriters(n.output)) this.keep(owner, n.s("name"));
    }
    refuseOverlaps(used.values());
  }

  /** Runs `f` on a fork's graph; one whose first argument is a submodule has that as its own module. */
  inFork(n: Node, graph: Graph, base: ScriptObject, f: (sub: Graph, base: ScriptObject) => void): void {
    const made = n.inputs[0]?.node;
    if (made?.kind === "prim::GetAttr" && made.output.type.kind === "Class") {
      const owner = this.constantOwner(made, graph, base);
      const held = owner?.getAttr(made.s("name"));
      if (held instanceof ScriptObject) f(n.g("Subgraph"), held);
      return;
    }
    f(n.g("Subgraph"), base);
  }
}

function unknownName(path: string): RuntimeFault {
  return new RuntimeFault("RuntimeError", `Unknown name: ${path}`);
}

/** Memory of a value and of everything in it. */
function subValues(v: IValue, into = new Set<unknown>()): Set<unknown> {
  if (!isMutable(v)) return into;
  into.add(memoryOf(v));
  if (v instanceof ListValue || v instanceof TupleValue) { for (const x of v.items) subValues(x, into); }
  if (v instanceof DictValue) { for (const [, x] of v.entries()) subValues(x, into); }
  if (v instanceof ScriptObject && !v.type.isModule) { for (const x of v.slots) subValues(x, into); }
  return into;
}

function refuseOverlaps(values: Iterable<IValue>): void {
  const seen = new Set<unknown>();
  for (const v of values) {
    const parts = subValues(v);
    for (const p of parts) {
      if (seen.has(p)) {
        throw new RuntimeFault("RuntimeError", "module contains attributes values that overlaps ");
      }
    }
    for (const p of parts) seen.add(p);
  }
}
