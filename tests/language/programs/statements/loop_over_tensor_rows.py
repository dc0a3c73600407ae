import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: torch.Tensor):
    total = torch.zeros(x.size(1))
    n = 0
    for row in x:
        total += row
        n += 1
        if total[0] > 5:
            break
    return total, n


print(f(torch.arange(12.0).view(4, 3)))
print(f.graph)
print(f.code)
