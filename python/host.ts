/**
 * Running Python. `new Host({...}).runFile("model.py")` behaves as `python model.py`; the other methods embed it.
 * A Python exception that reaches TypeScript arrives as `PythonError`, whose `exception` is the Python object.
 */
import { Diagnostic } from "../core/errors.ts";
import { Source } from "../core/source.ts";
import { emitModule } from "./emit/mod.ts";
import * as r from "./runtime/mod.ts";
import type { Attrs, Kwargs, Value } from "./runtime/mod.ts";
import { execution, files, importByName } from "./runtime/imports.ts";
import { Interpreter, interpreter, setInterpreter, type TextSink } from "./runtime/interpreter.ts";
import { formatException } from "./runtime/traceback.ts";
import { makeBuiltins } from "./builtins/mod.ts";
import { parseOrRaise, syntaxErrorsText } from "./builtins/execution.ts";
import { globalsDict } from "./builtins/functions.ts";
import { PyModule, registerModule } from "./runtime/module.ts";
import "./builtins/sys.ts";

export interface HostOptions {
  /** `sys.argv`. */
  argv?: string[];
  /** Further folders of `sys.path`, after the script's own; PYTHONPATH is added when absent. */
  path?: string[];
  /** Receives what is printed; the process's streams when absent. */
  stdout?: (text: string) => void;
  stderr?: (text: string) => void;
  /** Gives a line of standard input with its end, an empty string at the end; the process's own when absent. */
  readLine?: () => string;
  /** Folder that relative file names start from; the process's own when absent. */
  cwd?: string;
}

/** A Python exception seen from TypeScript. */
export class PythonError extends Error {
  override name = "PythonError";
  /** Every syntax error of the file, for a SyntaxError. */
  get syntaxErrors(): string | undefined {
    const { origin } = this.exception;
    return origin instanceof Diagnostic && r.isException(this.exception, r.SyntaxErrorType)
      ? syntaxErrorsText(origin).trimEnd()
      : undefined;
  }
  /** Errors of the compilation that failed, besides the one that the exception tells. */
  get furtherErrors(): readonly Diagnostic[] {
    const { origin } = this.exception;
    return origin instanceof Diagnostic ? r.diagnosticText.further(origin) : [];
  }
  constructor(readonly exception: r.PyBaseException) {
    super(formatException(exception).trimEnd(), { cause: exception.origin });
  }
  /** Name of the exception's class. */
  get pythonType(): string {
    return this.exception.cls.name;
  }
}

const FLUSH_AT = 64 * 1024;

/** Collects text and writes it in large pieces. */
class BufferedSink implements TextSink {
  private text = "";
  constructor(private out: (text: string) => void) {}
  write(text: string): void {
    this.text += text;
    if (this.text.length >= FLUSH_AT) this.flush();
  }
  flush(): void {
    if (this.text === "") return;
    const t = this.text;
    this.text = "";
    this.out(t);
  }
}

function processWriter(stream: { writeSync(p: Uint8Array): number }): (text: string) => void {
  const encoder = new TextEncoder();
  return (text) => {
    let bytes = encoder.encode(text);
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
  };
}

execution.run = (source, globals) => {
  const i = interpreter();
  i.sources.set(source.filename, source);
  // From the first file that names the debugger on, the program's own files are emitted so that it can stop in them.
  const own = !source.filename.startsWith("<wick>") && !source.filename.startsWith("torch/");
  if (own && /\bbreakpoint\b|\bpdb\b/.test(source.text)) i.lineHook = true;
  emitModule(parseOrRaise(source), source, globals, { lineHook: own && i.lineHook })();
};

registerModule("builtins", () => new PyModule("builtins", interpreter().builtins));

export class Host {
  readonly interpreter: Interpreter;

  constructor(options: HostOptions = {}) {
    const out = new BufferedSink(options.stdout ?? processWriter(Deno.stdout));
    const errors = options.stderr ?? processWriter(Deno.stderr);
    const err: TextSink = {
      write: (text) => {
        out.flush();
        errors(text);
      },
      flush: () => {},
    };
    const i = this.interpreter = new Interpreter(out, err, options.cwd ?? "");
    if (options.readLine) i.readLine = options.readLine;
    i.argv.items = options.argv?.slice() ?? [""];
    i.path.items = options.path?.slice() ?? pythonPath();
    i.builtins = makeBuiltins();
    this.enter(() => importByName("sys"));
  }

  /** Runs `body` with this host current; Python exceptions come out as PythonError. */
  enter<T>(body: () => T): T {
    const before = setInterpreter(this.interpreter);
    const depth = r.rt.depth;
    try {
      return body();
    } catch (e) {
      if (e instanceof r.PyBaseException && depth < 0) throw new PythonError(e);
      throw e;
    } finally {
      r.rt.depth = depth;
      setInterpreter(before);
    }
  }

