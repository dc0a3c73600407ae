/** The models of the examples: eager, scripted and traced they give the same, |a - b| <= 1e-5 max|b| + 1e-4 |b|. */
import { strictEqual } from "node:assert";
import { Source } from "../../core/source.ts";
import { Host } from "../../python/host.ts";
import { registerTorch } from "../../python/torch/mod.ts";
import "../../python/stdlib/mod.ts";

const EXAMPLES = new URL("../../examples", import.meta.url).pathname;

const COMPARE = `
import torch

def tensors(v):
    return [v] if isinstance(v, torch.Tensor) else [t for x in v for t in tensors(x)]

def close(a, b):
    pairs = list(zip(tensors(a), tensors(b)))
    return all(bool(((x - y).abs() <= 1e-5 * y.abs().max() + 1e-4 * y.abs()).all()) for x, y in pairs)

def compare(module, inputs, others):
    traced, scripted = torch.jit.trace(module, inputs), torch.jit.script(module)
    for args in (inputs, others):
        eager = module(*args)
        print(close(traced(*args), eager), close(scripted(*args), eager))
`;

function run(name: string, program: string): string {
  registerTorch();
  let printed = "", errors = "";
  const host = new Host({
    path: [EXAMPLES],
    stdout: (text) => void (printed += text),
    stderr: (text) => void (errors += text),
  });
  const code = host.runMain(new Source(COMPARE + program, name));
  strictEqual(code, 0, errors);
  return printed;
}

const CASES: Readonly<Record<string, string>> = {
  resnet18: `
from resnet18 import model
compare(model, (torch.rand(1, 3, 64, 64),), (torch.rand(2, 3, 64, 64),))
`,
  "transformer's encoder": `
from transformer import model
compare(model, (torch.randint(0, 100, (2, 7)),), (torch.randint(0, 100, (3, 7)),))
`,
  "nn.TransformerEncoderLayer": `
layer = torch.nn.TransformerEncoderLayer(16, 4, 32, batch_first=True, dropout=0.0)
compare(layer, (torch.rand(2, 5, 16),), (torch.rand(2, 5, 16),))
`,
  "char_lstm's cell": `
from char_lstm import model
x, state = torch.rand(1, model.cell.input_size), (torch.rand(1, 128), torch.rand(1, 128))
compare(model.cell, (x, state), (x * 2, (state[1], state[0])))
`,
};

for (const [name, program] of Object.entries(CASES)) {
  Deno.test(`traced, scripted and eager agree: ${name}`, () => {
    strictEqual(run(`${name}.py`, program), "True True\nTrue True\n");
  });
}
