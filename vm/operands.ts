/** Operands of instructions: where their fields are, and what the flags of a register field do. */
import { BOX, LAST, REGISTER_MASK } from "../bytecode/opcodes.ts";
import type { IValue } from "../core/ivalue.ts";
import { Float } from "../core/scalar.ts";

/** A register's content; undefined when it is cleared. */
export type Register = IValue | undefined;

/** Field `h` of the instruction at `pc`: 16 bits, two to a word after the head. */
export function half(words: Int32Array, pc: number, h: number): number {
  const w = words[pc + 1 + (h >> 1)];
  return h & 1 ? w >>> 16 : w & 0xffff;
}

/** Reads a register: clears it when its value dies, boxes a raw float where that is asked for. */
export function fetch(R: Register[], field: number): IValue {
  const r = field & REGISTER_MASK;
  const v = R[r];
  if (field & LAST) R[r] = undefined;
  return field & BOX ? new Float(v as number) : v as IValue;
}

/** Reads `n` registers whose fields begin at `h`. */
export function fetchAll(words: Int32Array, pc: number, h: number, n: number, R: Register[]): IValue[] {
  const out = new Array<IValue>(n);
  for (let i = 0; i < n; i++) out[i] = fetch(R, half(words, pc, h + i));
  return out;
}

/** Writes a register, unboxing where that is asked for. */
export function store(R: Register[], field: number, v: IValue): void {
  R[field & REGISTER_MASK] = field & BOX ? (v as Float).value : v;
}

/** Words of an instruction whose fields after the head number `halves`. */
export function size(halves: number): number {
  return 1 + ((halves + 1) >> 1);
}
