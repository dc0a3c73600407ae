import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(n: int):
    a, b, c, s, t = 0, 1.5, True, "", torch.zeros(1)
    xs: List[int] = []
    for i in range(n):
        if c:
            a += i
            s = s + str(i)
        else:
            b = b * 2
            t = t + i
        c = not c
        xs.append(a)
    return a, b, c, s, t, xs


print(f(5))
print(f.graph)
print(f.code)
