/** The number and text rules against CPython's answers (record.py wrote the .json files). */
import { strictEqual } from "node:assert";
import { RuntimeFault } from "../../core/errors.ts";
import { Complex, Float, type Int, isInt, normInt } from "../../core/scalar.ts";
import * as number from "../../core/number/mod.ts";
import * as text from "../../core/text/mod.ts";

/** Marks a raw double on its way to a function or out of one. */
class Double {
  constructor(readonly value: number) {}
}

// deno-lint-ignore no-explicit-any
type Any = any;
type Row = [string, Any[], Any];

function parseHexFloat(s: string): number {
  return number.floatFromHex(s);
}

function decode(v: Any): Any {
  if (v === null || typeof v !== "object") return v;
  if (Array.isArray(v)) return v.map(decode);
  if ("i" in v) return v.i.startsWith("-0x") ? normInt(-BigInt(v.i.slice(1))) : normInt(BigInt(v.i));
  if ("f" in v) return new Double(parseHexFloat(v.f));
  if ("c" in v) return new Complex(parseHexFloat(v.c[0]), parseHexFloat(v.c[1]));
  return Uint8Array.from({ length: v.b.length / 2 }, (_, i) => parseInt(v.b.substr(2 * i, 2), 16));
}

/** One spelling for every value, so that answers compare as texts. */
function show(v: Any): string {
  if (v instanceof Double || v instanceof Float) return `float ${Object.is(v.value, -0) ? "-0" : v.value}`;
  if (v instanceof Complex) return `complex ${show(new Double(v.re))} ${show(new Double(v.im))}`;
  if (v instanceof Uint8Array) return `bytes ${[...v].join(" ")}`;
  if (Array.isArray(v)) return `[${v.map(show).join(", ")}]`;
  if (v === undefined) return "None";
  if (isInt(v)) {
    if (typeof v === "number" && Object.is(v, -0)) return "int with a sign on zero";
    if (typeof v === "bigint" && Number.isSafeInteger(Number(v))) return "bigint that is safe";
    return `int ${v}`;
  }
  return typeof v === "string" ? JSON.stringify(v) : v === null ? "None" : String(v);
}

const percentValues = {
  str: (v: Any) => str(v),
  repr: (v: Any) => repr(v),
  ascii: (v: Any) => text.escapeNonAscii(repr(v)),
  toInt: (v: Any): Int | undefined =>
    v instanceof Double
      ? number.intFromFloat(v.value)
      : isInt(v)
      ? v
      : v === true
      ? 1
      : v === false
      ? 0
      : undefined,
  toIndex: (v: Any): Int | undefined => isInt(v) ? v : v === true ? 1 : v === false ? 0 : undefined,
  toFloat: (v: Any): number | undefined =>
    v instanceof Double
      ? v.value
      : isInt(v)
      ? number.intToFloat(v)
      : typeof v === "boolean"
      ? Number(v)
      : undefined,
  asText: (v: Any): string | undefined => typeof v === "string" ? v : undefined,
  typeName: (v: Any): string =>
    v instanceof Double
      ? "float"
      : v instanceof Complex
      ? "complex"
      : typeof v === "string"
      ? "str"
      : v === null
      ? "NoneType"
      : typeof v === "boolean"
      ? "bool"
      : "int",
};

function repr(v: Any): string {
  if (v instanceof Double) return text.floatRepr(v.value);
  if (v instanceof Complex) return text.complexRepr(v);
  if (typeof v === "string") return text.strRepr(v);
  if (v === null) return "None";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (Array.isArray(v)) return `[${v.map(repr).join(", ")}]`;
  return String(v);
}

const str = (v: Any): string => typeof v === "string" ? v : repr(v);

