/** Writes instructions by the opcode table: fields in, words out. */
import { InternalError } from "../core/errors.ts";
import type { FunctionSchema } from "../core/schema.ts";
import { Code, type Place, type RegisterValue } from "./code.ts";
import { Op, OPCODES, type OpName, REGISTER_MASK } from "./opcodes.ts";

/** A field's value: a number (register with flags, index, count), a list of registers, or a label. */
export type Operand = number | readonly number[] | Label;

/** A jump target, placed before or after its uses. */
export class Label {
  at = -1;
  readonly uses: { word: number; from: number }[] = [];
}

export class Assembler {
  #words = new Int32Array(64);
  #size = 0;
  /** Position of the half-filled word of 16-bit fields; -1 when none. */
  #half = -1;
  readonly #starts: number[] = [];
  readonly #places: Place[] = [];
  readonly #objects: unknown[] = [];
  readonly #objectIndex = new Map<unknown, number>();

  /** Index of a table entry; equal objects share one. */
  object(o: unknown): number {
    let i = this.#objectIndex.get(o);
    if (i === undefined) this.#objectIndex.set(o, i = this.#objects.push(o) - 1);
    return i;
  }

  emit(name: OpName, place: Place, ...operands: Operand[]): void {
    const fields = OPCODES[Op[name]].fields;
    if (fields.length !== operands.length) throw new InternalError(`${name} takes ${fields.length} fields`);
    const start = this.#size;
    this.#starts.push(start);
    this.#places.push(place);
    const [a] = operands;
    const packedA = typeof a === "number" ? a : 0;
    this.#word(Op[name] | packedA << 8);
    this.#half = -1;
    fields.forEach((kind, i) => {
      const v = operands[i];
      if (i === 0 && typeof v === "number") return;
      if (v instanceof Label) this.#jump(v, start);
      else if (typeof v === "number") this.#field(v);
      else {
        if (kind !== "srcs" && kind !== "dsts") {
          throw new InternalError(`${name}: a list where ${kind} is due`);
        }
        this.#field(v.length);
        for (const r of v) this.#field(r);
      }
    });
    this.#half = -1;
  }
  place(l: Label): void {
    l.at = this.#size;
    for (const u of l.uses) this.#words[u.word] = l.at - u.from;
  }
  finish(
    name: string,
    registers: readonly RegisterValue[],
    parameterCount: number,
    constantCount: number,
    schema: FunctionSchema | undefined,
  ): Code {
    if (registers.length > REGISTER_MASK) {
      throw new InternalError(
        `${name} needs ${registers.length} registers; the code has room for ${REGISTER_MASK}`,
      );
    }
    return new Code(
      name,
      this.#words.slice(0, this.#size),
      registers,
      parameterCount,
      constantCount,
      this.#objects,
      Int32Array.from(this.#starts),
      this.#places,
      schema,
    );
  }

  #word(w: number): number {
    if (this.#size === this.#words.length) {
      const more = new Int32Array(this.#size * 2);
      more.set(this.#words);
      this.#words = more;
    }
    this.#words[this.#size] = w;
    return this.#size++;
  }
  #field(v: number): void {
    if (v < 0 || v > 0xffff) throw new InternalError(`field ${v} does not fit 16 bits`);
    if (this.#half < 0) this.#half = this.#word(v);
    else {
      this.#words[this.#half] |= v << 16;
      this.#half = -1;
    }
  }
  #jump(l: Label, from: number): void {
    const word = this.#word(l.at < 0 ? 0 : l.at - from);
    this.#half = -1;
    if (l.at < 0) l.uses.push({ word, from });
  }
}
