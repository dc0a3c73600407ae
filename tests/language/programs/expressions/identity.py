import torch
from typing import List, Optional


@torch.jit.script
def same(a: List[int], b: List[int]):
    c = a
    return a is c, a is b, a is not b, a == b


@torch.jit.script
def nothing(a: Optional[int], t: torch.Tensor):
    return a is None, a is not None, t is None, None is None


x = [1]
print(same([1], [1]))
print(nothing(None, torch.ones(1)), nothing(2, torch.ones(1)))
print(nothing.graph)
