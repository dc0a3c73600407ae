import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def bad(n: int):
    return n + "a"


def good(n: int):
    return n + 1


def uses(n: int):
    return bad(n)


for _ in range(2):
    for f in (bad, uses, good):
        try:
            print(torch.jit.script(f)(1))
        except RuntimeError as e:
            print(str(e).strip().splitlines()[-6:])
