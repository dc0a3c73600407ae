import torch
from typing import List


@torch.jit.script
def f(xs: List[int], n: int):
    """Docstrings are dropped."""
    pass
    n + 1
    xs.append(n)
    len(xs)
    "a string"
    if n > 0:
        pass
    else:
        xs.pop()
    return xs


print(f([1], 2), f([1], -2))
print(f.graph)
print(f.code)
