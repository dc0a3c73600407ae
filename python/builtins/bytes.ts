/** bytes and bytearray. Text-like methods work on Latin-1 strings of the same bytes. */
import * as t from "../../core/text/mod.ts";
import * as r from "../runtime/mod.ts";
import type { PyType, Value } from "../runtime/mod.ts";
import { bytesIterator } from "../runtime/iteration.ts";
import { classMethods, methods, staticMethods } from "../runtime/native.ts";

const LARGEST = 500_000_000;

function repeated(data: Uint8Array, count: number): Uint8Array {
  const length = data.length * count;
  if (length > LARGEST) throw r.raise(r.exceptionTypes.get("MemoryError")!);
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += data.length) out.set(data, at);
  return out;
}

const { bytearrayType, bytesType, PyByteArray, PyBytes, PyList, PyTuple, typeError, valueError } = r;
type B = r.PyBytes | r.PyByteArray;

const latin = (b: Uint8Array): string => {
  let s = "";
  for (let i = 0; i < b.length; i += 8192) s += String.fromCharCode(...b.subarray(i, i + 8192));
  return s;
};
const unlatin = (s: string): Uint8Array => Uint8Array.from(s, (c) => c.charCodeAt(0));

/** The data of a bytes-like object, or TypeError. */
export function bytesLike(v: Value): Uint8Array {
  const b = r.bytesOf(v);
  if (!b) throw typeError(`a bytes-like object is required, not '${r.typeOf(v).name}'`);
  return b;
}
const like = (self: B, data: Uint8Array): Value =>
  self instanceof PyByteArray ? new PyByteArray(data) : new PyBytes(data);
function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** bytes(source, encoding, errors). */
function build(
  source: Value | undefined,
  encoding: Value | undefined,
  errors: Value | undefined,
): Uint8Array {
  if (source === undefined) return new Uint8Array(0);
  const s = r.stringOf(source);
  if (s !== undefined) {
    if (encoding === undefined) throw typeError("string argument without an encoding");
    return t.encodeStr(s, r.stringOf(encoding), r.stringOf(errors));
  }
  const b = r.bytesOf(source);
  if (b) return b.slice();
  const own = r.callSpecial(source, "__bytes__");
  if (own !== undefined) return bytesLike(own);
  if (r.hasIndex(source)) {
    const n = r.smallIndex(source);
    if (n < 0) throw valueError("negative count");
    return new Uint8Array(n);
  }
  return Uint8Array.from(r.collect(source).map(byte));
}
function byte(v: Value): number {
  const i = r.index(v);
  if (i < 0 || i > 255) throw valueError("bytes must be in range(0, 256)");
  return Number(i);
}
function needle(v: Value): string {
  return r.hasIndex(v) ? String.fromCharCode(byte(v)) : latin(bytesLike(v));
}
const bound = (v: Value | undefined) => v === undefined || v === null ? undefined : r.smallIndex(v);

const order = (op: r.CompareOp): [string, (a: B, b: Value) => Value] => ["other, /", (a, b) => {
  const y = r.bytesOf(b);
  return y ? r.orderBytes(op, a.data, y) : r.NotImplementedValue;
}];

