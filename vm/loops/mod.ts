/**
 * Hot loops of scalars compiled to JavaScript. A loop's function works on local variables and hands back to the
 * interpreter whatever it does not do itself (`emit.ts`), so that results, fuel, suspension and tracebacks are the
 * interpreter's own. Where code may not be made from text, everything stays interpreted.
 *
 * `analysis.ts` finds loops and what is live; `structure.ts` nests their jumps; `numbers.ts` says what is a number;
 * `emit.ts`, `instructions.ts` and `operators.ts` write the text; `runtime.ts` is what the text calls.
 */
import type { Code } from "../../bytecode/code.ts";
import type { RegisterValue } from "../../bytecode/code.ts";
import { Meter } from "../limits.ts";
import { currentProbe } from "../probe.ts";
import { Analysis } from "./analysis.ts";
import { LoopText } from "./emit.ts";
import { RUNTIME } from "./runtime.ts";

/** Opcode that stands at a compiled loop's header in the words that are executed; never in a Code's own. */
export const COMPILED = 255;

/** Where a compiled loop is when something throws. */
export interface LoopState {
  pc: number;
}

type LoopFunction = (R: RegisterValue[], meter: Meter, state: LoopState) => number;

class CompiledLoop {
  #entries = 0;
  #useless = 0;
  constructor(readonly run: LoopFunction) {}

  /** Whether entering has paid so far, told of each visit. */
  pays(useful: boolean): boolean {
    this.#entries++;
    if (!useful) this.#useless++;
    return this.#entries < 64 || this.#useless * 2 < this.#entries;
  }
}

class Loops {
  readonly words: Int32Array;
  readonly #compiled = new Map<number, CompiledLoop>();
  /** How many have been compiled, whether they were kept or not. */
  made = 0;
  readonly #tried = new Set<number>();
  #analysis: Analysis | undefined;

  constructor(readonly code: Code) {
    this.words = code.words.slice();
  }
  at(pc: number): CompiledLoop | undefined {
    return this.#compiled.get(pc);
  }
  /** Compiles the loops around word `pc`. */
  warm(pc: number, R: readonly RegisterValue[]): void {
    const analysis = this.#analysis ??= new Analysis(this.code);
    for (const loop of analysis.loops) {
      if (pc < loop.header || pc >= loop.end || this.#tried.has(loop.header)) continue;
      this.#tried.add(loop.header);
      const text = new LoopText(analysis, loop, R).text();
      const run = text === null ? null : makeFunction(text, this.code.objects);
      if (!run) continue;
      this.made++;
      this.#compiled.set(loop.header, new CompiledLoop(run));
      this.words[loop.header] = COMPILED;
    }
  }
  forget(header: number): void {
    this.#compiled.delete(header);
    this.words[header] = this.code.words[header];
  }
}

const loopsOf = new WeakMap<Code, Loops>();
let allowed = true;

/** Turns the compiling of loops on or off; returns what it was. Compiled loops that are running go on. */
export function compileLoops(on: boolean): boolean {
  const was = allowed;
  allowed = on;
  return was;
}

/** The one place that makes code from text; null where that is forbidden. */
function makeFunction(text: string, objects: readonly unknown[]): LoopFunction | null {
  try {
    const names = Object.keys(RUNTIME);
    const make = new Function(
      ...names,
      "O",
      `"use strict"; return function (R, meter, state) {\n${text}\n};`,
    );
    return make(...names.map((n) => RUNTIME[n]), objects);
  } catch (e) {
    if (e instanceof SyntaxError) throw e;
    allowed = false;
    return null;
  }
}

/** How many loops of the code have been compiled. */
export function compiledLoopCount(code: Code): number {
  return loopsOf.get(code)?.made ?? 0;
}

/** The words to execute: those with compiled loops marked, when there are any; a probe's own in a profiled run. */
export function executableWords(code: Code): Int32Array {
  const probe = currentProbe();
  if (probe !== null) return probe.words(code);
  return allowed ? code.executable : code.words;
}

/** The loop around `pc` has gone round many times: compiles it, and gives the words to go on with. */
export function warm(code: Code, pc: number, R: readonly RegisterValue[]): Int32Array {
  if (!allowed || currentProbe() !== null) return executableWords(code);
  let loops = loopsOf.get(code);
  if (!loops) {
    loopsOf.set(code, loops = new Loops(code));
    code.executable = loops.words;
  }
  loops.warm(pc, R);
  return loops.words;
}

/**
 * Runs the compiled loop that begins at `pc`. Gives where to go on, or -1 - word where the time slice is over; `pc`
 * itself when the interpreter must do that instruction.
 */
export function enterLoop(
  code: Code,
  pc: number,
  R: RegisterValue[],
  meter: Meter,
  state: LoopState,
): number {
  const loops = loopsOf.get(code)!, loop = loops.at(pc);
  if (!loop) return pc;
  const before = meter.spent;
  let next: number;
  do {
    const from = meter.spent;
    next = loop.run(R, meter, state);
    if (next === pc && meter.spent === from) break;
    if (meter.credits <= 0 && meter.refill()) {
      state.pc = -1;
      return -1 - next;
    }
  } while (next === pc);
  state.pc = -1;
  if (!loop.pays(meter.spent - before >= Math.min(4, Meter.batch))) loops.forget(pc);
  return next;
}
