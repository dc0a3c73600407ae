import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(a: int, t: torch.Tensor):
    xs = [t, t + a]
    ys = [(a, t), (a + 1, t * 2)]
    zs = [[a], [a, a]]
    n = [None, None]
    return torch.stack(xs), ys[1][1], zs, len(n)


print(f(2, torch.ones(1)))
print(f.code)
