/** Where submissions go: the adapter on this thread, or in a worker that can be waited for. */
import type { AdapterFacts, Submission } from "./commands.ts";
import { Executor } from "./executor.ts";

export interface GpuQueue {
  readonly facts: AdapterFacts;
  submit(s: Submission): void;
  /** Bytes of a buffer once everything submitted before is done; behind them the fault words of `faults`, if given. */
  read(id: number, offset: number, nbytes: number, faults?: number): Promise<Uint8Array>;
  /** The same, blocking this thread; absent where it may not wait. */
  readonly readNow?: (id: number, offset: number, nbytes: number, faults?: number) => Uint8Array;
  close(): void;
}

/** The adapter on this thread: reads only as promises. */
export async function openInThread(): Promise<GpuQueue> {
  const executor = await Executor.open();
  return {
    facts: executor.facts,
    submit: (s) => executor.submit(s),
    read: (id, offset, nbytes, faults) => executor.read(id, offset, nbytes, faults),
    close: () => void executor.close(),
  };
}