for (const type of [bytesType, bytearrayType]) {
  const table: r.MethodTable = {
    __len__: ["", (b: B) => b.data.length],
    __iter__: ["", (b: B) => bytesIterator(b)],
    __repr__: ["", (b: B) => type === bytesType ? t.bytesRepr(b.data) : `bytearray(${t.bytesRepr(b.data)})`],
    __eq__: ["other, /", (a: B, b: Value) => {
      const y = r.bytesOf(b);
      return y ? a.data.length === y.length && a.data.every((x, i) => x === y[i]) : r.NotImplementedValue;
    }],
    __lt__: order("__lt__"),
    __le__: order("__le__"),
    __gt__: order("__gt__"),
    __ge__: order("__ge__"),
    __contains__: ["value, /", (b: B, v: Value) => latin(b.data).includes(needle(v))],
    __getitem__: ["key, /", (b: B, k: Value) => {
      if (k instanceof r.PySlice) return like(b, Uint8Array.from(r.sliceItems(Array.from(b.data), k)));
      let i = r.smallIndex(k);
      if (i < 0) i += b.data.length;
      if (i < 0 || i >= b.data.length) {
        throw r.indexError(type === bytesType ? "index out of range" : "bytearray index out of range");
      }
      return b.data[i];
    }],
    __add__: ["other, /", (a: B, b: Value) => {
      const y = r.bytesOf(b);
      return y ? like(a, concat(a.data, y)) : r.NotImplementedValue;
    }],
    __mul__: [
      "n, /",
      (a: B, n: Value) => r.hasIndex(n) ? like(a, repeated(a.data, r.repetitions(n))) : r.NotImplementedValue,
    ],
    __rmul__: [
      "n, /",
      (a: B, n: Value) => r.hasIndex(n) ? like(a, repeated(a.data, r.repetitions(n))) : r.NotImplementedValue,
    ],
    decode: [
      "encoding='utf-8', errors='strict'",
      (b: B, e?: Value, errors?: Value) => t.decodeBytes(b.data, r.stringOf(e), r.stringOf(errors)),
    ],
    translate: ["table, /, delete=b''", (self: B, table: Value, dropped?: Value) => {
      const map = table === null ? null : bytesLike(table);
      if (map && map.length !== 256) throw valueError("translation table must be 256 characters long");
      const without = dropped === undefined ? new Uint8Array(0) : bytesLike(dropped);
      return like(self, self.data.filter((c) => !without.includes(c)).map((c) => map ? map[c] : c));
    }],
    hex: [
      "sep=None, bytes_per_sep=1",
      (b: B, sep?: Value) =>
        Array.from(b.data, (x) => x.toString(16).padStart(2, "0")).join(r.stringOf(sep) ?? ""),
    ],
    find: [
      "sub, start=None, end=None, /",
      (b: B, x: Value, s?: Value, e?: Value) => t.strFind(latin(b.data), needle(x), bound(s), bound(e)),
    ],
    rfind: [
      "sub, start=None, end=None, /",
      (b: B, x: Value, s?: Value, e?: Value) => t.strRfind(latin(b.data), needle(x), bound(s), bound(e)),
    ],
    index: ["sub, start=None, end=None, /", (b: B, x: Value, s?: Value, e?: Value) => {
      const i = t.strFind(latin(b.data), needle(x), bound(s), bound(e));
      if (i < 0) throw valueError("subsection not found");
      return i;
    }],
    count: [
      "sub, start=None, end=None, /",
      (b: B, x: Value, s?: Value, e?: Value) => t.strCount(latin(b.data), needle(x), bound(s), bound(e)),
    ],
    startswith: [
      "prefix, start=None, end=None, /",
      (b: B, p: Value, s?: Value, e?: Value) =>
        (p instanceof PyTuple ? p.items : [p]).some((x) =>
          t.strStartswith(latin(b.data), latin(bytesLike(x)), bound(s), bound(e))
        ),
    ],
    endswith: [
      "suffix, start=None, end=None, /",
      (b: B, p: Value, s?: Value, e?: Value) =>
        (p instanceof PyTuple ? p.items : [p]).some((x) =>
          t.strEndswith(latin(b.data), latin(bytesLike(x)), bound(s), bound(e))
        ),
    ],
    replace: [
      "old, new, count=-1, /",
      (b: B, x: Value, y: Value, n?: Value) =>
        like(
          b,
          unlatin(
            t.strReplace(
              latin(b.data),
              latin(bytesLike(x)),
              latin(bytesLike(y)),
              n === undefined ? -1 : r.smallIndex(n),
            ),
          ),
        ),
    ],
    join: [
      "iterable, /",
      (b: B, items: Value) =>
        like(b, unlatin(r.collect(items).map((x) => latin(bytesLike(x))).join(latin(b.data)))),
    ],
    split: [
      "sep=None, maxsplit=-1",
      (b: B, sep?: Value, n?: Value) =>
        new PyList(
          t.strSplit(
            latin(b.data),
            sep === undefined || sep === null ? null : latin(bytesLike(sep)),
            n === undefined ? -1 : r.smallIndex(n),
          ).map((x) => like(b, unlatin(x))),
        ),
    ],
    splitlines: ["keepends=False", (b: B, keep?: Value) => {
      const parts = latin(b.data).split(/(\r\n|\r|\n)/);
      const out: Value[] = [];
      for (let i = 0; i < parts.length; i += 2) {
        if (i === parts.length - 1 && parts[i] === "") break;
        out.push(
          like(b, unlatin(parts[i] + (keep !== undefined && r.truth(keep) ? parts[i + 1] ?? "" : ""))),
        );
      }
      return new PyList(out);
    }],
    partition: [
      "sep, /",
      (b: B, sep: Value) =>
        new PyTuple(t.strPartition(latin(b.data), latin(bytesLike(sep))).map((x) => like(b, unlatin(x)))),
    ],
    rpartition: [
      "sep, /",
      (b: B, sep: Value) =>
        new PyTuple(t.strRpartition(latin(b.data), latin(bytesLike(sep))).map((x) => like(b, unlatin(x)))),
    ],
  };
  const ascii: [string, (s: string) => string][] = [
    ["lower", (s) => s.replace(/[A-Z]/g, (c) => c.toLowerCase())],
    ["upper", (s) => s.replace(/[a-z]/g, (c) => c.toUpperCase())],
  ];
  for (const [name, f] of ascii) table[name] = ["", (b: B) => like(b, unlatin(f(latin(b.data))))];
  for (
    const [name, f] of [["strip", t.strStrip], ["lstrip", t.strLstrip], ["rstrip", t.strRstrip]] as const
  ) {
    table[name] = ["chars=None, /", (b: B, c?: Value) =>
      like(
        b,
        unlatin(f(latin(b.data), c === undefined || c === null ? " \t\n\r\x0b\x0c" : latin(bytesLike(c)))),
      )];
  }
  for (const [name, f] of [["ljust", t.strLjust], ["rjust", t.strRjust], ["center", t.strCenter]] as const) {
    table[name] = [
      "width, fill=b' ', /",
      (b: B, w: Value, c?: Value) =>
        like(b, unlatin(f(latin(b.data), r.smallIndex(w), c === undefined ? " " : latin(bytesLike(c))))),
    ];
  }
  for (
    const [name, p] of [["isdigit", /^[0-9]+$/], ["isalpha", /^[A-Za-z]+$/], ["isalnum", /^[A-Za-z0-9]+$/], [
      "isspace",
      /^[ \t\n\r\x0b\x0c]+$/,
    ], ["isascii", /^[\0-\x7f]*$/]] as const
  ) {
    table[name] = ["", (b: B) => p.test(latin(b.data))];
  }
  methods(type, table);
  staticMethods(type, {
    maketrans: ["frm, to, /", (from: Value, to: Value) => {
      const a = bytesLike(from), b = bytesLike(to);
      if (a.length !== b.length) throw valueError("maketrans arguments must have same length");
      const table = Uint8Array.from({ length: 256 }, (_, i) => i);
      a.forEach((c, i) => table[c] = b[i]);
      return new PyBytes(table);
    }],
  });
  classMethods(type, {
    fromhex: ["string, /", (cls: PyType, s: Value) => {
      const digits = r.stringOf(s)!.replace(/\s+/g, "");
      if (digits.length % 2 || /[^0-9a-fA-F]/.test(digits)) {
        throw valueError("non-hexadecimal number found in fromhex() arg at position 0");
      }
      const data = Uint8Array.from(digits.match(/../g) ?? [], (d) => parseInt(d, 16));
      return r.call(cls, [new PyBytes(data)]);
    }],
  });
}

