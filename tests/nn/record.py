"""Runs the cases on a torch.nn and prints what it found as JSON, one value a case.

`python3 record.py real` asks PyTorch's own nn, `python3 record.py ours` this repository's in its place
(needs PyTorch 2.13 either way). With `--code` the compiled code and graphs are in it too.
"""

import io
import json
import re
import sys
import warnings
import zipfile

if "ours" in sys.argv:
    import ours  # noqa: F401

import torch
import torch.nn as nn
import torch.nn.functional as F

from error_cases import ERRORS
from function_cases import FUNCTIONS, SCRIPTS
from module_cases import MODULES

torch.set_num_threads(1)


def x(*sizes):
    return torch.randn(*sizes)


def plain(value):
    """A value as JSON can hold it; tensors by shape, dtype and numbers."""
    if isinstance(value, torch.Tensor):
        numbers = value.detach().reshape(-1).to(torch.float64).tolist()
        return {"shape": list(value.shape), "dtype": str(value.dtype), "values": [repr(v) for v in numbers]}
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return repr(value)


def run(thunk):
    """What thunk gives, or what it raises, with its warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = plain(thunk())
        except Exception as e:
            result = f"{type(e).__name__}: {e}"
    messages = [f"{w.category.__name__}: {w.message}" for w in caught]
    return [result, messages] if messages else result


def code_of(scripted):
    """The code of all classes and functions in the archive of a scripted object, places and mangles aside."""
    buffer = io.BytesIO()
    torch.jit.save(scripted, buffer)
    archive = zipfile.ZipFile(buffer)
    out = {}
    for name in sorted(archive.namelist()):
        if name.endswith(".py"):
            text = archive.read(name).decode()
            # The order of constants comes out of a hash table of addresses.
            constants = sorted(line for line in text.split("\n") if " : Final[" in line)
            lines = [line for line in text.split("\n") if " : Final[" not in line]
            short = re.sub(r"/___torch_mangle_\d+", "", name.split("/code/")[1])
            out.setdefault(short, []).append("\n".join(constants + lines))
    return {name: "\n".join(sorted(texts)) for name, texts in out.items()}


def strip_places(graph):
    """A graph without places, and with its values numbered by first appearance under their base names."""
    text = re.sub(r" # .*", "", re.sub(r"warn_id=\d+", "warn_id=N", str(graph)))
    seen = {}

    def rename(match):
        whole = match.group(0)
        base = re.sub(r"\.?\d+$", "", whole)
        seen.setdefault(whole, f"{base}.{len(seen)}")
        return seen[whole]

    return re.sub(r"%[A-Za-z_0-9.]+", rename, text)


def script_of(thunk):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scripted = thunk()
            out = {"code": code_of(scripted)}
            if hasattr(scripted, "graph"):
                out["graph"] = strip_places(scripted.graph)
                out["inlined_graph"] = strip_places(scripted.inlined_graph)
            return out
    except Exception as e:
        return re.sub(r"  File .*", "", str(e), flags=re.S).strip()


def record_modules(with_code):
    out = {}
    for name, ctor, inputs in MODULES:
        scope = {"nn": nn, "torch": torch, "x": x}
        torch.manual_seed(0)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            m = eval(ctor, scope)
        entry = {
            "warnings": [str(w.message) for w in caught],
            "repr": repr(m),
            "state_dict": plain(m.state_dict()),
            "metadata": str(dict(m.state_dict()._metadata)),
            "parameters": [n for n, _ in m.named_parameters()],
            "class": f"{type(m).__module__}.{type(m).__qualname__}",
            "attributes": sorted(k for k in m.__dict__ if k != "_flat_weight_refs"),
        }
        if inputs is not None:
            torch.manual_seed(1)
            args = [eval(i, scope) for i in inputs]
            torch.manual_seed(2)
            entry["output"] = run(lambda: m(*args))
        if with_code:
            entry["script"] = script_of(lambda: torch.jit.script(m))
        out[name] = entry
    return out


def record_calls(cases):
    out = {}
    for name, statements in cases:
        scope = {"nn": nn, "torch": torch, "x": x, "F": F}
        torch.manual_seed(3)

        def thunk():
            *before, last = statements if isinstance(statements, list) else [statements]
            for line in before:
                exec(line, scope)
            return eval(last, scope)

        out[name] = run(thunk)
    return out


def record_scripts():
    import importlib.util
    import tempfile

    out = {}
    with tempfile.TemporaryDirectory() as folder:
        for i, (name, source) in enumerate(SCRIPTS):
            path = f"{folder}/script_{i}.py"
            with open(path, "w") as f:
                f.write("import torch\nimport torch.nn.functional as F\nfrom torch import Tensor\n")
                f.write("from typing import List, Optional\n" + source + "\n")
            spec = importlib.util.spec_from_file_location(f"script_{i}", path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            out[name] = script_of(lambda: torch.jit.script(module.f))
    return out


def main():
    with_code = "--code" in sys.argv
    out = {
        "modules": record_modules(with_code),
        "functions": record_calls(FUNCTIONS),
        "errors": record_calls(ERRORS),
    }
    if with_code:
        out["scripts"] = record_scripts()
    json.dump(out, sys.stdout, indent=1, sort_keys=True)


main()
