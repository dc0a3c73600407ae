/** Order of ties in topk, against indices recorded from PyTorch (top_k.json, by record.py). */
import assert from "node:assert/strict";
import { topK } from "../../ops/random/mod.ts";

interface Golden {
  keys: Record<string, string[]>;
  cases: { name: string; k: number; largest: boolean; sorted: boolean; indices: number[] }[];
}

const golden = JSON.parse(Deno.readTextFileSync(new URL("./top_k.json", import.meta.url))) as Golden;

for (const [name, text] of Object.entries(golden.keys)) {
  Deno.test(`topk ties: ${name}`, () => {
    const keys = text.map(Number);
    for (const c of golden.cases.filter((c) => c.name === name)) {
      assert.deepEqual(
        [...topK(keys, c.k, c.largest, c.sorted)],
        c.indices,
        JSON.stringify({ ...c, indices: 0 }),
      );
    }
  });
}

Deno.test("topk ties: none or all", () => {
  assert.deepEqual([...topK([3, 1, 2], 0)], []);
  assert.deepEqual([...topK([], 0)], []);
  assert.deepEqual([...topK([3, 1, 2], 3)], [0, 2, 1]);
});
