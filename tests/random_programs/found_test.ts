/** Programs that random ones found to go wrong, made small. */
import assert from "node:assert/strict";
import { jit } from "../../mod.ts";

Deno.test("a conditional that ends with a loop's counter leaves the counter alone", () => {
  const f = jit.script(`
def f(n: int) -> int:
    t = 0
    for i in range(n):
        j = -8 if t > 5 else i
        t = t + j // 2 + 3
    return t
`);
  assert.equal(f(6), 7);
});

Deno.test("TorchScript computes what stands left of a % twice, as PyTorch does", () => {
  const f = jit.script(
    `
from typing import List
def helper(v: List[int]) -> int:
    v.append(len(v))
    return 3

def f(x: int):
    v = [0]
    y = helper(v) % 1009
    z = (x if x > 1 else helper(v)) % 2
    return v, y, z
`,
    { entry: "f" },
  );
  assert.deepEqual(f(1), [[0, 1, 2, 3, 4], 3, 1]);
});
