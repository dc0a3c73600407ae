import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: torch.Tensor):
    y = x
    x += 1
    x *= 2
    x[0] = 0
    y.add_(1)
    z = x.clone()
    z.zero_()
    return x, y, z


print(f(torch.ones(2)))
print(f.graph)
