/**
 * The three kinds of failure, never mixed: what the user's program did wrong (RuntimeFault at run time,
 * Diagnostic at compile time), what Wick does not do yet (NotImplemented), and our own bug (InternalError).
 */
import type { SourceRange } from "./source.ts";

/** Names of the Python exception classes that operators and the VM raise. */
export type PythonErrorName =
  | "RuntimeError"
  | "IndexError"
  | "KeyError"
  | "ValueError"
  | "TypeError"
  | "AttributeError"
  | "NotImplementedError"
  | "ZeroDivisionError"
  | "OverflowError"
  | "AssertionError"
  | "LookupError"
  | "_LinAlgError";

/** A failure of the running program, as Python would raise it. Kernels, shape rules and the VM throw it. */
export class RuntimeFault extends Error {
  override name = "RuntimeFault";
  constructor(readonly pythonType: PythonErrorName, message: string) {
    super(message);
  }
}

/** PyTorch's TORCH_CHECK: a RuntimeError unless told otherwise. */
export function check(
  cond: unknown,
  message: string | (() => string),
  type: PythonErrorName = "RuntimeError",
): asserts cond {
  if (!cond) throw new RuntimeFault(type, typeof message === "string" ? message : message());
}

/** An operator, syntax or feature Wick does not have yet; names it. Exit code 3. */
export class NotImplemented extends Error {
  override name = "NotImplemented";
  constructor(readonly what: string, readonly range?: SourceRange) {
    super(range ? `${what} is not implemented yet, at ${range}` : `${what} is not implemented yet`);
  }
}

/** A broken invariant of Wick. Exit code 70. */
export class InternalError extends Error {
  override name = "InternalError";
}

/** An error in the user's source, with PyTorch's or CPython's wording and the place it points at. */
export class Diagnostic extends Error {
  override name = "Diagnostic";
  /** Places of the inlined or recursive compilations that led here, innermost first, as PyTorch lists them. */
  readonly callStack: { name: string; range: SourceRange }[] = [];
  constructor(
    /** The message without place or excerpt. */
    readonly text: string,
    readonly range: SourceRange | undefined,
    /** Python class the host raises it as. */
    readonly pythonType:
      | "RuntimeError"
      | "SyntaxError"
      | "ValueError"
      | "TypeError"
      | "NotImplementedError"
      | "OSError"
      | "FrontendError"
      | "NotSupportedError"
      | "UnsupportedNodeError" = "RuntimeError",
    readonly hint?: string,
  ) {
    super(text);
  }
}
