import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(a: int, b: int, x: float, xs: List[int], ys: List[float]):
    return min(a, b), max(a, b), min(xs), max(xs), sum(xs), min(x, 1.0), max(ys), sum(ys), min(a, x), max(x, b)


print(f(3, 2, 0.5, [4, 1, 7], [1.5, 2.5]))
print(f.code)
