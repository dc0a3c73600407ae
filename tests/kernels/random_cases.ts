/**
 * Random arguments for kernels, and comparison. Where elements are small whole numbers, sums of products are exact in
 * every order and compared by ===.
 */
import type { Tensor } from "../../core/tensor.ts";
import { operator } from "../../ops/registry.ts";
import type { Plain } from "./plain_loops.ts";
import { assert, elements, fill, randomView, release, SCALAR_TYPE } from "./tensors.ts";

export type Rand = () => number;
export type Type = keyof typeof SCALAR_TYPE;

export function upTo(rand: Rand, from: number, to: number): number {
  return from + Math.floor(rand() * (to - from + 1));
}
export function pick<T>(rand: Rand, ...of: readonly T[]): T {
  return of[Math.floor(rand() * of.length)];
}
export function several(n: number, f: () => number): number[] {
  return Array.from({ length: n }, f);
}

/** A view of whole numbers between -4 and 4 (0 and 1 of bools), on the heap or in the arena. */
export function wholes(sizes: readonly number[], type: Type, rand: Rand): Tensor {
  const x = randomView(sizes, SCALAR_TYPE[type], rand);
  const value = type === "bool"
    ? () => upTo(rand, 0, 1)
    : type === "u8"
    ? () => upTo(rand, 0, 5)
    : () => upTo(rand, -4, 4);
  fill(x, () => type === "i64" ? BigInt(value()) : value());
  return x;
}

/** A view of uneven numbers. */
export function reals(sizes: readonly number[], type: Type, rand: Rand): Tensor {
  const x = randomView(sizes, SCALAR_TYPE[type], rand);
  fill(x, () => Math.fround(rand() * 4 - 2));
  return x;
}

/** The operator's kernel on its own arguments. */
export function run(key: string, ...args: unknown[]): unknown {
  return operator(key).declaration!.kernel(...args);
}

/** `within` is relative from 1 on; 0 asks for equality. */
export function expect(got: unknown, want: Plain, within: number, what: () => string): void {
  const t = got as Tensor;
  assert(t.sizes.join() === want.sizes.join(), `${what()}: sizes ${t.sizes}, not ${want.sizes}`);
  elements(t).forEach((e, i) => {
    const g = Number(e), w = want.values[i];
    const ok = g === w || Number.isNaN(g) && Number.isNaN(w) ||
      within > 0 && Math.abs(g - w) <= within * Math.max(1, Math.abs(w));
    assert(ok, `${what()} at ${i}: ${g}, not ${w}`);
  });
}

export const show = (key: string, tensors: readonly (Tensor | null)[], options: unknown) => () =>
  `${key} of ${tensors.map((t) => t && `[${t.sizes}] by [${t.strides}]`).join("; ")} ${
    JSON.stringify(options)
  }`;

export function freeAll(...tensors: (Tensor | null)[]): void {
  for (const t of tensors) if (t) release(t);
}
