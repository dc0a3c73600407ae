import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(n: int, t: torch.Tensor):
    if n > 10:
        return t + 1
    elif n > 5:
        if n == 7:
            return t * 7
        return t - 1
    else:
        while n > 0:
            n -= 2
            if n == 1:
                return t * n
    return t


print([f(n, torch.ones(1)).item() for n in (11, 7, 6, 3, 2, 0)])
print(f.graph)
print(f.code)
