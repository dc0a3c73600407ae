/**
 * Where in a loop a register surely holds a JS number, rather than a bigint or something else: an int that leaves the
 * safe range leaves the function with it, so that tests are needed only on what comes from elsewhere.
 */
import type { Code } from "../../bytecode/code.ts";
import type { Instruction } from "../../bytecode/decoder.ts";
import { BOX, REGISTER_MASK } from "../../bytecode/opcodes.ts";
import { registersOf } from "../../bytecode/verifier.ts";
import type { Operator } from "../../ops/operator.ts";
import { type Analysis, jumpOf, type Loop } from "./analysis.ts";

/** Instructions whose result is a JS number for sure: ints (which leave the function when they are not) and floats. */
const GIVES = /^((ADD|SUB|MUL|FDIV|MOD|NEG)_I|(ADD|SUB|MUL|DIV|NEG)_F|I2F|LEN|FORPREP|FORLOOPC?)$/;
/** Instructions that go on only when all their operands but lists are numbers. */
const NEEDS = /^((ADD|SUB|MUL|FDIV|MOD|NEG)_I|(ADD|SUB|MUL|DIV|NEG|LT|LE|GT|GE|EQ|NE)_F)$/;
const OPERATORS_GIVE = new Set(["prim::max.int", "prim::min.int", "aten::len.str"]);
const OPERATORS_NEED = new Set(["prim::max.int", "prim::min.int"]);

const MOVES = new Set(["JMP", "RET", "RAISE"]);

export class Numbers {
  /** Registers that are numbers before each instruction of the loop; undefined where nothing leads to. */
  readonly #before: (Set<number> | undefined)[];
  readonly #indexOf = new Map<number, number>();

  constructor(
    readonly analysis: Analysis,
    loop: Loop,
    readonly instructions: readonly Instruction[],
    R: readonly unknown[],
  ) {
    instructions.forEach((ins, i) => this.#indexOf.set(ins.at, i));
    this.#before = instructions.map(() => undefined);
    const entry = new Set<number>();
    R.forEach((v, r) => {
      if (typeof v === "number" && !analysis.isConstant(r)) entry.add(r);
    });
    this.#reach(loop.header, entry);
  }
  get code(): Code {
    return this.analysis.code;
  }

  /** Whether the register is a number whenever the instruction at word `at` begins. */
  has(register: number, at: number): boolean {
    return this.#before[this.#indexOf.get(at)!]?.has(register) ?? false;
  }

  /** Walks on from `header` until nothing changes; where ways meet, both must agree. */
  #reach(header: number, entry: Set<number>): void {
    const pending: [at: number, state: Set<number>][] = [[header, entry]];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const [at, state] = next, i = this.#indexOf.get(at);
      if (i === undefined) continue;
      const known = this.#before[i];
      const met = known ? new Set([...known].filter((r) => state.has(r))) : state;
      if (known && met.size === known.size) continue;
      this.#before[i] = met;
      const ins = this.instructions[i], after = this.#after(ins, met), to = jumpOf(ins);
      if (to >= 0) pending.push([to, after]);
      if (!MOVES.has(ins.name)) pending.push([at + ins.length, after]);
    }
  }

  #after(ins: Instruction, before: Set<number>): Set<number> {
    const after = new Set(before), fields = (how: "read" | "written") => registersOf(ins, how);
    const isMoved = ins.name === "MOVE" && this.#isNumber(ins.operands[1].value as number, before);
    const operator = ins.name === "OP"
      ? (this.code.objects[ins.operands[1].value as number] as Operator).key
      : "";
    if (NEEDS.test(ins.name) || OPERATORS_NEED.has(operator)) {
      for (const f of fields("read")) if (!(f & BOX)) after.add(f & REGISTER_MASK);
    } else if (ins.name === "LGET") after.add((ins.operands[2].value as number) & REGISTER_MASK);
    const gives = isMoved || GIVES.test(ins.name) || OPERATORS_GIVE.has(operator);
    for (const f of fields("written")) {
      if (gives || f & BOX) after.add(f & REGISTER_MASK);
      else after.delete(f & REGISTER_MASK);
    }
    return after;
  }
  #isNumber(field: number, before: Set<number>): boolean {
    const r = field & REGISTER_MASK;
    if (field & BOX) return false;
    return this.analysis.isConstant(r) ? typeof this.code.registers[r] === "number" : before.has(r);
  }
}
