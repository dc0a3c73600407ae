/**
 * The IR, with PyTorch's vocabulary: a Graph owns a Block; a Block holds Nodes in order, inputs and outputs;
 * a Node has inputs, outputs (Values), attributes and nested blocks (`prim::If`, `prim::Loop`). Values are
 * defined once and know their uses. There is no phi: branches return values from their blocks.
 */
import { InternalError } from "../../core/errors.ts";
import type { IValue } from "../../core/ivalue.ts";
import type { SourceRange } from "../../core/source.ts";
import { AnyTensorType, type Type } from "../../core/types.ts";

/** Where an inlined node came from: the call that was inlined, innermost last. */
export interface InlinedCall {
  readonly functionName: string;
  /** The instance the method was called on, as the module hierarchy names it. */
  readonly module?: { readonly typeName: string; readonly instance: string };
  readonly range: SourceRange | undefined;
  readonly caller: InlinedCall | undefined;
}

/** Attribute of a node: `value` of a constant, `name` of GetAttr, `fork`'s subgraph. */
export type Attribute =
  | { readonly kind: "i" | "f"; readonly value: number | bigint }
  | { readonly kind: "s"; readonly value: string }
  | { readonly kind: "is" | "fs"; readonly value: readonly (number | bigint)[] }
  | { readonly kind: "ss"; readonly value: readonly string[] }
  | { readonly kind: "ival"; readonly value: IValue }
  | { readonly kind: "ty"; readonly value: Type }
  | { readonly kind: "tys"; readonly value: readonly Type[] }
  | { readonly kind: "g"; readonly value: Graph };

export interface Use {
  readonly user: Node;
  readonly offset: number;
}

export class Value {
  type: Type = AnyTensorType;
  /** Debug name (`x.1`) when it has one; else it prints as its number. */
  #name = "";
  /** Uses in the order they were made. Do not mutate: go through Node. */
  readonly uses: Use[] = [];
  constructor(readonly node: Node, public offset: number, readonly id: number) {}

  get hasDebugName(): boolean {
    return this.#name !== "";
  }
  /** What graphs print after `%`. */
  get debugName(): string {
    return this.#name || String(this.id);
  }
  /** The name without its `.N` suffix. */
  get debugNameBase(): string {
    return this.#name.replace(/\.\d+$/, "");
  }
  /**
   * Names the value. A name in use elsewhere in the graph gets PyTorch's treatment: the old holder is renamed
   * with a numeric suffix, the newest keeps the plain name.
   */
  setDebugName(name: string): this {
    this.#name = this.node.graph.claimName(this, this.#name, name);
    return this;
  }
  /** Only for Graph. */
  forceName(name: string): void {
    this.#name = name;
  }
  setType(t: Type): this {
    this.type = t;
    return this;
  }
  replaceAllUsesWith(other: Value): void {
    if (other === this) throw new InternalError("value replaced by itself");
    for (const use of this.uses.slice()) use.user.replaceInput(use.offset, other);
  }
  copyMetadata(from: Value): this {
    this.type = from.type;
    if (from.hasDebugName) this.setDebugName(from.debugName);
    return this;
  }
}

export class Node {
  readonly inputs: Value[] = [];
  readonly outputs: Value[] = [];
  readonly blocks: Block[] = [];
  readonly attributes: Map<string, Attribute> = new Map();
  range: SourceRange | undefined;
  callStack: InlinedCall | undefined;
  /** Module path of a traced node, printed after the place. */
  scope: string = "";
  block: Block | undefined;
  prev: Node | undefined;
  next: Node | undefined;
  /** The operator's schema key (`aten::add.Tensor`) once matched. */
  schemaKey: string | undefined;

  constructor(readonly graph: Graph, readonly kind: string) {}

  get output(): Value {
    if (this.outputs.length !== 1) {
      throw new InternalError(`${this.kind} has ${this.outputs.length} outputs, not one`);
    }
    return this.outputs[0];
  }
  /** `add` of `aten::add`. */
  get opName(): string {
    return this.kind.slice(this.kind.indexOf("::") + 2);
  }

