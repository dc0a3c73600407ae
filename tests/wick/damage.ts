/** A small `.wick` file, damaged in every way that `mutations.ts` knows, and what loading and running it does. */
import { writeWick } from "../../bytecode/wick/mod.ts";
import { compileSource } from "../../compiler/mod.ts";
import "../../compiler/lowering/mod.ts";
import { NotImplemented, RuntimeFault } from "../../core/errors.ts";
import { torch } from "../../mod.ts";
import { loadWick } from "../../vm/mod.ts";
import { mutations, reseal } from "./mutations.ts";

const SOURCE = `
from typing import Dict, List
class Tally:
    def __init__(self, start: int):
        self.counts: Dict[str, int] = {}
        self.start = start
    def add(self, word: str) -> int:
        if word in self.counts:
            self.counts[word] += 1
        else:
            self.counts[word] = self.start
        return self.counts[word]
def f(x: Tensor, words: List[str]):
    t = Tally(2)
    best = 0.5
    for w in words:
        n = t.add(w)
        while best < float(n):
            best = best * 1.5
    return (x.relu() * best).sum(), best, t.counts
`;

const LIMITS = { fuel: 20_000, timeout: 2_000 };

export interface Damage {
  /** Resealed files that were refused, and that ran. */
  refused: number;
  ran: number;
  /** What is neither a typed error nor an answer that may be. */
  readonly findings: string[];
  readonly bytes: number;
}

function run(bytes: Uint8Array): string {
  return Deno.inspect(loadWick(bytes).call(undefined, [torch.ones([3]), ["a", "b", "a"]], LIMITS), {
    depth: 9,
  });
}

function outcome(bytes: Uint8Array): { text: string } | { error: Error } {
  try {
    return { text: run(bytes) };
  } catch (e) {
    return { error: e as Error };
  }
}

const isTyped = (e: Error): boolean => e instanceof RuntimeFault || e instanceof NotImplemented;

/**
 * Every `stride`th byte changed and every `stride`th length: with the checksums as they stand an error of a known kind or
 * the right answer, with checksums that fit an error of a known kind or any answer.
 */
export function damageWick(stride: number): Damage {
  const fn = compileSource(SOURCE, { entry: "f" });
  fn.ensureDefined?.();
  const file = writeWick(fn), right = run(file);
  const out: Damage = { refused: 0, ran: 0, findings: [], bytes: file.length };
  for (const { what, bytes } of mutations(file, stride)) {
    const first = outcome(bytes);
    if ("text" in first) {
      if (first.text !== right) out.findings.push(`${what}: a wrong answer`);
    } else if (!isTyped(first.error)) out.findings.push(`${what}: ${first.error.stack}`);
    if (!reseal(bytes)) continue;
    const second = outcome(bytes);
    if ("text" in second) out.ran++;
    else if (isTyped(second.error)) out.refused++;
    else out.findings.push(`${what}, resealed: ${second.error.stack}`);
  }
  return out;
}
