/** A result that is not there yet: what a kernel returns when its device answers later. The VM suspends on it. */
import type { IValue } from "./ivalue.ts";

export class PendingValue {
  constructor(readonly promise: Promise<IValue>) {}
}
