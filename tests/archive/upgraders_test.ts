/** Code of old files: operators do what they did when the file was written. Figures are PyTorch 2.13's for the same files. */
import assert from "node:assert/strict";
import { loadModule, saveToBytes } from "../../archive/mod.ts";
import { joinParts, writeZip } from "../../archive/zip_writer.ts";
import { ZipReader } from "../../archive/zip_reader.ts";
import { compileSource } from "../../compiler/mod.ts";
import type { IValue } from "../../core/ivalue.ts";
import { Float } from "../../core/scalar.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import { formatTensor } from "../../ops/printing.ts";
import { forward } from "../../vm/mod.ts";

/** An archive of `code` as a file of that version would have it. */
function archiveOf(version: number, code: string): Uint8Array {
  const plain = new ZipReader(saveToBytes(compileSource("def f(n: int) -> int:\n    return n\n")));
  const members = plain.names().filter((n) => !/version|debug_pkl/.test(n)).map((name) => ({
    name,
    data: name === "code/__torch__.py" ? new TextEncoder().encode(code) : plain.read(name),
  }));
  members.push({
    name: version >= 6 ? ".data/version" : "version",
    data: new TextEncoder().encode(`${version}\n`),
  });
  return joinParts(writeZip("archive", members));
}

function run(version: number, signature: string, expression: string, ...args: IValue[]): string {
  const code =
    "class PlaceholderModule(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n" +
    `  def forward(self: __torch__.PlaceholderModule,\n    ${signature}) -> Tensor:\n    return ${expression}\n`;
  const o = loadModule(archiveOf(version, code));
  const result = forward(o.type.methods.get("forward")!, [o, ...args]);
  // It is saved with the meaning it has, and so comes back with it.
  const again = loadModule(saveToBytes(o));
  assert.equal(
    formatTensor(forward(again.type.methods.get("forward")!, [again, ...args]) as Tensor),
    formatTensor(result as Tensor),
  );
  return formatTensor(result as Tensor);
}

function longs(...values: number[]): Tensor {
  const t = Tensor.zeros([values.length], ScalarType.Long);
  (t.data() as BigInt64Array).set(values.map(BigInt));
  return t;
}
function floats(...values: number[]): Tensor {
  const t = Tensor.zeros([values.length], ScalarType.Float);
  (t.data() as Float32Array).set(values);
  return t;
}

Deno.test("division of ints truncated before version 4", () => {
  const two = "x: Tensor,\n    y: Tensor";
  assert.equal(run(3, two, "torch.div(x, y)", longs(7, -7), longs(2, 2)), "tensor([ 3, -3])");
  assert.equal(run(4, two, "torch.div(x, y)", longs(7, -7), longs(2, 2)), "tensor([ 3.5000, -3.5000])");
  assert.equal(run(3, two, "torch.div(x, y)", longs(7, -7), floats(2, 2)), "tensor([ 3.5000, -3.5000])");
  assert.equal(run(3, "x: Tensor,\n    y: int", "torch.div(x, y)", longs(7, -7), 2), "tensor([ 3, -3])");
  assert.equal(
    run(3, "x: Tensor,\n    y: float", "torch.div(x, y)", longs(7, -7), new Float(2)),
    "tensor([ 3.5000, -3.5000])",
  );
  assert.equal(run(3, two, "torch.div_(torch.clone(x), y)", longs(7, -7), longs(2, 2)), "tensor([ 3, -3])");
  // With a rounding mode it always meant the same.
  assert.equal(
    run(3, two, 'torch.div(x, y, rounding_mode="floor")', longs(7, -7), longs(2, 2)),
    "tensor([ 3, -4])",
  );
});

Deno.test("full without a dtype gave floats before version 5", () => {
  assert.equal(run(4, "n: int", "torch.full([n], 1)", 2), "tensor([1., 1.])");
  assert.equal(run(5, "n: int", "torch.full([n], 1)", 2), "tensor([1, 1])");
  assert.equal(run(4, "n: int", "torch.full([n], 1, dtype=4)", 2), "tensor([1, 1])");
});

Deno.test("linspace and logspace took no number of steps before versions 8 and 9", () => {
  assert.equal(
    run(7, "n: int", "torch.slice(torch.linspace(0, n, None), 0, 0, 3)", 99),
    "tensor([0., 1., 2.])",
  );
  assert.throws(() => run(8, "n: int", "torch.linspace(0, n, None)", 99), /steps/);
  assert.equal(run(8, "n: int", "torch.slice(torch.logspace(0, n, None), 0, 0, 1)", 0), "tensor([1.])");
  assert.throws(() => run(9, "n: int", "torch.logspace(0, n, None)", 99), /steps/);
});

Deno.test("gelu took no approximation before version 10", () => {
  assert.equal(run(9, "x: Tensor", "torch.gelu(x)", floats(0)), "tensor([0.])");
});
