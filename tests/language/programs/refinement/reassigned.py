import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: Optional[int]) -> int:
    if x is None:
        x = 5
    y = x + 1
    x = None if y > 8 else y
    if x is None:
        return -1
    return x


print(f(None), f(1), f(9))
print(f.code)
