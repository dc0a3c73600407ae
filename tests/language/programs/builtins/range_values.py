import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(n: int):
    xs = [i for i in range(n)]
    ys = list(range(1, n))
    zs = list(range(n, 0, -1))
    return xs, ys, zs, len(range(n)) if False else n


print(f(4), f(0))
print(f.code)
