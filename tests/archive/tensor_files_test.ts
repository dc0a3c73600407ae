/** torch.save files: round trips here and, where python3 has torch, through PyTorch. */
import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { loadTensors, OrderedDictValue, saveTensors, saveToBytes } from "../../archive/mod.ts";
import { compileSource } from "../../compiler/mod.ts";
import { ListValue, TupleValue } from "../../core/ivalue.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import { AnyType } from "../../core/types.ts";

function stateDict(): OrderedDictValue {
  const w = Tensor.zeros([2, 2], ScalarType.Float);
  (w.data() as Float32Array).set([1, 2, 3, 4]);
  w.requiresGrad = true;
  const d = new OrderedDictValue();
  d.set("weight", w);
  d.set("row", w.asStrided([2], [1], 2));
  d.set("sizes", new ListValue(AnyType, [1, 2n ** 62n]));
  d.set("pair", new TupleValue([true, null]));
  return d;
}

Deno.test("a state dict survives", () => {
  const d = loadTensors(saveTensors(stateDict())) as OrderedDictValue;
  ok(d instanceof OrderedDictValue);
  const w = d.get("weight") as Tensor, row = d.get("row") as Tensor;
  deepEqual([...w.data() as Float32Array], [1, 2, 3, 4]);
  ok(w.storage === row.storage && w.requiresGrad);
  deepEqual((d.get("sizes") as ListValue).items, [1, 2n ** 62n]);
});

Deno.test("a TorchScript archive is told from a state dict", () => {
  const bytes = saveToBytes(compileSource("def f(x: int) -> int:\n    return x\n"));
  throws(() => loadTensors(bytes), /torch\.jit\.load/);
});

Deno.test("PyTorch reads our state dict and we read PyTorch's", async () => {
  const dir = await Deno.makeTempDir();
  await Deno.writeFile(`${dir}/ours.pt`, saveTensors(stateDict(), { isParameter: (t) => t.requiresGrad }));
  const script = `
import sys
try:
    import torch
except ImportError:
    print("no torch"); sys.exit()
d = torch.load(${JSON.stringify(dir)} + "/ours.pt")
print(type(d).__name__, type(d["weight"]).__name__, d["row"].tolist(), d["sizes"], d["pair"])
torch.manual_seed(0)
m = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
with torch.no_grad(): m[0].weight.fill_(1.5)
torch.save(m.state_dict(), ${JSON.stringify(dir)} + "/theirs.pt")
torch.save({"m": [m[0].weight, 2**70, 1.5, (1,)], "c": 1+2j}, ${JSON.stringify(dir)} + "/mixed.pt")
`;
  let out = "no torch";
  try {
    out = new TextDecoder().decode(
      (await new Deno.Command("python3", { args: ["-c", script] }).output()).stdout,
    ).trim();
  } catch (e) {
    if (!(e instanceof Deno.errors.NotFound)) throw e;
  }
  if (out === "no torch") return void console.log("not checked: python3 with torch is not on this machine");
  equal(out, "OrderedDict Parameter [3.0, 4.0] [1, 4611686018427387904] (True, None)");
  const d = loadTensors(await Deno.readFile(`${dir}/theirs.pt`)) as OrderedDictValue;
  deepEqual([...d.entries()].map(([k]) => k), [
    "0.weight",
    "0.bias",
    "1.weight",
    "1.bias",
    "1.running_mean",
    "1.running_var",
    "1.num_batches_tracked",
  ]);
  deepEqual([...(d.get("0.weight") as Tensor).data() as Float32Array], new Array(6).fill(1.5));
  const mixed = loadTensors(await Deno.readFile(`${dir}/mixed.pt`)) as OrderedDictValue;
  const items = (mixed.get("m") as ListValue).items;
  ok((items[0] as Tensor).requiresGrad);
  equal(items[1], 2n ** 70n);
  await Deno.remove(dir, { recursive: true });
});
