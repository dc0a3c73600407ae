/** What the VM asks of its surroundings: printing, and Python functions that a script calls back. */
import { NotImplemented } from "../core/errors.ts";
import type { IValue } from "../core/ivalue.ts";
import { printText } from "./format.ts";

export interface HostHooks {
  /** Shows the values of a `print` statement, without the newline. */
  print(values: readonly IValue[]): void;
  /** Calls a function of the host: the operand of a HOST instruction, with script values. */
  call(callee: unknown, args: readonly IValue[]): IValue;
}

let hooks: HostHooks = {
  print: (values) => console.log(printText(values)),
  call: (callee) => {
    throw new NotImplemented(
      `the Python function ${(callee as { name?: string }).name ?? ""} without a Python host`,
    );
  },
};

export function hostHooks(): HostHooks {
  return hooks;
}
/** Replaces the hooks; what is not given stays. */
export function setHostHooks(h: Partial<HostHooks>): void {
  hooks = { ...hooks, ...h };
}
