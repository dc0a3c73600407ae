"""Writes cases/*.code: what PyTorch prints as `.code` of each function that compiles.

python3 record.py [file.py ...]
"""
import ast
import glob
import os
import sys
import warnings

import torch

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
FILES = sys.argv[1:] or sorted(
    glob.glob(os.path.join(HERE, "cases", "*.py")) + glob.glob(os.path.join(HERE, "..", "frontend", "cases", "*.py"))
)
main = sys.modules["__main__"].__dict__


def record(path):
    text = open(path).read()
    main["__file__"] = path
    exec(compile(text, os.path.abspath(path), "exec"), main)
    sections = []
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            try:
                sections.append(f"=== {node.name}\n{torch.jit.script(main[node.name]).code}")
            except Exception:
                continue
    name = os.path.basename(path).replace(".py", ".code")
    with open(os.path.join(HERE, "cases", name), "w") as out:
        out.write("\n".join(sections))


for path in FILES:
    try:
        record(path)
    except Exception as e:
        print(f"{path}: {e}")
