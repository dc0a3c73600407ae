/** Models through `.wick` and back: same answers, shared things still shared, same errors with the same lines. */
import assert from "node:assert/strict";
import { readWick, writeWick } from "../../bytecode/wick/mod.ts";
import { xxhash32 } from "../../bytecode/wick/xxhash32.ts";
import { compileSource } from "../../compiler/mod.ts";
import "../../compiler/lowering/mod.ts";
import { compileNames, runFile } from "../../cli/model.ts";
import { ClassType } from "../../core/class_type.ts";
import { CompilationUnit } from "../../core/function.ts";
import { type IValue, ListValue, ScriptObject } from "../../core/ivalue.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { AnyTensorType, ListType } from "../../core/types.ts";
import { jit, type JsValue, Module, Tensor, torch } from "../../mod.ts";
import { forward, loadWick } from "../../vm/mod.ts";

/** Calls a compiled function, and what its file gives back; both outcomes as text, errors included. */
function bothWays(source: string, entry: string, args: JsValue[], options = {}): [string, string] {
  const fn = compileSource(source, { entry });
  fn.ensureDefined?.();
  const again = loadWick(writeWick(fn, options));
  const shown = (f: () => unknown) => {
    try {
      return Deno.inspect(f(), { depth: 9 });
    } catch (e) {
      return (e as Error).message;
    }
  };
  return [shown(() => jit.script(source, { entry })(...args)), shown(() => again.forward(...args))];
}

const SOURCES: Record<string, { source: string; args: JsValue[] }> = {
  "numbers and strings": {
    source: `
def f(n: int, x: float, s: str):
    big = 9223372036854775807 - n
    parts = [str(i) + s for i in range(n)]
    return big, x * -0.0, 1.5e300 * x, complex(x, 2.0), "-".join(parts), n > 2, None
`,
    args: [3, 2.5, "ä"],
  },
  "containers with constants": {
    source: `
from typing import Dict, List, Optional, Tuple
def f(keys: List[str], d: Optional[Dict[str, Tuple[int, float]]] = None):
    table = {"a": [1, 2], "b": [3]}
    out: List[int] = []
    for k in keys:
        if k in table:
            out += table[k]
    return out, d is None, [(1, 2.0), (3, 4.0)]
`,
    args: [["a", "b", "c"]],
  },
  "classes, enums, named tuples": {
    source: `
from enum import Enum
from typing import NamedTuple
class Color(Enum):
    RED = 1
    BLUE = 2
class Point(NamedTuple):
    x: int
    y: float
class Counter:
    def __init__(self, start: int):
        self.n = start
        self.seen = [start]
    def add(self, k: int) -> int:
        self.n += k
        self.seen.append(self.n)
        return self.n
    def __lt__(self, other: "Counter") -> bool:
        return self.n < other.n
def f(n: int):
    counters = [Counter(n), Counter(n - 2), Counter(n + 1)]
    counters[0].add(5)
    counters.sort()
    p = Point(n, 2.0)
    c = Color.RED if n > 1 else Color.BLUE
    return [k.n for k in counters], counters[0].seen, p, c.name, c.value, isinstance(p, Point)
`,
    args: [4],
  },
  "fork, wait and tensors": {
    source: `
import torch
def g(x, k: int):
    return x * k
def f(n: int):
    futures = [torch.jit.fork(g, torch.arange(3), i) for i in range(n)]
    return torch.stack([torch.jit.wait(t) for t in futures])
`,
    args: [3],
  },
  "an error deep inside": {
    source: `
def inner(a: int) -> int:
    if a > 2:
        raise ValueError("too much: " + str(a))
    return a
def f(n: int) -> int:
    return inner(n + 1)
`,
    args: [2],
  },
};

for (const [name, { source, args }] of Object.entries(SOURCES)) {
  Deno.test(`round trip: ${name}`, () => {
    const [direct, read] = bothWays(source, "f", args);
    assert.equal(read, direct);
  });
}

Deno.test("without places the message stands and the lines are gone", () => {
  const { source, args } = SOURCES["an error deep inside"];
  const [direct, read] = bothWays(source, "f", args, { stripPlaces: true });
  assert.match(direct, /line 4/);
  assert.match(read, /too much: 3/);
  assert.doesNotMatch(read, /line/);
});

Deno.test("lists, tensors and storages that are shared stay shared, and cycles close", () => {
  const type = new ClassType("__torch__.Holder", new CompilationUnit(), false);
  const list = new ListType(AnyTensorType);
  for (
    const [name, t] of Object.entries({
      a: AnyTensorType,
      row: AnyTensorType,
      one: list,
      two: list,
      me: type,
    })
  ) {
    type.addAttribute(name, t);
  }
  const a = Tensor.zeros([2, 3], ScalarType.Float);
  const row = new Tensor(a.storage, ScalarType.Float, [3], [1], 3);
  const shared = new ListValue(AnyTensorType, [a, row]);
  const holder = new ScriptObject(type);
  holder.slots.splice(0, 5, a, row, shared, shared, holder);
  const { root } = readWick(writeWick(holder));
  assert.ok(root instanceof ScriptObject);
  const [a2, row2, one, two, me] = root.slots as [Tensor, Tensor, ListValue, ListValue, ScriptObject];
  assert.equal(me, root);
  assert.equal(one, two);
  assert.equal(one.items[0], a2);
  assert.equal(row2.storage, a2.storage);
  assert.deepEqual([row2.sizes, row2.strides, row2.storageOffset], [[3], [1], 3]);
});

Deno.test("xxhash32: published digests", () => {
  const digest = (s: string) => xxhash32(new TextEncoder().encode(s)).toString(16);
  assert.equal(digest(""), "2cc5d05");
  assert.equal(digest("a"), "550d7456");
  assert.equal(digest("abc"), "32d153ff");
  assert.equal(digest("Nobody inspects the spammish repetition"), "e2293b2f");
});

const INPUTS: Record<string, () => JsValue[]> = {
  control_flow: () => [torch.tensor([1, 2, 3], { dtype: "float32" }), 5],
  resnet18: () => [torch.rand([1, 3, 64, 64])],
  char_lstm: () => [torch.tensor([15, 14, 3]), 10],
};

for (const [name, inputs] of Object.entries(INPUTS)) {
  Deno.test(`example ${name}: the file answers as the model`, async () => {
    const ran = await runFile(new URL(`../../examples/${name}.py`, import.meta.url).pathname);
    const { value } = compileNames(ran, undefined);
    const args = inputs();
    const bytes = writeWick(value);
    const direct = value instanceof ScriptObject
      ? new Module(value).forward(...args)
      : forward(value, args as IValue[]);
    assert.deepEqual(plain(loadWick(bytes).forward(...args)), plain(direct));
  });
}

function plain(v: unknown): unknown {
  return v instanceof Tensor ? { sizes: v.sizes, data: [...v.data()] } : v;
}

Deno.test("jit.load reads .wick files: modules and single functions", async () => {
  const fn = compileSource("def double(x: int) -> int:\n    return 2 * x\n", {});
  fn.ensureDefined?.();
  const single = await jit.load(writeWick(fn));
  assert.equal(single.forward(21), 42);
  assert.equal(single.method("double")(4), 8);
});
