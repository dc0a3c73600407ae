/**
 * Who holds the tensors of a run. Storages that the run makes belong to its Region. One that only registers of one
 * frame hold, or lists that were written down there and went nowhere else, goes back to the arena when the last of them
 * is done with it: an operand's LAST flag says when to look, and the registers themselves say whether a view still
 * needs the bytes. What a container, an object, another frame
 * or task may hold is marked `escaped`, and only a sweep or the end of the run frees it.
 */
import type { Code } from "../bytecode/code.ts";
import { LAST } from "../bytecode/opcodes.ts";
import { DictValue, FutureValue, type IValue, ListValue, ScriptObject, TupleValue } from "../core/ivalue.ts";
import { Region } from "../core/region.ts";
import type { Storage } from "../core/storage.ts";
import { Tensor } from "../core/tensor.ts";
import { interceptorsKeepTensors } from "../ops/dispatch.ts";
import { wasmArena } from "../ops/wasm/mod.ts";
import type { Task } from "./frame.ts";
import { half, type Register } from "./operands.ts";

/** A longer list counts as showing everything, which leaves its tensors to a sweep. */
const LONGEST_LIST = 64;

/** Whether a register that is no constant shows the storage, itself or through a local list. */
function inRegisters(R: readonly Register[], code: Code, s: Storage): boolean {
  const { parameterCount } = code, end = parameterCount + code.constantCount;
  for (let i = 0; i < parameterCount; i++) if (shows(R[i], s)) return true;
  for (let i = end; i < R.length; i++) if (shows(R[i], s)) return true;
  return false;
}
function shows(v: Register, s: Storage): boolean {
  if (v instanceof Tensor) return v.storage === s;
  return v instanceof ListValue && v.isLocal && (v.items.length > LONGEST_LIST || holds(v, s));
}

function holds(v: IValue, s: Storage): boolean {
  if (v instanceof Tensor) return v.storage === s;
  return (v instanceof ListValue || v instanceof TupleValue) && v.items.some((x) => holds(x, s));
}

/** Marks the tensors that `v` is or lists as held by something else than registers. */
export function escape(v: unknown): void {
  if (v instanceof Tensor) v.storage.escaped = true;
  else if (v instanceof ListValue || v instanceof TupleValue) {
    if (v instanceof ListValue) v.isLocal = false;
    const { items } = v;
    for (let i = 0; i < items.length; i++) if (typeof items[i] === "object") escape(items[i]);
  }
}

/** Walks what values reach, once each. */
class Walk {
  readonly #seen = new Set<object>();
  constructor(readonly found: (t: Tensor) => void) {}

  all(values: Iterable<unknown>): void {
    const pending: unknown[] = [...values];
    while (pending.length) {
      const v = pending.pop();
      if (typeof v !== "object" || v === null) continue;
      if (v instanceof Tensor) {
        this.found(v);
        continue;
      }
      if (this.#seen.has(v)) continue;
      this.#seen.add(v);
      if (v instanceof ListValue || v instanceof TupleValue) { for (const x of v.items) pending.push(x); }
      else if (v instanceof ScriptObject) { for (const x of v.slots) pending.push(x); }
      else if (v instanceof DictValue) { for (const [k, x] of v.entries()) pending.push(k, x); }
      else if (v instanceof FutureValue) pending.push(v.value);
    }
  }
}

const marked = new WeakSet<ScriptObject>();

/** Says of the tensors that a module holds that they will be there for the next run. */
function markModule(o: ScriptObject): void {
  if (marked.has(o)) return;
  marked.add(o);
  o.type.attributes.forEach((a, i) => {
    const v = o.slots[i];
    if (v instanceof Tensor) v.storage.ofModule ||= a.kind !== "attribute" && v.storage.region === null;
    else if (v instanceof ScriptObject) markModule(v);
  });
}

/** The memory of one run: of the main call and all its forks. */
export class RunMemory {
  /** Null where there is no WebAssembly, or where an interceptor may keep tensors. */
  region: Region | null;
  /** Values that the host has too: arguments, and what was given to Python functions. */
  readonly #shared: unknown[];

  constructor(args: readonly IValue[]) {
    const arena = interceptorsKeepTensors() ? null : wasmArena();
    this.region = arena && new Region(arena);
    this.#shared = [...args];
    const self = args[0];
    if (arena && self instanceof ScriptObject && self.type.isModule) markModule(self);
  }

