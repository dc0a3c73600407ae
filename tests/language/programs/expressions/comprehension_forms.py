import torch
from typing import Dict, List


@torch.jit.script
def lists(xs: List[int], n: int):
    a = [x * 2 for x in xs]
    b = [str(i) for i in range(n)]
    d = [[j for j in range(i)] for i in range(n)]
    return a, b, d


@torch.jit.script
def dicts(xs: List[str]):
    return {x: len(x) for x in xs}, {i: i * i for i in range(3)}


print(lists([1, 2, 3], 3))
print(dicts(["a", "bc"]))
print(lists.graph)
print(dicts.code)


def filtered(xs: List[int]):
    return [x for x in xs if x > 1]


def two_fors(xs: List[int]):
    return [x + y for x in xs for y in xs]


def set_comp(xs: List[int]):
    return {x for x in xs}


def generator(xs: List[int]):
    return sum(x for x in xs)


for f in (filtered, two_fors, set_comp, generator):
    try:
        print(torch.jit.script(f)([1, 2]))
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
