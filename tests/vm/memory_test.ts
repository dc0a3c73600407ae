/**
 * Tensors of VM runs in the arena: every program gives with memory that is filled with NaN when it is freed what it
 * gives on the heap, and no byte stays behind.
 */
import assert from "node:assert/strict";
import {
  DictValue,
  FutureValue,
  type IValue,
  ListValue,
  ScriptObject,
  TupleValue,
} from "../../core/ivalue.ts";
import { PendingValue } from "../../core/pending.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { Float } from "../../core/scalar.ts";
import { Tensor } from "../../core/tensor.ts";
import { AnyTensorType } from "../../core/types.ts";
import { pushInterceptor } from "../../ops/dispatch.ts";
import { fromTypedArray } from "../../ops/reference/allocation.ts";
import { poisonMemory, wasmMemory } from "../../ops/wasm/mod.ts";
import { forward, run, setHostHooks } from "../../vm/mod.ts";
import { jit } from "../../mod.ts";
import { compiled } from "./compiled.ts";

poisonMemory(true);

const root = new URL("../../", import.meta.url).pathname;

/** [8, 16] with the elements 0, 1, 2, ... */
function input(): Tensor {
  return fromTypedArray(Float32Array.from({ length: 128 }, (_, i) => i), [8, 16], ScalarType.Float);
}

function plain(v: IValue): unknown {
  if (v instanceof Tensor) {
    assert.equal(v.storage.region, null, "a result that is still of the run's region");
    const data = v.data(), out: number[] = [];
    const walk = (d: number, at: number): void => {
      if (d === v.dim) out.push(Number(data[at]));
      else for (let i = 0; i < v.sizes[d]; i++) walk(d + 1, at + i * v.strides[d]);
    };
    walk(0, v.storageOffset);
    return [v.sizes, out];
  }
  if (v instanceof ListValue || v instanceof TupleValue) return v.items.map(plain);
  if (v instanceof DictValue) return [...v.entries()].map(([k, x]) => [plain(k), plain(x)]);
  if (v instanceof ScriptObject) return v.slots.map(plain);
  if (v instanceof FutureValue) return plain(v.value);
  return v instanceof Float ? v.value : v;
}

/** An interceptor that may keep tensors: everything stays on the heap. */
const onHeap = () => pushInterceptor((op, args, next) => next(op, args));

