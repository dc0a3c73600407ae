/** Where the time of runs goes: by operator and by source line, inlined calls at their own lines. */
import type { CallSite, Code, Place } from "../bytecode/code.ts";
import { Op, type OpcodeRow, OPCODES } from "../bytecode/opcodes.ts";
import { Storage } from "../core/storage.ts";
import type { Operator } from "../ops/operator.ts";
import { recordKernels } from "../ops/wasm/kernel_cache.ts";
import { enterProbe, type Probe, PROBED } from "./probe.ts";

/** One operator of a profile; an instruction that is none goes by its opcode's name. */
export interface OperatorProfile {
  readonly operator: string;
  readonly calls: number;
  /** Milliseconds of all calls together. */
  readonly ms: number;
  /** Part of the profile's time, from 0 to 1. */
  readonly share: number;
  /** Bytes of the storages that its calls made, temporary ones too. */
  readonly bytes: number;
  /** Names of the WebAssembly kernels that it was computed with. */
  readonly kernels: readonly string[];
}

/** One source line of a profile. */
export interface LineProfile {
  /** Undefined where a model has no places. */
  readonly file: string | undefined;
  /** From 1; 0 where a model has no places. */
  readonly line: number;
  /** The line itself, without indentation. */
  readonly text: string;
  /** How often it ran: the most that one of its instructions did. */
  readonly calls: number;
  readonly ms: number;
  readonly share: number;
}

/** What is counted of each instruction of a code, by word. */
class Counts {
  readonly words: Int32Array;
  readonly calls: Float64Array;
  readonly ms: Float64Array;
  readonly bytes: Float64Array;
  readonly kernels: Map<number, Set<string>> = new Map();

  constructor(readonly code: Code) {
    const n = code.words.length;
    this.words = code.words.slice();
    this.calls = new Float64Array(n);
    this.ms = new Float64Array(n);
    this.bytes = new Float64Array(n);
    for (const at of code.starts) this.hide(at);
  }
  hide(at: number): void {
    this.words[at] = this.words[at] & ~0xff | PROBED;
  }
}

interface Running {
  readonly counts: Counts;
  readonly pc: number;
}

/** Milliseconds that a look at the clock takes, at best. */
function clockTime(): number {
  let least = Infinity;
  for (let i = 0; i < 200; i++) {
    const t = performance.now();
    least = Math.min(least, performance.now() - t);
  }
  return least;
}

/**
 * A profile, filled by the runs that name it in their options, or that happen inside `around`. Time is the instruction's
 * own: what a called function does is at that function's lines. Hot loops are interpreted, so scalar code takes longer
 * than without a profile; operators do not. Time that a run is suspended is nobody's.
 */
export class Profile implements Probe {
  readonly #codes = new Map<Code, Counts>();
  #running: Running | null = null;
  #since = 0;
  #bytesBefore = 0;
  readonly #suspended = new WeakMap<object, Running>();
  readonly #kernels = new Set<string>();
  readonly #clock = clockTime();

  /** Calls `f`; every script that runs meanwhile is in the profile. */
  around<R>(f: () => R): R {
    const before = enterProbe(this);
    try {
      return f();
    } finally {
      enterProbe(before);
    }
  }

  // --- told by the virtual machine ---

