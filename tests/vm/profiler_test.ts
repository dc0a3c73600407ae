/** Profiles: what is counted where, and that a profiled run computes what any other does. */
import assert from "node:assert/strict";
import type { IValue } from "../../core/ivalue.ts";
import { PendingValue } from "../../core/pending.ts";
import { jit, Profile, torch } from "../../mod.ts";
import { pushInterceptor } from "../../ops/dispatch.ts";
import { currentProbe } from "../../vm/probe.ts";
import { OutOfFuel, run } from "../../vm/mod.ts";
import { compiled } from "./compiled.ts";

const SOURCE = `
def helper(x: Tensor, k: int) -> Tensor:
    y = x * k
    return y.relu()

def f(x: Tensor, n: int) -> Tensor:
    total = x
    for i in range(n):
        if i % 2 == 0:
            total = total + helper(x, i)
    return total + helper(x, 3)
`;

function byLine(p: Profile): Map<number, { calls: number; text: string; ms: number }> {
  return new Map(p.lines.map((l) => [l.line, l]));
}

Deno.test("operators and lines are counted, inlined calls at their own lines", () => {
  const f = jit.script(SOURCE, { entry: "f", filename: "case.py" });
  const x = torch.ones([4, 8]);
  const plain = f(x, 6), { result, profile } = jit.profile(() => f(x, 6));
  assert.equal(String(result), String(plain));
  const operators = new Map(profile.operators.map((o) => [o.operator, o]));
  assert.equal(operators.get("aten::relu")?.calls, 4);
  assert.equal(operators.get("aten::mul.Scalar")?.calls, 4);
  assert.equal(operators.get("aten::add.Tensor")?.calls, 4);
  assert.equal(operators.get("aten::remainder.int")?.calls, 6);
  assert.ok(operators.get("aten::relu")!.bytes >= 4 * 4 * 8 * 4);
  assert.equal(operators.get("aten::remainder.int")!.bytes, 0);
  const lines = byLine(profile);
  assert.equal(lines.get(3)?.calls, 4);
  assert.equal(lines.get(3)?.text, "y = x * k");
  assert.equal(lines.get(4)?.calls, 4);
  assert.equal(lines.get(9)?.calls, 6);
  assert.equal(lines.get(10)?.calls, 3);
  assert.equal(lines.get(11)?.calls, 1);
  assert.ok(profile.lines.every((l) => l.file === undefined || l.file === "case.py"));
  for (const rows of [profile.operators, profile.lines]) {
    assert.ok(Math.abs(rows.reduce((a, r) => a + r.share, 0) - 1) < 1e-9);
    assert.ok(Math.abs(rows.reduce((a, r) => a + r.ms, 0) - profile.ms) < 1e-9);
    assert.deepEqual(rows.map((r) => r.ms), rows.map((r) => r.ms).sort((a, b) => b - a));
  }
});

Deno.test("the time is where the work is, with the kernel that did it", () => {
  const f = jit.script(
    "def f(x: Tensor, y: Tensor):\n    a = y + 1\n    b = x @ x\n    return a, b\n",
    { filename: "case.py" },
  );
  const x = torch.rand([256, 256]), y = torch.rand([4]);
  f(x, y);
  const { profile } = jit.profile(() => f(x, y));
  assert.equal(profile.operators[0].operator, "aten::matmul");
  assert.ok(profile.operators[0].share > 0.5);
  assert.ok(profile.operators[0].kernels.some((k) => k.startsWith("f32_gemm")));
  assert.equal(profile.lines[0].line, 3);
});

Deno.test("several runs add up; hot loops are counted exactly", () => {
  const f = jit.script(
    `
def f(n: int) -> int:
    s = 0
    for i in range(n):
        s += i * i % 7
    return s
`,
    { entry: "f", filename: "case.py" },
  );
  const profile = new Profile();
  const expected = f(20_000);
  for (let i = 0; i < 3; i++) assert.equal(profile.around(() => f(20_000)), expected);
  assert.equal(byLine(profile).get(5)?.calls, 60_000);
  assert.equal(f(20_000), expected);
  assert.equal(byLine(profile).get(5)?.calls, 60_000);
});

Deno.test("an asynchronous run that yields and suspends counts each instruction once", async () => {
  using _ = pushInterceptor((op, args, next) => {
    const v = next(op, args);
    if (op.key !== "aten::len.str") return v;
    return new PendingValue(new Promise((done) => setTimeout(() => done(v), 1))) as unknown as IValue;
  });
  const code = compiled(`
def f(s: str, n: int) -> int:
    total = 0
    for i in range(n):
        total += i % 3
    for i in range(3):
        total += len(s)
    return total
`);
  const profile = new Profile();
  assert.equal(await run(code, ["ab", 300_000], { profile }), 300_000 - 0 + 6);
  const lines = byLine(profile);
  assert.equal(lines.get(5)?.calls, 300_000);
  assert.equal(lines.get(7)?.calls, 3);
  assert.equal(currentProbe(), null);
});

Deno.test("forks and failing runs leave nothing behind", () => {
  const f = jit.script(
    `
import torch
def g(x: int) -> int:
    return x // (x - 3)

def f(n: int) -> int:
    a = torch.jit.fork(g, n)
    b = torch.jit.fork(g, n + 1)
    return torch.jit.wait(a) + torch.jit.wait(b)
`,
    { entry: "f", filename: "case.py" },
  );
  const { profile } = jit.profile(() => f(8));
  assert.equal(byLine(profile).get(4)?.calls, 2);
  assert.throws(() => jit.profile(() => f(3)), /division by 0/);
  assert.equal(currentProbe(), null);
  assert.equal(f(4), 4 + 2);
});

Deno.test("limits hold in a profiled run", async () => {
  const code = compiled("def f(n: int) -> int:\n    while n > 0:\n        n += 1\n    return n\n");
  await assert.rejects(run(code, [1], { fuel: 5000, profile: new Profile() }), OutOfFuel);
});
