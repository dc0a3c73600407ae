/**
 * The text of a compiled loop: a JavaScript function with registers as local variables. Ints are numbers in it; where
 * one would not be (a bigint in a register, a result beyond 2^53), and where an instruction would raise, the function
 * puts the live registers back and returns the place, and the interpreter goes on from there.
 *
 * The function is `(R, meter, state) => number`: the word to go on at. It also returns at a jump back when `meter.credits`
 * are used up, which happens often enough that the engine compiles it well. `state.pc` is the instruction whenever something
 * may throw.
 */
import type { Code } from "../../bytecode/code.ts";
import type { Instruction } from "../../bytecode/decoder.ts";
import { BOX, REGISTER_MASK } from "../../bytecode/opcodes.ts";
import { registersOf } from "../../bytecode/verifier.ts";
import { hasSurrogates } from "../../core/text/characters.ts";
import type { Operator } from "../../ops/registry.ts";
import { type Analysis, jumpOf, type Loop } from "./analysis.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import { operatorText } from "./operators.ts";
import { Numbers } from "./numbers.ts";
import { nest, type Span } from "./structure.ts";

/** A loop whose text is longer is not worth its compilation. */
const LONGEST = 200_000;

export class LoopText {
  readonly #lines: string[] = [];
  readonly #instructions: readonly Instruction[];
  readonly #written = new Set<number>();
  readonly #registers = new Set<number>();
  readonly #numbers: Numbers;
  /** Strings of which a local variable `p<register>` says that they have no surrogates, so that their length is known. */
  readonly #measured = new Set<number>();
  readonly #spans: readonly Span[] | null;
  #at = 0;

  constructor(readonly analysis: Analysis, readonly loop: Loop, R: readonly unknown[]) {
    this.#instructions = analysis.within(loop);
    this.#spans = nest(loop, this.#instructions);
    for (const ins of this.#instructions) {
      for (const f of registersOf(ins, "written")) this.#written.add(f & REGISTER_MASK);
      for (const f of [...registersOf(ins, "read"), ...registersOf(ins, "written")]) {
        if (!analysis.isConstant(f & REGISTER_MASK)) this.#registers.add(f & REGISTER_MASK);
      }
    }
    this.#numbers = new Numbers(analysis, loop, this.#instructions, R);
    this.#findMeasured();
  }
  get code(): Code {
    return this.analysis.code;
  }

  /** Strings whose length is asked for, and those that they are put together from. */
  #findMeasured(): void {
    const need = (f: number) => {
      const r = f & REGISTER_MASK;
      if (this.#registers.has(r)) this.#measured.add(r);
    };
    for (let size = -1; size !== this.#measured.size;) {
      size = this.#measured.size;
      for (const ins of this.#instructions) {
        const [to, , args] = ins.operands;
        const key = ins.name === "OP" ? this.operator(ins.operands[1].value as number).key : "";
        const isNeeded = this.#measured.has((to.value as number) & REGISTER_MASK);
        if (key === "aten::len.str" || (key === "aten::add.str" && isNeeded)) {
          (args.value as readonly number[]).forEach(need);
        } else if (ins.name === "MOVE" && isNeeded) need(ins.operands[1].value as number);
      }
    }
  }

  // --- for the instructions' texts ---

