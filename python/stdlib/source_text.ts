/** `_source`: the text behind code, for linecache, inspect and traceback. */
import type { Source } from "../../core/source.ts";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { fn } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";
import { files } from "../runtime/imports.ts";
import { interpreter } from "../runtime/interpreter.ts";
import { exceptionLine, formatEntries, formatException } from "../runtime/traceback.ts";

/** Text of a file or of source that ran under that name; None if there is none. */
function textOf(name: Value): Value {
  const filename = r.stringOf(name) ?? "";
  return interpreter().sources.get(filename)?.text ?? files.read(filename) ?? null;
}

/** Numbers, from 1 within the text, of the first and last line of a function's or class's source. */
function lines(v: Value): Value {
  let node: { start: number; end: number } | null | undefined, source: Source | undefined;
  if (v instanceof r.PyFunction || v instanceof r.PyType) [node, source] = [v.node, v.source];
  else if (v instanceof r.PyCode) [node, source] = [v.code.node, v.code.source];
  if (!node || !source) return null;
  const decorators = (node as { decorator_list?: { start: number }[] }).decorator_list ?? [];
  const start = Math.min(node.start, ...decorators.map((d) => d.start));
  return new r.PyTuple([
    source.text,
    source.lineIndex(start) + 1,
    source.lineIndex(node.end) + 1,
    source.filename,
  ]);
}

const exceptionText = (format: (e: r.PyBaseException) => string) => (e: Value) =>
  e instanceof r.PyBaseException ? format(e) : "";

registerModule("_source", () =>
  moduleOf("_source", {
    text_of: fn("text_of", "filename, /", textOf),
    lines: fn("lines", "object, /", lines),
    format_exception: fn("format_exception", "e, /", exceptionText(formatException)),
    exception_line: fn("exception_line", "e, /", exceptionText(exceptionLine)),
    format_entries: fn(
      "format_entries",
      "tb, /",
      (tb: Value) => tb instanceof r.PyTraceback ? formatEntries(tb.entry) : "",
    ),
  }));
