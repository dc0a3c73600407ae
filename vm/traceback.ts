/** Errors as callers of a script see them, with the places that the failing instruction came through. */
import type { CallSite } from "../bytecode/code.ts";
import { type PythonErrorName, RuntimeFault } from "../core/errors.ts";
import type { SourceRange } from "../core/source.ts";
import type { Frame } from "./frame.ts";

/** An exception of a running script. `message` is PyTorch's text with the traceback; `original` what was raised. */
export class ScriptError extends RuntimeFault {
  override name = "ScriptError";
  constructor(
    message: string,
    /** Text of the original exception, without traceback. */
    readonly original: string,
    /** Qualified name of the Python class a script raised (`builtins.ValueError`); undefined for operator errors. */
    readonly raised: string | undefined,
    pythonType: PythonErrorName,
  ) {
    super(pythonType, message);
  }
}

/** What a `raise` statement throws, before its traceback is known. */
export class Raised extends Error {
  constructor(readonly text: string, readonly qualifiedClass: string | undefined) {
    super(text);
  }
}

interface Line {
  readonly range: SourceRange | undefined;
  readonly name: string;
}

/** Where an archive's own code has a place that is shown by its original source. */
function serializedOf({ range, name }: Line): Line | undefined {
  const found = (range as { serialized?: SourceRange } | undefined)?.serialized;
  return found && { range: found, name };
}

/** Places from the outermost call to the instruction that `frame` stopped in. */
export function placesOf(frame: Frame): Line[] {
  const lines: Line[] = [];
  for (let f: Frame | undefined = frame; f; f = f.parent) {
    // A frame that waits for a call stands behind it.
    const place = f.code.placeAt(f === frame ? f.pc : f.pc - 1);
    const own = f.code.name.slice(f.code.name.lastIndexOf(".") + 1);
    let range = place.range;
    for (let site: CallSite | undefined = place.inlined; site; site = site.caller) {
      lines.push({ range, name: site.functionName });
      range = site.range;
    }
    lines.push({ range, name: own });
  }
  return lines.reverse();
}

/** The error with PyTorch's traceback text; errors that already have one pass through. */
export function withTraceback(e: unknown, frame: Frame): unknown {
  if (e instanceof ScriptError) return e;
  if (!(e instanceof RuntimeFault || e instanceof Raised)) return e;
  // Limits of the run are not the script's exceptions.
  if (e instanceof RuntimeFault && e.name !== "RuntimeFault") return e;
  const places = placesOf(frame), serialized = places.map((p) => serializedOf(p));
  const parts = ["The following operation failed in the TorchScript interpreter."];
  const list = (kind: string, lines: readonly Line[]) => {
    parts.push(`Traceback of TorchScript${kind} (most recent call last):`);
    for (const { range, name } of lines) if (range) parts.push(range.highlight(name).trimEnd());
  };
  if (serialized.some((p) => p)) {
    list(", serialized code", places.map((p, i) => serialized[i] ?? p));
    parts.push("");
    list(", original code", places);
  } else list("", places);
  const raised = e instanceof Raised ? e.qualifiedClass ?? "RuntimeError" : "RuntimeError";
  const text = e.message;
  parts.push(`${raised}: ${text}`);
  // Callers see every failing operator as a RuntimeError, whatever it would be in eager code.
  return new ScriptError(
    parts.join("\n") + "\n",
    text,
    e instanceof Raised ? raised : undefined,
    "RuntimeError",
  );
}
