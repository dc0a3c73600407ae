/** `run --profile`: its tables and its JSON. */
import assert from "node:assert/strict";

const cli = new URL("../../cli.ts", import.meta.url).pathname;
const example = new URL("../../examples/control_flow.py", import.meta.url).pathname;

async function profiled(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", cli, "run", example, "--input", "[1.5,2,3]", "--input", "5", ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const text = (b: Uint8Array) => new TextDecoder().decode(b);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("run --profile prints the result, a table by operator and one by line", async () => {
  const { code, out } = await profiled("--profile", "--warmup", "2");
  assert.equal(code, 0);
  assert.match(out, /^tensor\(\[ 7\.5000, 10\.0000, 15\.0000\]\)\n\n\d+\.\d+ ms\n/);
  assert.match(out, /^operator +calls +ms +share +bytes made +kernels$/m);
  assert.match(out, /^aten::mul\.Scalar +3 +\d+\.\d{3} +\d+\.\d% +36 B/m);
  assert.match(out, /^line +source +ms +share +calls$/m);
  assert.match(out, /control_flow\.py:13 +total = total - x \/ 2 +\d+\.\d{3} +\d+\.\d% +2$/m);
});

Deno.test("run --profile --json gives result and tables", async () => {
  const { code, out } = await profiled("--profile", "--json");
  assert.equal(code, 0);
  const { result, profile } = JSON.parse(out);
  assert.deepEqual(result.sizes, [3]);
  const sub = profile.operators.find((o: { operator: string }) => o.operator === "aten::sub.Tensor");
  assert.equal(sub.calls, 2);
  assert.equal(sub.bytes, 24);
  assert.equal(profile.lines.find((l: { line: number }) => l.line === 13).calls, 2);
  assert.ok(profile.ms > 0);
});

Deno.test("--warmup wants a number, and a profile", async () => {
  const wrong = await profiled("--profile", "--warmup", "some");
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /--warmup takes a number of calls, not some/);
  const alone = await profiled("--warmup", "2");
  assert.equal(alone.code, 2);
  assert.match(alone.err, /--warmup goes with --profile/);
});
