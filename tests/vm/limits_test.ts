import assert from "node:assert/strict";
import { PendingValue } from "../../core/pending.ts";
import type { IValue } from "../../core/ivalue.ts";
import { pushInterceptor } from "../../ops/dispatch.ts";
import { Aborted, forward, OutOfFuel, run, WouldSuspend } from "../../vm/mod.ts";
import { compiled } from "./compiled.ts";

const FOREVER = `
def f(n: int) -> int:
    while n > 0:
        n += 1
        if n > 1000000:
            n = 1
    return n
`;

/** A device whose answers come on a later turn of the event loop: every string length is asked of it. */
function lateDevice(): Disposable {
  return pushInterceptor((op, args, next) => {
    const v = next(op, args);
    if (op.key !== "aten::len.str") return v;
    return new PendingValue(new Promise((done) => setTimeout(() => done(v), 1))) as unknown as IValue;
  });
}

const ASKS = `
def f(s: str, n: int) -> int:
    total = 0
    for i in range(n):
        total += len(s) * i
        s += "x"
    return total
`;

Deno.test("fuel stops a loop that would not end", () => {
  assert.throws(() => forward(compiled(FOREVER), [1], { fuel: 10_000 }), OutOfFuel);
});

Deno.test("a deadline stops it too", () => {
  assert.throws(() => forward(compiled(FOREVER), [1], { timeout: 30 }), /past its deadline/);
});

Deno.test("an AbortSignal arrives while the program runs", async () => {
  const controller = new AbortController();
  const going = run(compiled(FOREVER), [1], { signal: controller.signal });
  setTimeout(() => controller.abort(), 30);
  await assert.rejects(going, Aborted);
});

Deno.test("a frame suspends on a late answer and goes on with it", async () => {
  using _ = lateDevice();
  assert.equal(await run(compiled(ASKS), ["ab", 4]), 3 * 1 + 4 * 2 + 5 * 3);
});

Deno.test("a synchronous call that would have to wait says so", () => {
  using _ = lateDevice();
  assert.throws(() => forward(compiled(ASKS), ["ab", 4]), WouldSuspend);
});

Deno.test("tracebacks point at Python lines through inlined calls", () => {
  const code = compiled(`
def helper(a: int, b: int) -> int:
    return a // b

def f(n: int) -> int:
    x = 1
    return helper(x, n)
`);
  assert.throws(() => forward(code, [0]), (e: Error) => {
    assert.match(
      e.message,
      /Traceback of TorchScript \(most recent call last\):\n {2}File "case.py", line 7, in f/,
    );
    assert.match(e.message, /File "case.py", line 3, in helper/);
    assert.match(e.message, /return a \/\/ b\n +~~~~~~ <--- HERE/);
    assert.match(e.message, /RuntimeError: division by 0\n$/);
    return true;
  });
});
