/** Finds the command, runs it, and says what went wrong with the exit code that fits. */
import { Diagnostic, NotImplemented, RuntimeFault } from "../core/errors.ts";
import {
  CompileErrors,
  FAULT,
  InputError,
  INTERNAL,
  NOT_IMPLEMENTED,
  OK,
  USAGE,
  UsageError,
} from "./exit_codes.ts";
import { didYouMean } from "./suggest.ts";
import { COMMANDS, usage } from "./usage.ts";

type Command = (args: readonly string[]) => Promise<number>;

/** Commands load when they run: `--help` needs none of them. */
const LOAD: Record<string, () => Promise<Command>> = {
  script: async () => (await import("./script.ts")).script,
  trace: async () => (await import("./trace.ts")).trace,
  run: async () => (await import("./run.ts")).run,
  inspect: async () => (await import("./inspect.ts")).inspect,
  export: async () => (await import("./export.ts")).exportModel,
  python: async () => (await import("./python.ts")).python,
};

/** Runs the command line `args`; returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h") {
    console.log(usage());
    return name === undefined ? USAGE : OK;
  }
  if (!Object.hasOwn(LOAD, name)) {
    console.error(
      `unknown command ${name}.${didYouMean(name, Object.keys(COMMANDS))} --help lists the commands.`,
    );
    return USAGE;
  }
  const own = name === "python" ? rest.slice(0, 1) : rest;
  if (own.includes("--help") || own.includes("-h")) {
    console.log(usage(name));
    return OK;
  }
  try {
    return await (await LOAD[name]())(rest);
  } catch (e) {
    return report(e, name);
  }
}

function printDiagnostic(d: Diagnostic): void {
  const place = d.range ? `${d.range}: ` : "";
  console.error(
    `${place}${d.text}${d.range ? "\n" + d.range.highlight() : ""}${d.hint ? `\n${d.hint}` : ""}`,
  );
}

function report(e: unknown, command: string): number {
  if (e instanceof UsageError) {
    console.error(`${e.message}\nTry: deno run -A cli.ts ${command} --help`);
    return USAGE;
  }
  if (e instanceof NotImplemented) {
    console.error(`not implemented: ${e.message}${e.range ? "\n" + e.range.highlight() : ""}`);
    return NOT_IMPLEMENTED;
  }
  if (e instanceof CompileErrors) {
    for (const d of e.errors) printDiagnostic(d);
    console.error(`${e.errors.length} errors`);
    return FAULT;
  }
  if (e instanceof Diagnostic) {
    printDiagnostic(e);
    return FAULT;
  }
  if (e instanceof RuntimeFault || e instanceof InputError) {
    console.error(e.message);
    return FAULT;
  }
  // The host is loaded only by the commands that run Python, so its error is told by name.
  if (e instanceof Error && e.name === "PythonError") {
    const syntaxErrors = (e as { syntaxErrors?: string }).syntaxErrors;
    if (syntaxErrors !== undefined) {
      console.error(syntaxErrors);
      return FAULT;
    }
    if (e.cause instanceof Diagnostic) {
      const { furtherErrors = [] } = e as { furtherErrors?: readonly Diagnostic[] };
      if (!furtherErrors.length) return report(e.cause, command);
      return report(new CompileErrors([e.cause, ...furtherErrors]), command);
    }
    console.error(e.message);
    return FAULT;
  }
  if (e instanceof Deno.errors.NotFound || e instanceof Deno.errors.PermissionDenied) {
    console.error(e.message);
    return FAULT;
  }
  console.error(`internal error of Wick: ${e instanceof Error ? e.stack ?? e.message : String(e)}`);
  return INTERNAL;
}
