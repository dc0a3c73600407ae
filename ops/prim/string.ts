/** TorchScript's operators on strings, and the conversions to text. */
import { check, RuntimeFault } from "../../core/errors.ts";
import { type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { hashOf } from "./hash.ts";
import { Float, type Int, isScalar } from "../../core/scalar.ts";
import * as s from "../../core/text/mod.ts";
import { StringType } from "../../core/types.ts";
import { type Declaration, type Family, raw } from "../declaration.ts";
import { sliceBounds } from "./list.ts";
import { valueText } from "./value_text.ts";

const list = (items: string[]): ListValue => new ListValue(StringType, items);
const tuple = (items: string[]): TupleValue => new TupleValue(items);
const test = (doc: string, re: RegExp): Declaration => raw(doc, (x: string) => re.test(x));

/** Fills `{}` in turn; anything else in braces stays as it is. */
function format(text: string, ...args: IValue[]): string {
  let out = "", at = 0, used = 0;
  for (;;) {
    const i = text.indexOf("{}", at);
    if (i < 0) break;
    check(used < args.length, `Too few arguments for format string: ${text}`);
    out += text.slice(at, i) + streamText(args[used++]);
    at = i + 2;
  }
  check(used === args.length, `Too many arguments for format string: ${text}`);
  return out + text.slice(at);
}
/** As C++ streams the value into a string: floats with 6 digits. */
function streamText(v: IValue): string {
  if (!(v instanceof Float)) return valueText(v);
  return Number.isInteger(v.value) && Math.abs(v.value) < 1e10 ? valueText(v) : s.formatG(v.value, 6);
}

/** `%`: d i e f g c s x r as TorchScript supports them. */
function percentFormat(text: string, ...given: IValue[]): string {
  // `"..." % (a, b)` passes its tuple as one value.
  const args = given.length === 1 && given[0] instanceof TupleValue ? given[0].items : given;
  let out = "", used = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== "%") {
      out += text[i];
      continue;
    }
    check(i + 1 < text.length, "Incomplete format specifier");
    const spec = text[++i];
    if (spec === "%") {
      out += "%";
      continue;
    }
    check(used < args.length, "Too few arguments for format string");
    const v = args[used++];
    switch (spec) {
      case "d":
      case "i":
        check(isScalar(v), () => `%${spec} requires a number for formatting, but got ${kindOf(v)}`);
        out += String(
          v instanceof Float ? BigInt(Math.trunc(v.value)) : typeof v === "boolean" ? Number(v) : v,
        );
        break;
      case "e":
      case "E":
      case "f":
      case "F":
      case "g":
      case "G": {
        check(isScalar(v), () => `%${spec} requires a number for formatting, but got ${kindOf(v)}`);
        const x = v instanceof Float ? v.value : Number(v as Int);
        out += s.formatC(x, spec);
        break;
      }
      case "c":
        check(
          typeof v === "number" || (typeof v === "string" && v.length === 1),
          () => `%c requires an int or char for formatting, but got ${kindOf(v)}`,
        );
        out += typeof v === "number" ? String.fromCharCode(v) : v;
        break;
      case "s":
        out += valueText(v);
        break;
      default:
        throw new RuntimeFault(
          "RuntimeError",
          `The specifier %${spec} is not supported in TorchScript format strings`,
        );
    }
  }
  check(used === args.length, "Too many arguments for format string");
  return out;
}
function kindOf(v: IValue): string {
  return v === null
    ? "None"
    : typeof v === "string"
    ? "String"
    : v instanceof ListValue
    ? "GenericList"
    : "Tuple";
}

