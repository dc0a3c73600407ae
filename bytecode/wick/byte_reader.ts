/** Reading a section that nobody vouches for: every count and offset is checked before it is used. */
import { RuntimeFault } from "../../core/errors.ts";
import { CONTAINER_BYTES, type MemoryBudget, SLOT_BYTES } from "../../core/memory_budget.ts";

/** The error for a damaged file; names the section and the offset in it. */
export function refuse(section: string, offset: number, what: string): never {
  throw new RuntimeFault("RuntimeError", `.wick file, section ${section}, offset ${offset}: ${what}`);
}

export class ByteReader {
  readonly #view: DataView;
  #at = 0;
  constructor(readonly section: string, readonly bytes: Uint8Array, readonly budget: MemoryBudget) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#at;
  }
  get remaining(): number {
    return this.bytes.length - this.#at;
  }
  fail(what: string): never {
    return refuse(this.section, this.#at, what);
  }
  /** Counts memory that the file makes the loader take. */
  charge(bytes: number): void {
    this.budget.take(bytes, `.wick file, section ${this.section}`, this.#at);
  }
  #take(n: number): number {
    if (n > this.remaining) this.fail(`${n} bytes are wanted, ${this.remaining} are left`);
    const at = this.#at;
    this.#at += n;
    return at;
  }
  byte(): number {
    return this.bytes[this.#take(1)];
  }
  unsigned(): number {
    let v = 0, scale = 1;
    for (;;) {
      const b = this.byte();
      v += (b & 127) * scale;
      if (v > Number.MAX_SAFE_INTEGER) this.fail("a number is too large");
      if (b < 128) return v;
      scale *= 128;
    }
  }
  signed(): number {
    const b = this.byte();
    let v = b & 63;
    if (b & 128) v += this.unsigned() * 64;
    if (v > Number.MAX_SAFE_INTEGER) this.fail("a number is too large");
    return b & 64 ? -v - 1 : v;
  }
  int64(): bigint {
    return this.#view.getBigInt64(this.#take(8), true);
  }
  float64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }
  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }
  /** A count of things that take at least `each` bytes apiece, so that it cannot ask for more memory than the file. */
  count(each = 1): number {
    const n = this.unsigned();
    if (n * each > this.remaining) this.fail(`a count of ${n} is beyond the section's end`);
    return n;
  }
  /** `count` results of `read`, which take at least `each` bytes of the file and `cost` of memory apiece. */
  list<T>(read: (i: number) => T, each = 1, cost = SLOT_BYTES + CONTAINER_BYTES): T[] {
    const n = this.count(each);
    this.charge(n * cost);
    const out = new Array<T>(n);
    for (let i = 0; i < n; i++) out[i] = read(i);
    return out;
  }
  /** An index into a table of `size` rows. */
  index(size: number, table: string): number {
    const i = this.unsigned();
    if (i >= size) this.fail(`${table} ${i} of ${size}`);
    return i;
  }
  words(n: number): Int32Array {
    const at = this.#take(4 * n);
    this.charge(4 * n);
    const out = new Int32Array(n);
    for (let i = 0; i < n; i++) out[i] = this.#view.getInt32(at + 4 * i, true);
    return out;
  }
  raw(n: number): Uint8Array {
    const at = this.#take(n);
    return this.bytes.subarray(at, at + n);
  }
  /** The section must be used up. */
  end(): void {
    if (this.remaining) this.fail(`${this.remaining} bytes follow the last field`);
  }
}
