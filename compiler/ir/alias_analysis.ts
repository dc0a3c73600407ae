/**
 * Which values may share memory. Values of mutable types point at locations; locations that may be the same
 * are merged (a Steensgaard-style analysis), and a container's location knows the merged location of its
 * elements. What comes from outside (inputs, attributes, calls) is one location, the wildcard.
 */
import { findOperator } from "../../ops/registry.ts";
import type { AliasInfo, Argument } from "../../core/schema.ts";
import type { Type } from "../../core/types.ts";
import type { Block, Graph, Node, Value } from "./graph.ts";

/** Whether a value of the type can be changed in place, or hold something that can. */
export function isMutableType(t: Type): boolean {
  switch (t.kind) {
    case "Tensor":
    case "List":
    case "Dict":
    case "Class":
    case "Interface":
    case "Any":
    case "AnyList":
    case "AnyClass":
    case "PyObject":
    case "Capsule":
    case "Generator":
    case "Var":
      return true;
    case "Tuple":
      return t.elems.some(isMutableType);
    case "Optional":
    case "Future":
    case "Await":
    case "RRef":
      return isMutableType(t.elem);
    case "Union":
      return t.members.some(isMutableType);
    default:
      return false;
  }
}

const CALLS = new Set([
  "prim::CallFunction",
  "prim::CallMethod",
  "prim::PythonOp",
  "prim::fork",
  "prim::Closure",
]);
const CASTS = new Set([
  "prim::unchecked_cast",
  "prim::unchecked_unwrap_optional",
  "aten::_unwrap_optional",
  "prim::TupleSlice",
  "prim::Store",
  "prim::Load",
]);

function argumentsOf(n: Node): { args: readonly Argument[]; returns: readonly Argument[] } | undefined {
  return n.schemaKey === undefined ? undefined : findOperator(n.schemaKey)?.schema;
}

/** The inputs that a node changes in place. */
export function writesOf(n: Node): Value[] {
  if (n.kind === "prim::SetAttr") return [n.inputs[0]];
  // What a fork changes counts when it is waited for.
  if (n.kind === "prim::fork") return [];
  if (CALLS.has(n.kind)) return n.inputs.filter((v) => isMutableType(v.type));
  const schema = argumentsOf(n);
  if (!schema) return [];
  return n.inputs.filter((_, i) =>
    schema.args[i]?.alias?.isWrite || schema.args[i]?.alias?.contained?.isWrite
  );
}

export class AliasDb {
  readonly #parent: number[] = [];
  /** Locations that a container's location holds. */
  readonly #contained: (Set<number> | undefined)[] = [];
  /** Containers that something was taken out of: what they hold, now and later, is one location. */
  readonly #collapsed: boolean[] = [];
  readonly #location = new Map<Value, number>();
  readonly #wildcard: number;
  #written: Set<number> | undefined;
  readonly #frozen: boolean;

  /** In a `frozen` graph nothing but the graph itself changes the attributes of modules, so each is a value of its own. */
  constructor(readonly graph: Graph, options: { frozen?: boolean } = {}) {
    this.#frozen = options.frozen ?? false;
    this.#wildcard = this.#fresh();
    this.#contained[this.#wildcard] = new Set([this.#wildcard]);
    this.#collapsed[this.#wildcard] = true;
    for (const i of graph.inputs) this.#toWildcard(i);
    this.#block(graph.block);
    for (const o of graph.outputs) if (isMutableType(o.type)) this.locationOf(o);
  }

