/** `_source`: the text behind code, for linecache, inspect and traceback. */
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { fn } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";
import { files } from "../runtime/imports.ts";
import { interpreter } from "../runtime/interpreter.ts";
import { formatEntries, formatException } from "../runtime/traceback.ts";

/** Text of a file or of source that ran under that name; None if there is none. */
function textOf(name: Value): Value {
  const filename = r.stringOf(name) ?? "";
  return interpreter().sources.get(filename)?.text ?? files.read(filename) ?? null;
}

/** (text, first line) of a function or class made by Python code, else None. */
function definition(v: Value): Value {
  const d = v instanceof r.PyFunction || v instanceof r.PyType ? v : undefined;
  if (!d?.node || !d.source) return null;
  return new r.PyTuple([d.source.filename, d.source.positionOf(d.node.span.start).line]);
}

registerModule("_source", () =>
  moduleOf("_source", {
    text_of: fn("text_of", "filename, /", textOf),
    definition: fn("definition", "object, /", definition),
    format_exception: fn(
      "format_exception",
      "e, /",
      (e: Value) => e instanceof r.PyBaseException ? formatException(e) : "",
    ),
    format_entries: fn(
      "format_entries",
      "tb, /",
      (tb: Value) => tb instanceof r.PyTraceback ? formatEntries(tb.entry) : "",
    ),
  }));
