/**
 * Addresses in a growing linear memory: free blocks in size classes (powers of two), split on allocation and
 * merged with their neighbours when freed. Bookkeeping is outside the memory, so that kernels cannot damage it.
 */

const ALIGN = 64;

export class Allocator {
  #sizes = new Map<number, number>();
  #freeSize = new Map<number, number>();
  #freeByEnd = new Map<number, number>();
  #bins: Set<number>[] = Array.from({ length: 33 }, () => new Set<number>());
  #top: number;
  /** Bytes handed out now. */
  inUse = 0;

  /** Hands out addresses from `start` up; `ensure(top)` makes the memory reach `top` or throws. */
  constructor(start: number, readonly ensure: (top: number) => void) {
    this.#top = Math.ceil(start / ALIGN) * ALIGN;
  }

  #bin(size: number): number {
    return 31 - Math.clz32(Math.floor(size / ALIGN));
  }
  #insert(address: number, size: number): void {
    this.#freeSize.set(address, size);
    this.#freeByEnd.set(address + size, address);
    this.#bins[this.#bin(size)].add(address);
  }
  #remove(address: number): number {
    const size = this.#freeSize.get(address)!;
    this.#freeSize.delete(address);
    this.#freeByEnd.delete(address + size);
    this.#bins[this.#bin(size)].delete(address);
    return size;
  }
  /** A free block of at least `size`: a short look in its own class, then any of a larger class. */
  #find(size: number): number {
    const first = this.#bin(size);
    let tries = 8;
    for (const a of this.#bins[first]) {
      if (this.#freeSize.get(a)! >= size) return a;
      if (--tries === 0) break;
    }
    for (let i = first + 1; i < this.#bins.length; i++) {
      for (const a of this.#bins[i]) return a;
    }
    return -1;
  }

  /**
   * Address of `nbytes` bytes, 64-byte aligned, contents undefined. Zero bytes get an address of their own too. With a
   * `limit`, -1 when that would take the end of what is handed out beyond it.
   */
  alloc(nbytes: number, limit = Infinity): number {
    const size = Math.max(ALIGN, Math.ceil(nbytes / ALIGN) * ALIGN);
    let address = this.#find(size);
    if (address >= 0) {
      const whole = this.#remove(address);
      if (whole > size) this.#insert(address + size, whole - size);
    } else {
      address = this.#top;
      if (address + size > limit) return -1;
      this.ensure(address + size);
      this.#top = address + size;
    }
    this.#sizes.set(address, size);
    this.inUse += size;
    return address;
  }

  /** End of all that is handed out. */
  get top(): number {
    return this.#top;
  }
  /** Bytes that belong to an address that `alloc` gave. */
  sizeOf(address: number): number {
    return this.#sizes.get(address) ?? 0;
  }

  /** Gives back what `alloc` gave. */
  free(address: number): void {
    let size = this.#sizes.get(address);
    if (size === undefined) throw new Error(`free of ${address}, which is not allocated`);
    this.#sizes.delete(address);
    this.inUse -= size;
    const before = this.#freeByEnd.get(address);
    if (before !== undefined) {
      size += this.#remove(before);
      address = before;
    }
    if (this.#freeSize.has(address + size)) size += this.#remove(address + size);
    if (address + size === this.#top) this.#top = address;
    else this.#insert(address, size);
  }
}
