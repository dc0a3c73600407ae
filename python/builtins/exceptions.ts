/** Methods and attributes of the built-in exceptions. */
import * as r from "../runtime/mod.ts";
import type { Kwargs, Value } from "../runtime/mod.ts";
import { getset, methods, PyStaticMethod, rawFn } from "../runtime/native.ts";
import { BaseExceptionType, exceptionTypes, type PyBaseException } from "../runtime/exceptions.ts";
import { PyTraceback } from "../runtime/traceback.ts";

type E = PyBaseException;
const { PyTuple, PyList, typeError } = r;

BaseExceptionType.attrs.set(
  "__new__",
  new PyStaticMethod(rawFn("__new__", (args) => {
    const cls = args[0] as r.PyType;
    const e = cls.alloc(cls) as E;
    e.args = args.slice(1);
    return e;
  })),
);
BaseExceptionType.attrs.set(
  "__init__",
  new r.PyMethodDescriptor("__init__", BaseExceptionType, (args, kw) => {
    const e = args[0] as E;
    noKeywords(e, kw);
    e.args = args.slice(1);
    return null;
  }),
);
function noKeywords(e: E, kw: Kwargs): void {
  if (kw && kw.size) throw typeError(`${e.cls.name}() takes no keyword arguments`);
}

methods(BaseExceptionType, {
  __repr__: ["", (e: E) => {
    const args = e.args.map(r.repr).join(", ");
    return `${e.cls.name}(${args})`;
  }],
  __str__: [
    "",
    (e: E) => e.args.length === 0 ? "" : e.args.length === 1 ? r.str(e.args[0]) : r.repr(new PyTuple(e.args)),
  ],
  with_traceback: ["tb, /", (e: E, tb: Value) => {
    e.traceback = tb instanceof PyTraceback ? tb.entry : null;
    return e;
  }],
  add_note: ["note, /", (e: E, note: Value) => {
    if (r.stringOf(note) === undefined) throw typeError(`note must be a str, not '${r.typeOf(note).name}'`);
    const notes = e.attrs!.get("__notes__");
    if (notes instanceof PyList) notes.items.push(note);
    else e.attrs!.set("__notes__", new PyList([note]));
    return null;
  }],
  __setstate__: ["state, /", (e: E, state: Value) => {
    if (state instanceof r.PyDict) { for (const [k, v] of state.map) e.attrs!.set(k, v); }
    return null;
  }],
  __reduce__: ["", (e: E) => new PyTuple([e.cls, new PyTuple(e.args)])],
});
getset(BaseExceptionType, "args", (e: E) => new PyTuple(e.args), (e: E, v) => void (e.args = r.collect(v)));
getset(BaseExceptionType, "__traceback__", (e: E) => r.tracebackOf(e), (e: E, v) => {
  e.traceback = v instanceof PyTraceback ? v.entry : null;
});
getset(BaseExceptionType, "__cause__", (e: E) => e.cause, (e: E, v) => {
  e.cause = v as E | null;
  e.suppressContext = true;
});
getset(BaseExceptionType, "__context__", (e: E) => e.context, (e: E, v) => void (e.context = v as E | null));
getset(
  BaseExceptionType,
  "__suppress_context__",
  (e: E) => e.suppressContext,
  (e: E, v) => void (e.suppressContext = v as boolean),
);

const type = (name: string) => exceptionTypes.get(name)!;
const first = (e: E): Value => e.args.length ? e.args[0] : null;

methods(type("KeyError"), {
  __str__: [
    "",
    (e: E) =>
      e.args.length === 1 ? r.repr(e.args[0]) : e.args.length === 0 ? "" : r.repr(new PyTuple(e.args)),
  ],
});
getset(type("StopIteration"), "value", first, (e: E, v) => void (e.args = [v]));
getset(
  type("SystemExit"),
  "code",
  (e: E) => e.args.length > 1 ? new PyTuple(e.args) : first(e),
  (e: E, v) => void (e.args = [v]),
);

/** An `__init__` that also accepts keyword attributes. */
function keywordAttributes(t: r.PyType, names: string[]): void {
  t.attrs.set(
    "__init__",
    new r.PyMethodDescriptor("__init__", t, (args, kw) => {
      const e = args[0] as E;
      e.args = args.slice(1);
      for (const n of names) e.attrs!.set(n, kw?.get(n) ?? null);
      for (const k of kw?.keys() ?? []) {
        if (!names.includes(k)) throw typeError(`'${k}' is an invalid keyword argument for ${t.name}()`);
      }
      return null;
    }),
  );
  t.invalidate();
}
keywordAttributes(type("ImportError"), ["name", "path"]);
keywordAttributes(type("AttributeError"), ["name", "obj"]);
keywordAttributes(type("NameError"), ["name"]);
getset(type("ImportError"), "msg", first);

