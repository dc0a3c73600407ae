/** Compiled loops give what the interpreter gives: results, errors with their places, limits, suspension. */
import assert from "node:assert/strict";
import { type IValue, ListValue } from "../../core/ivalue.ts";
import { PendingValue } from "../../core/pending.ts";
import { StringType } from "../../core/types.ts";
import { pushInterceptor } from "../../ops/dispatch.ts";
import { Meter } from "../../vm/limits.ts";
import { compiledLoopCount, compileLoops } from "../../vm/loops/mod.ts";
import { Aborted, forward, OutOfFuel, run } from "../../vm/mod.ts";
import { compiled, plain } from "./compiled.ts";

const BIG = 9007199254740991;

const PROGRAMS: [name: string, source: string, args: () => IValue[]][] = [
  [
    "ints that grow beyond 2^53 and wrap at 2^63",
    `
def f(n: int, m: int):
    a = 1
    b = m
    for i in range(n):
        a = a * 3 + i
        b = b - 1 if i % 2 == 0 else b + 3
    return a, b, a // 7, a % 1000
`,
    () => [4000, BIG - 100],
  ],
  [
    "division and remainder of every sign",
    `
def f(n: int):
    s = 0
    for i in range(n):
        a = i * 7919 - 9000000
        b = i % 13 - 6
        if b != 0:
            s += a // b + a % b * 3 + (a * 1000003) % 251 + (-a) // 10
        s += -(a % 5)
    return s
`,
    () => [5000],
  ],
  [
    "negative zero is no int",
    `
from typing import List
def f(n: int):
    out: List[int] = []
    z = 0
    for i in range(n):
        z = z * -1
        w = (-i) % 4
        if i > n - 4:
            out.append(z)
            out.append(w)
            out.append((0 * -i) // 3)
            out.append(-(i % 1))
    return out, [str(v) for v in out]
`,
    () => [3000],
  ],
  [
    "floats, with infinities and nan",
    `
import math
def f(n: int):
    x = 1.5
    y = 0.0
    k = 0
    for i in range(n):
        x = x * 1.75 - float(i) / 3.0
        if x > 1e300 or x < -1e300 or math.isnan(x):
            x = math.sqrt(float(i)) + 0.25
            k += 1
        y += math.sin(x) if x == x else -1.0
    return x, y, k
`,
    () => [5000],
  ],
  [
    "nested loops with break, continue and while",
    `
def f(n: int):
    s = 0
    for i in range(n):
        if i % 5 == 3:
            continue
        j = i
        while j > 0:
            j = j // 3 - 1
            s += j
            if s % 17 == 4:
                break
            if s > 100000:
                s -= 100000
                continue
            s += 2
        for k in range(i % 4):
            s += k * j
            if k == 2 and s == -77777:
                return s
    return s - 1
`,
    () => [3000],
  ],
  [
    "lists of ints, floats and lists",
    `
from typing import List
def f(n: int):
    xs: List[int] = []
    ys: List[float] = []
    zs: List[List[int]] = []
    for i in range(n):
        xs.append(i * i)
        ys.append(float(i) * 0.5)
        if i % 100 == 0:
            zs.append([i, xs[-1], len(xs)])
        xs[i // 2] = xs[i // 2] + 1
        if len(xs) > 10:
            a, b = xs[-1], xs[-2]
            xs[i] = a - b
    return xs, ys[-3:], zs, sum(xs)
`,
    () => [2500],
  ],
  [
    "dicts with int and str keys",
    `
from typing import Dict, List
def f(n: int, words: List[str]):
    counts: Dict[int, int] = {}
    names: Dict[str, float] = {}
    for i in range(n):
        k = (i * 31) % 97 - 20
        counts[k] = counts[k] + i if k in counts else i
        w = words[i % len(words)]
        names[w] = names.get(w, 0.5) + 0.25
        if i % 300 == 299:
            del counts[k]
            names.pop(w)
    return counts, names, len(counts)
`,
    () => [3000, new ListValue(StringType, ["a", "bb", "\u{1f40d}", ""])],
  ],
  [
    "strings of every plane",
    `
from typing import List
def f(n: int, words: List[str]):
    line = ""
    total = 0
    out: List[str] = []
    for i in range(n):
        line += words[i % len(words)]
        if i % 3 == 0:
            line = str(i) + line
        total += len(line)
        if len(line) > 40:
            out.append(line[2:9])
            line = line[0] + "x"
    return out, line, total
`,
    () => [2000, new ListValue(StringType, ["a", "\u00e9", "\u4e00", "\u{1f40d}", "\ud83d", "\udc0d"])],
  ],
  [
    "objects, tuples and optionals",
    `
from typing import Optional, Tuple
class Point:
    def __init__(self, x: int, y: float):
        self.x = x
        self.y = y

def f(n: int):
    p = Point(1, 0.5)
    last: Optional[int] = None
    t = (0, 1.5)
    for i in range(n):
        p.x = p.x + i
        p.y += 0.25
        t = (t[0] + 1, t[1] * 0.5 + p.y)
        if last is not None and last > 5:
            last = last - 3
        else:
            last = p.x % 50
        if i % 500 == 0:
            p = Point(p.x - 1, p.y)
    return p.x, p.y, t, last
`,
    () => [3000],
  ],
  [
    "tensors beside scalars",
    `
import torch
def f(n: int):
    x = torch.zeros(40)
    s = 0
    for i in range(n):
        s += i % 7
        if i % 500 == 0:
            x = x + float(s)
            for j in range(60):
                s -= j
    return x.sum().item(), s
`,
    () => [3000],
  ],
  [
    "a bigint where a number was",
    `
def f(n: int, step: int):
    s = 0
    for i in range(n):
        s += step
        if s > 9223372036854770000 - step:
            s = i
    return s
`,
    () => [3000, 4611686018427387904n],
  ],
  [
    "a trip count beyond 2^53 that a break ends",
    "def f(n: int):\n    s = 0\n    for i in range(n):\n        s += i\n        if i == 4000:\n            break\n    return s\n",
    () => [2n ** 60n as unknown as IValue],
  ],
];

