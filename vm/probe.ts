/**
 * The door for a profiler. A profiled run executes words in which every instruction is `PROBED`; the interpreter gives
 * each to the probe, which puts the instruction itself there for one time. A run without one has none of this.
 */
import type { Code } from "../bytecode/code.ts";

/** Opcode that stands at an instruction that has yet to be seen; never in a Code's own words. */
export const PROBED = 254;

export interface Probe {
  /** The words to execute in place of the code's own. */
  words(code: Code): Int32Array;
  /** The instruction at `pc` runs next: makes it stand in `words(code)`. */
  at(code: Code, pc: number): void;
  /** A slice of a task's work begins, inside another's instruction perhaps; the result goes to `end`. */
  begin(task: object): unknown;
  /** The slice is over; with `again` its last instruction has not run and comes again. */
  end(task: object, outer: unknown, again: boolean): void;
}

let current: Probe | null = null;

/** What watches the runs of now. */
export function currentProbe(): Probe | null {
  return current;
}
/** Makes `p` current and returns what was; the caller puts that back, whatever happens. */
export function enterProbe(p: Probe | null): Probe | null {
  const before = current;
  current = p;
  return before;
}
