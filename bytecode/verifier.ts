/** Checks code before it runs, so that the interpreter need not: bytecode from a file is never trusted. */
import { InternalError } from "../core/errors.ts";
import type { Code } from "./code.ts";
import { decode, type Instruction } from "./decoder.ts";
import { LAST, REGISTER_MASK } from "./opcodes.ts";

const ENDS = new Set(["RET", "JMP", "RAISE"]);

/**
 * Throws InternalError naming function, word and fault: fields within the tables, jumps to instruction starts,
 * constants never written, and every register written before it is read on every path.
 */
export function verifyCode(code: Code): void {
  const fail = (at: number, what: string): never => {
    throw new InternalError(`${code.name}, word ${at}: ${what}`);
  };
  const byStart = new Map<number, Instruction>();
  for (let at = 0; at < code.words.length;) {
    const ins = decode(code.words, at);
    byStart.set(at, ins);
    at += ins.length;
  }
  if (byStart.size !== code.starts.length) fail(0, "places do not match the instructions");
  const size = code.registers.length;
  const firstConstant = code.parameterCount, endConstants = firstConstant + code.constantCount;
  const starts = [...byStart.keys()];
  const successors = new Map<number, number[]>();
  for (const [at, ins] of byStart) {
    const next: number[] = [];
    for (const { kind, value } of ins.operands) {
      if (kind === "obj" && (value as number) >= code.objects.length) {
        fail(at, `object ${value} is beyond the table`);
      }
      if (kind === "jump") {
        const to = at + (value as number);
        if (!byStart.has(to)) fail(at, `jump to word ${to}, where no instruction begins`);
        next.push(to);
      }
    }
    for (const r of registersOf(ins, "read")) {
      if ((r & REGISTER_MASK) >= size) fail(at, `register ${r & REGISTER_MASK} is beyond the frame`);
    }
    for (const r of registersOf(ins, "written")) {
      const i = r & REGISTER_MASK;
      if (i >= size) fail(at, `register ${i} is beyond the frame`);
      if (i >= firstConstant && i < endConstants) fail(at, `constant k${i - firstConstant} is written`);
    }
    if (!ENDS.has(ins.name)) {
      const to = at + ins.length;
      if (!byStart.has(to)) fail(at, "control runs off the end");
      next.push(to);
    }
    successors.set(at, next);
  }
  checkDefined(code, starts, byStart, successors, fail);
}

/** Registers of an instruction with their flags. FORLOOP and its like read A before they write it. */
export function registersOf(ins: Instruction, which: "read" | "written"): number[] {
  const out: number[] = [];
  const want = which === "read" ? ["src", "srcs"] : ["dst", "dsts"];
  for (const { kind, value } of ins.operands) {
    if (which === "read" && kind === "dst" && ins.name.startsWith("FORLOOP")) out.push(value as number);
    if (!want.includes(kind)) continue;
    if (typeof value === "number") out.push(value);
    else out.push(...value);
  }
  return out;
}

/** Forward data flow: which registers hold a value at each instruction, intersected over the ways there. */
function checkDefined(
  code: Code,
  starts: readonly number[],
  byStart: Map<number, Instruction>,
  successors: Map<number, number[]>,
  fail: (at: number, what: string) => never,
): void {
  const words = Math.ceil(code.registers.length / 32) || 1;
  const entry = new Uint32Array(words);
  for (let i = 0; i < code.parameterCount + code.constantCount; i++) entry[i >> 5] |= 1 << (i & 31);
  const at = new Map<number, Uint32Array>([[0, entry]]);
  // In order of address, over and over while something changed: only backward jumps need another round.
  const pending = new Set(starts.length ? [0] : []);
  const visit = (pc: number) => {
    const state = at.get(pc)!.slice();
    const ins = byStart.get(pc)!;
    const reads = registersOf(ins, "read");
    for (const r of reads) {
      const i = r & REGISTER_MASK;
      if (!(state[i >> 5] >>> (i & 31) & 1)) fail(pc, `register r${i} may be read before it is written`);
    }
    for (const r of reads) if (r & LAST) state[(r & REGISTER_MASK) >> 5] &= ~(1 << (r & 31));
    for (const r of registersOf(ins, "written")) state[(r & REGISTER_MASK) >> 5] |= 1 << (r & 31);
    for (const to of successors.get(pc)!) {
      const known = at.get(to);
      if (!known) at.set(to, state.slice());
      else {
        let changed = false;
        for (let i = 0; i < words; i++) {
          const both = (known[i] & state[i]) >>> 0;
          changed ||= both !== known[i];
          known[i] = both;
        }
        if (!changed) continue;
      }
      pending.add(to);
    }
  };
  while (pending.size) {
    for (const pc of starts) if (pending.delete(pc)) visit(pc);
  }
}
