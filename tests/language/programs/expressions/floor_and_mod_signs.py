import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(a: int, b: int, x: float, y: float):
    return a // b, a % b, x // y, x % y, a // y, x % b, divmod(a, b)


for a in (7, -7):
    for b in (3, -3):
        print(f(a, b, a + 0.5, b + 0.0))
print(f.graph)