  addInput(v: Value): this {
    v.uses.push({ user: this, offset: this.inputs.push(v) - 1 });
    return this;
  }
  insertInput(at: number, v: Value): void {
    const rest = this.inputs.slice(at);
    this.#dropFrom(at);
    this.addInput(v);
    for (const r of rest) this.addInput(r);
  }
  removeInput(at: number): void {
    const rest = this.inputs.slice(at + 1);
    this.#dropFrom(at);
    for (const r of rest) this.addInput(r);
  }
  removeAllInputs(): void {
    this.#dropFrom(0);
  }
  replaceInput(at: number, v: Value): Value {
    const old = this.inputs[at];
    this.#dropUse(at);
    this.inputs[at] = v;
    v.uses.push({ user: this, offset: at });
    return old;
  }
  #dropFrom(at: number): void {
    for (let i = at; i < this.inputs.length; i++) this.#dropUse(i);
    this.inputs.length = at;
  }
  #dropUse(at: number): void {
    const uses = this.inputs[at].uses;
    const i = uses.findIndex((u) => u.user === this && u.offset === at);
    uses.splice(i, 1);
  }

  addOutput(type?: Type): Value {
    const v = this.graph.newValue(this, this.outputs.length);
    if (type) v.type = type;
    this.outputs.push(v);
    return v;
  }
  insertOutput(at: number): Value {
    const v = this.graph.newValue(this, at);
    this.outputs.splice(at, 0, v);
    for (let i = at + 1; i < this.outputs.length; i++) this.outputs[i].offset = i;
    return v;
  }
  eraseOutput(at: number): void {
    const [v] = this.outputs.splice(at, 1);
    if (v.uses.length) {
      throw new InternalError(`erased output %${v.debugName} of ${this.kind} still has uses`);
    }
    this.graph.releaseName(v);
    for (let i = at; i < this.outputs.length; i++) this.outputs[i].offset = i;
  }

  addBlock(): Block {
    const b = new Block(this.graph, this);
    this.blocks.push(b);
    return b;
  }
  eraseBlock(at: number): void {
    const [b] = this.blocks.splice(at, 1);
    b.destroy();
  }

  // --- attributes ---
  has(name: string): boolean {
    return this.attributes.has(name);
  }
  set(name: string, a: Attribute): this {
    this.attributes.set(name, a);
    return this;
  }
  /** The string attribute `name`; an internal error when absent. */
  s(name: string): string {
    const a = this.attributes.get(name);
    if (a?.kind !== "s") throw new InternalError(`${this.kind} has no string attribute ${name}`);
    return a.value;
  }
  g(name: string): Graph {
    const a = this.attributes.get(name);
    if (a?.kind !== "g") throw new InternalError(`${this.kind} has no graph attribute ${name}`);
    return a.value;
  }

  // --- position ---
  insertBefore(n: Node): this {
    if (this.block) throw new InternalError("node is already in a block");
    this.block = n.block;
    this.prev = n.prev;
    this.next = n;
    n.prev!.next = this;
    n.prev = this;
    return this;
  }
  insertAfter(n: Node): this {
    return this.insertBefore(n.next!);
  }
  /** Takes the node out of its block, keeping inputs and outputs. */
  unlink(): this {
    this.prev!.next = this.next;
    this.next!.prev = this.prev;
    this.prev = this.next = this.block = undefined;
    return this;
  }
  moveBefore(n: Node): void {
    this.unlink().insertBefore(n);
  }
  moveAfter(n: Node): void {
    this.unlink().insertAfter(n);
  }
  /** Removes the node for good; its outputs must be unused. */
  destroy(): void {
    for (const o of this.outputs) {
      if (o.uses.length) throw new InternalError(`destroyed ${this.kind} while %${o.debugName} has uses`);
    }
    while (this.blocks.length) this.eraseBlock(this.blocks.length - 1);
    this.removeAllInputs();
    for (const o of this.outputs) this.graph.releaseName(o);
    if (this.block) this.unlink();
  }
  /** Whether this node comes before `other` in execution order (both in one graph). */
  isBefore(other: Node): boolean {
    const path = (n: Node): Node[] => {
      const out = [n];
      for (let b = n.block; b?.owner; b = b.owner.block) out.unshift(b.owner);
      return out;
    };
    const a = path(this), b = path(other);
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      if (a[i] === b[i]) continue;
      if (a[i].block !== b[i].block) {
        const owner = a[i - 1];
        return owner.blocks.indexOf(a[i].block!) < owner.blocks.indexOf(b[i].block!);
      }
      for (let n: Node | undefined = a[i].next; n; n = n.next) if (n === b[i]) return true;
      return false;
    }
    return a.length < b.length;
  }
}

/** A straight line of nodes between `param` (its outputs are the block's inputs) and `ret` (its inputs are the outputs). */
export class Block {
  readonly param: Node;
  readonly ret: Node;
  constructor(readonly graph: Graph, readonly owner: Node | undefined) {
    this.param = new Node(graph, "prim::Param");
    this.ret = new Node(graph, "prim::Return");
    this.param.block = this.ret.block = this;
    this.param.next = this.ret;
    this.ret.prev = this.param;
  }
  get inputs(): Value[] {
    return this.param.outputs;
  }
  get outputs(): Value[] {
    return this.ret.inputs;
  }
  addInput(name = "", type?: Type): Value {
    const v = this.param.addOutput(type);
    if (name) v.setDebugName(name);
    return v;
  }
  registerOutput(v: Value): void {
    this.ret.addInput(v);
  }
  /** Nodes in order; safe against removal of the node just visited. */
  *nodes(): Generator<Node> {
    for (let n = this.param.next!; n !== this.ret;) {
      const next: Node = n.next!;
      yield n;
      n = n.block === this ? n.next! : next;
    }
  }
  get first(): Node {
    return this.param.next!;
  }
  get isEmpty(): boolean {
    return this.param.next === this.ret;
  }
  append(n: Node): Node {
    return n.insertBefore(this.ret);
  }
  prepend(n: Node): Node {
    return n.insertAfter(this.param);
  }
  destroy(): void {
    this.ret.removeAllInputs();
    for (let n = this.ret.prev!; n !== this.param; n = this.ret.prev!) n.destroy();
    for (const v of this.inputs) this.graph.releaseName(v);
  }
  /** Copies another block's contents in; `map` translates values from outside. */
  cloneFrom(from: Block, map: (v: Value) => Value): Map<Value, Value> {
    const local = new Map<Value, Value>();
    const env = (v: Value) => local.get(v) ?? map(v);
    for (const i of from.inputs) local.set(i, this.addInput().copyMetadata(i));
    for (const n of from.nodes()) {
      const copy = this.append(this.graph.createClone(n, env));
      // PyTorch copies the names once more here: the copy of `x` ends as `x.N`, which printed graphs show.
      n.outputs.forEach((o, i) => local.set(o, copy.outputs[i].copyMetadata(o)));
    }
    for (const o of from.outputs) this.registerOutput(env(o));
    return local;
  }
}

