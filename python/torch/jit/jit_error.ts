/** `torch.jit.Error`, the class that torch.jit defines for what scripts raise. */
import * as r from "../../runtime/mod.ts";

let cls: r.PyType | undefined;

/** Tells which class it is, once torch.jit has defined it. */
export function setJitError(type: r.PyType): void {
  cls = type;
}

/** An instance to be thrown. */
export function jitError(message: string): r.PyBaseException {
  return r.raise(cls ?? r.RuntimeErrorType, message);
}
