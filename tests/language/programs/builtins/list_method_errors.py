import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(xs: List[int], k: int) -> int:
    if k == 0:
        return xs.pop()
    if k == 1:
        return xs.index(99)
    if k == 2:
        xs.remove(99)
    if k == 3:
        return xs.pop(5)
    return 0


for k in range(5):
    try:
        print(f([], k))
    except RuntimeError as e:
        print(str(e).strip().splitlines()[-1])
print(f.graph)
