import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(n: int, x: float):
    a = n / 2
    b = n // 2
    c = x // 2
    d = int(x)
    e = float(n)
    return a, b, c, d, e, n == x, n + x, isinstance(a, float), isinstance(b, int)


print(f(5, 5.0), f(-3, 2.5))
print(f.code)
