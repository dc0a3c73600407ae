/** Every independent error of a compilation, and none that only follows from another. */
import assert from "node:assert/strict";
import { resetCompilers } from "../../compiler/mod.ts";
import { Source } from "../../core/source.ts";
import { compileNames } from "../../cli/model.ts";
import { CompileErrors } from "../../cli/exit_codes.ts";
import { Diagnostic } from "../../core/errors.ts";
import { Host } from "../../python/host.ts";
import "../../python/stdlib/mod.ts";
import { registerTorch } from "../../python/torch/mod.ts";
import { runProgram } from "./run_program.ts";

/** Line and first words of each error that `script` reports for a file. */
function errorsOf(text: string, entry?: string): string[] {
  registerTorch();
  resetCompilers();
  const host = new Host({ path: [] });
  const { attrs } = host.runSource(new Source(text, "model.py"), "__main_model__");
  const names = new Map(
    [...attrs].filter(([k]) => !String(k).startsWith("_")).map(([k, v]) => [String(k), v]),
  );
  try {
    compileNames({ host, names }, entry);
    return [];
  } catch (e) {
    const all = e instanceof CompileErrors ? e.errors : e instanceof Diagnostic ? [e] : [];
    if (!all.length) throw e;
    return all.map((d) => `${d.range!.toString().split(":")[1]} ${d.text.split("\n")[0]}`);
  }
}

Deno.test("functions of a file fail each by itself, callers not again", () => {
  const text = `def f(x):
    return x.nothing()

def g(x):
    a = f(x)
    b = a + 1
    return x.missing

def h(n: int):
    return n.bar
`;
  assert.deepEqual(errorsOf(text), [
    "2 'Tensor (inferred)' object has no attribute or method 'nothing'.",
    "7 'Tensor (inferred)' object has no attribute or method 'missing'.",
    "10 'int' object has no attribute or method 'bar'.",
  ]);
});

Deno.test("statements fail each by itself; what uses a name that failed does not", () => {
  const text = `from typing import List

def f(x, xs: List[int], flag: bool):
    a = x.first()
    b = a + 1
    if flag:
        c = b.second_never_told()
        d = xs.third
    else:
        d = 2
    print(d)
    for i in xs:
        e = i.fourth
        d = e
    k = [j.fifth for j in xs]
    a = 3
    return a.sixth + len(k)
`;
  assert.deepEqual(errorsOf(text).map((e) => e.split(" ")[0] + e.match(/'(\w+)'\.$/)![1]), [
    "4first",
    "8third",
    "13fourth",
    "15fifth",
    "17sixth",
  ]);
});

Deno.test("submodules, methods and unsupported syntax of a module are all told", () => {
  const text = `import torch
from torch import nn

class Inner(nn.Module):
    def forward(self, x):
        w: int = 2.5
        return x

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner()
    def forward(self, x):
        y = self.inner(x)
        z = self.helper(y)
        return x.bad
    def helper(self, x):
        return undefined_name(x)
    @torch.jit.export
    def other(self, x):
        try:
            pass
        except Exception:
            pass
        u = {1, 2}
        return x
`;
  assert.deepEqual(errorsOf(text, "Net"), [
    "6 Variable 'w' is annotated with type int but is being assigned to a value of type float",
    "18 undefined value undefined_name",
    "16 'Tensor (inferred)' object has no attribute or method 'bad'.",
    "21 try blocks aren't supported",
    "25 Set aren't supported",
  ]);
});

Deno.test("a class whose __init__ fails is not blamed for attributes; a good file has no errors", () => {
  const text = `import torch

class Point:
    def __init__(self, x: int):
        self.x = x.wrong
    def get(self) -> int:
        return self.x

def f(n: int):
    return Point(n).get()

def g(n: int):
    return n
`;
  assert.deepEqual(errorsOf(text, "f"), ["5 'int' object has no attribute or method 'wrong'."]);
  assert.deepEqual(errorsOf(text, "g"), []);
});

Deno.test("python reports the others after the traceback of an uncaught one", () => {
  const { code, stderr } = runProgram(
    "import torch\ndef f(x):\n    a = x.one()\n    b = x.two()\n    return b\ntorch.jit.script(f)\n",
    "main.py",
  );
  assert.equal(code, 1);
  assert.match(stderr, /^Traceback[\s\S]*method 'one'[\s\S]*\nRuntimeError: [^\n]*method 'two'/);
  assert.equal(stderr.match(/'one'/g)!.length, 1);
});

Deno.test("errors that a program catches are PyTorch's one", () => {
  const { code, stdout } = runProgram(
    "import torch\ndef f(x):\n    a = x.one()\n    b = x.two()\n    return b\n" +
      "try:\n    torch.jit.script(f)\nexcept RuntimeError as e:\n    print('method two' in str(e).replace(chr(39), ''))\n",
    "main.py",
  );
  assert.equal(code, 0);
  assert.equal(stdout, "False\n");
});
