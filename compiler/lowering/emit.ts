/** Walks a prepared graph and writes its instructions. Plain nodes are in `nodes.ts`; here is control flow. */
import { Label } from "../../bytecode/assembler.ts";
import type { Code } from "../../bytecode/code.ts";
import { BOX, LAST, REGISTER_MASK } from "../../bytecode/opcodes.ts";
import type { FunctionSchema } from "../../core/schema.ts";
import { isMutableType } from "../ir/alias_analysis.ts";
import { toIValue } from "../ir/constants.ts";
import type { Block, Graph, Node, Value } from "../ir/graph.ts";
import { CONSTANT, Instructions } from "./instructions.ts";
import { Liveness } from "./liveness.ts";
import { type Move, orderMoves } from "./moves.ts";
import { emitNode } from "./nodes.ts";
import { isRaw } from "./prepare.ts";
import { Registers } from "./registers.ts";

const INT64_MAX = (1n << 63n) - 1n;

export class Emitter {
  readonly code = new Instructions();
  readonly registers: Registers;
  readonly liveness: Liveness;
  /** Where a value would best be computed: the register of the block output or carried value it becomes. */
  readonly #wanted = new Map<Value, number>();
  /** Values that occupy each register now; a register is free when none is left. */
  readonly #occupants = new Map<number, Set<Value>>();

  constructor(
    readonly graph: Graph,
    readonly name: string,
    readonly schema: FunctionSchema | undefined,
    /** Makes the code of a graph that a node holds. */
    readonly lower: (graph: Graph, name: string) => Code,
  ) {
    this.registers = new Registers(graph.inputs.length);
    this.liveness = new Liveness(graph);
    graph.inputs.forEach((v, i) => {
      if (v.uses.length) this.#occupy(v, i);
    });
  }

  run(): Code {
    this.#block(this.graph.block);
    const out = this.graph.outputs[0];
    // A function returns an IValue: the border knows its static type.
    this.code.emit("RET", undefined, this.operand(out, false, undefined));
    return this.code.assemble(this.name, this.registers, this.schema);
  }

  // --- operands and results, for nodes.ts ---

