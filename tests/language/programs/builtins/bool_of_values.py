import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(n: int, x: float, t: torch.Tensor):
    return bool(n), bool(x), bool(t), not n, not x, not t


print(f(0, 0.0, torch.zeros(1)), f(-1, 0.1, torch.ones(1)))
print(f.code)
