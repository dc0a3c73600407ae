/** A result that is not there yet: what a kernel returns when its device answers later. The VM suspends on it. */
import { RuntimeFault } from "./errors.ts";
import type { IValue } from "./ivalue.ts";

export class PendingValue {
  #promise: Promise<IValue> | undefined;
  readonly #start: (() => Promise<IValue>) | undefined;

  /** `promise`, or what starts it; `now` waits instead, where the thread may block. */
  constructor(promise: Promise<IValue> | (() => Promise<IValue>), readonly now?: () => IValue) {
    if (typeof promise === "function") this.#start = promise;
    else this.#promise = promise;
  }

  get promise(): Promise<IValue> {
    return this.#promise ??= this.#start!();
  }
}

/** The value itself, for callers that cannot suspend: waits where that is possible. */
export function settled(v: IValue): IValue {
  if (!(v instanceof PendingValue)) return v;
  if (v.now) return v.now();
  throw new RuntimeFault(
    "RuntimeError",
    "a result of another device is not there yet, and this call cannot wait for it",
  );
}
