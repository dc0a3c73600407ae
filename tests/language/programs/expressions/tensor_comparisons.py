import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(a: torch.Tensor, b: torch.Tensor, k: int):
    return a < b, a >= k, a == b, a != k, k > a, (a > 1) & (b > 1), (a > 1) | (b > 5), ~(a > 1), bool((a == a).all())


for r in f(torch.tensor([1, 2, 3]), torch.tensor([3, 2, 1]), 2):
    print(r)
print(f.code)
