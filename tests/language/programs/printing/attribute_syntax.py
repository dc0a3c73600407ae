import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(t: Tuple[int, Tuple[str, List[int]]], d: Dict[str, Tuple[int, int]]):
    a = t[1][1][0]
    b, c = d["k"]
    d["z"] = (b, a)
    x, (y, z) = t
    return a + b, c, y, z[-1:], d


print(f((1, ("s", [7, 8])), {"k": (5, 6)}))
print(f.graph)
print(f.code)
