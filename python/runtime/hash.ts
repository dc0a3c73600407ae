/** `hash()`: equal values hash alike, as Python requires; numbers hash to CPython's own figures. */
import { Complex, Float, Int, normInt } from "../../core/scalar.ts";
import { HashKind, identity, objectType, PyObject, typeOf, Value } from "./object.ts";
import { PyBytes, PyRange, PyTuple } from "./sequences.ts";
import { PyFunction } from "./function.ts";
import { call } from "./call.ts";
import { typeError } from "./exceptions.ts";

const P = (1n << 61n) - 1n;

export function hashInt(v: Int): Int {
  if (typeof v === "number") return v === -1 ? -2 : v;
  const h = v < 0n ? -((-v) % P) : v % P;
  return h === -1n ? -2 : normInt(h);
}

export function hashFloat(v: number, object: Value): Int {
  if (Number.isInteger(v)) return Number.isSafeInteger(v) ? hashInt(v + 0) : hashInt(BigInt(v));
  if (Number.isNaN(v)) return identity(object) % 2 ** 40;
  if (!Number.isFinite(v)) return v > 0 ? 314159 : -314159;
  // v = m / 2^k; 2^61 is 1 modulo P, so dividing by 2^k is multiplying by 2^(-k mod 61).
  let m = Math.abs(v), k = 0;
  while (!Number.isInteger(m)) {
    m *= 2;
    k++;
  }
  const h = (BigInt(m) << BigInt((61 - (k % 61)) % 61)) % P;
  const signed = v < 0 ? -h : h;
  return signed === -1n ? -2 : normInt(signed);
}

export function hashString(s: string): number {
  let a = 0x811c9dc5, b = 0x9747b28c;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x5bd1e995);
  }
  return ((a >>> 0) & 0x1fffff) * 0x100000000 + (b >>> 0);
}

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
  if (v instanceof Float) return hashFloat(v.value, v);
  if (v instanceof Complex) {
    const re = hashFloat(v.re, v);
    return v.im === 0 ? re : combineHashes([re, hashFloat(v.im, v), 3]);
  }
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

/** True if `v` could be a dict key. */
export function isHashable(v: Value): boolean {
  if (v instanceof PyTuple) return v.items.every(isHashable);
  return !(v instanceof PyObject) || v.cls.access.hashKind !== HashKind.Unhashable;
}
