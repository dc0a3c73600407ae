/** What stops a run that would go on: fuel, a deadline, an AbortSignal, and waiting where waiting is impossible. */
import { RuntimeFault } from "../core/errors.ts";

/** A synchronous call would have had to wait for another device or an unfinished future. */
export class WouldSuspend extends RuntimeFault {
  override name = "WouldSuspend";
  constructor(what: string) {
    super(
      "RuntimeError",
      `${what} would have to wait; call run(), which is asynchronous, instead of forward()`,
    );
  }
}

export class OutOfFuel extends RuntimeFault {
  override name = "OutOfFuel";
  constructor(limit: number) {
    super("RuntimeError", `the program used up its fuel of ${limit} jumps and calls`);
  }
}

export class Aborted extends RuntimeFault {
  override name = "Aborted";
  constructor(readonly reason: unknown) {
    super(
      "RuntimeError",
      reason instanceof Error ? `the run was aborted: ${reason.message}` : "the run was aborted",
    );
  }
}

/**
 * Counts down jumps backward and operator calls. `interpreter.ts` decrements `credits`; at zero or below it calls `refill`,
 * which throws when a limit is reached and returns true when the loop should yield to the event loop.
 */
export class Meter {
  credits: number;
  #spent = 0;
  #sliceEnd: number;
  /**
   * Jumps and calls between two looks at the limits, and before a loop counts as hot; tests make it small. A prime, so
   * that no loop of several calls a round always runs out at the same one.
   */
  static batch = 1021;
  #granted: number;

  constructor(
    readonly fuel: number = Infinity,
    /** `performance.now()` time after which the run fails. */
    readonly deadline: number = Infinity,
    readonly signal: AbortSignal | undefined = undefined,
    /** Milliseconds of work between yields; Infinity for synchronous runs. */
    readonly slice: number = Infinity,
  ) {
    this.credits = this.#granted = Math.min(Meter.batch, fuel);
    this.#sliceEnd = slice === Infinity ? Infinity : performance.now() + slice;
  }
  /** Jumps and calls counted so far. */
  get spent(): number {
    return this.#spent + this.#granted - this.credits;
  }
  refill(): boolean {
    this.#spent = this.spent;
    this.credits = this.#granted = 0;
    if (this.#spent >= this.fuel) throw new OutOfFuel(this.fuel);
    this.credits = this.#granted = Math.min(Meter.batch, this.fuel - this.#spent);
    if (this.deadline === Infinity && this.#sliceEnd === Infinity && !this.signal) return false;
    return this.#check() > this.#sliceEnd;
  }
  /** The time of now, if the run may go on. */
  #check(): number {
    if (this.signal?.aborted) throw new Aborted(this.signal.reason);
    const now = performance.now();
    if (now > this.deadline) throw new RuntimeFault("RuntimeError", "the program ran past its deadline");
    return now;
  }
  /** Begins a new slice after a yield. */
  resume(): void {
    this.#sliceEnd = this.#check() + this.slice;
  }
}