const KEYWORDS: Record<string, Any> = { a: "kw", w: 6 };
const POSITIONAL: Any[] = [7, "text", [1, 2, 3]];
const formatArguments: text.FormatArguments<Any> = {
  positional(i) {
    if (i < POSITIONAL.length) return POSITIONAL[i];
    throw new RuntimeFault("IndexError", `Replacement index ${i} out of range for positional args tuple`);
  },
  keyword(name) {
    if (name in KEYWORDS) return KEYWORDS[name];
    throw new RuntimeFault("KeyError", text.strRepr(name));
  },
  getAttribute(_v, name) {
    throw new RuntimeFault("AttributeError", name);
  },
  getItem(v, key) {
    if (typeof key !== "number") {
      throw new RuntimeFault(
        "TypeError",
        Array.isArray(v)
          ? "list indices must be integers or slices, not str"
          : "string indices must be integers, not 'str'",
      );
    }
    if (isInt(v)) throw new RuntimeFault("TypeError", "'int' object is not subscriptable");
    return v[key];
  },
  convert: (v, c) => c === "s" ? str(v) : c === "r" ? repr(v) : text.escapeNonAscii(repr(v)),
  format(v, spec) {
    if (typeof v === "string") return text.formatStr(v, spec);
    if (isInt(v)) return text.formatInt(v, spec);
    if (spec !== "") {
      throw new RuntimeFault("TypeError", "unsupported format string passed to list.__format__");
    }
    return repr(v);
  },
};

const METHODS =
  ("isalnum isalpha isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper " +
    "lower upper title swapcase casefold capitalize").split(" ");

const functions: Record<string, (...a: Any[]) => Any> = {
  ...number as Any,
  ...text as Any,
  percentFormat: (f: string, args: Any[]) => text.percentFormat(f, args, percentValues),
  percentMapping: (f: string) =>
    text.percentFormat(f, [{ mapping: true }], {
      ...percentValues,
      str: (v) => v.mapping ? "{'a': 7}" : str(v),
      getItem(key: string) {
        if (key === "a") return 7;
        throw new RuntimeFault("KeyError", text.strRepr(key));
      },
    }),
  strFormat: (f: string) => text.strFormat(f, formatArguments),
  classes: (s: string) => [
    ...METHODS.map((m) => (text as Any)["str" + m[0].toUpperCase() + m.slice(1)](s)),
    text.strRepr(s),
  ],
};

/** Functions whose raw number results are floats. */
const FLOAT_RESULT = new Set([
  "intTrueDiv",
  "intToFloat",
  "roundFloat",
  "floatFloorDiv",
  "floatMod",
  "floatDivMod",
  "floatTrueDiv",
  "floatPow",
  "complexAbs",
  "floatFromText",
  "floatFromHex",
  "ldexp",
]);
/** Functions on Scalars, where floats go in tagged. */
const TAGGED = new Set(["numLt", "numLe", "numEq", "numCompare", "hashNumber"]);

function answer(row: Row): string {
  const [name, args] = row;
  const percent = name.startsWith("percent");
  const given = args.map(decode).map((v) =>
    v instanceof Double ? (TAGGED.has(name) ? new Float(v.value) : percent ? v : v.value) : v
  ).map((v) =>
    v === null && /^str(Find|Rfind|Count|Startswith|Endswith|Index|Rindex|Slice)/.test(name) ? undefined : v
  );
  try {
    let r = functions[name](...given);
    if (name === "frexp") return show([new Double(r[0]), r[1]]);
    if (FLOAT_RESULT.has(name)) {
      r = Array.isArray(r) ? r.map((x) => new Double(x)) : typeof r === "number" ? new Double(r) : r;
    }
    return show(r);
  } catch (e) {
    if (e instanceof RuntimeFault) return `${e.pythonType}: ${e.message}`;
    if (e instanceof text.UnicodeFault) return `${e.kind}: ${e.message}`;
    throw e;
  }
}

for (const file of ["numbers", "parsing", "strings", "formatting"]) {
  Deno.test(`${file} as CPython`, () => {
    const rows: Row[] = JSON.parse(Deno.readTextFileSync(new URL(`${file}.json`, import.meta.url)));
    const wrong: string[] = [];
    for (const row of rows) {
      const expected = row[2] && row[2].error ? `${row[2].error}: ${row[2].message}` : show(decode(row[2]));
      const got = answer(row);
      if (got !== expected) {
        wrong.push(
          `${row[0]}(${
            row[1].map((a) => JSON.stringify(a)).join(", ")
          })\n  CPython: ${expected}\n  here:    ${got}`,
        );
      }
    }
    const shown = Number(Deno.env.get("SHOW") ?? 12);
    strictEqual(
      wrong.length,
      0,
      `${wrong.length} of ${rows.length} differ\n${wrong.slice(0, shown).join("\n")}`,
    );
  });
}
