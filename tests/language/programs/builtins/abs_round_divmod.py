import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(a: int, x: float, b: int):
    return abs(a), abs(x), round(x), divmod(a, b), divmod(x, 2.0), pow(a, b), pow(x, b)


print(f(-7, -2.5, 2))
print(f(7, 3.5, 3))
print(f.code)
