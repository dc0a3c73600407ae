import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: torch.Tensor, i: torch.Tensor, m: torch.Tensor, v: float):
    x[0] = v
    x[1, 2] = -1
    x[:, 0] += 10
    x[i] *= 2
    x[m] = 0.5
    x[..., 1] = torch.arange(3.0)
    x[1:, 2:] -= 1
    return x


print(f(torch.ones(3, 3), torch.tensor([2]), torch.tensor([[False, False, True]] * 3), 7.0))
print(f.graph)
