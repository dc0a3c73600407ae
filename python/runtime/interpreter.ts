/** The state of one running Python: its modules, search path and streams. One is current at a time. */
import type { Attrs, Value } from "./object.ts";
import { PyDict } from "./dict.ts";
import { PyList } from "./sequences.ts";
import type { PyModule } from "./module.ts";
import type { Source } from "../../core/source.ts";

export interface TextSink {
  write(text: string): void;
  flush(): void;
}

export class Interpreter {
  readonly modules = new PyDict();
  readonly path = new PyList([]);
  argv = new PyList([]);
  /** The `builtins` module's names. */
  builtins: Attrs = new Map();
  sys: PyModule | undefined;
  /** Sources of files run or imported, by file name, for tracebacks and inspect. */
  readonly sources = new Map<string, Source>();
  /** Emit code that calls the line hook: a debugger wants to stop in it. */
  lineHook = false;
  /** One line of standard input with its end; an empty string at the end. */
  readLine: () => string = readStandardInput;
  constructor(
    /** Where print ends up unless `sys.stdout` is replaced. */
    readonly stdout: TextSink,
    readonly stderr: TextSink,
    public cwd: string,
  ) {}

  /** `sys.<name>` now, if the module exists and has it. */
  sysAttribute(name: string): Value | undefined {
    return this.sys?.attrs.get(name);
  }
}

function readStandardInput(): string {
  const bytes: number[] = [];
  const one = new Uint8Array(1);
  while (bytes[bytes.length - 1] !== 10 && Deno.stdin.readSync(one)) bytes.push(one[0]);
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

let current: Interpreter | undefined;

export function interpreter(): Interpreter {
  if (!current) throw new Error("no Python host is running");
  return current;
}

/** Makes `i` current; gives the one that was. */
export function setInterpreter(i: Interpreter | undefined): Interpreter | undefined {
  const before = current;
  current = i;
  return before;
}