  /** Representative of the value's location; undefined for immutable values. */
  locationOf(v: Value): number | undefined {
    if (!isMutableType(v.type)) return undefined;
    let at = this.#location.get(v);
    if (at === undefined) this.#location.set(v, at = this.#fresh());
    return this.#find(at);
  }
  isWildcard(v: Value): boolean {
    return this.locationOf(v) === this.#find(this.#wildcard);
  }
  mayAlias(a: Value, b: Value): boolean {
    const x = this.locationOf(a);
    return x !== undefined && x === this.locationOf(b);
  }
  /** Locations reachable from a value: its own and, through containers, those of its elements. */
  reachable(v: Value): Set<number> {
    const out = new Set<number>();
    const at = this.locationOf(v), pending = at === undefined ? [] : [at];
    for (let l = pending.pop(); l !== undefined; l = pending.pop()) {
      if (out.has(l)) continue;
      out.add(l);
      for (const inner of this.#contained[l] ?? []) pending.push(this.#find(inner));
    }
    return out;
  }
  /** Whether either may hold or be what the other holds or is. */
  mayContainAlias(a: Value, b: Value): boolean {
    const x = this.reachable(a);
    for (const l of this.reachable(b)) if (x.has(l)) return true;
    return false;
  }
  /** Whether anything in the graph, as it was when this was made, writes to the value's memory. */
  hasWriters(v: Value): boolean {
    if (!isMutableType(v.type)) return false;
    if (!this.#written) {
      this.#written = new Set();
      for (const n of this.graph.allNodes()) {
        for (const w of writesOf(n)) {
          const at = this.locationOf(w);
          if (at !== undefined) this.#written.add(at);
        }
      }
    }
    for (const at of this.reachable(v)) if (this.#written.has(at)) return true;
    return false;
  }
  /** Whether anything writes to what the node takes or gives. */
  nodeHasWriters(n: Node): boolean {
    return n.inputs.some((v) => this.hasWriters(v)) || n.outputs.some((v) => this.hasWriters(v));
  }
  /** Whether somebody outside the graph may hold the value: it came in, goes out, or is part of what did. */
  escapesScope(v: Value): boolean {
    if (this.isWildcard(v)) return true;
    return [...this.graph.inputs, ...this.graph.outputs].some((o) => this.mayContainAlias(v, o));
  }
  /** Whether `a` may stand for `b` without anybody noticing that they are one. */
  safeToChangeAliasingRelationship(a: readonly Value[], b: readonly Value[]): boolean {
    if ([...a, ...b].some((v) => this.hasWriters(v))) return false;
    return !(a.some((v) => this.escapesScope(v)) && b.some((v) => this.escapesScope(v)));
  }

  #fresh(): number {
    this.#contained.push(undefined);
    return this.#parent.push(this.#parent.length) - 1;
  }
  #find(a: number): number {
    while (this.#parent[a] !== a) a = this.#parent[a] = this.#parent[this.#parent[a]];
    return a;
  }
  #union(a: number, b: number): void {
    const pending: [number, number][] = [[a, b]];
    for (let pair = pending.pop(); pair; pair = pending.pop()) {
      const x = this.#find(pair[0]), y = this.#find(pair[1]);
      if (x === y) continue;
      this.#parent[x] = y;
      const held = new Set([...this.#contained[x] ?? [], ...this.#contained[y] ?? []]);
      if (held.size) this.#contained[y] = held;
      if (!this.#collapsed[x] && !this.#collapsed[y]) continue;
      this.#collapsed[y] = true;
      const [first, ...rest] = held;
      for (const c of rest) pending.push([c, first]);
    }
  }
  #alias(a: Value, b: Value): void {
    const x = this.locationOf(a), y = this.locationOf(b);
    if (x !== undefined && y !== undefined) this.#union(x, y);
  }
  #toWildcard(v: Value): void {
    const at = this.locationOf(v);
    if (at !== undefined) this.#union(at, this.#wildcard);
  }
  /** What `container` holds, as one location. */
  #elementsOf(container: Value): number | undefined {
    const at = this.locationOf(container);
    if (at === undefined) return undefined;
    this.#collapsed[at] = true;
    const [first, ...rest] = this.#contained[at] ??= new Set([this.#fresh()]);
    for (const c of rest) this.#union(c, first);
    return this.#find(first);
  }
  /** `v` may be an element of `container`. */
  #contains(container: Value, v: Value): void {
    const x = this.locationOf(v), c = this.locationOf(container);
    if (x === undefined || c === undefined) return;
    (this.#contained[c] ??= new Set()).add(x);
    if (this.#collapsed[c]) this.#elementsOf(container);
  }
  /** `v` is taken out of `container`. */
  #takenFrom(container: Value, v: Value): void {
    const x = this.locationOf(v), c = this.#elementsOf(container);
    if (x !== undefined && c !== undefined) this.#union(x, c);
  }

  #block(b: Block): void {
    for (const n of b.nodes()) this.#node(n);
  }
  #node(n: Node): void {
    switch (n.kind) {
      case "prim::If":
        for (const b of n.blocks) {
          this.#block(b);
          n.outputs.forEach((o, i) => this.#alias(o, b.outputs[i]));
        }
        return;
      case "prim::Loop": {
        const body = n.blocks[0];
        const tie = () =>
          n.outputs.forEach((o, i) => {
            this.#alias(o, n.inputs[i + 2]);
            this.#alias(o, body.inputs[i + 1]);
          });
        tie();
        this.#block(body);
        n.outputs.forEach((o, i) => this.#alias(o, body.outputs[i + 1]));
        return;
      }
      case "prim::Constant":
      case "prim::Uninitialized":
      case "prim::CreateObject":
        return;
      case "prim::TupleConstruct":
      case "prim::ListConstruct":
      case "prim::DictConstruct":
        for (const i of n.inputs) this.#contains(n.output, i);
        return;
      case "prim::TupleUnpack":
      case "prim::ListUnpack":
      case "prim::TupleIndex":
        for (const o of n.outputs) this.#takenFrom(n.inputs[0], o);
        return;
      case "prim::SetAttr":
        this.#toWildcard(n.inputs[1]);
        return;
      case "prim::GetAttr": {
        const of = n.inputs[0]?.type;
        if (!(this.#frozen && of?.kind === "Class" && of.isModule)) this.#toWildcard(n.output);
        return;
      }
    }
    if (CASTS.has(n.kind)) {
      for (const o of n.outputs) this.#alias(o, n.inputs[0]);
      return;
    }
    const schema = CALLS.has(n.kind) ? undefined : argumentsOf(n);
    if (!schema || n.blocks.length) {
      for (const v of [...n.inputs, ...n.outputs]) this.#toWildcard(v);
      for (const b of n.blocks) this.#block(b);
      return;
    }
    this.#schema(n, schema.args, schema.returns);
  }

  #schema(n: Node, args: readonly Argument[], returns: readonly Argument[]): void {
    const wild = (a: AliasInfo | undefined) => a?.after.includes("*") || a?.before.includes("*");
    n.inputs.forEach((v, i) => {
      if (wild(args[i]?.alias)) this.#toWildcard(v);
    });
    n.outputs.forEach((o, i) => {
      const a = returns[Math.min(i, returns.length - 1)]?.alias;
      if (!a) return;
      if (wild(a)) return this.#toWildcard(o);
      const inner = a.contained ?? a;
      n.inputs.forEach((v, j) => {
        const from = args[j]?.alias;
        if (!from || !from.before.some((s) => inner.before.includes(s))) return;
        if (a.contained) this.#contains(o, v);
        else this.#alias(o, v);
      });
    });
  }
}
