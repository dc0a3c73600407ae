import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(xs: List[int]):
    return min(xs), max(xs)


try:
    f([])
except RuntimeError as e:
    print(str(e).strip().splitlines()[-1])
print(f([2]))
print(f.graph)
