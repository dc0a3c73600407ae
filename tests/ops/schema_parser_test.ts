import assert from "node:assert/strict";
import { parseSchema } from "../../core/schema_parser.ts";

const sample = Deno.readTextFileSync(new URL("goldens/schemas_sample.txt", import.meta.url)).trim().split(
  "\n",
);

Deno.test("schemas parse and print back as PyTorch prints them", () => {
  assert.ok(sample.length > 400);
  const wrong = sample.filter((line) => parseSchema(line).toString() !== line);
  assert.deepEqual(wrong, []);
});

Deno.test("a schema's facts", () => {
  const s = parseSchema("aten::conv2d(Tensor input, int[2] stride=1, *, Tensor(a!) out) -> Tensor(a!)");
  assert.equal(s.name, "aten::conv2d");
  assert.equal(s.args[1].broadcastSize, 2);
  assert.deepEqual((s.args[1].defaultValue as { items: number[] }).items, [1, 1]);
  assert.equal(s.args[2].isOut, true);
  assert.equal(s.isMutable, true);
  const v = parseSchema("aten::zeros(SymInt[] size, *, ScalarType? dtype=None) -> Tensor");
  assert.equal(v.args[0].type.toString(), "int[]");
  assert.equal(v.args[1].type.toString(), "int?");
  assert.equal(v.args[1].realType!.toString(), "ScalarType?");
});

Deno.test("malformed schemas name the place", () => {
  assert.throws(() => parseSchema("aten::x(Tensor self -> Tensor"), /expected|unknown/);
  assert.throws(() => parseSchema("aten::x(Banana self) -> Tensor"), /unknown type Banana/);
});
