from __future__ import annotations

import torch
from typing import List, Optional


@torch.jit.script
def f(x: torch.Tensor, n: int, names: List[str], o: Optional[int] = None) -> List[str]:
    if o is not None:
        n += o
    return names * n


print(f.schema)
print(f(torch.ones(1), 1, ["a"], 1))
