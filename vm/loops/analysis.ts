/** What the loop compiler knows of a function's code: its instructions, its loops, and what is live where. */
import type { Code } from "../../bytecode/code.ts";
import { decode, type Instruction } from "../../bytecode/decoder.ts";
import { REGISTER_MASK } from "../../bytecode/opcodes.ts";
import { registersOf } from "../../bytecode/verifier.ts";

/** A loop: all jumps back to one place. */
export interface Loop {
  /** First word of the body, where the jumps go. */
  readonly header: number;
  /** First word after the last of the jumps. */
  readonly end: number;
}

const ENDS = new Set(["RET", "JMP", "RAISE"]);

/** Target of an instruction's jump; -1 when it has none. */
export function jumpOf(ins: Instruction): number {
  for (const { kind, value } of ins.operands) if (kind === "jump") return ins.at + (value as number);
  return -1;
}

export class Analysis {
  readonly instructions: Instruction[] = [];
  readonly #indexOf = new Map<number, number>();
  readonly loops: Loop[] = [];
  /** Live registers before each instruction, a bit each. */
  readonly #live: Uint32Array[] = [];
  readonly #words: number;

  constructor(readonly code: Code) {
    const { words } = code;
    for (let at = 0; at < words.length;) {
      const ins = decode(words, at);
      this.#indexOf.set(at, this.instructions.push(ins) - 1);
      at += ins.length;
    }
    const ends = new Map<number, number>();
    for (const ins of this.instructions) {
      const to = jumpOf(ins);
      if (to >= 0 && to <= ins.at) ends.set(to, ins.at + ins.length);
    }
    for (const [header, end] of ends) this.loops.push({ header, end });
    this.#words = Math.ceil(code.registers.length / 32) || 1;
    this.#flow();
  }

  /** Instructions of a loop, in order. */
  within(loop: Loop): Instruction[] {
    return this.instructions.filter((i) => i.at >= loop.header && i.at < loop.end);
  }
  /** Whether the register's value is read on some way on from word `at`. */
  isLive(register: number, at: number): boolean {
    const i = this.#indexOf.get(at);
    return i !== undefined && (this.#live[i][register >> 5] >>> (register & 31) & 1) === 1;
  }
  isConstant(register: number): boolean {
    const first = this.code.parameterCount;
    return register >= first && register < first + this.code.constantCount;
  }

  /** Backward data flow, repeated until nothing changes. */
  #flow(): void {
    const n = this.instructions.length, words = this.#words;
    const uses: number[][] = [], defs: number[][] = [], next: number[][] = [];
    for (const ins of this.instructions) {
      uses.push(registersOf(ins, "read").map((r) => r & REGISTER_MASK));
      defs.push(registersOf(ins, "written").map((r) => r & REGISTER_MASK));
      const to = jumpOf(ins), after = this.#indexOf.get(ins.at + ins.length);
      const successors = to >= 0 ? [this.#indexOf.get(to)!] : [];
      if (!ENDS.has(ins.name) && after !== undefined) successors.push(after);
      next.push(successors);
      this.#live.push(new Uint32Array(words));
    }
    for (let changed = true; changed;) {
      changed = false;
      for (let i = n - 1; i >= 0; i--) {
        const state = new Uint32Array(words);
        for (const s of next[i]) for (let w = 0; w < words; w++) state[w] |= this.#live[s][w];
        for (const r of defs[i]) state[r >> 5] &= ~(1 << (r & 31));
        for (const r of uses[i]) state[r >> 5] |= 1 << (r & 31);
        const known = this.#live[i];
        for (let w = 0; w < words; w++) {
          if (known[w] === state[w]) continue;
          known[w] = state[w];
          changed = true;
        }
      }
    }
  }
}
