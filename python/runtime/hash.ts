/** `hash()`: equal values hash alike, as Python requires; numbers hash to CPython's own figures. */
import { Complex, Float, type Int } from "../../core/scalar.ts";
import { hashFloat, hashInt, hashNumber, hashString } from "../../core/number/hash.ts";
import { HashKind, identity, objectType, typeOf, type Value } from "./object.ts";
import type { PyBytes, PyRange, PyTuple } from "./sequences.ts";
import { PyFunction } from "./function.ts";
import { call } from "./call.ts";
import { typeError } from "./exceptions.ts";

/** A hash made of a sequence's element hashes. */
export function combineHashes(hashes: Iterable<Int>): number {
  let a = 0x345678, b = 0x2545f491;
  for (const h of hashes) {
    const n = typeof h === "number" ? h : Number(h % 0x1fffffffffffffn);
    const lo = n | 0, hi = (n / 0x100000000) | 0;
    a = Math.imul(a ^ lo, 1000003) + hi | 0;
    b = Math.imul(b ^ hi ^ (a >>> 7), 0x85ebca6b) + lo | 0;
  }
  return ((a >>> 0) & 0x1fffff) * 0x100000000 + (b >>> 0);
}

export { hashFloat, hashInt };

export function hashValue(v: Value): Int {
  switch (typeof v) {
    case "number":
    case "bigint":
      return hashInt(v);
    case "boolean":
      return v ? 1 : 0;
    case "string":
      return hashString(v);
  }
  if (v === null) return 0xfca86420;
  if (v instanceof Float) return Number.isNaN(v.value) ? identity(v) / 16 : hashFloat(v.value);
  if (v instanceof Complex) return hashNumber(v);
  const t = typeOf(v);
  const h = t.lookup("__hash__");
  if (h === objectType.attrs.get("__hash__") && t.access.hashKind === HashKind.Identity) {
    return identity(v) / 16;
  }
  if (h === null || h === undefined) throw typeError(`unhashable type: '${t.name}'`);
  const r = h instanceof PyFunction && h.arity === 1 ? h.impl(v) : call(h, [v]);
  if (typeof r === "number" || typeof r === "bigint") return hashInt(r);
  if (typeof r === "boolean") return r ? 1 : 0;
  throw typeError("__hash__ method should return an integer");
}

export function hashTuple(t: PyTuple): number {
  return combineHashes(t.items.map(hashValue));
}

export function hashBytes(b: PyBytes): number {
  return combineHashes(b.data);
}

export function hashRange(r: PyRange): number {
  const n = r.length;
  return combineHashes(n === 0 ? [0] : [hashInt(n), hashInt(r.start), n === 1 ? 0 : hashInt(r.step)]);
}

/** Independent of order. */
export function hashSet(items: Iterable<Value>): number {
  let a = 0x1e3779b1, b = 0;
  for (const v of items) {
    const h = hashValue(v);
    const n = combineHashes([h]);
    a ^= n | 0;
    b ^= (n / 0x100000000) | 0;
  }
  return ((a >>> 0) & 0x1fffff) * 0x100000000 + (b >>> 0);
}