function charAt(x: string, i: number): string {
  const chars = /[\ud800-\udfff]/.test(x) ? [...x] : x;
  const n = chars.length, at = i < 0 ? i + n : i;
  if (!(at >= 0 && at < n)) {
    throw new RuntimeFault(
      "RuntimeError",
      `basic_string::at: __n (which is ${
        at < 0 ? BigInt.asUintN(64, BigInt(at)) : at
      }) >= this->size() (which is ${n})`,
    );
  }
  return chars[at];
}
function found(i: number): number {
  if (i < 0) throw new RuntimeFault("RuntimeError", "ValueError: substring not found");
  return i;
}
function padded(name: "ljust" | "rjust" | "center") {
  return (x: string, width: number, fill: string): string => {
    check([...fill].length === 1, "TypeError: The fill character must be exactly one character long");
    return name === "ljust"
      ? s.strLjust(x, width, fill)
      : name === "rjust"
      ? s.strRjust(x, width, fill)
      : s.strCenter(x, width, fill);
  };
}
function inBase(x: Int, base: number, prefix: string): string {
  const b = BigInt(x);
  return (b < 0n ? "-" : "") + prefix + (b < 0n ? -b : b).toString(base);
}
const end = (n: number): number | undefined => n === -1 ? undefined : n;
/** Words start after anything that is not a letter. */
function title(x: string): string {
  return x.replace(/[A-Za-z]+/g, (w) => w[0].toUpperCase() + w.slice(1).toLowerCase());
}
function nonEmpty(sep: string | null): string | null {
  if (sep === "") throw new RuntimeFault("RuntimeError", "ValueError: empty separator");
  return sep;
}

