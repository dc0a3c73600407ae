"""Records what PyTorch makes of the functions in cases/*.py: beside each file, NAME.graph.

Every top-level function of a case file is scripted; its section holds the schema and the graph, or the error.
Run with the PyTorch whose answers are wanted: python record.py [NAME ...]
"""
import ast
import importlib.util
import pathlib
import re
import sys
import warnings

import torch

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent / "cases"


def section(module, name):
    fn = getattr(module, name)
    if not isinstance(fn, torch.jit.ScriptFunction):
        try:
            fn = torch.jit.script(fn)
        except Exception as e:
            text = re.sub(r" \(of Python compilation unit at: \w+\)", "", str(e))
            return "error " + type(e).__name__ + "\n" + text.rstrip() + "\n"
    return str(fn.schema) + "\n" + str(fn.graph).rstrip() + "\n"


def main():
    names = sys.argv[1:]
    for path in sorted(HERE.glob("*.py")):
        if names and path.stem not in names:
            continue
        spec = importlib.util.spec_from_file_location("__main__", path)
        module = importlib.util.module_from_spec(spec)
        sys.modules["__main__"] = module
        spec.loader.exec_module(module)
        out = []
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                text = section(module, node.name).replace(str(path), path.name)
                out.append("=== " + node.name + "\n" + text)
        path.with_suffix(".graph").write_text("\n".join(out))


main()