methods(bytesType, {
  __new__: ["source=b'', encoding=None, errors=None", (cls: PyType, s?: Value, e?: Value, errors?: Value) => {
    if (cls === bytesType && s instanceof PyBytes && s.cls === bytesType) return s;
    return new PyBytes(build(s, e, errors), cls);
  }],
  __init__: ["*args, **kwargs", () => null],
  __hash__: ["", (b: r.PyBytes) => r.hashBytes(b)],
  __getnewargs__: ["", (b: r.PyBytes) => new PyTuple([new PyBytes(b.data)])],
});
methods(bytearrayType, {
  __init__: [
    "source=b'', encoding=None, errors=None",
    (b: r.PyByteArray, s?: Value, e?: Value, errors?: Value) => {
      b.data = build(s, e, errors);
      return null;
    },
  ],
  __setitem__: ["key, value, /", (b: r.PyByteArray, k: Value, v: Value) => {
    if (k instanceof r.PySlice) {
      const items = new PyList(Array.from(b.data));
      r.setitem(items, k, new PyList(Array.from(build(v, undefined, undefined))));
      b.data = Uint8Array.from(items.items as number[]);
      return null;
    }
    let i = r.smallIndex(k);
    if (i < 0) i += b.data.length;
    if (i < 0 || i >= b.data.length) throw r.indexError("bytearray index out of range");
    b.data[i] = byte(v);
    return null;
  }],
  __iadd__: ["other, /", (b: r.PyByteArray, v: Value) => {
    b.data = concat(b.data, bytesLike(v));
    return b;
  }],
  append: ["item, /", (b: r.PyByteArray, v: Value) => {
    b.data = concat(b.data, Uint8Array.of(byte(v)));
    return null;
  }],
  extend: ["items, /", (b: r.PyByteArray, v: Value) => {
    b.data = concat(b.data, build(v, undefined, undefined));
    return null;
  }],
  clear: ["", (b: r.PyByteArray) => {
    b.data = new Uint8Array(0);
    return null;
  }],
  copy: ["", (b: r.PyByteArray) => new PyByteArray(b.data.slice())],
});
bytearrayType.attrs.set("__hash__", null);
bytearrayType.invalidate();
