/** The worker that holds the adapter: runs submissions in order and answers reads in shared memory or by message. */
import { parentPort } from "node:worker_threads";
import { Executor } from "./executor.ts";
import type { ToWorker } from "./worker_queue.ts";

let executor: Executor | undefined;

/** Writes an answer behind its two words of state and length, and wakes the thread that waits. */
function answer(slot: SharedArrayBuffer, bytes: Uint8Array, ok: boolean): void {
  const state = new Int32Array(slot, 0, 2), fits = Math.min(bytes.byteLength, slot.byteLength - 8);
  new Uint8Array(slot, 8).set(bytes.subarray(0, fits));
  state[1] = fits;
  Atomics.store(state, 0, ok ? 1 : 2);
  Atomics.notify(state, 0);
}

const text = (s: string) => new TextEncoder().encode(s);

async function handle(m: ToWorker): Promise<void> {
  if (m.kind === "open") {
    try {
      executor = await Executor.open();
      answer(m.slot, text(JSON.stringify(executor.facts)), true);
    } catch (e) {
      answer(m.slot, text((e as Error).message), false);
    }
  } else if (m.kind === "submit") executor!.submit(m.submission);
  else if (m.kind === "close") {
    await executor!.close();
    answer(m.slot, new Uint8Array(), true);
  } else {
    try {
      const bytes = await executor!.read(m.id, m.offset, m.nbytes, m.faults);
      if (m.slot) answer(m.slot, bytes, true);
      else parentPort!.postMessage({ ticket: m.ticket, bytes }, [bytes.buffer as ArrayBuffer]);
    } catch (e) {
      if (m.slot) answer(m.slot, text((e as Error).message), false);
      else parentPort!.postMessage({ ticket: m.ticket, error: (e as Error).message });
    }
  }
}

parentPort!.on("message", (m: ToWorker) => void handle(m));