  /**
   * An operator has given `v`, which registers hold already (its items when `unpacked`): frees the operator's
   * temporaries, the operands that died with it, and what the result has overwritten.
   */
  operatorDone(
    R: readonly Register[],
    code: Code,
    pc: number,
    args: readonly IValue[],
    v: IValue,
    retains: boolean,
    overwritten: Register,
    unpacked: boolean,
  ): void {
    const region = this.region!;
    if (retains) {
      for (let i = 0; i < args.length; i++) if (typeof args[i] === "object") escape(args[i]);
      if (typeof v === "object") escape(v);
      for (const s of region.fresh) s.escaped = true;
      return;
    }
    const { fresh } = region;
    for (let i = 0; i < fresh.length; i++) {
      const s = fresh[i];
      if (s.region === region && !holds(v, s)) s.release();
    }
    if (v instanceof ListValue || v instanceof TupleValue) {
      if (!unpacked) escape(v);
      else for (const x of v.items) if (!(x instanceof Tensor)) escape(x);
    }
    if (overwritten instanceof Tensor) this.#letGo(overwritten.storage, R, code);
    const { words } = code;
    for (let i = 0; i < args.length; i++) {
      const a = args[i];
      if (typeof a !== "object" || !(half(words, pc, 2 + i) & LAST)) continue;
      if (a instanceof Tensor) this.#letGo(a.storage, R, code);
      else if (a instanceof ListValue && a.isLocal) this.#letGoOfList(a, R, code);
    }
  }
  #letGoOfList({ items }: ListValue, R: readonly Register[], code: Code): void {
    if (items.length > LONGEST_LIST) return;
    for (const x of items) if (x instanceof Tensor) this.#letGo(x.storage, R, code);
  }
  #letGo(s: Storage, R: readonly Register[], code: Code): void {
    if (s.region === this.region && !s.escaped && !inRegisters(R, code, s)) s.release();
  }
  /** A called frame has returned `v`: what only its registers held is free. */
  frameDone(R: readonly Register[], v: IValue): void {
    const kept = v instanceof Tensor ? v.storage : undefined;
    if (kept === undefined) escape(v);
    for (let i = 0; i < R.length; i++) {
      const t = R[i];
      if (t instanceof Tensor) this.#releaseOf(t, kept);
      else if (t instanceof ListValue && t.isLocal) {
        for (const x of t.items) if (x instanceof Tensor) this.#releaseOf(x, kept);
      }
    }
  }
  #releaseOf({ storage: s }: Tensor, kept: Storage | undefined): void {
    if (s !== kept && !s.escaped && s.region !== null && s.region === this.region) s.release();
  }
  /** A device answers later: until then it may read the operands, and what was made may be its answer. */
  operatorPending(args: readonly IValue[]): void {
    args.forEach(escape);
    for (const s of this.region!.fresh) s.escaped = true;
  }

  /** Values go to the host, which may keep them: their bytes move to the heap, and what it stores later is looked for. */
  giveToHost(values: readonly IValue[]): void {
    if (!this.region) return;
    this.#detach(values);
    for (const v of values) {
      if (typeof v === "object" && v !== null && !(v instanceof Tensor)) this.#shared.push(v);
    }
  }
  /** The host is done: an interceptor that it has set may keep tensors from now on. */
  hostDone(): void {
    if (!this.region || !interceptorsKeepTensors()) return;
    for (const s of [...this.region.owned]) s.detachFromArena();
    this.region = null;
  }

  /**
   * At a safe point: makes the room that was missing, and frees what no task reaches. Not while a device owes an
   * answer: its values are held where no register shows them.
   */
  tend(tasks: Iterable<Task>): void {
    const region = this.region!;
    region.grow();
    if (!region.wantsSweep) return;
    const roots: unknown[] = [...this.#shared];
    for (const task of tasks) {
      if (task.isOwed) return region.swept();
      if (task.awaited) roots.push(task.awaited);
      for (let f = task.frame; f; f = f.parent) for (const v of f.registers) roots.push(v);
    }
    const live = new Set<Storage>();
    new Walk((t) => live.add(t.storage)).all(roots);
    for (const s of [...region.owned]) if (!live.has(s)) s.release();
    region.swept();
  }

  /** The run is over: what the result or the host's own values reach moves to the heap, the rest is freed. */
  close(result: IValue): void {
    const region = this.region;
    if (!region) return;
    this.region = null;
    if (region.size === 0) return;
    this.#detach([result]);
    if (region.owned.some((s) => s.escaped)) this.#detach(this.#shared);
    region.release();
  }
  /** Any region's: an outer run's tensor may have come in through an argument. */
  #detach(values: readonly unknown[]): void {
    new Walk((t) => {
      if (t.storage.region !== null) t.storage.detachFromArena();
    }).all(values);
  }
}
