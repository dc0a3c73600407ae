/** Reads instructions back into fields; verifier and disassembler walk code with it. */
import { InternalError } from "../core/errors.ts";
import { type Field, OPCODES } from "./opcodes.ts";

export interface Instruction {
  readonly at: number;
  readonly opcode: number;
  readonly name: string;
  /** Fields in the table's order; lists for `srcs` and `dsts`, offsets for `jump`. */
  readonly operands: readonly { kind: Field; value: number | readonly number[] }[];
  /** Words it takes. */
  readonly length: number;
}

/** Decodes the instruction at word `at`; throws InternalError on an unknown opcode or a cut instruction. */
export function decode(words: Int32Array, at: number): Instruction {
  const head = words[at];
  const opcode = head & 0xff;
  const row = OPCODES[opcode];
  if (!row) throw new InternalError(`unknown opcode ${opcode} at word ${at}`);
  let pos = at + 1, high = false;
  const need = (p: number) => {
    if (p >= words.length) throw new InternalError(`instruction ${row.name} at word ${at} is cut off`);
    return words[p];
  };
  const field = (): number => {
    const w = need(pos);
    if (high) {
      pos++;
      high = false;
      return w >>> 16;
    }
    high = true;
    return w & 0xffff;
  };
  const align = () => {
    if (high) pos++;
    high = false;
  };
  const operands = row.fields.map((kind, i) => {
    if (kind === "jump") {
      align();
      return { kind, value: need(pos++) };
    }
    if (kind === "srcs" || kind === "dsts") {
      const n = field();
      return { kind, value: Array.from({ length: n }, field) };
    }
    return { kind, value: i === 0 ? head >>> 8 : field() };
  });
  align();
  return { at, opcode, name: row.name, operands, length: pos - at };
}
