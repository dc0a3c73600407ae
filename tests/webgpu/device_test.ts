/** The device itself: what it refuses, what it records and reuses, how it fails, and both places it may live. */
import assert from "node:assert/strict";
import { jit, type Tensor, torch } from "../../mod.ts";
import { NotImplemented, RuntimeFault } from "../../core/errors.ts";
import { close, gpu, open } from "../../ops/webgpu/mod.ts";
import { HAS_ADAPTER } from "./adapter.ts";

function device(name: string, fn: () => void | Promise<void>): void {
  Deno.test({ name, ignore: !HAS_ADAPTER, sanitizeResources: false, sanitizeOps: false, fn });
}
const values = (t: unknown) => Array.from((t as { cpu(): Tensor }).cpu().data() as Float32Array);
const call = (name: string, ...args: unknown[]) => torch.call(name, ...args) as Tensor;

device("an operator without a kernel names itself", () => {
  const x = torch.eye(3).to("webgpu");
  assert.throws(() => call("linalg_inv", x), (e: Error) => {
    assert.ok(e instanceof NotImplemented);
    assert.match(e.message, /operator aten::linalg_inv for device webgpu/);
    return true;
  });
});

device("tensors of two devices do not meet, but for numbers", () => {
  const x = torch.ones([2]).to("webgpu");
  assert.throws(() => call("add", x, torch.ones([2])), /Expected all tensors to be on the same device/);
  assert.deepEqual(values(call("add", x, torch.tensor(2))), [3, 3]);
});

device("float64 and complex have no place on the device", () => {
  assert.throws(() => torch.ones([2], { dtype: "float64" }).to("webgpu"), (e: Error) => {
    assert.ok(e instanceof RuntimeFault && e.pythonType === "TypeError");
    assert.match(e.message, /WebGPU has no float64. Please use float32/);
    return true;
  });
});

device("views are metadata only, and share memory", () => {
  const x = torch.arange(12).to("webgpu");
  const before = gpu().counters.dispatches;
  const v = call("select", call("transpose", call("view", x, [3, 4]), 0, 1), 0, 1);
  assert.equal(gpu().counters.dispatches, before);
  call("fill_", v, 7);
  assert.deepEqual(
    values(x).map(Number),
    [0, 7, 2, 3, 4, 7, 6, 7, 8, 7, 10, 11].map((_, i) => i % 4 === 1 ? 7 : i),
  );
});

device("int64 is 64 bits wide", () => {
  const x = torch.tensor([3_000_000_000, -7]).to("webgpu");
  const y = call("mul", call("add", x, 1), 5);
  assert.deepEqual(Array.from((y as unknown as { cpu(): Tensor }).cpu().data() as unknown as bigint[]), [
    15_000_000_005n,
    -30n,
  ]);
});

device("work is recorded until it is read", () => {
  const x = torch.ones([4]).to("webgpu"), { submissions, readBacks } = gpu().counters;
  let y = x;
  for (let i = 0; i < 50; i++) y = call("mul", y, 1.5);
  assert.equal(gpu().counters.submissions, submissions);
  assert.ok(Math.abs(values(y)[0] / 1.5 ** 50 - 1) < 1e-4);
  assert.equal(gpu().counters.readBacks, readBacks + 1);
});

device("a loop in the VM reuses its buffers and compiles nothing after its first round", () => {
  const f = jit.script(`
def f(x: Tensor, n: int) -> Tensor:
    for i in range(n):
        y = x * 2 + 1
        x = y / 2
    return x
`);
  const x = torch.ones([1000]).to("webgpu");
  f(x, 2);
  const before = { ...gpu().counters };
  f(x, 100);
  assert.ok(
    gpu().counters.buffers - before.buffers < 8,
    `${gpu().counters.buffers - before.buffers} buffers`,
  );
  assert.equal(gpu().counters.kernels, before.kernels);
});

device("scripts read numbers and branch on them", () => {
  const f = jit.script(`
def f(x: Tensor) -> int:
    n = 0
    while bool(x.sum() < 1000.0):
        x = x * 2
        n += 1
    return n
`);
  assert.equal(f(torch.ones([4]).to("webgpu")), 8);
});

device("a synchronous loop that drops its tensors does not fill the device", () => {
  const x = torch.ones([1 << 18]).to("webgpu"), first = call("add", x, 41);
  gpu().mostBytes = 32 << 20;
  const { buffers } = gpu().counters;
  let y = x;
  for (let i = 0; i < 200; i++) y = call("add", y, 1);
  gpu().mostBytes = 1 << 30;
  assert.ok(gpu().counters.buffers - buffers < 80, `${gpu().counters.buffers - buffers} buffers of 1 MB`);
  assert.equal(values(y)[7], 201);
  assert.equal(values(call("mul", first, 2))[9], 84);
});

device("a lost device is a clear error, and the next use opens a new one", () => {
  const x = torch.ones([2]).to("webgpu");
  values(x);
  gpu().queue.close();
  assert.throws(() => values(call("add", x, 1)), (e: Error) => {
    assert.ok(e instanceof RuntimeFault);
    assert.match(e.message, /^webgpu: .*(lost|destroyed)/);
    return true;
  });
  close();
  assert.deepEqual(values(call("add", torch.ones([2]).to("webgpu"), 1)), [2, 2]);
});

device("on the recording thread, run() suspends and what would block says so", async () => {
  close();
  await open("thread");
  try {
    const f = jit.script("def f(x: Tensor) -> int:\n    return int(x.sum()) + int(x.max())\n");
    const x = torch.arange(5).to("webgpu");
    assert.equal(await f.run([x]), 14);
    assert.throws(() => f(x), /may not wait for the GPU/);
  } finally {
    close();
  }
});

device("an index out of range raises at the next read, once", () => {
  const w = torch.ones([5, 3]).to("webgpu"), at = (...i: number[]) => torch.tensor(i).to("webgpu");
  const wrong = call("embedding", w, at(1, 7));
  assert.throws(() => values(wrong), (e: Error) => {
    assert.ok(e instanceof RuntimeFault && e.pythonType === "IndexError");
    assert.match(e.message, /index 7 is out of bounds for dimension 0 with size 5/);
    return true;
  });
  assert.equal(values(call("embedding", w, at(1, 4))).length, 6);
  assert.throws(
    () => values(call("index_select", w, 1, at(-1))),
    /index -1 is out of bounds for dimension 1/,
  );
  assert.equal(values(call("index", w, [at(-5, -1)])).length, 6);
});

device("bytes are taken for another type only where they lie as the host's do", () => {
  const x = torch.ones([2]).to("webgpu");
  assert.deepEqual(values(call("view", x, "int32")).map(Number), [0x3f800000, 0x3f800000]);
  assert.throws(() => call("view", x, "int16"), /operator aten::view.dtype for device webgpu/);
});