  /** A register or constant as it stands, flags aside. */
  raw(field: number): string {
    const r = field & REGISTER_MASK;
    if (!this.analysis.isConstant(r)) return `r${r}`;
    const v = this.code.registers[r];
    if (typeof v === "number") return Object.is(v, -0) ? "-0" : v < 0 ? `(${v})` : String(v);
    if (typeof v === "boolean" || v === null) return String(v);
    return typeof v === "string" ? JSON.stringify(v) : `R[${r}]`;
  }
  /** An operand as an IValue: boxed where the flag says so. */
  value(field: number): string {
    return field & BOX ? `new Float(${this.raw(field)})` : this.raw(field);
  }
  /** Whether the operand surely holds no object that would have to be marked as escaped. */
  isPlain(field: number): boolean {
    return (field & BOX) !== 0 || this.isNumeric(field) ||
      (this.analysis.isConstant(field & REGISTER_MASK) &&
        typeof this.code.registers[field & REGISTER_MASK] !== "object");
  }
  isNumeric(field: number): boolean {
    const r = field & REGISTER_MASK;
    return this.analysis.isConstant(r)
      ? typeof this.code.registers[r] === "number"
      : (field & BOX) === 0 && this.#numbers.has(r, this.#at);
  }
  /** The number that a constant operand is. */
  constant(field: number): number | undefined {
    const r = field & REGISTER_MASK, v = this.analysis.isConstant(r) ? this.code.registers[r] : undefined;
    return typeof v === "number" ? v : undefined;
  }
  /** Text of whether a string is known to have no surrogates. */
  measured(field: number): string {
    const r = field & REGISTER_MASK;
    if (this.#measured.has(r)) return `p${r}`;
    const v = this.analysis.isConstant(r) ? this.code.registers[r] : undefined;
    return String(typeof v === "string" && !hasSurrogates(v));
  }
  /** Writes a result; `measured` is the text of what `measured()` will say of it. */
  set(field: number, text: string, measured = "false"): void {
    const r = field & REGISTER_MASK;
    if (this.#measured.has(r)) this.line(`p${r} = ${measured};`);
    this.line(field & BOX ? `r${r} = (${text}).value;` : `r${r} = ${text};`);
  }
  /** Leaves the function before this instruction where an operand is no number. */
  needNumbers(...fields: number[]): void {
    const tests = fields.filter((f) => !this.isNumeric(f)).map((f) => `typeof ${this.raw(f)} !== "number"`);
    if (tests.length) this.leaveIf(tests.join(" || "));
  }
  line(text: string): void {
    this.#lines.push(text);
  }
  /** Lets the interpreter do this instruction. */
  leave(): void {
    this.#leave(this.#at);
  }
  leaveIf(condition: string): void {
    this.line(`if (${condition}) {`);
    this.leave();
    this.line("}");
  }
  /** Counts an operator call; the next jump back looks whether that was too many. */
  countCall(): void {
    this.line("c--;");
  }
  /** Counts a jump back, for which everything else is done. */
  countJump(ins: Instruction): void {
    this.line("if (--c <= 0) {");
    this.#leave(jumpOf(ins));
    this.line("}");
  }
  /** Where the instruction is, for what may throw. */
  mark(): void {
    this.line(`state.pc = ${this.#at};`);
  }
  object(index: number): string {
    return `O[${index}]`;
  }
  operator(index: number): Operator {
    return this.code.objects[index] as Operator;
  }
  /** The jump of the instruction at hand, taken. */
  jump(ins: Instruction): void {
    const to = jumpOf(ins);
    if (to >= this.loop.end) return this.#leave(to);
    this.line(to <= ins.at ? `continue L${to};` : `break B${to};`);
  }

  /** Puts the registers back that word `at` and what follows it need. */
  #leave(at: number): void {
    for (const r of this.#written) if (this.analysis.isLive(r, at)) this.line(`R[${r}] = r${r};`);
    this.line(`meter.credits = c; return ${at};`);
  }

  /** The function's text; null when the loop cannot be compiled. */
  text(): string | null {
    const { loop, analysis } = this;
    if (!this.#spans) return null;
    const guards: string[] = [];
    for (const r of this.#registers) {
      if (!analysis.isLive(r, loop.header)) this.line(`let r${r} = 0;`);
      else {
        const isNumber = this.#numbers.has(r, loop.header);
        if (isNumber) guards.push(`typeof R[${r}] !== "number"`);
        // The sign tells the engine that it is a number.
        this.line(`let r${r} = ${isNumber ? "+" : ""}R[${r}];`);
      }
    }
    for (const r of this.#measured) this.line(`let p${r} = false;`);
    this.line("let c = meter.credits, t = 0, dd = null, dk = null, de = undefined;");
    const opened = new Set<Span>();
    for (const ins of this.#instructions) {
      const { at } = ins;
      this.#close(opened, at);
      for (const s of this.#spans) {
        if (s.start !== at) continue;
        this.line(s.isLoop ? `${s.label}: for (;;) {` : `${s.label}: {`);
        opened.add(s);
      }
      this.#at = at;
      this.#instruction(ins);
    }
    this.#close(opened, loop.end);
    this.#leave(loop.end);
    const body = this.#lines.join("\n");
    if (body.length > LONGEST) return null;
    return (guards.length ? `if (${guards.join(" || ")}) return ${loop.header};\n` : "") + body;
  }
  /** Ends the statements that end before word `at`, the innermost first; a loop that gets there is done. */
  #close(opened: Set<Span>, at: number): void {
    for (const s of [...opened].reverse()) {
      if (s.end !== at) continue;
      this.line(s.isLoop ? `break ${s.label}; }` : "}");
      opened.delete(s);
    }
  }
  #instruction(ins: Instruction): void {
    const write = INSTRUCTIONS[ins.name] ??
      (ins.name === "OP" || ins.name === "OPN" ? operatorText : undefined);
    if (write) write(this, ins);
    else this.leave();
  }
}