/** `body` with another batch of the meter, so that loops count as hot sooner or later. */
function withBatch<R>(batch: number, body: () => R): R {
  const was = Meter.batch;
  Meter.batch = batch;
  try {
    return body();
  } finally {
    Meter.batch = was;
  }
}
function interpreted<R>(body: () => R): R {
  const was = compileLoops(false);
  try {
    return body();
  } finally {
    compileLoops(was);
  }
}

for (const [name, source, args] of PROGRAMS) {
  Deno.test(`compiled as interpreted: ${name}`, () => {
    const expected = interpreted(() => plain(forward(compiled(source), args())));
    for (const batch of [1, 2, 7, 1021]) {
      const code = compiled(source);
      withBatch(batch, () => {
        // The second call begins with loops that are compiled already.
        assert.deepEqual(plain(forward(code, args())), expected, `batch ${batch}`);
        assert.deepEqual(plain(forward(code, args())), expected, `batch ${batch}, again`);
      });
      assert.ok(compiledLoopCount(code) > 0, "no loop was compiled");
    }
  });
}

const FAULTS: [name: string, source: string, args: () => IValue[]][] = [
  [
    "division by zero",
    "def f(n: int):\n    s = 0\n    for i in range(n):\n        s += 100 // (3000 - i)\n    return s\n",
    () => [
      4000,
    ],
  ],
  [
    "an index beyond a list, in an inlined call",
    `
from typing import List
def pick(xs: List[int], i: int) -> int:
    return xs[i]

def f(n: int):
    xs = [1, 2, 3]
    s = 0
    for i in range(n):
        s += pick(xs, i // 1000)
    return s
`,
    () => [4000],
  ],
  [
    "a missing key",
    `
from typing import Dict
def f(n: int):
    d: Dict[int, int] = {0: 1, 1: 2}
    s = 0
    for i in range(n):
        s += d[i // 1500]
    return s
`,
    () => [4000],
  ],
  [
    "a raise",
    'def f(n: int):\n    s = 0\n    for i in range(n):\n        s += i\n        if s > 2000000:\n            raise ValueError("too much: " + str(s))\n    return s\n',
    () => [4000],
  ],
  [
    "an operator's own error",
    `
from typing import List
def f(n: int):
    xs = [1] * 2500
    s = 0
    for i in range(n):
        s += xs.pop()
    return s
`,
    () => [4000],
  ],
];

