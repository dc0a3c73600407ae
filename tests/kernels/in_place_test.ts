/** In-place and `out=` forms write where they should, through kernels, and refuse what overlaps. */
import assert from "node:assert/strict";
import { CPU } from "../../core/device.ts";
import { RuntimeFault } from "../../core/errors.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import { call } from "../../ops/dispatch.ts";
import { operators } from "../../ops/registry.ts";

const N = 1000;
function ramp(n = N, dtype: ScalarType = ScalarType.Float): Tensor {
  const t = Tensor.zeros([n], dtype), d = t.data();
  for (let i = 0; i < n; i++) d[i] = (dtype === ScalarType.Long ? BigInt(i) : i) as never;
  return t;
}
const data = (t: Tensor) => Array.from(t.data() as Float32Array, Number);
const part = (t: Tensor, from: number, n: number) => t.asStrided([n], [1], from);
const refused = (f: () => unknown, message: RegExp) =>
  assert.throws(f, (e) => e instanceof RuntimeFault && message.test(e.message));

Deno.test("in place: the storage stays, its version counts", () => {
  const x = ramp(), { storage } = x;
  assert.equal(call("aten::add_.Tensor", x, ramp(), 1), x);
  assert.equal(x.storage, storage);
  assert.equal(storage.version, 1);
  assert.deepEqual(data(x), data(ramp()).map((v) => 2 * v));
});

Deno.test("in place: a transposed view is written through its strides", () => {
  const x = ramp(900), view = x.asStrided([30, 30], [1, 30]), y = ramp(900).asStrided([30, 30], [30, 1]);
  call("aten::sub_.Tensor", view, y, 1);
  for (let i = 0; i < 30; i++) {
    for (let j = 0; j < 30; j++) {
      assert.equal((x.data() as Float32Array)[j * 30 + i], j * 30 + i - (i * 30 + j));
    }
  }
});

Deno.test("in place: parts of one storage that do not meet", () => {
  const x = ramp();
  call("aten::mul_.Tensor", part(x, 0, N / 2), part(x, N / 2, N / 2));
  assert.deepEqual(data(x), data(ramp()).map((v) => v < N / 2 ? v * (v + N / 2) : v));
});

Deno.test("in place: operands that share some elements are refused", () => {
  const overlap = /some elements of the input tensor and the written-to tensor/;
  const x = ramp();
  refused(() => call("aten::add_.Tensor", part(x, 1, N - 1), part(x, 0, N - 1), 1), overlap);
  const square = ramp(900).asStrided([30, 30], [30, 1]);
  refused(() => call("aten::add_.Tensor", square, square.asStrided([30, 30], [1, 30]), 1), overlap);
  refused(() => call("aten::add_.Tensor", x, x.asStrided([], [], 3), 1), overlap);
  const wide = ramp().asStrided([2, N], [0, 1]);
  refused(() => call("aten::add_.Scalar", wide, 1, 1), /more than one element of the written-to tensor/);
  assert.deepEqual(data(x), data(ramp()));
});

Deno.test("in place: a result of a higher kind, or of another shape, is refused", () => {
  refused(() => call("aten::add_.Tensor", ramp(N, ScalarType.Long), ramp(), 1), /can't be cast/);
  refused(() => call("aten::add_.Tensor", ramp(1), ramp(), 1), /doesn't match the broadcast shape/);
});

Deno.test("in place: Python's own forms", () => {
  const x = ramp(N, ScalarType.Long);
  assert.equal(call("aten::__iand__.Scalar", x, 6), x);
  assert.deepEqual(data(x), data(ramp()).map((v) => v & 6));
});

Deno.test("out: written in place when it fits, resized when not, converted to its dtype", () => {
  const out = Tensor.zeros([N], ScalarType.Double), { storage } = out;
  const add = operators("aten::add").find((o) => o.overload === "out")!;
  assert.equal(add.kernel(ramp(), ramp(), 1, out), out);
  assert.equal(out.storage, storage);
  assert.deepEqual(data(out), data(ramp()).map((v) => 2 * v));
  const small = Tensor.zeros([0], ScalarType.Float);
  add.kernel(ramp(), ramp(), 1, small);
  assert.deepEqual([...small.sizes], [N]);
  assert.equal(small.device, CPU);
  assert.deepEqual(data(small), data(out));
});
