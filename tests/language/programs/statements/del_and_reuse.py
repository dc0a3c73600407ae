import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(xs: List[int], d: Dict[int, str]):
    while len(xs) > 2:
        del xs[len(xs) - 1]
    for k in list(d.keys()):
        if k % 2 == 0:
            del d[k]
    return xs, d


print(f([1, 2, 3, 4], {1: "a", 2: "b", 4: "c"}))
print(f.code)
