/** Generator: seeds, saved states and their errors. Facts from PyTorch 2.13. */
import assert from "node:assert/strict";
import { RuntimeFault } from "../../core/errors.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { DEFAULT_SEED, Generator, normal, uniform } from "../../ops/random/mod.ts";
import { Mt19937 } from "../../ops/random/mt19937.ts";

function fault(run: () => void, type: string, message: string): void {
  assert.throws(run, (e) => e instanceof RuntimeFault && e.pythonType === type && e.message === message);
}

Deno.test("generator: reference output of mt19937", () => {
  // The 10000th output for seed 5489 is the check value of the C++ standard.
  const engine = new Mt19937(5489n);
  const out = new Int32Array(10000);
  engine.fill(out);
  assert.equal(out[9999] >>> 0, 4123659995);
});

Deno.test("generator: bulk and single draws are one stream", () => {
  const a = new Mt19937(3n), b = new Mt19937(3n);
  for (const n of [0, 1, 5, 617, 1, 624, 1, 1300, 623, 2]) {
    const bulk = new Int32Array(n);
    a.fill(bulk);
    assert.deepEqual([...bulk], Array.from({ length: n }, () => b.int32()));
    assert.deepEqual([a.left, a.next], [b.left, b.next]);
  }
});

Deno.test("generator: seeds", () => {
  const g = new Generator();
  assert.equal(g.initialSeed(), DEFAULT_SEED);
  assert.equal(g.manualSeed(-1).initialSeed(), 18446744073709551615n);
  assert.equal(g.manualSeed(2n ** 63n).initialSeed(), 9223372036854775808n);
  assert.equal(g.manualSeed(-(2n ** 63n)).initialSeed(), 9223372036854775808n);
  fault(() => g.manualSeed(2n ** 64n), "ValueError", "Overflow when unpacking long long");
  fault(() => g.manualSeed(-(2n ** 63n) - 1n), "ValueError", "Overflow when unpacking long long");
  const s = g.seed();
  assert.equal(g.initialSeed(), s);
  assert.notEqual(g.seed(), s);
});

Deno.test("generator: a saved state continues the stream, spare normal included", () => {
  const g = new Generator(9);
  const one = new Float32Array(1);
  normal(one, ScalarType.Float, 0, 1, g);
  assert.ok(g.nextDoubleNormal !== undefined);
  const state = g.getState();
  assert.equal(state.length, 5056);
  const draw = (from: Generator) => {
    const out = new Float32Array(700);
    normal(out.subarray(0, 3), ScalarType.Float, 0, 1, from);
    uniform(out.subarray(3), ScalarType.Float, 0, 1, from);
    return [...out];
  };
  const copy = g.clone();
  const first = draw(g);
  assert.deepEqual(draw(copy), first);
  assert.deepEqual(draw(new Generator().setState(state)), first);
  assert.deepEqual(new Generator(1).setState(state).getState(), state);
  g.manualSeed(9);
  assert.equal(g.nextDoubleNormal, undefined);
});

Deno.test("generator: states that are none", () => {
  const g = new Generator();
  fault(() => g.setState(new Uint8Array(5056)), "RuntimeError", "Invalid mt19937 state");
  fault(
    () => g.setState(new Uint8Array(50)),
    "RuntimeError",
    "Expected a CPUGeneratorImplState of size 5056 but found the input RNG state size to be 50",
  );
  const bad = g.getState();
  new DataView(bad.buffer).setInt32(8, 625, true);
  fault(() => g.setState(bad), "RuntimeError", "Invalid mt19937 state");
  assert.equal(g.initialSeed(), DEFAULT_SEED);
});