for (const [name, source, args] of FAULTS) {
  Deno.test(`the error and its place are the interpreter's: ${name}`, () => {
    const messageOf = () => {
      try {
        forward(compiled(source), args());
      } catch (e) {
        return (e as Error).message;
      }
      assert.fail("no error");
    };
    const expected = interpreted(messageOf);
    assert.match(expected, /case.py/);
    for (const batch of [1, 7, 1021]) assert.equal(withBatch(batch, messageOf), expected);
  });
}

const SPIN =
  "def f(n: int):\n    s = 0\n    i = 0\n    while i < n:\n        s += i % 3\n        i += 1\n    return s\n";

Deno.test("fuel ends a compiled loop after as many rounds as an interpreted one", () => {
  const limit = (fuel: number) => {
    const code = compiled(SPIN);
    try {
      forward(code, [3000], { fuel });
      return "done";
    } catch (e) {
      assert.ok(e instanceof OutOfFuel);
      return "out of fuel";
    }
  };
  for (const fuel of [2990, 2998, 2999, 3000, 3001, 3010]) {
    assert.equal(limit(fuel), interpreted(() => limit(fuel)), `fuel ${fuel}`);
  }
  assert.throws(() => forward(compiled(SPIN), [1e12], { fuel: 1e6 }), OutOfFuel);
});

Deno.test("deadline and AbortSignal end a compiled loop", async () => {
  assert.throws(() => forward(compiled(SPIN), [1e12], { timeout: 30 }), /past its deadline/);
  await assert.rejects(run(compiled(SPIN), [1e12], { signal: AbortSignal.timeout(30) }), Aborted);
});

Deno.test("a compiled loop takes turns with the event loop and goes on where it was", async () => {
  const source = `
def f(n: int):
    s = 0
    for i in range(n):
        for j in range(1000):
            s += (i + j) % 7
        s -= i
    return s
`;
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const actual = await run(compiled(source), [30000]);
  clearInterval(timer);
  assert.ok(turns > 1, "the event loop had no turn");
  assert.equal(actual, forward(compiled(source), [30000]));
});

Deno.test("operators that an interceptor sees are not compiled away", () => {
  const source =
    "def f(s: str, n: int):\n    t = 0\n    for i in range(n):\n        t += len(s)\n    return t\n";
  const code = compiled(source);
  assert.equal(forward(code, ["abc", 3000]), 9000);
  let seen = 0;
  using _ = pushInterceptor((op, args, next) => {
    if (op.key === "aten::len.str") seen++;
    return next(op, args);
  });
  assert.equal(forward(code, ["abc", 3000]), 9000);
  assert.equal(seen, 3000);
});

Deno.test("a late answer in a hot loop suspends it", async () => {
  const source =
    "def f(s: str, n: int):\n    t = 0\n    for i in range(n):\n        t += len(s) * i\n    return t\n";
  const code = compiled(source);
  assert.equal(forward(code, ["ab", 3000]), 2 * 2999 * 1500);
  using _ = pushInterceptor((op, args, next) => {
    const v = next(op, args);
    return op.key === "aten::len.str" ? new PendingValue(Promise.resolve(v)) as unknown as IValue : v;
  });
  assert.equal(await run(code, ["ab", 50]), 2 * 49 * 25);
});

Deno.test("where code may not be made from text the interpreter does it all", () => {
  const original = globalThis.Function;
  const code = compiled(SPIN);
  try {
    globalThis.Function = class {
      constructor() {
        throw new EvalError("Code generation from strings disallowed for this context");
      }
    } as unknown as FunctionConstructor;
    assert.equal(forward(code, [3000]), 3000);
    assert.equal(compiledLoopCount(code), 0);
  } finally {
    globalThis.Function = original;
    compileLoops(true);
  }
});
