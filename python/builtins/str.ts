/** str: bindings of core/text's rules. */
import { Float } from "../../core/scalar.ts";
import * as t from "../../core/text/mod.ts";
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { methods, staticMethods } from "../runtime/native.ts";
import { makeFloat, makeInt } from "./numbers.ts";
import { getattr, getitem } from "../runtime/mod.ts";

const { PyDict, PyList, PyTuple, strType, stringOf, typeError, valueError } = r;

const s = (v: Value): string => stringOf(v)!;

/** A str argument, or TypeError. */
function need(v: Value, what: string): string {
  const x = stringOf(v);
  if (x === undefined) throw typeError(`${what} must be str, not ${r.typeOf(v).name}`);
  return x;
}
/** Optional start and end. */
function bound(v: Value | undefined): number | undefined {
  return v === undefined || v === null ? undefined : r.smallIndex(v);
}
function separator(v: Value | undefined): string | null {
  if (v === undefined || v === null) return null;
  const x = stringOf(v);
  if (x === undefined) throw typeError(`must be str or None, not ${r.typeOf(v).name}`);
  return x;
}

const comparison = (
  op: r.CompareOp,
): [string, (a: Value, b: Value) => Value] => ["other, /", (a, b) => r.compareMethod(op, a, b)];
const plain = (f: (x: string) => Value): [string, (v: Value) => Value] => ["", (v) => f(s(v))];
const search = (
  f: (x: string, sub: string, a?: number, b?: number) => Value,
): [string, (...a: Value[]) => Value] => [
  "sub, start=None, end=None, /",
  (v, sub, a, b) => f(s(v), need(sub, "argument 1"), bound(a), bound(b)),
];
function affix(
  name: string,
  f: (x: string, p: string, a?: number, b?: number) => boolean,
): [string, (...a: Value[]) => Value] {
  return ["prefix, start=None, end=None, /", (v, p, a, b) => {
    const options = p instanceof PyTuple ? p.items : [p];
    return options.some((o) => {
      const x = stringOf(o);
      if (x === undefined) {
        throw typeError(
          p instanceof PyTuple
            ? `tuple for ${name} must only contain str, not ${r.typeOf(o).name}`
            : `${name} first arg must be str or a tuple of str, not ${r.typeOf(o).name}`,
        );
      }
      return f(s(v), x, bound(a), bound(b));
    });
  }];
}
function padded(
  name: string,
  f: (x: string, w: number, fill?: string) => string,
): [string, (...a: Value[]) => Value] {
  return ["width, fillchar=' ', /", (v, w, fill) => {
    const c = fill === undefined ? " " : need(fill, `${name}() argument 2`);
    if (t.strLength(c) !== 1) throw typeError("The fill character must be exactly one character long");
    return f(s(v), r.smallIndex(w), c);
  }];
}
const split = (
  f: (x: string, sep: string | null, n: number) => string[],
): [string, (...a: Value[]) => Value] => [
  "sep=None, maxsplit=-1",
  (v, sep, n) => {
    const by = separator(sep);
    if (by === "") throw valueError("empty separator");
    return new PyList(f(s(v), by, n === undefined ? -1 : r.smallIndex(n)));
  },
];
const strip = (f: (x: string, c: string | null) => string): [string, (...a: Value[]) => Value] => [
  "chars=None, /",
  (v, c) => f(s(v), separator(c)),
];

