import assert from "node:assert/strict";
import { answer, damage } from "./fuzz.ts";
import { targets } from "./fuzz_targets.ts";

/** A prime, so that all places of a file come up over the kinds of damage. */
const STRIDE = 47;

for (const t of targets()) {
  Deno.test(`${t.name}, damaged: a typed error or an answer`, () => {
    const findings = [...damage(t, answer(t, t.bytes), STRIDE)];
    assert.deepEqual(findings, []);
  });
}