const PROGRAMS: [name: string, source: string][] = [
  [
    "views outlive their base",
    `
def f(x: Tensor):
    y = x + 1.0
    v = y.t()[2:5]
    w = v.unsqueeze(0)
    z = x * 2.0
    return w, z.sum(), v.select(0, 1)
`,
  ],
  [
    "writes through views",
    `
def f(x: Tensor):
    y = x + 1.0
    row = y[3]
    col = y[:, 2]
    row.zero_()
    col.add_(100.0)
    row += 0.5
    z = x + 2.0
    return y, z
`,
  ],
  [
    "operators that return their argument",
    `
import torch
def f(x: Tensor):
    y = x + 1.0
    a = y.contiguous()
    b = a.to(torch.float32)
    c = torch.dropout(b, 0.5, False)
    d = c.expand(8, 16).reshape(8, 16).view(128)
    e = x * 3.0
    return d, e.mean()
`,
  ],
  [
    "a list of tensors",
    `
import torch
from typing import List
def f(x: Tensor):
    out: List[Tensor] = []
    y = x
    for i in range(5):
        y = y * 0.5 + 1.0
        out.append(y)
        if i == 3:
            out[0] = y - 1.0
    a = torch.cat(out)
    b = torch.stack([a, a * 2.0]).sum(0)
    last = out.pop()
    return b, out, last
`,
  ],
  [
    "lists that only operators see",
    `
import torch
from typing import List
def pick(parts: List[Tensor], x: Tensor) -> Tensor:
    return torch.cat([parts[0], x])
def f(x: Tensor):
    a = x + 1.0
    both = torch.cat([a, a * 2.0])
    again = [a, both]
    c = torch.cat(again)
    d = torch.cat(again, 0) + again[1][0]
    e = torch.stack([x * 3.0, x * 4.0])[0]
    kept = [e + 1.0, e]
    nested = [kept, [e * 2.0]]
    g, h = [e - 1.0, e - 2.0]
    i = g * 2.0
    j = torch.cat([x[0], torch.cat([h[0], h[1]])])
    other = [i, i] if bool(i.sum() > 0) else [h]
    k = x - 5.0
    l = torch.cat(other) + k.repeat(2, 1)
    m = pick([l[:8], k], torch.cat([k, k]))
    return c, d, nested, i, j, l, m, torch.broadcast_tensors([k, k[:1]])
`,
  ],
  [
    "a list that is dropped while its elements are not",
    `
from typing import List
def f(x: Tensor):
    parts = (x + 1.0).split(2)
    a = parts[1]
    b = [p * 2.0 for p in parts]
    c = b[0] + a
    d = x - 1.0
    return c, a, d
`,
  ],
  ["a view of a parameter", "def f(x: Tensor):\n    return x[1:3].t()\n"],
  ["the same tensor twice", "def f(x: Tensor):\n    y = x + 1.0\n    return y, y, [y]\n"],
  ["an argument as it came", "def f(x: Tensor):\n    y = x + 2.0\n    return x\n"],
  [
    "writes to an argument",
    "def f(x: Tensor):\n    x.add_(x * 2.0)\n    x[0] = x[1] + 1.0\n    return None\n",
  ],
  [
    "loop-carried tensors that change places",
    `
def f(x: Tensor):
    a = x + 1.0
    b = x + 2.0
    for i in range(7):
        a, b = b, a + b * 0.5
        if i == 2:
            b = a
    return a - b, b
`,
  ],
  [
    "tensors in attributes of objects",
    `
class Cell:
    def __init__(self, x: Tensor):
        self.x = x + 1.0
        self.seen = [x * 2.0]

    def step(self) -> Tensor:
        old = self.x
        self.x = old * 0.5 + 1.0
        self.seen.append(self.x)
        return old

def f(x: Tensor):
    cell = Cell(x)
    first = cell.step()
    second = cell.step()
    third = x - 3.0
    return cell.x, cell.seen, first, second, third
`,
  ],
  [
    "tensors in dicts, as values and keys",
    `
from typing import Dict
def f(x: Tensor):
    d: Dict[str, Tensor] = {}
    for i in range(4):
        d[str(i % 2)] = x * i
    y = d["1"]
    del d["1"]
    z = x + 1.0
    return d, y, z
`,
  ],
  [
    "several results",
    `
def f(x: Tensor):
    v, i = (x * -1.0).max(1)
    a, b = (x + 1.0).chunk(2, 1)
    y = x + 5.0
    return v, i, b, y
`,
  ],
  [
    "forks",
    `
import torch
def work(x: Tensor, k: float):
    y = x * k
    return y + 1.0, y

def f(x: Tensor):
    fs = [torch.jit.fork(work, x + 1.0, float(i)) for i in range(3)]
    z = x * 7.0
    total = z
    for g in fs:
        a, b = torch.jit.wait(g)
        total = total + a - b * 0.5
    return total, z
`,
  ],
  [
    "a tensor that takes another's storage",
    `
def f(x: Tensor):
    y = x + 1.0
    x.set_(y)
    z = x * 2.0
    return z
`,
  ],
  [
    "an optional tensor",
    `
from typing import Optional
def f(x: Tensor):
    best: Optional[Tensor] = None
    for i in range(6):
        y = x - 10.0 * i
        if best is None:
            best = y
        elif i % 2 == 0:
            best = best + y
    return best
`,
  ],
  [
    "sizes that change in place",
    `
def f(x: Tensor):
    y = x + 1.0
    y.resize_(20, 16)
    y.zero_()
    y[2:10].copy_(x)
    w = x + 4.0
    w.t_()
    w.unsqueeze_(0)
    return y.sum(), w
`,
  ],
];

/** Runs `body` and gives the most bytes that were in use at an operator's end, beyond what was before. */
function mostInUse(body: () => void): number {
  const before = wasmMemory()!.inUse;
  let most = 0;
  using _ = pushInterceptor((op, args, next) => {
    const v = next(op, args);
    most = Math.max(most, wasmMemory()!.inUse - before);
    return v;
  }, { keeps: false });
  body();
  return most;
}

