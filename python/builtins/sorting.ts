/** Stable sorting by Python's `<`. */
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { Float } from "../../core/scalar.ts";

/** Sorts in place. `key` is a callable or None. */
export function sortValues(items: Value[], key: Value, reverse: boolean): void {
  const keys = key === null ? items.slice() : items.map((x) => r.call1(key, x));
  const order = items.map((_, i) => i);
  const less = lessThan(keys);
  // Reversing before and after keeps equal elements in their order.
  if (reverse) order.reverse();
  mergeSort(order, (a, b) => less(keys[a], keys[b]));
  if (reverse) order.reverse();
  const sorted = order.map((i) => items[i]);
  for (let i = 0; i < sorted.length; i++) items[i] = sorted[i];
}

/** The quickest `<` that is right for all of the keys. */
function lessThan(keys: Value[]): (a: Value, b: Value) => boolean {
  if (keys.every((k) => typeof k === "number")) return (a, b) => (a as number) < (b as number);
  if (keys.every((k) => typeof k === "string")) {
    return (a, b) => r.compareStrings(a as string, b as string) < 0;
  }
  if (keys.every((k) => k instanceof Float)) return (a, b) => (a as Float).value < (b as Float).value;
  return (a, b) => r.truth(r.lt(a, b));
}

/** Only `less(later, earlier)` is asked, as CPython's sort does. */
function mergeSort(a: number[], less: (x: number, y: number) => boolean): void {
  const n = a.length;
  for (let start = 0; start < n; start += 16) {
    const end = Math.min(start + 16, n);
    for (let i = start + 1; i < end; i++) {
      const x = a[i];
      let j = i;
      while (j > start && less(x, a[j - 1])) {
        a[j] = a[j - 1];
        j--;
      }
      a[j] = x;
    }
  }
  let from = a, to = new Array<number>(n);
  for (let width = 16; width < n; width *= 2) {
    for (let lo = 0; lo < n; lo += 2 * width) {
      const mid = Math.min(lo + width, n), hi = Math.min(lo + 2 * width, n);
      let i = lo, j = mid, k = lo;
      while (i < mid && j < hi) to[k++] = less(from[j], from[i]) ? from[j++] : from[i++];
      while (i < mid) to[k++] = from[i++];
      while (j < hi) to[k++] = from[j++];
    }
    [from, to] = [to, from];
  }
  if (from !== a) { for (let i = 0; i < n; i++) a[i] = from[i]; }
}
