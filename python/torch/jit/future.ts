/** torch.Future: what a fork gives, in a script or outside. */
import type { FutureValue } from "../../../core/ivalue.ts";
import * as r from "../../runtime/mod.ts";
import { toPython } from "./convert.ts";

export const futureType: r.PyType = r.nativeType("Future", {
  module: "torch",
  alloc: () => new PyFuture(undefined),
});

/** A script's future, or one that Python completes by `set_result`. */
export class PyFuture extends r.PyObject {
  /** What Python set; undefined while pending. */
  result: r.Value | undefined = undefined;
  readonly callbacks: (() => void)[] = [];
  constructor(readonly future: FutureValue | undefined) {
    super(futureType);
  }
}

const made = new WeakMap<FutureValue, PyFuture>();

/** The Python object of a script's future, the same one each time. */
export function pyFuture(f: FutureValue): PyFuture {
  let p = made.get(f);
  if (!p) made.set(f, p = new PyFuture(f));
  return p;
}

function isDone(self: PyFuture): boolean {
  return self.future ? self.future.state !== "pending" : self.result !== undefined;
}

function valueOf(self: PyFuture): r.Value {
  if (!isDone(self)) {
    throw r.runtimeError("the future is not complete, and nothing that runs could complete it");
  }
  const f = self.future;
  if (!f) return self.result!;
  if (f.state !== "failed") return toPython(f.value);
  // Whoever waits sees a RuntimeError, whatever the script raised.
  throw f.error instanceof Error ? r.runtimeError(f.error.message) : f.error;
}

/** Calls back once the future is complete: at once when it is. */
function whenDone(self: PyFuture, f: () => void): void {
  if (isDone(self)) f();
  else if (self.future) self.future.then_(f);
  else self.callbacks.push(f);
}

function complete(self: PyFuture, v: r.Value): void {
  if (isDone(self)) {
    throw r.runtimeError(
      "Attempting to mark a completed Future as complete again. Note that a Future can only be marked completed once.",
    );
  }
  self.result = v;
  for (const f of self.callbacks.splice(0)) f();
}

r.methods(futureType, {
  wait: ["", valueOf],
  value: ["", valueOf],
  done: ["", isDone],
  set_result: ["result", (self: PyFuture, v: r.Value) => {
    complete(self, v);
    return null;
  }],
  then: ["callback", (self: PyFuture, callback: r.Value) => {
    const next = new PyFuture(undefined);
    whenDone(self, () => complete(next, r.call(callback, [self])));
    return next;
  }],
  add_done_callback: ["callback", (self: PyFuture, callback: r.Value) => {
    whenDone(self, () => r.call(callback, [self]));
    return null;
  }],
});
