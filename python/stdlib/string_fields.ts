/** `_string`: how str.format reads its text, for string.Formatter. */
import { parseFormat, splitFieldName } from "../../core/text/mod.ts";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { fn } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";

const { PyList, PyTuple } = r;

function text(v: Value): string {
  const s = r.stringOf(v);
  if (s === undefined) throw r.typeError(`expected str, got ${r.typeOf(v).name}`);
  return s;
}

registerModule("_string", () =>
  moduleOf("_string", {
    formatter_parser: fn("formatter_parser", "format, /", (v: Value) =>
      r.iter(
        new PyList(
          parseFormat(text(v)).map(({ literal, field, spec, conversion }) =>
            new PyTuple([literal, field ?? null, field === undefined ? null : spec, conversion ?? null])
          ),
        ),
      )),
    formatter_field_name_split: fn("formatter_field_name_split", "name, /", (v: Value) => {
      const { first, steps } = splitFieldName(text(v));
      return new PyTuple([
        first,
        r.iter(new PyList(steps.map(({ attribute, key }) => new PyTuple([attribute, key])))),
      ]);
    }),
  }));
