"""Runs mobile archives in PyTorch's lite interpreter: run_lite.py FOLDER NAME=ARGUMENTS... Prints a repr a line."""

import sys

import torch
from torch.jit.mobile import _load_for_lite_interpreter

torch.set_grad_enabled(False)
for item in sys.argv[2:]:
    name, arguments = item.split("=", 1)
    print(repr(_load_for_lite_interpreter(f"{sys.argv[1]}/{name}.ptl")(*eval(arguments))).replace("\n", ""))
