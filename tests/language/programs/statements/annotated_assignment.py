import torch
from typing import Dict, List, Optional


@torch.jit.script
def f(n: int):
    a: int = n
    b: float = float(n)
    c: List[Optional[int]] = [n, None]
    d: Dict[str, List[int]] = {"a": [n]}
    return a, b, c, d


print(f(3))
print(f.code)


def no_value(n: int):
    x: int
    x = n
    return x


def subscript(xs: List[int]):
    xs[0]: int = 3
    return xs


def int_for_float():
    x: float = 1
    return x


for g in (no_value, subscript, int_for_float):
    try:
        print(torch.jit.script(g).code)
    except Exception as e:
        print(g.__name__, type(e).__name__, str(e).strip())
