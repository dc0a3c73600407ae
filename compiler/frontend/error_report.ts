/** Errors about the source being compiled, with the chain of compilations that led there. */
import { Diagnostic } from "../../core/errors.ts";
import type { SourceRange } from "../../core/source.ts";
import { hintFor } from "./hints.ts";

interface Call {
  readonly name: string;
  /** Where the function being compiled stands now, once it has begun. */
  range: SourceRange;
}

const calls: Call[] = [];

/** Marks the place in the innermost compilation that a nested compilation is blamed on. */
export function updatePendingRange(range: SourceRange): void {
  if (calls.length) calls[calls.length - 1].range = range;
}

/** Runs `f` as the compilation of `name`, whose definition is at `range`. */
export function withCompilationOf<T>(name: string, range: SourceRange, f: () => T): T {
  calls.push({ name, range });
  try {
    return f();
  } finally {
    calls.pop();
  }
}

/** PyTorch's ErrorReport: a RuntimeError with the excerpt of `range`. */
export function errorReport(range: SourceRange | undefined, text: string): Diagnostic {
  return withCalls(new Diagnostic(text, range, "RuntimeError", hintFor(text)));
}

/** Errors of the Python side of the frontend. */
export function notSupported(range: SourceRange | undefined, text: string): Diagnostic {
  return withCalls(new Diagnostic(text, range, "NotSupportedError", hintFor(text)));
}
export function frontendError(range: SourceRange | undefined, text: string): Diagnostic {
  return withCalls(new Diagnostic(text, range, "FrontendError"));
}
export function unsupportedNode(range: SourceRange, text: string): Diagnostic {
  return withCalls(new Diagnostic(text, range, "UnsupportedNodeError", hintFor(text)));
}

function withCalls(d: Diagnostic): Diagnostic {
  for (let i = calls.length - 1; i >= 0; i--) {
    d.callStack.push({ name: calls[i].name, range: calls[i].range });
  }
  return d;
}

/** The lines about callers that PyTorch adds under an error: who compiled whom, innermost first. */
export function callStackText(stack: readonly { name: string; range: SourceRange }[]): string {
  let out = "";
  for (let i = 0; i + 1 < stack.length; i++) {
    out += `'${stack[i].name}' is being compiled since it was called from '${stack[i + 1].name}'\n`;
    out += stack[i + 1].range.highlight();
  }
  return out;
}

/** The chain of compilations under way now, for messages of other errors. */
export function currentCallStack(): string {
  return callStackText(calls.slice().reverse());
}

/**
 * What Python shows for the error: ErrorReports begin with an empty line, the frontend's own errors do not.
 */
export function diagnosticText(d: Diagnostic): string {
  if (!d.range) return d.text;
  const where = d.range.highlight();
  const body = `${d.text}:\n${where}${callStackText(d.callStack)}`;
  return d.pythonType === "RuntimeError" ? `\n${body}` : body;
}
