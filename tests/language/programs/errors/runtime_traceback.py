import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def leaf(xs: List[int], i: int) -> int:
    y = xs[i]
    return y


def middle(xs: List[int], i: int) -> int:
    total = 0
    for k in range(2):
        total += leaf(xs, i + k)
    return total


@torch.jit.script
def top(xs: List[int], i: int) -> int:
    if i > 100:
        raise ValueError("too big: " + str(i))
    return middle(xs, i) + 1


print(top([1, 2, 3], 0))
for i in (2, 101):
    try:
        top([1, 2, 3], i)
    except Exception as e:
        print(type(e).__name__)
        print(str(e))