methods(strType, {
  __new__: [
    "object='', encoding=None, errors=None",
    (cls: PyType, o?: Value, encoding?: Value, errors?: Value) => {
      let v: string;
      if (encoding !== undefined || errors !== undefined) {
        const b = o === undefined ? undefined : r.bytesOf(o);
        if (!b) throw typeError(`decoding to str: need a bytes-like object, ${r.typeOf(o ?? "").name} found`);
        v = t.decodeBytes(b, stringOf(encoding), stringOf(errors));
      } else v = o === undefined ? "" : r.str(o);
      return cls === strType ? v : new r.PyStrObject(cls, v);
    },
  ],
  __init__: ["*args, **kwargs", () => null],
  __repr__: plain(t.strRepr),
  __str__: plain((x) => x),
  __hash__: ["", (v: Value) => r.hashValue(s(v))],
  __len__: plain(t.strLength),
  __format__: [
    "spec, /",
    (v: Value, spec: string) => spec === "" ? r.str(v) : t.formatStr(s(v), spec, r.typeOf(v).name),
  ],
  __eq__: comparison("__eq__"),
  __ne__: comparison("__ne__"),
  __lt__: comparison("__lt__"),
  __le__: comparison("__le__"),
  __gt__: comparison("__gt__"),
  __ge__: comparison("__ge__"),
  __add__: ["other, /", (a: Value, b: Value) => {
    const y = stringOf(b);
    return y === undefined ? r.NotImplementedValue : s(a) + y;
  }],
  __mul__: ["n, /", (a: Value, n: Value) => repeat(a, n)],
  __rmul__: ["n, /", (a: Value, n: Value) => repeat(a, n)],
  __mod__: ["values, /", (a: Value, b: Value) => percent(s(a), b)],
  __rmod__: [
    "values, /",
    (a: Value, b: Value) => stringOf(b) === undefined ? r.NotImplementedValue : percent(s(b), a),
  ],
  __contains__: ["sub, /", (a: Value, b: Value) => {
    const y = stringOf(b);
    if (y === undefined) {
      throw typeError(`'in <string>' requires string as left operand, not ${r.typeOf(b).name}`);
    }
    return s(a).includes(y);
  }],
  __getitem__: ["key, /", (a: Value, k: Value) => {
    const x = s(a);
    if (k instanceof r.PySlice) {
      const { start, step, count } = r.sliceIndices(k, t.strLength(x));
      if (count === 0) return "";
      if (step === 1) return t.strSlice(x, start, start + count);
      const chars = x.length === t.strLength(x) ? x : [...x];
      let out = "";
      for (let i = 0, j = start; i < count; i++, j += step) out += chars[j];
      return out;
    }
    if (!r.hasIndex(k)) throw typeError(`string indices must be integers, not '${r.typeOf(k).name}'`);
    const c = t.strAt(x, r.smallIndex(k));
    if (c === undefined) throw r.indexError("string index out of range");
    return c;
  }],
  __iter__: ["", (v: Value) => r.iterObject(s(v))],
  __getnewargs__: ["", (v: Value) => new PyTuple([s(v)])],
  capitalize: plain(t.strCapitalize),
  casefold: plain(t.strCasefold),
  lower: plain(t.strLower),
  upper: plain(t.strUpper),
  title: plain(t.strTitle),
  swapcase: plain(t.strSwapcase),
  isalpha: plain(t.strIsalpha),
  isdecimal: plain(t.strIsdecimal),
  isdigit: plain(t.strIsdigit),
  isnumeric: plain(t.strIsnumeric),
  isalnum: plain(t.strIsalnum),
  isascii: plain(t.strIsascii),
  isspace: plain(t.strIsspace),
  isprintable: plain(t.strIsprintable),
  islower: plain(t.strIslower),
  isupper: plain(t.strIsupper),
  istitle: plain(t.strIstitle),
  isidentifier: plain(t.strIsidentifier),
  find: search(t.strFind),
  rfind: search(t.strRfind),
  index: search(t.strIndex),
  rindex: search(t.strRindex),
  count: search(t.strCount),
  startswith: affix("startswith", t.strStartswith),
  endswith: affix("endswith", t.strEndswith),
  ljust: padded("ljust", t.strLjust),
  rjust: padded("rjust", t.strRjust),
  center: padded("center", t.strCenter),
  zfill: ["width, /", (v: Value, w: Value) => t.strZfill(s(v), r.smallIndex(w))],
  strip: strip(t.strStrip),
  lstrip: strip(t.strLstrip),
  rstrip: strip(t.strRstrip),
  split: split(t.strSplit),
  rsplit: split(t.strRsplit),
  splitlines: [
    "keepends=False",
    (v: Value, keep?: Value) => new PyList(t.strSplitlines(s(v), keep !== undefined && r.truth(keep))),
  ],
  partition: ["sep, /", (v: Value, sep: Value) => new PyTuple(t.strPartition(s(v), nonEmpty(sep)))],
  rpartition: ["sep, /", (v: Value, sep: Value) => new PyTuple(t.strRpartition(s(v), nonEmpty(sep)))],
  replace: [
    "old, new, count=-1, /",
    (v: Value, a: Value, b: Value, n?: Value) =>
      t.strReplace(
        s(v),
        need(a, "replace() argument 1"),
        need(b, "replace() argument 2"),
        n === undefined ? -1 : r.smallIndex(n),
      ),
  ],
  join: ["iterable, /", (v: Value, items: Value) => {
    if (typeof items !== "string" && r.typeOf(items).lookup("__iter__") === undefined) {
      throw typeError("can only join an iterable");
    }
    const parts = r.collect(items).map((x, i) => {
      const p = stringOf(x);
      if (p === undefined) {
        throw typeError(`sequence item ${i}: expected str instance, ${r.typeOf(x).name} found`);
      }
      return p;
    });
    return parts.join(s(v));
  }],
  expandtabs: [
    "tabsize=8",
    (v: Value, n?: Value) => t.strExpandtabs(s(v), n === undefined ? 8 : r.smallIndex(n)),
  ],
  removeprefix: [
    "prefix, /",
    (v: Value, p: Value) => t.strRemoveprefix(s(v), need(p, "removeprefix() argument")),
  ],
  removesuffix: [
    "suffix, /",
    (v: Value, p: Value) => t.strRemovesuffix(s(v), need(p, "removesuffix() argument")),
  ],
  translate: ["table, /", (v: Value, table: Value) =>
    t.strTranslate(s(v), (code) => {
      let to: Value;
      try {
        to = getitem(table, code);
      } catch (e) {
        if (r.isException(e, r.LookupErrorType)) return undefined;
        throw e;
      }
      return to === null ? null : typeof to === "number" ? String.fromCodePoint(to) : s(to);
    })],
  encode: [
    "encoding='utf-8', errors='strict'",
    (v: Value, e?: Value, errors?: Value) => new r.PyBytes(t.encodeStr(s(v), stringOf(e), stringOf(errors))),
  ],
  format: [
    "*args, **kwargs",
    (v: Value, args: Value[], kw: Map<string, Value>) =>
      formatWith(s(v), args, (k) => {
        const x = kw.get(k);
        if (x === undefined) throw r.raise(r.KeyErrorType, k);
        return x;
      }),
  ],
  format_map: ["mapping, /", (v: Value, m: Value) => formatWith(s(v), null, (k) => getitem(m, k))],
});
staticMethods(strType, {
  maketrans: ["x, y=None, z=None, /", (x: Value, y?: Value, z?: Value) => {
    const d = new PyDict();
    if (y === undefined) {
      for (const [k, v] of (x as r.PyDict).entries()) {
        d.set(stringOf(k) === undefined ? k : s(k).codePointAt(0)!, v);
      }
      return d;
    }
    const from = [...s(x)], to = [...s(y)];
    if (from.length !== to.length) {
      throw valueError("the first two maketrans arguments must have equal length");
    }
    from.forEach((c, i) => d.set(c.codePointAt(0)!, to[i].codePointAt(0)!));
    if (z !== undefined) { for (const c of s(z)) d.set(c.codePointAt(0)!, null); }
    return d;
  }],
});

