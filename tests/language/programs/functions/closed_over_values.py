import math
import torch
from typing import Final

N: Final[int] = 3
PLAIN = 4
NAMES = ["a"]
PAIR = (1, 2.5)


def make(k: int):
    def inner(x):
        return x * k

    return inner


def uses_final(x: int):
    return x + N


def uses_plain(x: int):
    return x + PLAIN


def uses_list():
    return NAMES[0]


def uses_math(x: float):
    return math.pi * x, math.sqrt(x), math.inf


def uses_module_attribute(x):
    return torch.float32, torch.nn.functional.relu(x)


def uses_none(x):
    y = None
    return y is None


for f, a in ((uses_final, 1), (uses_plain, 1), (uses_math, 4.0), (uses_module_attribute, torch.tensor(-1.0)), (make(3), torch.ones(1)), (uses_none, torch.ones(1))):
    try:
        print(torch.jit.script(f)(a))
    except RuntimeError as e:
        print(str(e).strip())
try:
    torch.jit.script(uses_list)
except RuntimeError as e:
    print(str(e).strip())
