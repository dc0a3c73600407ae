import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(xs: List[int]):
    ys = xs.copy()
    ys.append(9)
    ys.insert(0, 5)
    ys.extend([1, 1])
    n = ys.count(1)
    i = ys.index(9)
    p = ys.pop()
    q = ys.pop(0)
    ys.remove(1)
    zs = list(ys)
    zs.reverse()
    ys.clear()
    return xs, ys, zs, n, i, p, q


print(f([1, 2]))
print(f.code)
