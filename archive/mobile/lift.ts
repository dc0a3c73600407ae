/**
 * Mobile code to a graph. The stack and the registers are run through symbolically: what an instruction leaves is a
 * Value, jumps become If and Loop again. Exporters only ever write nested jumps, so anything else is refused.
 */
import type { RuntimeFault } from "../../core/errors.ts";
import { AnyType, BoolType, IntType, type Type } from "../../core/types.ts";
import { unifyTypes, unshapedType } from "../../core/unify.ts";
import type { IValue } from "../../core/ivalue.ts";
import { insertConstant } from "../../compiler/ir/constants.ts";
import { type Block, Graph, type Node, type Value } from "../../compiler/ir/graph.ts";
import { refusal } from "../refusal.ts";
import type { MobileFunction } from "./bytecode_file.ts";
import type { MobileInstruction } from "./instructions.ts";
import { liftInstruction } from "./lift_instructions.ts";
import { coerce, fits } from "./lift_values.ts";

/** What a lifted function asks of the archive around it. */
export interface LiftHost {
  /** The type that a text in a function's table spells. */
  parseType(text: string): Type;
  /** The file's version, by which operators keep their old meaning. */
  readonly version: number;
}

/** Instructions that one function may cost, loops whose carried types had to be widened counted again. */
const BUDGET = 4_000_000;

export class Lifter {
  readonly graph = new Graph();
  readonly types: readonly Type[];
  stack: Value[] = [];
  registers = new Map<number, Value>();
  readonly #constants = new Map<number, Value>();
  /** Types of the values that a loop carries, as wide as its body was found to need, by place of the loop. */
  readonly #carried = new Map<number, Type[]>();
  /** Registers set outside the block at hand: a block may read but not set them. */
  #outer: ReadonlySet<number> = new Set();
  #left = BUDGET;
  #pc = 0;

  constructor(readonly fn: MobileFunction, readonly host: LiftHost) {
    this.types = fn.types.map((t) => host.parseType(t));
  }

  /** The function's graph, with inputs of the given names and types and one output of type `returns`. */
  run(inputs: readonly { name: string; type: Type }[], returns: Type): Graph {
    for (const i of inputs) this.stack.push(this.graph.addInput(i.name, i.type));
    const end = this.fn.instructions.length - 1;
    if (this.fn.instructions[end]?.op !== "RET") throw this.fault("the function does not end in RET");
    this.#range(0, end);
    if (this.stack.length !== 1) {
      throw this.fault(`${this.stack.length} values are left where one is returned`);
    }
    this.graph.registerOutput(coerce(this.graph, this.stack[0], returns));
    return this.graph;
  }

  /** The error for code that no exporter writes. */
  fault(what: string): RuntimeFault {
    return refusal("bytecode.pkl", 0, `${this.fn.name}, instruction ${this.#pc}: ${what}`);
  }

