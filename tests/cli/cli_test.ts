import assert from "node:assert/strict";

const cli = new URL("../../cli.ts", import.meta.url).pathname;
const examples = new URL("../../examples/", import.meta.url).pathname;

async function wick(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", cli, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const text = (b: Uint8Array) => new TextDecoder().decode(b);
  return { code, out: text(stdout), err: text(stderr) };
}

async function withFile(text: string, use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir(), path = `${folder}/case.py`;
  try {
    await Deno.writeTextFile(path, text);
    await use(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a misspelt command and option suggest the nearest and exit with 2", async () => {
  const command = await wick("scirpt", "x.py");
  assert.equal(command.code, 2);
  assert.match(command.err, /Did you mean script\?/);
  const option = await wick("script", "x.py", "--entri", "a");
  assert.equal(option.code, 2);
  assert.match(option.err, /Did you mean --entry\?/);
});

Deno.test("an error in the model shows message, place and excerpt, and exits with 1", async () => {
  const source =
    "import torch\nclass M(torch.nn.Module):\n    def forward(self, x):\n        return x + undefined_name\n";
  await withFile(source, async (path) => {
    const { code, err } = await wick("script", path);
    assert.equal(code, 1);
    assert.match(err, /case\.py:4:19: undefined value undefined_name/);
    assert.match(err, /~~~~~~~~~~~~~~ <--- HERE/);
    assert.doesNotMatch(err, /internal error/);
  });
});

Deno.test("a file with several functions asks for --entry", async () => {
  await withFile("def f(x: int):\n    return x\ndef g(x: int):\n    return x\n", async (path) => {
    const { code, err } = await wick("script", path);
    assert.equal(code, 2);
    assert.match(err, /several functions: f, g\. Choose with --entry NAME/);
  });
});

Deno.test("what is not implemented is named and exits with 3", async () => {
  const source = "import torch\nm = torch.jit.script(torch.nn.ReLU())\n" +
    "m._save_for_lite_interpreter('x', _use_flatbuffer=True)\n";
  await withFile(source, async (path) => {
    const { code, err } = await wick("python", path);
    assert.equal(code, 3);
    assert.match(err, /saving flatbuffer files is not implemented yet/);
  });
});

Deno.test("a Python exception prints its traceback and exits with 1", async () => {
  await withFile("def f():\n    return 1 / 0\nf()\n", async (path) => {
    const { code, err } = await wick("python", path);
    assert.equal(code, 1);
    assert.match(err, /Traceback \(most recent call last\):[^]*ZeroDivisionError: division by zero/);
  });
});

Deno.test("inspect shows code, graph and bytecode of a Python file", async () => {
  const { code, out } = await wick(
    "inspect",
    `${examples}control_flow.py`,
    "--code",
    "--graph",
    "--bytecode",
  );
  assert.equal(code, 0);
  assert.match(out, /^def control_flow\(x: Tensor,\n {4}n: int\) -> Tensor:/);
  assert.match(out, /prim::Loop/);
  assert.match(out, /FORLOOP/);
});

Deno.test("every syntax error of a file is reported, in CPython's words", async () => {
  const source = "import torch\n\ndef f(x)\n    return x\n\nif y = 3:\n    pass\n\nprint 'hello'\n";
  await withFile(source, async (path) => {
    const shown = [
      "line 3\n    def f(x)\n            ^\nSyntaxError: expected ':'\n",
      "line 6\n    if y = 3:\n       ^^^^^\nSyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?\n",
      "line 9\n    print 'hello'\n    ^^^^^^^^^^^^^\n" +
      "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?\n",
    ].map((text) => `  File "${path}", ${text}`).join("");
    const run = await wick("python", path);
    assert.deepEqual([run.code, run.err], [1, shown]);
    const script = await wick("script", path, "--quiet");
    assert.deepEqual([script.code, script.err], [1, shown]);
  });
});

Deno.test("PYTORCH_JIT=0 runs everything as Python, as PyTorch does", async () => {
  const folder = new URL("./cases/", import.meta.url).pathname;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", cli, "python", `${folder}pytorch_jit_0.py`],
    env: { PYTORCH_JIT: "0" },
  }).output();
  // Recorded by: PYTORCH_JIT=0 python3 tests/cli/cases/pytorch_jit_0.py
  assert.equal(new TextDecoder().decode(stdout), Deno.readTextFileSync(`${folder}pytorch_jit_0.out`));
});
