import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(n: int):
    d: Dict[int, int] = {}
    for i in range(n):
        d[(i * 7) % 5] = i
    del d[0]
    d[0] = 100
    out: List[int] = []
    for k, v in d.items():
        out.append(k * 1000 + v)
    return out, d, len(d)


print(f(5), f(9))
print(f.code)
