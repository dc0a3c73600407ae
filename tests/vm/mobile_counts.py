"""Counts the instructions of PyTorch's mobile code for the examples: `python3 mobile_counts.py` writes mobile_counts.json.

For each example the entry function and everything that its mobile file holds for it, as bytecode.pkl lists them.
"""
import collections
import importlib.util
import io
import json
import pathlib
import pickle
import zipfile

import torch

HERE = pathlib.Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"


class Unpickler(pickle.Unpickler):
    """Constants of the file are of no interest: tensors and types become None."""

    def find_class(self, module, name):
        return lambda *args: None

    def persistent_load(self, pid):
        return None


def functions(module: torch.jit.ScriptModule) -> dict:
    buffer = io.BytesIO(module._save_to_buffer_for_lite_interpreter())
    with zipfile.ZipFile(buffer) as archive:
        name = next(n for n in archive.namelist() if n.endswith("/bytecode.pkl"))
        table = Unpickler(archive.open(name)).load()
    counts = {}
    for function, code, _schema in table[1:]:
        counts[function] = [op for op, _x, _n in dict(code)["instructions"]]
    return counts


def load(name: str):
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Holder(torch.nn.Module):
    """A function as a module's method, which is what a mobile file can hold."""

    def __init__(self, function):
        super().__init__()
        self.function = torch.jit.script(function)

    def forward(self, x: torch.Tensor, n: int) -> torch.Tensor:
        return self.function(x, n)


def main() -> None:
    out = {"pytorch": torch.__version__}
    for name, of in {
        "control_flow": lambda m: Holder(m.control_flow),
        "resnet18": lambda m: m.model,
        "char_lstm": lambda m: m.model,
    }.items():
        counts = functions(torch.jit.script(of(load(name))))
        out[name] = {
            "instructions": sum(len(c) for c in counts.values()),
            "functions": {f: len(c) for f, c in counts.items()},
            "by opcode": dict(sorted(collections.Counter(op for c in counts.values() for op in c).items())),
        }
    (HERE / "mobile_counts.json").write_text(json.dumps(out, indent=2) + "\n")


main()