export const strings: Family = {
  "aten::str": raw("The value as text.", valueText),
  "aten::format": raw("Text with `{}` filled in turn.", format),
  "aten::percentFormat": raw("Text with % specifiers filled.", percentFormat),
  "aten::add.str": raw("Both strings in a row.", (a: string, b: string) => a + b),
  "aten::len.str": raw("Number of characters.", s.strLength),
  "aten::__getitem__.str": raw("A character.", charAt),
  "prim::StringIndex": raw("A character.", charAt),
  "aten::slice.str": raw(
    "A part of the string.",
    (x: string, a: number | null, b: number | null, step: number) => {
      const chars = /[\ud800-\udfff]/.test(x) ? [...x] : x;
      return sliceBounds(chars.length, a, b, step).map((i) => chars[i]).join("");
    },
  ),
  "aten::list": raw("The characters.", (x: string) => list([...x])),
  "aten::join": raw("Strings with this between them.", (sep: string, l: ListValue) => l.items.join(sep)),
  "aten::upper": raw("Upper case.", (x: string) => x.replace(/[a-z]/g, (c) => c.toUpperCase())),
  "aten::lower": raw("Lower case.", (x: string) => x.replace(/[A-Z]/g, (c) => c.toLowerCase())),
  "aten::swapcase": raw(
    "Upper and lower case swapped.",
    (x: string) => x.replace(/[A-Za-z]/g, (c) => c < "a" ? c.toLowerCase() : c.toUpperCase()),
  ),
  "aten::capitalize": raw(
    "First letter upper case, the others lower.",
    (x: string) => x === "" ? "" : x[0].toUpperCase() + x.slice(1).toLowerCase(),
  ),
  "aten::title": raw("Every word capitalised.", title),
  "aten::strip": raw("Without characters at both ends.", s.strStrip),
  "aten::lstrip": raw("Without characters at the start.", s.strLstrip),
  "aten::rstrip": raw("Without characters at the end.", s.strRstrip),
  "aten::split.str": raw(
    "Parts between separators.",
    (x: string, sep: string | null, max: number) => list(s.strSplit(x, nonEmpty(sep), max)),
  ),
  "aten::rsplit": raw(
    "Parts between separators, from the end.",
    (x: string, sep: string, max: number) =>
      list(sep === " " ? s.strRsplit(x, " ", max) : s.strRsplit(x, nonEmpty(sep), max)),
  ),
  "aten::splitlines": raw("The lines.", (x: string, keep: boolean) => list(s.strSplitlines(x, keep))),
  "aten::partition": raw(
    "Before, separator, after; the first.",
    (x: string, sep: string) => tuple(s.strPartition(x, nonEmpty(sep)!)),
  ),
  "aten::rpartition": raw(
    "Before, separator, after; the last.",
    (x: string, sep: string) => tuple(s.strRpartition(x, nonEmpty(sep)!)),
  ),
  "aten::replace": raw("Occurrences replaced.", s.strReplace),
  "aten::find": raw(
    "First position, -1 if none.",
    (x: string, y: string, a: number, b: number) => s.strFind(x, y, a, end(b)),
  ),
  "aten::rfind": raw(
    "Last position, -1 if none.",
    (x: string, y: string, a: number, b: number) => s.strRfind(x, y, a, end(b)),
  ),
  "aten::index.str": raw(
    "First position.",
    (x: string, y: string, a: number, b: number) => found(s.strFind(x, y, a, end(b))),
  ),
  "aten::rindex": raw(
    "Last position.",
    (x: string, y: string, a: number, b: number) => found(s.strRfind(x, y, a, end(b))),
  ),
  "aten::count": raw(
    "Number of occurrences.",
    (x: string, y: string, a: number, b: number) => s.strCount(x, y, a, end(b)),
  ),
  "aten::startswith": raw(
    "Whether it begins so.",
    (x: string, y: string, a: number, b: number) => s.strStartswith(x, y, a, end(b)),
  ),
  "aten::endswith": raw(
    "Whether it ends so.",
    (x: string, y: string, a: number, b: number) => s.strEndswith(x, y, a, end(b)),
  ),
  "aten::ljust": raw("Filled on the right.", padded("ljust")),
  "aten::rjust": raw("Filled on the left.", padded("rjust")),
  "aten::center": raw("Filled on both sides.", padded("center")),
  "aten::zfill": raw(
    "Filled with zeros on the left; a sign stays where it is, behind them.",
    (x: string, width: number) => x.padStart(width, "0"),
  ),
  "aten::expandtabs": raw("Tabs as spaces.", s.strExpandtabs),
  "aten::isdigit": test("Whether all characters are digits.", /^[0-9]+$/),
  "aten::isdecimal": test("Whether all characters are digits.", /^[0-9]+$/),
  "aten::isnumeric": test("Whether all characters are digits.", /^[0-9]+$/),
  "aten::isalpha": test("Whether all characters are letters.", /^[A-Za-z]+$/),
  "aten::isalnum": test("Whether all characters are letters or digits.", /^[0-9A-Za-z]+$/),
  "aten::isspace": test("Whether all characters are blank.", /^[ \t\n\v\f\r]+$/),
  "aten::isprintable": test("Whether all characters print.", /^[\x20-\x7e]*$/),
  "aten::isidentifier": test(
    "Whether it is letters and digits, no digit first: PyTorch counts no underscore.",
    /^[A-Za-z][A-Za-z0-9]*$/,
  ),
  "aten::islower": raw("Whether letters are lower case.", (x: string) => /[a-z]/.test(x) && !/[A-Z]/.test(x)),
  "aten::isupper": raw("Whether letters are upper case.", (x: string) => /[A-Z]/.test(x) && !/[a-z]/.test(x)),
  "aten::istitle": raw("Whether words are capitalised.", (x: string) => /[A-Za-z]/.test(x) && title(x) === x),
  "aten::ord": raw("Code of a character.", (x: string) => {
    check(x.length === 1, `String for ord() must be 1 character, found ${x.length}`);
    return x.charCodeAt(0);
  }),
  "aten::chr": raw("Character of a code.", (i: number) => {
    check(i >= 0 && i < 0x110000, () => `chr() arg not in range(0x110000), found ${i}`);
    return String.fromCodePoint(i);
  }),
  "aten::hex": raw("Hexadecimal text.", (x: Int) => inBase(x, 16, "0x")),
  "aten::oct": raw("Octal text.", (x: Int) => inBase(x, 8, "0o")),
  "aten::bin": raw("Binary text.", (x: Int) => inBase(x, 2, "0b")),
  "aten::hash.generic": raw("A hash, as C++'s library has it.", (v: IValue) => hashOf(v)),
};
