/**
 * Runs tasks in a fixed order. A fork starts at once and runs until it ends or waits; a task that waits is
 * queued again when what it waits for is there, first come first served.
 */
import type { Code } from "../bytecode/code.ts";
import { FutureValue, type IValue } from "../core/ivalue.ts";
import type { PendingValue } from "../core/pending.ts";
import { AnyType } from "../core/types.ts";
import { Frame, parameterRegisters, Task } from "./frame.ts";
import { execute } from "./interpreter.ts";
import { type Meter, WouldSuspend } from "./limits.ts";

export class Scheduler {
  readonly #ready: Task[] = [];
  /** Results that a device still owes. */
  #owed = 0;
  #wake: (() => void) | undefined;

  constructor(readonly meter: Meter) {}

  /** Starts a task on its first slice; its future tells how it ended. */
  start(code: Code, args: readonly IValue[]): FutureValue {
    const task = new Task(
      new Frame(code, parameterRegisters(code, args), undefined, 0),
      new FutureValue(AnyType),
    );
    this.#ready.push(task);
    return task.future;
  }
  /** A fork: runs now, as far as it comes. */
  fork(code: Code, args: readonly IValue[]): FutureValue {
    const task = new Task(
      new Frame(code, parameterRegisters(code, args), undefined, 0),
      new FutureValue(AnyType),
    );
    this.#step(task);
    return task.future;
  }
  waitForFuture(task: Task, future: FutureValue, deliver: (v: IValue) => void): void {
    future.then_((f) => {
      task.resume = () => {
        if (f.state === "failed") throw f.error;
        deliver(f.value);
      };
      this.#ready.push(task);
    });
  }
  waitForPromise(task: Task, pending: PendingValue, deliver: (v: IValue) => void): void {
    this.#owed++;
    const settle = (resume: () => void) => {
      this.#owed--;
      task.resume = resume;
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
    try {
      if (execute(task, this.meter, this) !== "yield") return false;
      this.#ready.unshift(task);
      return true;
    } catch (e) {
      task.future.fail(e);
      return false;
    }
  }

  /** Runs until `future` is settled, never leaving the thread; throws WouldSuspend where that cannot be. */
  finishNow(future: FutureValue): IValue {
    while (future.state === "pending") {
      const task = this.#ready.shift();
      if (!task) throw new WouldSuspend(this.#owed ? "a result of another device" : "a future");
      this.#step(task);
    }
    return resultOf(future);
  }

  /** Runs until `future` is settled, giving the event loop a turn after each slice and while a device owes results. */
  async finish(future: FutureValue): Promise<IValue> {
    while (future.state === "pending") {
      const task = this.#ready.shift();
      if (task) {
        if (this.#step(task)) await this.#turn();
      } else if (this.#owed) await this.#delivery();
      else throw new WouldSuspend("a future that nothing will complete");
    }
    return resultOf(future);
  }
  async #turn(): Promise<void> {
    await new Promise((done) => setTimeout(done, 0));
    this.meter.resume();
  }
  /** Waits for a device's answer; an abort ends the wait. */
  async #delivery(): Promise<void> {
    const { signal } = this.meter;
    let onAbort = () => {};
    await new Promise<void>((done) => {
      this.#wake = onAbort = () => done();
      signal?.addEventListener("abort", onAbort, { once: true });
    });
    signal?.removeEventListener("abort", onAbort);
    this.#wake = undefined;
    this.meter.resume();
  }
}

function resultOf(future: FutureValue): IValue {
  if (future.state === "failed") throw future.error;
  return future.value;
}
