/**
 * The adapter in a worker. Synchronous Python needs it: a WebGPU read needs turns of an event loop, and the thread that
 * runs Python can give none, but it can sleep in Atomics.wait while the worker's loop turns.
 */
import { type AdapterFacts, FAULT_BYTES, type Submission } from "./commands.ts";
import type { GpuQueue } from "./queue.ts";

export type ToWorker =
  | { readonly kind: "open"; readonly slot: SharedArrayBuffer }
  | { readonly kind: "submit"; readonly submission: Submission }
  | {
    readonly kind: "read";
    readonly id: number;
    readonly offset: number;
    readonly nbytes: number;
    readonly faults?: number;
    readonly slot?: SharedArrayBuffer;
    readonly ticket?: number;
  }
  | { readonly kind: "close"; readonly slot: SharedArrayBuffer };

type FromWorker = { readonly ticket: number; readonly bytes?: Uint8Array; readonly error?: string };

/** What is used of node:worker_threads; its workers, unlike the Web's, let a program end while they live. */
interface ThreadsModule {
  readonly isMainThread: boolean;
  Worker: new (url: URL) => {
    postMessage(m: ToWorker, transfer?: readonly ArrayBuffer[]): void;
    on(event: "message", f: (m: FromWorker) => void): void;
    on(event: "error", f: (e: Error) => void): void;
    ref(): void;
    unref(): void;
    terminate(): unknown;
  };
}

function threads(): ThreadsModule | undefined {
  const p = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;
  return p?.getBuiltinModule?.("node:worker_threads") as ThreadsModule | undefined;
}

/** Whether this thread may sleep while a worker answers. */
export function mayWait(): boolean {
  return threads() !== undefined && typeof SharedArrayBuffer !== "undefined";
}

/** Milliseconds an answer may take before the worker is taken for dead: software adapters are slow. */
const PATIENCE = 600_000;

/** Milliseconds that the end of a program waits for its device. */
const CLOSING = 10_000;

/** Sleeps until the slot is answered; its bytes, or an Error with the worker's text. */
function waitFor(slot: SharedArrayBuffer, patience = PATIENCE): Uint8Array {
  const state = new Int32Array(slot, 0, 2);
  if (Atomics.wait(state, 0, 0, patience) === "timed-out") {
    throw new Error("the GPU's worker does not answer");
  }
  const bytes = new Uint8Array(slot, 8, state[1]).slice();
  if (state[0] === 2) throw new Error(new TextDecoder().decode(bytes));
  return bytes;
}

/** Calls `f` when the program, or the test file, ends; returns what takes that back. */
function atEnd(f: () => void): () => void {
  if ("Deno" in globalThis) {
    globalThis.addEventListener("unload", f);
    return () => globalThis.removeEventListener("unload", f);
  }
  const { process } = globalThis as unknown as {
    process: { on(event: "exit", f: () => void): void; off(event: "exit", f: () => void): void };
  };
  process.on("exit", f);
  return () => process.off("exit", f);
}

/** Starts the worker and waits for its adapter. Throws an Error that says why there is none. */
export function openInWorker(): GpuQueue {
  const worker = new (threads()!.Worker)(new URL("./worker.ts", import.meta.url));
  worker.unref();
  const slot = new SharedArrayBuffer(4096);
  worker.postMessage({ kind: "open", slot });
  let facts: AdapterFacts;
  try {
    facts = JSON.parse(new TextDecoder().decode(waitFor(slot)));
  } catch (e) {
    worker.terminate();
    throw e;
  }
  // A driver whose device still lives while the process ends crashes now and then: its threads run on beside the
  // destructors. So the device goes first, and the program's end waits for that.
  const close = () => {
    forget();
    const closed = new SharedArrayBuffer(8);
    worker.postMessage({ kind: "close", slot: closed });
    waitFor(closed, CLOSING);
  };
  const forget = atEnd(close);
  const waiting = new Map<number, { resolve(b: Uint8Array): void; reject(e: Error): void }>();
  let tickets = 0, landing = new SharedArrayBuffer(65536);
  worker.on("message", ({ ticket, bytes, error }) => {
    const w = waiting.get(ticket)!;
    waiting.delete(ticket);
    if (waiting.size === 0) worker.unref();
    if (bytes) w.resolve(bytes);
    else w.reject(new Error(error));
  });
  return {
    facts,
    submit: (submission) => {
      const transfer = [submission.words, submission.block, ...submission.writes.map((w) => w.bytes)];
      worker.postMessage({ kind: "submit", submission }, transfer.map((v) => v.buffer as ArrayBuffer));
    },
    read: (id, offset, nbytes, faults) =>
      new Promise((resolve, reject) => {
        const ticket = tickets++;
        waiting.set(ticket, { resolve, reject });
        worker.ref();
        worker.postMessage({ kind: "read", id, offset, nbytes, faults, ticket });
      }),
    readNow: (id, offset, nbytes, faults) => {
      const most = nbytes + 8 + FAULT_BYTES;
      if (landing.byteLength < most) landing = new SharedArrayBuffer(2 ** Math.ceil(Math.log2(most)));
      new Int32Array(landing, 0, 2).fill(0);
      worker.postMessage({ kind: "read", id, offset, nbytes, faults, slot: landing });
      return waitFor(landing);
    },
    close,
  };
}
