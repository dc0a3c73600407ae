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