function nonEmpty(v: Value): string {
  const x = need(v, "argument");
  if (x === "") throw valueError("empty separator");
  return x;
}

function repeat(v: Value, n: Value): Value {
  if (!r.hasIndex(n)) return r.NotImplementedValue;
  const k = r.repetitions(n), x = s(v);
  if (k === 0 || x === "") return "";
  if (x.length * k > 500_000_000) throw r.raise(r.exceptionTypes.get("MemoryError")!);
  return x.repeat(k);
}

function formatWith(format: string, args: Value[] | null, keyword: (k: string) => Value): string {
  return t.strFormat<Value>(format, {
    positional: (i: number) => {
      if (args === null) throw valueError("Format string contains positional fields");
      if (i >= args.length) {
        throw r.indexError(`Replacement index ${i} out of range for positional args tuple`);
      }
      return args[i];
    },
    keyword,
    getAttribute: (v, name) => getattr(v, name),
    getItem: (v, key) => getitem(v, key),
    convert: (v, c) => c === "r" ? r.repr(v) : c === "s" ? r.str(v) : r.ascii(v),
    format: (v, spec) => r.format(v, spec),
  });
}

/** `format % values`. */
export function percent(format: string, values: Value): string {
  const args = values instanceof PyTuple ? values.items : [values];
  const mapping = !(values instanceof PyTuple) && stringOf(values) === undefined &&
    r.typeOf(values).lookup("__getitem__") !== undefined;
  return t.percentFormat<Value>(format, args, {
    str: r.str,
    repr: r.repr,
    ascii: r.ascii,
    toInt: (v) => {
      if (v instanceof Float) return makeInt(v);
      if (stringOf(v) !== undefined) return undefined;
      const i = r.intOf(v);
      if (i !== undefined) return i;
      const ty = r.typeOf(v);
      return ty.lookup("__int__") !== undefined || ty.lookup("__index__") !== undefined
        ? makeInt(v)
        : undefined;
    },
    toIndex: (v) => r.hasIndex(v) ? r.index(v) : undefined,
    toFloat: (v) => {
      const ty = r.typeOf(v);
      return stringOf(v) === undefined && (ty.lookup("__float__") !== undefined || r.hasIndex(v))
        ? makeFloat(v)
        : undefined;
    },
    asText: stringOf,
    typeName: (v) => r.typeOf(v).name,
    getItem: mapping ? (key) => getitem(values, key) : undefined,
  });
}
