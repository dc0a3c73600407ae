import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(s: str, xs: List[int], d: Dict[str, List[int]]):
    d["a"].append(len(s.strip().upper().split(" ")))
    return s.strip().replace("a", "b").upper()[1:], d["a"][-1] + xs[0:2][1], [x for x in d.keys()][0].upper()


print(f(" a bc ", [1, 2, 3], {"a": [5]}))
print(f.code)
