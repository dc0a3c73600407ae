import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(a: int, b: int, c: int, xs: List[int]):
    a, b = b, a
    a, b, c = c, a, b
    xs[0], xs[2] = xs[2], xs[0]
    (p, q), r = (a, b), c
    return a, b, c, xs, p, q, r


print(f(1, 2, 3, [4, 5, 6]))
print(f.graph)
print(f.code)
