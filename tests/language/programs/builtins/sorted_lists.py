import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(xs: List[int], ys: List[float], ss: List[str]):
    xs.sort()
    a = sorted(ys)
    ys.sort(reverse=True)
    b = sorted(ss)
    return xs, a, ys, b, ss


print(f([3, 1, 2], [0.5, -1.0], ["b", "a"]))
print(f.code)
