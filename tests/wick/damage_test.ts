import assert from "node:assert/strict";
import { damageWick } from "./damage.ts";

Deno.test("a damaged .wick file: a typed error or an answer", () => {
  const { findings, refused, ran } = damageWick(7);
  assert.deepEqual(findings, []);
  assert.ok(refused > 50 && ran > 5, `${refused} refused, ${ran} ran`);
});
