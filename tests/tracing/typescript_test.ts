/** TypeScript functions traced over the methods of Tensor, and what may not be traced. */
import { match, rejects, strictEqual, throws } from "node:assert";
import { jit, type Tensor, torch } from "../../mod.ts";

const values = (t: unknown) => Array.from((t as Tensor).data() as Float32Array);

Deno.test("a traced TypeScript function computes for other sizes", () => {
  const f = jit.trace((x, y) => x.mul(2).add(y), [torch.ones([3]), torch.ones([3])]);
  strictEqual(String(values(f(torch.ones([2]), torch.zeros([2])))), "2,2");
  match(
    f.code,
    /^def traced\(x: Tensor,\n {4}y: Tensor\) -> Tensor:\n {2}return torch.add\(torch.mul\(x, 2\), y\)/,
  );
  match(f.graph, /aten::add\(%3, %y, %4\) # .*typescript_test\.ts:\d+:0/);
});

Deno.test("tuples and dicts at the border of a traced TypeScript function", () => {
  function mix(pair: readonly [Tensor, Tensor], named: { w: Tensor }) {
    return [pair[0].matmul(named.w), { sum: pair[0].add(pair[1]) }] as const;
  }
  const eye = torch.tensor([[1, 0], [0, 1]], { dtype: "float32" });
  const f = jit.trace(mix, [[eye, eye], { w: eye }], { name: "mixed" });
  strictEqual(
    f.schema,
    "mixed((Tensor, Tensor) pair, Dict(str, Tensor) named) -> ((Tensor, Dict(str, Tensor)))",
  );
  const [product] = f([eye, eye], { w: eye }) as [Tensor];
  strictEqual(String(values(product)), "1,0,0,1");
});

Deno.test("other tensors are constants, and the caller's examples stay as they are", () => {
  const offset = torch.tensor([1, 2], { dtype: "float32" }), example = torch.zeros([2]);
  const f = jit.trace((x) => x.add_(offset), [example]);
  strictEqual(String(values(example)), "0,0");
  strictEqual(String(values(f(torch.ones([2])))), "2,3");
});

Deno.test("a traced function that draws random numbers fails its check", () => {
  const noisy = (x: Tensor) => x.add(torch.rand([2]));
  throws(() => jit.trace(noisy, [torch.ones([2])]), /does not compute what noisy does/);
  match(jit.trace(noisy, [torch.ones([2])], { check: false }).graph, /aten::rand/);
});

Deno.test("what is no tensor may not come out of a traced function", () => {
  throws(() => jit.trace(() => 3 as unknown as Tensor, []), /takes and gives tensors/);
  throws(
    () => jit.trace((x) => jit.trace((y) => y.neg(), [x])(x) as Tensor, [torch.ones([1])]),
    /Tracing can't be nested/,
  );
  strictEqual(String(values(jit.trace((x) => x.neg(), [torch.ones([1])])(torch.ones([1])))), "-1");
});

Deno.test("cli trace writes every form and says what is missing", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/net.py`;
    await Deno.writeTextFile(
      file,
      "import torch\nfrom torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self):\n" +
        "        super().__init__()\n        self.cell = nn.LSTMCell(3, 4)\n\n    def forward(self, x, state):\n" +
        "        return self.cell(x, state)\n",
    );
    const cli = (...args: string[]) =>
      new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          "--no-check",
          new URL("../../cli.ts", import.meta.url).pathname,
          "trace",
          ...args,
        ],
      }).output();
    const text = (b: Uint8Array) => new TextDecoder().decode(b);
    const inputs = ["--input", "random:2x3", "--input", "(random:2x4,random:2x4)"];
    const done = await cli(file, "--json", ...inputs);
    strictEqual(done.code, 0, text(done.stderr));
    const said = JSON.parse(text(done.stdout));
    strictEqual(said.name, "Net");
    strictEqual(said.parameters, 4 * 4 * (3 + 4 + 2));
    strictEqual((await Deno.stat(said.output)).size, said.bytes);
    const none = await cli(file);
    strictEqual(none.code, 2);
    match(text(none.stderr), /an --input for each argument of Net/);
    const wrong = await cli(file, "--input", "random:2x5", "--input", "(random:2x4,random:2x4)");
    strictEqual(wrong.code, 1);
    await rejects(Deno.stat(`${folder}/none.pt`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
