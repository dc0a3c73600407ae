"""Writes the fixtures with the PyTorch that runs it: python3 tests/archive/write_fixtures.py (from the root)."""

import inspect
import json
import os
import sys

# Archives carry the names of source files: those of this machine do not belong in a fixture.
source_file = inspect.getsourcefile


def portable(obj):
    path = source_file(obj)
    return path if path is None else path.split("-packages/")[-1] if "-packages/" in path else os.path.relpath(path)


inspect.getsourcefile = portable

sys.path[:0] = ["tests/archive", "examples"]

import torch  # noqa: E402

torch.set_num_threads(1)
torch.set_grad_enabled(False)

import char_lstm  # noqa: E402
import control_flow  # noqa: E402
import fuzz_model  # noqa: E402

VERSION = "".join(torch.__version__.split(".")[:2])
FOLDER = "tests/archive/fixtures"


class Wrapped(torch.nn.Module):
    def forward(self, x: torch.Tensor, n: int) -> torch.Tensor:
        return control_flow.control_flow(x, n)


def narrow_lstm():
    torch.manual_seed(5)
    model = char_lstm.CharLSTM(len(char_lstm.VOCABULARY), 24).eval()
    for p in model.parameters():
        p.mul_(5.0)
    return model


def record(name, module, *inputs):
    scripted = torch.jit.script(module)
    scripted._save_for_lite_interpreter(f"{FOLDER}/{name}_{VERSION}.ptl")
    results[name] = repr(scripted(*inputs))


results = {}
prompt = [char_lstm.VOCABULARY.index(c) for c in "once upon"]
record("small", fuzz_model.Small(), torch.tensor([[1.0, 2.0], [3.0, -4.0]]), 3)
record("control_flow", Wrapped(), torch.tensor([1.0, 2.0, 3.0]), 5)
record("char_lstm", narrow_lstm(), torch.tensor(prompt), 24)
results["prompt"] = prompt
if VERSION == "213":
    # Older bytecode, which PyTorch makes of today's.
    from torch.jit.mobile import _backport_for_mobile

    for version in (7, 6, 5, 4):
        _backport_for_mobile(f"{FOLDER}/control_flow_213.ptl", f"{FOLDER}/control_flow_bytecode_{version}.ptl", version)
with open(f"{FOLDER}/results_{VERSION}.json", "w") as f:
    json.dump(results, f, indent=1)
    f.write("\n")
