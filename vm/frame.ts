/** Frames and tasks: what a suspended program consists of. */
import type { Code, RegisterValue } from "../bytecode/code.ts";
import { RuntimeFault } from "../core/errors.ts";
import { Float } from "../core/scalar.ts";
import type { FutureValue, IValue } from "../core/ivalue.ts";

/** Calls in each other at most: a script whose methods call each other for ever ends in an error. */
const DEEPEST = 10_000;

export class Frame {
  pc = 0;
  readonly #depth: number;
  readonly registers: RegisterValue[];
  constructor(
    readonly code: Code,
    args: readonly IValue[],
    readonly parent: Frame | undefined,
    /** Register field of the parent that takes the result. */
    readonly dst: number,
  ) {
    this.#depth = parent === undefined ? 1 : parent.#depth + 1;
    if (this.#depth > DEEPEST) {
      throw new RuntimeFault("RuntimeError", `maximum recursion depth exceeded: ${DEEPEST} calls`);
    }
    const r = this.registers = code.registers.slice();
    for (let i = 0; i < args.length; i++) r[i] = args[i];
    // Arguments are IValues; a parameter that is a float is raw.
    const { rawParameters } = code;
    for (let i = 0; i < rawParameters.length; i++) {
      const p = rawParameters[i], v = r[p];
      if (v instanceof Float) r[p] = v.value;
    }
  }
}

/** A strand of execution: the main call or a fork. */
export class Task {
  /** Set when the task waits: delivers the awaited value into its frame before it goes on. */
  resume: (() => void) | undefined = undefined;
  /** The future that the task waits for. */
  awaited: FutureValue | undefined = undefined;
  /** Whether a device owes it an answer, or has given one that is not delivered yet. */
  isOwed = false;
  constructor(public frame: Frame | undefined, readonly future: FutureValue) {}
}
