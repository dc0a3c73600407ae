/** A random program as text, and the numbers that choose it. */

/** mulberry32: a full-period 32-bit generator, enough to pick among a few forms. */
export function randomSource(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Program {
  /** Definitions of `helper` and `f`. */
  readonly definitions: string;
  /** Argument lists to call `f` with, as Python text. */
  readonly calls: readonly string[];
}

/** What runs a program under PyTorch and prints one line a call: the result, or the exception's class. */
export function scriptOf(p: Program, scripted: boolean): string {
  return [
    "import torch",
    "from typing import Dict, List, Optional, Tuple",
    p.definitions,
    scripted ? "g = torch.jit.script(f)" : "g = f",
    ...p.calls.map((c) => `print(repr(g(${c})))`),
    "",
  ].join("\n");
}
