import torch
from typing import List, Optional


def widen(xs: List[int]) -> List[Optional[int]]:
    return xs


def mixed():
    return [1, 2.0]


def mixed_str():
    return [1, "a"]


def optional_list(a: Optional[int]):
    return [a, 2]


for f in (widen, mixed, mixed_str, optional_list):
    try:
        print(torch.jit.script(f).code)
    except RuntimeError as e:
        print(str(e).strip())
