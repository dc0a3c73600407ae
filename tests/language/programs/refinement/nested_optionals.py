import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(xs: Optional[List[Optional[int]]], d: Optional[Dict[str, Optional[int]]]) -> int:
    total = 0
    if xs is not None:
        for x in xs:
            if x is not None:
                total += x
    if d is not None and "a" in d:
        a = d["a"]
        total += 100 if a is None else a
    return total


print(f([1, None, 2], {"a": None}), f(None, {"a": 7}), f([], None))
print(f.code)