  /**
   * Runs a file as the main program. Gives the exit code: 0, 1 after an uncaught exception (its traceback on stderr),
   * or what SystemExit says. NotImplemented and InternalError are thrown, for the caller to report.
   */
  runFile(path: string): number {
    const text = files.read(path);
    if (text === undefined) {
      this.interpreter.stderr.write(`can't open file '${path}': [Errno 2] No such file or directory\n`);
      return 2;
    }
    // As python does since 3.9: the main file goes by its absolute name.
    const whole = path.startsWith("/") ? path : `${this.interpreter.cwd || Deno.cwd()}/${path}`;
    const folder = whole.slice(0, whole.lastIndexOf("/")).replace(/\/\.(?=\/|$)/g, "");
    this.interpreter.path.items.unshift(folder || "/");
    return this.runMain(new Source(text, whole));
  }

  /** As `runFile`, for text in memory. */
  runMain(source: Source): number {
    const i = this.interpreter;
    try {
      return this.enter(() => {
        try {
          this.execute(source, this.mainModule(source));
          return 0;
        } catch (e) {
          return this.report(e, source);
        } finally {
          const atexit = i.modules.get("atexit") as Value | undefined;
          if (atexit !== undefined) r.call(r.getattr(atexit, "_run_exitfuncs"), []);
        }
      });
    } finally {
      i.stdout.flush();
    }
  }

  private mainModule(source: Source): PyModule {
    const m = new PyModule("__main__");
    m.attrs.set("__doc__", null).set("__package__", null).set("__spec__", null).set("__loader__", null);
    m.attrs.set("__file__", source.filename).set(
      "__builtins__",
      new PyModule("builtins", this.interpreter.builtins),
    );
    this.interpreter.modules.set("__main__", m);
    return m;
  }

  private execute(source: Source, m: PyModule): void {
    execution.run(source, m.attrs);
  }

  /** Prints an uncaught exception; its exit code. */
  private report(e: unknown, main: Source): number {
    const i = this.interpreter;
    let x: r.PyBaseException;
    try {
      x = r.toException(e);
    } finally {
      i.stdout.flush();
    }
    const { origin } = x;
    const ownSyntax = origin instanceof Diagnostic && origin.range?.source === main && x.traceback === null &&
      x.cls.mro.includes(r.SyntaxErrorType);
    if (r.isException(x, r.SystemExitType)) {
      const code = x.args.length > 1 ? new r.PyTuple(x.args) : x.args[0] ?? null;
      if (code === null) return 0;
      const n = r.intOf(code);
      if (n !== undefined) return Number(n) & 0xff;
      i.stderr.write(r.str(code) + "\n");
      return 1;
    }
    i.stderr.write(ownSyntax ? syntaxErrorsText(origin as Diagnostic) : formatException(x));
    if (!ownSyntax && origin instanceof Diagnostic) {
      for (const d of r.diagnosticText.further(origin)) {
        i.stderr.write(`\n${d.pythonType}: ${r.diagnosticText.render(d).trim()}\n`);
      }
    }
    return 1;
  }

  /** Runs source text as a module named `name` and gives the module. */
  runSource(source: Source, name = "__main__"): PyModule {
    return this.enter(() => {
      const m = name === "__main__" ? this.mainModule(source) : new PyModule(name);
      if (name !== "__main__") {
        m.attrs.set("__file__", source.filename).set("__doc__", null).set("__package__", "");
        this.interpreter.modules.set(name, m);
      }
      this.execute(source, m);
      return m;
    });
  }

  importModule(name: string): Value {
    return this.enter(() => importByName(name));
  }
  call(f: Value, args: Value[] = [], kwargs: Kwargs = null): Value {
    return this.enter(() => r.call(f, args, kwargs));
  }
  getattr(o: Value, name: string): Value {
    return this.enter(() => r.getattr(o, name));
  }
  /** undefined if the object has no such attribute. */
  findattr(o: Value, name: string): Value | undefined {
    return this.enter(() => r.findattr(o, name));
  }
  setattr(o: Value, name: string, v: Value): void {
    this.enter(() => r.setattr(o, name, v));
  }
  repr(v: Value): string {
    return this.enter(() => r.repr(v));
  }
  /** The dict over a module's globals. */
  globalsOf(m: PyModule): r.PyDict {
    return globalsDict(m.attrs as Attrs);
  }
  flush(): void {
    this.interpreter.stdout.flush();
  }
}

/** Folders of PYTHONPATH, if the environment may be read. */
function pythonPath(): string[] {
  try {
    return (Deno.env.get("PYTHONPATH") ?? "").split(":").filter((p) => p !== "");
  } catch {
    return [];
  }
}