export class Graph {
  #nextId = 0;
  readonly #names = new Map<string, Value>();
  readonly #suffix = new Map<string, number>();
  readonly block: Block = new Block(this, undefined);
  /** New nodes go before this one. */
  insertPoint: Node = this.block.ret;

  get inputs(): Value[] {
    return this.block.inputs;
  }
  get outputs(): Value[] {
    return this.block.outputs;
  }
  addInput(name = "", type?: Type): Value {
    return this.block.addInput(name, type);
  }
  registerOutput(v: Value): void {
    this.block.registerOutput(v);
  }
  newValue(node: Node, offset: number): Value {
    return new Value(node, offset, this.#nextId++);
  }
  create(kind: string, inputs: readonly Value[] = [], outputs = 1): Node {
    const n = new Node(this, kind);
    for (const v of inputs) n.addInput(v);
    for (let i = 0; i < outputs; i++) n.addOutput();
    return n;
  }
  /** Inserts at the insert point. */
  insertNode(n: Node): Node {
    return n.insertBefore(this.insertPoint);
  }
  insert(kind: string, inputs: readonly Value[] = [], outputs = 1): Node {
    return this.insertNode(this.create(kind, inputs, outputs));
  }
  /** Runs `f` with the insert point before `at` (a block's end when a Block is given). */
  withInsertPoint<T>(at: Node | Block, f: () => T): T {
    const saved = this.insertPoint;
    this.insertPoint = at instanceof Block ? at.ret : at;
    try {
      return f();
    } finally {
      this.insertPoint = saved;
    }
  }
  /** A copy of `n`, not yet in a block, inputs translated by `map`; blocks are copied too. */
  createClone(n: Node, map: (v: Value) => Value): Node {
    const copy = new Node(this, n.kind);
    for (const i of n.inputs) copy.addInput(map(i));
    for (const o of n.outputs) copy.addOutput().copyMetadata(o);
    for (const [k, a] of n.attributes) {
      copy.attributes.set(k, a.kind === "g" ? { kind: "g", value: a.value.copy() } : a);
    }
    copy.range = n.range;
    copy.callStack = n.callStack;
    copy.scope = n.scope;
    copy.schemaKey = n.schemaKey;
    for (const b of n.blocks) copy.addBlock().cloneFrom(b, map);
    return copy;
  }
  copy(): Graph {
    const g = new Graph();
    g.block.cloneFrom(this.block, () => {
      throw new InternalError("graph uses a value from outside");
    });
    return g;
  }
  /** Every node, nested blocks included, outer before inner. */
  *allNodes(block: Block = this.block): Generator<Node> {
    for (const n of block.nodes()) {
      yield n;
      for (const b of n.blocks) yield* this.allNodes(b);
    }
  }

  // --- names ---
  /** PyTorch's rule: the new holder keeps the plain name, the former one gets the next `.N`. */
  claimName(v: Value, old: string, name: string): string {
    if (name === old) return name;
    if (/^\d+$/.test(name)) throw new InternalError(`${name} is no name for a value: it is all digits`);
    if (old) this.#names.delete(old);
    if (!name) return "";
    const holder = this.#names.get(name);
    if (holder) {
      // One number is left out after each use, as in PyTorch: x.1, x.3, x.5.
      const numbered = /^(.*)\.(\d+)$/.exec(name);
      const base = numbered ? numbered[1] : name;
      let n = Math.max(numbered ? Number(numbered[2]) : 1, (this.#suffix.get(base) ?? 0) + 1);
      let replacement = `${base}.${n++}`;
      while (this.#names.has(replacement)) replacement = `${base}.${n++}`;
      this.#suffix.set(base, n);
      this.#names.set(replacement, holder);
      holder.forceName(replacement);
    }
    this.#names.set(name, v);
    return name;
  }
  releaseName(v: Value): void {
    if (v.hasDebugName && this.#names.get(v.debugName) === v) this.#names.delete(v.debugName);
  }
}
