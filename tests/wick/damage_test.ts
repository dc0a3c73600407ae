/**
 * Damaged `.wick` files: a typed error or the right answer while the checksums stand, a typed error or any answer
 * when they were made to fit. Every byte: `WICK_FUZZ_STRIDE=1 deno test -A --no-check tests/wick/damage_test.ts`.
 */
import assert from "node:assert/strict";
import { writeWick } from "../../bytecode/wick/mod.ts";
import { compileSource } from "../../compiler/mod.ts";
import "../../compiler/lowering/mod.ts";
import { InternalError, NotImplemented, RuntimeFault } from "../../core/errors.ts";
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

const stride = Number(Deno.env.get("WICK_FUZZ_STRIDE") ?? 7);
const limits = { fuel: 20_000, timeout: 2_000 };

Deno.test("damaged files never crash, hang or give a wrong answer unnoticed", () => {
  const fn = compileSource(SOURCE, { entry: "f" });
  fn.ensureDefined?.();
  const file = writeWick(fn);
  const run = (bytes: Uint8Array): string => {
    const out = loadWick(bytes).call(undefined, [torch.ones([3]), ["a", "b", "a"]], limits);
    return Deno.inspect(out, { depth: 9 });
  };
  const right = run(file);
  const outcome = (bytes: Uint8Array): { text: string } | { error: Error } => {
    try {
      return { text: run(bytes) };
    } catch (e) {
      return { error: e as Error };
    }
  };
  const untyped = (e: Error) =>
    !(e instanceof RuntimeFault || e instanceof NotImplemented || e instanceof InternalError);
  let refused = 0, ran = 0;
  for (const { what, bytes } of mutations(file, stride)) {
    const first = outcome(bytes);
    if ("text" in first) assert.equal(first.text, right, `${what}: a wrong answer`);
    else if (untyped(first.error)) assert.fail(`${what}: ${first.error.stack}`);
    if (!reseal(bytes)) continue;
    const second = outcome(bytes);
    if ("text" in second) ran++;
    else if (untyped(second.error)) assert.fail(`${what}, resealed: ${second.error.stack}`);
    else refused++;
  }
  assert.ok(refused > 50 && ran > 5, `${refused} refused, ${ran} ran`);
});
