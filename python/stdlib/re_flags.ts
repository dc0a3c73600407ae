/** `re.RegexFlag`. */
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { getset, methods } from "../runtime/native.ts";
import { Flag } from "./re_syntax.ts";

export const FLAG_NAMES: [string, number, string][] = [
  ["IGNORECASE", Flag.IGNORECASE, "I"],
  ["LOCALE", Flag.LOCALE, "L"],
  ["MULTILINE", Flag.MULTILINE, "M"],
  ["DOTALL", Flag.DOTALL, "S"],
  ["UNICODE", Flag.UNICODE, "U"],
  ["VERBOSE", Flag.VERBOSE, "X"],
  ["DEBUG", Flag.DEBUG, ""],
  ["ASCII", Flag.ASCII, "A"],
];

export const flagType = r.nativeType("RegexFlag", {
  base: r.intType,
  module: "re",
  alloc: (cls) => new r.PyIntObject(cls, 0),
});

export function flagOf(value: number): Value {
  return new r.PyIntObject(flagType, value);
}

export function flagText(value: number): string {
  const parts: string[] = [];
  for (const [name, bit] of [...FLAG_NAMES].sort((a, b) => a[1] - b[1])) {
    if (value & bit) {
      parts.push(`re.${name}`);
      value &= ~bit;
    }
  }
  if (value || parts.length === 0) parts.push(parts.length ? `0x${value.toString(16)}` : "re.NOFLAG");
  return parts.join("|");
}

const flagMethods: r.MethodTable = {
  __new__: ["value", (_cls: PyType, v: Value) => flagOf(Number(r.index(v)))],
  __init__: ["*args", () => null],
  __repr__: ["", (f: r.PyIntObject) => flagText(Number(f.value))],
  __str__: ["", (f: r.PyIntObject) => flagText(Number(f.value))],
  __invert__: ["", (f: r.PyIntObject) => flagOf(511 & ~Number(f.value))],
};
const combine: Record<string, (a: number, b: number) => number> = {
  or: (a, b) => a | b,
  and: (a, b) => a & b,
  xor: (a, b) => a ^ b,
};
for (const [name, f] of Object.entries(combine)) {
  const impl = (a: r.PyIntObject, b: Value) => {
    const other = r.intOf(b);
    return other === undefined ? r.NotImplementedValue : flagOf(f(Number(a.value), Number(other)));
  };
  flagMethods[`__${name}__`] = flagMethods[`__r${name}__`] = ["other, /", impl];
}
methods(flagType, flagMethods);
getset(flagType, "value", (f: r.PyIntObject) => f.value);
getset(flagType, "name", (f: r.PyIntObject) => flagText(Number(f.value)).replaceAll("re.", ""));
