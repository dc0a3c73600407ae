/** The examples on the adapter: the CPU's answers, few submissions, one read-back per decision, nothing compiled twice. */
import assert from "node:assert/strict";
import { jit, type Tensor, torch } from "../../mod.ts";
import { gpu } from "../../ops/webgpu/mod.ts";
import { HAS_ADAPTER } from "./adapter.ts";

const root = new URL("../../", import.meta.url).pathname;

async function archive(name: string): Promise<Uint8Array> {
  const out = await Deno.makeTempFile({ suffix: ".pt" });
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", root + "cli.ts", "script", `${root}examples/${name}.py`, "-o", out],
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  const bytes = await Deno.readFile(out);
  await Deno.remove(out);
  return bytes;
}

/** |a - b| <= 1e-5 max|b| + 1e-4 |b|, element by element. */
function agree(actual: Tensor, expected: Tensor): void {
  assert.deepEqual(actual.sizes, expected.sizes);
  const a = (actual as unknown as { cpu(): Tensor }).cpu().data(), b = expected.data();
  const max = Math.max(...Array.from(b as Float32Array, Math.abs));
  for (let i = 0; i < b.length; i++) {
    const d = Math.abs(Number(a[i]) - Number(b[i]));
    assert.ok(d <= 1e-5 * max + 1e-4 * Math.abs(Number(b[i])), `element ${i}: ${a[i]}, the CPU has ${b[i]}`);
  }
}

/** What `f` added to the device's counters. */
function counted<R>(f: () => R) {
  const before = { ...gpu().counters };
  const result = f(), after = gpu().counters;
  return {
    result,
    submissions: after.submissions - before.submissions,
    readBacks: after.readBacks - before.readBacks,
    kernels: after.kernels - before.kernels,
  };
}

function onDevice<R>(f: () => R): R {
  const before = torch.setDefaultDevice("webgpu");
  try {
    return f();
  } finally {
    torch.setDefaultDevice(before);
  }
}

function example(name: string, fn: () => Promise<void>): void {
  Deno.test({
    name: `${name} on webgpu`,
    ignore: !HAS_ADAPTER,
    sanitizeResources: false,
    sanitizeOps: false,
    fn,
  });
}

example("control_flow", async () => {
  const m = await jit.load(await archive("control_flow"));
  const x = torch.tensor([1, 2, 3], { dtype: "float32" }), want = m.forward(x, 5) as Tensor;
  const got = counted(() => m.forward(x.to("webgpu"), 5) as Tensor);
  assert.equal(String(got.result.device), "webgpu");
  assert.equal(got.readBacks, 0);
  agree(got.result, want);
});

example("resnet18", async () => {
  const m = await jit.load(await archive("resnet18"));
  torch.manualSeed(1);
  const x = torch.rand([1, 3, 224, 224]), want = m.forward(x) as Tensor;
  m.to("webgpu");
  const y = x.to("webgpu");
  const got = counted(() => (m.forward(y) as unknown as { cpu(): Tensor }).cpu());
  agree(got.result, want);
  assert.ok(got.submissions <= 3, `${got.submissions} submissions`);
  assert.equal(got.readBacks, 1);
  const again = counted(() => (m.forward(y) as unknown as { cpu(): Tensor }).cpu());
  assert.equal(again.kernels, 0);
});

example("char_lstm", async () => {
  const m = await jit.load(await archive("char_lstm"));
  const prompt = torch.tensor([15, 14, 3, 5, 0, 21, 16, 15, 14]), want = m.forward(prompt, 24) as number[];
  m.to("webgpu");
  const on = prompt.to("webgpu");
  onDevice(() => {
    const few = counted(() => m.forward(on, 2));
    assert.ok(few.kernels > 0);
    const got = counted(() => m.forward(on, 24) as number[]);
    assert.deepEqual(got.result, want);
    // one decision before the loop and one after each token
    assert.equal(got.readBacks, want.length + 1);
    assert.equal(got.kernels, 0, "a decoding loop compiles nothing after its first steps");
  });
});

example("transformer", async () => {
  const m = await jit.load(await archive("transformer"));
  torch.manualSeed(1);
  const tokens = torch.randint(1, 100, [2, 12]);
  torch.call("fill_", torch.call("slice", torch.call("select", tokens, 0, 1), 0, 7, 12), 0);
  const want = m.forward(tokens) as Tensor;
  m.to("webgpu");
  const got = onDevice(() => counted(() => m.forward(tokens.to("webgpu")) as Tensor));
  agree(got.result, want);
  assert.equal(got.readBacks, 0);
});

example("gpt", async () => {
  const m = await jit.load(await archive("gpt"));
  const prompt = torch.tensor([5, 17, 42]);
  torch.manualSeed(1);
  const want = m.forward(prompt, 20) as number[];
  m.to("webgpu");
  const on = prompt.to("webgpu");
  onDevice(() => {
    torch.manualSeed(1);
    m.forward(on, 4);
    torch.manualSeed(1);
    const got = counted(() => m.forward(on, 20) as number[]);
    assert.deepEqual(got.result, want);
    assert.equal(got.kernels, 0, "a decoding loop compiles nothing after its first steps");
  });
});

example("beam_search", async () => {
  const m = await jit.load(await archive("beam_search"));
  torch.manualSeed(1);
  const source = torch.randint(3, 30, [1, 9]), [want, score] = m.forward(source, 12) as [number[], number];
  m.to("webgpu");
  const [got, near] = onDevice(() => m.forward(source.to("webgpu"), 12) as [number[], number]);
  assert.deepEqual(got, want);
  assert.ok(Math.abs(near - score) <= 1e-4 * Math.abs(score));
});

example("char_lstm suspended in run()", async () => {
  const m = await jit.load(await archive("char_lstm"));
  const prompt = torch.tensor([15, 14, 3]), want = m.forward(prompt, 4) as number[];
  m.to("webgpu");
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const before = torch.setDefaultDevice("webgpu");
  try {
    assert.deepEqual(await m.run([prompt.to("webgpu"), 4]), want);
  } finally {
    torch.setDefaultDevice(before);
    clearInterval(timer);
  }
  assert.ok(turns > 0, "the event loop turned while the device was awaited");
});