  // --- the stack ---
  pop(): Value {
    const v = this.stack.pop();
    if (!v) throw this.fault("the stack is empty");
    return v;
  }
  popAs(t: Type): Value {
    return coerce(this.graph, this.pop(), t);
  }
  popMany(n: number): Value[] {
    if (n > this.stack.length) throw this.fault(`${n} values wanted, ${this.stack.length} are on the stack`);
    return this.stack.splice(this.stack.length - n);
  }
  /** Adds a node and pushes its outputs. */
  push(n: Node): void {
    this.stack.push(...n.outputs);
  }
  constant(v: IValue, type?: Type): Value {
    return insertConstant(this.graph, v, undefined, type);
  }
  /** An entry of the constant table: one value, defined where every block sees it. */
  tableConstant(x: number): Value {
    let v = this.#constants.get(x);
    if (!v) {
      if (x < 0 || x >= this.fn.constants.length) throw this.fault(`constant ${x} is beyond the table`);
      const at = this.graph.block.first;
      v = this.graph.withInsertPoint(at, () => this.constant(this.fn.constants[x]));
      this.#constants.set(x, v);
    }
    return v;
  }
  typeAt(x: number): Type {
    const t = this.types[x];
    if (!t) throw this.fault(`type ${x} is beyond the table`);
    return t;
  }
  register(x: number): Value {
    const v = this.registers.get(x);
    if (!v) throw this.fault(`register ${x} holds nothing`);
    return v;
  }
  setRegister(x: number, v: Value): void {
    if (this.#outer.has(x)) throw this.fault(`register ${x} belongs to the code around this block`);
    this.registers.set(x, v);
  }
  /** The instruction after the one at hand, which may tell how many results are wanted. */
  get following(): MobileInstruction | undefined {
    return this.fn.instructions[this.#pc + 1];
  }

  // --- control flow ---
  #range(from: number, to: number): void {
    const code = this.fn.instructions;
    for (let pc = from; pc < to;) {
      if (--this.#left < 0) throw this.fault("the code is too entangled to be taken apart");
      this.#pc = pc;
      const i = code[pc];
      if (i.op === "JF") pc = this.#if(pc, to);
      else if (i.op === "LOOP") pc = this.#loop(pc, to);
      else if (i.op === "JMP" || i.op === "RET") throw this.fault(`${i.op} where no block ends`);
      else {
        liftInstruction(this, i);
        pc++;
      }
    }
  }

  /** Runs `f` for a block of its own: the stack below and the registers are as before afterwards. Its results. */
  #inBlock(block: Block, base: readonly Value[], f: () => void): Value[] {
    const { stack, registers } = this, outer = this.#outer;
    this.stack = base.slice();
    this.registers = new Map(registers);
    this.#outer = new Set(registers.keys());
    this.graph.withInsertPoint(block, f);
    const kept = base.every((v, i) => this.stack[i] === v);
    if (this.stack.length < base.length || !kept) throw this.fault("a block takes what is not its own");
    const results = this.stack.slice(base.length);
    this.stack = stack;
    this.registers = registers;
    this.#outer = outer;
    return results;
  }

  #if(pc: number, to: number): number {
    const code = this.fn.instructions;
    const otherwise = pc + code[pc].x, jump = code[otherwise - 1];
    if (otherwise <= pc + 1 || otherwise > to || jump?.op !== "JMP") throw this.fault("JF leads to no else");
    const end = otherwise - 1 + jump.x;
    if (end < otherwise || end > to) throw this.fault("JMP leads out of its block");
    const node = this.graph.insert("prim::If", [this.popAs(BoolType)], 0);
    const base = this.stack.slice();
    const [yes, no] = [[pc + 1, otherwise - 1], [otherwise, end]].map(([a, b]) => {
      const block = node.addBlock();
      return { block, results: this.#inBlock(block, base, () => this.#range(a, b)) };
    });
    if (yes.results.length !== no.results.length) {
      throw this.fault("the branches leave different numbers of values");
    }
    for (const { block, results } of [yes, no]) for (const v of results) block.registerOutput(v);
    yes.results.forEach((v, i) => node.addOutput(common(v.type, no.results[i].type)));
    this.push(node);
    return end;
  }

  #loop(pc: number, to: number): number {
    const code = this.fn.instructions, { x, n } = code[pc], exit = pc + x;
    const back = code[exit - 1];
    if (exit <= pc + 1 || exit > to || back?.op !== "JMP" || exit - 1 + back.x !== pc || n < 2) {
      throw this.fault("a LOOP whose body does not lead back to it");
    }
    const [_counter, max, condition, ...carried] = this.popMany(n + 1);
    const trips = coerce(this.graph, max, IntType), first = coerce(this.graph, condition, BoolType);
    let widened = false;
    for (;;) {
      const known = this.#carried.get(pc);
      const types = carried.map((v, i) =>
        known ? common(unshapedType(v.type), known[i]) : unshapedType(v.type)
      );
      const node = this.graph.insert("prim::Loop", [trips, first, ...carried], 0);
      const block = node.addBlock();
      const inputs = [block.addInput("", IntType), ...types.map((t) => block.addInput("", t))];
      const results = this.#inBlock(block, this.stack, () => {
        // The counter and the limit lie below what the body takes and leaves.
        this.stack.push(...inputs);
        this.#range(pc + 1, exit - 1);
      });
      if (results.length !== n - 1) {
        throw this.fault(`a loop's body leaves ${results.length} values instead of ${n - 1}`);
      }
      const [again, ...next] = results;
      if (next.every((v, i) => fits(unshapedType(v.type), types[i]))) {
        this.graph.withInsertPoint(block, () => block.registerOutput(coerce(this.graph, again, BoolType)));
        for (const v of next) block.registerOutput(v);
        for (const t of types) node.addOutput(t);
        this.push(node);
        return exit;
      }
      // Once by what the body needs, then by what always does.
      this.#carried.set(
        pc,
        next.map((v, i) =>
          fits(unshapedType(v.type), types[i]) ? types[i] : widened ? AnyType : common(types[i], v.type)
        ),
      );
      widened = true;
      node.destroy();
    }
  }
}

/** The type that holds both. */
function common(a: Type, b: Type): Type {
  const ua = unshapedType(a), ub = unshapedType(b);
  return unifyTypes(ua, ub) ?? AnyType;
}
