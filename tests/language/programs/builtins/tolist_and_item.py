import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(t: torch.Tensor):
    a: List[int] = t.tolist()
    b: List[List[int]] = t.view(2, 2).tolist()
    n = t[0].item()
    return a, b, n, t.numel(), t.dim()


print(f(torch.arange(4)))
print(f.code)
