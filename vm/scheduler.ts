/**
 * Runs tasks in a fixed order. A fork starts at once and runs until it ends or waits; a task that waits is
 * queued again when what it waits for is there, first come first served.
 */
import type { Code } from "../bytecode/code.ts";
import type { Device } from "../core/device.ts";
import { RuntimeFault } from "../core/errors.ts";
import { FutureValue, type IValue } from "../core/ivalue.ts";
import type { PendingValue } from "../core/pending.ts";
import { enterRegion } from "../core/region.ts";
import { AnyType } from "../core/types.ts";
import { setDefaultDevice } from "../ops/default_device.ts";
import { Frame, Task } from "./frame.ts";
import { execute, type Outcome } from "./interpreter.ts";
import { type Meter, WouldSuspend } from "./limits.ts";
import { escape, RunMemory } from "./memory.ts";
import { currentProbe, enterProbe, type Probe } from "./probe.ts";
import { ScriptError } from "./traceback.ts";

export class Scheduler {
  readonly #ready: Task[] = [];
  /** Results that a device still owes. */
  #owed = 0;
  #wake: (() => void) | undefined;
  /** Whether the caller waits on this thread, and so may a device that can. */
  #blocks = false;

  /** Tasks that have not ended. */
  readonly #tasks = new Set<Task>();
  readonly memory: RunMemory;
  /** How the run as a whole ends. */
  readonly main: FutureValue;

  /** A run of `code`; its first slice begins with `finish` or `finishNow`. */
  constructor(
    readonly meter: Meter,
    code: Code,
    args: readonly IValue[],
    /** Where the run's creation functions put tensors when none is named; as it is set outside unless given. */
    readonly device?: Device,
    /** Watches the run. */
    readonly probe: Probe | null = currentProbe(),
  ) {
    this.memory = new RunMemory(args);
    const task = this.#task(code, args);
    this.main = task.future;
    this.#ready.push(task);
  }

  #task(code: Code, args: readonly IValue[]): Task {
    const frame = new Frame(code, args, undefined, 0);
    const task = new Task(frame, new FutureValue(AnyType));
    this.#tasks.add(task);
    return task;
  }
  /** A fork: runs now, as far as it comes. */
  fork(code: Code, args: readonly IValue[]): FutureValue {
    args.forEach(escape);
    const task = this.#task(code, args);
    this.#step(task);
    return task.future;
  }
  /** Memory's turn between two operators. */
  tend(): void {
    this.memory.tend(this.#tasks);
  }
  waitForFuture(task: Task, future: FutureValue, deliver: (v: IValue) => void): void {
    task.awaited = future;
    future.then_((f) => {
      task.resume = () => {
        task.awaited = undefined;
        if (f.state === "failed") throw f.error;
        deliver(f.value);
      };
      this.#ready.push(task);
    });
  }
  waitForPromise(task: Task, pending: PendingValue, deliver: (v: IValue) => void): void {
    const { now } = pending;
    if (this.#blocks && now) {
      task.resume = () => deliver(now());
      this.#ready.push(task);
      return;
    }
    this.#owed++;
    task.isOwed = true;
    const settle = (resume: () => void) => {
      this.#owed--;
      task.resume = () => {
        task.isOwed = false;
        resume();
      };
      this.#ready.push(task);
      this.#wake?.();
    };
    pending.promise.then((v) => settle(() => deliver(v)), (e) =>
      settle(() => {
        throw e;
      }));
  }

  /** Runs a task for a slice; a failure settles its future. Returns whether the slice ran out. */
  #step(task: Task): boolean {
    const before = enterRegion(this.memory.region);
    const deviceBefore = this.device && setDefaultDevice(this.device);
    const { probe } = this, probeBefore = enterProbe(probe), interrupted = probe?.begin(task);
    let outcome: Outcome | undefined;
    try {
      outcome = execute(task, this.meter, this);
      if (outcome === "done") this.#tasks.delete(task);
      if (outcome !== "yield") return false;
      this.#ready.unshift(task);
      return true;
    } catch (e) {
      this.#tasks.delete(task);
      task.future.fail(task.future === this.main ? e : ofFuture(e));
      return false;
    } finally {
      probe?.end(task, interrupted, outcome === "yield");
      enterProbe(probeBefore);
      enterRegion(before);
      if (deviceBefore) setDefaultDevice(deviceBefore);
    }
  }

  /** Runs to the end, never leaving the thread; throws WouldSuspend where that cannot be. */
  finishNow(): IValue {
    this.#blocks = true;
    try {
      while (this.main.state === "pending") {
        const task = this.#ready.shift();
        if (!task) throw new WouldSuspend(this.#owed ? "a result of another device" : "a future");
        this.#step(task);
      }
    } finally {
      this.memory.close(this.main.value);
    }
    return resultOf(this.main);
  }

  /** Runs to the end, giving the event loop a turn after each slice and while a device owes results. */
  async finish(): Promise<IValue> {
    try {
      while (this.main.state === "pending") {
        const task = this.#ready.shift();
        if (task) {
          if (this.#step(task)) await this.#turn();
        } else if (this.#owed) await this.#delivery();
        else throw new WouldSuspend("a future that nothing will complete");
      }
    } finally {
      this.memory.close(this.main.value);
    }
    return resultOf(this.main);
  }
  async #turn(): Promise<void> {
    await new Promise((done) => setTimeout(done, 0));
    this.meter.resume();
  }
  /** Waits for a device's answer; an abort and the deadline end the wait. */
  async #delivery(): Promise<void> {
    const { signal, deadline } = this.meter;
    let wake = () => {}, timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((done) => {
      this.#wake = wake = () => done();
      signal?.addEventListener("abort", wake, { once: true });
      // A millisecond more than is left, so that the deadline is over then; timers take no more than 31 bits.
      if (deadline < Infinity) {
        timer = setTimeout(wake, Math.min(deadline - performance.now() + 1, 2 ** 31 - 1));
      }
    });
    signal?.removeEventListener("abort", wake);
    clearTimeout(timer);
    this.#wake = undefined;
    this.meter.resume();
  }
}

function resultOf(future: FutureValue): IValue {
  if (future.state === "failed") throw future.error;
  return future.value;
}

/** An error of a fork, as whoever waits for it sees it: a RuntimeError whose text has the fork's own traceback. */
function ofFuture(e: unknown): unknown {
  return e instanceof ScriptError ? new RuntimeFault("RuntimeError", e.message) : e;
}
