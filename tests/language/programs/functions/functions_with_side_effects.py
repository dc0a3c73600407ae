import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def push(xs: List[int], v: int) -> int:
    xs.append(v)
    return len(xs)


def bump(d: Dict[str, int], t: torch.Tensor) -> None:
    d[str(len(d))] = len(d)
    t += 1


@torch.jit.script
def f(xs: List[int], d: Dict[str, int], t: torch.Tensor):
    a = push(xs, 1) + push(xs, 2)
    bump(d, t)
    bump(d, t)
    return a, xs, d, t


print(f([], {}, torch.zeros(1)))
print(f.inlined_graph)
print(f.code)
