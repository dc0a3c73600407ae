/** Calls that are looked up when they run: places of errors, limits, values that go in and out. */
import assert from "node:assert/strict";
import { forward, OutOfFuel, ScriptError } from "../../vm/mod.ts";
import { Float } from "../../core/scalar.ts";
import { compiled, plain } from "./compiled.ts";

const INTERFACE = `
import torch
@torch.jit.interface
class Step:
    def step(self, x: int, y: float) -> float:
        pass

class A:
    def __init__(self, k: int):
        self.k = k

    def step(self, x: int, y: float) -> float:
        return float(x // self.k) + y

class B:
    def __init__(self):
        self.seen = 0

    def step(self, x: int, y: float) -> float:
        self.seen += 1
        return y * 2.0
`;

Deno.test("a method of an interface is the object's own; floats pass raw", () => {
  const code = compiled(`${INTERFACE}
def f(n: int):
    a: Step = A(2)
    b: Step = B()
    t = 0.5
    for i in range(n):
        c = a if i % 2 == 0 else b
        t = c.step(i, t)
    return t
`);
  let t = 0.5;
  for (let i = 0; i < 3000; i++) t = i % 2 === 0 ? Math.floor(i / 2) + t : t * 2;
  assert.deepEqual(plain(forward(code, [3000])), { float: t });
  assert.throws(() => forward(code, [3000], { fuel: 5000 }), OutOfFuel);
  assert.ok(forward(code, [3000], { fuel: 6100 }) instanceof Float);
});

Deno.test("a traceback shows the line of each call, whatever follows it", () => {
  const code = compiled(`${INTERFACE}
def f(n: int):
    a: Step = A(0)
    b: Step = B()
    c = a if n > 0 else b
    t = c.step(
        n,
        1.0,
    )
    u = t + 1.0
    return u * 2.0
`);
  assert.throws(() => forward(code, [1]), (e: Error) => {
    assert.ok(e instanceof ScriptError);
    assert.match(e.message, /File "case.py", line 27, in f\n[^]*File "case.py", line 13, in step\n/);
    assert.match(e.message, / {4}t = c\.step\(\n {8}~{6} ?/);
    return true;
  });
});

Deno.test("methods that call each other for ever end in an error", () => {
  const source = `
import torch
@torch.jit.interface
class Link:
    def count(self, x: int) -> int:
        pass
    def join(self, other: Link) -> None:
        pass

class Cell:
    def __init__(self, k: int):
        self.k = k

    def count(self, x: int) -> int:
        return x + self.k
    def join(self, other: Link) -> None:
        pass

class Chain:
    next: Link
    def __init__(self, next: Link):
        self.next = next

    def count(self, x: int) -> int:
        return self.next.count(x + 1) + 1
    def join(self, other: Link) -> None:
        self.next = other

def f(n: int, close: bool):
    first = Chain(Cell(5))
    last: Link = first
    for i in range(n):
        last = Chain(last)
    if close:
        first.join(last)
    return last.count(0)
`;
  const code = compiled(source);
  assert.equal(forward(code, [1000, false]), 1001 * 2 + 5);
  assert.throws(
    () => forward(code, [3, true]),
    /RuntimeError: maximum recursion depth exceeded: 10000 calls/,
  );
  assert.throws(() => forward(code, [3, true], { fuel: 500 }), OutOfFuel);
});
