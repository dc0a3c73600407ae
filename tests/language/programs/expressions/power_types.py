import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(a: int, x: float):
    return a ** 2, a ** -1, x ** 2, 2 ** a, a ** x, pow(a, 3)


print(f(3, 0.5), f(-2, 2.0))
print(f.code)
