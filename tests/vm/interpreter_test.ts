import assert from "node:assert/strict";
import { OPCODES } from "../../bytecode/mod.ts";
import { ListValue } from "../../core/ivalue.ts";
import { IntType } from "../../core/types.ts";
import { Float } from "../../core/scalar.ts";
import { forward } from "../../vm/mod.ts";
import { compiled, plain } from "./compiled.ts";

Deno.test("the interpreter's cases are the opcode table's", () => {
  const text = Deno.readTextFileSync(new URL("../../vm/interpreter.ts", import.meta.url));
  const cases = [...text.matchAll(/case (\d+):(?: \{)? \/\/ (\w+)/g)].map((m) => [Number(m[1]), m[2]]);
  assert.deepEqual(cases, OPCODES.map((r, i) => [i, r.name]));
});

const CASES: [name: string, source: string, args: unknown[], expected: unknown][] = [
  [
    "an if inside a counted loop",
    `
def f(n: int) -> int:
    s = 0
    for i in range(n):
        if i % 2 == 0:
            s += i * 2
        else:
            s -= 1
        if s > 1000:
            s -= 1000
    return s
`,
    [1000],
    500,
  ],
  [
    "swapped carried values",
    `
def f(n: int):
    a = 0
    b = 1
    for i in range(n):
        a, b = b, a
    return a, b
`,
    [3],
    [1, 0],
  ],
  [
    "a trip count that only the loop reads",
    `
def f(n: int) -> int:
    t = 0
    for i in range(n * 2):
        for j in range(n * 2):
            t += i * j
    return t
`,
    [3],
    225,
  ],
  [
    "a counter that a branch gives on, and that is read after it",
    `
def f(n: int):
    s = 0
    t = 0
    for i in range(n):
        k = s if i % 3 == 0 else i
        s += k
        for j in range(i):
            m = j if j > k else i
            t += m * j - i
        s -= i // 2
    return s, t
`,
    [10],
    [38, 585],
  ],
  [
    "ints wrap at 64 bits",
    `
def f(n: int):
    return n * n, -n - 2, n // -3, n % -7
`,
    [9223372036854775807n],
    [1, 9223372036854775807n, -3074457345618258603n, 0],
  ],
  [
    "floats box where a list holds them and unbox where one is read",
    `
from typing import List
def f(n: int):
    xs: List[float] = []
    x = 0.5
    for i in range(n):
        xs.append(x)
        x = x * xs[-1] + float(i)
    return xs, x
`,
    [3],
    [[{ float: 0.5 }, { float: 0.25 }, { float: 1.0625 }], { float: 3.12890625 }],
  ],
];

for (const [name, source, args, expected] of CASES) {
  Deno.test(name, () => assert.deepEqual(plain(forward(compiled(source), args as never)), expected));
}

Deno.test("break, continue and early return", () => {
  const code = compiled(`
from typing import List
def f(xs: List[int]):
    s = 0
    for x in xs:
        if x < 0:
            continue
        if x == 7:
            return -1
        if x > 100:
            break
        s += x
    return s
`);
  const run = (...xs: number[]) => forward(code, [new ListValue(IntType, xs)]);
  assert.equal(run(1, -5, 2, 101, 3), 3);
  assert.equal(run(1, 7, 2), -1);
  assert.equal(run(), 0);
});

Deno.test("optional float arguments stay boxed until they are floats", () => {
  const code = compiled(`
from typing import Optional
def f(x: float, k: Optional[float]) -> float:
    if k is None:
        return x * 2.0
    return x * k
`);
  assert.deepEqual(plain(forward(code, [new Float(1.5), null])), { float: 3 });
  assert.deepEqual(plain(forward(code, [new Float(1.5), new Float(4)])), { float: 6 });
});
