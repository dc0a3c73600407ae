/** Orders the moves that happen at once where branches meet or a loop goes round. */
import { BOX, LAST, REGISTER_MASK } from "../../bytecode/opcodes.ts";
import { CONSTANT } from "./instructions.ts";

/** `from` is an operand (register or constant, with flags); `to` a register, BOX meaning unbox on the way. */
export interface Move {
  readonly to: number;
  readonly from: number;
}

const reads = (m: Move, r: number) => !(m.from & CONSTANT) && (m.from & REGISTER_MASK) === r;

/** The moves as a sequence with the same effect; a cycle goes through the register `scratch` gives. */
export function orderMoves(moves: readonly Move[], scratch: () => number): Move[] {
  const out: Move[] = [];
  let pending = moves.slice();
  while (pending.length) {
    const ready = pending.findIndex((m) => !pending.some((o) => o !== m && reads(o, m.to & REGISTER_MASK)));
    if (ready >= 0) {
      const [m] = pending.splice(ready, 1);
      // Another move may still read the register that this one would clear.
      const again = pending.some((o) => reads(o, m.from & REGISTER_MASK)) && !(m.from & CONSTANT);
      out.push(again ? { to: m.to, from: m.from & ~LAST } : m);
      continue;
    }
    const at = pending[0].to & REGISTER_MASK, temp = scratch();
    out.push({ to: temp, from: at });
    pending = pending.map((o) => reads(o, at) ? { to: o.to, from: temp | LAST | (o.from & BOX) } : o);
  }
  return out;
}