const ERRNO: Record<number, string> = {
  1: "PermissionError",
  2: "FileNotFoundError",
  3: "ProcessLookupError",
  4: "InterruptedError",
  10: "ChildProcessError",
  11: "BlockingIOError",
  13: "PermissionError",
  17: "FileExistsError",
  20: "NotADirectoryError",
  21: "IsADirectoryError",
  32: "BrokenPipeError",
  104: "ConnectionResetError",
  110: "TimeoutError",
  111: "ConnectionRefusedError",
};
const OSError = type("OSError");
OSError.attrs.set(
  "__new__",
  new PyStaticMethod(rawFn("__new__", (args) => {
    let cls = args[0] as r.PyType;
    const errno = args[1];
    if (cls === OSError && args.length >= 3 && typeof errno === "number" && ERRNO[errno]) {
      cls = type(ERRNO[errno]);
    }
    const e = cls.alloc(cls) as E;
    setOsError(e, args.slice(1));
    return e;
  })),
);
function setOsError(e: E, args: Value[]): void {
  e.args = args.length > 2 ? args.slice(0, 2) : args;
  const given = args.length >= 2;
  e.attrs!.set("errno", given ? args[0] : null).set("strerror", given ? args[1] : null);
  e.attrs!.set("filename", args.length > 2 ? args[2] : null).set(
    "filename2",
    args.length > 4 ? args[4] : null,
  );
}
OSError.attrs.set(
  "__init__",
  new r.PyMethodDescriptor("__init__", OSError, (args) => {
    setOsError(args[0] as E, args.slice(1));
    return null;
  }),
);
methods(OSError, {
  __str__: ["", (e: E) => {
    const a = e.attrs!, errno = a.get("errno") ?? null, file = a.get("filename") ?? null;
    if (errno === null) {
      return e.args.length === 0 ? "" : e.args.length === 1 ? r.str(e.args[0]) : r.repr(new PyTuple(e.args));
    }
    const text = `[Errno ${r.str(errno)}] ${r.str(a.get("strerror") ?? null)}`;
    return file === null ? text : `${text}: ${r.repr(file)}`;
  }],
});

const SyntaxErrorClass = type("SyntaxError");
SyntaxErrorClass.attrs.set(
  "__init__",
  new r.PyMethodDescriptor("__init__", SyntaxErrorClass, (args) => {
    const e = args[0] as E;
    e.args = args.slice(1);
    e.attrs!.set("msg", first(e));
    const place = e.args[1];
    const names = ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"];
    const items = place instanceof PyTuple ? place.items : [];
    names.forEach((n, i) => e.attrs!.set(n, items[i] ?? null));
    return null;
  }),
);
methods(SyntaxErrorClass, {
  __str__: ["", (e: E) => {
    const msg = r.str(e.attrs!.get("msg") ?? first(e));
    const file = e.attrs!.get("filename"), line = e.attrs!.get("lineno");
    if (typeof file === "string" && typeof line === "number") {
      return `${msg} (${file.split("/").pop()}, line ${line})`;
    }
    return typeof line === "number" ? `${msg} (line ${line})` : msg;
  }],
});

const unicodeFields: Record<string, string[]> = {
  UnicodeDecodeError: ["encoding", "object", "start", "end", "reason"],
  UnicodeEncodeError: ["encoding", "object", "start", "end", "reason"],
  UnicodeTranslateError: ["object", "start", "end", "reason"],
};
for (const [name, fields] of Object.entries(unicodeFields)) {
  fields.forEach((f, i) => getset(type(name), f, (e: E) => e.args[i] ?? null));
}
methods(type("UnicodeDecodeError"), {
  __str__: ["", (e: E) => e.args.length < 5 ? r.str(first(e)) : unicodeText(e, "decode", byteText)],
});
methods(type("UnicodeEncodeError"), {
  __str__: ["", (e: E) => e.args.length < 5 ? r.str(first(e)) : unicodeText(e, "encode", charText)],
});
function unicodeText(e: E, verb: string, one: (o: Value, at: number) => string): string {
  const [encoding, object, start, end, reason] = e.args;
  const s = start as number, t = end as number;
  const what = t === s + 1
    ? `${one(object, s)} in position ${s}`
    : `${verb === "decode" ? "bytes" : "characters"} in position ${s}-${t - 1}`;
  return `'${r.str(encoding)}' codec can't ${verb} ${what}: ${r.str(reason)}`;
}
function byteText(o: Value, at: number): string {
  return `byte 0x${(o as r.PyBytes).data[at].toString(16).padStart(2, "0")}`;
}
function charText(o: Value, at: number): string {
  const c = [...(o as string)][at].codePointAt(0)!;
  const hex = c.toString(16);
  return `character '\\${
    c > 0xffff
      ? "U" + hex.padStart(8, "0")
      : c > 0xff
      ? "u" + hex.padStart(4, "0")
      : "x" + hex.padStart(2, "0")
  }'`;
}
for (const t of exceptionTypes.values()) t.invalidate();
