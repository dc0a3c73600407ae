import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def total(xs: List[int]) -> int:
    n = 0
    for x in xs:
        n += x
    return n


def scaled(xs: List[int], k: int = 10) -> int:
    return total([x * k for x in xs])


@torch.jit.script
def f(xs: List[int], k: int) -> Dict[str, int]:
    return {"total": total(xs), "scaled": scaled(xs, k=k), "both": total([total(xs), scaled(xs)])}


print(f([1, 2, 3], 4))
print(f.code)
