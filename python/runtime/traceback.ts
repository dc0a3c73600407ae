/** Traceback objects, and exceptions printed as CPython prints them. */
import { nativeType, PyObject, type Value } from "./object.ts";
import { getset } from "./native.ts";
import type { PyBaseException, TracebackEntry } from "./exceptions.ts";
import type { FunctionCode } from "./function.ts";
import { dictOver, PyDict } from "./dict.ts";
import { PyList } from "./sequences.ts";
import { str } from "./repr.ts";
import { truth } from "./truth.ts";

export const tracebackType = nativeType("traceback", { final: true });
export const frameType = nativeType("frame", { final: true });
export const codeType = nativeType("code", { final: true });

export class PyTraceback extends PyObject {
  constructor(readonly entry: TracebackEntry) {
    super(tracebackType);
  }
}

/** A code object as Python sees it. */
export class PyCode extends PyObject {
  constructor(readonly code: FunctionCode, readonly text: unknown = null) {
    super(codeType);
  }
}

/** A frame as Python sees it: a copy of where it stood. */
export class PyFrame extends PyObject {
  constructor(
    readonly code: FunctionCode,
    readonly line: number,
    readonly locals: Map<string, Value> | null,
    readonly back: PyFrame | null,
  ) {
    super(frameType);
  }
}

const wrapped = new WeakMap<TracebackEntry, PyTraceback>();

/** `e.__traceback__`. */
export function tracebackOf(e: PyBaseException): Value {
  return e.traceback ? wrap(e.traceback) : null;
}

function wrap(entry: TracebackEntry): PyTraceback {
  let t = wrapped.get(entry);
  if (!t) wrapped.set(entry, t = new PyTraceback(entry));
  return t;
}

getset(tracebackType, "tb_next", (t: PyTraceback) => t.entry.next ? wrap(t.entry.next) : null);
getset(tracebackType, "tb_lineno", (t: PyTraceback) => t.entry.line);
getset(tracebackType, "tb_frame", (t: PyTraceback) => new PyFrame(t.entry.code, t.entry.line, null, null));
getset(frameType, "f_code", (f: PyFrame) => codeOf(f.code));
getset(frameType, "f_lineno", (f: PyFrame) => f.line);
getset(frameType, "f_globals", (f: PyFrame) => dictOver(f.code.globals));
getset(
  frameType,
  "f_locals",
  (f: PyFrame) =>
    f.locals ? new PyDict(f.locals) : f.code.name === "<module>" ? dictOver(f.code.globals) : new PyDict(),
);
getset(frameType, "f_back", (f: PyFrame) => f.back);

const codes = new WeakMap<FunctionCode, PyCode>();
export function codeOf(code: FunctionCode): PyCode {
  let c = codes.get(code);
  if (!c) codes.set(code, c = new PyCode(code));
  return c;
}

/** The lines of a traceback, from `Traceback (most recent call last):` on, chained causes first. */
export function formatException(e: PyBaseException, seen: Set<PyBaseException> = new Set()): string {
  seen.add(e);
  let out = "";
  if (e.cause !== null && !seen.has(e.cause)) {
    out += formatException(e.cause, seen) +
      "\nThe above exception was the direct cause of the following exception:\n\n";
  } else if (e.context !== null && !e.suppressContext && !seen.has(e.context)) {
    out += formatException(e.context, seen) +
      "\nDuring handling of the above exception, another exception occurred:\n\n";
  }
  if (e.traceback) out += "Traceback (most recent call last):\n" + formatEntries(e.traceback);
  return out + exceptionLine(e);
}

/** The `File ...` lines; long repetitions are folded. */
export function formatEntries(first: TracebackEntry): string {
  let out = "", last = "", repeats = 0;
  const flush = () => {
    if (repeats > 3) {
      out += `  [Previous line repeated ${repeats - 3} more time${repeats === 4 ? "" : "s"}]\n`;
    }
  };
  for (let t: TracebackEntry | null = first; t; t = t.next) {
    const text = formatEntry(t);
    if (text === last) repeats++;
    else {
      flush();
      last = text;
      repeats = 1;
    }
    if (repeats <= 3) out += text;
  }
  flush();
  return out;
}

function formatEntry(t: TracebackEntry): string {
  const { source } = t.code;
  const line = sourceLine(source, t.line);
  return `  File "${source.filename}", line ${t.line}, in ${t.code.name}\n${line ? `    ${line}\n` : ""}`;
}

function sourceLine(source: FunctionCode["source"], line: number): string {
  const i = line - source.startingLine;
  return i >= 0 && i < source.lineStarts.length ? source.lineText(i).trim() : "";
}

/** The last line: `ValueError: message`, notes after it. */
export function exceptionLine(e: PyBaseException): string {
  const name = e.cls.module === "__main__" ? e.cls.qualname : e.cls.fullName;
  let text: string;
  try {
    const place = syntaxPlace(e);
    text = place ? str(e.attrs!.get("msg") ?? null) : str(e);
  } catch {
    text = "<exception str() failed>";
  }
  let out = syntaxPlace(e) + (text === "" ? `${name}\n` : `${name}: ${text}\n`);
  const notes = e.attrs?.get("__notes__");
  if (notes instanceof PyList) { for (const n of notes.items) out += `${str(n)}\n`; }
  return out;
}

/** Where a SyntaxError is, as CPython shows it. */
function syntaxPlace(e: PyBaseException): string {
  if (!e.cls.mro.some((t) => t.name === "SyntaxError")) return "";
  const file = e.attrs?.get("filename"), line = e.attrs?.get("lineno"), text = e.attrs?.get("text");
  if (typeof file !== "string" || typeof line !== "number") return "";
  let out = `  File "${file}", line ${line}\n`;
  if (typeof text === "string" && truth(text)) {
    const shown = text.trimStart().trimEnd(), cut = text.length - text.trimStart().length;
    out += `    ${shown}\n`;
    const column = e.attrs?.get("offset"), end = e.attrs?.get("end_offset");
    if (typeof column === "number" && column - 1 >= cut) {
      const width = typeof end === "number" && end > column ? end - column : 1;
      out += `    ${" ".repeat(column - 1 - cut)}${"^".repeat(width)}\n`;
    }
  }
  return out;
}
