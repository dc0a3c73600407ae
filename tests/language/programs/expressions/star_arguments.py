import torch
from typing import List, Tuple


def add3(a: int, b: int, c: int) -> int:
    return a * 100 + b * 10 + c


@torch.jit.script
def spread(t: Tuple[int, int], n: int):
    return add3(n, *t), add3(*(1, 2, 3)), add3(*t, n)


print(spread((4, 5), 6))
print(spread.code)


@torch.jit.script
def listed(t: Tuple[int, int]):
    return [0, *t] if False else [1]


def star_list(xs: List[int]):
    return add3(*xs)


def double_star():
    return add3(**{"a": 1})


for f in (star_list, double_star):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(type(e).__name__, str(e).strip())
