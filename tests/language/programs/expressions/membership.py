import torch
from typing import Dict, List, Tuple


@torch.jit.script
def f(n: int, s: str, xs: List[int], d: Dict[str, int], ss: List[str]):
    return n in xs, n not in xs, s in d, s not in d, "a" in s, s in ss


print(f(2, "abc", [1, 2], {"abc": 1}, ["x"]))
print(f.code)


def in_tuple(n: int, t: Tuple[int, int]):
    return n in t


def in_range(n: int):
    return n in range(3)


for g in (in_tuple, in_range):
    try:
        print(torch.jit.script(g).code)
    except RuntimeError as e:
        print(str(e).strip().splitlines()[0])
