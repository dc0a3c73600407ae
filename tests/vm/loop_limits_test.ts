/** Compiled loops count, yield, suspend and stop as interpreted ones do. */
import assert from "node:assert/strict";
import type { IValue } from "../../core/ivalue.ts";
import { PendingValue } from "../../core/pending.ts";
import { pushInterceptor } from "../../ops/dispatch.ts";
import { Meter } from "../../vm/limits.ts";
import { compiledLoopCount, compileLoops } from "../../vm/loops/mod.ts";
import { Aborted, OutOfFuel, run } from "../../vm/mod.ts";
import { Scheduler } from "../../vm/scheduler.ts";
import { compiled } from "./compiled.ts";

/** What a run counts, and what comes out. */
function spent(
  source: string,
  args: IValue[],
  on: boolean,
): { spent: number; loops: number; result: IValue } {
  const was = compileLoops(on), meter = new Meter();
  try {
    const code = compiled(source);
    const result = new Scheduler(meter, code, args).finishNow();
    return { spent: meter.spent, loops: compiledLoopCount(code), result };
  } finally {
    compileLoops(was);
  }
}

const COUNTED: [name: string, source: string][] = [
  [
    "operators done in the loop",
    `
def f(n: int):
    counts: Dict[int, int] = {}
    s = ""
    for i in range(n):
        k = i % 17
        counts[k] = counts[k] + 1 if k in counts else 1
        s = str(i) + "x"
        if len(s) > 3 and max(k, 3) == 5:
            counts.pop(k)
    return len(counts)
`,
  ],
  [
    "operators handed back to the interpreter",
    `
def f(n: int):
    a = 9223372036854775000
    t = 0
    for i in range(n):
        a = max(a - i, 9007199254740990 + i)
        t += len(str(a)) + len(str(float(i)))
    return t
`,
  ],
];
for (const [name, source] of COUNTED) {
  Deno.test(`fuel counts each once: ${name}`, () => {
    const text = "from typing import Dict\n" + source;
    const a = spent(text, [5000], true), b = spent(text, [5000], false);
    assert.ok(a.loops > 0);
    assert.equal(b.loops, 0);
    assert.equal(a.result, b.result);
    assert.equal(a.spent, b.spent);
  });
}

Deno.test("fuel ends a compiled loop of operators within a round", () => {
  const source = `
from typing import Dict
def f(n: int):
    d: Dict[int, int] = {0: 0}
    while n > 0:
        d[0] = d[0] + 1
    return d
`;
  for (const fuel of [1, 1000, 5000, 50_000]) {
    const meter = new Meter(fuel), code = compiled(source);
    assert.throws(() => new Scheduler(meter, code, [1]).finishNow(), OutOfFuel);
    assert.ok(meter.spent >= fuel && meter.spent < fuel + 4, `${meter.spent} of ${fuel}`);
  }
});

const SPIN = `
def f(s: str, n: int) -> int:
    total = 0
    for r in range(3):
        for i in range(n):
            total += i % 7
        total += len(s)
    return total
`;
const spun = (n: number, length: number) => {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += i % 7;
  return 3 * (sum + length);
};

/** A device that answers on a later turn of the event loop: every string's length is asked of it. */
function lateDevice(): { asked: number } & Disposable {
  const device = { asked: 0 };
  const pushed = pushInterceptor((op, args, next) => {
    const v = next(op, args);
    if (op.key !== "aten::len.str") return v;
    device.asked++;
    return new PendingValue(new Promise((done) => setTimeout(() => done(v), 1))) as unknown as IValue;
  });
  return Object.assign(device, { [Symbol.dispose]: () => pushed[Symbol.dispose]() });
}

Deno.test("a frame whose loops were compiled suspends on a late device and goes on", async () => {
  const code = compiled(SPIN);
  assert.equal(await run(code, ["abc", 20_000]), spun(20_000, 3));
  assert.ok(compiledLoopCount(code) > 0);
  using device = lateDevice();
  assert.equal(await run(code, ["abcd", 20_000]), spun(20_000, 4));
  assert.equal(device.asked, 3);
});

Deno.test("an AbortSignal and a deadline end the wait for a late device", async () => {
  using _ = pushInterceptor((op, args, next) =>
    op.key === "aten::len.str" ? new PendingValue(new Promise(() => {})) as unknown as IValue : next(op, args)
  );
  const code = compiled(SPIN);
  await assert.rejects(run(code, ["abc", 5000], { signal: AbortSignal.timeout(30) }), Aborted);
  await assert.rejects(run(code, ["abc", 5000], { timeout: 30 }), /past its deadline/);
});

const FOREVER = `
from typing import Dict, List
def f(n: int) -> int:
    counts: Dict[int, int] = {}
    items: List[int] = []
    text = ""
    while n > 0:
        k = n % 97
        counts[k] = counts[k] + 1 if k in counts else 1
        if len(items) > 100:
            items.clear()
        items.append(k)
        text = text + "x" if len(text) < 50 else ""
        n += 1
        if n > 1000000:
            n = 1
    return n
`;

/** Milliseconds for which a run that is stopped when it is due blocks the event loop, at most. */
async function longestBlock(stop: (c: AbortController) => void, timeout?: number): Promise<number> {
  const code = compiled(FOREVER), controller = new AbortController();
  let last = performance.now(), longest = 0;
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  stop(controller);
  const going = run(code, [1], { signal: controller.signal, timeout });
  await assert.rejects(going, timeout === undefined ? Aborted : /past its deadline/);
  clearInterval(beat);
  assert.ok(compiledLoopCount(code) > 0);
  return longest;
}

/** Tries up to eight times whether it takes less: another process may have the processor. */
async function takesLess(limit: number, milliseconds: () => Promise<number>): Promise<void> {
  const times: number[] = [];
  do times.push(await milliseconds()); while (times[times.length - 1] >= limit && times.length < 8);
  assert.ok(times[times.length - 1] < limit, `${times.map(Math.round)} ms`);
}

Deno.test("a compiled loop lets an AbortSignal in after 20 ms of work", async () => {
  await takesLess(60, () => longestBlock((c) => setTimeout(() => c.abort(), 150)));
});

Deno.test("a deadline ends a compiled loop on time", async () => {
  await takesLess(160, async () => {
    const began = performance.now();
    await longestBlock(() => {}, 60);
    return performance.now() - began;
  });
});
