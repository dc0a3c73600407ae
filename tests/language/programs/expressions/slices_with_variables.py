import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(xs: List[int], a: int, b: int, c: int, s: str):
    return xs[a:b], xs[a:], xs[:b], xs[a:b:c], xs[-b:-a], s[a:b], s[:-a], s[::c]


print(f([0, 1, 2, 3, 4, 5], 1, 4, 2, "abcdef"), f([0, 1], 5, 9, 3, "xy"))
print(f.code)