for (const [name, source] of PROGRAMS) {
  Deno.test(`the same on the heap and in the arena: ${name}`, () => {
    const code = compiled(source);
    const go = () => {
      const x = input(), out = forward(code, [x]);
      return [plain(out), plain(x)];
    };
    let expected: unknown;
    {
      using _ = onHeap();
      expected = go();
    }
    const before = wasmMemory()!.inUse;
    const most = mostInUse(() => assert.deepEqual(go(), expected));
    if (source.includes(" = x + 1.0")) assert.ok(most >= 512, "nothing was placed in the arena");
    assert.equal(wasmMemory()!.inUse, before, "bytes that nobody gave back");
  });
}

Deno.test("memory of 100 runs is that of one", () => {
  const code = compiled(`
import torch
from typing import List
def f(x: Tensor):
    h = torch.zeros(8, 16)
    seen: List[Tensor] = []
    for i in range(20):
        h = torch.tanh(x * 0.1 + h)
        seen.append(h.sum())
    return torch.stack(seen), h
`);
  const x = input(), go = () => forward(code, [x]);
  const expected = plain(go()), before = wasmMemory()!.inUse;
  for (let i = 0; i < 100; i++) assert.deepEqual(plain(go()), expected);
  assert.equal(wasmMemory()!.inUse, before);
});

Deno.test("tensors of a list that one operator takes go with it", () => {
  const code = compiled(`
import torch
def f(x: Tensor, n: int):
    total = x.sum()
    for i in range(n):
        y = torch.cat([x.repeat(16, 16) + float(i), x.repeat(16, 16)])
        total = total + torch.stack([y, y * 2.0]).sum()
    return total
`);
  const x = input(), before = wasmMemory()!.inUse;
  // 128 kB a copy of x; a round makes nine of them.
  const most = mostInUse(() => forward(code, [x, 30]));
  assert.ok(most >= 1 << 19 && most <= 9 * 128 * 1024, `${most} bytes at the most`);
  assert.equal(wasmMemory()!.inUse, before);
});

Deno.test("what containers let go of in a long run is swept", () => {
  const code = compiled(`
from typing import List
def f(x: Tensor, n: int):
    kept: List[Tensor] = [x]
    total = 0.0
    for i in range(n):
        kept[0] = x.repeat(64, 64) + float(i)
        total += float(kept[0][0, 0])
    return total, kept[0][0, :4]
`);
  const x = input(), before = wasmMemory()!.inUse;
  // 2 MB a round, 200 rounds; nothing but the last is reachable.
  const most = mostInUse(() => {
    const out = forward(code, [x, 200]) as TupleValue;
    assert.deepEqual(out.items[0], new Float(19900));
    assert.deepEqual(plain(out.items[1]), [[4], [199, 200, 201, 202]]);
  });
  assert.ok(most > 8 << 20 && most < 24 << 20, `${most} bytes at the most`);
  assert.equal(wasmMemory()!.inUse, before);
});

Deno.test("a run that fails gives its memory back, and keeps what it wrote to its arguments", () => {
  const code = compiled(`
from typing import List
def f(x: Tensor, out: List[Tensor], fail: bool):
    y = x + 1.0
    out.append(y * 2.0)
    if fail:
        raise ValueError("as asked")
    out.append(y)
    return None
`);
  const x = input(), out = new ListValue(AnyTensorType, []), before = wasmMemory()!.inUse;
  assert.throws(() => forward(code, [x, out, true]), /as asked/);
  assert.throws(() => forward(code, [x, out, false], { fuel: 2 }), /fuel/);
  assert.equal(wasmMemory()!.inUse, before);
  forward(code, [x, out, false]);
  assert.equal(wasmMemory()!.inUse, before);
  const first = (plain(out.items[0]) as [unknown, number[]])[1];
  assert.deepEqual(first.slice(0, 3), [2, 4, 6]);
  assert.deepEqual((plain(out.items.at(-1)!) as [unknown, number[]])[1].slice(0, 3), [1, 2, 3]);
});

