/** The `sys` module. */
import { strDigits } from "../../core/number/parse.ts";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { fn } from "../runtime/native.ts";
import { moduleOf, type PyModule, registerModule } from "../runtime/module.ts";
import { interpreter } from "../runtime/interpreter.ts";
import { setRecursionLimit } from "../runtime/frame.ts";
import { Float } from "../../core/scalar.ts";
import { formatException, PyFrame, tracebackOf } from "../runtime/traceback.ts";
import { importByName } from "../runtime/imports.ts";
import { PyInput, PyStream } from "./io.ts";

const { PyList, PyTuple } = r;

/** A tuple with named fields, as sys.version_info is. */
function structure(name: string, fields: Record<string, Value>): Value {
  const t = r.nativeType(name, { base: r.tupleType, module: "sys", alloc: (cls) => new PyTuple([], cls) });
  Object.keys(fields).forEach((f, i) => r.getset(t, f, (x: r.PyTuple) => x.items[i]));
  r.methods(t, {
    __repr__: [
      "",
      (x: r.PyTuple) =>
        `sys.${name}(${Object.keys(fields).map((f, i) => `${f}=${r.repr(x.items[i])}`).join(", ")})`,
    ],
  });
  return new PyTuple(Object.values(fields), t);
}

/** A frame object for the running frame, `back` callers out. */
export function frameObject(back: number): PyFrame | null {
  const f = r.currentFrame(back);
  if (!f) return null;
  const m = f.locals?.();
  const locals = m instanceof Map ? m : null;
  return new PyFrame(f.code, f.line, locals, frameObject(back + 1));
}

/** PYTHONBREAKPOINT, if the environment may be read. */
function breakpointVariable(): string | undefined {
  try {
    return Deno.env.get("PYTHONBREAKPOINT");
  } catch {
    return undefined;
  }
}

function make(): PyModule {
  const i = interpreter();
  const out = new PyStream("<stdout>", i.stdout), err = new PyStream("<stderr>", i.stderr);
  const m = moduleOf("sys", {
    argv: i.argv,
    path: i.path,
    modules: i.modules,
    stdout: out,
    stderr: err,
    __stdout__: out,
    __stderr__: err,
    stdin: new PyInput(),
    breakpointhook: fn("breakpointhook", "*args, **kwargs", (args: Value[], kw: r.Kwargs) => {
      const hook = breakpointVariable();
      return hook === "0" ? null : r.call(r.getattr(importByName("pdb"), "set_trace"), args, kw);
    }),
    version: "3.11.0 (wick)",
    version_info: structure("version_info", {
      major: 3,
      minor: 11,
      micro: 0,
      releaselevel: "final",
      serial: 0,
    }),
    hexversion: 0x030b00f0,
    platform: "linux",
    byteorder: "little",
    maxsize: 9223372036854775807n,
    maxunicode: 0x10ffff,
    executable: "",
    prefix: "",
    exec_prefix: "",
    base_prefix: "",
    path_hooks: new PyList([]),
    meta_path: new PyList([]),
    warnoptions: new PyList([]),
    dont_write_bytecode: true,
    float_info: structure("float_info", {
      max: new Float(Number.MAX_VALUE),
      max_exp: 1024,
      max_10_exp: 308,
      min: new Float(2.2250738585072014e-308),
      min_exp: -1021,
      min_10_exp: -307,
      dig: 15,
      mant_dig: 53,
      epsilon: new Float(Number.EPSILON),
      radix: 2,
      rounds: 1,
    }),
    flags: structure("flags", { debug: 0, inspect: 0, interactive: 0, optimize: 0, verbose: 0 }),
    implementation: structure("implementation", { name: "cpython", cache_tag: "wick" }),
    builtin_module_names: new PyTuple(["builtins", "sys"]),
    exit: fn("exit", "status=None, /", (code?: Value) => {
      throw r.raise(r.SystemExitType, ...(code === undefined ? [] : [code]));
    }),
    getrecursionlimit: fn("getrecursionlimit", "", () => r.rt.limit),
    setrecursionlimit: fn("setrecursionlimit", "limit, /", (n: Value) => {
      const limit = r.smallIndex(n);
      if (limit < 1) throw r.valueError("recursion limit must be greater or equal than 1");
      setRecursionLimit(Math.min(limit, 100_000));
      return null;
    }),
    get_int_max_str_digits: fn("get_int_max_str_digits", "", () => strDigits.limit),
    set_int_max_str_digits: fn("set_int_max_str_digits", "maxdigits", (n: Value) => {
      const limit = r.smallIndex(n);
      if (limit !== 0 && limit < 640) throw r.valueError("maxdigits must be 0 or larger than 640");
      strDigits.limit = limit;
      return null;
    }),
    getsizeof: fn("getsizeof", "object, default=None", () => 64),
    getrefcount: fn("getrefcount", "object, /", () => 2),
    intern: fn("intern", "string, /", (s: Value) => s),
    getdefaultencoding: fn("getdefaultencoding", "", () => "utf-8"),
    getfilesystemencoding: fn("getfilesystemencoding", "", () => "utf-8"),
    is_finalizing: fn("is_finalizing", "", () => false),
    settrace: fn("settrace", "function, /", () => null),
    gettrace: fn("gettrace", "", () => null),
    exc_info: fn("exc_info", "", () => {
      const e = r.rt.handling;
      return new PyTuple(e ? [e.cls, e, tracebackOf(e)] : [null, null, null]);
    }),
    exception: fn("exception", "", () => r.rt.handling),
    excepthook: fn("excepthook", "type, value, traceback, /", (_t: Value, e: Value) => {
      i.stdout.flush();
      if (e instanceof r.PyBaseException) i.stderr.write(formatException(e));
      return null;
    }),
    _getframe: fn("_getframe", "depth=0, /", (n?: Value) => {
      const f = frameObject(n === undefined ? 0 : r.smallIndex(n));
      if (!f) throw r.valueError("call stack is not deep enough");
      return f;
    }),
  });
  i.sys = m;
  return m;
}

registerModule("sys", make);
