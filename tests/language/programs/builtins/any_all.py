import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(xs: List[bool], ys: List[int], t: torch.Tensor):
    return any(xs), all(xs), any(ys), all(ys), torch.any(t), torch.all(t)


print(f([True, False], [0, 0], torch.tensor([True, False])))
print(f([], [1, 2], torch.tensor([True])))
print(f.code)
