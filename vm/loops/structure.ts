/** Nests jumps as labelled blocks and loops, which is all the control flow JavaScript has. */
import type { Instruction } from "../../bytecode/decoder.ts";
import { jumpOf, type Loop } from "./analysis.ts";

/** A labelled statement over the words [start, end): `continue` goes to a loop's start, `break` to a block's end. */
export interface Span {
  start: number;
  readonly end: number;
  readonly isLoop: boolean;
  readonly label: string;
}

/**
 * The labelled statements that a loop's jumps need, outermost first where they begin together; null when the jumps do
 * not nest, which lowering never writes.
 */
export function nest(loop: Loop, instructions: readonly Instruction[]): Span[] | null {
  const blocks = new Map<number, number>(), loops = new Map<number, number>();
  for (const ins of instructions) {
    const to = jumpOf(ins);
    if (to < 0 || to >= loop.end) continue;
    if (to < loop.header) return null;
    if (to <= ins.at) loops.set(to, ins.at + ins.length);
    else if (!blocks.has(to)) blocks.set(to, ins.at);
  }
  const spans: Span[] = [];
  for (const [start, end] of loops) spans.push({ start, end, isLoop: true, label: `L${start}` });
  for (const [end, start] of blocks) spans.push({ start, end, isLoop: false, label: `B${end}` });
  for (let again = true; again;) {
    again = false;
    for (const a of spans) {
      for (const b of spans) {
        if (!(a.start < b.start && b.start < a.end && a.end < b.end)) continue;
        if (b.isLoop) return null;
        b.start = a.start;
        again = true;
      }
    }
  }
  const depth = (s: Span) => s.isLoop ? 1 : 0;
  return spans.sort((a, b) => a.start - b.start || b.end - a.end || depth(a) - depth(b));
}
