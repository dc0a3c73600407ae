/**
 * Mutated Python files: whatever the text, the parser gives a tree or SyntaxDiagnostics, and the emitter JavaScript that
 * compiles. `deno run -A tests/syntax/mutations.ts [COUNT] [FOLDER]` tries COUNT mutations of the files in a folder.
 */
import { Diagnostic, NotImplemented } from "../../core/errors.ts";
import { Source } from "../../core/source.ts";
import { parseModule } from "../../compiler/syntax/mod.ts";
import { emitModule } from "../../python/emit/mod.ts";
import { Interpreter, setInterpreter } from "../../python/runtime/interpreter.ts";

/** Texts that tend to change what a file means. */
const PIECES = [
  ..."()[]{}:;,.@=+-*/%|&^~<>!\\'\"`$?\n\t #",
  ..."0x 1e 1_ 0b1 'f\" f'{ {{ }} \"\"\" ''' := -> ** // ... \r \f \0 \u00e9 \ud800 \u2028".split(" "),
  ..." if , else, for , in, lambda: , lambda *a, **k: , async , await , yield , yield from , not , is , def f(,class A("
    .split(","),
  ..."\n  ,\nelse:\n,\ntry:\n,\nmatch x:\n,\n    case {**r}:\n,\nwith (a as b):\n,\nglobal x\n,\nnonlocal x\n,return,break"
    .split(","),
  ...",import ,from . import *,except*,*, **a,type X = 1,del ,del (a)\n,__debug__,None = 1,(yield) = 1".split(
    ",",
  ),
];

/** Numbers from a seed, each below `n`. */
export function numbers(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * n);
  };
}

/** `text` with one to four changes: pieces put in, stretches cut out, moved or repeated. */
export function mutate(text: string, below: (n: number) => number): string {
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const at = below(text.length + 1), to = Math.min(text.length, at + below(40));
    const piece = PIECES[below(PIECES.length)];
    const cut = text.slice(0, at) + text.slice(to);
    const other = below(cut.length + 1);
    text = [
      () => text.slice(0, at) + piece + text.slice(at),
      () => text.slice(0, at) + piece + text.slice(to),
      () => cut,
      () => cut.slice(0, other) + text.slice(at, to) + cut.slice(other),
      () => text.slice(0, at) + piece.repeat(1 + below(200)) + text.slice(at),
    ][below(5)]();
  }
  return text;
}

const LONGEST_MS = 5000;

/** Parses and emits; what is wrong, or undefined. A syntax error is right. */
export function fault(text: string): string | undefined {
  const source = new Source(text, "mutated.py");
  const from = performance.now();
  try {
    const { module, errors } = parseModule(source);
    for (const e of errors) {
      const { start, end } = e.range!;
      if (start < 0 || end > text.length || start > end) return `range ${start}:${end} of ${text.length}`;
    }
    if (errors.length === 0) emitModule(module, source, new Map());
  } catch (e) {
    if (!(e instanceof Diagnostic || e instanceof NotImplemented)) {
      return e instanceof Error
        ? `${e.name}: ${e.message}\n${e.stack?.split("\n").slice(1, 6).join("\n")}`
        : `${e}`;
    }
  }
  const took = performance.now() - from;
  return took > LONGEST_MS ? `took ${took.toFixed(0)} ms` : undefined;
}

export function withInterpreter<T>(body: () => T): T {
  const sink = { write: () => {}, flush: () => {} };
  const before = setInterpreter(new Interpreter(sink, sink, ""));
  try {
    return body();
  } finally {
    setInterpreter(before);
  }
}

export function pythonFiles(folder: string): string[] {
  return [...Deno.readDirSync(folder)].filter((f) => f.isFile && f.name.endsWith(".py"))
    .map((f) => `${folder}/${f.name}`).sort();
}

if (import.meta.main) {
  const count = Number(Deno.args[0] ?? 2000);
  const files = pythonFiles(Deno.args[1] ?? new URL("../../python/lib", import.meta.url).pathname)
    .map((f) => Deno.readTextFileSync(f)).filter((t) => t.length < 20_000);
  let faults = 0;
  withInterpreter(() => {
    for (let seed = 0; seed < count; seed++) {
      const below = numbers(seed * 2654435761);
      const text = mutate(files[below(files.length)], below);
      const wrong = fault(text);
      if (wrong === undefined) continue;
      faults++;
      console.log(`seed ${seed}: ${wrong}`);
    }
  });
  console.log(`${count} mutations, ${faults} faults`);
  Deno.exit(faults ? 1 : 0);
}
