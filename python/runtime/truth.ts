/** Truth values and lengths. */
import { Complex, Float } from "../../core/scalar.ts";
import { typeOf, type Value } from "./object.ts";
import { PyList, PyTuple } from "./sequences.ts";
import { callSpecial } from "./call.ts";
import { typeError, valueError } from "./exceptions.ts";

export function truth(v: Value): boolean {
  if (v === true) return true;
  if (v === false || v === null) return false;
  switch (typeof v) {
    case "number":
      return v !== 0;
    case "string":
      return v.length > 0;
    case "bigint":
      return true;
  }
  return truthOfObject(v);
}

function truthOfObject(v: Value): boolean {
  if (v instanceof PyList && v.cls.name === "list") return v.items.length > 0;
  if (v instanceof Float) return v.value !== 0;
  if (v instanceof Complex) return v.re !== 0 || v.im !== 0;
  const b = callSpecial(v, "__bool__");
  if (b !== undefined) {
    if (typeof b !== "boolean") throw typeError(`__bool__ should return bool, returned ${typeOf(b).name}`);
    return b;
  }
  const t = typeOf(v);
  if (t.lookup("__len__") !== undefined) return length(v) !== 0;
  return true;
}

/** `len(v)`. */
export function length(v: Value): number {
  if (typeof v === "string") return stringLength(v);
  if ((v instanceof PyList || v instanceof PyTuple) && !v.cls.heap) return v.items.length;
  const n = callSpecial(v, "__len__");
  if (n === undefined) throw typeError(`object of type '${typeOf(v).name}' has no len()`);
  if (typeof n === "boolean") return n ? 1 : 0;
  if (typeof n !== "number") {
    if (typeof n === "bigint") throw valueError("cannot fit 'int' into an index-sized integer");
    throw typeError(`'${typeOf(n).name}' object cannot be interpreted as an integer`);
  }
  if (n < 0) throw valueError("__len__() should return >= 0");
  return n;
}

/** Number of code points. */
export function stringLength(s: string): number {
  let n = s.length;
  for (let i = 0; i < s.length - 1; i++) {
    const c = s.charCodeAt(i);
    if (c >= 0xd800 && c < 0xdc00) {
      const d = s.charCodeAt(i + 1);
      if (d >= 0xdc00 && d < 0xe000) {
        n--;
        i++;
      }
    }
  }
  return n;
}
