/**
 * The stack of Python frames: one pooled Frame a depth, entered and left by every emitted function. Emitted
 * code stores its current line there, so a traceback, a warning or the tracer can read every live line.
 */
import type { FunctionCode } from "./function.ts";
import type { PyBaseException } from "./exceptions.ts";
import type { Attrs, Value } from "./object.ts";

export class Frame {
  code!: FunctionCode;
  line = 0;
  /** Reads the frame's locals by name; set only by code that may need it (see emit/functions.ts). */
  locals: (() => Map<string, Value>) | null = null;
  /** Assigns a local by its name, false if there is none; set where `lineHook` is called. */
  assign: ((name: string, value: Value) => boolean) | null = null;
  get globals(): Attrs {
    return this.code.globals;
  }
}

export const rt: {
  /** Index of the running frame; -1 outside Python code. */
  depth: number;
  limit: number;
  frames: Frame[];
  /** The exception that the innermost active `except` or `finally` handles. */
  handling: PyBaseException | null;
  /** Called at every line of code emitted with a line hook. */
  lineHook: ((f: Frame, event: "call" | "line" | "return", value: Value) => void) | null;
  /** Functions called while this is set run in a form whose frames show their variables: a tracer asks for names. */
  localsWanted: boolean;
} = { depth: -1, limit: 1000, frames: [], handling: null, lineHook: null, localsWanted: false };

for (let i = 0; i <= rt.limit; i++) rt.frames.push(new Frame());

/** Raises RecursionError; filled in by errors.ts, which knows the exception classes. */
export const recursion: { raise: () => never } = {
  raise: () => {
    throw new RangeError("Maximum call stack size exceeded");
  },
};

/** Enters a Python frame. The caller leaves it with `rt.depth--` in a finally. */
export function enter(code: FunctionCode): Frame {
  const d = ++rt.depth;
  if (d >= rt.limit) {
    rt.depth--;
    recursion.raise();
  }
  const f = rt.frames[d];
  f.code = code;
  f.line = code.firstLine;
  f.locals = null;
  f.assign = null;
  return f;
}

/** The running frame, or undefined outside Python code; `back` counts callers outwards. */
export function currentFrame(back = 0): Frame | undefined {
  const d = rt.depth - back;
  return d >= 0 ? rt.frames[d] : undefined;
}

export function setRecursionLimit(limit: number): void {
  while (rt.frames.length <= limit) rt.frames.push(new Frame());
  rt.limit = limit;
}
