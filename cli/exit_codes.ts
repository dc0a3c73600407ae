/** Exit codes, and errors that carry one. */
import type { Diagnostic } from "../core/errors.ts";

export const OK = 0;
/** The model or the input is at fault. */
export const FAULT = 1;
/** The command line is. */
export const USAGE = 2;
/** Wick does not have it yet. */
export const NOT_IMPLEMENTED = 3;
/** Wick is at fault. */
export const INTERNAL = 70;

/** A command line that cannot be understood; `main` prints it with a hint at `--help`. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Everything that is wrong with what was to be compiled. */
export class CompileErrors extends Error {
  override name = "CompileErrors";
  constructor(readonly errors: readonly Diagnostic[]) {
    super(`${errors.length} errors`);
  }
}

/** An input that cannot be used: a file that is missing, a shape that does not parse. */
export class InputError extends Error {
  override name = "InputError";
}
