/** The host from TypeScript: modules, calls, errors, and what the compiler reads from live objects. */
import {
  Host,
  moduleOf,
  nativeType,
  PyBaseException,
  PyFunction,
  PyObject,
  PythonError,
  type PyType,
  registerModule,
  registerSource,
} from "../../python/mod.ts";
import { fn, methods, PyDict, PyList, type PyModule, registerForeignType, typeOf } from "../../python/mod.ts";
import { Source } from "../../core/source.ts";
import { Float } from "../../core/scalar.ts";
import { NotImplemented, RuntimeFault } from "../../core/errors.ts";
import { assertEquals } from "./assert.ts";

function quiet(): { host: Host; out: () => string; err: () => string } {
  let out = "", err = "";
  const host = new Host({ stdout: (t) => out += t, stderr: (t) => err += t, path: [] });
  return {
    host,
    out: () => {
      host.flush();
      return out;
    },
    err: () => err,
  };
}
function throws<T>(body: () => unknown, cls: new (...a: any[]) => T): T {
  try {
    body();
  } catch (e) {
    if (e instanceof cls) return e;
    throw e;
  }
  throw new Error("nothing was thrown");
}

Deno.test("host: values cross both ways", () => {
  const { host } = quiet();
  const m = host.runSource(
    new Source("def f(a, b=2, *c, k=3):\n    return [a, b, c, k]\nx = 1.5\n", "m.py"),
    "m",
  );
  const f = host.getattr(m, "f");
  assertEquals(host.repr(host.call(f, [1, "s"], new Map([["k", new Float(2)]]))), "[1, 's', (), 2.0]");
  host.setattr(m, "x", new PyList([null, true]));
  assertEquals(host.repr(host.getattr(m, "x")), "[None, True]");
  assertEquals(host.findattr(m, "nothing"), undefined);
});

Deno.test("host: exceptions come out as PythonError with a traceback", () => {
  const { host } = quiet();
  const m = host.runSource(new Source("def f():\n    raise ValueError('v')\n", "m.py"), "m");
  const e = throws(() => host.call(host.getattr(m, "f")), PythonError);
  assertEquals(e.pythonType, "ValueError");
  assertEquals(
    e.message,
    "Traceback (most recent call last):\n  File \"m.py\", line 2, in f\n    raise ValueError('v')\nValueError: v",
  );
});

Deno.test("host: NotImplemented passes every except", () => {
  const { host } = quiet();
  registerModule("host_missing", () =>
    moduleOf("host_missing", {
      frob: fn("frob", "", () => {
        throw new NotImplemented("frobbing");
      }),
    }));
  const source = new Source(
    "import host_missing\ntry:\n    host_missing.frob()\nexcept BaseException:\n    pass\n",
    "m.py",
  );
  const e = throws(() => host.runSource(source), NotImplemented);
  assertEquals(e.message, "frobbing is not implemented yet");
});

Deno.test("host: faults of native code become Python exceptions", () => {
  const { host, out } = quiet();
  registerModule("host_faults", () =>
    moduleOf("host_faults", {
      fail: fn("fail", "kind, text='t'", (kind, text) => {
        throw new RuntimeFault(kind, text ?? "t");
      }),
    }));
  host.runSource(
    new Source(
      "import host_faults\ntry: host_faults.fail('IndexError', text='x')\nexcept LookupError as e: print(repr(e))\n",
    ),
  );
  assertEquals(out(), "IndexError('x')\n");
});

