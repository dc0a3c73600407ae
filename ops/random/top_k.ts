/**
 * Which of equal keys `topk` takes, and in which order: PyTorch leaves it to the C++ library's selection
 * algorithms, so ties come out as those leave them. `multinomial` without replacement depends on it (weights of
 * zero, keys of the 16-bit types). Short lists of winners go through a heap (`partial_sort`), longer ones
 * through quickselect and introsort.
 */

/** True when the element with key `a` belongs before the one with key `b`. */
type Before = (a: number, b: number) => boolean;

const descending: Before = (a, b) => (a !== a && b === b) || a > b;
const ascending: Before = (a, b) => (a === a && b !== b) || a < b;

function positions(n: number): Int32Array {
  const index = new Int32Array(n);
  for (let i = 0; i < n; i++) index[i] = i;
  return index;
}

/** Orders for `unstableOrder`: NaN is the largest in the first two, equal to everything in the third. */
const ORDERS: Readonly<Record<"ascending" | "descending" | "less", Before>> = {
  ascending,
  descending,
  less: (a, b) => a < b,
};

/** Positions in order as the C++ library's unstable sort leaves them. */
export function unstableOrder(keys: ArrayLike<number>, order: keyof typeof ORDERS): Int32Array {
  const index = positions(keys.length);
  new Selection(index, keys, ORDERS[order]).sort(0, keys.length);
  return index;
}

/**
 * Indices of the `k` largest (or smallest) of `keys`, in the order in which `torch.topk` returns them on the
 * CPU. NaN counts as the largest.
 */
export function topK(keys: ArrayLike<number>, k: number, largest = true, sorted = true): Int32Array {
  const n = keys.length;
  const index = positions(n);
  const before = largest ? descending : ascending;
  const s = new Selection(index, keys, before);
  if (k > 0 && n > 0) {
    if (k * 64 <= n) s.partialSort(0, k, n);
    else {
      s.select(0, k - 1, n);
      if (sorted) s.sort(0, k - 1);
    }
  }
  return index.subarray(0, k);
}

/** Length up to which introsort leaves a range to insertion. */
const SMALL = 16;

class Selection {
  constructor(readonly at: Int32Array, readonly keys: ArrayLike<number>, readonly before: Before) {}

  /** Whether the element at position `i` belongs before that at `j`. */
  #less(i: number, j: number): boolean {
    return this.before(this.keys[this.at[i]], this.keys[this.at[j]]);
  }

  #swap(i: number, j: number): void {
    const save = this.at[i];
    this.at[i] = this.at[j];
    this.at[j] = save;
  }

  /** Lets `element` sink from `hole` to a leaf of the heap at `first`, then rise to its place. */
  #sink(first: number, hole: number, length: number, element: number): void {
    const { at, keys, before } = this;
    const top = hole;
    let child = hole;
    while (child < (length - 1) >> 1) {
      child = 2 * (child + 1);
      if (this.#less(first + child, first + child - 1)) child--;
      at[first + hole] = at[first + child];
      hole = child;
    }
    if (length % 2 === 0 && child === (length - 2) >> 1) {
      child = 2 * child + 1;
      at[first + hole] = at[first + child];
      hole = child;
    }
    const key = keys[element];
    while (hole > top) {
      const parent = (hole - 1) >> 1;
      if (!before(keys[at[first + parent]], key)) break;
      at[first + hole] = at[first + parent];
      hole = parent;
    }
    at[first + hole] = element;
  }

  /** The winners of [first, last) as a heap in [first, middle), the worst of them in front. */
  #heapSelect(first: number, middle: number, last: number): void {
    const { at } = this;
    const length = middle - first;
    for (let parent = (length - 2) >> 1; parent >= 0; parent--) {
      this.#sink(first, parent, length, at[first + parent]);
    }
    for (let i = middle; i < last; i++) {
      if (!this.#less(i, first)) continue;
      const element = at[i];
      at[i] = at[first];
      this.#sink(first, 0, length, element);
    }
  }

  partialSort(first: number, middle: number, last: number): void {
    const { at } = this;
    this.#heapSelect(first, middle, last);
    for (let end = middle - 1; end > first; end--) {
      const element = at[end];
      at[end] = at[first];
      this.#sink(first, 0, end - first, element);
    }
  }

  /** Splits [first, last) by the median of three of its elements; returns where the second part begins. */
  #partition(first: number, last: number): number {
    const a = first + 1, b = first + ((last - first) >> 1), c = last - 1;
    let median: number;
    if (this.#less(a, b)) median = this.#less(b, c) ? b : this.#less(a, c) ? c : a;
    else median = this.#less(a, c) ? a : this.#less(b, c) ? c : b;
    this.#swap(first, median);
    let lo = first + 1, hi = last;
    for (;;) {
      while (this.#less(lo, first)) lo++;
      hi--;
      while (this.#less(first, hi)) hi--;
      if (lo >= hi) return lo;
      this.#swap(lo, hi);
      lo++;
    }
  }

  #insert(first: number, last: number, from: number): void {
    const { at, keys, before } = this;
    for (let i = from; i < last; i++) {
      const element = at[i], key = keys[element];
      let j = i;
      // What belongs before the first goes there at once, which tells where NaN makes the order no order.
      const front = before(key, keys[at[first]]);
      while (j > first && (front || before(key, keys[at[j - 1]]))) {
        at[j] = at[j - 1];
        j--;
      }
      at[j] = element;
    }
  }

  /** Puts the element that belongs at `nth` there, better ones before it. */
  select(first: number, nth: number, last: number): void {
    let depth = 2 * (31 - Math.clz32(last - first));
    while (last - first > 3) {
      if (depth-- === 0) {
        this.#heapSelect(first, nth + 1, last);
        this.#swap(first, nth);
        return;
      }
      const cut = this.#partition(first, last);
      if (cut <= nth) first = cut;
      else last = cut;
    }
    this.#insert(first, last, first + 1);
  }

  sort(first: number, last: number): void {
    if (last - first < 2) return;
    this.#introsort(first, last, 2 * (31 - Math.clz32(last - first)));
    this.#insert(first, last, first + 1);
  }

  #introsort(first: number, last: number, depth: number): void {
    while (last - first > SMALL) {
      if (depth-- === 0) {
        this.partialSort(first, last, last);
        return;
      }
      const cut = this.#partition(first, last);
      this.#introsort(cut, last, depth);
      last = cut;
    }
  }
}
