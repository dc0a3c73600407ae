import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(a: int, b: int, c: bool):
    return a + b * 2 - b // 3 % 2, -a ** 2, (a + b) * 2, not c and a > b or b > a, a & b | 1 ^ b, a if c else b + 1


print(f(5, 3, True), f(2, 7, False))
print(f.code)
