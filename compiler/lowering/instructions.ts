/** Instructions before the number of constants is known: operands name parameters, temporaries and constants apart. */
import { Assembler, type Label, type Operand } from "../../bytecode/assembler.ts";
import type { CallSite, Code, Place } from "../../bytecode/code.ts";
import { LAST, Op, OPCODES, type OpName, REGISTER_MASK } from "../../bytecode/opcodes.ts";
import type { FunctionSchema } from "../../core/schema.ts";
import type { InlinedCall, Node } from "../ir/graph.ts";
import type { Registers } from "./registers.ts";

/** Marks an operand whose low bits count constants. */
export const CONSTANT = 1 << 20;

interface Pending {
  readonly name: OpName;
  readonly place: Place;
  readonly operands: readonly Operand[];
}

export class Instructions {
  readonly #list: (Pending | Label)[] = [];
  readonly #objects: unknown[] = [];
  readonly #index = new Map<unknown, number>();

  emit(name: OpName, node: Node | undefined, ...operands: Operand[]): void {
    clearOnce(operands);
    this.#list.push({ name, place: placeOf(node), operands });
  }
  label(l: Label): void {
    this.#list.push(l);
  }
  object(o: unknown): number {
    let i = this.#index.get(o);
    if (i === undefined) this.#index.set(o, i = this.#objects.push(o) - 1);
    return i;
  }

  assemble(name: string, registers: Registers, schema: FunctionSchema | undefined): Code {
    const params = registers.parameterCount, constants = registers.constants.length;
    const register = (v: number): number => {
      const flags = v & ~(REGISTER_MASK | CONSTANT), i = v & REGISTER_MASK;
      if (v & CONSTANT) return (params + i) | flags;
      return (i < params ? i : i + constants) | flags;
    };
    const asm = new Assembler();
    for (const o of this.#objects) asm.object(o);
    for (const ins of this.#list) {
      if (!("operands" in ins)) {
        asm.place(ins);
        continue;
      }
      const fields = OPCODES[Op[ins.name]].fields;
      asm.emit(
        ins.name,
        ins.place,
        ...ins.operands.map((v, i): Operand => {
          if (typeof v === "number") return fields[i] === "src" || fields[i] === "dst" ? register(v) : v;
          return Array.isArray(v) ? v.map(register) : v;
        }),
      );
    }
    const frame = new Array(params + constants + registers.temporaryCount - params).fill(undefined);
    registers.constants.forEach((c, i) => frame[params + i] = c);
    return asm.finish(name, frame, params, constants, schema);
  }
}

/** A register that an instruction reads twice dies at the second reading. */
function clearOnce(operands: Operand[]): void {
  const seen = new Set<number>();
  const keep = (v: number): number => {
    if (!(v & LAST) || v & CONSTANT) return v;
    if (seen.has(v & REGISTER_MASK)) return v & ~LAST;
    seen.add(v & REGISTER_MASK);
    return v;
  };
  for (let i = operands.length - 1; i >= 0; i--) {
    const v = operands[i];
    if (typeof v === "number") operands[i] = keep(v);
    else if (Array.isArray(v)) {
      operands[i] = v.map((_, k) => v.length - 1 - k).map((k) => keep(v[k])).reverse();
    }
  }
}

const sites = new WeakMap<InlinedCall, CallSite>();

function siteOf(c: InlinedCall | undefined): CallSite | undefined {
  if (!c) return undefined;
  let s = sites.get(c);
  if (!s) sites.set(c, s = { functionName: c.functionName, range: c.range, caller: siteOf(c.caller) });
  return s;
}

function placeOf(n: Node | undefined): Place {
  return { range: n?.range, inlined: siteOf(n?.callStack) };
}
