/** `repr()`, `str()`, `format()`. */
import { intToString } from "../../core/number/parse.ts";
import { Complex, Float } from "../../core/scalar.ts";
import { complexRepr, floatRepr } from "../../core/text/float_repr.ts";
import { escapeNonAscii, strRepr } from "../../core/text/str_repr.ts";
import { PyObject, PyStrObject, typeOf, type Value } from "./object.ts";
import { callSpecial } from "./call.ts";
import { typeError } from "./exceptions.ts";

/** `repr(v)` as a JS string. */
export function repr(v: Value): string {
  switch (typeof v) {
    case "string":
      return strRepr(v);
    case "number":
      return String(v);
    case "bigint":
      return intToString(v);
    case "boolean":
      return v ? "True" : "False";
  }
  if (v === null) return "None";
  if (v instanceof Float) return floatRepr(v.value);
  if (v instanceof Complex) return complexRepr(v);
  return textOf(callSpecial(v, "__repr__"), "__repr__");
}

/** `str(v)` as a JS string. */
export function str(v: Value): string {
  if (typeof v === "string") return v;
  if (
    !(v instanceof PyObject) &&
    (typeof v !== "object" || v === null || v instanceof Float || v instanceof Complex)
  ) {
    return repr(v);
  }
  return textOf(callSpecial(v, "__str__"), "__str__");
}

function textOf(r: Value | undefined, method: string): string {
  if (typeof r === "string") return r;
  if (r instanceof PyStrObject) return r.value;
  throw typeError(`${method} returned non-string (type ${r === undefined ? "object" : typeOf(r).name})`);
}

export function ascii(v: Value): string {
  return escapeNonAscii(repr(v));
}

/** `format(v, spec)`. */
export function format(v: Value, spec: string): string {
  if (spec === "") {
    if (typeof v === "string") return v;
    if (typeof v === "number") return String(v);
  }
  const r = callSpecial(v, "__format__", spec);
  if (typeof r === "string") return r;
  if (r instanceof PyStrObject) return r.value;
  throw typeError(`__format__ must return a str, not ${r === undefined ? "object" : typeOf(r).name}`);
}

/** Objects now inside their own repr, for `[...]`. */
const active = new Set<Value>();

/** Runs `body` unless `v`'s repr is already being made; then gives `again`. */
export function guardedRepr(v: Value, again: string, body: () => string): string {
  if (active.has(v)) return again;
  active.add(v);
  try {
    return body();
  } finally {
    active.delete(v);
  }
}
