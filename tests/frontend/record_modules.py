"""Records what PyTorch makes of the modules in modules/nets.py: modules/nets.graph. Run with the PyTorch wanted."""
import pathlib
import re
import sys
import importlib.util
import warnings

import torch

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent / "modules"
NAMES = ["Plain", "Nested", "Constants", "Failing", "CallsUnused", "Missing"]

path = HERE / "nets.py"
spec = importlib.util.spec_from_file_location("__main__", path)
module = importlib.util.module_from_spec(spec)
sys.modules["__main__"] = module
spec.loader.exec_module(module)
out = []
for name in NAMES:
    try:
        m = torch.jit.script(getattr(module, name)())
        text = str(m.graph).rstrip() + "\n"
        for extra in ("extra", "helper"):
            if hasattr(m, extra):
                text += str(getattr(m, extra).graph).rstrip() + "\n"
    except Exception as e:
        text = "error " + type(e).__name__ + "\n" + str(e).rstrip() + "\n"
    out.append("=== " + name + "\n" + text.replace(str(path), path.name))
(HERE / "nets.graph").write_text("\n".join(out))
