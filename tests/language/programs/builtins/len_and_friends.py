import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(xs: List[int], s: str, d: Dict[str, int], t: Tuple[int, int, int], x: torch.Tensor):
    return len(xs), len(s), len(d), len(t), len(x)


print(f([1, 2], "abc", {"a": 1}, (1, 2, 3), torch.ones(4, 2)))
print(f.code)