  /** The operand that reads `v`, boxed unless `raw` is wanted; `at` is the reading node, where it may die. */
  operand(v: Value, raw: boolean, at: Node | undefined): number {
    if (v.node.kind === "prim::Constant") {
      return CONSTANT | this.registers.constant(toIValue(v)!, raw && isRaw(v));
    }
    let o = this.registers.get(v);
    if (isRaw(v) && !raw) o |= BOX;
    // Numbers hold no memory worth giving back.
    if (at && isMutableType(v.type) && !this.liveness.liveAfter(v, at) && this.#soleOccupant(v)) o |= LAST;
    return o;
  }
  /** Frees what dies at `n`; call between reading the operands and `result`. */
  finishReads(n: Node): void {
    for (const v of n.inputs) {
      if (this.registers.has(v) && !this.#held(v) && !this.liveness.liveAfter(v, n)) this.#vacate(v);
    }
  }
  /** A register for an output of `n`; with `unbox` when the instruction yields a boxed float for a raw value. */
  result(v: Value, yieldsRaw: boolean): number {
    const r = this.#home(v);
    this.#occupy(v, r);
    if (!v.uses.length) this.#vacate(v);
    return isRaw(v) && !yieldsRaw ? r | BOX : r;
  }
  /** A register for a result nobody reads. */
  scratch(): number {
    const r = this.registers.take();
    this.registers.release(r);
    return r;
  }
  /** Lets `v` live on in the register of `from`, which dies: no instruction is needed. */
  inherit(v: Value, from: Value): void {
    const r = this.registers.get(from);
    this.#vacate(from);
    this.#occupy(v, r);
  }

  #occupy(v: Value, r: number): void {
    this.registers.reserve(r);
    this.registers.assign(v, r);
    let set = this.#occupants.get(r);
    if (!set) this.#occupants.set(r, set = new Set());
    set.add(v);
  }
  #vacate(v: Value): void {
    const r = this.registers.get(v);
    const set = this.#occupants.get(r);
    set?.delete(v);
    if (!set?.size) this.registers.release(r);
  }
  #soleOccupant(v: Value): boolean {
    const set = this.#occupants.get(this.registers.get(v));
    return set?.size === 1 && set.has(v);
  }
  /** The wanted register if nothing live is in it, else a free one. */
  #home(v: Value): number {
    const want = this.#wanted.get(v);
    if (want !== undefined) {
      const others = [...this.#occupants.get(want) ?? []].filter((o) => !this.#placeholders.has(o));
      if (!others.length) return want;
    }
    return this.registers.take();
  }
  /** Outputs of enclosing nodes that hold their register for what a branch will put there. */
  readonly #placeholders = new Set<Value>();
  /** Values that loop instructions read on every round: trip counts and counters. Counted, since nested loops may share one. */
  readonly #pinned = new Map<Value, number>();

  #pin(v: Value, by: number): void {
    this.#pinned.set(v, (this.#pinned.get(v) ?? 0) + by);
  }
  /** Whether the value keeps its register whatever its uses say. */
  #held(v: Value): boolean {
    return this.#placeholders.has(v) || (this.#pinned.get(v) ?? 0) > 0;
  }

  // --- blocks ---

  #block(b: Block): void {
    for (const n of b.nodes()) {
      if (n.kind === "prim::If") this.#if(n);
      else if (n.kind === "prim::Loop") this.#loop(n);
      else emitNode(this, n);
    }
  }

  /** Frees values from outside that a branch does not need although its sibling does. */
  #snapshot(): () => void {
    const occupants = new Map([...this.#occupants].map(([r, s]) => [r, new Set(s)]));
    const free = this.registers.freeNow();
    const known = this.registers.temporaryCount;
    return () => {
      this.#occupants.clear();
      for (const [r, s] of occupants) this.#occupants.set(r, new Set(s));
      const all = free.slice();
      for (let r = known; r < this.registers.temporaryCount; r++) all.push(r);
      this.registers.setFree(all);
    };
  }

  #if(n: Node): void {
    const cond = this.operand(n.inputs[0], true, n);
    const otherwise = new Label(), end = new Label();
    this.code.emit("JF", n, cond & ~LAST, otherwise);
    const condValue = n.inputs[0];
    const outputs: number[] = [];
    n.outputs.forEach((o, i) => outputs.push(this.#branchTarget(n, o, i, outputs)));
    if (
      this.registers.has(condValue) && !this.#held(condValue) && !this.liveness.liveAfter(condValue, n) &&
      !this.liveness.usedInside(condValue, n)
    ) {
      this.#vacate(condValue);
    }
    n.outputs.forEach((o, i) => {
      this.#occupy(o, outputs[i]);
      this.#placeholders.add(o);
    });
    const restore = this.#snapshot();
    n.blocks.forEach((b, k) => {
      if (k === 1) {
        restore();
        this.code.label(otherwise);
      }
      this.#dropUnneeded(n, b);
      b.outputs.forEach((v, i) => {
        if (v.node.block === b && !this.#wanted.has(v)) this.#wanted.set(v, outputs[i]);
      });
      this.#block(b);
      this.#parallel(n, b.outputs, n.outputs);
      if (k === 0 && !(n.blocks[1].isEmpty && this.#needsNoMoves(n.blocks[1], outputs))) {
        this.code.emit("JMP", n, 0, end);
      }
    });
    this.code.label(end);
    // After the If: what is live is what was live before and still is, and the outputs.
    restore();
    for (const o of n.outputs) this.#placeholders.delete(o);
    for (const set of [...this.#occupants.values()]) {
      for (const v of [...set]) {
        if (n.outputs.includes(v) ? !v.uses.length : !this.#held(v) && !this.liveness.liveAfter(v, n)) {
          this.#vacate(v);
        }
      }
    }
  }

  #needsNoMoves(b: Block, outputs: readonly number[]): boolean {
    return b.outputs.every((v, i) =>
      v.node.kind !== "prim::Constant" && this.registers.has(v) && this.registers.get(v) === outputs[i]
    );
  }

  /** Values of the enclosing code that only the sibling branch reads are dead here. */
  #dropUnneeded(n: Node, b: Block): void {
    for (const set of [...this.#occupants.values()]) {
      for (const v of [...set]) {
        if (this.#held(v) || this.liveness.liveAfter(v, n) || this.liveness.usedInBlock(v, b)) continue;
        this.#vacate(v);
      }
    }
  }

  /** The register of an If's output: where it is wanted, or where a branch has the value already, or a free one. */
  #branchTarget(n: Node, o: Value, i: number, taken: readonly number[]): number {
    const want = this.#wanted.get(o);
    if (want !== undefined && !taken.includes(want) && this.#freeAfter(want, n)) return want;
    for (const b of n.blocks) {
      const v = b.outputs[i];
      if (v.node.kind === "prim::Constant" || !this.registers.has(v) || v.node.block === b) continue;
      const r = this.registers.get(v);
      if (isRaw(v) === isRaw(o) && !taken.includes(r) && this.#freeAfter(r, n)) return r;
    }
    return this.registers.take();
  }
  /** Whether nothing in the register is needed once `n` is done. */
  #freeAfter(r: number, n: Node): boolean {
    for (const v of this.#occupants.get(r) ?? []) {
      if (this.#pinned.get(v)) return false;
      if (!this.#placeholders.has(v) && this.liveness.liveAfter(v, n)) return false;
      if (n.outputs.includes(v)) return false;
    }
    return true;
  }

  #loop(n: Node): void {
    const body = n.blocks[0];
    const [trip, start] = n.inputs;
    const counted = toIValue(trip) !== INT64_MAX && toIValue(trip) !== Number(INT64_MAX);
    const always = toIValue(body.outputs[0]) === true;
    const entryCheck = toIValue(start) !== true;
    const index = body.inputs[0];
    const carried = n.outputs.map((o, i) => this.#carriedHome(n, o, i));
    // The initial values move in before anything of theirs is freed.
    this.#moves(n, n.inputs.slice(2), carried, body.inputs.slice(1));
    const tripOperand = counted ? this.operand(trip, true, undefined) : 0;
    const startOperand = entryCheck ? this.operand(start, true, undefined) : 0;
    for (const v of n.inputs) {
      if (!this.registers.has(v) || v === trip || this.#held(v)) continue;
      if (!this.liveness.liveAfter(v, n) && !this.liveness.usedInside(v, n)) this.#vacate(v);
    }
    if (counted) this.#pin(trip, 1);
    body.inputs.slice(1).forEach((p, i) => this.#occupy(p, carried[i]));
    n.outputs.forEach((o, i) => {
      this.#occupy(o, carried[i]);
      this.#placeholders.add(o);
    });
    const exit = new Label(), again = new Label();
    let counter = -1;
    if (counted || index.uses.length) {
      counter = this.registers.take();
      this.#occupy(index, counter);
      this.#pin(index, 1);
    }
    if (counted) this.code.emit("FORPREP", n, counter, tripOperand & ~LAST, exit);
    else if (counter >= 0) this.code.emit("MOVE", n, counter, CONSTANT | this.registers.constant(0, false));
    if (entryCheck) this.code.emit("JF", n, startOperand & ~LAST, exit);
    this.code.label(again);
    body.outputs.slice(1).forEach((v, i) => {
      if (v.node.block === body && !this.#wanted.has(v)) this.#wanted.set(v, carried[i]);
    });
    this.#block(body);
    const condValue = body.outputs[0];
    let cond = always ? -1 : this.operand(condValue, true, undefined);
    if (cond >= 0 && carried.includes(cond & REGISTER_MASK) && !(cond & CONSTANT)) {
      // The moves of the carried values would overwrite the condition, unless it is one of them, in place.
      const i = carried.indexOf(cond & REGISTER_MASK);
      if (body.outputs[i + 1] !== condValue) {
        const safe = this.registers.take();
        this.code.emit("MOVE", n, safe, cond);
        this.registers.release(safe);
        cond = safe;
      }
    }
    this.#parallel(n, body.outputs.slice(1), n.outputs);
    if (counted) {
      if (always) this.code.emit("FORLOOP", n, counter, tripOperand & ~LAST, again);
      else this.code.emit("FORLOOPC", n, counter, tripOperand & ~LAST, cond, again);
    } else {
      if (counter >= 0) {
        this.code.emit("ADD_I", n, counter, counter, CONSTANT | this.registers.constant(1, false));
      }
      if (always) this.code.emit("JMP", n, 0, again);
      else this.code.emit("JT", n, cond, again);
    }
    this.code.label(exit);
    if (counted) this.#pin(trip, -1);
    for (const o of n.outputs) this.#placeholders.delete(o);
    if (counter >= 0) this.#pin(index, -1);
    for (const set of [...this.#occupants.values()]) {
      for (const v of [...set]) {
        const inner = v.node.block === body || (v.node.kind === "prim::Param" && v.node === body.param);
        const dead = n.outputs.includes(v)
          ? !v.uses.length
          : inner || (!this.#held(v) && !this.liveness.liveAfter(v, n));
        if (dead) this.#vacate(v);
      }
    }
  }

  /** The register of a carried value: the initial value's if that dies here, else where the result is wanted. */
  #carriedHome(n: Node, o: Value, i: number): number {
    const init = n.inputs[i + 2];
    const taken = (r: number) =>
      n.outputs.some((x, j) => j < i && this.registers.has(x) && this.registers.get(x) === r);
    let home = -1;
    if (init.node.kind !== "prim::Constant" && isRaw(init) === isRaw(o)) {
      const r = this.registers.get(init);
      const alone = n.inputs.every((v, j) => j === i + 2 || v !== init) && this.#soleOccupant(init);
      if (alone && !taken(r) && !this.liveness.liveAfter(init, n) && !this.liveness.usedInside(init, n)) {
        home = r;
      }
    }
    const want = this.#wanted.get(o);
    if (home < 0 && want !== undefined && !taken(want) && this.#freeInside(want, n)) home = want;
    if (home < 0) home = this.registers.take();
    else this.registers.reserve(home);
    this.registers.assign(o, home);
    return home;
  }
  /** Whether nothing in the register is needed in the loop or after it, nor read by its entry. */
  #freeInside(r: number, n: Node): boolean {
    for (const v of this.#occupants.get(r) ?? []) {
      if (this.#placeholders.has(v)) continue;
      if (
        this.#pinned.get(v) || this.liveness.liveAfter(v, n) || this.liveness.usedInside(v, n) ||
        n.inputs.includes(v)
      ) return false;
    }
    return true;
  }

  /** Moves the outputs of a block into the registers of the values they become. */
  #parallel(n: Node, from: readonly Value[], to: readonly Value[]): void {
    this.#moves(n, from, to.map((v) => this.registers.get(v)), to);
  }

  #moves(n: Node, from: readonly Value[], homes: readonly number[], to: readonly Value[]): void {
    const moves: Move[] = [];
    from.forEach((v, i) => {
      const raw = isRaw(to[i]);
      const operand = this.operand(v, raw, undefined);
      const unbox = raw && !isRaw(v) && v.node.kind !== "prim::Constant";
      if (!(operand & CONSTANT) && !(operand & BOX) && !unbox && (operand & REGISTER_MASK) === homes[i]) {
        return;
      }
      moves.push({ to: homes[i] | (unbox ? BOX : 0), from: operand });
    });
    for (const m of orderMoves(moves, () => this.scratch())) this.code.emit("MOVE", n, m.to, m.from);
  }
}
