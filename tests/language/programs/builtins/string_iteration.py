import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(s: str):
    vowels = 0
    out = ""
    for i, c in enumerate(s):
        if c in "aeiou":
            vowels += 1
            out = c + out
        elif i % 2 == 0:
            out += c
    return vowels, out, s == out, s < out


print(f("education"), f(""))
print(f.graph)
