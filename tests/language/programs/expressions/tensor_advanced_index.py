import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: torch.Tensor, i: torch.Tensor, m: torch.Tensor, k: int):
    a = x[i]
    b = x[:, i]
    c = x[m]
    d = x[i, i]
    e = x[..., k]
    g = x[k:, None]
    h = x[[0, 1]]
    return a, b, c, d, e, g, h


for r in f(torch.arange(9).view(3, 3), torch.tensor([2, 0]), torch.tensor([True, False, True]), 1):
    print(r)
print(f.code)
