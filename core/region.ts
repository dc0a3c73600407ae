/**
 * Regions: the arena storages that one run of the virtual machine makes. While a region is current, fresh CPU
 * storages are its own; they go back to the arena at their last use, in a sweep, or at the end of the run, and what
 * outlives the run is moved to the JS heap first. Only the VM knows when a storage is no longer held; here is who owns
 * what.
 */
import { type Arena, Storage } from "./storage.ts";

/** Bytes below which a storage costs less on the heap than in the arena. */
const SMALL = 64;
/** Live bytes before the first sweep. */
const FIRST_LIMIT = 16 << 20;

export class Region {
  /** What the region owns, in no order; a storage knows its place. */
  readonly #owned: Storage[] = [];
  /** What was allocated since `beginOperator`. */
  readonly #fresh: Storage[] = [];
  /** Bytes of what it owns. */
  bytes = 0;
  #limit = FIRST_LIMIT;
  /** Bytes that an allocation found no room for without growing the memory. */
  #shortfall = 0;
  /** Whether the next safe point should sweep or grow. */
  isDue = false;

  constructor(readonly arena: Arena) {}

  get size(): number {
    return this.#owned.length;
  }
  get owned(): readonly Storage[] {
    return this.#owned;
  }
  /** Whether a sweep is due, rather than room. */
  get wantsSweep(): boolean {
    return this.bytes > this.#limit;
  }

  /**
   * A storage of the region; contents undefined. null when it is too small to be worth it, and when the memory would
   * have to grow: typed-array views that a running kernel holds would be detached, so memory grows between operators.
   */
  allocate(nbytes: number): Storage | null {
    if (nbytes < SMALL) return null;
    const s = Storage.within(this.arena, nbytes, this);
    if (s === null) {
      this.lacks(nbytes);
      return null;
    }
    s.regionIndex = this.#owned.push(s) - 1;
    this.#fresh.push(s);
    this.bytes += nbytes;
    if (this.bytes > this.#limit) this.isDue = true;
    return s;
  }
  /** Something would go into the memory if it were larger; it grows at the next safe point. */
  lacks(nbytes: number): void {
    this.#shortfall = Math.max(this.#shortfall, nbytes);
    this.isDue = true;
  }
  /** Takes over a storage of another device, which is freed as the region's own are. */
  adopt(s: Storage): void {
    s.region = this;
    s.regionIndex = this.#owned.push(s) - 1;
    this.#fresh.push(s);
    this.bytes += s.nbytes;
    if (this.bytes > this.#limit) this.isDue = true;
  }
  /** Storage's own part of being released or moved to the heap. */
  disown(s: Storage): void {
    const last = this.#owned.pop()!;
    if (last !== s) {
      this.#owned[s.regionIndex] = last;
      last.regionIndex = s.regionIndex;
    }
    this.bytes -= s.nbytes;
  }

  /** An operator begins: what it allocates from here on and does not return is its own temporary. */
  beginOperator(): void {
    this.#fresh.length = 0;
  }
  get fresh(): readonly Storage[] {
    return this.#fresh;
  }
  /** Makes the memory grow if an allocation has found no room; call where no kernel runs. */
  grow(): void {
    if (this.#shortfall > 0) this.arena.reserve(2 * this.#shortfall);
    this.#shortfall = 0;
    this.isDue = this.wantsSweep;
  }
  /** A sweep is over: the next one comes when twice what has survived is live. */
  swept(): void {
    this.#limit = Math.max(FIRST_LIMIT, 2 * this.bytes);
    this.isDue = this.#shortfall > 0;
  }
  /** Gives all that it still owns back. */
  release(): void {
    while (this.#owned.length) this.#owned[this.#owned.length - 1].release();
  }
}

let current: Region | null = null;

/** The region that fresh storages go to; null for the heap. */
export function currentRegion(): Region | null {
  return current;
}
/** Makes `r` current and returns what was; the caller puts that back, whatever happens. */
export function enterRegion(r: Region | null): Region | null {
  const before = current;
  current = r;
  return before;
}
/** Runs `body` with fresh storages on the heap. */
export function outsideRegion<R>(body: () => R): R {
  const before = enterRegion(null);
  try {
    return body();
  } finally {
    enterRegion(before);
  }
}
