/** What loading a file may take: a damaged or hostile one must not ask for more than its size accounts for. */
import { RuntimeFault } from "./errors.ts";

/** On top of twice the file's size. */
const ALLOWANCE = 64 << 20;

/** Bytes that a place for a value counts as. */
export const SLOT_BYTES = 8;
/** Bytes that a container counts as on top of its items. */
export const CONTAINER_BYTES = 56;

/** Counts what a load allocates: inflated members, storages, values of pickles, text. */
export class MemoryBudget {
  readonly limit: number;
  #used = 0;

  constructor(fileBytes: number) {
    this.limit = 2 * fileBytes + ALLOWANCE;
  }
  get used(): number {
    return this.#used;
  }
  /** Counts `bytes` more for `entry`; refuses the file when that is too much. */
  take(bytes: number, entry: string, offset = 0): void {
    this.#used += bytes;
    if (!(this.#used <= this.limit)) {
      throw new RuntimeFault(
        "RuntimeError",
        `${entry}, offset ${offset}: loading takes more memory than the ${this.limit} bytes that such a file may ask for`,
      );
    }
  }
}