Deno.test("operands of a device that answers late stay until it has", async () => {
  const code = compiled(`
def f(x: Tensor):
    a = x + 1.0
    b = a * 2.0
    c = b.sum(0) + a[0]
    return c, x - 1.0
`);
  const late = pushInterceptor((op, args, next) => {
    if (op.name !== "aten::mul" && op.name !== "aten::sum") return next(op, args);
    // The device reads its operands when its turn comes.
    return new PendingValue(
      new Promise((done) => setTimeout(() => done(next(op, args)), 1)),
    ) as unknown as IValue;
  }, { keeps: false });
  const before = wasmMemory()!.inUse;
  let actual: IValue;
  try {
    actual = await run(code, [input()]);
  } finally {
    late[Symbol.dispose]();
  }
  assert.equal(wasmMemory()!.inUse, before);
  using _ = onHeap();
  assert.deepEqual(plain(actual), plain(forward(code, [input()])));
});

Deno.test("runs that take turns have memory of their own", async () => {
  const code = compiled(`
def f(x: Tensor, n: int):
    y = x
    for i in range(n):
        y = (y + 1.0) * 0.5
    return y
`);
  const before = wasmMemory()!.inUse;
  const [a, b, c] = await Promise.all([3000, 2000, 10].map((n) => run(code, [input(), n])));
  assert.equal(wasmMemory()!.inUse, before);
  const expect = (n: number) => plain(forward(code, [input(), n]));
  assert.deepEqual([plain(a), plain(b), plain(c)], [expect(3000), expect(2000), expect(10)]);
});

Deno.test("a run aborted while it is suspended gives its memory back", async () => {
  const code = compiled("def f(x: Tensor, s: str):\n    y = x + 1.0\n    n = len(s)\n    return y * n\n");
  using _ = pushInterceptor((op, args, next) => {
    if (op.key !== "aten::len.str") return next(op, args);
    return new PendingValue(new Promise(() => {})) as unknown as IValue;
  }, { keeps: false });
  const before = wasmMemory()!.inUse;
  await assert.rejects(run(code, [input(), "abc"], { signal: AbortSignal.timeout(20) }), /aborted/);
  assert.equal(wasmMemory()!.inUse, before);
});

Deno.test("what the host prints is on the heap and its own tensors are not the run's", () => {
  const code = compiled("def f(x: Tensor):\n    y = x + 1.0\n    print(y)\n    return y * 2.0\n");
  const kept: Tensor[] = [], other = compiled("def f(x: Tensor):\n    return x * 3.0\n");
  const print = console.log;
  setHostHooks({ print: () => void kept.push(forward(other, [input()]) as Tensor, input()) });
  try {
    forward(code, [input()]);
  } finally {
    setHostHooks({ print: (v) => print(...v) });
  }
  assert.ok(kept.every((t) => t.storage.arena === null));
});

Deno.test("weights that every run would copy move into the arena, once, and stay readable", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(
    `${folder}/model.py`,
    `
import torch

class M(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = torch.nn.Linear(300, 500)

    def forward(self, x):
        return self.scale(x)
`,
  );
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      root + "cli.ts",
      "script",
      `${folder}/model.py`,
      "-o",
      `${folder}/m.pt`,
    ],
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  const m = await jit.load(`${folder}/m.pt`);
  await Deno.remove(folder, { recursive: true });
  const scale = m.object.getAttr("scale") as ScriptObject, weight = scale.getAttr("weight") as Tensor;
  const x = fromTypedArray(Float32Array.from({ length: 300 }, (_, i) => i / 300), [1, 300], ScalarType.Float);
  const first = plain(m.forward(x) as Tensor), held = weight.data().slice();
  assert.deepEqual(plain(m.forward(x) as Tensor), first);
  const before = wasmMemory()!.inUse;
  for (let i = 0; i < 5; i++) assert.deepEqual(plain(m.forward(x) as Tensor), first);
  assert.equal(wasmMemory()!.inUse, before);
  assert.deepEqual(weight.data().slice(), held);
  assert.ok(weight.storage.copies <= 2, `copied ${weight.storage.copies} times`);
});