  words(code: Code): Int32Array {
    return this.#countsOf(code).words;
  }
  #countsOf(code: Code): Counts {
    let counts = this.#codes.get(code);
    if (!counts) this.#codes.set(code, counts = new Counts(code));
    return counts;
  }
  at(code: Code, pc: number): void {
    this.#close();
    const counts = this.#countsOf(code);
    counts.words[pc] = code.words[pc];
    counts.calls[pc]++;
    this.#open({ counts, pc });
  }
  #open(running: Running): void {
    this.#running = running;
    this.#bytesBefore = Storage.bytesMade;
    this.#since = performance.now();
  }
  /** The running instruction is done, or interrupted. */
  #close(): void {
    const ms = performance.now() - this.#since - this.#clock, running = this.#running;
    if (running === null) return;
    const { counts, pc } = running;
    if (ms > 0) counts.ms[pc] += ms;
    counts.bytes[pc] += Storage.bytesMade - this.#bytesBefore;
    counts.hide(pc);
    this.#running = null;
    if (this.#kernels.size === 0) return;
    let names = counts.kernels.get(pc);
    if (!names) counts.kernels.set(pc, names = new Set());
    for (const k of this.#kernels) names.add(k);
    this.#kernels.clear();
  }
  begin(task: object): Running | null {
    const outer = this.#running;
    this.#close();
    recordKernels(this.#kernels);
    // What a device owed is asked for now.
    const suspended = this.#suspended.get(task);
    if (suspended) this.#open(suspended);
    return outer;
  }
  end(task: object, outer: Running | null, again: boolean): void {
    const running = this.#running;
    this.#close();
    if (running) {
      if (again) running.counts.calls[running.pc]--;
      else this.#suspended.set(task, running);
    }
    if (outer) this.#open(outer);
    else recordKernels(undefined);
  }

  // --- what came out ---

  /** Milliseconds of all instructions. */
  get ms(): number {
    let sum = 0;
    for (const { ms } of this.#codes.values()) for (const x of ms) sum += x;
    return sum;
  }
  /** By operator, the most expensive first. */
  get operators(): OperatorProfile[] {
    const total = this.ms,
      rows = new Map<string, { -readonly [K in keyof OperatorProfile]: OperatorProfile[K] }>();
    for (const counts of this.#codes.values()) {
      for (const at of counts.code.starts) {
        if (counts.calls[at] === 0) continue;
        const operator = nameOf(counts.code, at);
        let row = rows.get(operator);
        if (!row) rows.set(operator, row = { operator, calls: 0, ms: 0, share: 0, bytes: 0, kernels: [] });
        row.calls += counts.calls[at];
        row.ms += counts.ms[at];
        row.bytes += counts.bytes[at];
        row.kernels = [...new Set([...row.kernels, ...counts.kernels.get(at) ?? []])];
      }
    }
    return sorted(rows.values(), total);
  }
  /** By source line, the most expensive first. */
  get lines(): LineProfile[] {
    const total = this.ms, rows = new Map<string, Line>();
    for (const counts of this.#codes.values()) {
      counts.code.starts.forEach((at, i) => {
        if (counts.calls[at] > 0) addToLine(rows, counts.code, i, counts.calls[at], counts.ms[at]);
      });
    }
    const lines = [...rows.values()].map(({ file, line, text, ms, sites }) => ({
      file,
      line,
      text,
      calls: callsOf(sites),
      ms,
      share: 0,
    }));
    return sorted(lines, total);
  }
  /** The whole profile as plain data. */
  toJSON(): { ms: number; operators: OperatorProfile[]; lines: LineProfile[] } {
    return { ms: this.ms, operators: this.operators, lines: this.lines };
  }
}

function sorted<T extends { ms: number; share: number }>(rows: Iterable<T>, total: number): T[] {
  const all = [...rows].sort((a, b) => b.ms - a.ms);
  for (const r of all) r.share = total > 0 ? r.ms / total : 0;
  return all;
}

/** An operator's key; the opcode's name for what is no operator. */
function nameOf(code: Code, at: number): string {
  const opcode = code.words[at] & 0xff;
  if (opcode === Op.OP || opcode === Op.OPN) {
    return (code.objects[code.words[at + 1] & 0xffff] as Operator).key;
  }
  const row: OpcodeRow = OPCODES[opcode];
  return row.operators?.[0] ?? row.name;
}

interface Line {
  readonly file: string | undefined;
  readonly line: number;
  readonly text: string;
  ms: number;
  /** The most that an instruction ran, for each call that was inlined and for each code's own. */
  readonly sites: Map<CallSite | Code, { readonly code: Code; calls: number }>;
}

function addToLine(rows: Map<string, Line>, code: Code, i: number, calls: number, ms: number): void {
  const { range, inlined }: Place = code.places[i] ?? { range: undefined, inlined: undefined };
  const file = range?.source.filename, line = range?.source.position(range.start).line ?? 0;
  const key = `${file}:${line}`;
  let row = rows.get(key);
  if (!row) {
    const text = range ? range.source.lineText(range.source.lineIndex(range.start)).trim() : "";
    rows.set(key, row = { file, line, text, ms: 0, sites: new Map() });
  }
  row.ms += ms;
  const site = inlined ?? code, known = row.sites.get(site);
  if (known) known.calls = Math.max(known.calls, calls);
  else row.sites.set(site, { code, calls });
}

/** Instructions without a result forget the call that they came through: beside others of their line they do not count. */
function callsOf(sites: Line["sites"]): number {
  const inlinedIn = new Set<Code>();
  for (const [site, { code }] of sites) if (site !== code) inlinedIn.add(code);
  let calls = 0;
  for (const [site, s] of sites) if (site !== s.code || !inlinedIn.has(s.code)) calls += s.calls;
  return calls;
}