Deno.test("host: native and foreign types", () => {
  class Celsius {
    constructor(readonly degrees: number) {}
  }
  const type = nativeType("Celsius", { module: "weather", hasDict: true });
  registerForeignType(Celsius, type);
  methods(type, {
    __new__: ["degrees", (_cls: PyType, d: number) => new Celsius(d)],
    __init__: ["*args", () => null],
    __add__: ["other, /", (a: Celsius, b: Celsius) => new Celsius(a.degrees + b.degrees)],
    __repr__: ["", (a: Celsius) => `Celsius(${a.degrees})`],
    warmer: [
      "by=1, *, twice=False",
      (a: Celsius, by?: number, twice?: boolean) => new Celsius(a.degrees + (by ?? 1) * (twice ? 2 : 1)),
    ],
  });
  registerModule("weather", () => moduleOf("weather", { Celsius: type }));
  registerSource("weather_helpers", () => "from weather import Celsius\nzero = Celsius(0)\n");
  const { host, out } = quiet();
  host.runSource(
    new Source(
      "from weather import Celsius\nfrom weather_helpers import zero\nc = Celsius(3)\nc.note = 'n'\n" +
        "print(c + zero, c.warmer(), c.warmer(2, twice=True), c.note, type(c), isinstance(c, Celsius))\n" +
        "try: c.warmer(1, 2)\nexcept TypeError as e: print(e)\ntry: c.warmer(z=1)\nexcept TypeError as e: print(e)\n",
    ),
  );
  assertEquals(
    out(),
    "Celsius(3) Celsius(4) Celsius(7) n <class 'weather.Celsius'> True\n" +
      "warmer expected at most 1 argument, got 2\n'z' is an invalid keyword argument for warmer()\n",
  );
  assertEquals(typeOf(new Celsius(1)) === type, true);
});

Deno.test("host: functions and classes show the compiler their source, closure and annotations", () => {
  const { host } = quiet();
  const text =
    "def outer(k):\n    def inner(x: int, *, y=2) -> str:\n        return k\n    return inner\nf = outer(5)\n" +
    "class C:\n    def m(self): pass\n";
  const m = host.runSource(new Source(text, "m.py"), "m");
  const f = host.getattr(m, "f") as PyFunction;
  assertEquals(f.node!.kind, "FunctionDef");
  assertEquals(f.source.text.slice(f.node!.start, f.node!.start + 9), "def inner");
  assertEquals(f.closure.get("k")!.v, 5);
  assertEquals(f.globals === (m as PyModule).attrs, true);
  assertEquals([...f.kwdefaults!].join(), "y,2");
  assertEquals(host.repr(f.annotations!), "{'x': <class 'int'>, 'return': <class 'str'>}");
  assertEquals([f.qualname, f.module].join(), "outer.<locals>.inner,m");
  const c = host.getattr(m, "C") as PyType;
  assertEquals([c.node!.kind, c.node!.name, c.source!.filename].join(), "ClassDef,C,m.py");
  assertEquals(c.lookup("m") instanceof PyFunction, true);
});

Deno.test("host: two hosts keep their modules apart", () => {
  const a = quiet(), b = quiet();
  a.host.runSource(new Source("import sys\nsys.mark = 1\n"));
  b.host.runSource(new Source("import sys\nprint(hasattr(sys, 'mark'))\n"));
  assertEquals(b.out(), "False\n");
  assertEquals(a.host.interpreter.modules instanceof PyDict, true);
});

Deno.test("host: exit codes", () => {
  for (
    const [text, code, err] of [
      ["pass", 0, ""],
      ["import sys; sys.exit()", 0, ""],
      ["import sys; sys.exit(3)", 3, ""],
      ["raise SystemExit('bye')", 1, "bye\n"],
      [
        "1/0",
        1,
        'Traceback (most recent call last):\n  File "x.py", line 1, in <module>\n    1/0\nZeroDivisionError: division by zero\n',
      ],
      ["def f(:\n", 1, '  File "x.py", line 1\n    def f(:\n          ^\nSyntaxError: invalid syntax\n'],
    ] as const
  ) {
    const { host, err: stderr } = quiet();
    assertEquals(host.runMain(new Source(text, "x.py")), code);
    assertEquals(stderr(), err);
  }
});

Deno.test("host: a stack that V8 runs out of is a RecursionError", () => {
  const { host, out } = quiet();
  host.runSource(
    new Source(
      "import sys\nsys.setrecursionlimit(90000)\ndef f(n): return f(n + 1)\ntry: f(0)\nexcept RecursionError as e: print(e)\nsys.setrecursionlimit(1000)\n",
    ),
  );
  assertEquals(out(), "maximum recursion depth exceeded\n");
  assertEquals(PyBaseException.prototype instanceof PyObject, true);
});
